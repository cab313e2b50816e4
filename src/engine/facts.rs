//! What a case says, worked out once: the cycles before, the response in force, the reduction in force, today's numbers.
//! The rules ask here; none of them computes.

use std::cmp::Ordering;
use std::{iter, slice};

use arrayvec::ArrayVec;
use rust_decimal::Decimal;

use super::assessment::{Bsa, Prepared, ResponseInForce};
use super::bsa::body_surface_area;
use super::calendar::Date;
use super::case::{
    Case, Cycle, CycleLength, Day, Disease, Interruption, LiverTest, Marker, MarrowAssessment, Patient, Profile,
    Reduction, Response,
};
use super::derivation::Trace;
use super::dose::{self, PlannedDose};
use super::known::{all, any, not};
use super::labels::thresholds as limit;
use super::preparation;
use super::units::{Count, GigaPerLitre};

/// A case with everything that follows from it.
pub struct Facts<'c> {
    /// The case.
    pub case: &'c Case,
    /// Cycle of the dose in question.
    pub cycle: Option<u64>,
    /// Its day.
    pub day: Option<Day>,
    /// The cycles before it, oldest first.
    pub before: &'c [Cycle],
    /// The cycle just before it.
    pub previous: Option<&'c Cycle>,
    /// The record of its own cycle, once begun.
    pub own: Option<&'c Cycle>,
    /// Reduction in force, as far as it is certain.
    pub ladder: Ladder,
    /// Today's dose is left out: it does not count for the days after it.
    pub(crate) left_out: bool,
    /// Body surface area.
    pub bsa: Option<Bsa>,
    /// The dose this day has by plan, whatever the decision.
    pub dose: Option<PlannedDose>,
    /// How that dose is made up.
    pub prepared: Option<Prepared>,
    /// How these numbers came to be.
    pub trace: Trace,
}

impl<'c> Facts<'c> {
    /// Works the case out. It must not contradict itself.
    #[must_use]
    pub fn of(case: &'c Case) -> Self {
        let mut trace = Trace::with_room();
        let mut facts = Self::on(case, case.visit.cycle.map(|cycle| cycle.get()), case.visit.day);
        facts.bsa = body_surface_area(&case.patient, &mut trace);
        facts.dose = dose::today(&facts, &mut trace);
        facts.prepared = facts.dose.map(|dose| preparation::prepared(dose.mg, case.preparation.as_ref(), &mut trace));
        facts.trace = trace;
        facts
    }

    /// What the record says of a day of a cycle, without the numbers that need the patient's size.
    pub(crate) fn on(case: &'c Case, cycle: Option<u64>, day: Option<Day>) -> Self {
        // Positions in `cycles`: cycle 1 is at 0.
        let position = cycle.and_then(|cycle| usize::try_from(cycle).ok()).and_then(|cycle| cycle.checked_sub(1));
        let before = position.map_or(&[][..], |position| case.cycles.get(..position).unwrap_or(&case.cycles));
        let previous = position.and_then(|position| case.cycles.get(position.checked_sub(1)?));
        let own = position.and_then(|position| case.cycles.get(position));
        Self {
            case,
            cycle,
            day,
            before,
            previous,
            own,
            ladder: Ladder::of(before, own, cycle),
            left_out: false,
            bsa: None,
            dose: None,
            prepared: None,
            trace: Trace::default(),
        }
    }

    /// Which label.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.case.profile
    }

    /// Is this the visit for the very first dose?
    #[must_use]
    pub fn first_dose(&self) -> bool {
        self.cycle == Some(1) && self.day == Some(Day::D1)
    }

    /// Is this day 1 of a cycle after the first?
    #[must_use]
    pub fn later_day_1(&self) -> bool {
        self.later_cycle() && self.day == Some(Day::D1)
    }

    /// Is this a cycle after the first?
    #[must_use]
    pub fn later_cycle(&self) -> bool {
        self.cycle.is_some_and(|cycle| cycle >= 2)
    }

    /// Is this day 8 or 15?
    #[must_use]
    pub fn inside_cycle(&self) -> bool {
        matches!(self.day, Some(Day::D8 | Day::D15))
    }

    /// Completed years at the visit.
    #[must_use]
    pub fn age(&self) -> Option<u64> {
        age_at(&self.case.patient, self.case.date)
    }

    /// CD22 on the blasts.
    #[must_use]
    pub fn cd22(&self) -> Option<Marker> {
        cd22(&self.case.disease)
    }

    /// Peripheral blasts and how they compare with 10,000 per mm³. The comparison is exact even where the number has more
    /// digits than can be shown.
    #[must_use]
    pub fn blasts(&self) -> Option<(Decimal, Ordering)> {
        let visit = &self.case.visit;
        let (count, share) = match (visit.blasts, visit.wbc, visit.blast_percent) {
            (Some(blasts), _, _) => (blasts, Decimal::ONE),
            (None, Some(wbc), Some(percent)) => (wbc, percent.decimal() * Decimal::new(1, 2)),
            _ => return None,
        };
        let per_mm3 = count.giga_per_litre().0 * limit::PER_MM3_IN_GIGA_PER_LITRE;
        let order = super::wide::compare_product(per_mm3, share, limit::BLASTS_PER_MM3);
        Some((per_mm3 * share, order))
    }

    /// The latest cycle before this one with a known response.
    #[must_use]
    pub fn in_force(&self) -> Option<ResponseInForce> {
        self.before.iter().rev().find_map(|cycle| {
            let class = judged(cycle).filter(|class| *class != Response::Unknown)?;
            Some(ResponseInForce { class, mrd: mrd(cycle) })
        })
    }

    /// Was there a CR or CRi before, and none now? The label gives no dose then (RESP-06).
    #[must_use]
    pub fn response_lost(&self) -> bool {
        self.in_force().is_some_and(|now| now.class == Response::None)
            && self.before.iter().any(|cycle| is_remission(judged(cycle)) == Some(true))
    }

    /// Did the previous cycle end in CR or CRi? `unknown` is no.
    #[must_use]
    pub fn previous_in_remission(&self) -> Option<bool> {
        is_remission(judged(self.previous?))
    }

    /// Did the previous cycle end MRD negative? `unknown` is no.
    #[must_use]
    pub fn previous_mrd_negative(&self) -> Option<bool> {
        mrd(self.previous?).map(|mrd| mrd == Marker::Negative)
    }

    /// The latest dose given.
    #[must_use]
    pub fn last_dose(&self) -> Option<Date> {
        self.case.cycles.iter().flat_map(|cycle| &cycle.doses).map(|dose| dose.date).max()
    }

    /// The latest dose of the cycles before this one.
    #[must_use]
    pub fn last_dose_before(&self) -> Option<Date> {
        self.before.iter().flat_map(|cycle| &cycle.doses).map(|dose| dose.date).max()
    }

    /// The first day that the previous cycle's length allows.
    #[must_use]
    pub fn previous_cycle_over(&self) -> Option<Date> {
        over(self.previous?)
    }

    /// Length of this visit's cycle: 28 days, but cycle 1 has 21 unless its record says otherwise.
    #[must_use]
    pub fn length(&self) -> Option<CycleLength> {
        let first = self.cycle? == 1;
        Some(match self.own {
            Some(own) => length(own),
            None if first => CycleLength::Days21,
            None => CycleLength::Days28,
        })
    }

    /// Whole days from the held dose's planned date to the day the patient is fit.
    #[must_use]
    pub fn interruption_days(&self) -> Option<i64> {
        let Interruption { held_from, fit_on } = self.case.visit.interruption.as_ref()?;
        Some((*fit_on)?.days_since((*held_from)?))
    }

    /// Is bilirubin above its limit, and not excused?
    #[must_use]
    pub fn bilirubin_high(&self) -> Option<bool> {
        if self.case.history.gilbert_or_hemolysis == Some(true) {
            return Some(false);
        }
        above(self.case.visit.bilirubin.as_ref(), limit::BILIRUBIN_X_ULN)
    }

    /// Is AST or ALT above its limit?
    #[must_use]
    pub fn transaminases_high(&self) -> Option<bool> {
        let visit = &self.case.visit;
        any([
            above(visit.ast.as_ref(), limit::TRANSAMINASE_X_ULN),
            above(visit.alt.as_ref(), limit::TRANSAMINASE_X_ULN),
        ])
    }

    /// Was the baseline high enough for the plain count rules?
    #[must_use]
    pub fn baseline_adequate(&self) -> Option<bool> {
        let baseline = &self.case.baseline;
        all([at_least(baseline.anc, limit::ANC), at_least(baseline.platelets, limit::PLATELETS)])
    }
}

/// Completed years at `day`, from either way of giving the age.
#[must_use]
pub fn age_at(patient: &Patient, day: Date) -> Option<u64> {
    match (patient.birth_date, patient.age_years) {
        (Some(born), _) => born.completed_years_at(day).map(u64::from),
        (None, years) => years.map(|years| years.get()),
    }
}

/// CD22 from either way of giving it: any share above 0 % is positive.
fn cd22(disease: &Disease) -> Option<Marker> {
    let from_percent = disease
        .cd22_percent
        .map(|percent| if percent.decimal() > Decimal::ZERO { Marker::Positive } else { Marker::Negative });
    disease.cd22.or(from_percent)
}

/// The response of a cycle: as judged, or from its data (RESP-01, -02) when all five values are there.
#[must_use]
pub fn judged(cycle: &Cycle) -> Option<Response> {
    cycle.response.or_else(|| class(&criteria(cycle.assessment.as_ref()?)))
}

/// One thing that a remission asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Criterion {
    /// The member of the assessment that it is judged from.
    pub member: &'static str,
    /// CR and CRi ask for it; otherwise CR alone.
    pub of_both: bool,
    /// Whether it is met, as far as is known.
    pub met: Option<bool>,
}

impl Criterion {
    /// What it asks for: `marrow blasts below 5 %`.
    #[must_use]
    pub fn asks(&self) -> String {
        match self.member {
            "marrow_blasts_percent" => format!("marrow blasts below {} %", limit::CR_MARROW_BLASTS),
            "circulating_blasts" => "no leukemic blasts in the blood".to_owned(),
            "extramedullary_disease" => "no disease outside the marrow".to_owned(),
            "anc" => format!("ANC at least {}", limit::ANC),
            _ => format!("platelets at least {}", limit::CR_PLATELETS),
        }
    }
}

/// What CR and CRi ask for, each met or not (RESP-01, -02).
#[must_use]
pub fn criteria(data: &MarrowAssessment) -> [Criterion; 5] {
    let of_both = |member, met| Criterion { member, of_both: true, met };
    let of_cr = |member, met| Criterion { member, of_both: false, met };
    let blasts = data.marrow_blasts_percent.map(|percent| percent.decimal() < limit::CR_MARROW_BLASTS);
    [
        of_both("marrow_blasts_percent", blasts),
        of_both("circulating_blasts", not(data.circulating_blasts)),
        of_both("extramedullary_disease", not(data.extramedullary_disease)),
        of_cr("anc", at_least(data.anc, limit::ANC)),
        of_cr("platelets", at_least(data.platelets, limit::CR_PLATELETS)),
    ]
}

/// The class that the criteria come to; none while one of them is not known.
#[must_use]
pub fn class(criteria: &[Criterion]) -> Option<Response> {
    if criteria.iter().any(|criterion| criterion.met.is_none()) {
        return None;
    }
    let mut unmet = criteria.iter().filter(|criterion| criterion.met == Some(false));
    Some(if criteria.iter().all(|criterion| criterion.met == Some(true)) {
        Response::Cr
    } else if unmet.any(|criterion| criterion.of_both) {
        Response::None
    } else {
        Response::Cri
    })
}

/// Is it CR or CRi? `unknown` is no; absent is not known.
#[must_use]
pub fn is_remission(response: Option<Response>) -> Option<bool> {
    response.map(|response| matches!(response, Response::Cr | Response::Cri))
}

/// MRD of a cycle, from either way of giving it (RESP-03).
#[must_use]
pub fn mrd(cycle: &Cycle) -> Option<Marker> {
    let from_fraction = cycle
        .mrd_fraction
        .map(|share| if share.decimal() < limit::MRD_NEGATIVE_BELOW { Marker::Negative } else { Marker::Positive });
    cycle.mrd.or(from_fraction)
}

/// The date on which a day's dose was given.
#[must_use]
pub fn given_on(cycle: &Cycle, day: Day) -> Option<Date> {
    cycle.doses.iter().find(|dose| dose.day == day).map(|dose| dose.date)
}

/// The day that a dose of the cycle is due on when nothing moves it, counted from its day 1 (SCHED-01).
#[must_use]
pub fn due(first: Date, day: Day) -> Date {
    first.plus_days(day.offset())
}

/// The first day after a cycle, by its length.
#[must_use]
pub fn over(cycle: &Cycle) -> Option<Date> {
    Some(given_on(cycle, Day::D1)?.plus_days(length(cycle).days()))
}

fn length(cycle: &Cycle) -> CycleLength {
    let first = cycle.number.get() == 1;
    cycle.length_days.unwrap_or(if first { CycleLength::Days21 } else { CycleLength::Days28 })
}

/// Is a liver test above `factor` × its ULN? Compared as products, so 1.8 is not above 1.5 × 1.2.
fn above<U>(test: Option<&LiverTest<U>>, factor: Decimal) -> Option<bool> {
    let test = test?;
    Some(test.value > factor * test.uln?.decimal())
}

/// Is a count at least `limit`?
#[must_use]
pub fn at_least(count: Option<Count>, limit: GigaPerLitre) -> Option<bool> {
    count.map(|count| count.giga_per_litre() >= limit)
}

/// What raised the reduction to its step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raise {
    /// A reduction written in a cycle's record.
    Recorded,
    /// An interruption of 14 days or more.
    Interruption,
}

/// A step of the reduction ladder: 0 full, 1 less 25 %, 2 two doses, 3 and above no dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rung {
    /// The step.
    pub step: u32,
    /// What last raised it.
    pub by: Option<Raise>,
}

impl Rung {
    fn after(self, reduction: Option<Reduction>, interrupted: bool) -> Self {
        let recorded = self.recorded(reduction);
        if interrupted { Self { step: recorded.step + 1, by: Some(Raise::Interruption) } } else { recorded }
    }

    fn recorded(self, reduction: Option<Reduction>) -> Self {
        let step = match reduction {
            None | Some(Reduction::None) => 0,
            Some(Reduction::Minus25Percent) => 1,
            Some(Reduction::TwoDoses) => 2,
        };
        if step > self.step { Self { step, by: Some(Raise::Recorded) } } else { self }
    }
}

/// The reduction in force, and what is certain of it while the previous cycle's record is incomplete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// Every rung that the record allows; one when it is complete.
    possible: ArrayVec<Rung, { Reduction::ALL.len() * 2 }>,
    complete: bool,
}

impl Ladder {
    /// Climbs through the cycles before; a reduction once in force stays. What the previous cycle's record lacks is
    /// needed and never assumed away; an older cycle counts with what it records, because the previous cycle's record
    /// carries what was in force by then.
    fn of(before: &[Cycle], own: Option<&Cycle>, cycle: Option<u64>) -> Self {
        let interrupted =
            |cycle: &Cycle| cycle.interruption_days.map(|days| days.get() >= limit::REDUCE_DAYS.unsigned_abs());
        let Some((previous, older)) = before.split_last() else {
            let rung = Rung::default().recorded(own.and_then(|own| own.reduction));
            return Self { possible: iter::once(rung).collect(), complete: cycle == Some(1) };
        };
        let reached = older
            .iter()
            .fold(Rung::default(), |rung, cycle| rung.after(cycle.reduction, interrupted(cycle).unwrap_or(false)));
        let reductions = previous.reduction.as_ref().map_or(Reduction::ALL, slice::from_ref);
        let known = interrupted(previous);
        let interruptions = known.as_ref().map_or(&[false, true][..], slice::from_ref);
        let possible = reductions.iter().flat_map(|reduction| {
            interruptions.iter().map(|interrupted| reached.after(Some(*reduction), *interrupted))
        });
        let possible: ArrayVec<_, _> = possible.map(|rung| rung.recorded(own.and_then(|own| own.reduction))).collect();
        Self { complete: possible.len() == 1, possible }
    }

    /// The rung in force; `None` while the record is incomplete.
    #[must_use]
    pub fn rung(&self) -> Option<Rung> {
        self.possible.first().copied().filter(|_| self.complete)
    }

    /// Does `test` hold for every rung that the record allows?
    #[must_use]
    pub fn surely(&self, test: impl Fn(Rung) -> bool) -> bool {
        !self.possible.is_empty() && self.possible.iter().all(|rung| test(*rung))
    }
}
