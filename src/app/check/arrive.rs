//! The first entry from another device: seen by the camera, pasted, typed, or from a file. What is refused changes nothing.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Check, First, pressed, section, shared};
use crate::app::components::course_file::{UNREADABLE, file_button, take};
use crate::app::components::live;
use crate::app::components::part::html;
use crate::app::components::part::{Inside, part, said};
use crate::browser::camera::{self, Camera};
use crate::browser::{clock, files, page};
use crate::interchange::Fingerprint;
use crate::walk::arrival::Arrival;

/// Id of what shows what the camera sees.
const VIEW: &str = "camera-view";
/// Milliseconds between two looks.
const PAUSE: i32 = 250;
/// Looks before the camera is let go: two minutes.
const LOOKS: u32 = 480;

/// Where the last read stands: one value, so that nothing of an earlier one is left on offer.
#[derive(Clone, Copy)]
struct Inbox {
    check: Check,
    last: RwSignal<Arrival>,
}

impl Inbox {
    /// Takes a code or the text of a file, or says why not.
    fn text(self, text: &str) {
        self.put(Arrival::read(text, clock::today()));
    }

    fn refuse(self, why: &str) {
        self.put(Arrival::Refused(why.to_owned()));
    }

    fn put(self, arrival: Arrival) {
        // The page may be gone.
        let _ = self.last.try_set(arrival);
    }

    /// What is there to begin with, now.
    fn first(self) -> Option<First> {
        self.last.with_untracked(|last| last.entry().cloned())
    }
}

/// The section.
pub fn arrive(check: Check) -> AnyView {
    let inbox = Inbox { check, last: RwSignal::new(Arrival::default()) };
    let refused = move || inbox.last.with(|last| last.refusal().to_owned());
    let hint = "Open the second check on the first device: it shows a code.";
    section("From another device")
        .child(said("p", hint.to_owned()).class("hint"))
        .child(look(inbox))
        .child(paste(inbox))
        .child(load(inbox))
        .child(part("p").class("msg").with("role", "alert".to_owned()).child(live("msg-text", refused)))
        .child(html::div().role("status").child(move || here(inbox)))
        .view()
}

/// What arrived, and what to do with it.
fn here(inbox: Inbox) -> Option<AnyView> {
    let words = inbox.last.with(|last| {
        let case = &last.entry()?.case;
        Some(format!("An entry for {} is here. Fingerprint {}.", shared(case), Fingerprint::of(case)))
    });
    let begin = move || {
        if let Some(first) = inbox.first() {
            inbox.check.begin(first);
        }
    };
    let open = move || {
        if let Some(first) = inbox.first() {
            take(inbox.check.desk, first.walk);
        }
    };
    words.map(|words| {
        part("div")
            .class("ask")
            .child(said("p", words).with("translate", "no".to_owned()).with("data-testid", "arrived".to_owned()))
            .child(
                part("div")
                    .class("answers")
                    .child(pressed("Begin the second entry for it", "answer", begin))
                    .child(pressed("Open it here, in place of what is typed", "answer", open)),
            )
            .view()
    })
}

fn paste(inbox: Inbox) -> AnyView {
    const ROOM: &str = "code-in";
    let read = move || inbox.text(&page::value(ROOM).unwrap_or_default());
    let hint = said("p", "It begins with CASE1. Spaces and line ends do not matter.".to_owned());
    let mut room = part("textarea");
    for (name, value) in [
        ("id", ROOM),
        ("rows", "4"),
        ("autocomplete", "off"),
        ("autocapitalize", "characters"),
        ("spellcheck", "false"),
        ("translate", "no"),
        ("aria-describedby", "code-in-hint"),
    ] {
        room = room.with(name, value.to_owned());
    }
    part("div")
        .class("field")
        .child(said("label", "Code".to_owned()).with("for", ROOM.to_owned()))
        .child(hint.class("hint").with("id", "code-in-hint".to_owned()))
        .child(room)
        .child(part("div").class("way-on").child(pressed("Read the code", "quiet-button", read)))
        .view()
}

fn load(inbox: Inbox) -> AnyView {
    let read = move |file| {
        inbox.put(Arrival::Nothing);
        spawn_local(async move {
            match files::text(file).await {
                Some(text) => inbox.text(&text),
                None => inbox.refuse(UNREADABLE),
            }
        });
    };
    let hint = said("p", "Saved on the first device, here or with “Save course”.".to_owned());
    part("div")
        .child(file_button("Load a file", "check-file", Box::new(read)))
        .child(hint.class("hint").with("id", "check-file-hint".to_owned()))
        .view()
}

/// The camera, where there is one that reads codes; nothing at all where there is none.
fn look(inbox: Inbox) -> AnyView {
    if !camera::is_there() {
        return ().view();
    }
    let looking = RwSignal::new(false);
    let open = StoredValue::new_local(None::<Camera>);
    let stop = move || {
        // Dropped, it is let go.
        let _ = open.try_update_value(Option::take);
        let _ = looking.try_set(false);
    };
    on_cleanup(stop);
    let start = move || {
        looking.set(true);
        inbox.put(Arrival::Nothing);
        spawn_local(async move {
            let camera = Camera::open().await;
            // The page, or the wish, may be gone by the time the user has answered.
            if looking.try_get_untracked() != Some(true) {
                return;
            }
            let Some(camera) = camera else {
                inbox.refuse("The camera could not be opened. Paste the code, or load a file.");
                return stop();
            };
            if let Some(video) = page::element(VIEW) {
                camera.show_in(&video);
            }
            let _ = open.try_set_value(Some(camera));
            for _ in 0..LOOKS {
                camera::pause(PAUSE).await;
                let Some(video) = page::element(VIEW) else { break };
                let Some(asked) =
                    open.try_with_value(|camera| camera.as_ref().map(|camera| camera.look(&video))).flatten()
                else {
                    return;
                };
                let Some(asked) = asked else { continue };
                if let Some(text) = camera::seen(asked).await {
                    inbox.text(&text);
                    if inbox.last.try_with_untracked(|last| last.refusal().is_empty()) != Some(false) {
                        break;
                    }
                }
            }
            stop();
        });
    };
    let room = move || {
        if looking.get() {
            let view = part("video").with("id", VIEW.to_owned()).with("playsinline", String::new());
            part("div")
                .class("camera")
                .child(view.with("muted", String::new()).with("aria-label", "What the camera sees".to_owned()))
                .child(pressed("Stop the camera", "quiet-button", stop))
                .view()
        } else {
            pressed("Read the QR code with the camera", "quiet-button", start)
        }
    };
    part("div")
        .child(html::div().child(room))
        .child(said("p", "What the camera sees stays on this device and is not kept.".to_owned()).class("hint"))
        .view()
}
