//! A case as a short code, for another device: read by its camera, pasted, or typed. It needs no network, holds no identifier
//! (of a birth date only the age), and is taken whole or not at all.
//!
//! `CASE1`, the fingerprint, then the case and its checksum: the contract's JSON, with what every case repeats as one byte
//! each, in the letters of [`super::letters`]. What it may unfold to is bounded by its length, so a short code is no large case.

use super::fingerprint::{Fingerprint, without_birth_date};
use super::letters;
use super::pieces::PIECES;
use crate::engine::Case;

/// What every code begins with; behind it stands the version. Letters that cannot be mistaken.
const KIND: &str = "CASE";
/// The version written, and the newest that is read.
const VERSION: char = '1';
/// The longest text that is looked into. The longest code of six cycles has a sixth of it.
const AT_MOST: usize = 20_000;
/// Letters of a fingerprint.
const FINGERPRINT: usize = 8;
/// Bytes of the checksum.
const CHECKSUM: usize = 4;

/// The case as one code, without spaces.
#[must_use]
pub fn write(case: &Case) -> String {
    let case = without_birth_date(case);
    let json = case.to_json();
    let mut bytes = short(&json);
    bytes.extend(crc32fast::hash(json.as_bytes()).to_be_bytes());
    format!("{KIND}{VERSION}{}{}", Fingerprint::of(&case).letters(), letters::written(&bytes))
}

/// The code in groups of four behind its beginning, to be read by people.
#[must_use]
pub fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    let (beginning, letters) = letters.split_at_checked(KIND.len().saturating_add(1)).unwrap_or((&letters, &[]));
    let groups = std::iter::once(beginning).chain(letters.chunks(4));
    groups.map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Reads a code, however it was spaced.
///
/// # Errors
/// One sentence that says what is wrong with it and what to do. Nothing is taken from a code that is refused.
pub fn read(text: &str) -> Result<Case, &'static str> {
    const FOREIGN: &str = "This is not a code of this aid. Its codes begin with CASE1.";
    const DAMAGED: &str = "This code was not read whole, or a letter of it is wrong. Read it again, or type the case.";
    const NEWER: &str = "This code was made by a newer version of this aid. Update the aid on this device first.";
    const OTHER: &str = "This code was made by another version of the aid or of its rules, which may compute otherwise. \
                         Open the same version on both devices.";
    const LONG: &str = "This is far too long for a code of this aid. Nothing of it was read.";

    if text.len() > AT_MOST {
        return Err(LONG);
    }
    let code: String = text.chars().filter(|letter| !letters::parts(*letter)).collect();
    let (kind, rest) = code.split_at_checked(KIND.len()).ok_or(FOREIGN)?;
    if !kind.eq_ignore_ascii_case(KIND) {
        return Err(FOREIGN);
    }
    let mut rest = rest.chars();
    match rest.next().and_then(letters::value).map(letters::letter) {
        Some(VERSION) => {}
        Some('2'..='9') => return Err(NEWER),
        _ => return Err(FOREIGN),
    }
    let (fingerprint, body) = rest.as_str().split_at_checked(FINGERPRINT).ok_or(DAMAGED)?;
    let fingerprint = Fingerprint::read(fingerprint).ok_or(DAMAGED)?;
    let bytes = letters::read(body).ok_or(DAMAGED)?;
    let (bytes, sum) = bytes.split_last_chunk::<CHECKSUM>().ok_or(DAMAGED)?;
    let json = long(bytes).ok_or(DAMAGED)?;
    if crc32fast::hash(json.as_bytes()) != u32::from_be_bytes(*sum) {
        return Err(DAMAGED);
    }
    let case = Case::from_json(&json).map_err(|_| DAMAGED)?;
    // An age is all that a code may hold; what is written here comes back letter by letter.
    if case.patient.birth_date.is_some() || case.to_json() != json {
        return Err(DAMAGED);
    }
    if Fingerprint::of(&case) == fingerprint { Ok(case) } else { Err(OTHER) }
}

/// A text with every piece of [`PIECES`] as one byte. The longest that fits is taken.
fn short(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let fits = PIECES.iter().enumerate().filter(|(_, piece)| rest.starts_with(**piece));
        let piece = fits.max_by_key(|(_, piece)| piece.len()).and_then(|(at, piece)| Some((byte(at)?, *piece)));
        let length = match piece {
            Some((byte, piece)) => {
                bytes.push(byte);
                piece.len()
            }
            None => {
                bytes.push(u8::try_from(first).unwrap_or(b'?'));
                first.len_utf8()
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    bytes
}

/// The text that was shortened so; `None` where a byte stands for nothing.
fn long(bytes: &[u8]) -> Option<String> {
    let mut text = String::new();
    for byte in bytes {
        match *byte {
            b' '..=b'~' => text.push(char::from(*byte)),
            byte => text.push_str(PIECES.get(place(byte))?),
        }
    }
    Some(text)
}

/// Bytes that are no printed character stand for the pieces, in order.
fn byte(place: usize) -> Option<u8> {
    let place = u8::try_from(place).ok()?;
    if place < b' ' { Some(place) } else { place.checked_add(b'~' - b' ' + 1) }
}

fn place(byte: u8) -> usize {
    usize::from(if byte < b' ' { byte } else { byte.saturating_sub(b'~' - b' ' + 1) })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    mod golden {
        include!("../../tests/fingerprints/golden.rs");
    }

    fn cases() -> [Case; 5] {
        let reduced = include_str!("../../docs/schema/examples/cycle-2-day-1-reduced.case.json");
        let [first, adult, child, heaviest] = golden::CASES.map(|(_, text, _)| text);
        [first, adult, child, heaviest, reduced].map(|text| Case::from_json(text).expect("a case"))
    }

    /// EX01 and its checksum as they were first written: a change of the pieces is a new version of the code.
    const FIRST: &str = "03YK2C9D68SG40SM6R20CC9Q6040EDSG1891A6GXG26FS3MHR0RW5HSS5RW9NJ1S6PBK4BHHKAC3GC4TSCR2WE6C64Q34ZEG6CRD4D1GFQ8K\
                         6C6J6GR7V69M64R9XN6VFNYGEENMQ8";

    #[test]
    fn a_case_comes_out_as_it_went_in_but_for_the_birth_date() {
        for case in cases() {
            let code = write(&case);
            assert!(code.chars().all(|letter| letter.is_ascii_digit() || letter.is_ascii_uppercase()), "{code}");
            assert_eq!(read(&code).as_ref(), Ok(&without_birth_date(&case)));
            let shown = grouped(&code);
            assert!(shown.starts_with("CASE1 ") && shown.split(' ').skip(1).all(|four| four.len() <= 4), "{shown}");
            let typed = shown.to_lowercase().replace('0', "o").replace('1', "l");
            assert_eq!(read(&format!("\n {typed}\r\n")).as_ref(), Ok(&without_birth_date(&case)));
            // As people type it: any groups, or none.
            for width in [1, 3, 4, 7] {
                let letters: Vec<char> = code.chars().collect();
                let spaced: Vec<String> = letters.chunks(width).map(|group| group.iter().collect()).collect();
                assert_eq!(read(&spaced.join(" ")).as_ref(), Ok(&without_birth_date(&case)));
            }
        }
    }

    #[test]
    fn it_is_short_and_holds_no_day_of_birth() {
        let lengths = cases().map(|case| write(&case).len());
        let within = lengths.iter().zip([160, 300, 160, 1100, 220]).all(|(length, most)| *length <= most);
        assert!(within, "{lengths:?}");
        for case in cases() {
            let json = read(&write(&case)).expect("a case").to_json();
            assert!(json.contains("age_years") && !json.contains("birth"), "{json}");
        }
    }

    #[test]
    fn the_letters_of_a_case_are_those_they_were() {
        assert_eq!(&write(&cases()[0])[13..], FIRST);
    }

    #[test]
    fn no_wrong_letter_is_taken_and_nothing_lacking_or_doubled() {
        let code = write(&cases()[0]);
        for at in 0..code.len() {
            for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().filter(|other| !code[at..].starts_with(*other)) {
                let wrong = format!("{}{other}{}", &code[..at], &code[at + 1..]);
                assert!(read(&wrong).is_err(), "{wrong}");
            }
            assert!(read(&code[..at]).is_err(), "cut at {at}");
            assert!(read(&format!("{}{}", &code[..at], &code[at + 1..])).is_err(), "without the letter at {at}");
        }
        assert!(read(&format!("{code}{code}")).is_err());
        assert!(read(&format!("{code}0")).is_err());
    }

    #[test]
    fn each_refusal_says_what_is_wrong() {
        let code = write(&cases()[0]);
        let refused = |text: &str| read(text).expect_err(text);
        for foreign in [
            "",
            "hello",
            "<script>alert(1)</script>",
            "javascript:alert(1)",
            "CASEX",
            "{\"case\":1}",
            "ÄÖÜÄÖÜ",
            "CASE0",
        ] {
            assert!(refused(foreign).contains("not a code of this aid"), "{foreign}");
        }
        assert!(refused(&code.replacen("CASE1", "CASE2", 1)).contains("newer version"));
        assert!(refused(&code[..40]).contains("not read whole"));
        assert!(refused(&format!("CASE1{}", "0".repeat(400))).contains("not read whole"));
        assert!(refused(&"CASE1 ".repeat(2_000_000)).contains("far too long"));
        // The same case under a fingerprint of other rules.
        let other = write(&cases()[1]);
        let mixed = format!("CASE1{}{}", &other[5..13], &code[13..]);
        assert!(refused(&mixed).contains("another version"));
    }

    /// A code of our making around any JSON, as somebody with the source could write one.
    fn forged(json: &str) -> String {
        let mut bytes = short(json);
        bytes.extend(crc32fast::hash(json.as_bytes()).to_be_bytes());
        let fingerprint = Fingerprint::of(&cases()[0]).letters();
        format!("CASE1{fingerprint}{}", letters::written(&bytes))
    }

    #[test]
    fn a_forged_code_is_read_as_strictly_as_any_case() {
        let json = without_birth_date(&cases()[0]).to_json();
        assert!(read(&forged(&json)).is_ok(), "the forger knows the trade");
        for (from, to) in [
            ("\"age_years\":46", "\"birth_date\":\"1980-02-29\""),
            ("\"age_years\":46", "\"name\":\"somebody\""),
            ("\"value\":170", "\"value\":1700"),
            ("\"value\":170", "\"value\":170.0"),
            ("\"value\":70", "\"value\":71"),
            ("\"sex\":\"male\"", "\"sex\":\"<b>\""),
            ("\"unit\":\"cm\"", "\"unit\":\"ft\""),
            ("{\"schema\":1", "{\"schema\":2"),
        ] {
            assert!(json.contains(from), "{from}");
            assert!(read(&forged(&json.replacen(from, to, 1))).is_err(), "{from} -> {to}");
        }
        assert!(read(&forged(&"[".repeat(5000))).is_err());
        // The longest piece as often as fits: what it unfolds to is bounded by its length.
        let longest = PIECES.iter().max_by_key(|piece| piece.len()).expect("pieces");
        let bomb = forged(&longest.repeat(AT_MOST * 5 / 8 - 30));
        assert!(bomb.len() <= AT_MOST && read(&bomb).is_err());
    }

    #[test]
    fn every_piece_is_a_byte_of_its_own() {
        for (at, piece) in PIECES.iter().enumerate() {
            let byte = byte(at).unwrap_or_else(|| panic!("no byte is left for {piece}"));
            assert_eq!(long(&[byte]).as_deref(), Some(*piece));
            assert!(
                !(b' '..=b'~').contains(&byte) && PIECES.iter().filter(|other| *other == piece).count() == 1,
                "{piece}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>(), letters in "[0-9A-Z]{0,80}") {
            let _ = read(&text);
            let _ = read(&format!("CASE1{letters}"));
        }

        #[test]
        fn any_printed_text_is_shortened_and_comes_back(text in "[ -~]{0,200}") {
            prop_assert_eq!(long(&short(&text)), Some(text));
        }
    }
}
