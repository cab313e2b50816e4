//! Numbers and days as text, written straight into place: an answer holds hundreds of them, and the general formatter
//! would take most of the time of an assessment.

use arrayvec::ArrayString;
use rust_decimal::Decimal;

/// A short text on the stack. The longest is a decimal of 29 digits with its commas, sign and point: 40 characters.
pub type Short = ArrayString<48>;

/// A number as ISMP prints it: leading zero, no trailing zero.
#[must_use]
pub fn plain(number: Decimal) -> Short {
    written(number, |whole, out| out.push_str(whole))
}

/// The same, with commas from 10,000 on.
#[must_use]
pub fn grouped(number: Decimal) -> Short {
    written(number, |whole, out| {
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && whole.len() >= 5 && (whole.len() - index).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
    })
}

/// Sign, whole part as `write_whole` writes it, and what is left of the fraction without its trailing zeros.
fn written(number: Decimal, write_whole: impl Fn(&str, &mut Short)) -> Short {
    let mut buffer = itoa::Buffer::new();
    let mantissa = number.mantissa().unsigned_abs();
    let digits = match u64::try_from(mantissa) {
        Ok(small) => buffer.format(small),
        Err(_) => buffer.format(mantissa),
    };
    let scale = usize::try_from(number.scale()).unwrap_or_default();
    let (whole, fraction) = digits.split_at_checked(digits.len().saturating_sub(scale)).unwrap_or((digits, ""));
    let lacking = scale.saturating_sub(fraction.len());
    let fraction = fraction.trim_end_matches('0');

    let mut out = Short::new();
    if number.is_sign_negative() && mantissa > 0 {
        out.push('-');
    }
    write_whole(if whole.is_empty() { "0" } else { whole }, &mut out);
    if !fraction.is_empty() {
        out.push('.');
        (0..lacking).for_each(|_| out.push('0'));
        out.push_str(fraction);
    }
    out
}

/// Appends a whole number of at least `WIDTH` digits: `07`, `2026`.
pub fn push_padded<const WIDTH: usize>(number: u32, out: &mut Short) {
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(number);
    (digits.len()..WIDTH).for_each(|_| out.push('0'));
    out.push_str(digits);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_ismp_prints_them() {
        for (number, text, with_commas) in [
            ("0", "0", "0"),
            ("-0.00", "0", "0"),
            ("0.50", "0.5", "0.5"),
            ("1.456", "1.456", "1.456"),
            ("0.029120000000", "0.02912", "0.02912"),
            ("-2.10", "-2.1", "-2.1"),
            ("100", "100", "100"),
            ("1000.0", "1000", "1000"),
            ("10000", "10000", "10,000"),
            ("9310", "9310", "9310"),
            ("1234567.25", "1234567.25", "1,234,567.25"),
            ("-12345", "-12345", "-12,345"),
            ("18446744073709551616", "18446744073709551616", "18,446,744,073,709,551,616"),
            (
                "79228162514264337593543950335",
                "79228162514264337593543950335",
                "79,228,162,514,264,337,593,543,950,335",
            ),
            (
                "-79228162514264337593543950335",
                "-79228162514264337593543950335",
                "-79,228,162,514,264,337,593,543,950,335",
            ),
            ("-0.0000000000000000000000000001", "-0.0000000000000000000000000001", "-0.0000000000000000000000000001"),
        ] {
            let number: Decimal = number.parse().expect(number);
            assert_eq!(plain(number).as_str(), text);
            assert_eq!(grouped(number).as_str(), with_commas);
        }
        // What is taken from nothing keeps its sign inside.
        assert_eq!(plain(-Decimal::ZERO).as_str(), "0");
    }

    #[test]
    fn widths_are_filled_with_zeros_and_never_cut() {
        let mut out = Short::new();
        push_padded::<2>(7, &mut out);
        push_padded::<2>(31, &mut out);
        push_padded::<4>(12345, &mut out);
        assert_eq!(out.as_str(), "073112345");
    }
}
