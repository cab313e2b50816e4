//! For the patient to take home: the plain words of [`crate::walk::patient`], which say also whom to call.

use super::{Block, Holds};
use crate::walk::patient::{Section, is_for_a_family, sheet};
use crate::walk::plan::{Plan, Tone};
use crate::walk::state::Walk;

/// The decision as a patient, or a child's family, reads it.
pub(super) fn today(plan: &Plan) -> &'static str {
    match (plan.released(), plan.verdict().tone, is_for_a_family(plan)) {
        (true, _, false) => "Today you get inotuzumab",
        (true, _, true) => "Today your child gets inotuzumab",
        (false, Tone::Stop, false) => "You do not get inotuzumab today",
        (false, Tone::Stop, true) => "Your child does not get inotuzumab today",
        (false, Tone::Omit | Tone::Hold, _) => "There is no infusion today",
        (false, ..) => "Today’s dose is not decided yet",
    }
}

pub(super) fn blocks(walk: &Walk, plan: &Plan) -> Vec<Block> {
    let block = |Section { title, lines }: Section| Block::new(title, Holds::Plain(lines));
    walk.with_contacts(sheet(plan)).into_iter().map(block).collect()
}
