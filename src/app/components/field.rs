//! What every field has around its box: label, hint, error above, echo and question below.

use std::time::Duration;

use leptos::prelude::*;

use super::live;
use crate::app::components::part::html::{button, div, label, p, span};
use crate::app::components::part::{Inside, Listed};
use crate::app::desk::Desk;
use crate::browser::page;
use crate::walk::ask::{self, Ask};
use crate::walk::{Action, ChoiceField, FieldId};

/// How long after a field is left its error appears. An error pushes down what follows it: by now the finger that left the
/// field for a button has let go of that button.
const SETTLE: Duration = Duration::from_millis(300);

/// Id of the room for what is asked between two visits.
pub const BETWEEN_VISITS: &str = "between-visits";

/// Tells the walk that the field was left, once the finger has let go.
pub fn leave(desk: Desk, field: FieldId) {
    set_timeout(move || desk.act(Action::Leave(field)), SETTLE);
}

/// What is wrong in this field, if that is to be said yet.
pub fn error(desk: Desk, field: FieldId) -> Memo<Option<String>> {
    desk.watch(move |walk, plan| ask::error(walk, plan, field))
}

/// Ids of hint, error, echo and question, for `aria-describedby`.
pub fn described_by(field: FieldId) -> String {
    let id = field.element();
    let hint = if field.hint().is_empty() { String::new() } else { format!("{id}-hint ") };
    format!("{id}-error {hint}{id}-echo {id}-ask")
}

/// Behind a question that is always asked and that no decision waits for.
const DOES_NOT_BLOCK: &str = " (asked each time; the dose does not wait for it)";

/// A label with its hint.
pub fn heading(desk: Desk, field: FieldId) -> impl Inside {
    let id = field.element();
    let hint = desk.watch(move |walk, _| walk.hint(field));
    (
        label().attr("for", id.clone()).child(words(desk, field)),
        (!field.hint().is_empty()).then(|| p().class("hint").id(format!("{id}-hint")).child(move || hint.get())),
    )
}

/// The label, with the cycle it belongs to for whoever does not see the card around it, and whether it may stay open.
pub fn words(desk: Desk, field: FieldId) -> impl Inside {
    let scope = desk.watch(move |walk, _| walk.scope(field));
    let label = desk.watch(move |walk, _| walk.label(field));
    let optional = desk.watch(move |walk, plan| walk.optional(field) && !plan.waits_for(field));
    (
        field.at().map(|_| span().class("visually-hidden").child(move || scope.get())),
        span().child(move || label.get()),
        move || {
            optional.get().then(|| {
                let words =
                    if field == FieldId::Choice(ChoiceField::Toxicity) { DOES_NOT_BLOCK } else { " (optional)" };
                span().class("optional").child(words)
            })
        },
    )
}

/// The name of a field anywhere on the page: `Cycle 2, day 8`.
#[must_use]
pub fn name(desk: Desk, field: FieldId) -> String {
    desk.peek(move |walk, _| walk.name(field)).unwrap_or_default()
}

/// The error above the box. The element is always there, so that `aria-describedby` never points nowhere.
pub fn error_line(field: FieldId, error: Memo<Option<String>>) -> impl Inside {
    p().class("msg").id(format!("{}-error", field.element())).attr("translate", "no").child((
        span().class("visually-hidden").child(move || error.get().is_some().then_some("Error: ")),
        live("msg-text", move || error.get().unwrap_or_default()),
    ))
}

/// The line under the box: what was understood.
pub fn echo(desk: Desk, field: FieldId) -> impl Inside {
    let text = desk.watch(move |walk, _| ask::echo(walk, field));
    p().class("echo").id(format!("{}-echo", field.element())).child(live("", move || text.get()))
}

/// The line under a choice, there only where there is something to say.
pub fn beside(desk: Desk, field: FieldId) -> impl Inside {
    let text = desk.watch(move |walk, plan| ask::beside(walk, plan, field));
    p().class("echo").id(format!("{}-echo", field.element())).child(live("", move || text.get()))
}

/// The question under the box, each answer a button.
pub fn question(desk: Desk, field: FieldId) -> impl Inside {
    let asked = desk.watch(move |walk, _| ask::ask(walk, field));
    div()
        .class("ask-room")
        .id(format!("{}-ask", field.element()))
        .role("status")
        .child(move || asked.get().map(|asked| asking(desk, asked, field.element())))
}

/// A question, each answer a button. With the answer the button is gone: the focus goes to the box that the answer emptied, or
/// else to the element with the id `next`.
pub fn asking(desk: Desk, Ask { text, answers }: Ask, next: String) -> impl Inside {
    let answers = answers.into_iter().map(move |(words, action)| {
        let next = action.emptied().map_or_else(|| next.clone(), |field| FieldId::Number(field).element());
        button()
            .attr("type", "button")
            .class("answer")
            .attr("translate", "no")
            .on(leptos::ev::click, move |_| {
                let next = next.clone();
                desk.act(action.clone());
                // An answer about the day may raise the next question, above what is in view.
                let raised = desk.peek(|walk, _| ask::between_visits(walk).is_some()) == Some(true);
                let next = if raised { BETWEEN_VISITS.to_owned() } else { next };
                // After the question is gone.
                request_animation_frame(move || {
                    page::focus(&next);
                });
            })
            .child(words)
    });
    div().class("ask").child((p().attr("translate", "no").child(text), div().class("answers").child(answers.listed())))
}
