//! What the contract's types look like from outside: the one description from which the JSON Schemas and the TypeScript
//! declarations are made. The macros that declare a type describe it, too, so that the two cannot drift apart.
//!
//! Nothing that assesses asks for a description.

use rust_decimal::{Decimal, RoundingStrategy};

use super::assessment::{
    Assessment, Bsa, Counselling, Decision, Dose, Finding, MonitoringItem, Prepared, ResponseInForce, Schedule,
};
use super::calendar::{Date, Moment};
use super::case::{BsaFormula, CycleLength, Day, Graduation, LiverTest, Profile, Schema};
use super::derivation::Derivation;
use super::error::{CaseError, Fault};
use super::labels::limits;
use super::reading::{Positive, Range, Whole};
use super::rule::{Basis, Confidence, Severity, Source};
use super::units::{
    ActivityUnit, BilirubinUnit, Count, CountUnit, Given, Height, HeightUnit, Qtcf, Quantity, SquareMetres, TimeUnit,
    Unit, Weight, WeightUnit,
};

/// A type of the contract.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A type with a name of its own.
    Named {
        /// The name.
        name: &'static str,
        /// What it is.
        doc: &'static str,
        /// What it looks like.
        shape: Box<Shape>,
    },
    /// An object with these members and no others.
    Object(Object),
    /// One of several texts.
    Words(Vec<Word>),
    /// One of several whole numbers.
    Numbers(Vec<Decimal>),
    /// The contract's version.
    Version,
    /// A number as a case may give it.
    Number(Range),
    /// A whole number from, to; to the largest that a case may give when it is `u64::MAX`.
    Whole(u64, u64),
    /// A number as the engine writes it: exact.
    Exact,
    /// The same, which may lie below zero.
    Signed,
    /// A calendar day.
    Date,
    /// A time of day.
    Moment,
    /// True or false.
    Bool,
    /// A text.
    Text,
    /// Any number of these.
    List(Box<Shape>),
    /// Two of these.
    Pair(Box<Shape>),
    /// This or `null`.
    OrNull(Box<Shape>),
    /// Numbers and texts under names of their own.
    Values,
}

/// An object.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Object {
    /// Its members, in the order of the contract.
    pub members: Vec<Member>,
    /// Members that exclude each other.
    pub either: Vec<(&'static str, &'static str)>,
    /// The limits of `value` in each `unit`.
    pub limits: Vec<UnitLimits>,
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Whether it is always there.
    pub required: bool,
    /// What it looks like.
    pub shape: Shape,
}

/// A word of the contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// The word.
    pub text: &'static str,
    /// What it means.
    pub doc: &'static str,
}

/// The least and the most that a quantity may be in one unit, both accepted.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitLimits {
    /// UCUM code.
    pub unit: &'static str,
    /// The least.
    pub least: Decimal,
    /// The most.
    pub most: Decimal,
}

/// A type that can say what it looks like.
pub trait Describe {
    /// What it looks like.
    fn describe() -> Shape;
}

/// A shape under a name.
pub(crate) fn named(name: &'static str, doc: &'static str, shape: Shape) -> Shape {
    Shape::Named { name, doc: doc.trim(), shape: Box::new(shape) }
}

/// An object under a name.
pub(crate) fn object(name: &'static str, doc: &'static str, members: Vec<Member>) -> Shape {
    let either = ALTERNATIVES.iter().filter(|(of, _, _)| *of == name).map(|(_, one, other)| (*one, *other)).collect();
    named(name, doc, Shape::Object(Object { members, either, limits: Vec::new() }))
}

/// Two ways of saying the same thing, as `consistency::alternatives` refuses them.
const ALTERNATIVES: [(&str, &str, &str); 5] = [
    ("Patient", "birth_date", "age_years"),
    ("Disease", "cd22", "cd22_percent"),
    ("Cycle", "response", "assessment"),
    ("Cycle", "mrd", "mrd_fraction"),
    ("Visit", "blast_percent", "blasts"),
];

fn member<T: Describe>(name: &'static str, doc: &'static str, required: bool, wrap: fn(Shape) -> Shape) -> Member {
    Member { name, doc: doc.trim(), required, shape: wrap(T::describe()) }
}

fn list_of(shape: Shape) -> Shape {
    Shape::List(Box::new(shape))
}

fn or_null(shape: Shape) -> Shape {
    Shape::OrNull(Box::new(shape))
}

/// The members of what is read, by the kinds of `records!`: what may be absent may be `null` as well.
pub(crate) mod read {
    use super::{Describe, Member, Shape, list_of, member, or_null};

    pub(crate) fn need<T: Describe>(name: &'static str, doc: &'static str) -> Member {
        member::<T>(name, doc, true, |shape| shape)
    }

    pub(crate) fn may<T: Describe>(name: &'static str, doc: &'static str) -> Member {
        member::<T>(name, doc, false, or_null)
    }

    /// The version looks like a group, but a case is refused without it.
    pub(crate) fn group<T: Describe>(name: &'static str, doc: &'static str) -> Member {
        let always = T::describe() == Shape::Version;
        if always { need::<T>(name, doc) } else { may::<T>(name, doc) }
    }

    pub(crate) fn list<T: Describe>(name: &'static str, doc: &'static str) -> Member {
        member::<T>(name, doc, false, |shape| or_null(list_of(shape)))
    }
}

/// The members of what is written, by the kinds of `answers!`: what is absent is not written.
pub(crate) mod written {
    use super::{Describe, Member, member};

    pub(crate) fn need<T: Describe>(name: &'static str, doc: &'static str) -> Member {
        member::<T>(name, doc, true, |shape| shape)
    }

    pub(crate) fn may<T: Describe>(name: &'static str, doc: &'static str) -> Member {
        member::<T>(name, doc, false, |shape| shape)
    }
}

/// Describes a type that is serialized by hand: `need` is always written, `may` only when it is there. Tests hold real
/// answers against it, member by member.
macro_rules! described {
    ($($(#[doc = $doc:literal])* $name:ident {
        $($(#[doc = $member_doc:literal])* $kind:ident $member:ident: $type:ty,)+
    })+) => {$(
        impl $crate::engine::shape::Describe for $name {
            fn describe() -> $crate::engine::shape::Shape {
                $crate::engine::shape::object(stringify!($name), concat!($($doc),*), vec![
                    $($crate::engine::shape::written::$kind::<$type>(stringify!($member), concat!($($member_doc),*)),)+
                ])
            }
        }
    )+};
}

/// Declares a struct of the assessment: `need` is always written, `may` is an `Option` and written when it is there.
macro_rules! answers {
    ($($(#[doc = $doc:literal])* $name:ident $([$($derive:ident),+])? {
        $($(#[doc = $member_doc:literal])* $kind:ident $member:ident: $type:ty,)+
    })+) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq $($(, $derive)+)?)]
        pub struct $name { $($(#[doc = $member_doc])* pub $member: $crate::engine::shape::answer!(@type $kind $type),)+ }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use ::serde::ser::SerializeStruct;
                let members = [$(stringify!($member)),+].len();
                let mut out = serializer.serialize_struct(stringify!($name), members)?;
                $($crate::engine::shape::answer!(@write $kind out, stringify!($member), &self.$member);)+
                out.end()
            }
        }

        $crate::engine::shape::described! { $(#[doc = $doc])* $name { $($(#[doc = $member_doc])* $kind $member: $type,)+ } }
    )+};
}

/// What the kinds of `answers!` mean for a member's type and writing.
macro_rules! answer {
    (@type need $type:ty) => { $type };
    (@type may $type:ty) => { Option<$type> };
    (@write need $out:ident, $name:expr, $value:expr) => { $out.serialize_field($name, $value)? };
    (@write may $out:ident, $name:expr, $value:expr) => {
        if let Some(value) = $value { $out.serialize_field($name, value)? }
    };
}
pub(crate) use {answer, answers, described};

macro_rules! plain {
    ($($type:ty: $shape:expr;)+) => {$(
        impl Describe for $type { fn describe() -> Shape { $shape } }
    )+};
}

plain! {
    bool: Shape::Bool;
    &'static str: Shape::Text;
    Schema: Shape::Version;
    Decimal: named("Amount", "A number that is not negative, with at most 15 significant digits.", Shape::Number(Range::ANY));
    Date: named("CivilDate", "A calendar day, `YYYY-MM-DD`.", Shape::Date);
    Moment: named("Moment", "A wall-clock minute, `YYYY-MM-DDThh:mm`, with or without an offset (`Z`, `+01:00`).", Shape::Moment);
    Day: named("Day", "A day of the dosing schedule.", Shape::Numbers(Day::ALL.map(|day| day.number().into()).to_vec()));
    CycleLength: named(
        "CycleLength",
        "Length of a cycle in days; 21 is for the first only.",
        Shape::Numbers(vec![CycleLength::Days21.days().into(), CycleLength::Days28.days().into()])
    );
    Graduation: named(
        "Graduation",
        "A graduation of the syringe that the volume to withdraw is measured with, mL.",
        Shape::Numbers(Graduation::ALL.map(|graduation| graduation.volume().decimal()).to_vec())
    );
    Basis: named("Basis", "The values that a finding rests on, by name.", Shape::Values);
    Height: quantity::<HeightUnit>("Height", "Body height.", |unit| {
        let (low, high) = limits::HEIGHT;
        limited(unit, low.0, high.0, Given { value: Decimal::ONE, unit }.centimetres().0)
    });
    Weight: quantity::<WeightUnit>("Weight", "Body weight.", |unit| {
        let (low, high) = limits::WEIGHT;
        limited(unit, low.0, high.0, Given { value: Decimal::ONE, unit }.kilograms().0)
    });
    Count: quantity::<CountUnit>("Count", "A blood count.", |_| None);
    Qtcf: quantity::<TimeUnit>("Qtcf", "A corrected QT interval.", |_| None);
    LiverTest<BilirubinUnit>: liver_test::<BilirubinUnit>("BilirubinTest", "Bilirubin and the laboratory's upper limit of normal, in one unit.");
    LiverTest<ActivityUnit>: liver_test::<ActivityUnit>("EnzymeTest", "AST or ALT and the laboratory's upper limit of normal, in one unit.");
    Fault: named("ErrorCode", "Why a case is refused. Of several faults the first of this order is reported.", Shape::Words(vec![
        Word { text: Fault::UnsupportedSchema.code(), doc: "`schema` is absent or not 1." },
        Word { text: Fault::UnknownField.code(), doc: "A member that the contract does not know." },
        Word { text: Fault::NotJson.code(), doc: "Not JSON (then first of all), the wrong JSON type, or a required member absent." },
        Word { text: Fault::UnknownUnit.code(), doc: "A unit that is not on the quantity's list, or no unit." },
        Word { text: Fault::OutOfRange.code(), doc: "The right type with a value that is not allowed." },
        Word { text: Fault::Conflict.code(), doc: "Values that contradict or exclude each other." },
    ]));
}

impl<T: Describe> Describe for Vec<T> {
    fn describe() -> Shape {
        list_of(T::describe())
    }
}

impl<T: Describe> Describe for Option<T> {
    fn describe() -> Shape {
        or_null(T::describe())
    }
}

impl<T: Describe> Describe for [T; 2] {
    fn describe() -> Shape {
        Shape::Pair(Box::new(T::describe()))
    }
}

impl<const MIN: u64, const MAX: u64> Describe for Whole<MIN, MAX> {
    fn describe() -> Shape {
        Shape::Whole(MIN, MAX)
    }
}

/// Every formula with its value.
impl Describe for [(BsaFormula, SquareMetres); 5] {
    fn describe() -> Shape {
        let each =
            BsaFormula::ALL.iter().map(|formula| written::need::<SquareMetres>(formula.word(), "By this formula."));
        object("BsaByFormula", "Body surface area by each formula.", each.collect())
    }
}

/// A value and its unit, with the limits of the value in each unit.
fn quantity<U: Unit + Describe>(name: &'static str, doc: &'static str, limits: fn(U) -> Option<UnitLimits>) -> Shape {
    let members = vec![
        read::need::<Decimal>("value", "The number, in `unit`."),
        read::need::<U>("unit", "Its UCUM unit. Any other is refused."),
    ];
    let limits = U::ALL.iter().filter_map(|unit| limits(*unit)).collect();
    named(name, doc, Shape::Object(Object { members, either: Vec::new(), limits }))
}

/// The numbers of at most 15 digits between two limits, for a unit of which `one` is that many of the limits' own.
fn limited<U: Unit>(unit: U, low: Decimal, high: Decimal, one: Decimal) -> Option<UnitLimits> {
    let least = (low / one).round_sf_with_strategy(15, RoundingStrategy::AwayFromZero)?;
    let most = (high / one).round_sf_with_strategy(15, RoundingStrategy::ToZero)?;
    Some(UnitLimits { unit: unit.ucum(), least: least.normalize(), most: most.normalize() })
}

fn liver_test<U: Unit + Describe>(name: &'static str, doc: &'static str) -> Shape {
    let members = vec![
        read::need::<Decimal>("value", "The result, in `unit`."),
        read::need::<U>("unit", "The UCUM unit of both. Any other is refused."),
        read::may::<Positive>("uln", "Upper limit of normal for this laboratory, age and sex, in `unit`."),
    ];
    object(name, doc, members)
}

described! {
    /// The engine's answer to one case.
    Assessment {
        /// The contract's version.
        need schema: Schema,
        /// Version of the engine.
        need engine: &'static str,
        /// Edition of the rules, a month.
        need rules: &'static str,
        /// Which label.
        need profile: Profile,
        /// What to do.
        need decision: Decision,
        /// What the rules found, in the registry's order.
        need findings: Vec<Finding>,
        /// Paths of absent values that the decision needs, such as `visit.bilirubin` or `cycles[0].doses`.
        need missing: Vec<&'static str>,
        /// The response in force for this cycle; absent in cycle 1.
        may response: ResponseInForce,
        /// Body surface area.
        may bsa: Bsa,
        /// Today's dose; not to be given unless `release` is true.
        may dose: Dose,
        /// How to make it up.
        may preparation: Prepared,
        /// The cycle's days.
        may schedule: Schedule,
        /// Dates counted from the last dose.
        may counselling: Counselling,
        /// What to watch, and when.
        need monitoring: Vec<MonitoringItem>,
        /// How each number and date came to be, in the order made.
        need derivations: Vec<Derivation>,
    }
    /// A rule that fired.
    Finding {
        /// Which rule.
        need rule: &'static str,
        /// How much it weighs in this profile.
        need severity: Severity,
        /// What it says, with the values put in.
        need message: &'static str,
        /// The values it rests on.
        need basis: Basis,
        /// Where it is stated, for this profile.
        need sources: Vec<Source>,
        /// How well it is known.
        need confidence: Confidence,
        /// Where the sources disagree about it: ids in the rule book, when there are any.
        may disagreements: Vec<&'static str>,
    }
    /// Body surface area by the formula in use and by all five.
    Bsa {
        /// By the formula in use, half-up to 2 decimals.
        need m2: SquareMetres,
        /// The formula in use.
        need formula: BsaFormula,
        /// By each formula.
        need all: [(BsaFormula, SquareMetres); 5],
    }
    /// How one value of the assessment came to be.
    Derivation {
        /// Its path in the assessment: `dose.mg`, `schedule.doses[1].planned`.
        need of: &'static str,
        /// The formula in names: `dose level × BSA`.
        need formula: &'static str,
        /// The formula with the values put in: `0.8 mg/m2 × 1.82 m2`.
        need worked: &'static str,
        /// What came out, with its unit.
        need result: &'static str,
        /// The rule behind this step.
        need rule: &'static str,
        /// Where it is stated, for this profile.
        need source: &'static str,
        /// How well it is known.
        need confidence: Confidence,
    }
    /// The answer to a case that is refused.
    CaseError {
        /// Why.
        need error: Refusal,
    }
    /// Why a case is refused.
    Refusal {
        /// The kind of fault.
        need code: Fault,
        /// Where: `visit.bilirubin.uln`, `cycles[1].response`; empty for the whole case.
        need path: &'static str,
        /// What is wrong and what is accepted, in plain words.
        need message: &'static str,
    }
}

/// Stands for the inner object of a refusal, which has no struct of its own.
struct Refusal;
