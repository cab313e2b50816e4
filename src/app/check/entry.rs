//! What the second person enters. The same fields as in the walk, with the same doubts about slips.

use leptos::ev;
use leptos::prelude::*;

use super::{Check, back, heading, pressed, shared};
use crate::app::components::choice::choice;
use crate::app::components::number::number;
use crate::app::components::part::html::{button, form};
use crate::app::components::part::{Inside, part, said};
use crate::app::components::summary_of_errors::ID;
use crate::app::steps::{course, pair};
use crate::browser::page;
use crate::walk::plan::Open;
use crate::walk::{Action, ChoiceField as C, NumberField as N, Step, second};

/// The steps whose questions are asked again.
const STEPS: [Step; 4] = [Step::Visit, Step::Patient, Step::Course, Step::Preparation];

/// The form.
pub fn entry(check: Check) -> AnyView {
    let desk = check.second;
    let known = check.first.with_value(|first| first.as_ref().map(|first| shared(&first.case))).unwrap_or_default();
    let previous = desk.watch(|walk, _| walk.due().previous());
    let open = RwSignal::new(Vec::<Open>::new());
    let compare = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let now = desk.peek(|walk, _| second::open(walk)).unwrap_or_default();
        if now.is_empty() {
            return check.compare();
        }
        STEPS.into_iter().for_each(|step| desk.act(Action::Check(step)));
        open.set(now);
        request_animation_frame(|| {
            page::focus(ID);
        });
    };
    form()
        .attr("novalidate", "")
        .attr("autocomplete", "off")
        .class("check-room")
        .on(ev::submit, compare)
        .child(vec![
            (move || still_open(open.get())).view(),
            heading("Second entry"),
            said("p", format!("{known}. Enter what you read yourself, from its source; not what you were told."))
                .class("lead")
                .with("translate", "no".to_owned())
                .view(),
            choice(desk, C::Cycle).view(),
            choice(desk, C::Day).view(),
            pair((number(desk, N::Height), number(desk, N::Weight))).view(),
            (move || previous.get().map(|at| course::response(desk, at))).view(),
            choice(desk, C::Container).view(),
            number(desk, N::TotalVolume).view(),
            part("div")
                .class("way-on")
                .child(button().attr("type", "submit").class("next").child("Compare"))
                .child(back())
                .view(),
        ])
        .view()
}

/// What is not answered, each line leading to its field.
fn still_open(open: Vec<Open>) -> Option<AnyView> {
    let line = |Open { field, name, problem }: Open| {
        let id = field.element();
        let go = move || {
            page::focus(&id);
        };
        part("li").child(pressed(problem.unwrap_or(name), "to-field", go)).view()
    };
    (!open.is_empty()).then(|| {
        part("div")
            .class("error-summary")
            .with("id", ID.to_owned())
            .with("tabindex", "-1".to_owned())
            .with("aria-labelledby", "open-questions-title".to_owned())
            .child(said("h2", "Still open".to_owned()).with("id", "open-questions-title".to_owned()))
            .child(part("ul").children(open.into_iter().map(line).collect()))
            .view()
    })
}
