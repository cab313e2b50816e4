//! Blasts in the blood before the first dose.

use leptos::prelude::*;

use super::pair;
use crate::app::components::choice::choice;
use crate::app::components::number::number;
use crate::app::components::part::Inside;
use crate::app::components::part::html::p;
use crate::app::desk::Desk;
use crate::walk::{ChoiceField, NumberField, Step};

/// The questions of the step.
pub fn body(desk: Desk) -> impl Inside {
    let asked = desk.watch(|walk, _| walk.not_today(Step::Cytoreduction).is_none());
    (
        choice(desk, ChoiceField::BlastsBy),
        move || {
            asked.get().then(|| p().class("hint before-pair").child("From today’s count. 0 if no blasts are seen."))
        },
        pair((number(desk, NumberField::Wbc), number(desk, NumberField::BlastPercent))),
        number(desk, NumberField::Blasts),
    )
}
