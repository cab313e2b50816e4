//! Days and times of day, typed as text.

use leptos::ev;
use leptos::prelude::*;

use super::field;
use super::number::{plain, written};
use crate::app::components::part::Inside;
use crate::app::components::part::html::{self, div, fieldset, input, legend, span};
use crate::app::desk::Desk;
use crate::walk::{Action, DateField, FieldId, TimeField, ask};

/// A day, shown while its question applies.
pub fn date(desk: Desk, which: DateField) -> impl Inside {
    let applies = desk.watch(move |walk, _| walk.applies(FieldId::Date(which)));
    move || applies.get().then(|| date_body(desk, which)).view()
}

fn date_body(desk: Desk, which: DateField) -> impl Inside {
    let id = FieldId::Date(which);
    let error = field::error(desk, id);
    let text = desk.watch(move |walk, _| walk.date_text(which).to_owned());
    let node = NodeRef::<html::Input>::new();
    written(node, text);
    let text_box = plain(input())
        .node_ref(node)
        .id(id.element())
        .class("day-box")
        .attr("aria-describedby", field::described_by(id))
        .attr("aria-invalid", move || error.get().is_some().to_string())
        .on(ev::input, move |event| desk.act(Action::TypeDate(which, event_target_value(&event))))
        .on(ev::blur, move |_| field::leave(desk, id));
    framed(desk, id, error, div().class("entry").child(text_box))
}

/// A time of day, on the day of the visit or on the next; `now` stands beside the box.
pub fn time(desk: Desk, which: TimeField, now: impl Inside + 'static) -> impl Inside {
    let id = FieldId::Time(which);
    let error = field::error(desk, id);
    let text = desk.watch(move |walk, _| walk.time_text(which).to_owned());
    let node = NodeRef::<html::Input>::new();
    written(node, text);
    let text_box = plain(input())
        .node_ref(node)
        .id(id.element())
        .attr("aria-describedby", field::described_by(id))
        .attr("aria-invalid", move || error.get().is_some().to_string())
        .on(ev::input, move |event| desk.act(Action::TypeTime(which, event_target_value(&event))))
        .on(ev::blur, move |_| field::leave(desk, id));
    framed(desk, id, error, div().class("entry").child((text_box, now, days(desk, which))))
}

fn framed(desk: Desk, id: FieldId, error: Memo<Option<String>>, entry: impl Inside) -> impl Inside {
    div().class("field").class(("error", move || error.get().is_some())).child((
        field::heading(desk, id),
        field::error_line(id, error),
        entry,
        field::echo(desk, id),
        field::question(desk, id),
    ))
}

fn days(desk: Desk, which: TimeField) -> impl Inside {
    let names = desk.watch(|walk, _| ask::days(walk));
    let next = desk.watch(move |walk, _| walk.is_next_day(which));
    let id = FieldId::Time(which).element();
    let option = move |is_next: bool, words: String| {
        html::label().class("unit-option").child((
            input()
                .attr("type", "radio")
                .attr("name", format!("{id}-day"))
                .attr("value", if is_next { "next" } else { "same" })
                .prop("checked", move || next.get() == is_next)
                .on(ev::change, move |_| desk.act(Action::NextDay(which, is_next))),
            span().attr("translate", "no").child(words),
        ))
    };
    let legend_text = format!("Day of: {}", field::name(desk, FieldId::Time(which)));
    move || {
        names.get().map(|(same, later)| {
            fieldset().class("unit").child((
                legend().class("visually-hidden").child(legend_text.clone()),
                option(false, same),
                option(true, later),
            ))
        })
    }
}
