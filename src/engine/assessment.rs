//! What the engine answers. Every number is exact; rounding is the display's business.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::calendar::{Date, Moment};
use super::case::{BsaFormula, CycleLength, Day, Graduation, Marker, Profile, Reduction, Response};
use super::derivation::{SourcesFor, Trace, TraceFor};
use super::reading::words;
use super::rule::{Basis, Clause, Rule, Severity};
use super::shape::answers;
use super::units::{
    MgChange, MgPerM2, MgPerMl, Milligrams, Millilitres, MlPerHour, PercentChange, SquareMetres, Vials,
};

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
        let mut out = String::with_capacity(self.clause.message.len().saturating_mul(2));
        let mut rest = self.clause.message;
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
        {
            out.push_str(before);
            if let Some((_, fact)) = self.basis.0.iter().find(|(known, _)| *known == name) {
                fact.push_to(&mut out);
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

answers! {
    /// The response in force and its MRD.
    ResponseInForce [Copy] {
        /// CR, CRi or none.
        need class: Response,
        /// MRD of the same cycle.
        may mrd: Marker,
    }
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

answers! {
    /// Today's dose.
    Dose [Copy] {
        /// Dose level.
        need mg_per_m2: MgPerM2,
        /// The dose.
        need mg: Milligrams,
        /// Reduction in force.
        need reduction: Reduction,
        /// May be given: the decision is `give`.
        need release: bool,
    }

    /// How today's dose is made up.
    Prepared {
        /// Vials to open.
        need vials: Vials,
        /// Volume to withdraw from them.
        need withdraw_ml: Millilitres,
        /// Diluent, so that drug and diluent make the total.
        may diluent_ml: Millilitres,
        /// Drug and diluent together.
        may total_ml: Millilitres,
        /// Final concentration, half-up to 12 decimals.
        may concentration_mg_per_ml: MgPerMl,
        /// Over 1 h.
        may rate_ml_per_h: MlPerHour,
        /// Left in the vials, to be discarded.
        need unused_mg: Milligrams,
        /// The volume it is in, of what can be withdrawn.
        need unused_ml: Millilitres,
        /// The concentration lies inside the container's range.
        may in_range: bool,
        /// Total volumes that keep this dose inside the range.
        need total_ml_range: [Millilitres; 2],
        /// Latest dilution.
        may dilute_by: Moment,
        /// Latest start.
        may start_by: Moment,
        /// Latest end.
        may end_by: Moment,
        /// When an infusion that was stopped and went on is over, if it takes the rest of its hour.
        may expected_end: Moment,
        /// Observe at least until.
        may observe_until: Moment,
        /// The same with the volume measured to a graduation, where that was asked for and is not refused.
        may measured: Measured,
    }

    /// A dose measured to a graduation.
    Measured [Copy] {
        /// The graduation.
        need to_ml: Graduation,
        /// The nearest volume, half-up.
        need withdraw_ml: Millilitres,
        /// The dose in it.
        need mg: Milligrams,
        /// How much more that is than the exact dose.
        need change_mg: MgChange,
        /// The same in per cent, half-up to 2 decimals; at most 5 either way.
        need change_percent: PercentChange,
        /// Vials to open for it.
        need vials: Vials,
        /// Left in them, to be discarded.
        need unused_mg: Milligrams,
        /// Diluent to the same total.
        may diluent_ml: Millilitres,
        /// Final concentration, half-up to 12 decimals.
        may concentration_mg_per_ml: MgPerMl,
    }

    /// The days of this cycle.
    Schedule {
        /// Length of the cycle.
        need length_days: CycleLength,
        /// Its doses.
        need doses: Vec<ScheduledDose>,
        /// First day of the next cycle.
        need next_cycle_from: Date,
    }

    /// One dose of the cycle.
    ScheduledDose [Copy] {
        /// Day 1, 8 or 15.
        need day: Day,
        /// Dose level.
        may mg_per_m2: MgPerM2,
        /// The dose.
        may mg: Milligrams,
        /// Planned day.
        need planned: Date,
        /// First day on which it may be given.
        may earliest: Date,
        /// Last day of its window.
        may latest: Date,
        /// The day it was given.
        need given: Option<Date>,
    }

    /// Dates counted from the last dose. Each restriction holds through the day before its date.
    Counselling [Copy] {
        /// Today when today's dose is given, else the latest given.
        need last_dose: Date,
        /// A woman who can become pregnant uses effective contraception until then.
        need contraception_female_until: Date,
        /// A man whose partner can become pregnant uses effective contraception until then.
        need contraception_male_until: Date,
        /// No breastfeeding until then.
        need no_breastfeeding_until: Date,
        /// Watch for veno-occlusive disease at least until then.
        need vod_watch_until: Date,
    }

    /// Something to watch.
    MonitoringItem [Copy] {
        /// What.
        need what: &'static str,
        /// When.
        need when: &'static str,
        /// Rule that asks for it.
        need rule: &'static str,
    }
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
