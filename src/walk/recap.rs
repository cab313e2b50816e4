//! The walk on one sheet: what was answered, and every number with how it came to be.

use super::ask;
use super::counsel::Until;
use super::course;
use super::date::Reading;
use super::field::{ChoiceField, DateField, FieldId};
use super::plan::{Plan, Reason, pretty};
use super::state::Walk;
use super::steps::Step;
use super::why::{Line, in_words, source};
use crate::engine::assessment::Prepared;
use crate::engine::calendar::Moment;
use crate::engine::case::Day;
use crate::engine::labels::dosing;
use crate::engine::numbers::{OBS_01, TIME_03};
use crate::engine::rule::{Confidence, Grounds};
use crate::engine::rules::preparation::{DIL_02, TIME_01, TIME_02};

/// An answer, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Step that asked.
    pub step: Step,
    /// The question.
    pub label: String,
    /// The answer as understood; `None` while there is none that counts.
    pub answer: Option<String>,
    /// What stands in its box, should that be in question or not be understood.
    pub typed: String,
}

impl Given {
    /// The answer, or what there is in place of one.
    #[must_use]
    pub fn in_words(self) -> String {
        self.answer.unwrap_or_else(|| match self.typed.as_str() {
            "" => NOT_ANSWERED.to_owned(),
            typed => format!("“{typed}”, still in question"),
        })
    }
}

/// What stands on paper in the place of an answer that is not there.
const NOT_ANSWERED: &str = "not answered";

/// A question that is asked at every later visit, that no decision waits for, and that nobody has answered for this one: whether
/// there was any toxicity.
#[must_use]
pub fn unanswered(walk: &Walk) -> Option<FieldId> {
    let field = FieldId::Choice(ChoiceField::Toxicity);
    (walk.applies(field) && answer(walk, field).is_none()).then_some(field)
}

/// Every question that applies, with its answer. An open one is there only if the decision waits for it.
#[must_use]
pub fn answers(walk: &Walk, plan: &Plan) -> Vec<Given> {
    let fields = FieldId::all().filter(|field| walk.applies(*field));
    let given = fields.filter_map(|field| {
        let answer = answer(walk, field);
        // That nobody has said there was no toxicity is worth a line on paper, though no decision waits for it.
        let open = || {
            unanswered(walk) == Some(field)
                || (about_the_patient(field) && plan.open.iter().any(|open| open.field == field))
        };
        let label = match field {
            FieldId::Choice(ChoiceField::ResponseBy(_)) => format!("{}response, worked out", walk.scope(field)),
            field => walk.name(field),
        };
        let typed = typed(walk, field).trim().to_owned();
        (answer.is_some() || open()).then(|| Given { step: field.step(), label, answer, typed })
    });
    given.collect()
}

/// What stands in the box of a field.
fn typed(walk: &Walk, field: FieldId) -> &str {
    match field {
        FieldId::Number(number) => walk.numbers.get(number).text(),
        FieldId::Date(date) => walk.date_text(date),
        FieldId::Time(time) => walk.time_text(time),
        FieldId::Choice(_) => "",
    }
}

/// How the form is laid out is no answer about the patient.
fn about_the_patient(field: FieldId) -> bool {
    use ChoiceField as C;
    !matches!(field, FieldId::Choice(C::AgeBy | C::BlastsBy | C::Cd22By | C::MrdBy(_) | C::ResponseBy(_)))
}

pub(super) fn answer(walk: &Walk, field: FieldId) -> Option<String> {
    match field {
        FieldId::Choice(ChoiceField::ResponseBy(at)) => course::worked_out(walk, at)?.class.map(course::in_words),
        _ if !about_the_patient(field) || !walk.counts(field) => None,
        FieldId::Choice(choice) => {
            let code = walk.choice(choice)?;
            choice.answers().iter().find(|answer| answer.code == code).map(|answer| answer.label.to_owned())
        }
        FieldId::Date(date) => {
            walk.date(date).value().map(|_| ask::echo(walk, field)).or_else(|| not_given(walk, date))
        }
        _ => Some(ask::echo(walk, field)).filter(|echo| !echo.is_empty()),
    }
}

/// A dose without a date counts as not given, and paper says so.
fn not_given(walk: &Walk, field: DateField) -> Option<String> {
    let (at, day) = field.of_dose()?;
    let empty = walk.date(field) == Reading::Empty;
    (empty && day != Day::D1 && walk.touched(at)).then(|| "no date: counts as not given".to_owned())
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

/// A limit in time: what it counts from, for how long, and by which rule.
struct Limit {
    path: &'static str,
    at: fn(&Prepared) -> Option<Moment>,
    from: &'static str,
    hours: u8,
    grounds: &'static Grounds,
}

const LIMITS: &[Limit] = &[
    Limit {
        path: "preparation.dilute_by",
        at: |prepared| prepared.dilute_by,
        from: "first vial",
        hours: dosing::DILUTE_WITHIN_H,
        grounds: &TIME_01.grounds,
    },
    Limit {
        path: "preparation.start_by",
        at: |prepared| prepared.start_by,
        from: "first vial",
        hours: dosing::START_WITHIN_H,
        grounds: &TIME_03,
    },
    Limit {
        path: "preparation.end_by",
        at: |prepared| prepared.end_by,
        from: "first vial",
        hours: dosing::END_WITHIN_H,
        grounds: &TIME_02.grounds,
    },
    Limit {
        path: OBSERVE,
        at: |prepared| prepared.observe_until,
        from: "end",
        hours: dosing::OBSERVE_H,
        grounds: &OBS_01,
    },
];

/// Whether the infusion has ended. The observation counts from then, and before that its end is no time of day.
fn ended(plan: &Plan) -> bool {
    plan.case.as_ref().and_then(|case| case.preparation.as_ref()?.infusion_end).is_some()
}

/// The end of the observation.
const OBSERVE: &str = "preparation.observe_until";

impl Limit {
    fn at_path(path: &str) -> Option<&'static Self> {
        LIMITS.iter().find(|limit| limit.path == path)
    }

    fn as_length(&self) -> String {
        pretty(&format!("{} + {} h", self.from, self.hours))
    }
}

/// The limit in time at this path: as a length until its clock runs, then as a time of day.
#[must_use]
pub fn limit(plan: &Plan, path: &str) -> Option<String> {
    let limit = Limit::at_path(path)?;
    let Some(moment) = plan.preparation().and_then(limit.at) else { return Some(limit.as_length()) };
    let clock = plan.clock(moment);
    Some(if path == OBSERVE && !ended(plan) {
        format!("{}, {clock} at the earliest", limit.as_length())
    } else {
        clock
    })
}

/// A number that was given or is fixed, not computed.
fn stated_line(plan: &Plan, grounds: &Grounds, result: String, formula: String) -> Line {
    Line {
        result,
        formula,
        worked: None,
        source: source(grounds, plan.profile()),
        confidence: in_words(grounds.confidence),
        unverified: grounds.confidence == Confidence::M,
    }
}

fn total(plan: &Plan) -> Option<Line> {
    let total = plan.preparation()?.total_ml?;
    let entered = plan.case.as_ref()?.preparation.as_ref().is_some_and(|given| given.total_volume_ml.is_some());
    let how = if entered {
        "as entered".to_owned()
    } else {
        format!("a bag of {} unless another volume is entered", dosing::BAG)
    };
    Some(stated_line(plan, &DIL_02.grounds, pretty(&total.to_string()), pretty(&how)))
}

fn length(plan: &Plan, path: &str) -> Option<Line> {
    let limit = Limit::at_path(path)?;
    let open = match plan.preparation().and_then(limit.at) {
        Some(earliest) => format!("the end is not entered yet: {} at the earliest", plan.clock(earliest)),
        None => "no time entered yet".to_owned(),
    };
    Some(stated_line(plan, limit.grounds, limit.as_length(), open))
}

/// What the rules found, the heaviest first: a hold stands above the cautions whichever rule was asked first.
#[must_use]
pub fn findings(plan: &Plan) -> Vec<Reason> {
    let mut found = plan.reasons.clone();
    found.sort_by_key(|reason| std::cmp::Reverse(reason.severity));
    found
}

/// The numbers of the plan that there are.
#[must_use]
pub fn numbers(plan: &Plan) -> Vec<Number> {
    let Some(found) = plan.assessment() else { return Vec::new() };
    const TOTAL: &str = "preparation.total_ml";
    const PATHS: &[(&str, &str)] = &[
        ("Body surface area", "bsa.m2"),
        ("Dose level", "dose.mg_per_m2"),
        ("Dose", "dose.mg"),
        ("Withdraw", "preparation.withdraw_ml"),
        ("Withdraw, as measured", "preparation.measured.withdraw_ml"),
        ("Dose, as measured", "preparation.measured.mg"),
        ("Vials, 0.9\u{a0}mg from each", "preparation.vials"),
        ("Vials, as measured", "preparation.measured.vials"),
        ("Sodium chloride 0.9\u{a0}%", "preparation.diluent_ml"),
        ("Sodium chloride 0.9\u{a0}%, as measured", "preparation.measured.diluent_ml"),
        ("Total volume", TOTAL),
        ("Concentration", "preparation.concentration_mg_per_ml"),
        ("Concentration, as measured", "preparation.measured.concentration_mg_per_ml"),
        ("Rate", "preparation.rate_ml_per_h"),
        ("Left in the vials, discard", "preparation.unused_mg"),
        ("Volume of it", "preparation.unused_ml"),
        ("Dilute by", "preparation.dilute_by"),
        ("Start by", "preparation.start_by"),
        ("Infused by", "preparation.end_by"),
        ("Observe until", OBSERVE),
        ("Next cycle from", "schedule.next_cycle_from"),
        ("Contraception, woman, until", "counselling.contraception_female_until"),
        ("Contraception, man, until", "counselling.contraception_male_until"),
        ("No breastfeeding until", "counselling.no_breastfeeding_until"),
        ("Watch for VOD until", "counselling.vod_watch_until"),
    ];
    let patient = plan.case.as_ref().map(|case| &case.patient);
    let for_others = |path: &str| {
        let what = Until::ALL.into_iter().find(|what| what.path() == path);
        what.zip(patient).is_some_and(|(what, patient)| !what.concerns(patient))
    };
    // The trace keeps steps of numbers that were withdrawn later; what the assessment does not state is not printed.
    let stated = |path: &str| match path.split('.').next().unwrap_or_default() {
        "dose" => found.dose.is_some(),
        "preparation" => found.preparation.is_some(),
        "schedule" => plan.next_cycle().is_some(),
        "counselling" => found.counselling.is_some(),
        _ => true,
    };
    let line = |path: &str| match path {
        TOTAL => total(plan),
        OBSERVE if !ended(plan) => length(plan, path),
        _ => plan.why(path).pop().or_else(|| length(plan, path)),
    };
    PATHS
        .iter()
        .filter(|(_, path)| stated(path) && !for_others(path))
        .filter_map(|(label, path)| Some(Number { label, path, line: line(path)? }))
        .collect()
}

/// What to watch, when, and by which rule.
#[must_use]
pub fn monitoring(plan: &Plan) -> Vec<(String, String, &'static str)> {
    let items = plan.assessment().map(|found| found.monitoring.as_slice()).unwrap_or_default();
    items.iter().map(|item| (pretty(item.what), pretty(item.when), item.rule)).collect()
}
