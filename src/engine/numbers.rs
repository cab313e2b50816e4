//! What each number of an assessment rests on: one list, which the derivations cite and the rule book prints.

use super::disagreements::same_text;
use super::rule::{Grounds, grounds};
use super::rules::{eligibility, preparation, schedule};

/// The grounds of a number, and how it is made, in words.
#[derive(Debug, Clone, Copy)]
pub struct Number {
    /// Id, sources, confidence.
    pub grounds: &'static Grounds,
    /// How the number is made.
    pub says: &'static str,
}

macro_rules! numbers {
    ($($name:ident $id:literal $confidence:ident [$($source:ident)+] $says:literal;)+) => {
        grounds! { $(#[doc = $says] $name $id $confidence [$($source)+];)+ }
        static BY_THEMSELVES: &[Number] = &[$(Number { grounds: &$name, says: $says }),+];
    };
}

numbers! {
    BSA_01 "BSA-01" A [OWN_BSA] "Mosteller: the root of height times weight over 3600, half-up to 2 decimals. The default.";
    BSA_02 "BSA-02" A [OWN_BSA] "Du Bois: 0.007184 x height^0.725 x weight^0.425, half-up to 2 decimals.";
    BSA_03 "BSA-03" A [OWN_BSA] "Haycock: 0.024265 x height^0.3964 x weight^0.5378, half-up to 2 decimals.";
    BSA_04 "BSA-04" A [OWN_BSA] "Gehan and George: 0.0235 x height^0.42246 x weight^0.51456, half-up to 2 decimals.";
    BSA_05 "BSA-05" A [OWN_BSA] "Boyd: 0.0003207 x height^0.3 x grams^(0.7285 - 0.0188 log grams), half-up to 2 decimals.";
    DOSE_01 "DOSE-01" A [US_2_1 EU_4_2] "Cycle 1, every patient: 0.8 mg/m2 on day 1, 0.5 on day 8, 0.5 on day 15.";
    DOSE_02 "DOSE-02" A [US_2_1 EU_4_2] "A later cycle after CR or CRi: 0.5 mg/m2 on each of the three days.";
    DOSE_03 "DOSE-03" A [US_2_1 EU_4_2] "A later cycle without CR or CRi: 0.8 mg/m2 on day 1, 0.5 on day 8, 0.5 on day 15.";
    RED_01 "RED-01" M [US_2_3 EU_4_2 OWN_READING] "First reduction: 25 % less, spread evenly over the doses.";
    RECON_04 "RECON-04" D [US_2_4 EU_6_6 OWN_READING] "Vials are the unrounded volume over 3.6 mL each, rounded up, in both profiles.";
    RECON_08 "RECON-08" A [US_2_4] "A vial is for one dose and has no preservative: what is left is discarded.";
    INF_02 "INF-02" A [US_2_4 EU_4_2] "The whole volume runs in 1 h: 50 mL/h for a bag of 50 mL.";
    TIME_03 "TIME-03" D [US_2_4 EU_6_3] "The infusion starts within 7 h of reconstitution, so that it ends within 8 h.";
    OBS_01 "OBS-01" A [US_2_2 EU_4_2 PROTOCOL_HANDLING] "The patient is observed for at least 1 h after the end of the infusion.";
    SCHED_01 "SCHED-01" A [US_2_1 EU_4_2] "Day 8 and day 15 may be moved by up to 2 days either way.";
    SCHED_05 "SCHED-05" D [US_2_1 EU_4_2 OWN_READING] "A cycle starts when the one before is over, and at least 6 days after its last dose.";
    CONTRAC_01 "CONTRAC-01" A [US_8_3 EU_4_6] "A woman who can become pregnant uses effective contraception until 8 months after the last dose.";
    CONTRAC_02 "CONTRAC-02" A [US_8_3 EU_4_6] "A man whose partner can become pregnant uses effective contraception until 5 months after the last dose.";
    VOD_03 "VOD-03" A [US_5_1 EU_4_4] "Veno-occlusive disease may appear up to 56 days after the last dose: watch at least so long.";
}

/// Numbers that stand on a rule which can also fire.
static WITH_A_RULE: &[Number] = &[
    Number {
        grounds: &preparation::RECON_12.grounds,
        says: "The volume to withdraw is the dose over 0.25 mg/mL; vials are counted from it unrounded, unless a rounding is asked for.",
    },
    Number {
        grounds: &preparation::DIL_02.grounds,
        says: "Drug and diluent together make the total volume, 50 mL in a bag.",
    },
    Number { grounds: &preparation::DIL_03.grounds, says: "A bag may hold 0.01 to 0.1 mg/mL, limits included." },
    Number { grounds: &preparation::DIL_05.grounds, says: "A syringe may hold 0.025 to 0.1 mg/mL, limits included." },
    Number { grounds: &preparation::TIME_01.grounds, says: "Dilution is within 4 h of reconstitution." },
    Number { grounds: &preparation::TIME_02.grounds, says: "The infusion ends within 8 h of reconstitution." },
    Number {
        grounds: &schedule::SCHED_04.grounds,
        says: "The window of a day, and at least 6 days after the dose before it.",
    },
    Number { grounds: &eligibility::LACT_01.grounds, says: "No breastfeeding until 2 months after the last dose." },
];

/// Every number's grounds.
pub fn numbers() -> impl Iterator<Item = &'static Number> {
    BY_THEMSELVES.iter().chain(WITH_A_RULE)
}

/// The number with this id; as [`card`](super::cards::card).
#[must_use]
pub const fn number(id: &str) -> Option<Number> {
    let mut lists: &[&[Number]] = &[BY_THEMSELVES, WITH_A_RULE];
    while let [list, more @ ..] = lists {
        let mut rest = *list;
        while let [first, others @ ..] = rest {
            if same_text(first.grounds.id.as_bytes(), id.as_bytes()) {
                return Some(*first);
            }
            rest = others;
        }
        lists = more;
    }
    None
}
