//! Whatever goes wrong, the page says so: faults F1 to F6 and F18. Never a blank page, never a number that nothing stands
//! behind.

use std::fs;
use std::time::Duration;

use e2e::{Fault, Page, Setup, State, key, policy};
use serde_json::json;

/// What every message owes its reader, whatever has happened.
async fn says_what_to_do(page: &Page) {
    let text = page.text().await;
    let build = xtask::stamp::of_page(&e2e::dist()).expect("the page has a build id");
    for words in [
        "Inotuzumab ozogamicin",
        "US label 3/2024",
        "printed label",
        "call the pharmacy",
        "Label table to print",
        &build,
    ] {
        assert!(text.contains(words), "the message does not say “{words}”:\n{text}");
    }
    assert!(shows_no_number(&text), "a message with a dose in it:\n{text}");
}

/// No digit before a clinical unit.
fn shows_no_number(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    !words.windows(2).any(|pair| {
        pair[0].ends_with(|last: char| last.is_ascii_digit())
            && ["mg", "mL", "vial", "m²", "mg/m²"].iter().any(|unit| pair[1].starts_with(unit))
    })
}

async fn refused(page: &Page, because: &str) {
    page.expect_state(State::Refused).await;
    page.expect_text(because).await;
    page.expect_text("Reload the page").await;
    says_what_to_do(page).await;
    is_legible(page).await;
}

/// The way out can be read, whatever the style sheets of the aid have to say about links.
async fn is_legible(page: &Page) {
    let script = "const at = getComputedStyle(document.querySelector('.shell-again'));
                  return at.color !== at.backgroundColor && at.display === 'inline-block'
                    && getComputedStyle(document.querySelector('.shell p')).marginBottom !== '0px'";
    page.wait("the message to be styled", async || page.js(script).await == true).await;
}

/// Milliseconds from the start of the visit to this state.
async fn time_of(page: &Page, state: &str) -> f64 {
    let script = "return performance.getEntriesByName('aid-' + arguments[0])[0]?.startTime ?? -1";
    page.js_with(script, vec![json!(state)]).await.as_f64().unwrap_or(-1.0)
}

// ------------------------------------------------------------------------------------------------------- nothing wrong

#[tokio::test]
async fn starts_under_the_strict_policy_without_a_complaint() {
    let page = e2e::open().await;
    assert_eq!(page.complaints().await, Vec::<String>::new());
    let stamp = page.js("return document.querySelector('meta[name=build]').content").await;
    assert_eq!(stamp, json!(xtask::stamp::of_page(&e2e::dist())));
    let title = page.client.title().await.expect("the page has a title");
    assert!(title.contains("Inotuzumab ozogamicin"), "{title}");
}

#[tokio::test]
async fn starts_under_a_path_of_its_own_with_a_query() {
    let page = Setup::new().under("/hospital/ward 7/aid/").at("?from=intranet").open().await;
    page.expect_state(State::Running).await;
    let elsewhere: Vec<String> =
        page.server.requests().into_iter().filter(|path| !path.starts_with("/hospital/")).collect();
    assert_eq!(elsewhere, Vec::<String>::new());
}

// -------------------------------------------------------------------------------------------------------------- F1, F2

#[tokio::test]
async fn f1_without_webassembly_says_why_within_a_second() {
    let page = Setup::new().without_wasm().open().await;
    refused(&page, "WebAssembly switched off").await;
    let time = time_of(&page, "refused").await;
    assert!((0.0..1000.0).contains(&time), "said so after {time} ms");
}

#[tokio::test]
async fn f2_forbidden_webassembly_says_why_within_a_second() {
    let policy = policy::CONTENT_SECURITY.replace(" 'wasm-unsafe-eval'", "");
    let page = Setup::new().policy(&policy).open().await;
    refused(&page, "forbids WebAssembly").await;
    let time = time_of(&page, "refused").await;
    assert!((0.0..1000.0).contains(&time), "said so after {time} ms");
}

// ------------------------------------------------------------------------------------------------------------------ F3

#[tokio::test]
async fn f3_without_scripts_the_page_says_so() {
    let page = Setup::new().without_scripts().open().await;
    page.expect_text("Scripts are switched off in this browser").await;
    says_what_to_do(&page).await;
    assert!(!page.text().await.contains("Loading"), "nothing is loading");
    page.picture("f3-without-scripts").await;
}

#[tokio::test]
async fn f3_scripts_forbidden_by_policy_leave_the_first_screen() {
    let policy = policy::CONTENT_SECURITY.replace("script-src 'self' 'wasm-unsafe-eval'", "script-src 'none'");
    let page = Setup::new().policy(&policy).open().await;
    says_what_to_do(&page).await;
    assert_eq!(page.state().await, State::Static);
    ten_seconds_later(&page).await;
}

/// The first screen offers another try, by itself.
async fn ten_seconds_later(page: &Page) {
    let offer = async || page.shows("late").await;
    assert!(!offer().await, "offers another try before it is due");
    page.wait_for(Duration::from_secs(15), "the offer to try again", offer).await;
    page.expect_text("Try again").await;
}

// ------------------------------------------------------------------------------------------------------------------ F4

#[tokio::test]
async fn f4_a_part_that_does_not_come_is_named() {
    let setup = Setup::new();
    let page = setup.clone().open().await;
    for part in ["_bg.wasm", "inotuzumab.js"] {
        let faults = [
            (Fault::Status(404), "The server answered 404"),
            (Fault::Status(500), "The server answered 500"),
            (Fault::Html, "a web page in place of"),
            (Fault::Cut(50), "arrived damaged, cut short"),
            (Fault::Cut(0), "arrived damaged, cut short"),
            (Fault::Break(50), "arrived damaged, cut short"),
            (Fault::FlipBit(40_000), "arrived damaged, cut short"),
        ];
        for (fault, because) in faults {
            let mut site = setup.site();
            site.faults.push((name_of(part), fault));
            page.serve(site).await;
            refused(&page, because).await;
        }
    }
    page.gallery("f4-refused").await;
    page.server.serve(setup.site());
    page.press("Reload the page").await;
    page.expect_state(State::Running).await;
}

/// The ending of the file's name: the glue's begins with the name of the aid, which the ending `.js` alone would not tell
/// from boot.js.
fn name_of(part: &str) -> String {
    let glue = part == "inotuzumab.js";
    // The engine for scripts has a wasm of its own.
    name_that(|name| name.starts_with("inotuzumab-") && name.ends_with(if glue { ".js" } else { part }))
}

fn name_that(fits: impl Fn(&str) -> bool) -> String {
    let names = xtask::stamp::files_under(&e2e::dist()).into_iter();
    let mut names = names.filter_map(|file| Some(file.file_name()?.to_str()?.to_owned()));
    names.find(|name| fits(name)).expect("the file is in dist/")
}

#[tokio::test]
async fn f4_another_media_type_for_the_wasm_still_works() {
    for mime in ["application/octet-stream", "text/plain"] {
        let page = Setup::new().fault(".wasm", Fault::Mime(mime)).open().await;
        page.expect_state(State::Running).await;
    }
}

/// Without the hash, 21 of 60 such modules run on, and compute something.
#[tokio::test]
async fn f4_no_flipped_bit_ever_runs() {
    let setup = Setup::new();
    let page = setup.clone().open().await;
    for trial in 0..60 {
        let mut site = setup.site();
        // Spread over the whole file, and over the bits of a byte.
        site.faults.push((".wasm".to_owned(), Fault::FlipBit(trial * 15_013 + trial % 8)));
        page.serve(site).await;
        page.wait("an answer", async || !matches!(page.state().await, State::Static | State::Loading)).await;
        assert_eq!(page.state().await, State::Refused, "trial {trial} ran");
    }
}

/// boot.js itself is damaged: its hash keeps it from running, and the first screen stands alone.
#[tokio::test]
async fn f4_a_damaged_boot_script_leaves_the_first_screen() {
    let boot = name_that(|name| name.starts_with("boot-"));
    let page = Setup::new().fault(&boot, Fault::FlipBit(80)).open().await;
    says_what_to_do(&page).await;
    ten_seconds_later(&page).await;
    assert_eq!(page.state().await, State::Static);
}

// ------------------------------------------------------------------------------------------------------------------ F5

#[tokio::test]
async fn f5_parts_of_two_builds_are_refused() {
    let glue = name_of("inotuzumab.js");
    let mut other = fs::read(e2e::dist().join(&glue)).expect("the glue can be read");
    other.extend_from_slice(b"\n// of another build\n");
    let page = Setup::new().fault(&glue, Fault::Replace(other)).open().await;
    refused(&page, "from another build").await;

    // The smallest wasm that is one, but not ours.
    let empty = vec![0, 97, 115, 109, 1, 0, 0, 0];
    let page = Setup::new().fault(".wasm", Fault::Replace(empty)).open().await;
    refused(&page, "from another build").await;
}

// ------------------------------------------------------------------------------------------------------------------ F6

#[tokio::test]
async fn f6_a_network_that_stalls_is_shown_and_can_be_tried_again() {
    let setup = Setup::new();
    let page = setup.clone().fault(".wasm", Fault::Stall(50)).open().await;
    page.expect_state(State::Loading).await;
    page.expect_text("Loading").await;
    ten_seconds_later(&page).await;
    says_what_to_do(&page).await;
    page.gallery("f6-stalled").await;
    page.server.serve(setup.site());
    page.press("Try again").await;
    page.expect_state(State::Running).await;
}

/// The first screen asks the first step's questions in plain HTML; the aid goes on from the answers, and from the focus.
#[tokio::test]
async fn what_is_answered_while_the_aid_loads_is_still_there_when_it_comes() {
    let late = Setup::new().fault(".wasm", Fault::Late(Duration::from_secs(6)));
    let page = late.clone().open().await;
    page.wait("the clock's day", async || {
        page.js("return document.getElementById('visit-date').value !== ''").await == true
    })
    .await;
    page.gallery("first-screen").await;
    page.choose("Cycle", "2").await;
    page.choose("Day", "Day 8").await;
    page.choose("Label", "EU label").await;
    page.fill("Date of this visit", "24 Nov 2026").await;
    page.expect_state(State::Loading).await;
    page.expect_state(State::Running).await;
    let chosen = "return [...document.querySelectorAll('input:checked')].map(box => `${box.name} ${box.value}`).sort()";
    page.wait("the answers", async || page.js(chosen).await == json!(["cycle 2", "day 8", "label eu"])).await;
    assert_eq!(page.value("Date of this visit").await, "24 Nov 2026");
    assert_eq!(page.js("return document.activeElement.id").await, "visit-date");
    page.expect("visit", "Tue 24 Nov · cycle 2, day 8").await;
    assert_eq!(page.complaints().await, Vec::<String>::new());

    // What the tab kept comes back, and the first screen asks nothing that it knows.
    let reload = async || {
        page.server.serve(late.site());
        page.goto(&page.server.url()).await;
        page.expect_state(State::Loading).await;
    };
    reload().await;
    assert_eq!(page.js("return document.querySelectorAll('form').length").await, json!(0));
    page.expect_state(State::Running).await;
    page.expect("visit", "Tue 24 Nov · cycle 2, day 8").await;
}

#[tokio::test]
async fn f6_a_style_sheet_that_stalls_or_is_damaged_does_not_blank_the_page() {
    let one = name_that(|name| name.starts_with("tokens-"));
    for (sheets, fault) in
        [(one.as_str(), Fault::Stall(50)), (".css", Fault::Status(404)), (".css", Fault::FlipBit(100))]
    {
        let page = Setup::new().fault(sheets, fault).open().await;
        page.expect_text("Inotuzumab ozogamicin").await;
        page.expect_state(State::Running).await;
    }
}

/// Together they may hold every connection that the browser opens, and nothing else gets through.
#[tokio::test]
async fn f6_style_sheets_that_all_stall_leave_the_first_screen() {
    let page = Setup::new().fault(".css", Fault::Stall(50)).open().await;
    page.expect_text("Inotuzumab ozogamicin").await;
    let on = async || page.state().await == State::Running || page.shows("late").await;
    page.wait_for(Duration::from_secs(15), "the aid, or the offer to try again", on).await;
}

// ----------------------------------------------------------------------------------------------------------------- F18

async fn stopped(page: &Page) {
    page.expect_state(State::Stopped).await;
    page.expect_text("The aid has stopped").await;
    says_what_to_do(page).await;
    is_legible(page).await;
    let left = page.js("return document.querySelectorAll('[data-testid=app], input, button, #aid').length").await;
    assert_eq!(left, json!(0), "something of the aid is still there");
}

#[tokio::test]
async fn f18_a_panic_replaces_the_page() {
    let page = e2e::open().await;
    page.go("#panic-test").await;
    stopped(&page).await;
    page.gallery("f18-stopped").await;
    page.goto(&page.server.url()).await;
    page.expect_state(State::Running).await;
}

#[tokio::test]
async fn f18_a_panic_at_the_start_replaces_the_page_and_reload_starts_afresh() {
    let page = Setup::new().at("#panic-test").open().await;
    stopped(&page).await;
    page.press("Reload the page").await;
    page.expect_state(State::Running).await;
}

/// A fault of the wasm that no panic announces: stack, memory, unreachable. The event is as the browser sends it.
#[tokio::test]
async fn f18_a_trap_replaces_the_page() {
    let trap = "new window.WebAssembly.RuntimeError('unreachable')";
    for event in [
        format!("new ErrorEvent('error', {{error: {trap}}})"),
        format!("new PromiseRejectionEvent('unhandledrejection', {{promise: Promise.resolve(), reason: {trap}}})"),
    ] {
        let page = e2e::open().await;
        page.js(&format!("window.dispatchEvent({event})")).await;
        stopped(&page).await;
    }
}

/// The fault of an add-on in the browser is not the aid's.
#[tokio::test]
async fn f18_a_foreign_fault_changes_nothing() {
    let page = e2e::open().await;
    for error in ["new TypeError('add-on')", "null"] {
        page.js(&format!("window.dispatchEvent(new ErrorEvent('error', {{error: {error}}}))")).await;
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(page.state().await, State::Running);
}

#[tokio::test]
async fn f18_after_a_panic_no_click_and_no_key_reaches_the_program() {
    let page = e2e::open().await;
    // Stands in for a listener of the program, on what is left of the page and on the window itself.
    page.js("window.reached = [];
         for (const type of ['click', 'pointerdown', 'keydown', 'input', 'hashchange', 'resize'])
           for (const target of [window, document, document.documentElement])
             target.addEventListener(type, (event) => window.reached.push(event.type));")
        .await;
    page.go("#first").await;
    page.wait("the listeners to work", async || page.js("return window.reached.length").await != json!(0)).await;
    page.go("#panic-test").await;
    stopped(&page).await;
    page.js("window.reached.length = 0").await;
    let text = page.text().await;
    page.js("document.querySelector('h1').click()").await;
    page.key(key::TAB).await;
    page.key("7").await;
    page.go("#second").await;
    page.size(700, 700).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(page.js("return window.reached").await, json!([]));
    assert_eq!(page.text().await, text);
    assert_eq!(page.state().await, State::Stopped);
}

/// What every message points to is there, holds no script, and says the label's numbers.
#[tokio::test]
async fn the_label_table_opens() {
    let page = e2e::open().await;
    page.goto(&format!("{}label.html", page.server.url())).await;
    page.expect_text("Dose level by day of the cycle").await;
    let text = page.text().await;
    for words in ["0.8 mg/m2", "total of 50 mL", "Back to the aid"] {
        assert!(text.contains(words), "the label table does not say “{words}”:\n{text}");
    }
    assert_eq!(page.js("return document.scripts.length").await, json!(0));
}
