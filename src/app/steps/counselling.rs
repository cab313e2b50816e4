//! What the patient is told.

use leptos::html::{li, p, section, span, strong, ul};
use leptos::prelude::*;

use super::group;
use crate::app::components::choice::choice;
use crate::app::desk::Desk;
use crate::walk::ChoiceField;
use crate::walk::date;
use crate::walk::recap::{self, Number};

/// The questions of the step, and what to say.
pub fn body(desk: Desk) -> impl IntoView {
    (
        choice(desk, ChoiceField::Breastfeeding),
        group("Dates", dates(desk)),
        group("To say", ul().class("work").child((
            item("Liver: call at once for yellow skin or eyes, pain under the right ribs, a swollen belly or rapid weight gain.", "VOD-02"),
            item("Blood: call for fever, signs of infection, bruising or bleeding.", "MON-05"),
            item("Heart: tell us before taking any new medicine; some prolong QT.", "QT-02, QT-03"),
            item("Pregnancy: use effective contraception until the date shown, and call at once if pregnancy is possible.", "CONTRAC-01, CONTRAC-02, PREG-02"),
            item("Fertility of women and men may suffer.", "FERT-01"),
            item("No live virus vaccines during treatment or for a time after it.", "VAC-01"),
        ))),
        group("To watch", monitoring(desk)),
    )
}

/// The dates of this patient, as soon as there are any.
fn dates(desk: Desk) -> impl IntoView {
    let dates = desk.watch(|_, plan| {
        let numbers = recap::numbers(plan).into_iter();
        numbers.filter(|number| number.path.starts_with("counselling.")).collect::<Vec<_>>()
    });
    let from = desk.watch(|_, plan| {
        let last = plan.assessment().and_then(|found| found.counselling).map(|dates| dates.last_dose);
        match last.filter(|last| plan.case.as_ref().is_none_or(|case| case.date != *last)) {
            Some(last) => format!("the latest dose given, {}", date::in_words(last)),
            None => "today’s dose".to_owned(),
        }
    });
    move || {
        let dates = dates.get();
        if dates.is_empty() {
            let words =
                "The dates count from a dose that is given. They appear as soon as nothing stands against today’s.";
            return p().class("quiet").child(words).into_any();
        }
        let line = |Number { label, line, .. }: Number| {
            li().child((
                span()
                    .child((format!("{label} "), strong().class("nowrap").attr("translate", "no").child(line.result))),
                span().class("tag").attr("translate", "no").child(line.source),
            ))
        };
        (
            p().class("quiet")
                .attr("translate", "no")
                .child(move || format!("Counted from {}. Each holds through the day before.", from.get())),
            ul().class("work").child(dates.into_iter().map(line).collect_view()),
        )
            .into_any()
    }
}

fn item(words: &'static str, source: &'static str) -> impl IntoView {
    li().child((span().child(words), span().class("tag").attr("translate", "no").child(source)))
}

fn monitoring(desk: Desk) -> impl IntoView {
    let items = desk.watch(|_, plan| recap::monitoring(plan));
    section().child(move || {
        let line = |(what, when, rule): (String, String, &'static str)| {
            li().child((
                span().child(format!("{what}: {when}.")),
                span().class("tag").attr("translate", "no").child(rule),
            ))
        };
        ul().class("work").child(items.get().into_iter().map(line).collect_view())
    })
}
