//! What the page weighs: on the line, packed as a web server packs it, and in the wasm by part.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{Outcome, ask, root, say};
use crate::stamp::files_under;

/// Bytes that the first answer may need on the line. A build above it fails: whoever adds a part says so here.
const BUDGET: u64 = 600_000;

/// Files that only come when they are asked for, or only to keep the aid or to put it on a home screen.
const LATER: [&str; 7] = ["pages/", "icons/", "api/", "element.js", "label.html", "manifest.webmanifest", "sw.js"];

/// What a function of the wasm belongs to: the first of these whose mark stands in its name.
const PARTS: [(&str, &[&str]); 13] = [
    ("rules and arithmetic (`src/engine`)", &["10inotuzumab6engine", "inotuzumab..engine"]),
    ("state of the walk and its words (`src/walk`)", &["10inotuzumab4walk", "inotuzumab..walk"]),
    ("second check, camera", &["3app5check", "app..check"]),
    ("FHIR (`src/interchange/fhir`)", &["interchange4fhir", "interchange..fhir"]),
    ("files, fingerprint, calendar (`src/interchange`)", &["11interchange", "interchange..", "4sha2", "crc32fast"]),
    ("pictures", &["3app8pictures", "app..pictures"]),
    ("reading pages", &["3app5pages", "app..pages"]),
    ("the rest of the page (`src/app`, `src/browser`)", &["10inotuzumab", "inotuzumab.."]),
    ("leptos", &["tachys", "reactive_", "leptos", "either_of", "any_spawner", "oco_ref", "next_tuple", "throw_error"]),
    ("JSON", &["serde"]),
    ("decimals, big integers, dates", &["rust_decimal", "ethnum", "chrono", "arrayvec", "itoa"]),
    ("the border to the browser", &["wasm_bindgen", "js_sys", "web_sys", "wbindgen", "wbg"]),
    ("Rust's own library", &[""]),
];

/// Fails when the first answer needs more than is allowed.
pub fn within_budget(dist: &Path) -> Outcome {
    let bytes: u64 = first_needs(dist)?.iter().map(|(_, packed)| packed).sum();
    if bytes <= BUDGET {
        say(&format!("The first answer needs {bytes} bytes on the line (at most {BUDGET})"));
        return Ok(());
    }
    // So that the next build does not take it for done.
    let _ = fs::remove_dir_all(dist);
    Err(format!("The first answer needs {bytes} bytes on the line, more than the {BUDGET} of xtask/src/size.rs."))
}

/// Prints the weights and writes them into `docs/size.md`.
pub fn table(dist: &Path) -> Outcome {
    let mut text = String::from(
        "# What the page weighs\n\nWritten by `cargo xtask size`. The build fails when the first answer needs more than its budget \
         (`xtask/src/size.rs`).\n\n## On the line\n\nPacked with brotli, as a web server does it. All of it comes before the first answer; \
         reading pages, icons and the module for scripts come when they are asked for.\n\n| File | bytes |\n|---|---:|\n",
    );
    let first = first_needs(dist)?;
    for (name, packed) in &first {
        text.push_str(&format!("| {} | {} |\n", without_hash(name), thousands(*packed)));
    }
    let all = first.iter().map(|(_, packed)| packed).sum();
    text.push_str(&format!("| **together** | **{}** |\n", thousands(all)));
    text.push_str(&format!("| budget | {} |\n", thousands(BUDGET)));
    text.push_str(
        "\n## In the wasm\n\nAs compiled, before wasm-bindgen and wasm-opt make it smaller; functions that are alike for two parts are \
         counted once.\n\n| Part | bytes of code |\n|---|---:|\n",
    );
    let wasm = root().join("target/wasm32-unknown-unknown/page/inotuzumab.wasm");
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or(wasm, |target| PathBuf::from(target).join("wasm32-unknown-unknown/page/inotuzumab.wasm"));
    let content = fs::read(&target).map_err(|error| format!("{} cannot be read ({error}).", target.display()))?;
    let sizes = by_part(&content).ok_or("The compiled wasm is not as expected: no code or no names.")?;
    for (part, _) in PARTS {
        text.push_str(&format!("| {part} | {} |\n", thousands(sizes.get(part).copied().unwrap_or_default())));
    }
    println!("{text}");
    let file = root().join("docs/size.md");
    fs::write(&file, text).map_err(|error| format!("{} cannot be written ({error}).", file.display()))
}

/// A copy of the page in which every file that packs well has a neighbor `NAME.br`.
pub fn packed_copy(dist: &Path, to: &Path) -> Outcome {
    let failed = |error: std::io::Error| format!("{} cannot be written ({error}).", to.display());
    let _ = fs::remove_dir_all(to);
    for file in files_under(dist) {
        let copy = to.join(file.strip_prefix(dist).unwrap_or(&file));
        fs::create_dir_all(copy.parent().unwrap_or(to)).map_err(failed)?;
        fs::copy(&file, &copy).map_err(failed)?;
    }
    let script = "const { readdirSync, readFileSync, writeFileSync } = require('node:fs'), { brotliCompressSync } = require('node:zlib');
        for (const entry of readdirSync(process.argv[1], { recursive: true, withFileTypes: true }))
          if (entry.isFile() && !entry.name.endsWith('.png')) {
            const file = (entry.parentPath ?? entry.path) + '/' + entry.name;
            writeFileSync(file + '.br', brotliCompressSync(readFileSync(file)));
          }";
    ask("node", &["-e", script, &to.to_string_lossy()])
        .map(|_| ())
        .ok_or_else(|| "Node could not pack the page.".to_owned())
}

/// The files that the first answer needs, with their bytes packed.
fn first_needs(dist: &Path) -> Outcome<Vec<(String, u64)>> {
    let names =
        files_under(dist).into_iter().filter_map(|file| Some(file.strip_prefix(dist).ok()?.to_str()?.to_owned()));
    let names: Vec<String> = names.filter(|name| !LATER.iter().any(|later| name.starts_with(later))).collect();
    let script = "const { readFileSync } = require('node:fs'), { brotliCompressSync } = require('node:zlib');
        for (const file of process.argv.slice(1)) console.log(brotliCompressSync(readFileSync(file)).length)";
    let files: Vec<String> = names.iter().map(|name| dist.join(name).to_string_lossy().into_owned()).collect();
    let words: Vec<&str> = ["-e", script].into_iter().chain(files.iter().map(String::as_str)).collect();
    let packed = ask("node", &words).ok_or("Node could not pack the page.")?;
    Ok(names.into_iter().zip(packed.lines().filter_map(|line| line.trim().parse().ok())).collect())
}

/// `inotuzumab_bg.wasm` for `inotuzumab-8f…_bg.wasm`: the table does not change with every hash.
fn without_hash(name: &str) -> String {
    let Some((stem, rest)) = name.rsplit_once('-') else { return name.to_owned() };
    format!("{stem}{}", rest.trim_start_matches(|sign: char| sign.is_ascii_hexdigit()))
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

/// The bytes of code of each part, from the sections of functions and of names.
fn by_part(wasm: &[u8]) -> Option<BTreeMap<&'static str, u64>> {
    let (mut sizes, mut names, mut imported) = (Vec::new(), BTreeMap::new(), 0);
    let mut rest = Reader(wasm.get(8..)?);
    while !rest.0.is_empty() {
        let kind = rest.byte()?;
        let mut section = rest.piece()?;
        match kind {
            2 => imported = section.imported_functions()?,
            10 => {
                for _ in 0..section.number()? {
                    sizes.push(section.piece()?.0.len() as u64);
                }
            }
            0 if section.text()? == "name" => {
                while !section.0.is_empty() {
                    let kind = section.byte()?;
                    let mut part = section.piece()?;
                    if kind == 1 {
                        for _ in 0..part.number()? {
                            names.insert(part.number()?, part.text()?.to_owned());
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let mut parts = BTreeMap::new();
    for (at, size) in sizes.iter().enumerate() {
        let name = names.get(&(at as u64 + imported))?;
        let part = PARTS.iter().find(|(_, marks)| marks.iter().any(|mark| name.contains(mark)))?;
        *parts.entry(part.0).or_default() += size;
    }
    Some(parts)
}

/// What is left of a wasm.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// LEB128.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// As many bytes as the number before them says.
    fn piece(&mut self) -> Option<Reader<'a>> {
        let length = usize::try_from(self.number()?).ok()?;
        let (piece, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(Reader(piece))
    }

    fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.piece()?.0).ok()
    }

    fn imported_functions(&mut self) -> Option<u64> {
        let mut functions = 0;
        for _ in 0..self.number()? {
            self.text()?;
            self.text()?;
            // Only functions are imported by what wasm-bindgen will be applied to.
            (self.byte()? == 0).then_some(())?;
            self.number()?;
            functions += 1;
        }
        Some(functions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_its_commas_and_a_name_no_hash() {
        assert_eq!(["7", "999", "1,000", "2,043,910"], [7, 999, 1000, 2_043_910].map(thousands)[..]);
        assert_eq!(without_hash("inotuzumab-fcd4c5842583c746_bg.wasm"), "inotuzumab_bg.wasm");
        assert_eq!(without_hash("index.html"), "index.html");
    }

    #[test]
    fn code_is_counted_for_the_part_that_its_name_says() {
        let name = b"_ZN10inotuzumab6engine6assess17h0E";
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        // One function of two bytes.
        wasm.extend([10, 4, 1, 2, 0, 0x0b]);
        let names = [&[0, name.len() as u8][..], name].concat();
        let inner = [&[1, names.len() as u8 + 1, 1][..], &names].concat();
        wasm.extend([&[0, inner.len() as u8 + 5, 4][..], b"name", &inner].concat());
        let parts = by_part(&wasm).expect("a wasm");
        assert_eq!(parts.get(PARTS[0].0), Some(&2), "{parts:?}");
        assert!(by_part(b"\0asm\x01\0\0\0\x0a\x04\x01\x02\0").is_none(), "a section that is cut");
    }
}
