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
use super::rule::{Rule, Test};

/// Every rule, topic by topic, in the order a visit goes.
pub fn registry() -> impl Iterator<Item = &'static Rule> {
    let topics = [
        eligibility::RULES,
        cytoreduction::RULES,
        premedication::RULES,
        heart::RULES,
        response::RULES,
        transplant::RULES,
        counts::RULES,
        liver::RULES,
        toxicity::RULES,
        interruption::RULES,
        schedule::RULES,
        surface::RULES,
        preparation::RULES,
    ];
    topics.into_iter().flatten().copied()
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
