//! What the engine answers. Every number is exact; rounding is the display's business.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::calendar::{Date, Moment};
use super::case::{BsaFormula, CycleLength, Day, Marker, Profile, Reduction, Response};
use super::derivation::{SourcesFor, Trace, TraceFor};
use super::reading::words;
use super::rule::{Basis, Clause, Rule, Severity};
use super::units::{MgPerM2, MgPerMl, Milligrams, Millilitres, MlPerHour, SquareMetres, Vials};

words! {
    /// What to do today. The first that applies.
    Decision {
        /// A finding of severity stop.
        Stop = "stop",
        /// This dose of the cycle is left out.
        OmitDose = "omit_dose",
        /// A finding of severity hold.
        Hold = "hold",
        /// Something needed is missing.
        Incomplete = "incomplete",
        /// Nothing stands against today's dose.
        Give = "give",
    }
}

/// The engine's answer to one case.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// Which label.
    pub profile: Profile,
    /// What to do.
    pub decision: Decision,
    /// What the rules found, in the registry's order.
    pub findings: Vec<Finding>,
    /// Paths of absent values that the decision needs.
    pub missing: Vec<String>,
    /// The response in force for this cycle; absent in cycle 1.
    pub response: Option<ResponseInForce>,
    /// Body surface area.
    pub bsa: Option<Bsa>,
    /// Today's dose.
    pub dose: Option<Dose>,
    /// How to make it up.
    pub preparation: Option<Prepared>,
    /// The cycle's days.
    pub schedule: Option<Schedule>,
    /// Dates counted from the last dose.
    pub counselling: Option<Counselling>,
    /// What to watch, and when.
    pub monitoring: Vec<MonitoringItem>,
    /// How each number came to be.
    pub trace: Trace,
}

/// A rule that fired.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Which rule.
    pub rule: &'static Rule,
    /// Which of its conditions.
    pub clause: &'static Clause,
    /// How much it weighs in this profile.
    pub severity: Severity,
    /// The values it rests on.
    pub basis: Basis,
}

impl Finding {
    /// Ids of the disagreements between sources that touch its rule.
    #[must_use]
    pub fn disagreements(&self) -> &'static [&'static str] {
        self.rule.disagreements
    }

    /// The words, with the values put in.
    #[must_use]
    pub fn message(&self) -> String {
        let mut out = String::with_capacity(self.clause.message.len());
        let mut rest = self.clause.message;
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
        {
            out.push_str(before);
            if let Some((_, fact)) = self.basis.0.iter().find(|(known, _)| *known == name) {
                out.push_str(&fact.to_string());
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

/// The response in force and its MRD.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ResponseInForce {
    /// CR, CRi or none.
    pub class: Response,
    /// MRD of the same cycle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mrd: Option<Marker>,
}

/// Body surface area by the formula in use and by all five.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bsa {
    /// By the formula in use, half-up to 2 decimals.
    pub m2: SquareMetres,
    /// The formula in use.
    pub formula: BsaFormula,
    /// By each formula.
    pub all: [(BsaFormula, SquareMetres); 5],
}

impl Serialize for Bsa {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct All<'a>(&'a [(BsaFormula, SquareMetres); 5]);
        impl Serialize for All<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.0.iter().copied())
            }
        }
        let mut out = serializer.serialize_struct("Bsa", 3)?;
        out.serialize_field("m2", &self.m2)?;
        out.serialize_field("formula", &self.formula)?;
        out.serialize_field("all", &All(&self.all))?;
        out.end()
    }
}

/// Today's dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Dose {
    /// Dose level.
    pub mg_per_m2: MgPerM2,
    /// The dose.
    pub mg: Milligrams,
    /// Reduction in force.
    pub reduction: Reduction,
    /// May be given: the decision is `give`.
    pub release: bool,
}

/// How today's dose is made up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prepared {
    /// Vials to open.
    pub vials: Vials,
    /// Volume to withdraw from them.
    pub withdraw_ml: Millilitres,
    /// Diluent, so that drug and diluent make the total.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diluent_ml: Option<Millilitres>,
    /// Drug and diluent together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_ml: Option<Millilitres>,
    /// Final concentration, half-up to 12 decimals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concentration_mg_per_ml: Option<MgPerMl>,
    /// Over 1 h.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_ml_per_h: Option<MlPerHour>,
    /// Left in the vials, to be discarded.
    pub unused_mg: Milligrams,
    /// The concentration lies inside the container's range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_range: Option<bool>,
    /// Total volumes that keep this dose inside the range.
    pub total_ml_range: [Millilitres; 2],
    /// Latest dilution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dilute_by: Option<Moment>,
    /// Latest start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_by: Option<Moment>,
    /// Latest end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_by: Option<Moment>,
    /// Observe at least until.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observe_until: Option<Moment>,
}

/// The days of this cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Schedule {
    /// Length of the cycle.
    pub length_days: CycleLength,
    /// Its doses.
    pub doses: Vec<ScheduledDose>,
    /// First day of the next cycle.
    pub next_cycle_from: Date,
}

/// One dose of the cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ScheduledDose {
    /// Day 1, 8 or 15.
    pub day: Day,
    /// Dose level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mg_per_m2: Option<MgPerM2>,
    /// The dose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mg: Option<Milligrams>,
    /// Planned day.
    pub planned: Date,
    /// First day on which it may be given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest: Option<Date>,
    /// Last day of its window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latest: Option<Date>,
    /// The day it was given.
    pub given: Option<Date>,
}

/// Dates counted from the last dose. Each restriction holds through the day before its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counselling {
    /// Today when today's dose is given, else the latest given.
    pub last_dose: Date,
    /// A woman who can become pregnant uses effective contraception until then.
    pub contraception_female_until: Date,
    /// A man whose partner can become pregnant does so until then.
    pub contraception_male_until: Date,
    /// No breastfeeding until then.
    pub no_breastfeeding_until: Date,
    /// Watch for veno-occlusive disease at least until then.
    pub vod_watch_until: Date,
}

/// Something to watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MonitoringItem {
    /// What.
    pub what: &'static str,
    /// When.
    pub when: &'static str,
    /// Rule that asks for it.
    pub rule: &'static str,
}

/// Version of the engine.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

impl Serialize for Assessment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Assessment", 15)?;
        out.serialize_field("schema", &1)?;
        out.serialize_field("engine", ENGINE)?;
        out.serialize_field("rules", super::labels::RULES)?;
        out.serialize_field("profile", &self.profile)?;
        out.serialize_field("decision", &self.decision)?;
        let findings = self.findings.iter().map(|finding| FindingFor(finding, self.profile)).collect::<Vec<_>>();
        out.serialize_field("findings", &findings)?;
        out.serialize_field("missing", &self.missing)?;
        macro_rules! present {
            ($($member:ident)+) => {$(
                if let Some(value) = &self.$member {
                    out.serialize_field(stringify!($member), value)?;
                }
            )+};
        }
        present!(response bsa dose preparation schedule counselling);
        out.serialize_field("monitoring", &self.monitoring)?;
        out.serialize_field("derivations", &TraceFor(&self.trace, self.profile))?;
        out.end()
    }
}

struct FindingFor<'a>(&'a Finding, Profile);

impl Serialize for FindingFor<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(finding, profile) = self;
        let grounds = &finding.rule.grounds;
        let disagreements = finding.disagreements();
        let mut out = serializer.serialize_struct("Finding", 6 + usize::from(!disagreements.is_empty()))?;
        out.serialize_field("rule", grounds.id)?;
        out.serialize_field("severity", &finding.severity)?;
        out.serialize_field("message", &finding.message())?;
        out.serialize_field("basis", &finding.basis)?;
        out.serialize_field("sources", &SourcesFor(grounds, *profile))?;
        out.serialize_field("confidence", &grounds.confidence)?;
        if !disagreements.is_empty() {
            out.serialize_field("disagreements", disagreements)?;
        }
        out.end()
    }
}
