//! Interruptions inside a cycle, and the reductions that follow. Read only in part in a label: confirm against yours.

use crate::engine::case::Day;
use crate::engine::facts::{Facts, Raise, Rung};
use crate::engine::labels::thresholds as limit;
use crate::engine::rule::{Basis, days, rules};

rules! {
    /// A short interruption.
    rule INT_01 "INT-01" A [US_2_3 EU_4_2] "day 8 and 15"
    when "interrupted for less than 7 days": info / info,
        if |f| interrupted(f, |days| days < limit::OMIT_DAYS),
        say "The dose was held for {interruption}. Give it now, at least 6 days after the last one.";

    /// One dose left out.
    rule INT_02 "INT-02" M [US_2_3 EU_4_2] "day 8 and 15"
    when "interrupted for 7 to 13 days": caution / caution,
        omits |f| interrupted(f, |days| (limit::OMIT_DAYS..limit::REDUCE_DAYS).contains(&days)),
        say "The dose was held for {interruption}. From 7 days on it is left out: go on with the next dose by plan.";

    /// Less 25 %.
    rule INT_03 "INT-03" M [US_2_3 EU_4_2] "every visit"
    when "interrupted for 14 to 28 days": caution / caution,
        omits |f| interrupted(f, reducing),
        say "The dose was held for {interruption}. From 14 days on it is left out, and from the next cycle on each dose is 25 % less.";
    when "each dose is 25 % less because of an earlier interruption": caution / caution,
        if |f| (interrupted(f, reducing).is_none() && f.ladder.surely(|rung| raised(rung) && rung.step == 1)).then(Basis::none),
        say "An earlier cycle was interrupted for 14 days or more: each dose is 25 % less, and stays so.";

    /// Two doses a cycle.
    rule INT_04 "INT-04" M [US_2_3 EU_4_2] "every visit"
    when "day 15, and two doses a cycle are in force": caution / caution,
        omits |f| (f.day == Some(Day::D15) && f.ladder.surely(|rung| rung.step == 2)).then(Basis::none),
        say "Two doses a cycle are in force: days 1 and 8. There is no dose on day 15.";
    when "another day, and two doses a cycle are in force through an interruption": caution / caution,
        if |f| (f.day != Some(Day::D15) && f.ladder.surely(|rung| raised(rung) && rung.step == 2)).then(Basis::none),
        say "After a further interruption two doses a cycle are in force, days 1 and 8, each 25 % less.";

    /// No step left.
    rule INT_05 "INT-05" M [US_2_3 EU_4_2] "every visit"
    when "a further interruption of 14 days or more after two doses a cycle": stop / stop,
        if |f| f.ladder.surely(|rung| rung.step >= 3).then(Basis::none),
        say "Two doses a cycle were not tolerated. Treatment ends here for good.";

    /// Too long.
    rule INT_06 "INT-06" M [US_2_3 EU_4_2] "day 8 and 15"
    when "interrupted for more than 28 days": hold / hold,
        if |f| interrupted(f, |days| days > limit::LONGEST_DAYS),
        say "The dose was held for {interruption}, more than 28 days. Consider ending treatment: the prescriber decides.";

    /// A recorded reduction stays.
    rule MODH_11 "MODH-11" A [US_2_3 EU_4_2] "every visit"
    when "a recorded reduction is in force": info / info,
        if |f| f.ladder.surely(|rung| rung.by == Some(Raise::Recorded)).then(Basis::none),
        say "A recorded dose reduction is in force. Once reduced, a dose is never raised again.";
}

fn reducing(days: i64) -> bool {
    (limit::REDUCE_DAYS..=limit::LONGEST_DAYS).contains(&days)
}

fn interrupted(f: &Facts, wanted: fn(i64) -> bool) -> Option<Basis> {
    let length = f.interruption_days()?;
    wanted(length).then(|| Basis::none().with("interruption", days(length)))
}

fn raised(rung: Rung) -> bool {
    rung.by == Some(Raise::Interruption)
}
