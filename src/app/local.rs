//! What the hospital decided, as the page marks it.

use leptos::prelude::*;

use super::desk::Desk;
use crate::app::components::part::html::{p, span};
use crate::app::components::part::{Inside, Listed};
use crate::interchange::policy::PremedicationClass;
use crate::walk::ChoiceField;
use crate::walk::local::{self, Setting};

/// Under an answer that may be the policy's: whose it is, or from what the user departs.
pub fn note(desk: Desk, field: ChoiceField) -> impl Inside {
    local::may_answer(field).then(|| {
        let note = desk.watch(move |walk, _| walk.local_note(field));
        move || note.get().map(|note| p().class("local-mark").attr("data-testid", "local-note").child(note))
    })
}

/// The policy's drugs of a class, to be given before the dose.
pub fn drugs(desk: Desk, class: PremedicationClass) -> impl Inside {
    let lines = desk.watch(move |walk, _| {
        let line = |policy: &_| {
            walk.local_drugs(class)
                .map(|drug| (format!("{}, {}", drug.in_words(), drug.when()), local::marked(policy)))
                .collect::<Vec<_>>()
        };
        walk.local().map(line).unwrap_or_default()
    });
    move || {
        let line = |(drug, mark): (String, String)| {
            p().class("local-drug").attr("data-testid", "local-drug").child((
                span().attr("translate", "no").child(drug),
                " ",
                span().class("local-mark").child(mark),
            ))
        };
        lines.get().into_iter().map(line).listed()
    }
}

/// Above everything else: why a file beside the page is not used.
pub fn trouble(setting: &Setting) -> impl Inside + use<> {
    setting
        .trouble
        .clone()
        .map(|trouble| p().class("overdue").role("status").attr("data-testid", "local-trouble").child(trouble))
}

/// At the foot: whose policy is in force, and until when.
pub fn line(desk: Desk) -> impl Inside {
    let line = desk.watch(|walk, _| {
        let until = |policy: &crate::interchange::policy::Policy| crate::walk::date::long(policy.expires);
        walk.local().map(|policy| format!("{}, in force until {}.", local::marked(policy), until(policy)))
    });
    move || line.get().map(|line| p().attr("data-testid", "local-line").child(line))
}
