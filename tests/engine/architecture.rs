//! The rules of the house: what may not stand in which room.

use std::fs;
use std::path::{Path, PathBuf};

fn files(room: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room), &mut found);
    assert!(!found.is_empty(), "{room} is empty");
    found
}

/// Lines of code (not comments) in a room that hold a word, as `file: line`.
fn lines_with(room: &str, words: &[&str]) -> Vec<String> {
    let is_word = |line: &str, word: &str| {
        line.match_indices(word).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = line[at + word.len()..].chars().next();
            let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
            !part(before) && !part(after)
        })
    };
    files(room)
        .iter()
        .flat_map(|path| {
            let text = fs::read_to_string(path).expect("readable");
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            text.lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .filter(|line| words.iter().any(|word| is_word(line, word)))
                .map(|line| format!("{name}: {}", line.trim()))
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn no_web_type_and_no_clock_below_the_page() {
    for room in ["engine", "walk", "interchange"] {
        let found =
            lines_with(room, &["leptos", "web_sys", "js_sys", "wasm_bindgen", "Utc", "Local", "SystemTime", "Instant"]);
        assert_eq!(found, [""; 0], "{room}");
    }
}

#[test]
fn the_engine_knows_nobody() {
    let found = lines_with("engine", &["walk", "app", "browser", "text", "interchange"]);
    let uses: Vec<_> =
        found.iter().filter(|line| line.contains("crate::") && !line.contains("crate::engine")).collect();
    assert!(uses.is_empty(), "{uses:?}");
}

#[test]
fn binary_floating_point_stands_in_the_power_laws_and_at_javascripts_door_only() {
    let found = lines_with("engine", &["f32", "f64"]);
    let elsewhere: Vec<_> =
        found.iter().filter(|line| !line.starts_with("bsa.rs") && !line.contains("fn visit_f64")).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    assert!(found.iter().any(|line| line.starts_with("bsa.rs")), "this test finds nothing at all");
    assert_eq!(lines_with("walk", &["f32", "f64"]), [""; 0]);
    assert_eq!(lines_with("interchange", &["f32", "f64"]), [""; 0]);
}
