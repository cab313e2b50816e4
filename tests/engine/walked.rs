//! Whoever types a case into the walk gets the engine's answer to that case. Every case that an engine test assesses is typed
//! in as well, value by value, as long as the page has a box for all of it.

use inotuzumab::engine::assess;
use inotuzumab::engine::assessment::Assessment;
use inotuzumab::engine::calendar::{Date, Moment};
use inotuzumab::engine::case::{Case, Day, Sex};
use inotuzumab::walk::{CycleAt, Plan, ToxicityAt, Walk, file};
use serde_json::json;

use crate::support::{Visit, begun, day_8, first_dose, second_cycle};

/// The whole case, typed in.
pub fn typed(case: &Case) -> Walk {
    file::walk(case, Some(case.date)).unwrap_or_else(|lost| panic!("{lost}"))
}

/// The case without what the page does not ask at this visit, though the engine would read it. `None` where the page has no
/// box at all.
fn as_asked(case: &Case) -> Option<Case> {
    let mut case = case.clone();
    let (cycle, day) = (case.visit.cycle?.get(), case.visit.day?);
    let first = cycle == 1 && day == Day::D1;
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

/// A course file for whoever wants to see a course without typing one.
#[test]
fn the_course_file_beside_the_cases_is_up_to_date() {
    let case = Case::from_json(&crate::support::course(3, 8).0.to_string()).expect("a case");
    assert!(answers_the_same(&case));
    crate::rulebook::up_to_date("tests/cases/course-cycle-3-day-8.json", &file::write(&case));
}

/// The worked example EX01, as it is loaded where nothing can be typed quickly.
#[test]
fn the_course_file_of_ex01_is_up_to_date() {
    let case = Case::from_json(include_str!("../fingerprints/ex01-as-typed.case.json")).expect("a case");
    assert!(answers_the_same(&case));
    crate::rulebook::up_to_date("tests/cases/course-ex01.json", &file::write(&case));
}

/// The cases whose sheets are printed: an adult, a toddler whose syringe is too large, and a heavy adult with as many cautions
/// and as long a course as there may be.
#[test]
fn the_course_files_of_the_printed_sheets_are_up_to_date() {
    let toddler = first_dose().eu().set("patient.height.value", 76).set("patient.weight.value", 9.8);
    let toddler = toddler
        .set("patient.birth_date", "2025-08-01")
        .set("preparation", json!({"container": "syringe", "total_volume_ml": 20}));
    let reaction = json!([{"kind": "infusion_reaction", "grade": 2, "baseline_grade": 0, "resolved": true}]);
    let heavy = crate::support::course(4, 1).set("patient.height.value", 165).set("patient.weight.value", 130);
    let heavy = heavy
        .set("patient.birth_date", "1950-02-28")
        .set("patient.sex", "female")
        .set("patient.reproductive_potential", false)
        .set("history.qt_risk", true)
        .set("baseline.qtcf.value", 450)
        .set("visit.qtcf.value", 490)
        .set("visit.toxicities", reaction)
        .set("preparation", json!({"container": "bag", "total_volume_ml": 100, "measure_to_ml": 0.1}));
    for (name, visit) in [("adult", first_dose()), ("toddler", toddler), ("heavy", heavy)] {
        let case = Case::from_json(&visit.0.to_string()).expect("a case");
        assert!(answers_the_same(&case), "{name}");
        crate::rulebook::up_to_date(&format!("tests/cases/sheet-{name}.json"), &file::write(&case));
    }
}

#[test]
fn an_offset_is_read_in_minutes_east_of_utc() {
    for (text, minutes) in
        [("", None), ("Z", Some(0)), ("+00:00", Some(0)), ("+05:45", Some(345)), ("-03:30", Some(-210))]
    {
        let moment = Moment::read(&format!("2026-11-23T10:00{text}")).expect(text);
        assert_eq!(moment.offset(), minutes, "{text}");
    }
}
