//! What this visit's decision needs and the case does not say.

use std::fmt::Display;

use super::case::{Case, Container, Cycle, Day, Hsct, LiverTest, Marker, Profile, Sex, ToxicityKind};
use super::facts::{Facts, given_on};

/// Paths of the absent values, in the contract's order.
pub(crate) fn missing(facts: &Facts) -> Vec<String> {
    let mut list = List::default();
    always(facts.case, &mut list);
    profile_and_sex(facts.case, &mut list);
    first_dose(facts, &mut list);
    later_cycles(facts, &mut list);
    own_day_1(facts, &mut list);
    reported(facts.case, &mut list);
    list.0
}

#[derive(Default)]
struct List(Vec<String>);

impl List {
    /// The path is written out only when something is absent there.
    fn need(&mut self, there: bool, path: impl Display) {
        if !there {
            self.0.push(path.to_string());
        }
    }
}

fn always(case: &Case, list: &mut List) {
    let (patient, disease, history, visit) = (&case.patient, &case.disease, &case.history, &case.visit);
    list.need(patient.birth_date.is_some() || patient.age_years.is_some(), "patient.birth_date");
    list.need(patient.sex.is_some(), "patient.sex");
    list.need(patient.height.is_some(), "patient.height");
    list.need(patient.weight.is_some(), "patient.weight");
    list.need(disease.diagnosis.is_some(), "disease.diagnosis");
    list.need(disease.status.is_some(), "disease.status");
    list.need(disease.cd22.is_some() || disease.cd22_percent.is_some(), "disease.cd22");
    list.need(history.hypersensitivity.is_some(), "history.hypersensitivity");
    list.need(history.vod.is_some(), "history.vod");
    list.need(history.serious_liver_disease.is_some(), "history.serious_liver_disease");
    list.need(visit.cycle.is_some(), "visit.cycle");
    list.need(visit.day.is_some(), "visit.day");
    list.need(visit.anc.is_some(), "visit.anc");
    list.need(visit.platelets.is_some(), "visit.platelets");
    liver("visit.bilirubin", visit.bilirubin.as_ref(), list);
    liver("visit.ast", visit.ast.as_ref(), list);
    liver("visit.alt", visit.alt.as_ref(), list);
    let Some(premedication) = &visit.premedication else {
        return list.need(false, "visit.premedication");
    };
    list.need(premedication.corticosteroid.is_some(), "visit.premedication.corticosteroid");
    list.need(premedication.antipyretic.is_some(), "visit.premedication.antipyretic");
    list.need(premedication.antihistamine.is_some(), "visit.premedication.antihistamine");
}

fn liver<U>(path: &str, test: Option<&LiverTest<U>>, list: &mut List) {
    match test {
        None => list.need(false, path),
        Some(test) => list.need(test.uln.is_some(), format_args!("{path}.uln")),
    }
}

fn profile_and_sex(case: &Case, list: &mut List) {
    let (patient, disease) = (&case.patient, &case.disease);
    if case.profile == Profile::Eu {
        list.need(disease.philadelphia.is_some(), "disease.philadelphia");
        if disease.philadelphia == Some(Marker::Positive) {
            list.need(disease.tki_failed.is_some(), "disease.tki_failed");
        }
    }
    if patient.sex == Some(Sex::Female) {
        list.need(patient.reproductive_potential.is_some(), "patient.reproductive_potential");
        if patient.reproductive_potential == Some(true) {
            list.need(patient.pregnancy.is_some(), "patient.pregnancy");
        }
    }
}

fn first_dose(facts: &Facts, list: &mut List) {
    let visit = &facts.case.visit;
    if !facts.first_dose() {
        return;
    }
    if visit.blasts.is_none() {
        list.need(visit.wbc.is_some(), "visit.wbc");
        list.need(visit.blast_percent.is_some(), "visit.blast_percent");
    }
    list.need(visit.qtcf.is_some(), "visit.qtcf");
    list.need(visit.electrolytes_checked.is_some(), "visit.electrolytes_checked");
}

fn later_cycles(facts: &Facts, list: &mut List) {
    let Some(cycle) = facts.cycle.filter(|cycle| *cycle >= 2) else {
        return;
    };
    match facts.previous {
        None => list.need(false, "cycles"),
        Some(previous) => previous_cycle(previous, cycle, facts.case.hsct, list),
    }
    if facts.later_day_1() {
        list.need(facts.case.baseline.anc.is_some(), "baseline.anc");
        list.need(facts.case.baseline.platelets.is_some(), "baseline.platelets");
    }
    if cycle >= 3 {
        list.need(facts.case.hsct.is_some(), "hsct");
    }
}

fn previous_cycle(previous: &Cycle, cycle: u64, hsct: Option<Hsct>, list: &mut List) {
    let at = format_args!("cycles[{}]", cycle - 2);
    list.need(given_on(previous, Day::D1).is_some(), format_args!("{at}.doses"));
    match &previous.assessment {
        None => list.need(previous.response.is_some(), format_args!("{at}.response")),
        Some(data) => {
            list.need(data.marrow_blasts_percent.is_some(), format_args!("{at}.assessment.marrow_blasts_percent"));
            list.need(data.circulating_blasts.is_some(), format_args!("{at}.assessment.circulating_blasts"));
            list.need(data.extramedullary_disease.is_some(), format_args!("{at}.assessment.extramedullary_disease"));
            list.need(data.anc.is_some(), format_args!("{at}.assessment.anc"));
            list.need(data.platelets.is_some(), format_args!("{at}.assessment.platelets"));
        }
    }
    list.need(previous.reduction.is_some(), format_args!("{at}.reduction"));
    list.need(previous.interruption_days.is_some(), format_args!("{at}.interruption_days"));
    if cycle >= 3 && hsct == Some(Hsct::Planned) {
        list.need(previous.mrd.is_some() || previous.mrd_fraction.is_some(), format_args!("{at}.mrd"));
    }
}

/// Day 8 and 15 are counted from the day-1 dose of their own cycle.
fn own_day_1(facts: &Facts, list: &mut List) {
    let (true, Some(cycle)) = (facts.inside_cycle(), facts.cycle) else {
        return;
    };
    let no_cycles_at_all = cycle >= 2 && facts.case.cycles.is_empty();
    if !no_cycles_at_all {
        let given = facts.own.and_then(|own| given_on(own, Day::D1));
        list.need(given.is_some(), format_args!("cycles[{}].doses", cycle - 1));
    }
}

/// What a reported toxicity, interruption or syringe leaves open.
fn reported(case: &Case, list: &mut List) {
    for (index, toxicity) in case.visit.toxicities.iter().enumerate() {
        let graded = matches!(toxicity.kind, ToxicityKind::InfusionReaction | ToxicityKind::Other);
        list.need(!graded || toxicity.grade.is_some(), format_args!("visit.toxicities[{index}].grade"));
    }
    if let Some(interruption) = &case.visit.interruption {
        list.need(interruption.held_from.is_some(), "visit.interruption.held_from");
        list.need(interruption.fit_on.is_some(), "visit.interruption.fit_on");
    }
    if let Some(preparation) = &case.preparation {
        let syringe = preparation.container == Some(Container::Syringe);
        list.need(!syringe || preparation.total_volume_ml.is_some(), "preparation.total_volume_ml");
    }
}
