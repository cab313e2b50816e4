//! What is drawn. Holds no rule and does no arithmetic.

pub mod check;
pub mod components;
pub mod desk;
pub mod edition;
pub mod embed;
pub mod idle;
pub mod local;
pub mod pages;
pub mod pictures;
pub mod plan;
pub mod sheet;
pub mod sheets;
pub mod shell;
pub mod steps;
pub mod timing;

use leptos::prelude::*;

use crate::app::components::part::Inside;
use crate::browser::{Answered, BuildId, clock, host, tab};
use crate::walk::edition::Memory;
use crate::walk::local::{Found, Setting};
use crate::walk::{Walk, early};

/// The whole page.
#[component]
pub fn App() -> AnyView {
    let build = use_context::<BuildId>().map(|BuildId(build)| build).unwrap_or_default();
    let today = clock::today();
    let setting = Setting::of(&use_context::<Found>().unwrap_or_default(), today);
    embed::follow_theme(&setting);
    let part = host::is_part();
    // Two parts of one page would share what a tab keeps.
    let kept = if part { Ok(None) } else { tab::kept(idle::forgotten_after()) };
    let kept = kept.and_then(|text| text.map(|text| Walk::recalled(&text, today).ok_or(tab::Damaged)).transpose());
    let memory = RwSignal::new(if kept.is_err() { Memory::Damaged } else { Memory::Works });
    let local = setting.policy.clone();
    let walk = match kept.ok().flatten() {
        Some(walk) => walk.with_local(local),
        None => Walk::new(today).under(local),
    };
    let Answered(answered) = use_context().unwrap_or_default();
    let desk = desk::Desk::new(early::with_answers(walk, &answered));
    if !part {
        Effect::new(move |_| match (tab::keep(&desk.kept()), memory.get_untracked()) {
            (false, Memory::Works | Memory::Damaged) => memory.set(Memory::Fails),
            (true, Memory::Fails) => memory.set(Memory::Works),
            _ => {}
        });
    }
    components::course_file::nothing_dropped_leaves_the_page();
    shell::shell(desk, memory, build, setting, part).view()
}
