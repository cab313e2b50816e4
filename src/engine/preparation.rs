//! From milligrams to vials, millilitres, concentration, rate and times.

use super::assessment::Prepared;
use super::case::{Container, Preparation};
use super::derivation::{Formula, Trace, term};
use super::labels::dosing;
use super::labels::sources::{EU_4_2, EU_6_3, EU_6_6, OWN_READING, PROTOCOL_BAG, PROTOCOL_HANDLING, US_2_2, US_2_4};
use super::rule::{Confidence, Grounds};
use super::units::{MgPerMl, Milligrams, Millilitres};

macro_rules! grounds {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $confidence:ident, [$($source:ident)+];)+) => {$(
        $(#[$doc])*
        const $name: Grounds = Grounds { id: $id, sources: &[$($source),+], confidence: Confidence::$confidence };
    )+};
}

grounds! {
    /// 0.25 mg in each mL after reconstitution.
    WITHDRAW = "RECON-12", D, [US_2_4 EU_6_6];
    /// Vials from the unrounded volume.
    VIALS = "RECON-04", D, [US_2_4 EU_6_6 OWN_READING];
    /// Drug and diluent together make the total.
    TOTAL = "DIL-02", A, [US_2_4 EU_6_6];
    /// What a bag may hold per mL.
    BAG = "DIL-03", S, [PROTOCOL_BAG];
    /// What a syringe may hold per mL.
    SYRINGE = "DIL-05", B, [PROTOCOL_BAG];
    /// Over one hour.
    RATE = "INF-02", A, [US_2_4 EU_4_2];
    /// A vial is for one patient and one day.
    UNUSED = "RECON-08", A, [US_2_4];
    /// Dilution within 4 h.
    DILUTE_BY = "TIME-01", A, [US_2_4 EU_6_3];
    /// Start within 7 h, so that the end is within 8 h.
    START_BY = "TIME-03", D, [US_2_4 EU_6_3];
    /// End within 8 h.
    END_BY = "TIME-02", A, [US_2_4 EU_6_3];
    /// Observation for at least 1 h.
    OBSERVE = "OBS-01", A, [US_2_2 EU_4_2 PROTOCOL_HANDLING];
}

/// Concentrations a container may have, and the rule that says so.
fn range(container: Container) -> ((MgPerMl, MgPerMl), &'static Grounds) {
    match container {
        Container::Bag => (dosing::BAG_RANGE, &BAG),
        Container::Syringe => (dosing::SYRINGE_RANGE, &SYRINGE),
    }
}

/// The container and the total volume: a bag of 50 mL unless the case says otherwise; a syringe has no usual volume.
fn container(preparation: Option<&Preparation>) -> (Container, Option<Millilitres>) {
    let container = preparation.and_then(|given| given.container).unwrap_or(Container::Bag);
    let given = preparation.and_then(|given| given.total_volume_ml).map(|total| Millilitres(total.decimal()));
    let usual = (container == Container::Bag).then_some(dosing::BAG);
    (container, given.or(usual))
}

/// How `dose` is made up. What rests on an absent total volume or time is absent.
pub(crate) fn prepared(dose: Milligrams, preparation: Option<&Preparation>, trace: &mut Trace) -> Prepared {
    let withdraw = trace.quotient(
        "preparation.withdraw_ml",
        &WITHDRAW,
        ("dose", dose),
        ("reconstituted concentration", dosing::RECONSTITUTED),
    );
    let vials = trace.vials("preparation.vials", &VIALS, withdraw, dosing::PER_VIAL);
    let content = vials * dosing::PER_VIAL_MG;
    let unused = trace.difference("preparation.unused_mg", &UNUSED, ("drug in the vials", content), ("dose", dose));

    let (container, total) = container(preparation);
    let ((low, high), range_grounds) = range(container);
    let diluent = total.filter(|total| withdraw <= *total).map(|total| {
        trace.difference("preparation.diluent_ml", &TOTAL, ("total volume", total), ("withdraw volume", withdraw))
    });
    let concentration = total.map(|total| {
        let (a, b) = (term("dose", dose), term("total volume", total));
        let formula = Formula::Binary(a, "÷", b);
        trace.made("preparation.concentration_mg_per_ml", range_grounds, formula, MgPerMl::diluted(dose, total))
    });
    let rate = total.map(|total| {
        let time = ("infusion time", dosing::INFUSION);
        trace.quotient("preparation.rate_ml_per_h", &RATE, ("total volume", total), time)
    });
    let smallest =
        trace.quotient("preparation.total_ml_range[0]", range_grounds, ("dose", dose), ("highest concentration", high));
    let largest =
        trace.quotient("preparation.total_ml_range[1]", range_grounds, ("dose", dose), ("lowest concentration", low));

    let mut prepared = Prepared {
        vials,
        withdraw_ml: withdraw,
        diluent_ml: diluent,
        total_ml: total,
        concentration_mg_per_ml: concentration,
        rate_ml_per_h: rate,
        unused_mg: unused,
        in_range: total.map(|total| low * total <= dose && dose <= high * total),
        total_ml_range: [smallest, largest],
        dilute_by: None,
        start_by: None,
        end_by: None,
        observe_until: None,
    };
    if let Some(preparation) = preparation {
        times(&mut prepared, preparation, trace);
    }
    prepared
}

fn times(prepared: &mut Prepared, preparation: &Preparation, trace: &mut Trace) {
    if let Some(start) = preparation.reconstituted_at {
        let from = ("reconstituted", start);
        prepared.dilute_by =
            Some(trace.hours_after("preparation.dilute_by", &DILUTE_BY, from, dosing::DILUTE_WITHIN_H));
        prepared.start_by = Some(trace.hours_after("preparation.start_by", &START_BY, from, dosing::START_WITHIN_H));
        prepared.end_by = Some(trace.hours_after("preparation.end_by", &END_BY, from, dosing::END_WITHIN_H));
    }
    let path = "preparation.observe_until";
    prepared.observe_until = match (preparation.infusion_end, preparation.infusion_start) {
        (Some(end), _) => Some(trace.hours_after(path, &OBSERVE, ("end of infusion", end), dosing::OBSERVE_H)),
        (None, Some(start)) => {
            let hours = dosing::INFUSION_H + dosing::OBSERVE_H;
            Some(trace.hours_after(path, &OBSERVE, ("start of infusion", start), hours))
        }
        (None, None) => None,
    };
}
