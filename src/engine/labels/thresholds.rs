//! The limits that the rules compare with.

use rust_decimal::{Decimal, dec};

use crate::engine::units::{GigaPerLitre, Milliseconds};

/// Blasts per mm³ that may be there before the first dose, inclusive (CYTO-01, CYTO-02).
pub const BLASTS_PER_MM3: Decimal = dec!(10000);
/// Cells per mm³ in one 10⁹/L, for blasts and their limit.
pub const PER_MM3_IN_GIGA_PER_LITRE: Decimal = dec!(1000);

/// ANC for a new cycle (MODH-01, -03) and for CR (RESP-01).
pub const ANC: GigaPerLitre = GigaPerLitre(dec!(1));
/// Platelets for a new cycle (MODH-02, -03).
pub const PLATELETS: GigaPerLitre = GigaPerLitre(dec!(50));
/// ANC above which the unit is in doubt (CONV-04).
pub const ANC_PLAUSIBLE: GigaPerLitre = GigaPerLitre(dec!(100));
/// Platelets above which the unit is in doubt (CONV-04).
pub const PLATELETS_PLAUSIBLE: GigaPerLitre = GigaPerLitre(dec!(2000));
/// Days a drug-related low count may last, inclusive (MODH-04, -05, -07).
pub const LOW_COUNT_DAYS: i64 = 28;

/// Platelets for CR (RESP-01).
pub const CR_PLATELETS: GigaPerLitre = GigaPerLitre(dec!(100));
/// Marrow blasts that exclude CR and CRi from here on, % (RESP-01, -02).
pub const CR_MARROW_BLASTS: Decimal = dec!(5);
/// MRD is negative below this share (RESP-03).
pub const MRD_NEGATIVE_BELOW: Decimal = dec!(0.0001);

/// Bilirubin, multiples of ULN, inclusive (MODNH-02).
pub const BILIRUBIN_X_ULN: Decimal = dec!(1.5);
/// AST and ALT, multiples of ULN, inclusive (MODNH-02).
pub const TRANSAMINASE_X_ULN: Decimal = dec!(2.5);

/// QTcF above which a caution fires (QT-04).
pub const QTCF_CAUTION: Milliseconds = Milliseconds(dec!(480));
/// QTcF above which the dose is held (QT-04).
pub const QTCF_HOLD: Milliseconds = Milliseconds(dec!(500));
/// Rise over baseline above which the dose is held (QT-04).
pub const QTCF_RISE: Milliseconds = Milliseconds(dec!(60));

/// Completed years from which the US label speaks of children (ELIG-04, -05).
pub const CHILD_YEARS: u64 = 1;
/// Completed years from which the EU label applies (ELIG-06, -07).
pub const ADULT_YEARS: u64 = 18;
/// Completed years above which benefit and risk are weighed (GER-01).
pub const OLDER_YEARS: u64 = 65;

/// Interruption from which the next dose is left out (INT-02).
pub const OMIT_DAYS: i64 = 7;
/// Interruption from which the next cycle is reduced (INT-03).
pub const REDUCE_DAYS: i64 = 14;
/// Longest interruption after which the drug goes on without a new decision (INT-03, -06).
pub const LONGEST_DAYS: i64 = 28;

/// Grade from which an infusion reaction ends treatment (IRR-02).
pub const SEVERE_REACTION: u64 = 3;
/// Grade from which another toxicity holds the dose (MODNH-05).
pub const HOLDING_GRADE: u64 = 2;

/// Cycles before a transplant (HSCT-01).
pub const CYCLES_BEFORE_HSCT: u64 = 2;
/// Cycles by which CR or CRi must be there (HSCT-06).
pub const CYCLES_TO_RESPOND: u64 = 3;
/// Cycles at most (HSCT-05).
pub const CYCLES_AT_MOST: u64 = 6;

/// Share of the BSA in use by which the five formulas may differ (BSA-13).
pub const BSA_SPREAD: Decimal = dec!(0.05);
