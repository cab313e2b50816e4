//! Concentration and time limits of the made-up drug.

use crate::engine::case::{Container, Preparation};
use crate::engine::facts::Facts;
use crate::engine::labels::dosing;
use crate::engine::measured::{Refusal, change, nearest, refusal};
use crate::engine::preparation::{earliest_end, gone_on};
use crate::engine::rule::{Basis, Fact, rules};
use crate::engine::units::{Millilitres, PercentChange};

rules! {
    /// A volume that can be measured.
    rule RECON_12 "RECON-12" D [US_2_4 EU_6_6 OWN_READING] "when the volume is measured to 0.05 or 0.1 mL"
    when "the dose changes by at most 5 %": info / info,
        if |f| rounded(f, |refusal| refusal.is_none()),
        say "Measured to {graduation}: withdraw {measured} instead of {exact}. That holds {mg}, {percent} {turn} than the dose.";
    when "the dose would change by more than 5 %": caution / caution,
        if |f| rounded(f, |refusal| refusal == Some(Refusal::Change)),
        say "Not rounded: {measured} would hold {mg}, {percent} {turn} than the dose, above 5 %. Withdraw exactly {exact}.";
    when "the drug would leave its range of concentrations or its total volume": caution / caution,
        if |f| rounded(f, |refusal| refusal == Some(Refusal::Range)),
        say "Not rounded: with {measured} the made-up drug would leave its range of concentrations or its total volume. Withdraw exactly {exact}.";

    /// Volume of a bag.
    rule DIL_02 "DIL-02" A [US_2_4 EU_6_6] "every dose in a bag"
    when "the total volume is not 50 mL": caution / caution,
        if |f| {
            let total = f.case.preparation.as_ref().filter(|_| container(f) == Container::Bag)?.total_volume_ml?;
            let total = Millilitres(total.decimal());
            (total != dosing::BAG).then(|| Basis::none().with("total", total).with("label_total", dosing::BAG))
        },
        say "The bag would hold {total}; the label makes up {label_total}, drug and diluent together. Another total is for the pharmacist to decide.";

    /// Concentration in a bag.
    rule DIL_03 "DIL-03" S [PROTOCOL_BAG] "every dose in a bag"
    when "below 0.01 or above 0.1 mg/mL": hold / hold,
        if |f| {
            let [smallest, largest] = f.prepared.as_ref()?.total_ml_range;
            let label = (smallest..=largest).contains(&dosing::BAG);
            let way = if label { "take 50 mL" } else { "ask the pharmacist, who may give it from a syringe" };
            Some(out_of_range(f, Container::Bag)?.with("way", Fact::Said(way)))
        },
        say "The bag would hold {concentration}, outside 0.01 to 0.1 mg/mL. Only a total of {smallest} to {largest} keeps this dose inside: {way}.";

    /// Concentration in a syringe.
    rule DIL_05 "DIL-05" B [PROTOCOL_BAG] "every dose in a syringe"
    when "below 0.025 or above 0.1 mg/mL": hold / hold,
        if |f| out_of_range(f, Container::Syringe),
        say "The syringe would hold {concentration}, outside 0.025 to 0.1 mg/mL. A total volume of {smallest} to {largest} keeps this dose inside. These limits come from a hospital manual, not a label.";

    /// Dilution in time.
    rule TIME_01 "TIME-01" A [US_2_4 EU_6_3] "when the times are entered"
    when "more than 4 h from reconstitution to dilution": hold / hold,
        if |f| {
            let given = f.case.preparation.as_ref()?;
            let minutes = given.diluted_at?.minutes_since(given.reconstituted_at?);
            too_long(minutes, dosing::DILUTE_WITHIN_H)
        },
        say "{taken} passed between reconstitution and dilution, more than 4 h. Discard this preparation.";

    /// Infusion over one hour.
    rule INF_01 "INF-01" A [US_2_4 EU_4_2] "when the times are entered"
    when "less than 1 h from the start to the end of the infusion": caution / caution,
        if |f| {
            let given = f.case.preparation.as_ref()?;
            let minutes = given.infusion_end?.minutes_since(given.infusion_start?);
            (minutes < i64::from(dosing::INFUSION_H) * 60).then(|| taken(minutes))
        },
        say "The infusion took {taken}, less than 1 h. It is given into a vein over 1 h, never as a push: check the times, and watch the patient.";

    /// Infusion in time.
    rule TIME_02 "TIME-02" A [US_2_4 EU_6_3] "when the times are entered"
    when "more than 8 h from reconstitution to the end of the infusion": hold / hold,
        if |f| {
            let given = f.case.preparation.as_ref()?;
            too_long(minutes_to_end(given)?, dosing::END_WITHIN_H)
        },
        say "{taken} pass between reconstitution and the end of the infusion, more than 8 h. Discard this preparation.";

    /// An interrupted infusion.
    rule TIME_08 "TIME-08" D [US_2_4 EU_6_3 OWN_READING] "when a stop of the infusion is entered"
    when "the infusion stood still and goes on": info / info,
        if |f| {
            let given = f.case.preparation.as_ref()?;
            let (resumed, left) = gone_on(given)?;
            let stood = resumed.minutes_since(given.infusion_paused_at?);
            Some(taken(stood).with("left", Fact::Number(left.into(), "min")))
        },
        say "The infusion stood still for {taken}; the clock did not. {left} of its hour were left: it still ends within 8 h of the first vial, or what is left is discarded and the prescriber called.";
}

/// The container in use: a bag unless the case says otherwise.
fn container(f: &Facts) -> Container {
    f.case.preparation.as_ref().and_then(|given| given.container).unwrap_or(Container::Bag)
}

/// The volume asked to be measured, where it is not the exact one and `wanted` is what speaks against it.
fn rounded(f: &Facts, wanted: fn(Option<Refusal>) -> bool) -> Option<Basis> {
    let (prepared, dose) = f.prepared.as_ref().zip(f.dose)?;
    let graduation = f.case.preparation.as_ref()?.measure_to_ml?;
    let (exact, volume) = (prepared.withdraw_ml, nearest(prepared.withdraw_ml, graduation));
    if volume == exact || !wanted(refusal(volume, dose.mg, prepared, container(f))) {
        return None;
    }
    let PercentChange(percent) = change(volume, dose.mg);
    let basis = Basis::none().with("graduation", graduation.volume()).with("exact", exact).with("measured", volume);
    let basis = basis.with("mg", dosing::RECONSTITUTED * volume).with("percent", PercentChange(percent.abs()));
    Some(basis.with("turn", if volume > exact { "more" } else { "less" }))
}

fn out_of_range(f: &Facts, wanted: Container) -> Option<Basis> {
    let prepared = f.prepared.as_ref().filter(|_| container(f) == wanted)?;
    let [smallest, largest] = prepared.total_ml_range;
    let concentration = prepared.concentration_mg_per_ml?;
    (prepared.in_range == Some(false))
        .then(|| Basis::none().with("concentration", concentration).with("smallest", smallest).with("largest", largest))
}

/// Minutes from reconstitution to the end of the infusion.
fn minutes_to_end(given: &Preparation) -> Option<i64> {
    Some(earliest_end(given)?.minutes_since(given.reconstituted_at?))
}

fn too_long(minutes: i64, hours: u8) -> Option<Basis> {
    (minutes > i64::from(hours) * 60).then(|| taken(minutes))
}

fn taken(minutes: i64) -> Basis {
    Basis::none().with("taken", Fact::Words(format!("{} h {} min", minutes / 60, minutes % 60)))
}
