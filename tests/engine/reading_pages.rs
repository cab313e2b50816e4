//! The reading pages' data files: fresh, and never saying more than was read.

use std::collections::BTreeSet;

use inotuzumab::content::{DataFile, files};
use inotuzumab::engine::rule::{Confidence, Document, Source};
use inotuzumab::engine::rules::registry;
use inotuzumab::walk::Page;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value;

use crate::rulebook::up_to_date;

fn made() -> Vec<DataFile> {
    files().unwrap_or_else(|wrong| panic!("{wrong}"))
}

fn page(page: Page) -> Value {
    made().into_iter().find(|file| file.page == page).expect("every page has a file").json
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Every text in a file.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// Everything in a file that has a member with this name.
fn with_member<'v>(value: &'v Value, name: &str) -> Vec<&'v Value> {
    let (own, inside): (Vec<&Value>, Vec<&Value>) = match value {
        Value::Array(items) => (Vec::new(), items.iter().collect()),
        Value::Object(members) => {
            (members.contains_key(name).then_some(value).into_iter().collect(), members.values().collect())
        }
        _ => (Vec::new(), Vec::new()),
    };
    own.into_iter().chain(inside.into_iter().flat_map(|value| with_member(value, name))).collect()
}

#[test]
fn the_data_files_are_up_to_date() {
    for file in made() {
        up_to_date(&format!("assets/pages/{}.json", file.page.slug()), &file.text());
    }
}

#[test]
fn every_page_has_one_file() {
    let slugs: Vec<&str> = made().iter().map(|file| file.page.slug()).collect();
    assert_eq!(slugs.len(), Page::ALL.len());
    assert!(Page::ALL.iter().all(|page| slugs.contains(&page.slug())));
}

#[test]
fn the_rule_book_page_has_every_rule_once_with_its_severities() {
    let book = page(Page::Rules);
    let entries: Vec<&Value> = list(&book, "groups").iter().flat_map(|group| list(group, "entries")).collect();
    let ids: BTreeSet<&str> = entries.iter().filter_map(|entry| entry["id"].as_str()).collect();
    assert_eq!(ids.len(), entries.len(), "an id stands twice, so its address would mean two places");
    for rule in registry() {
        let entry = entries.iter().find(|entry| entry["id"] == rule.grounds.id).expect(rule.grounds.id);
        assert_eq!(list(entry, "clauses").len(), rule.clauses.len(), "{}", rule.grounds.id);
        assert_eq!(entry["unread"] == true, rule.grounds.confidence == Confidence::M, "{}", rule.grounds.id);
        let differs = rule.clauses.iter().any(|clause| clause.us != clause.eu);
        assert_eq!(entry["differs"] == true, differs, "{}", rule.grounds.id);
    }
    let sees = entries.iter().flat_map(|entry| list(entry, "sees")).filter_map(|see| see["id"].as_str());
    let touches = entries.iter().flat_map(|entry| list(entry, "touches")).filter_map(Value::as_str);
    for link in sees.chain(touches) {
        assert!(ids.contains(link), "{link} leads nowhere");
    }
}

#[test]
fn every_line_has_a_source_and_a_confidence_or_is_about_the_aid() {
    for which in [Page::Warning, Page::Evidence, Page::Drug, Page::Limits] {
        let file = page(which);
        let lines: Vec<&Value> = with_member(&file, "lines").into_iter().flat_map(|part| list(part, "lines")).collect();
        assert!(!lines.is_empty(), "{which:?}");
        for line in lines {
            let stands = line["source"].is_string() && line["confidence"].is_string();
            assert!(stands || (which == Page::Limits && line["source"].is_null()), "{which:?}: {line}");
        }
    }
}

/// What no source said is said with its badge and never drawn.
#[test]
fn nothing_that_was_not_read_is_charted() {
    let evidence = page(Page::Evidence);
    let rows: Vec<&Value> = with_member(&evidence, "rows").into_iter().flat_map(|part| list(part, "rows")).collect();
    assert!(rows.len() > 50, "this test finds nothing at all");
    for row in rows {
        let confidence = row["confidence"].as_str().expect("a row has a confidence");
        assert!(!confidence.ends_with("(M)"), "{row}");
    }
    let unread: Vec<&Value> =
        with_member(&evidence, "unread").into_iter().filter(|line| line["unread"] == true).collect();
    assert!(unread.iter().any(|line| line["says"].as_str().is_some_and(|says| says.starts_with("Grade 3 or worse"))));
}

/// Every bar is as long as its count says, and a percentage is what its count makes.
#[test]
fn a_bar_is_as_long_as_its_count() {
    let evidence = page(Page::Evidence);
    let mut counted = 0;
    for chart in with_member(&evidence, "scale") {
        let end = chart["scale"][2].as_str().and_then(|end| end.split('\u{a0}').next()).expect("a scale");
        let end: Decimal = end.parse().expect("a number");
        for bar in list(chart, "rows").iter().flat_map(|row| list(row, "bars")) {
            let (value, of) = (bar["value"].as_str().expect("a value"), bar["of"].as_str().unwrap_or_default());
            let mut exact: Decimal = value.split('\u{a0}').next().expect("a number").parse().expect("a number");
            if let Some((n, of)) = of.split_once(" of ") {
                let decimals = exact.scale();
                let percent = Decimal::from(100) * n.parse::<Decimal>().expect(n) / of.parse::<Decimal>().expect(of);
                let rounded = percent.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
                assert_eq!(rounded, exact, "{bar}");
                (exact, counted) = (percent, counted + 1);
            }
            let place = Decimal::from(bar["at"].as_u64().expect("a place"));
            assert!((exact * Decimal::from(1000) / end - place).abs() <= Decimal::new(5, 1), "{bar}");
        }
    }
    assert!(counted > 40, "this test finds nothing at all");
}

/// `83 of 164 (51 %)` anywhere in any text, the rule book's included.
#[test]
fn a_percentage_beside_a_count_is_what_the_count_makes() {
    let mut seen = 0;
    for file in made() {
        for text in texts(&file.json) {
            let text = text.replace('\u{a0}', " ");
            for (at, _) in text.match_indices(" of ") {
                let n: String = text[..at].chars().rev().take_while(char::is_ascii_digit).collect();
                let n: String = n.chars().rev().collect();
                let after = &text[at + 4..];
                let of: String = after.chars().take_while(char::is_ascii_digit).collect();
                let rest =
                    after[of.len()..].split_once('(').filter(|(between, _)| !between.contains([')', ',', ';', '.']));
                let Some((_, printed)) = rest else { continue };
                let printed: String = printed.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
                let (Ok(n), Ok(of), Ok(printed)) =
                    (n.parse::<Decimal>(), of.parse::<Decimal>(), printed.parse::<Decimal>())
                else {
                    continue;
                };
                let made = n * Decimal::from(100) / of;
                let made = made.round_dp_with_strategy(printed.scale(), RoundingStrategy::MidpointAwayFromZero);
                assert_eq!(made, printed, "{text}");
                seen += 1;
            }
        }
    }
    assert!(seen > 10, "this test finds nothing at all");
}

#[test]
fn a_page_speaks_plainly() {
    for file in made() {
        for text in texts(&file.json) {
            assert!(!text.contains(['<', '>', '{', '}']), "{:?}: {text}", file.page);
            assert!(!text.contains("  ") && text.trim() == text, "{:?}: “{text}”", file.page);
        }
    }
}

#[test]
fn the_sources_page_counts_what_the_rules_cite() {
    let sources = page(Page::Sources);
    let label = with_member(&sources, "id").into_iter().find(|card| card["id"] == "us-pi").expect("the US label");
    let used = list(label, "rows").iter().find(|row| row[0] == "Used for").expect("a count")[1].as_str().expect("text");
    let cites = |source: &Source| source.document == Document::UsPi;
    let rules = registry().filter(|rule| rule.grounds.sources.iter().any(cites)).count();
    assert!(used.starts_with(&format!("{rules} rules, ")), "{used}");
}
