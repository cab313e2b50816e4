//! Cards, calendar, numbers and disagreements: each has its one place, and none says more than was read.

use std::collections::{BTreeMap, BTreeSet};

use inotuzumab::engine::cards::{CARDS, Topic, about};
use inotuzumab::engine::disagreements::{DISAGREEMENTS, find, touching};
use inotuzumab::engine::monitoring::CALENDAR;
use inotuzumab::engine::numbers::numbers;
use inotuzumab::engine::rule::Confidence;
use inotuzumab::engine::rulebook::{WITHOUT_ENTRY, markdown};
use inotuzumab::engine::rules::registry;
use serde_json::json;

use crate::support::{Answer, Visit, day_8, first_dose, second_cycle};

/// Every id of the digest of the sources: a letter code and its numbers.
const ROWS: &[(&str, &[u8])] = &[
    ("AMB", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    ("BOX", &[1, 2, 3, 4]),
    ("BSA", &[1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16]),
    ("CONTRA", &[1, 2, 3, 4, 5]),
    ("CONTRAC", &[1, 2]),
    ("CONV", &[1, 2, 3, 4, 5]),
    ("CYC", &[1, 2, 3, 4]),
    ("CYTO", &[1, 2, 3, 4, 5, 6]),
    ("DATE", &[1, 2, 3]),
    ("DIL", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]),
    (
        "DIS",
        &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29],
    ),
    ("DOSE", &[1, 2, 3, 4, 5, 6, 7, 20, 21, 22]),
    ("ELIG", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]),
    ("FERT", &[1]),
    ("GER", &[1]),
    ("HEP", &[1, 2, 3]),
    ("HSCT", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    ("INF", &[1, 2, 3, 4, 5, 6, 7, 8]),
    ("INT", &[1, 2, 3, 4, 5, 6, 7, 8]),
    ("IRR", &[1, 2]),
    ("LACT", &[1]),
    ("MODH", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ("MODNH", &[1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ("MON", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ("OBS", &[1, 2]),
    ("PK", &[1, 2, 3, 4]),
    ("PREG", &[1, 2]),
    ("PREMED", &[1, 2, 3, 4, 5, 6, 7, 8]),
    ("QT", &[1, 2, 3, 4, 5, 6]),
    ("RECON", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ("RED", &[0, 1, 2, 3, 4, 5]),
    ("RENAL", &[1, 2, 3]),
    ("RESP", &[1, 2, 3, 4, 5, 6]),
    ("SCHED", &[1, 2, 3, 4, 5, 6, 7]),
    ("TIME", &[1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ("TLS", &[1, 2, 3, 4]),
    ("VAC", &[1, 2]),
    ("VOD", &[1, 2, 3, 4, 5, 6, 7, 8]),
    ("VODC", &[1, 2, 3, 4, 5, 6, 7, 8]),
    ("VODR", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
    ("WARN", &[1]),
];

/// Ids that have an entry, and what kind of entry. What a rule shares with a number or the calendar counts once.
fn entries() -> Vec<(&'static str, &'static str)> {
    let mut all: Vec<(&str, &str)> = registry().map(|rule| (rule.grounds.id, "rule")).collect();
    let rules: BTreeSet<&str> = all.iter().map(|(id, _)| *id).collect();
    let apart = |id: &&str| !rules.contains(id);
    all.extend(numbers().map(|number| number.grounds.id).filter(apart).map(|id| (id, "number")));
    let calendar: BTreeSet<&str> = CALENDAR.iter().map(|watch| watch.grounds.id).filter(apart).collect();
    all.extend(calendar.into_iter().map(|id| (id, "calendar")));
    all.extend(CARDS.iter().map(|card| (card.grounds.id, "card")));
    all.extend(DISAGREEMENTS.iter().map(|disagreement| (disagreement.id, "disagreement")));
    all
}

#[test]
fn every_row_of_the_sources_digest_has_exactly_one_place() {
    let mut places: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, kind) in entries() {
        places.entry(id).or_default().push(kind);
    }
    for id in WITHOUT_ENTRY.iter().flat_map(|(ids, _)| ids.split(", ")) {
        places.entry(id).or_default().push("without an entry");
    }
    let known: BTreeSet<String> = ROWS
        .iter()
        .flat_map(|(code, numbers)| numbers.iter().map(move |number| format!("{code}-{number:02}")))
        .collect();
    for id in &known {
        assert_eq!(places.get(id.as_str()).map_or(0, Vec::len), 1, "{id} stands in {:?}", places.get(id.as_str()));
    }
    let unknown: Vec<_> = places.keys().filter(|id| !known.contains(**id)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn every_disagreement_names_who_says_what_and_touches_what_exists() {
    let there: BTreeSet<&str> = entries().into_iter().map(|(id, _)| id).collect();
    for disagreement in DISAGREEMENTS {
        let id = disagreement.id;
        assert!(std::ptr::eq(find(id).expect(id), disagreement), "{id} appears twice");
        assert!(disagreement.says.len() >= 2, "{id}: it takes two to disagree");
        for touched in disagreement.rules {
            assert!(there.contains(touched), "{id} touches {touched}, which is not there");
        }
        let texts = disagreement.says.iter().map(|(_, what)| *what);
        for text in texts.chain([disagreement.us, disagreement.eu, disagreement.why]) {
            assert!(text.ends_with('.') && !text.contains('|'), "{id}: {text}");
        }
    }
}

#[test]
fn a_rule_names_the_disagreements_that_touch_it() {
    for rule in registry() {
        let touching: Vec<&str> = touching(rule.grounds.id).map(|disagreement| disagreement.id).collect();
        assert_eq!(rule.disagreements, touching, "{}", rule.grounds.id);
    }
    assert!(registry().filter(|rule| !rule.disagreements.is_empty()).count() > 20);
}

#[test]
fn a_finding_says_so_where_the_sources_disagree_and_only_there() {
    let of = |answer: &Answer, rule: &str| {
        let findings = answer.0["findings"].as_array().expect("findings").clone();
        findings.into_iter().find(|finding| finding["rule"] == rule).expect(rule)
    };
    let boundary = first_dose().set("visit.wbc.value", 25).set("visit.blast_percent", 40).assess();
    assert_eq!(of(&boundary, "CYTO-03")["disagreements"], json!(["DIS-01"]));
    assert_eq!(of(&boundary, "CYTO-02").get("disagreements"), None);
    let liver = first_dose().set("visit.ast.value", 500).assess();
    assert_eq!(of(&liver, "MODNH-03")["disagreements"], json!(["AMB-01"]));
    let premedication = first_dose().set("visit.premedication.antipyretic", false).assess();
    assert_eq!(of(&premedication, "PREMED-01")["disagreements"], json!(["DIS-06", "DIS-07"]));
}

#[test]
fn every_derivation_cites_a_number_of_the_list_and_the_list_has_no_other() {
    let known: BTreeSet<&str> = numbers().map(|number| number.grounds.id).collect();
    let mut cited = BTreeSet::new();
    let times = json!({"reconstituted_at": "2026-11-23T09:00", "infusion_start": "2026-11-23T11:00"});
    let visits = [
        first_dose().set("preparation", times),
        first_dose().set("preparation", json!({"container": "syringe", "total_volume_ml": 20})),
        second_cycle("cr"),
        second_cycle("none"),
        second_cycle("cr").set("cycles.0.reduction", "minus_25_percent"),
    ];
    for step in visits.iter().flat_map(|visit| visit.assess().0["derivations"].as_array().expect("steps").clone()) {
        cited.insert(step["rule"].as_str().expect("rule").to_owned());
    }
    assert_eq!(cited.iter().map(String::as_str).collect::<BTreeSet<_>>(), known);
}

#[test]
fn a_card_says_one_thing_in_few_words_and_where_it_comes_from() {
    for card in CARDS {
        let id = card.grounds.id;
        assert!(!card.grounds.sources.is_empty(), "{id}");
        assert!(card.says.ends_with('.') && !card.says.contains('|'), "{id}: {}", card.says);
        assert!(card.says.len() <= 320, "{id} is {} long", card.says.len());
    }
    assert!(Topic::ALL.iter().all(|topic| about(*topic).count() > 0));
}

#[test]
fn what_was_not_read_says_confirm_against_your_label() {
    let book = markdown();
    let unread = CARDS.iter().map(|card| &card.grounds).chain(numbers().map(|number| number.grounds));
    for grounds in unread.filter(|grounds| grounds.confidence == Confidence::M) {
        assert_eq!(grounds.caveat(), Some("confirm against your label"));
        let line = book.lines().find(|line| line.starts_with(&format!("| {} |", grounds.id))).expect(grounds.id);
        assert!(line.contains("**confirm against your label**"), "{line}");
    }
    for rule in registry().filter(|rule| rule.grounds.confidence == Confidence::M) {
        let (_, section) = book.split_once(&format!("### {}\n", rule.grounds.id)).expect(rule.grounds.id);
        let head = section.lines().find(|line| line.starts_with("Applies")).expect("a head");
        assert!(head.contains("**confirm against your label**"), "{head}");
    }
}

/// What was not read in any source is on no card: syringe materials, and a set of criteria that no source spelled out.
#[test]
fn what_must_not_be_encoded_is_not() {
    for id in ["DIL-09", "VODC-08", "PREMED-06"] {
        assert!(CARDS.iter().all(|card| card.grounds.id != id), "{id}");
    }
    for dose_from_memory in ["ursodiol 300", "6.25 mg", "0.2 mg/kg", "hydrocortisone 100"] {
        assert!(!markdown().to_lowercase().contains(dose_from_memory), "{dose_from_memory}");
    }
}

#[test]
fn the_calendar_shows_what_concerns_the_visit() {
    let shown = |visit: &Visit| -> Vec<String> {
        let answer = visit.assess();
        let items = answer.0["monitoring"].as_array().expect("monitoring");
        items.iter().map(|item| item["rule"].as_str().expect("rule").to_owned()).collect()
    };
    let always = ["MON-01", "MON-02", "MON-03", "MON-06", "MON-05", "MON-07"];
    assert_eq!(shown(&day_8()), always);
    assert_eq!(shown(&first_dose()), ["MON-01", "MON-02", "MON-03", "MON-04", "TLS-02", "MON-06", "MON-05", "MON-07"]);
    let woman = first_dose().set("patient.sex", "female");
    assert!(shown(&woman).contains(&"MON-11".to_owned()));
    assert!(!shown(&woman.set("patient.reproductive_potential", false)).contains(&"MON-11".to_owned()));
    assert!(shown(&day_8().set("history.qt_risk", true)).contains(&"QT-01".to_owned()));
    let blasts = |count: u32| {
        shown(&day_8().without("visit.blast_percent").set("visit.blasts", json!({"value": count, "unit": "/mm3"})))
    };
    assert!(!blasts(10_000).contains(&"TLS-02".to_owned()) && blasts(10_001).contains(&"TLS-02".to_owned()));
    let later = ["MON-01", "MON-02", "MON-03", "MON-07", "MON-06", "MON-05"];
    assert_eq!(shown(&second_cycle("cr")), later);
    let planned = [&later[..], &["HSCT-09", "MON-08"]].concat();
    assert_eq!(shown(&second_cycle("cr").set("hsct", "planned")), planned);
    assert!(!shown(&first_dose().set("hsct", "planned")).contains(&"MON-08".to_owned()));
}
