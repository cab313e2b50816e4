//! The places the rules point to.

use crate::engine::rule::{Document, Source};

macro_rules! sources {
    ($($name:ident = $document:ident $section:literal;)+) => {$(
        #[doc = concat!("Section ", $section, ".")]
        pub const $name: Source = Source { document: Document::$document, section: $section };
    )+};
}

sources! {
    US_1 = UsPi "1";
    US_2_1 = UsPi "2.1";
    US_2_2 = UsPi "2.2";
    US_2_3 = UsPi "2.3";
    US_2_4 = UsPi "2.4";
    US_4 = UsPi "4";
    US_5_1 = UsPi "5.1";
    US_5_3 = UsPi "5.3";
    US_5_4 = UsPi "5.4";
    US_5_5 = UsPi "5.5";
    US_8_1 = UsPi "8.1";
    US_8_2 = UsPi "8.2";
    US_8_3 = UsPi "8.3";
    US_8_4 = UsPi "8.4";
    US_8_5 = UsPi "8.5";
    US_14 = UsPi "14";
    EU_4_1 = EuSmpc "4.1";
    EU_4_2 = EuSmpc "4.2";
    EU_4_3 = EuSmpc "4.3";
    EU_4_4 = EuSmpc "4.4";
    EU_4_6 = EuSmpc "4.6";
    EU_6_3 = EuSmpc "6.3";
    EU_6_6 = EuSmpc "6.6";
    PROTOCOL_BAG = Protocol "bag and syringe concentrations, children's hospital manual";
    PROTOCOL_HANDLING = Protocol "stability chart and administration";
    TRIAL_MRD = Trial "MRD study, Blood 2024;143:417";
    TRIAL_INO_VATE = Trial "INO-VATE exclusion criteria";
    OWN_BSA = Own "rounding and spread of body surface area";
    OWN_SAFETY = Own "safety limit where the labels are silent";
    OWN_READING = Own "reading where the label can be read two ways";
}
