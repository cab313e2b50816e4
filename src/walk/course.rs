//! What a card of the course says beside its questions: when a dose was due, and what a response comes to.

use super::case::{assessment, doses};
use super::date;
use super::field::{ChoiceField, DateField, FieldId};
use super::place::CycleAt;
use super::state::Walk;
use crate::engine::calendar::Date;
use crate::engine::case::{Day, Response};
use crate::engine::facts::{self, Criterion};

/// A response worked out from its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkedOut {
    /// What a remission asks for, each met or not.
    pub criteria: [Criterion; 5],
    /// What that comes to, once all are known.
    pub class: Option<Response>,
}

/// The response to a cycle, where it is to be worked out.
#[must_use]
pub fn worked_out(walk: &Walk, at: CycleAt) -> Option<WorkedOut> {
    let criteria = facts::criteria(&assessment(walk, at)?);
    let class = facts::class(&criteria);
    Some(WorkedOut { criteria, class })
}

/// A class as the page writes it.
#[must_use]
pub fn in_words(class: Response) -> String {
    let answers = ChoiceField::Response(CycleAt::default()).answers();
    answers.iter().find(|answer| answer.code == class.word()).map(|answer| answer.label.to_owned()).unwrap_or_default()
}

/// The day on which a dose of the course was due: days 8 and 15 from day 1, day 1 from the cycle before.
#[must_use]
pub fn due_on(walk: &Walk, at: CycleAt, day: Day) -> Option<Date> {
    if day == Day::D1 {
        return facts::over(&super::case::cycle(walk, at.before()?)?);
    }
    let first = doses(walk, at).into_iter().find(|(day, _)| *day == Day::D1);
    first.map(|(_, first)| facts::due(first, day))
}

/// What stands under the box of a dose: when it was due, and how far from that it was given.
pub(super) fn echo(walk: &Walk, field: DateField, at: CycleAt, day: Day) -> String {
    let due = due_on(walk, at, day);
    match (walk.date(field), due) {
        (date::Reading::Understood(given), Some(due)) => {
            let words = date::in_words(given);
            match (given.days_since(due), day) {
                (0, _) | (1.., Day::D1) => words,
                (late @ 1.., _) => format!("{words}, {} after the planned day", date::days(late)),
                (early, _) => format!("{words}, {} before the planned day", date::days(early.saturating_neg())),
            }
        }
        (date::Reading::Understood(given), None) => date::in_words(given),
        (date::Reading::Empty, Some(due)) if day == Day::D1 => format!("Was due from {} on.", date::with_year(due)),
        (date::Reading::Empty, Some(due)) => {
            format!("Was planned for {}. Left empty it counts as not given.", date::with_weekday(due))
        }
        _ => String::new(),
    }
}

/// A card in one line: `5 Jan, 12 Jan, 19 Jan · CR · MRD negative · 25 % less`.
#[must_use]
pub fn told(walk: &Walk, at: CycleAt) -> String {
    let chosen = |field: ChoiceField| {
        let code = walk.choice(field).filter(|_| walk.applies(FieldId::Choice(field)))?;
        field.answers().iter().find(|answer| answer.code == code).map(|answer| answer.label)
    };
    let days = doses(walk, at).into_iter().map(|(_, day)| date::short(day)).collect::<Vec<_>>().join(", ");
    let response = match worked_out(walk, at) {
        Some(found) => found.class.map(in_words),
        None => chosen(ChoiceField::Response(at)).map(str::to_owned),
    };
    let mrd = super::case::cycle(walk, at).and_then(|cycle| facts::mrd(&cycle));
    let parts = [
        Some(days).filter(|days| !days.is_empty()),
        response,
        mrd.map(|mrd| format!("MRD {}", mrd.word())),
        chosen(ChoiceField::Reduction(at)).map(str::to_lowercase),
    ];
    let told = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    if told.is_empty() { "nothing entered".to_owned() } else { told }
}
