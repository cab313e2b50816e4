//! The walk on one sheet: what was answered, and every number with how it came to be.

use super::ask;
use super::date::{self};
use super::field::{ChoiceField, DateField, FieldId};
use super::plan::{Plan, pretty};
use super::state::Walk;
use super::steps::Step;
use super::why::{Line, chain};
use crate::engine::case::Sex;

/// An answer, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Step that asked.
    pub step: Step,
    /// The question.
    pub label: &'static str,
    /// The answer as understood; `None` while there is none that counts.
    pub answer: Option<String>,
}

/// Every question that applies, with its answer. Questions that may stay open are left out while they are.
#[must_use]
pub fn answers(walk: &Walk) -> Vec<Given> {
    let mut fields: Vec<FieldId> =
        FieldId::all().filter(|field| about_the_patient(*field) && walk.applies(*field)).collect();
    fields.sort_by_key(|field| (field.step(), super::plan::place(*field)));
    let given = fields.into_iter().map(|field| (field, answer(walk, field)));
    given
        .filter(|(field, answer)| answer.is_some() || !quiet_when_open(*field))
        .map(|(field, answer)| Given { step: field.step(), label: walk.label(field), answer })
        .collect()
}

/// How the form is laid out is no answer about the patient.
fn about_the_patient(field: FieldId) -> bool {
    !matches!(field, FieldId::Choice(ChoiceField::AgeBy | ChoiceField::BlastsBy))
}

fn quiet_when_open(field: FieldId) -> bool {
    field.optional() || field.path() == "preparation.total_volume_ml"
}

fn answer(walk: &Walk, field: FieldId) -> Option<String> {
    match field {
        FieldId::Choice(choice) => {
            let code = walk.choice(choice)?;
            choice.answers().iter().find(|answer| answer.code == code).map(|answer| answer.label.to_owned())
        }
        FieldId::Date(DateField::Visit) => walk.visit_date().map(date::in_words),
        _ => Some(ask::echo(walk, field)).filter(|echo| !echo.is_empty()),
    }
}

/// A number of the plan with the last line of its chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// What it is.
    pub label: &'static str,
    /// Its path in the assessment.
    pub path: &'static str,
    /// How it came to be; its result is the number.
    pub line: Line,
}

/// The numbers of the plan that there are.
#[must_use]
pub fn numbers(plan: &Plan) -> Vec<Number> {
    let Some(found) = plan.assessment() else { return Vec::new() };
    const PATHS: &[(&str, &str)] = &[
        ("Body surface area", "bsa.m2"),
        ("Dose level", "dose.mg_per_m2"),
        ("Dose", "dose.mg"),
        ("Withdraw", "preparation.withdraw_ml"),
        ("Vials of 0.9 mg", "preparation.vials"),
        ("Sodium chloride 0.9 %", "preparation.diluent_ml"),
        ("Concentration", "preparation.concentration_mg_per_ml"),
        ("Rate", "preparation.rate_ml_per_h"),
        ("Left in the vials, discard", "preparation.unused_mg"),
        ("Dilute by", "preparation.dilute_by"),
        ("Start by", "preparation.start_by"),
        ("Infused by", "preparation.end_by"),
        ("Observe until", "preparation.observe_until"),
        ("Next cycle from", "schedule.next_cycle_from"),
        ("Contraception, woman, until", "counselling.contraception_female_until"),
        ("Contraception, man, until", "counselling.contraception_male_until"),
        ("No breastfeeding until", "counselling.no_breastfeeding_until"),
        ("Watch for VOD until", "counselling.vod_watch_until"),
    ];
    let other_sex = match plan.case.as_ref().and_then(|case| case.patient.sex) {
        Some(Sex::Female) => &["counselling.contraception_male_until"][..],
        Some(Sex::Male) => &["counselling.contraception_female_until", "counselling.no_breastfeeding_until"],
        None => &[],
    };
    // The trace keeps steps of numbers that were withdrawn later; what the assessment does not state is not printed.
    let stated = |path: &str| match path.split('.').next().unwrap_or_default() {
        "dose" => found.dose.is_some(),
        "preparation" => found.preparation.is_some(),
        "schedule" => found.schedule.is_some(),
        "counselling" => found.counselling.is_some(),
        _ => true,
    };
    let line = |path: &str| chain(&found.trace, path, plan.profile()).pop();
    PATHS
        .iter()
        .filter(|(_, path)| stated(path) && !other_sex.contains(path))
        .filter_map(|(label, path)| Some(Number { label, path, line: line(path)? }))
        .collect()
}

/// What to watch, when, and by which rule.
#[must_use]
pub fn monitoring(plan: &Plan) -> Vec<(String, String, &'static str)> {
    let items = plan.assessment().map(|found| found.monitoring.as_slice()).unwrap_or_default();
    items.iter().map(|item| (pretty(item.what), pretty(item.when), item.rule)).collect()
}
