//! Is today a day on which this dose may be given?

use crate::engine::calendar::Date;
use crate::engine::case::Day;
use crate::engine::facts::{Facts, given_on};
use crate::engine::labels::dosing;
use crate::engine::rule::{Basis, days, rules};

rules! {
    /// Least days between doses.
    rule SCHED_02 "SCHED-02" A [US_2_1 EU_4_2] "every visit"
    when "fewer than 6 days since the latest dose": hold / hold,
        if |f| {
            let last = f.last_dose()?;
            let gap = f.case.date.days_since(last);
            let allowed = last.plus_days(dosing::GAP_DAYS);
            (f.case.date < allowed).then(|| Basis::none().with("since_last_dose", days(gap)).with("from", allowed))
        },
        say "Only {since_last_dose} since the last dose; at least 6 are needed. Give this dose from {from} on.";

    /// A cycle that starts too early.
    rule SCHED_06 "SCHED-06" D [US_2_1 EU_4_2] "day 1 of cycle 2 and later"
    when "before the previous cycle's day 1 plus its length": hold / hold,
        if |f| {
            let from = f.previous_cycle_over().filter(|_| f.later_day_1())?;
            (f.case.date < from).then(|| Basis::none().with("from", from))
        },
        say "The previous cycle is not over. Start this one from {from} on.";

    /// Before the window.
    rule SCHED_04 "SCHED-04" D [US_2_1 EU_4_2 OWN_READING] "day 8 and 15"
    when "more than 2 days before the planned day": hold / hold,
        if |f| {
            let opens = window(f)?.0;
            (f.case.date < opens).then(|| Basis::none().with("from", opens))
        },
        say "Today is more than 2 days before the planned day. Give this dose from {from} on.";

    /// After the window.
    rule SCHED_07 "SCHED-07" D [US_2_1 EU_4_2 OWN_READING] "day 8 and 15"
    when "more than 2 days after the planned day": caution / caution,
        if |f| {
            let closes = window(f)?.1;
            (f.case.date > closes).then(|| Basis::none().with("until", closes))
        },
        say "Today is after the window, which closed on {until}. For a dose that was missed, and not held for toxicity, the label says nothing: record it and ask the prescriber.";
}

/// First and last day of the window of the visit's day 8 or 15.
fn window(f: &Facts) -> Option<(Date, Date)> {
    let day = f.day.filter(|day| *day != Day::D1)?;
    let first = given_on(f.own?, Day::D1)?;
    let offset = day.offset();
    Some((first.plus_days(offset - dosing::WINDOW_DAYS), first.plus_days(offset + dosing::WINDOW_DAYS)))
}
