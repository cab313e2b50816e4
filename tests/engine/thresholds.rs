//! Every limit just under it, at it and just over it: the rows of `tests/cases/thresholds.md`, in both profiles.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Visit, course, later};

struct Row {
    /// The constant, or where the contract says it.
    limit: String,
    looks_at: String,
    visit: String,
    with: Vec<String>,
    field: String,
    /// Value and outcome just under, at and just over the limit.
    cells: Vec<(String, String)>,
}

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn rows() -> Vec<Row> {
    let text = read("tests/cases/thresholds.md");
    let lines = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Limit |"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [limit, looks_at, visit, with, field, values @ ..] = &cells[..] else { panic!("{line}") };
            assert_eq!(values.len(), 3, "three values: {line}");
            let outcome = |cell: &&str| cell.rsplit_once(": ").map(|(value, outcome)| (value.into(), outcome.into()));
            Row {
                limit: limit.to_string(),
                looks_at: looks_at.to_string(),
                visit: visit.to_string(),
                with: with.split("; ").filter(|part| !part.is_empty()).map(str::to_owned).collect(),
                field: field.to_string(),
                cells: values.iter().map(|cell| outcome(cell).unwrap_or_else(|| panic!("{line}"))).collect(),
            }
        })
        .collect()
}

/// The visit a row starts from. `any cycle` is decided by the value of a row whose field is `cycle`.
fn start(name: &str, cycle: u32) -> Visit {
    let (name, responses) = name.strip_suffix(", no response").map_or((name, "cr"), |name| (name, "none"));
    let mut numbers = name.split(' ').filter_map(|word| word.parse::<u32>().ok());
    let (number, day) = match (numbers.next(), numbers.next()) {
        (Some(number), Some(day)) => (number, day),
        (Some(day), None) => (cycle, day),
        _ => panic!("no visit is called {name}"),
    };
    // A number that is refused is put into a case that is well but for it.
    let visit = course(number.max(1), day);
    let earlier = 0..number.saturating_sub(1);
    earlier.fold(visit, |visit, index| visit.set(&format!("cycles.{index}.response"), responses))
}

/// A value as the table writes it: JSON, a text, a day of the cycle, or days ago.
fn value(text: &str, visit: &Visit) -> Value {
    let today = visit.0["date"].as_str().expect("a date");
    if let Some(days) = text.strip_suffix(" days ago") {
        return json!(later(today, -days.parse::<i64>().expect(text)));
    }
    if let Some(day) = text.strip_prefix("day ") {
        let number = visit.0["visit"]["cycle"].as_i64().expect("a cycle");
        let day_1 = later("2026-11-23", 28 * (number - 1));
        return json!(later(&day_1, day.parse::<i64>().expect(text) - 1));
    }
    serde_json::from_str(text).unwrap_or_else(|_| json!(text))
}

fn with(visit: Visit, change: &str) -> Visit {
    if let Some(path) = change.strip_prefix("without ") {
        return visit.without(path);
    }
    match change {
        "marrow after cycle 1" => visit.without("cycles.0.response").set(
            "cycles.0.assessment",
            json!({
                "marrow_blasts_percent": 4, "circulating_blasts": false, "extramedullary_disease": false,
                "anc": {"value": 2, "unit": "10*9/L"}, "platelets": {"value": 200, "unit": "10*9/L"}
            }),
        ),
        "low baseline" => visit
            .set("baseline.anc.value", json!(0.6))
            .set("baseline.platelets.value", 20)
            .set("cycles.0.anc_day1", json!({"value": 0.5, "unit": "10*9/L"}))
            .set("cycles.0.platelets_day1", json!({"value": 25, "unit": "10*9/L"})),
        _ => {
            let (path, text) = change.split_once(" = ").unwrap_or_else(|| panic!("what is {change}?"));
            let value = value(text, &visit);
            visit.set(path, value)
        }
    }
}

fn built(row: &Row, text: &str) -> Visit {
    let by_cycle = row.field == "cycle";
    let number = if by_cycle { text.parse().expect(text) } else { 0 };
    let visit = row.with.iter().fold(start(&row.visit, number), |visit, change| with(visit, change));
    match row.field.as_str() {
        "cycle" => visit.set("visit.cycle", number),
        "CR after cycle" => {
            let cycle: u32 = text.parse().expect(text);
            visit.set(&format!("cycles.{}.response", cycle - 1), "cr")
        }
        field => {
            let value = value(text, &visit);
            visit.set(field, value)
        }
    }
}

fn outcome(visit: &Visit, looks_at: &str) -> String {
    let Ok(answer) = visit.assessed() else {
        return visit.refusal().0;
    };
    if looks_at.starts_with(char::is_uppercase) {
        return answer.severity(looks_at).unwrap_or("silent").to_owned();
    }
    match answer.at(looks_at) {
        Value::Null => "absent".to_owned(),
        _ => answer.text(looks_at),
    }
}

#[test]
fn every_limit_just_under_at_and_just_over() {
    let mut wrong = Vec::new();
    for row in rows() {
        for (text, expected) in &row.cells {
            let (us, eu) = expected.split_once(" / ").unwrap_or((expected, expected));
            let visit = built(&row, text);
            for (profile, visit, expected) in [("us", visit.clone(), us), ("eu", visit.eu(), eu)] {
                let got = outcome(&visit, &row.looks_at);
                let what = format!("{} by {}: {} with {} = {text}", row.looks_at, row.limit, row.visit, row.field);
                if got != expected {
                    wrong.push(format!("{profile}: {what}: {got}, not {expected}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A row whose three outcomes are one would hold whatever its limit is.
#[test]
fn every_row_tells_its_sides_apart() {
    let same = |row: &&Row| row.cells.iter().all(|(_, outcome)| *outcome == row.cells[0].1);
    let flat: BTreeSet<String> = rows().iter().filter(same).map(|row| row.limit.clone()).collect();
    // A level is no limit: what it is stands in the row, in every cycle without a response.
    assert_eq!(flat.iter().map(String::as_str).collect::<Vec<_>>(), ["HIGH", "IN_RESPONSE", "LOW"]);
}

/// A number of the labels without a row is a number that nobody has tried.
#[test]
fn every_number_of_the_labels_has_its_row() {
    let tried: BTreeSet<String> =
        rows().iter().map(|row| row.limit.split(',').next().unwrap_or_default().to_owned()).collect();
    let mut there = BTreeMap::new();
    for file in ["mod", "thresholds", "limits", "dosing"] {
        for line in read(&format!("src/engine/labels/{file}.rs")).lines() {
            let constant = line.strip_prefix("pub const ").or(line.strip_prefix("const "));
            // An edition and the months of reading are texts, no numbers.
            if let Some((name, _)) =
                constant.and_then(|rest| rest.split_once(':')).filter(|(_, of)| !of.contains("&str"))
            {
                there.insert(name.to_owned(), file);
            }
        }
    }
    assert!(there.len() > 50, "the labels are not where this test looks");
    for (name, file) in &there {
        assert!(tried.contains(name), "{name} of labels/{file}.rs has no row in tests/cases/thresholds.md");
    }
    for name in tried.iter().filter(|name| !name.starts_with("contract:")) {
        assert!(there.contains_key(name), "{name} stands in no file of src/engine/labels");
    }
}
