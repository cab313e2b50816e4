//! A response to an earlier cycle that nobody has said, where today's decision turns on it. The engine takes such silence as it
//! comes and says what is certain; before a dose is given on it the page asks.

use super::field::{ChoiceField as C, FieldId, NumberField as N};
use super::place::CycleAt;
use super::state::Walk;
use crate::engine::assess;
use crate::engine::assessment::Assessment;
use crate::engine::case::{Case, Response};
use crate::engine::facts::judged;

/// What can be answered about a response. “Not judged” is an answer, too.
const ANSWERS: [Response; 3] = [Response::Cr, Response::Cri, Response::None];

/// The questions about responses that the engine does not wait for, and whose answer would change decision or dose.
#[must_use]
pub fn asked(walk: &Walk, case: &Case, found: &Assessment) -> Vec<FieldId> {
    let Some(latest) = walk.due().previous() else { return Vec::new() };
    let turns = CycleAt::all().filter(|at| *at < latest && turns(case, found, *at));
    turns.flat_map(|at| questions(walk, at)).collect()
}

/// Whether a cycle is silent and some answer would change what is found.
fn turns(case: &Case, found: &Assessment, at: CycleAt) -> bool {
    let silent = case.cycles.get(at.index()).is_some_and(|cycle| judged(cycle).is_none());
    let said = |found: &Assessment| (found.decision, found.dose.map(|dose| dose.mg));
    let differs = |response: Response| {
        let mut told = case.clone();
        if let Some(cycle) = told.cycles.get_mut(at.index()) {
            (cycle.response, cycle.assessment) = (Some(response), None);
        }
        assess(&told).is_ok_and(|other| said(&other) != said(found))
    };
    silent && ANSWERS.into_iter().any(differs)
}

/// The response, in the form in which it is to be given.
fn questions(walk: &Walk, at: CycleAt) -> impl Iterator<Item = FieldId> {
    let choices = [C::Response(at), C::Circulating(at), C::Extramedullary(at)].map(FieldId::Choice);
    let numbers = [N::MarrowBlasts(at), N::ResponseAnc(at), N::ResponsePlatelets(at)].map(FieldId::Number);
    choices.into_iter().chain(numbers).filter(|field| walk.applies(*field) && !walk.is_answered(*field))
}
