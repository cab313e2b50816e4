//! What today's dose depends on: counts, liver, heart.

use leptos::html::{p, table, tbody, td, th, thead, tr};
use leptos::prelude::*;

use super::{group, pair};
use crate::app::components::choice::choice;
use crate::app::components::number::number;
use crate::app::desk::Desk;
use crate::engine::assessment::ScheduledDose;
use crate::walk::plan::pretty;
use crate::walk::{ChoiceField, NumberField, date};

/// The questions of the step.
pub fn body(desk: Desk) -> impl IntoView {
    (
        group("Cycle 1", cycle(desk)),
        group("Counts", pair((number(desk, NumberField::Anc), number(desk, NumberField::Platelets)))),
        group(
            "Liver",
            (
                p().class("hint before-pair")
                    .child("Upper limits of normal as your laboratory prints them for this patient."),
                pair((number(desk, NumberField::Bilirubin), number(desk, NumberField::BilirubinUln))),
                pair((number(desk, NumberField::Ast), number(desk, NumberField::AstUln))),
                pair((number(desk, NumberField::Alt), number(desk, NumberField::AltUln))),
                choice(desk, ChoiceField::Gilbert),
            ),
        ),
        group(
            "Heart",
            (
                pair((number(desk, NumberField::Qtcf), number(desk, NumberField::BaselineQtcf))),
                choice(desk, ChoiceField::Electrolytes),
                choice(desk, ChoiceField::QtRisk),
            ),
        ),
    )
}

/// The doses of this cycle by plan.
pub fn cycle(desk: Desk) -> impl IntoView {
    let doses = desk.watch(|_, plan| {
        plan.assessment()
            .and_then(|found| found.schedule.as_ref())
            .map(|schedule| schedule.doses.clone())
            .unwrap_or_default()
    });
    let head = || {
        thead().child(
            tr().child(
                ["Day", "Level", "Dose", "Planned", "Window"]
                    .map(|title| th().attr("scope", "col").child(title))
                    .into_iter()
                    .collect_view(),
            ),
        )
    };
    move || {
        let doses = doses.get();
        if doses.is_empty() {
            return p()
                .class("quiet")
                .child("The doses of the cycle stand here once the first dose is what is due.")
                .into_any();
        }
        table()
            .class("schedule")
            .attr("translate", "no")
            .child((head(), tbody().child(doses.into_iter().map(line).collect_view())))
            .into_any()
    }
}

fn line(dose: ScheduledDose) -> impl IntoView {
    let window =
        dose.earliest.zip(dose.latest).map(|(from, to)| format!("{} to {}", date::short(from), date::short(to)));
    tr().child((
        th().attr("scope", "row").child(dose.day.number().to_string()),
        td().child(dose.mg_per_m2.map(|level| pretty(&level.to_string()))),
        td().child(dose.mg.map_or_else(|| "not yet".to_owned(), |mg| pretty(&mg.to_string()))),
        td().child(date::with_weekday(dose.planned)),
        td().child(window),
    ))
}
