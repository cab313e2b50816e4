//! Limits that a table of values does not say: compared exactly, in other units, with a value absent, with words. The limits
//! themselves are in `thresholds.rs`.

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
fn elig_02_cd22_in_words() {
    let words = [(json!("negative"), Some("stop")), (json!("unknown"), Some("hold")), (json!("positive"), None)];
    table(&first_dose(), "disease.cd22", "ELIG-02", &words);
}

#[test]
fn cyto_03_is_not_fooled_by_thirty_digits() {
    let product = first_dose().set("visit.wbc.value", json!(12.5000000000001));
    let over = product.clone().set("visit.blast_percent", json!(79.9999999999994)).assess();
    assert_eq!((over.severity("CYTO-01"), over.severity("CYTO-03")), (Some("hold"), None));
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
    table(&first_dose(), "visit.ast.value", "MODNH-03", &[(json!(100.000000000001), Some("hold"))]);
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
    // 800 cells per uL typed as 800 x10^9/L would be far above the limit of 1.
    let typed = second_cycle("cr").set("visit.anc.value", 800).assess();
    assert_eq!((typed.severity("MODH-01"), typed.severity("CONV-04")), (None, Some("caution")));
    assert!(typed.text("findings.0.message").starts_with("ANC 800 x10^9/L: "), "{}", typed.text("findings.0.message"));
}

#[test]
fn hsct_09_bilirubin_at_its_upper_limit_before_a_transplant() {
    let planned = second_cycle("cr").set("hsct", "planned");
    table(&planned, "hsct", "HSCT-09", &[(json!("planned"), None)]);
    let high = planned.set("visit.bilirubin.value", json!(1.2));
    table(&high, "hsct", "HSCT-09", &[(json!("not_planned"), None), (json!("undecided"), None)]);
    assert_eq!(
        first_dose().set("hsct", "planned").set("visit.bilirubin.value", json!(1.2)).assess().severity("HSCT-09"),
        None
    );
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

/// It counts from the end: while the infusion stands still nobody knows when that is.
#[test]
fn the_observation_has_no_end_while_the_infusion_stands_still() {
    let running = first_dose().set("preparation", json!({"infusion_start": "2026-11-23T11:00"}));
    let stopped = running.clone().set("preparation.infusion_paused_at", "2026-11-23T11:35");
    let went_on = stopped.clone().set("preparation.infusion_resumed_at", "2026-11-23T12:00");
    let ended = went_on.clone().set("preparation.infusion_end", "2026-11-23T12:30");
    let until = |visit: &Visit| visit.assess().text("preparation.observe_until");
    assert_eq!(
        [&running, &stopped, &went_on, &ended].map(until),
        ["2026-11-23T13:00", "", "2026-11-23T13:25", "2026-11-23T13:30"]
    );
}
