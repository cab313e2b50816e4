//! The aid as one file, opened from a disk: no server, no other file, the same numbers.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use e2e::{Page, Setup, State};
use xtask::single_file;

/// The fingerprint of EX01, as written down in `tests/fingerprints/golden.rs`.
const FINGERPRINT: &str = "2Y75-PHDB";

/// Opens the file, as a double click does.
async fn opened() -> Page {
    opened_as("inotuzumab-aid.html", |text| text).await
}

/// The same after something happened to it.
async fn opened_as(name: &str, change: impl Fn(String) -> String) -> Page {
    let folder = tempfolder(name);
    let text = change(made().to_owned());
    fs::write(folder.join(name), text).expect("a copy can be written");
    // A browser has to begin somewhere; the server is then gone.
    let page = Setup::new().at("label.html").open().await;
    page.server.stop();
    let address = format!("file://{}", folder.join(name).display());
    page.goto(&address).await;
    page
}

/// The file, made once.
fn made() -> &'static str {
    static MADE: OnceLock<String> = OnceLock::new();
    MADE.get_or_init(|| {
        let file = single_file::make(&e2e::dist()).expect("the file can be made");
        fs::read_to_string(file).expect("the file can be read")
    })
}

/// A folder with nothing else in it.
fn tempfolder(name: &str) -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let unique = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("usb-stick-{name}-{unique}"));
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

#[tokio::test]
async fn the_file_computes_ex01_with_the_same_fingerprint() {
    let page = opened().await;
    page.expect_state(State::Running).await;
    page.hand_over("course-file", include_str!("../../cases/course-ex01.json")).await;
    // Where no server puts in the clock of the tests, it is the machine's: on the very day of the file nothing is asked.
    let today = "const now = new Date(); return [now.getFullYear(), now.getMonth() + 1, now.getDate()].join('-')";
    if page.js(today).await != "2026-11-23" {
        page.press("Monday 23 November 2026").await;
    }
    page.expect("bsa", "1.82 m²").await;
    page.expect("dose", "1.456 mg").await;
    page.expect("decision", "Give").await;
    page.expect("vials", "2").await;
    page.expect("withdraw", "5.824 mL").await;
    page.go("#summary").await;
    page.expect("fingerprint", FINGERPRINT).await;
    assert_eq!(page.complaints().await, Vec::<String>::new());
    page.gallery("single-file").await;
}

#[tokio::test]
async fn the_file_holds_what_is_only_read() {
    let page = opened().await;
    page.expect_state(State::Running).await;
    for (fragment, words) in [
        ("#rules", "CYTO-01"),
        ("#evidence", "88 of 109"),
        ("#warning", "always means to stop"),
        ("#drug", "CD22"),
        ("#sources", "Revision 3/2024"),
        ("#limits", "not a registered medical device"),
    ] {
        page.go(fragment).await;
        page.expect_text(words).await;
    }
    assert!(!page.text().await.contains("Dose level by day of the cycle"), "the label table shows unasked");
    page.go("#panic-test").await;
    page.expect_state(State::Stopped).await;
    page.press("Label table to print").await;
    page.expect_text("Dose level by day of the cycle").await;
}

/// What came cut or changed is not run.
#[tokio::test]
async fn a_damaged_file_says_so() {
    let changed = |text: String| {
        let (before, program) = text.split_once("id=\"packed-program\">").expect("the program is there");
        // Some letter in the middle, for another.
        let letter = if program.as_bytes()[400_000] == b'A' { "B" } else { "A" };
        format!("{before}id=\"packed-program\">{}{letter}{}", &program[..400_000], &program[400_001..])
    };
    let page = opened_as("damaged.html", changed).await;
    page.expect_state(State::Refused).await;
    page.expect_text("This file is damaged or cut short.").await;
    let page = opened_as("foreign.html", |text| text.replacen("let stopped = false;", "let stopped = !1;", 1)).await;
    page.expect_text("dose from the printed label").await;
    assert_eq!(page.state().await, State::Static, "a script of another hash ran");
}

#[tokio::test]
async fn a_browser_that_cannot_unpack_says_so() {
    let page = opened().await;
    page.expect_state(State::Running).await;
    let source = serde_json::json!({"source": "delete globalThis.DecompressionStream"});
    page.cdp("Page.addScriptToEvaluateOnNewDocument", source).await;
    page.client.refresh().await.expect("a reload");
    page.expect_state(State::Refused).await;
    page.expect_text("too old to unpack").await;
}

#[test]
fn the_file_is_small_and_names_nothing_outside() {
    let text = made();
    assert!(text.len() <= single_file::LIMIT, "{} bytes", text.len());
    for outside in ["href=\"./", "href=\"http", "src=\"", "url(", "@import"] {
        assert!(!text.contains(outside), "the file names {outside}");
    }
}

/// What is loaded when it is used comes out of the same file.
#[tokio::test]
async fn the_file_reads_a_record_and_draws_the_code_of_a_case() {
    let page = opened().await;
    page.expect_state(State::Running).await;
    page.press("Take values from the record").await;
    let record = include_str!("../../fhir/adult.json");
    page.js_with("document.getElementById('record-in').value = arguments[0]", vec![record.into()]).await;
    page.press("Read the Bundle").await;
    page.expect_text("18 values found").await;
    page.to_a_dose().await;
    page.go("#check").await;
    page.wait("the QR code", async || page.shows("qr").await).await;
}
