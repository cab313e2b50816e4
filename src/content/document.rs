//! A page of sections: lines with their sources, charts, a picture. Written by hand in `content/`, checked and completed here.

use serde::Deserialize;
use serde_json::{Value, json};

use super::chart::Chart;
use super::sources::Shelf;
use super::{cited, confidence, grounds, said, see, sees, set};
use crate::engine::disagreements::find;
use crate::engine::rule::Confidence;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    title: String,
    lead: String,
    sections: Vec<Section>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    id: String,
    title: String,
    /// Name of a drawing of the page.
    #[serde(default)]
    picture: Option<String>,
    /// The lines are steps, one after the other.
    #[serde(default)]
    numbered: bool,
    #[serde(default)]
    charts: Vec<Chart>,
    #[serde(default)]
    lines: Vec<Line>,
}

/// One fact. It stands on an entry of the rule book (`of`), or on sources with a confidence, or it is about the aid itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    /// A question that the line answers, or a name for it.
    #[serde(default)]
    title: Option<String>,
    /// The fact in our own words; absent when the entry says it.
    #[serde(default)]
    says: Option<String>,
    #[serde(default)]
    of: Option<String>,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    confidence: Option<Code>,
    /// Disagreements that touch it.
    #[serde(default)]
    sees: Vec<String>,
    #[serde(default)]
    about_the_aid: bool,
}

/// A confidence as written by hand: its letter.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Code(pub(super) Confidence);

impl TryFrom<String> for Code {
    type Error = String;

    fn try_from(letter: String) -> Result<Self, String> {
        Confidence::from_word(&letter).map(Self).ok_or(format!("“{letter}” is no confidence"))
    }
}

/// What a line or a bar stands on, as the page shows it.
pub(super) struct Standing {
    pub(super) source: String,
    pub(super) confidence: Confidence,
}

/// The words for sources and confidence of something written by hand.
pub(super) fn standing(sources: &[String], confidence: Option<Code>, shelf: &Shelf) -> Result<Standing, String> {
    let Code(confidence) = confidence.ok_or("no confidence")?;
    if sources.is_empty() {
        return Err("no source".to_owned());
    }
    let cited = sources.iter().map(|source| shelf.cite(source)).collect::<Result<Vec<_>, _>>()?;
    Ok(Standing { source: cited.join("; "), confidence })
}

pub(super) fn make(text: &str, shelf: &Shelf) -> Result<Value, String> {
    let written: Written = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let sections = written.sections.iter().map(|section| section.make(shelf)).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({"title": written.title, "lead": set(&written.lead), "sections": sections}))
}

impl Section {
    fn make(&self, shelf: &Shelf) -> Result<Value, String> {
        let name = &self.title;
        let charts = self.charts.iter().map(|chart| chart.make(shelf)).collect::<Result<Vec<_>, _>>();
        let lines = self.lines.iter().map(|line| line.make(shelf)).collect::<Result<Vec<_>, _>>();
        let in_section = |wrong| format!("{name}: {wrong}");
        Ok(json!({
            "id": self.id, "title": name, "picture": self.picture, "numbered": self.numbered,
            "charts": charts.map_err(in_section)?, "lines": lines.map_err(in_section)?,
        }))
    }
}

impl Line {
    pub(super) fn make(&self, shelf: &Shelf) -> Result<Value, String> {
        let entry = self.of.as_deref();
        let words = self.says.as_deref().or_else(|| said(entry?));
        let words = words.ok_or(format!("{entry:?} says nothing by itself: write “says”"))?;
        let at = |wrong: String| format!("“{words}”: {wrong}");
        if !words.ends_with(['.', '?']) || words.contains("  ") {
            return Err(at("ends without a full stop, or holds two spaces".to_owned()));
        }
        let mut links = entry.map(sees).unwrap_or_default();
        for id in &self.sees {
            find(id).ok_or_else(|| at(format!("there is no {id}")))?;
            links.push(see(id));
        }
        let standing = match (entry, self.about_the_aid) {
            (_, true) if entry.is_none() && self.sources.is_empty() => None,
            (Some(id), false) if self.sources.is_empty() => {
                let grounds = grounds(id).ok_or_else(|| at(format!("there is no {id}")))?;
                Some(Standing { source: cited(grounds), confidence: grounds.confidence })
            }
            (None, false) => Some(standing(&self.sources, self.confidence, shelf).map_err(at)?),
            _ => return Err(at("stands on an entry, or on sources, or is about the aid: one of the three".to_owned())),
        };
        Ok(json!({
            "title": self.title, "says": set(words), "id": entry, "sees": links,
            "source": standing.as_ref().map(|standing| set(&standing.source)),
            "confidence": standing.as_ref().map(|standing| confidence(standing.confidence)),
            "unread": standing.is_some_and(|standing| standing.confidence == Confidence::M),
        }))
    }
}
