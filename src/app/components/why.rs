//! A number that opens to how it came to be.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::live;
use crate::app::components::part::html::{b, details, div, li, ol, span, summary};
use crate::app::components::part::{Inside, Listed};
use crate::app::desk::Desk;
use crate::walk::plan::Plan;
use crate::walk::why::Line;

/// A row of the plan.
pub struct Row {
    /// What the number is.
    pub label: &'static str,
    /// Handle for tests.
    pub testid: &'static str,
    /// Path of the number in the assessment, under which the engine keeps how it was made.
    pub path: &'static str,
    /// The number as shown; `None` while it is not known.
    pub value: fn(&Plan) -> Option<String>,
}

/// Draws a row: label, number, and the chain behind it.
pub fn row(desk: Desk, Row { label, testid, path, value }: Row) -> impl Inside {
    let shown = desk.watch(move |_, plan| value(plan));
    details_of(
        desk,
        path,
        "row",
        (
            span().class("row-label").child(label),
            span()
                .class("row-value")
                .class(("not-yet", move || shown.get().is_none()))
                .attr("data-testid", testid)
                .attr("translate", "no")
                .prop("textContent", move || shown.get().unwrap_or_else(|| "not yet".to_owned())),
            span().class("row-why").child("why"),
        ),
    )
}

/// Something that opens to the chain behind the number at `path`.
pub fn details_of(desk: Desk, path: &'static str, class: &'static str, head: impl Inside) -> impl Inside {
    let open = RwSignal::new(false);
    let lines = desk.watch(move |_, plan| plan.why(path));
    details()
        .class(class)
        .on(ev::toggle, move |event| open.set(is_open(&event)))
        .child((summary().child(head), move || open.get().then(|| chain(lines))))
}

/// Whether what was just folded or unfolded is open now.
pub fn is_open(toggled: &web_sys::Event) -> bool {
    let target = toggled.target().and_then(|target| target.dyn_into::<web_sys::HtmlDetailsElement>().ok());
    target.is_some_and(|target| target.open())
}

fn chain(lines: Memo<Vec<Line>>) -> impl Inside {
    div().class("chain-room").child(move || {
        let lines = lines.get();
        if lines.is_empty() {
            return div().class("chain-empty").child("Not known yet: something it rests on is still open.").view();
        }
        ol().class("chain").attr("translate", "no").child(lines.into_iter().map(line).listed()).view()
    })
}

/// One step of a chain.
pub fn line(line: Line) -> impl Inside {
    let Line { result, formula, worked, source, confidence, unverified } = line;
    let joint = if worked.is_some() { " = " } else { ": " };
    li().child((
        b().child(result),
        span().child(format!("{joint}{formula}")),
        worked.map(|worked| span().class("worked").child(format!(" = {worked}"))),
        span().class("src").child(format!("{source}. {confidence}.")),
        unverified.then(|| span().class("badge").child("confirm against your label")),
    ))
}

/// A number without a row of its own, with how it came to be behind it.
pub fn live_number(desk: Desk, testid: &'static str, value: fn(&Plan) -> Option<String>) -> impl Inside {
    let shown = desk.watch(move |_, plan| value(plan));
    span().attr("data-testid", testid).child(live("number", move || shown.get().unwrap_or_default()))
}
