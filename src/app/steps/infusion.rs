//! Rate, line, clock, observation.

use leptos::prelude::*;

use super::{group, nothing};
use crate::app::components::part::Inside;
use crate::app::components::work::work;
use crate::app::desk::Desk;
use crate::app::timing::{limits, line_of_time, time};
use crate::walk::TimeField;
use crate::walk::countdown::Limit;
use crate::walk::work::Phase;

/// The questions of the step, and how the infusion is run.
pub fn body(desk: Desk) -> impl Inside {
    let none = desk.watch(|_, plan| plan.none_today());
    move || if none.get() { nothing("No dose today: infuse nothing.") } else { run(desk).view() }
}

fn run(desk: Desk) -> impl Inside {
    (
        work(desk, "ul", Phase::Infuse),
        group("Observe", work(desk, "ul", Phase::Observe)),
        group(
            "Clock",
            (
                time(desk, TimeField::Started),
                time(desk, TimeField::Stopped),
                time(desk, TimeField::WentOn),
                time(desk, TimeField::Ended),
                time(desk, TimeField::Observed),
                limits(desk, &[Limit::Start, Limit::End, Limit::Observe]),
            ),
        ),
        group("Line of time", line_of_time(desk)),
    )
}
