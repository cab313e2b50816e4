//! The independent second check: begun here or on another device, entered without the first result on the page, compared.
//! While it is open, steps, plan and sheet are not in the document at all.

mod arrive;
mod entry;
mod record;
mod send;

use leptos::ev;
use leptos::prelude::*;

use super::components::live;
use super::desk::Desk;
use super::steps::HEADING;
use crate::app::components::part::html::{self, button};
use crate::app::components::part::{Inside, Part, link, part, said};
use crate::browser::page;
use crate::engine::Case;
use crate::interchange::fingerprint::without_birth_date;
use crate::walk::arrival::First;
use crate::walk::second::{self, Comparison};
use crate::walk::{Walk, date};

/// Its place in the address.
pub const HASH: &str = "#check";

/// Whether the check is open; nothing of the walk.
#[derive(Clone, Copy)]
pub struct Checking(RwSignal<bool>);

impl Checking {
    /// It is not.
    #[must_use]
    pub fn new() -> Self {
        Self(RwSignal::new(false))
    }

    /// Is it? Followed.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.0.get()
    }

    /// Opens it.
    pub fn open(self) {
        let _ = self.0.try_set(true);
        to_heading();
    }

    /// Back to the walk.
    pub fn close(self) {
        if self.0.try_get_untracked() == Some(true) {
            let _ = self.0.try_set(false);
        }
    }
}

impl Default for Checking {
    fn default() -> Self {
        Self::new()
    }
}

/// After the page is drawn.
fn to_heading() {
    request_animation_frame(|| {
        page::set_title("Second check");
        page::to_top();
        page::focus(HEADING);
    });
}

/// The way here from a step.
pub fn way_to(words: &'static str) -> impl Inside {
    html::p().class("way-to-check").child(html::a().attr("href", HASH).child(words))
}

/// Where the check stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// What is to be checked, and where.
    Start,
    /// The second person enters.
    Enter,
    /// The two are beside each other.
    Compared,
}

/// What the parts of the check share; copy it freely. It lives as long as its page.
#[derive(Clone, Copy)]
struct Check {
    /// The walk of this device.
    desk: Desk,
    /// The walk of the second person.
    second: Desk,
    stage: RwSignal<Stage>,
    first: StoredValue<Option<First>>,
    found: RwSignal<Option<Comparison>>,
}

impl Check {
    /// The entry of this device, without the day of birth; `None` while there is too little to check.
    fn of_this_device(self) -> Option<First> {
        self.desk.peek(|walk, plan| {
            let case = plan.case.as_ref().filter(|_| plan.visit().is_some())?;
            Some(First { walk: walk.clone(), case: without_birth_date(case) })
        })?
    }

    /// A second person begins, with nothing of the first on the page.
    fn begin(self, first: First) {
        self.second.put(second::begin(&first.walk));
        self.first.set_value(Some(first));
        self.to(Stage::Enter);
    }

    /// Once more from the beginning.
    fn again(self) {
        if let Some(first) = self.first.get_value() {
            self.begin(first);
        }
    }

    /// Holds the two against each other.
    fn compare(self) {
        let found = self.first.with_value(|first| {
            let first = &first.as_ref()?.case;
            let second = self.second.peek(|walk, _| second::case(first, walk)).flatten()?;
            Some(second::compare(first, &second))
        });
        if found.is_some() {
            self.found.set(found);
            self.to(Stage::Compared);
        }
    }

    fn to(self, stage: Stage) {
        self.stage.set(stage);
        to_heading();
    }
}

/// The page.
pub fn page(desk: Desk) -> AnyView {
    let check = Check {
        desk,
        second: Desk::new(Walk::new(None)),
        stage: RwSignal::new(Stage::Start),
        first: StoredValue::new(None),
        found: RwSignal::new(None),
    };
    let stage = Memo::new(move |_| check.stage.get());
    html::main()
        .id("step")
        .class("check")
        .child(move || match stage.get() {
            Stage::Start => start(check),
            Stage::Enter => entry::entry(check),
            Stage::Compared => record::record(check),
        })
        .view()
}

fn heading(words: &str) -> AnyView {
    said("h1", words.to_owned()).with("id", HEADING.to_owned()).with("tabindex", "-1".to_owned()).view()
}

fn back() -> AnyView {
    link("#summary".to_owned(), "Leave the second check".to_owned()).class("back").view()
}

/// A section under a heading of its own.
fn section(title: &str) -> Part {
    part("section").class("group").child(said("h2", title.to_owned()))
}

/// A button. Boxed, so that all of them are one kind of element.
fn pressed(words: impl Into<String>, class: &'static str, act: impl Fn() + 'static) -> AnyView {
    fn drawn(words: String, class: &'static str, act: Box<dyn Fn()>) -> AnyView {
        button().attr("type", "button").class(class).on(ev::click, move |_| act()).child(words).view()
    }
    drawn(words.into(), class, Box::new(act))
}

/// A text that changes.
fn changing(text: RwSignal<String>) -> AnyView {
    live("msg-text", move || text.get()).view()
}

fn start(check: Check) -> AnyView {
    let lead = "A second person enters height, weight, cycle, day, response and container again. The first result is not on \
                this page; the two are compared at the end.";
    let page =
        part("div").class("check-room").child(heading("Second check")).child(said("p", lead.to_owned()).class("lead"));
    let page = match check.of_this_device() {
        None => page.child(
            said("p", "Nothing on this device can be checked yet: say which dose is due and when.".to_owned())
                .class("quiet"),
        ),
        Some(first) => {
            let here = first.clone();
            let begin = pressed("Begin the second entry", "next", move || check.begin(here.clone()));
            let hand = "Hand the device over. The visit day and the label are shown; what is not asked again is taken from the \
                        first entry.";
            page.child(
                section("On this device")
                    .child(said("p", hand.to_owned()).class("hint"))
                    .child(part("div").class("way-on").child(begin)),
            )
            .child(send::send(first.case))
        }
    };
    page.child(arrive::arrive(check)).child(part("p").child(back())).view()
}

/// The visit day and the label, which both entries share.
fn shared(case: &Case) -> String {
    let edition = crate::walk::Plan::of_case(case.clone()).edition();
    format!("{}, {edition}", date::in_words(case.date))
}
