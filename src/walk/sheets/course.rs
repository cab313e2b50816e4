//! Every cycle so far and those that may come.

use super::{Block, Holds, Tick};
use crate::walk::plan::Plan;
use crate::walk::timeline::{self, Lane};

pub(super) fn blocks(plan: &Plan) -> Vec<Block> {
    let Some(scene) = timeline::of(plan) else {
        return vec![Block::new(
            "Cycles",
            Holds::Words(vec![Tick::plain("There is no course to show yet: cycle, day, date and label come first.")]),
        )];
    };
    let rows = scene.lanes.iter().flat_map(rows).collect();
    let heads = vec!["Day", "Date", "State", "Dose", "Window", "Initials"];
    let mut blocks = vec![
        Block::new("In short", Holds::Words(vec![Tick::plain(&scene.summary)])),
        Block::new("Cycles", Holds::Table { heads, rows, written: false }),
    ];
    if let Some(after) = scene.after {
        let spans = after.spans.into_iter().map(|span| (span.label.to_owned(), span.until)).collect();
        blocks.push(Block::new(&after.title, Holds::Pairs(spans)));
    }
    blocks
}

/// The head of a cycle over the whole width, its doses, and what is said at its end.
fn rows(lane: &Lane) -> Vec<Vec<String>> {
    let mut rows = vec![vec![format!("{}: {}", lane.title, lane.facts.join(", "))]];
    for mark in &lane.doses {
        let row = &mark.row;
        let cells = [&row.day, &row.date, &row.state, &row.dose, &row.window];
        rows.push(cells.into_iter().cloned().chain([String::new()]).collect());
    }
    let closing: Vec<String> = lane
        .closing
        .iter()
        .map(|closing| closing.rule.map_or_else(|| closing.words.clone(), |rule| format!("{} ({rule})", closing.words)))
        .collect();
    if !closing.is_empty() {
        rows.push(vec![format!("At its end: {}.", closing.join("; "))]);
    }
    rows
}
