//! Values from a record, offered one by one: which box each would go into, how old it is, what stands in the box now, or why it
//! is not to be taken. Nothing is taken but by the action that comes with an offer.

use rust_decimal::Decimal;

use super::date;
use super::field::{ChoiceField as C, DateField as D, FieldId, NumberField as N};
use super::file;
use super::number::{Entry, QuestionKind};
use super::plan::Plan;
use super::state::{Action, Walk, reduce};
use crate::engine::calendar::Date;
use crate::engine::case::Case;
use crate::engine::text::{grouped, plain};
use crate::interchange::fhir::codes::What;
use crate::interchange::fhir::{self, Found, Value};

/// A value of the record, beside the walk as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// The question that it answers.
    pub name: String,
    /// The value, as the record has it.
    pub value: String,
    /// Code, day and age.
    pub about: String,
    /// What can be done with it.
    pub state: State,
}

/// What can be done with a value.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// It can be taken, and this stands in its place now.
    Free {
        /// What takes it.
        action: Action,
        /// What it would replace, as the user reads it; empty where nothing is typed.
        instead: String,
    },
    /// It stands in its box.
    Taken,
    /// It is not to be taken, and why.
    Refused(String),
}

/// Days up to which a value counts as one of today. These are ours: they keep last week's results out, and no rule rests on them.
/// Whatever is older can still be typed.
fn fresh(what: What) -> Option<i64> {
    match what {
        What::Height => Some(30),
        What::Weight | What::Pregnancy | What::Qtcf => Some(7),
        What::Wbc | What::BlastPercent | What::Blasts | What::Anc | What::Platelets => Some(3),
        What::Bilirubin | What::Ast | What::Alt => Some(3),
        What::Birth | What::Sex | What::Diagnosis | What::Vod | What::Transplant | What::Gilbert => None,
    }
}

/// The question that a value answers.
fn field(what: What) -> FieldId {
    match what {
        What::Birth => FieldId::Date(D::Birth),
        What::Sex => FieldId::Choice(C::Sex),
        What::Height => FieldId::Number(N::Height),
        What::Weight => FieldId::Number(N::Weight),
        What::Pregnancy => FieldId::Choice(C::Pregnancy),
        What::Diagnosis => FieldId::Choice(C::Diagnosis),
        What::Vod => FieldId::Choice(C::Vod),
        What::Transplant => FieldId::Choice(C::Hsct),
        What::Wbc => FieldId::Number(N::Wbc),
        What::BlastPercent => FieldId::Number(N::BlastPercent),
        What::Blasts => FieldId::Number(N::Blasts),
        What::Anc => FieldId::Number(N::Anc),
        What::Platelets => FieldId::Number(N::Platelets),
        What::Bilirubin => FieldId::Number(N::Bilirubin),
        What::Ast => FieldId::Number(N::Ast),
        What::Alt => FieldId::Number(N::Alt),
        What::Gilbert => FieldId::Choice(C::Gilbert),
        What::Qtcf => FieldId::Number(N::Qtcf),
    }
}

/// What the walk makes of a value.
#[must_use]
pub fn offer(found: &Found, walk: &Walk) -> Offer {
    let field = field(found.what);
    let age = found.on.zip(walk.visit_date()).map(|(on, visit)| age(found, on, visit));
    let state = match against(found, age, walk, field) {
        Some(why) => State::Refused(why),
        None => match &found.value {
            Ok(value) => open(value, walk, field),
            Err(why) => State::Refused(why.clone()),
        },
    };
    let day = found.on.map(|on| format!(", {} {}", date::with_year(on), found.time).trim_end().to_owned());
    let years = found.on.zip(walk.visit_date()).and_then(|(on, visit)| on.completed_years_at(visit));
    let ago = age.map(|age| format!(", {}", in_words(age, years))).unwrap_or_default();
    let about = format!("{}{}{}{ago}", with_it(found, walk, field), found.code, day.unwrap_or_default());
    Offer { name: name(walk, field), value: shown(found, walk, field), about, state }
}

/// What else a tap takes: the upper limit of normal that the record gives with a value.
fn with_it(found: &Found, walk: &Walk, field: FieldId) -> String {
    match (&found.value, field) {
        (Ok(Value::Number { unit, upper: Some(upper), .. }), FieldId::Number(number))
            if number.upper_limit().is_some() =>
        {
            format!("With its upper limit of normal, {}\u{a0}{}. ", grouped(*upper), label(walk, number, unit))
        }
        _ => String::new(),
    }
}

/// The name of a question, without its question mark.
fn name(walk: &Walk, field: FieldId) -> String {
    walk.name(field).trim_end_matches('?').to_owned()
}

/// A unit as the page writes it.
fn label(walk: &Walk, number: N, unit: &str) -> &'static str {
    let units = walk.numbers.get(number).units();
    units.into_iter().find(|(ucum, _)| *ucum == unit).map_or("", |(_, label)| label)
}

/// The value as it reads: an answer in the words of the page where it is one.
fn shown(found: &Found, walk: &Walk, field: FieldId) -> String {
    match (&found.value, field) {
        (Ok(Value::Word(word)), FieldId::Choice(choice)) => answer(choice, word).unwrap_or(&found.shown).to_owned(),
        (Ok(Value::Day(day)), _) => date::long(*day),
        (Ok(Value::Number { value, unit, .. }), FieldId::Number(number)) => {
            format!("{}\u{a0}{}", grouped(*value), label(walk, number, unit))
        }
        _ => found.shown.replacen(' ', "\u{a0}", 1),
    }
}

fn answer(choice: C, code: &str) -> Option<&'static str> {
    choice.answers().iter().find(|answer| answer.code == code).map(|answer| answer.label)
}

/// Days before the visit; a time of a named zone may be of the day after here.
fn age(found: &Found, on: Date, visit: Date) -> i64 {
    match visit.days_since(on) {
        -1 if found.zoned => 0,
        days => days,
    }
}

fn in_words(age: i64, years: Option<u32>) -> String {
    match age {
        0 => "the day of this visit".to_owned(),
        731.. => format!("{}\u{a0}years before this visit", years.unwrap_or_default()),
        1.. => format!("{} before this visit", date::days(age)),
        _ => format!("{} after this visit", date::days(age.saturating_neg())),
    }
}

/// What stands against a value, whatever it is.
fn against(found: &Found, age: Option<i64>, walk: &Walk, field: FieldId) -> Option<String> {
    if let Err(why) = &found.value {
        return Some(why.clone());
    }
    if let Some(most) = fresh(found.what) {
        if walk.visit_date().is_none() {
            return Some("Say the date of this visit first.".to_owned());
        }
        match age {
            None => return Some("It has no whole date, so its age is not known.".to_owned()),
            Some(age) if age < 0 => return Some("It is of a day after this visit.".to_owned()),
            Some(age) if age > most => {
                return Some(format!(
                    "It is {} old, and {} is the most here. Type it if it still holds.",
                    date::days(age),
                    date::days(most)
                ));
            }
            Some(_) => {}
        }
    }
    (!asked(walk, field)).then(|| "It is not asked at this visit, or waits for another answer.".to_owned())
}

/// Whether the question is asked, whichever way of answering it stands chosen.
fn asked(walk: &Walk, field: FieldId) -> bool {
    let walk = ways(field).into_iter().fold(walk.clone(), reduce);
    walk.applies(field)
}

/// The way of answering that a question needs.
fn ways(field: FieldId) -> Vec<Action> {
    match field {
        FieldId::Date(D::Birth) => vec![Action::Choose(C::AgeBy, "birth_date")],
        FieldId::Number(N::Wbc | N::BlastPercent) => vec![Action::Choose(C::BlastsBy, "share")],
        FieldId::Number(N::Blasts) => vec![Action::Choose(C::BlastsBy, "count")],
        _ => Vec::new(),
    }
}

const UNFIT: &str = "It does not fit the question.";

/// A value that nothing stands against.
fn open(value: &Value, walk: &Walk, field: FieldId) -> State {
    let free = |mut actions: Vec<Action>, instead: String| {
        let mut all = ways(field);
        all.append(&mut actions);
        all.push(Action::Leave(field));
        State::Free { action: Action::All(all), instead }
    };
    let chosen = ways(field).iter().all(|way| matches!(way, Action::Choose(choice, code) if walk.chose(*choice, code)));
    match (value, field) {
        (Value::Number { value, unit, upper }, FieldId::Number(number)) => {
            let units = walk.numbers.get(number).units();
            let Some(unit) = units.into_iter().map(|(ucum, _)| ucum).find(|ucum| ucum == unit) else {
                return State::Refused(UNFIT.to_owned());
            };
            match typed(walk, number, *value, unit, *upper) {
                Ok(None) if chosen => State::Taken,
                Ok(actions) => free(actions.unwrap_or_default(), instead(walk, number, upper.is_some())),
                Err(why) => State::Refused(why),
            }
        }
        (Value::Word(word), FieldId::Choice(choice)) => {
            let Some(code) = choice.answers().iter().map(|answer| answer.code).find(|code| code == word) else {
                return State::Refused(UNFIT.to_owned());
            };
            match walk.choice(choice) {
                Some(chosen) if chosen == code && walk.counts(field) => State::Taken,
                other => {
                    let instead = other.and_then(|code| answer(choice, code)).unwrap_or_default();
                    free(vec![Action::Choose(choice, code)], instead.to_owned())
                }
            }
        }
        (Value::Day(day), FieldId::Date(date)) => {
            if chosen && walk.date(date).value() == Some(*day) {
                return State::Taken;
            }
            let text = walk.date_text(date).trim().to_owned();
            free(vec![Action::TypeDate(date, day.to_string())], text)
        }
        _ => State::Refused(UNFIT.to_owned()),
    }
}

/// What types a number with its unit and its limit; `None` where all of it stands there already.
fn typed(
    walk: &Walk,
    number: N,
    value: Decimal,
    unit: &'static str,
    upper: Option<Decimal>,
) -> Result<Option<Vec<Action>>, String> {
    let limit = number.upper_limit();
    let stands = |field: N, value: Decimal| {
        let slot = walk.numbers.get(field);
        slot.read().value() == Some(value) && slot.unit() == unit && walk.counts(FieldId::Number(field))
    };
    let limit_stands = limit.zip(upper).is_none_or(|(limit, upper)| stands(limit, upper));
    if stands(number, value) && limit_stands {
        return Ok(None);
    }
    // A limit that was typed is not read in another unit behind the user's back.
    if let (Some(limit), None) = (limit.filter(|_| number.partner().is_some()), upper) {
        let slot = walk.numbers.get(limit);
        if !slot.text().trim().is_empty() && slot.unit() != unit {
            return Err("The upper limit of normal is typed in another unit, and the record has none. Clear it first."
                .to_owned());
        }
    }
    let mut actions = write(walk, number, value, unit)?;
    if let Some((limit, upper)) = limit.zip(upper) {
        actions.extend(write(walk, limit, upper, unit)?);
        actions.push(Action::Leave(FieldId::Number(limit)));
    }
    Ok(Some(actions))
}

/// Types a number. The point of a record is a point: that is not asked again; whether a value is likely still is.
fn write(walk: &Walk, number: N, value: Decimal, unit: &'static str) -> Result<Vec<Action>, String> {
    let mut actions = vec![Action::Type(number, plain(value).to_string()), Action::Unit(number, unit)];
    let after = actions.iter().cloned().fold(walk.clone(), reduce);
    match after.number(number) {
        Entry::Refused(_) => {
            return Err(after.number(number).message(after.label(FieldId::Number(number))).unwrap_or_default());
        }
        Entry::Question(question) if !matches!(question.kind, QuestionKind::Unusual { .. }) => {
            actions.push(Action::Pick(number, value));
        }
        _ => {}
    }
    Ok(actions)
}

/// What is typed where a number would go: with its limit, where that would go as well.
fn instead(walk: &Walk, number: N, with_limit: bool) -> String {
    let text = |field: N| {
        let slot = walk.numbers.get(field);
        let typed = slot.text().trim();
        let unit = label(walk, field, slot.unit());
        if typed.is_empty() { String::new() } else { format!("{typed}\u{a0}{unit}") }
    };
    let limit = number.upper_limit().filter(|_| with_limit).map(text).filter(|text| !text.is_empty());
    match (text(number), limit) {
        (own, None) => own,
        (own, Some(limit)) if own.is_empty() => format!("upper limit {limit}"),
        (own, Some(limit)) => format!("{own}, upper limit {limit}"),
    }
}

/// The case whose dose may be proposed to a record, with the name of the file.
///
/// # Errors
/// One sentence that says why there is nothing to propose.
pub fn may_propose(plan: &Plan) -> Result<(String, &Case), &'static str> {
    if !plan.released() {
        return Err(NOT_GIVEN);
    }
    if !plan.unacknowledged.is_empty() {
        return Err("Acknowledge the cautions first.");
    }
    let case = plan.case.as_ref().ok_or(NOT_GIVEN)?;
    Ok((format!("fhir-{}", file::name(case)), case))
}

const NOT_GIVEN: &str = "Only a dose that may be given is proposed.";

/// The Bundle that proposes today's dose, with the name of its file.
///
/// # Errors
/// One sentence that says why there is nothing to propose.
pub fn proposal(plan: &Plan) -> Result<(String, String), &'static str> {
    let (name, case) = may_propose(plan)?;
    let text = plan.assessment().and_then(|found| fhir::proposal::write(case, found)).ok_or(NOT_GIVEN)?;
    Ok((name, text))
}
