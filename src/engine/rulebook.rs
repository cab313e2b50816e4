//! The rule book: rules, numbers, calendar, cards and disagreements as a text that a pharmacist can hold against the label.

use std::fmt::Write;

use super::cards::{Topic, about};
use super::disagreements::{DISAGREEMENTS, Disagreement, find, touching};
use super::labels;
use super::monitoring::CALENDAR;
use super::numbers::numbers;
use super::rule::{Clause, Grounds, Rule, Severity, Source};
use super::rules::registry;

/// Rows of the sources' digest that have no entry under their own id, and where they went.
pub const WITHOUT_ENTRY: &[(&str, &str)] = &[
    ("ELIG-09, ELIG-10", "conditions of a payer, not of a label"),
    ("DOSE-05, DOSE-06, DOSE-07", "no dose level is typed: it follows from cycle, day, response and reduction"),
    ("DOSE-20, DOSE-21, DOSE-22", "doses of other studies are not shown beside a dose"),
    ("SCHED-03", "AMB-02"),
    ("RESP-05", "DIS-22"),
    ("PREMED-06, DIL-09, VODC-08", "not read in any source"),
    ("TIME-09", "times that contradict each other are refused"),
    ("OBS-02", "OBS-01"),
    ("MODH-07", "MODH-04 and -05: 28 days is not more than 28"),
    ("MODH-08", "AMB-03"),
    ("MODH-10", "MODH-03: one low baseline is enough"),
    ("MODNH-06", "IRR-01, IRR-02"),
    ("MODNH-08", "MODNH-02, -03: values are compared with multiples of their own limit, unrounded"),
    ("INT-07", "INT-01 to -06: the limits of each row"),
    ("INT-08", "AMB-04"),
    ("RED-00", "DOSE-02, DOSE-03"),
    ("RED-02", "INT-04"),
    ("RED-03", "INT-05"),
    ("RED-05", "AMB-05"),
    ("HEP-02", "MODNH-02, MODNH-03"),
    ("HEP-03", "CONTRA-03"),
    ("VOD-01", "MODNH-01"),
    ("MON-09", "MON-08"),
    ("MON-10", "TLS-02"),
    ("CONV-01", "bilirubin is never converted"),
    ("CONV-02, CONV-03", "units are converted exactly when a case is read"),
    ("CONV-05", "all arithmetic from the rounded body surface area on is exact decimal"),
];

/// The rule book as Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut out = format!(
        "# Rule book\n\n\
         Edition {}, sources read {}, to be read again by {}. Made from `src/engine`; do not edit.\n\n\
         Severity: **stop** do not give; **hold** do not give now; **caution** give only after acknowledgement; **info** worth \
         knowing. Confidence: A read in a label or trial; S stated in a document of the customer; B read in a secondary \
         source; D derived; M from memory, **confirm against your label**.\n\n\
         1. [Rules](#rules): what can be found in a case\n\
         2. [Numbers](#numbers): what each number rests on\n\
         3. [Monitoring](#monitoring): what to watch, and when\n\
         4. [Cards](#cards): what else the sources say\n\
         5. [Disagreements](#disagreements): where they differ, and what holds here\n\
         6. [Without an entry](#without-an-entry)\n\n\
         ## Rules\n",
        labels::RULES,
        labels::READ,
        labels::REVIEW_BY
    );
    for rule in registry() {
        section(&mut out, rule);
    }
    out.push_str("\n## Numbers\n\n| Id | The number | Sources | Confidence | Disagreements |\n|---|---|---|---|---|\n");
    for number in numbers() {
        row(&mut out, number.grounds, number.says);
    }
    out.push_str("\n## Monitoring\n\n| Id | What and when | Shown at | Sources | Confidence | Disagreements |\n|---|---|---|---|---|---|\n");
    for watch in CALENDAR {
        row(&mut out, watch.grounds, &format!("{}: {} | {}", watch.what, watch.when, watch.visits));
    }
    out.push_str("\n## Cards\n");
    for topic in Topic::ALL {
        let title = topic.title();
        line(
            &mut out,
            format_args!(
                "\n### {title}\n\n| Id | What it says | Sources | Confidence | Disagreements |\n|---|---|---|---|---|"
            ),
        );
        for card in about(*topic) {
            row(&mut out, &card.grounds, card.says);
        }
    }
    out.push_str("\n## Disagreements\n\n| Id | Topic | Who says what | US here | EU here | Why | Touches |\n|---|---|---|---|---|---|---|\n");
    for disagreement in DISAGREEMENTS {
        let Disagreement { id, topic, says, us, eu, why, rules } = disagreement;
        let says: Vec<String> = says.iter().map(|(who, what)| format!("{who}: {what}")).collect();
        line(
            &mut out,
            format_args!("| {id} | {topic} | {} | {us} | {eu} | {why} | {} |", says.join(" "), rules.join(", ")),
        );
    }
    out.push_str("\n## Without an entry\n\n| Ids | Where to look, or why not |\n|---|---|\n");
    for (ids, reason) in WITHOUT_ENTRY {
        line(&mut out, format_args!("| {ids} | {reason} |"));
    }
    out
}

/// Writing to a String cannot fail.
fn line(out: &mut String, text: std::fmt::Arguments) {
    let _ = writeln!(out, "{text}");
}

fn section(out: &mut String, rule: &Rule) {
    let grounds = &rule.grounds;
    line(
        out,
        format_args!(
            "\n### {}\n\nApplies: {}. Sources: {}. Confidence {}.\n\n| When | US | EU | What it says |\n|---|---|---|---|",
            grounds.id,
            rule.applies,
            sources(grounds),
            confidence(grounds)
        ),
    );
    for clause in rule.clauses {
        let (us, eu) = (weight(clause, clause.us), weight(clause, clause.eu));
        line(out, format_args!("| {} | {us} | {eu} | {} |", clause.when, clause.message));
    }
    for disagreement in rule.disagreements.iter().filter_map(|id| find(id)) {
        let Disagreement { id, topic, us, eu, .. } = disagreement;
        let here = if us == eu { (*us).to_owned() } else { format!("US: {us} EU: {eu}") };
        line(out, format_args!("\nThe sources disagree ({id}, {topic}). Here: {here}"));
    }
}

/// One row of a table: what it says, and what it stands on.
fn row(out: &mut String, grounds: &Grounds, says: &str) {
    let disagreements: Vec<&str> = touching(grounds.id).map(|disagreement| disagreement.id).collect();
    let (id, sources, confidence) = (grounds.id, sources(grounds), confidence(grounds));
    line(out, format_args!("| {id} | {says} | {sources} | {confidence} | {} |", disagreements.join(", ")));
}

fn sources(grounds: &Grounds) -> String {
    let cited = |source: &Source| format!("{} {}", source.document.word(), source.section);
    grounds.sources.iter().map(cited).collect::<Vec<_>>().join("; ")
}

fn confidence(grounds: &Grounds) -> String {
    let word = grounds.confidence.word();
    grounds.caveat().map_or_else(|| word.to_owned(), |caveat| format!("{word}, **{caveat}**"))
}

fn weight(clause: &Clause, severity: Option<Severity>) -> String {
    let word = severity.map_or("–", Severity::word);
    if clause.omits_dose && severity.is_some() { format!("{word}, dose left out") } else { word.to_owned() }
}
