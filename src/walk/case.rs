//! From what was said to the engine's case. Nothing is guessed: what is unanswered, asked or refused stays absent.

use rust_decimal::Decimal;

use super::field::{ChoiceField, DateField, FieldId, NumberField, Slot, TimeField};
use super::quantity::Typable;
use super::state::Walk;
use crate::engine::case::{
    BsaFormula, Case, Container, Day, Diagnosis, DiseaseStatus, Hsct, LiverTest, Marker, Pregnancy, Premedication,
    Preparation, Profile, Sex, VodHistory,
};
use crate::engine::units::Given;
use crate::engine::{Percent, Positive, Whole};

/// The case as far as it is known. `None` while the date of the visit is not known.
#[must_use]
pub fn to_case(walk: &Walk) -> Option<Case> {
    let mut case = Case::new(Profile::Us, walk.visit_date()?);
    patient(walk, &mut case);
    disease(walk, &mut case);
    history(walk, &mut case);
    visit(walk, &mut case);
    case.hsct = chosen(walk, ChoiceField::Hsct).and_then(Hsct::from_word);
    case.baseline.qtcf = given(&walk.numbers.baseline_qtcf);
    case.preparation = Some(preparation(walk));
    Some(case)
}

fn patient(walk: &Walk, case: &mut Case) {
    let patient = &mut case.patient;
    patient.birth_date = walk.date(DateField::Birth).value().filter(|_| walk.applies(FieldId::Date(DateField::Birth)));
    patient.age_years =
        number(walk, NumberField::Age, &walk.numbers.age).and_then(|years| Whole::new(u64::try_from(years).ok()?));
    patient.sex = chosen(walk, ChoiceField::Sex).and_then(Sex::from_word);
    patient.height = given(&walk.numbers.height);
    patient.weight = given(&walk.numbers.weight);
    patient.bsa_formula = chosen(walk, ChoiceField::Formula).and_then(BsaFormula::from_word);
    patient.reproductive_potential = yes(walk, ChoiceField::Reproductive);
    patient.pregnancy = chosen(walk, ChoiceField::Pregnancy).and_then(Pregnancy::from_word);
    patient.breastfeeding = yes(walk, ChoiceField::Breastfeeding);
}

fn disease(walk: &Walk, case: &mut Case) {
    let disease = &mut case.disease;
    disease.diagnosis = chosen(walk, ChoiceField::Diagnosis).and_then(Diagnosis::from_word);
    disease.status = chosen(walk, ChoiceField::Status).and_then(DiseaseStatus::from_word);
    disease.cd22 = chosen(walk, ChoiceField::Cd22).and_then(Marker::from_word);
    disease.philadelphia = chosen(walk, ChoiceField::Philadelphia).and_then(Marker::from_word);
    disease.tki_failed = number(walk, NumberField::TkiFailed, &walk.numbers.tki_failed)
        .and_then(|count| Whole::new(u64::try_from(count).ok()?));
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
    let (visit, numbers) = (&mut case.visit, &walk.numbers);
    if walk.chose(ChoiceField::Visit, "first") {
        visit.cycle = Whole::new(1);
        visit.day = Some(Day::D1);
    }
    let by_share = walk.chose(ChoiceField::BlastsBy, "share");
    if by_share {
        visit.wbc = given(&numbers.wbc);
        visit.blast_percent = number(walk, NumberField::BlastPercent, &numbers.blast_percent).and_then(Percent::new);
    } else {
        visit.blasts = given(&numbers.blasts);
    }
    visit.anc = given(&numbers.anc);
    visit.platelets = given(&numbers.platelets);
    visit.bilirubin = liver(&numbers.bilirubin, &numbers.bilirubin_uln);
    visit.ast = liver(&numbers.ast, &numbers.ast_uln);
    visit.alt = liver(&numbers.alt, &numbers.alt_uln);
    visit.qtcf = given(&numbers.qtcf);
    visit.electrolytes_checked = yes(walk, ChoiceField::Electrolytes);
    let premedication = Premedication {
        corticosteroid: yes(walk, ChoiceField::Corticosteroid),
        antipyretic: yes(walk, ChoiceField::Antipyretic),
        antihistamine: yes(walk, ChoiceField::Antihistamine),
    };
    visit.premedication = (premedication != Premedication::default()).then_some(premedication);
}

fn preparation(walk: &Walk) -> Preparation {
    let container = chosen(walk, ChoiceField::Container).and_then(Container::from_word);
    // An entry that is not understood is not an empty one: the engine must not put a bag's usual volume in its place, and a
    // syringe is the container that has none.
    let unread = walk.problem(FieldId::Number(NumberField::TotalVolume)).is_some();
    Preparation {
        container: if unread { Some(Container::Syringe) } else { container },
        total_volume_ml: number(walk, NumberField::TotalVolume, &walk.numbers.total_volume).and_then(Positive::new),
        reconstituted_at: walk.moment(TimeField::Reconstituted),
        diluted_at: walk.moment(TimeField::Diluted),
        infusion_start: walk.moment(TimeField::Started),
        infusion_end: walk.moment(TimeField::Ended),
    }
}

/// The answer to a choice, if the question applies.
fn chosen(walk: &Walk, field: ChoiceField) -> Option<&'static str> {
    walk.choice(field).filter(|_| walk.applies(FieldId::Choice(field)))
}

fn yes(walk: &Walk, field: ChoiceField) -> Option<bool> {
    chosen(walk, field).map(|code| code == "yes")
}

/// The bare number of a field, if the question applies and the entry is understood.
fn number<U: Typable>(walk: &Walk, field: NumberField, slot: &Slot<U>) -> Option<Decimal> {
    slot.given().map(|(value, _)| value).filter(|_| walk.applies(FieldId::Number(field)))
}

fn given<U: Typable>(slot: &Slot<U>) -> Option<Given<U>> {
    slot.given().map(|(value, unit)| Given { value, unit })
}

fn liver<U: Typable>(value: &Slot<U>, uln: &Slot<U>) -> Option<LiverTest<U>> {
    let (value, unit) = value.given()?;
    // The two fields share one unit; if ever they did not, the limit would not count.
    let uln = uln.given().filter(|(_, its)| *its == unit).and_then(|(uln, _)| Positive::new(uln));
    Some(LiverTest { value, uln, unit })
}
