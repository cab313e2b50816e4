//! The days ahead, one list for the patient's sheet and for the calendar file: doses of this cycle, blood tests around them, the
//! next cycle, and the days on which precautions end.

use super::counsel::Until;
use super::date;
use super::plan::{Plan, Tone, pretty};
use crate::engine::Decision;
use crate::engine::calendar::Date;
use crate::engine::case::Day;
use crate::engine::course::{CourseDose, DoseState, Stage, course};
use crate::engine::monitoring::LIVER_TESTS_AFTER_DAYS;
use crate::interchange::calendar_file::{self, Event};

/// What is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A dose.
    Dose(u64, Day),
    /// Blood before a dose.
    TestBefore(u64, Day),
    /// Blood after a dose.
    TestAfter(u64, Day),
    /// The first day on which a cycle may start.
    Cycle(u64),
    /// A precaution ends.
    Ends(Until),
}

/// One entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// What.
    pub kind: Kind,
    /// First day.
    pub from: Date,
    /// Last day; the same, mostly.
    pub to: Date,
    /// The days on which a dose may be given.
    pub window: Option<(Date, Date)>,
}

/// How an entry is called where others may look on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Titles {
    /// Without the drug.
    Neutral,
    /// With it.
    Named,
}

/// Why there are no dates to keep.
fn refusal(plan: &Plan) -> Option<&'static str> {
    match plan.verdict().tone {
        Tone::Open => Some("Answers are still missing: the days may change with them."),
        Tone::Hold => Some("Today’s dose is on hold: its day, and every day after it, is not known yet."),
        _ if !plan.unacknowledged.is_empty() => Some("Acknowledge the cautions first."),
        Tone::Give | Tone::Caution | Tone::Omit | Tone::Stop => None,
    }
}

/// The days ahead, in order.
///
/// # Errors
/// One sentence that says why there are none.
pub fn agenda(plan: &Plan) -> Result<Vec<Entry>, &'static str> {
    if let Some(why) = refusal(plan) {
        return Err(why);
    }
    let mut entries: Vec<Entry> = Vec::new();
    for dose in doses(plan) {
        entries.extend(around(plan, &dose));
    }
    entries.extend(next_cycle(plan));
    entries.extend(ends(plan));
    entries.sort_by_key(|entry| (entry.from, entry.to));
    if entries.is_empty() { Err("Treatment stops before any dose: there is no day to keep.") } else { Ok(entries) }
}

/// The doses of the visit's cycle that are still to come, today's among them.
#[must_use]
pub fn doses(plan: &Plan) -> Vec<CourseDose> {
    let own = plan.own_cycle().map(|cycle| cycle.doses).unwrap_or_default();
    own.into_iter().filter(|dose| dose.state.is_to_come()).collect()
}

/// A dose with the blood tests before and after it. Today's are taken already.
fn around(plan: &Plan, dose: &CourseDose) -> impl Iterator<Item = Entry> {
    let cycle = plan.own_cycle().map_or(0, |cycle| cycle.number);
    let due = matches!(dose.state, DoseState::Due(_));
    let (day, on) = (dose.day, dose.on);
    let at = |kind, from, to, window| Entry { kind, from, to, window };
    let (first, last) = LIVER_TESTS_AFTER_DAYS;
    let window = dose.earliest.zip(dose.latest).filter(|_| !due);
    [
        (!due).then(|| at(Kind::TestBefore(cycle, day), on, on, None)),
        Some(at(Kind::Dose(cycle, day), on, on, window)),
        Some(at(Kind::TestAfter(cycle, day), on.plus_days(first), on.plus_days(last), None)),
    ]
    .into_iter()
    .flatten()
}

/// The first day of the next cycle, where one may follow.
#[must_use]
pub fn next_cycle(plan: &Plan) -> Option<Entry> {
    let found = plan.assessment().filter(|found| found.decision != Decision::Stop)?;
    let next = course(plan.case.as_ref()?, found).cycles.into_iter().find(|cycle| cycle.stage == Stage::ToCome)?;
    let first = next.first?;
    Some(Entry { kind: Kind::Cycle(next.number), from: first, to: first, window: None })
}

/// The days on which the precautions of this patient end.
fn ends(plan: &Plan) -> Vec<Entry> {
    let dates = plan.assessment().and_then(|found| found.counselling);
    let Some((dates, case)) = dates.zip(plan.case.as_ref()) else { return Vec::new() };
    let concerns = Until::ALL.into_iter().filter(|what| what.concerns(&case.patient));
    let entry =
        |what: Until| Entry { kind: Kind::Ends(what), from: what.day(&dates), to: what.day(&dates), window: None };
    concerns.map(entry).collect()
}

/// The calendar file of the days ahead.
///
/// # Errors
/// Why there is nothing to write.
pub fn calendar(plan: &Plan, titles: Titles) -> Result<String, &'static str> {
    let entries = agenda(plan)?;
    let case = plan.case.as_ref().ok_or("The visit has no date yet.")?;
    let fingerprint = plan.fingerprint().map(|fingerprint| fingerprint.letters()).unwrap_or_default();
    let counted = plan.assessment().and_then(|found| found.counselling).map(|dates| dates.last_dose);
    let event = |entry: &Entry| Event {
        kind: entry.kind.word(),
        from: entry.from,
        to: entry.to,
        title: entry.kind.title(titles),
        says: entry.says(counted),
    };
    let events: Vec<Event> = entries.iter().map(event).collect();
    Ok(calendar_file::write(&fingerprint, case.date, &events))
}

/// The name of the calendar file: the visit's day and nothing else.
#[must_use]
pub fn file_name(plan: &Plan) -> String {
    let day = plan.case.as_ref().map(|case| format!("-{}", case.date)).unwrap_or_default();
    format!("visit-dates{day}.ics")
}

impl Kind {
    /// Names the entry in its UID.
    fn word(self) -> String {
        match self {
            Self::Dose(cycle, day) => format!("dose-{cycle}-{}", day.number()),
            Self::TestBefore(cycle, day) => format!("blood-before-{cycle}-{}", day.number()),
            Self::TestAfter(cycle, day) => format!("blood-after-{cycle}-{}", day.number()),
            Self::Cycle(cycle) => format!("cycle-{cycle}"),
            Self::Ends(what) => what.path().replace("counselling.", "").replace('_', "-"),
        }
    }

    /// What stands in the calendar, where others may read it.
    #[must_use]
    pub fn title(self, titles: Titles) -> String {
        let neutral = titles == Titles::Neutral;
        match self {
            Self::Dose(..) if neutral => "Infusion visit".to_owned(),
            Self::Dose(cycle, day) => format!("Inotuzumab ozogamicin, cycle {cycle}, {day}"),
            Self::TestBefore(..) => "Blood test before the infusion".to_owned(),
            Self::TestAfter(..) => "Blood test after the infusion, on one of these days".to_owned(),
            Self::Cycle(_) if neutral => "Next visits can start".to_owned(),
            Self::Cycle(cycle) => format!("Inotuzumab ozogamicin, cycle {cycle}: not before this day"),
            Self::Ends(_) if neutral => "A precaution ends".to_owned(),
            Self::Ends(what) => format!("{} (inotuzumab ozogamicin)", what.ended()),
        }
    }
}

impl Until {
    /// What is over on its day.
    fn ended(self) -> &'static str {
        match self {
            Self::ContraceptionFemale | Self::ContraceptionMale => "Contraception was needed until yesterday",
            Self::Breastfeeding => "No breastfeeding until yesterday",
            Self::VodWatch => "Watch for signs of the liver until yesterday at least",
        }
    }
}

impl Entry {
    /// What the entry says when it is opened.
    fn says(&self, last_dose: Option<Date>) -> String {
        let words = match self.kind {
            Kind::Dose(cycle, day) => {
                let window = self.window.map(|(from, to)| {
                    let days = if from == to {
                        date::long(from)
                    } else {
                        format!("{} to {}", date::long(from), date::long(to))
                    };
                    format!(" Window: {days}.")
                });
                format!(
                    "Cycle {cycle}, {day}. Planned for {}.{}",
                    date::in_words(self.from),
                    window.unwrap_or_default()
                )
            }
            Kind::TestBefore(..) => {
                "Blood count and liver tests, with the result there before the infusion.".to_owned()
            }
            Kind::TestAfter(..) => "Liver tests, 24 to 72\u{a0}h after the infusion.".to_owned(),
            Kind::Cycle(cycle) => {
                format!(
                    "Cycle {cycle} starts on {} at the earliest. Blood tests come before it.",
                    date::in_words(self.from)
                )
            }
            Kind::Ends(what) => {
                let from = last_dose.map(|day| format!(" Counted from the infusion of {}.", date::long(day)));
                format!("{}.{} It counts anew with each infusion.", what.ended(), from.unwrap_or_default())
            }
        };
        pretty(&words)
    }
}
