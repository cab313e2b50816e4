//! The 32 letters in which codes are written (Crockford's base 32): no I, L, O or U, capitals or not. Read back, an O is a
//! zero, an I or an L is a one.

const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The letter of a number below 32.
#[must_use]
pub fn letter(value: u8) -> char {
    char::from(LETTERS[usize::from(value % 32)])
}

/// The number of a letter, however it was written.
#[must_use]
pub fn value(letter: char) -> Option<u8> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        letter => letter,
    };
    let at = LETTERS.iter().position(|known| char::from(*known) == letter)?;
    u8::try_from(at).ok()
}

/// Whether a character only parts the letters of a code: a space, the end of a line, a hyphen.
#[must_use]
pub fn parts(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '\u{2010}'..='\u{2015}')
}

/// Bytes as letters, five bits each; what is lacking at the end is filled with zeros.
#[must_use]
pub fn written(bytes: &[u8]) -> String {
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| byte >> (7 - at % 8) & 1);
    (0..bytes.len() * 8).step_by(5).map(|from| letter((from..from + 5).fold(0, |all, at| all << 1 | bit(at)))).collect()
}

/// The bytes that were written so; `None` where a letter is none of ours, or bits are left that were not written.
#[must_use]
pub fn read(letters: &str) -> Option<Vec<u8>> {
    let values = letters.chars().map(value).collect::<Option<Vec<u8>>>()?;
    let count = values.len() * 5 / 8;
    let bit = |at: usize| values.get(at / 5).map_or(0, |value| value >> (4 - at % 5) & 1);
    let bytes: Vec<u8> =
        (0..count).map(|byte| (byte * 8..byte * 8 + 8).fold(0, |all, at| all << 1 | bit(at))).collect();
    let whole = values.len() == (count * 8).div_ceil(5);
    let rest = (count * 8..values.len() * 5).all(|at| bit(at) == 0);
    (whole && rest).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_of_bytes_comes_back() {
        for length in 0..40_u8 {
            let bytes: Vec<u8> = (0..length).map(|at| at.wrapping_mul(151) ^ 0xa5).collect();
            assert_eq!(read(&written(&bytes)), Some(bytes), "{length}");
        }
    }

    #[test]
    fn what_is_easily_mistaken_is_read_as_it_was_meant() {
        assert_eq!("oOiIlLzZ".chars().map(value).collect::<Option<Vec<_>>>(), Some(vec![0, 0, 1, 1, 1, 1, 31, 31]));
        for foreign in ['U', 'u', '*', 'é', '٣', ' ', '<'] {
            assert_eq!(value(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn bits_that_nobody_wrote_are_refused() {
        assert_eq!(written(&[0xff]), "ZW");
        for letters in ["Z", "ZX", "ZWZ", "Z*"] {
            assert_eq!(read(letters), None, "{letters}");
        }
    }
}
