//! Tells a screen reader about the decision: when it changes, once it has settled, in one sentence.

use std::time::Duration;

use leptos::prelude::*;

use super::live;
use crate::app::components::part::Inside;
use crate::app::components::part::html::div;
use crate::app::desk::Desk;

/// How long the decision must stand before it is said.
const SETTLE: Duration = Duration::from_millis(1200);

/// The quiet voice of the page.
pub fn announcer(desk: Desk) -> impl Inside {
    let said = RwSignal::new(String::new());
    let sentence = desk.watch(|_, plan| {
        let verdict = plan.verdict();
        format!("{}. {}", verdict.word, verdict.detail)
    });
    Effect::new(move |before: Option<String>| {
        let now = sentence.get();
        if before.as_ref().is_some_and(|before| *before != now) {
            let waited = now.clone();
            let say = move || {
                if sentence.try_get_untracked().as_ref() == Some(&waited) {
                    let _ = said.try_set(waited);
                }
            };
            set_timeout(say, SETTLE);
        }
        now
    });
    let voice =
        |words: RwSignal<String>| div().role("status").attr("aria-live", "polite").child(live("", move || words.get()));
    div().class("visually-hidden").child((voice(said), voice(desk.news)))
}
