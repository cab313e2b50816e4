//! What would change a finding: found by trying, so each is tried here once more.

use inotuzumab::engine::change::{Change, Instead, To, changes};
use inotuzumab::engine::rule::Severity;
use inotuzumab::engine::{Case, assess};
use serde_json::{Value, json};

use crate::coverage::cases;
use crate::support::{Visit, day_8, first_dose, second_cycle};

fn told(visit: &Visit, rule: &str) -> Vec<String> {
    changes(&Case::from_json(&visit.0.to_string()).expect("a case"), rule).iter().map(line).collect()
}

fn line(change: &Change) -> String {
    let value = |Instead { path, to }: &Instead| match to {
        To::From(value) => format!("{path}: {value} or more"),
        To::UpTo(value) => format!("{path}: {value} or less"),
        To::Answer(word) => format!("{path}: {word}"),
    };
    let values = change.values.iter().map(value).collect::<Vec<_>>().join(" + ");
    let cautions = if change.cautions > 0 { format!(" !{}", change.cautions) } else { String::new() };
    format!("{values} -> {}{cautions}", change.decision.word())
}

#[test]
fn the_nearest_value_is_found() {
    let mm3 = |count: u32| json!({"value": count, "unit": "/mm3"});
    let blasts = first_dose().without("visit.wbc").without("visit.blast_percent").set("visit.blasts", mm3(14_250));
    let preparation = json!({"reconstituted_at": "2026-11-23T09:00", "diluted_at": "2026-11-23T13:25"});
    for (name, visit, rule, expected) in [
        (
            "many blasts counted",
            blasts.clone().set("visit.blasts.value", 250_000),
            "CYTO-01",
            &["visit.blasts: 10,000 /mm³ or less -> give !1"][..],
        ),
        ("blasts counted", blasts, "CYTO-01", &["visit.blasts: 10,000 /mm³ or less -> give !1"]),
        (
            "blasts as a share",
            first_dose().set("visit.wbc.value", 25),
            "CYTO-01",
            &["visit.wbc: 10.52 10⁹/L or less -> give", "visit.blast_percent: 40 % or less -> give !1"],
        ),
        (
            "bilirubin",
            first_dose().set("visit.bilirubin.value", 2.1),
            "MODNH-03",
            &["visit.bilirubin: 1.8 mg/dL or less -> give"],
        ),
        (
            "one of two liver limits",
            first_dose().set("visit.ast.value", 131).set("visit.bilirubin.value", 3),
            "MODNH-02",
            &[
                "visit.bilirubin: 1.8 mg/dL or less + visit.ast: 100 U/L or less -> give",
                "visit.bilirubin: 1.8 mg/dL or less -> hold",
                "visit.ast: 100 U/L or less -> hold",
            ],
        ),
        (
            "ANC, in the decimals it was given in",
            second_cycle("cr").set("visit.anc.value", 0.725),
            "MODH-01",
            &["visit.anc: 1 10⁹/L or more -> give"],
        ),
        ("too early", second_cycle("cr").set("date", "2026-12-10"), "SCHED-06", &["date: 2026-12-14 or more -> give"]),
        (
            "too late, which no later day mends",
            day_8().set("date", "2026-12-05"),
            "SCHED-07",
            &["date: 2026-12-02 or less -> give"],
        ),
        (
            "premedication",
            first_dose().set("visit.premedication.antipyretic", false),
            "PREMED-01",
            &["visit.premedication.antipyretic: true -> give"],
        ),
        (
            "a volume between two limits, from below",
            first_dose().set("preparation.total_volume_ml", 10),
            "DIL-03",
            &["preparation.total_volume_ml: 14.6 mL or more -> give !1"],
        ),
        (
            "and from far above",
            first_dose().set("preparation.total_volume_ml", 1000),
            "DIL-03",
            &["preparation.total_volume_ml: 145.6 mL or less -> give !1"],
        ),
        (
            "a time",
            first_dose().set("preparation", preparation),
            "TIME-01",
            &["preparation.diluted_at: 2026-11-23T13:00 or less -> give"],
        ),
        (
            "a toxicity that resolves",
            first_dose().set("visit.toxicities", json!([{"kind": "other", "grade": 2}])),
            "MODNH-05",
            &["visit.toxicities[0].resolved: true -> give"],
        ),
        (
            "what is on record, when nothing of today would",
            first_dose().set("disease.cd22", "negative"),
            "ELIG-02",
            &["disease.cd22: positive -> give"],
        ),
        (
            "a hold that no single value mends",
            first_dose().set("visit.qtcf.value", 521).set("baseline.qtcf.value", 420).set("history.qt_risk", true),
            "GER-01",
            &[],
        ),
        (
            "no height above the limit",
            first_dose().set("patient.height.value", 220).set("patient.weight.value", 240),
            "BSA-16",
            &["patient.weight: 220 kg or less -> give !1"],
        ),
    ] {
        assert_eq!(told(&visit, rule), expected, "{name}");
    }
}

/// 2^12 minutes are looked through and none more; a whole course has no such distance.
#[test]
fn what_is_too_far_away_is_not_looked_for() {
    let diluted = |at: &str| {
        let preparation = json!({"reconstituted_at": "2026-11-23T09:00", "diluted_at": at});
        told(&first_dose().set("date", "2026-11-26").set("preparation", preparation), "TIME-01")
    };
    let from = |at: &str| {
        diluted(at).iter().any(|change| change.starts_with("preparation.diluted_at: 2026-11-23T13:00 or less"))
    };
    assert!(from("2026-11-26T09:16"));
    assert!(!from("2026-11-26T09:17"));
}

#[test]
fn where_no_single_value_is_enough_the_fewest_that_are_stand_together() {
    let count = |value: f64| json!({"value": value, "unit": "10*9/L"});
    let low = second_cycle("cr").set("visit.anc.value", json!(0.8)).set("visit.platelets.value", 40);
    let both = "visit.anc: 1 10⁹/L or more + visit.platelets: 50 10⁹/L or more -> give";
    assert_eq!(told(&low, "MODH-01"), [both, "visit.anc: 1 10⁹/L or more -> hold"]);
    let platelets_first = "visit.platelets: 50 10⁹/L or more + visit.anc: 1 10⁹/L or more -> give";
    assert_eq!(told(&low, "MODH-02"), [platelets_first, "visit.platelets: 50 10⁹/L or more -> hold"]);

    // A third cause, and a caution that is there before and after.
    let three = low.clone().set("visit.premedication.antipyretic", false).set("history.qt_risk", true);
    assert_eq!(
        told(&three, "PREMED-01"),
        [
            "visit.premedication.antipyretic: true + visit.anc: 1 10⁹/L or more + visit.platelets: 50 10⁹/L or more -> give !1",
            "visit.premedication.antipyretic: true -> hold !1",
        ]
    );

    // Two answers that count only together.
    let bare =
        first_dose().set("visit.premedication.corticosteroid", false).set("visit.premedication.antihistamine", false);
    let given = "visit.premedication.corticosteroid: true + visit.premedication.antihistamine: true -> give";
    assert_eq!(told(&bare, "PREMED-01"), [given]);

    // Two values that have to fall; and bilirubin, raised, only leads to the rule for both, which leads back.
    let hepatic = first_dose().set("visit.ast.value", 500).set("visit.alt.value", 500);
    let fallen = "visit.ast: 100 U/L or less + visit.alt: 100 U/L or less -> give";
    assert!(told(&hepatic, "MODNH-03").iter().any(|line| line == fallen), "{:?}", told(&hepatic, "MODNH-03"));

    // One rule that asks for two values: the nearer of its ways, and the cause of the counts once it is said.
    let after_a_low_baseline = low
        .set("baseline.anc.value", json!(0.6))
        .set("visit.anc.value", json!(0.3))
        .set("visit.platelets.value", 15)
        .set("cycles.0.anc_day1", count(0.5))
        .set("cycles.0.platelets_day1", count(25.0));
    let as_last_cycle = "visit.anc: 0.5 10⁹/L or more + visit.platelets: 25 10⁹/L or more -> give";
    assert_eq!(told(&after_a_low_baseline, "MODH-03"), [as_last_cycle]);
    let said = after_a_low_baseline.set("visit.counts_cause", "unknown").set("visit.disease_stable_or_improved", false);
    let told = told(&said, "MODH-03");
    assert!(told.iter().all(|line| line.contains(" + ") && !line.contains("unknown")), "{told:?}");

    // Nothing that can be typed makes this one.
    let never = first_dose().eu().set("patient.birth_date", "2016-06-01").set("visit.bilirubin.value", 3);
    assert_eq!(self::told(&never, "ELIG-07"), [""; 0]);
    assert_eq!(self::told(&never, "MODNH-03"), ["visit.bilirubin: 1.8 mg/dL or less -> hold"]);
}

#[test]
fn nobody_is_told_to_know_less() {
    for (name, visit) in cases() {
        let case = Case::from_json(&visit.0.to_string()).expect(name);
        for finding in assess(&case).expect(name).findings {
            let lines = told(&visit, finding.rule.grounds.id);
            let open = |line: &String| line.contains("unknown") || line.contains("undecided");
            assert!(!lines.iter().any(open), "{name}: {lines:?}");
        }
    }
}

#[test]
fn every_change_does_what_it_says() {
    let weigh = |visit: &Value, rule: &str| {
        let found = assess(&Case::from_json(&visit.to_string()).ok()?).ok()?;
        let weight = found.findings.iter().filter(|found| found.rule.grounds.id == rule);
        Some((weight.map(|found| severity(found.severity)).sum::<u32>(), found.decision))
    };
    let mut tried = 0;
    for (name, visit) in cases() {
        let case = Case::from_json(&visit.0.to_string()).expect(name);
        for finding in assess(&case).expect(name).findings {
            let rule = finding.rule.grounds.id;
            for change in changes(&case, rule) {
                tried += 1;
                let then = weigh(&changed(&visit, &change).0, rule).expect(name);
                assert!(then.0 < weigh(&visit.0, rule).expect(name).0, "{name}, {rule}: {}", line(&change));
                assert_eq!(then.1, change.decision, "{name}, {rule}: {}", line(&change));
            }
        }
    }
    assert!(tried > 80, "{tried} changes are too few to show anything");
}

fn severity(severity: Severity) -> u32 {
    [Severity::Info, Severity::Caution, Severity::Hold, Severity::Stop]
        .iter()
        .position(|known| *known == severity)
        .map_or(0, |place| 100_u32.pow(u32::try_from(place).expect("four")))
}

fn changed(visit: &Visit, change: &Change) -> Visit {
    change.values.iter().fold(visit.clone(), with)
}

fn with(visit: Visit, value: &Instead) -> Visit {
    let path = value.path.replace('[', ".").replace(']', "");
    match value.to {
        To::Answer("true") => visit.set(&path, true),
        To::Answer("false") => visit.set(&path, false),
        To::Answer(word) => visit.set(&path, word),
        To::From(value) | To::UpTo(value) => {
            use inotuzumab::engine::derivation::Value::{Date, Moment, Number};
            match value {
                Number(number, "%" | "mL") => visit.set(&path, number_of(number)),
                Number(number, _) => visit.set(&format!("{path}.value"), number_of(number)),
                Date(day) => visit.set(&path, day.to_string()),
                Moment(time) => visit.set(&path, time.to_string()),
            }
        }
    }
}

fn number_of(number: rust_decimal::Decimal) -> Value {
    serde_json::from_str(&number.to_string()).expect("a number")
}
