//! From milligrams to vials, milliliters, concentration, rate and times.

use rust_decimal::prelude::ToPrimitive;

use super::assessment::Prepared;
use super::calendar::Moment;
use super::case::{Container, Preparation};
use super::derivation::{Formula, Trace, added, term};
use super::labels::dosing;
use super::measured::measured;
use super::numbers::{INF_02, OBS_01, RECON_04, RECON_08, TIME_03};
use super::rule::Grounds;
use super::rules::preparation::{DIL_02, DIL_03, DIL_05, RECON_12, TIME_01, TIME_02, TIME_08};
use super::units::{MgPerMl, Milligrams, Millilitres};

/// Concentrations a container may have, and the rule that says so.
pub(crate) fn range(container: Container) -> ((MgPerMl, MgPerMl), &'static Grounds) {
    match container {
        Container::Bag => (dosing::BAG_RANGE, &DIL_03.grounds),
        Container::Syringe => (dosing::SYRINGE_RANGE, &DIL_05.grounds),
    }
}

/// The container and the total volume: a bag of 50 mL unless the case says otherwise; a syringe has no usual volume.
pub fn container(preparation: Option<&Preparation>) -> (Container, Option<Millilitres>) {
    let container = preparation.and_then(|given| given.container).unwrap_or(Container::Bag);
    let given = preparation.and_then(|given| given.total_volume_ml).map(|total| Millilitres(total.decimal()));
    let usual = (container == Container::Bag).then_some(dosing::BAG);
    (container, given.or(usual))
}

/// How `dose` is made up. What rests on an absent total volume or time is absent.
pub(crate) fn prepared(dose: Milligrams, preparation: Option<&Preparation>, trace: &mut Trace) -> Prepared {
    let withdraw = trace.quotient(
        "preparation.withdraw_ml",
        &RECON_12.grounds,
        ("dose", dose),
        ("reconstituted concentration", dosing::RECONSTITUTED),
    );
    let vials = trace.vials("preparation.vials", &RECON_04, withdraw, dosing::PER_VIAL);
    let content = vials * dosing::PER_VIAL_MG;
    let unused = trace.difference("preparation.unused_mg", &RECON_08, ("drug in the vials", content), ("dose", dose));
    let volume = ("volume in the vials", vials * dosing::PER_VIAL);
    let unused_ml = trace.difference("preparation.unused_ml", &RECON_08, volume, ("withdraw volume", withdraw));

    let (container, total) = container(preparation);
    let ((low, high), range_grounds) = range(container);
    let diluent = total.filter(|total| withdraw <= *total).map(|total| {
        trace.difference(
            "preparation.diluent_ml",
            &DIL_02.grounds,
            ("total volume", total),
            ("withdraw volume", withdraw),
        )
    });
    let concentration = total.map(|total| {
        let (a, b) = (term("dose", dose), term("total volume", total));
        let formula = Formula::Binary(a, "÷", b);
        trace.made("preparation.concentration_mg_per_ml", range_grounds, formula, MgPerMl::diluted(dose, total))
    });
    let rate = total.map(|total| {
        let time = ("infusion time", dosing::INFUSION);
        trace.quotient("preparation.rate_ml_per_h", &INF_02, ("total volume", total), time)
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
        unused_ml,
        in_range: total.map(|total| low * total <= dose && dose <= high * total),
        total_ml_range: [smallest, largest],
        dilute_by: None,
        start_by: None,
        end_by: None,
        expected_end: None,
        observe_until: None,
        measured: None,
    };
    prepared.measured = preparation
        .and_then(|given| given.measure_to_ml)
        .and_then(|graduation| measured(dose, &prepared, container, graduation, trace));
    if let Some(preparation) = preparation {
        times(&mut prepared, preparation, trace);
    }
    prepared
}

/// What becomes of one vial: what can be withdrawn from it goes into the dose or is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VialUse {
    /// Withdrawn.
    pub withdrawn_ml: Millilitres,
    /// The drug in it.
    pub withdrawn_mg: Milligrams,
    /// Left, to be discarded.
    pub left_ml: Millilitres,
    /// The drug in it.
    pub left_mg: Milligrams,
}

/// The vials in the order opened: each is emptied, the last as far as the volume needs, which is the measured one where one is measured.
#[must_use]
pub fn each_vial(prepared: &Prepared) -> Vec<VialUse> {
    let (withdraw, vials) = match prepared.measured {
        Some(measured) => (measured.withdraw_ml, measured.vials),
        None => (prepared.withdraw_ml, prepared.vials),
    };
    let count = vials.0.to_usize().unwrap_or_default();
    let opened = std::iter::successors(Some(withdraw), |wanted| Some(*wanted - dosing::PER_VIAL)).take(count);
    let used = opened.map(|wanted| {
        let withdrawn = wanted.min(dosing::PER_VIAL);
        let left = dosing::PER_VIAL - withdrawn;
        VialUse {
            withdrawn_ml: withdrawn,
            withdrawn_mg: dosing::RECONSTITUTED * withdrawn,
            left_ml: left,
            left_mg: dosing::RECONSTITUTED * left,
        }
    });
    used.collect()
}

fn times(prepared: &mut Prepared, preparation: &Preparation, trace: &mut Trace) {
    if let Some(start) = preparation.reconstituted_at {
        let from = ("reconstituted", start);
        prepared.dilute_by =
            Some(trace.hours_after("preparation.dilute_by", &TIME_01.grounds, from, dosing::DILUTE_WITHIN_H));
        prepared.start_by = Some(trace.hours_after("preparation.start_by", &TIME_03, from, dosing::START_WITHIN_H));
        prepared.end_by = Some(trace.hours_after("preparation.end_by", &TIME_02.grounds, from, dosing::END_WITHIN_H));
    }
    if let Some((resumed, left)) = gone_on(preparation).filter(|_| preparation.infusion_end.is_none()) {
        let formula = added(("went on", resumed), ("left of its hour", left.into(), "min"));
        prepared.expected_end =
            resumed.moved(left).map(|end| trace.made("preparation.expected_end", &TIME_08.grounds, formula, end));
    }
    let path = "preparation.observe_until";
    let stopped = preparation.infusion_paused_at.is_some();
    prepared.observe_until = match (preparation.infusion_end, prepared.expected_end, preparation.infusion_start) {
        (Some(end), _, _) => Some(trace.hours_after(path, &OBS_01, ("end of infusion", end), dosing::OBSERVE_H)),
        (None, Some(end), _) => {
            Some(trace.hours_after(path, &OBS_01, ("expected end of infusion", end), dosing::OBSERVE_H))
        }
        (None, None, Some(start)) if !stopped => {
            let hours = dosing::INFUSION_H + dosing::OBSERVE_H;
            Some(trace.hours_after(path, &OBS_01, ("start of infusion", start), hours))
        }
        (None, None, _) => None,
    };
}

/// When an infusion that was stopped went on, and the minutes that were left of its hour.
pub(crate) fn gone_on(given: &Preparation) -> Option<(Moment, i64)> {
    let ran = given.infusion_paused_at?.minutes_since(given.infusion_start?);
    Some((given.infusion_resumed_at?, (i64::from(dosing::INFUSION_H) * 60 - ran).max(0)))
}

/// The earliest that the infusion is over: as given, when what was left at a stop has run, or an hour after its start.
pub(crate) fn earliest_end(given: &Preparation) -> Option<Moment> {
    let after_stop = || gone_on(given).and_then(|(resumed, left)| resumed.moved(left));
    given.infusion_end.or_else(after_stop).or_else(|| Some(given.infusion_start?.plus_hours(dosing::INFUSION_H)))
}
