//! The clock of the preparation: the device's time is followed while it runs, limits count down, times are ticked as they happen.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::components::icon::{Icon, icon};
use super::components::live;
use super::components::typed;
use super::desk::Desk;
use crate::app::components::part::html::{button, div, li, ol, p, span, strong, ul};
use crate::app::components::part::{Inside, Listed};
use crate::browser::clock;
use crate::walk::countdown::{self, Limit, Mark, Standing};
use crate::walk::{Action, FieldId, TimeField};

/// How often the device's clock is looked at. A tablet that slept finds out within this.
const LOOK: Duration = Duration::from_secs(1);

/// Follows the device's clock while a clock of the preparation runs, and knows the nights on which it changes.
pub fn follow(desk: Desk) {
    let day = desk.watch(|walk, _| walk.visit_date());
    Effect::new(move |_| {
        let change = day.get().and_then(clock::change_near);
        if desk.peek(|walk, _| walk.clock_change() != change) == Some(true) {
            desk.act(Action::ClockChange(change));
        }
    });
    let look = move || {
        let (runs, shown, zoned) =
            desk.peek(|walk, _| (walk.clock_runs(), walk.now(), walk.clock_change().is_some())).unwrap_or_default();
        let now = clock::now().map(|now| if zoned { now } else { now.without_offset() });
        if runs && now != shown {
            desk.act(Action::Now(now));
        }
    };
    Effect::new(move |_| {
        // As soon as a time is entered, and not a second later.
        if desk.watch(|walk, _| walk.clock_runs()).get() {
            look();
        }
    });
    let awake = window_event_listener(ev::focus, move |_| look());
    let timer = set_interval_with_handle(look, LOOK);
    on_cleanup(move || {
        awake.remove();
        if let Ok(timer) = timer {
            timer.clear();
        }
    });
}

/// A time with a button that takes it from the device's clock.
pub fn time(desk: Desk, which: TimeField) -> impl Inside {
    let applies = desk.watch(move |walk, _| walk.applies(FieldId::Time(which)));
    let refused = RwSignal::new(false);
    let words = move || {
        let elsewhere = "The date of this device is not the day of this visit, nor the next: type the time.";
        if refused.get() { elsewhere.to_owned() } else { String::new() }
    };
    let tap = move |_| {
        let taken = clock::now().and_then(|now| desk.peek(|walk, _| walk.at(which, now)).flatten());
        refused.set(taken.is_none());
        if let Some(actions) = taken {
            desk.act(Action::All(actions));
        }
    };
    move || {
        applies.get().then(|| {
            let name = desk.peek(|walk, _| walk.name(FieldId::Time(which))).unwrap_or_default();
            let now = button()
                .attr("type", "button")
                .class("now")
                .on(ev::click, tap)
                .child(("Now", span().class("visually-hidden").child(format!(" {name}"))));
            div()
                .class("time-row")
                .child((typed::time(desk, which, now), p().class("msg").role("status").child(live("msg-text", words))))
        })
    }
}

/// The limits of these steps, each with its time of day and what is left of it.
pub fn limits(desk: Desk, which: &'static [Limit]) -> impl Inside {
    let rows = desk.watch(move |_, plan| {
        let rows = plan.limits.iter().filter(|row| which.contains(&row.limit));
        rows.map(|row| (row.limit, plan.clock(row.by), row.standing)).collect::<Vec<_>>()
    });
    let line = move |limit: Limit| {
        let row = Memo::new(move |_| rows.with(|rows| rows.iter().find(|(of, ..)| *of == limit).cloned()));
        let by = move || row.get().map(|(_, by, _)| by).unwrap_or_default();
        let standing = move || row.get().map_or(Standing::Unknown, |(.., standing)| standing);
        let said = move || {
            desk.peek(|_, plan| countdown::words(limit, standing(), |moment| plan.clock(moment))).unwrap_or_default()
        };
        li().attr("data-testid", limit.slug()).class(move || format!("limit {}", tone(standing()).1)).child((
            icon(move || tone(standing()).0),
            span().class("limit-name").child(limit.name()),
            strong().class("nowrap").child(live("", by)),
            live("limit-left", said),
        ))
    };
    move || {
        let shown: Vec<Limit> = rows.with(|rows| rows.iter().map(|(limit, ..)| *limit).collect());
        (!shown.is_empty()).then(|| {
            div().class("limits").child((
                ul().attr("aria-label", "Limits in time").child(shown.into_iter().map(line).listed()),
                p().class("quiet").child("What is left is told by the clock of this device."),
            ))
        })
    }
}

/// A sign and a class for where a limit stands.
fn tone(standing: Standing) -> (Icon, &'static str) {
    match standing {
        Standing::Met(_) => (Icon::Give, "give"),
        Standing::Missed(_) | Standing::Passed(_) => (Icon::Hold, "hold"),
        Standing::Running(left) if left < countdown::SOON => (Icon::Caution, "caution"),
        Standing::Running(_) | Standing::Planned(_) | Standing::NotYet | Standing::Unknown => (Icon::Open, "open"),
        Standing::Void => (Icon::Hold, "hold"),
    }
}

/// Everything that happened and the limits still ahead, on one line of time.
pub fn line_of_time(desk: Desk) -> impl Inside {
    let marks = desk.watch(countdown::line);
    let mark = |Mark { at, what, ahead }: Mark| {
        li().class(if ahead { "ahead" } else { "done" }).child((
            strong().class("nowrap").child(at),
            span().child(what),
            ahead.then(|| span().class("quiet").child("limit")),
        ))
    };
    move || {
        let marks = marks.get();
        (!marks.is_empty()).then(|| {
            ol().class("time-line")
                .attr("aria-label", "Line of time")
                .attr("translate", "no")
                .child(marks.into_iter().map(mark).listed())
        })
    }
}
