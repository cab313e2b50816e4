//! Why a case is refused.

use std::fmt;

use serde::Serialize;

/// The contract's error codes. Of several faults the lowest in this order is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Not JSON, nested deeper than 64, not an object, or a member given twice.
    NotJson,
    /// `schema` is absent or not 1.
    UnsupportedSchema,
    /// A member the contract does not know, even when it is `null`.
    UnknownField,
    /// A value of the wrong JSON type, a `null` in an array, or a required member that is absent.
    WrongType,
    /// A unit that is not on the quantity's list, or no unit.
    UnknownUnit,
    /// The right type with a value that is not allowed.
    OutOfRange,
    /// Values that contradict each other, or two members that exclude each other.
    Conflict,
}

impl Fault {
    /// The contract's word for it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotJson | Self::WrongType => "invalid_json",
            Self::UnsupportedSchema => "unsupported_schema",
            Self::UnknownField => "unknown_field",
            Self::UnknownUnit => "unknown_unit",
            Self::OutOfRange => "out_of_range",
            Self::Conflict => "conflict",
        }
    }
}

/// A refused case: what kind of fault, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseError {
    /// The kind of fault.
    pub fault: Fault,
    /// Where: `visit.bilirubin.uln`, `cycles[1].response`; empty for the whole case.
    pub path: String,
    /// What is wrong and what is accepted, in plain words.
    pub message: String,
}

impl fmt::Display for CaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {:?}: {}", self.fault.code(), self.path, self.message)
    }
}

impl std::error::Error for CaseError {}

impl Serialize for CaseError {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Outer<'a> {
            error: Inner<'a>,
        }
        #[derive(Serialize)]
        struct Inner<'a> {
            code: &'a str,
            path: &'a str,
            message: &'a str,
        }
        let error = Inner { code: self.fault.code(), path: &self.path, message: &self.message };
        Outer { error }.serialize(serializer)
    }
}
