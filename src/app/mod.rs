//! What is drawn. Holds no rule and does no arithmetic.

pub mod components;
pub mod desk;
pub mod pages;
pub mod pictures;
pub mod plan;
pub mod sheet;
pub mod shell;
pub mod steps;

use leptos::prelude::*;

use crate::browser::{BuildId, clock};
use crate::walk::Walk;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let build = use_context::<BuildId>().map(|BuildId(build)| build).unwrap_or_default();
    let desk = desk::Desk::new(Walk::new(clock::today()));
    shell::shell(desk, build)
}
