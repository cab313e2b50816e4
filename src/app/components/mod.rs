//! The parts that steps are made of. Built of [`part`]s, not with the `view!` macro: the macro sets constant parts as HTML text,
//! which the page's own security policy (trusted types) refuses, and gives each shape of element a type of its own.

use crate::app::components::part::Inside;
use crate::app::components::part::html::span;

pub mod announcer;
pub mod calendar_file;
pub mod choice;
pub mod course_file;
pub mod field;
pub mod finding;
pub mod icon;
pub mod number;
pub mod part;
pub mod plain;
pub mod record;
pub mod summary_of_errors;
pub mod toxicities;
pub mod typed;
pub mod why;
pub mod work;

/// Text that changes. It replaces whatever stands in its element, so that a translator or an extension that swapped the
/// text cannot leave an old number on the page, and it asks not to be translated.
pub fn live(class: &'static str, text: impl Fn() -> String + Send + Sync + 'static) -> impl Inside {
    span().class(class).attr("translate", "no").prop("textContent", text)
}
