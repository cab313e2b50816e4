//! A number with its unit. The box belongs to the user: the program reads it and never writes it, but to empty it.

use leptos::ev;
use leptos::prelude::*;

use super::field;
use crate::app::components::part::html::{self, div, fieldset, input, legend, span};
use crate::app::components::part::{Inside, Listed, Part};
use crate::app::desk::Desk;
use crate::walk::{Action, FieldId, NumberField};

/// A number field, shown while its question applies.
pub fn number(desk: Desk, which: NumberField) -> impl Inside {
    let applies = desk.watch(move |walk, _| walk.applies(FieldId::Number(which)));
    move || applies.get().then(|| body(desk, which)).view()
}

fn body(desk: Desk, which: NumberField) -> impl Inside {
    let id = FieldId::Number(which);
    let error = field::error(desk, id);
    div().class("field").class(("error", move || error.get().is_some())).child((
        field::heading(desk, id),
        field::error_line(id, error),
        div().class("entry").child((text_box(desk, which, error), units(desk, which))),
        field::echo(desk, id),
        field::question(desk, id),
    ))
}

fn text_box(desk: Desk, which: NumberField, error: Memo<Option<String>>) -> impl Inside {
    let id = FieldId::Number(which);
    let text = desk.watch(move |walk, _| walk.numbers.get(which).text().to_owned());
    let node = NodeRef::<html::Input>::new();
    written(node, text);
    plain(input())
        .node_ref(node)
        .id(id.element())
        .attr("inputmode", "decimal")
        .attr("aria-describedby", field::described_by(id))
        .attr("aria-invalid", move || error.get().is_some().to_string())
        .on(ev::input, move |event| desk.act(Action::Type(which, event_target_value(&event))))
        .on(ev::blur, move |_| field::leave(desk, id))
}

/// A text box that no browser helps to fill, correct or translate.
pub fn plain(input: Part) -> Part {
    input
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("autocorrect", "off")
        .attr("spellcheck", "false")
        .attr("translate", "no")
}

/// Keeps a box in step with the walk without touching a text that is right already, which would move the caret.
pub fn written(node: NodeRef<html::Input>, text: Memo<String>) {
    Effect::new(move |_| {
        let text = text.get();
        if let Some(node) = node.get().filter(|node| node.value() != text) {
            node.set_value(&text);
        }
    });
}

/// The unit beside the box: a set of radio buttons where there is a choice, and plain words where there is none.
fn units(desk: Desk, which: NumberField) -> impl Inside {
    if which.offered().is_empty() {
        let label = desk.watch(move |walk, _| unit_label(walk.numbers.get(which)));
        return span().class("unit-alone").attr("translate", "no").child(move || label.get()).view();
    }
    let id = FieldId::Number(which).element();
    // A unit that was typed or proposed joins the ones offered.
    let shown = desk.watch(move |walk, _| {
        let slot = walk.numbers.get(which);
        let offered = which.offered();
        let units = slot.units().into_iter();
        units.filter(|(ucum, _)| offered.contains(ucum) || *ucum == slot.unit()).collect::<Vec<_>>()
    });
    let current = desk.watch(move |walk, _| walk.numbers.get(which).unit());
    let options = move || {
        let id = id.clone();
        let option = move |(ucum, words): (&'static str, &'static str)| {
            html::label().class("unit-option").child((
                input()
                    .attr("type", "radio")
                    .attr("name", format!("{id}-unit"))
                    .attr("value", ucum)
                    .prop("checked", move || current.get() == ucum)
                    .on(ev::change, move |_| desk.act(Action::Unit(which, ucum))),
                span().attr("translate", "no").child(words),
            ))
        };
        shown.get().into_iter().map(option).listed()
    };
    let name = format!("Unit of {}", field::name(desk, FieldId::Number(which)));
    fieldset().class("unit").child((legend().class("visually-hidden").child(name), options)).view()
}

fn unit_label(slot: &dyn crate::walk::field::Number) -> &'static str {
    let units = slot.units();
    units.iter().find(|(ucum, _)| *ucum == slot.unit()).map_or("", |(_, label)| *label)
}
