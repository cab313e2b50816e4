//! Every condition of every rule fires in some case, with the severity it declares, and is silent in a plain one.

use std::collections::{BTreeMap, BTreeSet};

use inotuzumab::engine::case::Profile;
use inotuzumab::engine::rules::registry;
use inotuzumab::engine::{Assessment, Case, assess};
use serde_json::json;

use crate::support::{Visit, begun, day_8, first_dose, second_cycle};

fn answer(visit: &Visit) -> Assessment {
    Case::from_json(&visit.0.to_string())
        .and_then(|case| assess(&case))
        .unwrap_or_else(|error| panic!("{error}\n{}", visit.0))
}

/// Cases that between them fire everything, each named by what it is meant to fire.
pub fn cases() -> Vec<(&'static str, Visit)> {
    let first = first_dose;
    let third = |hsct: &str, after_2: &str, mrd: &str| {
        second_cycle("cr")
            .set("cycles", json!([begun(1, "2026-11-23", "cr"), begun(2, "2026-12-14", after_2)]))
            .set("cycles.1.mrd", mrd)
            .set("date", "2027-01-11")
            .set("visit.cycle", 3)
            .set("hsct", hsct)
    };
    let later = |number: u32| {
        let days = ["2026-01-05", "2026-02-02", "2026-03-02", "2026-03-30", "2026-04-27", "2026-05-25"];
        let cycles: Vec<_> = (1..number).zip(days).map(|(number, day)| begun(number, day, "none")).collect();
        first().set("cycles", json!(cycles)).set("visit.cycle", number)
    };
    let low_counts = |low: &str| {
        second_cycle("cr")
            .set("date", "2027-02-09")
            .set(low, json!(0.5))
            .set("visit.counts_cause", "drug")
            .set("visit.counts_low_since", "2027-01-11")
    };
    let held = |fit: &str| {
        day_8().set("date", fit).set("visit.interruption", json!({"held_from": "2026-11-30", "fit_on": fit}))
    };
    let ladder = |reduction: &str, days: u32| {
        second_cycle("none").set("cycles.0.reduction", reduction).set("cycles.0.interruption_days", days)
    };
    let smallest = || first().set("patient.height.value", 48).set("patient.weight.value", 3);
    let toxicity = |toxicity: serde_json::Value| first().set("visit.toxicities", json!([toxicity]));
    let woman = |visit: Visit| {
        visit
            .set("patient.sex", "female")
            .set("patient.reproductive_potential", true)
            .set("patient.pregnancy", "unknown")
    };
    let times = |diluted: &str, end: &str| {
        first().set(
            "preparation",
            json!({"reconstituted_at": "2026-11-23T09:00", "diluted_at": diluted, "infusion_end": end}),
        )
    };
    let third_day_8 = {
        let mut cycles = vec![begun(1, "2026-11-23", "cr"), begun(2, "2026-12-14", "cr")];
        cycles.push(json!({"number": 3, "doses": [{"day": 1, "date": "2027-01-11"}]}));
        third("planned", "cr", "negative")
            .set("cycles", json!(cycles))
            .set("cycles.1.mrd", "negative")
            .set("visit.day", 8)
            .set("date", "2027-01-18")
    };
    let no_day_15 = {
        let own = json!({"number": 2, "reduction": "two_doses",
            "doses": [{"day": 1, "date": "2026-12-14"}, {"day": 8, "date": "2026-12-21"}]});
        second_cycle("cr")
            .set("cycles", json!([begun(1, "2026-11-23", "cr"), own]))
            .set("visit.day", 15)
            .set("date", "2026-12-28")
    };
    let two_steps = third("not_planned", "cr", "positive")
        .set("cycles.0.interruption_days", 14)
        .set("cycles.1.interruption_days", 14);
    vec![
        ("ELIG-01 diagnosis", first().set("disease.diagnosis", "other")),
        ("ELIG-01 untreated", first().set("disease.status", "untreated")),
        ("ELIG-02 negative", first().set("disease.cd22", "negative")),
        ("ELIG-02 unknown", first().set("disease.cd22", "unknown")),
        ("ELIG-05", first().set("patient.birth_date", "2026-05-01")),
        ("ELIG-07", first().set("patient.birth_date", "2016-05-01")),
        ("ELIG-08", first().set("disease.philadelphia", "positive")),
        ("ELIG-12", first().set("disease.status", "mrd_only")),
        ("CONTRA-01", first().set("history.hypersensitivity", true)),
        ("CONTRA-02 ongoing", first().set("history.vod", "ongoing")),
        ("CONTRA-02 severe", first().set("history.vod", "severe")),
        ("CONTRA-03", first().set("history.serious_liver_disease", true)),
        ("CONTRA-04", first().set("history.vod", "resolved")),
        ("CONTRA-05", first().set("patient.pregnancy", "pregnant")),
        ("LACT-01", first().set("patient.breastfeeding", true)),
        ("PREG-01 first dose", woman(first())),
        ("PREG-01 later cycle", woman(second_cycle("cr"))),
        ("GER-01", first().set("patient.birth_date", "1950-05-01")),
        ("CYTO-01", first().set("visit.wbc.value", 60)),
        ("CYTO-02 and -03", first().set("visit.wbc.value", 25).set("visit.blast_percent", 40)),
        ("PREMED-01", first().set("visit.premedication.antipyretic", false)),
        ("MON-04", first().set("visit.electrolytes_checked", false)),
        ("QT-02", first().set("history.qt_risk", true)),
        ("QT-04 hold", first().set("visit.qtcf.value", 501)),
        ("QT-04 rise", first().set("visit.qtcf.value", 471).set("baseline.qtcf.value", 410)),
        ("QT-04 caution", first().set("visit.qtcf.value", 485).set("baseline.qtcf.value", 480)),
        ("RESP-04", second_cycle("unknown")),
        ("RESP-06", third("not_planned", "none", "positive")),
        ("HSCT-02", third("planned", "cr", "positive")),
        ("HSCT-03 day 1", third("planned", "cr", "negative")),
        ("HSCT-03 day 8", third_day_8),
        ("HSCT-04 and -06", later(4).set("hsct", "planned")),
        ("HSCT-05", later(7)),
        ("HSCT-07", third("undecided", "cr", "negative")),
        ("HSCT-09", second_cycle("cr").set("hsct", "planned").set("visit.bilirubin.value", json!(1.2))),
        ("CONV-04", first().set("visit.anc.value", 2100)),
        ("MODH-01 and -04", low_counts("visit.anc.value")),
        ("MODH-02 and -05", low_counts("visit.platelets.value")),
        ("MODH-03", second_cycle("cr").set("baseline.anc.value", json!(0.5)).set("visit.anc.value", json!(0.4))),
        ("MODH-06", day_8().set("visit.platelets.value", 8)),
        ("MODH-09", second_cycle("cr").set("visit.platelets_transfused", true)),
        (
            "MODNH-02 and -04",
            first()
                .set("visit.bilirubin.value", 5)
                .set("visit.ast.value", 500)
                .set("visit.hepatic_limits_not_recovering", true),
        ),
        ("MODNH-03 bilirubin", first().set("visit.bilirubin.value", 5)),
        ("MODNH-03 transaminases", first().set("visit.ast.value", 500)),
        ("MODNH-01", toxicity(json!({"kind": "severe_liver"}))),
        ("MODNH-05", toxicity(json!({"kind": "other", "grade": 2}))),
        ("IRR-01 hold", toxicity(json!({"kind": "infusion_reaction", "grade": 1}))),
        ("IRR-01 caution", toxicity(json!({"kind": "infusion_reaction", "grade": 1, "resolved": true}))),
        ("IRR-02", toxicity(json!({"kind": "infusion_reaction", "grade": 3}))),
        ("INT-01", held("2026-12-02")),
        ("INT-02", held("2026-12-08")),
        ("INT-03 this visit", held("2026-12-15")),
        ("INT-06", held("2027-01-02")),
        ("INT-03 in force", ladder("none", 14)),
        ("INT-04 in force", two_steps),
        ("INT-04 day 15", no_day_15),
        ("INT-05", ladder("two_doses", 14)),
        ("MODH-11", ladder("minus_25_percent", 0)),
        ("SCHED-02 and -04", day_8().set("date", "2026-11-26")),
        ("SCHED-06", second_cycle("cr").set("date", "2026-12-13")),
        ("SCHED-07", day_8().set("date", "2026-12-05")),
        ("BSA-13", first().set("patient.height.value", 165).set("patient.weight.value", 130)),
        ("BSA-16", first().set("patient.height.value", 70).set("patient.weight.value", 170)),
        ("RECON-12 rounded", first().set("preparation", json!({"measure_to_ml": 0.1}))),
        ("RECON-12 above 5 %", smallest().set("preparation", json!({"measure_to_ml": 0.1}))),
        ("RECON-12 out of range", first().set("preparation", json!({"measure_to_ml": 0.1, "total_volume_ml": 145.6}))),
        ("DIL-02", first().set("preparation", json!({"total_volume_ml": 100}))),
        ("DIL-03", first().set("preparation", json!({"total_volume_ml": 250}))),
        ("DIL-05", first().set("preparation", json!({"container": "syringe", "total_volume_ml": 10}))),
        ("TIME-01", times("2026-11-23T13:01", "2026-11-23T14:30")),
        (
            "TIME-08",
            first().set(
                "preparation",
                json!({"infusion_start": "2026-11-23T11:00", "infusion_paused_at": "2026-11-23T11:35",
                       "infusion_resumed_at": "2026-11-23T12:00"}),
            ),
        ),
        ("TIME-02", times("2026-11-23T12:00", "2026-11-23T17:01")),
        (
            "INF-01",
            first()
                .set("preparation", json!({"infusion_start": "2026-11-23T11:00", "infusion_end": "2026-11-23T11:59"})),
        ),
    ]
}

/// The severities of the contract's table, and `caution` or `info` for what is not in it: `us / eu` where they differ, one for
/// each condition of the rule.
const SEVERITIES: &[(&str, &[&str])] = &[
    ("ELIG-01", &["stop", "stop"]),
    ("ELIG-02", &["stop", "hold"]),
    ("ELIG-05", &["stop"]),
    ("ELIG-07", &["silent / hold"]),
    ("ELIG-08", &["info / hold"]),
    ("ELIG-12", &["stop"]),
    ("CONTRA-01", &["stop"]),
    ("CONTRA-02", &["stop", "caution / stop"]),
    ("CONTRA-03", &["caution / stop"]),
    ("CONTRA-04", &["caution"]),
    ("CONTRA-05", &["stop"]),
    ("PREG-01", &["hold", "caution"]),
    ("LACT-01", &["caution"]),
    ("GER-01", &["info / caution"]),
    ("CYTO-01", &["hold"]),
    ("CYTO-02", &["info"]),
    ("CYTO-03", &["caution"]),
    ("PREMED-01", &["hold"]),
    ("MON-04", &["hold"]),
    ("QT-02", &["caution"]),
    ("QT-04", &["hold", "hold", "caution"]),
    ("RESP-04", &["hold"]),
    ("RESP-06", &["hold"]),
    ("HSCT-02", &["caution"]),
    ("HSCT-03", &["stop", "caution"]),
    ("HSCT-04", &["stop"]),
    ("HSCT-05", &["stop"]),
    ("HSCT-06", &["stop"]),
    ("HSCT-07", &["caution"]),
    ("HSCT-09", &["caution"]),
    ("CONV-04", &["caution"]),
    ("MODH-01", &["hold"]),
    ("MODH-02", &["hold"]),
    ("MODH-03", &["hold"]),
    ("MODH-04", &["stop / caution"]),
    ("MODH-05", &["stop / caution"]),
    ("MODH-06", &["info"]),
    ("MODH-09", &["hold"]),
    ("MODH-11", &["info"]),
    ("MODNH-01", &["stop"]),
    ("MODNH-02", &["hold"]),
    ("MODNH-03", &["hold", "hold"]),
    ("MODNH-04", &["stop"]),
    ("MODNH-05", &["hold"]),
    ("IRR-01", &["hold", "caution"]),
    ("IRR-02", &["stop"]),
    ("SCHED-02", &["hold"]),
    ("SCHED-04", &["hold"]),
    ("SCHED-06", &["hold"]),
    ("SCHED-07", &["caution"]),
    ("INT-01", &["info"]),
    ("INT-02", &["caution"]),
    ("INT-03", &["caution", "caution"]),
    ("INT-04", &["caution", "caution"]),
    ("INT-05", &["stop"]),
    ("INT-06", &["hold"]),
    ("RECON-12", &["info", "caution", "caution"]),
    ("DIL-02", &["caution"]),
    ("DIL-03", &["hold"]),
    ("DIL-05", &["hold"]),
    ("TIME-01", &["hold"]),
    ("TIME-02", &["hold"]),
    ("INF-01", &["caution"]),
    ("TIME-08", &["info"]),
    ("BSA-13", &["caution"]),
    ("BSA-16", &["caution"]),
];

/// What the table above says of a condition in a profile.
fn severity_of(rule: &str, place: usize, profile: Profile) -> &'static str {
    let (_, words) =
        SEVERITIES.iter().find(|(known, _)| *known == rule).unwrap_or_else(|| panic!("{rule} has no severity"));
    let (us, eu) = words[place].split_once(" / ").unwrap_or((words[place], words[place]));
    if profile == Profile::Us { us } else { eu }
}

#[test]
fn every_condition_fires_somewhere_and_is_silent_in_a_plain_case() {
    let mut fired: BTreeMap<(&str, &str, &str), Vec<&str>> = BTreeMap::new();
    let mut words = BTreeSet::new();
    let plain: Vec<Assessment> = [first_dose(), first_dose().eu()].iter().map(answer).collect();
    for (name, visit) in cases() {
        for (profile, visit) in [("us", visit.clone()), ("eu", visit.eu())] {
            for finding in answer(&visit).findings {
                let key = (finding.rule.grounds.id, finding.clause.when, profile);
                words.insert((key, finding.severity.word()));
                fired.entry(key).or_default().push(name);
            }
        }
    }
    println!("{:<10} {:<4} {:<9} {:>5}  condition", "rule", "", "severity", "cases");
    for rule in registry() {
        for (place, clause) in rule.clauses.iter().enumerate() {
            for profile in [Profile::Us, Profile::Eu] {
                let key = (rule.grounds.id, clause.when, profile.word());
                let found = fired.get(&key).map_or(0, Vec::len);
                let word = severity_of(key.0, place, profile);
                println!("{:<10} {:<4} {word:<9} {found:>5}  {}", key.0, key.2, clause.when);
                assert_eq!(found > 0, word != "silent", "{key:?} fired in {:?}", fired.get(&key));
                let said: Vec<&str> = words.iter().filter(|(of, _)| *of == key).map(|(_, word)| *word).collect();
                assert!(said.iter().all(|said| *said == word), "{key:?} is {said:?}, not {word}");
                assert!(cases().len() > found, "{key:?} fires in every case");
            }
        }
    }
    for answer in plain {
        let loud: Vec<_> = answer.findings.iter().map(|finding| finding.rule.grounds.id).collect();
        assert_eq!(loud, ["CYTO-02"], "a plain case");
    }
}

#[test]
fn at_most_one_condition_of_a_rule_is_true_of_one_thing() {
    for (name, visit) in cases() {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for finding in answer(&visit).findings {
            let earlier = seen.insert(finding.rule.grounds.id, finding.clause.when);
            assert_eq!(earlier, None, "{name}: {} fires twice", finding.rule.grounds.id);
        }
    }
}

#[test]
fn ids_are_unique_and_every_rule_says_where_it_comes_from() {
    let ids: Vec<&str> = registry().map(|rule| rule.grounds.id).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len());
    assert_eq!(ids.len(), 66, "a rule was added or lost: say so in CHANGELOG.md");
    for rule in registry() {
        assert!(!rule.grounds.sources.is_empty() && !rule.clauses.is_empty(), "{}", rule.grounds.id);
        for clause in rule.clauses {
            assert!(clause.message.ends_with(['.', '?']) && clause.us.or(clause.eu).is_some(), "{}", rule.grounds.id);
        }
    }
}

#[test]
fn every_value_that_a_message_names_is_in_its_basis() {
    for (name, visit) in cases() {
        for visit in [visit.clone(), visit.eu()] {
            for finding in answer(&visit).findings {
                let names = finding.clause.message.split('{').skip(1).filter_map(|part| part.split('}').next());
                for value in names {
                    let there = finding.basis.0.iter().any(|(known, _)| *known == value);
                    assert!(there, "{name}: {} names {value}", finding.rule.grounds.id);
                }
                assert!(!finding.message().contains(['{', '}']), "{name}");
            }
        }
    }
}
