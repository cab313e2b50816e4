//! Who is treated.

use leptos::html::{details, p, summary, table, tbody, td, th, tr};
use leptos::prelude::*;

use super::pair;
use crate::app::components::choice::choice;
use crate::app::components::number::number;
use crate::app::components::typed::date;
use crate::app::desk::Desk;
use crate::engine::case::BsaFormula;
use crate::walk::plan::pretty;
use crate::walk::{ChoiceField, DateField, NumberField};

/// The questions of the step.
pub fn body(desk: Desk) -> impl IntoView {
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
fn formulas(desk: Desk) -> impl IntoView {
    let values = desk.watch(|_, plan| {
        let bsa = plan.assessment().and_then(|found| found.bsa.clone());
        bsa.map(|bsa| bsa.all.map(|(formula, m2)| (formula, m2, formula == bsa.formula)).to_vec()).unwrap_or_default()
    });
    let head = desk.watch(|_, plan| match plan.assessment().and_then(|found| found.bsa.as_ref()) {
        Some(bsa) => format!("Body surface area {}, by {}", pretty(&bsa.m2.to_string()), name(bsa.formula)),
        None => "Body surface area: by Mosteller unless you choose another formula".to_owned(),
    });
    let rows = move || {
        let values = values.get();
        (!values.is_empty()).then(|| {
            let line = |(formula, m2, used): (BsaFormula, crate::engine::units::SquareMetres, bool)| {
                tr().class(if used { "used" } else { "" }).child((
                    th().attr("scope", "row").child(name(formula)),
                    td().attr("translate", "no").child(pretty(&m2.to_string())),
                    td().child(if used { "in use" } else { "" }),
                ))
            };
            table().class("formulas").child(tbody().child(values.into_iter().map(line).collect_view()))
        })
    };
    details().class("more").child((
        summary().child(leptos::html::span().attr("translate", "no").prop("textContent", move || head.get())),
        rows,
        choice(desk, ChoiceField::Formula),
    ))
}

fn name(formula: BsaFormula) -> &'static str {
    let answers = ChoiceField::Formula.answers();
    answers.iter().find(|answer| answer.code == formula.word()).map_or("", |answer| answer.label)
}
