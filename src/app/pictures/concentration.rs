//! Where a concentration lies against the range that its container may have.

use leptos::prelude::*;
use leptos::svg::{g, path, svg, text};
use rust_decimal::Decimal;

use crate::app::desk::Desk;
use crate::engine::case::Container;
use crate::engine::labels::dosing;
use crate::walk::plan::Plan;

/// Width of the drawing; its ends stand for [`ENDS`].
const WIDTH: f64 = 330.0;
/// Powers of ten at the ends: 0.003 to 0.3 mg/mL.
const ENDS: (f64, f64) = (-2.52, -0.52);

#[derive(Clone, PartialEq)]
struct Scene {
    low: Decimal,
    high: Decimal,
    value: Decimal,
    inside: bool,
}

fn scene(plan: &Plan) -> Option<Scene> {
    let prepared = plan.preparation()?;
    let container = plan.case.as_ref()?.preparation.as_ref()?.container;
    let (low, high) = match container {
        Some(Container::Syringe) => dosing::SYRINGE_RANGE,
        Some(Container::Bag) | None => dosing::BAG_RANGE,
    };
    Some(Scene {
        low: low.0.normalize(),
        high: high.0.normalize(),
        value: prepared.concentration_mg_per_ml?.0.normalize(),
        inside: prepared.in_range?,
    })
}

/// The picture, once there is a concentration.
pub fn concentration(desk: Desk) -> impl IntoView {
    let scene = desk.watch(|_, plan| scene(plan));
    move || scene.get().map(draw)
}

fn draw(Scene { low, high, value, inside }: Scene) -> impl IntoView {
    let (from, to, at) = (place(low), place(high), place(value));
    let position = if inside { "inside" } else { "outside" };
    let words = format!("{value} mg/mL, {position} the range from {low} to {high}");
    svg()
        .attr("class", format!("picture range {position}"))
        .attr("viewBox", "0 0 330 40")
        .attr("role", "img")
        .attr("aria-label", words)
        .attr("translate", "no")
        .child((
            path().attr("class", "axis").attr("d", format!("M0 18h{WIDTH}")),
            path().attr("class", "allowed").attr("d", format!("M{from:.1} 18H{to:.1}")),
            path().attr("class", "limits").attr("d", format!("M{from:.1} 11v14M{to:.1} 11v14")),
            path().attr("class", "mark").attr("d", format!("M{at:.1} 15l-6 -10h12zM{at:.1} 12v14")),
            g().attr("class", "labels").child((
                text()
                    .attr("x", format!("{from:.1}"))
                    .attr("y", "38")
                    .attr("text-anchor", "middle")
                    .child(low.to_string()),
                text()
                    .attr("x", format!("{to:.1}"))
                    .attr("y", "38")
                    .attr("text-anchor", "middle")
                    .child(high.to_string()),
            )),
        ))
}

/// Where a concentration stands on a scale of equal ratios, kept inside the drawing.
fn place(value: Decimal) -> f64 {
    let number = value.to_string().parse::<f64>().unwrap_or(0.0).max(1e-6);
    let share = (number.log10() - ENDS.0) / (ENDS.1 - ENDS.0);
    (share * WIDTH).clamp(6.0, WIDTH - 6.0)
}
