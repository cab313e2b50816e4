//! What is said to whom: the dates of this patient, nothing that concerns another, each line with its rule and source.

use inotuzumab::engine::monitoring::{CALENDAR, LIVER_TESTS_AFTER_DAYS};
use inotuzumab::engine::rule::Confidence;
use inotuzumab::walk::Plan;
use inotuzumab::walk::counsel::{Point, counsel, counted_from};
use inotuzumab::walk::{recap, timeline};
use serde_json::json;

use crate::coverage;
use crate::support::{Visit, day_8, first_dose, second_cycle};

fn points(visit: &Visit) -> Vec<Point> {
    counsel(&visit.plan()).into_iter().flat_map(|matter| matter.points).collect()
}

fn rules(visit: &Visit) -> Vec<&'static str> {
    points(visit).iter().map(|point| point.rule).collect()
}

fn until(visit: &Visit, rule: &str) -> Option<String> {
    points(visit).into_iter().find(|point| point.rule == rule)?.until
}

/// Whom what concerns.
const FOR_HER: [&str; 4] = ["CONTRAC-01", "PREG-01", "PREG-02", "LACT-01"];

#[test]
fn a_man_hears_what_concerns_him() {
    let man = first_dose();
    assert_eq!(
        rules(&man),
        ["CONTRAC-02", "FERT-01", "VOD-02", "VOD-03", "VOD-08", "MON-05", "MON-06", "QT-03", "QT-03", "VAC-01"]
    );
    assert_eq!(until(&man, "CONTRAC-02").as_deref(), Some("Friday 23 April 2027"));
    assert_eq!(until(&man, "VOD-03").as_deref(), Some("Monday 18 January 2027"));
    let says = points(&man).into_iter().find(|point| point.rule == "CONTRAC-02").map(|point| point.says);
    let says = says.expect("it is said to him");
    assert!(says.contains("uses effective contraception until 5\u{a0}months"), "it stands alone: {says}");
    let sterile = rules(&man.set("patient.reproductive_potential", false));
    assert!(!sterile.contains(&"CONTRAC-02") && sterile.contains(&"FERT-01"));
}

#[test]
fn a_woman_hears_what_concerns_her() {
    let woman = first_dose().woman();
    let said = rules(&woman);
    assert!(FOR_HER.iter().all(|rule| said.contains(rule)) && !said.contains(&"CONTRAC-02"), "{said:?}");
    assert_eq!(until(&woman, "CONTRAC-01").as_deref(), Some("Friday 23 July 2027"));
    assert_eq!(until(&woman, "LACT-01").as_deref(), Some("Saturday 23 January 2027"));
    let said = rules(&woman.clone().set("patient.reproductive_potential", false).without("patient.pregnancy"));
    assert_eq!(FOR_HER.map(|rule| said.contains(&rule)), [false, false, false, true]);
    let test = |visit: &Visit| points(visit).into_iter().find(|point| point.rule == "PREG-01").map(|point| point.says);
    assert_eq!(test(&woman).as_deref(), Some("Pregnancy test: the result is there before the first dose."));
    assert_eq!(test(&second_cycle("cr").woman()).as_deref(), Some("Pregnancy test: repeated before each cycle."));
    assert_eq!(test(&day_8().woman()).as_deref(), Some("Pregnancy test: repeated before each cycle."));
}

/// What is not known leaves nothing out.
#[test]
fn without_the_sex_both_are_said() {
    let said = rules(&first_dose().without("patient.sex"));
    assert!(FOR_HER.iter().chain(&["CONTRAC-02"]).all(|rule| said.contains(rule)), "{said:?}");
}

#[test]
fn the_dates_say_from_which_dose_they_count_and_that_the_next_starts_them_again() {
    let from = |visit: &Visit| counted_from(&visit.plan());
    assert_eq!(
        from(&first_dose()),
        "Counted from today’s dose, Monday 23 November 2026. Contraception and no breastfeeding hold through the day before their date, the watch for VOD through the day itself. All count anew with each dose."
    );
    let held = day_8().set("visit.bilirubin.value", 5);
    assert!(from(&held).starts_with("Counted from the latest dose given, Monday 23 November 2026."));
    assert_eq!(until(&held, "CONTRAC-02").as_deref(), Some("Friday 23 April 2027"));
    let open = first_dose().without("visit.bilirubin");
    assert!(from(&open).starts_with("The dates count from a dose that is given."));
    assert_eq!(until(&open, "CONTRAC-02"), None);
}

#[test]
fn what_belongs_to_a_transplant_or_to_one_label_is_said_there() {
    let transplant = |plan: &str| rules(&first_dose().set("hsct", plan)).contains(&"VODR-01");
    assert_eq!(["planned", "undecided", "not_planned"].map(transplant), [true, true, false]);
    let eu = points(&first_dose().eu());
    let vaccine = eu.iter().find(|point| point.rule == "VAC-02").expect("the EU line");
    assert_eq!(vaccine.confidence, Confidence::M, "the page writes “confirm against your label” beside it");
    assert!(!rules(&first_dose()).contains(&"VAC-02"));
}

#[test]
fn every_line_has_words_and_a_source_of_the_label_in_use() {
    for (name, visit) in coverage::cases() {
        for (profile, visit, other) in [("us", visit.clone(), "EU SmPC"), ("eu", visit.eu(), "US PI")] {
            for Point { says, rule, source, .. } in points(&visit) {
                assert!(
                    says.ends_with('.') && source.starts_with(&format!("{rule}, ")),
                    "{name} {profile}: {says} {source}"
                );
                let alone = !source.contains("US PI") || !source.contains("EU SmPC");
                assert!(alone, "{name} {profile}: {rule} cites {other} as well: {source}");
            }
        }
    }
}

/// One answer to whom a date concerns, wherever it is shown.
#[test]
fn the_sheet_the_picture_and_the_counselling_name_the_same_dates() {
    let shown = |plan: &Plan| {
        let sheet = recap::numbers(plan).into_iter().filter(|number| number.path.starts_with("counselling."));
        let picture = timeline::of(plan).and_then(|scene| scene.after).map_or(0, |after| after.spans.len());
        let said = counsel(plan).into_iter().flat_map(|matter| matter.points).filter(|point| point.until.is_some());
        (sheet.count(), picture, said.count())
    };
    let woman = first_dose().woman();
    let barren = woman.clone().set("patient.reproductive_potential", false).without("patient.pregnancy");
    let cases = [first_dose(), first_dose().set("patient.reproductive_potential", false), woman, barren];
    assert_eq!(cases.map(|visit| shown(&visit.plan())), [(2, 2, 2), (1, 1, 1), (3, 3, 3), (2, 2, 2)]);
    assert_eq!(shown(&first_dose().without("patient.sex").set("cycles", json!([])).plan()), (0, 0, 0));
}

#[test]
fn the_days_of_the_second_blood_test_are_its_hours() {
    let watch = CALENDAR.iter().find(|watch| watch.grounds.id == "MON-02").expect("MON-02");
    let (first, last) = LIVER_TESTS_AFTER_DAYS;
    assert!(watch.when.contains(&format!("{} to {} h after", first * 24, last * 24)), "{}", watch.when);
}
