//! The course in words and days, ready to be drawn, said and put in a table: one scene for all three, so that they agree.

use super::counsel::Until;
use super::date;
use super::plan::{Plan, Tone, Verdict, pretty};
use crate::engine::assessment::Counselling;
use crate::engine::calendar::Date;
use crate::engine::case::{Day, Marker, Patient, Reduction, Response};
use crate::engine::course::{Course, CourseCycle, CourseDose, DoseState, Stage, Turn, course};
use crate::engine::{Decision, assessment::ResponseInForce};

/// Days that a lane shows at least and at most; what lies beyond stands at its edge.
const DAYS: (i64, i64) = (28, 35);

/// The whole picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    /// Two sentences that stand for it.
    pub summary: String,
    /// Days from the left edge of a lane to its right edge.
    pub days: i64,
    /// One lane a cycle.
    pub lanes: Vec<Lane>,
    /// What counts from the last dose.
    pub after: Option<After>,
}

/// One cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    /// `Cycle 2`.
    pub title: String,
    /// When it starts, how long it is, what is reduced, what it depends on.
    pub facts: Vec<String>,
    /// Where it stands.
    pub stage: Stage,
    /// Its doses.
    pub doses: Vec<Mark>,
    /// Whether its day 1 is known: without it there are no days to draw.
    pub dated: bool,
    /// Where today stands in it.
    pub today: Option<i64>,
    /// Its end, where the response is judged.
    pub end: Option<End>,
    /// What is said at its end.
    pub closing: Vec<Closing>,
}

/// A dose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Days from day 1 of the cycle.
    pub at: i64,
    /// What is drawn.
    pub sign: Sign,
    /// Over the sign: the dose, or a word.
    pub over: String,
    /// Under the sign: the day.
    pub under: String,
    /// The window, in days from day 1.
    pub window: Option<(i64, i64)>,
    /// From the dose to the first day on which another may follow.
    pub closed: Option<(i64, i64)>,
    /// The same as a line of the table.
    pub row: Row,
}

/// A dose as a line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// `8`.
    pub day: String,
    /// `Mon 30 Nov 2026`.
    pub date: String,
    /// `29 Nov to 2 Dec`.
    pub window: String,
    /// The first day on which another dose may follow.
    pub next_from: String,
    /// `0.5 mg/m², 0.91 mg`.
    pub dose: String,
    /// What has become of it.
    pub state: String,
}

impl Row {
    /// What the columns are called.
    pub const HEADS: [&'static str; 6] = ["Day", "Date", "State", "Dose", "Window", "Next dose from"];

    /// The cells, in the order of the columns.
    #[must_use]
    pub fn cells(&self) -> [&str; 6] {
        [&self.day, &self.date, &self.state, &self.dose, &self.window, &self.next_from]
    }
}

/// The shape of a dose. Each differs from the others without any color.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Full.
    Given,
    /// Crossed out.
    NotGiven,
    /// Ticked: today's, and nothing stands against it.
    Give,
    /// Empty, ringed: today's, and answers are missing.
    Open,
    /// A square with two bars.
    Hold,
    /// An octagon with a bar.
    Stop,
    /// A circle struck through.
    LeftOut,
    /// Empty.
    Planned,
    /// Empty and broken: the earliest day.
    NotBefore,
}

impl Sign {
    /// What it means.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::NotGiven => "not given",
            Self::Give => "today, give",
            Self::Open => "due, answers missing",
            Self::Hold => "due, hold",
            Self::Stop => "due, stop",
            Self::LeftOut => "left out",
            Self::Planned => "planned",
            Self::NotBefore => "not before this day",
        }
    }
}

/// The end of a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// Days from day 1 of the cycle.
    pub at: i64,
    /// The day, while the next cycle is to come.
    pub under: String,
    /// Whether the response is known.
    pub judged: bool,
}

/// A line at the end of a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// The words.
    pub words: String,
    /// The rule behind it; none behind a response on record.
    pub rule: Option<&'static str>,
}

/// What counts from the last dose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// From which dose.
    pub title: String,
    /// Each until its day.
    pub spans: Vec<Span>,
    /// Days of the longest.
    pub days: i64,
}

/// From the last dose to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What.
    pub label: &'static str,
    /// `18 Jan 2027`.
    pub until: String,
    /// How many days.
    pub days: i64,
}

/// The scene of a plan; none while there is no cycle to draw.
#[must_use]
pub fn of(plan: &Plan) -> Option<Scene> {
    let case = plan.case.as_ref()?;
    scene(&course(case, plan.assessment()?), &plan.verdict(), &case.patient)
}

/// The scene of a course, with today's verdict as the page says it.
#[must_use]
pub fn scene(course: &Course, verdict: &Verdict, patient: &Patient) -> Option<Scene> {
    let today = course.cycles.iter().rev().find(|cycle| cycle.first.is_some_and(|first| first <= course.today));
    let today = today.or(course.cycles.first())?.number;
    let furthest = course.cycles.iter().filter_map(furthest).max().unwrap_or_default();
    let days = furthest.clamp(DAYS.0, DAYS.1);
    let draw = |cycle| lane(cycle, course, verdict, days, today);
    Some(Scene {
        summary: summary(course, verdict),
        days,
        lanes: course.cycles.iter().map(draw).collect(),
        after: course.counselling.map(|dates| after(&dates, course, patient)),
    })
}

/// The last day of a cycle that is drawn, from its day 1.
fn furthest(cycle: &CourseCycle) -> Option<i64> {
    let first = cycle.first?;
    let ends = cycle.doses.iter().flat_map(|dose| [Some(dose.on), dose.latest]).chain([cycle.next_from]);
    ends.flatten().map(|day| day.days_since(first)).max()
}

fn lane(cycle: &CourseCycle, course: &Course, verdict: &Verdict, days: i64, today: u64) -> Lane {
    let from_first = |day: Date| cycle.first.map(|first| day.days_since(first).clamp(0, days));
    let drawn = |dose: &CourseDose| {
        let mut mark = mark(dose, verdict, course.today, from_first);
        // Of a reduction that is not on record it is said at the head of the cycle.
        if dose.state == DoseState::NotBefore && dose.mg_per_m2.is_none() && cycle.reduction.is_some() {
            depends_on(dose.day).clone_into(&mut mark.row.dose);
        }
        mark
    };
    let doses = cycle.doses.iter().map(drawn).collect();
    let to_come = cycle.stage != Stage::Past;
    let end = cycle.next_from.and_then(|next| {
        let under = if to_come { date::short(next) } else { String::new() };
        Some(End { at: from_first(next)?, under, judged: cycle.response.is_some() })
    });
    Lane {
        title: format!("Cycle {}", cycle.number),
        facts: facts(cycle),
        stage: cycle.stage,
        doses,
        dated: cycle.first.is_some(),
        today: from_first(course.today).filter(|_| cycle.number == today),
        end,
        closing: closing(cycle, course),
    }
}

fn mark(dose: &CourseDose, verdict: &Verdict, today: Date, from_first: impl Fn(Date) -> Option<i64>) -> Mark {
    let sign = sign(dose.state, verdict);
    let span = |from: Option<Date>, to: Option<Date>| Some((from_first(from?)?, from_first(to?)?));
    let row = row(dose, verdict, today);
    let over = match sign {
        Sign::Give | Sign::Open | Sign::Planned | Sign::NotBefore => amount(dose).pop().unwrap_or_default(),
        Sign::Given => "given".to_owned(),
        Sign::NotGiven => "not given".to_owned(),
        Sign::Hold => "hold".to_owned(),
        Sign::Stop => "stop".to_owned(),
        Sign::LeftOut => "left out".to_owned(),
    };
    Mark {
        at: from_first(dose.on).unwrap_or_default(),
        sign,
        over,
        under: date::short(dose.on),
        window: span(dose.earliest, dose.latest),
        closed: span(Some(dose.on), dose.gap_until),
        row,
    }
}

fn sign(state: DoseState, verdict: &Verdict) -> Sign {
    match state {
        DoseState::Given => Sign::Given,
        DoseState::NotGiven => Sign::NotGiven,
        DoseState::Planned => Sign::Planned,
        DoseState::NotBefore => Sign::NotBefore,
        DoseState::Due(Decision::OmitDose) => Sign::LeftOut,
        DoseState::Due(_) => match verdict.tone {
            Tone::Give | Tone::Caution => Sign::Give,
            Tone::Open => Sign::Open,
            Tone::Hold => Sign::Hold,
            Tone::Omit => Sign::LeftOut,
            Tone::Stop => Sign::Stop,
        },
    }
}

/// Level and dose, as far as they are known.
fn amount(dose: &CourseDose) -> Vec<String> {
    let level = dose.mg_per_m2.map(|level| pretty(&level.to_string()));
    let mg = dose.mg.map(|mg| pretty(&mg.to_string()));
    [level, mg].into_iter().flatten().collect()
}

/// The days on which a dose may be given: `29 Nov to 2 Dec`, `from 14 Dec`; empty where that is not known.
#[must_use]
pub fn window(dose: &CourseDose) -> String {
    match (dose.earliest, dose.latest) {
        (Some(from), Some(to)) => date::span(from, to),
        (Some(from), None) => format!("from {}", date::short(from)),
        (None, _) => String::new(),
    }
}

/// The day of a dose of the visit's cycle with what has become of it, as the picture draws it: `today, Thu 3 Dec, planned
/// 30 Nov`.
#[must_use]
pub fn when(dose: &CourseDose, today: Date) -> String {
    let on = date::with_weekday(dose.on);
    let planned = dose.planned.filter(|planned| *planned != dose.on);
    let planned = planned.map(|planned| format!(", planned {}", date::short(planned))).unwrap_or_default();
    match dose.state {
        DoseState::Given => format!("given {on}"),
        DoseState::NotGiven => "not given".to_owned(),
        DoseState::Due(Decision::OmitDose) => "left out".to_owned(),
        DoseState::Due(Decision::Hold) if dose.on == today => format!("held {on}{planned}"),
        DoseState::Due(Decision::Hold) => format!("held, not before {on}"),
        DoseState::Due(_) => format!("today, {on}{planned}"),
        DoseState::Planned | DoseState::NotBefore => on,
    }
}

/// What the columns of the visit's cycle are called.
pub const OWN_HEADS: [&str; 5] = ["Day", "Level", "Dose", "Date", "Window"];

/// The doses of the visit's cycle, a line each; none while its day 1 is not known or when treatment stops.
#[must_use]
pub fn own_doses(plan: &Plan) -> Vec<[String; 5]> {
    let (Some(case), Some(own)) = (plan.case.as_ref(), plan.own_cycle()) else { return Vec::new() };
    let line = |dose: &CourseDose| {
        let to_come = dose.state.is_to_come();
        let mg = dose.mg.map(|mg| pretty(&mg.to_string()));
        [
            dose.day.number().to_string(),
            dose.mg_per_m2.map(|level| pretty(&level.to_string())).unwrap_or_default(),
            if to_come { mg.unwrap_or_else(|| "not yet".to_owned()) } else { String::new() },
            when(dose, case.date),
            if to_come { window(dose) } else { String::new() },
        ]
    };
    own.doses.iter().map(line).collect()
}

fn row(dose: &CourseDose, verdict: &Verdict, today: Date) -> Row {
    let word = verdict.word.to_lowercase();
    let state = match dose.state {
        DoseState::Due(Decision::OmitDose) => Sign::LeftOut.meaning().to_owned(),
        // Day 1 that comes too early stands on the first day it may have.
        DoseState::Due(Decision::Hold) if dose.on != today => format!("{word}, not before this day"),
        DoseState::Due(_) if dose.on != today => word,
        DoseState::Due(_) => match dose.planned.filter(|planned| *planned != today) {
            Some(planned) => format!("today: {word}, planned {}", date::short(planned)),
            None => format!("today: {word}"),
        },
        other => sign(other, verdict).meaning().to_owned(),
    };
    Row {
        day: dose.day.number().to_string(),
        date: format!("{} {}", date::with_weekday(dose.on), dose.on.parts().0),
        window: window(dose),
        next_from: dose.gap_until.map(date::short).unwrap_or_default(),
        dose: amount(dose).join(", "),
        state,
    }
}

/// Why a dose to come has no level yet: of day 1 it is the response, of the others only what reduces them.
fn depends_on(day: Day) -> &'static str {
    if day == Day::D1 { "depends on response" } else { "depends on toxicity" }
}

fn facts(cycle: &CourseCycle) -> Vec<String> {
    let start = cycle.first.map(|first| {
        let day = date::with_year(first);
        if cycle.stage == Stage::ToCome { format!("not before {day}") } else { format!("from {day}") }
    });
    let reduction = match cycle.reduction {
        Some(Reduction::None) => None,
        Some(Reduction::Minus25Percent) => Some("doses less 25\u{a0}%".to_owned()),
        Some(Reduction::TwoDoses) => Some("doses less 25\u{a0}%, two of them".to_owned()),
        None => Some("reduction not known".to_owned()),
    };
    let interrupted = cycle.interruption_days.filter(|days| *days > 0).map(|days| match days {
        1 => "interrupted 1\u{a0}day".to_owned(),
        days => format!("interrupted {days}\u{a0}days"),
    });
    let only = cycle.only_after.and_then(condition).map(str::to_owned);
    let start = start.unwrap_or_else(|| "no day 1 on record".to_owned());
    let length = format!("{}\u{a0}days", cycle.length.days());
    [Some(start), Some(length), reduction, interrupted, only].into_iter().flatten().collect()
}

/// On what a cycle behind a turn depends.
fn condition(turn: Turn) -> Option<&'static str> {
    match turn {
        Turn::ThirdOrTransplant => Some("only without CR or CRi with negative MRD"),
        Turn::PlanOpen => Some("depends on the transplant plan"),
        Turn::ResponseNeeded => Some("only with CR or CRi"),
        _ => None,
    }
}

fn closing(cycle: &CourseCycle, course: &Course) -> Vec<Closing> {
    let response = match (cycle.response, cycle.stage) {
        (Some(response), _) => Some(in_words(response)),
        (None, Stage::Past) => Some("Response not on record".to_owned()),
        (None, Stage::Now | Stage::ToCome) => None,
    };
    let response = response.map(|words| Closing { words, rule: None });
    let turns = cycle.turns.iter().map(|turn| Closing { words: said(*turn).to_owned(), rule: Some(turn.grounds().id) });
    let last = course.cycles.last().is_some_and(|last| last.number == cycle.number);
    let stopped = (last && course.decision == Decision::Stop)
        .then(|| Closing { words: "Treatment stops here".to_owned(), rule: None });
    response.into_iter().chain(turns).chain(stopped).collect()
}

fn in_words(response: ResponseInForce) -> String {
    let class = match response.class {
        Response::Cr => "CR",
        Response::Cri => "CRi",
        Response::None => "No CR or CRi",
        Response::Unknown => "Response not judged",
    };
    let mrd = match response.mrd {
        Some(Marker::Negative) => ", MRD negative",
        Some(Marker::Positive) => ", MRD positive",
        Some(Marker::Unknown) | None => ", MRD not known",
    };
    format!("{class}{mrd}")
}

fn said(turn: Turn) -> &'static str {
    match turn {
        Turn::ThirdOrTransplant => "Transplant, or a third cycle if CR or CRi with negative MRD is not reached",
        Turn::Transplant | Turn::TransplantAtLast => "Transplant",
        Turn::PlanOpen => "Decide on the transplant: with one, two cycles or three; without, six",
        Turn::ResponseNeeded => "Treatment goes on only with CR or CRi",
        Turn::NoResponse => "No CR or CRi after three cycles: treatment ends",
        Turn::ResponseLost => "CR or CRi is lost: the label gives no further dose",
        Turn::NoStepLeft => "No reduction is left: treatment ends",
        Turn::LabelEnds => "The label ends at six cycles",
    }
}

fn after(dates: &Counselling, course: &Course, patient: &Patient) -> After {
    let from = date::with_year(dates.last_dose);
    let title = if dates.last_dose == course.today && course.decision == Decision::Give {
        format!("Counted from today’s dose, {from}")
    } else {
        format!("Counted from the last dose, {from}")
    };
    let all = [
        ("Watch for VOD until", Until::VodWatch),
        ("No breastfeeding until", Until::Breastfeeding),
        ("Contraception, man, until", Until::ContraceptionMale),
        ("Contraception, woman, until", Until::ContraceptionFemale),
    ];
    let spans: Vec<Span> = all
        .into_iter()
        .filter(|(_, what)| what.concerns(patient))
        .map(|(label, what)| (label, what.day(dates)))
        .map(|(label, until)| Span { label, until: date::with_year(until), days: until.days_since(dates.last_dose) })
        .collect();
    let days = spans.iter().map(|span| span.days).max().unwrap_or_default();
    After { title, spans, days }
}

/// What is behind, what is today, and what comes next.
fn summary(course: &Course, verdict: &Verdict) -> String {
    let doses = || course.cycles.iter().flat_map(|cycle| cycle.doses.iter().map(move |dose| (cycle, dose)));
    let given = doses().filter(|(_, dose)| dose.state == DoseState::Given).count();
    let behind = match given {
        0 => "No dose given yet".to_owned(),
        1 => "1 dose given".to_owned(),
        count => format!("{count} doses given"),
    };
    let due = doses().find(|(_, dose)| matches!(dose.state, DoseState::Due(_)));
    let today = date::in_words(course.today);
    let today = match due {
        Some((cycle, dose)) => {
            format!("today, {today}, is cycle {}, {}: {}", cycle.number, dose.day, verdict.word.to_lowercase())
        }
        None => format!("today is {today}"),
    };
    let planned = doses().filter(|(_, dose)| dose.state == DoseState::Planned);
    let planned = planned.map(|(_, dose)| format!("{} on {}", dose.day, date::with_year(dose.on)));
    let next = course.cycles.iter().find(|cycle| cycle.stage == Stage::ToCome);
    let next = next.and_then(|next| Some(format!("cycle {} not before {}", next.number, date::with_year(next.first?))));
    let last = course.cycles.last().filter(|last| last.stage == Stage::ToCome);
    let last = last.map(|last| format!("at most {} cycles", last.number));
    let ahead: Vec<String> = planned.chain(next).chain(last).collect();
    let ahead = if ahead.is_empty() { "Nothing follows".to_owned() } else { format!("Then {}", ahead.join(", ")) };
    format!("{behind}; {today}. {ahead}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Case, assess};
    use crate::walk::Plan;

    /// A course in mid-flow: CR after cycle 1, a first dose of cycle 2, and day 8 today.
    fn case(changes: &[(&str, &str)]) -> Case {
        let mut text = r#"{
            "schema": 1, "profile": "us", "date": "2026-12-21", "hsct": "planned",
            "patient": {"age_years": 46, "sex": "male", "height": {"value": 170, "unit": "cm"},
                        "weight": {"value": 70, "unit": "kg"}},
            "cycles": [
                {"number": 1, "doses": [{"day": 1, "date": "2026-11-23"}, {"day": 8, "date": "2026-11-30"}],
                 "reduction": "none", "interruption_days": 3, "response": "cr", "mrd": "positive"},
                {"number": 2, "doses": [{"day": 1, "date": "2026-12-14"}]}],
            "visit": {"cycle": 2, "day": 8}}"#
            .to_owned();
        for (from, to) in changes {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, to);
        }
        Case::from_json(&text).expect(&text)
    }

    fn plan(case: Case) -> Plan {
        let outcome = Some(assess(&case));
        Plan { case: Some(case), outcome, ..Plan::of(&crate::walk::Walk::new(None)) }
    }

    fn drawn(changes: &[(&str, &str)]) -> Scene {
        of(&plan(case(changes))).expect("a course")
    }

    fn rows(lane: &Lane) -> Vec<String> {
        lane.doses.iter().map(|mark| mark.row.cells().join(" | ").replace('\u{a0}', " ")).collect()
    }

    #[test]
    fn a_course_in_mid_flow_says_what_is_behind_what_is_today_and_what_comes() {
        let scene = drawn(&[]);
        assert_eq!(
            scene.summary,
            "3 doses given; today, Monday 21 December 2026, is cycle 2, day 8: incomplete. \
             Then day 15 on 28 Dec 2026, cycle 3 not before 11 Jan 2027, at most 3 cycles."
        );
        let heads: Vec<String> = scene
            .lanes
            .iter()
            .map(|lane| format!("{}: {}", lane.title, lane.facts.join(", ").replace('\u{a0}', " ")))
            .collect();
        assert_eq!(
            heads,
            [
                "Cycle 1: from 23 Nov 2026, 21 days, interrupted 3 days",
                "Cycle 2: from 14 Dec 2026, 28 days",
                "Cycle 3: not before 11 Jan 2027, 28 days, only without CR or CRi with negative MRD",
            ]
        );
        assert_eq!(
            rows(&scene.lanes[0]),
            [
                "1 | Mon 23 Nov 2026 | given |  |  | 29 Nov",
                "8 | Mon 30 Nov 2026 | given |  | 29 Nov to 2 Dec | 6 Dec",
                "15 | Mon 7 Dec 2026 | not given |  | 6 Dec to 9 Dec | ",
            ]
        );
        assert_eq!(
            rows(&scene.lanes[1]),
            [
                "1 | Mon 14 Dec 2026 | given |  | from 14 Dec | 20 Dec",
                "8 | Mon 21 Dec 2026 | today: incomplete | 0.5 mg/m², 0.91 mg | 20 Dec to 23 Dec | 27 Dec",
                "15 | Mon 28 Dec 2026 | planned | 0.5 mg/m², 0.91 mg | 27 Dec to 30 Dec | 3 Jan",
            ]
        );
        let [first, second, ..] = &rows(&scene.lanes[2])[..] else { panic!("no doses") };
        assert_eq!(first, "1 | Mon 11 Jan 2027 | not before this day | depends on response | from 11 Jan | 17 Jan");
        assert!(second.contains("not before this day | depends on toxicity |"), "{second}");
    }

    #[test]
    fn what_is_drawn_stands_where_its_day_is() {
        let scene = drawn(&[]);
        let own = &scene.lanes[1];
        assert_eq!((scene.days, own.today), (28, Some(7)));
        assert_eq!(own.doses.iter().map(|mark| mark.at).collect::<Vec<_>>(), [0, 7, 14]);
        assert_eq!((own.doses[2].window, own.doses[1].closed), (Some((13, 16)), Some((7, 13))));
        assert_eq!(own.end.as_ref().map(|end| (end.at, end.under.as_str(), end.judged)), Some((28, "11 Jan", false)));
        assert_eq!(
            scene.lanes[0].end.as_ref().map(|end| (end.at, end.under.as_str(), end.judged)),
            Some((21, "", true))
        );
        assert!(scene.lanes[0].today.is_none() && scene.lanes[2].today.is_none());
    }

    #[test]
    fn today_stands_in_the_cycle_that_runs_even_when_the_next_is_asked_for_too_early() {
        let early = drawn(&[
            ("2026-12-21", "2026-12-10"),
            (
                r#",
                {"number": 2, "doses": [{"day": 1, "date": "2026-12-14"}]}"#,
                "",
            ),
            (r#""cycle": 2, "day": 8"#, r#""cycle": 2, "day": 1"#),
        ]);
        let todays: Vec<Option<i64>> = early.lanes.iter().map(|lane| lane.today).collect();
        assert_eq!(todays[..2], [Some(17), None]);
        assert_eq!(early.lanes[1].doses[0].sign, Sign::Hold);
        let due = &early.lanes[1].doses[0];
        assert_eq!((due.under.as_str(), due.row.state.as_str()), ("14 Dec", "hold, not before this day"));
    }

    #[test]
    fn a_cycle_without_its_first_day_has_no_days_to_draw() {
        let scene = drawn(&[(r#"{"number": 2, "doses": [{"day": 1, "date": "2026-12-14"}]}"#, r#"{"number": 2}"#)]);
        assert_eq!(scene.lanes.iter().map(|lane| lane.dated).collect::<Vec<_>>(), [true, false, false]);
        assert_eq!(scene.lanes[1].facts[0], "no day 1 on record");
        assert_eq!(rows(&scene.lanes[1]), ["8 | Mon 21 Dec 2026 | today: incomplete |  |  | "]);
    }

    #[test]
    fn each_verdict_has_a_sign_and_a_word() {
        let signs = |changes: &[(&str, &str)]| {
            let scene = drawn(changes);
            let due = &scene.lanes[1].doses[1];
            (due.sign, due.over.clone(), due.row.state.clone())
        };
        let of = |sign, over: &str, state: &str| (sign, over.to_owned(), state.to_owned());
        let visit = r#""visit": {"cycle": 2, "day": 8"#;
        let with = |more: &str| format!(r#"{visit}, {more}"#);
        let hold = with(r#""toxicities": [{"kind": "infusion_reaction", "grade": 1}]"#);
        let stop = with(r#""toxicities": [{"kind": "vod"}]"#);
        let omit = with(r#""interruption": {"held_from": "2026-12-14", "fit_on": "2026-12-21"}"#);
        assert_eq!(signs(&[(visit, &hold)]), of(Sign::Hold, "hold", "today: hold"));
        assert_eq!(signs(&[(visit, &stop)]), of(Sign::Stop, "stop", "today: stop"));
        assert_eq!(signs(&[(visit, &omit)]), of(Sign::LeftOut, "left out", "left out"));
        assert_eq!(signs(&[]).0, Sign::Open);
    }

    #[test]
    fn a_dose_left_out_keeps_its_day_and_today_its_own() {
        let today = [(r#""date": "2026-12-21""#, r#""date": "2026-12-29""#)];
        let held =
            r#""visit": {"cycle": 2, "day": 8, "interruption": {"held_from": "2026-12-21", "fit_on": "2026-12-29"}"#;
        let changes = [today[0], (r#""visit": {"cycle": 2, "day": 8"#, held)];
        let lane = &drawn(&changes).lanes[1];
        assert_eq!((lane.today, lane.doses[1].at, lane.doses[1].under.as_str()), (Some(15), 7, "21 Dec"));
        assert_eq!(rows(lane)[1], "8 | Mon 21 Dec 2026 | left out |  | 20 Dec to 23 Dec | ");
        assert_eq!(Sign::LeftOut.meaning(), "left out");

        let plan = plan(case(&changes));
        let ahead = |day| plan.ahead(day).map(|words| words.replace('\u{a0}', " "));
        assert_eq!((ahead(Day::D8).as_deref(), ahead(Day::D15).as_deref()), (None, Some("Tue 29 Dec")));
        assert_eq!(own_doses(&plan)[1][3], "left out");
        assert_eq!(lane.doses[2].at, 15, "its planned day is over, its window is not");
        assert_eq!(plan.next_cycle(), Date::read("2027-01-11"), "and the next cycle is said");
        let why = plan.why("schedule.next_cycle_from");
        assert_eq!(why.last().map(|line| line.result.as_str()), Some("11 Jan 2027"));
    }

    #[test]
    fn a_late_dose_has_one_date_in_the_picture_and_in_the_plan() {
        let late = [(r#""date": "2026-12-21""#, r#""date": "2026-12-24""#)];
        let words = |changes: &[(&str, &str)]| {
            let plan = plan(case(changes));
            let scene = of(&plan).expect("a course");
            let [_, _, _, date, window] = own_doses(&plan).swap_remove(1);
            let due = scene.lanes[1].doses[1].clone();
            assert_eq!(plan.ahead(Day::D8).as_ref(), Some(&date));
            assert_eq!(due.row.window, window);
            (due.under, due.row.state, date)
        };
        let said = |under: &str, state: &str, date: &str| (under.to_owned(), state.to_owned(), date.to_owned());
        let toxic = r#""visit": {"cycle": 2, "day": 8, "toxicities": [{"kind": "infusion_reaction", "grade": 1}]"#;
        assert_eq!(words(&[]), said("21 Dec", "today: incomplete", "today, Mon 21 Dec"));
        assert_eq!(
            words(&late),
            said("24 Dec", "today: incomplete, planned 21 Dec", "today, Thu 24 Dec, planned 21 Dec")
        );
        assert_eq!(
            words(&[late[0], (r#""visit": {"cycle": 2, "day": 8"#, toxic)]),
            said("24 Dec", "today: hold, planned 21 Dec", "held Thu 24 Dec, planned 21 Dec")
        );
    }

    #[test]
    fn a_window_of_one_day_is_one_date() {
        // Day 8 as late as its window lets it: day 15 may come on the last day of its own alone.
        let late = drawn(&[("2026-12-21", "2026-12-24")]);
        assert_eq!(late.lanes[1].doses[2].row.window, "30 Dec");
    }

    #[test]
    fn turns_and_responses_are_said_with_their_rule() {
        let words = |scene: &Scene| -> Vec<String> {
            let lines = scene.lanes.iter().flat_map(|lane| &lane.closing);
            lines.map(|line| format!("{} {}", line.words, line.rule.unwrap_or("-"))).collect()
        };
        assert_eq!(
            words(&drawn(&[])),
            [
                "CR, MRD positive -",
                "Transplant, or a third cycle if CR or CRi with negative MRD is not reached HSCT-02",
                "Transplant HSCT-04",
            ]
        );
        assert_eq!(
            words(&drawn(&[("planned", "undecided")])),
            [
                "CR, MRD positive -",
                "Decide on the transplant: with one, two cycles or three; without, six HSCT-07",
                "The label ends at six cycles HSCT-05",
            ]
        );
    }

    #[test]
    fn what_counts_from_the_last_dose_is_said_for_the_sex_that_it_concerns() {
        let labels = |scene: Scene| -> Vec<String> {
            let after = scene.after.expect("a dose was given");
            assert_eq!(after.title, "Counted from the last dose, 14 Dec 2026");
            after.spans.iter().map(|span| format!("{} {} ({})", span.label, span.until, span.days)).collect()
        };
        assert_eq!(
            labels(drawn(&[])),
            ["Watch for VOD until 8 Feb 2027 (56)", "Contraception, man, until 14 May 2027 (151)"]
        );
        assert_eq!(
            labels(drawn(&[(r#""male""#, r#""female""#)])),
            [
                "Watch for VOD until 8 Feb 2027 (56)",
                "No breastfeeding until 14 Feb 2027 (62)",
                "Contraception, woman, until 14 Aug 2027 (243)",
            ]
        );
        assert_eq!(labels(drawn(&[(r#""sex": "male", "#, "")])).len(), 4);
    }

    #[test]
    fn a_given_dose_that_moves_moves_the_picture() {
        let moved = drawn(&[("2026-12-21", "2026-12-23")]);
        assert_eq!(moved.lanes[1].doses[2].row.window, "29 Dec to 30 Dec");
        assert_eq!(moved.lanes[1].doses[2].at, 15);
    }
}
