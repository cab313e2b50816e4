//! The course: a lane for each cycle, with its doses, windows and gaps, and what counts from the last dose.
//!
//! A picture for those who look, a table for those who read or listen; both are made of the same scene.

use leptos::ev;
use leptos::prelude::*;

use super::{across, band, shape_at, strip, upright, words_at};
use crate::app::components::part::html::{
    b, button, caption, div, figure, li, p, section, span, table, tbody, td, th, thead, tr, ul,
};
use crate::app::components::part::svg::{path, svg};
use crate::app::components::part::{Inside, Listed};
use crate::app::desk::Desk;
use crate::engine::course::Stage;
use crate::walk::timeline::{self as scene, After, Closing, Lane, Mark, Row, Scene, Sign};

/// Where the parts of a lane stand, in the size of the text.
const OVER: f64 = 1.0;
const LINE: f64 = 2.3;
const UNDER: f64 = 4.3;
const HEIGHT: f64 = 4.7;
/// The last dose of a cycle: there is room to its right, and little to its left.
const LAST: &str = "15";
/// How much lower they stand where today is written above them.
const TODAY: f64 = 1.3;

/// The whole course, with a button that shows it as a table.
pub fn course(desk: Desk) -> impl Inside {
    switched(desk.watch(|_, plan| scene::of(plan)))
}

/// The visit's cycle by itself.
pub fn cycle(desk: Desk) -> impl Inside {
    let scene = desk.watch(|_, plan| {
        let mut scene = scene::of(plan)?;
        scene.lanes.retain(|lane| lane.stage == Stage::Now);
        (!scene.lanes.is_empty()).then_some(scene)
    });
    move || {
        scene.get().map(|scene| {
            // By itself it takes the whole width, as far as its end.
            let across = |lane: &Lane| lane.end.as_ref().map_or(scene.days, |end| end.at);
            let lanes = scene.lanes.iter().map(|lane| days(lane, across(lane))).listed();
            div()
                .class("picture course-cycle")
                .role("img")
                .attr("aria-label", scene.summary)
                .attr("translate", "no")
                .child(lanes)
        })
    }
}

/// A scene that may change, as a picture or as a table.
pub fn switched(scene: Memo<Option<Scene>>) -> impl Inside {
    let as_table = RwSignal::new(false);
    let there = Memo::new(move |_| scene.with(Option::is_some));
    let figure = move || {
        figure().class("timeline").attr("data-testid", "course").child((
            button()
                .attr("type", "button")
                .class("quiet-button course-switch")
                .attr("aria-pressed", move || as_table.get().to_string())
                .on(ev::click, move |_| as_table.update(|table| *table = !*table))
                .child("Show as table"),
            move || (!as_table.get()).then(|| scene.with(|scene| scene.as_ref().map(draw))),
            move || scene.with(|scene| scene.as_ref().map(|scene| tabled(scene, !as_table.get()))),
        ))
    };
    move || {
        if there.get() { figure().view() } else { p().class("quiet").child("There is no cycle to show.").view() }
    }
}

/// The picture.
fn draw(scene: &Scene) -> impl Inside + use<> {
    let lanes = scene.lanes.iter().map(|drawn| lane(drawn, scene.days)).listed();
    div().class("course-picture").attr("translate", "no").child((
        div().role("img").attr("aria-label", scene.summary.clone()).child((lanes, scene.after.as_ref().map(after))),
        legend(scene),
    ))
}

fn lane(lane: &Lane, days_across: i64) -> impl Inside + use<> {
    let class = match lane.stage {
        Stage::Past => "lane past",
        Stage::Now => "lane now",
        Stage::ToCome => "lane to-come",
    };
    section().class(class).child((
        p().class("lane-head")
            .child((b().child(lane.title.clone()), lane.facts.iter().map(|fact| span().child(fact.clone())).listed())),
        days(lane, days_across),
        lane.closing.iter().map(closing).listed(),
    ))
}

/// The days of a cycle.
fn days(lane: &Lane, across_days: i64) -> impl Inside + use<> {
    let share = move |day: i64| day as f64 / across_days.max(1) as f64;
    let down = if lane.today.is_some() { TODAY } else { 0.0 };
    let line = LINE + down;
    let last = lane.end.as_ref().map_or(across_days, |end| end.at);
    let windows = lane.doses.iter().filter_map(|dose| dose.window).map(move |(from, to)| {
        // A window ends with its last day, not before it.
        band("window", (share(from) - 0.008, share(to) + 0.008), line - 0.85, 1.7)
    });
    let closed = lane
        .doses
        .iter()
        .filter_map(|dose| dose.closed)
        .map(move |(from, to)| band("closed", (share(from), share(to)), line - 0.16, 0.32));
    let marks = lane.doses.iter().map(|dose| mark(dose, share(dose.at), down));
    let today = lane.today.map(|today| {
        // Where a dose stands under it, the word is enough.
        let free = lane.doses.iter().all(|dose| dose.at != today);
        let at = share(today);
        (
            words_at("level", at, OVER, "middle", "today".to_owned()),
            free.then(|| upright("today", at, OVER + 0.25, line + 1.1)),
        )
    });
    let end = lane.end.as_ref().map(|end| {
        let shape = "M0 -8l7 8l-7 8l-7 -8z";
        let class = if end.judged { "turn judged" } else { "turn" };
        (
            shape_at(class, share(end.at), line, shape),
            words_at("labels", share(end.at), UNDER + down, "middle", end.under.clone()),
        )
    });
    let parts =
        (windows.listed(), across("axis", (0.0, share(last)), line), closed.listed(), today, end, marks.listed());
    (lane.dated && !lane.doses.is_empty()).then(|| strip(HEIGHT + down, parts))
}

fn mark(mark: &Mark, at: f64, down: f64) -> impl Inside + use<> {
    (
        sign_at(mark.sign, at, LINE + down),
        words_at(
            if mark.row.day == LAST { "level over last" } else { "level over" },
            at,
            OVER + down,
            "middle",
            mark.over.clone(),
        ),
        words_at("labels", at, UNDER + down, "middle", mark.under.clone()),
    )
}

fn sign_at(sign: Sign, at: f64, height: f64) -> impl Inside {
    let (class, shape) = shape(sign);
    shape_at(class, at, height, shape)
}

/// The class and the shape of a dose.
fn shape(sign: Sign) -> (&'static str, &'static str) {
    const DISC: &str = "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0";
    const RINGED: &str = "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0M-10 0a10 10 0 1 0 20 0a10 10 0 1 0 -20 0";
    match sign {
        Sign::Given => ("full", DISC),
        Sign::NotGiven => ("bare", "M-6 -6l12 12M-6 6l12 -12"),
        Sign::Give => ("empty", "M-10 0a10 10 0 1 0 20 0a10 10 0 1 0 -20 0M-5 .5l3.5 3.5l6 -7"),
        Sign::Open => ("empty", RINGED),
        Sign::Hold => ("empty", "M-9 -9h18v18h-18zM-3 -5v10M3 -5v10"),
        Sign::Stop => ("empty", "M-4 -10h8l6 6v8l-6 6h-8l-6 -6v-8zM-5 0h10"),
        Sign::LeftOut => ("empty", "M-8 0a8 8 0 1 0 16 0a8 8 0 1 0 -16 0M-5.6 5.6l11.2 -11.2"),
        Sign::Planned => ("empty", DISC),
        Sign::NotBefore => ("empty broken", DISC),
    }
}

fn closing(line: &Closing) -> impl Inside + use<> {
    p().class("lane-end").child((
        key_shape("turn judged", "M0 -8l7 8l-7 8l-7 -8z"),
        span().child(line.words.clone()),
        line.rule.map(|rule| span().class("tag").child(rule)),
    ))
}

/// What counts from the last dose: one bar each, as long as it lasts.
fn after(after: &After) -> impl Inside + use<> {
    let days = after.days.max(1) as f64;
    let bar = move |label: &'static str, until: String, lasts: i64| {
        let share = lasts as f64 / days;
        div().class("span").child((
            p().child((span().child(label), " ", b().child(until))),
            strip(0.9, (band("lasting", (0.0, share), 0.2, 0.5), upright("limits", share, 0.0, 0.9))),
        ))
    };
    let bars = after.spans.iter().map(|span| bar(span.label, span.until.clone(), span.days)).listed();
    section().class("lane after").child((p().class("lane-head").child(b().child(after.title.clone())), bars))
}

/// What the signs of this picture mean.
fn legend(scene: &Scene) -> impl Inside + use<> {
    let mut signs: Vec<Sign> = Vec::new();
    for mark in scene.lanes.iter().flat_map(|lane| &lane.doses) {
        if !signs.contains(&mark.sign) {
            signs.push(mark.sign);
        }
    }
    let key = |sign: Sign| {
        let (class, drawn) = shape(sign);
        li().child((key_shape(class, drawn), sign.meaning()))
    };
    ul().class("legend").attr("aria-hidden", "true").child((
        signs.into_iter().map(key).listed(),
        li().child((strip_key("window", 0.1, 1.2), "may be given")),
        li().child((strip_key("closed", 0.55, 0.32), "6\u{a0}days without a dose")),
        li().child((key_shape("turn", "M0 -8l7 8l-7 8l-7 -8z"), "response to be judged")),
        li().child((key_shape("turn judged", "M0 -8l7 8l-7 8l-7 -8z"), "response known, or a turn")),
    ))
}

fn key_shape(class: &'static str, shape: &'static str) -> impl Inside {
    svg()
        .attr("class", "key")
        .attr("viewBox", "-12 -12 24 24")
        .attr("aria-hidden", "true")
        .child(path().attr("class", class).attr("d", shape))
}

fn strip_key(class: &'static str, top: f64, height: f64) -> impl Inside {
    svg().attr("class", "key").attr("aria-hidden", "true").child(band(class, (0.05, 0.95), top, height))
}

/// The same as a table. Where the room is narrow its rows are set as blocks, which would take a table's roles from it: each part
/// names its own.
fn tabled(scene: &Scene, hidden: bool) -> impl Inside + use<> {
    const COLUMNS: usize = Row::HEADS.len();
    let group = |title: String| {
        tr().role("row").child(th().role("rowheader").attr("scope", "rowgroup").attr("colspan", COLUMNS).child(title))
    };
    let row = |mark: &Mark| {
        let [day, cells @ ..] = mark.row.cells().map(str::to_owned);
        let [of_day, heads @ ..] = Row::HEADS;
        let cells =
            heads.into_iter().zip(cells).map(|(head, cell)| td().role("cell").attr("data-head", head).child(cell));
        tr().role("row")
            .child((th().role("rowheader").attr("scope", "row").attr("data-head", of_day).child(day), cells.listed()))
    };
    let words = |line: &Closing| {
        let rule = line.rule.map(|rule| format!(" ({rule})")).unwrap_or_default();
        tr().role("row")
            .child(td().role("cell").attr("colspan", COLUMNS).child(format!("At its end: {}{rule}", line.words)))
    };
    let next = |lane: &Lane| {
        let end = lane.end.as_ref().filter(|end| !end.under.is_empty());
        end.map(|end| {
            tr().role("row")
                .child(td().role("cell").attr("colspan", COLUMNS).child(format!("Next cycle from {}", end.under)))
        })
    };
    let lane = |lane: &Lane| {
        tbody().role("rowgroup").child((
            group(format!("{}: {}", lane.title, lane.facts.join(", "))),
            lane.doses.iter().map(row).listed(),
            lane.closing.iter().map(words).listed(),
            next(lane),
        ))
    };
    let after = scene.after.as_ref().map(|after| {
        let lines = after.spans.iter().map(|span| {
            tr().role("row").child((
                th().role("rowheader").attr("scope", "row").attr("colspan", COLUMNS - 2).child(span.label),
                td().role("cell").attr("colspan", 2).child(span.until.clone()),
            ))
        });
        tbody().role("rowgroup").child((group(after.title.clone()), lines.listed()))
    });
    let heads = Row::HEADS.map(|head| th().role("columnheader").attr("scope", "col").child(head)).into_iter().listed();
    let table = table().role("table").class("schedule course-table").attr("translate", "no").child((
        caption().class("visually-hidden").child("The course, cycle by cycle"),
        thead().role("rowgroup").child(tr().role("row").child(heads)),
        scene.lanes.iter().map(lane).listed(),
        after,
    ));
    let room = div().class(if hidden { "visually-hidden" } else { "table-room" });
    room.child(table).view()
}
