//! The schemas and declarations that other programs get: they are the ones the types make, they accept what the engine
//! accepts and writes, and they refuse what it refuses wherever JSON Schema can say so.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use inotuzumab::engine::book::RuleBook;
use inotuzumab::engine::case::{Case, Patient, Profile};
use inotuzumab::engine::shape::{Describe, Shape};
use inotuzumab::engine::{Assessment, CaseError, Fault, schema};
use inotuzumab::interchange;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::coverage;
use crate::support::{Visit, day_8, first_dose, second_cycle};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema")
}

fn made(name: &str) -> String {
    schema::files().into_iter().chain(interchange::schema::files()).find(|(file, _)| *file == name).expect(name).1
}

fn validator(name: &str) -> Validator {
    let schema: Value = serde_json::from_str(&made(name)).expect(name);
    jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|error| panic!("{name}: {error}"));
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

static CASE: LazyLock<Validator> = LazyLock::new(|| validator("case.schema.json"));
static ASSESSMENT: LazyLock<Validator> = LazyLock::new(|| validator("assessment.schema.json"));
static ERROR: LazyLock<Validator> = LazyLock::new(|| validator("error.schema.json"));

fn hold(validator: &Validator, value: &Value, what: &str) {
    let faults: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(faults.is_empty(), "the schema refuses this {what}: {faults:#?}\n{value:#}");
}

/// Every case that a test has assessed comes by here: the schemas accept it and its answer.
pub fn accepts(case: &Value, answer: &Value) {
    hold(&CASE, case, "case");
    hold(&ASSESSMENT, answer, "assessment");
}

/// What is out of range for a reason that stands in no schema.
const BEYOND_A_SCHEMA: [&str; 4] =
    ["is before birth", "completed years at", "has more than 15 significant digits", "21 days are for cycle 1 only"];

/// Every case that a test has seen refused comes by here: the schema refuses it, too, wherever it can.
pub fn refuses(text: &str, error: &CaseError) {
    hold(&ERROR, &serde_json::to_value(error).expect("an error is JSON"), "refusal");
    // What is not JSON, or has a member twice or nests too deep, a validator never sees.
    let Ok(case) = serde_json::from_str::<Value>(text) else { return };
    let can_say = match error.fault {
        Fault::NotJson => false,
        Fault::UnsupportedSchema | Fault::UnknownField | Fault::WrongType | Fault::UnknownUnit => true,
        Fault::OutOfRange => !BEYOND_A_SCHEMA.iter().any(|reason| error.message.contains(reason)),
        Fault::Conflict => error.message.contains("not both"),
    };
    assert!(!can_say || !CASE.is_valid(&case), "the schema accepts what the engine refuses: {error}\n{text}");
}

/// With `UPDATE_DOCS=1` the files are written instead of compared.
#[test]
fn the_schemas_are_up_to_date() {
    for (name, made) in schema::files().into_iter().chain(interchange::schema::files()) {
        up_to_date(&folder().join(name), &made);
    }
}

fn up_to_date(path: &Path, made: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        fs::write(path, made).expect("the file can be written");
    }
    let committed = fs::read_to_string(path).unwrap_or_default();
    assert!(committed == made, "{} is stale: run `UPDATE_DOCS=1 cargo test --test engine schema`", path.display());
}

#[test]
fn a_name_stands_for_one_thing() {
    let mut known: BTreeMap<&str, Shape> = BTreeMap::new();
    for root in schema::roots().into_iter().chain(interchange::schema::own()) {
        for (name, doc, shape) in schema::names(&root) {
            assert!(!doc.is_empty(), "{name} has no words");
            let earlier = known.insert(name, shape.clone());
            assert!(earlier.is_none_or(|earlier| earlier == shape), "two types are called {name}");
        }
    }
}

/// Visits of every kind: what the rules are tried with, and some with as little and as much as a case may say.
fn visits() -> Vec<Visit> {
    let bare = Visit(json!({"schema": 1, "profile": "us", "date": "2026-11-23"}));
    let early = Visit(json!({"schema": 1, "profile": "us", "date": "2026-11-23", "visit": {"cycle": 1, "day": 1}}));
    let timed = first_dose().set(
        "preparation",
        json!({"reconstituted_at": "2026-11-23T09:00+01:00", "diluted_at": "2026-11-23T10:00+01:00",
               "infusion_start": "2026-11-23T11:00+01:00", "infusion_end": "2026-11-23T12:00+01:00"}),
    );
    let syringe = first_dose().set("preparation", json!({"container": "syringe", "measure_to_ml": 0.1}));
    let judged = second_cycle("cr").without("cycles.0.response").without("cycles.0.mrd").set(
        "cycles.0.assessment",
        json!({"marrow_blasts_percent": 3, "circulating_blasts": false, "extramedullary_disease": false,
               "anc": {"value": 1.2, "unit": "10*9/L"}, "platelets": {"value": 120, "unit": "10*9/L"}}),
    );
    let plain = [bare, early, timed, syringe, judged, day_8(), second_cycle("none")];
    plain.into_iter().chain(coverage::cases().into_iter().map(|(_, visit)| visit)).collect()
}

#[test]
fn the_schemas_accept_every_case_and_answer() {
    for visit in visits() {
        visit.assess();
        visit.eu().assess();
    }
}

#[test]
fn the_rules_of_each_label_are_those_of_the_registry() {
    let schema = validator("rules.schema.json");
    for (profile, other) in [(Profile::Us, "EU SmPC"), (Profile::Eu, "US PI 3/2024")] {
        let book = RuleBook::of(profile);
        let written = serde_json::to_value(&book).expect("JSON");
        hold(&schema, &written, "rule book");
        let speaking: Vec<&str> = inotuzumab::engine::rules::registry()
            .filter(|rule| rule.clauses.iter().any(|clause| clause.severity(profile).is_some()))
            .map(|rule| rule.grounds.id)
            .collect();
        assert_eq!(book.entries.iter().map(|entry| entry.rule).collect::<Vec<_>>(), speaking);
        // A label's own rule cites that label, unless only the other one states it.
        assert!(!written.to_string().contains("null"));
        let mixed = book.entries.iter().find(|entry| {
            let documents: Vec<&str> = entry.sources.iter().map(|source| source.document.word()).collect();
            documents.contains(&other) && documents.iter().any(|document| *document != other)
        });
        assert!(mixed.is_none(), "{mixed:?}");
    }
    assert_ne!(RuleBook::of(Profile::Us).entries, RuleBook::of(Profile::Eu).entries);
}

/// What a hospital writes and what a page says, by the schemas that they are given.
#[test]
fn the_files_and_messages_of_others_have_schemas() {
    let config = validator("config.schema.json");
    let example: Value = serde_json::from_str(include_str!("../../examples/intranet/config.json")).expect("JSON");
    hold(&config, &example, "config.json");
    hold(&config, &json!({"schema": 1}), "config.json");
    for (path, wrong) in [("/policy/profile", json!("uk")), ("/policy/measure_to_ml", json!(0.5)), ("/theme", json!(1))]
    {
        let mut example = example.clone();
        *example.pointer_mut(path).expect(path) = wrong;
        assert!(!config.is_valid(&example), "{path}");
    }
    let message = validator("message.schema.json");
    hold(&message, &json!({"inotuzumab": 1, "ask": "load", "case": first_dose().0}), "message");
    assert!(!message.is_valid(&json!({"inotuzumab": 2, "ask": "hello"})));
    let types = made("embedding.d.ts");
    for words in [
        "export interface Config {",
        "case?: Case | null;",
        "import type { ",
        "export type Ask =",
        "assessment?: Assessment;",
    ] {
        assert!(types.contains(words), "{words}\n{types}");
    }
    assert!(!types.contains("export interface Case "), "the contract's own types stand in its own file");
}

#[test]
fn all_schemas_together_are_each_of_them() {
    let together: Value = serde_json::from_str(&schema::together()).expect("JSON");
    let names: Vec<&str> = together.as_object().expect("an object").keys().map(String::as_str).collect();
    assert!(names.contains(&"case") && names.contains(&"rules"), "{names:?}");
    for name in names {
        let one: Value = serde_json::from_str(&made(&format!("{name}.schema.json"))).expect(name);
        assert_eq!(together[name], one);
    }
}

#[test]
fn null_is_absent() {
    let Shape::Named { shape, .. } = Patient::describe() else { panic!("a patient is an object") };
    let Shape::Object(patient) = *shape else { panic!("a patient is an object") };
    for member in patient.members {
        first_dose().set(&format!("patient.{}", member.name), json!(null)).assess();
    }
    for path in ["patient", "disease", "history", "hsct", "baseline", "cycles", "visit.toxicities", "preparation"] {
        first_dose().set(path, json!(null)).assess();
    }
    // Of two alternatives, one that is null is not given.
    first_dose().set("patient.age_years", json!(null)).set("visit.blasts", json!(null)).assess();
}

/// The limits of each unit are the engine's to the last of 15 digits.
#[test]
fn limits_hold_in_every_unit() {
    for (path, unit, least, below, most, above) in [
        ("patient.height", "cm", "45", "44.9999999999999", "230", "230.000000000001"),
        ("patient.height", "m", "0.45", "0.449999999999999", "2.3", "2.30000000000001"),
        ("patient.height", "[in_i]", "17.7165354330709", "17.7165354330708", "90.5511811023622", "90.5511811023623"),
        ("patient.weight", "kg", "3", "2.99999999999999", "300", "300.000000000001"),
        ("patient.weight", "g", "3000", "2999.99999999999", "300000", "300000.000000001"),
        ("patient.weight", "[lb_av]", "6.61386786554633", "6.61386786554632", "661.386786554632", "661.386786554633"),
    ] {
        let with = |number: &str| {
            let value: Value = serde_json::from_str(number).expect(number);
            first_dose().set(path, json!({"value": value, "unit": unit}))
        };
        for good in [least, most] {
            with(good).assess();
        }
        for bad in [below, above] {
            assert_eq!(with(bad).refusal(), ("out_of_range".to_owned(), format!("{path}.value")), "{bad} {unit}");
        }
    }
}

/// A member that the schema has and no answer ever shows, or that is called optional and is always there, is a mistake in
/// what was written by hand.
#[test]
fn every_member_of_an_answer_is_seen_and_what_may_be_absent_is_absent_somewhere() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for visit in visits() {
        for visit in [visit.clone(), visit.eu()] {
            count(&visit.assess().0, "", &mut seen);
        }
    }
    let root = Assessment::describe();
    let mut described = BTreeSet::new();
    walk(&root, "", &mut |path, parent, required| {
        let here = seen.get(path).copied().unwrap_or_default();
        let around = seen.get(parent).copied().unwrap_or_default();
        assert!(here > 0, "no answer has {path}");
        assert_eq!(here == around, required, "{path}: {here} of {around}");
        described.insert(path.to_owned());
    });
    let unknown: Vec<_> = seen
        .keys()
        .filter(|path| !path.is_empty() && !path.ends_with("[]") && !path.contains(".basis."))
        .filter(|path| !described.contains(*path))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

fn count(value: &Value, path: &str, seen: &mut BTreeMap<String, usize>) {
    *seen.entry(path.to_owned()).or_default() += 1;
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| count(value, &format!("{path}.{name}"), seen));
        }
        Value::Array(items) => items.iter().for_each(|item| count(item, &format!("{path}[]"), seen)),
        _ => {}
    }
}

fn walk(shape: &Shape, path: &str, visit: &mut impl FnMut(&str, &str, bool)) {
    match shape {
        Shape::Named { shape, .. } | Shape::OrNull(shape) => walk(shape, path, visit),
        Shape::List(shape) | Shape::Pair(shape) => walk(shape, &format!("{path}[]"), visit),
        Shape::Object(object) => {
            for member in &object.members {
                let here = format!("{path}.{}", member.name);
                visit(&here, path, member.required);
                walk(&member.shape, &here, visit);
            }
        }
        _ => {}
    }
}

#[test]
fn the_typescript_has_every_member_of_every_object() {
    let types = made("inotuzumab.d.ts");
    for root in schema::roots() {
        for (name, _, shape) in schema::names(&root) {
            let Shape::Object(object) = shape else {
                assert!(types.contains(&format!("export type {name} =")), "{name}");
                continue;
            };
            let (_, body) = types.split_once(&format!("export interface {name} {{\n")).expect(name);
            let (body, _) = body.split_once("\n}\n").expect(name);
            for member in object.members {
                let absent = if member.required { "" } else { "?" };
                assert!(body.contains(&format!("  {}{absent}: ", member.name)), "{name}.{}", member.name);
            }
        }
    }
}

const EXAMPLES: [&str; 3] = ["adult-cycle-1-day-1", "child-syringe", "cycle-2-day-1-reduced"];

fn example(file: &str) -> Value {
    let path = folder().join("examples").join(file);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[test]
fn the_schema_examples_are_up_to_date() {
    for name in EXAMPLES {
        let case = example(&format!("{name}.case.json"));
        let answer = Visit(case.clone()).assess();
        assert_eq!((answer.decision(), answer.missing()), ("give", vec![]), "{name}");
        let case = Case::from_json(&case.to_string()).expect(name);
        let assessment = inotuzumab::engine::assess(&case).expect(name);
        let made = serde_json::to_string_pretty(&assessment).expect(name) + "\n";
        up_to_date(&folder().join("examples").join(format!("{name}.assessment.json")), &made);
    }
}

/// What the annotations quote stands in the files, and every member of a case is explained, there or further up.
#[test]
fn the_schema_examples_are_annotated_with_what_they_say() {
    let readme = fs::read_to_string(folder().join("examples/README.md")).expect("examples/README.md");
    let (mut explained, mut rows) = ([BTreeSet::new(), BTreeSet::new()], 0);
    let mut sections = readme.split("\n### `").skip(1).map(|part| part.split_once('`').expect("a file's name"));
    for name in EXAMPLES {
        let case = Visit(example(&format!("{name}.case.json")));
        let both = [("case", case.0.clone()), ("assessment", case.assess().0)];
        for ((kind, value), known) in both.into_iter().zip(&mut explained) {
            let (file, text) = sections.next().expect(name);
            assert_eq!(file, format!("{name}.{kind}.json"));
            for row in text.lines().filter(|line| line.starts_with("| `")) {
                let cells: Vec<&str> =
                    row.trim_matches('|').split(" | ").map(|cell| cell.trim_matches([' ', '`'])).collect();
                let (path, quoted) = (cells[0], cells[1]);
                let found = value.pointer(&format!("/{}", path.replace('[', ".").replace(']', "").replace('.', "/")));
                let found = found.unwrap_or_else(|| panic!("{file} has no {path}"));
                if quoted != "…" {
                    let quoted: Value = serde_json::from_str(quoted).unwrap_or_else(|error| panic!("{row}: {error}"));
                    assert_eq!(*found, quoted, "{file}: {path}");
                }
                known.insert(path.to_owned());
                rows += 1;
            }
            unexplained(&value, "", known, file);
        }
    }
    assert!(sections.next().is_none() && rows > 90, "{rows} rows");
}

fn unexplained(value: &Value, path: &str, known: &BTreeSet<String>, file: &str) {
    if known.contains(path) {
        return;
    }
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            unexplained(value, &if path.is_empty() { name.clone() } else { format!("{path}.{name}") }, known, file);
        }),
        Value::Array(items) if !items.is_empty() => {
            items
                .iter()
                .enumerate()
                .for_each(|(index, item)| unexplained(item, &format!("{path}[{index}]"), known, file));
        }
        _ => panic!("{file}: nobody explains {path}"),
    }
}

/// An empty list would say that somebody looked for disagreements and found none.
#[test]
fn a_rule_names_its_disagreements_and_only_where_there_are_any() {
    for profile in [Profile::Us, Profile::Eu] {
        let book = RuleBook::of(profile);
        assert!(book.entries.iter().any(|entry| entry.disagreements.as_ref().is_some_and(|ids| !ids.is_empty())));
        assert!(book.entries.iter().any(|entry| entry.disagreements.is_none()));
        assert!(book.entries.iter().all(|entry| entry.disagreements.as_ref().is_none_or(|ids| !ids.is_empty())));
    }
}
