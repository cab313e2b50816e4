//! A volume that can be measured, in place of the exact one (RECON-12): what it does to the dose, and when it is refused.

use rust_decimal::{Decimal, RoundingStrategy};

use super::assessment::{Measured, Prepared};
use super::case::{Container, Graduation};
use super::derivation::{Formula, Trace, term};
use super::labels::dosing;
use super::numbers::{RECON_04, RECON_08};
use super::preparation::range;
use super::rules::preparation::{DIL_02, RECON_12};
use super::units::{MgChange, MgPerMl, Milligrams, Millilitres, PercentChange};

/// Why a volume is not rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The dose would change by more than 5 %.
    Change,
    /// The made-up drug would leave its range of concentrations, or would not fit its total volume.
    Range,
}

/// The volume to the nearest graduation, half-up.
pub(crate) fn nearest(withdraw: Millilitres, graduation: Graduation) -> Millilitres {
    let step = graduation.volume().0;
    Millilitres((withdraw.0 / step).round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero) * step)
}

/// How much the dose in `withdraw` differs from `dose`, in per cent half-up to 2 decimals; below zero when it is less.
pub(crate) fn change(withdraw: Millilitres, dose: Milligrams) -> PercentChange {
    let share = ((dosing::RECONSTITUTED * withdraw).0 - dose.0) * Decimal::ONE_HUNDRED / dose.0;
    PercentChange(share.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
}

/// May `withdraw` stand for the exact volume of `dose`? A range that the exact dose has left is another rule's matter.
pub(crate) fn refusal(
    withdraw: Millilitres,
    dose: Milligrams,
    prepared: &Prepared,
    container: Container,
) -> Option<Refusal> {
    let mg = dosing::RECONSTITUTED * withdraw;
    // As products: 5 % exactly is not above it.
    if (mg.0 - dose.0).abs() * Decimal::ONE_HUNDRED > dosing::MEASURED_CHANGE_PERCENT * dose.0 {
        return Some(Refusal::Change);
    }
    let (low, high) = range(container).0;
    let fits = |total: Millilitres| withdraw <= total && low * total <= mg && mg <= high * total;
    let leaves = prepared.in_range == Some(true) && !prepared.total_ml.is_some_and(fits);
    leaves.then_some(Refusal::Range)
}

/// What is prepared when the volume is measured to `graduation`; `None` when that is refused.
pub(crate) fn measured(
    dose: Milligrams,
    prepared: &Prepared,
    container: Container,
    graduation: Graduation,
    trace: &mut Trace,
) -> Option<Measured> {
    let exact = prepared.withdraw_ml;
    let volume = nearest(exact, graduation);
    if refusal(volume, dose, prepared, container).is_some() {
        return None;
    }
    let grounds = &RECON_12.grounds;
    let step = term("graduation", graduation.volume());
    let formula = Formula::Rounded(term("withdraw volume", exact), "to the nearest", step, "half-up");
    let withdraw_ml = trace.made("preparation.measured.withdraw_ml", grounds, formula, volume);
    let measured = ("measured volume", withdraw_ml);
    let strength = ("reconstituted concentration", dosing::RECONSTITUTED);
    let mg = trace.product("preparation.measured.mg", grounds, strength, measured);
    let (a, b) = (term("measured dose", mg), term("dose", dose));
    let formula = Formula::Binary(a, "−", b);
    let change_mg = trace.made("preparation.measured.change_mg", grounds, formula, MgChange(mg.0 - dose.0));
    let how = "in per cent, half-up to 2 decimals";
    let formula = Formula::Rounded(term("change", change_mg), "÷", b, how);
    let change_percent = trace.made("preparation.measured.change_percent", grounds, formula, change(withdraw_ml, dose));
    let vials = trace.vials("preparation.measured.vials", &RECON_04, withdraw_ml, dosing::PER_VIAL);
    let content = ("drug in the vials", vials * dosing::PER_VIAL_MG);
    let unused_mg = trace.difference("preparation.measured.unused_mg", &RECON_08, content, ("measured dose", mg));
    let diluent_ml = prepared.total_ml.map(|total| {
        trace.difference("preparation.measured.diluent_ml", &DIL_02.grounds, ("total volume", total), measured)
    });
    let concentration_mg_per_ml = prepared.total_ml.map(|total| {
        let formula = Formula::Binary(a, "÷", term("total volume", total));
        let path = "preparation.measured.concentration_mg_per_ml";
        trace.made(path, range(container).1, formula, MgPerMl::diluted(mg, total))
    });
    Some(Measured {
        to_ml: graduation,
        withdraw_ml,
        mg,
        change_mg,
        change_percent,
        vials,
        unused_mg,
        diluent_ml,
        concentration_mg_per_ml,
    })
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::super::preparation::prepared;
    use super::*;
    use crate::engine::case::Preparation;

    fn mg(number: Decimal) -> Milligrams {
        Milligrams(number)
    }

    fn ml(number: Decimal) -> Millilitres {
        Millilitres(number)
    }

    #[test]
    fn a_volume_goes_to_the_nearest_graduation_and_half_way_up() {
        for (exact, fine, coarse) in [
            (dec!(5.824), dec!(5.80), dec!(5.8)),
            (dec!(5.825), dec!(5.85), dec!(5.8)),
            (dec!(5.85), dec!(5.85), dec!(5.9)),
            (dec!(5.849), dec!(5.85), dec!(5.8)),
            (dec!(0.02), dec!(0), dec!(0)),
        ] {
            assert_eq!(nearest(ml(exact), Graduation::Twentieth), ml(fine), "{exact} to 0.05");
            assert_eq!(nearest(ml(exact), Graduation::Tenth), ml(coarse), "{exact} to 0.1");
        }
    }

    #[test]
    fn five_per_cent_exactly_is_not_above_it() {
        // 1 mL holds 0.25 mg: 5 % above 0.238095…, and below 0.263157….
        let refused = |dose: Decimal, volume: Decimal| {
            let given = Preparation { container: Some(Container::Syringe), ..Preparation::default() };
            let exact = prepared(mg(dose), Some(&given), &mut Trace::default());
            refusal(ml(volume), mg(dose), &exact, Container::Syringe)
        };
        assert_eq!(refused(dec!(0.25), dec!(1.05)), None);
        assert_eq!(refused(dec!(0.25), dec!(0.95)), None);
        assert_eq!(refused(dec!(0.25), dec!(1.0500001)), Some(Refusal::Change));
        assert_eq!(refused(dec!(0.25), dec!(0.9499999)), Some(Refusal::Change));
    }

    #[test]
    fn a_change_is_given_with_its_sign() {
        assert_eq!(change(ml(dec!(5.8)), mg(dec!(1.456))).to_string(), "-0.41 %");
        assert_eq!(change(ml(dec!(5.9)), mg(dec!(1.456))).to_string(), "1.3 %");
    }
}
