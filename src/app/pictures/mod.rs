//! Pictures of numbers, as SVG. Geometry only: every number in them comes from the engine.

pub mod bars;
pub mod concentration;
pub mod cycle;
pub mod mechanism;

use leptos::prelude::*;
use leptos::svg::{path, svg};

/// What is around a drawing.
#[derive(Clone, Copy)]
pub struct Frame {
    /// Its look.
    pub class: &'static str,
    /// Its own measures.
    pub view_box: &'static str,
    /// What it shows; `None` when the words stand beside it.
    pub words: Option<&'static str>,
    /// Its width follows the page and its height does not.
    pub stretched: bool,
}

/// A drawing that does not change.
pub fn picture(frame: Frame, content: Vec<AnyView>) -> AnyView {
    let Frame { class, view_box, words, stretched } = frame;
    svg()
        .attr("class", class)
        .attr("viewBox", view_box)
        .attr("preserveAspectRatio", stretched.then_some("none"))
        .attr("role", words.map(|_| "img"))
        .attr("aria-label", words)
        .attr("aria-hidden", words.is_none().then_some("true"))
        .child(content)
        .into_any()
}

/// A line of it, or a filled shape.
pub fn line(class: &'static str, way: String) -> AnyView {
    path().attr("class", class).attr("d", way).into_any()
}

/// A circle of it.
fn round(class: &'static str, (x, y): (i32, i32), radius: i32) -> AnyView {
    let across = 2 * radius;
    line(class, format!("M{} {y}a{radius} {radius} 0 1 0 {across} 0a{radius} {radius} 0 1 0 -{across} 0", x - radius))
}
