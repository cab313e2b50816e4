//! The hazard log: every hazard has its cause, its control and a test that exists.

use std::fs;
use std::path::{Path, PathBuf};

/// As many as were asked for; there are more.
const AT_LEAST: usize = 50;
/// Words that would claim what nobody has examined.
const CLAIMS: [&str; 7] =
    ["complies with", "is compliant", "conforms to", "certified", "is approved", "ce marked", "meets the requirements"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source that holds tests, as `src/walk/tests`, with its text.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for path in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    for folder in ["src", "tests", "xtask/src"] {
        walk(&root().join(folder), &mut found);
    }
    let named = |path: PathBuf| {
        let name = path.strip_prefix(root()).expect("inside").with_extension("");
        let name = name.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        (name, fs::read_to_string(path).expect("text"))
    };
    found.into_iter().map(named).collect()
}

/// The functions of a source that are run as tests: an attribute ending in `test` (`#[tokio::test]`, `#[wasm_bindgen_test]`)
/// stands above them.
fn tests_in(source: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut is_test = false;
    for line in source.lines().map(str::trim) {
        if let Some(attribute) = line.strip_prefix("#[") {
            let name = attribute.split([']', '(']).next().unwrap_or_default();
            is_test = (is_test || name.ends_with("test")) && name != "ignore";
        } else if !line.starts_with("//") {
            let name = line.split_once("fn ").map(|(_, rest)| rest.split('(').next().unwrap_or_default());
            names.extend(name.filter(|_| is_test));
            is_test = false;
        }
    }
    names
}

/// What is wrong with a log, in words.
fn faults(log: &str, sources: &[(String, String)]) -> Vec<String> {
    let mut faults = Vec::new();
    let rows: Vec<Vec<&str>> = log
        .lines()
        .filter(|line| line.starts_with("| H"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    for (at, row) in rows.iter().enumerate() {
        let due = format!("H-{:02}", at + 1);
        let [id, hazard, cause, control, tests, _left] = row.as_slice() else {
            faults.push(format!("{due}: {} columns", row.len()));
            continue;
        };
        if *id != due {
            faults.push(format!("{id} stands where {due} is due"));
        }
        if [hazard, cause, control].into_iter().any(|words| words.is_empty()) {
            faults.push(format!("{id}: a hazard, a cause or a control is missing"));
        }
        let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        if named.is_empty() {
            faults.push(format!("{id}: no test"));
        }
        for test in named {
            let Some((file, name)) = test.split_once(": ") else {
                faults.push(format!("{id}: `{test}` names no file"));
                continue;
            };
            let ending = format!("/{file}");
            let holds = sources.iter().filter(|(path, _)| format!("/{path}").ends_with(&ending));
            match holds.filter(|(_, text)| tests_in(text).contains(&name)).count() {
                1 => {}
                0 => faults.push(format!("{id}: no test `{test}`")),
                _ => faults.push(format!("{id}: `{test}` is several")),
            }
        }
    }
    if rows.len() < AT_LEAST {
        faults.push(format!("{} hazards", rows.len()));
    }
    faults
}

#[test]
fn every_hazard_has_a_control_and_a_test_that_exists() {
    let log = fs::read_to_string(root().join("docs/safety/hazards.md")).expect("the hazard log");
    assert_eq!(faults(&log, &sources()), Vec::<String>::new());
}

#[test]
fn a_bad_log_is_noticed() {
    let log = fs::read_to_string(root().join("docs/safety/hazards.md")).expect("the hazard log");
    let sources = sources();
    for (from, to, fault) in [
        ("all_5_499_321_pairs_are_rounded_right", "all_pairs_are_rounded_right", "no test"),
        ("`wide: all_5_499_321_pairs_are_rounded_right`", "by looking", "no test"),
        ("| H-07 |", "| H-70 |", "stands where H-07 is due"),
        ("| H-07 |", "| H-06 |", "stands where H-07 is due"),
        ("the clock of the device is wrong", "", "is missing"),
        // Not a test: a helper of one.
        ("bedside: two_tabs_hold_two_patients_apart", "bedside: first_visit", "no test"),
    ] {
        assert!(log.contains(from), "{from}");
        let found = faults(&log.replacen(from, to, 1), &sources);
        assert!(found.iter().any(|words| words.contains(fault)), "{from} -> {to}: {found:?}");
    }
    let short: String = log.lines().take(40).collect::<Vec<_>>().join("\n");
    assert!(faults(&short, &sources).iter().any(|words| words.ends_with("hazards")));
}

#[test]
fn nothing_in_the_safety_file_claims_conformity_and_nobody_has_signed() {
    for file in ["README.md", "hazards.md", "assessment.md"] {
        let text = fs::read_to_string(root().join("docs/safety").join(file)).expect(file).to_lowercase();
        let claimed: Vec<&str> = CLAIMS.into_iter().filter(|claim| text.contains(claim)).collect();
        assert_eq!(claimed, [""; 0], "{file}");
    }
    let overview = fs::read_to_string(root().join("docs/safety/README.md")).expect("the overview");
    let (_, signatures) = overview.split_once("## Signatures").expect("a place to sign");
    let rows: Vec<&str> = signatures.lines().filter(|line| line.starts_with('|')).skip(2).collect();
    assert!(rows.len() >= 3, "{rows:?}");
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        assert!(cells.len() == 4 && cells.iter().skip(1).all(|cell| cell.is_empty()), "somebody signed: {row}");
    }
}
