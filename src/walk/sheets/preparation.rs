//! From vials to the container.

use super::{BLANK, Block, Holds, Tick, row};
use crate::walk::field::TimeField;
use crate::walk::plan::{Plan, vials};
use crate::walk::state::Walk;
use crate::walk::work::{Amounts, Phase, measuring, of_phase, syringe_limits};
use crate::walk::{recap, strength};

pub(super) fn blocks(walk: &Walk, plan: &Plan) -> Vec<Block> {
    let told = |field| walk.moment(field).map(|at| plan.clock(at)).unwrap_or_default();
    let limit = |path| recap::limit(plan, path).unwrap_or_default();
    let work = [Phase::Reconstitute, Phase::Dilute].into_iter().flat_map(|phase| of_phase(plan, phase));
    let measured = measuring(plan).map(|found| Tick::plain(&format!("{} {}", found.words, found.vials)));
    let notes: Vec<Tick> = measured.into_iter().chain(syringe_limits(plan).map(Tick::from)).collect();
    let mut blocks = vec![
        Block::new(
            "Amounts",
            Holds::Table {
                heads: vec!["What", "How much", "Measured", "Initials"],
                rows: amounts(plan).unwrap_or_default(),
                written: true,
            },
        ),
        Block::new("Reconstitute, then dilute", Holds::Ticks(work.map(Tick::from).collect())),
        Block::new(
            "Times",
            Holds::Table {
                heads: vec![
                    "First vial at",
                    "Dilute by",
                    "Diluted at",
                    "Start by",
                    "Infused by",
                    "In the refrigerator",
                ],
                rows: vec![vec![
                    told(TimeField::Reconstituted),
                    limit("preparation.dilute_by"),
                    told(TimeField::Diluted),
                    limit("preparation.start_by"),
                    limit("preparation.end_by"),
                    BLANK.to_owned(),
                ]],
                written: true,
            },
        ),
        Block::new(
            "Vials",
            Holds::Table {
                heads: vec!["Lot and expiry of each vial", "Water for injections, lot", "Sodium chloride 0.9 %, lot"],
                rows: vec![row([BLANK, BLANK, BLANK])],
                written: true,
            },
        ),
    ];
    if !notes.is_empty() {
        blocks.insert(1, Block::new("Note", Holds::Words(notes)));
    }
    blocks
}

fn amounts(plan: &Plan) -> Option<Vec<Vec<String>>> {
    let (prepared, amounts) = (plan.preparation()?, Amounts::of(plan)?);
    let line = |name: &str, value: String| row([name, &value, BLANK, BLANK]);
    Some(vec![
        line("Drug in the container", amounts.mg.to_string()),
        line("Vials to open", vials(amounts.vials.0)),
        line("Withdraw", amounts.withdraw.to_string()),
        line("Sodium chloride 0.9 %", amounts.diluent?.to_string()),
        line("Total volume", prepared.total_ml?.to_string()),
        line("Concentration", strength::in_words(amounts.concentration?)),
        line("Left in the vials, discard", format!("{} in {}", amounts.unused_mg, amounts.unused_ml)),
        line("Rate over 1 h", prepared.rate_ml_per_h?.to_string()),
    ])
}
