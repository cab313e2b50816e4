//! The frame: bar, steps, the step in view, the plan. Finds its way by the part of the address behind `#`.

use leptos::ev;
use leptos::prelude::*;

use super::check::{self, Checking};
use super::components::announcer::announcer;
use super::components::icon::{Icon, icon};
use super::desk::Desk;
use super::edition::{self, Edition};
use super::embed;
use super::idle::{self, Idle};
use super::local;
use super::pages::{self, Reading};
use super::{plan, steps};
use crate::app::components::part::html::{
    self, a, b, button, dialog, div, footer, h2, header, li, main, nav, ol, p, small, span,
};
use crate::app::components::part::{Inside, Listed};
use crate::browser::{clock, page, tab};
use crate::engine::labels;
use crate::engine::rule::Severity;
use crate::walk::edition::Memory;
use crate::walk::local::Setting;
use crate::walk::plan::StepState;
use crate::walk::{Action, ChoiceField, Page, Step};

/// The page around the steps.
pub fn shell(desk: Desk, memory: RwSignal<Memory>, build: String, setting: Setting, part: bool) -> impl Inside {
    let reading = Reading::new();
    let checking = Checking::new();
    follow_address(desk, reading, checking);
    let dialog = NodeRef::<html::Dialog>::new();
    let idle = idle::watch(desk);
    let news = Edition::new(desk, memory);
    super::timing::follow(desk);
    let hidden = idle.hidden();
    let trouble = local::trouble(&setting);
    let host = part.then(|| embed::listen(desk, setting, build.clone()));
    div()
        .class("aid")
        .class(("embedded", move || part))
        .class(("unattended", move || hidden.get()))
        .attr("data-testid", "app")
        .attr("data-build", build.clone())
        .child((
            idle::curtain(desk, idle),
            header().class("bar").child((
                bar(desk, dialog, checking),
                edition::banner(news),
                trouble,
                host.map(embed::question),
            )),
            move || framed(desk, reading, checking),
            foot(desk, build, idle, news, part),
            move || (!checking.is_open()).then(|| announcer(desk)),
            new_patient(desk, dialog),
        ))
}

/// Steps, step and plan; of none of them anything while a second person checks.
fn framed(desk: Desk, reading: Reading, checking: Checking) -> AnyView {
    if checking.is_open() {
        check::page(desk)
    } else {
        div().class("frame").child((navigation(desk), content(desk, reading), plan::plan(desk))).view()
    }
}

fn skip(event: ev::MouseEvent) {
    event.prevent_default();
    page::focus(steps::HEADING);
}

fn bar(desk: Desk, dialog: NodeRef<html::Dialog>, checking: Checking) -> impl Inside {
    let ask = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            let _ = dialog.show_modal();
        }
    };
    let visit = desk.watch(|walk, plan| {
        let day = walk.visit_date().map(crate::walk::date::with_weekday).unwrap_or_default();
        plan.visit().map_or_else(|| day.clone(), |visit| format!("{day} · {visit}"))
    });
    let edition = desk.watch(|walk, plan| {
        let local = walk.local_note(ChoiceField::Label).map(|note| format!(" · {note}")).unwrap_or_default();
        plan.edition().to_owned() + &local
    });
    (
        a().class("skip").attr("href", "#").on(ev::click, skip).child("Skip to the content"),
        b().child("Inotuzumab ozogamicin"),
        span()
            .class("edition")
            .attr("data-testid", "edition")
            .attr("translate", "no")
            .prop("textContent", move || edition.get()),
        span().class("edition rules").child(format!("rules {}", labels::RULES)),
        span()
            .class("visit")
            .attr("data-testid", "visit")
            .attr("translate", "no")
            .prop("textContent", move || if checking.is_open() { String::new() } else { visit.get() }),
        div().class("bar-actions").child((
            pages::menu::menu(),
            button().attr("type", "button").class("quiet-button").on(ev::click, ask).child("New patient"),
        )),
    )
}

fn foot(desk: Desk, build: String, idle: Idle, news: Edition, part: bool) -> impl Inside {
    let label =
        format!("Rules {}, sources read {}, to be read again by {}.", labels::RULES, labels::READ, labels::REVIEW_BY);
    let kept = if part { embed::TOLD } else { "Nothing typed here leaves this device; closing the tab forgets it." };
    footer().class("foot").child((
        p().child(("Supports a decision and makes none. The prescriber, the pharmacist and the label decide. ", kept)),
        idle::settings(idle),
        edition::line(news),
        local::line(desk),
        p().attr("translate", "no").child((label, " Build ", build)),
    ))
}

/// The list of steps with where each stands.
fn navigation(desk: Desk) -> impl Inside {
    let states = desk.watch(|walk, plan| plan.steps(walk));
    let steps = Step::ALL.into_iter().map(move |step| {
        let state = Memo::new(move |_| states.with(|states| states.iter().find(|state| state.step == step).cloned()));
        step_line(step, state)
    });
    // A tablet that is turned shows another stretch of the row.
    let turned = window_event_listener(ev::resize, move |_| {
        if let Some(here) = desk.peek(|walk, _| walk.here) {
            page::center(&link_id(here));
        }
    });
    on_cleanup(move || turned.remove());
    let progress = desk.watch(|walk, _| format!("Step {} of {}", walk.here.number(), Step::ALL.len()));
    nav()
        .class("steps")
        .attr("aria-label", "Steps")
        .child((p().class("progress").child(move || progress.get()), ol().child(steps.listed())))
}

fn step_line(step: Step, state: Memo<Option<StepState>>) -> impl Inside {
    let class = move || state.with(|state| state.as_ref().map_or("step", step_class));
    let note = move || state.with(|state| state.as_ref().map(step_note).unwrap_or_default());
    let here = move || state.with(|state| state.as_ref().is_some_and(|state| state.here)).then_some("step");
    li().class(class).child(
        a().id(link_id(step)).attr("href", format!("#{}", step.slug())).attr("aria-current", here).child((
            span()
                .class("step-mark")
                .attr("aria-hidden", "true")
                .child(move || state.with(|state| step_mark(step, state.as_ref()))),
            span().class("step-name").child((step.name(), small().attr("translate", "no").child(note))),
        )),
    )
}

/// Id of the link to a step.
fn link_id(step: Step) -> String {
    format!("to-{}", step.slug())
}

fn step_class(state: &StepState) -> &'static str {
    match (state.here, state.worst, state.done) {
        (true, _, _) => "step here",
        (_, Some(Severity::Stop), _) => "step stop",
        (_, Some(_), _) => "step hold",
        (_, None, true) => "step done",
        (_, None, false) if state.away.is_some() => "step away",
        (_, None, false) => "step",
    }
}

fn step_mark(step: Step, state: Option<&StepState>) -> String {
    match state {
        Some(state) if state.worst == Some(Severity::Stop) => "–".to_owned(),
        Some(state) if state.worst.is_some() => "‖".to_owned(),
        Some(state) if state.done && !state.here => "✓".to_owned(),
        _ => step.number().to_string(),
    }
}

fn step_note(state: &StepState) -> String {
    if let Some(why) = state.away {
        return format!(
            "not today: {}{}",
            why.get(..1).unwrap_or_default().to_lowercase(),
            why.get(1..).unwrap_or_default().trim_end_matches('.')
        );
    }
    let work = match (state.worst, state.needs, state.step) {
        (Some(Severity::Stop), _, _) => "stop".to_owned(),
        (Some(_), _, _) => "hold".to_owned(),
        (None, 0, _) => return state.note.clone(),
        (None, 1, Step::Summary) => "1 caution to acknowledge".to_owned(),
        (None, needs, Step::Summary) => format!("{needs} cautions to acknowledge"),
        (None, 1, _) => "1 answer needed".to_owned(),
        (None, needs, _) => format!("{needs} answers needed"),
    };
    if state.note.is_empty() { work } else { format!("{}, {work}", state.note) }
}

fn content(desk: Desk, reading: Reading) -> impl Inside {
    let here = desk.here();
    main().id("step").child(move || match reading.page() {
        Some(page) => pages::page(desk, reading, page),
        None => steps::step(desk, here.get()),
    })
}

/// Goes where the address points, now and whenever it changes.
fn follow_address(desk: Desk, reading: Reading, checking: Checking) {
    let go = move |step: Step| {
        reading.close();
        checking.close();
        desk.act(Action::Go(step));
        let _ = desk.plan_open.try_set(false);
        // After the step is drawn.
        request_animation_frame(move || {
            page::reveal(&link_id(step));
            page::set_title(step.name());
            let aim = desk.aimed_at();
            if !aim.is_some_and(|id| page::focus(&id)) {
                page::to_top();
                page::focus(steps::HEADING);
            }
        });
    };
    if let Some(step) = page::hash().as_deref().and_then(Step::from_slug) {
        desk.act(Action::Go(step));
    }
    if let Some(place) = page::hash().as_deref().and_then(Page::from_hash) {
        reading.open(place);
    }
    if page::hash().as_deref() == Some(check::HASH) {
        checking.open();
    }
    let handle = window_event_listener(ev::hashchange, move |_| {
        if let Some(place) = page::hash().as_deref().and_then(Page::from_hash) {
            checking.close();
            return reading.open(place);
        }
        if page::hash().as_deref() == Some(check::HASH) {
            return checking.open();
        }
        let step = page::hash()
            .map_or(Some(Step::Visit), |hash| if hash.is_empty() { Some(Step::Visit) } else { Step::from_slug(&hash) });
        if let Some(step) = step {
            go(step);
        }
    });
    on_cleanup(move || handle.remove());
}

/// Asks before everything is forgotten.
fn new_patient(desk: Desk, dialog_ref: NodeRef<html::Dialog>) -> impl Inside {
    let close = move || {
        if let Some(dialog) = dialog_ref.get_untracked() {
            dialog.close();
        }
    };
    let clear = move |_| {
        close();
        desk.act(Action::NewPatient(clock::today()));
        tab::forget();
        if page::hash().as_deref() != Some("#visit") {
            page::set_hash(Step::Visit.slug());
        }
        page::to_top();
        page::focus(steps::HEADING);
    };
    dialog().node_ref(dialog_ref).class("dialog").attr("aria-labelledby", "new-patient-title").child((
        div()
            .class("dialog-head")
            .child((icon(|| Icon::Caution), h2().id("new-patient-title").child("Clear everything?"))),
        p().child("All answers of this patient are removed from the page. They are not kept anywhere."),
        div().class("dialog-actions").child((
            button().attr("type", "button").class("next").on(ev::click, move |_| close()).child("Keep this patient"),
            button()
                .attr("type", "button")
                .class("quiet-button forget")
                .on(ev::click, clear)
                .child("Clear and start again"),
        )),
    ))
}
