//! What to watch around this dose.

use super::assessment::MonitoringItem;
use super::facts::Facts;

const EVERY_DOSE: [MonitoringItem; 5] = [
    item("Full blood count", "before each dose", "MON-01"),
    item("ALT, AST, total bilirubin, alkaline phosphatase", "before and after each dose", "MON-02"),
    item("Signs of veno-occlusive disease, and weight", "at each visit", "MON-03"),
    item("Signs of infection and bleeding", "throughout, and after the last dose", "MON-05"),
    item("Fever, chills, rash, breathing", "during the infusion and for at least 1 h after", "MON-06"),
];
const FIRST_DOSE: [MonitoringItem; 2] = [
    item("ECG and electrolytes", "before the first dose, then as needed", "MON-04"),
    item("Pregnancy test, if the patient can become pregnant", "before the first dose", "MON-11"),
];
const NEXT_CYCLE: MonitoringItem = item("Marrow response with MRD", "before the next cycle", "MON-07");

const fn item(what: &'static str, when: &'static str, rule: &'static str) -> MonitoringItem {
    MonitoringItem { what, when, rule }
}

/// The items of this visit.
pub(crate) fn monitoring(facts: &Facts) -> Vec<MonitoringItem> {
    let first = if facts.first_dose() { &FIRST_DOSE[..] } else { &[] };
    EVERY_DOSE.iter().chain(first).chain([&NEXT_CYCLE]).copied().collect()
}
