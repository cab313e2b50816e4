//! The pages to read: each has its address, is found from everywhere, and leaves the case alone.

use std::time::Duration;

use e2e::{Fault, Page, Setup, State, Theme};

/// Address and heading of each page, and words that stand on it.
const PAGES: [(&str, &str, &str); 6] = [
    ("warning", "Boxed warning", "Veno-occlusive disease always means to stop."),
    ("rules", "Rule book", "entries"),
    ("evidence", "Evidence", "88 of 109"),
    ("drug", "The drug", "The antibody finds CD22"),
    ("sources", "Sources", "Revision 3/2024"),
    ("limits", "Limits", "It is not a registered medical device"),
];

/// The first dose by the US label, so that every step asks.
async fn first_dose(page: &Page) {
    page.choose("Cycle", "1").await;
    page.choose("Day", "Day 1").await;
    page.choose("Label", "US label").await;
}

async fn heading(page: &Page) -> String {
    page.js("return document.querySelector('main h1')?.innerText ?? ''").await.as_str().unwrap_or_default().to_owned()
}

async fn expect_heading(page: &Page, words: &str) {
    page.wait(words, async || heading(page).await == words).await;
}

/// How many entries of the rule book are in sight, and whether this one is.
async fn shown(page: &Page, id: &str) -> (u64, bool) {
    let script = "const entries = [...document.querySelectorAll('.page-rules .book-entry')].filter(e => e.checkVisibility()); \
                  return [entries.length, entries.some(e => e.querySelector('h3 a')?.id === arguments[0])]";
    let found = page.js_with(script, vec![id.into()]).await;
    (found[0].as_u64().unwrap_or_default(), found[1] == true)
}

#[tokio::test]
async fn every_page_opens_by_its_address_and_from_the_menu() {
    for (slug, name, words) in PAGES {
        let page = Setup::new().at(&format!("#{slug}")).open().await;
        page.expect_state(State::Running).await;
        expect_heading(&page, name).await;
        page.expect_text(words).await;
        assert_eq!(page.complaints().await, Vec::<String>::new(), "{slug}");
    }
    let page = e2e::open().await;
    for (slug, name, words) in PAGES {
        page.press("Reference").await;
        page.js_with("document.querySelector(`.menu a[href='#${arguments[0]}']`).click()", vec![slug.into()]).await;
        expect_heading(&page, name).await;
        page.expect_text(words).await;
        page.wait("the focus on the heading", async || page.focused().await == name).await;
        assert_eq!(page.js("return document.querySelector('.menu').open").await, false, "{slug}");
        assert_eq!(page.js("return document.title").await, format!("{name} – Inotuzumab ozogamicin: dosing aid"));
    }
}

#[tokio::test]
async fn the_rule_book_is_searched_as_one_types() {
    let page = Setup::new().at("#rules").open().await;
    page.expect_text("Search the rule book").await;
    let (all, there) = shown(&page, "CYTO-02").await;
    assert!(all > 200 && there, "{all}");
    page.fill("Search the rule book", "cyto-02").await;
    page.wait("CYTO-02 alone", async || shown(&page, "CYTO-02").await == (1, true)).await;
    page.fill("Search the rule book", "bilirubin").await;
    page.wait("the liver's rules", async || {
        let (some, there) = shown(&page, "MODNH-02").await;
        there && some > 5 && some < all && !shown(&page, "CYTO-02").await.1
    })
    .await;
    page.fill("Search the rule book", "mg/m2 hold").await;
    page.fill("Search the rule book", "elephant").await;
    page.expect("tally", "Nothing in the rule book says this.").await;
    assert_eq!(shown(&page, "CYTO-02").await, (0, false));
    page.fill("Search the rule book", " ").await;
    page.tick("Where the labels differ").await;
    page.wait("the rules that differ", async || {
        let (some, there) = shown(&page, "MODH-04").await;
        there && some < 60 && !shown(&page, "CYTO-02").await.1
    })
    .await;
    let differing = page.js(
        "return [...document.querySelectorAll('.page-rules .book-entry')].filter(e => e.checkVisibility()).every(e => \
         [...e.querySelectorAll('.weights')].some(w => new Set([...w.querySelectorAll('dd')].map(d => d.innerText)).size > 1))",
    );
    assert_eq!(differing.await, true, "an entry without a difference is shown");
}

#[tokio::test]
async fn a_rule_has_its_own_address() {
    let page = Setup::new().at("#rules/CYTO-02").open().await;
    page.wait("the focus on the entry", async || page.focused().await == "CYTO-02").await;
    let place =
        "const at = document.activeElement.getBoundingClientRect(); return at.top >= 0 && at.bottom < innerHeight";
    assert_eq!(page.js(place).await, true, "the entry is out of sight");
    // A search does not hide what a link asks for.
    page.fill("Search the rule book", "vincristine").await;
    page.wait("others are hidden", async || !shown(&page, "MODH-01").await.1).await;
    page.go("#rules/MODH-01").await;
    page.wait("the focus on the other entry", async || page.focused().await == "MODH-01").await;
    assert_eq!(page.js(place).await, true, "the other entry is out of sight");
    page.back().await;
    page.wait("the focus on the first entry", async || page.focused().await == "CYTO-02").await;
    page.load_anew().await;
    page.wait("the entry after a reload", async || page.focused().await == "CYTO-02").await;
}

/// An address that means no entry says so, with a way on; a thing is found by any of its names.
#[tokio::test]
async fn an_entry_that_is_not_there_is_said() {
    let page = Setup::new().at("#rules/ZZZ").open().await;
    page.expect_text("There is no “ZZZ” on this page.").await;
    page.wait("the focus on it", async || page.js("return document.activeElement.id").await == "no-such-entry").await;
    page.gallery("page-no-entry").await;
    page.press("Search the whole rule book").await;
    page.wait("it is gone", async || !page.shows("no-such-entry").await).await;
    page.go("#evidence/nothing").await;
    page.expect_text("There is no “nothing” on this page.").await;
    page.go("#rules/CYTO-02").await;
    page.wait("the focus on the entry", async || page.focused().await == "CYTO-02").await;
    assert!(!page.shows("no-such-entry").await);
    for (wanted, id) in [("sos", "MODNH-01"), ("neutrophils", "MODH-01"), ("plt", "MODH-02"), ("pregnant", "CONTRA-05")]
    {
        page.fill("Search the rule book", wanted).await;
        page.wait(wanted, async || shown(&page, id).await.1 && !shown(&page, "CYTO-02").await.1).await;
    }
}

#[tokio::test]
async fn reading_leaves_the_case_alone() {
    let page = e2e::open().await;
    first_dose(&page).await;
    page.go("#patient").await;
    page.fill("Height", "170").await;
    page.fill("Weight", "70,5").await;
    page.go("#dose").await;
    expect_heading(&page, "Do today's results allow the dose?").await;
    page.fill("Platelets", "80").await;
    page.press("Boxed warning").await;
    expect_heading(&page, "Boxed warning").await;
    page.press("Rule book").await;
    expect_heading(&page, "Rule book").await;
    page.press("Back to dose and cycle").await;
    expect_heading(&page, "Do today's results allow the dose?").await;
    assert_eq!(page.value("Platelets").await, "80");
    // By the browser's own buttons as well.
    for _ in 0..3 {
        page.back().await;
    }
    expect_heading(&page, "Do today's results allow the dose?").await;
    assert_eq!(page.value("Platelets").await, "80");
    page.forward().await;
    expect_heading(&page, "Boxed warning").await;
    page.go("#patient").await;
    expect_heading(&page, "Who is treated today?").await;
    assert_eq!((page.value("Height").await, page.value("Weight").await), ("170".to_owned(), "70,5".to_owned()));
}

#[tokio::test]
async fn the_boxed_warning_is_one_press_away_from_every_step() {
    for (width, height) in [(390, 844), (1280, 900)] {
        let page = Setup::new().size(width, height).open().await;
        page.expect_state(State::Running).await;
        let steps = page.js("return [...document.querySelectorAll('.steps a')].map((a) => a.hash)").await;
        let steps = steps.as_array().expect("a list of steps").clone();
        assert!(steps.len() > 8, "{steps:?}");
        for step in steps {
            page.go(step.as_str().expect("an address")).await;
            page.press("Boxed warning").await;
            expect_heading(&page, "Boxed warning").await;
        }
    }
}

#[tokio::test]
async fn a_page_that_cannot_be_had_says_so_and_can_be_tried_again() {
    let unreachable = "This page could not be loaded: the server does not answer, or answers with an error.";
    let foreign = "This page arrived damaged, or from another edition of the aid: it is not shown.";
    let faults = [
        (Fault::Status(404), unreachable),
        (Fault::Status(500), unreachable),
        (Fault::Break(50), unreachable),
        (Fault::Html, foreign),
        (Fault::Cut(80), foreign),
        (Fault::FlipBit(4321), foreign),
    ];
    let page = e2e::open().await;
    for (fault, sentence) in faults {
        page.serve(Setup::new().fault("rules.json", fault.clone()).site()).await;
        page.expect_state(State::Running).await;
        page.go("#rules").await;
        page.wait(sentence, async || {
            let text = page.text().await;
            // WebKit hands on what came before the line broke.
            text.contains(sentence) || (matches!(fault, Fault::Break(_)) && text.contains(foreign))
        })
        .await;
        assert_eq!(heading(&page).await, "Rule book", "{fault:?}");
        page.server.serve(Setup::new().site());
        page.press("Try again").await;
        page.expect_text("Search the rule book").await;
        assert!(shown(&page, "CYTO-02").await.1, "{fault:?}");
    }
}

/// A page that never comes: after a while it says so.
#[tokio::test]
async fn a_page_that_never_comes_says_so() {
    let page = Setup::new().fault("limits.json", Fault::Stall(30)).at("#limits").open().await;
    page.expect_text("Loading.").await;
    page.wait_for(Duration::from_secs(20), "the sentence", async || page.shows("page-missing").await).await;
}

#[tokio::test]
async fn a_finding_leads_to_its_rule_and_to_what_sources_disagree_about() {
    let page = e2e::open().await;
    first_dose(&page).await;
    page.go("#cytoreduction").await;
    page.choose("The laboratory reports", "A share of the white cells").await;
    page.fill("White cells", "25").await;
    page.fill("Blasts among them", "40").await;
    page.js("document.querySelector(\"main .finding a[href='#rules/DIS-01']\").click()").await;
    page.wait("the disagreement", async || page.focused().await == "DIS-01").await;
    page.expect_text("10,000 per mm³ and more were excluded.").await;
    page.press("Back to cytoreduction").await;
    page.wait("the finding", async || {
        page.js("return !!document.querySelector(\"main .finding a[href='#rules/CYTO-02']\")").await == true
    })
    .await;
    page.js("document.querySelector(\"main .finding a[href='#rules/CYTO-02']\").click()").await;
    page.wait("the rule", async || page.focused().await == "CYTO-02").await;
    page.press("Back to cytoreduction").await;
    assert_eq!(page.value("White cells").await, "25");
}

/// What a screen reader goes by: landmarks, one main heading, no level left out, names, no id twice.
#[tokio::test]
async fn the_pages_are_built_for_whoever_listens() {
    let check = r#"
const faults = [];
const main = document.querySelectorAll("main");
if (main.length !== 1) faults.push("main: " + main.length);
const headings = [...main[0].querySelectorAll("h1, h2, h3, h4")].filter((h) => h.checkVisibility());
if (headings.filter((h) => h.tagName === "H1").length !== 1) faults.push("h1");
let before = 0;
for (const heading of headings) {
  const level = Number(heading.tagName[1]);
  if (level > before + 1) faults.push("jump to " + heading.innerText);
  before = level;
}
for (const e of main[0].querySelectorAll("a, button")) if (!(e.getAttribute("aria-label") || e.innerText).trim()) faults.push("no name: " + e.outerHTML);
for (const nav of document.querySelectorAll("nav")) if (!nav.ariaLabel) faults.push("nav without a name");
for (const svg of main[0].querySelectorAll("svg")) if (svg.getAttribute("aria-hidden") !== "true" && !svg.ariaLabel) faults.push("svg without words");
const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
ids.forEach((id, at) => { if (!id || ids.indexOf(id) !== at) faults.push("id twice or empty: " + id); });
for (const table of main[0].querySelectorAll("table")) {
  if (!table.ariaLabel) faults.push("table without a name");
  for (const row of table.querySelectorAll("tbody tr")) if (!row.querySelector("th[scope]")) faults.push("row without a head");
}
for (const link of main[0].querySelectorAll("a[href^='#']")) {
  const [page, entry] = link.getAttribute("href").slice(1).split("/");
  if (entry && page === location.hash.slice(1) && !document.getElementById(entry)) faults.push("leads nowhere: " + entry);
}
return faults;
"#;
    let page = e2e::open().await;
    for (slug, name, words) in PAGES {
        page.go(&format!("#{slug}")).await;
        expect_heading(&page, name).await;
        page.expect_text(words).await;
        assert_eq!(page.js(check).await, serde_json::json!([]), "{slug}");
    }
}

/// A small phone: nothing is wider than the screen; a press is never smaller than a finger.
#[tokio::test]
async fn no_page_scrolls_sideways_on_a_phone() {
    let page = Setup::new().size(320, 640).open().await;
    page.expect_state(State::Running).await;
    for (slug, name, words) in PAGES {
        page.go(&format!("#{slug}")).await;
        expect_heading(&page, name).await;
        page.expect_text(words).await;
        let wide = page.js("return document.documentElement.scrollWidth - window.innerWidth").await;
        assert!(wide.as_i64().is_some_and(|pixels| pixels <= 0), "{slug} is {wide} px too wide");
    }
    page.press("Reference").await;
    let small = "return [...document.querySelectorAll('.bar a:not(.skip), .bar summary, .bar button, .shelf a')]\
                 .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.innerText)";
    assert_eq!(page.js(small).await, serde_json::json!([]));
    let wide = page.js("return document.documentElement.scrollWidth - window.innerWidth").await;
    assert!(wide.as_i64().is_some_and(|pixels| pixels <= 0), "the menu is {wide} px too wide");
}

/// For a person to look at.
#[tokio::test]
async fn pictures_of_the_pages() {
    let page = e2e::open().await;
    for (slug, name, words) in PAGES {
        page.go(&format!("#{slug}")).await;
        expect_heading(&page, name).await;
        page.expect_text(words).await;
        page.gallery(&format!("page-{slug}")).await;
        page.print(&format!("page-{slug}")).await;
    }
    page.go("#rules/MODH-04").await;
    page.wait("the entry", async || page.focused().await == "MODH-04").await;
    page.gallery("page-rule").await;
    page.media(&[("forced-colors", "active")]).await;
    page.go("#evidence").await;
    page.expect_text("88 of 109").await;
    page.picture("page-evidence-forced").await;
    page.theme(Theme::Light).await;
}
