//! Whoever types a case into the walk gets the engine's answer to that case. Every case that an engine test assesses is typed
//! in as well, value by value, as long as the page has a box for all of it.

use inotuzumab::engine::assess;
use inotuzumab::engine::assessment::Assessment;
use inotuzumab::engine::calendar::{Date, Moment};
use inotuzumab::engine::case::{Case, Cycle, CycleLength, Day, LiverTest, Sex, Toxicity};
use inotuzumab::engine::units::{Given, Unit};
use inotuzumab::walk::number::Entry;
use inotuzumab::walk::{
    Action, ChoiceField as C, CycleAt, DateField as D, NumberField as N, Plan, TimeField as T, ToxicityAt, Walk,
    reduce, slips,
};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::support::{Visit, begun, day_8, first_dose, second_cycle};

/// A hand that types.
struct Hand(Walk);

impl Hand {
    fn act(&mut self, action: Action) {
        self.0 = reduce(self.0.clone(), action);
    }

    fn number(&mut self, field: N, value: Option<Decimal>, unit: Option<&'static str>) {
        let Some(value) = value else { return };
        self.act(Action::Type(field, value.to_string()));
        if let Some(unit) = unit {
            self.act(Action::Unit(field, unit));
        }
        if matches!(self.0.number(field), Entry::Question(_)) {
            self.act(Action::Pick(field, value));
        }
    }

    fn quantity<U: Unit>(&mut self, field: N, given: Option<Given<U>>) {
        self.number(field, given.map(|given| given.value), given.map(|given| given.unit.ucum()));
    }

    fn liver<U: Unit>(&mut self, field: N, uln: N, test: Option<&LiverTest<U>>) {
        let unit = test.map(|test| test.unit.ucum());
        self.number(field, test.map(|test| test.value), unit);
        self.number(uln, test.and_then(|test| test.uln).map(|uln| uln.decimal()), unit);
    }

    /// Chooses the answer with the contract's word.
    fn word<W: serde::Serialize>(&mut self, field: C, word: Option<W>) {
        let word = serde_json::to_value(word).expect("a word");
        let code = match &word {
            Value::Null => return,
            Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Value::String(word) => word.clone(),
            other => other.to_string(),
        };
        let answer = field.answers().iter().find(|answer| answer.code == code);
        self.act(Action::Choose(field, answer.unwrap_or_else(|| panic!("{field:?} has no {code}")).code));
    }

    fn form(&mut self, field: C, code: &'static str) {
        self.act(Action::Choose(field, code));
    }

    fn date(&mut self, field: D, date: Option<Date>) {
        if let Some(date) = date {
            self.act(Action::TypeDate(field, date.to_string()));
        }
    }

    fn time(&mut self, field: T, moment: Option<Moment>, visit: Date) {
        if let Some(moment) = moment {
            let text = moment.to_string();
            let (_, clock) = text.split_once('T').expect("a time");
            self.act(Action::TypeTime(field, clock.to_owned()));
            self.act(Action::NextDay(field, moment.date() != visit));
        }
    }

    fn patient(&mut self, case: &Case) {
        let (patient, disease, history) = (&case.patient, &case.disease, &case.history);
        if let Some(years) = patient.age_years {
            self.form(C::AgeBy, "years");
            self.number(N::Age, Some(years.get().into()), None);
        }
        self.date(D::Birth, patient.birth_date);
        self.word(C::Sex, patient.sex);
        self.quantity(N::Height, patient.height);
        self.quantity(N::Weight, patient.weight);
        self.word(C::Formula, patient.bsa_formula);
        self.word(C::Reproductive, patient.reproductive_potential);
        self.word(C::Pregnancy, patient.pregnancy);
        self.word(C::Breastfeeding, patient.breastfeeding);
        self.word(C::Diagnosis, disease.diagnosis);
        self.word(C::Status, disease.status);
        if let Some(percent) = disease.cd22_percent {
            self.form(C::Cd22By, "percent");
            self.number(N::Cd22Percent, Some(percent.decimal()), None);
        }
        self.word(C::Cd22, disease.cd22);
        self.word(C::Philadelphia, disease.philadelphia);
        self.number(N::TkiFailed, disease.tki_failed.map(|count| count.get().into()), None);
        self.word(C::Hypersensitivity, history.hypersensitivity);
        self.word(C::Vod, history.vod);
        self.word(C::SeriousLiver, history.serious_liver_disease);
        self.word(C::Gilbert, history.gilbert_or_hemolysis);
        self.word(C::QtRisk, history.qt_risk);
        self.word(C::Hsct, case.hsct);
    }

    fn cycle(&mut self, at: CycleAt, cycle: &Cycle) {
        for dose in &cycle.doses {
            self.date(D::dose(at, dose.day), Some(dose.date));
        }
        if at.index() == 0 && cycle.length_days == Some(CycleLength::Days28) {
            self.form(C::FirstLength, "28");
        }
        self.quantity(N::AncDay1(at), cycle.anc_day1);
        self.quantity(N::PlateletsDay1(at), cycle.platelets_day1);
        self.word(C::Reduction(at), cycle.reduction);
        self.number(N::InterruptionDays(at), cycle.interruption_days.map(|days| days.get().into()), None);
        self.word(C::Response(at), cycle.response);
        if let Some(data) = &cycle.assessment {
            self.form(C::ResponseBy(at), "data");
            self.number(N::MarrowBlasts(at), data.marrow_blasts_percent.map(|percent| percent.decimal()), None);
            self.word(C::Circulating(at), data.circulating_blasts);
            self.word(C::Extramedullary(at), data.extramedullary_disease);
            self.quantity(N::ResponseAnc(at), data.anc);
            self.quantity(N::ResponsePlatelets(at), data.platelets);
        }
        self.word(C::Mrd(at), cycle.mrd);
        if let Some(share) = cycle.mrd_fraction {
            self.form(C::MrdBy(at), "fraction");
            self.number(N::MrdFraction(at), Some(share.decimal()), None);
        }
    }

    fn visit(&mut self, case: &Case) {
        let visit = &case.visit;
        self.quantity(N::Wbc, visit.wbc);
        self.number(N::BlastPercent, visit.blast_percent.map(|percent| percent.decimal()), None);
        if visit.blasts.is_some() {
            self.form(C::BlastsBy, "count");
            self.quantity(N::Blasts, visit.blasts);
        }
        self.quantity(N::Anc, visit.anc);
        self.quantity(N::Platelets, visit.platelets);
        self.word(C::PlateletsTransfused, visit.platelets_transfused);
        self.liver(N::Bilirubin, N::BilirubinUln, visit.bilirubin.as_ref());
        self.liver(N::Ast, N::AstUln, visit.ast.as_ref());
        self.liver(N::Alt, N::AltUln, visit.alt.as_ref());
        self.quantity(N::Qtcf, visit.qtcf);
        self.word(C::Electrolytes, visit.electrolytes_checked);
        self.date(D::CountsLowSince, visit.counts_low_since);
        self.word(C::CountsCause, visit.counts_cause);
        self.word(C::DiseaseStable, visit.disease_stable_or_improved);
        self.word(C::NotRecovering, visit.hepatic_limits_not_recovering);
        if let Some(given) = &visit.premedication {
            self.word(C::Corticosteroid, given.corticosteroid);
            self.word(C::Antipyretic, given.antipyretic);
            self.word(C::Antihistamine, given.antihistamine);
        }
        for (at, toxicity) in ToxicityAt::all().zip(&visit.toxicities) {
            self.act(Action::AddToxicity);
            self.toxicity(at, toxicity);
        }
        if let Some(held) = &visit.interruption {
            self.form(C::Held, "yes");
            self.date(D::HeldFrom, held.held_from);
            self.date(D::FitOn, held.fit_on);
        }
        self.quantity(N::BaselineAnc, case.baseline.anc);
        self.quantity(N::BaselinePlatelets, case.baseline.platelets);
        self.quantity(N::BaselineQtcf, case.baseline.qtcf);
    }

    fn toxicity(&mut self, at: ToxicityAt, toxicity: &Toxicity) {
        self.word(C::ToxicityKind(at), Some(toxicity.kind));
        self.word(C::ToxicityGrade(at), toxicity.grade.map(|grade| grade.get()));
        self.word(C::BaselineGrade(at), toxicity.baseline_grade.map(|grade| grade.get()));
        self.word(C::ToxicityResolved(at), toxicity.resolved);
    }

    fn preparation(&mut self, case: &Case) {
        let Some(given) = &case.preparation else { return };
        self.word(C::Container, given.container);
        self.number(N::TotalVolume, given.total_volume_ml.map(|volume| volume.decimal()), None);
        self.time(T::Reconstituted, given.reconstituted_at, case.date);
        self.time(T::Diluted, given.diluted_at, case.date);
        self.time(T::Started, given.infusion_start, case.date);
        self.time(T::Ended, given.infusion_end, case.date);
    }
}

/// The whole case, typed in.
pub fn typed(case: &Case) -> Walk {
    let mut hand = Hand(Walk::new(Some(case.date)));
    // A year far from ours is asked about, and this is the answer.
    hand.act(Action::PickDate(D::Visit, case.date));
    hand.word(C::Label, Some(case.profile));
    hand.word(C::Cycle, case.visit.cycle);
    hand.word(C::Day, case.visit.day);
    hand.patient(case);
    for (at, cycle) in CycleAt::all().zip(&case.cycles) {
        hand.cycle(at, cycle);
    }
    hand.visit(case);
    hand.preparation(case);
    // A body that few have is asked about, and it is right.
    while let Some(asked) = slips::asked(&hand.0) {
        hand.act(Action::Confirm(asked.text));
    }
    hand.0
}

/// The case without what the page does not ask at this visit, though the engine would read it. `None` where the page has no
/// box at all.
fn as_asked(case: &Case) -> Option<Case> {
    let mut case = case.clone();
    let (cycle, day) = (case.visit.cycle?.get(), case.visit.day?);
    let (first, later_day_1) = (cycle == 1 && day == Day::D1, cycle > 1 && day == Day::D1);
    let date = case.date;
    let no_box = |moment: &Moment| moment.has_offset() || !(0..=1).contains(&moment.date().days_since(date));
    let times = case.preparation.as_ref();
    let times = times.map(|given| [given.reconstituted_at, given.diluted_at, given.infusion_start, given.infusion_end]);
    if times.into_iter().flatten().flatten().any(|moment| no_box(&moment))
        || cycle > CycleAt::COUNT as u64
        || case.visit.toxicities.len() > ToxicityAt::COUNT
    {
        return None;
    }
    if case.patient.sex != Some(Sex::Female) {
        (case.patient.pregnancy, case.patient.breastfeeding) = (None, None);
    }
    let visit = &mut case.visit;
    if !first {
        (visit.wbc, visit.blasts, visit.blast_percent) = (None, None, None);
    }
    if visit.blasts.is_some() {
        visit.wbc = None;
    }
    if first {
        visit.toxicities.clear();
        visit.hepatic_limits_not_recovering = None;
    }
    if !later_day_1 {
        (case.baseline.anc, case.baseline.platelets) = (None, None);
    }
    if day == Day::D1 {
        // A cycle is recorded once its first dose was given.
        case.cycles.retain(|record| record.number.get() < cycle);
    }
    Some(case)
}

/// The walk comes to the same answer as the case. Gives whether the page has a box for it.
pub fn answers_the_same(case: &Case) -> bool {
    let Some(asked) = as_asked(case) else { return false };
    let direct = assess(&asked).expect("what is left out contradicts nothing");
    let plan = Plan::of(&typed(&asked));
    let walked = plan.assessment().unwrap_or_else(|| panic!("refused: {:?}", plan.outcome));
    let json = |answer: &Assessment| serde_json::to_value(answer).expect("an assessment is JSON");
    let (direct, walked) = (json(&direct), json(walked));
    for member in ["decision", "missing", "findings", "dose", "preparation", "schedule"] {
        assert_eq!(walked[member], direct[member], "{member}, typed in, of {}", case.to_json());
    }
    assert_eq!(walked, direct);
    true
}

/// The dossier's examples of later cycles, typed in.
#[test]
fn the_worked_examples_of_later_cycles() {
    let plan = |visit: &Visit| {
        let case = Case::from_json(&visit.0.to_string()).expect("a case");
        assert!(answers_the_same(&case), "no box for {}", visit.0);
        Plan::of(&typed(&case))
    };
    let dose = |visit: &Visit| plan(visit).dose().map(|dose| dose.mg.to_string()).unwrap_or_default();
    let word = |visit: &Visit| plan(visit).verdict().word;

    // EX08: less 25 % of 0.8 and 0.5 at 1.82 m2, then two doses.
    let reduced = second_cycle("none").set("cycles.0.reduction", "minus_25_percent");
    assert_eq!(dose(&reduced), "1.092 mg");
    assert_eq!(dose(&reduced.clone().set("cycles.0.response", "cri")), "0.6825 mg");
    let two = reduced.set("cycles.0.reduction", "two_doses").set("date", "2026-12-28").set("visit.day", 15);
    let own = json!({"number": 2, "doses": [{"day": 1, "date": "2026-12-14"}, {"day": 8, "date": "2026-12-21"}]});
    let cycles = json!([two.0["cycles"][0], own]);
    assert_eq!(word(&two.set("cycles", cycles)), "Leave this dose out");

    // EX09: cycle 3 after no response to cycle 1 and CR after cycle 2.
    let cycles = json!([begun(1, "2026-11-23", "none"), begun(2, "2026-12-14", "cr")]);
    let third = first_dose().set("date", "2027-01-11").set("visit.cycle", 3).set("cycles", cycles);
    assert_eq!((dose(&third), word(&third)), ("0.91 mg".to_owned(), "Give"));
    let schedule = plan(&third).assessment().and_then(|found| found.schedule.clone()).expect("a schedule");
    let planned: Vec<String> = schedule.doses.iter().map(|dose| dose.planned.to_string()).collect();
    assert_eq!(planned, ["2027-01-11", "2027-01-18", "2027-01-25"]);
    assert_eq!(schedule.next_cycle_from.to_string(), "2027-02-08");

    // EX10: day 8 on 2 December moves the window of day 15; day 15 on 9 December moves the next cycle.
    let late = [json!({"day": 1, "date": "2026-11-23"}), json!({"day": 8, "date": "2026-12-02"})];
    let day_15 = day_8().set("date", "2026-12-08").set("visit.day", 15).set("cycles.0.doses", json!(late));
    let schedule = plan(&day_15).assessment().and_then(|found| found.schedule.clone()).expect("a schedule");
    let window = schedule.doses.last().map(|dose| (dose.earliest, dose.latest));
    assert_eq!(window, Some((Date::read("2026-12-08"), Date::read("2026-12-09"))));
    let next = second_cycle("cr").set("cycles.0.doses.2.date", "2026-12-09");
    assert_eq!(word(&next), "Hold", "5 days after the last dose");
    assert_eq!(word(&next.set("date", "2026-12-15")), "Give");

    // EX12: bilirubin exactly at its limit, above it, and with ALT.
    let liver = |bilirubin: f64, alt: u32| {
        second_cycle("cr").set("visit.bilirubin.value", json!(bilirubin)).set("visit.alt.value", alt)
    };
    assert_eq!([word(&liver(1.8, 96)), word(&liver(2.1, 96)), word(&liver(2.1, 104))], ["Give", "Hold", "Hold"]);

    // EX14: counts on day 1 of cycle 2.
    let counts = |anc: f64, platelets: u32| {
        second_cycle("cr").set("visit.anc.value", json!(anc)).set("visit.platelets.value", platelets)
    };
    let words = [counts(0.8, 80), counts(1.0, 50), counts(1.0, 49)].map(|visit| word(&visit));
    assert_eq!(words, ["Hold", "Give", "Hold"]);
    let lasting = counts(0.8, 80).set("visit.counts_cause", "drug").set("visit.counts_low_since", "2027-01-11");
    assert_eq!(word(&lasting.clone().set("date", "2027-02-08")), "Hold");
    assert_eq!(word(&lasting.set("date", "2027-02-09")), "Stop");

    // EX15: day 8 held for 3, 7, 14 and 29 days.
    let held = |fit: &str| {
        let held = json!({"held_from": "2026-11-30", "fit_on": fit});
        word(&day_8().set("date", fit).set("visit.interruption", held))
    };
    assert_eq!(
        ["2026-12-03", "2026-12-07", "2026-12-14", "2026-12-29"].map(held),
        ["Give with caution", "Leave this dose out", "Leave this dose out", "Hold"]
    );
}
