//! From JSON to the types of [`super::case`], collecting faults by rank instead of stopping at the first.
//!
//! The structs of the case are declared once, with the macros below; their members' names in Rust are their names in JSON.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::calendar::{Date, Moment};
use super::error::{CaseError, Fault};
use super::json::Node;
use super::shape::{Describe, Shape, named};
use super::units::{Given, Unit, exact_number};

/// Where in the document the reader is; written out only when something is wrong there.
#[derive(Clone, Copy)]
pub(crate) enum Path<'p> {
    Root,
    Member(&'p Path<'p>, &'p str),
    Item(&'p Path<'p>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Member(Self::Root, name) => f.write_str(name),
            Self::Member(parent, name) => write!(f, "{parent}.{name}"),
            Self::Item(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

/// The worst fault so far; the first of its rank wins.
#[derive(Default)]
pub(crate) struct Faults(Option<CaseError>);

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault, at: &Path, message: impl Into<String>) {
        if self.0.as_ref().is_none_or(|known| fault < known.fault) {
            self.0 = Some(CaseError { fault, path: at.to_string(), message: message.into() });
        }
    }

    pub(crate) fn into_result(self) -> Result<(), CaseError> {
        self.0.map_or(Ok(()), Err)
    }
}

/// A type that can be read from one JSON value. `None` means that a fault was added.
pub(crate) trait Read: Sized {
    fn read(node: &Node, at: &Path, faults: &mut Faults) -> Option<Self>;
}

/// The members of one object, each asked for by name; what nobody asked for is unknown.
pub(crate) struct Members<'n> {
    members: &'n [(std::borrow::Cow<'n, str>, Node<'n>)],
    /// One bit a member. Behind the 128th none is marked: no object of the contract is that long, so one before it is
    /// unknown and is what gets reported.
    asked: u128,
}

impl<'n> Members<'n> {
    /// The member's value; `None` when it is absent or `null`.
    pub(crate) fn take(&mut self, name: &str) -> Option<&'n Node<'n>> {
        let index = self.members.iter().position(|(known, _)| known == name)?;
        self.asked |= bit(index);
        self.members.get(index).map(|(_, node)| node).filter(|node| **node != Node::Null)
    }

    pub(crate) fn optional<T: Read>(&mut self, name: &str, at: &Path, faults: &mut Faults) -> Option<T> {
        T::read(self.take(name)?, &Path::Member(at, name), faults)
    }

    pub(crate) fn required<T: Read>(&mut self, name: &str, at: &Path, faults: &mut Faults) -> Option<T> {
        let path = Path::Member(at, name);
        let Some(node) = self.take(name) else {
            faults.add(Fault::WrongType, &path, "is required");
            return None;
        };
        T::read(node, &path, faults)
    }
}

/// Reads an object with `body`, then reports the members that `body` did not ask for.
pub(crate) fn object<T>(
    node: &Node,
    at: &Path,
    faults: &mut Faults,
    body: impl FnOnce(&mut Members, &mut Faults) -> Option<T>,
) -> Option<T> {
    let Node::Object(list) = node else {
        faults.add(Fault::WrongType, at, "must be an object");
        return None;
    };
    let mut members = Members { members: list, asked: 0 };
    let value = body(&mut members, faults);
    if let Some((_, (name, _))) = list.iter().enumerate().find(|(index, _)| members.asked & bit(*index) == 0) {
        faults.add(Fault::UnknownField, &Path::Member(at, name), "is not a field of the contract");
    }
    value
}

/// The bit of a member, if it has one.
fn bit(index: usize) -> u128 {
    u32::try_from(index).ok().and_then(|index| 1_u128.checked_shl(index)).unwrap_or(0)
}

pub(crate) fn text<'n>(node: &'n Node, at: &Path, faults: &mut Faults) -> Option<&'n str> {
    if let Node::Text(text) = node {
        return Some(text);
    }
    faults.add(Fault::WrongType, at, "must be a text");
    None
}

/// Reads a text with `parse`; what it refuses is out of range.
pub(crate) fn parsed<T>(
    node: &Node,
    at: &Path,
    faults: &mut Faults,
    accepted: &str,
    parse: fn(&str) -> Option<T>,
) -> Option<T> {
    let text = text(node, at, faults)?;
    let value = parse(text);
    if value.is_none() {
        faults.add(Fault::OutOfRange, at, format!("{text:?} is not {accepted}"));
    }
    value
}

impl Read for bool {
    fn read(node: &Node, at: &Path, faults: &mut Faults) -> Option<Self> {
        if let Node::Bool(value) = node {
            return Some(*value);
        }
        faults.add(Fault::WrongType, at, "must be true or false");
        None
    }
}

impl Read for Date {
    fn read(node: &Node, at: &Path, faults: &mut Faults) -> Option<Self> {
        parsed(node, at, faults, "a date YYYY-MM-DD between 1900 and 2199", Date::read)
    }
}

impl Read for Moment {
    fn read(node: &Node, at: &Path, faults: &mut Faults) -> Option<Self> {
        parsed(node, at, faults, "a time YYYY-MM-DDThh:mm, with or without an offset", Moment::read)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(node: &Node, at: &Path, faults: &mut Faults) -> Option<Self> {
        let Node::Array(items) = node else {
            faults.add(Fault::WrongType, at, "must be an array");
            return None;
        };
        // Every item is read, also behind a bad one: a worse fault may follow.
        let read: Vec<Option<T>> =
            items.iter().enumerate().map(|(index, item)| T::read(item, &Path::Item(at, index), faults)).collect();
        read.into_iter().collect()
    }
}

/// A JSON number: at most 15 significant digits, below 10^10, and not below 10^-9 unless zero.
impl Read for Decimal {
    fn read(node: &Node, at: &Path, faults: &mut Faults) -> Option<Self> {
        let Node::Number(text) = node else {
            faults.add(Fault::WrongType, at, "must be a number");
            return None;
        };
        decimal(text).map_err(|why| faults.add(Fault::OutOfRange, at, format!("{text} {why}"))).ok()
    }
}

/// The number that the text writes, exactly.
fn decimal(text: &str) -> Result<Decimal, &'static str> {
    let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (digits, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let (mut mantissa, mut significant, mut zeros) = (0_u64, 0_u32, 0_u32);
    for digit in whole.bytes().chain(fraction.bytes()) {
        // Zeros count only when another digit follows, and none in front counts.
        if digit == b'0' {
            zeros = zeros.saturating_add(u32::from(significant > 0));
            continue;
        }
        if !digit.is_ascii_digit() {
            return Err("is not a decimal number");
        }
        significant = significant.saturating_add(zeros).saturating_add(1);
        if significant > 15 {
            return Err(if negative { "is negative" } else { "has more than 15 significant digits" });
        }
        mantissa = mantissa * 10_u64.pow(zeros + 1) + u64::from(digit.wrapping_sub(b'0'));
        zeros = 0;
    }
    if significant == 0 {
        return Ok(Decimal::ZERO);
    }
    if negative {
        return Err("is negative");
    }
    // The exponent of ten behind the last significant digit.
    let last = exponent
        .parse::<i64>()
        .ok()
        .and_then(|ten| ten.checked_sub(i64::try_from(fraction.len()).ok()?)?.checked_add(zeros.into()))
        .ok_or("is too large or too small")?;
    let first = last.saturating_add(significant.into());
    if first > 10 {
        return Err("is 10^10 or more");
    }
    if first < -8 {
        return Err("is below 10^-9");
    }
    let scale = u32::try_from(-last.min(0)).map_err(|_| "is too small")?;
    let shift = u32::try_from(last.max(0)).map_err(|_| "is too large")?;
    Decimal::try_from_i128_with_scale(i128::from(mantissa) * 10_i128.pow(shift), scale).map_err(|_| "is too small")
}

/// A whole number from `MIN` to `MAX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Whole<const MIN: u64, const MAX: u64>(u64);

impl<const MIN: u64, const MAX: u64> Whole<MIN, MAX> {
    /// The number, if it lies within the limits.
    #[must_use]
    pub fn new(value: u64) -> Option<Self> {
        (MIN..=MAX).contains(&value).then_some(Self(value))
    }
    /// The number.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }
}

impl<const MIN: u64, const MAX: u64> Read for Whole<MIN, MAX> {
    fn read(node: &Node, at: &Path, faults: &mut Faults) -> Option<Self> {
        let number = Decimal::read(node, at, faults)?;
        let whole = number.is_integer().then(|| u64::try_from(number).ok()).flatten().and_then(Self::new);
        if whole.is_none() {
            let limits = if MAX == u64::MAX { format!("of {MIN} or more") } else { format!("from {MIN} to {MAX}") };
            faults.add(Fault::OutOfRange, at, format!("{number} is not a whole number {limits}"));
        }
        whole
    }
}

/// Which numbers, of those that can be read at all, are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// Whether zero is refused.
    pub above_zero: bool,
    /// The most that is accepted.
    pub most: Option<Decimal>,
}

impl Range {
    /// Every number that can be read.
    pub const ANY: Self = Self { above_zero: false, most: None };
    const ABOVE_ZERO: Self = Self { above_zero: true, most: None };

    const fn up_to(most: Decimal) -> Self {
        Self { above_zero: false, most: Some(most) }
    }

    fn holds(self, number: Decimal) -> bool {
        (!self.above_zero || number > Decimal::ZERO) && self.most.is_none_or(|most| number <= most)
    }
}

macro_rules! limited {
    ($($(#[doc = $doc:literal])* $name:ident: $accepted:literal, $range:expr;)+) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(Decimal);

        impl $name {
            /// The number, if it lies within the limits.
            #[must_use]
            pub fn new(number: Decimal) -> Option<Self> {
                let range: Range = $range;
                range.holds(number).then_some(Self(number))
            }
            /// The number.
            #[must_use]
            pub fn decimal(self) -> Decimal { self.0 }
        }

        impl Read for $name {
            fn read(node: &Node, at: &Path, faults: &mut Faults) -> Option<Self> {
                let number = Decimal::read(node, at, faults)?;
                let value = Self::new(number);
                if value.is_none() {
                    faults.add(Fault::OutOfRange, at, format!("{number} is not {}", $accepted));
                }
                value
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                exact_number(self.0, serializer)
            }
        }

        impl Describe for $name {
            fn describe() -> Shape {
                named(stringify!($name), concat!($($doc),*), Shape::Number($range))
            }
        }
    )+};
}

limited! {
    /// A percentage, 0–100.
    Percent: "a percentage from 0 to 100", Range::up_to(Decimal::ONE_HUNDRED);
    /// A share, 0–1.
    Fraction: "a fraction from 0 to 1", Range::up_to(Decimal::ONE);
    /// A number above zero.
    Positive: "above 0", Range::ABOVE_ZERO;
}

/// What a quantity may be, judged after conversion.
pub(crate) trait Limits: Unit {
    /// What is wrong with `value`, or nothing.
    fn fault(_value: Given<Self>) -> Option<String> {
        None
    }
}

impl<U: Unit> Read for UnitOf<U> {
    fn read(node: &Node, at: &Path, faults: &mut Faults) -> Option<Self> {
        let code = text(node, at, faults)?;
        let unit = U::from_ucum(code);
        if unit.is_none() {
            faults.add(Fault::UnknownUnit, at, format!("{code:?} is not one of {}", accepted_units::<U>()));
        }
        unit.map(Self)
    }
}

/// A unit read from its UCUM code.
pub(crate) struct UnitOf<U>(pub(crate) U);

impl<U: Unit> UnitOf<U> {
    /// The `unit` member of a quantity; its absence is an unknown unit, too.
    pub(crate) fn of(members: &mut Members, at: &Path, faults: &mut Faults) -> Option<U> {
        let path = Path::Member(at, "unit");
        let Some(node) = members.take("unit") else {
            faults.add(Fault::UnknownUnit, &path, format!("a unit is required: {}", accepted_units::<U>()));
            return None;
        };
        Self::read(node, &path, faults).map(|unit| unit.0)
    }
}

fn accepted_units<U: Unit>() -> String {
    U::ALL.iter().map(|unit| unit.ucum()).collect::<Vec<_>>().join(", ")
}

impl<U: Limits> Read for Given<U> {
    fn read(node: &Node, at: &Path, faults: &mut Faults) -> Option<Self> {
        let given = object(node, at, faults, |members, faults| {
            let value = members.required("value", at, faults);
            let unit = UnitOf::of(members, at, faults);
            Some(Given { value: value?, unit: unit? })
        })?;
        if let Some(fault) = U::fault(given) {
            faults.add(Fault::OutOfRange, &Path::Member(at, "value"), fault);
            return None;
        }
        Some(given)
    }
}

impl<U: Unit> Serialize for Given<U> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("value", &Exact(self.value))?;
        map.serialize_entry("unit", self.unit.ucum())?;
        map.end()
    }
}

/// A decimal written as an exact JSON number.
pub(crate) struct Exact(pub(crate) Decimal);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        exact_number(self.0, serializer)
    }
}

/// Declares an enum whose variants are the contract's words.
macro_rules! words {
    ($($(#[doc = $doc:literal])* $name:ident {
        $($(#[doc = $variant_doc:literal])* $variant:ident = $word:literal,)+
    })+) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $variant_doc])* $variant,)+ }

        impl $name {
            /// Every value, in the contract's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// The contract's word.
            #[must_use]
            pub fn word(self) -> &'static str { match self { $(Self::$variant => $word,)+ } }
            /// The value with this word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl $crate::engine::reading::Read for $name {
            fn read(
                node: &$crate::engine::json::Node,
                at: &$crate::engine::reading::Path,
                faults: &mut $crate::engine::reading::Faults,
            ) -> Option<Self> {
                $crate::engine::reading::word(node, at, faults, &[$($word,)+], Self::from_word)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl $crate::engine::shape::Describe for $name {
            fn describe() -> $crate::engine::shape::Shape {
                let words = vec![$($crate::engine::shape::Word { text: $word, doc: concat!($($variant_doc),*) }),+];
                let shape = $crate::engine::shape::Shape::Words(words);
                $crate::engine::shape::named(stringify!($name), concat!($($doc),*), shape)
            }
        }
    )+};
}
pub(crate) use words;

pub(crate) fn word<T>(
    node: &Node,
    at: &Path,
    faults: &mut Faults,
    accepted: &[&str],
    parse: fn(&str) -> Option<T>,
) -> Option<T> {
    let given = text(node, at, faults)?;
    let value = parse(given);
    if value.is_none() {
        faults.add(Fault::OutOfRange, at, format!("{given:?} is not one of {}", accepted.join(", ")));
    }
    value
}

/// Declares a struct of the case. A member is `need` (its absence is a fault), `may` (an `Option`), `group` (its absence is
/// an empty one) or `list` (its absence is an empty one).
macro_rules! records {
    ($($(#[doc = $doc:literal])* $name:ident $([$derive:ident])? {
        $($(#[doc = $member_doc:literal])* $kind:ident $member:ident: $type:ty,)+
    })+) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq $(, $derive)?)]
        pub struct $name { $($(#[doc = $member_doc])* pub $member: $crate::engine::reading::member!(@type $kind $type),)+ }

        impl $crate::engine::reading::Read for $name {
            fn read(
                node: &$crate::engine::json::Node,
                at: &$crate::engine::reading::Path,
                faults: &mut $crate::engine::reading::Faults,
            ) -> Option<Self> {
                $crate::engine::reading::object(node, at, faults, |members, faults| {
                    $(let $member = $crate::engine::reading::member!(@read $kind members, stringify!($member), at, faults);)+
                    Some(Self { $($member: $crate::engine::reading::member!(@value $kind $member),)+ })
                })
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use ::serde::ser::SerializeMap;
                let mut map = serializer.serialize_map(None)?;
                $($crate::engine::reading::member!(@write $kind map, stringify!($member), &self.$member);)+
                map.end()
            }
        }

        impl $crate::engine::shape::Describe for $name {
            fn describe() -> $crate::engine::shape::Shape {
                $crate::engine::shape::object(stringify!($name), concat!($($doc),*), vec![
                    $($crate::engine::shape::read::$kind::<$type>(stringify!($member), concat!($($member_doc),*)),)+
                ])
            }
        }
    )+};
}
pub(crate) use records;

/// What the kinds of `records!` mean for a member's type, reading and writing.
macro_rules! member {
    (@type need $type:ty) => { $type };
    (@type may $type:ty) => { Option<$type> };
    (@type group $type:ty) => { $type };
    (@type list $type:ty) => { Vec<$type> };
    (@read need $members:expr, $name:expr, $at:expr, $faults:expr) => { $members.required($name, $at, $faults) };
    (@read may $members:expr, $name:expr, $at:expr, $faults:expr) => { $members.optional($name, $at, $faults) };
    (@read group $members:expr, $name:expr, $at:expr, $faults:expr) => { $members.optional($name, $at, $faults).unwrap_or_default() };
    (@read list $members:expr, $name:expr, $at:expr, $faults:expr) => { $members.optional($name, $at, $faults).unwrap_or_default() };
    (@value need $value:ident) => { $value? };
    (@value $kind:ident $value:ident) => { $value };
    (@write need $map:ident, $name:expr, $value:expr) => { $map.serialize_entry($name, $value)? };
    (@write may $map:ident, $name:expr, $value:expr) => {
        if let Some(value) = $value { $map.serialize_entry($name, value)? }
    };
    (@write group $map:ident, $name:expr, $value:expr) => {
        if *$value != Default::default() { $map.serialize_entry($name, $value)? }
    };
    (@write list $map:ident, $name:expr, $value:expr) => {
        if !$value.is_empty() { $map.serialize_entry($name, $value)? }
    };
}
pub(crate) use member;
