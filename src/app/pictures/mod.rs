//! Pictures of numbers, as SVG. Geometry only: every number in them comes from the engine, every word from the walk.
//!
//! What runs across is placed as a share of the width and what stands upright in the size of the text. So a picture fills the
//! room it has, and its words stay as large as those around it.

pub mod bars;
pub mod concentration;
pub mod course;
pub mod formulas;
pub mod mechanism;
pub mod vials;

use leptos::prelude::*;

use crate::app::components::part::Inside;
use crate::app::components::part::svg::{self, path, rect, svg, text};

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
        .view()
}

/// A line of it, or a filled shape.
pub fn line(class: &'static str, way: String) -> AnyView {
    path().attr("class", class).attr("d", way).view()
}

/// A circle of it.
fn round(class: &'static str, (x, y): (i32, i32), radius: i32) -> AnyView {
    let across = 2 * radius;
    line(class, format!("M{} {y}a{radius} {radius} 0 1 0 {across} 0a{radius} {radius} 0 1 0 -{across} 0", x - radius))
}

/// A share of the width.
fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

/// Words at a share of the width, at a height in the size of the text.
fn words_at(class: &'static str, share: f64, height: f64, anchor: &'static str, words: String) -> impl Inside {
    text()
        .attr("class", class)
        .attr("x", percent(share))
        .attr("y", format!("{height}em"))
        .attr("text-anchor", anchor)
        .child(words)
}

/// Which end of some words stands at their place, so that they do not leave the picture.
fn anchor(share: f64) -> &'static str {
    match share {
        share if share < 0.2 => "start",
        share if share > 0.8 => "end",
        _ => "middle",
    }
}

/// An upright line.
fn upright(class: &'static str, share: f64, from: f64, to: f64) -> impl Inside {
    svg::line()
        .attr("class", class)
        .attr("x1", percent(share))
        .attr("x2", percent(share))
        .attr("y1", format!("{from}em"))
        .attr("y2", format!("{to}em"))
}

/// A line across.
fn across(class: &'static str, (from, to): (f64, f64), height: f64) -> impl Inside {
    svg::line()
        .attr("class", class)
        .attr("x1", percent(from))
        .attr("x2", percent(to))
        .attr("y1", format!("{height}em"))
        .attr("y2", format!("{height}em"))
}

/// A box from one share of the width to another.
fn band(class: &'static str, (from, to): (f64, f64), top: f64, height: f64) -> impl Inside {
    rect()
        .attr("class", class)
        .attr("x", percent(from))
        .attr("y", format!("{top}em"))
        .attr("width", percent((to - from).max(0.0)))
        .attr("height", format!("{height}em"))
}

/// A shape, drawn around its place.
fn shape_at(class: &'static str, share: f64, height: f64, shape: &'static str) -> impl Inside {
    svg()
        .attr("class", "shape")
        .attr("x", percent(share))
        .attr("y", format!("{height}em"))
        .child(path().attr("class", class).attr("d", shape))
}

/// A strip of a picture: as wide as its room, with a height in the size of the text. It says nothing by itself.
fn strip(height: f64, parts: impl Inside) -> impl Inside {
    svg()
        .attr("class", "strip")
        .attr("height", format!("{height}em"))
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(parts)
}
