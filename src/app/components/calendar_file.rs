//! The calendar file: the days ahead, saved for the calendar of whoever needs them.

use leptos::ev;
use leptos::prelude::*;

use super::live;
use crate::app::components::part::Inside;
use crate::app::components::part::html::{button, div, h2, input, label, p, section, span};
use crate::app::desk::Desk;
use crate::browser::files;
use crate::walk::agenda::{self, Titles};

/// The button, or why there are no days to keep.
pub fn calendar(desk: Desk) -> impl Inside {
    let why_not = desk.watch(|_, plan| agenda::agenda(plan).err());
    let named = RwSignal::new(false);
    let said = RwSignal::new(String::new());
    let titles = move || if named.get_untracked() { Titles::Named } else { Titles::Neutral };
    let save = move |_| {
        let file =
            desk.peek(|_, plan| Some((agenda::file_name(plan), agenda::calendar(plan, titles()).ok()?))).flatten();
        let saved = file.is_some_and(|(name, text)| files::save(&name, &text));
        let sentence = if saved {
            "The calendar file is saved on this device. Open it to add its days."
        } else {
            "This browser did not let the file be saved."
        };
        let _ = said.try_set(sentence.to_owned());
    };
    let there = move || {
        div().child((
            p().class("hint").child(
                "Visits, blood tests and the days on which precautions end, as whole days. No name and no number of a person is in it.",
            ),
            label().class("seen").child((
                input()
                    .attr("type", "checkbox")
                    .prop("checked", move || named.get())
                    .on(ev::change, move |event| named.set(event_target_checked(&event))),
                span().child("Name the drug in the titles"),
            )),
            div().class("way-on").child(
                button().attr("type", "button").class("quiet-button").on(ev::click, save).child("Save calendar"),
            ),
            p().class("quiet").role("status").child(live("", move || said.get())),
        ))
    };
    section().class("course-file group").child((
        h2().child("Put the days ahead into a calendar"),
        move || match why_not.get() {
            None => there().view(),
            Some(why) => p().class("quiet").attr("data-testid", "no-calendar").child(format!("Not yet. {why}")).view(),
        },
    ))
}
