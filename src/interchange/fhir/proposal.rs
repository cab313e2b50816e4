//! The Bundle that leaves: the dose as a proposal, the days of the cycle as a plan, and the body surface area. It orders
//! nothing: its request is a draft with the intent of a proposal, and it names nobody.

use rust_decimal::Decimal;
use serde_json::{Number, Value, json};
use sha2::{Digest, Sha256};

use super::codes::{DRUG, INTRAVENOUS, LOINC, SNOMED, SURFACE, UCUM};
use crate::engine::assessment::{Assessment, ENGINE, Prepared, ScheduledDose};
use crate::engine::case::Case;
use crate::engine::labels::RULES;
use crate::engine::text::plain;
use crate::engine::units::Quantity;
use crate::interchange::Fingerprint;

/// The Bundle of a dose that may be given; `None` where there is none.
#[must_use]
pub fn write(case: &Case, found: &Assessment) -> Option<String> {
    let (dose, surface) = (found.dose.filter(|dose| dose.release)?, found.bsa.as_ref()?);
    let fingerprint = Fingerprint::of(case).letters();
    let name = |kind: &str| uuid(&format!("{fingerprint} {} {kind}", case.date));
    let (request, plan, observed) = (name("request"), name("plan"), name("surface"));
    let subject = json!({"display": "Not named here: set the patient when it is filed"});
    let note = json!([{"text": format!(
        "A proposal by a bedside aid: engine {ENGINE}, rules {RULES}, fingerprint {fingerprint}. Check it before it is ordered."
    )}]);
    let day = case.date.to_string();

    let level = format!("{} × {} = {}", dose.mg_per_m2, surface.m2, dose.mg);
    let medication = json!({
        "resourceType": "MedicationRequest", "status": "draft", "intent": "proposal",
        "medicationCodeableConcept": {
            "coding": [{"system": DRUG.0, "code": DRUG.1, "display": "Inotuzumab ozogamicin"}],
            "text": "Inotuzumab ozogamicin",
        },
        "subject": &subject, "authoredOn": &day, "note": &note,
        "dosageInstruction": [dosage(&day, dose.mg.decimal(), &level, found.preparation.as_ref())],
    });
    let care = json!({
        "resourceType": "CarePlan", "status": "draft", "intent": "proposal", "title": title(case),
        "subject": &subject, "created": &day, "note": &note, "activity": activities(case, found, &request),
    });
    let formula = surface.formula.word().replace('_', " ");
    let area = json!({
        "resourceType": "Observation", "status": "final", "subject": &subject, "effectiveDateTime": &day, "note": &note,
        "code": {"coding": [{"system": LOINC, "code": SURFACE, "display": "Body surface area Derived from formula"}]},
        "method": {"text": format!("{formula}, rounded half up to two decimals")},
        "valueQuantity": quantity(surface.m2.decimal(), "m2"),
    });
    let entry = |address: &str, resource: Value| json!({"fullUrl": address, "resource": resource});
    let bundle = json!({
        "resourceType": "Bundle", "type": "collection", "identifier": {"value": &fingerprint},
        "entry": [entry(&request, medication), entry(&plan, care), entry(&observed, area)],
    });
    let mut text = serde_json::to_string_pretty(&bundle).ok()?;
    text.push('\n');
    Some(text)
}

/// What is given, how much of it and how fast.
fn dosage(day: &str, mg: Decimal, level: &str, prepared: Option<&Prepared>) -> Value {
    let mut amount = json!({"doseQuantity": quantity(mg, "mg")});
    let mut words = level.to_owned();
    if let Some(prepared) = prepared {
        words.push_str(&format!("; {} from {}", prepared.withdraw_ml, prepared.vials));
        if let Some(total) = prepared.total_ml {
            words.push_str(&format!(", made up to {total}"));
        }
        if let Some(measured) = prepared.measured {
            words.push_str(&format!(", measured as {}, which holds {}", measured.withdraw_ml, measured.mg));
        }
        if let Some(rate) = prepared.rate_ml_per_h {
            words.push_str(&format!(", over 1 h ({rate})"));
            insert(&mut amount, "rateQuantity", quantity(rate.decimal(), "mL/h"));
        }
    }
    json!({
        "text": words, "timing": {"event": [day]}, "doseAndRate": [amount],
        "route": {"coding": [{"system": SNOMED, "code": INTRAVENOUS, "display": "Intravenous route"}]},
    })
}

/// The doses of the cycle, today's by its request, and what is watched.
fn activities(case: &Case, found: &Assessment, request: &str) -> Value {
    let today = case.visit.day;
    let doses = found.schedule.iter().flat_map(|schedule| &schedule.doses);
    let doses = doses.map(|dose| {
        if Some(dose.day) == today {
            json!({"reference": {"reference": request}})
        } else {
            json!({"detail": planned(dose)})
        }
    });
    let watched = found.monitoring.iter().map(|item| {
        let words = format!("{}: {} ({})", item.what, item.when, item.rule);
        json!({"detail": {"kind": "ServiceRequest", "status": "not-started", "description": words}})
    });
    Value::Array(doses.chain(watched).collect())
}

fn planned(dose: &ScheduledDose) -> Value {
    let (first, last) = match dose.given {
        Some(day) => (day, day),
        None => (dose.earliest.unwrap_or(dose.planned), dose.latest.unwrap_or(dose.planned)),
    };
    let amount = dose.mg.map(|mg| format!(", {mg}")).unwrap_or_default();
    json!({
        "kind": "MedicationRequest",
        "status": if dose.given.is_some() { "completed" } else { "not-started" },
        "description": format!("Dose of day {}{amount}, planned for {}", dose.day.number(), dose.planned),
        "scheduledPeriod": {"start": first.to_string(), "end": last.to_string()},
    })
}

fn title(case: &Case) -> String {
    let cycle = case.visit.cycle.map(|cycle| format!(", cycle {}", cycle.get())).unwrap_or_default();
    format!("Inotuzumab ozogamicin{cycle}")
}

/// An exact number with its UCUM unit.
fn quantity(value: Decimal, unit: &str) -> Value {
    let mut quantity = json!({"unit": unit, "system": UCUM, "code": unit});
    if let Ok(number) = serde_json::from_str::<Number>(&plain(value)) {
        insert(&mut quantity, "value", Value::Number(number));
    }
    quantity
}

fn insert(object: &mut Value, name: &str, value: Value) {
    if let Value::Object(members) = object {
        members.insert(name.to_owned(), value);
    }
}

/// An address of a resource: the same for the same visit, and nobody's (a version 8 UUID of a digest).
fn uuid(of: &str) -> String {
    let mut letters: Vec<char> = Sha256::digest(of.as_bytes())
        .iter()
        .take(16)
        .flat_map(|byte| format!("{byte:02x}").chars().collect::<Vec<_>>())
        .collect();
    for (at, letter) in [(12, '8'), (16, '8')] {
        if let Some(place) = letters.get_mut(at) {
            *place = letter;
        }
    }
    let part = |from: usize, to: usize| letters.get(from..to).unwrap_or_default().iter().collect::<String>();
    format!("urn:uuid:{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}
