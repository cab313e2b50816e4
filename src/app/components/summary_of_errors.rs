//! What is open in a step, listed at its head when its button was pressed. It takes the focus; each line leads to its field.

use leptos::ev;
use leptos::prelude::*;

use crate::app::components::part::html::{a, div, h2, li, p, ul};
use crate::app::components::part::{Inside, Listed};
use crate::app::desk::Desk;
use crate::browser::page;
use crate::walk::plan::Open;
use crate::walk::{FieldId, Step};

/// Id of the element that takes the focus.
pub const ID: &str = "open-questions";

/// The list, once the button of the step was pressed while something is open.
pub fn summary_of_errors(desk: Desk, step: Step) -> impl Inside {
    let lines =
        desk.watch(
            move |walk, plan| {
                if walk.was_checked(step) { plan.open_in(step).cloned().collect::<Vec<_>>() } else { Vec::new() }
            },
        );
    move || {
        let lines = lines.get();
        (!lines.is_empty()).then(|| {
            div()
                .class("error-summary")
                .id(ID)
                .attr("tabindex", "-1")
                .attr("aria-labelledby", "open-questions-title")
                .child((
                    h2().id("open-questions-title").child("Still open in this step"),
                    ul().child(lines.into_iter().map(|open| line(desk, open)).listed()),
                    p().child("You can go on and come back. The dose is not released before all are answered."),
                ))
        })
    }
}

/// One open question, leading to its field.
pub fn line(desk: Desk, open: Open) -> impl Inside {
    let text = open.problem.unwrap_or_else(|| open.name.trim_end_matches('?').to_owned());
    li().child(link(desk, open.field, text))
}

/// A link to a field, in whichever step it is.
pub fn link(desk: Desk, field: FieldId, text: String) -> impl Inside {
    let go = move |event: leptos::ev::MouseEvent| {
        if desk.peek(|walk, _| walk.here) == Some(field.step()) {
            event.prevent_default();
            desk.plan_open.set(false);
            page::focus(&field.element());
        } else {
            desk.aim_at(field.element());
        }
    };
    a().attr("href", format!("#{}", field.step().slug())).attr("translate", "no").on(ev::click, go).child(text)
}
