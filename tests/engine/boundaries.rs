//! Each threshold just under, at and just over it.

use serde_json::json;

use crate::support::{Visit, day_8, first_dose, second_cycle};

/// The severity of `rule` with `value` at `path`, for each row.
fn table(start: &Visit, path: &str, rule: &str, rows: &[(serde_json::Value, Option<&str>)]) {
    for (value, expected) in rows {
        let answer = start.clone().set(path, value.clone()).assess();
        assert_eq!(answer.severity(rule), *expected, "{rule} with {path} = {value}");
    }
}

#[test]
fn elig_05_and_07_age_at_the_birthday() {
    let us = [(json!("2025-11-24"), Some("stop")), (json!("2025-11-23"), None)];
    table(&first_dose(), "patient.birth_date", "ELIG-05", &us);
    let eu = [(json!("2008-11-24"), Some("hold")), (json!("2008-11-23"), None), (json!("2025-11-24"), None)];
    table(&first_dose().eu(), "patient.birth_date", "ELIG-07", &eu);
    table(&first_dose(), "patient.birth_date", "ELIG-07", &[(json!("2008-11-24"), None)]);
}

#[test]
fn ger_01_is_66_or_more() {
    let years = first_dose().without("patient.birth_date");
    table(&years, "patient.age_years", "GER-01", &[(json!(65), None), (json!(66), Some("info"))]);
    table(&years.eu(), "patient.age_years", "GER-01", &[(json!(65), None), (json!(66), Some("caution"))]);
}

#[test]
fn elig_02_any_cd22_above_zero_counts() {
    let percent = first_dose().without("disease.cd22");
    let rows = [(json!(0), Some("stop")), (json!(0.000000001), None), (json!(0.1), None), (json!(100), None)];
    table(&percent, "disease.cd22_percent", "ELIG-02", &rows);
    let words = [(json!("negative"), Some("stop")), (json!("unknown"), Some("hold")), (json!("positive"), None)];
    table(&first_dose(), "disease.cd22", "ELIG-02", &words);
}

#[test]
fn cyto_01_to_03_at_10000_per_mm3() {
    let absolute = first_dose().without("visit.blast_percent");
    for (value, unit, one, two, three) in [
        (json!(9999), "/mm3", None, Some("info"), None),
        (json!(10000), "/uL", None, Some("info"), Some("caution")),
        (json!(10), "10*9/L", None, Some("info"), Some("caution")),
        (json!(10001), "/mm3", Some("hold"), None, None),
        (json!(10.0000000000001), "10*3/uL", Some("hold"), None, None),
    ] {
        let answer = absolute.clone().set("visit.blasts", json!({"value": value, "unit": unit})).assess();
        let got = [answer.severity("CYTO-01"), answer.severity("CYTO-02"), answer.severity("CYTO-03")];
        assert_eq!(got, [one, two, three], "{value} {unit}");
    }
}

#[test]
fn cyto_03_is_not_fooled_by_thirty_digits() {
    let product = first_dose().set("visit.wbc.value", json!(12.5000000000001));
    let over = product.clone().set("visit.blast_percent", json!(79.9999999999994)).assess();
    assert_eq!((over.severity("CYTO-01"), over.severity("CYTO-03")), (Some("hold"), None));
}

#[test]
fn qt_04_bands() {
    let rows = [(json!(465), None), (json!(465.1), Some("hold")), (json!(480), Some("hold"))];
    table(&first_dose(), "visit.qtcf.value", "QT-04", &rows);
    let no_baseline = first_dose().without("baseline.qtcf");
    let rows = [
        (json!(480), None),
        (json!(480.1), Some("caution")),
        (json!(500), Some("caution")),
        (json!(500.1), Some("hold")),
    ];
    table(&no_baseline, "visit.qtcf.value", "QT-04", &rows);
}

#[test]
fn modnh_limits_are_multiples_of_the_uln_compared_exactly() {
    // In binary floating point 1.8, 2.1 and 3.6 come out above 1.5 x ULN.
    for (value, uln) in [(0.9, 0.6), (1.8, 1.2), (2.1, 1.4), (3.6, 2.4)] {
        let at = first_dose().set("visit.bilirubin.value", json!(value)).set("visit.bilirubin.uln", json!(uln));
        assert_eq!(at.assess().severity("MODNH-03"), None, "{value} against 1.5 x {uln}");
        let over = at.set("visit.bilirubin.value", json!(value + 0.01));
        assert_eq!(over.assess().severity("MODNH-03"), Some("hold"), "{value} + 0.01 against 1.5 x {uln}");
    }
    for test in ["visit.ast.value", "visit.alt.value"] {
        table(&first_dose(), test, "MODNH-03", &[(json!(100), None), (json!(100.000000000001), Some("hold"))]);
    }
}

#[test]
fn modnh_03_fires_when_the_other_value_is_absent() {
    let high = first_dose().set("visit.bilirubin.value", json!(5));
    assert_eq!(high.clone().without("visit.ast").without("visit.alt").assess().severity("MODNH-03"), Some("hold"));
    assert_eq!(
        first_dose().set("visit.ast.value", json!(500)).without("visit.bilirubin").assess().severity("MODNH-03"),
        Some("hold")
    );
    assert_eq!(high.without("visit.bilirubin.uln").assess().severity("MODNH-03"), None);
}

#[test]
fn conv_04_counts_that_cannot_be_right() {
    for (anc, platelets) in
        [("visit.anc.value", "visit.platelets.value"), ("baseline.anc.value", "baseline.platelets.value")]
    {
        table(&first_dose(), anc, "CONV-04", &[(json!(100), None), (json!(100.1), Some("caution"))]);
        table(&first_dose(), platelets, "CONV-04", &[(json!(2000), None), (json!(2001), Some("caution"))]);
    }
    // 800 cells per uL typed as 800 x10^9/L would be far above the limit of 1.
    let typed = second_cycle("cr").set("visit.anc.value", 800).assess();
    assert_eq!((typed.severity("MODH-01"), typed.severity("CONV-04")), (None, Some("caution")));
    assert!(typed.text("findings.0.message").starts_with("ANC 800 x10^9/L: "), "{}", typed.text("findings.0.message"));
}

#[test]
fn hsct_09_bilirubin_at_its_upper_limit_before_a_transplant() {
    let planned = second_cycle("cr").set("hsct", "planned");
    let rows = [(json!(1.19), None), (json!(1.2), Some("caution")), (json!(1.21), Some("caution"))];
    table(&planned, "visit.bilirubin.value", "HSCT-09", &rows);
    table(&planned, "hsct", "HSCT-09", &[(json!("planned"), None)]);
    let high = planned.set("visit.bilirubin.value", json!(1.2));
    table(&high, "hsct", "HSCT-09", &[(json!("not_planned"), None), (json!("undecided"), None)]);
    assert_eq!(
        first_dose().set("hsct", "planned").set("visit.bilirubin.value", json!(1.2)).assess().severity("HSCT-09"),
        None
    );
}

#[test]
fn dil_02_a_bag_that_is_not_50_ml() {
    let bag = first_dose().set("preparation", json!({"container": "bag"}));
    let rows = [(json!(49.9), Some("caution")), (json!(50), None), (json!(50.0), None), (json!(50.1), Some("caution"))];
    table(&bag, "preparation.total_volume_ml", "DIL-02", &rows);
    table(&bag.set("preparation.container", "syringe"), "preparation.total_volume_ml", "DIL-02", &[(json!(20), None)]);
}

#[test]
fn sched_02_least_gap_is_six_days() {
    let gap = |days: &str| day_8().set("date", days).assess();
    assert_eq!(gap("2026-11-28").severity("SCHED-02"), Some("hold"));
    assert_eq!(gap("2026-11-29").severity("SCHED-02"), None);
}

#[test]
fn sched_04_and_07_window_of_day_8() {
    // Day 1 is 2026-11-23: the window of day 8 is days 6 to 10, and the gap makes day 7 the first.
    for (date, early, late, decision) in [
        ("2026-11-27", Some("hold"), None, "hold"),
        ("2026-11-28", None, None, "hold"),
        ("2026-11-29", None, None, "give"),
        ("2026-12-02", None, None, "give"),
        ("2026-12-03", None, Some("caution"), "give"),
    ] {
        let answer = day_8().set("date", date).assess();
        assert_eq!(
            (answer.severity("SCHED-04"), answer.severity("SCHED-07"), answer.decision()),
            (early, late, decision),
            "{date}"
        );
    }
}

#[test]
fn bsa_13_spread_of_exactly_five_percent_is_silent() {
    for (h, w, expected) in [(170, 70, None), (165, 130, Some("caution"))] {
        let answer = first_dose().set("patient.height.value", h).set("patient.weight.value", w).assess();
        assert_eq!(answer.severity("BSA-13"), expected, "{h} cm {w} kg");
    }
}

#[test]
fn bsa_16_weight_above_height() {
    table(&first_dose(), "patient.weight.value", "BSA-16", &[(json!(170), None), (json!(170.1), Some("caution"))]);
}

#[test]
fn units_change_nothing() {
    let metric = first_dose().assess();
    for (path, value, unit) in [
        ("patient.height", json!(1.7), "m"),
        ("patient.weight", json!(70000), "g"),
        ("visit.anc", json!(2100), "/uL"),
        ("visit.platelets", json!(80000), "/mm3"),
    ] {
        let other = first_dose().set(path, json!({"value": value, "unit": unit})).assess();
        assert_eq!(other.at("dose"), metric.at("dose"), "{path} in {unit}");
        assert_eq!(other.decision(), "give", "{path} in {unit}");
    }
    let inches = first_dose()
        .set("patient.height", json!({"value": 66.9291338582677, "unit": "[in_i]"}))
        .set("patient.weight", json!({"value": 154.323583529414, "unit": "[lb_av]"}));
    assert_eq!(inches.assess().text("bsa.m2"), "1.82");
}

#[test]
fn inf_01_an_infusion_of_exactly_one_hour_is_silent() {
    let start = first_dose().set("preparation", json!({"infusion_start": "2026-11-23T16:00"}));
    let rows = [
        (json!("2026-11-23T16:20"), Some("caution")),
        (json!("2026-11-23T16:59"), Some("caution")),
        (json!("2026-11-23T17:00"), None),
        (json!("2026-11-23T17:01"), None),
    ];
    table(&start, "preparation.infusion_end", "INF-01", &rows);
}
