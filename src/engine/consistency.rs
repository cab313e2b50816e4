//! What a case may not say: days before birth, and values that contradict each other.

use std::fmt::{self, Display};

use super::calendar::{Date, Moment};
use super::case::{Case, Cycle, Day};
use super::error::{CaseError, Fault};
use super::labels::limits;

type Verdict = Result<(), CaseError>;

/// Finds the first contradiction: first what is out of range, then what conflicts.
///
/// # Errors
/// [`Fault::OutOfRange`] or [`Fault::Conflict`], with the path of the value to change.
pub(crate) fn check(case: &Case) -> Verdict {
    age(case)?;
    alternatives(case)?;
    cycles(case)?;
    visit(case)?;
    preparation(case)
}

fn refuse(fault: Fault, path: impl Display, message: impl Into<String>) -> Verdict {
    Err(CaseError { fault, path: path.to_string(), message: message.into() })
}

/// The path is written out only when something is wrong.
fn conflict_if(wrong: bool, path: impl Display, message: &str) -> Verdict {
    if wrong { refuse(Fault::Conflict, path, message) } else { Ok(()) }
}

/// Nothing happened before birth, and nobody is older than 120.
fn age(case: &Case) -> Verdict {
    let Some(born) = case.patient.birth_date else {
        return Ok(());
    };
    for (path, date) in dates(case) {
        if date < born {
            return refuse(Fault::OutOfRange, path, format!("{date} is before birth, {born}"));
        }
    }
    let years = born.completed_years_at(case.date).unwrap_or_default();
    if years > limits::AGE_YEARS {
        let message = format!("{years} completed years at {}; 0 to {} are accepted", case.date, limits::AGE_YEARS);
        return refuse(Fault::OutOfRange, "patient.birth_date", message);
    }
    Ok(())
}

/// Every date of the case but the birth date, with its path.
fn dates(case: &Case) -> impl Iterator<Item = (DatePath, Date)> {
    let visit = &case.visit;
    let interruption = visit.interruption.as_ref();
    let single = [
        ("date", Some(case.date)),
        ("visit.counts_low_since", visit.counts_low_since),
        ("visit.interruption.held_from", interruption.and_then(|held| held.held_from)),
        ("visit.interruption.fit_on", interruption.and_then(|held| held.fit_on)),
    ];
    let doses = case.cycles.iter().enumerate().flat_map(|(index, cycle)| {
        let each = cycle.doses.iter().enumerate();
        each.map(move |(dose, given)| (DatePath::Dose(DosePath { cycle: index, dose }), given.date))
    });
    single.into_iter().filter_map(|(path, date)| Some((DatePath::Member(path), date?))).chain(doses)
}

/// Where a dose stands, written out only when something is wrong there.
#[derive(Clone, Copy)]
struct DosePath {
    cycle: usize,
    dose: usize,
}

impl Display for DosePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cycles[{}].doses[{}]", self.cycle, self.dose)
    }
}

/// Where a date stands.
enum DatePath {
    Member(&'static str),
    Dose(DosePath),
}

impl Display for DatePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(path) => f.write_str(path),
            Self::Dose(path) => write!(f, "{path}.date"),
        }
    }
}

/// Two ways of saying the same thing exclude each other.
fn alternatives(case: &Case) -> Verdict {
    let (patient, disease, visit) = (&case.patient, &case.disease, &case.visit);
    let one = "give one of the two, not both";
    conflict_if(patient.birth_date.is_some() && patient.age_years.is_some(), "patient.age_years", one)?;
    conflict_if(disease.cd22.is_some() && disease.cd22_percent.is_some(), "disease.cd22_percent", one)?;
    conflict_if(visit.blasts.is_some() && visit.blast_percent.is_some(), "visit.blasts", one)?;
    for (index, cycle) in case.cycles.iter().enumerate() {
        let both = cycle.response.is_some() && cycle.assessment.is_some();
        conflict_if(both, format_args!("cycles[{index}].assessment"), one)?;
        conflict_if(
            cycle.mrd.is_some() && cycle.mrd_fraction.is_some(),
            format_args!("cycles[{index}].mrd_fraction"),
            one,
        )?;
    }
    Ok(())
}

/// Cycles are numbered 1, 2, 3 …; doses go up in day within a cycle and in date throughout, none after the visit.
fn cycles(case: &Case) -> Verdict {
    let mut last: Option<Date> = None;
    for ((index, cycle), number) in case.cycles.iter().enumerate().zip(1_u64..) {
        conflict_if(
            cycle.number.get() != number,
            format_args!("cycles[{index}].number"),
            "cycles are numbered 1, 2, 3 …",
        )?;
        let mut last_day: Option<Day> = None;
        for (dose, given) in cycle.doses.iter().enumerate() {
            let path = DosePath { cycle: index, dose };
            conflict_if(
                last_day.is_some_and(|day| given.day <= day),
                format_args!("{path}.day"),
                "doses go up in day",
            )?;
            if let Some(last) = last.filter(|last| given.date <= *last) {
                let message = format!("{} is not after the dose before it, of {last}", given.date);
                return refuse(Fault::Conflict, format_args!("{path}.date"), message);
            }
            conflict_if(
                given.date > case.date,
                format_args!("{path}.date"),
                "this dose lies after the visit; only doses given before it count",
            )?;
            (last, last_day) = (Some(given.date), Some(given.day));
        }
    }
    Ok(())
}

fn visit(case: &Case) -> Verdict {
    let visit = &case.visit;
    if let (Some(cycle), Some(last)) = (visit.cycle, case.cycles.last()) {
        let (cycle, last) = (cycle.get(), last.number.get());
        conflict_if(cycle < last, "visit.cycle", "a later cycle has begun already")?;
        conflict_if(cycle > last.saturating_add(1), "visit.cycle", "the cycles before it are not all there")?;
    }
    let own = visit.cycle.and_then(|cycle| case.cycles.iter().find(|own| own.number == cycle));
    if let (Some(own), Some(day)) = (own, visit.day) {
        conflict_if(dosed_from(own, day), "visit.day", "a dose of this day or a later one has been given already")?;
    }
    after(case, "visit.counts_low_since", visit.counts_low_since)?;
    let Some(interruption) = &visit.interruption else {
        return Ok(());
    };
    let on_day_1 = visit.day == Some(Day::D1);
    conflict_if(on_day_1, "visit.interruption", "on day 1 it belongs in the previous cycle's interruption_days")?;
    after(case, "visit.interruption.held_from", interruption.held_from)?;
    after(case, "visit.interruption.fit_on", interruption.fit_on)?;
    let backwards = interruption.fit_on.zip(interruption.held_from).is_some_and(|(fit, held)| fit < held);
    conflict_if(backwards, "visit.interruption.fit_on", "this day is before the dose was held")
}

fn dosed_from(own: &Cycle, day: Day) -> bool {
    own.doses.iter().any(|dose| dose.day >= day)
}

fn after(case: &Case, path: &str, date: Option<Date>) -> Verdict {
    conflict_if(date.is_some_and(|date| date > case.date), path, "this day lies after the visit")
}

/// Reconstituted, diluted, started, stopped, gone on, ended: in this order, all with an offset or all without.
fn preparation(case: &Case) -> Verdict {
    let Some(preparation) = &case.preparation else {
        return Ok(());
    };
    let steps = [
        ("preparation.reconstituted_at", preparation.reconstituted_at),
        ("preparation.diluted_at", preparation.diluted_at),
        ("preparation.infusion_start", preparation.infusion_start),
        ("preparation.infusion_paused_at", preparation.infusion_paused_at),
        ("preparation.infusion_resumed_at", preparation.infusion_resumed_at),
        ("preparation.infusion_end", preparation.infusion_end),
    ];
    let (paused, resumed) = (preparation.infusion_paused_at, preparation.infusion_resumed_at);
    let path = "preparation.infusion_resumed_at";
    conflict_if(resumed.is_some() && paused.is_none(), path, "it goes on without having been stopped")?;
    let given: Vec<(&str, Moment)> = steps.into_iter().filter_map(|(path, time)| Some((path, time?))).collect();
    for ((_, before), (path, time)) in given.iter().zip(given.iter().skip(1)) {
        conflict_if(before.has_offset() != time.has_offset(), *path, "times with and without an offset are mixed")?;
        if time.minutes_since(*before) < 0 {
            return refuse(
                Fault::Conflict,
                *path,
                format!("{time} is before {before}, the time of the step before it"),
            );
        }
    }
    Ok(())
}
