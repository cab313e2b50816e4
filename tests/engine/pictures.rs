//! Numbers that only the pictures show: what becomes of each vial, and the dose by each formula.

use inotuzumab::engine::case::BsaFormula;
use inotuzumab::engine::dose::{by_formula, farthest};
use inotuzumab::engine::preparation::each_vial;
use inotuzumab::engine::{Assessment, Case, assess};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::support::{Visit, first_dose};

fn assessed(visit: &Visit) -> Assessment {
    assess(&Case::from_json(&visit.0.to_string()).expect("a good case")).expect("a consistent case")
}

fn sized(tenths_cm: u32, tenths_kg: u32) -> Assessment {
    let text =
        |tenths: u32| Decimal::new(tenths.into(), 1).to_string().parse::<serde_json::Number>().expect("a number");
    assessed(&first_dose().set("patient.height.value", text(tenths_cm)).set("patient.weight.value", text(tenths_kg)))
}

fn vials(found: &Assessment) -> Vec<[String; 4]> {
    let vials = each_vial(found.preparation.as_ref().expect("a preparation"));
    let texts = vials.iter().map(|vial| {
        [
            vial.withdrawn_ml.to_string(),
            vial.withdrawn_mg.to_string(),
            vial.left_ml.to_string(),
            vial.left_mg.to_string(),
        ]
    });
    texts.collect()
}

#[test]
fn ex01_empties_one_vial_and_leaves_the_rest_of_the_other() {
    let found = sized(1700, 700);
    assert_eq!(vials(&found), [["3.6 mL", "0.9 mg", "0 mL", "0 mg"], ["2.224 mL", "0.556 mg", "1.376 mL", "0.344 mg"]]);
    let prepared = found.preparation.expect("a preparation");
    assert_eq!(
        (prepared.unused_ml.to_string(), prepared.unused_mg.to_string()),
        ("1.376 mL".into(), "0.344 mg".into())
    );
    assert_eq!(
        found.trace.of("preparation.unused_ml").map(|step| step.formula.worked().to_string()).as_deref(),
        Some("7.2 mL − 5.824 mL")
    );
}

/// EX07: 0.8 mg/m2 of 2.25 m2 is 7.2 mL, which is two vials to the drop.
#[test]
fn ex07_leaves_nothing_where_the_vials_are_just_enough() {
    let found = sized(1800, 1013);
    assert_eq!(found.bsa.as_ref().map(|bsa| bsa.m2.to_string()).as_deref(), Some("2.25 m2"));
    assert_eq!(vials(&found), [["3.6 mL", "0.9 mg", "0 mL", "0 mg"], ["3.6 mL", "0.9 mg", "0 mL", "0 mg"]]);
}

/// EX02: five formulas, from 1.84 to 2.032 mg.
#[test]
fn ex02_differs_by_formula() {
    let doses = by_formula(&sized(1650, 1300)).expect("a dose");
    let of = |formula| doses.iter().find(|dose| dose.formula == formula).expect("all five");
    let used = of(BsaFormula::Mosteller);
    assert_eq!((used.mg.to_string().as_str(), used.in_use, used.more_percent), ("1.952 mg", true, Decimal::ZERO));
    let far = farthest(&doses);
    assert_eq!(far.formula, BsaFormula::DuBois);
    assert_eq!((far.mg.to_string(), far.more_mg.to_string()), ("1.84 mg".to_owned(), "-0.112 mg".to_owned()));
    assert_eq!(far.more_percent.to_string(), "-5.7");
    let most = of(BsaFormula::Boyd);
    assert_eq!((most.more_mg.to_string(), most.more_percent.to_string()), ("0.08 mg".to_owned(), "4.1".to_owned()));
    assert!(by_formula(&assessed(&first_dose().set("disease.cd22", "negative"))).is_none(), "no dose on stop");
    let mut tied = doses;
    tied[4].more_mg = far.more_mg;
    assert_eq!(farthest(&tied).formula, BsaFormula::DuBois, "the first of several");
}

proptest! {
    #[test]
    fn the_vials_add_up(cm in 450_u32..=2300, kg in 30_u32..=3000) {
        let found = sized(cm, kg);
        let prepared = found.preparation.as_ref().expect("a preparation");
        let each = each_vial(prepared);
        let sum = |part: fn(&inotuzumab::engine::preparation::VialUse) -> Decimal| each.iter().map(part).sum::<Decimal>();
        use inotuzumab::engine::units::Quantity;
        prop_assert_eq!(Decimal::from(each.len()), prepared.vials.decimal());
        prop_assert_eq!(sum(|vial| vial.withdrawn_ml.decimal()), prepared.withdraw_ml.decimal());
        prop_assert_eq!(sum(|vial| vial.left_ml.decimal()), prepared.unused_ml.decimal());
        prop_assert_eq!(sum(|vial| vial.left_mg.decimal()), prepared.unused_mg.decimal());
        prop_assert_eq!(sum(|vial| vial.withdrawn_mg.decimal()), found.dose.expect("a dose").mg.decimal());
        prop_assert!(each.iter().all(|vial| vial.withdrawn_ml.decimal() > Decimal::ZERO));
    }

    #[test]
    fn the_dose_in_use_is_one_of_the_five_and_the_farthest_is_the_farthest(cm in 450_u32..=2300, kg in 30_u32..=3000) {
        let found = sized(cm, kg);
        let doses = by_formula(&found).expect("a dose");
        let used: Vec<_> = doses.iter().filter(|dose| dose.in_use).collect();
        prop_assert_eq!(used.len(), 1);
        prop_assert_eq!(Some(used[0].mg), found.dose.map(|dose| dose.mg));
        let far = farthest(&doses);
        use inotuzumab::engine::units::Quantity;
        for dose in doses {
            prop_assert_eq!(dose.mg - used[0].mg, dose.more_mg);
            prop_assert!(dose.more_mg.decimal().abs() <= far.more_mg.decimal().abs());
        }
    }
}
