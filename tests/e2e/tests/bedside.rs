//! What happens around a walk at the bedside: a reload, a file, a slip of the hand, a screen left alone.

use e2e::Page;
use serde_json::{Value, json};

async fn body(page: &Page, height: &str, weight: &str) {
    page.fill("Height", height).await;
    page.fill("Weight", weight).await;
    // Leaving the box is what asks.
    page.js("document.activeElement.blur()").await;
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
    page.say_first_visit().await;
    body(&page, "170", "70").await;
    page.expect("dose", "1.456 mg").await;
    page.fill("Height", "1,7o").await;
    page.reload().await;
    assert_eq!(page.value("Height").await, "1,7o", "an entry that is not understood came back changed");
    assert_eq!(page.value("Weight").await, "70");
    page.fill("Height", "170").await;
    page.expect("dose", "1.456 mg").await;
    assert_eq!(stored(&page).await, json!([[], ["inotuzumab-case"], ""]));

    page.press("New patient").await;
    page.press("Clear and start again").await;
    page.reload().await;
    page.go("#patient").await;
    assert_eq!(page.value("Height").await, "");
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_course_is_saved_and_loaded_and_a_bad_file_changes_nothing() {
    let page = e2e::open().await;
    page.say_first_visit().await;
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

/// What no file can know is asked: a week after day 1 its dose goes on record only when somebody says that it was given.
#[tokio::test]
async fn a_file_of_last_week_asks_whether_its_dose_was_given() {
    let page = e2e::open().await;
    page.choose("Cycle", "1").await;
    page.choose("Day", "Day 1").await;
    page.fill("Date of this visit", "2026-11-15").await;
    page.choose("Label", "US label").await;
    page.press("Continue").await;
    body(&page, "170", "70").await;
    page.go("#dose").await;
    page.fill("Neutrophils (ANC)", "1.5").await;
    let file = saved(&page).await;
    page.press("New patient").await;
    page.press("Clear and start again").await;

    hand_over(&page, &file).await;
    page.press("Today, Sunday 22 November 2026").await;
    page.wait("the focus on what is asked next", async || {
        page.js("return document.activeElement.id").await == "between-visits"
    })
    .await;
    page.expect_text("Was the dose of cycle 1, day 1 given on Sunday 15 November 2026?").await;
    page.gallery("dose-given").await;
    page.press("Yes").await;
    page.expect_text("entered for cycle 1, day 1, on 15 Nov 2026").await;
    page.press("Clear them").await;
    page.choose("Cycle", "1").await;
    page.choose("Day", "Day 8").await;
    page.go("#course").await;
    page.expect_text("What has been given so far").await;
    assert_eq!(page.value("Cycle 1, Day 1").await, "2026-11-15");
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

/// Drops files of these texts, and this text, in the middle of the page. Whether the page keeps the browser from opening them.
async fn dropped(page: &Page, files: &[&str], text: &str) -> bool {
    let script = "const carried = new DataTransfer();
        for (const text of arguments[0]) carried.items.add(new File([text], 'course.json', {type: 'application/json'}));
        if (arguments[1]) carried.setData('text/plain', arguments[1]);
        const drop = new DragEvent('drop', {dataTransfer: carried, bubbles: true, cancelable: true});
        return !document.getElementById('question').dispatchEvent(drop)";
    page.js_with(script, vec![json!(files), json!(text)]).await == true
}

#[tokio::test]
async fn a_course_file_is_dropped_and_whatever_else_is_dropped_changes_nothing() {
    let page = e2e::open().await;
    page.say_first_visit().await;
    body(&page, "170", "70").await;
    let file = saved(&page).await;
    page.go("#patient").await;
    body(&page, "180", "90").await;
    page.expect("bsa", "2.12 m²").await;
    assert!(dropped(&page, &[&file], "").await, "on another step the browser leaves the page for the file");
    page.expect("bsa", "2.12 m²").await;

    page.go("#visit").await;
    page.expect_text("Load a course file").await;
    let damaged = file.replace("\"value\": 70", "\"value\": 71");
    for (files, text, words) in [
        (&[damaged.as_str()][..], "", "changed or damaged"),
        (&[&file[..file.len() / 2]], "", "cut short"),
        (&[&file, &file], "", "More than one file was dropped"),
        (&[], "170 cm", "What was dropped is no file"),
        (&["a picture"], "", "not a course file"),
    ] {
        assert!(dropped(&page, files, text).await, "{words}: the browser leaves the page");
        page.expect_text(words).await;
        page.expect("bsa", "2.12 m²").await;
        assert!(!page.text().await.contains("Loading the file replaces"), "{words}");
    }
    assert!(dropped(&page, &[&file], "").await);
    page.expect_text("Loading the file replaces what is typed now").await;
    assert!(!page.text().await.contains("not a course file"), "what was refused before is still said");
    page.press("Load the file").await;
    page.press("Monday 23 November 2026").await;
    page.expect("bsa", "1.82 m²").await;
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

/// A share sheet that writes down what it is asked for and answers as `window.answer` does; and a recorder of downloads.
const SHEET: &str = "
    window.shared = []; window.downloads = [];
    const make = URL.createObjectURL;
    URL.createObjectURL = blob => { blob.text().then(text => window.downloads.push(text)); return make.call(URL, blob) };
    const sheet = {
        canShare: data => data.files?.length === 1 && Object.keys(data).length === 1,
        // A promise of the window: some drivers run this beside it, with promises of their own.
        share: data => new window.Promise((done, failed) => opened(data).then(done, failed)),
    };
    const opened = async data => {
        const [file] = data.files;
        window.shared.push([data.files.length, file.name, file.type, await file.text(), navigator.userActivation.isActive]);
        if (window.answer) throw new window.DOMException('no', window.answer);
    };
    for (const name in sheet) Object.defineProperty(navigator, name, {value: sheet[name], configurable: true});";

#[tokio::test]
async fn the_share_sheet_gets_one_file_and_what_it_refuses_is_saved_instead() {
    let page = e2e::open().await;
    page.say_first_visit().await;
    body(&page, "170", "70").await;
    page.go("#summary").await;
    page.expect_text("Save course").await;
    let offered = page.text().await.contains("Share course");
    assert_eq!(offered, page.js("return !!navigator.canShare").await == true, "a sheet is offered where there is none");

    page.go("#patient").await;
    page.expect_text("Height").await;
    page.js(SHEET).await;
    page.go("#summary").await;
    let share = async |count: u64| {
        page.press("Share course").await;
        page.wait("the sheet", || async { page.js("return window.shared.length").await == count }).await;
    };
    share(1).await;
    let shared = page.js("return window.shared[0]").await;
    let expected = json!([1, "inotuzumab-cycle-1-day-1-2026-11-23.json", "application/json"]);
    assert_eq!(json!(shared.as_array().expect("what was shared")[..3]), expected);
    let text = shared[3].as_str().expect("a text");
    let file: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!((&file["kind"], &file["case"]["patient"]["weight"]["value"]), (&json!("inotuzumab-course"), &json!(70)));
    assert_eq!(shared[4], true, "asked for too late, a sheet does not open");

    // Closed by the user: that is no error, and no file is written behind their back.
    page.js("window.answer = 'AbortError'").await;
    share(2).await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(page.js("return window.downloads").await, json!([]));
    let said = page.text().await;
    assert!(!said.contains("share sheet") && !said.contains("is saved"), "{said}");

    page.js("window.answer = 'NotAllowedError'").await;
    share(3).await;
    page.expect_text("The share sheet did not open. The course file is saved on this device instead.").await;
    page.wait("the download", || async { page.js("return window.downloads.length").await == 1 }).await;
    assert_eq!(page.js("return window.downloads[0]").await, text);
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_screen_left_alone_is_hidden_and_then_cleared() {
    let page = e2e::open().await;
    page.say_first_visit().await;
    body(&page, "170", "70").await;
    page.expect("dose", "1.456 mg").await;
    let later =
        |minutes: u32| format!("const then = window.Date.now(); window.Date.now = () => then + {minutes} * 60000");

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
    page.reload().await;
    page.go("#patient").await;
    assert_eq!(page.value("Height").await, "", "what was cleared came back");
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_slip_between_height_and_weight_is_asked_in_place() {
    let page = e2e::open().await;
    page.say_first_visit().await;
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
    page.say_first_visit().await;
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

/// AST and ALT both above their limit: bilirubin, raised, would only lead from the one rule to the other and back.
#[tokio::test]
async fn the_way_out_of_two_high_values_is_found_and_ends() {
    let page = e2e::open().await;
    page.hand_over("course-file", include_str!("../../cases/sheet-adult.json")).await;
    page.press("Monday 23 November 2026").await;
    page.go("#dose").await;
    page.fill("AST", "500").await;
    page.fill("ALT", "500").await;
    page.expect("decision", "Hold").await;
    page.js("document.querySelector('.finding.hold .behind summary').click()").await;
    page.expect_text("AST 100 U/L or less").await;
    page.expect_text("ALT 100 U/L or less").await;
    page.fill("AST", "30").await;
    page.fill("ALT", "30").await;
    page.expect("dose", "1.456 mg").await;
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn results_of_another_visit_are_not_taken_for_todays() {
    let page = e2e::open().await;
    page.say_first_visit().await;
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

/// What has the focus: the id of the element, or what it is called.
async fn focus(page: &Page) -> String {
    page.js(
        "const at = document.activeElement; return at === document.body ? 'nothing' : at.name || at.id || at.innerText",
    )
    .await
    .as_str()
    .unwrap_or_default()
    .to_owned()
}

async fn expect_focus(page: &Page, wanted: &str, after: &str) {
    for _ in 0..100 {
        if focus(page).await == wanted {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("after {after} the focus is on {}, not on {wanted}", focus(page).await);
}

/// A button that goes away with its question hands the focus on: to the field, or to the heading of the step.
#[tokio::test]
async fn the_focus_goes_on_when_an_answer_takes_its_button_away() {
    let page = e2e::open().await;
    page.fill("Date of this visit", "2026-10-01").await;
    page.js("document.activeElement.blur()").await;
    page.press("Thursday 1 October 2026").await;
    expect_focus(&page, "visit-date", "a question about a day").await;
    page.say_first_visit().await;
    body(&page, "180", "154").await;
    page.press("154 lb at 180 cm").await;
    expect_focus(&page, "weight", "a slip").await;

    page.go("#dose").await;
    page.fill("Neutrophils (ANC)", "1500").await;
    page.js("document.activeElement.blur()").await;
    page.press("Switch to /µL").await;
    expect_focus(&page, "anc", "another unit").await;
    page.fill("Total bilirubin", "15").await;
    page.fill("Bilirubin, upper limit of normal", "1.2").await;
    page.js("document.activeElement.blur()").await;
    page.expect_text("15 mg/dL is very high beside an upper limit of 1.2 mg/dL.").await;
    page.gallery("slip-bilirubin").await;
    page.press("The value is in µmol/L").await;
    expect_focus(&page, "bilirubin-uln", "the wrong unit of a limit").await;
    assert_eq!(
        (page.value("Total bilirubin").await, page.value("Bilirubin, upper").await),
        ("15".into(), String::new())
    );

    page.go("#visit").await;
    page.choose("Day", "Day 8").await;
    page.fill("Date of this visit", "2026-11-30").await;
    page.js("document.activeElement.blur()").await;
    page.press("Monday 30 November 2026").await;
    page.go("#dose").await;
    page.press("They are of this visit").await;
    expect_focus(&page, "question", "whose results").await;
    page.choose("Any sign of VOD or another toxicity since the last dose?", "Yes").await;
    page.gallery("toxicity-asked").await;
    page.press("Remove").await;
    expect_focus(&page, "toxicity-since-last-dose", "the last toxicity").await;

    page.press("New patient").await;
    page.press("Keep this patient").await;
    expect_focus(&page, "New patient", "a dialog dismissed").await;
    let file = saved(&page).await;
    hand_over(&page, &file).await;
    page.press("Keep what is typed").await;
    expect_focus(&page, "course-file", "a file not taken").await;
    hand_over(&page, &file).await;
    page.press("Load the file").await;
    expect_focus(&page, "question", "a file taken").await;
    page.js("const then = window.Date.now(); window.Date.now = () => then + 16 * 60000").await;
    expect_focus(&page, "show-again", "the curtain").await;
    page.press("Show the page again").await;
    expect_focus(&page, "question", "the curtain lifted").await;
    page.press("New patient").await;
    page.press("Clear and start again").await;
    expect_focus(&page, "question", "a new patient").await;
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_answers_to_a_slip_fit_a_phone() {
    let page = e2e::open().await;
    page.say_first_visit().await;
    page.go("#dose").await;
    page.fill("Total bilirubin", "15").await;
    page.fill("Bilirubin, upper limit of normal", "1.2").await;
    page.js("document.activeElement.blur()").await;
    page.expect_text("15 mg/dL is very high beside an upper limit of 1.2 mg/dL.").await;
    page.size(320, 640).await;
    let wide = page.js("return Math.max(document.documentElement.scrollWidth, innerWidth)").await;
    assert_eq!(wide, json!(320), "the answers are wider than a phone");
}

/// A caution is acknowledged where the decision stands, on any step; the summary knows of it.
#[tokio::test]
async fn a_caution_is_acknowledged_beside_the_decision() {
    let page = e2e::open().await;
    page.go("#visit").await;
    page.hand_over("course-file", include_str!("../../cases/course-cycle-3-day-8.json")).await;
    page.press("Monday 25 January 2027").await;
    page.expect("decision", "Give").await;
    page.go("#eligibility").await;
    page.choose("Veno-occlusive disease of the liver (VOD)", "Earlier, mild or moderate, now resolved").await;
    page.choose("Stem cell transplant afterwards", "Undecided").await;
    page.expect("decision", "Give with caution").await;
    page.go("#premedication").await;
    page.expect("decision-detail", "2 cautions to acknowledge").await;
    page.gallery("cautions-in-place").await;
    let tick = "document.querySelector('.plan .seen input:not(:checked)').click()";
    page.js(tick).await;
    page.expect("decision-detail", "1 caution to acknowledge").await;
    page.js(tick).await;
    page.expect("decision", "Give").await;
    page.go("#summary").await;
    page.expect_text("I have seen this caution.").await;
    assert_eq!(page.js("return document.querySelectorAll('.acknowledge input:checked').length").await, json!(2));
    page.js("document.querySelector('.acknowledge input').click()").await;
    page.expect("decision", "Give with caution").await;
}

#[tokio::test]
async fn two_tabs_hold_two_patients_apart() {
    let page = e2e::open().await;
    page.say_first_visit().await;
    body(&page, "170", "70").await;
    page.expect("dose", "1.456 mg").await;
    let first = page.client.window().await.expect("a window");
    let second = page.client.new_window(true).await.expect("a second tab").handle;
    page.client.switch_to_window(second.clone()).await.expect("the second tab");
    page.goto(&page.server.url()).await;
    page.expect_state(e2e::State::Running).await;
    page.go("#patient").await;
    assert_eq!(page.value("Height").await, "", "a second tab begins with the first one's patient");
    page.go("#visit").await;
    // This tab goes by the clock of the machine, which may be any day: the date is typed, and asked.
    page.choose("Cycle", "1").await;
    page.choose("Day", "Day 1").await;
    page.choose("Label", "US label").await;
    page.go("#patient").await;
    body(&page, "150", "50").await;
    page.expect("dose", "1.152 mg").await;

    // Both tabs are loaded anew, and the second goes away and comes back.
    for (tab, height, dose) in [(&first, "170", "1.456 mg"), (&second, "150", "1.152 mg")] {
        page.client.switch_to_window(tab.clone()).await.expect("the tab");
        page.reload().await;
        page.go("#patient").await;
        assert_eq!(page.value("Height").await, height);
        page.expect("dose", dose).await;
    }
    page.leave().await;
    page.back().await;
    page.expect_state(e2e::State::Running).await;
    page.go("#patient").await;
    let height = "return document.getElementById('height')?.value";
    page.wait("the inputs", async || page.js(height).await == "150").await;
    page.expect("dose", "1.152 mg").await;
}
