//! The work from vial to bedside for this plan, step by step: one list for the screen and for paper. Words without a number of
//! this patient, sources and confidence are the engine's own.

use super::plan::{Plan, pretty, vials};
use super::{strength, why};
use crate::engine::assessment::{Measured, Prepared};
use crate::engine::cards::CARDS;
use crate::engine::case::{Container, Profile};
use crate::engine::labels::dosing;
use crate::engine::monitoring::MON_06;
use crate::engine::numbers::{INF_02, OBS_01, RECON_04, RECON_08, TIME_03};
use crate::engine::preparation::{container, range};
use crate::engine::rule::{Confidence, Grounds};
use crate::engine::rules::preparation::{DIL_02, INF_01, RECON_12, TIME_01, TIME_02};
use crate::engine::rules::toxicity::{IRR_01, IRR_02};
use crate::engine::units::{MgChange, MgPerMl, Milligrams, Millilitres, PercentChange, Vials};

/// A part of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// From the refrigerator to the vial.
    Reconstitute,
    /// From the vial to the container.
    Dilute,
    /// From the container to the patient.
    Infuse,
    /// After it.
    Observe,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The part it belongs to.
    pub phase: Phase,
    /// What to do, up to the number.
    pub says: String,
    /// The number of this patient in it.
    pub number: Option<String>,
    /// What follows the number.
    pub then: String,
    /// Rules and where they stand.
    pub source: String,
    /// The rules alone, for where there is little room.
    pub rules: String,
    /// What a reader does before relying on it.
    pub caveat: Option<&'static str>,
}

/// What is prepared: the measured volume where one was asked for and is not refused, else the exact one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amounts {
    /// The drug in it.
    pub mg: Milligrams,
    /// Withdrawn from the vials.
    pub withdraw: Millilitres,
    /// Vials to open.
    pub vials: Vials,
    /// Diluent to the total.
    pub diluent: Option<Millilitres>,
    /// What comes of it.
    pub concentration: Option<MgPerMl>,
    /// Left in the vials.
    pub unused_mg: Milligrams,
    /// The volume that is in.
    pub unused_ml: Millilitres,
}

impl Amounts {
    /// The amounts of a plan, once it has a dose.
    #[must_use]
    pub fn of(plan: &Plan) -> Option<Self> {
        Some(Self::made(plan.dose()?.mg, plan.preparation()?))
    }

    /// The amounts of a dose made up like this.
    #[must_use]
    pub fn made(dose: Milligrams, prepared: &Prepared) -> Self {
        match prepared.measured {
            Some(measured) => Self {
                mg: measured.mg,
                withdraw: measured.withdraw_ml,
                vials: measured.vials,
                diluent: measured.diluent_ml,
                concentration: measured.concentration_mg_per_ml,
                unused_mg: measured.unused_mg,
                unused_ml: measured.vials * dosing::PER_VIAL - measured.withdraw_ml,
            },
            None => Self {
                mg: dose,
                withdraw: prepared.withdraw_ml,
                vials: prepared.vials,
                diluent: prepared.diluent_ml,
                concentration: prepared.concentration_mg_per_ml,
                unused_mg: prepared.unused_mg,
                unused_ml: prepared.unused_ml,
            },
        }
    }
}

/// A card of the engine with its words.
struct Known {
    grounds: Grounds,
    says: &'static str,
}

/// The card with this id. Looked up when the page is built: one that is not there does not compile, and the cards that are not
/// asked for are no part of the page.
const fn card(id: &str) -> Known {
    let mut cards = CARDS;
    while let Some((first, rest)) = cards.split_first() {
        if same(first.grounds.id.as_bytes(), id.as_bytes()) {
            return Known { grounds: first.grounds, says: first.says };
        }
        cards = rest;
    }
    panic!("no card has this id")
}

const fn same(mut a: &[u8], mut b: &[u8]) -> bool {
    while let (Some((first, rest_a)), Some((second, rest_b))) = (a.split_first(), b.split_first()) {
        if *first != *second {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    a.is_empty() && b.is_empty()
}

macro_rules! known {
    ($($name:ident $id:literal;)+) => { $(static $name: Known = card($id);)+ };
}

known! {
    VIAL_YIELD "RECON-03";
    ADD_WATER "RECON-02";
    SWIRL "RECON-05";
    INSPECT "RECON-06";
    KEEP_VIAL "RECON-07";
    STORE "RECON-09";
    DILUENT "DIL-01";
    SYRINGE "DIL-04";
    SYRINGE_WINDOW "DIL-07";
    BAG_MATERIAL "DIL-08";
    MIX "DIL-11";
    KEEP_DARK "DIL-12";
    SYRINGE_EU "DIL-13";
    KEEP_DILUTED "TIME-04";
    WARM "TIME-05";
    SYRINGE_RATE "INF-03";
    FILTER "INF-04";
    LINE "INF-05";
    ALONE "INF-06";
    DARK_LINE "INF-07";
    CYTOTOXIC "INF-08";
}

/// A number that there is not yet.
const NOT_YET: &str = "not known yet";

/// The work for this plan, in its order.
#[must_use]
pub fn tasks(plan: &Plan) -> Vec<Task> {
    let at = At::of(plan);
    let phases = [at.reconstitute(), at.dilute(), at.infuse(), at.observe()];
    phases.into_iter().flatten().collect()
}

/// The work of one part.
#[must_use]
pub fn of_phase(plan: &Plan, phase: Phase) -> Vec<Task> {
    tasks(plan).into_iter().filter(|task| task.phase == phase).collect()
}

/// Where the limits of a syringe come from: they are the only ones of the page that no label gives.
#[must_use]
pub fn syringe_limits(plan: &Plan) -> Option<Task> {
    let at = At::of(plan);
    let limits = range(Container::Syringe).1;
    let grounds = match at.profile {
        Profile::Us => [&SYRINGE.grounds, limits],
        Profile::Eu => [limits, &SYRINGE_EU.grounds],
    };
    let says = match at.profile {
        Profile::Us => "",
        Profile::Eu => " No EU text read knows a syringe: ask the pharmacist first.",
    };
    let says =
        format!("The limits of a syringe come from a hospital manual, not a label: confirm against your label.{says}");
    (at.container == Container::Syringe).then(|| at.task(Phase::Dilute, &says, None, "", &grounds))
}

/// What the work depends on.
struct At<'a> {
    profile: Profile,
    container: Container,
    prepared: Option<&'a Prepared>,
    amounts: Option<Amounts>,
}

impl<'a> At<'a> {
    fn of(plan: &'a Plan) -> Self {
        let (container, _) = container(plan.case.as_ref().and_then(|case| case.preparation.as_ref()));
        Self { profile: plan.profile(), container, prepared: plan.preparation(), amounts: Amounts::of(plan) }
    }

    /// A number made of the amounts, or that there is none yet.
    fn number(&self, words: impl Fn(&Amounts) -> Option<String>) -> Option<String> {
        Some(self.amounts.as_ref().and_then(words).map_or_else(|| NOT_YET.to_owned(), |words| pretty(&words)))
    }

    fn task(&self, phase: Phase, says: &str, number: Option<String>, then: &str, grounds: &[&Grounds]) -> Task {
        let ids = grounds.iter().map(|grounds| grounds.id).collect::<Vec<_>>().join(", ");
        let mut places: Vec<String> = Vec::new();
        for source in grounds.iter().flat_map(|grounds| grounds.sources_for(self.profile)) {
            let place = why::cited(source);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        Task {
            phase,
            says: pretty(says),
            number,
            then: pretty(then),
            source: format!("{ids}, {}", places.join(", ")),
            rules: ids,
            caveat: grounds.iter().find_map(|grounds| grounds.caveat()),
        }
    }

    /// Without what is said of the other label, and of other hospitals: no work rests on it.
    fn own_text(&self, says: &'static str) -> &'static str {
        let says = says.strip_suffix(" One center uses a closed system for transfer.").unwrap_or(says);
        let of_the_us = says.strip_suffix(" The US text on this was not read.");
        of_the_us.filter(|_| self.profile == Profile::Eu).unwrap_or(says)
    }

    /// A card in its own words.
    fn card(&self, phase: Phase, known: &Known) -> Task {
        self.task(phase, self.own_text(known.says), None, "", &[&known.grounds])
    }

    fn reconstitute(&self) -> Vec<Task> {
        const IN: Phase = Phase::Reconstitute;
        let count = self.number(|amounts| Some(vials(amounts.vials.0)));
        let strength = format!(" It then holds {}.", dosing::RECONSTITUTED);
        let first = "Write down the time of the first vial: the clock starts here. Dilute within 4 h.";
        vec![
            self.task(IN, "Take out ", count, ". Until then: 2 to 8 °C, in the carton.", &[&RECON_04, &STORE.grounds]),
            self.task(IN, &format!("{}{strength}", ADD_WATER.says), None, "", &[&ADD_WATER.grounds]),
            self.task(IN, first, None, "", &[&TIME_01.grounds]),
            self.card(IN, &SWIRL),
            self.card(IN, &INSPECT),
            self.card(IN, &KEEP_VIAL),
        ]
    }

    fn dilute(&self) -> Vec<Task> {
        const IN: Phase = Phase::Dilute;
        let withdraw = self.number(|amounts| Some(format!("{} from {}", amounts.withdraw, vials(amounts.vials.0))));
        let per_vial = format!(". {} can be withdrawn from each vial.", dosing::PER_VIAL);
        let measured = self.prepared.and_then(|prepared| prepared.measured.map(|measured| (prepared, measured)));
        let measured = measured
            .map(|(exact, measured)| format!(" Measured to {}; exact {}.", measured.to_ml.volume(), exact.withdraw_ml));
        let left = self.number(|amounts| Some(format!("{} in {}", amounts.unused_mg, amounts.unused_ml)));
        let label = "Label it: patient, drug, dose, total volume, rate, into a vein only, cytotoxic, keep from light, time of the first vial, infused by.";
        let label_grounds = [&INF_01.grounds, &INF_02, &CYTOTOXIC.grounds, &DARK_LINE.grounds, &TIME_02.grounds];
        let into = match self.container {
            Container::Bag => self.card(IN, &BAG_MATERIAL),
            Container::Syringe => self.task(
                IN,
                "Syringe: no text read names its material or how to prime it. Ask the pharmacist.",
                None,
                "",
                &[&SYRINGE.grounds],
            ),
        };
        vec![
            self.task(
                IN,
                "Withdraw ",
                withdraw,
                &(per_vial + &measured.unwrap_or_default()),
                &[&RECON_12.grounds, &VIAL_YIELD.grounds, &RECON_04],
            ),
            into,
            self.make_up(),
            self.card(IN, &MIX),
            self.card(IN, &KEEP_DARK),
            self.task(IN, label, None, "", &label_grounds),
            self.task(IN, "Discard what is left in the vials: ", left, ". Single dose, no preservative.", &[&RECON_08]),
            self.card(IN, &KEEP_DILUTED),
            self.card(IN, &WARM),
            self.card(IN, &CYTOTOXIC),
        ]
    }

    /// The total counts, in a bag as in a syringe.
    fn make_up(&self) -> Task {
        let total = self.prepared.and_then(|prepared| prepared.total_ml);
        let number = self.number(|amounts| {
            let total = total?;
            // A total below the drug alone leaves no room for it.
            Some(match amounts.diluent {
                Some(diluent) => format!("{diluent} to a total of {total}"),
                None => format!("no room in {total}"),
            })
        });
        let ((low, high), limits) = range(self.container);
        let concentration = self.amounts.and_then(|amounts| amounts.concentration);
        let inside =
            if self.prepared.and_then(|prepared| prepared.in_range) == Some(true) { "inside" } else { "outside" };
        // Against a limit that it breaks the exact value stands.
        let said = |holds: MgPerMl| if inside == "inside" { strength::in_words(holds) } else { holds.to_string() };
        let holds = concentration.map(|holds| format!(" It then holds {}, {inside} {} to {high}.", said(holds), low.0));
        let (whole, grounds): (_, &[&Grounds]) = match self.container {
            Container::Bag => {
                (". The total counts: never a full bag plus the drug.", &[&DILUENT.grounds, &DIL_02.grounds, limits])
            }
            Container::Syringe => (".", &[&DILUENT.grounds, &SYRINGE_WINDOW.grounds, limits]),
        };
        let then = format!("{whole}{}", holds.unwrap_or_default());
        self.task(Phase::Dilute, "Make up with sodium chloride 0.9 %: ", number, &then, grounds)
    }

    fn infuse(&self) -> Vec<Task> {
        const IN: Phase = Phase::Infuse;
        let rate = self.number(|_| Some(self.prepared?.rate_ml_per_h?.to_string()));
        let rate_grounds: &[&Grounds] = match self.container {
            Container::Bag => &[&INF_01.grounds, &INF_02],
            Container::Syringe => &[&INF_01.grounds, &SYRINGE_RATE.grounds],
        };
        let limits = format!(
            "Start within {} h of the first vial, end within {} h. A stop does not stop this clock.",
            dosing::START_WITHIN_H,
            dosing::END_WITHIN_H
        );
        vec![
            self.task(
                IN,
                "Rate: ",
                rate,
                ", into a vein over 1 h, at 20 to 25 °C. Never as a push or bolus.",
                rate_grounds,
            ),
            self.task(IN, &limits, None, "", &[&TIME_03, &TIME_02.grounds]),
            self.card(IN, &WARM),
            self.card(IN, &LINE),
            self.card(IN, &FILTER),
            self.card(IN, &DARK_LINE),
            self.card(IN, &ALONE),
        ]
    }

    fn observe(&self) -> Vec<Task> {
        const IN: Phase = Phase::Observe;
        let watch = format!(
            "Watch during the infusion and for at least {} h after its end: fever, chills, rash, trouble breathing.",
            dosing::OBSERVE_H
        );
        let reaction = "On any reaction interrupt and treat. A severe or life-threatening one ends treatment for good.";
        vec![
            self.task(IN, &watch, None, "", &[&OBS_01, &MON_06]),
            self.task(IN, reaction, None, "", &[&IRR_01.grounds, &IRR_02.grounds]),
        ]
    }
}

/// What measuring to a graduation does, or why it is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measuring {
    /// It is refused, and the exact volume stays.
    pub refused: bool,
    /// From exact to measured, in mg and per cent.
    pub words: String,
    /// Vials saved or not, and what is left in them.
    pub vials: String,
}

/// What the chosen graduation comes to; `None` while the exact volume is asked for or there is none.
#[must_use]
pub fn measuring(plan: &Plan) -> Option<Measuring> {
    plan.case.as_ref()?.preparation.as_ref()?.measure_to_ml?;
    let (prepared, dose) = (plan.preparation()?, plan.dose()?.mg);
    let amounts = Amounts::of(plan)?;
    let left = format!("Left over, to be discarded: {} in {}.", amounts.unused_mg, amounts.unused_ml);
    let Some(measured) = prepared.measured else {
        let refusal = plan.reasons.iter().find(|reason| reason.rule == RECON_12.grounds.id)?;
        let vials = format!("{} with the exact volume. {left}", vials(prepared.vials.0));
        return Some(Measuring { refused: true, words: refusal.text.clone(), vials: pretty(&vials) });
    };
    let words = if measured.withdraw_ml == prepared.withdraw_ml {
        format!("{} can be measured as it is: the dose stays {dose}.", prepared.withdraw_ml)
    } else {
        let turn = if measured.withdraw_ml > prepared.withdraw_ml { "more" } else { "less" };
        let (mg, percent) = (MgChange(measured.change_mg.0.abs()), PercentChange(measured.change_percent.0.abs()));
        format!(
            "Exact {}, measured {}: {} in place of {dose}, {mg} or {percent} {turn}.",
            prepared.withdraw_ml, measured.withdraw_ml, measured.mg
        )
    };
    Some(Measuring {
        refused: false,
        words: pretty(&words),
        vials: pretty(&format!("{} {left}", saved(prepared, &measured))),
    })
}

/// Vials saved by measuring, or not.
fn saved(exact: &Prepared, measured: &Measured) -> String {
    let (needs, takes) = (exact.vials, measured.vials);
    if takes < needs {
        let fewer = Vials(needs.0 - takes.0);
        return format!(
            "The exact volume needs {}, the measured one {}: it saves {}.",
            vials(needs.0),
            takes.0,
            vials(fewer.0)
        );
    }
    if takes > needs {
        let more = Vials(takes.0 - needs.0);
        return format!(
            "The exact volume needs {}, the measured one {}: {} more.",
            vials(needs.0),
            takes.0,
            vials(more.0)
        );
    }
    format!("{} either way.", vials(needs.0))
}

/// A rule's confidence as it is said beside a choice.
#[must_use]
pub fn known_how(grounds: &Grounds) -> String {
    let words = why::in_words(grounds.confidence);
    match grounds.confidence {
        Confidence::A => words.to_owned(),
        _ => format!("{words}: confirm against your label"),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::engine::units::{Given, HeightUnit, WeightUnit};
    use crate::walk::tests::{after, ex01};
    use crate::walk::{Action, ChoiceField, NumberField, Walk, to_case};

    fn typed(walk: Walk, entries: &[(NumberField, &str)]) -> Walk {
        after(walk, entries.iter().map(|(field, text)| Action::Type(*field, (*text).to_owned())))
    }

    fn chosen(walk: Walk, entries: &[(ChoiceField, &'static str)]) -> Walk {
        after(walk, entries.iter().map(|(field, code)| Action::Choose(*field, code)))
    }

    fn lines(walk: &Walk, phase: Phase) -> Vec<String> {
        let of = of_phase(&Plan::of(walk), phase).into_iter();
        of.map(|task| format!("{}{}{}", task.says, task.number.unwrap_or_default(), task.then).replace('\u{a0}', " "))
            .collect()
    }

    #[test]
    fn the_work_of_example_1_holds_its_numbers() {
        let [vials, water, ..] = &lines(&ex01(), Phase::Reconstitute)[..] else { panic!() };
        assert_eq!(vials, "Take out 2 vials. Until then: 2 to 8 °C, in the carton.");
        assert_eq!(
            water,
            "4 mL of sterile water for injections into each vial, nothing else. It then holds 0.25 mg/mL."
        );
        let dilute = lines(&ex01(), Phase::Dilute);
        for expected in [
            "Withdraw 5.824 mL from 2 vials. 3.6 mL can be withdrawn from each vial.",
            "Make up with sodium chloride 0.9 %: 44.176 mL to a total of 50 mL. The total counts: never a full bag plus the drug. It then holds 0.02912 mg/mL, inside 0.01 to 0.1 mg/mL.",
            "Discard what is left in the vials: 0.344 mg in 1.376 mL. Single dose, no preservative.",
            "Bag: PVC with or without DEHP, polyolefin, or EVA.",
        ] {
            assert!(dilute.iter().any(|line| line == expected), "{expected}\n{dilute:#?}");
        }
        assert!(lines(&ex01(), Phase::Infuse)[0].starts_with("Rate: 50 mL/h, into a vein over 1 h"));
    }

    #[test]
    fn a_measured_volume_goes_through_the_whole_work() {
        let walk = chosen(ex01(), &[(ChoiceField::MeasureTo, "0.1")]);
        let dilute = lines(&walk, Phase::Dilute).join("\n");
        for expected in [
            "Withdraw 5.8 mL from 2 vials. 3.6 mL can be withdrawn from each vial. Measured to 0.1 mL; exact 5.824 mL.",
            "0.9 %: 44.2 mL to a total of 50 mL.",
            "holds 0.029 mg/mL",
            "0.35 mg in 1.4 mL",
        ] {
            assert!(dilute.contains(expected), "{expected}\n{dilute}");
        }
    }

    #[test]
    fn every_step_has_its_source_and_a_syringe_has_its_own() {
        for label in ["us", "eu"] {
            for container in ["bag", "syringe"] {
                let walk = chosen(ex01(), &[(ChoiceField::Label, label), (ChoiceField::Container, container)]);
                let plan = Plan::of(&walk);
                let tasks = tasks(&plan);
                assert!(tasks.len() > 20);
                let own = if label == "us" { "US PI" } else { "EU SmPC" };
                for task in &tasks {
                    assert!(task.source.starts_with(&format!("{}, ", task.rules)), "{task:?}");
                }
                assert!(tasks.iter().filter(|task| task.source.contains(own)).count() > 10);
                let has = |rule: &str| tasks.iter().any(|task| task.rules.contains(rule));
                assert_eq!(
                    (has("DIL-08"), has("DIL-02"), has("INF-02, INF")),
                    (container == "bag", container == "bag", true)
                );
                assert_eq!(has("INF-03"), container == "syringe");
                assert_eq!(syringe_limits(&plan).is_some(), container == "syringe");
                let eu = syringe_limits(&plan).is_some_and(|task| task.rules.contains("DIL-13"));
                assert_eq!(eu, (label, container) == ("eu", "syringe"));
            }
        }
    }

    #[test]
    fn numbers_that_are_not_there_are_said_to_be_missing() {
        let open = typed(ex01(), &[(NumberField::Weight, "")]);
        assert!(lines(&open, Phase::Dilute)[0].starts_with("Withdraw not known yet."));
        let small = typed(chosen(ex01(), &[(ChoiceField::Container, "syringe")]), &[(NumberField::TotalVolume, "5")]);
        assert!(lines(&small, Phase::Dilute)[2].contains(": no room in 5 mL"), "{:?}", lines(&small, Phase::Dilute));
    }

    fn measured(height: &str, weight: &str, to: &'static str) -> Measuring {
        let walk = typed(ex01(), &[(NumberField::Height, height), (NumberField::Weight, weight)]);
        let found =
            measuring(&Plan::of(&chosen(walk, &[(ChoiceField::MeasureTo, to)]))).expect("a graduation was asked for");
        Measuring { words: found.words.replace('\u{a0}', " "), vials: found.vials.replace('\u{a0}', " "), ..found }
    }

    #[test]
    fn measuring_says_what_changes_and_what_it_saves() {
        assert_eq!(measuring(&Plan::of(&ex01())), None, "exact is the default");
        let found = measured("170", "70", "0.1");
        assert_eq!(
            found.words,
            "Exact 5.824 mL, measured 5.8 mL: 1.45 mg in place of 1.456 mg, 0.006 mg or 0.41 % less."
        );
        assert_eq!(found.vials, "2 vials either way. Left over, to be discarded: 0.35 mg in 1.4 mL.");
        assert!(!found.refused);
        // 1.13 m² has 0.904 mg in 3.616 mL: a hair above one vial.
        let found = measured("140", "33", "0.05");
        assert_eq!(
            found.words,
            "Exact 3.616 mL, measured 3.6 mL: 0.9 mg in place of 0.904 mg, 0.004 mg or 0.44 % less."
        );
        assert_eq!(
            found.vials,
            "The exact volume needs 2 vials, the measured one 1: it saves 1 vial. Left over, to be discarded: 0 mg in 0 mL."
        );
    }

    #[test]
    fn a_change_above_five_per_cent_is_refused_with_its_reason() {
        // 0.2 m² has 0.16 mg in 0.64 mL: 0.6 mL would be 6.25 % less.
        let mut case = to_case(&chosen(ex01(), &[(ChoiceField::MeasureTo, "0.1")])).expect("a case");
        case.patient.height = Some(Given { value: dec!(48), unit: HeightUnit::Cm });
        case.patient.weight = Some(Given { value: dec!(3), unit: WeightUnit::Kg });
        let plan = Plan::of_case(case);
        let prepared = plan.preparation().expect("a dose");
        let found = measuring(&plan).expect("a graduation was asked for");
        assert_eq!((found.refused, prepared.measured.is_none()), (true, true), "{} {found:?}", prepared.withdraw_ml);
        let words = found.words.replace('\u{a0}', " ");
        assert!(words.contains("6.25 % less than the dose, above 5 %"), "{words}");
        assert!(found.words.contains("Withdraw exactly"), "{found:?}");
    }
}
