//! Doses, vials, volumes, days and hours. Sections: US PI 3/2024 2.1–2.4; EU SmPC 4.2, 4.6, 6.3, 6.6.

use rust_decimal::{Decimal, dec};

use crate::engine::case::Day;
use crate::engine::units::{Factor, Hours, MgPerM2, MgPerMl, Milligrams, Millilitres};

/// Day 1 of cycle 1, and of later cycles without CR or CRi (DOSE-01, DOSE-03).
const HIGH: MgPerM2 = MgPerM2(dec!(0.8));
/// Every other dose (DOSE-01, DOSE-02, DOSE-03).
const LOW: MgPerM2 = MgPerM2(dec!(0.5));

/// Dose level in cycle 1, and in a later cycle without CR or CRi.
#[must_use]
pub fn before_response(day: Day) -> MgPerM2 {
    match day {
        Day::D1 => HIGH,
        Day::D8 | Day::D15 => LOW,
    }
}

/// Dose level in a cycle after CR or CRi, on each of its days.
pub const IN_RESPONSE: MgPerM2 = LOW;
/// What is left of each dose after the first reduction (INT-03, RED-01).
pub const REDUCED: Factor = Factor(dec!(0.75));

/// After reconstitution with 4 mL (RECON-02).
pub const RECONSTITUTED: MgPerMl = MgPerMl(dec!(0.25));
/// What can be withdrawn from one vial, in both profiles (RECON-03, RECON-04).
pub const PER_VIAL: Millilitres = Millilitres(dec!(3.6));
/// The drug in what can be withdrawn from one vial.
pub const PER_VIAL_MG: Milligrams = Milligrams(dec!(0.9));
/// Total volume of a bag when none is given (DIL-02).
pub const BAG: Millilitres = Millilitres(dec!(50));
/// Concentrations in a bag, inclusive (DIL-03).
pub const BAG_RANGE: (MgPerMl, MgPerMl) = (MgPerMl(dec!(0.01)), MgPerMl(dec!(0.1)));
/// Concentrations in a syringe, inclusive (DIL-05).
pub const SYRINGE_RANGE: (MgPerMl, MgPerMl) = (MgPerMl(dec!(0.025)), MgPerMl(dec!(0.1)));
/// What a small syringe measures, and a larger one (RECON-12). Ours: the measuring is a local matter.
pub const FINE_GRADUATION: Millilitres = Millilitres(dec!(0.05));
/// See [`FINE_GRADUATION`].
pub const COARSE_GRADUATION: Millilitres = Millilitres(dec!(0.1));
/// Above this a volume is not rounded to a graduation, per cent of the dose (RECON-12). Ours: no label rounds.
pub const MEASURED_CHANGE_PERCENT: Decimal = dec!(5);
/// Length of the infusion (INF-01).
pub const INFUSION: Hours = Hours(dec!(1));

/// Hours from reconstitution to dilution (TIME-01).
pub const DILUTE_WITHIN_H: u8 = 4;
/// Hours from reconstitution to the start of a one-hour infusion (TIME-03).
pub const START_WITHIN_H: u8 = 7;
/// Hours from reconstitution to the end of the infusion (TIME-02).
pub const END_WITHIN_H: u8 = 8;
/// The infusion's length in whole hours (INF-01).
pub const INFUSION_H: u8 = 1;
/// Hours of observation after the infusion (OBS-01).
pub const OBSERVE_H: u8 = 1;

/// Days a dose may be moved either way (SCHED-01).
pub const WINDOW_DAYS: u16 = 2;
/// Least days between two doses (SCHED-02).
pub const GAP_DAYS: u16 = 6;

/// Months of contraception after the last dose, women (CONTRAC-01).
pub const CONTRACEPTION_FEMALE_MONTHS: u8 = 8;
/// Months of contraception after the last dose, men (CONTRAC-02).
pub const CONTRACEPTION_MALE_MONTHS: u8 = 5;
/// Months without breastfeeding after the last dose (LACT-01).
pub const LACTATION_MONTHS: u8 = 2;
/// Days of watching for veno-occlusive disease after the last dose (VOD-03).
pub const VOD_WATCH_DAYS: u16 = 56;
