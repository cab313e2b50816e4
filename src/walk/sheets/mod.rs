//! The sheets: what stands on each, bounded so that it fits one page of A4 or Letter whatever the case. Drawn by the page, read
//! back from print by the tests.

mod chairside;
mod course;
mod order;
mod patient;
mod preparation;

use super::date;
use super::patient::Line;
use super::plan::{Plan, Reason, Tone, pretty};
use super::recap;
use super::state::Walk;
use super::work::Task;
use crate::engine::assessment::ENGINE;
use crate::engine::labels::RULES;
use crate::engine::rule::{Confidence, Severity};

/// A sheet to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// What is ordered, and on what it rests.
    Order,
    /// From vials to the container.
    Preparation,
    /// Premedication, infusion, observation.
    Chairside,
    /// Every cycle so far and those that may come.
    Course,
    /// For the patient to take home.
    Patient,
    /// Everything, over several pages.
    Record,
}

impl Sheet {
    /// Every sheet.
    pub const ALL: [Self; 6] =
        [Self::Order, Self::Preparation, Self::Chairside, Self::Course, Self::Patient, Self::Record];

    /// What the button says.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Order => "Order",
            Self::Preparation => "Preparation",
            Self::Chairside => "Chairside",
            Self::Course => "Course",
            Self::Patient => "Patient",
            Self::Record => "Full record",
        }
    }

    /// What stands at its head.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Order => "Order proposal",
            Self::Preparation => "Preparation",
            Self::Chairside => "At the chair",
            Self::Course => "Course",
            Self::Patient => "For you to take home",
            Self::Record => "Full record",
        }
    }

    /// Its name in the page.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Preparation => "preparation",
            Self::Chairside => "chairside",
            Self::Course => "course",
            Self::Patient => "patient",
            Self::Record => "record",
        }
    }

    /// Who signs it.
    #[must_use]
    fn signs(self) -> &'static [&'static str] {
        match self {
            Self::Order => &["Prescribed by", "Checked by"],
            Self::Preparation => &["Prepared by", "Checked by"],
            Self::Chairside => &["Given by", "Checked by", "Discharged by"],
            Self::Course => &["Planned by"],
            Self::Patient => &["Explained by"],
            Self::Record => &[],
        }
    }

    /// It is work to be done, so that there is none of it while the dose is not released.
    #[must_use]
    fn is_work(self) -> bool {
        matches!(self, Self::Order | Self::Preparation | Self::Chairside)
    }
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Which sheet.
    pub sheet: Sheet,
    /// `Inotuzumab ozogamicin, cycle 1, day 1`.
    pub of: String,
    /// The day in words.
    pub day: String,
    /// Label, rules, engine.
    pub stamp: String,
    /// The fingerprint; empty while there is no case.
    pub fingerprint: String,
    /// The decision.
    pub tone: Tone,
    /// Its word, as the sheet says it.
    pub word: String,
    /// What stands behind it.
    pub detail: String,
    /// What the number is called, and the number.
    pub dose: Option<(&'static str, String)>,
    /// Why nothing is released.
    pub against: Vec<Tick>,
    /// What stands on it.
    pub blocks: Vec<Block>,
    /// Who signs.
    pub signs: &'static [&'static str],
    /// Every caution has been acknowledged.
    pub printable: bool,
}

/// A piece of a sheet under its own heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The heading.
    pub title: String,
    /// What stands under it.
    pub holds: Holds,
}

/// What a piece of a sheet holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    /// Names and values beside each other.
    Pairs(Vec<(String, String)>),
    /// Lines with a box to tick, and the rule behind each.
    Ticks(Vec<Tick>),
    /// A ruled table.
    Table {
        /// What the columns are called.
        heads: Vec<&'static str>,
        /// Its rows; a row of one cell goes over the whole width.
        rows: Vec<Vec<String>>,
        /// Whether somebody writes in it: then its rows are higher.
        written: bool,
    },
    /// Sentences, with the rule behind each.
    Words(Vec<Tick>),
    /// Words for a patient.
    Plain(Vec<Line>),
}

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// What to do, up to the number.
    pub says: String,
    /// The number.
    pub number: Option<String>,
    /// What follows it.
    pub then: String,
    /// Rules, and that they have to be confirmed.
    pub rules: String,
}

impl From<Task> for Tick {
    fn from(Task { says, number, then, rules, caveat, .. }: Task) -> Self {
        let rules = caveat.map_or_else(|| rules.clone(), |caveat| format!("{rules}, {caveat}"));
        Self { says, number, then, rules }
    }
}

impl Tick {
    fn plain(says: &str) -> Self {
        Self { says: pretty(says), number: None, then: String::new(), rules: String::new() }
    }

    /// What a rule found.
    fn found(reason: Reason) -> Self {
        let mark = if reason.confidence == Confidence::M { ", confirm against your label" } else { "" };
        Self { rules: format!("{}{mark}", reason.rule), ..Self::plain(&reason.text) }
    }
}

impl Block {
    fn new(title: &str, holds: Holds) -> Self {
        Self { title: title.to_owned(), holds }
    }
}

/// A sheet as it stands; the full record is drawn by itself.
#[must_use]
pub fn paper(walk: &Walk, plan: &Plan, sheet: Sheet) -> Paper {
    let verdict = plan.verdict();
    let released = plan.released();
    let dose = plan.dose().map(|dose| {
        let label = if released { "Dose" } else { "Planned, not released" };
        (label, pretty(&dose.mg.to_string()))
    });
    let against = match sheet {
        _ if released => Vec::new(),
        Sheet::Patient => Vec::new(),
        // The course itself is what takes the room.
        Sheet::Course => against(plan, REASONS_BESIDE_A_COURSE),
        _ => against(plan, REASONS),
    };
    let work = released || !sheet.is_work();
    let blocks = match sheet {
        _ if !work => Vec::new(),
        Sheet::Order => order::blocks(walk, plan),
        Sheet::Preparation => preparation::blocks(walk, plan),
        Sheet::Chairside => chairside::blocks(walk, plan),
        Sheet::Course => course::blocks(plan),
        Sheet::Patient => patient::blocks(walk, plan),
        Sheet::Record => Vec::new(),
    };
    let (word, detail) = match sheet {
        Sheet::Patient => (patient::today(plan).to_owned(), String::new()),
        _ => (verdict.word.to_owned(), verdict.detail),
    };
    Paper {
        sheet,
        of: format!("Inotuzumab ozogamicin, {}", plan.visit().unwrap_or_else(|| "visit not known".to_owned())),
        day: plan.case.as_ref().map(|case| date::in_words(case.date)).unwrap_or_default(),
        stamp: stamp(walk, plan),
        fingerprint: plan.fingerprint().map(|fingerprint| fingerprint.to_string()).unwrap_or_default(),
        tone: verdict.tone,
        word,
        detail,
        dose: dose.filter(|_| sheet != Sheet::Patient || released),
        against,
        blocks,
        signs: if work { sheet.signs() } else { &[] },
        printable: plan.unacknowledged.is_empty(),
    }
}

/// Label, rules, engine, and what the hospital decided.
fn stamp(walk: &Walk, plan: &Plan) -> String {
    let local = walk.local_line().map(|line| format!(" · {line}")).unwrap_or_default();
    format!("{} · rules {RULES} · engine {ENGINE}{local}", plan.edition())
}

/// Reasons against the dose that are named one by one.
const REASONS: usize = 5;
/// The same on the sheet of the course.
const REASONS_BESIDE_A_COURSE: usize = 1;
/// Open questions that are named one by one.
const QUESTIONS: usize = 8;

/// Why nothing is released: the heaviest reasons, then what is open.
fn against(plan: &Plan, most: usize) -> Vec<Tick> {
    let blocking = recap::findings(plan).into_iter().filter(|reason| reason.severity >= Severity::Hold || reason.omits);
    let mut lines = bounded(blocking.map(Tick::found).collect(), most, Tick::plain);
    let open = plan.open.iter().map(|open| open.name.trim_end_matches('?').to_owned()).collect::<Vec<_>>();
    if !open.is_empty() {
        let open = bounded(open, QUESTIONS, str::to_owned).join("; ");
        lines.push(Tick::plain(&format!("Still open: {open}.")));
    }
    if lines.is_empty() {
        lines.push(Tick::plain(&plan.no_dose()));
    }
    lines
}

/// At most so many; of the rest only how many they are.
fn bounded<T>(mut lines: Vec<T>, most: usize, said: impl Fn(&str) -> T) -> Vec<T> {
    let more = lines.len().saturating_sub(most);
    lines.truncate(most);
    if more > 0 {
        lines.push(said(&format!("and {more} more: see the full record")));
    }
    lines
}

/// A place to write.
const BLANK: &str = "";

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(pretty).into()
}

#[cfg(test)]
mod tests;
