//! What stands beside a field: what was understood, or what is asked with its answers as buttons.

use super::clock_change::offset_text;
use super::course;
use super::date::{self, Clock, Reading};
use super::field::{ChoiceField, DateField, FieldId, NumberField, TimeField};
use super::number::{self, Entry, QuestionKind, Refusal};
use super::place::CycleAt;
use super::plan::{Plan, pretty};
use super::slips;
use super::state::{Action, Visit, Walk};
use crate::engine::calendar::Date;
use crate::engine::case::Day;

/// A question with its answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// The question.
    pub text: String,
    /// What each answer says and does.
    pub answers: Vec<(String, Action)>,
}

/// What stands under a choice: that its answer is of another visit, or why a question is needed that else may stay open.
#[must_use]
pub fn beside(walk: &Walk, plan: &Plan, field: FieldId) -> String {
    match field {
        _ if walk.optional(field) && plan.waits_for(field) && field.at().is_some() => {
            "Today’s decision turns on this answer.".to_owned()
        }
        field => echo(walk, field),
    }
}

/// What was understood: `70 kg ≈ 154.32 lb`, `Friday 29 February 1980, 46 years`; that it is of another visit; empty while there
/// is nothing to say.
#[must_use]
pub fn echo(walk: &Walk, field: FieldId) -> String {
    if walk.is_of_another_visit(field) {
        return "Entered for another visit: counts for nothing yet.".to_owned();
    }
    match field {
        FieldId::Number(field) => number_echo(walk, field),
        FieldId::Date(field) => date_echo(walk, field),
        FieldId::Time(field) => time_echo(walk, field),
        FieldId::Choice(_) => String::new(),
    }
}

fn number_echo(walk: &Walk, field: NumberField) -> String {
    let Entry::Understood(understood) = walk.number(field) else { return String::new() };
    let other = walk.numbers.get(field).in_sight().map(|other| format!(" {other}")).unwrap_or_default();
    format!("{}{other}", understood.echo())
}

fn date_echo(walk: &Walk, field: DateField) -> String {
    if let Some((at, day)) = field.of_dose() {
        return course::echo(walk, field, at, day);
    }
    let Some(day) = walk.date(field).value() else { return String::new() };
    match (field, walk.visit_date()) {
        (DateField::Birth, Some(visit)) => {
            let years = day.completed_years_at(visit).unwrap_or_default();
            let unit = if years == 1 { "year" } else { "years" };
            format!("{}, {years} completed {unit}", date::in_words(day))
        }
        _ => date::in_words(day),
    }
}

fn time_echo(walk: &Walk, field: TimeField) -> String {
    let moment = walk.moment(field);
    moment
        .map(|moment| format!("{} on {}", date::clock_on(moment, moment.date()), date::in_words(moment.date())))
        .unwrap_or_default()
}

/// The two days a time may be on: `Mon 23 Nov`, `Tue 24 Nov`.
#[must_use]
pub fn days(walk: &Walk) -> Option<(String, String)> {
    walk.visit_date().map(|day| (date::with_weekday(day), date::with_weekday(day.plus_days(1))))
}

/// What is asked about an entry, as soon as it can be asked. A question that the next digit may settle waits until the field
/// is left: on the way to 170 nobody is asked about 1.
#[must_use]
pub fn ask(walk: &Walk, field: FieldId) -> Option<Ask> {
    match field {
        FieldId::Number(number) => {
            number_ask(walk, number).or_else(|| slips::asked_of(walk, number).filter(|_| walk.shows_problem(field)))
        }
        FieldId::Date(DateField::Visit) if walk.undecided_day().is_some() => day_ask(walk),
        FieldId::Date(date) => date_ask(walk.date(date), date)
            .or_else(|| slips::asked_of_day(walk, date).filter(|_| walk.shows_problem(field))),
        FieldId::Time(time) => time_ask(walk.time(time), time),
        FieldId::Choice(_) => None,
    }
}

fn number_ask(walk: &Walk, field: NumberField) -> Option<Ask> {
    let id = FieldId::Number(field);
    let slot = walk.numbers.get(field);
    let entry = slot.read();
    let settled = walk.shows_problem(id);
    match &entry {
        Entry::Question(question) => {
            let waits = matches!(
                question.kind,
                QuestionKind::Unusual { .. } | QuestionKind::OtherUnit { .. } | QuestionKind::LeadingZeros
            );
            if waits && !settled {
                return None;
            }
            let other_unit = matches!(question.kind, QuestionKind::OtherUnit { .. });
            let readings = question.readings.iter().filter(|_| !other_unit);
            let mut answers: Vec<(String, Action)> =
                readings.map(|value| (number::reading(*value, question.unit), Action::Pick(field, *value))).collect();
            answers.extend(slot.proposed_unit().map(|unit| switch(walk, field, unit)));
            Some(Ask { text: question.message(&walk.name(id)), answers })
        }
        Entry::Refused(Refusal::OutOfLimits(out)) if settled => {
            let other = out.suggestion.map(|slip| slip.unit.ucum).filter(|unit| *unit != slot.unit())?;
            Some(Ask { text: entry.message(&walk.name(id))?, answers: vec![switch(walk, field, other)] })
        }
        _ => None,
    }
}

fn switch(walk: &Walk, field: NumberField, unit: &'static str) -> (String, Action) {
    let units = walk.numbers.get(field).units();
    let label = units.iter().find(|(ucum, _)| *ucum == unit).map_or(unit, |(_, label)| *label);
    (format!("Switch to {label}"), Action::Unit(field, unit))
}

/// Asked of a walk from a file of another day: go on with that visit, or come to the next one. The next one takes the weight
/// along to be compared, and asks anew which dose is due.
fn day_ask(walk: &Walk) -> Option<Ask> {
    let (today, Reading::Question { why, readings }) = (walk.undecided_day()?, walk.date(DateField::Visit)) else {
        return None;
    };
    let (before, now) = (NumberField::WeightBefore, walk.numbers.get(NumberField::Weight));
    let mut next = vec![
        Action::TypeDate(DateField::Visit, today.to_string()),
        Action::Unchoose(ChoiceField::Cycle),
        Action::Unchoose(ChoiceField::Day),
    ];
    if walk.numbers.get(before).text().is_empty() {
        next.extend([Action::Unit(before, now.unit()), Action::Type(before, now.text().to_owned())]);
    }
    let mut answers = vec![(format!("Today, {}", date::in_words(today)), Action::All(next))];
    answers.extend(readings.into_iter().map(|day| (date::in_words(day), Action::PickDate(DateField::Visit, day))));
    Some(Ask { text: why, answers })
}

/// Asked between a visit that a course file was saved at and the next: first whether its dose was given, which no file can
/// know, then whose the results are.
#[must_use]
pub fn between_visits(walk: &Walk) -> Option<Ask> {
    dose_given(walk).or_else(|| whose_results(walk))
}

/// Asked of the dose that was due when the file was saved. With yes its day is on record, and what was counted on day 1 stays.
fn dose_given(walk: &Walk) -> Option<Ask> {
    let (at, day, date) = walk.visit_before()?;
    let dose = DateField::dose(at, day);
    let stays = staying(walk, at, day, date);
    let asked = format!("Was the dose of cycle {}, {day} given on {}?", at.number(), date::in_words(date));
    let mut text = asked.clone();
    let names = |wanted: fn(&NumberField) -> bool| {
        let names = stays.iter().filter(|(_, to)| wanted(to)).map(|(from, _)| short_name(*from));
        names.collect::<Vec<_>>().join(", ")
    };
    let on_day_1 = names(|to| FieldId::Number(*to).at().is_some());
    let baseline = names(|to| FieldId::Number(*to).at().is_none());
    if !on_day_1.is_empty() {
        text.push_str(&format!(" Yes also keeps, as counts on day 1 of cycle {}: {on_day_1}.", at.number()));
    }
    if !baseline.is_empty() {
        text.push_str(&format!(" As the values before any inotuzumab: {baseline}."));
    }
    if !walk.date_text(dose).trim().is_empty() || walk.has_confirmed(&asked) {
        return None;
    }
    let mut yes = vec![Action::TypeDate(dose, date.to_string())];
    for (from, to) in stays {
        let slot = walk.numbers.get(from);
        yes.extend([Action::Unit(to, slot.unit()), Action::Type(to, slot.text().to_owned())]);
        yes.extend(slot.answer().map(|answer| Action::Pick(to, answer)));
    }
    let answers = vec![("Yes".to_owned(), Action::All(yes)), ("No".to_owned(), Action::Confirm(asked))];
    Some(Ask { text, answers })
}

/// What was measured on day 1 and is held against later, where nothing is entered for it yet: the counts of a cycle's day 1,
/// and before the very first dose the baseline. A platelet count that follows a transfusion is not the patient's own.
/// What was entered since is of another day.
fn staying(walk: &Walk, at: CycleAt, day: Day, date: Date) -> Vec<(NumberField, NumberField)> {
    use NumberField as N;
    let transfused = ChoiceField::PlateletsTransfused;
    let of_that_day = |field| walk.said_on(field) == Some(date);
    let own = walk.choice(transfused).is_none_or(|code| code == "no" && of_that_day(FieldId::Choice(transfused)));
    let of_day_1 = [(N::Anc, N::AncDay1(at)), (N::Platelets, N::PlateletsDay1(at))];
    let before_any = [(N::Anc, N::BaselineAnc), (N::Platelets, N::BaselinePlatelets), (N::Qtcf, N::BaselineQtcf)];
    let before_any = before_any.into_iter().filter(|_| at == CycleAt::default());
    let all = of_day_1.into_iter().chain(before_any).filter(|_| day == Day::D1);
    all.filter(|(from, to)| {
        let understood = walk.number(*from).value().is_some() && (own || *from != N::Platelets);
        understood && of_that_day(FieldId::Number(*from)) && walk.numbers.get(*to).text().trim().is_empty()
    })
    .collect()
}

fn short_name(field: NumberField) -> &'static str {
    match field {
        NumberField::Anc => "ANC",
        NumberField::Platelets => "platelets",
        NumberField::Qtcf => "QTcF",
        field => FieldId::Number(field).label(),
    }
}

/// Asked where results of the day were entered for another visit. What is entered anew counts, and is not asked about.
#[must_use]
pub fn whose_results(walk: &Walk) -> Option<Ask> {
    let visits = walk.other_visits();
    if visits.is_empty() {
        return None;
    }
    let of = visits.into_iter().map(in_words).collect::<Vec<_>>().join(", and for ");
    let the = if walk.has_results() { "The other" } else { "The" };
    let text = format!(
        "{the} results, premedication and times were entered for {of}. They count for nothing until you say whose they are. \
         What you enter now counts at once."
    );
    let answers = vec![
        ("Clear them".to_owned(), Action::ClearResults),
        ("They are of this visit".to_owned(), Action::KeepResults),
    ];
    Some(Ask { text, answers })
}

fn in_words(visit: Visit) -> String {
    let cycle = visit.due.cycle.map(|cycle| format!("cycle {}", cycle.number()));
    let day = visit.due.day.map(|day| day.to_string());
    let on = visit.date.map(|date| format!("on {}", date::with_year(date)));
    [cycle, day, on].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn date_ask(reading: Reading<Date>, field: DateField) -> Option<Ask> {
    let Reading::Question { why, readings } = reading else { return None };
    let answers = readings.into_iter().map(|day| (date::in_words(day), Action::PickDate(field, day))).collect();
    Some(Ask { text: why, answers })
}

fn time_ask(reading: Reading<Clock>, field: TimeField) -> Option<Ask> {
    let Reading::Question { why, readings } = reading else { return None };
    let told = readings.into_iter().filter_map(|clock| Some((clock, clock.offset?)));
    let answer = |(clock, offset)| {
        let words = format!("{clock}, {} from UTC", offset_text(offset));
        (words, Action::PickTime(field, offset))
    };
    Some(Ask { text: why, answers: told.map(answer).collect() })
}

/// What is wrong with an entry, where it is no question, or that it is needed: once the field is left or its step's button
/// pressed.
#[must_use]
pub fn error(walk: &Walk, plan: &Plan, field: FieldId) -> Option<String> {
    if ask(walk, field).is_some() || !walk.shows_problem(field) {
        return None;
    }
    let open = plan.open.iter().find(|open| open.field == field)?;
    let needed = || walk.was_checked(field.step()).then(|| "Needed for the decision.".to_owned());
    open.problem.as_deref().map(pretty).or_else(needed)
}
