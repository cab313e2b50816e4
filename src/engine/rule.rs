//! What a rule is: id, when it applies, severity by profile, words, sources, confidence — declared once, as data.
//!
//! `assess` runs the registry, the rule book prints it, tests count it.

use std::fmt;

use rust_decimal::Decimal;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::calendar::Date;
use super::case::{Profile, Toxicity};
use super::facts::Facts;
use super::reading::{Exact, words};
use super::shape::answers;
use super::text::grouped;

words! {
    /// What a finding does to the decision.
    Severity {
        /// Worth knowing.
        Info = "info",
        /// Give only after acknowledgement.
        Caution = "caution",
        /// Do not give now; check again.
        Hold = "hold",
        /// Do not give.
        Stop = "stop",
    }
    /// How well a fact is known (dossier section 0).
    Confidence {
        /// Read in the text of a regulator, the manufacturer or a trial.
        A = "A",
        /// Stated in a document of the customer and not contradicted.
        S = "S",
        /// Read in a secondary source.
        B = "B",
        /// From memory, not read: confirm against your label.
        M = "M",
        /// Derived by arithmetic or reasoning from facts of class A or S.
        D = "D",
    }
    /// Where a fact stands.
    Document {
        /// US prescribing information, revision 3/2024.
        UsPi = "US PI 3/2024",
        /// EU summary of product characteristics.
        EuSmpc = "EU SmPC",
        /// Hospital or national protocols; no label.
        Protocol = "Protocols",
        /// Reported trials.
        Trial = "Trials",
        /// Reasoning or a safety limit of this aid, where the labels are silent.
        Own = "This aid",
    }
}

answers! {
    /// A place in a document.
    Source [Copy] {
        /// The document.
        need document: Document,
        /// Its section, or what to look for.
        need section: &'static str,
    }
}

/// The ground a number or a finding stands on.
#[derive(Debug, Clone, Copy)]
pub struct Grounds {
    /// Id in the rule book, such as `CYTO-01`.
    pub id: &'static str,
    /// Where it is stated.
    pub sources: &'static [Source],
    /// How well it is known.
    pub confidence: Confidence,
}

impl Grounds {
    /// What a reader does before relying on it; `None` when it was read in a source.
    #[must_use]
    pub fn caveat(&self) -> Option<&'static str> {
        (self.confidence == Confidence::M).then_some("confirm against your label")
    }

    /// The sources that speak for a profile: its own label, and what belongs to no label.
    pub fn sources_for(&self, profile: Profile) -> impl Iterator<Item = &'static Source> {
        let other_label = match profile {
            Profile::Us => Document::EuSmpc,
            Profile::Eu => Document::UsPi,
        };
        let alone = self.sources.iter().all(|source| source.document == other_label);
        self.sources.iter().filter(move |source| alone || source.document != other_label)
    }
}

/// A rule that can fire.
#[derive(Debug)]
pub struct Rule {
    /// Id, sources, confidence.
    pub grounds: Grounds,
    /// To which visits it applies, in words.
    pub applies: &'static str,
    /// What it looks for. At most one clause of a rule is true of one thing judged; tests see to it.
    pub clauses: &'static [Clause],
    /// Ids of the disagreements between sources that touch it.
    pub disagreements: &'static [&'static str],
}

/// One condition of a rule with what follows from it.
#[derive(Debug)]
pub struct Clause {
    /// The condition in words.
    pub when: &'static str,
    /// Severity in the us profile; `None` is silent.
    pub us: Option<Severity>,
    /// Severity in the eu profile; `None` is silent.
    pub eu: Option<Severity>,
    /// The condition itself.
    pub test: Test,
    /// What the finding says; `{name}` stands for a value of the basis.
    pub message: &'static str,
    /// Today's dose is left out.
    pub omits_dose: bool,
}

/// What a condition is asked of. `Some` fires, with the values it rests on.
#[derive(Debug, Clone, Copy)]
pub enum Test {
    /// The visit as a whole.
    Visit(fn(&Facts) -> Option<Basis>),
    /// Each reported toxicity by itself.
    EachToxicity(fn(&Toxicity) -> Option<Basis>),
}

impl Clause {
    /// Its severity in a profile.
    #[must_use]
    pub fn severity(&self, profile: Profile) -> Option<Severity> {
        match profile {
            Profile::Us => self.us,
            Profile::Eu => self.eu,
        }
    }
}

/// A value that a finding rests on.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// A number with its unit; empty when it has none.
    Number(Decimal, &'static str),
    /// A day.
    Date(Date),
    /// A word of the contract.
    Word(&'static str),
    /// Several words, such as the classes not given.
    Words(String),
    /// Words of the message that follow from the other values, and are none themselves.
    Said(&'static str),
}

/// The values a finding rests on, by name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Basis(pub Vec<(&'static str, Fact)>);

impl Basis {
    /// Nothing but the condition itself.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }
    /// The values, without what only the message says.
    pub fn values(&self) -> impl Iterator<Item = &(&'static str, Fact)> {
        self.0.iter().filter(|(_, fact)| !matches!(fact, Fact::Said(_)))
    }

    /// With one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, fact: impl Into<Fact>) -> Self {
        self.0.push((name, fact.into()));
        self
    }
}

impl<Q: super::units::Quantity> From<Q> for Fact {
    fn from(quantity: Q) -> Self {
        Self::Number(quantity.decimal(), Q::UNIT)
    }
}

impl From<Date> for Fact {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<&'static str> for Fact {
    fn from(word: &'static str) -> Self {
        Self::Word(word)
    }
}

impl Fact {
    /// Appends it as a reader sees it.
    pub(crate) fn push_to(&self, out: &mut String) {
        match self {
            Self::Number(number, unit) => push_number(*number, unit, out),
            Self::Date(date) => out.push_str(&date.text()),
            Self::Word(word) | Self::Said(word) => out.push_str(word),
            Self::Words(words) => out.push_str(words),
        }
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.push_to(&mut text);
        f.write_str(&text)
    }
}

/// Appends a number and, a space away, its unit.
pub(crate) fn push_number(number: Decimal, unit: &str, out: &mut String) {
    out.push_str(&grouped(number));
    if !unit.is_empty() {
        out.push(' ');
        out.push_str(unit);
    }
}

impl Serialize for Basis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.values().count()))?;
        for (name, fact) in self.values() {
            match fact {
                Fact::Said(_) => {}
                Fact::Number(number, _) => map.serialize_entry(name, &Exact(*number))?,
                Fact::Date(date) => map.serialize_entry(name, date)?,
                Fact::Word(word) => map.serialize_entry(name, word)?,
                Fact::Words(words) => map.serialize_entry(name, words)?,
            }
        }
        map.end()
    }
}

impl From<u64> for Fact {
    fn from(count: u64) -> Self {
        Self::Number(count.into(), "")
    }
}

/// A length of time in days.
#[must_use]
pub fn days(count: i64) -> Fact {
    Fact::Number(count.into(), "days")
}

/// Fires with `basis` when the condition is certain. The basis is put together only then.
pub(crate) fn fires(condition: Option<bool>, basis: impl FnOnce() -> Basis) -> Option<Basis> {
    (condition == Some(true)).then(basis)
}

/// Declares a rule: its id, confidence and sources, the visits it applies to, and its conditions with severity (us / eu),
/// test and words. `omits` in place of `if` also leaves today's dose out; `each` asks every toxicity by itself.
macro_rules! rules {
    ($(
        $(#[$doc:meta])*
        rule $name:ident $id:literal $confidence:ident [$($source:ident)+] $applies:literal
        $(when $when:literal: $us:ident / $eu:ident, $kind:ident $test:expr, say $message:literal;)+
    )+) => {
        /// The rules of this topic, in the order they are reported.
        pub const RULES: &[&$crate::engine::rule::Rule] = &[$(&$name),+];
        $(
            $(#[$doc])*
            pub static $name: $crate::engine::rule::Rule = $crate::engine::rule::Rule {
                grounds: $crate::engine::rule::Grounds {
                    id: $id,
                    sources: &[$($crate::engine::labels::sources::$source),+],
                    confidence: $crate::engine::rule::Confidence::$confidence,
                },
                applies: $applies,
                clauses: &[$($crate::engine::rule::Clause {
                    when: $when,
                    us: $crate::engine::rule::severity!($us),
                    eu: $crate::engine::rule::severity!($eu),
                    test: $crate::engine::rule::test!($kind $test),
                    message: $message,
                    omits_dose: $crate::engine::rule::omits!($kind),
                }),+],
                // Looked up while compiling, so that an assessment does not.
                disagreements: &const {
                    $crate::engine::disagreements::ids::<{ $crate::engine::disagreements::count($id) }>($id)
                },
            };
        )+
    };
}
pub(crate) use rules;

/// Words that only the rule book says. They are not in the page's program, which a slow tablet waits for: the page fetches the
/// rule book when somebody wants to read it.
macro_rules! for_readers {
    ($words:literal) => {
        if cfg!(target_arch = "wasm32") { "" } else { $words }
    };
}
pub(crate) use for_readers;

/// Declares grounds: name, id, confidence, sources.
macro_rules! grounds {
    ($($(#[$doc:meta])* $name:ident $id:literal $confidence:ident [$($source:ident)+];)+) => {$(
        #[doc = concat!("Grounds of ", $id, ".")]
        $(#[$doc])*
        pub static $name: $crate::engine::rule::Grounds = $crate::engine::rule::Grounds {
            id: $id,
            sources: &[$($crate::engine::labels::sources::$source),+],
            confidence: $crate::engine::rule::Confidence::$confidence,
        };
    )+};
}
pub(crate) use grounds;

/// A severity as `rules!` writes it.
macro_rules! severity {
    (info) => {
        Some($crate::engine::rule::Severity::Info)
    };
    (caution) => {
        Some($crate::engine::rule::Severity::Caution)
    };
    (hold) => {
        Some($crate::engine::rule::Severity::Hold)
    };
    (stop) => {
        Some($crate::engine::rule::Severity::Stop)
    };
    (silent) => {
        None
    };
}
pub(crate) use severity;

/// What a condition of `rules!` is asked of.
macro_rules! test {
    (each $test:expr) => {
        $crate::engine::rule::Test::EachToxicity($test)
    };
    ($visit:ident $test:expr) => {
        $crate::engine::rule::Test::Visit($test)
    };
}
pub(crate) use test;

/// Whether a condition of `rules!` leaves today's dose out.
macro_rules! omits {
    (omits) => {
        true
    };
    ($other:ident) => {
        false
    };
}
pub(crate) use omits;
