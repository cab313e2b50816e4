//! Values from a record: shown beside what is typed, taken by a tap, and the proposal that goes back.

use e2e::{Page, Setup, State};
use serde_json::Value;

const ADULT: &str = include_str!("../../fhir/adult.json");

/// Cycle 1, day 1 on 23 November 2026 by the US label, with the record read.
async fn with_record(setup: Setup) -> Page {
    let page = setup.open().await;
    page.expect_state(State::Running).await;
    page.say_first_visit().await;
    page.go("#visit").await;
    page.press("Take values from the record").await;
    page.js_with("document.getElementById('record-in').value = arguments[0]", vec![ADULT.into()]).await;
    let loaded = || page.server.requests().iter().any(|request| request.contains("api/"));
    assert!(!loaded(), "what reads a record is loaded before it is used");
    page.press("Read the Bundle").await;
    page.expect_text("18 values found").await;
    assert!(loaded());
    page
}

#[tokio::test]
async fn values_of_a_record_are_taken_one_by_one() {
    let page = with_record(Setup::new()).await;
    page.gallery("record").await;
    // Shown with code, unit, date and age; what is refused says why.
    for words in [
        "LOINC 29463-7, 22 Nov 2026 07:30, 1 day before this visit",
        "Not taken: A newer one is in the record.",
        "Not taken: It was not corrected by Fridericia’s formula, or the record does not say by which.",
    ] {
        page.expect_text(words).await;
    }
    page.go("#patient").await;
    assert_eq!(page.value("Height").await, "", "something was taken without a tap");
    page.fill("Weight", "71").await;
    page.go("#visit").await;
    page.expect_text("Typed is 71 kg. The record has 70 kg.").await;
    for tap in ["Take Height 170 cm", "Replace Weight 70 kg", "Take Birth date", "Take Sex Female"] {
        page.press(tap).await;
    }
    page.expect("dose", "1.456 mg").await;
    page.press("Take Total bilirubin 0.8 mg/dL").await;
    page.press("Take White cells 9.8 10⁹/L").await;
    page.go("#patient").await;
    assert_eq!((page.value("Height").await, page.value("Weight").await), ("170".to_owned(), "70".to_owned()));
    page.go("#dose").await;
    assert_eq!(page.value("Bilirubin, upper limit of normal").await, "1.2");
    assert_eq!(page.value("AST").await, "", "what was not tapped came along");
    // Another visit, other ages.
    page.go("#visit").await;
    page.fill("Date of this visit", "2026-11-27").await;
    page.expect_text("Not taken: It is 5 days old, and 3 days is the most here.").await;
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn every_button_of_a_record_is_large_enough_and_fits_a_phone() {
    let page = with_record(Setup::new().size(320, 640)).await;
    let small = "return [...document.querySelectorAll('.record button:not([hidden]), .record summary, .record label.file-button')]
                 .map(it => it.getBoundingClientRect()).filter(at => at.width < 44 || at.height < 44).length";
    assert_eq!(page.js(small).await, 0);
    let wide = page.js("return document.documentElement.scrollWidth - window.innerWidth").await;
    assert!(wide.as_i64().is_some_and(|pixels| pixels <= 0), "{wide} px too wide");
    page.gallery("record-phone").await;
}

#[tokio::test]
async fn a_dropped_record_is_read_and_a_refused_one_changes_nothing() {
    let page = Setup::new().open().await;
    page.go("#visit").await;
    page.expect_text("Take values from the record").await;
    let drop = async |text: &str| {
        page.js_with(
            "const data = new DataTransfer();
             data.items.add(new File([arguments[0]], 'record.json', {type: 'application/json'}));
             const drop = new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true});
             document.getElementById('record-in').dispatchEvent(drop);",
            vec![text.into()],
        )
        .await;
    };
    drop(&ADULT[..ADULT.len() / 2]).await;
    page.expect_text("it is cut short or damaged").await;
    drop(&ADULT.replacen("\"Patient/", "\"Patient/another-", 1)).await;
    page.expect_text("This Bundle is about more than one patient. Nothing was read.").await;
    assert!(!page.text().await.contains("values found"));
    drop(ADULT).await;
    page.expect_text("18 values found").await;
    assert!(!page.text().await.contains("Muster"), "a name is on the page");
    page.press("Forget this record").await;
    page.wait("the record to be gone", async || !page.text().await.contains("values found")).await;
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_dose_is_proposed_to_the_record() {
    let page = Setup::new().open().await;
    page.go("#summary").await;
    page.expect_text("Not yet. Only a dose that may be given is proposed.").await;
    page.go("#visit").await;
    page.expect_text("Load a course file").await;
    page.hand_over("course-file", include_str!("../../cases/course-ex01.json")).await;
    page.press("Monday 23 November 2026").await;
    page.expect("decision", "Give").await;
    page.js(
        "const make = URL.createObjectURL;
         URL.createObjectURL = blob => { blob.text().then(text => { window.saved = text }); return make.call(URL, blob) };",
    )
    .await;
    page.go("#summary").await;
    page.press("Save the FHIR Bundle").await;
    page.expect_text("The Bundle is saved on this device.").await;
    page.wait("the saved text", async || page.js("return window.saved || ''").await != "").await;
    let saved = page.js("return window.saved").await;
    let bundle: Value = serde_json::from_str(saved.as_str().expect("a text")).expect("JSON");
    let request = &bundle["entry"][0]["resource"];
    assert_eq!(request["intent"], "proposal");
    assert_eq!(request["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"]["value"].to_string(), "1.456");
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

/// What reads a record is kept with the page.
#[tokio::test]
async fn a_page_that_is_kept_reads_a_record_without_a_server() {
    let page = Setup::new().kept().open().await;
    page.expect_text("Kept on this device").await;
    page.wait("the worker to take over", async || page.js("return !!navigator.serviceWorker.controller").await == true)
        .await;
    page.server.stop();
    page.press("Take values from the record").await;
    page.js_with("document.getElementById('record-in').value = arguments[0]", vec![ADULT.into()]).await;
    page.press("Read the Bundle").await;
    page.expect_text("18 values found").await;
}
