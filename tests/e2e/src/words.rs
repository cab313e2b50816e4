//! What may not stand in any text that can be read: after the list of error-prone abbreviations, symbols and dose designations
//! of the Institute for Safe Medication Practices, as far as it can appear here. One table, for the words of the program and
//! for what the browser shows.

/// One thing that may not stand there.
pub struct Lint {
    /// What it is called.
    pub name: &'static str,
    /// Why it may not.
    pub because: &'static str,
    find: fn(&str) -> Vec<String>,
}

/// Everything that is looked for.
pub const LINTS: [Lint; 8] = [
    Lint { name: "no zero before the point", because: ".5 mg is read as 5 mg", find: naked },
    Lint { name: "zero at the end", because: "1.0 mg is read as 10 mg", find: trailing },
    Lint { name: "no space before the unit", because: "the m of 10mg is read as a zero", find: unspaced },
    Lint { name: "no comma in a large number", because: "10000 is read as 1000 or 100000", find: without_commas },
    Lint { name: "microgram sign", because: "µg is read as mg: a thousand times too much", find: microgram },
    Lint { name: "error-prone abbreviation", because: "see ABBREVIATIONS", find: abbreviations },
    Lint {
        name: "sign for more or less",
        because: "< and > are taken for each other: say above, below, or more",
        find: signs,
    },
    Lint {
        name: "number parted from its unit",
        because: "a line break between them leaves a bare number",
        find: parted,
    },
];

/// Abbreviations that may not stand alone, and what they are taken for.
pub const ABBREVIATIONS: [(&str, &str); 29] = [
    ("U", "a zero, or a 4"),
    ("u", "a zero, or a 4"),
    ("IU", "IV, or 10"),
    ("QD", "four times a day"),
    ("qd", "four times a day"),
    ("q.d.", "four times a day"),
    ("QOD", "every day, or four times a day"),
    ("qod", "every day, or four times a day"),
    ("q.o.d.", "every day, or four times a day"),
    ("BIW", "twice a day"),
    ("TIW", "three times a day"),
    ("HS", "half strength, or at bedtime"),
    ("hs", "half strength, or at bedtime"),
    ("SC", "SL"),
    ("SQ", "5 every"),
    ("cc", "u, units"),
    ("CC", "units"),
    ("MS", "morphine or magnesium sulfate"),
    ("MSO4", "magnesium sulfate"),
    ("MgSO4", "morphine sulfate"),
    ("D/C", "discharge, or discontinue"),
    ("ug", "mg"),
    ("mcL", "mL"),
    ("μL", "mL"),
    ("AD", "right ear, or right eye"),
    ("AU", "both ears, or both eyes"),
    ("OD", "once a day, or right eye"),
    ("OS", "left eye"),
    ("x3d", "three doses"),
];

/// Units that never stand alone at the start of a line. Sorted so that none is cut short by one it begins with.
const UNITS: [&str; 40] = [
    "mg/mm³",
    "mg/m²",
    "mg/mL",
    "mg/dL",
    "mg/kg",
    "mg/m2",
    "mg",
    "mL/min",
    "mL/h",
    "mL",
    "µmol/L",
    "umol/L",
    "U/L",
    "g",
    "kg",
    "cm",
    "m²",
    "m2",
    "ms",
    "min",
    "minutes",
    "minute",
    "hours",
    "hour",
    "h",
    "days",
    "day",
    "weeks",
    "week",
    "months",
    "month",
    "years",
    "year",
    "vials",
    "vial",
    "%",
    "°C",
    "× 10⁹/L",
    "x10^9/L",
    "× ULN",
];

/// What is wrong in a text: the lint's name and where.
#[must_use]
pub fn wrong(text: &str) -> Vec<String> {
    LINTS.iter().flat_map(|lint| found(lint, text)).collect()
}

/// The same, but for texts that are not set yet: the space between number and unit is put right when they are shown.
#[must_use]
pub fn wrong_unset(text: &str) -> Vec<String> {
    LINTS.iter().filter(|lint| lint.name != "number parted from its unit").flat_map(|lint| found(lint, text)).collect()
}

fn found(lint: &Lint, text: &str) -> Vec<String> {
    (lint.find)(text).into_iter().map(|part| format!("{} ({}): “{part}”", lint.name, lint.because)).collect()
}

/// A number in a text: digits, with points and commas inside it.
struct Number<'t> {
    /// What stands before it.
    before: &'t str,
    /// Itself.
    text: &'t str,
    /// What stands after it.
    after: &'t str,
}

impl Number<'_> {
    /// With a few words around it.
    fn shown(&self) -> String {
        let before: String = self.before.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
        format!("{before}{}{}", self.text, self.after.chars().take(16).collect::<String>())
    }

    /// Whether it is part of a name: `CYTO-02`, `m2`, `10^9`, `[in_i]`.
    fn in_a_name(&self) -> bool {
        let mut back = self.before.chars().rev();
        let last = back.next();
        let hyphen = matches!(last, Some('-' | '_')) && back.next().is_some_and(char::is_alphabetic);
        hyphen || last.is_some_and(|last| last.is_alphabetic() || "^_#".contains(last))
    }
}

fn numbers(text: &str) -> Vec<Number<'_>> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let start = at;
        while digit(at) || (matches!(bytes.get(at), Some(b'.' | b',')) && digit(at + 1)) {
            at += 1;
        }
        found.push(Number { before: &text[..start], text: &text[start..at], after: &text[at..] });
    }
    found
}

fn which(text: &str, wrong: impl Fn(&Number) -> bool) -> Vec<String> {
    numbers(text).iter().filter(|number| !number.in_a_name() && wrong(number)).map(Number::shown).collect()
}

fn naked(text: &str) -> Vec<String> {
    which(text, |number| {
        let before = number.before.strip_suffix('.');
        before.is_some_and(|before| before.is_empty() || before.ends_with([' ', '\u{a0}', '(', '-', '−', '–', '"']))
    })
}

/// Sections, editions and versions are names, and no amounts.
fn trailing(text: &str) -> Vec<String> {
    which(text, |number| {
        let fraction = number.text.split_once('.').filter(|(_, rest)| !rest.contains('.'));
        let named =
            ["section ", "sections ", "CTCAE ", "engine ", "version "].iter().any(|name| number.before.ends_with(name));
        !named && fraction.is_some_and(|(_, rest)| rest.ends_with('0'))
    })
}

fn unit_at(text: &str) -> Option<&'static str> {
    UNITS.into_iter().find(|unit| {
        let rest = text.strip_prefix(unit);
        rest.is_some_and(|rest| {
            !rest.starts_with(|next: char| next.is_alphanumeric() && unit.ends_with(char::is_alphanumeric))
        })
    })
}

fn unspaced(text: &str) -> Vec<String> {
    which(text, |number| unit_at(number.after).is_some())
}

fn without_commas(text: &str) -> Vec<String> {
    // Numbers of articles hold hyphens.
    let an_article = |number: &Number| {
        number.after.strip_prefix('-').is_some_and(|next| next.starts_with(|next: char| next.is_ascii_digit()))
    };
    which(text, |number| {
        let whole = number.text.split('.').next().unwrap_or_default();
        whole.len() >= 5 && !whole.contains(',') && !an_article(number)
    })
}

fn microgram(text: &str) -> Vec<String> {
    ["µg", "μg"].into_iter().filter(|sign| text.contains(sign)).map(str::to_owned).collect()
}

/// `U/L` is the laboratory's unit and stays.
fn abbreviations(text: &str) -> Vec<String> {
    let apart = |letter: char| letter.is_whitespace() || "()[],;:·“”‘’\"".contains(letter);
    let alone = text
        .split(apart)
        .map(|word| if word.matches('.').count() > 1 { word } else { word.trim_end_matches(['.', '?', '!']) });
    let listed = alone.filter(|word| ABBREVIATIONS.iter().any(|(known, _)| known == word));
    listed.map(|word| format!("{word}: {text}")).collect()
}

fn signs(text: &str) -> Vec<String> {
    let sign = |letter: char| "<>≤≥".contains(letter);
    if text.contains(sign) { vec![text.to_owned()] } else { Vec::new() }
}

fn parted(text: &str) -> Vec<String> {
    which(text, |number| number.after.strip_prefix([' ', '\n']).and_then(unit_at).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_lint_finds_its_own_and_nothing_in_good_text() {
        for (text, name) in [
            ("Give .5 mg", "no zero before the point"),
            ("Give 1.0\u{a0}mg", "zero at the end"),
            ("Give 0.50\u{a0}mg", "zero at the end"),
            ("Give 10mg", "no space before the unit"),
            ("20°C", "no space before the unit"),
            ("5%", "no space before the unit"),
            ("10000 blasts", "no comma in a large number"),
            ("5\u{a0}µg", "microgram sign"),
            ("once QD", "error-prone abbreviation"),
            ("5 U.", "error-prone abbreviation"),
            ("10 cc", "error-prone abbreviation"),
            ("(MS)", "error-prone abbreviation"),
            ("q.d. only", "error-prone abbreviation"),
            ("ANC < 1", "sign for more or less"),
            ("1.456 mg", "number parted from its unit"),
            ("for 1 hour", "number parted from its unit"),
            ("0.9 % sodium chloride", "number parted from its unit"),
            ("1 × 10⁹/L", "number parted from its unit"),
        ] {
            let names: Vec<&str> =
                LINTS.iter().filter(|lint| !found(lint, text).is_empty()).map(|lint| lint.name).collect();
            assert!(names.contains(&name), "{text}: {names:?}");
        }
        for fine in [
            "1.456\u{a0}mg, 0.5\u{a0}mg/m² on day 8 and 15, 10,000 per mm³, 23 Nov 2026, 09:05, 40\u{a0}U/L, 100\u{a0}× 10⁹/L",
            "CYTO-02, US PI 3/2024 section 2.10, engine 0.1.0, NCT01564784, 10^9, 170 × 70 / 3600",
            "Section 5.1. Hold: 2.1 is above 1.8.",
        ] {
            assert_eq!(wrong(fine), Vec::<String>::new());
        }
    }
}
