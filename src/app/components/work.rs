//! The work, step by step, as the step and the sheets show it.

use leptos::prelude::*;

use crate::app::components::part::{Inside, part, said};
use crate::app::desk::Desk;
use crate::walk::work::{self, Phase, Task};

/// A part of the work as a list that follows the plan.
pub fn work(desk: Desk, tag: &'static str, phase: Phase) -> impl Inside {
    let tasks = desk.watch(move |_, plan| work::of_phase(plan, phase));
    move || list(tag, tasks.get())
}

fn list(tag: &'static str, tasks: Vec<Task>) -> AnyView {
    let line = |task: Task| {
        let source = cited(task.source.clone(), task.caveat);
        part("li").child(words(task)).child(source).view()
    };
    part(tag).class("work").children(tasks.into_iter().map(line).collect()).view()
}

/// What to do, with its number.
pub fn words(task: Task) -> AnyView {
    let number = task.number.map(|number| said("strong", number).view());
    part("span")
        .with("translate", "no".to_owned())
        .child(task.says)
        .children(number.into_iter().collect())
        .child(task.then)
        .view()
}

/// Where it stands, and that it has to be confirmed where it was not read.
pub fn cited(source: String, caveat: Option<&'static str>) -> AnyView {
    let source = caveat.map_or_else(|| source.clone(), |caveat| format!("{source} ({caveat})"));
    said("span", source).class("tag").with("translate", "no".to_owned()).view()
}
