//! The dated, sourced parameters of each profile: every clinical number stands here and nowhere else.

pub mod dosing;
pub mod limits;
pub mod sources;
pub mod thresholds;

use rust_decimal::{Decimal, dec};

/// Edition of the rules.
pub const RULES: &str = "2026-11";
/// Month in which the sources were last read.
pub const READ: &str = "2026-11";
/// Month by which they are to be read again.
pub const REVIEW_BY: &str = "2027-05";

/// Exact by international agreement.
pub const CM_PER_INCH: Decimal = dec!(2.54);
/// Exact by international agreement.
pub const KG_PER_POUND: Decimal = dec!(0.45359237);
/// Between `/uL` and `10*9/L`, and between g and kg.
pub const THOUSANDTH: Decimal = dec!(0.001);
