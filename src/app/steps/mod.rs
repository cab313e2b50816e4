//! One file a step, and the frame they share.

pub mod counselling;
pub mod course;
pub mod cytoreduction;
pub mod dose;
pub mod eligibility;
pub mod infusion;
pub mod patient;
pub mod premedication;
pub mod preparation;
pub mod summary;
pub mod visit;

use leptos::ev;
use leptos::prelude::*;

use super::components::field::{BETWEEN_VISITS, asking};
use super::components::finding::findings;
use super::components::summary_of_errors::{self, summary_of_errors};
use super::desk::Desk;
use crate::app::components::part::html::{a, button, div, form, h1, h2, li, p, section, ul};
use crate::app::components::part::{Inside, Listed};
use crate::browser::{host, page};
use crate::walk::plan::{next_step, step_before};
use crate::walk::{Action, Step, ask};

/// Id of the heading that takes the focus when a step comes into view.
pub const HEADING: &str = "question";

/// The step in view.
pub fn step(desk: Desk, step: Step) -> AnyView {
    match step {
        Step::Visit => framed(desk, step, visit::body(desk)).view(),
        Step::Patient => framed(desk, step, patient::body(desk)).view(),
        Step::Course => framed(desk, step, course::body(desk)).view(),
        Step::Eligibility => framed(desk, step, eligibility::body(desk)).view(),
        Step::Cytoreduction => framed(desk, step, cytoreduction::body(desk)).view(),
        Step::Dose => framed(desk, step, dose::body(desk)).view(),
        Step::Premedication => framed(desk, step, premedication::body(desk)).view(),
        Step::Preparation => framed(desk, step, preparation::body(desk)).view(),
        Step::Infusion => framed(desk, step, infusion::body(desk)).view(),
        Step::Counselling => framed(desk, step, counselling::body(desk)).view(),
        Step::Summary => framed(desk, step, summary::body(desk)).view(),
    }
}

/// Heading, what is open, the questions, what the rules found, and the way on.
fn framed(desk: Desk, step: Step, body: impl Inside) -> impl Inside {
    form()
        .attr("novalidate", "")
        .attr("autocomplete", "off")
        .class(format!("step-form step-{}", step.slug()))
        .on(ev::click, only_once)
        .on(ev::keydown, not_held)
        .on(ev::submit, move |event| {
            event.prevent_default();
            go_on(desk, step);
        })
        .child((
            summary_of_errors(desk, step),
            h1().id(HEADING).attr("tabindex", "-1").child(step.question()),
            p().class("lead").child(lead(step)),
            whose_results(desk),
            not_today(desk, step),
            body,
            folded(desk, step),
            findings(desk, step),
            way_on(desk, step),
        ))
}

/// What the step is about.
fn lead(step: Step) -> String {
    const ALONE: &str = " Nothing typed here leaves this device.";
    let lead = step.lead();
    if host::is_part() { lead.replace(ALONE, "") } else { lead.to_owned() }
}

/// What is asked between two visits: whether the dose was given, and whose the results are.
fn whose_results(desk: Desk) -> impl Inside {
    let asked = desk.watch(|walk, _| ask::between_visits(walk));
    div()
        .role("status")
        .id(BETWEEN_VISITS)
        .attr("tabindex", "-1")
        .attr("data-testid", "whose-results")
        .child(move || asked.get().map(|asked| asking(desk, asked, HEADING.to_owned())))
}

/// Why a step has nothing to ask today.
fn not_today(desk: Desk, step: Step) -> impl Inside {
    let why = desk.watch(move |walk, _| walk.not_today(step));
    move || {
        why.get().map(|why| p().class("not-today").attr("data-testid", "not-today").child(format!("Not today. {why}")))
    }
}

/// What stands in place of the work on a day without a dose.
fn nothing(words: &'static str) -> AnyView {
    p().class("not-released").attr("data-testid", "no-work").child(words).view()
}

/// What the step asks on other days.
fn folded(desk: Desk, step: Step) -> impl Inside {
    let lines = desk.watch(move |walk, _| walk.folded(step));
    move || {
        let lines = lines.get();
        (!lines.is_empty()).then(|| {
            ul().class("folded")
                .attr("aria-label", "Not asked today")
                .child(lines.into_iter().map(|line| li().child(format!("Not today. {line}"))).listed())
        })
    }
}

/// The second click of a double click was meant for what the first one has already changed or taken away.
fn only_once(event: ev::MouseEvent) {
    if event.detail() > 1 {
        event.prevent_default();
    }
}

/// A key that is held down says yes once.
fn not_held(event: ev::KeyboardEvent) {
    if event.repeat() && event.key() == "Enter" {
        event.prevent_default();
    }
}

/// The first press points out what is open; when that is known, or nothing is open, it goes on.
fn go_on(desk: Desk, step: Step) {
    let known = desk.peek(|walk, plan| walk.was_checked(step) || plan.open_in(step).next().is_none());
    desk.act(Action::Check(step));
    if known == Some(false) {
        request_animation_frame(|| {
            page::focus(summary_of_errors::ID);
        });
    } else if let Some(Some(next)) = desk.peek(|walk, _| next_step(walk, step)) {
        page::set_hash(next.slug());
    }
}

fn way_on(desk: Desk, step: Step) -> impl Inside {
    let open = desk.watch(move |walk, plan| if walk.was_checked(step) { plan.open_in(step).count() } else { 0 });
    let words = move |next: Step| match open.get() {
        0 => format!("Continue to {}", next.name().to_lowercase()),
        1 => "Continue without this answer".to_owned(),
        count => format!("Continue without these {count} answers"),
    };
    let next = desk.watch(move |walk, _| next_step(walk, step));
    let before = desk.watch(move |walk, _| step_before(walk, step));
    div().class("way-on").child((
        // The button stays while its words change: it may hold the focus.
        step.next().map(|next_in_line| {
            let words = move || words(next.get().unwrap_or(next_in_line));
            button().attr("type", "submit").class("next").child(words)
        }),
        move || {
            before.get().map(|previous| {
                a().class("back")
                    .attr("href", format!("#{}", previous.slug()))
                    .child(format!("Back to {}", previous.name().to_lowercase()))
            })
        },
    ))
}

/// A group of questions under its own heading.
pub fn group(title: &'static str, questions: impl Inside) -> impl Inside {
    section().class("group").child((h2().child(title), questions))
}

/// Two fields that belong beside each other.
pub fn pair(fields: impl Inside) -> impl Inside {
    div().class("two").child(fields)
}
