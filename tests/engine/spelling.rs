//! One spelling throughout: the labels' own, which is American. Over all that can be read on the page, in the docs and in the
//! sources' comments.

use std::fs;
use std::path::{Path, PathBuf};

/// Beginnings and middles of words that the other spelling has. In small letters.
const REFUSED: [&str; 33] = [
    "leukaem",
    "haemat",
    "haemo",
    "aemorr",
    "naemi",
    "uraemi",
    "colour",
    "tumour",
    "paediatr",
    "rhoea",
    "oedema",
    "centre",
    "randomis",
    "labelled",
    "licence",
    "behaviour",
    "neighbour",
    "favour",
    "neutropaen",
    "organis",
    "recognis",
    "serialis",
    "normalis",
    "summaris",
    "minimis",
    "characteris",
    "programme",
    "litre",
    " metre",
    "imetre",
    "oesoph",
    "foetal",
    "judgement",
];
/// Words that only look like it.
const FINE: [&str; 2] = ["characteristic", "labelledby"];
/// Names of types and limits in the schema and in the table of thresholds: names stay as they are.
const NAMES: [&str; 5] = ["GigaPerLitre", "Millilitres", "SquareMetres", "Centimetres", "_LITRE"];
/// Files that take both spellings from whoever types.
const BOTH: [&str; 3] = ["walk/quantity.rs", "walk/reading.rs", "engine/spelling.rs"];

fn files(folder: &Path, endings: &[&str], found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let hidden = entry.file_name().is_some_and(|name| ["target", "dist"].iter().any(|skipped| name == *skipped));
        if entry.is_dir() && !hidden {
            files(&entry, endings, found);
        } else if entry.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
            found.push(entry);
        }
    }
}

/// What is said in a source: its comments and its strings; names in backticks are code.
fn spoken(source: &str) -> String {
    let of_line = |line: &str| {
        let (code, comment) = line.split_once("//").unwrap_or((line, ""));
        let strings = code.split('"').skip(1).step_by(2).collect::<Vec<_>>().join(" ");
        let comment = comment.split('`').step_by(2).collect::<Vec<_>>().join(" ");
        format!("{strings} {comment}")
    };
    source.lines().map(of_line).collect::<Vec<_>>().join("\n")
}

fn refused(text: &str) -> Vec<&'static str> {
    let text = NAMES.iter().fold(text.to_owned(), |text, name| text.replace(name, ""));
    let text = FINE.iter().fold(text.to_lowercase(), |text, fine| text.replace(fine, ""));
    REFUSED.into_iter().filter(|stem| text.contains(stem)).collect()
}

#[test]
fn one_spelling_everywhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found =
        vec![root.join("index.html"), root.join("README.md"), root.join("CONTRIBUTING.md"), root.join("CHANGELOG.md")];
    for (folder, endings) in [
        ("src", &["rs", "js"][..]),
        ("style", &["css"]),
        ("content", &["json"]),
        ("assets", &["json", "html"]),
        ("docs", &["md", "json", "html", "ts"]),
        ("tests", &["rs", "md"]),
        ("xtask", &["rs"]),
        ("examples", &["rs"]),
    ] {
        files(&root.join(folder), endings, &mut found);
    }
    assert!(found.len() > 150, "only {} files", found.len());
    let mut wrong = Vec::new();
    for file in found.iter().filter(|file| !BOTH.iter().any(|both| file.ends_with(both))) {
        let text = fs::read_to_string(file).expect("text");
        let text = if file.extension().is_some_and(|ending| ending == "rs") { spoken(&text) } else { text };
        let stems = refused(&text);
        if !stems.is_empty() {
            wrong.push(format!("{}: {stems:?}", file.display()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_other_spelling_is_seen() {
    assert_eq!(refused("Haematologist"), ["haemat"]);
    assert_eq!(refused("The characteristics of a colour"), ["colour"]);
    assert_eq!(refused(&spoken("let colour = \"a\"; // `Millilitres`")), [""; 0]);
    assert_eq!(refused(&spoken("p().child(\"colourless\"); // litre")), ["colour", "litre"]);
}
