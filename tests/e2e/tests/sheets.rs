//! The sheets of one page, printed and read back: what leaves the house on paper is what the page says, and all of it.

use e2e::paper::{PAPERS, read};
use e2e::{Page, Setup, State};
use fantoccini::wd::PrintSize;
use serde_json::json;

/// The sheets, as their buttons say.
const SHEETS: [&str; 5] = ["Order", "Preparation", "Chairside", "Course", "Patient"];
/// On every sheet of every case.
const ALWAYS: [&str; 4] = ["Not a registered medical device; verify", "rules 2026-11", "engine 0.1.0", "Patient label"];

/// A case from its course file, at the summary, with every caution seen.
async fn case(file: &str, day: &str) -> Page {
    loaded(e2e::open().await, file, day).await
}

async fn loaded(page: Page, file: &str, day: &str) -> Page {
    page.go("#visit").await;
    page.hand_over("course-file", file).await;
    page.expect_text("Which day is this visit?").await;
    page.press(day).await;
    page.go("#summary").await;
    page.expect_text("Full record").await;
    page.js("document.querySelectorAll('.acknowledge input:not(:checked)').forEach(box => box.click())").await;
    page
}

/// Chooses a sheet and prints it on both papers; the text of each as one line.
async fn printed(page: &Page, case: &str, sheet: &str) -> Vec<String> {
    page.press(sheet).await;
    page.wait("the sheet", async || page.shows("form").await).await;
    let mut texts = Vec::new();
    for (paper, size, width, height) in PAPERS {
        let name = format!("sheet-{case}-{}-{paper}", sheet.to_lowercase());
        let file = page.print_on(size, &name).await.expect("Chromium prints");
        let text = read(&file, width, height);
        for always in ALWAYS {
            assert!(text.contains(always), "{name} has no “{always}”:\n{text}");
        }
        assert!(!text.contains('–'), "{name} has a dash in place of a value:\n{text}");
        assert!(!text.contains("not known yet"), "{name} lacks a number:\n{text}");
        texts.push(text);
    }
    texts
}

async fn holds(page: &Page, name: &str, sheet: &str, expected: &[&str]) {
    for text in printed(page, name, sheet).await {
        for expected in expected {
            assert!(text.contains(expected), "{name}, {sheet}: no “{expected}” in\n{text}");
        }
    }
}

/// EX01 by the US label, from a bag.
#[tokio::test]
async fn the_sheets_of_an_adult_are_one_page_each_and_hold_every_number() {
    let page = case(include_str!("../../cases/sheet-adult.json"), "Monday 23 November 2026").await;
    page.expect("decision", "Give").await;
    let fingerprint = page.read("fingerprint").await;
    assert_eq!(fingerprint.len(), 9, "{fingerprint}");
    for (sheet, expected) in [
        ("Order", &["Give", "1.456 mg", "1.82 m²", "50 mL/h", "5.824 mL", "Mon 30 Nov", "Prescribed by"][..]),
        (
            "Preparation",
            &[
                "1.456 mg",
                "5.824 mL",
                "44.176 mL",
                "50 mL",
                "0.02912 mg/mL",
                "2 vials",
                "0.344 mg in 1.376 mL",
                "Prepared by",
            ],
        ),
        ("Chairside", &["1.456 mg", "50 mL/h", "Corticosteroid", "first vial + 7 h", "Blood pressure", "Given by"]),
        ("Course", &["23 Nov 2026", "Mon 7 Dec 2026", "0.91 mg", "14 Dec 2026", "18 Jan 2027", "23 Apr 2027"]),
        ("Patient", &["Today you get inotuzumab", "Monday 30 November 2026", "23 April 2027", "Call by night"]),
    ] {
        holds(
            &page,
            "adult",
            sheet,
            &[expected, &[&fingerprint, "Monday 23 November 2026", "cycle 1, day 1", "US label 3/2024"]].concat(),
        )
        .await;
    }
}

/// A toddler by the EU label whose syringe is too large: there is no work on any sheet.
#[tokio::test]
async fn what_is_held_prints_why_and_no_work() {
    let page = case(include_str!("../../cases/sheet-toddler.json"), "Monday 23 November 2026").await;
    page.expect("decision", "Hold").await;
    for sheet in ["Order", "Preparation", "Chairside"] {
        for text in printed(&page, "toddler", sheet).await {
            for expected in [
                "Hold",
                "Not released: do not prepare, do not give",
                "Planned, not released",
                "0.36 mg",
                "DIL-05",
                "3.6 mL to 14.4 mL",
                "EU SmPC",
            ] {
                assert!(text.contains(expected), "{sheet}: no “{expected}” in\n{text}");
            }
            for work in ["Withdraw", "Rate", "Prepared by", "Given by", "Prescribed by"] {
                assert!(!text.contains(work), "{sheet}: “{work}” in\n{text}");
            }
        }
    }
    holds(&page, "toddler", "Course", &["Cycle 1", "hold"]).await;
    for text in printed(&page, "toddler", "Patient").await {
        assert!(text.contains("Call us at once") && !text.contains("gets inotuzumab"), "{text}");
    }
}

/// Cycle 4 of a heavy adult, with all cautions, three cycles behind and a measured volume: the most that stands on a page.
#[tokio::test]
async fn the_fullest_sheets_still_fit_one_page() {
    let page = case(include_str!("../../cases/sheet-heavy.json"), "Monday 15 February 2027").await;
    page.expect("decision", "Give").await;
    for (sheet, expected) in [
        (
            "Order",
            &["1.22 mg", "1.225 mg", "2.44 m²", "100 mL/h", "4.9 mL", "DIL-02", "Cautions, each acknowledged"][..],
        ),
        (
            "Preparation",
            &["1.225 mg", "4.9 mL", "95.1 mL", "100 mL", "0.01225 mg/mL", "exact 4.88 mL", "2 vials either way"],
        ),
        ("Chairside", &["1.22 mg", "100 mL/h"]),
        ("Course", &["Cycle 1", "Cycle 4", "Cycle 6", "15 Feb 2027"]),
        ("Patient", &["Monday 22 February 2027"]),
    ] {
        holds(&page, "heavy", sheet, expected).await;
    }
    // From a syringe there is more to say.
    page.go("#preparation").await;
    page.choose("What is the dose given from?", "Syringe").await;
    page.fill("Total volume", "40").await;
    page.expect("concentration", "0.030625 mg/mL").await;
    page.go("#summary").await;
    holds(
        &page,
        "heavy-syringe",
        "Preparation",
        &["35.1 mL to a total of 40 mL", "hospital manual", "DIL-05", "exact 4.88 mL"],
    )
    .await;
    // The same held, for as many reasons as there may be.
    page.go("#dose").await;
    for (label, value) in [
        ("Neutrophils (ANC)", "0.2"),
        ("Platelets", "12"),
        ("Total bilirubin", "9"),
        ("AST", "900"),
        ("ALT", "900"),
        ("QTcF", "560"),
    ] {
        page.fill(label, value).await;
    }
    page.expect("decision", "Hold").await;
    page.go("#summary").await;
    page.js("document.querySelectorAll('.acknowledge input:not(:checked)').forEach(box => box.click())").await;
    for sheet in ["Order", "Course"] {
        holds(&page, "heavy-held", sheet, &["Not released: do not prepare, do not give"]).await;
    }
}

/// Every sheet can be read on a phone and by a screen reader, and a number never parts from its unit.
/// As much as a local policy may say, and a user who departs from it, on the fullest sheets.
#[tokio::test]
async fn the_longest_local_policy_has_room_on_the_fullest_sheets() {
    let words = |count: usize| "Wide words and more of them, ".repeat(3)[..count].trim_end().to_owned() + "M";
    let drug = |class: &str| json!({"class": class, "drug": words(31), "dose": {"value": 1234.5, "unit": "mg/m2"}, "route": "intravenous", "minutes_before": 1440});
    let contact = json!({"when": words(31), "name": words(31), "telephone": "+41 (0)44 123 45 67 / 89 / 90"});
    let classes = ["corticosteroid", "corticosteroid", "antipyretic", "antihistamine", "antihistamine"];
    let policy = json!({
        "name": words(47), "date": "2026-11-20", "expires": "2028-12-31", "profile": "eu", "bsa_formula": "gehan_george",
        "measure_to_ml": 0.05, "premedication": classes.map(drug), "contacts": [contact, contact, contact],
    });
    let page = Setup::new().beside("config.json", &json!({"schema": 1, "policy": policy}).to_string()).open().await;
    page.expect_state(State::Running).await;
    let page = loaded(page, include_str!("../../cases/sheet-heavy.json"), "Monday 15 February 2027").await;
    page.expect("decision", "Give").await;
    let mark = format!("ocal policy, {}, 20 November 2026", words(47));
    let drug = format!("{} 1234.5 mg/m²", words(31));
    for (sheet, expected) in [
        ("Order", &[&mark, &drug, "1440 min before the dose", "not followed here: EU label"][..]),
        ("Preparation", &[&mark]),
        ("Chairside", &[&mark, &drug]),
        ("Course", &[&mark]),
        ("Patient", &[&mark, "+41 (0)44 123 45 67 / 89 / 90"]),
    ] {
        holds(&page, "policy", sheet, expected).await;
    }
}

#[tokio::test]
async fn every_sheet_can_be_read_on_the_screen() {
    let page = case(include_str!("../../cases/sheet-adult.json"), "Monday 23 November 2026").await;
    let parted = "const form = document.querySelector('.form'), walker = document.createTreeWalker(form, NodeFilter.SHOW_TEXT), found = [];
        while (walker.nextNode()) for (const hit of walker.currentNode.data.matchAll(/\\d (mg|mL|m²|h|min|vials?)\\b/g)) found.push(hit.input.slice(Math.max(0, hit.index - 20), hit.index + 12));
        return found";
    for sheet in SHEETS {
        page.press(sheet).await;
        page.wait("the sheet", async || page.shows("form").await).await;
        page.js("document.querySelector('.form').scrollIntoView()").await;
        page.gallery(&format!("form-{}", sheet.to_lowercase())).await;
        assert_eq!(page.js(parted).await, serde_json::json!([]), "{sheet}");
        page.size(320, 700).await;
        let wide = page.js("return document.documentElement.scrollWidth - window.innerWidth").await;
        assert!(wide.as_i64().is_some_and(|wide| wide <= 0), "{sheet}: {wide} px too wide");
        page.size(1280, 900).await;
    }
    // On the fullest of all, in a room of every width, a number stands on one line with its unit.
    page.press("Full record").await;
    page.wait("the record", async || page.js("return !!document.querySelector('.sheet .schedule')").await == true)
        .await;
    let torn = r"const sheet = document.querySelector('.sheet:not(.form)'), walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT), found = [], range = document.createRange();
        while (walker.nextNode()) for (const hit of walker.currentNode.data.matchAll(/[0-9][0-9.]*\u00a0[^\s]+/g)) {
            range.setStart(walker.currentNode, hit.index);
            range.setEnd(walker.currentNode, hit.index + hit[0].length);
            if (new Set([...range.getClientRects()].map(line => Math.round(line.top))).size > 1) found.push(hit[0]);
        }
        return found";
    for width in [320, 390, 600, 820, 1280] {
        page.size(width, 900).await;
        assert_eq!(page.js(torn).await, serde_json::json!([]), "{width} px");
        let wide = page.js("return document.documentElement.scrollWidth - window.innerWidth").await;
        assert!(wide.as_i64().is_some_and(|wide| wide <= 0), "{width} px: {wide} px too wide");
    }
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

/// The volumes that would do are offered with their source, taken with a press, and the page follows.
#[tokio::test]
async fn a_volume_inside_the_range_is_taken_with_a_press() {
    let page = case(include_str!("../../cases/sheet-toddler.json"), "Monday 23 November 2026").await;
    page.go("#preparation").await;
    page.expect_text("Volumes that stay inside the range").await;
    page.expect_text("From a secondary source: confirm against your label").await;
    page.gallery("volumes").await;
    page.press("Syringe, 10 mL in all").await;
    page.expect("concentration", "0.036 mg/mL").await;
    page.expect("rate", "10 mL/h").await;
    assert_eq!(page.value("Total volume").await, "10");
    page.wait("the focus on what was taken", async || page.focused().await.starts_with("Syringe, 10 mL")).await;
    page.gallery("volumes-taken").await;
    page.choose("How is the volume to withdraw measured?", "To 0.1 mL").await;
    assert!(
        page.read("measuring")
            .await
            .contains("Exact 1.44 mL, measured 1.4 mL: 0.35 mg in place of 0.36 mg, 0.01 mg or 2.78 % less.")
    );
    page.gallery("measuring").await;
}

/// A caution that nobody has seen: the paper says so and nothing else.
#[tokio::test]
async fn an_unseen_caution_prints_no_sheet() {
    let page = case(include_str!("../../cases/sheet-heavy.json"), "Monday 15 February 2027").await;
    page.press("Preparation").await;
    page.wait("the sheet", async || page.shows("form").await).await;
    page.js("document.querySelector('.acknowledge input:checked').click()").await;
    page.expect_text("Acknowledge the cautions to print this sheet.").await;
    let file = page.print_on(PrintSize::A4, "sheet-unseen").await.expect("Chromium prints");
    let text = read(&file, 595.0, 842.0);
    assert!(text.contains("have not been acknowledged") && !text.contains("1.225"), "{text}");
}

/// The sheets are offered on a phone as well.
#[tokio::test]
async fn a_sheet_is_chosen_on_a_phone() {
    let page = Setup::new().size(390, 844).open().await;
    page.go("#summary").await;
    for sheet in SHEETS {
        page.press(sheet).await;
        page.expect_text("Not a registered medical device; verify").await;
    }
}
