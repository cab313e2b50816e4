//! From a path of the engine, of `missing` or of a refused case, to the question that can change it.

use super::case;
use super::field::{ChoiceField as C, DateField as D, FieldId, NumberField as N};
use super::place::{At, CycleAt};
use super::state::Walk;

/// The questions that a path asks for, in the form in which the user answers them. None for a path the walk never writes.
#[must_use]
pub fn asking_for(walk: &Walk, path: &str) -> Vec<FieldId> {
    match path {
        "visit.premedication" => {
            return [C::Corticosteroid, C::Antipyretic, C::Antihistamine].map(FieldId::Choice).to_vec();
        }
        // Nothing has been said of the course: what is needed of it.
        "cycles" => {
            let of_course = |field: &FieldId| matches!(field.at(), Some(At::Cycle(_)));
            let preset = |field: &FieldId| matches!(field, FieldId::Choice(choice) if choice.is_preset());
            let needed = |field: &FieldId| walk.applies(*field) && !walk.optional(*field) && !preset(field);
            return FieldId::all().filter(|field| of_course(field) && needed(field)).collect();
        }
        _ => {}
    }
    let (pattern, places) = pattern(path);
    let at = match (pattern.starts_with("cycles[]"), places.first()) {
        (true, Some(index)) => CycleAt::new(*index).map(At::from),
        (false, Some(index)) => case::told(walk).get(*index).copied().map(At::from),
        (_, None) => None,
    };
    if let Some((cycle, dose)) = dose_at(path) {
        let at = CycleAt::new(cycle);
        let given = at.and_then(|at| Some((at, case::doses(walk, at).get(dose)?.0)));
        return given.map(|(at, day)| FieldId::Date(D::dose(at, day))).into_iter().collect();
    }
    let found = FieldId::all().find(|field| field.path() == pattern && field.at() == at);
    found.map(|field| as_answered(walk, field)).into_iter().collect()
}

/// Which cycle and which of its doses a path is about: 1 and 0 for `cycles[1].doses[0].date`.
pub(super) fn dose_at(path: &str) -> Option<(usize, usize)> {
    match pattern(path) {
        (pattern, places) if matches!(pattern.as_str(), "cycles[].doses[].date" | "cycles[].doses[].day") => {
            Some((*places.first()?, *places.get(1)?))
        }
        _ => None,
    }
}

/// The same question in the form that the user chose: age for birth date, a fraction for a word.
fn as_answered(walk: &Walk, field: FieldId) -> FieldId {
    let other = match field {
        FieldId::Date(D::Birth) => FieldId::Number(N::Age),
        FieldId::Number(N::Wbc | N::BlastPercent) => FieldId::Number(N::Blasts),
        FieldId::Choice(C::Cd22) => FieldId::Number(N::Cd22Percent),
        FieldId::Choice(C::Mrd(at)) => FieldId::Number(N::MrdFraction(at)),
        _ => return field,
    };
    if walk.applies(field) { field } else { other }
}

/// `cycles[1].doses[0].date` is `cycles[].doses[].date` at 1 and 0.
fn pattern(path: &str) -> (String, Vec<usize>) {
    let (mut pattern, mut places) = (String::with_capacity(path.len()), Vec::new());
    let mut rest = path;
    while let Some((before, (index, after))) = rest.split_once('[').and_then(|(a, b)| Some((a, b.split_once(']')?))) {
        pattern.push_str(before);
        pattern.push_str("[]");
        places.extend(index.parse::<usize>());
        rest = after;
    }
    pattern.push_str(rest);
    (pattern, places)
}
