//! The shelf of sources: what hand-written lines may cite, which of them the rules cite, and the page that lists them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::set;
use crate::engine::cards::CARDS;
use crate::engine::labels;
use crate::engine::monitoring::CALENDAR;
use crate::engine::numbers::numbers;
use crate::engine::rule::{Confidence, Document, Grounds, Source};
use crate::engine::rules::registry;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    title: String,
    lead: String,
    groups: Vec<GroupOf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupOf {
    title: String,
    sources: Vec<Listed>,
}

/// One source as written down by hand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    /// How lines of `content/` cite it.
    id: String,
    /// How a reader sees it cited.
    short: String,
    /// Its whole name.
    name: String,
    /// Edition or date.
    edition: String,
    /// What of it was read.
    read: String,
    /// What of it was not, though it matters.
    #[serde(default)]
    unread: String,
    /// The names under which the rules cite it: a document, or a section of one that is no label.
    #[serde(default)]
    cited_as: Vec<String>,
}

/// Every source, and how often the pages cite each.
pub(super) struct Shelf {
    written: Written,
    cited: RefCell<BTreeMap<String, usize>>,
}

impl Shelf {
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let written = serde_json::from_str(text).map_err(|error| format!("content/sources.json: {error}"))?;
        Ok(Self { written, cited: RefCell::default() })
    }

    fn all(&self) -> impl Iterator<Item = &Listed> {
        self.written.groups.iter().flat_map(|group| &group.sources)
    }

    /// `us-pi 5.1` as a reader sees it: `US PI 3/2024 section 5.1`. Counts the citation.
    pub(super) fn cite(&self, citation: &str) -> Result<String, String> {
        let (id, place) = citation.split_once(' ').unwrap_or((citation, ""));
        let listed = self.all().find(|listed| listed.id == id).ok_or(format!("no source is called “{id}”"))?;
        *self.cited.borrow_mut().entry(id.to_owned()).or_default() += 1;
        let numbered = place.starts_with(|first: char| first.is_ascii_digit());
        Ok(match place {
            "" => listed.short.clone(),
            place if numbered => format!("{} section {place}", listed.short),
            place => format!("{}, {place}", listed.short),
        })
    }

    /// The source that the rules mean.
    fn meant(&self, source: &Source) -> Result<&Listed, String> {
        let name = match source.document {
            Document::UsPi | Document::EuSmpc => source.document.word(),
            Document::Protocol | Document::Trial | Document::Own => source.section,
        };
        let mut found = self.all().filter(|listed| listed.cited_as.iter().any(|cited| cited == name));
        match (found.next(), found.next()) {
            (Some(listed), None) => Ok(listed),
            _ => Err(format!("“{name}”, which rules cite, is not in exactly one cited_as")),
        }
    }

    /// How many of these rest on each source.
    fn count<'g>(&self, all: impl Iterator<Item = &'g Grounds>) -> Result<BTreeMap<&str, usize>, String> {
        let mut counts = BTreeMap::new();
        for grounds in all {
            let mut ids: Vec<&str> = Vec::new();
            for source in grounds.sources {
                ids.push(&self.meant(source)?.id);
            }
            ids.sort_unstable();
            ids.dedup();
            for id in ids {
                *counts.entry(id).or_default() += 1;
            }
        }
        Ok(counts)
    }

    /// The page of sources.
    pub(super) fn make(&self) -> Result<Value, String> {
        let kinds = [
            ("rule", "rules", self.count(registry().map(|rule| &rule.grounds))?),
            ("number", "numbers", self.count(numbers().map(|number| number.grounds))?),
            ("line of the calendar", "lines of the calendar", self.count(CALENDAR.iter().map(|watch| watch.grounds))?),
            ("card", "cards", self.count(CARDS.iter().map(|card| &card.grounds))?),
            ("line on these pages", "lines on these pages", self.on_pages()),
        ];
        let mut sections = vec![codes()];
        for group in &self.written.groups {
            let mut cards = Vec::new();
            for listed in &group.sources {
                let used = kinds.iter().filter_map(|(one, many, counts)| {
                    let count = *counts.get(listed.id.as_str())?;
                    Some(format!("{count} {}", if count == 1 { one } else { many }))
                });
                let used = used.collect::<Vec<_>>().join(", ");
                if used.is_empty() {
                    return Err(format!("“{}” is cited nowhere", listed.id));
                }
                cards.push(card(listed, &used));
            }
            sections.push(json!({"title": group.title, "cards": cards}));
        }
        Ok(json!({"title": self.written.title, "lead": self.written.lead, "sections": sections}))
    }

    fn on_pages(&self) -> BTreeMap<&str, usize> {
        let cited = self.cited.borrow();
        self.all().filter_map(|listed| Some((listed.id.as_str(), *cited.get(&listed.id)?))).collect()
    }
}

fn card(listed: &Listed, used: &str) -> Value {
    let read = format!("{}. To be read again by {}.", labels::READ, labels::REVIEW_BY);
    let rows = [
        ("Edition", listed.edition.as_str()),
        ("Last read", &read),
        ("What was read", &listed.read),
        ("What was not", &listed.unread),
        ("Used for", &format!("{used}.")),
    ];
    let rows: Vec<_> =
        rows.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name, set(text))).collect();
    json!({"id": listed.id, "title": listed.name, "rows": rows})
}

/// What each confidence code means, and what it may do.
fn codes() -> Value {
    let explained = [
        (Confidence::A, "Read in the text of a regulator, the manufacturer or a trial. It may stop or hold a dose."),
        (Confidence::S, "Stated in a reference document, and not contradicted. It may stop or hold a dose."),
        (Confidence::B, "Read in a secondary source: a compendium, a hospital manual, a translation."),
        (Confidence::D, "Derived by arithmetic or reasoning from what was read; as strong as what it rests on."),
        (
            Confidence::M,
            "Not seen in any source read. It says “confirm against your label” wherever it appears, and is never drawn in a chart.",
        ),
    ];
    let rows = explained.map(|(code, what)| (code.word(), what));
    json!({"title": "How well a fact is known", "cards": [{"title": "The letter behind a source", "rows": rows}]})
}
