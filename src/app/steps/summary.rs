//! Cautions to acknowledge, and the sheets.

use leptos::prelude::*;

use super::group;
use crate::app::check;
use crate::app::components::calendar_file::calendar;
use crate::app::components::course_file::save;
use crate::app::components::finding::acknowledgements;
use crate::app::components::part::html::ul;
use crate::app::components::part::{Inside, Listed};
use crate::app::components::record::propose;
use crate::app::components::summary_of_errors;
use crate::app::desk::Desk;
use crate::app::sheets;
use crate::engine::rule::Severity;

/// The step.
pub fn body(desk: Desk) -> impl Inside {
    let cautions = desk.watch(|_, plan| plan.of_severity(Severity::Caution).count());
    let open = desk.watch(|_, plan| plan.open.clone());
    (
        move || (cautions.get() > 0).then(|| group("Cautions", acknowledgements(desk))),
        move || {
            let open = open.get();
            (!open.is_empty()).then(|| {
                group(
                    "Still open",
                    ul().class("open-list")
                        .child(open.into_iter().map(|open| summary_of_errors::line(desk, open)).listed()),
                )
            })
        },
        check::way_to("Second check, or hand over to another device"),
        save(desk),
        calendar(desk),
        propose(desk),
        sheets::sheets(desk),
    )
}
