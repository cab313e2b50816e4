//! Products of two inputs of 15 digits, exact in 256 bits where 28 decimal digits would round.

use std::cmp::Ordering;

use ethnum::U256;
use rust_decimal::Decimal;

use super::units::{Centimetres, Kilograms};

/// `a × b` as an integer and its number of decimals.
fn product(a: Decimal, b: Decimal) -> (U256, u32) {
    let (a, b) = (a.normalize(), b.normalize());
    let mantissa = U256::from(a.mantissa().unsigned_abs()) * U256::from(b.mantissa().unsigned_abs());
    (mantissa, a.scale() + b.scale())
}

fn ten_to(power: u32) -> U256 {
    U256::from(10_u8).pow(power)
}

/// Compares `a × b` with `limit`, none of them negative, without rounding.
#[must_use]
pub fn compare_product(a: Decimal, b: Decimal, limit: Decimal) -> Ordering {
    let (product, decimals) = product(a, b);
    let limit = limit.normalize();
    let (left, right) =
        (product * ten_to(limit.scale()), U256::from(limit.mantissa().unsigned_abs()) * ten_to(decimals));
    left.cmp(&right)
}

/// Mosteller's `√(cm × kg ÷ 3600)` in hundredths of a square meter, rounded half-up.
///
/// The result is the largest `n` with `(n − ½)² ≤ 10000·cm·kg/3600`, that is `9(2n−1)² ≤ 100·cm·kg`. So `2n−1` is at most
/// the integer square root of `⌊100·cm·kg/9⌋`: one division and one root, both in integers, no tie ever missed.
#[must_use]
pub fn mosteller_hundredths(cm: Centimetres, kg: Kilograms) -> u64 {
    let (area, decimals) = product(cm.0, kg.0);
    let ninth = area * U256::from(100_u8) / (U256::from(9_u8) * ten_to(decimals));
    let odd = u64::try_from(ninth).unwrap_or(u64::MAX).isqrt();
    odd.div_ceil(2)
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn mosteller_decides_ties_exactly() {
        // 47.7 cm, 132.5 kg is exactly 1.325 m2, the pair binary floating point misses.
        assert_eq!(mosteller_hundredths(Centimetres(dec!(47.7)), Kilograms(dec!(132.5))), 133);
        assert_eq!(mosteller_hundredths(Centimetres(dec!(47.7)), Kilograms(dec!(132.4999999999999999999999))), 132);
        assert_eq!(mosteller_hundredths(Centimetres(dec!(170)), Kilograms(dec!(70))), 182);
    }

    #[test]
    fn a_product_is_compared_where_28_digits_would_round_it() {
        // 12.5000000000001 x 79.9999999999994 differs from 1000 only in the 13th decimal.
        assert_eq!(compare_product(dec!(12.5000000000001), dec!(79.9999999999994), dec!(1000)), Ordering::Greater);
        assert_eq!(compare_product(dec!(25.0), dec!(40), dec!(1000)), Ordering::Equal);
        assert_eq!(compare_product(dec!(0.5), dec!(0.5), dec!(0.25)), Ordering::Equal);
        assert_eq!(compare_product(dec!(5), dec!(0.05), dec!(0.2499)), Ordering::Greater);
        assert_eq!(compare_product(dec!(25.0), dec!(39.9999999999999), dec!(1000)), Ordering::Less);
    }

    /// Every height and weight at 0.1 steps, against the inequality itself: `9(2n−1)² ≤ 100·cm·kg < 9(2n+1)²`.
    #[test]
    fn all_5_499_321_pairs_are_rounded_right() {
        let mut pairs = 0_u64;
        for tenths_cm in 450_u32..=2300 {
            for tenths_kg in 30_u32..=3000 {
                let cm = Centimetres(Decimal::new(tenths_cm.into(), 1));
                let n = mosteller_hundredths(cm, Kilograms(Decimal::new(tenths_kg.into(), 1)));
                let area = u64::from(tenths_cm) * u64::from(tenths_kg);
                let (low, high) = (9 * (2 * n - 1).pow(2), 9 * (2 * n + 1).pow(2));
                assert!(low <= area && area < high, "{tenths_cm} mm x {tenths_kg} hg: {n}");
                pairs += 1;
            }
        }
        assert_eq!(pairs, 5_499_321);
    }
}
