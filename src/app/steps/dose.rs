//! What today's dose depends on: counts, liver, heart.

use leptos::prelude::*;

use super::{group, pair};
use crate::app::components::choice::choice;
use crate::app::components::number::number;
use crate::app::components::part::html::{details, div, h2, p, section, summary, table, tbody, td, th, thead, tr};
use crate::app::components::part::{Inside, Listed};
use crate::app::components::toxicities::toxicities;
use crate::app::components::typed::date;
use crate::app::desk::Desk;
use crate::app::pictures;
use crate::walk::{ChoiceField, DateField, FieldId, NumberField, timeline};

/// The questions of the step.
pub fn body(desk: Desk) -> impl Inside {
    let name = desk.watch(|walk, _| {
        walk.due().cycle.map_or_else(|| "This cycle".to_owned(), |cycle| format!("Cycle {}", cycle.number()))
    });
    let later = desk.watch(|walk, _| walk.due().later());
    (
        move || {
            later.get().then(|| {
                group(
                    "Since the last dose",
                    (
                        toxicities(desk),
                        choice(desk, ChoiceField::Held),
                        pair((date(desk, DateField::HeldFrom), date(desk, DateField::FitOn))),
                    ),
                )
            })
        },
        group(
            "Counts",
            (
                pair((number(desk, NumberField::Anc), number(desk, NumberField::Platelets))),
                choice(desk, ChoiceField::PlateletsTransfused),
                pair((number(desk, NumberField::BaselineAnc), number(desk, NumberField::BaselinePlatelets))),
                low_counts(desk),
            ),
        ),
        group(
            "Liver",
            (
                p().class("hint before-pair")
                    .child("Upper limits of normal as your laboratory prints them for this patient."),
                pair((number(desk, NumberField::Bilirubin), number(desk, NumberField::BilirubinUln))),
                pair((number(desk, NumberField::Ast), number(desk, NumberField::AstUln))),
                pair((number(desk, NumberField::Alt), number(desk, NumberField::AltUln))),
                choice(desk, ChoiceField::Gilbert),
                choice(desk, ChoiceField::NotRecovering),
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
        // What is asked comes first; what comes of it, below.
        section().class("group").child((h2().child(move || name.get()), cycle(desk))),
        group("The course", pictures::course::course(desk)),
    )
}

/// What decides when counts are low on day 1. It stands open as soon as something is said in it or a rule asks for it.
fn low_counts(desk: Desk) -> impl Inside {
    let asked = desk.watch(|walk, _| walk.applies(FieldId::Choice(ChoiceField::CountsCause)));
    let low = desk.watch(|walk, plan| {
        plan.reasons.iter().any(|reason| reason.key.starts_with("MODH-0"))
            || walk.choice(ChoiceField::CountsCause).is_some()
            || walk.choice(ChoiceField::DiseaseStable).is_some()
            || !walk.date_text(DateField::CountsLowSince).is_empty()
    });
    move || {
        asked.get().then(|| {
            details().class("more").attr("open", move || low.get().then_some("")).child((
                summary().child("If the counts are low"),
                choice(desk, ChoiceField::CountsCause),
                date(desk, DateField::CountsLowSince),
                choice(desk, ChoiceField::DiseaseStable),
            ))
        })
    }
}

/// The doses of this cycle by plan. On a phone each head stands before its cell, so every part of the table names its role.
pub fn cycle(desk: Desk) -> impl Inside {
    let doses = desk.watch(|_, plan| timeline::own_doses(plan));
    let heads = timeline::OWN_HEADS;
    let head =
        move || {
            thead().role("rowgroup").child(tr().role("row").child(
                heads.map(|title| th().role("columnheader").attr("scope", "col").child(title)).into_iter().listed(),
            ))
        };
    move || {
        let doses = doses.get();
        if doses.is_empty() {
            return p()
                .class("quiet")
                .child("The doses of the cycle stand here once its day 1 is known and nothing ends it.")
                .view();
        }
        let rows = tbody().role("rowgroup").child(doses.into_iter().map(line).listed());
        let table = table().role("table").class("schedule cycle-table").attr("translate", "no").child((head(), rows));
        div().class("table-room").child(table).view()
    }
}

fn line([day, cells @ ..]: [String; 5]) -> impl Inside {
    let [first, heads @ ..] = timeline::OWN_HEADS;
    let cells = heads.into_iter().zip(cells).map(|(head, cell)| td().role("cell").attr("data-head", head).child(cell));
    tr().role("row")
        .child((th().role("rowheader").attr("scope", "row").attr("data-head", first).child(day), cells.listed()))
}
