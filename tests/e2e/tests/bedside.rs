//! What happens around a walk at the bedside: a reload, a file, a slip of the hand, a screen left alone.

use e2e::{Page, State};
use serde_json::{Value, json};

/// Cycle 1 day 1 on 23 November 2026 by the US label, up to the question in view.
async fn first_visit(page: &Page) {
    page.choose("Cycle", "1").await;
    page.choose("Day", "Day 1").await;
    page.fill("Date of this visit", "2026-11-23").await;
    page.choose("Label", "US label").await;
    page.press("Continue").await;
}

async fn body(page: &Page, height: &str, weight: &str) {
    page.fill("Height", height).await;
    page.fill("Weight", weight).await;
    // Leaving the box is what asks.
    page.js("document.activeElement.blur()").await;
}

async fn reload(page: &Page) {
    page.js("setTimeout(() => location.reload(), 0)").await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    page.expect_state(State::Running).await;
}

/// Everything the browser keeps for this page, by where it keeps it.
async fn stored(page: &Page) -> Value {
    page.js("return [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]").await
}

/// Presses “Save course” and returns what would be written to the disk.
async fn saved(page: &Page) -> String {
    page.js(
        "const make = URL.createObjectURL;
         URL.createObjectURL = blob => { blob.text().then(text => { window.saved = text }); return make.call(URL, blob) };",
    )
    .await;
    page.go("#summary").await;
    page.press("Save course").await;
    page.expect_text("The course file is saved").await;
    page.wait("the saved text", || async { page.js("return window.saved || ''").await != "" }).await;
    page.js("return window.saved").await.as_str().expect("a text").to_owned()
}

/// Hands a file of this text to “Load a course file”.
async fn hand_over(page: &Page, text: &str) {
    page.go("#visit").await;
    page.wait("the file box", || async { page.js("return !!document.getElementById('course-file')").await == true })
        .await;
    page.hand_over("course-file", text).await;
}

#[tokio::test]
async fn a_reload_keeps_what_was_typed_and_a_new_patient_forgets_it() {
    let page = e2e::open().await;
    assert_eq!(stored(&page).await[0], json!([]), "something is kept before anything was asked");
    first_visit(&page).await;
    body(&page, "170", "70").await;
    page.expect("dose", "1.456 mg").await;
    page.fill("Height", "1,7o").await;
    reload(&page).await;
    assert_eq!(page.value("Height").await, "1,7o", "an entry that is not understood came back changed");
    assert_eq!(page.value("Weight").await, "70");
    page.fill("Height", "170").await;
    page.expect("dose", "1.456 mg").await;
    assert_eq!(stored(&page).await, json!([[], ["inotuzumab-case"], ""]));

    page.press("New patient").await;
    page.press("Clear and start again").await;
    reload(&page).await;
    page.go("#patient").await;
    assert_eq!(page.value("Height").await, "");
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_course_is_saved_and_loaded_and_a_bad_file_changes_nothing() {
    let page = e2e::open().await;
    first_visit(&page).await;
    body(&page, "170", "70").await;
    let file = saved(&page).await;

    page.go("#patient").await;
    body(&page, "180", "90").await;
    page.expect("bsa", "2.12 m²").await;
    for (text, words) in [
        (file.replace("\"value\": 70", "\"value\": 71"), "changed or damaged"),
        (file.replace("\"version\": 1", "\"version\": 2"), "newer version"),
        ("{\"name\": \"somebody\"}".to_owned(), "not a course file"),
    ] {
        hand_over(&page, &text).await;
        page.expect_text(words).await;
        page.expect("bsa", "2.12 m²").await;
    }

    hand_over(&page, &file).await;
    page.expect_text("Loading the file replaces what is typed now").await;
    page.expect("bsa", "2.12 m²").await;
    page.press("Load the file").await;
    page.expect_text("The file is of Monday 23 November 2026. Which day is this visit?").await;
    assert!(!page.shows("dose").await, "a dose stands there before the day of the visit is known");
    page.press("Monday 23 November 2026").await;
    page.expect("bsa", "1.82 m²").await;
    page.expect("dose", "1.456 mg").await;
    page.go("#patient").await;
    assert_eq!((page.value("Height").await, page.value("Weight").await), ("170".to_owned(), "70".to_owned()));
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_screen_left_alone_is_hidden_and_then_cleared() {
    let page = e2e::open().await;
    first_visit(&page).await;
    body(&page, "170", "70").await;
    page.expect("dose", "1.456 mg").await;
    let later = |minutes: u32| format!("const then = Date.now(); Date.now = () => then + {minutes} * 60000");

    page.js(&later(16)).await;
    page.expect_text("Nobody has touched this screen for 15 minutes").await;
    assert!(!page.text().await.contains("1.456"), "a hidden screen shows a dose");
    page.gallery("hidden").await;
    page.press("Show the page again").await;
    page.expect("dose", "1.456 mg").await;

    page.js(&later(61)).await;
    page.expect_text("The patient’s answers are cleared").await;
    page.press("Start again").await;
    page.go("#patient").await;
    assert_eq!(page.value("Height").await, "");
    reload(&page).await;
    page.go("#patient").await;
    assert_eq!(page.value("Height").await, "", "what was cleared came back");
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_slip_between_height_and_weight_is_asked_in_place() {
    let page = e2e::open().await;
    first_visit(&page).await;
    body(&page, "180", "154").await;
    page.expect_text("154 kg at 180 cm is very much. Is that right?").await;
    assert!(!page.shows("dose").await, "a dose rests on a weight that is being asked about");
    page.gallery("slip").await;
    page.press("154 lb at 180 cm").await;
    page.expect("dose", "1.496 mg").await;
    assert_eq!(page.value("Weight").await, "154", "the box was written over");
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_finding_opens_to_what_would_change_it() {
    let page = e2e::open().await;
    first_visit(&page).await;
    body(&page, "170", "70").await;
    page.go("#cytoreduction").await;
    page.choose("The laboratory reports", "A share of the white cells").await;
    page.fill("White cells", "30").await;
    page.fill("Blasts among them", "95").await;
    page.expect("decision", "Hold").await;
    page.js("document.querySelector('.finding.hold .behind summary').click()").await;
    for words in [
        "White cells 10.52 × 10⁹/L or less",
        "Blasts among them 33.3 % or less",
        "Blasts per mm³: 28,500",
        "Read in the source",
    ] {
        page.expect_text(words).await;
    }
    page.gallery("behind").await;
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn results_of_another_visit_are_not_taken_for_todays() {
    let page = e2e::open().await;
    first_visit(&page).await;
    page.go("#dose").await;
    page.fill("Neutrophils (ANC)", "2.1").await;
    page.go("#visit").await;
    page.choose("Day", "Day 8").await;
    page.fill("Date of this visit", "2026-11-30").await;
    page.go("#dose").await;
    page.expect_text("entered for cycle 1, day 1, on 23 Nov 2026").await;
    page.gallery("whose-results").await;
    page.press("Clear them").await;
    assert_eq!(page.value("Neutrophils (ANC)").await, "");
    assert!(!page.text().await.contains("entered for cycle 1"));
    assert_eq!(page.complaints().await, Vec::<String>::new());
}
