//! Every word that the page shows, as the browser shows it: the table of `e2e::words`, and no number on another line than its
//! unit, at 390 and 320 px. What the program says natively is read in `tests/engine/wording.rs`.

use e2e::words::wrong_unset;
use e2e::{Page, STEPS, Setup, State};

/// All text in sight, and what a screen reader is told beside it, a piece a line.
const TEXTS: &str = "const own = (element) => ['aria-label', 'title', 'alt', 'placeholder', 'aria-description'].map((name) => element.getAttribute(name));
    const texts = [...document.querySelectorAll('*')].flatMap(own).filter(Boolean);
    const lines = document.body.innerText.split('\\n');
    return [...new Set([document.title, ...lines, ...texts])]";

/// Numbers whose unit begins on another line.
const PARTED: &str = r"const unit = '(?:mg|mL|kg|g|cm|m²|ms|h|min|minutes?|hours?|days?|weeks?|months?|years?|vials?|%|°C|U/L|µmol/L|×)';
    const pair = new RegExp('[0-9][ \\u00a0\\n]+' + unit + '(?![A-Za-z])', 'g');
    const wrong = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (!node.parentElement.checkVisibility() || node.parentElement.closest('script, style, .visually-hidden')) continue;
        for (const found of node.data.matchAll(pair)) {
            const top = (at) => { const range = document.createRange(); range.setStart(node, at); range.setEnd(node, at + 1); return range.getBoundingClientRect() };
            const gap = found[0].search(/[ \u00a0\n]/);
            const first = top(found.index), second = top(found.index + found[0].slice(gap).search(/[^ \u00a0\n]/) + gap);
            if (first.height && second.height && Math.abs(first.top - second.top) > first.height / 2)
                wrong.push(node.data.slice(Math.max(0, found.index - 30), found.index + 20));
        }
    }
    return wrong";

/// Steps and pages, and the parts of the page that open.
const PAGES: [&str; 6] = ["warning", "rules", "evidence", "drug", "sources", "limits"];

/// Whether a line breaks between a number and its unit is looked at where it breaks, in `lines`: on the screen a style may hold
/// them together as well.
async fn read(page: &Page, place: &str, found: &mut Vec<String>) {
    page.js("document.querySelectorAll('details').forEach(part => part.open = true)").await;
    // What is worked out only when it is opened.
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    let texts = page.js(TEXTS).await;
    let texts: Vec<&str> = texts.as_array().into_iter().flatten().filter_map(|text| text.as_str()).collect();
    assert!(texts.len() > 20, "{place}: only {} texts", texts.len());
    for text in texts {
        found.extend(wrong_unset(text).into_iter().map(|wrong| format!("{place}: {wrong}")));
    }
}

async fn lines(page: &Page, place: &str, found: &mut Vec<String>) {
    for width in [390, 320] {
        page.size(width, 844).await;
        let parted = page.js(PARTED).await;
        let parted = parted.as_array().unwrap_or_else(|| panic!("{place}: the browser could not look")).clone();
        found.extend(parted.into_iter().map(|text| format!("{place}, {width} px: parted: {text}")));
    }
}

fn clean(found: Vec<String>) {
    let mut found = found;
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "{} complaints:\n{}", found.len(), found.join("\n"));
}

async fn every_step(page: &Page, found: &mut Vec<String>) {
    for step in STEPS {
        page.go(&format!("#{step}")).await;
        page.wait("the step", async || {
            page.js(&format!("return !!document.querySelector('.step-{step}')")).await == true
        })
        .await;
        read(page, step, found).await;
        lines(page, step, found).await;
    }
}

/// Cycle 3 day 8 of a returning patient, and what its steps say when the dose is held.
#[tokio::test]
async fn every_word_of_the_steps_is_well_written() {
    let page = Setup::new().open().await;
    page.expect_state(State::Running).await;
    let mut found = Vec::new();
    read(&page, "start", &mut found).await;
    page.go("#visit").await;
    page.hand_over("course-file", include_str!("../../cases/course-cycle-3-day-8.json")).await;
    page.expect_text("Which day is this visit?").await;
    page.press("Monday 25 January 2027").await;
    page.expect("decision", "Give").await;
    every_step(&page, &mut found).await;
    page.size(1280, 900).await;
    page.go("#dose").await;
    page.fill("Total bilirubin", "2.1").await;
    page.expect("decision", "Hold").await;
    every_step(&page, &mut found).await;
    clean(found);
}

/// The pages to read.
#[tokio::test]
async fn every_word_of_the_pages_is_well_written() {
    let page = Setup::new().open().await;
    page.expect_state(State::Running).await;
    let mut found = Vec::new();
    for slug in PAGES {
        page.go(&format!("#{slug}")).await;
        page.wait("the page", async || {
            page.js("return !document.querySelector('main .quiet[role=status]')?.innerText?.startsWith('Loading') && document.activeElement?.id === 'question'").await == true
        })
        .await;
        read(&page, slug, &mut found).await;
        lines(&page, slug, &mut found).await;
    }
    clean(found);
}

/// The look-out itself: a bad text is found where it stands, and a number that is parted from its unit.
#[tokio::test]
async fn a_bad_word_is_found() {
    let page = Setup::new().open().await;
    page.expect_state(State::Running).await;
    page.js("const part = document.createElement('p'); part.id = 'bad'; part.textContent = 'Give 1.0 mg'; part.title = '5 µg QD';
             part.style.cssText = 'inline-size: 3ch'; document.querySelector('main').append(part)").await;
    let mut found = Vec::new();
    read(&page, "bad", &mut found).await;
    for name in ["zero at the end", "microgram sign", "error-prone abbreviation"] {
        assert!(found.iter().any(|line| line.contains(name)), "{name}: {found:#?}");
    }
    page.js("document.getElementById('bad').textContent = 'xxxx 1.5 mg'").await;
    let mut parted = Vec::new();
    lines(&page, "bad", &mut parted).await;
    assert!(!parted.is_empty(), "a number on one line and its unit on the next");
}
