//! What is accepted as input at all (BSA-14, our own safety limits). Outside, a case is refused.

use rust_decimal::dec;

use crate::engine::units::{Centimetres, Kilograms};

/// Height, inclusive.
pub const HEIGHT: (Centimetres, Centimetres) = (Centimetres(dec!(45)), Centimetres(dec!(230)));
/// Weight, inclusive.
pub const WEIGHT: (Kilograms, Kilograms) = (Kilograms(dec!(3)), Kilograms(dec!(300)));
/// Completed years, inclusive.
pub const AGE_YEARS: u32 = 120;
