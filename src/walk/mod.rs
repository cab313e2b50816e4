//! The walk: what the user has typed so far, kept as it was typed, and what it means.
//!
//! It knows the engine and no browser.

pub mod number;
pub mod quantity;
