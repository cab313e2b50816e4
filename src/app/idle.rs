//! A screen left alone is hidden, and later cleared: the next person at it must not take one patient for another.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::desk::Desk;
use super::steps::HEADING;
use super::timing;
use crate::app::components::part::html::{button, div, h1, label, main, option, p, select};
use crate::app::components::part::{Inside, Listed};
use crate::browser::{clock, page, tab};
use crate::walk::countdown::{self, Limit};
use crate::walk::{Action, Step};

/// How often the clock is looked at. A tablet that slept finds out within this.
const LOOK: Duration = Duration::from_secs(2);
/// Minutes without a touch or key after which the screen is hidden, as offered; the first is the usual one.
const HIDE_AFTER: [u32; 4] = [15, 5, 30, 60];
/// Minutes after which everything is cleared.
const CLEAR_AFTER: [u32; 4] = [60, 30, 120, 240];

/// Id of the button that shows the page again.
const SHOW: &str = "show-again";

/// The settings, for as long as the page is open.
#[derive(Clone, Copy)]
pub struct Idle {
    hide: RwSignal<u32>,
    clear: RwSignal<u32>,
    hidden: RwSignal<bool>,
    cleared: RwSignal<bool>,
}

/// Minutes after which what a tab kept is not taken up again.
#[must_use]
pub fn forgotten_after() -> i64 {
    i64::from(CLEAR_AFTER[0])
}

/// Watches, hides and clears.
#[must_use]
pub fn watch(desk: Desk) -> Idle {
    let idle = Idle {
        hide: RwSignal::new(HIDE_AFTER[0]),
        clear: RwSignal::new(CLEAR_AFTER[0]),
        hidden: RwSignal::new(false),
        cleared: RwSignal::new(false),
    };
    let touched = StoredValue::new(js_sys::Date::now());
    let touch = move || {
        let _ = touched.try_set_value(js_sys::Date::now());
    };
    let keys = window_event_listener(ev::keydown, move |_| touch());
    let fingers = window_event_listener(ev::pointerdown, move |_| touch());
    let look = move || {
        let Some(since) = touched.try_get_value() else { return };
        let minutes = (js_sys::Date::now() - since) / 60_000.0;
        let past = |limit: RwSignal<u32>| limit.try_get_untracked().is_some_and(|limit| minutes >= f64::from(limit));
        // Whoever looks at the sheet again an hour into an infusion needs the times that were entered.
        let runs = desk.peek(|walk, _| countdown::runs(walk)).unwrap_or_default();
        if past(idle.clear) && !runs {
            if !idle.cleared.try_get_untracked().unwrap_or(true) {
                desk.act(Action::NewPatient(clock::today()));
                tab::forget();
                page::set_hash(Step::Visit.slug());
                let _ = idle.cleared.try_set(true);
            }
            let _ = idle.hidden.try_set(true);
        } else if past(idle.hide) {
            let _ = idle.hidden.try_set(true);
        }
    };
    let timer = set_interval_with_handle(look, LOOK);
    on_cleanup(move || {
        keys.remove();
        fingers.remove();
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
    idle
}

impl Idle {
    /// Whether the page is hidden.
    #[must_use]
    pub fn hidden(self) -> RwSignal<bool> {
        self.hidden
    }
}

/// What stands in place of the page while it is hidden.
pub fn curtain(desk: Desk, idle: Idle) -> impl Inside {
    let runs = desk.watch(|walk, _| countdown::runs(walk));
    let words = move || {
        if idle.cleared.get() {
            format!(
                "Nobody has touched this screen for {}\u{a0}minutes. The patient’s answers are cleared.",
                idle.clear.get()
            )
        } else {
            let (hide, clear) = (idle.hide.get(), idle.clear.get());
            let then = if runs.get() {
                "The clock of a preparation runs: the answers are kept until it is over.".to_owned()
            } else {
                format!("After {clear}\u{a0}minutes the answers are cleared.")
            };
            format!("Nobody has touched this screen for {hide}\u{a0}minutes. {then}")
        }
    };
    let show = move |_| {
        idle.hidden.set(false);
        idle.cleared.set(false);
        // The button is gone with the curtain.
        request_animation_frame(|| {
            page::focus(HEADING);
        });
    };
    Effect::new(move |_| {
        if idle.hidden.get() {
            request_animation_frame(|| {
                page::focus(SHOW);
            });
        }
    });
    move || {
        idle.hidden.get().then(|| {
            main().class("curtain").child((
                h1().child(move || if idle.cleared.get() { "Cleared" } else { "Hidden" }),
                p().role("alert").child(words),
                // Times of day and nothing else: they say nothing about a patient.
                timing::limits(desk, &Limit::ALL),
                button()
                    .attr("type", "button")
                    .id(SHOW)
                    .class("next")
                    .on(ev::click, show)
                    .child(move || if idle.cleared.get() { "Start again" } else { "Show the page again" }),
            ))
        })
    }
}

/// The two settings.
pub fn settings(idle: Idle) -> impl Inside {
    div().class("idle-settings").child((
        choice("Hide the screen after", HIDE_AFTER, idle.hide),
        choice("Clear the answers after", CLEAR_AFTER, idle.clear),
    ))
}

fn choice(name: &'static str, offered: [u32; 4], chosen: RwSignal<u32>) -> impl Inside {
    let mut minutes = offered;
    minutes.sort_unstable();
    let options = minutes.into_iter().map(|minutes| {
        option()
            .attr("value", minutes.to_string())
            .prop("selected", minutes == chosen.get_untracked())
            .child(format!("{minutes}\u{a0}minutes"))
    });
    label().child((
        name,
        " ",
        select()
            .on(ev::change, move |event| {
                if let Ok(minutes) = event_target_value(&event).parse() {
                    chosen.set(minutes);
                }
            })
            .child(options.listed()),
    ))
}
