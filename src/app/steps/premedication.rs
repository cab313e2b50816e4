//! The three classes.

use leptos::prelude::*;

use crate::app::components::choice::choice;
use crate::app::desk::Desk;
use crate::app::timing::time;
use crate::walk::{ChoiceField, TimeField};

/// The questions of the step.
pub fn body(desk: Desk) -> impl IntoView {
    (
        choice(desk, ChoiceField::Corticosteroid),
        time(desk, TimeField::Corticosteroid),
        choice(desk, ChoiceField::Antipyretic),
        time(desk, TimeField::Antipyretic),
        choice(desk, ChoiceField::Antihistamine),
        time(desk, TimeField::Antihistamine),
    )
}
