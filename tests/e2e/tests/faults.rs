//! Faults that no other file of tests injects; `cargo xtask faults` says which test stands for which (`xtask/src/faults.rs`).

use std::time::Duration;

use e2e::{Page, Setup, State, key};
use serde_json::{Value, json};

/// What two weights come to, written down by hand.
const OTHER_WEIGHT: (&str, &str) = ("71", "1.464 mg");

async fn another_weight(page: &Page) {
    page.go("#patient").await;
    page.fill("Weight", OTHER_WEIGHT.0).await;
    page.expect("dose", OTHER_WEIGHT.1).await;
}

// ----------------------------------------------------------------------------------------------------------- F11 to F17

const NEVER_KEPT: &str = "Not available without a network: this browser, window or server does not allow it.";

#[tokio::test]
async fn f11_without_a_worker_the_aid_works_and_says_that_it_needs_a_network() {
    let page = e2e::open().await;
    page.expect("kept", NEVER_KEPT).await;
    page.to_a_dose().await;
}

#[tokio::test]
async fn f11_a_private_window_works_and_says_whether_it_keeps_the_aid() {
    let page = Setup::new().private().kept().open().await;
    page.expect_state(State::Running).await;
    page.wait("a word on it", async || !page.read("kept").await.is_empty()).await;
    page.to_a_dose().await;
}

const UNSAVED: &str = "This browser keeps nothing: a reload of the page loses what is typed.";

#[tokio::test]
async fn f12_where_storage_is_blocked_the_aid_works_and_says_once_that_it_keeps_nothing() {
    let page = Setup::new().without_storage().kept().open().await;
    page.expect_state(State::Running).await;
    let blocked = "try { sessionStorage.length; return false } catch { return true }";
    assert_eq!(page.js(blocked).await, json!(true), "this browser lets the page store");
    page.expect("memory", UNSAVED).await;
    page.to_a_dose().await;
    assert_eq!(page.text().await.matches(UNSAVED).count(), 1);
    page.reload().await;
    assert!(!page.shows("dose").await, "a dose without an entry");
}

#[tokio::test]
async fn f13_a_full_store_is_said_and_changes_no_number() {
    let page = e2e::open().await;
    page.say_first_visit().await;
    assert!(!page.shows("memory").await);
    let fill = "let size = 1 << 22, count = 0;
        while (size) try { sessionStorage.setItem('full' + count++, 'x'.repeat(size)) } catch { size >>= 1 }
        return count";
    assert_ne!(page.js(fill).await, Value::Null);
    page.fill("Height", "170").await;
    page.fill("Weight", "70").await;
    page.expect("dose", "1.456 mg").await;
    page.expect("memory", UNSAVED).await;
    page.js(
        "for (const key of Object.keys(sessionStorage)) if (key.startsWith('full')) sessionStorage.removeItem(key)",
    )
    .await;
    another_weight(&page).await;
    page.wait("the sentence to go", async || !page.shows("memory").await).await;
}

/// Every single byte is tried natively; here is what the page makes of it.
#[tokio::test]
async fn f14_an_entry_that_was_damaged_is_refused_whole_and_said() {
    let page = e2e::open().await;
    page.to_a_dose().await;
    let good = page.js("return sessionStorage['inotuzumab-case']").await;
    let good = good.as_str().expect("what is kept").to_owned();
    let at = good.find("170").expect("the height");
    for bad in [
        good[..good.len() / 2].to_owned(),
        format!("{}180{}", &good[..at], &good[at + 3..]),
        "NaN".to_owned(),
        "{\"version\": 99}".to_owned(),
        String::new(),
        "x".repeat(2_000_000),
    ] {
        page.js_with("sessionStorage['inotuzumab-case'] = arguments[0]", vec![json!(bad)]).await;
        page.reload().await;
        page.expect_text("What this tab had kept cannot be read, and none of it is used.").await;
        page.go("#patient").await;
        assert_eq!((page.value("Height").await, page.shows("dose").await), (String::new(), false));
    }
    page.js_with("sessionStorage['inotuzumab-case'] = arguments[0]", vec![json!(good)]).await;
    page.reload().await;
    page.expect("dose", "1.456 mg").await;
}

#[tokio::test]
async fn f17_the_way_back_shows_the_inputs_with_their_numbers() {
    let page = e2e::open().await;
    page.to_a_dose().await;
    for _ in 0..3 {
        page.goto(&format!("{}label.html", page.server.url())).await;
        page.expect_text("Dose level by day of the cycle").await;
        page.back().await;
        page.expect_state(State::Running).await;
        let boxes = "return ['height', 'weight'].map(id => document.getElementById(id)?.value)";
        page.wait("the inputs", async || page.js(boxes).await == json!(["170", "70"])).await;
        page.expect("dose", "1.456 mg").await;
    }
    another_weight(&page).await;
}

// ----------------------------------------------------------------------------------------------------------- F20 to F22

#[tokio::test]
async fn f20_a_wrong_clock_is_seen_in_the_date_and_asked_about() {
    let page = e2e::open().await;
    page.clock("2009-03-01T12:00").await;
    page.reload().await;
    assert_eq!(page.value("Date of this visit").await, "2009-03-01");
    page.expect_text("Sunday 1 March 2009").await;
    page.expect_text("which this device's clock says is still to come").await;
    page.choose("Cycle", "1").await;
    page.choose("Day", "Day 1").await;
    page.choose("Label", "US label").await;
    let asks = "return !!document.querySelector('#visit-date-ask button')";
    page.wait("the date to be asked about", async || page.js(asks).await == true).await;
}

#[tokio::test]
async fn f20_a_clock_that_jumps_back_changes_nothing() {
    let page = e2e::open().await;
    page.to_a_dose().await;
    for time in ["2026-11-22T11:00", "2026-11-21T23:59", "2020-01-01T00:00"] {
        page.clock(time).await;
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        page.expect("dose", "1.456 mg").await;
        page.expect("visit", "Mon 23 Nov · cycle 1, day 1").await;
    }
}

#[tokio::test]
async fn f22_another_time_zone_moves_no_date() {
    let page = e2e::open().await;
    // The same moment everywhere.
    page.clock("2026-11-22T12:00:00Z").await;
    page.to_a_dose().await;
    page.choose("Age is given as", "By birth date").await;
    page.fill("Birth date", "1980-02-29").await;
    for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Europe/Berlin"] {
        page.time_zone(zone).await;
        page.reload().await;
        page.expect("visit", "Mon 23 Nov · cycle 1, day 1").await;
        page.expect("dose-day-8", "Mon 30 Nov").await;
        page.go("#patient").await;
        assert_eq!(page.value("Birth date").await, "1980-02-29", "{zone}");
    }
}

// ----------------------------------------------------------------------------------------------------------- F27 to F30

/// Puts a text into a box as fast as a machine can, and looks at the surface in the next frame.
const AT_ONCE: &str = "const [id, text, done] = arguments;
    const box = document.getElementById(id);
    box.value = text;
    box.dispatchEvent(new Event('input', {bubbles: true}));
    requestAnimationFrame(() => setTimeout(() => done(
        [...document.querySelectorAll('[data-testid=bsa], [data-testid=dose]')].map(part => part.innerText)), 0));";

/// Whatever is changed, and in whatever order: in the frame that follows the surface is that of what stands there, or none is shown.
#[tokio::test]
async fn f27_a_number_never_outlives_its_inputs() {
    let page = e2e::open().await;
    page.to_a_dose().await;
    let (mut chance, mut height, mut weight, mut shown) = (7_u64, 170.0, 70.0, 0);
    for turn in 0..200 {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let value = u32::try_from((chance >> 33) % 60).expect("small");
        let (id, text) = match turn % 4 {
            3 => ("weight", ["", "7o", "1,234", "-70", "999"][usize::try_from(value).expect("small") % 5].to_owned()),
            1 => ("height", (150 + value / 2).to_string()),
            _ => ("weight", (55 + value / 2).to_string()),
        };
        match (id, text.parse::<f64>()) {
            ("height", Ok(number)) => height = number,
            (_, Ok(number)) if turn % 4 != 3 => weight = number,
            _ => weight = f64::NAN,
        }
        let parts = page.client.execute_async(AT_ONCE, vec![json!(id), json!(text)]).await.expect("a frame");
        let parts: Vec<String> = serde_json::from_value(parts).expect("texts");
        let number_and_unit = |part: &'_ String| {
            let mut words = part.split_whitespace();
            Some((words.next()?.to_owned(), words.next()?.to_owned()))
        };
        let surface = parts.iter().filter_map(number_and_unit).find(|(_, unit)| unit == "m²");
        match surface {
            Some((ref number, _)) => {
                let number: f64 = number.parse().expect("a number");
                let right = (height * weight / 3600.0_f64).sqrt();
                assert!((number - right).abs() <= 0.005_01, "turn {turn}: {height} cm, {weight} kg: {parts:?}");
                shown += 1;
            }
            None => assert!(parts.iter().all(|part| !part.contains("mg")) || weight.is_nan(), "turn {turn}: {parts:?}"),
        }
        assert!(!weight.is_nan() || surface.is_none(), "turn {turn}: {text:?} has a surface: {parts:?}");
    }
    assert!(shown > 100, "{shown}");
}

#[tokio::test]
async fn f28_on_a_slow_device_the_last_entry_wins() {
    let page = e2e::open().await;
    page.to_a_dose().await;
    for rate in [4, 20] {
        page.cdp("Emulation.setCPUThrottlingRate", json!({"rate": rate})).await;
        page.js("const box = document.getElementById('weight');
             for (let turn = 0; turn < 40; turn += 1) {
                 box.value = String(50 + turn);
                 box.dispatchEvent(new Event('input', {bubbles: true}));
             }")
            .await;
        another_weight(&page).await;
        // Enter, held; and a button pressed twice before the page can follow.
        for _ in 0..20 {
            page.key(key::ENTER).await;
        }
        page.js("const go = [...document.querySelectorAll('main button')].find(one => one.innerText.startsWith('Continue'));
             go.click(); go.click()")
            .await;
        page.expect("dose", OTHER_WEIGHT.1).await;
        assert_eq!(page.state().await, State::Running);
        page.go("#patient").await;
        page.fill("Weight", "70").await;
        page.expect("dose", "1.456 mg").await;
    }
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn f29_with_reduced_motion_nothing_moves() {
    let page = e2e::open().await;
    page.to_a_dose().await;
    page.media(&[("prefers-reduced-motion", "reduce")]).await;
    let moving = "return [...document.querySelectorAll('*')].filter(part => { const at = getComputedStyle(part);
        return at.transitionDuration !== '0s' || at.animationName !== 'none' }).map(part => part.className)";
    assert_eq!(page.js(moving).await, json!([]));
}

/// A screen keyboard takes half the window, then the tablet is turned.
#[tokio::test]
async fn f30_a_smaller_window_keeps_focus_and_text_in_sight() {
    let page = Setup::new().size(820, 1180).open().await;
    page.say_first_visit().await;
    page.fill("Height", "170").await;
    page.fill("Weight", "7").await;
    let in_sight = "const at = document.activeElement.getBoundingClientRect();
        return document.activeElement.id === 'weight' && at.top >= 0 && at.bottom <= innerHeight";
    for (width, height) in [(820, 560), (1180, 420), (820, 1180)] {
        page.size(width, height).await;
        // Browsers bring what has the focus into sight when their keyboard opens.
        page.js("document.activeElement.scrollIntoView({block: 'center'})").await;
        page.wait(&format!("the box in sight, {width} x {height}"), async || page.js(in_sight).await == true).await;
        assert_eq!((page.value("Height").await, page.value("Weight").await), ("170".to_owned(), "7".to_owned()));
    }
    page.key("1").await;
    page.expect("dose", OTHER_WEIGHT.1).await;

    // The row of steps shows the one in view, however wide it is.
    page.go("#summary").await;
    let step_in_sight = "const place = it => document.querySelector(it).getBoundingClientRect();
        const [row, step] = [place('.steps'), place('.steps [aria-current=step]')];
        return step.left >= row.left && step.right <= row.right";
    for width in [1180, 820, 560, 820] {
        page.size(width, 900).await;
        page.wait(&format!("the step in sight at {width}"), async || page.js(step_in_sight).await == true).await;
    }
}

// ----------------------------------------------------------------------------------------------------------- F34 to F37

/// What a translator in the browser does: every text that may be translated is taken out and put back inside elements of its own.
const TRANSLATE: &str = "const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (walker.currentNode.data.trim() && !parent.closest('[translate=no], script, style')) texts.push(walker.currentNode);
    }
    for (const text of texts) {
        const outer = document.createElement('font'), inner = document.createElement('font');
        inner.textContent = '« ' + text.data.replace(/[aeiou]/g, 'ä') + ' »';
        outer.append(inner);
        text.replaceWith(outer);
    }
    return texts.filter(text => /[0-9]/.test(text.data)).map(text => text.data)";

/// Types a weight without looking for its label, which may be in another language by now.
async fn weigh(page: &Page, text: &str) {
    page.wait("the box", async || page.js("return !!document.getElementById('weight')").await == true).await;
    let script = "const box = document.getElementById('weight');
        box.value = arguments[0];
        box.dispatchEvent(new Event('input', {bubbles: true}))";
    page.js_with(script, vec![json!(text)]).await;
}

#[tokio::test]
async fn f34_a_translator_reaches_no_number_and_breaks_no_update() {
    let page = e2e::open().await;
    page.to_a_dose().await;
    for _ in 0..2 {
        page.js(TRANSLATE).await;
        assert!(page.text().await.contains('«'), "nothing was translated");
        page.expect("dose", "1.456 mg").await;
        page.expect("bsa", "1.82 m²").await;
        weigh(&page, "71").await;
        page.expect("dose", OTHER_WEIGHT.1).await;
        for step in ["#dose", "#summary", "#rules", "#patient"] {
            page.go(step).await;
            page.js(TRANSLATE).await;
        }
        page.expect("dose", OTHER_WEIGHT.1).await;
        // The decision is a word, and follows as well.
        page.go("#eligibility").await;
        page.wait("the step", async || page.js("return !!document.querySelector('[name=vod]')").await == true).await;
        for (vod, decision) in [("ongoing", "Stop"), ("none", "Incomplete")] {
            page.js(TRANSLATE).await;
            page.js_with("document.querySelector(`[name=vod][value=${arguments[0]}]`).click()", vec![json!(vod)]).await;
            page.expect("decision", decision).await;
        }
        page.go("#patient").await;
        weigh(&page, "70").await;
        page.expect("dose", "1.456 mg").await;
    }
    assert_eq!(page.state().await, State::Running);
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

/// What a password manager or an add-on does: elements of its own, anywhere.
#[tokio::test]
async fn f35_foreign_elements_break_no_update() {
    let page = e2e::open().await;
    page.to_a_dose().await;
    let inject = "let chance = arguments[0];
        const next = (limit) => { chance = (chance * 48271) % 2147483647; return chance % limit };
        for (let turn = 0; turn < 100; turn += 1) {
            const all = [...document.querySelectorAll('#aid *')].filter(one => !one.closest('svg, select, textarea'));
            const parent = all[next(all.length)];
            if (['INPUT', 'BR'].includes(parent.tagName)) continue;
            const foreign = document.createElement('com-1password-button');
            parent.insertBefore(foreign, parent.childNodes[next(parent.childNodes.length + 1)] ?? null);
        }
        return document.querySelectorAll('com-1password-button').length";
    for (seed, step) in [(1, "#patient"), (2, "#dose"), (3, "#summary"), (4, "#visit"), (5, "#patient")] {
        page.go(step).await;
        let there = page.js_with(inject, vec![json!(seed)]).await;
        assert!(there.as_u64().is_some_and(|count| count > 50), "{there}");
        another_weight(&page).await;
        page.fill("Weight", "70").await;
        page.expect("dose", "1.456 mg").await;
    }
    page.press("New patient").await;
    page.press("Clear and start again").await;
    page.wait("the dose to go", async || !page.shows("dose").await).await;
    assert_eq!(page.state().await, State::Running);
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

/// The process behind a tab is ended; the tab next to it, and this one when it is loaded again, are whole.
#[tokio::test]
async fn f36_a_renderer_that_is_killed_comes_back_clean() {
    let page = e2e::open().await;
    page.to_a_dose().await;
    let first = page.client.window().await.expect("a window");
    let second = page.client.new_window(true).await.expect("a second tab").handle;
    page.client.switch_to_window(second.clone()).await.expect("the second tab");
    page.goto(&page.server.url()).await;
    page.to_a_dose().await;
    let _ = page.client.goto("chrome://crash").await;
    page.wait("the crash", async || page.client.execute("return 1", Vec::new()).await.is_err()).await;
    page.client.switch_to_window(first).await.expect("the first tab");
    page.expect("dose", "1.456 mg").await;
    page.reload().await;
    page.expect("dose", "1.456 mg").await;
}

/// Phones end pages that ask for ever more memory.
#[tokio::test]
#[ignore = "takes minutes: `cargo xtask faults` runs it, in WebKit"]
async fn f37_two_hundred_reloads_are_no_more_than_one() {
    let page = e2e::open().await;
    page.to_a_dose().await;
    for _ in 0..200 {
        page.reload().await;
    }
    page.expect("dose", "1.456 mg").await;
}
