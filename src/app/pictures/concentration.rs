//! Where a concentration lies against the range that its container may have.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::{across, anchor, band, shape_at, strip, upright, words_at};
use crate::app::components::part::html::{div, span};
use crate::app::components::part::{Inside, Listed};
use crate::app::desk::Desk;
use crate::walk::picture::{self, Gauge, Place};

/// Powers of ten at the ends of the scale: 0.0025 to 0.4 mg/mL.
const ENDS: (f64, f64) = (-2.6, -0.4);

/// The picture, once there is a dose.
pub fn concentration(desk: Desk) -> impl Inside {
    let gauge = desk.watch(|_, plan| picture::gauge(plan));
    move || gauge.get().map(draw)
}

/// A gauge as it is drawn.
pub fn draw(gauge: Gauge) -> impl Inside {
    let Gauge { container, low, high, value, place, words } = gauge;
    let (from, to) = (share(low), share(high));
    let state = if matches!(place, Place::Inside | Place::Unknown) { "inside" } else { "outside" };
    let limits = [(from, low), (to, high)]
        .map(|(at, limit)| (upright("limits", at, 1.7, 3.3), words_at("labels", at, 4.4, "middle", limit.to_string())));
    let parts = (
        across("axis", (0.0, 1.0), 2.5),
        band("allowed", (from, to), 2.0, 1.0),
        limits.into_iter().listed(),
        value.map(|value| mark(value, place)),
    );
    div().class(format!("picture gauge {state}")).role("img").attr("aria-label", words).attr("translate", "no").child((
        span().class("gauge-name").child(format!("Allowed in a {}, mg/mL", container.to_lowercase())),
        strip(4.8, parts),
    ))
}

/// The value. Beyond the scale the mark points out of it.
fn mark(value: Decimal, place: Place) -> impl Inside {
    let at = share(value);
    let shape = match at {
        at if at <= 0.0 => "M0 0l10 -7v14z",
        at if at >= 1.0 => "M0 0l-10 -7v14z",
        _ => "M0 -2l-6 -10h12zM0 -2v11",
    };
    let said = if place == Place::Inside { String::new() } else { format!(", {}", place.word()) };
    (shape_at("mark", at, 2.5, shape), words_at("level", at, 1.0, anchor(at), format!("{value}\u{a0}mg/mL{said}")))
}

/// Where a concentration stands on a scale of equal ratios, from 0 to 1.
fn share(value: Decimal) -> f64 {
    let number = value.to_string().parse::<f64>().unwrap_or(0.0).max(1e-9);
    ((number.log10() - ENDS.0) / (ENDS.1 - ENDS.0)).clamp(0.0, 1.0)
}
