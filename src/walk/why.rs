//! How a number came to be, in lines that a person can follow. The steps are the engine's own; here they are only put in order.

use super::plan::pretty;
use crate::engine::case::Profile;
use crate::engine::derivation::{Derivation, Formula, Trace};
use crate::engine::rule::{Confidence, Grounds, Source};

/// One step of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What came out: `1.456 mg`.
    pub result: String,
    /// The formula in names: `dose level × BSA`. For a value read off the label, what was looked up.
    pub formula: String,
    /// The formula with the values in it; absent when there is nothing to put in.
    pub worked: Option<String>,
    /// Rule, source, edition.
    pub source: String,
    /// How well it is known, in words.
    pub confidence: &'static str,
    /// Known from memory only: to be confirmed against the label.
    pub unverified: bool,
}

/// The chain behind the number at this path: what it rests on first, itself last.
#[must_use]
pub fn chain(trace: &Trace, path: &str, profile: Profile) -> Vec<Line> {
    let mut paths: Vec<String> = Vec::new();
    collect(path, &mut paths);
    paths.iter().filter_map(|path| trace.of(path)).map(|step| line(step, profile)).collect()
}

fn collect(path: &str, into: &mut Vec<String>) {
    for below in rests_on(path) {
        collect(below, into);
    }
    if !into.iter().any(|known| known == path) {
        into.push(path.to_owned());
    }
}

/// The numbers of the assessment that go into this one.
fn rests_on(path: &str) -> &'static [&'static str] {
    match path {
        "dose.mg" => &["bsa.m2", "dose.mg_per_m2"],
        "preparation.withdraw_ml" | "preparation.concentration_mg_per_ml" => &["dose.mg"],
        "preparation.total_ml_range[0]" | "preparation.total_ml_range[1]" => &["dose.mg"],
        "preparation.vials" | "preparation.diluent_ml" => &["preparation.withdraw_ml"],
        "preparation.unused_mg" | "preparation.unused_ml" => &["preparation.vials"],
        "schedule.doses[0].mg" | "schedule.doses[1].mg" | "schedule.doses[2].mg" => &["bsa.m2"],
        "schedule.doses[1].planned" => &["schedule.doses[1].earliest"],
        "schedule.doses[2].planned" => &["schedule.doses[2].earliest"],
        _ => &[],
    }
}

fn line(step: &Derivation, profile: Profile) -> Line {
    let worked = pretty(&step.formula.worked().to_string());
    let symbols = said_once(pretty(&step.formula.symbols().to_string()), &worked);
    let looked_up = matches!(step.formula, Formula::Lookup(_));
    Line {
        result: one_vial(pretty(&step.result.to_string())),
        worked: (!looked_up && worked != symbols).then_some(worked),
        formula: symbols,
        source: source(step.grounds, profile),
        confidence: in_words(step.grounds.confidence),
        unverified: step.grounds.confidence == Confidence::M,
    }
}

/// The engine counts vials in one word.
fn one_vial(result: String) -> String {
    let one = result.strip_prefix("1\u{a0}vials").is_some_and(str::is_empty);
    if one { "1\u{a0}vial".to_owned() } else { result }
}

/// How a result was rounded stands behind the values; it need not stand behind the names, too.
fn said_once(symbols: String, worked: &str) -> String {
    match symbols.rsplit_once(", ") {
        Some((formula, how)) if worked != symbols && worked.ends_with(how) => formula.to_owned(),
        _ => symbols,
    }
}

/// `DOSE-01, US PI 3/2024 section 2.1`.
#[must_use]
pub fn source(grounds: &Grounds, profile: Profile) -> String {
    let sources = grounds.sources_for(profile).map(cited);
    std::iter::once(grounds.id.to_owned()).chain(sources).collect::<Vec<_>>().join(", ")
}

/// `US PI 3/2024 section 2.1`, `Protocols: drug compendia`.
#[must_use]
pub fn cited(source: &Source) -> String {
    let numbered = source.section.starts_with(|first: char| first.is_ascii_digit());
    let mark = if numbered { " section " } else { ": " };
    format!("{}{mark}{}", source.document.word(), source.section)
}

/// What a confidence code means.
#[must_use]
pub fn in_words(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::A => "Read in the source",
        Confidence::S => "Stated in a reference document",
        Confidence::B => "From a secondary source",
        Confidence::M => "Not seen in any source read",
        Confidence::D => "Derived",
    }
}
