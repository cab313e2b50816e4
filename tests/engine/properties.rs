//! What holds for every patient and every text.

use inotuzumab::engine::{Case, assess};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::json;

use crate::support::{Answer, course, day_8, first_dose, second_cycle};

fn number(answer: &Answer, path: &str) -> Decimal {
    answer.text(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn dosed(tenths_cm: u32, tenths_kg: u32) -> Answer {
    first_dose()
        .set(
            "patient.height.value",
            json!(Decimal::new(tenths_cm.into(), 1).to_string().parse::<serde_json::Number>().expect("a number")),
        )
        .set(
            "patient.weight.value",
            json!(Decimal::new(tenths_kg.into(), 1).to_string().parse::<serde_json::Number>().expect("a number")),
        )
        .assess()
}

proptest! {
    #[test]
    fn the_dose_rises_with_height_and_weight_and_never_exceeds_the_plan(
        cm in 450_u32..=2299, kg in 30_u32..=2999, more_cm in 0_u32..=400, more_kg in 0_u32..=400
    ) {
        let (small, large) = (dosed(cm, kg), dosed((cm + more_cm).min(2300), (kg + more_kg).min(3000)));
        prop_assert!(number(&small, "dose.mg") <= number(&large, "dose.mg"));
        for answer in [small, large] {
            prop_assert_eq!(number(&answer, "dose.mg"), number(&answer, "bsa.m2") * Decimal::new(8, 1));
        }
    }

    #[test]
    fn the_vials_hold_the_dose_and_one_fewer_would_not(cm in 450_u32..=2300, kg in 30_u32..=3000) {
        let answer = dosed(cm, kg);
        let (vials, per_vial) = (number(&answer, "preparation.vials"), Decimal::new(36, 1));
        let withdraw = number(&answer, "preparation.withdraw_ml");
        prop_assert!(vials * per_vial >= withdraw);
        prop_assert!((vials - Decimal::ONE) * per_vial < withdraw);
        prop_assert!(number(&answer, "preparation.unused_mg") >= Decimal::ZERO);
        let unused = number(&answer, "preparation.unused_ml");
        prop_assert_eq!(vials * per_vial, withdraw + unused);
        prop_assert_eq!(unused * Decimal::new(25, 2), number(&answer, "preparation.unused_mg"));
        prop_assert_eq!(withdraw + number(&answer, "preparation.diluent_ml"), number(&answer, "preparation.total_ml"));
    }

    #[test]
    fn no_text_makes_the_engine_panic(text in any::<String>()) {
        let _ = Case::from_json(&text).and_then(|case| assess(&case));
    }

    #[test]
    fn no_change_to_a_good_case_makes_the_engine_panic(
        position in any::<prop::sample::Index>(), replacement in "[0-9a-z.,:{}\\[\\]\"e+-]{0,6}"
    ) {
        let good = first_dose().0.to_string();
        let at = position.index(good.len());
        let mut broken = good.clone();
        broken.replace_range(at..=at, &replacement);
        let _ = Case::from_json(&broken).and_then(|case| assess(&case));
    }

    #[test]
    fn leaving_something_out_never_releases_a_dose_that_was_not_released(
        which in any::<prop::sample::Index>(), blasts in 0_u32..=100, bilirubin in 1_u32..=40
    ) {
        let paths = [
            "patient.height", "patient.weight", "patient.sex", "patient.birth_date", "disease.cd22", "disease.status",
            "disease.diagnosis", "history.vod", "history.hypersensitivity", "visit.anc", "visit.platelets", "visit.bilirubin",
            "visit.ast", "visit.alt", "visit.qtcf", "visit.wbc", "visit.blast_percent", "visit.premedication", "visit.day",
            "visit.cycle", "visit.electrolytes_checked",
        ];
        let whole = first_dose()
            .set("visit.blast_percent", blasts)
            .set("visit.bilirubin.value", json!(Decimal::new(bilirubin.into(), 1).to_string().parse::<serde_json::Number>().expect("a number")));
        let less = whole.without(paths[which.index(paths.len())]).assess();
        prop_assert_ne!(less.decision(), "give");
        prop_assert_ne!(less.at("dose.release"), &json!(true));
    }

    #[test]
    fn a_case_written_out_reads_back_the_same(cm in 450_u32..=2300, kg in 30_u32..=3000) {
        let visit = first_dose().set("patient.height.value", cm / 10).set("patient.weight.value", kg / 10);
        let case = Case::from_json(&visit.0.to_string()).expect("a good case");
        let again = Case::from_json(&case.to_json()).expect("its own JSON");
        prop_assert_eq!(case, again);
    }
}

#[test]
fn a_formula_reads_the_same_alone_and_in_an_answer() {
    for visit in [first_dose(), day_8(), second_cycle("cr")] {
        let found = assess(&Case::from_json(&visit.0.to_string()).expect("a case")).expect("an answer");
        let written = serde_json::to_value(&found).expect("JSON");
        for (step, written) in found.trace.steps().iter().zip(written["derivations"].as_array().expect("steps")) {
            assert_eq!(
                [step.formula.symbols(), step.formula.worked()],
                [&written["formula"], &written["worked"]].map(|text| text.as_str().expect("a text"))
            );
        }
    }
}

#[test]
fn every_number_of_an_assessment_carries_how_it_came_to_be() {
    let answer = first_dose()
        .set("preparation", json!({"reconstituted_at": "2026-11-23T09:00", "infusion_start": "2026-11-23T11:00"}))
        .assess();
    let derivations = answer.0["derivations"].as_array().expect("derivations");
    let of = |path: &str| derivations.iter().find(|step| step["of"] == path);
    for path in [
        "bsa.m2",
        "bsa.all.mosteller",
        "bsa.all.du_bois",
        "bsa.all.haycock",
        "bsa.all.gehan_george",
        "bsa.all.boyd",
        "dose.mg_per_m2",
        "dose.mg",
        "preparation.vials",
        "preparation.withdraw_ml",
        "preparation.diluent_ml",
        "preparation.concentration_mg_per_ml",
        "preparation.rate_ml_per_h",
        "preparation.unused_mg",
        "preparation.unused_ml",
        "preparation.total_ml_range[0]",
        "preparation.total_ml_range[1]",
        "preparation.dilute_by",
        "preparation.start_by",
        "preparation.end_by",
        "preparation.observe_until",
        "schedule.doses[0].planned",
        "schedule.doses[1].planned",
        "schedule.doses[1].earliest",
        "schedule.doses[1].latest",
        "schedule.doses[2].mg",
        "schedule.next_cycle_from",
        "counselling.contraception_female_until",
        "counselling.contraception_male_until",
        "counselling.no_breastfeeding_until",
        "counselling.vod_watch_until",
    ] {
        let step = of(path).unwrap_or_else(|| panic!("{path} has no derivation"));
        for part in ["formula", "worked", "result", "rule", "source", "confidence"] {
            assert!(step[part].as_str().is_some_and(|text| !text.is_empty()), "{path} has no {part}");
        }
        let written = answer.text(&path.replace('[', ".").replace(']', ""));
        let result = step["result"].as_str().expect("result");
        assert!(result == written || result.split(' ').next() == Some(&written), "{path}: {result} is not {written}");
    }
    let mg = of("dose.mg").expect("dose.mg");
    assert_eq!(mg["worked"], "0.8 mg/m2 × 1.82 m2");
    assert_eq!(mg["result"], "1.456 mg");
}

#[test]
fn a_dose_level_says_to_which_cycle_and_day_it_belongs() {
    for (cycle, response, day, words) in [
        (1, "none", 1, "level for cycle 1, day 1"),
        (1, "none", 8, "level for cycle 1, day 8"),
        (1, "none", 15, "level for cycle 1, day 15"),
        (2, "cr", 1, "level after CR or CRi"),
        (2, "cri", 15, "level after CR or CRi"),
        (2, "none", 1, "level for day 1 without CR or CRi"),
        (2, "none", 8, "level for day 8 or 15 without CR or CRi"),
    ] {
        let visit = course(cycle, day);
        let visit = if cycle > 1 { visit.set("cycles.0.response", response) } else { visit };
        let answer = visit.assess();
        let steps = answer.0["derivations"].as_array().expect("derivations");
        let level = steps.iter().find(|step| step["of"] == "dose.mg_per_m2").expect("a level");
        assert_eq!(level["formula"], words);
    }
}

#[test]
fn a_step_is_found_by_the_path_of_its_number() {
    let case = Case::from_json(&first_dose().0.to_string()).expect("a good case");
    let trace = assess(&case).expect("an answer").trace;
    assert!(trace.steps().len() > 20);
    assert!(trace.steps().iter().all(|step| trace.of(&step.of).is_some_and(|found| found.of == step.of)));
    assert!(trace.of("dose").is_none());
}
