//! Faults found in documents about the drug. Each test is named by what it refutes.

use inotuzumab::engine::cards::CARDS;
use inotuzumab::engine::disagreements::DISAGREEMENTS;
use inotuzumab::engine::rulebook;
use serde_json::json;

use crate::support::{day_8, first_dose};

#[test]
fn the_dose_after_a_response_in_cycle_1() {
    for visit in [first_dose(), first_dose().eu()] {
        let answer = visit.assess();
        assert_eq!(answer.text("dose.mg_per_m2"), "0.8");
        let levels: Vec<String> = (0..3).map(|row| answer.text(&format!("schedule.doses.{row}.mg_per_m2"))).collect();
        assert_eq!(levels, ["0.8", "0.5", "0.5"]);
        // Not even a response that is on record already makes it so.
        let own = json!([{"number": 1, "doses": [], "response": "cr", "mrd": "negative"}]);
        assert_eq!(visit.set("cycles", own).assess().text("dose.mg_per_m2"), "0.8");
    }
}

#[test]
fn a_dose_of_1_456_mg_rounded_to_2_mg() {
    let answer = first_dose().assess();
    assert_eq!((answer.text("dose.mg"), answer.text("preparation.withdraw_ml")), ("1.456".into(), "5.824".into()));
}

#[test]
fn a_diluent_of_250_ml() {
    let usual = first_dose().assess();
    assert_eq!(usual.text("preparation.total_ml"), "50");
    let large = first_dose().set("preparation", json!({"total_volume_ml": 250})).assess();
    assert_eq!((large.decision(), large.severity("DIL-03")), ("hold", Some("hold")));
    assert_eq!(large.severity("DIL-02"), Some("caution"));
    // The heaviest patient there can be stays inside the range in 250 mL, and is still told.
    let heavy = first_dose().set("patient.height.value", 230).set("patient.weight.value", 300);
    let heavy = heavy.set("preparation", json!({"total_volume_ml": 250})).assess();
    assert_eq!((heavy.severity("DIL-03"), heavy.severity("DIL-02")), (None, Some("caution")));
}

#[test]
fn five_and_eight_months_swapped() {
    let answer = first_dose().assess();
    assert_eq!(answer.text("counselling.contraception_female_until"), "2027-07-23", "8 months for a woman");
    assert_eq!(answer.text("counselling.contraception_male_until"), "2027-04-23", "5 months for a man");
}

#[test]
fn one_1_mg_vial_for_0_95_mg() {
    let visit = day_8().set("patient.height.value", 190).set("patient.weight.value", json!(68.4));
    for visit in [visit.clone(), visit.eu()] {
        let answer = visit.assess();
        assert_eq!((answer.text("dose.mg"), answer.text("preparation.vials")), ("0.95".into(), "2".into()));
    }
}

#[test]
fn month_ends_clamped_back() {
    for (last, path, clamped, right) in [
        ("2027-01-31", "contraception_female_until", "2027-09-30", "2027-10-01"),
        ("2027-01-31", "contraception_male_until", "2027-06-30", "2027-07-01"),
        ("2026-06-30", "contraception_female_until", "2027-02-28", "2027-03-01"),
        ("2026-12-31", "no_breastfeeding_until", "2027-02-28", "2027-03-01"),
    ] {
        let date = first_dose().set("date", last).assess().text(&format!("counselling.{path}"));
        assert_ne!(date, clamped);
        assert_eq!(date, right, "{path} after {last}");
    }
}

#[test]
fn white_cells_counted_as_blasts() {
    let answer = first_dose().set("visit.wbc.value", 60).set("visit.blast_percent", 10).assess();
    assert_eq!(answer.severity("CYTO-01"), None, "60 x10^9/L white cells are 6,000 blasts per mm3");
}

#[test]
fn counts_of_all_grades_called_grade_3() {
    let cards = CARDS.iter().map(|card| card.says);
    let disagreements = DISAGREEMENTS.iter().flat_map(|it| it.says.iter().map(|(_, what)| *what).chain([it.us, it.eu]));
    let mut seen = 0;
    for text in cards.chain(disagreements) {
        if text.contains("51 %") || text.contains("49 %") {
            seen += 1;
            assert!(text.contains("all grades"), "{text}");
        }
    }
    assert!(seen > 0, "the two figures stand nowhere: this test tests nothing");
    let book = rulebook::markdown().to_lowercase();
    for line in book.lines().filter(|line| line.contains("51 %") || line.contains("49 %")) {
        for claim in ["grade 3", "grade >= 3", "grade 4", "grade ≥ 3", "grades 3"] {
            assert!(!line.contains(claim), "{line}");
        }
    }
}

/// One compendium asks for both counts to be low; another document calls CRi a full recovery.
#[test]
fn cri_only_when_both_counts_are_low() {
    let card = CARDS.iter().find(|card| card.grounds.id == "RESP-02").expect("RESP-02");
    assert!(card.says.contains(" or ") && !card.says.contains("full"));
}
