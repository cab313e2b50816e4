//! The rules, one file a topic. Each is declared once; [`registry`] is what `assess` runs, the rule book prints and tests count.

pub mod counts;
pub mod cytoreduction;
pub mod eligibility;
pub mod heart;
pub mod interruption;
pub mod liver;
pub mod premedication;
pub mod preparation;
pub mod response;
pub mod schedule;
pub mod surface;
pub mod toxicity;
pub mod transplant;

use super::assessment::Finding;
use super::facts::Facts;
use super::rule::{Rule, Test, for_readers};

/// The topics in the order a visit goes, each with its name and its rules.
pub static TOPICS: &[(&str, &[&Rule])] = &[
    (for_readers!("Eligibility and contraindications"), eligibility::RULES),
    (for_readers!("Cytoreduction"), cytoreduction::RULES),
    (for_readers!("Premedication"), premedication::RULES),
    (for_readers!("Heart rhythm"), heart::RULES),
    (for_readers!("Response"), response::RULES),
    (for_readers!("Transplant and number of cycles"), transplant::RULES),
    (for_readers!("Blood counts"), counts::RULES),
    (for_readers!("Liver"), liver::RULES),
    (for_readers!("Toxicity"), toxicity::RULES),
    (for_readers!("Interruptions"), interruption::RULES),
    (for_readers!("Schedule"), schedule::RULES),
    (for_readers!("Body surface area"), surface::RULES),
    (for_readers!("Preparation and infusion"), preparation::RULES),
];

/// Every rule, topic by topic.
pub fn registry() -> impl Iterator<Item = &'static Rule> {
    TOPICS.iter().flat_map(|(_, rules)| rules.iter().copied())
}

/// What every rule finds in this case.
pub(crate) fn findings(facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in registry() {
        for clause in rule.clauses {
            let Some(severity) = clause.severity(facts.profile()) else {
                continue;
            };
            let mut keep = |basis| findings.push(Finding { rule, clause, severity, basis });
            match clause.test {
                Test::Visit(test) => test(facts).into_iter().for_each(&mut keep),
                Test::EachToxicity(test) => {
                    facts.case.visit.toxicities.iter().filter_map(test).for_each(&mut keep);
                }
            }
        }
    }
    findings
}
