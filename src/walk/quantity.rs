//! Units in entry: how each is written, what the others come to, and a typed text that a change of unit never touches.
//!
//! ```
//! use inotuzumab::engine::units::WeightUnit;
//! use inotuzumab::walk::quantity::{Typed, WEIGHT};
//!
//! let mut weight = Typed::new(WeightUnit::Kg);
//! weight.type_text("154".to_owned());
//! weight.switch(WeightUnit::Pound);
//! assert_eq!(weight.text(), "154");
//! assert_eq!(weight.in_sight(&WEIGHT).map(|line| line.to_string()), Some("≈ 69.85\u{a0}kg".to_owned()));
//! ```

use std::fmt;
use std::marker::PhantomData;

use rust_decimal::{Decimal, RoundingStrategy, dec};

use super::number::{self, Entry, FieldSpec, Lowest, QuestionKind, UnitSpec};
use crate::engine::labels::{self, limits};
use crate::engine::units::{ActivityUnit, BilirubinUnit, CountUnit, HeightUnit, TimeUnit, Unit, WeightUnit};

/// µmol/L in 1 mg/dL of bilirubin, as laboratories print it. For the line beside the field only: the engine never
/// converts bilirubin, for value and upper limit of normal share a unit.
const UMOL_PER_MG_DL: Decimal = dec!(17.1);
/// Decimals of a converted value, unless it is exact with no more than [`EXACT_DECIMALS`].
const SHOWN_DECIMALS: u32 = 2;
/// Up to so many decimals an exact conversion is shown in full: `4.512 × 10⁹/L`, not `≈ 4.51`.
const EXACT_DECIMALS: u32 = 4;

/// A unit that can be typed.
pub trait Typable: Unit {
    /// How people write it behind a number; see [`UnitSpec::spellings`].
    fn spellings(self) -> &'static [&'static str];
    /// Its size beside the other units of the set: 2.54 for an inch where a centimetre is 1.
    fn size(self) -> Decimal;
    /// Whether the sizes are exact. Only bilirubin's are not.
    const EXACT: bool = true;
    /// How many of the first unit of the set one of it is.
    fn in_base(self) -> Decimal {
        let base = Self::ALL.first().map_or(Decimal::ONE, |base| base.size());
        self.size().checked_div(base).unwrap_or(Decimal::ONE)
    }
    /// The unit into which a value is converted in sight; itself if there is nothing to show.
    fn counterpart(self) -> Self;
    /// Whether it counts single cells.
    fn is_single(self) -> bool {
        false
    }
    /// All that number entry needs to know of it.
    fn facts(self) -> UnitSpec {
        UnitSpec {
            ucum: self.ucum(),
            label: self.label(),
            spellings: self.spellings(),
            in_base: self.in_base(),
            single: self.is_single(),
        }
    }
}

impl Typable for HeightUnit {
    fn spellings(self) -> &'static [&'static str] {
        match self {
            Self::Cm => &["cm", "cm.", "㎝", "centimetre", "centimetres", "centimeter", "centimeters"],
            Self::M => &["m", "m.", "metre", "metres", "meter", "meters"],
            Self::Inch => &["in", "in.", "\"", "″", "”", "''", "′′", "’’", "inch", "inches", "[in_i]"],
        }
    }
    fn size(self) -> Decimal {
        match self {
            Self::Cm => Decimal::ONE,
            Self::M => Decimal::ONE_HUNDRED,
            Self::Inch => labels::CM_PER_INCH,
        }
    }
    fn counterpart(self) -> Self {
        match self {
            Self::Cm => Self::Inch,
            Self::M | Self::Inch => Self::Cm,
        }
    }
}

impl Typable for WeightUnit {
    fn spellings(self) -> &'static [&'static str] {
        match self {
            Self::Kg => &["kg", "kg.", "kgs", "㎏", "kilo", "kilos", "kilogram", "kilograms"],
            Self::G => &["g", "g.", "gr", "gram", "grams"],
            Self::Pound => &["lb", "lb.", "lbs", "lbs.", "pound", "pounds", "[lb_av]"],
        }
    }
    fn size(self) -> Decimal {
        match self {
            Self::Kg => Decimal::ONE,
            Self::G => labels::THOUSANDTH,
            Self::Pound => labels::KG_PER_POUND,
        }
    }
    fn counterpart(self) -> Self {
        match self {
            Self::Kg => Self::Pound,
            Self::G | Self::Pound => Self::Kg,
        }
    }
}

impl Typable for CountUnit {
    fn spellings(self) -> &'static [&'static str] {
        match self {
            // `G/L` with its capital: grams per litre is another laboratory value. `E9` and `e9` are the same power.
            Self::GigaPerLitre => {
                &["10^9/l", "x10^9/l", "10e9/l", "x10e9/l", "10^9l^-1", "G/L", "G/l", "Gpt/L", "Gpt/l", "giga/l", "/nl"]
            }
            Self::ThousandPerMicrolitre => &[
                "10^3/ul",
                "x10^3/ul",
                "10^3/mcl",
                "x10^3/mcl",
                "10e3/ul",
                "x10e3/ul",
                "10^3/mm^3",
                "x10^3/mm^3",
                "10^3/mm3",
                "x10^3/mm3",
                "k/ul",
                "k/mcl",
                "k/mm^3",
                "k/mm3",
                "tsd/ul",
                "tsd./ul",
            ],
            Self::PerMicrolitre => &["/ul", "/mcl", "cells/ul", "cells/mcl", "zellen/ul"],
            Self::PerCubicMillimetre => &["/mm^3", "/mm3", "/cmm", "/cumm", "cells/mm^3", "cells/mm3", "cells/cumm"],
        }
    }
    fn size(self) -> Decimal {
        match self {
            Self::GigaPerLitre | Self::ThousandPerMicrolitre => Decimal::ONE,
            Self::PerMicrolitre | Self::PerCubicMillimetre => labels::THOUSANDTH,
        }
    }
    fn counterpart(self) -> Self {
        match self {
            Self::GigaPerLitre | Self::ThousandPerMicrolitre => Self::PerCubicMillimetre,
            Self::PerMicrolitre | Self::PerCubicMillimetre => Self::GigaPerLitre,
        }
    }
    fn is_single(self) -> bool {
        matches!(self, Self::PerMicrolitre | Self::PerCubicMillimetre)
    }
}

impl Typable for BilirubinUnit {
    fn spellings(self) -> &'static [&'static str] {
        match self {
            Self::MgPerDl => &["mg/dl", "mgdl^-1", "mg%"],
            Self::UmolPerL => &["umol/l", "mcmol/l", "micromol/l"],
        }
    }
    /// In µmol/L, as laboratories round it.
    fn size(self) -> Decimal {
        match self {
            Self::MgPerDl => UMOL_PER_MG_DL,
            Self::UmolPerL => Decimal::ONE,
        }
    }
    const EXACT: bool = false;
    fn counterpart(self) -> Self {
        match self {
            Self::MgPerDl => Self::UmolPerL,
            Self::UmolPerL => Self::MgPerDl,
        }
    }
}

impl Typable for ActivityUnit {
    fn spellings(self) -> &'static [&'static str] {
        &["u/l", "iu/l", "ui/l", "e/l"]
    }
    fn size(self) -> Decimal {
        Decimal::ONE
    }
    fn counterpart(self) -> Self {
        self
    }
}

impl Typable for TimeUnit {
    fn spellings(self) -> &'static [&'static str] {
        &["ms", "ms.", "msec", "msecs", "millisecond", "milliseconds"]
    }
    fn size(self) -> Decimal {
        Decimal::ONE
    }
    fn counterpart(self) -> Self {
        self
    }
}

macro_rules! single_units {
    ($($(#[$doc:meta])* $set:ident::$unit:ident = $ucum:literal, $label:literal, $spellings:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $set {
            $(#[$doc])*
            $unit,
        }

        impl Unit for $set {
            const ALL: &'static [Self] = &[Self::$unit];
            fn ucum(self) -> &'static str { $ucum }
            fn label(self) -> &'static str { $label }
        }

        impl Typable for $set {
            fn spellings(self) -> &'static [&'static str] { &$spellings }
            fn size(self) -> Decimal { Decimal::ONE }
            fn counterpart(self) -> Self { self }
        }
    )+};
}

// What the contract gives as a bare number still has a unit on the page.
single_units! {
    /// A share of a hundred: blasts, CD22.
    ShareUnit::Percent = "%", "%", ["%", "percent", "per cent"];
    /// A volume in mL.
    VolumeUnit::Ml = "mL", "mL", ["ml", "ml.", "cc", "㎖"];
    /// Completed years.
    AgeUnit::Year = "a", "years", ["y", "yr", "yrs", "year", "years", "a"];
    /// Days.
    DayUnit::Day = "d", "days", ["d", "day", "days"];
    /// A bare number.
    BareUnit::One = "1", "", [];
}

/// What a field of unit `U` takes. Limits are in the first unit of `U`.
#[derive(Debug)]
pub struct Field<U> {
    lowest: Lowest,
    highest: Option<Decimal>,
    usual: Option<(Decimal, Decimal)>,
    whole: bool,
    unit: PhantomData<fn() -> U>,
}

impl<U> Field<U> {
    const fn new(lowest: Lowest, highest: Option<Decimal>, usual: Option<(Decimal, Decimal)>) -> Self {
        Self { lowest, highest, usual, whole: false, unit: PhantomData }
    }

    const fn whole(lowest: Decimal, highest: Option<Decimal>) -> Self {
        Self { lowest: Lowest::From(lowest), highest, usual: None, whole: true, unit: PhantomData }
    }
}

impl<U: Typable> Field<U> {
    /// The field as number entry sees it, set to this unit.
    #[must_use]
    pub fn spec(&self, unit: U) -> FieldSpec {
        FieldSpec {
            units: U::ALL.iter().map(|unit| unit.facts()).collect(),
            unit: unit.facts(),
            lowest: self.lowest,
            highest: self.highest,
            usual: self.usual,
            whole: self.whole,
        }
    }
}

const FROM_ZERO: Lowest = Lowest::From(Decimal::ZERO);
const ABOVE_ZERO: Lowest = Lowest::Above(Decimal::ZERO);

// The usual ranges are ours: wide enough for every patient seen, narrow enough to catch a wrong unit. No rule rests on
// them, and a number outside is asked, never refused.

/// Body height.
pub const HEIGHT: Field<HeightUnit> = Field::new(Lowest::From(limits::HEIGHT.0.0), Some(limits::HEIGHT.1.0), None);
/// Body weight.
pub const WEIGHT: Field<WeightUnit> = Field::new(Lowest::From(limits::WEIGHT.0.0), Some(limits::WEIGHT.1.0), None);
/// Age, where no date of birth is given.
pub const AGE: Field<AgeUnit> =
    Field::whole(Decimal::ZERO, Some(Decimal::from_parts(limits::AGE_YEARS, 0, 0, false, 0)));
/// White cells.
pub const WBC: Field<CountUnit> = Field::new(FROM_ZERO, None, Some((dec!(0.1), dec!(1000))));
/// Blasts in blood, absolute.
pub const BLASTS: Field<CountUnit> = Field::new(FROM_ZERO, None, Some((dec!(0.1), dec!(1000))));
/// Neutrophils.
pub const ANC: Field<CountUnit> = Field::new(FROM_ZERO, None, Some((dec!(0.01), dec!(50))));
/// Platelets.
pub const PLATELETS: Field<CountUnit> = Field::new(FROM_ZERO, None, Some((dec!(1), dec!(1500))));
/// A percentage: blasts in blood or marrow, CD22. Below 1 it may be a fraction: 0.41 meant as 41 %.
pub const PERCENT: Field<ShareUnit> =
    Field::new(FROM_ZERO, Some(Decimal::ONE_HUNDRED), Some((Decimal::ONE, Decimal::ONE_HUNDRED)));
/// A share, such as MRD.
pub const FRACTION: Field<BareUnit> = Field::new(FROM_ZERO, Some(Decimal::ONE), None);
/// Total bilirubin.
pub const BILIRUBIN: Field<BilirubinUnit> = Field::new(FROM_ZERO, None, Some((dec!(0.1), dec!(20))));
/// Its upper limit of normal.
pub const BILIRUBIN_ULN: Field<BilirubinUnit> = Field::new(ABOVE_ZERO, None, Some((dec!(0.5), dec!(3))));
/// AST or ALT.
pub const AMINOTRANSFERASE: Field<ActivityUnit> = Field::new(FROM_ZERO, None, Some((dec!(1), dec!(20000))));
/// Its upper limit of normal.
pub const AMINOTRANSFERASE_ULN: Field<ActivityUnit> = Field::new(ABOVE_ZERO, None, Some((dec!(10), dec!(150))));
/// QT interval, corrected by Fridericia.
pub const QTCF: Field<TimeUnit> = Field::new(FROM_ZERO, None, Some((dec!(200), dec!(800))));
/// Total volume of a preparation.
pub const TOTAL_VOLUME: Field<VolumeUnit> = Field::new(ABOVE_ZERO, None, None);
/// Days of an interruption.
pub const DAYS: Field<DayUnit> = Field::whole(Decimal::ZERO, None);
/// A count of things: kinase inhibitors that failed.
pub const WHOLE: Field<BareUnit> = Field::whole(Decimal::ZERO, None);
/// The number of a cycle.
pub const CYCLE: Field<BareUnit> = Field::whole(Decimal::ONE, None);
/// A CTCAE grade.
pub const GRADE: Field<BareUnit> = Field::whole(Decimal::ZERO, Some(dec!(5)));

/// A value in another unit, for the line beside the field. Never computed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Converted<U> {
    /// The number as shown, rounded half away from zero to two decimals unless four show it exactly.
    pub value: Decimal,
    /// Its unit.
    pub unit: U,
    /// How far to trust it.
    pub closeness: Closeness,
}

/// How a converted value stands to the typed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closeness {
    /// The same quantity.
    Exact,
    /// Rounded, or by an approximate factor.
    About,
    /// Too small for the decimals shown: [`Converted::value`] is the smallest step, and the quantity is below it.
    Below,
}

impl<U: Unit + Typable> fmt::Display for Converted<U> {
    /// `= 170 cm`, `≈ 69.85 kg`, `below 0.01 mg/dL`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.closeness {
            Closeness::Exact => "=",
            Closeness::About => "≈",
            Closeness::Below => "below",
        };
        write!(f, "{sign} {}", number::quantity(self.value, self.unit.facts()))
    }
}

/// The value in another unit, as shown. `None` if it does not fit, which no value that entry understands does.
///
/// ```
/// use inotuzumab::engine::units::HeightUnit::{Cm, Inch};
/// use inotuzumab::walk::quantity::convert;
///
/// assert_eq!(convert(67.into(), Inch, Cm).unwrap().to_string(), "= 170.18\u{a0}cm");
/// assert_eq!(convert(170.into(), Cm, Inch).unwrap().to_string(), "≈ 66.93\u{a0}in");
/// ```
#[must_use]
pub fn convert<U: Typable>(value: Decimal, from: U, to: U) -> Option<Converted<U>> {
    let size = value.checked_mul(from.size())?;
    let full = size.checked_div(to.size())?;
    let round = |decimals| full.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero).normalize();
    let long = round(EXACT_DECIMALS);
    if from == to || value.is_zero() {
        return Some(Converted { value, unit: to, closeness: Closeness::Exact });
    }
    // A quotient may be cut by the decimal type; the product back is not.
    if U::EXACT && long.checked_mul(to.size()) == Some(size) {
        return Some(Converted { value: long, unit: to, closeness: Closeness::Exact });
    }
    let short = round(SHOWN_DECIMALS);
    if short.is_zero() {
        return Some(Converted { value: Decimal::new(1, SHOWN_DECIMALS), unit: to, closeness: Closeness::Below });
    }
    Some(Converted { value: short, unit: to, closeness: Closeness::About })
}

/// What a user typed into one field, and the unit the field is set to.
///
/// The text is theirs. Switching the unit reads the same text in the new unit; only typing changes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed<U> {
    text: String,
    unit: U,
    answer: Option<Decimal>,
}

impl<U: Typable> Typed<U> {
    /// An empty field set to this unit.
    #[must_use]
    pub fn new(unit: U) -> Self {
        Self { text: String::new(), unit, answer: None }
    }

    /// The text exactly as typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The unit the field is set to.
    #[must_use]
    pub fn unit(&self) -> U {
        self.unit
    }

    /// The reading that the user chose for this text in this unit, if they were asked.
    #[must_use]
    pub fn answer(&self) -> Option<Decimal> {
        self.answer
    }

    /// The field now holds this text. An answer given for another text is forgotten.
    pub fn type_text(&mut self, text: String) {
        if text != self.text {
            self.text = text;
            self.answer = None;
        }
    }

    /// Sets the field to another unit. The text stays; an answer given in the other unit is forgotten.
    pub fn switch(&mut self, unit: U) {
        if unit != self.unit {
            self.unit = unit;
            self.answer = None;
        }
    }

    /// The user chose this reading. It counts only while the text still offers it.
    pub fn choose(&mut self, reading: Decimal) {
        self.answer = Some(reading);
    }

    /// What the text means in the unit the field is set to.
    #[must_use]
    pub fn read(&self, field: &Field<U>) -> Entry {
        let spec = field.spec(self.unit);
        match self.answer {
            Some(answer) => number::read_answered(&self.text, &spec, answer),
            None => number::read(&self.text, &spec),
        }
    }

    /// The unit that a question proposes to switch to: the one typed behind the number, or the one that would explain it.
    #[must_use]
    pub fn proposed_unit(&self, field: &Field<U>) -> Option<U> {
        let Entry::Question(question) = self.read(field) else {
            return None;
        };
        let proposed = match question.kind {
            QuestionKind::OtherUnit { .. } => question.unit,
            QuestionKind::Unusual { other } => other?,
            _ => return None,
        };
        U::from_ucum(proposed.ucum)
    }

    /// The understood value in the counterpart unit, for the line beside the field.
    #[must_use]
    pub fn in_sight(&self, field: &Field<U>) -> Option<Converted<U>> {
        let to = self.unit.counterpart();
        if to == self.unit {
            return None;
        }
        convert(self.read(field).value()?, self.unit, to)
    }
}
