//! The signs of the four signals. Each has its own shape, so that none needs its color.

use leptos::prelude::*;

use crate::app::components::part::Inside;
use crate::app::components::part::svg;
use crate::app::pictures::{Frame, line, picture};
use crate::engine::rule::Severity;
use crate::walk::plan::Tone;

/// Which sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// A tick in a circle.
    Give,
    /// A dashed circle: not there yet.
    Open,
    /// A triangle.
    Caution,
    /// A circle struck through: no dose.
    Omit,
    /// Two bars in a square.
    Hold,
    /// An octagon with a bar.
    Stop,
    /// An i in a circle.
    Info,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Give => "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M7.5 12.5l3 3l6-6.5",
            Self::Open => "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 7v5l3 3",
            Self::Caution => "M12 3.5L22 20.5H2zM12 10v5M12 17v1.2",
            Self::Omit => "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M18.4 5.6L5.6 18.4",
            Self::Hold => "M4 4h16v16H4zM9.5 8v8M14.5 8v8",
            Self::Stop => "M8 3h8l5 5v8l-5 5H8l-5-5V8zM7.5 12h9",
            Self::Info => "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 11v6M12 7v1.2",
        }
    }
}

impl From<Tone> for Icon {
    fn from(tone: Tone) -> Self {
        match tone {
            Tone::Give => Self::Give,
            Tone::Caution => Self::Caution,
            Tone::Open => Self::Open,
            Tone::Omit => Self::Omit,
            Tone::Hold => Self::Hold,
            Tone::Stop => Self::Stop,
        }
    }
}

impl From<Severity> for Icon {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Info => Self::Info,
            Severity::Caution => Self::Caution,
            Severity::Hold => Self::Hold,
            Severity::Stop => Self::Stop,
        }
    }
}

/// Draws a sign that does not change.
pub fn sign(which: Icon) -> AnyView {
    let frame = Frame { class: "icon", view_box: "0 0 24 24", words: None, stretched: false };
    picture(frame, vec![line("", which.path().to_owned())])
}

/// Draws a sign. It says nothing by itself: its word stands beside it.
pub fn icon(which: impl Fn() -> Icon + Send + Sync + 'static) -> impl Inside {
    svg::svg()
        .attr("class", "icon")
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(svg::path().attr("d", move || which().path()))
}
