//! The cycle's days: planned date, window, least gap, and the first day of the next cycle.

use super::assessment::{Schedule, ScheduledDose};
use super::calendar::Date;
use super::case::Day;
use super::derivation::Trace;
use super::dose;
use super::facts::{Facts, given_on};
use super::labels::dosing;
use super::numbers::{SCHED_01, SCHED_05};
use super::rules::schedule::SCHED_04;

/// The schedule of the visit's cycle; `None` while its day 1 is not known.
pub(crate) fn schedule(facts: &Facts, trace: &mut Trace) -> Option<Schedule> {
    let length = facts.length()?;
    let first = first_day(facts, trace)?;
    let mut rows = vec![first];
    for day in [Day::D8, Day::D15] {
        let dropped = day == Day::D15 && facts.ladder.surely(|rung| rung.step == 2);
        if !dropped {
            let before = rows.iter().rev().find_map(|row| counted(facts, row));
            rows.push(later_day(facts, trace, day, first.planned, before));
        }
    }
    let last = rows.iter().rev().find_map(|row| counted(facts, row));
    let after_length = first.planned.plus_days(length.days());
    let after_gap = last.map(|last| last.plus_days(dosing::GAP_DAYS));
    let next_cycle_from = trace.latest(
        "schedule.next_cycle_from",
        &SCHED_05,
        ("day 1 + length of the cycle", after_length),
        &[("last dose + 6 days", after_gap)],
    );
    Some(Schedule { length_days: length, doses: rows, next_cycle_from })
}

/// The date by which a row counts as a dose for what follows: given; else today, for the visit's own day 8 or 15; else
/// planned, if still to come. A day passed without a dose does not count.
pub(crate) fn counted(facts: &Facts, row: &ScheduledDose) -> Option<Date> {
    if row.given.is_some() {
        return row.given;
    }
    match facts.day {
        Some(today) if today > row.day => None,
        Some(today) if today == row.day && facts.left_out => None,
        // Held until its day or later: the next dose may come as long as its window is open.
        Some(_) if facts.left_out => {
            let open = row.latest.is_none_or(|latest| facts.case.date <= latest);
            open.then_some(row.planned.max(facts.case.date))
        }
        Some(today) if today == row.day && row.day != Day::D1 => Some(facts.case.date),
        Some(_) => Some(row.planned),
        // Which day is due is not said: only a planned day that has not passed is still to come.
        None => (row.planned >= facts.case.date).then_some(row.planned),
    }
}

fn first_day(facts: &Facts, trace: &mut Trace) -> Option<ScheduledDose> {
    let given = facts.own.and_then(|own| given_on(own, Day::D1));
    if given.is_none() && facts.day != Some(Day::D1) {
        return None;
    }
    let over = facts.previous_cycle_over();
    let gap = facts.last_dose_before().map(|last| last.plus_days(dosing::GAP_DAYS));
    let earliest = over.map(|over| {
        let gap = [("last dose + 6 days", gap)];
        trace.latest("schedule.doses[0].earliest", &SCHED_05, ("previous day 1 + its length", over), &gap)
    });
    let planned = given.unwrap_or_else(|| {
        trace.latest("schedule.doses[0].planned", &SCHED_05, ("today", facts.case.date), &[("earliest", earliest)])
    });
    Some(row(facts, trace, Day::D1, ScheduledDose { earliest, given, ..blank(Day::D1, planned) }))
}

fn later_day(facts: &Facts, trace: &mut Trace, day: Day, first: Date, before: Option<Date>) -> ScheduledDose {
    let [earliest_path, planned_path, latest_path] = match day {
        Day::D15 => ["schedule.doses[2].earliest", "schedule.doses[2].planned", "schedule.doses[2].latest"],
        Day::D1 | Day::D8 => ["schedule.doses[1].earliest", "schedule.doses[1].planned", "schedule.doses[1].latest"],
    };
    let middle = first.plus_days(day.offset());
    let opens = first.plus_days(day.offset() - dosing::WINDOW_DAYS);
    let closes = first.plus_days(day.offset() + dosing::WINDOW_DAYS);
    let gap = before.map(|before| before.plus_days(dosing::GAP_DAYS));
    let earliest =
        trace.latest(earliest_path, &SCHED_04.grounds, ("window opens", opens), &[("dose before + 6 days", gap)]);
    let raised = [("earliest", Some(earliest))];
    let planned = trace.latest(planned_path, &SCHED_01, ("day 1 + days to this one", middle), &raised);
    let latest = trace.latest(latest_path, &SCHED_04.grounds, ("window closes", closes), &raised);
    let given = facts.own.and_then(|own| given_on(own, day));
    row(
        facts,
        trace,
        day,
        ScheduledDose { earliest: Some(earliest), latest: Some(latest), given, ..blank(day, planned) },
    )
}

fn blank(day: Day, planned: Date) -> ScheduledDose {
    ScheduledDose { day, mg_per_m2: None, mg: None, planned, earliest: None, latest: None, given: None }
}

/// Puts the dose by plan into a row.
fn row(facts: &Facts, trace: &mut Trace, day: Day, mut row: ScheduledDose) -> ScheduledDose {
    let path = match day {
        Day::D1 => "schedule.doses[0].mg",
        Day::D8 => "schedule.doses[1].mg",
        Day::D15 => "schedule.doses[2].mg",
    };
    if let Some(level) = dose::level(facts, day) {
        let mg_per_m2 = level.mg_per_m2();
        row.mg_per_m2 = Some(mg_per_m2);
        row.mg = facts
            .bsa
            .as_ref()
            .map(|bsa| trace.product(path, level.grounds(), ("dose level", mg_per_m2), ("BSA", bsa.m2)));
    }
    row
}
