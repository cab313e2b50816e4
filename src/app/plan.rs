//! The plan: decision, dose, how it is made up, when. Always in sight, and never older than the last key pressed.

use leptos::ev;
use leptos::prelude::*;

use super::components::finding::{behind, seen, tag, word};
use super::components::icon::{Icon, icon};
use super::components::live;
use super::components::summary_of_errors;
use super::components::why::{Row, details_of, row};
use super::desk::Desk;
use super::pictures;
use crate::app::components::part::html::{
    a, aside, button, details, div, h2, h3, p, section, span, strong, summary, ul,
};
use crate::app::components::part::{Inside, Listed};
use crate::engine::case::Day;
use crate::engine::rule::Severity;
use crate::walk::Page;
use crate::walk::counsel::Until;
use crate::walk::date;
use crate::walk::plan::{Open, Reason, Tone, Verdict};
use crate::walk::recap;

/// The panel.
pub fn plan(desk: Desk) -> impl Inside {
    let open = desk.plan_open;
    aside().class("plan").attr("aria-label", "Plan").attr("data-open", move || open.get().to_string()).child((
        band(desk),
        dose(desk),
        // Here the boxed warning is in sight wherever the page is scrolled to.
        div().class("plan-ways").child((
            a().class("plan-warning").attr("href", format!("#{}", Page::Warning.slug())).child(Page::Warning.name()),
            opener(open),
        )),
        div().class("plan-body").id("plan-body").child((reasons(desk), numbers(desk), dates(desk))),
    ))
}

/// On a phone the plan is a bar; this opens the rest of it.
fn opener(open: RwSignal<bool>) -> impl Inside {
    button()
        .attr("type", "button")
        .class("plan-opener")
        .attr("aria-controls", "plan-body")
        .attr("aria-expanded", move || open.get().to_string())
        .on(ev::click, move |_| open.update(|open| *open = !*open))
        .child(move || if open.get() { "Close the plan" } else { "Open the plan" })
}

/// The class of a signal.
#[must_use]
pub fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Give => "give",
        Tone::Caution => "caution",
        Tone::Open => "open",
        Tone::Omit => "omit",
        Tone::Hold => "hold",
        Tone::Stop => "stop",
    }
}

fn band(desk: Desk) -> impl Inside {
    let verdict = desk.watch(|_, plan| plan.verdict());
    let reason = desk.watch(|_, plan| plan.first_reason());
    let tone = move || verdict.with(|verdict: &Verdict| verdict.tone);
    div().class(move || format!("band {}", class(tone()))).child((
        icon(move || Icon::from(tone())),
        div().child((
            h2().child(
                strong()
                    .attr("data-testid", "decision")
                    .attr("translate", "no")
                    .prop("textContent", move || verdict.with(|verdict| verdict.word.to_owned())),
            ),
            p().attr("data-testid", "decision-detail")
                .child(live("", move || verdict.with(|verdict| verdict.detail.clone()))),
            // Where the list of reasons is folded away, the first stays in view.
            move || reason.get().map(|words| p().class("band-reason").attr("translate", "no").child(words)),
        )),
    ))
}

/// Today's dose, the largest thing on the page, or why there is none.
fn dose(desk: Desk) -> impl Inside {
    let there = desk.watch(|_, plan| plan.dose().is_some());
    let none = desk.watch(|_, plan| plan.no_dose());
    move || {
        if there.get() {
            div().class("dose").child(details_of(desk, "dose.mg", "dose-why", dose_head(desk))).view()
        } else {
            div().class("dose none").child(p().attr("data-testid", "no-dose").child(move || none.get())).view()
        }
    }
}

fn dose_head(desk: Desk) -> impl Inside {
    let state = desk.watch(|_, plan| {
        let visit = plan.visit().unwrap_or_default();
        if plan.released() { format!("Dose for {visit}") } else { format!("Planned for {visit}, not released") }
    });
    let number = desk.watch(|_, plan| plan.dose().map(|dose| dose.mg.0.normalize().to_string()).unwrap_or_default());
    (
        span().class("dose-label").attr("data-testid", "dose-state").child(live("", move || state.get())),
        span()
            .class("dose-value")
            .attr("data-testid", "dose")
            .attr("translate", "no")
            .child((span().prop("textContent", move || number.get()), span().class("dose-unit").child(" mg"))),
        span().class("row-why").child("why"),
    )
}

/// Why the decision is what it is, and what it waits for.
fn reasons(desk: Desk) -> impl Inside {
    let blocking = desk.watch(|_, plan| {
        let at_least = if plan.of_severity(Severity::Stop).next().is_some() { Severity::Stop } else { Severity::Hold };
        let mut found: Vec<Reason> =
            plan.reasons.iter().filter(|reason| reason.severity >= at_least).cloned().collect();
        found.extend(plan.of_severity(Severity::Caution).cloned());
        found
    });
    let open = desk.watch(|_, plan| plan.open.clone());
    section().class("reasons").attr("data-testid", "reasons").child((
        move || blocking.get().into_iter().map(|found| reason(desk, found)).listed(),
        move || {
            let open = open.get();
            (!open.is_empty()).then(|| open_list(desk, open))
        },
    ))
}

fn reason(desk: Desk, reason: Reason) -> impl Inside {
    let tag = tag(&reason);
    let seen = (reason.severity == Severity::Caution).then(|| seen(desk, &reason));
    div().class(format!("reason {}", reason.severity.word())).child((
        icon(move || reason.severity.into()),
        div().child((
            p().attr("translate", "no").child((
                strong().child(word(reason.severity)),
                span().child(format!(" {} ", reason.text)),
                span().class("tag").child(tag),
            )),
            seen,
            (!reason.by_the_clock).then(|| behind(desk, reason.rule, reason.confidence)),
        )),
    ))
}

/// More open answers than this are folded away: the numbers below them matter more.
const LISTED: usize = 5;

fn open_list(desk: Desk, open: Vec<Open>) -> impl Inside {
    let count = open.len();
    let lines = open.into_iter().map(|open| summary_of_errors::line(desk, open)).listed();
    let list = ul().attr("data-testid", "open").child(lines);
    if count > LISTED {
        let title = format!("{count} open questions");
        return details().class("still-open").child((summary().child(title), list)).view();
    }
    div().class("still-open").child((h3().child("Open"), list)).view()
}

/// How today's dose is made up.
fn numbers(desk: Desk) -> impl Inside {
    let there = desk.watch(|_, plan| plan.preparation().is_some());
    let bsa = desk.watch(|_, plan| plan.assessment().is_some_and(|found| found.bsa.is_some()));
    // Measured to a graduation or exact: one of the two, and the same everywhere.
    let measured = desk.watch(|_, plan| plan.preparation().is_some_and(|prepared| prepared.measured.is_some()));
    let made_up = move || {
        let [vials, withdraw, diluent, concentration] = if measured.get() { MEASURED } else { EXACT };
        (
            measured.get().then(|| row(desk, MEASURED_DOSE)),
            row(desk, vials),
            row(desk, withdraw),
            row(desk, diluent),
            row(desk, TOTAL),
            row(desk, concentration),
        )
    };
    let rows = move || (made_up, pictures::concentration::concentration(desk), out_of_range(desk), row(desk, RATE));
    (
        section()
            .class("rows")
            .attr("aria-label", "Preparation")
            .child((move || bsa.get().then(|| row(desk, BSA)), move || there.get().then(rows))),
        move || there.get().then(|| limits(desk)),
    )
}

/// Body surface area.
pub const BSA: Row = Row {
    label: "Body surface area",
    testid: "bsa",
    path: "bsa.m2",
    value: |plan| Some(crate::walk::plan::pretty(&plan.assessment()?.bsa.as_ref()?.m2.to_string())),
};
/// What is made up, to the last digit.
const EXACT: [Row; 4] = [VIALS, WITHDRAW, DILUENT, CONCENTRATION];

/// The same where the volume to withdraw is measured to a graduation.
const MEASURED: [Row; 4] = [
    Row {
        path: "preparation.measured.vials",
        value: |plan| Some(plan.preparation()?.measured?.vials.0.normalize().to_string()),
        ..VIALS
    },
    Row {
        label: "Withdraw, as measured",
        path: "preparation.measured.withdraw_ml",
        value: |plan| Some(plan.preparation()?.measured?.withdraw_ml.to_string()),
        ..WITHDRAW
    },
    Row {
        path: "preparation.measured.diluent_ml",
        value: |plan| Some(plan.preparation()?.measured?.diluent_ml?.to_string()),
        ..DILUENT
    },
    Row {
        path: "preparation.measured.concentration_mg_per_ml",
        value: |plan| Some(plan.preparation()?.measured?.concentration_mg_per_ml?.to_string()),
        ..CONCENTRATION
    },
];

/// The dose in the measured volume.
const MEASURED_DOSE: Row = Row {
    label: "Dose, as measured",
    testid: "measured-dose",
    path: "preparation.measured.mg",
    value: |plan| Some(plan.preparation()?.measured?.mg.to_string()),
};

/// Vials.
pub const VIALS: Row = Row {
    label: "Vials, 0.9\u{a0}mg from each",
    testid: "vials",
    path: "preparation.vials",
    value: |plan| Some(plan.preparation()?.vials.0.normalize().to_string()),
};
/// From the vials.
pub const WITHDRAW: Row = Row {
    label: "Withdraw",
    testid: "withdraw",
    path: "preparation.withdraw_ml",
    value: |plan| Some(plan.preparation()?.withdraw_ml.to_string()),
};
/// Added to it.
pub const DILUENT: Row = Row {
    label: "Sodium chloride 0.9\u{a0}%",
    testid: "diluent",
    path: "preparation.diluent_ml",
    value: |plan| Some(plan.preparation()?.diluent_ml?.to_string()),
};
/// Both together. It is given, not computed, so its chain is the diluent's.
pub const TOTAL: Row = Row {
    label: "Total volume",
    testid: "total",
    path: "preparation.diluent_ml",
    value: |plan| Some(plan.preparation()?.total_ml?.to_string()),
};
/// What comes of it.
pub const CONCENTRATION: Row = Row {
    label: "Concentration",
    testid: "concentration",
    path: "preparation.concentration_mg_per_ml",
    value: |plan| Some(plan.preparation()?.concentration_mg_per_ml?.to_string()),
};
/// Over one hour.
pub const RATE: Row = Row {
    label: "Rate over 1\u{a0}h",
    testid: "rate",
    path: "preparation.rate_ml_per_h",
    value: |plan| Some(plan.preparation()?.rate_ml_per_h?.to_string()),
};

/// Which total volumes would do, when this one does not.
pub fn out_of_range(desk: Desk) -> impl Inside {
    let words = desk.watch(|_, plan| plan.volume_words());
    move || {
        words.get().map(|words| {
            p().class("range-words").attr("data-testid", "volume-range").attr("translate", "no").child(words)
        })
    }
}

/// The limits in time: as lengths until the clock of this preparation runs, then as times.
fn limits(desk: Desk) -> impl Inside {
    section().class("rows").attr("aria-label", "Time limits").child((
        row(desk, DILUTE_BY),
        row(desk, START_BY),
        row(desk, END_BY),
        row(desk, OBSERVE),
    ))
}

/// Latest dilution.
pub const DILUTE_BY: Row = Row {
    label: "Dilute by",
    testid: "dilute-by",
    path: "preparation.dilute_by",
    value: |plan| recap::limit(plan, "preparation.dilute_by"),
};
/// Latest start.
pub const START_BY: Row = Row {
    label: "Start by",
    testid: "start-by",
    path: "preparation.start_by",
    value: |plan| recap::limit(plan, "preparation.start_by"),
};
/// Latest end.
pub const END_BY: Row = Row {
    label: "End by",
    testid: "end-by",
    path: "preparation.end_by",
    value: |plan| recap::limit(plan, "preparation.end_by"),
};
/// Observation.
pub const OBSERVE: Row = Row {
    label: "Observe until",
    testid: "observe-until",
    path: "preparation.observe_until",
    value: |plan| recap::limit(plan, "preparation.observe_until"),
};

/// The days ahead.
fn dates(desk: Desk) -> impl Inside {
    let there = desk.watch(|_, plan| plan.own_cycle().is_some());
    // A dose that was given is in the picture; below it stands what is still to come.
    let to_come = |day: Day| desk.watch(move |_, plan| plan.ahead(day).is_some());
    let (day_8, day_15) = (to_come(Day::D8), to_come(Day::D15));
    let counselled = desk.watch(|_, plan| plan.assessment().is_some_and(|found| found.counselling.is_some()));
    (
        move || {
            there.get().then(|| {
                section().class("rows").attr("aria-label", "This cycle").child((
                    pictures::course::cycle(desk),
                    move || day_8.get().then(|| row(desk, DAY_8)),
                    move || day_15.get().then(|| row(desk, DAY_15)),
                    row(desk, NEXT_CYCLE),
                ))
            })
        },
        move || {
            counselled
                .get()
                .then(|| section().class("rows").attr("aria-label", "Counselling").child(counselling_rows(desk)))
        },
    )
}

/// The counselling dates that concern this patient.
pub fn counselling_rows(desk: Desk) -> impl Inside {
    let concerns =
        |what: Until| desk.watch(move |_, plan| plan.case.as_ref().is_none_or(|case| what.concerns(&case.patient)));
    let (female, male) = (concerns(Until::ContraceptionFemale), concerns(Until::ContraceptionMale));
    let breastfeeding = concerns(Until::Breastfeeding);
    (
        move || female.get().then(|| row(desk, FEMALE)),
        move || breastfeeding.get().then(|| row(desk, NO_BREASTFEEDING)),
        move || male.get().then(|| row(desk, MALE)),
        row(desk, VOD_WATCH),
    )
}

macro_rules! scheduled {
    ($($(#[$doc:meta])* $name:ident, $label:literal, $testid:literal, $day:ident, $index:literal;)+) => {$(
        $(#[$doc])*
        pub const $name: Row = Row {
            label: $label,
            testid: $testid,
            path: concat!("schedule.doses[", $index, "].planned"),
            value: |plan| plan.ahead(Day::$day),
        };
    )+};
}

scheduled! {
    /// The second dose.
    DAY_8, "Day 8", "dose-day-8", D8, 1;
    /// The third dose.
    DAY_15, "Day 15", "dose-day-15", D15, 2;
}

/// The first day of the next cycle.
pub const NEXT_CYCLE: Row = Row {
    label: "Next cycle from",
    testid: "next-cycle",
    path: "schedule.next_cycle_from",
    value: |plan| plan.next_cycle().map(date::with_weekday),
};

macro_rules! counselled {
    ($($(#[$doc:meta])* $name:ident, $label:literal, $testid:literal, $member:ident;)+) => {$(
        $(#[$doc])*
        pub const $name: Row = Row {
            label: $label,
            testid: $testid,
            path: concat!("counselling.", stringify!($member)),
            value: |plan| Some(date::with_year(plan.assessment()?.counselling?.$member)),
        };
    )+};
}

counselled! {
    /// Contraception, women.
    FEMALE, "Contraception, woman, until", "counselling-female", contraception_female_until;
    /// Contraception, men.
    MALE, "Contraception, man, until", "counselling-male", contraception_male_until;
    /// Breastfeeding.
    NO_BREASTFEEDING, "No breastfeeding until", "counselling-breastfeeding", no_breastfeeding_until;
    /// VOD.
    VOD_WATCH, "Watch for VOD until", "vod-watch", vod_watch_until;
}
