//! How every step looks and is reached with a whole course in it: pictures for a person to look at, and what a small window,
//! large text, forced colors and a screen reader make of it.

use e2e::page::SIZES;
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
    // A phone zooms out from what is too wide: its window then says that it is wider.
    let too_wide = "return Math.max(document.documentElement.scrollWidth, window.innerWidth) - arguments[0]";
    let widest = "return [...document.querySelectorAll('main *')].filter(part => part.checkVisibility() && !part.closest('.visually-hidden, .table-room')
        && part.getBoundingClientRect().right > arguments[0]).map(part => part.tagName + '.' + part.className + ' ' + part.innerText.slice(0, 30)).slice(-4)";
    for (width, text) in [(320, "100%"), (390, "200%"), (640, "200%"), (1280, "200%")] {
        page.size(width, 900).await;
        page.js(&format!("document.documentElement.style.fontSize = '{text}'")).await;
        for step in STEPS.into_iter().chain(["check"]) {
            page.go(&format!("#{step}")).await;
            unfold(&page).await;
            let wide = page.js_with(too_wide, vec![json!(width)]).await;
            let fits = wide.as_i64().is_some_and(|pixels| pixels <= 0);
            let what = if fits { json!([]) } else { page.js_with(widest, vec![json!(width)]).await };
            assert!(fits, "{step}, {width} px, text {text}: {wide} px too wide, {what}");
        }
        page.picture(&format!("looks-{width}-text-{}", text.trim_end_matches('%'))).await;
    }
}

/// With the user's own colors every sign keeps its shape, and what is chosen still shows.
#[tokio::test]
async fn forced_colors_keep_every_meaning() {
    let page = course(Setup::new()).await;
    page.media(&[("forced-colors", "active")]).await;
    for step in ["visit", "dose", "preparation", "summary", "check"] {
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

/// The pages to read.
const PAGES: [&str; 6] = ["warning", "rules", "evidence", "drug", "sources", "limits"];

/// Goes to a step or a page and waits until its heading is there and the window has come to rest.
async fn at(page: &Page, slug: &str) {
    page.go(&format!("#{slug}")).await;
    page.wait("the heading", async || {
        page.js("return !document.querySelector('main .quiet[role=status]')?.innerText?.startsWith('Loading') && document.activeElement?.id === 'question'").await == true
    })
    .await;
}

/// How many links to the boxed warning stand in the window with nothing on top of them.
const WARNINGS: &str = "return [...document.querySelectorAll('a[href=\"#warning\"]')].filter(link => {
    const box = link.getBoundingClientRect();
    if (!box.width || box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth) return false;
    return link.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
})";

/// At the end of every step and of every page, at every width, the boxed warning is one tap away; on paper it is not.
#[tokio::test]
async fn the_boxed_warning_stays_in_sight_to_the_end_of_every_step_and_page() {
    let page = course(Setup::new()).await;
    for (width, height) in [(320, 640)].into_iter().chain(SIZES) {
        page.size(width, height).await;
        for slug in STEPS.into_iter().rev().chain(PAGES) {
            at(&page, slug).await;
            page.js("window.scrollTo(0, document.documentElement.scrollHeight)").await;
            tokio::time::sleep(std::time::Duration::from_millis(80)).await;
            let count = page.js(&format!("{WARNINGS}.length")).await;
            assert!(count.as_u64().is_some_and(|count| count > 0), "{slug}, {width} px: {count}");
        }
        at(&page, "dose").await;
        page.js("window.scrollTo(0, document.documentElement.scrollHeight)").await;
        page.picture(&format!("looks-warning-{width}")).await;
        page.js(&format!("(() => {{ {WARNINGS} }})().pop().click()")).await;
        page.wait("the boxed warning", async || page.js("return location.hash").await == "#warning").await;
        page.expect_text("What the box at the head").await;
    }
    for slug in ["summary", "rules"] {
        page.cdp("Emulation.setEmulatedMedia", json!({"media": ""})).await;
        at(&page, slug).await;
        page.cdp("Emulation.setEmulatedMedia", json!({"media": "print"})).await;
        assert_eq!(page.js(&format!("{WARNINGS}.length")).await, json!(0), "{slug}, printed");
    }
}

/// What reaches beyond this width, if the page does.
const TOO_WIDE: &str = "const width = arguments[0];
    if (innerWidth <= width && document.documentElement.scrollWidth <= width) return [];
    return [innerWidth, ...[...document.querySelectorAll('body *')].filter(part => part.checkVisibility() && !part.closest('.visually-hidden, .steps ol')
        && part.getBoundingClientRect().right > width + 1).map(part => part.tagName + '.' + part.className + ' ' + (part.innerText ?? '').slice(0, 30)).slice(-12)]";

/// On a phone the bar at the foot is small, and no part of it lies on another, with text twice the size as well.
#[tokio::test]
async fn the_bar_of_a_phone_has_room_for_its_parts() {
    let page = course(Setup::new()).await;
    let crowded = "const bar = document.querySelector('.plan').getBoundingClientRect();
        const parts = [...document.querySelectorAll('.plan > :not(.plan-body)')].filter(part => part.checkVisibility());
        const boxes = parts.map(part => [part.className, part.getBoundingClientRect()]);
        const wrong = [];
        for (const [name, a] of boxes) {
            if (a.left < -1 || a.right > innerWidth + 1 || a.bottom > innerHeight + 1) wrong.push(name + ' is out of the window');
            for (const [other, b] of boxes) if (name < other && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
                wrong.push(name + ' lies on ' + other);
        }
        for (const part of document.querySelectorAll('.plan .band *, .plan .dose *, .plan-opener, .plan-warning')) {
            const box = part.getBoundingClientRect();
            if (part.checkVisibility() && !part.closest('.visually-hidden, svg') && box.right > innerWidth + 1) wrong.push(part.className + ' is cut off');
        }
        if (bar.height > innerHeight * arguments[0]) wrong.push(`the bar takes ${Math.round(bar.height)} of ${innerHeight} px`);
        return wrong";
    for (width, height, text, share) in
        [(390, 844, "100%", 0.25), (320, 640, "100%", 0.36), (390, 844, "200%", 0.4), (320, 640, "200%", 0.5)]
    {
        page.size(width, height).await;
        page.js(&format!("document.documentElement.style.fontSize = '{text}'")).await;
        for (decision, vod) in
            [("Give", "Never"), ("Give with caution", "Earlier, mild or moderate, now resolved"), ("Stop", "Ongoing")]
        {
            page.go("#eligibility").await;
            page.choose("Veno-occlusive disease of the liver (VOD)", vod).await;
            page.expect("decision", decision).await;
            at(&page, "dose").await;
            let wrong = page.js_with(crowded, vec![json!(share)]).await;
            page.picture(&format!("looks-bar-{width}-{}-{}", text.trim_end_matches('%'), decision.replace(' ', "-")))
                .await;
            // A phone zooms out from what is too wide: its window then says that it is wider.
            let wide = page.js_with(TOO_WIDE, vec![json!(width)]).await;
            assert_eq!(wide, json!([]), "{width} px, text {text}, {decision}");
            assert_eq!(wrong, json!([]), "{width} px, text {text}, {decision}");
        }
    }
}

/// A table never has to be pushed sideways on a phone, and is still a table to whoever listens.
#[tokio::test]
async fn tables_fold_on_a_phone_and_stay_tables() {
    let page = course(Setup::new().size(320, 640)).await;
    let pushed = "return [...document.querySelectorAll('main *')].filter(part => part.checkVisibility() && !part.closest('.visually-hidden')
        && ['auto', 'scroll'].includes(getComputedStyle(part).overflowX) && part.scrollWidth > part.clientWidth + 1)
        .map(part => part.className)";
    let cut = "return [...document.querySelectorAll('main table *')].filter(part => part.checkVisibility() && !part.closest('.visually-hidden, svg, thead')
        && part.getBoundingClientRect().right > 321).map(part => part.innerText)";
    for slug in ["course", "dose", "patient", "summary", "evidence", "drug", "rules"] {
        at(&page, slug).await;
        unfold(&page).await;
        page.js("document.querySelectorAll('.course-switch[aria-pressed=false]').forEach(button => button.click())")
            .await;
        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
        assert_eq!(page.js(pushed).await, json!([]), "{slug}");
        assert_eq!(page.js(cut).await, json!([]), "{slug}");
        page.accessible(&format!("{slug}, 320 px")).await;
    }
    at(&page, "course").await;
    page.js("document.querySelectorAll('.course-switch[aria-pressed=false]').forEach(button => button.click())").await;
    page.expect_text("Next dose from").await;
    let tree = page.cdp("Accessibility.getFullAXTree", json!({})).await;
    let roles: Vec<&str> =
        tree["nodes"].as_array().into_iter().flatten().filter_map(|node| node["role"]["value"].as_str()).collect();
    for role in ["table", "row", "rowheader", "columnheader", "cell"] {
        assert!(roles.contains(&role), "no {role} in {roles:?}");
    }
    page.js("document.querySelector('.course-table').scrollIntoView()").await;
    page.gallery("course-table").await;
}

/// What is asked stands before what comes of it.
#[tokio::test]
async fn the_dose_step_asks_before_it_draws() {
    let page = course(Setup::new()).await;
    at(&page, "dose").await;
    let order = "const top = css => document.querySelector('main ' + css).getBoundingClientRect().top;
        return top('#toxicity-since-last-dose') < top('#anc') && top('#alt') < top('.schedule') && top('.schedule') < top('.course-picture')";
    assert_eq!(page.js(order).await, json!(true));
    page.gallery("dose-asks-first").await;
}

/// The sign of a dose that is left out is no other's.
#[tokio::test]
async fn a_dose_left_out_has_its_own_sign() {
    let page = course(Setup::new()).await;
    let sign = "return document.querySelector('.band .icon path').getAttribute('d')";
    let give = page.js(sign).await;
    page.go("#dose").await;
    page.choose("Was this dose held for a toxicity?", "Yes").await;
    page.fill("It was planned for", "2027-01-15").await;
    page.fill("Fit to be dosed on", "2027-01-25").await;
    page.expect("decision", "Incomplete").await;
    page.press("Friday 15 January 2027 is right").await;
    page.expect("decision", "Leave this dose out").await;
    let omit = page.js(sign).await;
    assert_ne!(omit, give);
    page.gallery("left-out").await;
    page.fill("Total bilirubin", "2.1").await;
    page.choose("Was this dose held for a toxicity?", "No").await;
    page.expect("decision", "Hold").await;
    assert_ne!(page.js(sign).await, omit);
}
