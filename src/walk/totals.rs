//! Total volumes that keep a dose inside its range of concentrations where the usual bag does not: found by asking the engine,
//! offered with their source, never chosen for anybody.

use rust_decimal::{Decimal, dec};

use super::field::{ChoiceField, NumberField};
use super::plan::{Plan, pretty};
use super::state::Action;
use super::strength;
use super::why::source;
use super::work::{Amounts, known_how};
use crate::engine::assess;
use crate::engine::assessment::Assessment;
use crate::engine::case::{Case, Container, Preparation, Profile};
use crate::engine::labels::dosing;
use crate::engine::preparation::{container, range};
use crate::engine::reading::Positive;
use crate::engine::rule::Severity;
use crate::engine::rules::preparation::DIL_02;
use crate::engine::units::Millilitres;

/// The steps in which a total volume is proposed, the coarse one first.
const STEPS: [Decimal; 2] = [dec!(5), dec!(1)];
/// At most so many for a container.
const AT_MOST: usize = 4;

/// A container with a total volume that would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    /// The container.
    pub container: Container,
    /// Drug and diluent together.
    pub total: Millilitres,
    /// `Syringe, 10 mL in all`.
    pub name: String,
    /// Concentration, diluent, rate.
    pub says: String,
    /// Rule and source of the range.
    pub source: String,
    /// How well that is known.
    pub known: String,
    /// That it leaves the label, where it does.
    pub leaves: Option<String>,
    /// It is what is chosen now.
    pub chosen: bool,
}

impl Total {
    /// What choosing it fills in.
    #[must_use]
    pub fn choose(&self) -> Action {
        let total = self.total.0.normalize().to_string();
        Action::All(vec![
            Action::Choose(ChoiceField::Container, self.container.word()),
            Action::Type(NumberField::TotalVolume, total),
        ])
    }
}

/// What to offer: nothing while the bag that the label makes up does and is in use.
#[must_use]
pub fn totals(plan: &Plan) -> Vec<Total> {
    let (Some(case), Some(now)) = (&plan.case, plan.preparation()) else { return Vec::new() };
    let usual = with(case, Container::Bag, None);
    let usual =
        usual.as_ref().and_then(|found| found.preparation.as_ref()).and_then(|made| made.in_range) == Some(true);
    if usual && now.in_range == Some(true) {
        return Vec::new();
    }
    // A bag of 50 mL that does is the label's own: no other bag is proposed beside it.
    let bags = if usual { vec![dosing::BAG.0] } else { fitting(case, Container::Bag) };
    // Nobody has a bag of 5 mL: where all that fit are smaller than the label's, a syringe comes first.
    let small = bags.iter().all(|total| *total < dosing::BAG.0);
    let bags = bags.into_iter().map(|total| (Container::Bag, total));
    let syringes = fitting(case, Container::Syringe).into_iter().map(|total| (Container::Syringe, total));
    let mut all: Vec<_> = bags.chain(syringes).collect();
    if small {
        all.sort_by_key(|(container, _)| *container == Container::Bag);
    }
    let current = container(case.preparation.as_ref());
    all.into_iter().filter_map(|(container, total)| offer(case, container, Millilitres(total), current)).collect()
}

/// The engine's answer to the same case in this container.
fn with(case: &Case, container: Container, total: Option<Millilitres>) -> Option<Assessment> {
    let given = case.preparation.clone().unwrap_or_default();
    let total_volume_ml = total.and_then(|total| Positive::new(total.0));
    let preparation = Some(Preparation { container: Some(container), total_volume_ml, ..given });
    assess(&Case { preparation, ..case.clone() }).ok()
}

/// The whole steps inside the range, spread over it.
fn fitting(case: &Case, container: Container) -> Vec<Decimal> {
    let found = with(case, container, None);
    let Some(made) = found.as_ref().and_then(|found| found.preparation.as_ref()) else { return Vec::new() };
    let [least, most] = made.total_ml_range.map(|total| total.0);
    let least = least.max(made.withdraw_ml.0);
    let inside = |step: Decimal| -> Vec<Decimal> {
        let first = (least / step).ceil() * step;
        std::iter::successors(Some(first), |total| Some(*total + step)).take_while(|total| *total <= most).collect()
    };
    // One step alone is no choice: then the finer ones.
    let all = STEPS.into_iter().map(inside).find(|all| all.len() > 1).unwrap_or_else(|| inside(STEPS[1]));
    spread(&all)
}

/// The first, the last and what lies evenly between.
fn spread(all: &[Decimal]) -> Vec<Decimal> {
    if all.len() <= AT_MOST {
        return all.to_vec();
    }
    (0..AT_MOST).filter_map(|at| all.get(at * (all.len() - 1) / (AT_MOST - 1)).copied()).collect()
}

fn offer(
    case: &Case,
    container: Container,
    total: Millilitres,
    current: (Container, Option<Millilitres>),
) -> Option<Total> {
    let found = with(case, container, Some(total))?;
    let made = found.preparation.as_ref().filter(|made| made.in_range == Some(true))?;
    let amounts = Amounts::made(found.dose?.mg, made);
    let grounds = range(container).1;
    let name = match container {
        Container::Bag => "Bag",
        Container::Syringe => "Syringe",
    };
    let leaves = found.findings.iter().find(|finding| finding.rule.grounds.id == DIL_02.grounds.id);
    let leaves = leaves
        .filter(|finding| finding.severity >= Severity::Caution)
        .map(|finding| pretty(&format!("It leaves the label: {}", finding.message())));
    let syringe = (container == Container::Syringe).then(|| {
        let us = "The label knows a syringe; its limits were not read there.";
        let eu = "No EU text read knows a syringe: ask the pharmacist first.";
        (if case.profile == Profile::Us { us } else { eu }).to_owned()
    });
    Some(Total {
        container,
        total,
        name: pretty(&format!("{name}, {total} in all")),
        says: pretty(&format!(
            "{} · {} sodium chloride 0.9 % · {}",
            strength::in_words(amounts.concentration?),
            amounts.diluent?,
            made.rate_ml_per_h?
        )),
        source: source(grounds, case.profile),
        known: known_how(grounds),
        leaves: leaves.or(syringe),
        chosen: current == (container, Some(total)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::walk::tests::{after, ex01};
    use crate::walk::{DateField, Walk};

    /// The toddler of example EX05 by this label.
    fn toddler(label: &'static str) -> Walk {
        let typed = [(NumberField::Height, "76"), (NumberField::Weight, "9.8")];
        let typed = typed.map(|(field, text)| Action::Type(field, text.to_owned()));
        let walk = after(ex01(), typed);
        after(
            walk,
            [Action::TypeDate(DateField::Birth, "2025-08-01".to_owned()), Action::Choose(ChoiceField::Label, label)],
        )
    }

    fn told(walk: &Walk) -> Vec<(String, String)> {
        let plain = |text: String| text.replace('\u{a0}', " ");
        totals(&Plan::of(walk)).into_iter().map(|total| (plain(total.name), plain(total.says))).collect()
    }

    fn is(name: &str, says: &str) -> (String, String) {
        (name.to_owned(), says.to_owned())
    }

    #[test]
    fn nothing_is_offered_where_the_bag_of_the_label_does() {
        assert_eq!(told(&ex01()), []);
    }

    #[test]
    fn a_thin_bag_is_offered_volumes_inside_the_range() {
        // 0.36 mg: 3.6 to 36 mL in a bag, 3.6 to 14.4 mL in a syringe.
        assert_eq!(
            told(&toddler("us")),
            [
                is("Syringe, 5 mL in all", "0.072 mg/mL · 3.56 mL sodium chloride 0.9 % · 5 mL/h"),
                is("Syringe, 10 mL in all", "0.036 mg/mL · 8.56 mL sodium chloride 0.9 % · 10 mL/h"),
                is("Bag, 5 mL in all", "0.072 mg/mL · 3.56 mL sodium chloride 0.9 % · 5 mL/h"),
                is("Bag, 15 mL in all", "0.024 mg/mL · 13.56 mL sodium chloride 0.9 % · 15 mL/h"),
                is("Bag, 25 mL in all", "0.0144 mg/mL · 23.56 mL sodium chloride 0.9 % · 25 mL/h"),
                is("Bag, 35 mL in all", "about 0.01029 mg/mL · 33.56 mL sodium chloride 0.9 % · 35 mL/h"),
            ]
        );
    }

    #[test]
    fn each_offer_says_where_its_range_stands_and_what_it_leaves() {
        for total in totals(&Plan::of(&toddler("us"))) {
            let (rule, known) = match total.container {
                Container::Bag => ("DIL-03", "Stated in a reference document: confirm against your label"),
                Container::Syringe => ("DIL-05", "From a secondary source: confirm against your label"),
            };
            assert!(total.source.starts_with(rule) && total.known == known, "{total:?}");
            let leaves = total.leaves.unwrap_or_default();
            assert_eq!(leaves.starts_with("It leaves the label"), total.container == Container::Bag, "{leaves}");
        }
        let eu = totals(&Plan::of(&toddler("eu")));
        let syringes = eu.iter().filter(|total| total.container == Container::Syringe);
        assert!(syringes.clone().count() > 0);
        assert!(
            syringes
                .map(|total| total.leaves.as_deref())
                .all(|leaves| leaves.is_some_and(|words| words.contains("No EU text")))
        );
    }

    #[test]
    fn whichever_is_chosen_ends_inside_the_range_and_is_marked() {
        for total in totals(&Plan::of(&toddler("us"))) {
            assert!(!total.chosen);
            let walk = after(toddler("us"), [total.choose()]);
            let plan = Plan::of(&walk);
            let made = plan.preparation().expect("a dose");
            assert_eq!((made.in_range, made.total_ml), (Some(true), Some(total.total)));
            let chosen: Vec<_> = totals(&plan).into_iter().filter(|other| other.chosen).collect();
            assert_eq!(chosen.len(), 1, "{:?}", total.name);
            assert_eq!((chosen[0].container, chosen[0].total), (total.container, total.total));
        }
    }

    #[test]
    fn finer_steps_are_taken_where_the_coarse_ones_leave_no_choice() {
        assert_eq!(
            spread(&[dec!(3), dec!(4), dec!(5), dec!(6), dec!(7), dec!(8), dec!(9)]),
            [dec!(3), dec!(5), dec!(7), dec!(9)]
        );
        let day_8 = after(
            toddler("us"),
            [Action::Type(NumberField::Height, "60".to_owned()), Action::Type(NumberField::Weight, "5".to_owned())],
        );
        // 0.29 m² has 0.232 mg: 2.32 to 9.28 mL in a syringe, with one step of 5 mL in it.
        let syringes: Vec<_> =
            told(&day_8).into_iter().map(|(name, _)| name).filter(|name| name.starts_with("Syringe")).collect();
        assert_eq!(
            syringes,
            ["Syringe, 3 mL in all", "Syringe, 5 mL in all", "Syringe, 7 mL in all", "Syringe, 9 mL in all"]
        );
    }
}
