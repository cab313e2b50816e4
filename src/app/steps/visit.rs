//! Which dose is due, when, and by which label. Everything after it asks only what that dose needs.

use leptos::prelude::*;

use crate::app::check;
use crate::app::components::choice::choice;
use crate::app::components::course_file::load;
use crate::app::components::part::Inside;
use crate::app::components::part::html::p;
use crate::app::components::record::take_values;
use crate::app::components::typed::date;
use crate::app::desk::Desk;
use crate::walk::{ChoiceField, DateField};

/// The questions of the step.
pub fn body(desk: Desk) -> impl Inside {
    let due = desk.watch(|_, plan| plan.visit());
    (
        load(desk),
        take_values(desk),
        check::way_to("Second check of a plan from another device"),
        choice(desk, ChoiceField::Cycle),
        choice(desk, ChoiceField::Day),
        date(desk, DateField::Visit),
        choice(desk, ChoiceField::Label),
        move || due.get().map(|due| p().class("quiet").attr("translate", "no").child(format!("Due is {due}."))),
    )
}
