//! The dates a patient is told, counted from the last dose. A new dose restarts them all (DATE-02).

use super::assessment::Counselling;
use super::calendar::Date;
use super::derivation::Trace;
use super::labels::dosing;
use super::numbers::{CONTRAC_01, CONTRAC_02, VOD_03};
use super::rules::eligibility::LACT_01;

/// The dates that follow from the last dose, for either sex.
pub(crate) fn counselling(last_dose: Date, trace: &mut Trace) -> Counselling {
    let from = ("last dose", last_dose);
    let mut months = |path, grounds, months| trace.months_after(path, grounds, from, months);
    let female = months("counselling.contraception_female_until", &CONTRAC_01, dosing::CONTRACEPTION_FEMALE_MONTHS);
    let male = months("counselling.contraception_male_until", &CONTRAC_02, dosing::CONTRACEPTION_MALE_MONTHS);
    let lactation = months("counselling.no_breastfeeding_until", &LACT_01.grounds, dosing::LACTATION_MONTHS);
    Counselling {
        last_dose,
        contraception_female_until: female,
        contraception_male_until: male,
        no_breastfeeding_until: lactation,
        vod_watch_until: trace.days_after("counselling.vod_watch_until", &VOD_03, from, dosing::VOD_WATCH_DAYS),
    }
}
