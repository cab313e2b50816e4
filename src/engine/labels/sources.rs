//! The places the rules point to.

use crate::engine::rule::{Document, Source};

macro_rules! sources {
    ($($name:ident = $document:ident $section:literal;)+) => {$(
        #[doc = concat!("Section ", $section, ".")]
        pub const $name: Source = Source { document: Document::$document, section: $section };
    )+};
}

sources! {
    US_BOX = UsPi "boxed warning";
    US_1 = UsPi "1";
    US_2_1 = UsPi "2.1";
    US_2_2 = UsPi "2.2";
    US_2_3 = UsPi "2.3";
    US_2_4 = UsPi "2.4";
    US_4 = UsPi "4";
    US_5_1 = UsPi "5.1";
    US_5_2 = UsPi "5.2";
    US_5_3 = UsPi "5.3";
    US_5_4 = UsPi "5.4";
    US_5_5 = UsPi "5.5";
    US_8_1 = UsPi "8.1";
    US_8_2 = UsPi "8.2";
    US_8_3 = UsPi "8.3";
    US_8_4 = UsPi "8.4";
    US_8_5 = UsPi "8.5";
    US_11 = UsPi "11";
    US_12_2 = UsPi "12.2";
    US_12_3 = UsPi "12.3";
    US_13_1 = UsPi "13.1";
    US_14 = UsPi "14";
    US_16 = UsPi "16";
    EU_4_1 = EuSmpc "4.1";
    EU_4_2 = EuSmpc "4.2";
    EU_4_3 = EuSmpc "4.3";
    EU_4_4 = EuSmpc "4.4";
    EU_4_6 = EuSmpc "4.6";
    EU_4_8 = EuSmpc "4.8";
    EU_6_2 = EuSmpc "6.2";
    EU_6_3 = EuSmpc "6.3";
    EU_6_4 = EuSmpc "6.4";
    EU_6_5 = EuSmpc "6.5";
    EU_6_6 = EuSmpc "6.6";
    PROTOCOL_BAG = Protocol "bag and syringe concentrations, children's hospital manual";
    PROTOCOL_MANUAL = Protocol "children's hospital manual";
    PROTOCOL_HANDLING = Protocol "stability chart and administration";
    PROTOCOL_NATIONAL = Protocol "regimen library, New Zealand";
    PROTOCOL_PANEL = Protocol "expert panel on veno-occlusive disease";
    PROTOCOL_COMPENDIUM = Protocol "drug compendia";
    PROTOCOL_OLD_LABEL = Protocol "translation of the US label of 2017";
    PROTOCOL_SEATTLE = Protocol "modified Seattle criteria";
    PROTOCOL_BALTIMORE = Protocol "Baltimore criteria";
    PROTOCOL_EBMT_ADULT = Protocol "EBMT criteria for adults, 2016";
    PROTOCOL_EBMT_2023 = Protocol "EBMT criteria for adults, 2023";
    PROTOCOL_EBMT_CHILD = Protocol "EBMT criteria for children";
    PROTOCOL_PRACTICE = Protocol "common practice";
    PROTOCOL_REFERENCE = Protocol "reference document";
    TRIAL_MRD = Trial "MRD study, Blood 2024;143:417";
    TRIAL_INO_VATE = Trial "INO-VATE exclusion criteria";
    TRIAL_SAFETY = Trial "INO-VATE, safety";
    TRIAL_CHILDREN = Trial "pediatric study of the US label";
    OWN_BSA = Own "rounding and spread of body surface area";
    OWN_SAFETY = Own "safety limit where the labels are silent";
    OWN_READING = Own "reading where the label can be read two ways";
    OWN_ARITHMETIC = Own "arithmetic";
}
