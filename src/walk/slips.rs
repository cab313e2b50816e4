//! Slips that one box alone does not show: height and weight that do not go together, a weight far from the last one, a
//! bilirubin that does not go with its upper limit, a held dose that was planned for another week. They are asked and never mended; until the answer the value counts as not
//! understood.

use rust_decimal::{Decimal, RoundingStrategy, dec};

use super::ask::Ask;
use super::case::{self, age, doses, given};
use super::course;
use super::date::in_words;
use super::field::{DateField, NumberField};
use super::number::quantity;
use super::quantity::Typable;
use super::state::{Action, Walk};
use crate::engine::calendar::Date;
use crate::engine::labels::dosing;
use crate::engine::units::{BilirubinUnit, Centimetres, Height, HeightUnit, Kilograms, Unit, Weight, WeightUnit};

// Ours, and no rule: wide enough that few are asked in vain, narrow enough that no slip of a factor of two passes.
/// Body mass index below and above which height and weight are asked, kg/m²: adults.
const ASKED_ADULT: (Decimal, Decimal) = (dec!(13), dec!(40));
/// The same below 18 years, and while the age is not known.
const ASKED_CHILD: (Decimal, Decimal) = (dec!(11), dec!(28));
/// What another reading must come to before it is offered.
const OFFERED: (Decimal, Decimal) = (dec!(12), dec!(35));
/// A change of weight since the last cycle above this is asked, per cent (BSA-15).
const CHANGE: Decimal = dec!(10);
/// A bilirubin of more times its upper limit than this is asked. 1 mg/dL is 17.1 µmol/L: an ordinary value beside a limit of
/// the other unit lies far above this.
const BILIRUBIN_TIMES: Decimal = dec!(5);
/// The same below: an upper limit of more times the bilirubin than this.
const BILIRUBIN_PARTS: Decimal = dec!(15);

/// What is asked about any number beside others, the first of it.
#[must_use]
pub fn asked(walk: &Walk) -> Option<Ask> {
    let numbers = [NumberField::Weight, NumberField::Bilirubin].into_iter().find_map(|field| asked_of(walk, field));
    numbers.or_else(|| asked_of_day(walk, DateField::HeldFrom))
}

/// What is asked about a day beside others, unless it has been answered for these very entries.
#[must_use]
pub fn asked_of_day(walk: &Walk, field: DateField) -> Option<Ask> {
    let ask = if field == DateField::HeldFrom { asked_of_held(walk) } else { None };
    ask.filter(|ask| !walk.has_confirmed(&ask.text))
}

/// A held dose was planned inside the window of its day (SCHED-04). Another day makes the interruption longer or shorter than
/// it was, and with it every dose that follows.
fn asked_of_held(walk: &Walk) -> Option<Ask> {
    let due = walk.due();
    let (cycle, day, held) = (due.cycle?, due.day?, case::date(walk, DateField::HeldFrom)?);
    let middle = course::due_on(walk, cycle, day)?;
    let gap = doses(walk, cycle).into_iter().filter(|(of, _)| *of < day).map(|(_, on)| on.plus_days(dosing::GAP_DAYS));
    let planned = gap.fold(middle, Date::max);
    let window = i64::from(dosing::WINDOW_DAYS);
    if held.days_since(middle) >= window.saturating_neg() && held.days_since(planned) <= window {
        return None;
    }
    let text = format!("This dose was due on {} by plan. Was it planned for {}?", in_words(planned), in_words(held));
    let mended = walk.visit_date().is_some_and(|today| planned <= today);
    let mended = mended.then(|| {
        (format!("No, for {}", in_words(planned)), Action::TypeDate(DateField::HeldFrom, planned.to_string()))
    });
    let right = (format!("{} is right", in_words(held)), Action::Confirm(text.clone()));
    Some(Ask { answers: mended.into_iter().chain([right]).collect(), text })
}

/// What is asked about a number beside others, unless it has been answered for these very entries.
#[must_use]
pub fn asked_of(walk: &Walk, field: NumberField) -> Option<Ask> {
    let ask = match field {
        NumberField::Weight => asked_of_body(walk).or_else(|| asked_of_change(walk)),
        NumberField::Bilirubin => asked_of_bilirubin(walk),
        _ => None,
    };
    ask.filter(|ask| !walk.has_confirmed(&ask.text))
}

fn asked_of_body(walk: &Walk) -> Option<Ask> {
    let height = given(walk, NumberField::Height, &walk.numbers.height)?;
    let weight = given(walk, NumberField::Weight, &walk.numbers.weight)?;
    let limits = match age(walk) {
        Some(18..) => ASKED_ADULT,
        Some(_) => ASKED_CHILD,
        // Not known: only what neither would have.
        None => (ASKED_CHILD.0, ASKED_ADULT.1),
    };
    let wrong = match body_mass(height.centimetres(), weight.kilograms(), limits) {
        Fit::Inside => return None,
        Fit::Below => "little",
        Fit::Above => "much",
    };
    let said = |height: Height, weight: Weight| {
        format!("{} at {}", quantity(weight.value, weight.unit.facts()), quantity(height.value, height.unit.facts()))
    };
    let text = format!("{} is very {wrong}. Is that right?", said(height, weight));
    let mut answers: Vec<(String, Action)> = others(height, weight)
        .filter(|(height, weight, _)| body_mass(height.centimetres(), weight.kilograms(), OFFERED) == Fit::Inside)
        .map(|(height, weight, actions)| (said(height, weight), Action::All(actions)))
        .collect();
    answers.push(("It is right".to_owned(), Action::Confirm(text.clone())));
    Some(Ask { text, answers })
}

#[derive(PartialEq)]
enum Fit {
    Below,
    Inside,
    Above,
}

/// Where the body mass index lies. Compared as products: nothing is divided.
fn body_mass(height: Centimetres, weight: Kilograms, (low, high): (Decimal, Decimal)) -> Fit {
    // kg/m² is 10,000 kg/cm².
    let (mass, square) = (weight.0 * dec!(10000), height.0 * height.0);
    if mass < low * square {
        Fit::Below
    } else if mass > high * square {
        Fit::Above
    } else {
        Fit::Inside
    }
}

/// What else could have been meant: swapped, the other unit, a digit too many or too few. Each with what mends it.
fn others(height: Height, weight: Weight) -> impl Iterator<Item = (Height, Weight, Vec<Action>)> {
    use {HeightUnit as H, NumberField as N, WeightUnit as W};
    let typed = |field, value: Decimal| Action::Type(field, value.normalize().to_string());
    let scaled = |factor: Decimal| {
        let other = Weight { value: (weight.value * factor).normalize(), ..weight };
        (height, other, vec![typed(N::Weight, other.value)])
    };
    let swapped = (
        Height { value: weight.value, unit: H::Cm },
        Weight { value: height.value, unit: W::Kg },
        vec![
            Action::Unit(N::Height, H::Cm.facts().ucum),
            Action::Unit(N::Weight, W::Kg.facts().ucum),
            typed(N::Height, weight.value),
            typed(N::Weight, height.value),
        ],
    );
    let weights = [W::Kg, W::Pound]
        .into_iter()
        .filter(move |unit| *unit != weight.unit)
        .map(move |unit| (height, Weight { unit, ..weight }, vec![Action::Unit(N::Weight, unit.facts().ucum)]));
    let heights = [H::Cm, H::Inch]
        .into_iter()
        .filter(move |unit| *unit != height.unit)
        .map(move |unit| (Height { unit, ..height }, weight, vec![Action::Unit(N::Height, unit.facts().ucum)]));
    std::iter::once(swapped)
        .chain(weights)
        .chain(heights)
        .chain([scaled(dec!(10)), scaled(dec!(0.1))])
        .filter(|(height, weight, _)| within_limits(*height, *weight))
}

fn within_limits(height: Height, weight: Weight) -> bool {
    use crate::engine::labels::limits::{HEIGHT, WEIGHT};
    (HEIGHT.0..=HEIGHT.1).contains(&height.centimetres()) && (WEIGHT.0..=WEIGHT.1).contains(&weight.kilograms())
}

fn asked_of_change(walk: &Walk) -> Option<Ask> {
    let now = given(walk, NumberField::Weight, &walk.numbers.weight)?;
    let before = given(walk, NumberField::WeightBefore, &walk.numbers.weight_before)?;
    let (from, to) = (before.kilograms().0, now.kilograms().0);
    let change = to - from;
    if change.abs() * Decimal::ONE_HUNDRED <= CHANGE * from {
        return None;
    }
    let share = (change.abs() * Decimal::ONE_HUNDRED).checked_div(from)?;
    let share = share.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
    let more = if change > Decimal::ZERO { "more" } else { "less" };
    let (now, before) = (quantity(now.value, now.unit.facts()), quantity(before.value, before.unit.facts()));
    let text = format!("{now} is {} % {more} than the {before} at the last cycle. Is that right?", share.normalize());
    Some(Ask { answers: vec![(format!("{now} is right"), Action::Confirm(text.clone()))], text })
}

/// In which unit the value and its limit were printed is what the ratio of the two gives away.
fn asked_of_bilirubin(walk: &Walk) -> Option<Ask> {
    use NumberField::{Bilirubin, BilirubinUln};
    let value = given(walk, Bilirubin, &walk.numbers.bilirubin)?;
    let limit = given(walk, BilirubinUln, &walk.numbers.bilirubin_uln).filter(|limit| limit.unit == value.unit)?;
    let wrong = if value.value > BILIRUBIN_TIMES * limit.value {
        "high"
    } else if value.value * BILIRUBIN_PARTS < limit.value {
        "low"
    } else {
        return None;
    };
    let (facts, other) = (value.unit.facts(), value.unit.counterpart());
    let (said, upper) = (quantity(value.value, facts), quantity(limit.value, facts));
    let text = format!("{said} is very {wrong} beside an upper limit of {upper}. Are both in {}?", facts.label);
    // The box whose number is of the other unit is emptied: what stands in it is never read in a unit nobody chose.
    let mended = |wrong: NumberField, unit: BilirubinUnit| {
        Action::All(vec![Action::Unit(wrong, unit.ucum()), Action::Type(wrong, String::new())])
    };
    let label = other.facts().label;
    let answers = vec![
        (format!("Both are in {}", facts.label), Action::Confirm(text.clone())),
        (format!("The value is in {label}: I enter its limit anew"), mended(BilirubinUln, other)),
        (format!("The limit is in {label}: I enter the value anew"), mended(Bilirubin, other)),
    ];
    Some(Ask { text, answers })
}
