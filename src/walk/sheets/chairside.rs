//! Premedication, infusion, observation, and the line of time.

use super::order::class_name;
use super::{BLANK, Block, Holds, Tick, row};
use crate::interchange::policy::{LocalDrug, PremedicationClass};
use crate::walk::field::TimeField;
use crate::walk::local::mark;
use crate::walk::plan::{Plan, pretty};
use crate::walk::recap;
use crate::walk::state::Walk;
use crate::walk::work::{Amounts, Phase, of_phase};

pub(super) fn blocks(walk: &Walk, plan: &Plan) -> Vec<Block> {
    let told = |field| walk.moment(field).map(|at| plan.clock(at)).unwrap_or_default();
    let premedication = [
        (PremedicationClass::Corticosteroid, TimeField::Corticosteroid),
        (PremedicationClass::Antipyretic, TimeField::Antipyretic),
        (PremedicationClass::Antihistamine, TimeField::Antihistamine),
    ];
    let premedication = premedication.map(|(class, field)| {
        let drugs = walk.local_drugs(class).map(LocalDrug::in_words).collect::<Vec<_>>().join("; ");
        vec![class_name(class).to_owned(), drugs, told(field), BLANK.to_owned()]
    });
    let local = walk.local().filter(|policy| !policy.premedication.is_empty());
    let whose = local.map(|policy| format!(", {}", mark(policy))).unwrap_or_default();
    let limit = |path| recap::limit(plan, path).unwrap_or_default();
    let times = [
        ("First vial reconstituted", TimeField::Reconstituted, String::new()),
        ("Diluted", TimeField::Diluted, limit("preparation.dilute_by")),
        ("Infusion started", TimeField::Started, limit("preparation.start_by")),
        ("Infusion stopped", TimeField::Stopped, String::new()),
        ("Infusion went on", TimeField::WentOn, String::new()),
        ("Infusion ended", TimeField::Ended, limit("preparation.end_by")),
        ("Observed at least until", TimeField::Observed, limit("preparation.observe_until")),
    ];
    let times = times.map(|(what, field, limit)| vec![what.to_owned(), limit, told(field), BLANK.to_owned()]);
    let ticks = |phase| of_phase(plan, phase).into_iter().map(Tick::from);
    let before = [
        "Right patient, right day, right dose.",
        "Preparation sheet and label agree, fingerprint too.",
        "All three premedications are given.",
    ];
    let signs = [
        "Temperature",
        "Pulse",
        "Blood pressure",
        "Breathing rate",
        "Oxygen saturation",
        "Fever, chills, rash, trouble breathing",
    ];
    vec![
        Block::new("Before", Holds::Ticks(before.into_iter().map(Tick::plain).chain(container(plan)).collect())),
        Block::new(
            &format!("Premedication{whose}"),
            Holds::Table {
                heads: vec!["Class", "Drug, dose, route", "Time", "Initials"],
                rows: premedication.into(),
                written: true,
            },
        ),
        Block::new("Infusion", Holds::Ticks(ticks(Phase::Infuse).collect())),
        Block::new(
            "Line of time",
            Holds::Table { heads: vec!["What", "By", "Time", "Initials"], rows: times.into(), written: true },
        ),
        Block::new("Observation", Holds::Ticks(ticks(Phase::Observe).collect())),
        Block::new(
            "Vital signs to watch, as often as your ward does",
            Holds::Table {
                heads: vec!["Time", "Before", "During", "During", "End", "After", "1\u{a0}h after"],
                rows: signs.map(|sign| row([sign, "", "", "", "", "", ""])).into(),
                written: true,
            },
        ),
    ]
}

/// What the label of the container has to say.
fn container(plan: &Plan) -> Option<Tick> {
    let (total, amounts) = (plan.preparation()?.total_ml?, Amounts::of(plan)?);
    let number = Some(pretty(&format!("{} in {total}", amounts.mg)));
    let measured = plan.preparation()?.measured.zip(plan.dose());
    let of = measured.map(|(measured, dose)| format!(": {}, measured to {}", dose.mg, measured.to_ml.volume()));
    let then = pretty(&format!("{}.", of.unwrap_or_default()));
    Some(Tick { number, then, ..Tick::plain("The container holds ") })
}
