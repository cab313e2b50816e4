//! The rules of one label as data, for other programs: what the rule book says, without its words about the sources.

use super::assessment::ENGINE;
use super::case::{Profile, Schema};
use super::labels;
use super::rule::{Clause, Confidence, Rule, Severity, Source};
use super::rules::registry;
use super::shape::answers;

answers! {
    /// The rules as one label has them.
    RuleBook {
        /// The contract's version.
        need schema: Schema,
        /// Version of the engine.
        need engine: &'static str,
        /// Edition of the rules, a month.
        need rules: &'static str,
        /// Which label.
        need profile: Profile,
        /// Every rule that speaks under this label, in the order of an assessment's findings.
        need entries: Vec<RuleEntry>,
    }
    /// A rule.
    RuleEntry {
        /// Its id, as findings name it.
        need rule: &'static str,
        /// To which visits it applies, in words.
        need applies: &'static str,
        /// What it looks for, and what follows.
        need conditions: Vec<RuleCondition>,
        /// Where it is stated, for this profile.
        need sources: Vec<Source>,
        /// How well it is known.
        need confidence: Confidence,
        /// Where the sources disagree about it: ids in the rule book, when there are any.
        may disagreements: Vec<&'static str>,
    }
    /// One condition of a rule.
    RuleCondition [Copy] {
        /// The condition, in words.
        need when: &'static str,
        /// How much it weighs under this label.
        need severity: Severity,
        /// Whether today's dose is left out.
        need omits_dose: bool,
        /// What the finding says; `{name}` stands for a value of its basis.
        need says: &'static str,
    }
    /// Which rules these are.
    Version [Copy] {
        /// The contract's version.
        need schema: Schema,
        /// Version of the engine.
        need engine: &'static str,
        /// Edition of the rules, a month.
        need rules: &'static str,
        /// Month in which the sources were last read.
        need read: &'static str,
        /// Month by which they are to be read again.
        need review_by: &'static str,
    }
}

impl RuleBook {
    /// The rules under this label.
    #[must_use]
    pub fn of(profile: Profile) -> Self {
        let entries = registry().map(|rule| entry(rule, profile)).filter(|entry| !entry.conditions.is_empty());
        Self { schema: Schema, engine: ENGINE, rules: labels::RULES, profile, entries: entries.collect() }
    }
}

fn entry(rule: &'static Rule, profile: Profile) -> RuleEntry {
    let speaks = |clause: &'static Clause| {
        let Clause { when, omits_dose, message: says, .. } = *clause;
        Some(RuleCondition { when, severity: clause.severity(profile)?, omits_dose, says })
    };
    RuleEntry {
        rule: rule.grounds.id,
        applies: rule.applies,
        conditions: rule.clauses.iter().filter_map(speaks).collect(),
        sources: rule.grounds.sources_for(profile).copied().collect(),
        confidence: rule.grounds.confidence,
        disagreements: Some(rule.disagreements.to_vec()).filter(|ids| !ids.is_empty()),
    }
}

impl Version {
    /// Of this engine.
    pub const THIS: Self =
        Self { schema: Schema, engine: ENGINE, rules: labels::RULES, read: labels::READ, review_by: labels::REVIEW_BY };
}
