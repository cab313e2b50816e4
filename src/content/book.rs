//! The rule book page: everything of `docs/rulebook.md`, one entry an id, in groups.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{cited, confidence, grounds, sees, set};
use crate::engine::cards::{Topic, about};
use crate::engine::disagreements::{DISAGREEMENTS, Disagreement};
use crate::engine::monitoring::CALENDAR;
use crate::engine::numbers::numbers;
use crate::engine::rule::{Clause, Confidence, Rule, Severity};
use crate::engine::rulebook::WITHOUT_ENTRY;
use crate::engine::rules::{TOPICS, registry};

pub(super) fn make() -> Value {
    let mut groups: Vec<Value> = TOPICS
        .iter()
        .map(|(topic, rules)| group("rule", topic, rules.iter().map(|rule| of_rule(rule)).collect()))
        .collect();

    let with_rule: BTreeSet<&str> = registry().map(|rule| rule.grounds.id).collect();
    let alone = numbers().filter(|number| !with_rule.contains(number.grounds.id));
    let alone = alone.map(|number| entry(number.grounds.id, vec![set(number.says)])).collect();
    groups.push(group("number", "Numbers", alone));

    let mut watched = Vec::new();
    for watch in CALENDAR.iter().filter(|watch| !with_rule.contains(watch.grounds.id)) {
        if !watched.contains(&watch.grounds.id) {
            watched.push(watch.grounds.id);
        }
    }
    let watched = watched.into_iter().map(|id| entry(id, watches(id))).collect();
    groups.push(group("calendar", "Monitoring", watched));

    for topic in Topic::ALL {
        let cards = about(*topic).map(|card| entry(card.grounds.id, vec![set(card.says)])).collect();
        groups.push(group("card", topic.title(), cards));
    }
    let (between, inside): (Vec<&Disagreement>, Vec<_>) =
        DISAGREEMENTS.iter().partition(|disagreement| disagreement.id.starts_with("DIS"));
    groups.push(group(
        "disagreement",
        "Where the sources disagree",
        between.into_iter().map(of_disagreement).collect(),
    ));
    groups.push(group(
        "disagreement",
        "Where the label can be read two ways",
        inside.into_iter().map(of_disagreement).collect(),
    ));
    json!({"groups": groups, "without": WITHOUT_ENTRY.iter().map(|(ids, why)| (ids, set(why))).collect::<Vec<_>>()})
}

fn group(kind: &str, title: &str, entries: Vec<Value>) -> Value {
    json!({"kind": kind, "title": title, "entries": entries})
}

/// What every entry has.
fn entry(id: &str, says: Vec<String>) -> Value {
    let mut made = json!({"id": id, "says": says, "sees": sees(id)});
    if let (Some(grounds), Some(members)) = (grounds(id), made.as_object_mut()) {
        members.insert("source".to_owned(), cited(grounds).into());
        members.insert("confidence".to_owned(), confidence(grounds.confidence).into());
        members.insert("unread".to_owned(), (grounds.confidence == Confidence::M).into());
    }
    made
}

fn of_rule(rule: &Rule) -> Value {
    let id = rule.grounds.id;
    // A rule may be the ground of a number and a line of the calendar as well.
    let number = numbers().filter(|number| number.grounds.id == id).map(|number| set(number.says));
    let mut made = entry(id, number.chain(watches(id)).collect());
    let clauses: Vec<Value> = rule.clauses.iter().map(of_clause).collect();
    let differs = rule.clauses.iter().any(|clause| clause.us != clause.eu);
    if let Some(members) = made.as_object_mut() {
        members.insert("applies".to_owned(), set(rule.applies).into());
        members.insert("clauses".to_owned(), clauses.into());
        members.insert("differs".to_owned(), differs.into());
    }
    made
}

fn of_clause(clause: &Clause) -> Value {
    let word = |severity: Option<Severity>| severity.map_or("silent", Severity::word);
    json!({
        "when": set(clause.when), "us": word(clause.us), "eu": word(clause.eu), "omits": clause.omits_dose,
        "says": template(clause.message),
    })
}

/// A message with the names of its values in brackets: `[blasts per mm3] blasts per mm³ in the blood`.
fn template(message: &str) -> String {
    let mut out = String::new();
    let mut rest = message;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
    {
        out.push_str(&format!("{before}[{}]", name.replace('_', " ")));
        rest = after;
    }
    out.push_str(rest);
    set(&out)
}

fn watches(id: &str) -> Vec<String> {
    let lines = CALENDAR.iter().filter(|watch| watch.grounds.id == id);
    lines.map(|watch| set(&format!("{}: {}. Shown at {}.", watch.what, watch.when, watch.visits))).collect()
}

fn of_disagreement(disagreement: &Disagreement) -> Value {
    let Disagreement { id, topic, says, us, eu, why, rules } = disagreement;
    let parties: Vec<_> = says.iter().map(|(who, what)| (set(who), set(what))).collect();
    json!({
        "id": id, "title": set(topic), "parties": parties, "us": set(us), "eu": set(eu), "why": set(why), "touches": rules,
        "differs": us != eu,
    })
}
