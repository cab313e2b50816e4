//! The course so far: one card a cycle, the oldest first. A card that the dose does not rest on is folded.

use leptos::prelude::*;

use super::{group, pair};
use crate::app::components::choice::{choice, swap};
use crate::app::components::icon::{Icon, icon};
use crate::app::components::live;
use crate::app::components::number::number;
use crate::app::components::part::html::{details, div, h2, li, ol, p, span, strong, summary, ul};
use crate::app::components::part::{Inside, Listed};
use crate::app::components::typed::date;
use crate::app::desk::Desk;
use crate::app::pictures;
use crate::engine::case::Day;
use crate::engine::facts::Criterion;
use crate::walk::course;
use crate::walk::place::At;
use crate::walk::plan::pretty;
use crate::walk::{ChoiceField as C, CycleAt, DateField, FieldId, NumberField as N};

/// The cards.
pub fn body(desk: Desk) -> impl Inside {
    let cycles = desk.watch(|walk, _| walk.due().course());
    (
        ol().class("course").child(move || cycles.get().into_iter().map(|at| card(desk, at)).listed()),
        group("The course", pictures::course::course(desk)),
    )
}

/// A cycle. The one before the dose in question and its own stand open, and one that the decision waits for; that one stays open.
fn card(desk: Desk, at: CycleAt) -> impl Inside {
    let due = desk.peek(|walk, _| walk.due()).unwrap_or_default();
    let needed = due.previous() == Some(at) || due.owns(at);
    let waits = desk.watch(move |_, plan| plan.open.iter().any(|open| open.field.at() == Some(At::Cycle(at))));
    let open = Memo::new(move |was: Option<&bool>| needed || was == Some(&true) || waits.get());
    let told = desk.watch(move |walk, _| course::told(walk, at));
    let title = if due.owns(at) { ", this one" } else { "" };
    li().child(
        details().class("cycle-card").attr("open", move || open.get().then_some("")).child((
            summary().child((
                h2().child(format!("Cycle {}{title}", at.number())),
                span().class("told").child(live("", move || told.get())),
            )),
            div().class("card-room").child((
                div()
                    .class("dose-dates")
                    .child(Day::ALL.map(|day| date(desk, DateField::dose(at, day))).into_iter().listed()),
                (at.index() == 0).then(|| choice(desk, C::FirstLength)),
                (!due.owns(at)).then(|| (response(desk, at), mrd(desk, at))),
                choice(desk, C::Reduction(at)),
                number(desk, N::InterruptionDays(at)),
                counts(desk, at),
            )),
        )),
    )
}

/// The counts a new cycle may be held against, folded: a low baseline alone asks for them.
fn counts(desk: Desk, at: CycleAt) -> impl Inside {
    let asked = desk.watch(move |walk, _| walk.applies(FieldId::Number(N::AncDay1(at))));
    move || {
        asked.get().then(|| {
            details().class("more").child((
                summary().child(format!("Counts on day 1 of cycle {}", at.number())),
                p().class("hint").child("Where counts were low before treatment, today’s are held against these."),
                pair((number(desk, N::AncDay1(at)), number(desk, N::PlateletsDay1(at)))),
            ))
        })
    }
}

/// The response to a cycle, as judged or worked out.
pub fn response(desk: Desk, at: CycleAt) -> impl Inside {
    div().class("either").child((
        choice(desk, C::Response(at)),
        number(desk, N::MarrowBlasts(at)),
        choice(desk, C::Circulating(at)),
        choice(desk, C::Extramedullary(at)),
        pair((number(desk, N::ResponseAnc(at)), number(desk, N::ResponsePlatelets(at)))),
        worked_out(desk, at),
        swap(desk, C::ResponseBy(at)),
    ))
}

fn mrd(desk: Desk, at: CycleAt) -> impl Inside {
    div().class("either").child((choice(desk, C::Mrd(at)), number(desk, N::MrdFraction(at)), swap(desk, C::MrdBy(at))))
}

/// What a remission asks for, each met or not, and what that comes to.
fn worked_out(desk: Desk, at: CycleAt) -> impl Inside {
    let found = desk.watch(move |walk, _| course::worked_out(walk, at));
    move || {
        found.get().map(|found| {
            let class = found.class.map_or_else(|| "not known yet".to_owned(), course::in_words);
            div().class("worked-out").role("status").attr("translate", "no").child((
                ul().class("criteria").child(found.criteria.map(criterion).into_iter().listed()),
                p().child((
                    format!("Response after cycle {}: ", at.number()),
                    strong().attr("data-testid", format!("response-{}", at.number())).child(class),
                )),
            ))
        })
    }
}

fn criterion(criterion: Criterion) -> impl Inside {
    let (sign, word) = match criterion.met {
        Some(true) => (Icon::Give, "met"),
        Some(false) => (Icon::Stop, "not met"),
        None => (Icon::Open, "not known yet"),
    };
    li().child((icon(move || sign), span().child((pretty(&criterion.asks()), ": ", strong().child(word)))))
}
