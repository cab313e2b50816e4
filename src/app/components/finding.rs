//! What a rule found, where it can be changed.

use leptos::ev;
use leptos::prelude::*;

use super::icon::icon;
use super::why::is_open;
use crate::app::components::part::html::{self, details, div, h2, input, p, section, span, summary};
use crate::app::components::part::{Inside, Listed, link, part, said};
use crate::app::desk::Desk;
use crate::engine::rule::{Confidence, Severity};
use crate::walk::plan::Reason;
use crate::walk::{Action, Step, opened, why};

/// The word of a severity.
#[must_use]
pub fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "Noted",
        Severity::Caution => "Caution",
        Severity::Hold => "Hold",
        Severity::Stop => "Stop",
    }
}

/// The findings that this step can change, the heaviest first.
pub fn findings(desk: Desk, step: Step) -> impl Inside {
    let reasons = desk.watch(move |_, plan| plan.reasons_in(step));
    div().class("findings").child(move || reasons.get().into_iter().map(|reason| finding(desk, reason)).listed())
}

/// One finding.
pub fn finding(desk: Desk, reason: Reason) -> impl Inside {
    let tag = tag(&reason);
    let Reason { severity, text, rule, confidence, by_the_clock, .. } = reason;
    section().class(format!("finding {}", severity.word())).child((
        icon(move || severity.into()),
        div().child((
            h2().child(word(severity)),
            p().attr("translate", "no").child(text),
            p().class("tag").attr("translate", "no").child(tag),
            // No entry would change what the clock says.
            (!by_the_clock).then(|| behind(desk, rule, confidence)),
        )),
    ))
}

/// What stands behind a finding. Worked out when it is opened: to find what would change it the engine is asked many times.
pub fn behind(desk: Desk, rule: &'static str, confidence: Confidence) -> impl Inside {
    let open = RwSignal::new(false);
    let body = move || {
        let found = open.get().then(|| desk.peek(|walk, plan| opened::open(walk, plan, rule))).flatten().flatten()?;
        let (when, applies) = (found.when, found.applies);
        let inputs = found.inputs.into_iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let changes = if found.changes.is_empty() {
            vec!["No single value: look at the others, too.".to_owned()]
        } else {
            found.changes
        };
        let known = format!("{}, confidence {}", why::in_words(confidence), confidence.word());
        let rows = vec![
            ("What would change it", changes),
            ("It rests on", inputs),
            ("The rule", vec![format!("On {applies}: {when}.")]),
            ("How it is known", vec![known]),
        ];
        let row = |(term, lines): (&'static str, Vec<String>)| {
            let lines =
                lines.into_iter().map(|line| said("dd", line).with("translate", "no".to_owned()).view()).collect();
            part("div").child(said("dt", term.to_owned())).children(lines).view()
        };
        let rows = rows.into_iter().filter(|(_, lines)| !lines.is_empty()).map(row).collect();
        Some(part("dl").children(rows).view())
    };
    details()
        .class("behind")
        .on(ev::toggle, move |event| open.set(is_open(&event)))
        .child((summary().child("Why, and what would change it"), body))
}

/// What a finding stands on. Its rule, and what the sources disagree about, lead to their entries in the rule book.
pub fn tag(reason: &Reason) -> AnyView {
    let Reason { rule, disagreements, confidence, .. } = *reason;
    let source = reason.source.strip_prefix(rule).unwrap_or(&reason.source).to_owned();
    let rule =
        link(format!("#rules/{rule}"), rule.to_owned()).with("aria-label", format!("Rule {rule} in the rule book"));
    let mut tag = part("span").child(rule).child(source);
    if confidence == Confidence::M {
        tag = tag.child(said("span", "confirm against your label".to_owned()).class("badge"));
    }
    for id in disagreements {
        tag = tag.child(" · ");
        let what = if id.starts_with("AMB") { "two readings" } else { "sources differ" };
        tag = tag.child(link(format!("#rules/{id}"), format!("{what}: {id}")));
    }
    tag.view()
}

/// The cautions, each with a box to tick.
pub fn acknowledgements(desk: Desk) -> impl Inside {
    let cautions = desk.watch(|_, plan| plan.of_severity(Severity::Caution).cloned().collect::<Vec<_>>());
    move || cautions.get().into_iter().map(|reason| acknowledgement(desk, reason)).listed()
}

/// The box of one caution, wherever it stands: the same tick.
fn tick(desk: Desk, key: String) -> impl Inside {
    let known = key.clone();
    let ticked = desk.watch(move |walk, _| walk.has_acknowledged(&known));
    input()
        .attr("type", "checkbox")
        .prop("checked", move || ticked.get())
        .on(ev::change, move |event| desk.act(Action::Acknowledge(key.clone(), event_target_checked(&event))))
}

/// The box beside a caution whose words stand above it.
pub fn seen(desk: Desk, reason: &Reason) -> impl Inside + use<> {
    html::label().class("seen").child((
        tick(desk, reason.key.clone()),
        span().child(("Seen", span().class("visually-hidden").child(format!(": {}", reason.text)))),
    ))
}

fn acknowledgement(desk: Desk, reason: Reason) -> impl Inside {
    html::label().class("acknowledge").child((
        tick(desk, reason.key.clone()),
        span().child((
            span().class("acknowledge-word").child("I have seen this caution. "),
            span().attr("translate", "no").child(reason.text),
            span().class("tag").attr("translate", "no").child(reason.source),
        )),
    ))
}
