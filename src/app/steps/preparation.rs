//! From vials to the container, in the order of the work.

use leptos::prelude::*;

use super::{group, nothing};
use crate::app::components::choice::choice;
use crate::app::components::number::number;
use crate::app::components::part::html::{button, p};
use crate::app::components::part::{Inside, part, said};
use crate::app::components::work::{cited, work};
use crate::app::desk::Desk;
use crate::app::pictures;
use crate::app::plan::out_of_range;
use crate::app::timing::{limits, time};
use crate::browser::page;
use crate::walk::countdown::Limit;
use crate::walk::totals::{Total, totals};
use crate::walk::work::{Phase, measuring, syringe_limits};
use crate::walk::{ChoiceField, FieldId, NumberField, TimeField};

/// The questions of the step, and the work.
pub fn body(desk: Desk) -> impl Inside {
    let none = desk.watch(|_, plan| plan.none_today());
    move || if none.get() { nothing("No dose today: prepare nothing.") } else { made(desk).view() }
}

fn made(desk: Desk) -> impl Inside {
    (
        choice(desk, ChoiceField::Container),
        syringe(desk),
        number(desk, NumberField::TotalVolume),
        out_of_range(desk),
        volumes(desk),
        choice(desk, ChoiceField::MeasureTo),
        measured(desk),
        pictures::vials::vials(desk),
        status(desk),
        group("Reconstitute", work(desk, "ol", Phase::Reconstitute)),
        group("Dilute", work(desk, "ol", Phase::Dilute)),
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

fn status(desk: Desk) -> impl Inside {
    let status = desk.watch(|_, plan| (!plan.released()).then_some("Not released yet: do not prepare this dose."));
    move || status.get().map(|words| p().class("not-released").child(words))
}

/// Where the limits of a syringe come from.
fn syringe(desk: Desk) -> impl Inside {
    let limits = desk.watch(|_, plan| syringe_limits(plan));
    move || {
        limits.get().map(|task| {
            part("p")
                .class("quiet")
                .with("data-testid", "syringe-source".to_owned())
                .child(format!("{} ", task.says))
                .child(cited(task.rules, None))
                .view()
        })
    }
}

/// What the chosen graduation does to the dose and to the vials.
fn measured(desk: Desk) -> impl Inside {
    let found = desk.watch(|_, plan| measuring(plan));
    move || {
        found.get().map(|found| {
            let class = if found.refused { "measuring refused" } else { "measuring" };
            part("div")
                .class(class)
                .with("data-testid", "measuring".to_owned())
                .with("translate", "no".to_owned())
                .child(said("p", found.words))
                .child(said("p", found.vials).class("quiet"))
                .view()
        })
    }
}

/// Volumes that keep the dose inside its range, to be taken with a press.
fn volumes(desk: Desk) -> impl Inside {
    let found = desk.watch(|_, plan| totals(plan));
    let there = Memo::new(move |_| found.with(|found| !found.is_empty()));
    let lead = "Found by trying them in the rules. None is chosen for you: the pharmacist decides.";
    move || {
        there.get().then(|| {
            group(
                "Volumes that stay inside the range",
                (p().class("quiet").child(lead), move || {
                    let offers = found.get().into_iter().map(|total| offer(desk, total)).collect();
                    part("ul").class("offers").children(offers).view()
                }),
            )
        })
    }
}

fn offer(desk: Desk, total: Total) -> AnyView {
    let action = total.choose();
    let id = format!("take-{}-{}", total.container.word(), total.total.to_string().replace(' ', "-"));
    let taken = id.clone();
    let take = move |_| {
        desk.act(action.clone());
        let id = taken.clone();
        // The list is drawn anew, or is gone with what made it needed.
        request_animation_frame(move || {
            if !page::focus(&id) {
                page::focus(&FieldId::Choice(ChoiceField::Container).element());
            }
        });
    };
    let button = button()
        .attr("type", "button")
        .id(id)
        .class("answer")
        .attr("translate", "no")
        .attr("aria-pressed", total.chosen.to_string())
        .on(leptos::ev::click, take)
        .child(total.name)
        .view();
    let leaves = total.leaves.map(|words| said("span", words).view());
    part("li")
        .with("translate", "no".to_owned())
        .child(button)
        .child(
            part("span")
                .class("offer-says")
                .child(said("span", total.says))
                .children(leaves.into_iter().collect())
                .child(said("span", format!("{} · {}", total.source, total.known)).class("tag")),
        )
        .view()
}
