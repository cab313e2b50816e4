//! The dossier's worked examples, from the files in `tests/cases`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::support::{Visit, day_8, first_dose};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    title: String,
    start: String,
    set: BTreeMap<String, Value>,
    expect: BTreeMap<String, Value>,
}

/// Reads a file of examples, checks each, and returns how many there were.
fn check(file: &str) -> usize {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let examples: Vec<Example> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
    for example in &examples {
        let title = format!("{file}: {}", example.title);
        let start = match example.start.as_str() {
            "first_dose" => first_dose(),
            "day_8" => day_8(),
            other => panic!("{title}: no visit is called {other}"),
        };
        let visit = example.set.iter().fold(start, |visit: Visit, (path, value)| visit.set(path, value.clone()));
        let answer = visit.assess();
        assert!(!example.expect.is_empty(), "{title} expects nothing");
        for (path, expected) in &example.expect {
            let got = match path.strip_prefix("finding ") {
                Some(rule) => answer.severity(rule).map_or(Value::Null, Value::from),
                None => answer.at(path).clone(),
            };
            assert_eq!(digits(&got), digits(expected), "{title}: {path}");
        }
    }
    examples.len()
}

/// A number without the zeros that JSON allows behind it; everything else as it is.
fn digits(value: &Value) -> String {
    match value {
        Value::Number(number) if number.to_string().contains('.') => {
            number.to_string().trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        Value::Array(items) => format!("{:?}", items.iter().map(digits).collect::<Vec<_>>()),
        other => other.to_string(),
    }
}

macro_rules! examples {
    ($($name:ident: $file:literal, $count:literal;)+) => {
        $(
            #[test]
            fn $name() {
                assert_eq!(check($file), $count, "an example was added or lost");
            }
        )+

        #[test]
        fn every_file_of_examples_is_run() {
            let known = [$($file),+];
            let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
            for entry in fs::read_dir(cases).expect("tests/cases") {
                let name = entry.expect("entry").file_name().into_string().expect("a name");
                assert!(!name.starts_with("ex") || known.contains(&name.as_str()), "{name} is not run");
            }
        }
    };
}

examples! {
    ex01_adult: "ex01_adult.json", 2;
    ex02_heavy_adult: "ex02_heavy_adult.json", 2;
    ex03_adolescent: "ex03_adolescent.json", 2;
    ex04_child: "ex04_child.json", 3;
    ex05_toddler: "ex05_toddler.json", 4;
    ex06_bag_boundary: "ex06_bag_boundary.json", 3;
    ex07_vial_boundary: "ex07_vial_boundary.json", 9;
    ex11_blasts: "ex11_blasts.json", 5;
    ex12_liver: "ex12_liver.json", 5;
    ex13_clock: "ex13_clock.json", 5;
    ex15_interruption: "ex15_interruption.json", 7;
    ex16_dates: "ex16_dates.json", 8;
}
