//! The rule book: the registry as a text that a pharmacist can hold against the label.

use std::fmt::Write;

use super::labels;
use super::rule::{Clause, Confidence, Rule, Severity, Source};
use super::rules::registry;

/// The rule book as Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut out = format!(
        "# Rule book\n\n\
         Edition {}, sources read {}, to be read again by {}. Made from the rules in `src/engine/rules`; do not edit.\n\n\
         Severity: **stop** do not give; **hold** do not give now; **caution** give only after acknowledgement; **info** worth \
         knowing. Confidence: A read in a label or trial; S stated in a document of the customer; B read in a secondary \
         source; D derived; M from memory, **confirm against your label**.\n",
        labels::RULES,
        labels::READ,
        labels::REVIEW_BY
    );
    for rule in registry() {
        section(&mut out, rule);
    }
    out
}

fn section(out: &mut String, rule: &Rule) {
    let grounds = &rule.grounds;
    let sources: Vec<String> = grounds.sources.iter().map(cited).collect();
    let confirm = if grounds.confidence == Confidence::M { ", **confirm against your label**" } else { "" };
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "\n## {}\n\nApplies: {}. Sources: {}. Confidence {}{confirm}.\n\n| When | US | EU | What it says |\n|---|---|---|---|\n",
        grounds.id,
        rule.applies,
        sources.join("; "),
        grounds.confidence.word()
    );
    for clause in rule.clauses {
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} |",
            clause.when,
            weight(clause, clause.us),
            weight(clause, clause.eu),
            clause.message
        );
    }
}

fn cited(source: &Source) -> String {
    format!("{} {}", source.document.word(), source.section)
}

fn weight(clause: &Clause, severity: Option<Severity>) -> String {
    let word = severity.map_or("–", Severity::word);
    if clause.omits_dose && severity.is_some() { format!("{word}, dose left out") } else { word.to_owned() }
}
