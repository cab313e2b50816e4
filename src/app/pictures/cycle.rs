//! The days of the cycle on one line, each with the window in which it may be given.

use leptos::prelude::*;
use leptos::svg::{circle, g, path, rect, svg, text};

use crate::app::desk::Desk;
use crate::engine::assessment::{Schedule, ScheduledDose};
use crate::engine::calendar::Date;
use crate::walk::date;

/// Left end, right end.
const LINE: (i64, i64) = (14, 314);

/// The picture, once the cycle's days are known.
pub fn cycle(desk: Desk) -> impl IntoView {
    let schedule = desk.watch(|_, plan| plan.assessment().and_then(|found| found.schedule.clone()));
    move || schedule.get().and_then(draw)
}

fn draw(schedule: Schedule) -> Option<impl IntoView> {
    let first = schedule.doses.first()?.planned;
    let days = schedule.next_cycle_from.days_since(first).max(1);
    let place = move |day: Date| LINE.0 + (LINE.1 - LINE.0) * day.days_since(first) / days;
    let windows = schedule.doses.iter().copied().filter_map(|dose| window(dose, place)).collect_view();
    let doses = schedule.doses.iter().copied().map(|dose| mark(dose, place)).collect_view();
    let end = place(schedule.next_cycle_from);
    Some(
        svg()
            .attr("class", "picture cycle")
            .attr("viewBox", "0 0 330 64")
            .attr("role", "img")
            .attr("aria-label", words(&schedule))
            .attr("translate", "no")
            .child((
                path().attr("class", "axis").attr("d", format!("M{} 28H{end}", LINE.0)),
                windows,
                doses,
                path().attr("class", "mark").attr("d", format!("M{end} 18v20")),
                g().attr("class", "labels").child(
                    text()
                        .attr("x", "328")
                        .attr("y", "58")
                        .attr("text-anchor", "end")
                        .child(date::short(schedule.next_cycle_from)),
                ),
            )),
    )
}

fn window(dose: ScheduledDose, place: impl Fn(Date) -> i64) -> Option<impl IntoView> {
    let (from, to) = (place(dose.earliest?), place(dose.latest?));
    Some(
        rect()
            .attr("class", "window")
            .attr("x", from)
            .attr("y", 19)
            .attr("width", (to - from).max(2))
            .attr("height", 18),
    )
}

fn mark(dose: ScheduledDose, place: impl Fn(Date) -> i64) -> impl IntoView {
    let x = place(dose.planned);
    let (anchor, at) = if x <= LINE.0 { ("start", 4) } else { ("middle", x) };
    let level = dose.mg_per_m2.map(|level| level.0.normalize().to_string()).unwrap_or_default();
    g().child((
        circle().attr("class", "dose-dot").attr("cx", x).attr("cy", 28).attr("r", if x <= LINE.0 { 7 } else { 5 }),
        g().attr("class", "labels").child((
            text().attr("class", "level").attr("x", at).attr("y", 12).attr("text-anchor", anchor).child(level),
            text().attr("x", at).attr("y", 58).attr("text-anchor", anchor).child(date::short(dose.planned)),
        )),
    ))
}

fn words(schedule: &Schedule) -> String {
    let doses = schedule.doses.iter().map(|dose| {
        let level = dose.mg_per_m2.map(|level| format!(", {} mg/m²", level.0.normalize())).unwrap_or_default();
        format!("{} on {}{level}", dose.day, date::short(dose.planned))
    });
    let doses = doses.collect::<Vec<_>>().join("; ");
    format!("{doses}; next cycle from {}", date::short(schedule.next_cycle_from))
}
