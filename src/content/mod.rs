//! Makes the data files of the reading pages, from the engine's own registry and from the hand-written files in `content/`.
//! Compiled natively only: the page fetches the files when somebody wants to read, and carries none of their words.
//!
//! Whatever is wrong in a hand-written file is said with the name of the file and of the line: a source that nobody listed, a line
//! without a confidence, a percentage that is not what its count makes, a chart of a figure that was not read.

mod book;
mod chart;
mod document;
mod sources;

use serde_json::Value;

use crate::engine::cards::CARDS;
use crate::engine::disagreements::{find, touching};
use crate::engine::monitoring::CALENDAR;
use crate::engine::numbers::numbers;
use crate::engine::rule::{Confidence, Grounds};
use crate::engine::rules::registry;
use crate::walk::Page;
use crate::walk::plan::pretty;
use crate::walk::why;

/// A data file of the page.
#[derive(Debug)]
pub struct DataFile {
    /// Which page shows it.
    pub page: Page,
    /// What it holds.
    pub json: Value,
}

/// The hand-written files.
const CONTENT: [(Page, &str); 5] = [
    (Page::Warning, include_str!("../../content/warning.json")),
    (Page::Evidence, include_str!("../../content/evidence.json")),
    (Page::Drug, include_str!("../../content/drug.json")),
    (Page::Limits, include_str!("../../content/limits.json")),
    (Page::Sources, include_str!("../../content/sources.json")),
];

/// Every data file.
///
/// # Errors
/// What is wrong in a hand-written file, and where.
pub fn files() -> Result<Vec<DataFile>, String> {
    let text = |wanted: Page| CONTENT.iter().find(|(page, _)| *page == wanted).map_or("", |(_, text)| text);
    let shelf = sources::Shelf::read(text(Page::Sources))?;
    let mut files = vec![DataFile { page: Page::Rules, json: book::make() }];
    for page in [Page::Warning, Page::Evidence, Page::Drug, Page::Limits] {
        let json =
            document::make(text(page), &shelf).map_err(|wrong| format!("content/{}.json: {wrong}", page.slug()))?;
        files.push(DataFile { page, json });
    }
    // Last: it counts what the others cite.
    let json = shelf.make().map_err(|wrong| format!("content/sources.json: {wrong}"))?;
    files.push(DataFile { page: Page::Sources, json });
    Ok(files)
}

impl DataFile {
    /// The file as it is written: one value a line, so that a change is seen where it is.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = Vec::new();
        let lines = serde_json::ser::PrettyFormatter::with_indent(b"");
        let mut writer = serde_json::Serializer::with_formatter(&mut out, lines);
        // Writing JSON to memory cannot fail.
        let _ = serde::Serialize::serialize(&self.json, &mut writer);
        out.push(b'\n');
        String::from_utf8_lossy(&out).into_owned()
    }
}

/// What an id of the rule book stands on; `None` for a disagreement and for what is not there.
fn grounds(id: &str) -> Option<&'static Grounds> {
    let rules = registry().map(|rule| &rule.grounds);
    let others = numbers().map(|number| number.grounds).chain(CALENDAR.iter().map(|watch| watch.grounds));
    rules.chain(others).chain(CARDS.iter().map(|card| &card.grounds)).find(|grounds| grounds.id == id)
}

/// What a card or a number says.
fn said(id: &str) -> Option<&'static str> {
    let card = CARDS.iter().find(|card| card.grounds.id == id).map(|card| card.says);
    card.or_else(|| numbers().find(|number| number.grounds.id == id).map(|number| number.says))
}

/// The disagreements that touch an id, as a link is made of them.
fn sees(id: &str) -> Vec<Value> {
    touching(id).map(|disagreement| see(disagreement.id)).collect()
}

fn see(id: &str) -> Value {
    let topic = find(id).map(|disagreement| set(disagreement.topic));
    serde_json::json!({"id": id, "topic": topic})
}

/// Sources with sections, one after the other.
fn cited(grounds: &Grounds) -> String {
    grounds.sources.iter().map(why::cited).collect::<Vec<_>>().join("; ")
}

/// `Read in the source (A)`.
fn confidence(code: Confidence) -> String {
    format!("{} ({})", why::in_words(code), code.word())
}

/// Text as the page sets it, units and all.
fn set(text: &str) -> String {
    pretty(text)
}
