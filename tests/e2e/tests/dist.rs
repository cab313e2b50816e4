//! What can be said of the built page without a browser.

use std::fs;
use std::path::Path;

use xtask::policy;
use xtask::stamp::{Digest, files_under};

fn read(name: &str) -> String {
    fs::read_to_string(e2e::dist().join(name)).expect("the file is there")
}

fn the_file(ending: &str) -> (String, Vec<u8>) {
    let file = files_under(&e2e::dist())
        .into_iter()
        .filter(|file| file.parent() == Some(&e2e::dist()))
        .find(|file| file.to_string_lossy().ends_with(ending))
        .unwrap_or_else(|| panic!("no file of the page ends in {ending}"));
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    (name, fs::read(&file).expect("the file can be read"))
}

/// F1 to F6 begin here: this text needs nothing but the HTML.
#[test]
fn the_html_alone_says_what_this_is_and_what_to_do_without_it() {
    let page = read("index.html");
    let body = page.split_once("<body>").expect("there is a body").1;
    for words in [
        "Inotuzumab ozogamicin",
        "US label 3/2024",
        "Loading",
        "Scripts are switched off",
        "dose from the printed label",
        "call the pharmacy",
        "Try again",
        &xtask::stamp::of_page(&e2e::dist()).expect("the page has a build id"),
    ] {
        assert!(body.contains(words), "the first screen does not say “{words}”");
    }
}

#[test]
fn the_first_screen_does_not_wait_for_style() {
    let page = read("index.html");
    let (screen, sheet) = (page.find("data-testid=\"shell\""), page.find("rel=\"stylesheet\""));
    assert!(screen < sheet, "a style sheet before the first screen leaves a white page while it hangs");
}

#[test]
fn the_page_states_the_strict_policy() {
    assert!(read("index.html").contains(&policy::for_meta()));
}

#[test]
fn nothing_in_the_page_is_an_absolute_address() {
    let page = read("index.html");
    for absolute in ["href=\"/", "src=\"/", "http://", "https://", "//cdn"] {
        assert!(!page.contains(absolute), "index.html holds {absolute}");
    }
}

/// F5: two builds never share a name, so one half of each can never be asked for.
#[test]
fn glue_and_wasm_are_named_after_what_they_hold() {
    for ending in ["_bg.wasm", ".js"] {
        let (name, content) = files_under(&e2e::dist())
            .into_iter()
            .filter_map(|file| Some((file.file_name()?.to_str()?.to_owned(), fs::read(&file).ok()?)))
            .find(|(name, _)| name.starts_with("inotuzumab-") && name.ends_with(ending))
            .expect("the file is there");
        let mut digest = Digest::default();
        digest.add(&content);
        assert_eq!(name, format!("inotuzumab-{}{ending}", digest.hex()));
    }
}

#[test]
fn the_wasm_does_not_say_where_it_was_built() {
    let (_, wasm) = the_file(".wasm");
    let text = String::from_utf8_lossy(&wasm);
    let home = std::env::var("HOME").expect("HOME is set");
    let here = xtask::shell::root();
    for place in [home.as_str(), &here.to_string_lossy(), "/.cargo/", "/registry/src/", "/.rustup/"] {
        // "/root" may be part of something else; a place is followed by what lies in it.
        let inside = format!("{}/", place.trim_end_matches('/'));
        assert!(!text.contains(&inside), "the wasm holds {inside}");
    }
}

/// F37: phones end pages that ask for much memory at the start.
#[test]
fn the_wasm_starts_with_at_most_two_megabytes() {
    let (_, wasm) = the_file(".wasm");
    let pages = first_memory(&wasm).expect("the wasm has a memory");
    assert!((1..=32).contains(&pages), "{pages} pages of 64 KiB");
}

/// The initial size of the first memory, in pages of 64 KiB.
fn first_memory(wasm: &[u8]) -> Option<u64> {
    let mut rest = wasm.get(8..)?;
    loop {
        let (&section, after) = rest.split_first()?;
        let (length, content) = number(after)?;
        if section == 5 {
            let (_count, memory) = number(content)?;
            let (_flags, limits) = number(memory)?;
            return Some(number(limits)?.0);
        }
        rest = content.get(usize::try_from(length).ok()?..)?;
    }
}

/// A number as wasm writes it (LEB128), and what follows.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let end = bytes.iter().position(|byte| byte & 0x80 == 0)?;
    let value = bytes.get(..=end)?.iter().rev().fold(0, |sum, byte| (sum << 7) | u64::from(byte & 0x7f));
    Some((value, bytes.get(end + 1..)?))
}

/// A page that asks for everything by name needs no list of what to serve; this keeps stray files out of the release. What is
/// fetched on demand is named by the program.
#[test]
fn every_file_of_the_page_is_one_that_it_names() {
    let page = read("index.html");
    let (_, wasm) = the_file(".wasm");
    let program = String::from_utf8_lossy(&wasm);
    // What scripts of other pages load, and what that loads.
    let module = read("api/aid.js");
    let named = [read("manifest.webmanifest"), String::from_utf8_lossy(&the_file(".js").1).into_owned()];
    for file in files_under(&e2e::dist()) {
        let name = file.strip_prefix(e2e::dist()).unwrap_or(Path::new("")).to_string_lossy().into_owned();
        assert!(
            ["index.html", "config.json", "element.js", "api/aid.js", "api/aid.d.ts", "api/package.json"]
                .contains(&name.as_str())
                || name.strip_prefix("api/").is_some_and(|name| module.contains(&format!("\"./{name}\"")))
                || named
                    .iter()
                    .any(|text| text.contains(&format!("/{name}\"")) || text.contains(&format!("\"{name}\"")))
                || page.contains(&format!("\"./{name}\""))
                || (name.starts_with("pages/") && program.contains(&format!("./{name}"))),
            "{name} is in dist/ and nothing names it"
        );
    }
}

/// F5 for scripts, too; and nothing of the page's.
#[test]
fn the_engine_for_scripts_is_named_after_what_it_holds_and_is_small() {
    let files = files_under(&e2e::dist().join("api"));
    let module = read("api/aid.js");
    for (file, ending) in files.iter().flat_map(|file| [(file, "_bg.wasm"), (file, ".js")]) {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !name.starts_with("engine-") || !name.ends_with(ending) {
            continue;
        }
        let content = fs::read(file).expect("the file can be read");
        let mut digest = Digest::default();
        digest.add(&content);
        assert_eq!(name, format!("engine-{}{ending}", digest.hex()));
        // With what reads and writes records.
        let size = if ending == ".js" { 30_000 } else { 520_000 };
        assert!(content.len() < size, "{name}: {} bytes", content.len());
        if ending == "_bg.wasm" {
            assert!(module.contains(&xtask::sha256::integrity(&content)), "aid.js does not say the hash of {name}");
            let text = String::from_utf8_lossy(&content);
            assert!(!text.contains("leptos") && !text.contains(&format!("{}/", xtask::shell::root().display())));
        }
    }
    assert_eq!(files.iter().filter(|file| file.to_string_lossy().contains("engine-")).count(), 2);
}

/// Bytes are what a slow tablet waits for: long texts that somebody may want to read are fetched then.
#[test]
fn the_program_does_not_carry_what_is_only_read() {
    let (_, wasm) = the_file(".wasm");
    let program = String::from_utf8_lossy(&wasm);
    let book = read("pages/rules.json");
    for words in ["The labels truly differ", "Half-life 12.3", "with a risk of QT prolongation"] {
        assert!(book.contains(words), "the rule book does not say “{words}”");
        assert!(!program.contains(words), "the wasm says “{words}”");
    }
}
