//! The limits in time against the clock on the wall: what is met, what still runs, what has passed.
//!
//! The engine judges the times that were entered. What the clock says while nothing more is entered is judged here, from the
//! engine's own limits, so that a preparation left standing is not released.

use super::field::{FieldId, TimeField};
use super::plan::Plan;
use super::state::Walk;
use crate::engine::assessment::Prepared;
use crate::engine::calendar::Moment;
use crate::engine::labels::dosing;
use crate::engine::numbers::{OBS_01, TIME_03};
use crate::engine::rule::Grounds;
use crate::engine::rules::preparation::{TIME_01, TIME_02, TIME_08};

/// A limit in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Latest dilution, from the first vial.
    Dilute,
    /// Latest start, from the first vial.
    Start,
    /// Latest end, from the first vial.
    End,
    /// End of the observation, from the end of the infusion.
    Observe,
}

/// Where a limit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Done in time, then.
    Met(Moment),
    /// Done too late, then.
    Missed(Moment),
    /// So many minutes are left.
    Running(i64),
    /// It passed so many minutes ago.
    Passed(i64),
    /// Entered for a time that the clock of this device has not reached.
    Planned(Moment),
    /// It counts from the end of the infusion, which is not entered.
    NotYet,
    /// The limit before it was missed: what is made up is discarded.
    Void,
    /// The clock of this device says nothing about it.
    Unknown,
}

/// A limit with its time of day and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub limit: Limit,
    /// Its time.
    pub by: Moment,
    /// Where it stands.
    pub standing: Standing,
}

impl Limit {
    /// Every limit, in the order of the work.
    pub const ALL: [Self; 4] = [Self::Dilute, Self::Start, Self::End, Self::Observe];

    /// What has to be done.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Dilute => "Dilute by",
            Self::Start => "Start by",
            Self::End => "Infused by",
            Self::Observe => "Observe until",
        }
    }

    /// Its name in the page.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Dilute => "limit-dilute",
            Self::Start => "limit-start",
            Self::End => "limit-end",
            Self::Observe => "limit-observe",
        }
    }

    /// The rule that sets it.
    #[must_use]
    pub fn grounds(self) -> &'static Grounds {
        match self {
            Self::Dilute => &TIME_01.grounds,
            Self::Start => &TIME_03,
            Self::End => &TIME_02.grounds,
            Self::Observe => &OBS_01,
        }
    }

    fn by(self, prepared: &Prepared) -> Option<Moment> {
        match self {
            Self::Dilute => prepared.dilute_by,
            Self::Start => prepared.start_by,
            Self::End => prepared.end_by,
            Self::Observe => prepared.observe_until,
        }
    }

    /// When it was met. A later step says that the ones before it are behind, though not when.
    fn done(self, walk: &Walk) -> Option<Moment> {
        let at = |fields: &[TimeField]| fields.iter().find_map(|field| walk.moment(*field));
        match self {
            Self::Dilute => at(&[TimeField::Diluted, TimeField::Started, TimeField::Ended]),
            Self::Start => at(&[TimeField::Started, TimeField::Ended]),
            Self::End => at(&[TimeField::Ended]),
            Self::Observe => at(&[TimeField::Observed]),
        }
    }
}

/// Whether the clock of a preparation runs: from its first time until the observation is over, or can be.
#[must_use]
pub fn runs(walk: &Walk) -> bool {
    let longest = i64::from(dosing::END_WITHIN_H + dosing::OBSERVE_H) + 1;
    let since = || Some(now(walk)?.minutes_since(began(walk)?));
    walk.clock_runs() && since().is_some_and(|minutes| minutes <= longest * 60)
}

/// Minutes before a limit from which on it is near.
pub const SOON: i64 = 30;

/// Where a limit stands, in words; `clock` shows a moment as the wall does.
#[must_use]
pub fn words(limit: Limit, standing: Standing, clock: impl Fn(Moment) -> String) -> String {
    let observed = limit == Limit::Observe;
    match standing {
        Standing::Met(at) if observed => format!("observed until {}", clock(at)),
        Standing::Met(at) => format!("in time: {}", clock(at)),
        Standing::Missed(at) if observed => format!("watched only until {}", clock(at)),
        Standing::Missed(at) => format!("too late: {}", clock(at)),
        Standing::Running(left) => format!("{} left", length(left)),
        Standing::Passed(since) if observed => format!("over for {}", length(since)),
        Standing::Passed(since) => format!("passed {} ago", length(since)),
        Standing::Planned(at) => format!("planned: {}", clock(at)),
        Standing::NotYet => format!("at the earliest: {} h from the end", dosing::OBSERVE_H),
        Standing::Void | Standing::Unknown => String::new(),
    }
}

/// `3 h 5 min`, `12 min`.
fn length(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// Something on the line of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its time as the wall shows it.
    pub at: String,
    /// What happened, or what has to happen until then.
    pub what: String,
    /// It is a limit still ahead.
    pub ahead: bool,
}

/// Everything that happened, and the limits still ahead, in the order of time.
#[must_use]
pub fn line(walk: &Walk, plan: &Plan) -> Vec<Mark> {
    let happened = TimeField::all().into_iter().filter_map(|field| Some((walk.moment(field)?, FieldId::Time(field))));
    let happened = happened.map(|(at, field)| {
        let what = field.label();
        (at, what.strip_suffix(" at").unwrap_or(what).to_owned(), false)
    });
    let is_ahead = |row: &&Row| {
        matches!(row.standing, Standing::Running(_) | Standing::Passed(_) | Standing::NotYet | Standing::Unknown)
    };
    let ahead = plan.limits.iter().filter(is_ahead).map(|row| {
        let earliest = if row.standing == Standing::NotYet { ", at the earliest" } else { "" };
        (row.by, format!("{}{earliest}", row.limit.name()), true)
    });
    let mut marks: Vec<(Moment, String, bool)> = happened.chain(ahead).collect();
    let Some(first) = marks.first().map(|(at, ..)| *at) else { return Vec::new() };
    marks.sort_by_key(|(at, ..)| at.minutes_since(first));
    marks.into_iter().map(|(at, what, ahead)| Mark { at: plan.clock(at), what, ahead }).collect()
}

/// Hours after the first vial in which the device's clock is taken to speak of this visit.
const SAME_VISIT_H: i64 = 24;

/// The limits that have a time, in the order of the work.
#[must_use]
pub fn rows(walk: &Walk, prepared: &Prepared) -> Vec<Row> {
    let mut missed = false;
    let rows = Limit::ALL.into_iter().filter_map(|limit| {
        let by = limit.by(prepared)?;
        let standing = match standing(walk, limit, by) {
            Standing::Running(_) | Standing::Passed(_) | Standing::NotYet if missed => Standing::Void,
            standing => standing,
        };
        missed |= limit != Limit::Observe && matches!(standing, Standing::Missed(_) | Standing::Passed(_));
        Some(Row { limit, by, standing })
    });
    rows.collect()
}

/// Minutes by which the device's clock and the one on the wall may differ.
const CLOCKS_DIFFER: i64 = 5;

fn standing(walk: &Walk, limit: Limit, by: Moment) -> Standing {
    let to_come = |done: Moment| now(walk).is_some_and(|now| done.minutes_since(now) > CLOCKS_DIFFER);
    match (limit, limit.done(walk)) {
        // Watched until then or longer; less is what is too little.
        (Limit::Observe, Some(done)) if done.minutes_since(by) < 0 => Standing::Missed(done),
        (limit, Some(done)) if limit != Limit::Observe && done.minutes_since(by) > 0 => Standing::Missed(done),
        (_, Some(done)) if to_come(done) => Standing::Planned(done),
        (_, Some(done)) => Standing::Met(done),
        (Limit::Observe, None) if walk.moment(TimeField::Ended).is_none() => Standing::NotYet,
        (_, None) => match now(walk).map(|now| by.minutes_since(now)) {
            None => Standing::Unknown,
            Some(left) if left >= 0 => Standing::Running(left),
            Some(left) => Standing::Passed(-left),
        },
    }
}

/// What the device's clock says, if it can be speaking of this visit.
fn now(walk: &Walk) -> Option<Moment> {
    let now = walk.now()?;
    (0..=SAME_VISIT_H * 60).contains(&now.minutes_since(began(walk)?)).then_some(now)
}

/// The first time of the preparation that was entered.
fn began(walk: &Walk) -> Option<Moment> {
    let from = [TimeField::Reconstituted, TimeField::Started, TimeField::Ended];
    from.into_iter().find_map(|field| walk.moment(field))
}

/// Why the preparation may no longer be used though no entry says so: its time has run out by the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overdue {
    /// The limit that passed, or that can no longer be kept.
    pub limit: Limit,
    /// Its time.
    pub by: Moment,
    /// The clock.
    pub now: Moment,
    /// The infusion stands still: gone on with now, it would end then.
    pub would_end: Option<Moment>,
}

impl Overdue {
    /// The rule.
    #[must_use]
    pub fn grounds(self) -> &'static Grounds {
        if self.would_end.is_some() { &TIME_08.grounds } else { self.limit.grounds() }
    }
}

/// The first limit that the clock has left behind.
#[must_use]
pub fn overdue(walk: &Walk, prepared: &Prepared) -> Option<Overdue> {
    let now = now(walk)?;
    let passed = |row: &Row| row.limit != Limit::Observe && matches!(row.standing, Standing::Passed(_));
    if let Some(row) = rows(walk, prepared).into_iter().find(passed) {
        return Some(Overdue { limit: row.limit, by: row.by, now, would_end: None });
    }
    let stopped = walk.moment(TimeField::Stopped)?;
    let standing_still = walk.moment(TimeField::WentOn).is_none() && walk.moment(TimeField::Ended).is_none();
    let ran = stopped.minutes_since(walk.moment(TimeField::Started)?);
    let left = (i64::from(dosing::INFUSION_H) * 60 - ran).max(0);
    let (would_end, by) = (now.moved(left)?, prepared.end_by?);
    let late = standing_still && would_end.minutes_since(by) > 0;
    late.then_some(Overdue { limit: Limit::End, by, now, would_end: Some(would_end) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::calendar::Date;
    use crate::walk::clock_change::ClockChange;
    use crate::walk::plan::Tone;
    use crate::walk::tests::{after, ex01};
    use crate::walk::{Action, DateField};

    fn at(text: &str) -> Moment {
        Moment::read(text).expect(text)
    }

    /// The given times typed on the day of EX01, and the clock at `now`.
    fn at_the_bed(times: &[(TimeField, &str)], now: &str) -> Walk {
        let typed = times.iter().map(|(field, text)| Action::TypeTime(*field, (*text).to_owned()));
        after(ex01(), typed.chain([Action::Now(Some(at(&format!("2026-11-23T{now}"))))]))
    }

    fn standings(walk: &Walk) -> Vec<(Limit, String, Standing)> {
        let plan = Plan::of(walk);
        plan.limits.iter().map(|row| (row.limit, plan.clock(row.by), row.standing)).collect()
    }

    #[test]
    fn every_limit_counts_down_to_its_minute() {
        use Standing::{Met, Missed, NotYet, Passed, Planned, Running, Unknown, Void};
        let first = [(TimeField::Reconstituted, "09:00")];
        let standing =
            |now: &str| standings(&at_the_bed(&first, now)).into_iter().map(|(.., it)| it).collect::<Vec<_>>();
        assert_eq!(standing("09:00"), [Running(240), Running(420), Running(480)]);
        assert_eq!(standing("13:00"), [Running(0), Running(180), Running(240)]);
        assert_eq!(standing("13:01"), [Passed(1), Void, Void], "what is discarded has no time left");
        assert_eq!(standing("08:59"), [Unknown; 3], "a clock before the first vial speaks of another day");
        let done = [(TimeField::Reconstituted, "09:00"), (TimeField::Diluted, "13:01"), (TimeField::Started, "14:00")];
        let walk = at_the_bed(&done, "14:30");
        let (dilute, start) = (at("2026-11-23T13:01"), at("2026-11-23T14:00"));
        let found: Vec<_> = standings(&walk).into_iter().map(|(.., it)| it).collect();
        assert_eq!(found, [Missed(dilute), Met(start), Void, Void]);

        let done = [(TimeField::Reconstituted, "09:00"), (TimeField::Diluted, "09:30"), (TimeField::Started, "10:00")];
        let (diluted, started) = (at("2026-11-23T09:30"), at("2026-11-23T10:00"));
        let standing = |times: &[(TimeField, &str)], now: &str| {
            standings(&at_the_bed(times, now)).into_iter().map(|(.., it)| it).collect::<Vec<_>>()
        };
        let over = "the observation counts from the end, and is not over because an hour was planned for the infusion";
        assert_eq!(standing(&done, "13:25"), [Met(diluted), Met(started), Running(215), NotYet], "{over}");
        assert_eq!(standing(&done, "09:55")[1], Met(started), "two clocks differ by minutes");
        assert_eq!(standing(&done, "09:54")[1], Planned(started), "a time that has not come is not in time");
    }

    #[test]
    fn what_ran_out_of_time_is_not_released() {
        let cases = [
            (vec![(TimeField::Reconstituted, "09:00")], "13:00", "13:01", "TIME-01"),
            (vec![(TimeField::Reconstituted, "09:00"), (TimeField::Diluted, "10:00")], "16:00", "16:01", "TIME-03"),
            (
                vec![(TimeField::Reconstituted, "09:00"), (TimeField::Diluted, "10:00"), (TimeField::Started, "15:30")],
                "17:00",
                "17:01",
                "TIME-02",
            ),
            // 20 of its 60 minutes have run: 40 are left.
            (
                vec![
                    (TimeField::Reconstituted, "09:00"),
                    (TimeField::Diluted, "10:00"),
                    (TimeField::Started, "15:00"),
                    (TimeField::Stopped, "15:20"),
                ],
                "16:20",
                "16:21",
                "TIME-08",
            ),
        ];
        for (times, in_time, late, rule) in cases {
            let plan = Plan::of(&at_the_bed(&times, in_time));
            assert!(plan.released() && plan.overdue.is_none(), "{rule} at {in_time}: {:?}", plan.reasons);
            let plan = Plan::of(&at_the_bed(&times, late));
            assert!(!plan.released(), "{rule} at {late}");
            assert_eq!((plan.verdict().tone, plan.verdict().word), (Tone::Hold, "Hold"));
            let reason = plan.reasons.last().expect("a reason");
            assert_eq!(reason.rule, rule);
            assert!(reason.text.contains("Discard"), "{}", reason.text);
        }
    }

    #[test]
    fn the_line_of_time_holds_what_happened_and_what_is_ahead_in_their_order() {
        let times = [
            (TimeField::Started, "12:00"),
            (TimeField::Corticosteroid, "11:10"),
            (TimeField::Reconstituted, "10:00"),
            (TimeField::Diluted, "10:30"),
        ];
        let walk = at_the_bed(&times, "12:20");
        let line = line(&walk, &Plan::of(&walk)).into_iter().map(|mark| (mark.at, mark.what, mark.ahead));
        let expected = [
            ("10:00", "First vial reconstituted", false),
            ("10:30", "Diluted", false),
            ("11:10", "Corticosteroid given", false),
            ("12:00", "Infusion started", false),
            ("14:00", "Observe until, at the earliest", true),
            ("18:00", "Infused by", true),
        ];
        let expected = expected.map(|(at, what, ahead)| (at.to_owned(), what.to_owned(), ahead));
        assert_eq!(line.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_tap_takes_the_time_of_the_device_on_the_days_of_the_visit_only() {
        let tap =
            |now: &str| ex01().at(TimeField::Started, at(now)).map(|actions| after(ex01(), [Action::All(actions)]));
        let told = |now: &str| tap(now).and_then(|walk| walk.moment(TimeField::Started)).map(|at| at.to_string());
        assert_eq!(told("2026-11-23T09:05+01:00").as_deref(), Some("2026-11-23T09:05"));
        assert_eq!(told("2026-11-24T00:10+01:00").as_deref(), Some("2026-11-24T00:10"));
        assert_eq!((told("2026-11-22T23:59+01:00"), told("2026-11-25T00:00+01:00")), (None, None));
    }

    #[test]
    fn a_clock_runs_until_the_observation_is_over_or_can_be() {
        let first = (TimeField::Reconstituted, "09:00");
        assert!(!runs(&at_the_bed(&[], "09:00")));
        assert!(runs(&at_the_bed(&[first], "19:00")) && !runs(&at_the_bed(&[first], "19:01")));
        assert!(!runs(&at_the_bed(&[first, (TimeField::Started, "10:00"), (TimeField::Observed, "12:00")], "12:00")));
    }

    #[test]
    fn over_midnight_the_day_is_named() {
        let walk = after(at_the_bed(&[(TimeField::Reconstituted, "22:00")], "23:30"), []);
        let found: Vec<_> = standings(&walk).into_iter().map(|(limit, by, _)| (limit, by)).collect();
        let [dilute, start, end] = ["02:00 on 24 Nov", "05:00 on 24 Nov", "06:00 on 24 Nov"].map(str::to_owned);
        assert_eq!(found, [(Limit::Dilute, dilute), (Limit::Start, start), (Limit::End, end)]);
    }

    #[test]
    fn hours_count_as_they_pass_on_the_night_the_clock_goes_back() {
        let change = ClockChange::new(at("2026-11-01T02:00"), -240, -300);
        let night = [
            Action::TypeDate(DateField::Visit, "2026-10-31".to_owned()),
            Action::PickDate(DateField::Visit, Date::read("2026-10-31").expect("a day")),
            Action::KeepResults,
            Action::ClockChange(change),
            Action::TypeTime(TimeField::Reconstituted, "23:00".to_owned()),
            Action::TypeTime(TimeField::Diluted, "01:30".to_owned()),
            Action::NextDay(TimeField::Diluted, true),
        ];
        let walk = after(ex01(), night);
        let by: Vec<_> = standings(&walk).into_iter().map(|(_, by, _)| by).collect();
        // Four, seven and eight hours later, an hour earlier on the wall.
        assert_eq!(by, ["02:00 on 1 Nov", "05:00 on 1 Nov", "06:00 on 1 Nov"]);
        let asked = Plan::of(&walk).open.into_iter().filter_map(|open| open.problem).collect::<Vec<_>>();
        assert!(asked.iter().any(|words| words.contains("01:30 comes twice")), "{asked:?}");
        let first = after(walk.clone(), [Action::PickTime(TimeField::Diluted, -240)]);
        let second = after(walk, [Action::PickTime(TimeField::Diluted, -300)]);
        let minutes = |walk: &Walk| {
            let from = walk.moment(TimeField::Reconstituted).expect("a time");
            walk.moment(TimeField::Diluted).map(|diluted| diluted.minutes_since(from))
        };
        assert_eq!((minutes(&first), minutes(&second)), (Some(150), Some(210)));
    }
}
