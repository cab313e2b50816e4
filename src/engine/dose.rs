//! The dose a day has by plan: level by cycle, day, response and reduction in force, times body surface area.

use rust_decimal::{Decimal, RoundingStrategy};

use super::assessment::Assessment;
use super::case::{BsaFormula, Day, Reduction, Response};
use super::derivation::Trace;
use super::facts::Facts;
use super::labels::dosing;
use super::numbers::{DOSE_01, DOSE_02, DOSE_03, RED_01};
use super::rule::Grounds;
use super::units::{MgPerM2, Milligrams, SquareMetres};

/// A day's dose before anything is said about giving it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedDose {
    /// Dose level.
    pub mg_per_m2: MgPerM2,
    /// The dose.
    pub mg: Milligrams,
}

/// Today's dose; `None` while BSA, response or reduction is not known, or where there is none by plan.
pub(crate) fn today(facts: &Facts, trace: &mut Trace) -> Option<PlannedDose> {
    let bsa = facts.bsa.as_ref()?.m2;
    let plan = level(facts, facts.day?)?;
    let mg_per_m2 = plan.traced("dose.mg_per_m2", trace);
    let mg = trace.product("dose.mg", plan.grounds, ("dose level", mg_per_m2), ("BSA", bsa));
    Some(PlannedDose { mg_per_m2, mg })
}

/// A dose level with its reason.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Level {
    full: MgPerM2,
    reduced: bool,
    what: &'static str,
    grounds: &'static Grounds,
}

impl Level {
    /// The level in mg/m².
    pub(crate) fn mg_per_m2(self) -> MgPerM2 {
        if self.reduced { self.full * dosing::REDUCED } else { self.full }
    }

    /// The rule behind the full level.
    pub(crate) fn grounds(self) -> &'static Grounds {
        self.grounds
    }

    /// The level, with how it came to be written under `path`.
    pub(crate) fn traced(self, path: &'static str, trace: &mut Trace) -> MgPerM2 {
        if self.reduced {
            trace.product(path, &RED_01, (self.what, self.full), ("reduction", dosing::REDUCED))
        } else {
            trace.lookup(path, self.grounds, self.what, self.full)
        }
    }
}

/// The level of a day of the visit's cycle.
pub(crate) fn level(facts: &Facts, day: Day) -> Option<Level> {
    let rung = facts.ladder.rung()?;
    if rung.step > 2 || (rung.step == 2 && day == Day::D15) {
        return None;
    }
    let (full, grounds, what) = full_level(facts, day)?;
    Some(Level { full, reduced: rung.step > 0, what, grounds })
}

fn full_level(facts: &Facts, day: Day) -> Option<(MgPerM2, &'static Grounds, &'static str)> {
    let before_response = dosing::before_response(day);
    if facts.cycle? == 1 {
        let what = match day {
            Day::D1 => "level for cycle 1, day 1",
            Day::D8 => "level for cycle 1, day 8",
            Day::D15 => "level for cycle 1, day 15",
        };
        return Some((before_response, &DOSE_01, what));
    }
    if facts.response_lost() {
        return None;
    }
    match facts.in_force()?.class {
        Response::Cr | Response::Cri => Some((dosing::IN_RESPONSE, &DOSE_02, "level after CR or CRi")),
        Response::None if day == Day::D1 => Some((before_response, &DOSE_03, "level for day 1 without CR or CRi")),
        Response::None => Some((before_response, &DOSE_03, "level for day 8 or 15 without CR or CRi")),
        Response::Unknown => None,
    }
}

/// Today's dose as one formula of body surface area would have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DoseBy {
    /// The formula.
    pub formula: BsaFormula,
    /// Body surface area by it.
    pub m2: SquareMetres,
    /// The dose by it.
    pub mg: Milligrams,
    /// How much more than the dose in use; negative when less.
    pub more_mg: Milligrams,
    /// The same in % of the dose in use, half-up to 1 decimal.
    pub more_percent: Decimal,
    /// The formula in use.
    pub in_use: bool,
}

/// Today's dose by each of the five formulas; `None` while it has no level or no body surface area.
#[must_use]
pub fn by_formula(found: &Assessment) -> Option<[DoseBy; 5]> {
    let (bsa, level) = (found.bsa.as_ref()?, found.dose?.mg_per_m2);
    let in_use = level * bsa.m2;
    Some(bsa.all.map(|(formula, m2)| {
        let mg = level * m2;
        let more_mg = mg - in_use;
        let share = (more_mg.0 * Decimal::ONE_HUNDRED).checked_div(in_use.0).unwrap_or_default();
        let more_percent = share.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
        DoseBy { formula, m2, mg, more_mg, more_percent, in_use: formula == bsa.formula }
    }))
}

/// The one that is farthest from the dose in use; the first of several.
#[must_use]
pub fn farthest(doses: &[DoseBy; 5]) -> DoseBy {
    let [first, others @ ..] = doses;
    others.iter().fold(*first, |far, dose| if dose.more_mg.0.abs() > far.more_mg.0.abs() { *dose } else { far })
}

/// The contract's word for the step in force.
pub(crate) fn reduction(facts: &Facts) -> Reduction {
    match facts.ladder.rung().unwrap_or_default().step {
        0 => Reduction::None,
        1 => Reduction::Minus25Percent,
        _ => Reduction::TwoDoses,
    }
}
