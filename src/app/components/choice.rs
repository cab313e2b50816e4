//! A question answered by choosing. Nothing is chosen until the user chooses.

use leptos::ev;
use leptos::prelude::*;

use super::field;
use crate::app::components::part::html::{self, button, div, fieldset, input, legend, p, span};
use crate::app::components::part::{Inside, Listed};
use crate::app::desk::Desk;
use crate::app::local;
use crate::walk::field::Answer;
use crate::walk::plan::Plan;
use crate::walk::{Action, ChoiceField, FieldId, Walk};

/// A choice, shown while its question applies.
pub fn choice(desk: Desk, which: ChoiceField) -> impl Inside {
    let applies = desk.watch(move |walk, _| walk.applies(FieldId::Choice(which)));
    move || applies.get().then(|| body(desk, which)).view()
}

fn body(desk: Desk, which: ChoiceField) -> impl Inside {
    let id = FieldId::Choice(which);
    let element = id.element();
    let error = field::error(desk, id);
    let hint = id.hint();
    let hint_id = format!("{element}-hint");
    let described = if hint.is_empty() { String::new() } else { format!(" {hint_id}") };
    let described = format!("{element}-error{described} {element}-echo");
    let (count, longest) =
        (which.answers().len(), which.answers().iter().map(|answer| answer.label.chars().count()).max());
    let codes = longest.is_some_and(|longest| longest <= 3) && count > 2;
    let short =
        longest.is_some_and(|longest| longest <= 3 || (longest <= 22 && count <= 3) || (longest <= 10 && count <= 4));
    fieldset()
        .id(element)
        .class("choice-field")
        .class(("error", move || error.get().is_some()))
        .attr("aria-describedby", described)
        .child((
            legend().child(field::words(desk, id)),
            (!hint.is_empty()).then(|| p().class("hint").id(hint_id).child(hint)),
            field::error_line(id, error),
            div().class("choices").class(("in-a-row", move || short)).class(("codes", move || codes)).child((
                which.answers().iter().map(|answer| option(desk, which, *answer)).listed(),
                clear(desk, which),
            )),
            field::beside(desk, id),
            local::note(desk, which),
        ))
}

/// How something is given, where there are two ways: a button that changes to the other one.
pub fn swap(desk: Desk, which: ChoiceField) -> impl Inside {
    let id = FieldId::Choice(which);
    let applies = desk.watch(move |walk, _| walk.applies(id));
    let other = desk.watch(move |walk, _| {
        let chosen = walk.choice(which);
        which.answers().iter().find(|answer| Some(answer.code) != chosen).copied()
    });
    let go = move |_| {
        if let Some(Answer { code, .. }) = other.get_untracked() {
            desk.act(Action::Choose(which, code));
        }
    };
    let words = move || other.get().map(|answer| answer.label);
    move || {
        let scope = desk.peek(move |walk, _| walk.scope(id)).unwrap_or_default();
        applies.get().then(|| {
            button()
                .attr("type", "button")
                .id(id.element())
                .class("swap")
                .on(ev::click, go)
                .child((span().class("visually-hidden").child(scope), span().child(words)))
        })
    }
}

fn option(desk: Desk, which: ChoiceField, Answer { code, label }: Answer) -> impl Inside {
    let chosen = desk.watch(move |walk, _| walk.chose(which, code));
    html::label().class("choice").child((
        input()
            .attr("type", "radio")
            .attr("name", FieldId::Choice(which).element())
            .attr("value", code)
            .prop("checked", move || chosen.get())
            .on(ev::change, move |_| desk.act(Action::Choose(which, code)))
            // What stands chosen since another visit is chosen anew with a tap that changes nothing in the browser.
            .on(ev::click, move |_| {
                let again = |walk: &Walk, _: &Plan| walk.chose(which, code) && !walk.counts(FieldId::Choice(which));
                if desk.peek(again) == Some(true) {
                    desk.act(Action::Choose(which, code));
                }
            }),
        span().child(label),
    ))
}

/// Takes the answer back: a wrong tap must not leave an answer that nobody gave.
fn clear(desk: Desk, which: ChoiceField) -> impl Inside {
    let element = FieldId::Choice(which).element();
    let can = desk.watch(move |walk, _| walk.choice(which).is_some() && !which.is_preset());
    let label = format!("Clear answer: {}", field::name(desk, FieldId::Choice(which)));
    move || {
        let element = element.clone();
        can.get().then(|| {
            button()
                .attr("type", "button")
                .class("clear")
                .attr("aria-label", label.clone())
                .on(ev::click, move |_| {
                    desk.act(Action::Unchoose(which));
                    crate::browser::page::focus(&element);
                })
                .child("Clear")
        })
    }
}
