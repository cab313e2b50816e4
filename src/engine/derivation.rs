//! How a number came to be. The same call computes the value and records the step, so the two cannot drift apart.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use serde::ser::{SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};

use super::calendar::{Date, Moment};
use super::case::Profile;
use super::rule::{Grounds, push_number};
use super::units::{Millilitres, Quantity, Vials};

/// A value in a derivation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// A number and its unit.
    Number(Decimal, &'static str),
    /// A day.
    Date(Date),
    /// A time of day.
    Moment(Moment),
}

impl Value {
    fn push_to(self, out: &mut String) {
        match self {
            Self::Number(number, unit) => push_number(number, unit, out),
            Self::Date(date) => out.push_str(&date.text()),
            Self::Moment(moment) => out.push_str(&moment.text()),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.push_to(&mut text);
        f.write_str(&text)
    }
}

impl<Q: Quantity> From<Q> for Value {
    fn from(quantity: Q) -> Self {
        Self::Number(quantity.decimal(), Q::UNIT)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Moment> for Value {
    fn from(moment: Moment) -> Self {
        Self::Moment(moment)
    }
}

/// A named value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// What it is called in the formula.
    pub name: &'static str,
    /// What it is.
    pub value: Value,
}

/// Names a value for a formula.
pub fn term(name: &'static str, value: impl Into<Value>) -> Term {
    Term { name, value: value.into() }
}

/// The step that made a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// Read off the label for this cycle and day.
    Lookup(&'static str),
    /// `a op b`.
    Binary(Term, &'static str, Term),
    /// `a op b`, rounded as said.
    Rounded(Term, &'static str, Term, &'static str),
    /// `√(height × weight ÷ 3600)`, rounded half-up to 2 decimals.
    Mosteller(Term, Term),
    /// A power law of height and weight, rounded half-up to 2 decimals.
    PowerLaw(&'static str, Term, Term),
    /// The later of several days.
    Latest(Vec<Term>),
}

impl Formula {
    /// The formula in names: `dose level × BSA`.
    #[must_use]
    pub fn symbols(&self) -> String {
        let mut out = String::new();
        self.push_symbols_to(&mut out);
        out
    }

    /// The formula with the values put in: `0.8 mg/m2 × 1.82 m2`.
    #[must_use]
    pub fn worked(&self) -> String {
        let mut out = String::new();
        self.push_worked_to(&mut out);
        out
    }

    fn push_symbols_to(&self, out: &mut String) {
        self.push_to(out, |term, out| out.push_str(term.name));
    }

    fn push_worked_to(&self, out: &mut String) {
        self.push_to(out, |term, out| term.value.push_to(out));
    }

    /// Appends the formula with each term shown as `show` says.
    fn push_to(&self, out: &mut String, show: impl Fn(&Term, &mut String)) {
        match self {
            Self::Lookup(what) => out.push_str(what),
            Self::Binary(a, op, b) | Self::Rounded(a, op, b, _) => {
                show(a, out);
                [" ", op, " "].into_iter().for_each(|part| out.push_str(part));
                show(b, out);
            }
            Self::Mosteller(h, w) => {
                out.push_str("√(");
                show(h, out);
                out.push_str(" × ");
                show(w, out);
                out.push_str(" ÷ 3600), half-up to 2 decimals");
            }
            Self::PowerLaw(law, h, w) => {
                out.push_str(law);
                out.push_str(" with h = ");
                show(h, out);
                out.push_str(", w = ");
                show(w, out);
                out.push_str(", half-up to 2 decimals");
            }
            Self::Latest(terms) => {
                out.push_str(if terms.len() > 1 { "the later of " } else { "" });
                for (index, term) in terms.iter().enumerate() {
                    out.push_str(if index > 0 { " and " } else { "" });
                    show(term, out);
                }
            }
        }
        if let Self::Rounded(.., how) = self {
            out.push_str(", ");
            out.push_str(how);
        }
    }
}

/// How one value of the assessment came to be.
#[derive(Debug, Clone)]
pub struct Derivation {
    /// Its path in the assessment: `dose.mg`, `schedule.doses[1].planned`.
    pub of: Cow<'static, str>,
    /// The step.
    pub formula: Formula,
    /// What came out.
    pub result: Value,
    /// Why this step.
    pub grounds: &'static Grounds,
}

/// Computes values and keeps how.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    steps: Vec<Derivation>,
}

impl Trace {
    /// An empty trace with room for the steps of a dosed visit, so that they are not moved about while it is worked out.
    pub(crate) fn with_room() -> Self {
        Self { steps: Vec::with_capacity(48) }
    }

    /// The steps, in the order made.
    #[must_use]
    pub fn steps(&self) -> &[Derivation] {
        &self.steps
    }

    /// The step that made the value at `path`.
    #[must_use]
    pub fn of(&self, path: &str) -> Option<&Derivation> {
        self.steps.iter().find(|step| step.of == path)
    }

    /// Drops the steps of values that are not part of the answer.
    pub(crate) fn forget(&mut self, prefixes: &[&str]) {
        self.steps.retain(|step| !prefixes.iter().any(|prefix| step.of.starts_with(prefix)));
    }

    /// Records a value with the step that made it. For what no method below computes by itself.
    pub fn made<T: Into<Value> + Copy>(
        &mut self,
        of: impl Into<Cow<'static, str>>,
        grounds: &'static Grounds,
        formula: Formula,
        result: T,
    ) -> T {
        self.steps.push(Derivation { of: of.into(), formula, result: result.into(), grounds });
        result
    }

    /// A value that a label states for this situation.
    pub fn lookup<T: Into<Value> + Copy>(
        &mut self,
        of: impl Into<Cow<'static, str>>,
        grounds: &'static Grounds,
        what: &'static str,
        value: T,
    ) -> T {
        self.made(of, grounds, Formula::Lookup(what), value)
    }

    /// `a × b`.
    pub fn product<A, B>(
        &mut self,
        of: impl Into<Cow<'static, str>>,
        grounds: &'static Grounds,
        (a_name, a): (&'static str, A),
        (b_name, b): (&'static str, B),
    ) -> A::Output
    where
        A: Quantity + std::ops::Mul<B>,
        B: Quantity,
        A::Output: Quantity,
    {
        self.made(of, grounds, Formula::Binary(term(a_name, a), "×", term(b_name, b)), a * b)
    }

    /// `a ÷ b`, where the quotient ends.
    pub fn quotient<A, B>(
        &mut self,
        of: impl Into<Cow<'static, str>>,
        grounds: &'static Grounds,
        (a_name, a): (&'static str, A),
        (b_name, b): (&'static str, B),
    ) -> A::Output
    where
        A: Quantity + std::ops::Div<B>,
        B: Quantity,
        A::Output: Quantity,
    {
        self.made(of, grounds, Formula::Binary(term(a_name, a), "÷", term(b_name, b)), a / b)
    }

    /// `a − b`.
    pub fn difference<A>(
        &mut self,
        of: impl Into<Cow<'static, str>>,
        grounds: &'static Grounds,
        (a_name, a): (&'static str, A),
        (b_name, b): (&'static str, A),
    ) -> A
    where
        A: Quantity + std::ops::Sub<Output = A>,
    {
        self.made(of, grounds, Formula::Binary(term(a_name, a), "−", term(b_name, b)), a - b)
    }

    /// Whole vials for a volume, rounded up.
    pub fn vials(
        &mut self,
        of: &'static str,
        grounds: &'static Grounds,
        withdraw: Millilitres,
        per_vial: Millilitres,
    ) -> Vials {
        let (a, b) = (term("withdraw volume", withdraw), term("volume per vial", per_vial));
        let vials = Vials::to_cover(withdraw, per_vial);
        self.made(of, grounds, Formula::Rounded(a, "÷", b, "rounded up to whole vials"), vials)
    }

    /// A day some days after another.
    pub fn days_after(
        &mut self,
        of: impl Into<Cow<'static, str>>,
        grounds: &'static Grounds,
        (name, from): (&'static str, Date),
        days: u16,
    ) -> Date {
        self.made(of, grounds, added((name, from), ("days", days.into(), "days")), from.plus_days(days))
    }

    /// A day some months after another (DATE-01).
    pub fn months_after(
        &mut self,
        of: &'static str,
        grounds: &'static Grounds,
        (name, from): (&'static str, Date),
        months: u8,
    ) -> Date {
        self.made(of, grounds, added((name, from), ("months", months.into(), "months")), from.plus_months(months))
    }

    /// A time some hours after another.
    pub fn hours_after(
        &mut self,
        of: &'static str,
        grounds: &'static Grounds,
        (name, from): (&'static str, Moment),
        hours: u8,
    ) -> Moment {
        self.made(of, grounds, added((name, from), ("hours", hours.into(), "h")), from.plus_hours(hours))
    }

    /// The later of several days.
    pub fn latest(
        &mut self,
        of: impl Into<Cow<'static, str>>,
        grounds: &'static Grounds,
        first: (&'static str, Date),
        others: &[(&'static str, Option<Date>)],
    ) -> Date {
        let others = others.iter().filter_map(|(name, date)| date.map(|date| (*name, date)));
        let days = std::iter::once(first).chain(others);
        let latest = days.clone().fold(first.1, |latest, (_, day)| latest.max(day));
        let formula = Formula::Latest(days.map(|(name, day)| term(name, day)).collect());
        self.made(of, grounds, formula, latest)
    }
}

/// `from + count`, for days and times.
pub(super) fn added(
    from: (&'static str, impl Into<Value>),
    (what, count, unit): (&'static str, Decimal, &'static str),
) -> Formula {
    Formula::Binary(term(from.0, from.1), "+", term(what, Value::Number(count, unit)))
}

/// A trace as JSON, with the sources of one profile.
pub(crate) struct TraceFor<'a>(pub(crate) &'a Trace, pub(crate) Profile);

impl Serialize for TraceFor<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.steps.len()))?;
        let mut texts = Texts::default();
        for step in &self.0.steps {
            texts.put(step, self.1);
            list.serialize_element(&StepWith(step, &texts))?;
        }
        list.end()
    }
}

/// The texts of one step; the next step writes into the same four.
#[derive(Default)]
struct Texts {
    formula: String,
    worked: String,
    result: String,
    source: String,
}

impl Texts {
    fn put(&mut self, step: &Derivation, profile: Profile) {
        for text in [&mut self.formula, &mut self.worked, &mut self.result, &mut self.source] {
            text.clear();
        }
        step.formula.push_symbols_to(&mut self.formula);
        step.formula.push_worked_to(&mut self.worked);
        step.result.push_to(&mut self.result);
        push_sources(step.grounds, profile, &mut self.source);
    }
}

struct StepWith<'a>(&'a Derivation, &'a Texts);

impl Serialize for StepWith<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(step, texts) = self;
        let mut out = serializer.serialize_struct("Derivation", 7)?;
        out.serialize_field("of", &step.of)?;
        out.serialize_field("formula", &texts.formula)?;
        out.serialize_field("worked", &texts.worked)?;
        out.serialize_field("result", &texts.result)?;
        out.serialize_field("rule", step.grounds.id)?;
        out.serialize_field("source", &texts.source)?;
        out.serialize_field("confidence", &step.grounds.confidence)?;
        out.end()
    }
}

/// The sources of some grounds that speak for a profile.
pub(crate) struct SourcesFor<'a>(pub(crate) &'a Grounds, pub(crate) Profile);

impl Serialize for SourcesFor<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.sources_for(self.1))
    }
}

/// The same as one text: `US PI 3/2024 2.1`.
fn push_sources(grounds: &Grounds, profile: Profile, out: &mut String) {
    for (index, source) in grounds.sources_for(profile).enumerate() {
        out.push_str(if index > 0 { "; " } else { "" });
        out.push_str(source.document.word());
        out.push(' ');
        out.push_str(source.section);
    }
}
