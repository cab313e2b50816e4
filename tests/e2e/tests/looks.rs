//! How every step looks and is reached with a whole course in it: pictures for a person to look at, and what a small window,
//! large text, forced colours and a screen reader make of it.

use e2e::{Page, STEPS, Setup, State};
use serde_json::json;

/// Cycle 3 day 8 of a returning patient, from a course file that is kept beside the cases.
async fn course(setup: Setup) -> Page {
    let page = setup.open().await;
    page.expect_state(State::Running).await;
    page.go("#visit").await;
    let file = include_str!("../../cases/course-cycle-3-day-8.json");
    page.hand_over("course-file", file).await;
    page.expect_text("Which day is this visit?").await;
    page.press("Monday 25 January 2027").await;
    page.expect("decision", "Give").await;
    page.expect("dose", "0.91 mg").await;
    page
}

/// The whole page at once: every folded part is opened.
async fn unfold(page: &Page) {
    page.js("document.querySelectorAll('main details').forEach(part => part.open = true)").await;
}

#[tokio::test]
async fn every_step_in_pictures() {
    let page = course(Setup::new()).await;
    for (number, step) in (1..).zip(STEPS) {
        page.go(&format!("#{step}")).await;
        page.gallery(&format!("step-{number:02}-{step}")).await;
    }
    page.print("step-sheet").await;
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn nothing_is_cut_off_in_a_small_window_or_with_text_twice_the_size() {
    let page = course(Setup::new().size(320, 640)).await;
    let too_wide = "return document.documentElement.scrollWidth - window.innerWidth";
    let widest = "return [...document.querySelectorAll('main *')].filter(part => part.checkVisibility() && !part.closest('.visually-hidden, .table-room')
        && part.getBoundingClientRect().right > window.innerWidth).map(part => part.tagName + '.' + part.className + ' ' + part.innerText.slice(0, 30)).slice(-4)";
    for (width, text) in [(320, "100%"), (640, "200%"), (1280, "200%")] {
        page.size(width, 900).await;
        page.js(&format!("document.documentElement.style.fontSize = '{text}'")).await;
        for step in STEPS {
            page.go(&format!("#{step}")).await;
            unfold(&page).await;
            let wide = page.js(too_wide).await;
            let fits = wide.as_i64().is_some_and(|pixels| pixels <= 0);
            let what = if fits { json!([]) } else { page.js(widest).await };
            assert!(fits, "{step}, {width} px, text {text}: {wide} px too wide, {what}");
        }
        page.picture(&format!("looks-{width}-text-{}", text.trim_end_matches('%'))).await;
    }
}

/// With the user's own colours every sign keeps its shape, and what is chosen still shows.
#[tokio::test]
async fn forced_colours_keep_every_meaning() {
    let page = course(Setup::new()).await;
    page.media(&[("forced-colors", "active")]).await;
    for step in ["visit", "dose", "preparation", "summary"] {
        page.go(&format!("#{step}")).await;
        page.picture(&format!("looks-forced-{step}")).await;
        let unseen = page
            .js("return [...document.querySelectorAll('main input:checked, .icon')].filter(one => one.checkVisibility())
                 .filter(one => { const box = one.getBoundingClientRect(); return !box.width || !box.height }).length")
            .await;
        assert_eq!(unseen, json!(0), "{step}");
    }
}

/// The heading of a step takes the focus, and a change of the decision is said once it has settled.
#[tokio::test]
async fn the_decision_is_said_aloud_and_each_step_begins_at_its_heading() {
    let page = course(Setup::new()).await;
    // From the last to the first: the course was loaded at the first, and an address that stays moves no focus.
    for step in STEPS.into_iter().rev() {
        page.go(&format!("#{step}")).await;
        page.wait("the focus on the heading", || async {
            page.js("return document.activeElement === document.querySelector('main h1')").await == true
        })
        .await;
    }
    page.go("#dose").await;
    page.fill("Total bilirubin", "2.1").await;
    page.expect("decision", "Hold").await;
    let said = "return [...document.querySelectorAll('.visually-hidden [role=status]')].map(voice => voice.innerText).join(' ')";
    page.wait("the decision said aloud", || async {
        page.js(said).await.as_str().is_some_and(|words| words.contains("Hold"))
    })
    .await;
}
