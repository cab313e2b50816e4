//! Indication, and what speaks against it.

use super::group;
use crate::app::components::choice::{choice, swap};
use crate::app::components::number::number;
use crate::app::components::part::Inside;
use crate::app::desk::Desk;
use crate::walk::{ChoiceField, NumberField};

/// The questions of the step.
pub fn body(desk: Desk) -> impl Inside {
    (
        group(
            "Disease",
            (
                choice(desk, ChoiceField::Diagnosis),
                choice(desk, ChoiceField::Status),
                choice(desk, ChoiceField::Cd22),
                number(desk, NumberField::Cd22Percent),
                swap(desk, ChoiceField::Cd22By),
                choice(desk, ChoiceField::Philadelphia),
                number(desk, NumberField::TkiFailed),
            ),
        ),
        group(
            "History",
            (
                choice(desk, ChoiceField::Hypersensitivity),
                choice(desk, ChoiceField::Vod),
                choice(desk, ChoiceField::SeriousLiver),
            ),
        ),
        group(
            "Pregnancy and transplant",
            (
                choice(desk, ChoiceField::Reproductive),
                choice(desk, ChoiceField::Pregnancy),
                choice(desk, ChoiceField::Hsct),
            ),
        ),
    )
}
