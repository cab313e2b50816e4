//! The walk: what the user has typed so far, kept as it was typed, and what it means.
//!
//! It knows the engine and no browser.

pub mod agenda;
pub mod arrival;
pub mod ask;
pub mod case;
pub mod clock_change;
pub mod counsel;
pub mod countdown;
pub mod course;
pub mod date;
pub mod due;
pub mod early;
pub mod edition;
pub mod field;
pub mod file;
pub mod local;
pub mod number;
pub mod opened;
pub mod paths;
pub mod patient;
pub mod picture;
pub mod place;
pub mod plan;
pub mod quantity;
pub mod reading;
pub mod recap;
pub mod record;
pub mod second;
pub mod sheets;
pub mod silence;
pub mod slips;
pub mod state;
pub mod steps;
pub mod strength;
pub mod timeline;
pub mod totals;
pub mod why;
pub mod work;

pub use case::to_case;
pub use field::{ChoiceField, DateField, FieldId, NumberField, TimeField};
pub use place::{At, CycleAt, ToxicityAt};
pub use plan::Plan;
pub use reading::Page;
pub use state::{Action, Walk, reduce, sealed, unsealed};
pub use steps::Step;

#[cfg(test)]
mod tests;
