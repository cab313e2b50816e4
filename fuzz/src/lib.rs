//! What holds for every case there is, and a way to make many of them from a few bytes.

use inotuzumab::engine::rule::Severity;
use inotuzumab::engine::{Assessment, Case, Decision, assess};
use serde_json::Value;

/// Reads and assesses a text. Nothing panics; what is accepted keeps the contract's promises.
pub fn check(text: &str) {
    let Ok(case) = Case::from_json(text) else { return };
    let again = Case::from_json(&case.to_json()).expect("what was accepted is accepted again");
    assert_eq!(case, again, "written out and read back");
    let Ok(answer) = assess(&case) else { return };
    order_of_the_decision(&answer);
    what_is_shown(&answer);
    let json = serde_json::to_string(&answer).expect("an assessment can be written");
    let value: Value = serde_json::from_str(&json).expect("and is JSON");
    assert_eq!(value["schema"], 1);
    assert_eq!(value["findings"].as_array().map(Vec::len), Some(answer.findings.len()));
    for finding in &answer.findings {
        assert!(!finding.message().contains(['{', '}']), "{}", finding.message());
    }
}

/// Stop, leave out, hold, incomplete, give: the first that applies.
fn order_of_the_decision(answer: &Assessment) {
    let any = |severity| answer.findings.iter().any(|finding| finding.severity == severity);
    let expected = if any(Severity::Stop) {
        Decision::Stop
    } else if answer.findings.iter().any(|finding| finding.clause.omits_dose) {
        Decision::OmitDose
    } else if any(Severity::Hold) {
        Decision::Hold
    } else if !answer.missing.is_empty() {
        Decision::Incomplete
    } else {
        Decision::Give
    };
    assert_eq!(answer.decision, expected);
}

/// No dose where none is given, and none released but on `give`.
fn what_is_shown(answer: &Assessment) {
    let give = answer.decision == Decision::Give;
    if matches!(answer.decision, Decision::Stop | Decision::OmitDose) {
        assert!(answer.dose.is_none() && answer.preparation.is_none() && answer.schedule.is_none());
    }
    assert_eq!(answer.dose.is_some_and(|dose| dose.release), give);
    assert_eq!(answer.dose.is_some(), answer.preparation.is_some());
    if give {
        assert!(answer.bsa.is_some() && answer.schedule.is_some() && answer.counselling.is_some());
    }
    if let Some(dose) = answer.dose {
        let most = "0.8".parse().expect("a number");
        assert!(inotuzumab::engine::units::Quantity::decimal(dose.mg_per_m2) <= most, "above every level there is");
    }
}

/// A case with every member.
const EVERYTHING: &str = include_str!("../seeds/everything.json");

/// What a member is changed to: words of the contract, values at its limits, and what it refuses.
const VALUES: &str = include_str!("../seeds/values.json");

/// The case with every member, changed as the bytes say: three for each change.
pub fn changed(bytes: &[u8]) -> String {
    let mut case: Value = serde_json::from_str(EVERYTHING).expect("a case");
    let values: Vec<Value> = serde_json::from_str(VALUES).expect("values");
    for change in bytes.chunks_exact(3) {
        let [place, how, which] = [change[0], change[1], change[2]].map(usize::from);
        let mut places = Vec::new();
        collect(&case, "", &mut places);
        let Some(place) = places.get(place % places.len().max(1)).cloned() else { break };
        match how % 4 {
            // Left out.
            0 => remove(&mut case, &place),
            // As it stands elsewhere in the case.
            1 => {
                let other = case.pointer(&places[which % places.len()]).cloned();
                put(&mut case, &place, other);
            }
            // Another value of its kind, or of any kind.
            2 => put(&mut case, &place, values.get(which % values.len()).cloned()),
            // A number a little more or less.
            _ => {
                let near = case.pointer(&place).and_then(|value| near(value, which));
                put(&mut case, &place, near);
            }
        }
    }
    case.to_string()
}

fn near(value: &Value, which: usize) -> Option<Value> {
    let number: f64 = value.as_f64()?;
    let by = [-1.0_f64, 1.0, -0.1, 0.1, -7.0, 7.0, -14.0, 14.0, 0.01, -0.01][which % 10];
    let whole = value.as_i64().filter(|_| by.fract() == 0.0).map(|number| number + by as i64);
    Some(whole.map_or_else(|| Value::from(((number + by) * 1000.0).round() / 1000.0), Value::from))
}

/// Where every value of a case stands.
fn collect(value: &Value, at: &str, places: &mut Vec<String>) {
    let mut inside = |name: &str, value: &Value| {
        let place = format!("{at}/{name}");
        places.push(place.clone());
        collect(value, &place, places);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| inside(name, value)),
        Value::Array(items) => items.iter().enumerate().for_each(|(index, value)| inside(&index.to_string(), value)),
        _ => {}
    }
}

fn put(case: &mut Value, place: &str, value: Option<Value>) {
    if let (Some(slot), Some(value)) = (case.pointer_mut(place), value) {
        *slot = value;
    }
}

fn remove(case: &mut Value, place: &str) {
    let Some((parent, name)) = place.rsplit_once('/') else { return };
    match case.pointer_mut(parent) {
        Some(Value::Object(members)) => drop(members.remove(name)),
        Some(Value::Array(items)) => {
            if let Ok(index) = name.parse::<usize>() {
                items.remove(index);
            }
        }
        _ => {}
    }
}
