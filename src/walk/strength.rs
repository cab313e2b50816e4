//! A concentration as a person reads it. The exact value stays in the engine's answer and in how it came to be.

use super::plan::pretty;
use crate::engine::text::plain;
use crate::engine::units::MgPerMl;

/// Digits that somebody can use.
const DIGITS: u32 = 4;

/// `0.02912 mg/mL`; `about 0.02758 mg/mL` where it has more digits than anybody can use.
#[must_use]
pub fn in_words(concentration: MgPerMl) -> String {
    let exact = concentration.0;
    let rounded = exact.round_sf(DIGITS).unwrap_or(exact);
    let about = if rounded == exact { "" } else { "about " };
    pretty(&format!("{about}{} mg/mL", plain(rounded)))
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    #[test]
    fn what_nobody_can_measure_is_rounded_and_said_to_be() {
        for (exact, said) in [
            ("0.02912", "0.02912\u{a0}mg/mL"),
            ("0.03", "0.03\u{a0}mg/mL"),
            ("0.1000", "0.1\u{a0}mg/mL"),
            ("0.027575757576", "about 0.02758\u{a0}mg/mL"),
            ("0.010285714286", "about 0.01029\u{a0}mg/mL"),
            ("0.0299999", "about 0.03\u{a0}mg/mL"),
        ] {
            let exact: Decimal = exact.parse().expect("a number");
            assert_eq!(in_words(MgPerMl(exact)), said);
        }
    }
}
