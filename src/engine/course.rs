//! The whole course: every cycle so far, and those still to come as far as the label lets it go by what is known today.
//!
//! The days come from [`schedule`](super::schedule), which makes the visit's own days as well. A cycle to come takes every
//! dose before it as given on its planned day, so its dates are the earliest there can be and no promise; it has no dose in
//! mg, because weight and response are looked at anew.

use super::assessment::{Assessment, Counselling, Decision, ResponseInForce, Schedule, ScheduledDose};
use super::calendar::Date;
use super::case::{Case, Cycle, CycleLength, Day, GivenDose, Hsct, Marker, Reduction, Response};
use super::derivation::Trace;
use super::dose;
use super::facts::{Facts, given_on, is_remission, judged, mrd};
use super::known::all;
use super::labels::{dosing, thresholds as limit};
use super::reading::Whole;
use super::rule::{Grounds, Severity};
use super::rules::{interruption, response, transplant};
use super::schedule::{counted, schedule};
use super::units::{MgPerM2, Milligrams};

/// The cycles of one patient, oldest first.
#[derive(Debug, Clone)]
pub struct Course {
    /// The day of the visit.
    pub today: Date,
    /// What is decided today.
    pub decision: Decision,
    /// Given, today's and to come.
    pub cycles: Vec<CourseCycle>,
    /// Dates counted from the last dose so far.
    pub counselling: Option<Counselling>,
}

/// Where a cycle stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Before the visit's.
    Past,
    /// The visit's.
    Now,
    /// After the visit's: its dates are the earliest.
    ToCome,
}

/// One cycle.
#[derive(Debug, Clone)]
pub struct CourseCycle {
    /// 1, 2, 3 …
    pub number: u64,
    /// Where it stands.
    pub stage: Stage,
    /// Its day 1: given, or planned.
    pub first: Option<Date>,
    /// Its length.
    pub length: CycleLength,
    /// First day of the next cycle, the earliest; none after today's when treatment stops.
    pub next_from: Option<Date>,
    /// Its doses.
    pub doses: Vec<CourseDose>,
    /// Reduction in force; `None` while the record leaves it open.
    pub reduction: Option<Reduction>,
    /// Longest interruption recorded in it, days.
    pub interruption_days: Option<u64>,
    /// Response and MRD at its end, once judged.
    pub response: Option<ResponseInForce>,
    /// What is decided at its end, while no dose of the next has been given.
    pub turns: Vec<Turn>,
    /// The turn that must be passed before this cycle.
    pub only_after: Option<Turn>,
    /// How its days came to be; paths as in the assessment: `schedule.doses[1].planned`.
    pub trace: Trace,
}

/// One dose of a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CourseDose {
    /// Day 1, 8 or 15.
    pub day: Day,
    /// The day it is drawn on: given; today, when it is due on day 8 or 15 and not left out; else planned.
    pub on: Date,
    /// Planned day, by the engine's schedule.
    pub planned: Option<Date>,
    /// First day of its window.
    pub earliest: Option<Date>,
    /// Last day of its window.
    pub latest: Option<Date>,
    /// First day on which another dose may follow it.
    pub gap_until: Option<Date>,
    /// Dose level, where response and reduction are known.
    pub mg_per_m2: Option<MgPerM2>,
    /// The dose; only in the visit's cycle, for what is not given yet.
    pub mg: Option<Milligrams>,
    /// What has become of it.
    pub state: DoseState,
}

/// What has become of a dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoseState {
    /// Given.
    Given,
    /// Its day has passed without a dose.
    NotGiven,
    /// It is what is decided today.
    Due(Decision),
    /// Still to come in the visit's cycle.
    Planned,
    /// In a cycle to come: not before this day.
    NotBefore,
}

impl DoseState {
    /// May it still be given?
    #[must_use]
    pub fn is_to_come(self) -> bool {
        match self {
            Self::Given | Self::NotGiven => false,
            Self::Due(decision) => !matches!(decision, Decision::Stop | Decision::OmitDose),
            Self::Planned | Self::NotBefore => true,
        }
    }
}

/// A point at the end of a cycle where the course may turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Before a transplant: a third cycle only without CR or CRi with negative MRD.
    ThirdOrTransplant,
    /// On to the transplant: CR or CRi with negative MRD is there after two cycles.
    Transplant,
    /// On to the transplant, whatever the response: three cycles are the most before it.
    TransplantAtLast,
    /// Whether a transplant follows is not decided; with one, two cycles or three.
    PlanOpen,
    /// On only with CR or CRi.
    ResponseNeeded,
    /// No CR or CRi after three cycles.
    NoResponse,
    /// CR or CRi was reached and is lost.
    ResponseLost,
    /// No reduction is left.
    NoStepLeft,
    /// Six cycles are done.
    LabelEnds,
}

impl Turn {
    /// The rule behind it.
    #[must_use]
    pub fn grounds(self) -> &'static Grounds {
        match self {
            Self::ThirdOrTransplant => &transplant::HSCT_02.grounds,
            Self::Transplant => &transplant::HSCT_03.grounds,
            Self::TransplantAtLast => &transplant::HSCT_04.grounds,
            Self::PlanOpen => &transplant::HSCT_07.grounds,
            Self::ResponseNeeded | Self::NoResponse => &transplant::HSCT_06.grounds,
            Self::ResponseLost => &response::RESP_06.grounds,
            Self::NoStepLeft => &interruption::INT_05.grounds,
            Self::LabelEnds => &transplant::HSCT_05.grounds,
        }
    }

    /// Nothing follows it.
    #[must_use]
    pub fn ends(self) -> bool {
        !matches!(self, Self::ThirdOrTransplant | Self::PlanOpen | Self::ResponseNeeded)
    }
}

/// The course of a case and its assessment.
#[must_use]
pub fn course(case: &Case, found: &Assessment) -> Course {
    let own = case.visit.cycle.map(Whole::get);
    let numbers = case.cycles.iter().map(|cycle| cycle.number.get());
    let mut cycles: Vec<CourseCycle> =
        numbers.filter(|number| Some(*number) != own).map(|number| past(case, number)).collect();
    let stopped = found.decision == Decision::Stop;
    // What would be decided at the end of a cycle stands only where it is why treatment stops.
    let stops = |turn: &Turn| {
        let stops = found.findings.iter().filter(|finding| finding.severity == Severity::Stop);
        stops.map(|finding| finding.rule.grounds.id).any(|id| id == turn.grounds().id)
    };
    let begun = own.is_some_and(|own| recorded(case, own).is_some());
    if let Some(own) = own.filter(|_| begun || !stopped) {
        cycles.push(now(case, found, own));
        if !stopped {
            to_come(case, own, &mut cycles);
        }
    }
    if stopped {
        for cycle in &mut cycles {
            cycle.turns.retain(stops);
            cycle.next_from = cycle.next_from.filter(|_| cycle.stage == Stage::Past);
        }
    }
    Course { today: case.date, decision: found.decision, cycles, counselling: found.counselling }
}

fn recorded(case: &Case, number: u64) -> Option<&Cycle> {
    case.cycles.get(usize::try_from(number).ok()?.checked_sub(1)?)
}

fn past(case: &Case, number: u64) -> CourseCycle {
    let facts = Facts::on(case, Some(number), None);
    let mut trace = Trace::default();
    let days = schedule(&facts, &mut trace);
    let doses = doses(&facts, days.as_ref(), |_, _| Some(DoseState::NotGiven));
    cycle(&facts, number, Stage::Past, days.as_ref(), doses, trace)
}

fn now(case: &Case, found: &Assessment, number: u64) -> CourseCycle {
    let decision = found.decision;
    let mut facts = Facts::on(case, Some(number), case.visit.day);
    facts.left_out = decision == Decision::OmitDose;
    let mut trace = Trace::default();
    let made = schedule(&facts, &mut trace);
    // The assessment's rows have the doses in mg as well; on `stop` and `omit_dose` it has none.
    let days = found.schedule.clone().or(made);
    let row = |day| days.as_ref().and_then(|days| row_of(days, day));
    let doses = doses(&facts, days.as_ref(), |day, planned| match facts.day {
        Some(due) if day < due => Some(DoseState::NotGiven),
        Some(due) if day == due => Some(DoseState::Due(decision)),
        None if planned.is_some_and(|planned| planned < case.date) => Some(DoseState::NotGiven),
        // Held for so long that the next dose's window has gone by, too.
        Some(_) if facts.left_out && row(day).is_some_and(|row| counted(&facts, &row).is_none()) => {
            Some(DoseState::NotGiven)
        }
        _ => (decision != Decision::Stop).then_some(DoseState::Planned),
    });
    cycle(&facts, number, Stage::Now, days.as_ref(), doses, trace)
}

/// Adds the cycles after the visit's, until one ends at a turn that nothing follows.
fn to_come(case: &Case, own: u64, cycles: &mut Vec<CourseCycle>) {
    let mut record = case.clone();
    let mut only_after = None;
    while let Some(last) = cycles.last_mut() {
        if last.turns.iter().any(|turn| turn.ends()) {
            return;
        }
        only_after = last.turns.last().copied().or(only_after);
        if !complete(&mut record, last, Facts::on(case, None, None).interruption_days()) {
            return;
        }
        let number = last.number + 1;
        let facts = Facts::on(&record, Some(number), Some(Day::D1));
        if facts.ladder.surely(|rung| rung.step > 2) {
            last.turns.push(Turn::NoStepLeft);
            return;
        }
        let mut trace = Trace::default();
        // Without a day 1 before it, it has no earliest day.
        let days = facts.previous_cycle_over().and_then(|_| schedule(&facts, &mut trace));
        let mut doses = doses(&facts, days.as_ref(), |_, _| Some(DoseState::NotBefore));
        if !(number == own + 1 && level_is_known(case, number)) {
            doses.iter_mut().for_each(|dose| dose.mg_per_m2 = None);
        }
        let mut next = cycle(&facts, number, Stage::ToCome, days.as_ref(), doses, trace);
        next.only_after = only_after;
        cycles.push(next);
    }
}

/// Is the response after the cycle before known, and the reduction certain, from the record alone?
fn level_is_known(case: &Case, number: u64) -> bool {
    let facts = Facts::on(case, Some(number), Some(Day::D1));
    let response = facts.previous.and_then(judged);
    response.is_some_and(|response| response != Response::Unknown) && facts.ladder.rung().is_some()
}

/// Completes the record as if the cycle's doses were given as planned and nothing else happened in it. False when cycles
/// before it are not recorded.
fn complete(case: &mut Case, cycle: &CourseCycle, interrupted: Option<i64>) -> bool {
    let Some(number) = Whole::new(cycle.number) else { return false };
    if recorded(case, cycle.number).is_none() {
        case.cycles.push(blank(number));
    }
    let position = usize::try_from(cycle.number).ok().and_then(|number| number.checked_sub(1));
    let Some(record) = position.and_then(|position| case.cycles.get_mut(position)) else { return false };
    let expected = cycle.doses.iter().filter(|dose| dose.state.is_to_come());
    record.doses.extend(expected.map(|dose| GivenDose { day: dose.day, date: dose.on }));
    record.length_days = Some(cycle.length);
    record.reduction = record.reduction.or(cycle.reduction);
    if record.interruption_days.is_none() {
        let of_visit = interrupted.filter(|_| cycle.stage == Stage::Now).and_then(|days| u64::try_from(days).ok());
        record.interruption_days = Whole::new(of_visit.unwrap_or_default());
    }
    true
}

fn blank(number: Whole<1, { u64::MAX }>) -> Cycle {
    Cycle {
        number,
        length_days: None,
        doses: Vec::new(),
        anc_day1: None,
        platelets_day1: None,
        reduction: None,
        interruption_days: None,
        response: None,
        assessment: None,
        mrd: None,
        mrd_fraction: None,
    }
}

/// The doses that the schedule has, that were given, or that are due, in the order of their days. `state` is asked of those
/// not given; what it has no state for is not drawn.
fn doses(
    facts: &Facts,
    days: Option<&Schedule>,
    state: impl Fn(Day, Option<Date>) -> Option<DoseState>,
) -> Vec<CourseDose> {
    // By its own record it has two: the third was not missed, and will not come.
    let two = reduction(facts) == Some(Reduction::TwoDoses);
    let made = Day::ALL.into_iter().filter_map(|day| {
        let row = days.and_then(|days| row_of(days, day));
        let given = facts.own.and_then(|own| given_on(own, day));
        let state = if given.is_some() { DoseState::Given } else { state(day, row.map(|row| row.planned))? };
        if two && day == Day::D15 && matches!(state, DoseState::NotGiven | DoseState::Planned) {
            return None;
        }
        // A dose that is left out keeps the place it had.
        let moved = |decision| decision != Decision::OmitDose && day != Day::D1;
        let due = matches!(state, DoseState::Due(decision) if moved(decision) || row.is_none());
        let today = due.then_some(facts.case.date);
        let to_come = row.filter(|_| state == DoseState::Planned).and_then(|row| counted(facts, &row));
        let on = given.or(today).or(to_come).or(row.map(|row| row.planned))?;
        Some(drawn(facts, day, on, row, state))
    });
    made.collect()
}

fn row_of(days: &Schedule, day: Day) -> Option<ScheduledDose> {
    days.doses.iter().find(|row| row.day == day).copied()
}

fn drawn(facts: &Facts, day: Day, on: Date, row: Option<ScheduledDose>, state: DoseState) -> CourseDose {
    let to_come = row.filter(|_| state.is_to_come());
    let counts = to_come.and_then(|row| counted(facts, &row)).or(Some(on).filter(|_| state == DoseState::Given));
    CourseDose {
        day,
        on,
        planned: row.map(|row| row.planned),
        earliest: row.and_then(|row| row.earliest),
        latest: row.and_then(|row| row.latest),
        gap_until: counts.map(|counts| counts.plus_days(dosing::GAP_DAYS)),
        mg_per_m2: to_come.and_then(|row| row.mg_per_m2),
        mg: to_come.and_then(|row| row.mg),
        state,
    }
}

fn cycle(
    facts: &Facts,
    number: u64,
    stage: Stage,
    days: Option<&Schedule>,
    doses: Vec<CourseDose>,
    trace: Trace,
) -> CourseCycle {
    let record = facts.own;
    let class = record.and_then(judged);
    let marker = record.and_then(mrd);
    CourseCycle {
        number,
        stage,
        first: days.and_then(|days| days.doses.first()).map(|first| first.planned),
        length: facts.length().unwrap_or(CycleLength::Days28),
        next_from: days.map(|days| days.next_cycle_from),
        doses,
        reduction: reduction(facts),
        interruption_days: record.and_then(|record| record.interruption_days).map(Whole::get),
        response: class.map(|class| ResponseInForce { class, mrd: marker }),
        turns: turns(facts.case, number),
        only_after: None,
        trace,
    }
}

/// The reduction in force. What was recorded of this cycle stands, also where an older record is not complete.
fn reduction(facts: &Facts) -> Option<Reduction> {
    match facts.ladder.rung().filter(|rung| rung.step <= 2) {
        Some(_) => Some(dose::reduction(facts)),
        None => facts.own.and_then(|record| record.reduction),
    }
}

/// What is decided after a cycle, as far as it is not decided yet: nothing, once a dose of the next was given.
fn turns(case: &Case, number: u64) -> Vec<Turn> {
    if recorded(case, number + 1).is_some() {
        return Vec::new();
    }
    let class = recorded(case, number).and_then(judged).filter(|class| *class != Response::Unknown);
    let marker = recorded(case, number).and_then(mrd).filter(|mrd| *mrd != Marker::Unknown);
    let before = |count: u64| case.cycles.iter().take(usize::try_from(count).unwrap_or_default());
    let responded = |count| before(count).any(|cycle| is_remission(judged(cycle)) == Some(true));
    // Asked at a visit of the next cycle, what is not known counts as not there.
    let asked = case.visit.cycle.is_some_and(|visit| visit.get() > number);
    let planned = case.hsct == Some(Hsct::Planned);
    let mut turns = Vec::new();
    if !asked && Facts::on(case, Some(number + 1), None).response_lost() {
        turns.push(Turn::ResponseLost);
    }
    if planned && number == limit::CYCLES_BEFORE_HSCT {
        let full = all([is_remission(class), marker.map(|mrd| mrd == Marker::Negative)]);
        match full {
            Some(true) => turns.push(Turn::Transplant),
            None if !asked => turns.push(Turn::ThirdOrTransplant),
            Some(false) | None => {}
        }
    }
    if planned && number > limit::CYCLES_BEFORE_HSCT {
        turns.push(Turn::TransplantAtLast);
    }
    if number == limit::CYCLES_BEFORE_HSCT && !matches!(case.hsct, Some(Hsct::Planned | Hsct::NotPlanned)) {
        turns.push(Turn::PlanOpen);
    }
    if !planned && number == limit::CYCLES_TO_RESPOND && !responded(number) {
        turns.push(if asked || class.is_some() { Turn::NoResponse } else { Turn::ResponseNeeded });
    }
    if number >= limit::CYCLES_AT_MOST {
        turns.push(Turn::LabelEnds);
    }
    turns
}
