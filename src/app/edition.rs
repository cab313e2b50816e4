//! How old the page is, and the newer one that waits. Nothing here changes a rule under an open case.

use leptos::ev;
use leptos::prelude::*;

use super::desk::Desk;
use crate::app::components::part::Inside;
use crate::app::components::part::html::{button, details, div, li, p, section, span, strong, summary, ul};
use crate::browser::edition::{self as device, News};
use crate::browser::{clock, page};
use crate::walk::edition::{self, Kept, Memory, Offer};

/// Id of the button that takes the new version.
const USE: &str = "new-version-use";
/// Id of the one that leaves it for later.
const LATER: &str = "new-version-later";

/// What is known of this build and of the next.
#[derive(Clone, Copy)]
pub struct Edition {
    kept: RwSignal<Kept>,
    offer: RwSignal<Option<Offer>>,
    /// Another tab went on already.
    taken: RwSignal<bool>,
    /// The user was asked whether to go on in the middle of a case.
    asked: RwSignal<bool>,
    begun: Memo<bool>,
    memory: RwSignal<Memory>,
    /// What to say when no update came for too long.
    overdue: RwSignal<Option<String>>,
}

impl Edition {
    /// Listens to the device.
    #[must_use]
    pub fn new(desk: Desk, memory: RwSignal<Memory>) -> Self {
        let this = Self {
            kept: RwSignal::new(Kept::default()),
            offer: RwSignal::new(None),
            taken: RwSignal::new(false),
            asked: RwSignal::new(false),
            begun: desk.watch(|walk, _| walk.is_begun()),
            memory,
            overdue: RwSignal::new(edition::overdue(device::released(), clock::today())),
        };
        device::hear(move |news| {
            let _ = match news {
                News::Kept(kept) => this.kept.try_set(kept).is_none(),
                News::Offer(offer) => this.offer.try_set(Some(offer)).is_none(),
                News::Taken => this.taken.try_set(true).is_none(),
            };
        });
        // Between two patients is the time to look: while one is worked on, nothing is asked of the server.
        Effect::new(move |before: Option<bool>| {
            let begun = this.begun.get();
            if before == Some(true) && !begun {
                let _ = this.asked.try_set(false);
                let _ = this.overdue.try_set(edition::overdue(device::released(), clock::today()));
                device::look();
            }
            begun
        });
        this
    }
}

/// The lines at the foot of the page.
pub fn line(this: Edition) -> impl Inside {
    let age = edition::age(device::released(), clock::today());
    p().class("edition-line").attr("data-testid", "age").child((
        age,
        " ",
        span().attr("data-testid", "kept").child(move || this.kept.get().sentence()),
    ))
}

/// Above everything else, when there is something to say.
pub fn banner(this: Edition) -> impl Inside {
    div().class("edition-news").attr("role", "status").child((
        move || this.overdue.get().map(|sentence| p().class("overdue").attr("data-testid", "overdue").child(sentence)),
        move || this.memory.get().sentence().map(|words| p().attr("data-testid", "memory").child(words)),
        move || this.taken.get().then(|| taken(this)),
        move || this.offer.get().filter(|_| !this.taken.get()).map(|offer| offered(this, &offer)),
    ))
}

fn offered(this: Edition, offer: &Offer) -> impl Inside + use<> {
    let (title, waits) = (offer.title(), offer.clone());
    let changes = (!offer.changes.is_empty()).then(|| {
        let lines = offer.changes.iter().map(|change| li().child(change.clone())).collect::<Vec<_>>();
        details().child((summary().child("What changed"), ul().child(lines)))
    });
    section().class("offer").attr("aria-label", "New version").attr("data-testid", "offer").child((
        p().child((strong().child(title), ". ", move || waits.when(this.begun.get()))),
        changes,
        move || {
            if this.asked.get() && this.begun.get() {
                question(this).view()
            } else {
                press("Use it now", USE, "quiet-button", move || {
                    if !this.begun.get_untracked() {
                        return device::go_on();
                    }
                    this.asked.set(true);
                    focus(LATER);
                })
                .view()
            }
        },
    ))
}

/// In the middle of a case.
fn question(this: Edition) -> impl Inside {
    div().class("ask").child((
        p().child(
            "A patient is open. What is typed stays and is worked out anew by the new rules: read every number again.",
        ),
        div().class("answers").child((
            press("After this patient", LATER, "answer", move || {
                this.asked.set(false);
                focus(USE);
            }),
            press("Use it for this patient", "new-version-use-for-this", "answer", device::go_on),
        )),
    ))
}

/// Another tab was told to go on, or the aid was ended or cleared; this tab computes as before until its user says so.
fn taken(this: Edition) -> impl Inside {
    let when = move || if this.begun.get() { "Reload it after this patient." } else { "Reload it to go on." };
    section().class("offer").attr("aria-label", "New version").attr("data-testid", "taken").child((
        p().child((
            strong().child("What this device keeps has changed; this tab still computes by its own rules. "),
            when,
        )),
        press("Reload this tab", "new-version-reload", "quiet-button", device::go_on),
    ))
}

fn press(words: &'static str, id: &'static str, class: &'static str, act: impl Fn() + 'static) -> impl Inside {
    button().attr("type", "button").id(id).class(class).on(ev::click, move |_| act()).child(words)
}

/// The button pressed is gone with what it was about: the focus goes to this one, once it is drawn.
fn focus(id: &'static str) {
    request_animation_frame(move || {
        page::focus(id);
    });
}
