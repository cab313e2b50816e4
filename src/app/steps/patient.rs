//! Who is treated.

use leptos::prelude::*;

use super::pair;
use crate::app::components::choice::choice;
use crate::app::components::number::number;
use crate::app::components::part::Inside;
use crate::app::components::part::html::{details, p, span, summary};
use crate::app::components::typed::date;
use crate::app::desk::Desk;
use crate::app::pictures;
use crate::walk::picture;
use crate::walk::plan::{Plan, pretty};
use crate::walk::{ChoiceField, DateField, NumberField};

/// The questions of the step.
pub fn body(desk: Desk) -> impl Inside {
    (
        p().class("hint before-pair").child("Measured for this cycle. Actual weight, never an ideal or adjusted one."),
        pair((number(desk, NumberField::Height), number(desk, NumberField::Weight))),
        number(desk, NumberField::WeightBefore),
        formulas(desk),
        choice(desk, ChoiceField::AgeBy),
        date(desk, DateField::Birth),
        number(desk, NumberField::Age),
        choice(desk, ChoiceField::Sex),
    )
}

/// The five formulas, and the choice of another than the usual one.
fn formulas(desk: Desk) -> impl Inside {
    let bsa = |plan: &Plan| match plan.assessment().and_then(|found| found.bsa.as_ref()) {
        Some(bsa) => format!("Body surface area {}, by {}", pretty(&bsa.m2.to_string()), picture::name(bsa.formula)),
        None => "Body surface area: by Mosteller unless you choose another formula".to_owned(),
    };
    let head = desk.watch(move |walk, plan| {
        let local = walk.local_note(ChoiceField::Formula).map(|note| format!(" · {note}")).unwrap_or_default();
        bsa(plan) + &local
    });
    details().class("more").child((
        summary().child(span().attr("translate", "no").prop("textContent", move || head.get())),
        pictures::formulas::formulas(desk),
        choice(desk, ChoiceField::Formula),
    ))
}
