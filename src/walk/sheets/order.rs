//! What is ordered, and on what it rests.

use super::{BLANK, Block, Holds, Tick, bounded, row};
use crate::engine::assessment::ResponseInForce;
use crate::engine::case::Container;
use crate::engine::preparation::container;
use crate::engine::rule::Severity;
use crate::engine::units::{MgChange, PercentChange};
use crate::interchange::policy::{LocalDrug, PremedicationClass};
use crate::walk::course;
use crate::walk::local::mark;
use crate::walk::plan::{Plan, pretty, vials};
use crate::walk::recap;
use crate::walk::state::Walk;
use crate::walk::steps::Step;
use crate::walk::timeline::{OWN_HEADS, own_doses};
use crate::walk::work::Amounts;

/// Answers that there is room for.
const ANSWERS: usize = 18;
/// The same where the sheet says what the hospital decided.
const ANSWERS_BESIDE_A_POLICY: usize = 14;
/// Findings that there is room for.
const FINDINGS: usize = 5;

pub(super) fn blocks(walk: &Walk, plan: &Plan) -> Vec<Block> {
    let findings = recap::findings(plan).into_iter().filter(|reason| reason.severity >= Severity::Caution);
    let findings = findings.map(Tick::found).collect::<Vec<_>>();
    let given = recap::answers(walk, plan).into_iter();
    let given = given.filter(|given| matches!(given.step, Step::Patient | Step::Cytoreduction | Step::Dose));
    let given = given.map(|given| (given.label.clone(), pretty(&given.in_words())));
    let given = given.collect::<Vec<_>>();
    let room = if walk.local().is_some() { ANSWERS_BESIDE_A_POLICY } else { ANSWERS };
    let more = given.len().saturating_sub(room);
    let mut shown: Vec<_> = given.into_iter().take(room).collect();
    if more > 0 {
        shown.push((format!("and {more} more"), "see the full record".to_owned()));
    }
    let doses = own_doses(plan).into_iter().map(Vec::from).collect();
    let mut blocks = vec![
        Block::new(
            "Order",
            Holds::Table { heads: vec!["What", "How much", "How", "Rule"], rows: ordered(plan), written: false },
        ),
        premedication(walk),
        Block::new("This cycle", Holds::Table { heads: OWN_HEADS.into(), rows: doses, written: false }),
        Block::new("It rests on", Holds::Pairs(shown)),
    ];
    if !findings.is_empty() {
        blocks.push(Block::new("Cautions, each acknowledged", Holds::Words(bounded(findings, FINDINGS, Tick::plain))));
    }
    blocks
}

/// What is given before: as the hospital says, else written by hand.
fn premedication(walk: &Walk) -> Block {
    const TITLE: &str = "Premedication, before this dose,";
    let classes = PremedicationClass::ALL.iter().copied();
    if let Some(policy) = walk.local().filter(|policy| !policy.premedication.is_empty()) {
        let line = |drug: &LocalDrug| {
            Tick::plain(&format!("{}: {}, {}", class_name(drug.class), drug.in_words(), drug.when()))
        };
        let lines = classes.flat_map(|class| walk.local_drugs(class)).map(line).collect();
        return Block::new(&format!("{TITLE} {}", mark(policy)), Holds::Words(lines));
    }
    let heads = vec!["Class", "Drug, dose, route", "Time before the dose"];
    let rows = classes.map(|class| row([class_name(class), BLANK, BLANK])).collect();
    Block::new(&format!("{TITLE} by your own protocol"), Holds::Table { heads, rows, written: true })
}

/// A class as the sheet names it.
pub(super) fn class_name(class: PremedicationClass) -> &'static str {
    match class {
        PremedicationClass::Corticosteroid => "Corticosteroid",
        PremedicationClass::Antipyretic => "Antipyretic",
        PremedicationClass::Antihistamine => "Antihistamine",
    }
}

/// The lines of the order, each with how it came to be.
fn ordered(plan: &Plan) -> Vec<Vec<String>> {
    let numbers = recap::numbers(plan);
    let line = |path: &str| {
        let number = numbers.iter().find(|number| number.path == path)?;
        let how = number.line.worked.clone().unwrap_or_else(|| number.line.formula.clone());
        let rule = number.line.source.split(", ").next().unwrap_or_default();
        Some(vec![number.label.to_owned(), number.line.result.clone(), how, rule.to_owned()])
    };
    let response = plan.assessment().and_then(|found| found.response).map(|ResponseInForce { class, .. }| {
        row(["Response in force", &course::in_words(class), "after the cycles before", ""])
    });
    let mut rows: Vec<Vec<String>> = response.into_iter().collect();
    rows.extend(["bsa.m2", "dose.mg_per_m2", "dose.mg"].into_iter().filter_map(line));
    rows.extend(measured(plan));
    rows.extend(give(plan).into_iter().flatten());
    rows
}

/// What measuring makes of the dose.
fn measured(plan: &Plan) -> Option<Vec<String>> {
    let measured = plan.preparation()?.measured?;
    let turn = if measured.change_mg.0.is_sign_negative() { "less" } else { "more" };
    let (mg, percent) = (MgChange(measured.change_mg.0.abs()), PercentChange(measured.change_percent.0.abs()));
    let how = format!("{mg} or {percent} {turn}, volume to the nearest {}", measured.to_ml.volume());
    Some(row(["Dose as measured", &pretty(&measured.mg.to_string()), &pretty(&how), "RECON-12"]))
}

/// From what it is given, and how fast.
fn give(plan: &Plan) -> Option<[Vec<String>; 2]> {
    let (prepared, amounts) = (plan.preparation()?, Amounts::of(plan)?);
    let (from, _) = container(plan.case.as_ref()?.preparation.as_ref());
    let (from, made, run) = match from {
        Container::Bag => ("Bag, in all", "DIL-01, DIL-02", "INF-01, INF-02"),
        Container::Syringe => ("Syringe, in all", "DIL-01, DIL-05", "INF-01, INF-03"),
    };
    let (total, diluent, rate) = (prepared.total_ml?, amounts.diluent?, prepared.rate_ml_per_h?);
    let how = format!("{} from {}, and {diluent} sodium chloride 0.9 %", amounts.withdraw, vials(amounts.vials.0));
    let fast = "into a vein over 1 h, never as a push or bolus";
    Some([
        row([from, &pretty(&total.to_string()), &pretty(&how), made]),
        row(["Rate", &pretty(&rate.to_string()), &pretty(fast), run]),
    ])
}
