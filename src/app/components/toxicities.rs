//! Whether there was any toxicity, and those reported: a card each, one more at a time.

use leptos::ev;
use leptos::prelude::*;

use super::choice::choice;
use crate::app::components::part::Inside;
use crate::app::components::part::html::{button, div, h3, li, ol};
use crate::app::desk::Desk;
use crate::browser::page;
use crate::walk::{Action, ChoiceField as C, FieldId, ToxicityAt};

/// Id of the button that adds one.
const ADD: &str = "add-toxicity";

/// The question, the list, and the button that adds to it.
pub fn toxicities(desk: Desk) -> impl Inside {
    let list = desk.watch(|walk, _| walk.toxicities().to_vec());
    // Before there is an answer as well: what was reported without one, by a course file, counts.
    let asked = desk.watch(|walk, _| !walk.chose(C::Toxicity, "no") && !walk.toxicities().is_empty());
    let room = desk.watch(|walk, _| walk.next_toxicity().is_some());
    let add = move |_| {
        let next = desk.peek(|walk, _| walk.next_toxicity()).flatten();
        desk.act(Action::AddToxicity);
        // After its card is drawn.
        request_animation_frame(move || {
            let _ = next.is_some_and(|at| page::focus(&FieldId::Choice(C::ToxicityKind(at)).element()));
        });
    };
    let cards = move || {
        ol().class("toxicities").child(
            For(ForProps::builder()
                .each(move || list.get().into_iter().enumerate().collect::<Vec<_>>())
                .key(|item| *item)
                .children(move |(place, at)| card(desk, place, at).view())
                .build())
            .into_any(),
        )
    };
    let more = move || {
        button().attr("type", "button").id(ADD).class("quiet-button").on(ev::click, add).child("Add another toxicity")
    };
    (choice(desk, C::Toxicity), move || asked.get().then(cards), move || (asked.get() && room.get()).then(more))
}

fn card(desk: Desk, place: usize, at: ToxicityAt) -> impl Inside {
    let name = format!("Toxicity {}", place + 1);
    let remove = move |_| {
        desk.act(Action::RemoveToxicity(at));
        request_animation_frame(|| {
            // With the last card the button is gone; what is left is the question.
            let _ = page::focus(ADD) || page::focus(&FieldId::Choice(C::Toxicity).element());
        });
    };
    li().class("toxicity").child((
        div().class("card-head").child((
            h3().child(name.clone()),
            button()
                .attr("type", "button")
                .class("clear-card")
                .attr("aria-label", format!("Remove {}", name.to_lowercase()))
                .on(ev::click, remove)
                .child("Remove"),
        )),
        choice(desk, C::ToxicityKind(at)),
        choice(desk, C::ToxicityGrade(at)),
        choice(desk, C::BaselineGrade(at)),
        choice(desk, C::ToxicityResolved(at)),
    ))
}
