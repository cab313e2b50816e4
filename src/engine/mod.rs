//! The clinical engine: [`assess`] takes a [`Case`] and says whether to give today's dose, how much, how and why.
//!
//! It knows nobody: no browser, no clock, no storage, no screen.
//!
//! ```
//! use inotuzumab::engine::{Case, assess};
//!
//! let case = Case::from_json(r#"{"schema": 1, "profile": "us", "date": "2026-11-23", "patient": {
//!     "height": {"value": 170, "unit": "cm"}, "weight": {"value": 70, "unit": "kg"}},
//!     "visit": {"cycle": 1, "day": 1}}"#)?;
//! let assessment = assess(&case)?;
//! assert_eq!(assessment.dose.map(|dose| dose.mg.to_string()).as_deref(), Some("1.456 mg"));
//! # Ok::<(), inotuzumab::engine::CaseError>(())
//! ```

// No rule may panic, wrap, truncate or round behind the reader's back. Tests may say `unwrap`.
#![deny(clippy::float_arithmetic, clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss)]
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)
)]

pub mod assessment;
pub mod book;
mod bsa;
pub mod calendar;
pub mod cards;
pub mod case;
pub mod change;
mod consistency;
mod counselling;
pub mod course;
pub mod derivation;
pub mod disagreements;
pub mod dose;
pub mod error;
pub mod facts;
pub mod json;
mod known;
pub mod label_table;
pub mod labels;
mod measured;
mod missing;
pub mod monitoring;
pub mod numbers;
pub mod preparation;
pub(crate) mod reading;
pub mod rule;
pub mod rulebook;
pub mod rules;
mod schedule;
pub mod schema;
pub mod shape;
pub mod text;
pub mod units;
mod wide;

pub use assessment::{Assessment, Decision};
pub use case::Case;
pub use error::{CaseError, Fault};
pub use reading::{Fraction, Percent, Positive, Whole};

use assessment::{Dose, Finding};
use facts::Facts;
use rule::Severity;

/// Assesses one visit of one patient.
///
/// # Errors
/// When the case contradicts itself: a day before birth, a dose after the visit, two ways of saying the same thing.
pub fn assess(case: &Case) -> Result<Assessment, CaseError> {
    consistency::check(case)?;
    let mut facts = Facts::of(case);
    let findings = rules::findings(&facts);
    let missing = missing::missing(&facts);
    let decision = decide(&findings, !missing.is_empty());

    let mut trace = std::mem::take(&mut facts.trace);
    let dosing = !matches!(decision, Decision::Stop | Decision::OmitDose);
    let dose = facts.dose.filter(|_| dosing).map(|dose| Dose {
        mg_per_m2: dose.mg_per_m2,
        mg: dose.mg,
        reduction: dose::reduction(&facts),
        release: decision == Decision::Give,
    });
    let preparation = facts.prepared.take().filter(|_| dosing);
    if !dosing {
        trace.forget(&["dose.", "preparation."]);
    }
    let schedule = if dosing { schedule::schedule(&facts, &mut trace) } else { None };
    let last_dose = if decision == Decision::Give { Some(case.date) } else { facts.last_dose() };
    let counselling = last_dose.map(|last| counselling::counselling(last, &mut trace));

    Ok(Assessment {
        profile: case.profile,
        decision,
        response: facts.in_force(),
        monitoring: monitoring::monitoring(&facts),
        bsa: facts.bsa.take(),
        findings,
        missing,
        dose,
        preparation,
        schedule,
        counselling,
        trace,
    })
}

/// The first that applies: stop, leave this dose out, hold, incomplete, give. Cautions never block.
fn decide(findings: &[Finding], something_missing: bool) -> Decision {
    let any = |severity| findings.iter().any(|finding| finding.severity == severity);
    if any(Severity::Stop) {
        Decision::Stop
    } else if findings.iter().any(|finding| finding.clause.omits_dose) {
        Decision::OmitDose
    } else if any(Severity::Hold) {
        Decision::Hold
    } else if something_missing {
        Decision::Incomplete
    } else {
        Decision::Give
    }
}
