//! Which dose is due, and what follows from that for the questions: which are asked, which may stay open, and why the others
//! are not asked today.

use super::field::{ChoiceField as C, DateField as D, FieldId, NumberField as N, TimeField as T};
use super::place::{At, CycleAt};
use super::state::Walk;
use super::steps::Step;
use crate::engine::case::{Day, Profile};

/// The dose in question, as far as it has been said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Due {
    /// Its cycle.
    pub cycle: Option<CycleAt>,
    /// Its day.
    pub day: Option<Day>,
}

impl Due {
    /// Is it said to be the very first dose?
    #[must_use]
    pub fn first(self) -> bool {
        self.cycle.is_some_and(|cycle| cycle.index() == 0) && self.day == Some(Day::D1)
    }

    /// Is it said to be a later one?
    #[must_use]
    pub fn later(self) -> bool {
        self.later_cycle() || self.inside_cycle()
    }

    /// Is it in a cycle after the first?
    #[must_use]
    pub fn later_cycle(self) -> bool {
        self.cycle.is_some_and(|cycle| cycle.index() > 0)
    }

    /// Is it day 1 of a cycle after the first?
    #[must_use]
    pub fn later_day_1(self) -> bool {
        self.later_cycle() && self.day == Some(Day::D1)
    }

    /// Is it day 8 or 15?
    #[must_use]
    pub fn inside_cycle(self) -> bool {
        matches!(self.day, Some(Day::D8 | Day::D15))
    }

    /// The cycle before its own.
    #[must_use]
    pub fn previous(self) -> Option<CycleAt> {
        self.cycle?.before()
    }

    /// Is this its own cycle?
    #[must_use]
    pub fn owns(self, at: CycleAt) -> bool {
        self.cycle == Some(at)
    }

    /// Has this cycle begun: is it before it, or its own with a dose due before?
    #[must_use]
    pub fn begun(self, at: CycleAt) -> bool {
        self.cycle.is_some_and(|own| at < own || (at == own && self.inside_cycle()))
    }

    /// The cycles that have begun, oldest first.
    #[must_use]
    pub fn course(self) -> Vec<CycleAt> {
        CycleAt::all().filter(|at| self.begun(*at)).collect()
    }
}

impl Walk {
    /// The dose in question.
    #[must_use]
    pub fn due(&self) -> Due {
        let number = |field| self.choice(field).and_then(|code| code.parse::<u32>().ok());
        let cycle = number(C::Cycle).and_then(|cycle| CycleAt::new(usize::try_from(cycle.checked_sub(1)?).ok()?));
        Due { cycle, day: number(C::Day).and_then(Day::from_number) }
    }

    /// The label in use.
    #[must_use]
    pub fn profile(&self) -> Option<Profile> {
        self.choice(C::Label).and_then(Profile::from_word)
    }

    /// Whether a question is asked at all, given the answers so far.
    #[must_use]
    pub fn applies(&self, field: FieldId) -> bool {
        match field.at() {
            Some(At::Cycle(at)) => self.applies_to_cycle(field, at),
            Some(At::Toxicity(at)) => {
                let reaction = self.chose(C::ToxicityKind(at), "infusion_reaction");
                let other = self.chose(C::ToxicityKind(at), "other");
                let asked = match field {
                    FieldId::Choice(C::ToxicityKind(_)) => true,
                    FieldId::Choice(C::BaselineGrade(_)) => other,
                    _ => reaction || other,
                };
                asked && self.due().later() && !self.chose(C::Toxicity, "no") && self.toxicities().contains(&at)
            }
            None => self.applies_today(field) && self.applies_beside(field),
        }
    }

    /// Whether what is typed there is part of the case: what is asked today, and the counts before treatment and on day 1 of a
    /// cycle, which stay on record for the visits that are held against them.
    #[must_use]
    pub fn holds(&self, field: FieldId) -> bool {
        let on_record = match field {
            FieldId::Number(N::BaselineAnc | N::BaselinePlatelets) => true,
            FieldId::Number(N::AncDay1(at) | N::PlateletsDay1(at)) => self.due().begun(at),
            _ => false,
        };
        on_record || self.applies(field)
    }

    /// By the visit.
    fn applies_today(&self, field: FieldId) -> bool {
        let due = self.due();
        match field {
            FieldId::Choice(C::BlastsBy) | FieldId::Number(N::Wbc | N::BlastPercent | N::Blasts) => !due.later(),
            FieldId::Number(N::BaselineAnc | N::BaselinePlatelets)
            | FieldId::Choice(C::PlateletsTransfused | C::CountsCause | C::DiseaseStable)
            | FieldId::Date(D::CountsLowSince) => due.later_day_1(),
            FieldId::Number(N::WeightBefore) => due.later_cycle(),
            FieldId::Choice(C::Held) | FieldId::Date(D::HeldFrom | D::FitOn) => due.inside_cycle(),
            FieldId::Choice(C::NotRecovering | C::Toxicity) => due.later(),
            FieldId::Choice(C::FirstLength) => !due.course().is_empty(),
            _ => true,
        }
    }

    /// By other answers.
    fn applies_beside(&self, field: FieldId) -> bool {
        let female = self.chose(C::Sex, "female");
        match field {
            FieldId::Number(N::Age) => self.chose(C::AgeBy, "years"),
            FieldId::Date(D::Birth) => self.chose(C::AgeBy, "birth_date"),
            FieldId::Choice(C::Cd22) => self.chose(C::Cd22By, "word"),
            FieldId::Number(N::Cd22Percent) => self.chose(C::Cd22By, "percent"),
            FieldId::Number(N::TkiFailed) => self.chose(C::Philadelphia, "positive"),
            FieldId::Number(N::Wbc | N::BlastPercent) => self.chose(C::BlastsBy, "share"),
            FieldId::Number(N::Blasts) => self.chose(C::BlastsBy, "count"),
            FieldId::Choice(C::Reproductive) => self.choice(C::Sex).is_some(),
            FieldId::Choice(C::Pregnancy) => female && self.chose(C::Reproductive, "yes"),
            FieldId::Choice(C::Breastfeeding) => female,
            FieldId::Date(D::HeldFrom | D::FitOn) => self.chose(C::Held, "yes"),
            FieldId::Time(T::Corticosteroid) => self.chose(C::Corticosteroid, "yes"),
            FieldId::Time(T::Antipyretic) => self.chose(C::Antipyretic, "yes"),
            FieldId::Time(T::Antihistamine) => self.chose(C::Antihistamine, "yes"),
            FieldId::Time(T::Stopped) => !self.time_text(T::Started).is_empty(),
            FieldId::Time(T::WentOn) => {
                !self.time_text(T::Stopped).is_empty() && self.applies(FieldId::Time(T::Stopped))
            }
            FieldId::Time(T::Observed) => [T::Started, T::Ended].iter().any(|time| !self.time_text(*time).is_empty()),
            _ => true,
        }
    }

    fn applies_to_cycle(&self, field: FieldId, at: CycleAt) -> bool {
        let due = self.due();
        if !due.begun(at) {
            return false;
        }
        let over = !due.owns(at);
        let data = over && self.chose(C::ResponseBy(at), "data");
        match field {
            FieldId::Date(date) => {
                over || date.of_dose().is_some_and(|(_, day)| due.day.is_some_and(|today| day < today))
            }
            FieldId::Choice(C::Reduction(_)) => true,
            FieldId::Choice(C::Response(_)) => over && !data,
            FieldId::Number(N::MarrowBlasts(_) | N::ResponseAnc(_) | N::ResponsePlatelets(_))
            | FieldId::Choice(C::Circulating(_) | C::Extramedullary(_)) => data,
            FieldId::Choice(C::Mrd(_)) => over && self.chose(C::MrdBy(at), "word"),
            FieldId::Number(N::MrdFraction(_)) => over && self.chose(C::MrdBy(at), "fraction"),
            FieldId::Number(N::AncDay1(_) | N::PlateletsDay1(_)) => due.later_day_1() && due.previous() == Some(at),
            _ => over,
        }
    }

    /// Whether the dose can be decided without it. A test holds this against the engine's `missing`.
    #[must_use]
    pub fn optional(&self, field: FieldId) -> bool {
        let due = self.due();
        let eu = self.profile() == Some(Profile::Eu);
        let from_third = due.cycle.is_some_and(|cycle| cycle.index() >= 2);
        match field {
            FieldId::Time(_) => true,
            FieldId::Date(date) => match date {
                D::Visit | D::Birth | D::HeldFrom | D::FitOn => false,
                D::Day1(at) => !(due.previous() == Some(at) || due.owns(at)),
                D::Day8(_) | D::Day15(_) | D::CountsLowSince => true,
            },
            FieldId::Number(number) => match number {
                N::WeightBefore | N::BaselineQtcf | N::AncDay1(_) | N::PlateletsDay1(_) => true,
                N::TotalVolume => !self.chose(C::Container, "syringe"),
                N::Qtcf => due.later(),
                N::TkiFailed => !eu,
                N::MrdFraction(at) => self.mrd_optional(at),
                N::InterruptionDays(at) | N::MarrowBlasts(at) | N::ResponseAnc(at) | N::ResponsePlatelets(at) => {
                    due.previous() != Some(at)
                }
                _ => false,
            },
            FieldId::Choice(choice) => match choice {
                C::Gilbert
                | C::QtRisk
                | C::Breastfeeding
                | C::PlateletsTransfused
                | C::CountsCause
                | C::DiseaseStable
                | C::Held
                | C::NotRecovering
                | C::Toxicity
                | C::BaselineGrade(_)
                | C::ToxicityResolved(_) => true,
                C::Philadelphia => !eu,
                C::Hsct => !from_third,
                C::Electrolytes => due.later(),
                C::Reproductive => self.chose(C::Sex, "male"),
                C::Mrd(at) => self.mrd_optional(at),
                C::Response(at) | C::Circulating(at) | C::Extramedullary(at) | C::Reduction(at) => {
                    due.previous() != Some(at)
                }
                _ => false,
            },
        }
    }

    fn mrd_optional(&self, at: CycleAt) -> bool {
        let wanted = at.index() >= 1 && self.due().previous() == Some(at) && self.chose(C::Hsct, "planned");
        !wanted
    }

    /// Why a step has nothing to ask today; nothing when it has.
    #[must_use]
    pub fn not_today(&self, step: Step) -> Option<&'static str> {
        let due = self.due();
        match step {
            Step::Cytoreduction if due.later() => Some("Only before the first dose."),
            Step::Course if due.first() => Some("Nothing has been given before the first dose."),
            Step::Course if due.course().is_empty() => Some("Say first which dose is due."),
            _ => None,
        }
    }

    /// What a step asks on other days, in a line each.
    #[must_use]
    pub fn folded(&self, step: Step) -> Vec<&'static str> {
        let due = self.due();
        let lines = [
            (Step::Dose, !due.later(), "Toxicities and a held dose: from the second dose on."),
            (Step::Dose, !due.later_day_1(), "Counts at baseline and why counts are low: on day 1 from cycle 2 on."),
            (
                Step::Dose,
                due.later_day_1(),
                "A held dose: on day 8 and 15. Before day 1 it belongs to the cycle before.",
            ),
        ];
        lines.into_iter().filter(|(of, folded, _)| *of == step && *folded).map(|(_, _, line)| line).collect()
    }
}
