//! `cargo xtask mutate-rules`: changes the rules one thing at a time and sees whether the engine's tests notice.
//!
//! cargo-mutants does not look inside macros, and that is where the conditions and severities stand. What can be chosen while
//! running (conditions, severities) is compiled once, all changes side by side, and picked by a variable of the environment;
//! what cannot (the numbers of the labels, `omits`) is changed in the file and compiled anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::shell::{Outcome, cargo, root, say};

/// The variable that picks a change.
const CHOICE: &str = "MUTANT";
/// Where `assess` asks for a severity; the change of a severity is put here.
const ASKS_SEVERITY: &str = "clause.severity(facts.profile())";
/// What a severity is changed to: its neighbors.
const NEIGHBORS: [(&str, &[&str]); 5] = [
    ("silent", &["info"]),
    ("info", &["silent", "caution"]),
    ("caution", &["info", "hold"]),
    ("hold", &["caution", "stop"]),
    ("stop", &["hold"]),
];
/// What is changed inside a condition.
const SWAPS: [(&str, &str); 19] = [
    ("all([", "crate::engine::known::any(["),
    ("any([", "crate::engine::known::all(["),
    (".all(", ".any("),
    (".any(", ".all("),
    ("not(", "("),
    ("(!", "("),
    ("&& !", "&& "),
    (" == ", " != "),
    (" != ", " == "),
    (" < ", " <= "),
    (" > ", " >= "),
    (" <= ", " < "),
    (" >= ", " > "),
    (" && ", " || "),
    ("Some(true)", "Some(false)"),
    ("Some(false)", "Some(true)"),
    ("..=", ".."),
    ("limit::OMIT_DAYS..", "limit::OMIT_DAYS + 1.."),
    ("+ 1", "+ 2"),
];

/// A change that is written into a file.
struct Change {
    what: String,
    file: PathBuf,
    text: String,
}

/// Makes every change and runs the engine's tests on it; an error when one survives.
pub fn rules() -> Outcome {
    let scratch = copy()?;
    let (chosen, severities) = rewrite_rules(&scratch)?;
    hook(&scratch, &severities)?;
    let written = written(&scratch)?;
    let all = chosen.len() + written.len();
    say(&format!("{all} changes; first the tests without any"));
    // Compiled once and run often, so that it is worth optimizing.
    let tests = compiled(&scratch, "1").ok_or(format!("{} does not compile.", scratch.display()))?;
    if !passes(&scratch, &tests, None) {
        return Err(format!("the engine's tests fail in {} without any change.", scratch.display()));
    }
    let survivors = Mutex::new(Vec::new());
    let judge = |survived: bool, what: &str| {
        println!("{}  {what}", if survived { "SURVIVED" } else { "caught  " });
        if survived && let Ok(mut survivors) = survivors.lock() {
            survivors.push(what.to_owned());
        }
    };
    let next = AtomicUsize::new(0);
    let some = || {
        while let number = next.fetch_add(1, Ordering::Relaxed)
            && let Some(what) = chosen.get(number)
        {
            judge(passes(&scratch, &tests, Some(number)), what);
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(some);
        }
    });
    let mut impossible = 0;
    for change in written {
        let before = read(&change.file)?;
        write(&change.file, &change.text)?;
        let tests = compiled(&scratch, "0");
        let survived = tests.as_ref().map(|tests| passes(&scratch, tests, None));
        write(&change.file, &before)?;
        match survived {
            Some(survived) => judge(survived, &change.what),
            // Nobody could commit it.
            None => {
                println!("no code   {}", change.what);
                impossible += 1;
            }
        }
    }
    let survivors = survivors.into_inner().unwrap_or_default();
    let caught = all - survivors.len() - impossible;
    say(&format!("{all} changes, {impossible} do not compile, {caught} caught, {} survived", survivors.len()));
    for what in &survivors {
        println!("{what}");
    }
    if survivors.is_empty() {
        Ok(())
    } else {
        Err("some changes survived; docs/testing.md says which are known.".to_owned())
    }
}

/// The engine's tests, compiled; `None` when they do not compile.
fn compiled(scratch: &Path, optimized: &str) -> Option<PathBuf> {
    let mut build = cargo();
    build.args([
        "test",
        "--offline",
        "--profile",
        "mutants",
        "--test",
        "engine",
        "--no-run",
        "--message-format",
        "json",
    ]);
    build.env("CARGO_PROFILE_MUTANTS_OPT_LEVEL", optimized).current_dir(scratch).stderr(Stdio::null());
    let output = build.output().ok().filter(|output| output.status.success())?;
    let messages = String::from_utf8_lossy(&output.stdout).into_owned();
    messages.rsplit("\"executable\":\"").next()?.split('"').next().map(PathBuf::from)
}

/// Do the tests pass? First without the long walks. Documents made from the rules prove nothing: they say what the rules say.
fn passes(scratch: &Path, tests: &Path, choice: Option<usize>) -> bool {
    let run = |words: &[&str]| {
        let mut test = Command::new(tests);
        test.args(words).args(["--skip", "rulebook", "--skip", "up_to_date"]);
        test.env("PROPTEST_CASES", "16")
            .env("PROPTEST_MAX_SHRINK_ITERS", "0")
            .env("PROPTEST_FAILURE_PERSISTENCE", "off");
        test.env(CHOICE, choice.map_or(String::new(), |number| number.to_string()));
        test.current_dir(scratch).stdout(Stdio::null()).stderr(Stdio::null());
        test.status().is_ok_and(|status| status.success())
    };
    let long = ["changes", "groups", "guided", "histories"];
    let quick: Vec<&str> = long.iter().flat_map(|long| ["--skip", *long]).collect();
    run(&quick) && run(&long)
}

/// A copy of the checkout that may be changed.
fn copy() -> Outcome<PathBuf> {
    let scratch = root().join("target/mutate-rules");
    let _ = fs::remove_dir_all(scratch.join("src"));
    copy_folder(&root(), &scratch)?;
    Ok(scratch)
}

fn copy_folder(from: &Path, to: &Path) -> Outcome {
    fs::create_dir_all(to).map_err(|error| format!("{} cannot be made ({error}).", to.display()))?;
    for entry in read_folder(from)? {
        let name = entry.file_name().unwrap_or_default().to_owned();
        match entry.is_dir() {
            true if ["target", "dist", "node_modules", "corpus", ".git"].iter().any(|apart| name == *apart) => {}
            true => copy_folder(&entry, &to.join(name))?,
            false => copy_file(&entry, &to.join(name))?,
        }
    }
    Ok(())
}

fn copy_file(from: &Path, to: &Path) -> Outcome {
    fs::copy(from, to).map(|_| ()).map_err(|error| format!("{} cannot be copied ({error}).", from.display()))
}

/// What stands in a folder, in order; nothing when it is not there.
fn read_folder(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("{} cannot be read ({error}).", path.display()))
}

fn write(path: &Path, text: &str) -> Outcome {
    fs::write(path, text).map_err(|error| format!("{} cannot be written ({error}).", path.display()))
}

/// A condition of a rule as it stands in the file.
struct Clause<'t> {
    rule: &'t str,
    us: &'t str,
    eu: &'t str,
    /// `if`, `omits` or `each`.
    kind: &'t str,
    /// The name of what it is asked of, and the condition itself.
    of: &'t str,
    condition: &'t str,
    /// The message, in its quotes.
    message: &'t str,
}

/// The conditions inside `rules! { … }`.
fn clauses(text: &str) -> Vec<Clause<'_>> {
    let Some((_, block)) = text.split_once("rules! {\n") else { return Vec::new() };
    let block = block.split_once("\n}\n").map_or(block, |(block, _)| block);
    let mut found = Vec::new();
    let (mut rule, mut rest) = ("", block);
    while let Some(at) = rest.find("\n    when \"") {
        if let Some(named) = rest[..at].rfind("\n    rule ") {
            rule = rest[named..].split('"').nth(1).unwrap_or_default();
        }
        let clause = &rest[at + 1..];
        rest = clause;
        let Some((head, body)) = clause.split_once(",\n        ") else { break };
        let Some((body, message)) = body.split_once(",\n        say ") else { break };
        let (Some((_, severities)), Some((message, _))) = (head.rsplit_once("\": "), message.split_once("\";")) else {
            break;
        };
        let (Some((us, eu)), Some((kind, closure))) = (severities.split_once(" / "), body.split_once(" |")) else {
            break;
        };
        let Some((of, condition)) = closure.split_once("| ") else { break };
        found.push(Clause { rule, us, eu, kind, of, condition, message });
    }
    found
}

/// Every other way to write a condition, and what is different.
fn changed(condition: &str) -> Vec<(String, String)> {
    let mut all = vec![
        ("never".to_owned(), "None".to_owned()),
        ("always".to_owned(), "Some(crate::engine::rule::Basis::none())".to_owned()),
    ];
    for (from, to) in SWAPS {
        for (at, _) in condition.match_indices(from) {
            let (before, after) = (&condition[..at], &condition[at + from.len()..]);
            let near: String = before.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
            all.push((format!("…{}[{from}] becomes [{to}]", near.replace('\n', " ")), format!("{before}{to}{after}")));
        }
    }
    all
}

/// Puts every changed condition next to its own; returns all choices in the order of their numbers, and the arms that change
/// severities.
fn rewrite_rules(scratch: &Path) -> Outcome<(Vec<String>, String)> {
    let (mut mutants, mut arms) = (Vec::new(), String::new());
    for file in read_folder(&scratch.join("src/engine/rules"))? {
        let text = read(&file)?;
        let mut rewritten = text.clone();
        for clause in clauses(&text) {
            let asked = if clause.kind == "each" { "case::Toxicity" } else { "facts::Facts" };
            let of = clause.of;
            let call = |body: &str| {
                format!("(|{of}: &crate::engine::{asked}| -> Option<crate::engine::rule::Basis> {{ {body} }})({of})")
            };
            let mut choices = format!("|{of}| match crate::engine::mutant() {{\n");
            for (what, body) in changed(clause.condition) {
                choices.push_str(&format!("            {} => {},\n", mutants.len(), call(&body)));
                mutants.push(format!("{}: {what}", clause.rule));
            }
            choices.push_str(&format!("            _ => {},\n        }}", call(clause.condition)));
            let own = format!("{} |{of}| {},\n        say {}\"", clause.kind, clause.condition, clause.message);
            let new = format!("{} {choices},\n        say {}\"", clause.kind, clause.message);
            if !rewritten.contains(&own) {
                return Err(format!("{}: {} is not written as this command expects.", file.display(), clause.rule));
            }
            rewritten = rewritten.replacen(&own, &new, 1);
            for (profile, word) in [("Us", clause.us), ("Eu", clause.eu)] {
                for other in NEIGHBORS.iter().find(|(known, _)| *known == word).map_or(&[][..], |(_, others)| others) {
                    let (number, severity) = (mutants.len(), severity(other));
                    arms.push_str(&format!(
                        "        ({number}, Profile::{profile}, {}\") => {severity},\n",
                        clause.message
                    ));
                    mutants.push(format!("{}: {word} becomes {other} in {profile}", clause.rule));
                }
            }
        }
        write(&file, &rewritten)?;
    }
    Ok((mutants, arms))
}

fn severity(word: &str) -> String {
    let mut letters = word.chars();
    match (word, letters.next()) {
        ("silent", _) | (_, None) => "None".to_owned(),
        (_, Some(first)) => format!("Some(rule::Severity::{}{})", first.to_ascii_uppercase(), letters.as_str()),
    }
}

/// Lets the engine ask which change is chosen.
fn hook(scratch: &Path, arms: &str) -> Outcome {
    let rules = scratch.join("src/engine/rules/mod.rs");
    let text = read(&rules)?;
    if !text.contains(ASKS_SEVERITY) {
        return Err(format!("{} no longer says {ASKS_SEVERITY}.", rules.display()));
    }
    write(&rules, &text.replace(ASKS_SEVERITY, "crate::engine::mutated(clause, facts.profile())"))?;
    let engine = scratch.join("src/engine/mod.rs");
    let chosen = format!(
        "
/// The change that is chosen.
pub(crate) fn mutant() -> usize {{
    static CHOSEN: std::sync::LazyLock<usize> =
        std::sync::LazyLock::new(|| std::env::var(\"{CHOICE}\").ok().and_then(|text| text.parse().ok()).unwrap_or(usize::MAX));
    *CHOSEN
}}

/// A severity, changed when that is chosen.
pub(crate) fn mutated(clause: &rule::Clause, profile: case::Profile) -> Option<Severity> {{
    use case::Profile;
    match (mutant(), profile, clause.message) {{
{arms}        _ => clause.severity(profile),
    }}
}}
"
    );
    write(&engine, &(read(&engine)? + &chosen))
}

/// The changes that need compiling: each number of the labels one more in its last digit, each `omits` an `if`.
fn written(scratch: &Path) -> Outcome<Vec<Change>> {
    let mut mutants = Vec::new();
    for file in read_folder(&scratch.join("src/engine/labels"))? {
        let text = read(&file)?;
        let lines: Vec<&str> = text.lines().collect();
        for (index, line) in
            lines.iter().enumerate().filter(|(_, line)| line.contains("const ") && !line.contains("&str"))
        {
            let Some(value) = line.find(" = ") else { continue };
            for (at, number) in numbers(line, value) {
                let more = one_more(number);
                let changed = format!("{}{more}{}", &line[..at], &line[at + number.len()..]);
                let name =
                    line.trim_start_matches("pub ").trim_start_matches("const ").split(':').next().unwrap_or_default();
                mutants.push(Change {
                    what: format!("{name}: {number} becomes {more}"),
                    file: file.clone(),
                    text: with_line(&lines, index, &changed),
                });
            }
        }
    }
    for file in read_folder(&scratch.join("src/engine/rules"))? {
        let text = read(&file)?;
        let lines: Vec<&str> = text.lines().collect();
        for (index, line) in lines.iter().enumerate().filter(|(_, line)| line.trim_start().starts_with("omits |")) {
            let what = format!("line {} of {}: omits becomes if", index + 1, file.display());
            let changed = line.replacen("omits |", "if |", 1);
            mutants.push(Change { what, file: file.clone(), text: with_line(&lines, index, &changed) });
        }
    }
    Ok(mutants)
}

fn with_line(lines: &[&str], index: usize, line: &str) -> String {
    let all: Vec<&str> = lines.iter().enumerate().map(|(at, old)| if at == index { line } else { *old }).collect();
    all.join("\n") + "\n"
}

/// The numbers of a line behind `from`: digits, perhaps with a point, no part of a name.
fn numbers(line: &str, from: usize) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = from;
    while let Some(begin) = line[at..].find(|c: char| c.is_ascii_digit()).map(|begin| at + begin) {
        let length = line[begin..].find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(line.len() - begin);
        let named = line[..begin].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if !named {
            found.push((begin, &line[begin..begin + length]));
        }
        at = begin + length;
    }
    found
}

/// The number with one more in its last digit, carried on where that digit is a nine.
fn one_more(number: &str) -> String {
    let mut digits: Vec<char> = number.chars().collect();
    for digit in digits.iter_mut().rev().filter(|digit| digit.is_ascii_digit()) {
        match digit.to_digit(10) {
            Some(9) => *digit = '0',
            Some(value) => {
                *digit = char::from_digit(value + 1, 10).unwrap_or('0');
                return digits.into_iter().collect();
            }
            None => {}
        }
    }
    format!("1{}", digits.into_iter().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_grow_in_their_last_digit() {
        assert_eq!(["0.8", "28", "99", "0.0001", "1.9"].map(one_more), ["0.9", "29", "100", "0.0002", "2.0"]);
    }

    #[test]
    fn every_condition_of_the_rules_is_found() {
        let files = read_folder(&root().join("src/engine/rules")).expect("the rules");
        let text: Vec<String> = files.iter().map(|file| read(file).expect("a file")).collect();
        let found: usize = text.iter().map(|text| clauses(text).len()).sum();
        let written: usize = text.iter().map(|text| text.matches("\n    when \"").count()).sum();
        assert_eq!(found, written);
        assert!(text.iter().flat_map(|text| clauses(text)).all(|clause| clause.rule.contains('-')));
    }
}
