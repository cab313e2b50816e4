//! Number entry: from the text in a box to a number, a question or a refusal. Never to a guess.
//!
//! [`read`] is a pure function of the text and of the field. It looks at every character and accounts for every one:
//! what it does not understand is asked ([`Entry::Question`]) or refused ([`Entry::Refused`]), and the text in the box
//! is left as it was typed. It does not know the language of the user, because the same keys must mean the same
//! number on every tablet of the ward.
//!
//! # The rules
//! 1. **One mark is a decimal mark**, dot or comma: `.5`, `0,5`, `5.`, `70.125`, `1234,567`.
//! 2. **Two readings are asked**, whatever the limits say. One comma before exactly three digits and behind one to
//!    three digits that do not start with 0 may group or divide: `1,456` is 1.456 or 1456. The limits only choose which
//!    readings are offered; they never answer for the user.
//! 3. **The dot of `1.456` divides**, for the page writes its own numbers so. It is asked only in units of single cells
//!    (`/µL`, `/mm³`) and in whole numbers, where nobody writes thousandths and `150.000` is how half of Europe
//!    writes 150000.
//! 4. **Complete groups are read**: `1,234,567`, `1.234,5`, `1,234.5`, `1 234,5`, `1'234.5`, `1٬234٫5`. They have one reading only,
//!    for a decimal mark stands once and a space never is one. Groups of two (`12,34,567`) are asked: they
//!    are rightly Indian and also a slip of the finger. Every other mix of marks is refused.
//! 5. **Leading zeros and a leading plus are asked**: `05` is often 0.5 without its point, `+60` is often a change.
//! 6. **Digits** may be Western, full-width, Arabic-Indic, Persian or Devanagari, but of one script in one number: `٠` and `.`,
//!    `٥` and `o` are too alike to mix.
//! 7. **A unit behind the number** is understood if it is the field's unit or one of the same size, asked if it is
//!    another unit of the field, refused by name if it is none.
//! 8. **Spaces and invisible marks around the number or before the unit** are passed over, since they cannot change it. Inside
//!    the number an invisible character is refused, and so are marks that turn the order of digits.
//! 9. **A number far from what patients have** ([`FieldSpec::usual`]) is asked, with the unit that would explain it.

use std::fmt::Write as _;

use rust_decimal::{Decimal, dec};

use crate::engine::text::{grouped, plain};

/// Longest text that is looked at. A longer one is a paste of something else.
const LONGEST: usize = 100;
/// Most significant digits, leading and trailing zeros not counted, that the engine takes.
const DIGITS: usize = 15;
/// Most digits before the point: below 10^10.
const WHOLE_DIGITS: usize = 10;
/// Most zeros between the point and the first digit: 10^-9 and above.
const LEADING_FRACTION_ZEROS: usize = 8;

/// A unit in which a field may be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitSpec {
    /// UCUM code, by which the caller finds its own unit again.
    pub ucum: &'static str,
    /// The unit as the page writes it; empty for a bare number.
    pub label: &'static str,
    /// How people write it behind a number, spaces left out, `u` for µ, `^9` for ⁹ and `x` for a leading ×. A spelling
    /// with a capital must match exactly (`G/L` is not `g/L`), one without matches in any case.
    pub spellings: &'static [&'static str],
    /// How many of the field's base unit one of it is.
    pub in_base: Decimal,
    /// Whether it counts single things, so that `1.456` may well be 1456.
    pub single: bool,
}

impl UnitSpec {
    /// Bare numbers: grades, days, cycles.
    pub const NONE: Self = Self { ucum: "1", label: "", spellings: &[], in_base: Decimal::ONE, single: false };
}

/// The lowest value a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lowest {
    /// This value and above.
    From(Decimal),
    /// Only above this value: an upper limit of normal is never 0.
    Above(Decimal),
}

/// What one field takes, in the unit it is set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldSpec {
    /// Every unit of the field, the base unit first; limits are stated in that one.
    pub units: Vec<UnitSpec>,
    /// The unit the field is set to.
    pub unit: UnitSpec,
    /// The lowest value accepted, in the base unit.
    pub lowest: Lowest,
    /// The highest value accepted, in the base unit; `None` is no limit but the engine's own.
    pub highest: Option<Decimal>,
    /// Where patients' values lie, in the base unit. Outside, and not 0, the entry is asked. No rule of the label rests on it.
    pub usual: Option<(Decimal, Decimal)>,
    /// Whether only whole numbers make sense.
    pub whole: bool,
}

/// What became of the text in a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Nothing was typed. Unknown, not zero.
    Empty,
    /// One number, understood in one way.
    Understood(Understood),
    /// It may mean more than it says: the user must answer before it counts.
    Question(Question),
    /// It is no number that this field takes.
    Refused(Refusal),
}

/// A number that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// The number, in [`Understood::unit`].
    pub value: Decimal,
    /// The unit the field is set to.
    pub unit: UnitSpec,
    /// The unit typed behind the number; of the same size as [`Understood::unit`].
    pub pasted: Option<UnitSpec>,
    /// The number in plain Western digits. Typed again, it is understood as the same number, for which it may carry a closing zero
    /// (`1.4560`) that [`Understood::echo`] does not show.
    pub canonical: String,
}

/// Something to ask before the number counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Why it is asked.
    pub kind: QuestionKind,
    /// The readings that the field would take, at least one. Not one is chosen.
    pub readings: Vec<Decimal>,
    /// The unit of the readings.
    pub unit: UnitSpec,
}

/// Why an entry is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionKind {
    /// One mark that may divide or group: `1,456`. It carries the mark.
    Grouping(char),
    /// Groups of two: `12,34,567`.
    GroupsOfTwo,
    /// `007`, `05`.
    LeadingZeros,
    /// `+60`: a value or a change?
    Plus,
    /// Another unit of the same field was typed: set the field to it? [`Question::unit`] is that unit, and switching is the answer.
    OtherUnit {
        /// The unit the field is set to.
        set_to: UnitSpec,
    },
    /// Far from what patients have.
    Unusual {
        /// The one other unit in which the number would be usual.
        other: Option<UnitSpec>,
    },
}

/// Why an entry is no number for this field, with what its message needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// No digit in it.
    NotANumber,
    /// A unit and no number.
    NoNumber,
    /// A minus in front. It is never stripped.
    Negative,
    /// Two numbers: `70-72`, `70±2`.
    Range,
    /// A bound or an estimate: `<5`, `>100`, `~70`, `3+`. It carries the sign.
    Inexact(char),
    /// `½`, `1/2`.
    Fraction,
    /// Powers and products: `1e2`, `1.5×10^3`.
    Exponent,
    /// `5'7"`, `5 ft 7 in`.
    FeetAndInches,
    /// A letter among the digits that looks like one: `7O`.
    LetterForDigit(char),
    /// A character that no number has.
    Character(char),
    /// A character that nobody can see, where it might change the number.
    Hidden(char),
    /// Digits of two scripts in one number.
    MixedDigits,
    /// Dots, commas and spaces that make no number: `1.2.3`, `1,23`-like groups, `7 0`.
    Separators,
    /// A unit the field does not know.
    UnknownUnit {
        /// As it was typed, invisible characters spelled out.
        typed: String,
        /// Labels of the units it does know.
        accepted: Vec<&'static str>,
    },
    /// Below or above the limit.
    OutOfLimits(Box<OutOfLimits>),
    /// Two readings, neither inside the limits.
    NoReadingFits(Box<NoReadingFits>),
    /// A part of a whole where only whole numbers make sense.
    NotWhole(Decimal),
    /// More than 15 significant digits.
    TooManyDigits,
    /// 10^10 or more.
    TooLarge,
    /// Not zero and below 10^-9.
    TooSmall,
    /// Too long to be a number.
    TooLong,
}

/// Two readings, neither inside the limits of the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoReadingFits {
    /// Both.
    pub readings: Vec<Decimal>,
    /// The unit they were read in.
    pub unit: UnitSpec,
    /// The limits, in words.
    pub limits: String,
}

/// A value outside the limits of its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutOfLimits {
    /// The number as read.
    pub value: Decimal,
    /// Its unit.
    pub unit: UnitSpec,
    /// The same in the base unit, in which the limit is stated.
    pub in_base: Decimal,
    /// The base unit.
    pub base: UnitSpec,
    /// The limit it misses.
    pub limit: Limit,
    /// The one slip that explains it, if there is just one.
    pub suggestion: Option<Suggestion>,
}

/// A limit that a value misses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The value is below this lowest one.
    NotBelow(Decimal),
    /// The value must be above this one.
    Above(Decimal),
    /// The value is above this highest one.
    NotAbove(Decimal),
}

/// What may have been meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suggestion {
    /// The number in [`Suggestion::unit`].
    pub value: Decimal,
    /// The unit: another one of the field if that is the slip.
    pub unit: UnitSpec,
    /// The number in the base unit.
    pub in_base: Decimal,
}

impl Understood {
    /// What was understood, in the words of a drug order: a zero before the point, none behind, a space before the unit
    /// (`0.5 mg/dL`). From five digits on, thin spaces group them, so that 15 000 and 150 000 differ at a glance.
    #[must_use]
    pub fn echo(&self) -> String {
        quantity(self.value, self.unit)
    }
}

impl Entry {
    /// The number, if it counts.
    #[must_use]
    pub fn value(&self) -> Option<Decimal> {
        match self {
            Self::Understood(understood) => Some(understood.value),
            Self::Empty | Self::Question(_) | Self::Refused(_) => None,
        }
    }

    /// What to tell the user about the field of this name, if there is anything to ask or to refuse.
    #[must_use]
    pub fn message(&self, field: &str) -> Option<String> {
        match self {
            Self::Empty | Self::Understood(_) => None,
            Self::Question(question) => Some(question.message(field)),
            Self::Refused(refusal) => Some(refusal.message(field)),
        }
    }
}

/// Reads what was typed into a field.
///
/// ```
/// use inotuzumab::walk::{number, quantity};
/// use inotuzumab::engine::units::WeightUnit;
///
/// let field = quantity::WEIGHT.spec(WeightUnit::Kg);
/// let number::Entry::Understood(weight) = number::read(" 70,50 kg", &field) else { panic!() };
/// assert_eq!(weight.echo(), "70.5\u{a0}kg");
/// assert!(matches!(number::read("70,125", &field), number::Entry::Question(_)));
/// ```
#[must_use]
pub fn read(text: &str, field: &FieldSpec) -> Entry {
    match understand(text, field) {
        Ok(entry) => entry,
        Err(refusal) => Entry::Refused(refusal),
    }
}

/// Reads the same text once the user has answered: `answer` counts if it is one of the readings that were offered, and else the question
/// stands. A question about the unit is answered by switching the unit, never here.
#[must_use]
pub fn read_answered(text: &str, field: &FieldSpec, answer: Decimal) -> Entry {
    match read(text, field) {
        Entry::Question(question)
            if !matches!(question.kind, QuestionKind::OtherUnit { .. }) && question.readings.contains(&answer) =>
        {
            Entry::Understood(understood(answer, field, None))
        }
        entry => entry,
    }
}

/// A number and its unit as the page writes them: `70 kg`, `4.5 × 10⁹/L`, `15,000 /mm³`.
#[must_use]
pub fn quantity(value: Decimal, unit: UnitSpec) -> String {
    with_unit(&grouped(value), unit)
}

/// The same where it answers a question about grouping: no sign stands in the number but its decimal point.
#[must_use]
pub fn reading(value: Decimal, unit: UnitSpec) -> String {
    with_unit(&plain(value), unit)
}

fn with_unit(number: &str, unit: UnitSpec) -> String {
    match unit.label {
        "" => number.to_owned(),
        label if label.starts_with("10") => format!("{number}\u{a0}×\u{a0}{label}"),
        label => format!("{number}\u{a0}{label}"),
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Characters

/// A character of the text beside what it stands for.
#[derive(Clone, Copy)]
struct Glyph {
    typed: char,
    read: char,
}

/// Digits that look alike enough to be mixed share a script.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Western,
    Arabic,
    Persian,
    Devanagari,
}

impl Glyph {
    /// Full-width forms, digits of other scripts and every kind of minus stand for their Western character.
    fn new(typed: char) -> Self {
        let shifted = |zero: char| {
            u32::from(typed).checked_sub(u32::from(zero)).and_then(|digit| char::from_digit(digit, 10)).unwrap_or(typed)
        };
        let read = match typed {
            // Minus signs, hyphens and dashes: whichever it is, it is never stripped.
            '\u{2010}'..='\u{2015}'
            | '\u{2212}'
            | '\u{fe58}'
            | '\u{fe63}'
            | '\u{ff0d}'
            | '\u{207b}'
            | '\u{208b}'
            | '\u{2796}' => '-',
            '\u{ff01}'..='\u{ff5e}' => u32::from(typed).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(typed),
            '\u{660}'..='\u{669}' => shifted('\u{660}'),
            '\u{6f0}'..='\u{6f9}' => shifted('\u{6f0}'),
            '\u{966}'..='\u{96f}' => shifted('\u{966}'),
            '\u{66a}' => '%',
            _ => typed,
        };
        Self { typed, read }
    }

    fn script(self) -> Option<Script> {
        if !self.read.is_ascii_digit() {
            return None;
        }
        Some(match self.typed {
            '\u{660}'..='\u{669}' => Script::Arabic,
            '\u{6f0}'..='\u{6f9}' => Script::Persian,
            '\u{966}'..='\u{96f}' => Script::Devanagari,
            _ => Script::Western,
        })
    }

    fn is_digit(self) -> bool {
        self.read.is_ascii_digit()
    }

    fn mark(self) -> Option<Mark> {
        Some(match self.read {
            '.' => Mark::Dot,
            ',' => Mark::Comma,
            '\u{66b}' => Mark::ArabicDecimal,
            '\u{66c}' => Mark::ArabicThousands,
            '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{b4}' | '`' => Mark::Apostrophe,
            // Only spaces that print between digits; a tab or a line break is two numbers.
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2008}' | '\u{2009}' | '\u{200a}' => Mark::Space,
            _ => return None,
        })
    }

    /// Passed over around a number: white space and marks that print nothing.
    fn is_blank(self) -> bool {
        self.typed.is_whitespace() || self.is_passive()
    }

    /// Prints nothing and, around a number, changes nothing.
    fn is_passive(self) -> bool {
        matches!(self.typed, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}') || self.is_direction()
    }

    /// Says in which direction text runs. The two overrides, which turn digits round, are not among them.
    fn is_direction(self) -> bool {
        matches!(self.typed, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202c}' | '\u{2066}'..='\u{2069}')
    }

    fn is_hidden(self) -> bool {
        self.is_passive()
            || self.typed.is_control()
            || matches!(self.typed,
                '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{2028}'..='\u{202e}' | '\u{2061}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
    }

    /// A letter that is taken for a digit, or typed for one.
    fn is_lookalike(self) -> bool {
        matches!(
            self.read,
            'O' | 'o' | 'Q' | 'D' | 'l' | 'I' | 'i' | '|' | 'S' | 'B' | 'Z' | 'z' | 'О' | 'о' | 'Ο' | 'ο' | 'І' | 'З'
        )
    }
}

/// A mark between digits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Dot,
    Comma,
    ArabicDecimal,
    ArabicThousands,
    Apostrophe,
    Space,
}

impl Mark {
    fn divides(self) -> bool {
        matches!(self, Self::Dot | Self::Comma | Self::ArabicDecimal)
    }

    fn groups(self) -> bool {
        self != Self::ArabicDecimal
    }
}

fn trim(mut glyphs: &[Glyph]) -> &[Glyph] {
    while let [first, rest @ ..] = glyphs
        && first.is_blank()
    {
        glyphs = rest;
    }
    while let [rest @ .., last] = glyphs
        && last.is_blank()
    {
        glyphs = rest;
    }
    glyphs
}

// ---------------------------------------------------------------------------------------------------------------------
// The entry as a whole

fn understand(text: &str, field: &FieldSpec) -> Result<Entry, Refusal> {
    let glyphs: Vec<Glyph> = text.chars().take(LONGEST.saturating_add(1)).map(Glyph::new).collect();
    if glyphs.len() > LONGEST {
        return Err(Refusal::TooLong);
    }
    let entry = trim(&glyphs);
    if entry.is_empty() {
        return Ok(Entry::Empty);
    }
    let (body, pasted) = split_unit(entry, field);
    let numeral = numeral(body, pasted, field)?;
    // In right-to-left surroundings a plain space between digits swaps the groups on screen.
    if let Some(direction) = glyphs.iter().find(|glyph| glyph.is_direction())
        && body.iter().any(|glyph| glyph.typed.is_whitespace())
    {
        return Err(Refusal::Hidden(direction.typed));
    }
    settle(numeral, pasted, field)
}

/// The unit at the end of the text, if it is one of the field's, and what stands before it.
fn split_unit<'a>(entry: &'a [Glyph], field: &FieldSpec) -> (&'a [Glyph], Option<UnitSpec>) {
    let mut before: Option<Glyph> = None;
    for (at, glyph) in entry.iter().enumerate() {
        let fresh = match before {
            // `1.510^9/L` has lost a space somewhere: nobody knows where.
            Some(last) if glyph.is_digit() => last.typed.is_whitespace(),
            // Neither a word nor `M/µL` may be cut in two.
            Some(last) if glyph.read.is_alphabetic() || glyph.read == '/' => !last.read.is_alphabetic(),
            _ => true,
        };
        before = Some(*glyph);
        if glyph.is_blank() || !fresh {
            continue;
        }
        let (body, tail) = entry.split_at(at);
        let key = unit_key(tail);
        let known = field.units.iter().find(|unit| unit.spellings.iter().any(|spelling| same_unit(&key, spelling)));
        if let Some(unit) = known {
            return (trim(body), Some(*unit));
        }
    }
    (entry, None)
}

fn same_unit(key: &str, spelling: &str) -> bool {
    if spelling.contains(|letter: char| letter.is_ascii_uppercase()) {
        key == spelling
    } else {
        key.eq_ignore_ascii_case(spelling)
    }
}

/// A unit as [`UnitSpec::spellings`] write it. A power keeps its `^`: `109/L`, which has lost it, is no unit.
fn unit_key(tail: &[Glyph]) -> String {
    let mut key = String::new();
    let mut raised = false;
    for glyph in tail {
        let superscript = match glyph.read {
            '\u{b9}' => Some('1'),
            '\u{b2}' => Some('2'),
            '\u{b3}' => Some('3'),
            '\u{2070}' => Some('0'),
            '\u{2074}'..='\u{2079}' => {
                u32::from(glyph.read).checked_sub(0x2070).and_then(|digit| char::from_digit(digit, 10))
            }
            _ => None,
        };
        if let Some(digit) = superscript {
            if !raised {
                key.push('^');
            }
            key.push(digit);
            raised = true;
            continue;
        }
        raised = false;
        match glyph.read {
            _ if glyph.is_blank() => {}
            '\u{d7}' | '\u{2715}' | '\u{2a2f}' | '\u{b7}' | '\u{22c5}' | '*' | 'x' | 'X' if key.is_empty() => {
                key.push('x')
            }
            '*' | '^' if key.ends_with('^') => {}
            '*' | '^' => key.push('^'),
            '\u{b5}' | '\u{3bc}' => key.push('u'),
            other => key.push(other),
        }
    }
    key
}

/// The readings of a numeral and why it must be asked, if it must.
struct Numeral {
    readings: Vec<Decimal>,
    ask: Option<QuestionKind>,
}

/// Says what the text is if it is no plain numeral, and reads it if it is.
fn numeral(body: &[Glyph], pasted: Option<UnitSpec>, field: &FieldSpec) -> Result<Numeral, Refusal> {
    let is_fraction = |glyph: &Glyph| matches!(glyph.typed, '\u{bc}'..='\u{be}' | '\u{2150}'..='\u{215f}' | '\u{2189}' | '\u{2044}' | '\u{2215}');
    if !body.iter().any(|glyph| glyph.is_digit()) {
        return Err(if body.iter().any(is_fraction) {
            Refusal::Fraction
        } else if pasted.is_some() {
            Refusal::NoNumber
        } else {
            Refusal::NotANumber
        });
    }
    if let Some(first) = body.first() {
        if first.read == '-' {
            return Err(Refusal::Negative);
        }
        if "<>≤≥~≈∼≃≅≲≳⩽⩾≦≧".contains(first.read) {
            return Err(Refusal::Inexact(first.typed));
        }
    }
    if let Some(last) = body.last()
        && last.read == '+'
    {
        return Err(Refusal::Inexact(last.typed));
    }
    let (digits, plus) = match body {
        [first, rest @ ..] if first.read == '+' && rest.first().is_some_and(|next| next.read != '-') => {
            (trim(rest), true)
        }
        _ => (body, false),
    };
    let unit = pasted.unwrap_or(field.unit);
    if digits.iter().all(|glyph| glyph.is_digit() || glyph.mark().is_some()) {
        if !has_single_script(digits) {
            return Err(Refusal::MixedDigits);
        }
        if let Ok(mut numeral) = parse(digits, unit, field) {
            if plus && numeral.ask.is_none() {
                numeral.ask = Some(QuestionKind::Plus);
            }
            return Ok(numeral);
        }
    }
    Err(why_not(digits, is_fraction, field))
}

fn has_single_script(digits: &[Glyph]) -> bool {
    let mut scripts = digits.iter().filter_map(|glyph| glyph.script());
    let first = scripts.next();
    scripts.all(|script| Some(script) == first)
}

/// The most telling reason why a text with digits is no number.
fn why_not(body: &[Glyph], is_fraction: impl Fn(&Glyph) -> bool, field: &FieldSpec) -> Refusal {
    let hidden = |glyphs: &[Glyph]| glyphs.iter().find(|glyph| glyph.is_hidden()).map(|glyph| glyph.typed);
    let words: String = body.iter().map(|glyph| glyph.read).collect::<String>().to_lowercase();
    let between_digits = |what: &dyn Fn(char) -> bool| {
        body.iter().enumerate().any(|(at, glyph)| {
            let (before, after) = body.split_at(at);
            what(glyph.read)
                && before.iter().any(|glyph| glyph.is_digit())
                && after.iter().any(|glyph| glyph.is_digit())
        })
    };
    if body.iter().any(|glyph| matches!(glyph.read, '±' | '∓')) || words.contains("+/-") || words.contains("+-") {
        return Refusal::Range;
    }
    if body.iter().any(is_fraction) {
        return Refusal::Fraction;
    }
    if field.units.iter().any(|unit| unit.ucum == "[in_i]")
        && (words.contains(['\'', '’', '′'])
            || words.contains("ft")
            || words.contains("feet")
            || words.contains("foot"))
    {
        return Refusal::FeetAndInches;
    }
    let all_lookalike =
        body.iter().all(|glyph| glyph.is_digit() || matches!(glyph.read, '.' | ',') || glyph.is_lookalike());
    if all_lookalike && let Some(letter) = body.iter().find(|glyph| glyph.is_lookalike()) {
        return Refusal::LetterForDigit(letter.typed);
    }
    let stray = body.iter().position(|glyph| !glyph.is_digit() && glyph.mark().is_none());
    let Some((_, tail)) = stray.and_then(|at| body.split_at_checked(at)) else {
        // Only digits and marks. They failed as a number, so ask them again for the reason.
        return parse(body, field.unit, field).err().unwrap_or(Refusal::Separators);
    };
    let power = |character: char| matches!(character, 'e' | 'E' | '^' | '*' | '×' | 'x' | 'X' | '⋅' | '·');
    // A raised point multiplies in a power, and is a decimal point in older British print.
    let multiplies = |behind: &str| {
        !behind.starts_with(['⋅', '·']) || behind.contains(|character| character == '^' || is_raised(character))
    };
    let leading = tail.first().copied();
    let behind: String = tail.iter().filter(|glyph| !glyph.is_blank()).map(|glyph| glyph.read).collect();
    // A power ends the text; `10^9/mol` has more behind it and is a unit nobody here knows.
    if stray != Some(0)
        && leading.is_some_and(|glyph| power(glyph.read) || is_raised(glyph.read))
        && behind.contains(|character: char| character.is_ascii_digit() || is_raised(character))
        && multiplies(&behind)
        && behind
            .chars()
            .skip(1)
            .all(|character| character.is_ascii_digit() || "+-^*.,".contains(character) || is_raised(character))
    {
        return Refusal::Exponent;
    }
    if leading.is_some_and(|glyph| glyph.read == '-') && between_digits(&|character| character == '-') {
        return Refusal::Range;
    }
    if leading.is_some_and(|glyph| glyph.read == '/') && behind.chars().nth(1).is_some_and(|next| next.is_ascii_digit())
    {
        return Refusal::Fraction;
    }
    if let Some(character) = hidden(body) {
        return Refusal::Hidden(character);
    }
    let starts_a_unit = |glyph: Glyph| {
        glyph.read.is_alphabetic() || matches!(glyph.read, '^' | '*' | '×') || "%/‰°\"″”'′[µμ".contains(glyph.read)
    };
    match leading {
        Some(glyph) if body.first().is_some_and(|first| first.read.is_alphabetic()) && glyph.read.is_alphabetic() => {
            Refusal::NotANumber
        }
        Some(glyph) if starts_a_unit(glyph) && stray != Some(0) => {
            Refusal::UnknownUnit { typed: visible(tail), accepted: field.units.iter().map(|unit| unit.label).collect() }
        }
        Some(glyph) => Refusal::Character(glyph.typed),
        None => Refusal::Separators,
    }
}

fn is_raised(character: char) -> bool {
    matches!(character, '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}'..='\u{207b}')
}

/// Typed text that can be shown: what cannot be seen is spelled out.
fn visible(glyphs: &[Glyph]) -> String {
    let mut out = String::new();
    for glyph in trim(glyphs) {
        if glyph.is_hidden() {
            let _ = write!(out, "U+{:04X}", u32::from(glyph.typed));
        } else {
            out.push(glyph.typed);
        }
    }
    out
}

// ---------------------------------------------------------------------------------------------------------------------
// Digits and marks

/// Digits split at their marks: `runs` is one longer than `marks`.
struct Split {
    runs: Vec<String>,
    marks: Vec<(Mark, char)>,
}

impl Split {
    fn new(digits: &[Glyph]) -> Self {
        let mut split = Self { runs: Vec::new(), marks: Vec::new() };
        let mut run = String::new();
        for glyph in digits {
            if let Some(mark) = glyph.mark() {
                split.runs.push(std::mem::take(&mut run));
                split.marks.push((mark, glyph.typed));
            } else {
                run.push(glyph.read);
            }
        }
        split.runs.push(run);
        split
    }
}

/// Whether these runs are a number in complete groups: one to three digits that do not start with 0, then threes.
fn in_groups<S: AsRef<str>>(runs: &[S]) -> bool {
    let [first, rest @ ..] = runs else {
        return false;
    };
    (1..=3).contains(&first.as_ref().len())
        && !first.as_ref().starts_with('0')
        && rest.iter().all(|run| run.as_ref().len() == 3)
}

/// The same for `12,34,567`.
fn in_groups_of_two<S: AsRef<str>>(runs: &[S]) -> bool {
    let [first, middle @ .., last] = runs else {
        return false;
    };
    (1..=2).contains(&first.as_ref().len())
        && !first.as_ref().starts_with('0')
        && !middle.is_empty()
        && middle.iter().all(|run| run.as_ref().len() == 2)
        && last.as_ref().len() == 3
}

fn parse(digits: &[Glyph], unit: UnitSpec, field: &FieldSpec) -> Result<Numeral, Refusal> {
    let Split { runs, marks } = Split::new(digits);
    let one = |whole: &str, fraction: &str, ask: Option<QuestionKind>| {
        Ok(Numeral { readings: vec![decimal(whole, fraction)?], ask })
    };
    let zeros = |whole: &str| (whole.len() > 1 && whole.starts_with('0')).then_some(QuestionKind::LeadingZeros);
    match (runs.as_slice(), marks.as_slice()) {
        ([whole], []) => one(whole, "", zeros(whole)),
        ([whole, last], [(mark, typed)]) => {
            if whole.is_empty() && last.is_empty() {
                return Err(Refusal::Separators);
            }
            let groups = mark.groups() && in_groups(&runs);
            if !mark.divides() {
                return if groups { one(&runs.concat(), "", None) } else { Err(Refusal::Separators) };
            }
            let asks = groups && (*mark == Mark::Comma || unit.single || field.whole);
            if !asks {
                return one(whole, last, zeros(whole));
            }
            let readings = [decimal(whole, last), decimal(&runs.concat(), "")];
            let readings = readings.into_iter().collect::<Result<_, _>>()?;
            Ok(Numeral { readings, ask: Some(QuestionKind::Grouping(*typed)) })
        }
        ([whole @ .., last], [grouping @ .., (mark, _)]) => {
            let Some((by, _)) = grouping.first() else {
                return Err(Refusal::Separators);
            };
            if !by.groups() || grouping.iter().any(|(other, _)| other != by) {
                return Err(Refusal::Separators);
            }
            let of_two = Some(QuestionKind::GroupsOfTwo);
            if mark == by {
                if in_groups(&runs) {
                    one(&runs.concat(), "", None)
                } else if *by == Mark::Comma && in_groups_of_two(&runs) {
                    one(&runs.concat(), "", of_two)
                } else {
                    Err(Refusal::Separators)
                }
            } else if !mark.divides() || last.is_empty() {
                Err(Refusal::Separators)
            } else if in_groups(whole) {
                one(&whole.concat(), last, None)
            } else if *by == Mark::Comma && in_groups_of_two(whole) {
                one(&whole.concat(), last, of_two)
            } else {
                Err(Refusal::Separators)
            }
        }
        _ => Err(Refusal::Separators),
    }
}

/// The exact decimal, if the engine takes one of this length and size.
fn decimal(whole: &str, fraction: &str) -> Result<Decimal, Refusal> {
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_matches('0');
    if significant.is_empty() {
        return Ok(Decimal::ZERO);
    }
    if whole.len() > WHOLE_DIGITS {
        return Err(Refusal::TooLarge);
    }
    let zeros = fraction.len().saturating_sub(fraction.trim_start_matches('0').len());
    if whole.is_empty() && zeros > LEADING_FRACTION_ZEROS {
        return Err(Refusal::TooSmall);
    }
    if significant.len() > DIGITS {
        return Err(Refusal::TooManyDigits);
    }
    Decimal::from_str_exact(&format!("0{whole}.{fraction}0"))
        .map(|value| value.normalize())
        .map_err(|_| Refusal::TooManyDigits)
}

// ---------------------------------------------------------------------------------------------------------------------
// The number in its field

fn settle(numeral: Numeral, pasted: Option<UnitSpec>, field: &FieldSpec) -> Result<Entry, Refusal> {
    let unit = pasted.unwrap_or(field.unit);
    let fits: Vec<Decimal> =
        numeral.readings.iter().copied().filter(|value| field.check(*value, unit).is_ok()).collect();
    let Some(value) = fits.first().copied() else {
        return Err(match numeral.readings.as_slice() {
            [only] => field.check(*only, unit).err().unwrap_or(Refusal::NotANumber),
            _ => Refusal::NoReadingFits(Box::new(NoReadingFits {
                readings: numeral.readings,
                unit,
                limits: field.limits(),
            })),
        });
    };
    if unit.in_base != field.unit.in_base {
        let kind = QuestionKind::OtherUnit { set_to: field.unit };
        return Ok(Entry::Question(Question { kind, readings: fits, unit }));
    }
    let kind = numeral.ask.or_else(|| {
        let unusual = !field.is_usual(value, field.unit);
        unusual.then(|| QuestionKind::Unusual { other: field.only_other(|other| field.is_usual(value, other)) })
    });
    Ok(match kind {
        Some(kind) => Entry::Question(Question { kind, readings: fits, unit: field.unit }),
        None => Entry::Understood(understood(value, field, pasted)),
    })
}

fn understood(value: Decimal, field: &FieldSpec, pasted: Option<UnitSpec>) -> Understood {
    let mut canonical = plain(value).to_string();
    // Three decimals are asked about in this field; a fourth settles it.
    let asked = (field.unit.single || field.whole)
        && canonical.split_once('.').is_some_and(|(whole, fraction)| in_groups(&[whole, fraction]));
    if asked {
        canonical.push('0');
    }
    Understood { value, unit: field.unit, pasted, canonical }
}

impl FieldSpec {
    /// The unit in which the limits are stated.
    fn base(&self) -> UnitSpec {
        self.units.first().copied().unwrap_or(UnitSpec::NONE)
    }

    /// The limit that a value in the base unit misses.
    fn missed(&self, in_base: Decimal) -> Option<Limit> {
        match (self.lowest, self.highest) {
            (Lowest::From(lowest), _) if in_base < lowest => Some(Limit::NotBelow(lowest)),
            (Lowest::Above(lowest), _) if in_base <= lowest => Some(Limit::Above(lowest)),
            (_, Some(highest)) if in_base > highest => Some(Limit::NotAbove(highest)),
            _ => None,
        }
    }

    fn check(&self, value: Decimal, unit: UnitSpec) -> Result<(), Refusal> {
        if self.whole && !value.is_integer() {
            return Err(Refusal::NotWhole(value));
        }
        // Below 10^10 and at most 15 digits: the product always fits.
        let in_base = value.checked_mul(unit.in_base).ok_or(Refusal::TooLarge)?;
        let Some(limit) = self.missed(in_base) else {
            return Ok(());
        };
        // A patient just beyond a limit is no slip of the keys.
        let near = match limit {
            Limit::NotBelow(limit) => in_base.checked_mul(dec!(10)) > limit.checked_mul(dec!(9)),
            Limit::NotAbove(limit) => in_base.checked_mul(dec!(10)) < limit.checked_mul(dec!(11)),
            Limit::Above(_) => false,
        };
        let suggestion = if near { None } else { self.suggestion(value, unit) };
        let out = OutOfLimits { value, unit, in_base, base: self.base(), limit, suggestion };
        Err(Refusal::OutOfLimits(Box::new(out)))
    }

    fn fits(&self, value: Decimal, unit: UnitSpec) -> Option<Suggestion> {
        let in_base = value.checked_mul(unit.in_base)?;
        (self.missed(in_base).is_none() && (!self.whole || value.is_integer())).then_some(Suggestion {
            value,
            unit,
            in_base,
        })
    }

    /// What may have been meant: the same number in another unit, or a whole number with one zero too few or one digit too many before
    /// a lost point. Only if one of them, and no second, explains it.
    fn suggestion(&self, value: Decimal, unit: UnitSpec) -> Option<Suggestion> {
        if value.is_zero() {
            return None;
        }
        let others = self.units.iter().filter(|other| other.in_base != unit.in_base);
        let mut slips: Vec<Suggestion> = others.filter_map(|other| self.fits(value, *other)).collect();
        if slips.is_empty() && value.is_integer() {
            let tenfold = [value.checked_mul(Decimal::TEN), value.checked_div(Decimal::TEN)];
            slips = tenfold.into_iter().flatten().filter_map(|value| self.fits(value, unit)).collect();
        }
        match slips.as_slice() {
            [first, rest @ ..] if rest.iter().all(|slip| slip.in_base == first.in_base) => Some(*first),
            _ => None,
        }
    }

    fn is_usual(&self, value: Decimal, unit: UnitSpec) -> bool {
        let Some((from, to)) = self.usual else {
            return true;
        };
        let Some(in_base) = value.checked_mul(unit.in_base) else {
            return false;
        };
        in_base.is_zero() || (from <= in_base && in_base <= to)
    }

    /// The first of the other sizes that does, if just one does. The unit of the same label family as written first is named.
    fn only_other(&self, does: impl Fn(UnitSpec) -> bool) -> Option<UnitSpec> {
        let mut found: Option<UnitSpec> = None;
        for other in self.units.iter().filter(|other| other.in_base != self.unit.in_base && does(**other)) {
            match found {
                None => found = Some(*other),
                Some(first) if first.in_base == other.in_base => {}
                Some(_) => return None,
            }
        }
        found
    }

    /// The limits in words: `from 45 to 230 cm`.
    fn limits(&self) -> String {
        let base = self.base();
        match (self.lowest, self.highest) {
            (Lowest::From(lowest), Some(highest)) => {
                format!("from {} to {}", plain(lowest), quantity(highest, base))
            }
            (Lowest::Above(lowest), Some(highest)) => {
                format!("above {}, up to {}", plain(lowest), quantity(highest, base))
            }
            (Lowest::From(lowest), None) => format!("{} or more", quantity(lowest, base)),
            (Lowest::Above(lowest), None) => format!("above {}", quantity(lowest, base)),
        }
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Words

impl Question {
    /// The question, and how to answer it from the keyboard.
    #[must_use]
    pub fn message(&self, field: &str) -> String {
        let readings = self.readings.iter().map(|value| reading(*value, self.unit)).collect::<Vec<_>>().join(" or ");
        match &self.kind {
            QuestionKind::Grouping(mark) => {
                let mark = if *mark == '.' || *mark == '．' { "dot" } else { "comma" };
                match self.readings.as_slice() {
                    [_] => format!(
                        "{field} has a {mark} that may divide or group. Is it {readings}? Confirm it or type it again without the {mark}."
                    ),
                    _ => format!(
                        "{field} has a {mark} that may divide or group. Is it {readings}? Choose one or type it again without the {mark}."
                    ),
                }
            }
            QuestionKind::GroupsOfTwo => {
                format!("{field} is grouped in twos. Is it {readings}? Confirm it or type the digits alone.")
            }
            QuestionKind::LeadingZeros => format!(
                "{field} starts with 0 and has no point behind it. Is it {readings}? Confirm it or type it again."
            ),
            QuestionKind::Plus => format!(
                "{field} starts with a plus, like a change. Is the value itself {readings}? Confirm it or type it without the plus."
            ),
            QuestionKind::OtherUnit { set_to } => {
                format!(
                    "{field} is typed in {}, but the field is set to {}. Switch the unit to {}?",
                    self.unit.label, set_to.label, self.unit.label
                )
            }
            QuestionKind::Unusual { other: Some(other) } => {
                let value = self.readings.first().copied().unwrap_or_default();
                format!(
                    "{field} {readings} is unusual. Is it {}? Switch the unit, or confirm {readings}.",
                    quantity(value, *other)
                )
            }
            QuestionKind::Unusual { other: None } => {
                format!("{field} {readings} is unusual. Is it right? Confirm it or type it again.")
            }
        }
    }
}

impl Question {
    /// The kind in one word, for tests and for looking up a translation.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self.kind {
            QuestionKind::Grouping(_) => "grouping",
            QuestionKind::GroupsOfTwo => "groups_of_two",
            QuestionKind::LeadingZeros => "leading_zeros",
            QuestionKind::Plus => "plus",
            QuestionKind::OtherUnit { .. } => "other_unit",
            QuestionKind::Unusual { .. } => "unusual",
        }
    }
}

impl Refusal {
    /// The kind in one word, for tests and for looking up a translation.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotANumber => "not_a_number",
            Self::NoNumber => "no_number",
            Self::Negative => "negative",
            Self::Range => "range",
            Self::Inexact(_) => "inexact",
            Self::Fraction => "fraction",
            Self::Exponent => "exponent",
            Self::FeetAndInches => "feet_and_inches",
            Self::LetterForDigit(_) => "letter_for_digit",
            Self::Character(_) => "character",
            Self::Hidden(_) => "hidden",
            Self::MixedDigits => "mixed_digits",
            Self::Separators => "separators",
            Self::UnknownUnit { .. } => "unknown_unit",
            Self::OutOfLimits(_) => "out_of_limits",
            Self::NoReadingFits(_) => "no_reading_fits",
            Self::NotWhole(_) => "not_whole",
            Self::TooManyDigits => "too_many_digits",
            Self::TooLarge => "too_large",
            Self::TooSmall => "too_small",
            Self::TooLong => "too_long",
        }
    }

    /// What is wrong with the field of this name, and the way out.
    #[must_use]
    pub fn message(&self, field: &str) -> String {
        match self {
            Self::NotANumber => format!("{field} has no number in it. Type digits, such as 12.5."),
            Self::NoNumber => format!("{field} has a unit and no number. Type the number."),
            Self::Negative => {
                format!("{field} has a minus in front, and it cannot be below 0. Type it without the minus.")
            }
            Self::Range => format!("{field} has two numbers. Type the one that counts today."),
            Self::Inexact(sign) => {
                format!("{field} has “{sign}”, which makes it a bound or an estimate. Type the measured number alone.")
            }
            Self::Fraction => format!("{field} has a fraction. Type it with a point: 0.5 for ½."),
            Self::Exponent => format!("{field} has a power or a product. Type the number written out: 100 for 1e2."),
            Self::FeetAndInches => {
                format!("{field} is in feet and inches. Type it in inches alone (5 ft 7 in is 67 in), or in cm.")
            }
            Self::LetterForDigit(letter) => {
                format!("{field} has the letter “{letter}” among its digits. Type a digit instead.")
            }
            Self::Character(character) => {
                format!("{field} has “{character}”, which no number has. Type digits and at most one point.")
            }
            Self::Hidden(character) => {
                format!(
                    "{field} has an invisible character in it (U+{:04X}). Clear the field and type the number.",
                    u32::from(*character)
                )
            }
            Self::MixedDigits => format!("{field} mixes digits of two scripts. Type it in one."),
            Self::Separators => format!(
                "{field} has dots, commas or spaces that make no single number. Type digits and at most one point."
            ),
            Self::UnknownUnit { typed, accepted } => {
                let accepted: Vec<&str> = accepted.iter().copied().filter(|label| !label.is_empty()).collect();
                let way_out = if accepted.is_empty() {
                    "Type the number alone.".to_owned()
                } else {
                    format!("Type it in {}.", accepted.join(", "))
                };
                format!("{field} has “{typed}” behind the number, which is no unit of this field. {way_out}")
            }
            Self::OutOfLimits(out) => out.message(field),
            Self::NoReadingFits(none) => {
                let readings =
                    none.readings.iter().map(|value| reading(*value, none.unit)).collect::<Vec<_>>().join(" or ");
                format!(
                    "{field} may be read as {readings}. Neither is {}. Type it again without grouping.",
                    none.limits
                )
            }
            Self::NotWhole(value) => {
                format!("{field} is {}, and must be a whole number. Type it without a point.", plain(*value))
            }
            Self::TooManyDigits => {
                format!("{field} has more than {DIGITS} significant digits. Type it shorter.")
            }
            Self::TooLarge => {
                format!("{field} is 10 000 000 000 or more. Check the number and its unit.")
            }
            Self::TooSmall => {
                format!("{field} is below 0.000000001 and not 0. Check the number and its unit.")
            }
            Self::TooLong => {
                format!("{field} has more than {LONGEST} characters. Type the number alone.")
            }
        }
    }
}

impl OutOfLimits {
    /// Field, value, limit, way out: `Height is 17 cm, below 45 cm. Did you mean 170 cm?`
    #[must_use]
    pub fn message(&self, field: &str) -> String {
        let mut out = format!("{field} is {}", quantity(self.value, self.unit));
        if self.unit.in_base != self.base.in_base {
            let _ = write!(out, " ({})", quantity(self.in_base, self.base));
        }
        let _ = match self.limit {
            Limit::NotBelow(limit) => write!(out, ", below {}. ", quantity(limit, self.base)),
            Limit::Above(limit) => {
                write!(out, ", and must be above {}. ", quantity(limit, self.base))
            }
            Limit::NotAbove(limit) => write!(out, ", above {}. ", quantity(limit, self.base)),
        };
        match self.suggestion {
            Some(slip) => {
                let _ = write!(out, "Did you mean {}", quantity(slip.value, slip.unit));
                if slip.unit.in_base != self.base.in_base {
                    let _ = write!(out, " ({})", quantity(slip.in_base, self.base));
                }
                out.push('?');
            }
            None => out.push_str("Check the number and its unit."),
        }
        out
    }
}
