//! The sheet: everything on paper, ruled, to tick and sign. It holds no identifier; there is room for the patient's label.

use leptos::prelude::*;

use super::components::finding::word;
use super::desk::Desk;
use super::pictures;
use super::plan::class;
use super::steps::dose::cycle;
use crate::app::components::part::html::{
    article, caption, dd, div, dl, dt, h2, li, p, section, span, strong, table, tbody, td, th, thead, tr, ul,
};
use crate::app::components::part::{Inside, Listed};
use crate::engine::assessment::ENGINE;
use crate::engine::labels;
use crate::walk::Walk;
use crate::walk::date;
use crate::walk::plan::{Plan, Reason, Verdict};
use crate::walk::recap::{self, Given, Number};

#[derive(Clone, PartialEq)]
struct Head {
    verdict: Verdict,
    dose: Option<String>,
    released: bool,
    visit: String,
    day: String,
    edition: &'static str,
    /// Eight letters, or a dash while there is no case.
    fingerprint: String,
    printable: bool,
    /// What the hospital decided.
    local: Option<String>,
}

fn head(walk: &Walk, plan: &Plan) -> Head {
    Head {
        verdict: plan.verdict(),
        dose: plan.dose().map(|dose| dose.mg.to_string()),
        released: plan.released(),
        visit: plan.visit().unwrap_or_else(|| "visit not known".to_owned()),
        day: plan.case.as_ref().map(|case| date::in_words(case.date)).unwrap_or_default(),
        edition: plan.edition(),
        fingerprint: plan.fingerprint().map_or_else(|| "–".to_owned(), |fingerprint| fingerprint.to_string()),
        printable: plan.unacknowledged.is_empty(),
        local: walk.local_line(),
    }
}

/// The sheet as it stands.
pub fn sheet(desk: Desk) -> impl Inside {
    let head = desk.watch(head);
    let answers = desk.watch(recap::answers);
    let reasons = desk.watch(|_, plan| recap::findings(plan));
    let numbers = desk.watch(|_, plan| recap::numbers(plan));
    let printable = move || head.with(|head| head.printable);
    (
        article()
            .class("sheet")
            .class(("unprintable", move || !printable()))
            .attr("aria-label", "Sheet")
            .attr("translate", "no")
            .child((
                move || running(head.get()),
                move || title(head.get()),
                move || findings(reasons.get()),
                move || worked(numbers.get()),
                // With the numbers that are signed for, and never alone on a page of its own.
                signatures(),
                section().class("sheet-cycle").child((h2().child("This cycle"), cycle(desk))),
                section().class("sheet-course").child((h2().child("The course"), pictures::course::course(desk))),
                move || given(answers.get()),
            )),
        p().class("print-only no-print-reason").child(
            "The cautions of this sheet have not been acknowledged. Acknowledge them in the summary, then print.",
        ),
    )
}

/// Repeated on every printed page, so that a second page on its own is not taken for another patient's or another day's.
fn running(head: Head) -> impl Inside {
    let Head { verdict, dose, released, visit, day, edition, fingerprint, .. } = head;
    let dose =
        dose_words(dose.as_ref(), released).to_owned() + &dose.map(|dose| format!(": {dose}")).unwrap_or_default();
    p().class("print-only sheet-running").attr("aria-hidden", "true").child(format!(
        "Inotuzumab ozogamicin · {visit} · {day} · {edition} · {} · {dose} · {fingerprint}",
        verdict.word
    ))
}

fn dose_words(dose: Option<&String>, released: bool) -> &'static str {
    match (dose, released) {
        (Some(_), true) => "Dose",
        (Some(_), false) => "Planned, not released",
        (None, _) => "No dose",
    }
}

fn title(head: Head) -> impl Inside {
    let Head { verdict, dose, released, visit, day, edition, fingerprint, local, .. } = head;
    let dose_words = dose_words(dose.as_ref(), released);
    section().class("sheet-head").child((
        div().class("sheet-title").child((
            h2().child(format!("Inotuzumab ozogamicin, {visit}")),
            p().child(day),
            p().class("tag").child(format!("{edition} · rules {} · engine {ENGINE}", labels::RULES)),
            local.map(|local| p().class("tag").child(local)),
            p().class("tag")
                .child(("Fingerprint ", strong().class("whole").attr("data-testid", "fingerprint").child(fingerprint))),
        )),
        div().class("sheet-label").child("Patient label"),
        div()
            .class(format!("sheet-decision {}", class(verdict.tone)))
            .child((strong().child(verdict.word), span().child(verdict.detail))),
        dl().class("sheet-dose").child((dt().child(dose_words), dd().child(dose.unwrap_or_else(|| "none".to_owned())))),
    ))
}

fn findings(reasons: Vec<Reason>) -> impl Inside {
    let line = |reason: Reason| {
        li().child((
            strong().child(word(reason.severity)),
            span().child(format!(" {} ", reason.text)),
            span().class("tag").child(reason.source),
        ))
    };
    (!reasons.is_empty()).then(|| {
        section().child((
            h2().child("What the rules found"),
            ul().class("sheet-findings").child(reasons.into_iter().map(line).listed()),
        ))
    })
}

fn worked(numbers: Vec<Number>) -> impl Inside {
    let line = |Number { label, line, .. }: Number| {
        let how = line.worked.unwrap_or(line.formula);
        let source =
            if line.unverified { format!("{} (confirm against your label)", line.source) } else { line.source };
        tr().child((
            th().attr("scope", "row").child(label),
            td().class("result").child(line.result),
            td().child((span().class("how").child(how), span().class("tag").child(source))),
        ))
    };
    let heads = ["Number", "Result", "Working, rule and source"];
    (!numbers.is_empty()).then(|| {
        table().class("ruled numbers").child((
            caption().child("Numbers, each with its working"),
            thead().child(tr().child(heads.map(|head| th().attr("scope", "col").child(head)).into_iter().listed())),
            tbody().child(numbers.into_iter().map(line).listed()),
        ))
    })
}

fn given(answers: Vec<Given>) -> impl Inside {
    let line = |given: Given| {
        let class = if given.answer.is_none() { "answer-line is-open" } else { "answer-line" };
        div().class(class).child((dt().child(given.label.clone()), dd().child(given.in_words())))
    };
    section().child((
        h2().child("What was entered, as understood"),
        dl().class("answers-given").child(answers.into_iter().map(line).listed()),
    ))
}

fn signatures() -> impl Inside {
    let line = |who: &'static str| tr().child((th().attr("scope", "row").child(who), td(), td().child("Time")));
    table().class("ruled signatures").child((
        caption().child("Sign"),
        tbody().child(["Prescribed", "Prepared", "Checked", "Given"].map(line).into_iter().listed()),
    ))
}
