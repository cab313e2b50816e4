//! What would change a finding: the nearest value of each thing that could be another, found by trying. Nothing here knows
//! a limit; every answer is [`assess`]'s own.

mod together;

use std::cmp::Reverse;
use std::iter::successors;

use rust_decimal::{Decimal, dec};

use super::calendar::{Date, Moment};
use super::case::{
    Case, CountsCause, Diagnosis, DiseaseStatus, Hsct, LiverTest, Marker, Patient, Pregnancy, Reduction, Response,
    VodHistory,
};
use super::derivation::Value;
use super::reading::Limits;
use super::rule::Severity;
use super::units::{Given, Unit};
use super::{Assessment, Decision, Percent, Positive, assess, preparation};

/// Other values, and what would be decided with them.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The value that is another; several where no single one is enough.
    pub values: Vec<Instead>,
    /// The decision then.
    pub decision: Decision,
    /// How many cautions there are then.
    pub cautions: usize,
}

/// Another value.
#[derive(Debug, Clone, PartialEq)]
pub struct Instead {
    /// Path of the value in the case.
    pub path: String,
    /// What it would have to be.
    pub to: To,
}

/// What a value would have to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum To {
    /// This or more; this day or time, or a later one.
    From(Value),
    /// This or less; this day or time, or an earlier one.
    UpTo(Value),
    /// This answer, as the contract writes it.
    Answer(&'static str),
}

/// What takes the findings of `rule` away or makes them weigh less, without another in their place: from today's values or,
/// when none of them does, from what is on record. When no single value does that, those after which another finding of the
/// same weight is left. Where none of them changes the decision, also the fewest values that do so together. The best decision
/// first.
#[must_use]
pub fn changes(case: &Case, rule: &str) -> Vec<Change> {
    let Ok(now) = assess(case) else {
        return Vec::new();
    };
    let ways = singles(case, &now, rule);
    let mut found: Vec<Change> = ways.iter().filter_map(Way::change).collect();
    let heavy = Weight::of(&now, rule).rule >= HEAVY;
    if heavy && found.iter().all(|change| change.decision <= now.decision) {
        found.extend(together::fewest(case, &now, rule, ways).and_then(|way| way.change()));
    }
    // Stable: within one decision the order of the visit.
    found.sort_by_key(|change| Reverse(change.decision));
    found
}

/// The case with some of its values changed.
#[derive(Debug, Clone)]
struct Way {
    values: Vec<Instead>,
    case: Case,
}

impl Way {
    fn one(path: impl Into<String>, to: To, case: Case) -> Self {
        Self { values: vec![Instead { path: path.into(), to }], case }
    }

    /// This way, and on from its end another. What is changed twice is what it was changed to last.
    fn and(mut self, on: Self) -> Self {
        self.values.retain(|value| on.values.iter().all(|later| later.path != value.path));
        self.values.extend(on.values);
        Self { values: self.values, case: on.case }
    }

    fn change(&self) -> Option<Change> {
        let then = assess(&self.case).ok()?;
        let cautions = then.findings.iter().filter(|finding| finding.severity == Severity::Caution).count();
        Some(Change { values: self.values.clone(), decision: then.decision, cautions })
    }
}

/// The ways of a single value.
fn singles(case: &Case, now: &Assessment, rule: &str) -> Vec<Way> {
    let now = Weight::of(now, rule);
    let mut found = Vec::new();
    for enough in [Weight::lifted as Enough, Weight::traded] {
        let search = Search { case, rule, now, enough };
        found.extend(search.numbers(&today()));
        found.extend(search.answers(todays_answers(case)));
        if found.is_empty() {
            found.extend(search.numbers(&on_record()));
            found.extend(search.answers(answers_on_record(case)));
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

/// How heavily the findings of one rule weigh, and all that stand against the dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Weight {
    rule: u64,
    against: u64,
}

impl Weight {
    fn of(assessment: &Assessment, rule: &str) -> Self {
        let weigh = |severity| match severity {
            Severity::Info => 1,
            Severity::Caution => 100,
            Severity::Hold => HEAVY,
            Severity::Stop => 1_000_000,
        };
        let findings = || assessment.findings.iter();
        let heavy = |severity| matches!(severity, Severity::Hold | Severity::Stop);
        Self {
            rule: findings().filter(|found| found.rule.grounds.id == rule).map(|found| weigh(found.severity)).sum(),
            against: findings().filter(|found| heavy(found.severity)).map(|found| weigh(found.severity)).sum(),
        }
    }

    /// Less weighs against the dose than `now`, or the rule only informed.
    fn lifted(self, now: Self) -> bool {
        let share = if now.rule >= HEAVY { self.against < now.against } else { self.against == now.against };
        self.rule < now.rule && share
    }

    /// The rule has made way for another of its weight.
    fn traded(self, now: Self) -> bool {
        self.rule < now.rule && self.against == now.against
    }
}

/// Whether a weight is enough of a change from the one now.
type Enough = fn(Weight, Weight) -> bool;

/// The weight of a hold: from here on a finding stands against the dose.
const HEAVY: u64 = 10_000;

/// Reads a value off a case; `None` when it is not given.
type Reads = dyn Fn(&Case) -> Option<Value>;
/// The case with a value moved by so many of its smallest steps; `None` where it cannot be.
type Moves = dyn Fn(&Case, i64) -> Option<Case>;

/// A number, day or time of the case that could be another.
struct Lever {
    path: &'static str,
    is: Box<Reads>,
    moved: Box<Moves>,
}

struct Search<'c> {
    case: &'c Case,
    rule: &'c str,
    now: Weight,
    enough: Enough,
}

impl<'c> Search<'c> {
    /// The same from another case on.
    fn at<'o>(&self, case: &'o Case) -> Search<'o>
    where
        'c: 'o,
    {
        Search { case, ..*self }
    }

    /// Do the rule's findings weigh less in another case?
    fn eased(&self, case: &Case) -> bool {
        assess(case).is_ok_and(|then| (self.enough)(Weight::of(&then, self.rule), self.now))
    }

    fn answers(&self, others: Vec<Other>) -> Vec<Way> {
        let eased = others.into_iter().filter(|(_, _, case)| self.eased(case));
        eased.map(|(path, word, case)| Way::one(path, To::Answer(word), case)).collect()
    }

    fn numbers(&self, levers: &[Lever]) -> Vec<Way> {
        levers.iter().flat_map(|lever| [self.nearest(lever, 1), self.nearest(lever, -1)]).flatten().collect()
    }

    /// The nearest move in one direction that eases the rule.
    fn nearest(&self, lever: &Lever, direction: i64) -> Option<Way> {
        lever.way(self.case, direction, self.steps(lever, direction)?)
    }

    /// How many steps it takes.
    fn steps(&self, lever: &Lever, direction: i64) -> Option<i64> {
        let last = lever.last(self.case, direction)?;
        let there = |steps: i64| (lever.moved)(self.case, direction * steps);
        let eases = |steps: i64| there(steps).is_some_and(|case| self.eased(&case));
        // Strides grow from where the value is, and shrink towards the end of the way: no band is stepped over at either.
        let growing = successors(Some(1), |steps| Some(steps * 2)).take_while(|steps| *steps < last / 2);
        let shrinking = successors(Some(last / 2), |left| (*left > 0).then_some(left / 2)).map(|left| last - left);
        let mut behind = 0;
        for steps in growing.chain(shrinking) {
            if eases(steps) {
                return Some(bisect(behind, steps, eases));
            }
            behind = steps;
        }
        None
    }
}

impl Lever {
    /// How many steps it can be moved in one direction.
    fn last(&self, case: &Case, direction: i64) -> Option<i64> {
        let reach = reach((self.is)(case)?);
        let is = |steps: i64| steps <= reach && (self.moved)(case, direction * steps).is_some();
        let last = successors(Some(1), |steps| Some(steps * 2)).take_while(|steps| is(*steps)).last()?;
        Some(bisect(last * 2, last, is))
    }

    /// Moved by so many steps.
    fn way(&self, case: &Case, direction: i64, steps: i64) -> Option<Way> {
        let case = (self.moved)(case, direction * steps)?;
        let value = (self.is)(&case)?;
        let to = if direction > 0 { To::From(value) } else { To::UpTo(value) };
        Some(Way::one(self.path, to, case))
    }
}

/// How many steps a value is moved at most: a count given per mm³ from 1 to its limits, about a year, about three days.
fn reach(value: Value) -> i64 {
    match value {
        Value::Number(..) => 1 << 24,
        Value::Date(_) => 1 << 9,
        Value::Moment(_) => 1 << 12,
    }
}

/// The step nearest to `not`, of which `test` is false, on the way to `is`, of which it is true.
fn bisect(mut not: i64, mut is: i64, test: impl Fn(i64) -> bool) -> i64 {
    while not.abs_diff(is) > 1 {
        let middle = i64::midpoint(not, is);
        if test(middle) {
            is = middle;
        } else {
            not = middle;
        }
    }
    is
}

/// What is measured, timed or prepared today, in the order of the visit.
fn today() -> [Lever; 15] {
    [
        number("visit.blasts", dec!(0.001), |case| given(case.visit.blasts.as_mut())),
        number("visit.wbc", dec!(0.01), |case| given(case.visit.wbc.as_mut())),
        percent("visit.blast_percent", |case| case.visit.blast_percent.as_mut()),
        number("visit.anc", dec!(0.01), |case| given(case.visit.anc.as_mut())),
        number("visit.platelets", dec!(1), |case| given(case.visit.platelets.as_mut())),
        number("visit.bilirubin", dec!(0.01), |case| tested(case.visit.bilirubin.as_mut())),
        number("visit.ast", dec!(1), |case| tested(case.visit.ast.as_mut())),
        number("visit.alt", dec!(1), |case| tested(case.visit.alt.as_mut())),
        number("visit.qtcf", dec!(1), |case| given(case.visit.qtcf.as_mut())),
        day("date", |case| Some(&mut case.date)),
        day("visit.interruption.fit_on", |case| case.visit.interruption.as_mut()?.fit_on.as_mut()),
        total_volume(),
        time("preparation.diluted_at", |case| case.preparation.as_mut()?.diluted_at.as_mut()),
        time("preparation.infusion_start", |case| case.preparation.as_mut()?.infusion_start.as_mut()),
        time("preparation.infusion_end", |case| case.preparation.as_mut()?.infusion_end.as_mut()),
    ]
}

/// Numbers that stand for the whole course, should one be wrong.
fn on_record() -> [Lever; 2] {
    [
        number("patient.height", dec!(0.1), |case| given(case.patient.height.as_mut())),
        number("patient.weight", dec!(0.1), |case| given(case.patient.weight.as_mut())),
    ]
}

type Place<T> = fn(&mut Case) -> Option<&mut T>;

fn given<U: Unit>(given: Option<&mut Given<U>>) -> Option<(&mut Decimal, &'static str)> {
    given.map(|given| (&mut given.value, given.unit.label()))
}

fn tested<U: Unit>(test: Option<&mut LiverTest<U>>) -> Option<(&mut Decimal, &'static str)> {
    test.map(|test| (&mut test.value, test.unit.label()))
}

/// A number with its unit. It moves by `finest`, or by its own last decimal where that is finer.
fn number(path: &'static str, finest: Decimal, place: fn(&mut Case) -> Option<(&mut Decimal, &'static str)>) -> Lever {
    Lever {
        path,
        is: Box::new(move |case| {
            place(&mut case.clone()).map(|(number, unit)| Value::Number(number.normalize(), unit))
        }),
        moved: Box::new(move |case, steps| {
            let mut case = case.clone();
            let (number, unit) = place(&mut case)?;
            // A count of single cells is a thousand times the number in 10⁹/L, and moves by as much.
            let finest = if unit.starts_with('/') { finest * Decimal::ONE_THOUSAND } else { finest };
            *number = stepped(*number, finest, steps)?;
            in_limits(&case.patient).then_some(case)
        }),
    }
}

fn percent(path: &'static str, place: Place<Percent>) -> Lever {
    Lever {
        path,
        is: Box::new(move |case| Some(Value::Number(place(&mut case.clone())?.decimal(), "%"))),
        moved: Box::new(move |case, steps| {
            let mut case = case.clone();
            let percent = place(&mut case)?;
            *percent = Percent::new(stepped(percent.decimal(), dec!(0.1), steps)?)?;
            Some(case)
        }),
    }
}

fn day(path: &'static str, place: Place<Date>) -> Lever {
    Lever {
        path,
        is: Box::new(move |case| place(&mut case.clone()).map(|day| Value::Date(*day))),
        moved: Box::new(move |case, days| {
            let mut case = case.clone();
            let day = place(&mut case)?;
            *day = day.moved(days)?;
            Some(case)
        }),
    }
}

fn time(path: &'static str, place: Place<Moment>) -> Lever {
    Lever {
        path,
        is: Box::new(move |case| place(&mut case.clone()).map(|time| Value::Moment(*time))),
        moved: Box::new(move |case, minutes| {
            let mut case = case.clone();
            let time = place(&mut case)?;
            *time = time.moved(minutes)?;
            Some(case)
        }),
    }
}

/// The total volume, which a bag has even when none is given.
fn total_volume() -> Lever {
    let total = |case: &Case| preparation::container(case.preparation.as_ref()).1.map(|total| total.0);
    Lever {
        path: "preparation.total_volume_ml",
        is: Box::new(move |case| Some(Value::Number(total(case)?, "mL"))),
        moved: Box::new(move |case, steps| {
            let volume = Positive::new(stepped(total(case)?, dec!(0.1), steps)?)?;
            Some(with(case, |case| {
                case.preparation.get_or_insert_default().total_volume_ml = Some(volume);
            }))
        }),
    }
}

/// A number some steps away; `None` below zero.
fn stepped(number: Decimal, finest: Decimal, steps: i64) -> Option<Decimal> {
    let step = finest.min(Decimal::new(1, number.normalize().scale()));
    number.checked_add(step.checked_mul(steps.into())?).filter(|number| *number >= Decimal::ZERO)
}

/// A case is held against these limits when it is read; one made here is not.
fn in_limits(patient: &Patient) -> bool {
    patient.height.and_then(Limits::fault).is_none() && patient.weight.and_then(Limits::fault).is_none()
}

fn with(case: &Case, change: impl FnOnce(&mut Case)) -> Case {
    let mut case = case.clone();
    change(&mut case);
    case
}

/// The same case with another answer.
type Other = (String, &'static str, Case);

/// The cases with each other answer to a question that has one. `place` is asked of a case that has an answer there.
fn others<T: Copy + PartialEq>(
    case: &Case,
    path: impl Into<String>,
    all: impl IntoIterator<Item = (T, &'static str)>,
    place: impl Fn(&mut Case) -> Option<&mut T>,
) -> Vec<Other> {
    let path = path.into();
    let mut given = case.clone();
    let Some(now) = place(&mut given).copied() else {
        return Vec::new();
    };
    let other = |(answer, word)| {
        let mut case = case.clone();
        *place(&mut case)? = answer;
        Some((path.clone(), word, case))
    };
    // To know less, or to decide less, is no way on.
    all.into_iter().filter(|(answer, word)| *answer != now && !OPEN.contains(word)).filter_map(other).collect()
}

/// The words of answers that leave a question open.
const OPEN: [&str; 2] = ["unknown", "undecided"];

const YES_NO: [(bool, &str); 2] = [(true, "true"), (false, "false")];

macro_rules! words_of {
    ($words:ty) => {
        <$words>::ALL.iter().map(|word| (*word, word.word()))
    };
}

/// What can be done, asked again or found otherwise today.
fn todays_answers(case: &Case) -> Vec<Other> {
    let visit = |path: &str| format!("visit.{path}");
    let mut found = Vec::new();
    macro_rules! yes_no {
        ($($member:ident)+) => {$(
            found.extend(others(case, visit(stringify!($member)), YES_NO, |case| case.visit.$member.as_mut()));
        )+};
    }
    found.extend(others(case, "patient.pregnancy", words_of!(Pregnancy), |case| case.patient.pregnancy.as_mut()));
    macro_rules! premedication {
        ($($class:ident)+) => {$(
            found.extend(others(case, concat!("visit.premedication.", stringify!($class)), YES_NO, |case| {
                case.visit.premedication.as_mut()?.$class.as_mut()
            }));
        )+};
    }
    premedication! { corticosteroid antipyretic antihistamine }
    yes_no! { electrolytes_checked platelets_transfused disease_stable_or_improved hepatic_limits_not_recovering }
    found.extend(others(case, "visit.counts_cause", words_of!(CountsCause), |case| case.visit.counts_cause.as_mut()));
    for index in 0..case.visit.toxicities.len() {
        let path = format!("visit.toxicities[{index}].resolved");
        found.extend(others(case, path, YES_NO, move |case| {
            Some(case.visit.toxicities.get_mut(index)?.resolved.get_or_insert(false))
        }));
    }
    found
}

/// What is on record, should it be wrong.
fn answers_on_record(case: &Case) -> Vec<Other> {
    let mut found = Vec::new();
    macro_rules! history {
        ($($member:ident)+) => {$(
            found.extend(others(case, concat!("history.", stringify!($member)), YES_NO, |case| case.history.$member.as_mut()));
        )+};
    }
    found.extend(others(case, "disease.diagnosis", words_of!(Diagnosis), |case| case.disease.diagnosis.as_mut()));
    found.extend(others(case, "disease.status", words_of!(DiseaseStatus), |case| case.disease.status.as_mut()));
    found.extend(others(case, "disease.cd22", words_of!(Marker), |case| case.disease.cd22.as_mut()));
    found.extend(others(case, "disease.philadelphia", words_of!(Marker), |case| case.disease.philadelphia.as_mut()));
    found.extend(others(case, "history.vod", words_of!(VodHistory), |case| case.history.vod.as_mut()));
    history! { hypersensitivity serious_liver_disease gilbert_or_hemolysis qt_risk }
    found.extend(others(case, "hsct", words_of!(Hsct), |case| case.hsct.as_mut()));
    let before = case.visit.cycle.and_then(|cycle| usize::try_from(cycle.get()).ok()?.checked_sub(2));
    if let Some(index) = before {
        let path = |member: &str| format!("cycles[{index}].{member}");
        macro_rules! previous {
            ($($member:ident: $words:ty,)+) => {$(
                found.extend(others(case, path(stringify!($member)), words_of!($words), move |case| {
                    case.cycles.get_mut(index)?.$member.as_mut()
                }));
            )+};
        }
        previous! { response: Response, mrd: Marker, reduction: Reduction, }
    }
    found
}
