//! A finding opened: the values it rests on, its condition, and what would change it. All of it is the engine's; here it is
//! put in words.

use super::date;
use super::field::{ChoiceField, FieldId};
use super::paths;
use super::place::CycleAt;
use super::plan::{Plan, pretty};
use super::state::Walk;
use crate::engine::Decision;
use crate::engine::change::{Change, Instead, To, changes};
use crate::engine::derivation::Value;
use crate::engine::rule::{Fact, Severity};

/// A finding with what stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The visits the rule applies to.
    pub applies: String,
    /// Its condition in words.
    pub when: String,
    /// Names and values it rests on.
    pub inputs: Vec<(String, String)>,
    /// What would change it, a line each, the best decision first.
    pub changes: Vec<String>,
}

/// Opens the findings of `rule`; `None` when it has none. Asks the engine several hundred times: only when somebody looks.
#[must_use]
pub fn open(walk: &Walk, plan: &Plan, rule: &str) -> Option<Opened> {
    let finding = plan.assessment()?.findings.iter().find(|finding| finding.rule.grounds.id == rule)?;
    let input = |(name, fact): &(&'static str, Fact)| (spoken(name), value(name, fact));
    let inputs = finding.basis.values().map(input).filter(|(_, value)| !value.is_empty()).collect();
    let case = plan.case.as_ref()?;
    let changes = changes(case, rule).iter().map(|change| pretty(&line(walk, plan, change))).collect();
    Some(Opened { applies: pretty(finding.rule.applies), when: pretty(finding.clause.when), inputs, changes })
}

/// A value as the page writes it; a word of the contract as the answer that it stands for.
fn value(name: &str, fact: &Fact) -> String {
    let at = CycleAt::default();
    let asked = match name {
        "hsct" => Some(ChoiceField::Hsct),
        "response" => Some(ChoiceField::Response(at)),
        "mrd" => Some(ChoiceField::Mrd(at)),
        "counts_cause" => Some(ChoiceField::CountsCause),
        _ => None,
    };
    match (asked, fact) {
        (Some(choice), Fact::Word(word)) => answer(Some(FieldId::Choice(choice)), word).to_owned(),
        _ => pretty(&fact.to_string()),
    }
}

/// `anc_limit` as a person says it: `ANC limit`.
fn spoken(name: &str) -> String {
    let words = name.split('_').map(|word| match word {
        "anc" | "ast" | "alt" | "uln" | "mrd" | "bsa" | "hsct" => word.to_uppercase(),
        "day1" => "day 1".to_owned(),
        "qtcf" => "QTcF".to_owned(),
        "mm3" => "mm³".to_owned(),
        _ => word.to_owned(),
    });
    let text = words.collect::<Vec<_>>().join(" ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn line(walk: &Walk, plan: &Plan, change: &Change) -> String {
    let values: Vec<String> = change.values.iter().map(|value| instead(walk, value)).collect();
    let text = match values.as_slice() {
        [first, second] => format!("Both: {first} and {second}"),
        [all @ .., last] if !all.is_empty() => format!("All of these: {} and {last}", all.join(", ")),
        _ => values.concat(),
    };
    let then = decision(plan, change.decision, change.cautions);
    let stays = plan.assessment().is_some_and(|now| {
        let cautions = now.findings.iter().filter(|finding| finding.severity == Severity::Caution).count();
        decision(plan, now.decision, cautions) == then
    });
    let still = if stays { "still " } else { "" };
    let text = format!("{text}: {still}{then}");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A value as it would have to be: `ANC 1 × 10⁹/L or more`.
fn instead(walk: &Walk, Instead { path, to }: &Instead) -> String {
    let field = paths::asking_for(walk, path).into_iter().next();
    let name = match (path.as_str(), field) {
        ("date", _) | (_, None) => String::new(),
        (_, Some(field)) => format!("{} ", walk.name(field).trim_end_matches('?')),
    };
    let to = match *to {
        To::From(Value::Date(day)) => format!("from {} on", date::with_weekday(day)),
        To::UpTo(Value::Date(day)) => format!("up to {}", date::with_weekday(day)),
        To::From(Value::Moment(time)) => format!("{} or later", date::clock_on(time, time.date())),
        To::UpTo(Value::Moment(time)) => format!("{} or earlier", date::clock_on(time, time.date())),
        To::From(value) => format!("{} or more", number(value)),
        To::UpTo(value) => format!("{} or less", number(value)),
        To::Answer(word) => format!("“{}”", answer(field, word)),
    };
    format!("{name}{to}")
}

/// A count's unit stands behind a sign: `1 × 10⁹/L`.
fn number(value: Value) -> String {
    let text = pretty(&value.to_string());
    match value {
        Value::Number(_, unit) if unit.starts_with("10") => text.replace(unit, &format!("× {unit}")),
        _ => text,
    }
}

/// The answer as the user reads it on the page.
fn answer(field: Option<FieldId>, word: &'static str) -> &'static str {
    let code = match word {
        "true" => "yes",
        "false" => "no",
        word => word,
    };
    let answers = match field {
        Some(FieldId::Choice(choice)) => choice.answers(),
        _ => &[],
    };
    answers.iter().find(|answer| answer.code == code).map_or(code, |answer| answer.label)
}

/// What the page would say then: an entry that cannot be read is in its way, and cautions are to be acknowledged.
fn decision(plan: &Plan, decision: Decision, cautions: usize) -> String {
    let unread = plan.open.iter().any(|open| open.problem.is_some());
    match decision {
        Decision::Stop => "stop".to_owned(),
        Decision::OmitDose => "leave this dose out".to_owned(),
        Decision::Hold => "hold".to_owned(),
        Decision::Give if !unread => match cautions {
            0 => "give".to_owned(),
            1 => "give, with 1 caution".to_owned(),
            more => format!("give, with {more} cautions"),
        },
        Decision::Give | Decision::Incomplete => "answers still missing".to_owned(),
    }
}
