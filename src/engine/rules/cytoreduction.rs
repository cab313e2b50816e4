//! Blasts in the blood before the very first dose. It is the blast count, not the white cell count.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::engine::facts::Facts;
use crate::engine::labels::thresholds as limit;
use crate::engine::rule::{Basis, Fact, rules};

rules! {
    /// Too many.
    rule CYTO_01 "CYTO-01" A [US_2_2 EU_4_2] "cycle 1, day 1"
    when "more than 10,000 blasts per mm3": hold / hold,
        if |f| before_first_dose(f, |order| order == Ordering::Greater),
        say "{blasts_per_mm3} blasts per mm3 in the blood, above {limit_per_mm3}. Reduce them with hydroxyurea, a steroid or vincristine, then count again.";

    /// Few enough.
    rule CYTO_02 "CYTO-02" A [US_2_2 EU_4_2] "cycle 1, day 1"
    when "10,000 blasts per mm3 or fewer": info / info,
        if |f| before_first_dose(f, |order| order != Ordering::Greater),
        say "{blasts_per_mm3} blasts per mm3 in the blood, not above {limit_per_mm3}. No cytoreduction is needed for this rule.";

    /// On the line.
    rule CYTO_03 "CYTO-03" A [US_2_2 EU_4_2 TRIAL_INO_VATE] "cycle 1, day 1"
    when "exactly 10,000 blasts per mm3": caution / caution,
        if |f| before_first_dose(f, |order| order == Ordering::Equal),
        say "Exactly {limit_per_mm3} blasts per mm3. The label accepts this; the pivotal trial excluded it. Count again if in doubt.";
}

fn before_first_dose(f: &Facts, wanted: fn(Ordering) -> bool) -> Option<Basis> {
    let (per_mm3, order) = f.blasts()?;
    let number = |value: Decimal| Fact::Number(value, "");
    let basis =
        || Basis::none().with("blasts_per_mm3", number(per_mm3)).with("limit_per_mm3", number(limit::BLASTS_PER_MM3));
    (f.first_dose() && wanted(order)).then(basis)
}
