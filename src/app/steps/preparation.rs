//! From vials to the container, in the order of the work.

use leptos::html::{li, ol, p, span, strong};
use leptos::prelude::*;

use super::{cited, group, nothing};
use crate::app::components::choice::choice;
use crate::app::components::live;
use crate::app::components::number::number;
use crate::app::desk::Desk;
use crate::app::pictures;
use crate::app::plan::out_of_range;
use crate::app::timing::{limits, time};
use crate::engine::case::Profile;
use crate::walk::countdown::Limit;
use crate::walk::plan::{Plan, pretty, vials};
use crate::walk::{ChoiceField, NumberField, TimeField};

/// The questions of the step, and the work.
pub fn body(desk: Desk) -> impl IntoView {
    let none = desk.watch(|_, plan| plan.none_today());
    move || if none.get() { nothing("No dose today: prepare nothing.") } else { made(desk).into_any() }
}

fn made(desk: Desk) -> impl IntoView {
    (
        choice(desk, ChoiceField::Container),
        syringe(desk),
        number(desk, NumberField::TotalVolume),
        out_of_range(desk),
        choice(desk, ChoiceField::MeasureTo),
        pictures::vials::vials(desk),
        group("The work", work(desk)),
        group(
            "Clock",
            (
                p().class("quiet").child("The clock starts with the first vial. Tap or type each time as it happens."),
                time(desk, TimeField::Reconstituted),
                time(desk, TimeField::Diluted),
                limits(desk, &[Limit::Dilute, Limit::Start, Limit::End]),
            ),
        ),
    )
}

/// Where the limits of a syringe come from: they are the only ones of the page that no label gives.
fn syringe(desk: Desk) -> impl IntoView {
    let chosen = desk.watch(|walk, plan| (walk.chose(ChoiceField::Container, "syringe"), plan.profile()));
    move || {
        let (syringe, profile) = chosen.get();
        let (eu, rules) = match profile {
            Profile::Us => ("", "DIL-04, DIL-05"),
            Profile::Eu => ("No EU text read knows a syringe: ask the pharmacist first. ", "DIL-05, DIL-13"),
        };
        syringe.then(|| {
            p().class("quiet").attr("data-testid", "syringe-source").child((
                "The limits of a syringe come from a hospital manual, not a label: confirm against your label. ",
                eu,
                span().class("tag").attr("translate", "no").child(rules),
            ))
        })
    }
}

fn work(desk: Desk) -> impl IntoView {
    let status = desk.watch(|_, plan| (!plan.released()).then_some("Not released yet: do not prepare this dose."));
    (
        move || status.get().map(|words| p().class("not-released").child(words)),
        ol().class("work").child((
            li().child((
                span().child("Reconstitute each vial with 4 mL of sterile water for injection: 0.25 mg/mL. Swirl gently, do not shake."),
                cited(desk, "RECON-02, RECON-05", "2.4", "6.6"),
            )),
            item("Look at it: clear to slightly cloudy, colorless to slightly yellow, no visible particles. Else discard it.", "RECON-06"),
            live_item(desk, "Withdraw ", withdraw, "3.6 mL can be withdrawn from each vial. RECON-03, RECON-04"),
            live_item(desk, "Make up with sodium chloride 0.9 %: ", dilute, "The total counts: never a full bag plus the drug. DIL-01, DIL-02"),
            li().child((
                span().child("Mix by gentle inversion, do not shake. Protect from light, do not freeze."),
                cited(desk, "DIL-11, DIL-12", "2.4", "6.3"),
            )),
            live_item(desk, "Discard what is left in the vials: ", unused, "Single dose, no preservative. RECON-08"),
        )),
    )
}

fn item(words: &'static str, source: &'static str) -> impl IntoView {
    li().child((span().child(words), span().class("tag").attr("translate", "no").child(source)))
}

fn live_item(
    desk: Desk,
    words: &'static str,
    number: fn(&Plan) -> Option<String>,
    source: &'static str,
) -> impl IntoView {
    let shown =
        desk.watch(move |_, plan| number(plan).map_or_else(|| "not known yet".to_owned(), |text| pretty(&text)));
    li().child((
        span().child((words, strong().child(live("", move || shown.get())), ".")),
        span().class("tag").attr("translate", "no").child(source),
    ))
}

fn withdraw(plan: &Plan) -> Option<String> {
    let prepared = plan.preparation()?;
    Some(match prepared.measured {
        Some(measured) => format!("{}, measured, from {}", measured.withdraw_ml, vials(measured.vials.0)),
        None => format!("{} from {}", prepared.withdraw_ml, vials(prepared.vials.0)),
    })
}

fn dilute(plan: &Plan) -> Option<String> {
    let prepared = plan.preparation()?;
    let measured = prepared.measured.and_then(|measured| measured.diluent_ml);
    let Some(diluent) = measured.or(prepared.diluent_ml) else {
        // A total below the drug alone leaves no room for it.
        return prepared.total_ml.map(|total| format!("no room in {total}"));
    };
    Some(format!("{diluent} to a total of {}", prepared.total_ml?))
}

fn unused(plan: &Plan) -> Option<String> {
    let prepared = plan.preparation()?;
    Some(prepared.measured.map_or(prepared.unused_mg, |measured| measured.unused_mg).to_string())
}
