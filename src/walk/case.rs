//! From what was said to the engine's case. Nothing is guessed: what is unanswered, asked or refused stays absent.

use rust_decimal::Decimal;

use super::field::{ChoiceField, DateField, FieldId, NumberField, Slot, TimeField};
use super::place::{CycleAt, ToxicityAt};
use super::quantity::Typable;
use super::slips;
use super::state::Walk;
use crate::engine::calendar::Date;
use crate::engine::case::{
    BsaFormula, Case, Container, CountsCause, Cycle, CycleLength, Day, Diagnosis, DiseaseStatus, GivenDose, Graduation,
    Hsct, Interruption, LiverTest, Marker, MarrowAssessment, Patient, Pregnancy, Premedication, Preparation, Reduction,
    Response, Sex, Toxicity, ToxicityKind, VodHistory,
};
use crate::engine::facts::age_at;
use crate::engine::units::{Given, Quantity};
use crate::engine::{Fraction, Percent, Positive, Whole};

/// The case as far as it is known. `None` while the date of the visit or the label is not known.
#[must_use]
pub fn to_case(walk: &Walk) -> Option<Case> {
    let mut case = Case::new(walk.profile()?, walk.visit_date()?);
    patient(walk, &mut case);
    disease(walk, &mut case);
    history(walk, &mut case);
    visit(walk, &mut case);
    case.hsct = chosen(walk, ChoiceField::Hsct).and_then(Hsct::from_word);
    case.baseline.anc = given(walk, NumberField::BaselineAnc, &walk.numbers.baseline_anc);
    case.baseline.platelets = given(walk, NumberField::BaselinePlatelets, &walk.numbers.baseline_platelets);
    case.baseline.qtcf = given(walk, NumberField::BaselineQtcf, &walk.numbers.baseline_qtcf);
    // Nothing said of any cycle is no record of the course; a course half told is told as far as it goes.
    let course = walk.due().course();
    if course.iter().any(|at| walk.touched(*at)) {
        case.cycles = course.into_iter().filter_map(|at| cycle(walk, at)).collect();
    }
    case.preparation = Some(preparation(walk));
    Some(case)
}

fn patient(walk: &Walk, case: &mut Case) {
    let patient = &mut case.patient;
    patient.birth_date = date(walk, DateField::Birth);
    patient.age_years = whole(walk, NumberField::Age, &walk.numbers.age);
    patient.sex = chosen(walk, ChoiceField::Sex).and_then(Sex::from_word);
    patient.height = given(walk, NumberField::Height, &walk.numbers.height);
    // Asked about, it is not understood yet.
    patient.weight =
        given(walk, NumberField::Weight, &walk.numbers.weight).filter(|_| !in_doubt(walk, NumberField::Weight));
    patient.bsa_formula = chosen(walk, ChoiceField::Formula).and_then(BsaFormula::from_word);
    patient.reproductive_potential = yes(walk, ChoiceField::Reproductive);
    patient.pregnancy = chosen(walk, ChoiceField::Pregnancy).and_then(Pregnancy::from_word);
    patient.breastfeeding = yes(walk, ChoiceField::Breastfeeding);
}

/// Whether a number is being asked about, beside others.
fn in_doubt(walk: &Walk, field: NumberField) -> bool {
    slips::asked_of(walk, field).is_some()
}

/// Completed years at the visit, from either way of giving the age.
pub(super) fn age(walk: &Walk) -> Option<u64> {
    let patient = Patient {
        birth_date: date(walk, DateField::Birth),
        age_years: whole(walk, NumberField::Age, &walk.numbers.age),
        ..Patient::default()
    };
    age_at(&patient, walk.visit_date()?)
}

fn disease(walk: &Walk, case: &mut Case) {
    let disease = &mut case.disease;
    disease.diagnosis = chosen(walk, ChoiceField::Diagnosis).and_then(Diagnosis::from_word);
    disease.status = chosen(walk, ChoiceField::Status).and_then(DiseaseStatus::from_word);
    disease.cd22 = chosen(walk, ChoiceField::Cd22).and_then(Marker::from_word);
    disease.philadelphia = chosen(walk, ChoiceField::Philadelphia).and_then(Marker::from_word);
    disease.cd22_percent = number(walk, NumberField::Cd22Percent, &walk.numbers.cd22_percent).and_then(Percent::new);
    disease.tki_failed = whole(walk, NumberField::TkiFailed, &walk.numbers.tki_failed);
}

fn history(walk: &Walk, case: &mut Case) {
    let history = &mut case.history;
    history.hypersensitivity = yes(walk, ChoiceField::Hypersensitivity);
    history.vod = chosen(walk, ChoiceField::Vod).and_then(VodHistory::from_word);
    history.serious_liver_disease = yes(walk, ChoiceField::SeriousLiver);
    history.gilbert_or_hemolysis = yes(walk, ChoiceField::Gilbert);
    history.qt_risk = yes(walk, ChoiceField::QtRisk);
}

fn visit(walk: &Walk, case: &mut Case) {
    use {ChoiceField as C, NumberField as N};
    let (visit, numbers, due) = (&mut case.visit, &walk.numbers, walk.due());
    visit.cycle = due.cycle.and_then(number_of);
    visit.day = due.day;
    visit.wbc = given(walk, N::Wbc, &numbers.wbc);
    visit.blast_percent = number(walk, N::BlastPercent, &numbers.blast_percent).and_then(Percent::new);
    visit.blasts = given(walk, N::Blasts, &numbers.blasts);
    visit.anc = given(walk, N::Anc, &numbers.anc);
    visit.platelets = given(walk, N::Platelets, &numbers.platelets);
    visit.platelets_transfused = yes(walk, C::PlateletsTransfused);
    visit.bilirubin = liver(walk, N::Bilirubin, &numbers.bilirubin, &numbers.bilirubin_uln);
    visit.bilirubin = visit.bilirubin.take().filter(|_| !in_doubt(walk, N::Bilirubin));
    visit.ast = liver(walk, N::Ast, &numbers.ast, &numbers.ast_uln);
    visit.alt = liver(walk, N::Alt, &numbers.alt, &numbers.alt_uln);
    visit.hepatic_limits_not_recovering = yes(walk, C::NotRecovering);
    visit.qtcf = given(walk, N::Qtcf, &numbers.qtcf);
    visit.electrolytes_checked = yes(walk, C::Electrolytes);
    visit.counts_low_since = date(walk, DateField::CountsLowSince);
    visit.counts_cause = chosen(walk, C::CountsCause).and_then(CountsCause::from_word);
    visit.disease_stable_or_improved = yes(walk, C::DiseaseStable);
    let premedication = Premedication {
        corticosteroid: yes(walk, C::Corticosteroid),
        antipyretic: yes(walk, C::Antipyretic),
        antihistamine: yes(walk, C::Antihistamine),
    };
    visit.premedication = (premedication != Premedication::default()).then_some(premedication);
    visit.toxicities = told(walk).into_iter().filter_map(|at| toxicity(walk, at)).collect();
    let held = |field| date(walk, field).filter(|_| slips::asked_of_day(walk, field).is_none());
    visit.interruption = (yes(walk, C::Held) == Some(true))
        .then(|| Interruption { held_from: held(DateField::HeldFrom), fit_on: held(DateField::FitOn) });
}

fn number_of(at: CycleAt) -> Option<Whole<1, { u64::MAX }>> {
    Whole::new(u64::try_from(at.number()).ok()?)
}

/// The record of a cycle as far as it is told.
pub(super) fn cycle(walk: &Walk, at: CycleAt) -> Option<Cycle> {
    use {ChoiceField as C, NumberField as N};
    let numbers = &walk.numbers;
    let length = (at.index() == 0).then(|| chosen(walk, C::FirstLength)).flatten();
    Some(Cycle {
        number: number_of(at)?,
        length_days: length.map(|days| if days == "28" { CycleLength::Days28 } else { CycleLength::Days21 }),
        doses: doses(walk, at).into_iter().map(|(day, date)| GivenDose { day, date }).collect(),
        anc_day1: given(walk, N::AncDay1(at), &numbers.anc_day1[at]),
        platelets_day1: given(walk, N::PlateletsDay1(at), &numbers.platelets_day1[at]),
        reduction: chosen(walk, C::Reduction(at)).and_then(Reduction::from_word),
        interruption_days: whole(walk, N::InterruptionDays(at), &numbers.interruption_days[at]),
        response: chosen(walk, C::Response(at)).and_then(Response::from_word),
        assessment: assessment(walk, at),
        mrd: chosen(walk, C::Mrd(at)).and_then(Marker::from_word),
        mrd_fraction: number(walk, N::MrdFraction(at), &numbers.mrd_fraction[at]).and_then(Fraction::new),
    })
}

/// The doses of a cycle that have a date, in their order.
pub(super) fn doses(walk: &Walk, at: CycleAt) -> Vec<(Day, Date)> {
    Day::ALL.into_iter().filter_map(|day| Some((day, date(walk, DateField::dose(at, day))?))).collect()
}

/// The data from which the response to a cycle is worked out, where that is how it is given.
pub(super) fn assessment(walk: &Walk, at: CycleAt) -> Option<MarrowAssessment> {
    use {ChoiceField as C, NumberField as N};
    let numbers = &walk.numbers;
    chosen(walk, C::ResponseBy(at)).filter(|how| *how == "data").map(|_| MarrowAssessment {
        marrow_blasts_percent: number(walk, N::MarrowBlasts(at), &numbers.marrow_blasts[at]).and_then(Percent::new),
        circulating_blasts: yes(walk, C::Circulating(at)),
        extramedullary_disease: yes(walk, C::Extramedullary(at)),
        anc: given(walk, N::ResponseAnc(at), &numbers.response_anc[at]),
        platelets: given(walk, N::ResponsePlatelets(at), &numbers.response_platelets[at]),
    })
}

/// The toxicities of which it is said what they are: those that the case holds, in its order.
pub(super) fn told(walk: &Walk) -> Vec<ToxicityAt> {
    let told = |at: &&ToxicityAt| chosen(walk, ChoiceField::ToxicityKind(**at)).is_some();
    walk.toxicities().iter().filter(told).copied().collect()
}

fn toxicity(walk: &Walk, at: ToxicityAt) -> Option<Toxicity> {
    use ChoiceField as C;
    let grade = |field| Whole::new(chosen(walk, field)?.parse().ok()?);
    Some(Toxicity {
        kind: chosen(walk, C::ToxicityKind(at)).and_then(ToxicityKind::from_word)?,
        grade: grade(C::ToxicityGrade(at)),
        baseline_grade: grade(C::BaselineGrade(at)),
        resolved: yes(walk, C::ToxicityResolved(at)),
    })
}

fn preparation(walk: &Walk) -> Preparation {
    let container = chosen(walk, ChoiceField::Container).and_then(Container::from_word);
    // An entry that is not understood is not an empty one: the engine must not put a bag's usual volume in its place, and a
    // syringe is the container that has none.
    let unread = walk.problem(FieldId::Number(NumberField::TotalVolume)).is_some();
    Preparation {
        container: if unread { Some(Container::Syringe) } else { container },
        total_volume_ml: number(walk, NumberField::TotalVolume, &walk.numbers.total_volume).and_then(Positive::new),
        measure_to_ml: chosen(walk, ChoiceField::MeasureTo).and_then(graduation),
        reconstituted_at: walk.moment(TimeField::Reconstituted),
        diluted_at: walk.moment(TimeField::Diluted),
        infusion_start: walk.moment(TimeField::Started),
        infusion_paused_at: walk.moment(TimeField::Stopped),
        infusion_resumed_at: walk.moment(TimeField::WentOn),
        infusion_end: walk.moment(TimeField::Ended),
    }
}

/// The graduation that an answer names; none for the exact volume.
fn graduation(code: &str) -> Option<Graduation> {
    Graduation::ALL.into_iter().find(|graduation| graduation.volume().decimal().to_string() == code)
}

/// Whether the question applies, and its answer is no result of another visit: such results decide nothing about this one.
fn is_said(walk: &Walk, field: FieldId) -> bool {
    walk.applies(field) && walk.counts(field)
}

/// The answer to a choice, if it is said.
fn chosen(walk: &Walk, field: ChoiceField) -> Option<&'static str> {
    walk.choice(field).filter(|_| is_said(walk, FieldId::Choice(field)))
}

fn yes(walk: &Walk, field: ChoiceField) -> Option<bool> {
    chosen(walk, field).map(|code| code == "yes")
}

/// The bare number of a field, if it is said and understood.
fn number<U: Typable>(walk: &Walk, field: NumberField, slot: &Slot<U>) -> Option<Decimal> {
    slot.given().map(|(value, _)| value).filter(|_| is_said(walk, FieldId::Number(field)))
}

fn whole<U: Typable, const MIN: u64, const MAX: u64>(
    walk: &Walk,
    field: NumberField,
    slot: &Slot<U>,
) -> Option<Whole<MIN, MAX>> {
    Whole::new(u64::try_from(number(walk, field, slot)?).ok()?)
}

/// The number with its unit, if it counts and the entry is understood.
pub(super) fn given<U: Typable>(walk: &Walk, field: NumberField, slot: &Slot<U>) -> Option<Given<U>> {
    let field = FieldId::Number(field);
    slot.given().map(|(value, unit)| Given { value, unit }).filter(|_| walk.holds(field) && walk.counts(field))
}

/// The day, if it is said and understood.
pub(super) fn date(walk: &Walk, field: DateField) -> Option<Date> {
    walk.date(field).value().filter(|_| is_said(walk, FieldId::Date(field)))
}

fn liver<U: Typable>(walk: &Walk, field: NumberField, value: &Slot<U>, uln: &Slot<U>) -> Option<LiverTest<U>> {
    // A value that is said takes its limit along.
    let (value, unit) = value.given().filter(|_| walk.counts(FieldId::Number(field)))?;
    // The two fields share one unit; if ever they did not, the limit would not count.
    let uln = uln.given().filter(|(_, its)| *its == unit).and_then(|(uln, _)| Positive::new(uln));
    Some(LiverTest { value, uln, unit })
}
