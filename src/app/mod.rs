//! What is drawn. Holds no rule and does no arithmetic.

pub mod check;
pub mod components;
pub mod desk;
pub mod edition;
pub mod idle;
pub mod pages;
pub mod pictures;
pub mod plan;
pub mod sheet;
pub mod sheets;
pub mod shell;
pub mod steps;
pub mod timing;

use leptos::prelude::*;

use crate::browser::{BuildId, clock, tab};
use crate::walk::Walk;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let build = use_context::<BuildId>().map(|BuildId(build)| build).unwrap_or_default();
    let today = clock::today();
    let kept = tab::kept(idle::forgotten_after()).and_then(|text| Walk::recalled(&text, today));
    let desk = desk::Desk::new(kept.unwrap_or_else(|| Walk::new(today)));
    Effect::new(move |_| {
        tab::keep(&desk.kept());
    });
    components::course_file::nothing_dropped_leaves_the_page();
    shell::shell(desk, build)
}
