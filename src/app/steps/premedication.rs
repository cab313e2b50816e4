//! The three classes.

use leptos::prelude::*;

use crate::app::components::choice::choice;
use crate::app::desk::Desk;
use crate::walk::ChoiceField;

/// The questions of the step.
pub fn body(desk: Desk) -> impl IntoView {
    (
        choice(desk, ChoiceField::Corticosteroid),
        choice(desk, ChoiceField::Antipyretic),
        choice(desk, ChoiceField::Antihistamine),
    )
}
