//! Rate, line, clock, observation.

use leptos::html::{li, span, strong, ul};
use leptos::prelude::*;

use super::{cited, group, nothing};
use crate::app::components::live;
use crate::app::desk::Desk;
use crate::app::timing::{limits, line_of_time, time};
use crate::walk::TimeField;
use crate::walk::countdown::Limit;

/// The questions of the step, and how the infusion is run.
pub fn body(desk: Desk) -> impl IntoView {
    let none = desk.watch(|_, plan| plan.none_today());
    move || if none.get() { nothing("No dose today: infuse nothing.") } else { run(desk).into_any() }
}

fn run(desk: Desk) -> impl IntoView {
    let rate = desk.watch(|_, plan| {
        let rate = plan.preparation().and_then(|prepared| prepared.rate_ml_per_h);
        rate.map_or_else(|| "not known yet".to_owned(), |rate| rate.to_string())
    });
    (
        ul().class("work").child((
            li().child((
                span().child(("Rate: ", strong().child(live("nowrap", move || rate.get())), ", at 20 to 25 °C.")),
                cited(desk, "INF-01, INF-02", "2.4", "4.2"),
            )),
            item("Let a refrigerated bag come to room temperature for about 1 hour first.", "TIME-05"),
            item("Protect from light. Mix with nothing else and run nothing else in the line.", "INF-06, INF-07"),
            item("No filter is needed. If one is used: PES, PVDF or hydrophilic polysulfone, never nylon or mixed cellulose ester.", "INF-04"),
            li().child((
                span().child("Watch during the infusion and for at least 1 hour after it: fever, chills, rash, trouble breathing."),
                cited(desk, "OBS-01", "2.2", "4.2"),
            )),
            item("On any reaction interrupt and treat. A severe or life-threatening one ends treatment for good.", "IRR-01, IRR-02"),
        )),
        group("Clock", (
            time(desk, TimeField::Started),
            time(desk, TimeField::Stopped),
            time(desk, TimeField::WentOn),
            time(desk, TimeField::Ended),
            time(desk, TimeField::Observed),
            limits(desk, &[Limit::Start, Limit::End, Limit::Observe]),
        )),
        group("Line of time", line_of_time(desk)),
    )
}

fn item(words: &'static str, source: &'static str) -> impl IntoView {
    li().child((span().child(words), tag(source)))
}

fn tag(source: &'static str) -> impl IntoView {
    span().class("tag").attr("translate", "no").child(source)
}
