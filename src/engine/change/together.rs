//! Values that change a decision only together.

use super::super::rule::Basis;
use super::super::{Assessment, Case, assess};
use super::{
    Enough, HEAVY, Lever, Other, Search, To, Way, Weight, answers_on_record, on_record, singles, today, todays_answers,
};

/// More values than this are no advice.
const AT_MOST: usize = 4;

/// The fewest values found after which more than `now` may be done, `rule` mended first. `ways` ease it one by one.
pub(super) fn fewest(case: &Case, now: &Assessment, rule: &str, ways: Vec<Way>) -> Option<Way> {
    let fewest = |starts: Vec<Way>| {
        let ends = starts.into_iter().filter_map(|start| on_from(start, now));
        ends.min_by_key(|way| way.values.len())
    };
    fewest(ways).or_else(|| fewest(pairs(case, now, rule)))
}

/// Mends what still stands against the dose, one finding after the other.
fn on_from(mut way: Way, now: &Assessment) -> Option<Way> {
    // Turns are counted, not only values: two rules may take turns over one value, the one eased where the other begins.
    for _ in 0..=AT_MOST {
        if way.values.len() > AT_MOST {
            return None;
        }
        let then = assess(&way.case).ok()?;
        if then.decision > now.decision {
            return Some(way);
        }
        let rules = || then.findings.iter().map(|finding| finding.rule.grounds.id);
        let rule = rules().find(|rule| Weight::of(&then, rule).rule >= HEAVY)?;
        let next = singles(&way.case, &then, rule);
        let next = if next.is_empty() { pairs(&way.case, &then, rule) } else { next };
        let best = next.into_iter().filter_map(|next| Some((next.change()?.decision, next)));
        // The first of the best.
        let best = best.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        way = way.and(best.1);
    }
    None
}

/// Something that can be another.
enum Turn<'l> {
    Number(&'l Lever, i64),
    Answer(&'l Other),
}

/// Two values that a rule rests on and that ease it only both.
fn pairs(case: &Case, now: &Assessment, rule: &str) -> Vec<Way> {
    let search = Search { case, rule, now: Weight::of(now, rule), enough: Weight::lifted as Enough };
    let rests_on = bases(now, rule);
    // What shows in the values that the finding rests on.
    let counts = |case: &Case| assess(case).is_ok_and(|then| bases(&then, rule) != rests_on);
    let levers: Vec<Lever> = today().into_iter().chain(on_record()).collect();
    let numbers = levers.iter().flat_map(|lever| [1, -1].map(|direction| Turn::Number(lever, direction)));
    let answers: Vec<Other> = todays_answers(case).into_iter().chain(answers_on_record(case)).collect();
    let turns: Vec<Turn> = numbers
        .chain(answers.iter().map(Turn::Answer))
        .filter(|turn| match turn {
            Turn::Number(lever, direction) => (lever.moved)(case, *direction).is_some_and(|case| counts(&case)),
            Turn::Answer((_, _, case)) => counts(case),
        })
        .collect();
    let mut found = Vec::new();
    for (index, first) in turns.iter().enumerate() {
        found.extend(turns.iter().skip(index.saturating_add(1)).filter_map(|second| both(&search, first, second)));
    }
    found
}

fn bases(found: &Assessment, rule: &str) -> Vec<Basis> {
    let findings = found.findings.iter().filter(|finding| finding.rule.grounds.id == rule);
    findings.map(|finding| finding.basis.clone()).collect()
}

fn both(search: &Search, first: &Turn, second: &Turn) -> Option<Way> {
    match (first, second) {
        (Turn::Number(first, _), Turn::Number(second, _)) if first.path == second.path => None,
        (Turn::Number(first, up), Turn::Number(second, then_up)) => {
            // With the first as far away as it goes, and nearer should that be too far, the second is found; then the first.
            let last = first.last(search.case, *up)?;
            let far = [0, 4, 8, 12].into_iter().filter_map(|halved| (first.moved)(search.case, up * (last >> halved)));
            let mut met = far.filter_map(|far| {
                let steps = search.at(&far).steps(second, *then_up)?;
                let second = second.way(search.case, *then_up, steps)?;
                let first = search.at(&second.case).nearest(first, *up)?;
                Some(Way { values: [first.values, second.values].concat(), case: first.case })
            });
            met.next()
        }
        (Turn::Number(lever, direction), Turn::Answer(answer))
        | (Turn::Answer(answer), Turn::Number(lever, direction)) => {
            let answered = answered(answer);
            let number = search.at(&answered.case).nearest(lever, *direction)?;
            Some(answered.and(number))
        }
        // Answers come each with a whole case: the second is given where the first was.
        (Turn::Answer(first), Turn::Answer((path, word, _))) if first.0 != *path => {
            let first = answered(first);
            let all = todays_answers(&first.case).into_iter().chain(answers_on_record(&first.case));
            let second = all.into_iter().find(|other| other.0 == *path && other.1 == *word)?;
            search.eased(&second.2).then(|| first.clone().and(answered(&second)))
        }
        (Turn::Answer(_), Turn::Answer(_)) => None,
    }
}

fn answered((path, word, case): &Other) -> Way {
    Way::one(path.clone(), To::Answer(word), case.clone())
}
