//! The aid as a part of another page: what that page asks, and what it is told. Nothing it says replaces what somebody has typed
//! unless the user says so.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::components::record;
use super::desk::{Desk, Patient};
use super::steps::HEADING;
use crate::app::components::part::Inside;
use crate::app::components::part::html::{button, div, p, section};
use crate::browser::{clock, host, page, tab};
use crate::engine::case::{Case, Profile};
use crate::interchange::fhir::Record;
use crate::interchange::message::{self, Request, Tell, Wish};
use crate::interchange::policy::Theme;
use crate::walk::local::{self, Setting};
use crate::walk::{Action, ChoiceField, Step, Walk, file};

/// Id of the button that keeps what is typed.
const KEEP: &str = "keep-what-is-typed";
/// What becomes of what is typed, in place of the words that hold only where nobody listens.
pub const TOLD: &str = "What is typed here is kept nowhere, and told to nobody but the page around this one.";

/// Longer than a step takes to be drawn.
const DRAWN: Duration = Duration::from_millis(300);

/// What waits for the user's word.
#[derive(Clone)]
struct Waiting {
    id: Option<u64>,
    what: What,
}

/// What the page around this one would have here.
#[derive(Clone)]
enum What {
    /// Another case.
    Walk(Box<Walk>),
    /// Nothing of this one.
    Nothing,
    /// The values of a record to choose from, of the patient who was here when it came.
    Record(Patient, Record),
}

impl What {
    /// What is asked before it comes, what says no, and what says yes.
    fn question(&self) -> [&'static str; 3] {
        const KEEP: &str = "Keep what is typed";
        match self {
            Self::Walk(_) => {
                ["The page around this one sends another case. It replaces what is typed now.", KEEP, "Load the case"]
            }
            Self::Nothing => {
                ["The page around this one asks to clear everything that is typed now.", KEEP, "Clear everything"]
            }
            Self::Record(..) => [
                "The page around this one sends values from the record. Each waits for your tap.",
                "Not now",
                "Show the values",
            ],
        }
    }
}

/// The page around this one.
#[derive(Clone, Copy)]
pub struct Host {
    desk: Desk,
    /// The origin that said hello.
    origin: RwSignal<Option<String>>,
    waiting: RwSignal<Option<Waiting>>,
    /// The walk as that page gave it: while it says the same, nobody has typed.
    given: StoredValue<Option<Walk>>,
}

/// Listens to the page around this one, when this one is asked to be a part of it.
#[must_use]
pub fn listen(desk: Desk, setting: Setting, build: String) -> Host {
    let this = Host { desk, origin: RwSignal::new(None), waiting: RwSignal::new(None), given: StoredValue::new(None) };
    let policy = setting.policy.as_deref().map(local::mark);
    let hello = move |again| message::hello(&build, policy.as_deref(), again);
    host::hear(
        move |origin| setting.hears(origin),
        move |origin, text| match message::read(text) {
            Ok(request) => this.asked(origin, request, &hello),
            Err(why) => host::note(&why),
        },
    );
    this.tell_what_changes();
    this
}

impl Host {
    /// Tells the page around this one, once it has said hello.
    fn tell(self, what: Tell, members: &[(&str, String)]) {
        if let Some(origin) = self.origin.try_get_untracked().flatten() {
            host::tell(&origin, &message::tell(what, members));
        }
    }

    /// What has become of a wish.
    fn answer(self, what: Tell, id: Option<u64>, error: Option<String>) {
        let id = id.map(|id| ("id", id.to_string()));
        let members: Vec<_> = id.into_iter().chain(error.map(|error| ("error", error))).collect();
        self.tell(what, &members);
    }

    fn tell_what_changes(self) {
        let case = self.desk.watch(|_, plan| plan.case.as_ref().map(Case::to_json));
        let judged = self.desk.watch(|_, plan| match plan.outcome.as_ref()? {
            Ok(assessment) => Some(("assessment", serde_json::to_string(assessment).ok()?)),
            Err(error) => Some(("error", message::why(error))),
        });
        let height = RwSignal::new(0);
        request_animation_frame(move || {
            host::watch_height(move |now| {
                let _ = height.try_set(now);
            });
        });
        // Each is told when it changes, and all of them to whoever has just said hello.
        Effect::new(move |_| {
            if self.origin.with(Option::is_some) && height.get() > 0 {
                self.tell(Tell::Height, &[("height", height.get().to_string())]);
            }
        });
        Effect::new(move |_| {
            if self.origin.with(Option::is_some) {
                self.tell(Tell::Case, &case.get().map(|case| ("case", case)).into_iter().collect::<Vec<_>>());
            }
        });
        Effect::new(move |_| {
            if self.origin.with(Option::is_some) {
                self.tell(Tell::Assessment, &judged.get().into_iter().collect::<Vec<_>>());
            }
        });
    }

    fn asked(self, origin: &str, Request { id, wish }: Request, hello: &impl Fn(bool) -> String) {
        let greeted = self.origin.try_get_untracked().flatten().as_deref() == Some(origin);
        // Whoever has not said hello gets no answer, and nothing done.
        if !matches!(wish, Wish::Hello(..)) && !greeted {
            return host::note("it comes before hello");
        }
        match wish {
            Wish::Hello(theme, profile) => {
                theme.into_iter().for_each(host::show_in);
                profile.into_iter().for_each(|profile| self.suggest(profile));
                host::tell(origin, &hello(greeted));
                let _ = self.origin.try_set(Some(origin.to_owned()));
            }
            Wish::Theme(theme) => {
                host::show_in(theme);
                self.answer(Tell::Done, id, None);
            }
            Wish::Load(Err(error)) => self.answer(Tell::Refused, id, Some(message::why(&error))),
            Wish::Load(Ok(case)) => match file::walk(&case, clock::today()) {
                Ok(walk) => self.replace(Waiting { id, what: What::Walk(Box::new(walk)) }),
                Err(why) => self.answer(Tell::Refused, id, Some(message::not_now(&why))),
            },
            Wish::Record(Err(error)) => self.answer(Tell::Refused, id, Some(message::why(&error))),
            Wish::Record(Ok(text)) => {
                let of = self.desk.patient();
                leptos::task::spawn_local(async move {
                    match record::read(Some(text)).await {
                        // Whose values they are depends on the answer.
                        Ok(_) if self.asks_for_another_case() => {
                            let why = message::not_now("The user is still asked whether the case may be replaced.");
                            self.answer(Tell::Refused, id, Some(why));
                        }
                        Ok(record) => self.replace(Waiting { id, what: What::Record(of, record) }),
                        Err(why) => self.answer(Tell::Refused, id, Some(message::no_record(&why))),
                    }
                });
            }
            Wish::Reset => self.replace(Waiting { id, what: What::Nothing }),
            Wish::Print => self.print(id),
        }
    }

    /// The label that the page around this one works by, while nobody has said one.
    fn suggest(self, profile: Profile) {
        if self.desk.peek(|walk, _| walk.choice(ChoiceField::Label).is_none()) == Some(true) {
            let typed = self.typed();
            self.desk.act(Action::Choose(ChoiceField::Label, profile.word()));
            if !typed {
                self.remember();
            }
        }
    }

    /// Whether somebody has typed or chosen anything since the page around this one gave a case, or at all.
    fn typed(self) -> bool {
        let given = self.given.try_get_value().flatten();
        let same = |walk: &Walk| given.as_ref().is_some_and(|given| walk.says_the_same_as(given));
        self.desk.peek(|walk, _| walk.is_begun() && !same(walk)).unwrap_or(true)
    }

    fn asks_for_another_case(self) -> bool {
        let waiting = self.waiting.try_get_untracked().flatten();
        waiting.is_some_and(|waiting| !matches!(waiting.what, What::Record(..)))
    }

    fn remember(self) {
        let _ = self.given.try_set_value(self.desk.peek(|walk, _| walk.clone()));
    }

    /// Asks first where something has been typed.
    fn replace(self, wish: Waiting) {
        if !self.typed() {
            return self.take(wish);
        }
        if let Some(Some(Waiting { id, .. })) = self.waiting.try_update(|waiting| waiting.replace(wish)) {
            // One question at a time: the newer one.
            self.answer(Tell::Kept, id, None);
        }
        request_animation_frame(|| {
            page::focus(KEEP);
        });
    }

    fn take(self, Waiting { id, what }: Waiting) {
        match what {
            What::Walk(walk) => {
                self.desk.act(Action::Receive(walk));
                self.desk.say("The case of the page around this one is loaded. Check the visit and today’s answers.");
                self.remember();
            }
            What::Nothing => {
                self.desk.act(Action::NewPatient(clock::today()));
                tab::forget();
                self.remember();
            }
            What::Record(of, record) => {
                if let Err(why) = self.desk.show_record(of, record) {
                    return self.answer(Tell::Refused, id, Some(message::not_now(&why)));
                }
                self.desk.say("Values from the record of the page around this one are shown. Each waits for your tap.");
            }
        }
        page::set_hash(Step::Visit.slug());
        self.answer(Tell::Done, id, None);
    }

    fn print(self, id: Option<u64>) {
        if self.desk.peek(|_, plan| plan.unacknowledged.is_empty()) != Some(true) {
            let why =
                message::not_now("The cautions are not acknowledged: acknowledge them in the summary, then print.");
            return self.answer(Tell::Refused, id, Some(why));
        }
        page::set_hash(Step::Summary.slug());
        set_timeout(
            move || {
                page::print();
                self.answer(Tell::Done, id, None);
            },
            DRAWN,
        );
    }
}

/// The question before what is typed goes.
pub fn question(this: Host) -> impl Inside {
    let press = move |words: &'static str, id: &'static str, yes: bool| {
        let act = move |_| {
            if let Some(waiting) = this.waiting.try_update(Option::take).flatten() {
                if yes {
                    this.take(waiting);
                } else {
                    this.answer(Tell::Kept, waiting.id, None);
                }
            }
            // The question is gone with its answer.
            request_animation_frame(|| {
                page::focus(HEADING);
            });
        };
        button().attr("type", "button").id(id).class("answer").on(ev::click, act).child(words)
    };
    move || {
        this.waiting.get().map(|waiting| {
            let [asks, no, yes] = waiting.what.question();
            section().class("host-question ask").role("alertdialog").attr("aria-labelledby", "host-asks").child((
                p().id("host-asks").attr("data-testid", "host-asks").child(asks),
                div().class("answers").child((press(no, KEEP, false), press(yes, "take-what-is-sent", true))),
            ))
        })
    }
}

/// Light or dark, as the hospital set it.
pub fn follow_theme(setting: &Setting) {
    if setting.theme() != Theme::Auto {
        host::show_in(setting.theme());
    }
}
