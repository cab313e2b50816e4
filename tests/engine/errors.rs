//! Every error code, and which of several faults is reported.

use inotuzumab::engine::Case;
use inotuzumab::engine::json::Node;
use serde_json::json;

use crate::support::{Visit, begun, day_8, first_dose, refusal, second_cycle};

fn refused(visit: &Visit, code: &str, path: &str) {
    assert_eq!(visit.refusal(), (code.to_owned(), path.to_owned()), "{}", visit.0);
}

#[test]
fn not_json() {
    let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    for text in [
        "",
        "{",
        "[]",
        "5",
        "null",
        r#"{"schema": 1, "schema": 1}"#,
        r#"{"schema": 1, "profile": "us", "date": "2026-11-23", "patient": {"sex": "male", "sex": "male"}}"#,
        r#"{"schema": 1, "profile": "\ud800"}"#,
        r#"{"schema": 01}"#,
        // What the JSON library calls a number inside itself is no number in a case.
        r#"{"schema": {"$serde_json::private::Number": "1"}}"#,
        r#"{"schema": 1} {}"#,
        &format!(r#"{{"schema": 1, "x": {}}}"#, deep(64)),
    ] {
        assert_eq!(refusal(text), ("invalid_json".to_owned(), String::new()), "{text}");
    }
    assert_eq!(refusal(&format!(r#"{{"schema": 1, "x": {}}}"#, deep(63))).0, "unknown_field");
    let reserved = Case::from_json(r#"{"schema": {"$serde_json::private::Number": "1"}}"#).expect_err("reserved");
    assert!(reserved.message.contains("another member name, this one is reserved"), "{}", reserved.message);
}

/// However the name of a member comes, written plainly, with escapes or from a program's own object, it is the same name.
#[test]
fn a_name_is_a_name_however_it_is_handed_over() {
    let plain = r#"{"schema": 1, "visit": {"cycle": 1}}"#;
    let escaped = r#"{"sch\u0065ma": 1, "visit": {"\u0063ycle": 1}}"#;
    let expected = Node::parse(plain).expect("JSON");
    assert_eq!(expected.member("visit").map(|visit| visit.member("cycle").is_some()), Some(true));
    assert_eq!(Node::parse(escaped).as_ref(), Ok(&expected));
    let object: serde_json::Value = serde_json::from_str(plain).expect("JSON");
    assert_eq!(Node::from_source(object).expect("an object"), expected);
    let twice = Node::parse(r#"{"cycle": 1, "cycl\u0065": 1}"#).expect_err("one name, twice");
    assert!(twice.contains("\"cycle\" is given twice"), "{twice}");
}

#[test]
fn unsupported_schema() {
    for schema in [json!(2), json!(0), json!("1"), json!(null), json!(true), json!(1.5)] {
        refused(&first_dose().set("schema", schema), "unsupported_schema", "schema");
    }
    refused(&first_dose().without("schema"), "unsupported_schema", "schema");
    assert_eq!(first_dose().set("schema", json!(1.0)).assess().decision(), "give");
}

#[test]
fn unknown_field() {
    for path in ["name", "patient.mrn", "visit.bilirubin.ULN", "visit.premedication.steroid", "visit.wbc.uln"] {
        refused(&first_dose().set(path, json!(null)), "unknown_field", path);
    }
    refused(&day_8().set("cycles.0.doses.0.mg", 1), "unknown_field", "cycles[0].doses[0].mg");
}

#[test]
fn wrong_json_type_or_required_member_absent() {
    for (path, value) in [
        ("profile", json!(1)),
        ("date", json!(20261123)),
        ("patient", json!([])),
        ("patient.height", json!(170)),
        ("patient.height.value", json!("170")),
        ("patient.height.unit", json!(1)),
        ("history.hypersensitivity", json!("no")),
        ("visit.cycle", json!("1")),
        ("visit.toxicities", json!({})),
    ] {
        refused(&first_dose().set(path, value), "invalid_json", path);
    }
    for path in ["profile", "date", "patient.height.value", "visit.bilirubin.value"] {
        refused(&first_dose().without(path), "invalid_json", path);
        refused(&first_dose().set(path, json!(null)), "invalid_json", path);
    }
    refused(&first_dose().set("visit.toxicities", json!([null])), "invalid_json", "visit.toxicities[0]");
    refused(&first_dose().set("visit.toxicities", json!([{}])), "invalid_json", "visit.toxicities[0].kind");
    refused(&day_8().set("cycles.0.doses.0", json!({"day": 1})), "invalid_json", "cycles[0].doses[0].date");
    refused(&day_8().without("cycles.0.number"), "invalid_json", "cycles[0].number");
}

#[test]
fn unknown_unit() {
    for (path, unit) in [
        ("patient.height", "ft"),
        ("patient.weight", "lb"),
        ("visit.wbc", "10^9/L"),
        ("visit.bilirubin", "mg/l"),
        ("visit.ast", "ukat/L"),
        ("visit.qtcf", "s"),
        ("visit.anc", "CELLS"),
    ] {
        let at = format!("{path}.unit");
        refused(&first_dose().set(&at, unit), "unknown_unit", &at);
        refused(&first_dose().without(&at), "unknown_unit", &at);
    }
}

#[test]
fn out_of_range() {
    for (path, value) in [
        ("patient.height.value", json!(44.9)),
        ("patient.height.value", json!(230.1)),
        ("patient.weight.value", json!(2.99)),
        ("patient.weight.value", json!(300.1)),
        ("profile", json!("US")),
        ("date", json!("2026-02-30")),
        ("date", json!("1899-12-31")),
        ("date", json!("2200-01-01")),
        ("date", json!("23.11.2026")),
        ("visit.cycle", json!(0)),
        ("visit.cycle", json!(1.5)),
        ("visit.day", json!(2)),
        ("visit.blast_percent", json!(100.1)),
        ("visit.blast_percent", json!(-1)),
        ("visit.wbc.value", json!(-0.1)),
        ("visit.bilirubin.uln", json!(0)),
        ("disease.tki_failed", json!(10_000_000_000_u64)),
        ("disease.tki_failed", json!(-1)),
        ("disease.tki_failed", json!(0.5)),
        ("patient.birth_date", json!("2026-11-24")),
        ("patient.birth_date", json!("1905-11-23")),
    ] {
        let visit = first_dose().set(path, value.clone());
        let (code, at) = visit.refusal();
        assert_eq!(code, "out_of_range", "{path} = {value}");
        assert!(at == path || (path == "patient.birth_date" && at == "date"), "{path} = {value}: {at}");
    }
    let years = first_dose().without("patient.birth_date");
    refused(&years.clone().set("patient.age_years", 121), "out_of_range", "patient.age_years");
    refused(&years.set("patient.age_years", json!(45.5)), "out_of_range", "patient.age_years");
    refused(
        &first_dose().set("preparation", json!({"total_volume_ml": 0})),
        "out_of_range",
        "preparation.total_volume_ml",
    );
    refused(
        &first_dose().set("visit.toxicities", json!([{"kind": "other", "grade": 6}])),
        "out_of_range",
        "visit.toxicities[0].grade",
    );
    refused(&second_cycle("cr").set("cycles.0.length_days", 27), "out_of_range", "cycles[0].length_days");
    let third = second_cycle("cr")
        .set("date", "2027-01-11")
        .set("visit.cycle", 3)
        .set("cycles", json!([begun(1, "2026-11-23", "cr"), begun(2, "2026-12-14", "cr")]));
    refused(&third.set("cycles.1.length_days", 21), "out_of_range", "cycles[1].length_days");
    let fraction = second_cycle("cr").without("cycles.0.mrd").set("cycles.0.mrd_fraction", json!(1.1));
    refused(&fraction, "out_of_range", "cycles[0].mrd_fraction");
}

#[test]
fn numbers_are_read_as_written() {
    let wbc = |text: &str| {
        let whole = first_dose().0.to_string();
        let changed =
            whole.replace(r#"{"unit":"10*9/L","value":9.8}"#, &format!(r#"{{"unit":"10*9/L","value":{text}}}"#));
        assert_ne!(whole, changed, "the white count is not where this test expects it");
        changed
    };
    for text in
        ["10000000000", "1e10", "0.0000000009", "1e-10", "1234567890.123456", "1e999999999999999999999", "-1e-400"]
    {
        assert_eq!(refusal(&wbc(text)).0, "out_of_range", "{text}");
    }
    for text in [
        "0",
        "-0",
        "-0.0e5",
        "9999999999.99999",
        "1e-9",
        "0.000000001",
        "1.50000000000000000000000",
        "123456789012345e-10",
        "0.00000e3",
        "1E1",
    ] {
        let case = inotuzumab::engine::Case::from_json(&wbc(text)).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert!(case.visit.wbc.is_some(), "{text}");
    }
}

#[test]
fn a_count_may_be_as_large_as_a_number_may() {
    let many = first_dose().set("disease.tki_failed", json!(9_999_999_999_u64));
    assert_eq!(many.assess().decision(), "give");
    refused(&second_cycle("cr").set("cycles.0.number", json!(9_999_999_999_u64)), "conflict", "cycles[0].number");
}

#[test]
fn conflict() {
    let both = |path: &str, value: serde_json::Value| first_dose().set(path, value);
    refused(&both("patient.age_years", json!(46)), "conflict", "patient.age_years");
    refused(&both("disease.cd22_percent", json!(95)), "conflict", "disease.cd22_percent");
    refused(&both("visit.blasts", json!({"value": 1, "unit": "10*9/L"})), "conflict", "visit.blasts");
    refused(&second_cycle("cr").set("cycles.0.assessment", json!({})), "conflict", "cycles[0].assessment");
    refused(&second_cycle("cr").set("cycles.0.mrd_fraction", json!(0)), "conflict", "cycles[0].mrd_fraction");
    refused(&second_cycle("cr").set("cycles.0.number", 2), "conflict", "cycles[0].number");
    refused(&second_cycle("cr").set("visit.cycle", 3), "conflict", "visit.cycle");
    refused(&second_cycle("cr").set("visit.cycle", 1).set("visit.day", 1), "conflict", "visit.day");
    refused(&second_cycle("cr").set("date", "2026-12-01"), "conflict", "cycles[0].doses[2].date");
    refused(&second_cycle("cr").set("cycles.0.doses.1.day", 1), "conflict", "cycles[0].doses[1].day");
    refused(&second_cycle("cr").set("cycles.0.doses.1.date", "2026-11-23"), "conflict", "cycles[0].doses[1].date");
    refused(&day_8().set("visit.day", 1), "conflict", "visit.day");
    refused(&first_dose().set("visit.counts_low_since", "2026-11-24"), "conflict", "visit.counts_low_since");
    refused(&first_dose().set("visit.interruption", json!({})), "conflict", "visit.interruption");
    let held = |from: &str, fit: &str| day_8().set("visit.interruption", json!({"held_from": from, "fit_on": fit}));
    refused(&held("2026-11-30", "2026-11-29"), "conflict", "visit.interruption.fit_on");
    refused(&held("2026-11-30", "2026-12-01"), "conflict", "visit.interruption.fit_on");
    let times = |times: serde_json::Value| first_dose().set("preparation", times);
    let backwards = json!({"reconstituted_at": "2026-11-23T10:00", "infusion_start": "2026-11-23T09:59"});
    refused(&times(backwards), "conflict", "preparation.infusion_start");
    let mixed = json!({"reconstituted_at": "2026-11-23T10:00Z", "diluted_at": "2026-11-23T11:00"});
    refused(&times(mixed), "conflict", "preparation.diluted_at");
    let instants = json!({"reconstituted_at": "2026-11-23T10:00Z", "diluted_at": "2026-11-23T09:30-01:00"});
    assert_eq!(times(instants).assess().decision(), "give");
}

#[test]
fn of_several_faults_the_first_of_the_contracts_order_is_reported() {
    let conflict = first_dose().set("patient.age_years", 46);
    let ranged = conflict.clone().set("visit.blast_percent", 101);
    let born_late = conflict.set("patient.birth_date", "2027-01-01");
    assert_eq!(born_late.refusal().0, "out_of_range");
    assert_eq!(ranged.refusal().0, "out_of_range");
    let unit = ranged.set("visit.anc.unit", "?");
    assert_eq!(unit.refusal().0, "unknown_unit");
    let typed = unit.set("history.vod", 1);
    assert_eq!(typed.refusal().0, "invalid_json");
    let unknown = typed.set("visit.x", 1);
    assert_eq!(unknown.refusal().0, "unknown_field");
    let schema = unknown.set("schema", 7);
    assert_eq!(schema.refusal().0, "unsupported_schema");
    // Of two of one kind the first in the order of the contract.
    let two = first_dose().set("visit.wbc.unit", "?").set("patient.weight.unit", "?");
    refused(&two, "unknown_unit", "patient.weight.unit");
}

#[test]
fn null_counts_as_absent() {
    let answer = first_dose().set("visit.bilirubin", json!(null)).set("history", json!(null)).assess();
    assert_eq!(answer.decision(), "incomplete");
    let expected = ["history.hypersensitivity", "history.vod", "history.serious_liver_disease", "visit.bilirubin"];
    assert_eq!(answer.missing(), expected);
}

#[test]
fn a_refusal_says_what_where_and_why() {
    let text = first_dose().set("visit.anc.unit", "?").0.to_string();
    let error = inotuzumab::engine::Case::from_json(&text).expect_err("a wrong unit");
    assert_eq!(error.to_string(), format!("unknown_unit at \"visit.anc.unit\": {}", error.message));
    for (path, value, accepted) in [
        ("visit.anc.unit", json!("?"), "10*9/L, 10*3/uL, /uL, /mm3"),
        ("disease.tki_failed", json!(0.5), "a whole number of 0 or more"),
        ("visit.cycle", json!(0), "a whole number of 1 or more"),
        ("visit.toxicities", json!([{"kind": "other", "grade": 6}]), "a whole number from 0 to 5"),
    ] {
        let text = first_dose().set(path, value).0.to_string();
        let error = inotuzumab::engine::Case::from_json(&text).expect_err("out of what is accepted");
        assert!(error.message.contains(accepted), "{}", error.message);
    }
}

#[test]
fn what_json_cannot_say_is_refused_in_words() {
    use inotuzumab::engine::json::Node;
    use serde::de::value::{BytesDeserializer, Error, F64Deserializer};
    let bytes = Node::from_source(BytesDeserializer::<Error>::new(b"x")).expect_err("bytes are no JSON");
    assert!(bytes.to_string().ends_with("expected a JSON value"), "{bytes}");
    let infinite = Node::from_source(F64Deserializer::<Error>::new(f64::INFINITY)).expect_err("no JSON number");
    assert_eq!(infinite.to_string(), "not a finite number");
}
