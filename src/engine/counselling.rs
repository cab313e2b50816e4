//! The dates a patient is told, counted from the last dose. A new dose restarts them all (DATE-02).

use super::assessment::Counselling;
use super::calendar::Date;
use super::derivation::Trace;
use super::labels::dosing;
use super::labels::sources::{EU_4_4, EU_4_6, US_5_1, US_8_2, US_8_3};
use super::rule::{Confidence, Grounds};

const FEMALE: Grounds = Grounds { id: "CONTRAC-01", sources: &[US_8_3, EU_4_6], confidence: Confidence::A };
const MALE: Grounds = Grounds { id: "CONTRAC-02", sources: &[US_8_3, EU_4_6], confidence: Confidence::A };
const LACTATION: Grounds = Grounds { id: "LACT-01", sources: &[US_8_2, EU_4_6], confidence: Confidence::A };
const VOD: Grounds = Grounds { id: "VOD-03", sources: &[US_5_1, EU_4_4], confidence: Confidence::A };

/// The dates that follow from the last dose, for either sex.
pub(crate) fn counselling(last_dose: Date, trace: &mut Trace) -> Counselling {
    let from = ("last dose", last_dose);
    let mut months = |path, grounds, months| trace.months_after(path, grounds, from, months);
    let female = months("counselling.contraception_female_until", &FEMALE, dosing::CONTRACEPTION_FEMALE_MONTHS);
    let male = months("counselling.contraception_male_until", &MALE, dosing::CONTRACEPTION_MALE_MONTHS);
    let lactation = months("counselling.no_breastfeeding_until", &LACTATION, dosing::LACTATION_MONTHS);
    Counselling {
        last_dose,
        contraception_female_until: female,
        contraception_male_until: male,
        no_breastfeeding_until: lactation,
        vod_watch_until: trace.days_after("counselling.vod_watch_until", &VOD, from, dosing::VOD_WATCH_DAYS),
    }
}
