//! The three classes.

use crate::app::components::choice::choice;
use crate::app::components::part::Inside;
use crate::app::desk::Desk;
use crate::app::local::drugs;
use crate::app::timing::time;
use crate::interchange::policy::PremedicationClass;
use crate::walk::{ChoiceField, TimeField};

/// The questions of the step.
pub fn body(desk: Desk) -> impl Inside {
    (
        drugs(desk, PremedicationClass::Corticosteroid),
        choice(desk, ChoiceField::Corticosteroid),
        time(desk, TimeField::Corticosteroid),
        drugs(desk, PremedicationClass::Antipyretic),
        choice(desk, ChoiceField::Antipyretic),
        time(desk, TimeField::Antipyretic),
        drugs(desk, PremedicationClass::Antihistamine),
        choice(desk, ChoiceField::Antihistamine),
        time(desk, TimeField::Antihistamine),
    )
}
