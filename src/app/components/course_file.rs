//! The course file: saved, shared, and loaded by button or drop.

use leptos::ev;
use leptos::prelude::*;

use super::{live, record};
use crate::app::components::part::Inside;
use crate::app::components::part::html::{self, button, div, h2, input, label, p, section};
use crate::app::desk::Desk;
use crate::app::steps::HEADING;
use crate::browser::{clock, files, page};
use crate::interchange::fhir::record::AT_MOST;
use crate::walk::{Action, Step, Walk, file};

/// What is too large or no text is not looked into.
pub const UNREADABLE: &str = "This file cannot be read. Choose a file that was saved with “Save course”.";

const NO_FILE: &str = "What was dropped is no file. Nothing was loaded.";
const SEVERAL: &str = "More than one file was dropped. Drop the one course file of this patient.";

/// What has become of a file that was handed over.
#[derive(Clone, Copy)]
struct Inbox {
    /// Why it was refused; empty while none was.
    refused: RwSignal<String>,
    /// Read, and waiting for leave to take the place of what is typed.
    waiting: RwSignal<Option<Walk>>,
}

/// Loading, at the beginning of a walk.
pub fn load(desk: Desk) -> impl Inside {
    let inbox = Inbox { refused: RwSignal::new(String::new()), waiting: RwSignal::new(None) };
    dropped(desk, inbox);
    section().class("course-file").attr("aria-label", "Course file").child((
        file_button("Load a course file", "course-file", Box::new(move |file| read(desk, inbox, file))),
        p().class("hint")
            .id("course-file-hint")
            .child("Saved at an earlier visit from the last step. Or drop it anywhere on this page."),
        p().class("msg").role("alert").child(live("msg-text", move || inbox.refused.get())),
        div().role("status").child(move || inbox.waiting.get().is_some().then(|| leave(desk, inbox))),
    ))
}

/// A button that hands over a file; its hint has the button's id with `-hint`.
pub fn file_button(words: &'static str, id: &'static str, act: Box<dyn Fn(web_sys::File)>) -> AnyView {
    let node = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let Some(input) = node.get_untracked() else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            act(file);
        }
        // The same file can be chosen again.
        input.set_value("");
    };
    let room = input()
        .node_ref(node)
        .attr("type", "file")
        .attr("accept", "application/json,text/plain,.json,.txt")
        .id(id)
        .attr("aria-describedby", format!("{id}-hint"))
        .on(ev::change, chosen);
    label().class("quiet-button file-button").child((words, room)).view()
}

/// Asks before a file takes the place of what is typed.
fn leave(desk: Desk, inbox: Inbox) -> impl Inside {
    let answer = |words: &'static str, act: fn(Desk, Walk), next: &'static str| {
        let act = move |_| {
            if let Some(walk) = inbox.waiting.try_update(Option::take).flatten() {
                act(desk, walk);
            }
            // The question is gone with its answer.
            request_animation_frame(move || {
                page::focus(next);
            });
        };
        button().attr("type", "button").class("answer").on(ev::click, act).child(words)
    };
    div().class("ask").child((
        p().child("Loading the file replaces what is typed now."),
        div()
            .class("answers")
            .child((answer("Load the file", take, HEADING), answer("Keep what is typed", |_, _| {}, "course-file"))),
    ))
}

/// Saving, at its end.
pub fn save(desk: Desk) -> impl Inside {
    let there = desk.watch(|_, plan| plan.case.is_some());
    let holds = desk.watch(|_, plan| plan.case.as_ref().map(file::holds).unwrap_or_default());
    let said = RwSignal::new(String::new());
    let course = move || {
        let case = desk.peek(|_, plan| plan.case.clone()).flatten()?;
        Some((file::name(&case), file::write(&case)))
    };
    let keep = move |done: &str| {
        let saved = course().is_some_and(|(name, text)| files::save(&name, &text));
        let sentence = if saved { done } else { "This browser did not let the file be saved." };
        let _ = said.try_set(sentence.to_owned());
    };
    let share = move |_| {
        said.set(String::new());
        let sheet = course().and_then(|(name, text)| files::share(&name, &text));
        leptos::task::spawn_local(async move {
            let opened = match sheet {
                Some(sheet) => sheet.opened().await,
                None => false,
            };
            if !opened {
                keep("The share sheet did not open. The course file is saved on this device instead.");
            }
        });
    };
    move || {
        there.get().then(|| {
            section().class("course-file group").child((
                h2().child("Keep the course for the next visit"),
                p().class("hint").child(live("", move || holds.get())),
                div().class("way-on").child((
                    button()
                        .attr("type", "button")
                        .class("quiet-button")
                        .on(ev::click, move |_| keep("The course file is saved on this device."))
                        .child("Save course"),
                    files::can_share().then(|| {
                        button().attr("type", "button").class("quiet-button").on(ev::click, share).child("Share course")
                    }),
                )),
                p().class("quiet").role("status").child(live("", move || said.get())),
            ))
        })
    }
}

/// A file dropped anywhere on this step: one, and nothing else.
fn dropped(desk: Desk, inbox: Inbox) {
    let drop = window_event_listener(ev::drop, move |event| {
        if files::is_of_a_text_box(&event) {
            return;
        }
        let files = event.data_transfer().and_then(|transfer| transfer.files());
        let count = files.as_ref().map_or(0, web_sys::FileList::length);
        match (count, files.and_then(|files| files.get(0))) {
            (1, Some(file)) => read(desk, inbox, file),
            (0 | 1, _) => inbox.refused.set(NO_FILE.to_owned()),
            (_, _) => inbox.refused.set(SEVERAL.to_owned()),
        }
    });
    on_cleanup(move || drop.remove());
}

/// Whatever is dropped on the page, the browser does not leave it to show that instead.
pub fn nothing_dropped_leaves_the_page() {
    let keep = |event: ev::DragEvent| {
        if !files::is_of_a_text_box(&event) {
            event.prevent_default();
        }
    };
    window_event_listener(ev::dragover, keep);
    window_event_listener(ev::drop, keep);
}

/// Reads a file, or says why not. A refused file leaves everything as it was.
fn read(desk: Desk, inbox: Inbox, chosen: web_sys::File) {
    leptos::task::spawn_local(async move {
        let walk = match files::text_up_to(chosen, AT_MOST).await {
            None => Err(UNREADABLE.to_owned()),
            // A record may be dropped or opened here as well: its values wait for their taps.
            Some(text) if record::is_one(&text) => {
                return record::take_text(desk, inbox.refused, Some(text)).await;
            }
            Some(text) => file::read(&text).and_then(|case| file::walk(&case, clock::today())),
        };
        let typed = desk.peek(|walk, _| walk.has_begun()).unwrap_or(false);
        let _ = inbox.refused.try_set(walk.as_ref().err().cloned().unwrap_or_default());
        match walk {
            Ok(walk) if typed => {
                let _ = inbox.waiting.try_set(Some(walk));
            }
            Ok(walk) => take(desk, walk),
            Err(_) => {}
        }
    });
}

/// Puts the walk of a file in the place of the present one.
pub fn take(desk: Desk, walk: Walk) {
    desk.act(Action::Load(Box::new(walk)));
    page::set_hash(Step::Visit.slug());
    desk.say("The course file is loaded. Check the visit and today’s answers.");
}
