//! What to watch around a dose: the monitoring calendar, in the order of a visit. Each line is declared once; a visit shows those
//! that concern it, the rule book all of them.

use std::cmp::Ordering;

use super::assessment::MonitoringItem;
use super::case::{Hsct, Sex};
use super::facts::Facts;
use super::rule::{Grounds, for_readers, grounds};
use super::rules::heart::MON_04;
use super::rules::transplant::HSCT_09;

/// One line of the calendar.
#[derive(Debug)]
pub struct Watch {
    /// Id, sources, confidence.
    pub grounds: &'static Grounds,
    /// What is watched.
    pub what: &'static str,
    /// When.
    pub when: &'static str,
    /// Which visits show it, in words. Empty in the page's program: see `for_readers!`.
    pub visits: &'static str,
    /// The same as a condition.
    concerns: fn(&Facts) -> bool,
}

grounds! {
    MON_01 "MON-01" A [US_5_3 EU_4_2];
    MON_02 "MON-02" A [US_5_1 EU_4_4 PROTOCOL_PANEL OWN_READING];
    MON_03 "MON-03" B [US_5_1 EU_4_4 PROTOCOL_PANEL];
    MON_05 "MON-05" A [US_5_3];
    MON_06 "MON-06" A [US_5_4 EU_4_2];
    MON_07 "MON-07" D [US_2_1 EU_4_2 OWN_READING];
    MON_08 "MON-08" A [US_5_1 US_5_2 PROTOCOL_PANEL];
    MON_11 "MON-11" S [US_8_3 EU_4_6];
    QT_01 "QT-01" A [US_5_5];
    TLS_02 "TLS-02" B [PROTOCOL_PANEL];
}

/// Days after a dose, first and last, on which [`MON_02`] looks again: its 24 to 72 h.
pub const LIVER_TESTS_AFTER_DAYS: (u16, u16) = (1, 3);

/// The calendar: before the dose, during it, after it.
pub static CALENDAR: &[Watch] = &[
    Watch {
        grounds: &MON_01,
        what: "Full blood count",
        when: "before each dose",
        visits: for_readers!("every visit"),
        concerns: |_| true,
    },
    Watch {
        grounds: &MON_02,
        what: "ALT, AST, total bilirubin, alkaline phosphatase",
        when: "before each dose, and 24 to 72 h after it",
        visits: for_readers!("every visit"),
        concerns: |_| true,
    },
    Watch {
        grounds: &MON_03,
        what: "Signs of veno-occlusive disease: large or tender liver, ascites, weight gain",
        when: "at each visit; weight every day",
        visits: for_readers!("every visit"),
        concerns: |_| true,
    },
    Watch {
        grounds: &MON_11,
        what: "Pregnancy test, if the patient can become pregnant",
        when: "before the first dose",
        visits: for_readers!("cycle 1, day 1, unless it is known that the patient cannot become pregnant"),
        concerns: |facts| facts.first_dose() && may_be_pregnant(facts),
    },
    Watch {
        grounds: &MON_04.grounds,
        what: "ECG and electrolytes",
        when: "before the first dose, after any new drug that prolongs QT, then as needed",
        visits: for_readers!("cycle 1, day 1"),
        concerns: |facts| facts.first_dose(),
    },
    Watch {
        grounds: &QT_01,
        what: "ECG and electrolytes",
        when: "now, and after any new drug that prolongs QT",
        visits: for_readers!("later visits, with a risk of QT prolongation"),
        concerns: |facts| !facts.first_dose() && facts.case.history.qt_risk == Some(true),
    },
    Watch {
        grounds: &TLS_02,
        what: "Potassium, phosphate, calcium, urate, creatinine, LDH",
        when: "before the dose and in the first days after it, if the tumor burden is high",
        visits: for_readers!("cycle 1, day 1; later visits with more than 10,000 blasts per mm3"),
        concerns: |facts| facts.first_dose() || facts.blasts().is_some_and(|(_, order)| order == Ordering::Greater),
    },
    Watch {
        grounds: &MON_07,
        what: "Marrow response with MRD",
        when: "before this dose: it sets the dose",
        visits: for_readers!("day 1 of cycle 2 and later"),
        concerns: |facts| facts.later_day_1(),
    },
    Watch {
        grounds: &MON_06,
        what: "Fever, chills, rash, breathing",
        when: "during the infusion and for at least 1 h after",
        visits: for_readers!("every visit"),
        concerns: |_| true,
    },
    Watch {
        grounds: &MON_05,
        what: "Signs of infection and bleeding",
        when: "throughout, and after the last dose",
        visits: for_readers!("every visit"),
        concerns: |_| true,
    },
    Watch {
        grounds: &MON_07,
        what: "Marrow response with MRD",
        when: "from day 21 on, before the next cycle",
        visits: for_readers!("every visit but day 1 of cycle 2 and later"),
        concerns: |facts| !facts.later_day_1(),
    },
    Watch {
        grounds: &HSCT_09.grounds,
        what: "Total bilirubin, below its upper limit",
        when: "at the last test before the transplant",
        visits: for_readers!("cycle 2 and later before a transplant"),
        concerns: before_transplant,
    },
    Watch {
        grounds: &MON_08,
        what: "Liver tests, signs of infection and of veno-occlusive disease",
        when: "after the transplant: closely in the first month, then less often",
        visits: for_readers!("cycle 2 and later before a transplant"),
        concerns: before_transplant,
    },
];

fn may_be_pregnant(facts: &Facts) -> bool {
    let patient = &facts.case.patient;
    patient.sex != Some(Sex::Male) && patient.reproductive_potential != Some(false)
}

fn before_transplant(facts: &Facts) -> bool {
    facts.later_cycle() && facts.case.hsct == Some(Hsct::Planned)
}

/// The lines that concern this visit.
pub(crate) fn monitoring(facts: &Facts) -> Vec<MonitoringItem> {
    let shown = CALENDAR.iter().filter(|watch| (watch.concerns)(facts));
    shown.map(|watch| MonitoringItem { what: watch.what, when: watch.when, rule: watch.grounds.id }).collect()
}
