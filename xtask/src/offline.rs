//! What the page keeps on a device: writes into its service worker the list of all its files, with hashes, and what is new.

use std::fs;
use std::path::Path;

use crate::sha256;
use crate::shell::{Outcome, ask};
use crate::stamp;

/// The worker, beside the page. It is not on its own list: the browser keeps it by itself.
pub const WORKER: &str = "sw.js";
/// What a hospital sets beside the page. It is not on the list either: it belongs to no build.
pub const SETTINGS: &str = "config.json";
/// How many changes are told of.
const CHANGES: usize = 5;

/// Every file in `folder` as the page asks for it, with its hash. What the program fetches by a name that stays the same it asks for
/// with a digest behind `?` (`src/browser/fetch.rs`), so that two editions are two names.
pub fn list(folder: &Path) -> Outcome<Vec<(String, String)>> {
    let mut list = Vec::new();
    for file in stamp::files_under(folder) {
        let name = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        if [WORKER, SETTINGS].contains(&name.as_str()) {
            continue;
        }
        let content = fs::read(&file).map_err(|error| format!("{} cannot be read ({error}).", file.display()))?;
        let asked = if name.starts_with("pages/") { format!("{name}?{:016x}", stamp::fnv(&content)) } else { name };
        list.push((asked, sha256::integrity(&content)));
    }
    Ok(list)
}

/// Fills in the worker's text; the page in `folder` is otherwise complete.
pub fn write_worker(root: &Path, folder: &Path, build: &str) -> Outcome {
    let read =
        |name: &str| fs::read_to_string(root.join(name)).map_err(|error| format!("{name} cannot be read ({error})."));
    let list: Vec<String> =
        list(folder)?.iter().map(|(name, hash)| format!("  [{}, {}],\n", quoted(name), quoted(hash))).collect();
    let list = format!("[\n{}]", list.concat());
    let changes: Vec<String> = changes(&read("CHANGELOG.md")?).iter().map(|change| quoted(change)).collect();
    let rules = rules(&read("src/engine/labels/mod.rs")?).ok_or("The edition of the rules was not found.")?;
    let release =
        format!("{{ build: {}, rules: {}, changes: [{}] }}", quoted(build), quoted(&rules), changes.join(", "));
    let version = sha256::digest(format!("{list}{release}").as_bytes());
    let version: String = version.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let mut worker = read("src/browser/sw.js")?;
    for (place, text) in [("__RELEASE__", &release), ("__FILES__", &list), ("__VERSION__", &version)] {
        if worker.matches(place).count() != 1 {
            return Err(format!("src/browser/sw.js must name {place} once."));
        }
        worker = worker.replace(place, text);
    }
    fs::write(folder.join(WORKER), worker).map_err(|error| format!("Writing the worker failed ({error})."))
}

/// The day of the last change of what the page is made from, so that whoever builds it gets the same; empty outside a checkout.
pub fn released(root: &Path) -> String {
    last_change(root).map(day).unwrap_or_default()
}

/// When that was, in seconds since 1970. `SOURCE_DATE_EPOCH`, as packagers set it, wins.
pub fn last_change(root: &Path) -> Option<u64> {
    let told = std::env::var("SOURCE_DATE_EPOCH").ok();
    let of_git = || {
        let place = root.to_string_lossy().into_owned();
        let words = ["-C", &place, "log", "-1", "--format=%ct", "--"];
        ask("git", &words.into_iter().chain(stamp::SOURCES).collect::<Vec<_>>())
    };
    told.or_else(of_git)?.parse().ok()
}

/// The civil day (UTC) of so many seconds since 1970.
fn day(seconds: u64) -> String {
    let mut days = seconds / 86_400;
    let leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 1970;
    while days >= 365 + u64::from(leap(year)) {
        days -= 365 + u64::from(leap(year));
        year += 1;
    }
    let mut month = 1;
    for length in [31, 28 + u64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", days + 1)
}

/// The edition that `labels/mod.rs` states.
fn rules(source: &str) -> Option<String> {
    Some(source.split_once("pub const RULES: &str = \"")?.1.split_once('"')?.0.to_owned())
}

/// The first sentence of the first lines under the newest heading of the list of changes.
fn changes(log: &str) -> Vec<String> {
    let newest = log.split("\n## ").nth(1).unwrap_or_default();
    let lines = newest.split("\n- ").skip(1);
    let first = |line: &str| {
        let line = line.split("\n\n").next().unwrap_or_default();
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "");
        line.find(". ").and_then(|end| line.get(..=end)).unwrap_or(&line).to_owned()
    };
    lines.map(first).take(CHANGES).collect()
}

/// A text as JavaScript writes it.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '<' => quoted.push_str("\\u003c"),
            control if control < ' ' => quoted.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_the_first_sentences_under_the_newest_heading() {
        let log = "# Changes\n\nAll of them.\n\n## Unreleased\n\n### Page\n\n- One `thing`\n  more. And why.\n- Two.\n\n## 0.1\n\n- Old.\n";
        assert_eq!(changes(log), ["One thing more.", "Two."]);
        assert_eq!(changes("# Changes\n"), [""; 0]);
    }

    #[test]
    fn the_edition_is_found() {
        assert_eq!(rules("pub const RULES: &str = \"2026-11\";"), Some("2026-11".to_owned()));
        assert!(rules(include_str!("../../src/engine/labels/mod.rs")).is_some());
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for (seconds, text) in [
            (0, "1970-01-01"),
            (951_782_400, "2000-02-29"),
            (1_735_603_200, "2024-12-31"),
            (1_795_305_600, "2026-11-22"),
        ] {
            assert_eq!(day(seconds), text);
        }
    }

    #[test]
    fn texts_are_quoted() {
        assert_eq!(quoted("a\"b\\c\n</"), "\"a\\\"b\\\\c\\u000a\\u003c/\"");
    }
}
