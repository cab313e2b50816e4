//! What the small pictures show and say: the concentration against its limits, the vials, the dose by each formula.

use rust_decimal::Decimal;

use super::field::ChoiceField;
use super::plan::{Plan, pretty, vials};
use super::work::Amounts;
use crate::engine::case::{BsaFormula, Container};
use crate::engine::dose::{DoseBy, by_formula, farthest};
use crate::engine::labels::dosing;
use crate::engine::preparation::{VialUse, each_vial};
use crate::engine::units::{Milligrams, Millilitres, Quantity};

/// Where a concentration stands against the limits of its container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gauge {
    /// `Bag`.
    pub container: &'static str,
    /// The lowest allowed, mg/mL.
    pub low: Decimal,
    /// The highest allowed, mg/mL.
    pub high: Decimal,
    /// The concentration, mg/mL; `None` while there is no total volume.
    pub value: Option<Decimal>,
    /// Where it lies.
    pub place: Place,
    /// The picture in one sentence.
    pub words: String,
}

/// Where a concentration lies against its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Not known yet.
    Unknown,
    /// Under the lowest allowed.
    Below,
    /// Allowed.
    Inside,
    /// Over the highest allowed.
    Above,
}

impl Place {
    /// Its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "not known against",
            Self::Below => "below",
            Self::Inside => "inside",
            Self::Above => "above",
        }
    }
}

/// The gauge of today's preparation.
#[must_use]
pub fn gauge(plan: &Plan) -> Option<Gauge> {
    let prepared = plan.preparation()?;
    let given = plan.case.as_ref()?.preparation.as_ref().and_then(|given| given.container);
    let (container, (low, high)) = match given {
        Some(Container::Syringe) => ("Syringe", dosing::SYRINGE_RANGE),
        Some(Container::Bag) | None => ("Bag", dosing::BAG_RANGE),
    };
    let (low, high) = (low.decimal().normalize(), high.decimal().normalize());
    // By the engine's own verdict and its limits as volumes, which are exact: the quotient need not end.
    let [least, _] = prepared.total_ml_range;
    let place = match (prepared.in_range, prepared.total_ml) {
        (Some(true), _) => Place::Inside,
        (Some(false), Some(total)) if total < least => Place::Above,
        (Some(false), _) => Place::Below,
        (None, _) => Place::Unknown,
    };
    // A measured volume never takes the dose out of the range that the exact one keeps.
    let inside = place == Place::Inside;
    let measured = Amounts::of(plan).filter(|_| inside).and_then(|amounts| amounts.concentration);
    let value = measured.or(prepared.concentration_mg_per_ml).map(|value| value.decimal().normalize());
    let words = match value {
        Some(value) => {
            let limits = format!("the {low} to {high} mg/mL that a {} may hold", container.to_lowercase());
            format!("{value} mg/mL, {} {limits}.", place.word())
        }
        None => "The concentration is not known yet.".to_owned(),
    };
    Some(Gauge { container, low, high, value, place, words: pretty(&words) })
}

/// The vials of today's dose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vials {
    /// The picture in one sentence.
    pub words: String,
    /// Each, in the order opened.
    pub each: Vec<VialShown>,
}

/// One vial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VialShown {
    /// `Vial 2`.
    pub title: String,
    /// `2.224 mL, 0.556 mg`.
    pub withdrawn: String,
    /// `1.376 mL, 0.344 mg`; `nothing` when it is emptied.
    pub left: String,
    /// Share of what can be withdrawn that is withdrawn, from 0 to 1.
    pub share: Decimal,
}

/// The vials of today's preparation.
#[must_use]
pub fn vials_of(plan: &Plan) -> Option<Vials> {
    let prepared = plan.preparation()?;
    let amounts = Amounts::of(plan)?;
    let each = each_vial(prepared);
    let shown = each.iter().enumerate().map(|(index, vial)| shown(index.saturating_add(1), vial));
    let words = format!(
        "Withdraw {} from {}; discard {}.",
        volume(amounts.withdraw, amounts.mg),
        vials(amounts.vials.decimal()),
        volume(amounts.unused_ml, amounts.unused_mg),
    );
    Some(Vials { words, each: shown.collect() })
}

fn shown(number: usize, vial: &VialUse) -> VialShown {
    let share = vial.withdrawn_ml.decimal().checked_div(dosing::PER_VIAL.decimal()).unwrap_or_default();
    VialShown {
        title: format!("Vial {number}"),
        withdrawn: volume(vial.withdrawn_ml, vial.withdrawn_mg),
        left: volume(vial.left_ml, vial.left_mg),
        share,
    }
}

/// `1.376 mL, 0.344 mg`.
fn volume(ml: Millilitres, mg: Milligrams) -> String {
    if ml.decimal().is_zero() { "nothing".to_owned() } else { pretty(&format!("{ml} ({mg})")) }
}

/// Body surface area and dose by each formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formulas {
    /// How the doses are made; `None` while there is no dose.
    pub how: Option<String>,
    /// One line each.
    pub lines: Vec<ByFormula>,
    /// The largest difference from the one in use; `None` while there is no dose.
    pub farthest: Option<String>,
}

/// One formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByFormula {
    /// Its name.
    pub name: &'static str,
    /// `1.82 m²`.
    pub m2: String,
    /// `1.456 mg`.
    pub dose: Option<String>,
    /// `−0.008 mg (−0.5 %)`, or `in use`.
    pub difference: String,
    /// It is the one in use.
    pub in_use: bool,
    /// The dose in mg, to be placed on a scale.
    pub mg: Option<Decimal>,
}

/// The five formulas, once height and weight are known.
#[must_use]
pub fn formulas(plan: &Plan) -> Option<Formulas> {
    let found = plan.assessment()?;
    let bsa = found.bsa.as_ref()?;
    let doses = by_formula(found);
    let line = |(index, (formula, m2)): (usize, &(BsaFormula, _))| {
        let in_use = *formula == bsa.formula;
        let by = doses.as_ref().and_then(|doses| doses.get(index)).filter(|_| plan.dose().is_some());
        let difference = match by {
            _ if in_use => "in use".to_owned(),
            Some(by) => difference(by),
            None => String::new(),
        };
        ByFormula {
            name: name(*formula),
            m2: pretty(&format!("{m2}")),
            dose: by.map(|by| pretty(&by.mg.to_string())),
            difference,
            in_use,
            mg: by.map(|by| by.mg.decimal()),
        }
    };
    let how = found.dose.map(|dose| pretty(&format!("{} × body surface area", dose.mg_per_m2)));
    let farthest = doses.as_ref().map(|doses| {
        let far = farthest(doses);
        if far.more_mg.decimal().is_zero() {
            "All five formulas give the same dose.".to_owned()
        } else {
            format!("Largest difference from the dose in use: {}, {}.", name(far.formula), difference(&far))
        }
    });
    Some(Formulas { how, lines: bsa.all.iter().enumerate().map(line).collect(), farthest })
}

fn difference(by: &DoseBy) -> String {
    if by.more_mg.decimal().is_zero() {
        return "the same".to_owned();
    }
    let sign = |number: Decimal| match number {
        zero if zero.is_zero() => "",
        less if less.is_sign_negative() => "−",
        _ => "+",
    };
    let mg = Milligrams::of(by.more_mg.decimal().abs());
    let percent = by.more_percent.abs().normalize();
    pretty(&format!("{}{mg} ({}{percent} %)", sign(by.more_mg.decimal()), sign(by.more_percent)))
}

/// The name of a formula, as the question about it has it.
#[must_use]
pub fn name(formula: BsaFormula) -> &'static str {
    let answers = ChoiceField::Formula.answers();
    answers.iter().find(|answer| answer.code == formula.word()).map_or("", |answer| answer.label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::walk::{Action, NumberField, Walk, reduce, slips};

    fn sized(height: &str, weight: &str, more: &[Action]) -> Plan {
        let typed = [(NumberField::Height, height), (NumberField::Weight, weight)];
        let typed = typed.map(|(field, text)| Action::Type(field, text.to_owned()));
        let walk = Walk::new(crate::engine::calendar::Date::read("2026-11-23"));
        let due = [(ChoiceField::Label, "us"), (ChoiceField::Cycle, "1"), (ChoiceField::Day, "1")];
        let said = due.map(|(field, code)| Action::Choose(field, code));
        let walk = said.into_iter().chain(typed).chain(more.iter().cloned()).fold(walk, reduce);
        // Asked whether that is much, the answer is yes.
        let asked = slips::asked(&walk).map(|asked| Action::Confirm(asked.text));
        Plan::of(&asked.into_iter().fold(walk, reduce))
    }

    fn syringe(volume: &str) -> [Action; 2] {
        [Action::Choose(ChoiceField::Container, "syringe"), Action::Type(NumberField::TotalVolume, volume.to_owned())]
    }

    fn plain(text: &str) -> String {
        text.replace('\u{a0}', " ")
    }

    #[test]
    fn the_gauge_knows_its_container_and_on_which_side_the_value_lies() {
        let of = |plan: &Plan| gauge(plan).map(|gauge| (gauge.place, plain(&gauge.words))).expect("a dose");
        let bag = "the 0.01 to 0.1 mg/mL that a bag may hold.";
        let of_syringe = "the 0.025 to 0.1 mg/mL that a syringe may hold.";
        assert_eq!(of(&sized("170", "70", &[])), (Place::Inside, format!("0.02912 mg/mL, inside {bag}")));
        assert_eq!(of(&sized("76", "9.8", &[])), (Place::Below, format!("0.0072 mg/mL, below {bag}")));
        assert_eq!(
            of(&sized("110", "18", &syringe("10"))),
            (Place::Inside, format!("0.0592 mg/mL, inside {of_syringe}"))
        );
        assert_eq!(of(&sized("110", "18", &syringe("5"))), (Place::Above, format!("0.1184 mg/mL, above {of_syringe}")));
        assert_eq!(
            of(&sized("110", "18", &syringe("30"))),
            (Place::Below, format!("0.019733333333 mg/mL, below {of_syringe}"))
        );
        let open = [Action::Choose(ChoiceField::Container, "syringe")];
        assert_eq!(of(&sized("110", "18", &open)), (Place::Unknown, "The concentration is not known yet.".to_owned()));
        let container = |plan: &Plan| gauge(plan).map(|gauge| gauge.container);
        assert_eq!(container(&sized("110", "18", &open)), Some("Syringe"));
    }

    #[test]
    fn the_vials_say_what_is_withdrawn_and_what_is_left() {
        let vials = vials_of(&sized("170", "70", &[])).expect("a dose");
        assert_eq!(plain(&vials.words), "Withdraw 5.824 mL (1.456 mg) from 2 vials; discard 1.376 mL (0.344 mg).");
        let each: Vec<String> = vials
            .each
            .iter()
            .map(|vial| plain(&format!("{}: {}, {} left", vial.title, vial.withdrawn, vial.left)))
            .collect();
        assert_eq!(
            each,
            ["Vial 1: 3.6 mL (0.9 mg), nothing left", "Vial 2: 2.224 mL (0.556 mg), 1.376 mL (0.344 mg) left"]
        );
        assert!(vials.each[0].share == Decimal::ONE && vials.each[1].share < Decimal::ONE);
    }

    #[test]
    fn the_formulas_mark_the_one_in_use_and_name_the_largest_difference() {
        let shown = formulas(&sized("165", "130", &[])).expect("a surface");
        let lines: Vec<String> = shown
            .lines
            .iter()
            .map(|line| {
                plain(&format!(
                    "{} {} {} {}",
                    line.name,
                    line.m2,
                    line.dose.as_deref().unwrap_or_default(),
                    line.difference
                ))
            })
            .collect();
        assert_eq!(
            lines,
            [
                "Mosteller 2.44 m² 1.952 mg in use",
                "Du Bois 2.3 m² 1.84 mg −0.112 mg (−5.7 %)",
                "Haycock 2.52 m² 2.016 mg +0.064 mg (+3.3 %)",
                "Gehan and George 2.49 m² 1.992 mg +0.04 mg (+2 %)",
                "Boyd 2.54 m² 2.032 mg +0.08 mg (+4.1 %)",
            ]
        );
        assert_eq!(shown.how.as_deref().map(plain), Some("0.8 mg/m² × body surface area".to_owned()));
        assert_eq!(
            shown.farthest.as_deref().map(plain),
            Some("Largest difference from the dose in use: Du Bois, −0.112 mg (−5.7 %).".to_owned())
        );
    }

    #[test]
    fn without_a_dose_the_surfaces_stay() {
        let stopped = sized("165", "130", &[Action::Choose(ChoiceField::Cd22, "negative")]);
        let shown = formulas(&stopped).expect("a surface");
        assert!(shown.how.is_none() && shown.farthest.is_none());
        assert!(shown.lines.iter().all(|line| line.dose.is_none() && line.mg.is_none()));
        assert_eq!(plain(&shown.lines[0].m2), "2.44 m²");
        assert!(gauge(&stopped).is_none() && vials_of(&stopped).is_none());
    }
}
