//! Units as types: what is read (`Height`, `Count` …, in the unit it came in) and what is computed with (`Centimetres`,
//! `Milligrams` …, one fixed unit each). Only the products and quotients that mean something exist.

use std::fmt;
use std::ops::{Add, Div, Mul, Sub};

use rust_decimal::{Decimal, RoundingStrategy};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::json::NUMBER_TEXT;
use super::labels;
use super::shape::{Describe, Shape, Word, named};
use super::text::plain;

/// A closed set of units in which one kind of quantity may be given.
pub trait Unit: Copy + Eq + fmt::Debug + 'static {
    /// Every unit of the set, the usual one first.
    const ALL: &'static [Self];
    /// UCUM code, as it stands in the contract: `[in_i]`, `10*9/L`.
    fn ucum(self) -> &'static str;
    /// The same for people: `in`, `10⁹/L`.
    fn label(self) -> &'static str;
    /// The unit with this UCUM code.
    fn from_ucum(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|unit| unit.ucum() == code)
    }
}

macro_rules! units {
    ($($(#[doc = $doc:literal])* $set:ident {
        $($(#[doc = $unit_doc:literal])* $unit:ident = $ucum:literal, $label:literal;)+
    })+) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $set { $($(#[doc = $unit_doc])* $unit,)+ }

        impl Unit for $set {
            const ALL: &'static [Self] = &[$(Self::$unit,)+];
            fn ucum(self) -> &'static str { match self { $(Self::$unit => $ucum,)+ } }
            fn label(self) -> &'static str { match self { $(Self::$unit => $label,)+ } }
        }

        impl Describe for $set {
            fn describe() -> Shape {
                let words = vec![$(Word { text: $ucum, doc: concat!($($unit_doc),*) }),+];
                named(stringify!($set), concat!($($doc),*), Shape::Words(words))
            }
        }
    )+};
}

units! {
    /// Units of body height.
    HeightUnit {
        /// Centimeter.
        Cm = "cm", "cm";
        /// Meter.
        M = "m", "m";
        /// International inch, 2.54 cm exactly.
        Inch = "[in_i]", "in";
    }
    /// Units of body weight.
    WeightUnit {
        /// Kilogram.
        Kg = "kg", "kg";
        /// Gram.
        G = "g", "g";
        /// Avoirdupois pound, 0.45359237 kg exactly.
        Pound = "[lb_av]", "lb";
    }
    /// Units of a blood count.
    CountUnit {
        /// 10⁹ per liter.
        GigaPerLitre = "10*9/L", "10⁹/L";
        /// Thousand per microliter, the same number as 10⁹ per liter.
        ThousandPerMicrolitre = "10*3/uL", "10³/µL";
        /// Per microliter.
        PerMicrolitre = "/uL", "/µL";
        /// Per cubic millimeter, the same number as per microliter.
        PerCubicMillimetre = "/mm3", "/mm³";
    }
    /// Units of bilirubin; a value and its upper limit of normal share one, so nothing is ever converted.
    BilirubinUnit {
        /// Milligram per deciliter.
        MgPerDl = "mg/dL", "mg/dL";
        /// Micromole per liter.
        UmolPerL = "umol/L", "µmol/L";
    }
    /// The unit of AST and ALT.
    ActivityUnit {
        /// International unit per liter.
        UPerL = "U/L", "U/L";
    }
    /// The unit of QTcF.
    TimeUnit {
        /// Millisecond.
        Ms = "ms", "ms";
    }
}

/// A value as it was given, in the unit it was given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given<U> {
    /// The number as written, at most 15 significant digits, never negative.
    pub value: Decimal,
    /// Its unit.
    pub unit: U,
}

/// Body height, 45–230 cm.
pub type Height = Given<HeightUnit>;
/// Body weight, 3–300 kg.
pub type Weight = Given<WeightUnit>;
/// A blood count.
pub type Count = Given<CountUnit>;
/// A corrected QT interval.
pub type Qtcf = Given<TimeUnit>;

impl Height {
    /// The height in centimeters, exactly.
    #[must_use]
    pub fn centimetres(self) -> Centimetres {
        Centimetres(match self.unit {
            HeightUnit::Cm => self.value,
            HeightUnit::M => self.value * Decimal::ONE_HUNDRED,
            HeightUnit::Inch => self.value * labels::CM_PER_INCH,
        })
    }
}

impl Weight {
    /// The weight in kilograms, exactly.
    #[must_use]
    pub fn kilograms(self) -> Kilograms {
        Kilograms(match self.unit {
            WeightUnit::Kg => self.value,
            WeightUnit::G => self.value * labels::THOUSANDTH,
            WeightUnit::Pound => self.value * labels::KG_PER_POUND,
        })
    }
}

impl Count {
    /// The count in 10⁹/L, exactly.
    #[must_use]
    pub fn giga_per_litre(self) -> GigaPerLitre {
        GigaPerLitre(match self.unit {
            CountUnit::GigaPerLitre | CountUnit::ThousandPerMicrolitre => self.value,
            CountUnit::PerMicrolitre | CountUnit::PerCubicMillimetre => self.value * labels::THOUSANDTH,
        })
    }
}

impl Qtcf {
    /// The interval in milliseconds.
    #[must_use]
    pub fn milliseconds(self) -> Milliseconds {
        match self.unit {
            TimeUnit::Ms => Milliseconds(self.value),
        }
    }
}

/// A number with one fixed unit.
pub trait Quantity: Copy {
    /// The unit as ISMP prints it.
    const UNIT: &'static str;
    /// The bare number.
    fn decimal(self) -> Decimal;
    /// The quantity with this number.
    fn of(number: Decimal) -> Self;
}

macro_rules! quantities {
    ($shape:expr => $($(#[doc = $doc:literal])* $name:ident, $unit:literal;)+) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(pub(crate) Decimal);

        impl Quantity for $name {
            const UNIT: &'static str = $unit;
            fn decimal(self) -> Decimal { self.0 }
            fn of(number: Decimal) -> Self { Self(number) }
        }

        impl fmt::Display for $name {
            /// Exact value, a space, the unit: `1.456 mg`.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&plain(self.0))?;
                f.write_str(if $unit.is_empty() { "" } else { " " })?;
                f.write_str($unit)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                exact_number(self.0, serializer)
            }
        }

        impl Describe for $name {
            fn describe() -> Shape {
                named(stringify!($name), concat!($($doc),*), $shape)
            }
        }
    )+};
}

quantities! { Shape::Exact =>
    /// Height in cm.
    Centimetres, "cm";
    /// Weight in kg.
    Kilograms, "kg";
    /// Body surface area in m², rounded to 2 decimals where it is made.
    SquareMetres, "m2";
    /// A dose in mg.
    Milligrams, "mg";
    /// A dose level in mg/m².
    MgPerM2, "mg/m2";
    /// A volume in mL.
    Millilitres, "mL";
    /// A concentration in mg/mL.
    MgPerMl, "mg/mL";
    /// An infusion rate in mL/h.
    MlPerHour, "mL/h";
    /// Vials, whole.
    Vials, "vials";
    /// A blood count in 10⁹/L.
    GigaPerLitre, "x10^9/L";
    /// A share of a dose level, such as 0.75.
    Factor, "";
    /// An interval in ms.
    Milliseconds, "ms";
    /// An infusion's length in h.
    Hours, "h";
}

quantities! { Shape::Signed =>
    /// How much more than another a dose is, in mg; below zero when it is less.
    MgChange, "mg";
    /// The same in per cent of the other, to 2 decimals.
    PercentChange, "%";
}

macro_rules! operators {
    ($($left:ident $op:tt $right:ident = $out:ident, $trait:ident::$method:ident;)+) => {$(
        impl $trait<$right> for $left {
            type Output = $out;
            fn $method(self, right: $right) -> $out { $out(self.0 $op right.0) }
        }
    )+};
}

operators! {
    MgPerM2 * SquareMetres = Milligrams, Mul::mul;
    MgPerM2 * Factor = MgPerM2, Mul::mul;
    Vials * Milligrams = Milligrams, Mul::mul;
    Vials * Millilitres = Millilitres, Mul::mul;
    SquareMetres * Factor = SquareMetres, Mul::mul;
    MgPerMl * Millilitres = Milligrams, Mul::mul;
    Milligrams / MgPerMl = Millilitres, Div::div;
    Millilitres / Hours = MlPerHour, Div::div;
    Millilitres - Millilitres = Millilitres, Sub::sub;
    Milligrams - Milligrams = Milligrams, Sub::sub;
    Milligrams + Milligrams = Milligrams, Add::add;
    MgPerM2 + MgPerM2 = MgPerM2, Add::add;
    SquareMetres - SquareMetres = SquareMetres, Sub::sub;
    Milliseconds - Milliseconds = Milliseconds, Sub::sub;
}

impl Vials {
    /// The whole vials that hold `withdraw`, each giving `per_vial`: rounded up, never to nearest.
    #[must_use]
    pub fn to_cover(withdraw: Millilitres, per_vial: Millilitres) -> Self {
        Self((withdraw.0 / per_vial.0).ceil())
    }
}

impl MgPerMl {
    /// `mg / total`, rounded half-up to 12 decimals because the quotient need not end. For display and output only:
    /// limits are compared by [`MgPerMl::mul`] with the volume, exactly.
    #[must_use]
    pub fn diluted(dose: Milligrams, total: Millilitres) -> Self {
        Self((dose.0 / total.0).round_dp_with_strategy(12, RoundingStrategy::MidpointAwayFromZero))
    }
}

/// Writes the exact decimal as a JSON number, without trailing zeros.
///
/// # Errors
/// Only those of the serializer.
pub fn exact_number<S: Serializer>(number: Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    // What `serde_json::Number` does under `arbitrary_precision`, without a text of its own.
    let mut out = serializer.serialize_struct(NUMBER_TEXT, 1)?;
    out.serialize_field(NUMBER_TEXT, plain(number).as_str())?;
    out.end()
}
