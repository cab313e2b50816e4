//! Cycle 2 and later: response, transplant plan, counts, reductions, what is missing.

use serde_json::json;

use crate::support::{Visit, begun, day_8, first_dose, second_cycle};

/// Day 1 of cycle `number`, every earlier cycle 28 days apart and judged by `responses`.
fn cycle(number: u32, hsct: &str, responses: &[&str]) -> Visit {
    let starts = ["2026-01-05", "2026-02-02", "2026-03-02", "2026-03-30", "2026-04-27", "2026-05-25", "2026-06-22"];
    let at = |number: u32| starts[usize::try_from(number).expect("small") - 1];
    let cycles: Vec<_> =
        (1..number).zip(responses).map(|(number, response)| begun(number, at(number), response)).collect();
    first_dose().set("date", at(number)).set("visit.cycle", number).set("hsct", hsct).set("cycles", json!(cycles))
}

#[test]
fn dose_by_response() {
    for (response, level) in [("cr", "0.5"), ("cri", "0.5"), ("none", "0.8")] {
        let answer = second_cycle(response).assess();
        assert_eq!((answer.decision(), answer.text("dose.mg_per_m2").as_str()), ("give", level), "{response}");
        assert_eq!(answer.text("response.class"), response);
    }
    let unknown = second_cycle("unknown").assess();
    assert_eq!((unknown.decision(), unknown.severity("RESP-04")), ("hold", Some("hold")));
    assert!(unknown.at("dose").is_null(), "a dose needs a response");
}

#[test]
fn response_from_data() {
    for (blasts, platelets, anc, circulating, outside, class) in [
        (json!(4.9), 100, json!(1), false, false, "cr"),
        (json!(4.9), 99, json!(1), false, false, "cri"),
        (json!(4.9), 100, json!(0.99), false, false, "cri"),
        (json!(5), 100, json!(1), false, false, "none"),
        (json!(0), 100, json!(1), true, false, "none"),
        (json!(0), 100, json!(1), false, true, "none"),
    ] {
        let data = json!({
            "marrow_blasts_percent": blasts, "circulating_blasts": circulating, "extramedullary_disease": outside,
            "anc": {"value": anc, "unit": "10*9/L"}, "platelets": {"value": platelets, "unit": "10*9/L"}
        });
        let visit = second_cycle("cr").without("cycles.0.response").set("cycles.0.assessment", data);
        assert_eq!(visit.assess().text("response.class"), class);
        let partial = visit.without("cycles.0.assessment.anc").assess();
        assert_eq!(partial.missing(), ["cycles[0].assessment.anc"]);
        assert!(partial.at("dose").is_null(), "four of five values give no class");
    }
}

#[test]
fn each_criterion_of_a_remission_is_met_or_not() {
    use inotuzumab::engine::facts::criteria;
    let data = json!({"marrow_blasts_percent": json!(4.9), "circulating_blasts": true, "anc": {"value": 1, "unit": "10*9/L"},
        "platelets": {"value": 99_999, "unit": "/uL"}});
    let visit = second_cycle("cr").without("cycles.0.response").set("cycles.0.assessment", data);
    let case = inotuzumab::engine::Case::from_json(&visit.0.to_string()).expect("a case");
    let found = criteria(case.cycles[0].assessment.as_ref().expect("data"));
    assert_eq!(
        found.map(|criterion| (criterion.member, criterion.asks(), criterion.met)),
        [
            ("marrow_blasts_percent", "marrow blasts below 5 %".to_owned(), Some(true)),
            ("circulating_blasts", "no leukemic blasts in the blood".to_owned(), Some(false)),
            ("extramedullary_disease", "no disease outside the marrow".to_owned(), None),
            ("anc", "ANC at least 1 x10^9/L".to_owned(), Some(true)),
            ("platelets", "platelets at least 100 x10^9/L".to_owned(), Some(false)),
        ]
    );
}

#[test]
fn mrd_is_negative_below_one_in_ten_thousand() {
    for (share, word) in [(json!(0.000099), "negative"), (json!(0.0001), "positive"), (json!(0), "negative")] {
        let visit = second_cycle("cr").without("cycles.0.mrd").set("cycles.0.mrd_fraction", share);
        assert_eq!(visit.assess().text("response.mrd"), word);
    }
}

#[test]
fn a_lost_response_has_no_dose() {
    let answer = cycle(3, "not_planned", &["cr", "none"]).assess();
    assert_eq!((answer.decision(), answer.severity("RESP-06")), ("hold", Some("hold")));
    assert!(answer.at("dose").is_null() && answer.at("preparation").is_null());
    assert!(answer.at("schedule.doses.0.mg").is_null() && !answer.at("schedule.doses.0.planned").is_null());
}

#[test]
fn transplant_plan() {
    let third = |response: &str, mrd: &str| cycle(3, "planned", &["cr", response]).set("cycles.1.mrd", mrd);
    let rules = |visit: &Visit| {
        let answer = visit.assess();
        let severity = |rule| answer.severity(rule).map(str::to_owned);
        (severity("HSCT-02"), severity("HSCT-03"))
    };
    let caution = Some("caution".to_owned());
    assert_eq!(rules(&third("cr", "negative")), (None, Some("stop".to_owned())));
    assert_eq!(rules(&third("cri", "positive")), (caution.clone(), None));
    assert_eq!(rules(&third("cr", "unknown")), (caution.clone(), None));
    assert_eq!(rules(&cycle(2, "planned", &["cr"])), (None, None));
    let day_8 = third("cr", "negative").set("visit.day", 8).set("date", "2026-03-09");
    let mut cycles = day_8.0["cycles"].clone();
    cycles.as_array_mut().expect("cycles").push(json!({"number": 3, "doses": [{"day": 1, "date": "2026-03-02"}]}));
    assert_eq!(rules(&day_8.set("cycles", cycles)), (None, caution));
}

#[test]
fn cycles_end() {
    let severity = |visit: Visit, rule: &str| visit.assess().severity(rule).map(str::to_owned);
    assert_eq!(severity(cycle(4, "planned", &["none", "cr", "cr"]), "HSCT-04").as_deref(), Some("stop"));
    assert_eq!(severity(cycle(3, "planned", &["none", "none"]), "HSCT-04"), None);
    assert_eq!(severity(cycle(7, "not_planned", &["cr"; 6]), "HSCT-05").as_deref(), Some("stop"));
    assert_eq!(severity(cycle(6, "not_planned", &["cr"; 5]), "HSCT-05"), None);
    assert_eq!(severity(cycle(4, "not_planned", &["none"; 3]), "HSCT-06").as_deref(), Some("stop"));
    assert_eq!(severity(cycle(4, "not_planned", &["none", "none", "cri"]), "HSCT-06"), None);
    assert_eq!(severity(cycle(4, "not_planned", &["none"; 3]).without("cycles"), "HSCT-06"), None, "no record at all");
    assert_eq!(severity(cycle(3, "undecided", &["cr", "cr"]), "HSCT-07").as_deref(), Some("caution"));
    assert_eq!(severity(cycle(2, "undecided", &["cr"]), "HSCT-07"), None);
}

#[test]
fn counts_on_day_1_after_a_good_baseline() {
    let with = |anc: f64, platelets: u32| {
        second_cycle("cr").set("visit.anc.value", json!(anc)).set("visit.platelets.value", platelets).assess()
    };
    assert_eq!(with(0.8, 80).severity("MODH-01"), Some("hold"));
    assert_eq!(with(1.0, 50).decision(), "give");
    assert_eq!(with(0.99, 50).severity("MODH-01"), Some("hold"));
    assert_eq!(with(1.0, 49).severity("MODH-02"), Some("hold"));
    let transfused = second_cycle("cr").set("visit.platelets_transfused", true).assess();
    assert_eq!(transfused.severity("MODH-09"), Some("hold"));
}

#[test]
fn counts_on_day_1_after_a_low_baseline_have_three_ways_back() {
    let low = |anc: f64, platelets: u32| {
        second_cycle("cr")
            .set("baseline.anc.value", json!(0.6))
            .set("baseline.platelets.value", 20)
            .set("cycles.0.anc_day1", json!({"value": 0.5, "unit": "10*9/L"}))
            .set("cycles.0.platelets_day1", json!({"value": 25, "unit": "10*9/L"}))
            .set("visit.anc.value", json!(anc))
            .set("visit.platelets.value", platelets)
    };
    assert_eq!(low(0.5, 25).assess().severity("MODH-03"), None, "(a)");
    assert_eq!(low(1.0, 50).without("cycles.0.anc_day1").assess().severity("MODH-03"), None, "(b)");
    assert_eq!(low(0.49, 25).assess().severity("MODH-03"), Some("hold"));
    assert_eq!(low(0.5, 24).assess().severity("MODH-03"), Some("hold"));
    let disease = low(0.1, 5).set("visit.counts_cause", "disease").set("visit.disease_stable_or_improved", true);
    assert_eq!(disease.assess().severity("MODH-03"), None, "(c)");
    assert_eq!(disease.set("visit.counts_cause", "drug").assess().severity("MODH-03"), Some("hold"));
}

#[test]
fn low_counts_for_more_than_28_days_end_treatment_in_the_us() {
    let held = |date: &str| {
        second_cycle("cr")
            .set("date", date)
            .set("visit.anc.value", json!(0.8))
            .set("visit.counts_cause", "drug")
            .set("visit.counts_low_since", "2027-01-11")
    };
    assert_eq!(held("2027-02-08").assess().severity("MODH-04"), None, "28 days");
    assert_eq!(held("2027-02-09").assess().severity("MODH-04"), Some("stop"), "29 days");
    assert_eq!(held("2027-02-09").eu().assess().severity("MODH-04"), Some("caution"));
    assert_eq!(held("2027-02-09").assess().severity("MODH-05"), None);
    assert_eq!(held("2027-02-09").set("visit.counts_cause", "unknown").assess().severity("MODH-04"), None);
}

#[test]
fn low_counts_inside_a_cycle_do_not_hold() {
    let answer = day_8().set("visit.anc.value", json!(0.1)).set("visit.platelets.value", 8).assess();
    assert_eq!((answer.decision(), answer.severity("MODH-06")), ("give", Some("info")));
}

#[test]
fn the_ladder_of_reductions() {
    let after = |history: &[(&str, u32)]| {
        let count = u32::try_from(history.len()).expect("few") + 1;
        let responses = vec!["none"; history.len()];
        history.iter().enumerate().fold(cycle(count, "not_planned", &responses), |visit, (index, (reduction, days))| {
            visit
                .set(&format!("cycles.{index}.reduction"), *reduction)
                .set(&format!("cycles.{index}.interruption_days"), *days)
        })
    };
    let named = |visit: &Visit| {
        let answer = visit.assess();
        ["MODH-11", "INT-03", "INT-04", "INT-05"]
            .into_iter()
            .filter(|rule| answer.severity(rule).is_some())
            .collect::<Vec<_>>()
    };
    assert_eq!(named(&after(&[("none", 13)])), [""; 0]);
    assert_eq!(named(&after(&[("none", 14)])), ["INT-03"]);
    assert_eq!(after(&[("none", 14)]).assess().text("dose.mg_per_m2"), "0.6");
    assert_eq!(named(&after(&[("minus_25_percent", 0)])), ["MODH-11"]);
    assert_eq!(named(&after(&[("none", 14), ("minus_25_percent", 0)])), ["INT-03"]);
    assert_eq!(named(&after(&[("none", 14), ("minus_25_percent", 20)])), ["INT-04"]);
    assert_eq!(named(&after(&[("two_doses", 0)])), ["MODH-11"]);
    assert_eq!(named(&after(&[("two_doses", 14)])), ["INT-05"]);
    let stopped = after(&[("two_doses", 14)]).assess();
    assert_eq!(stopped.decision(), "stop");
    assert!(stopped.at("dose").is_null());
    let schedule = after(&[("two_doses", 0)]).assess();
    let days = [0, 1, 2].map(|row| schedule.text(&format!("schedule.doses.{row}.day")));
    assert_eq!(days, ["1", "8", ""], "day 15 is left out");
    assert_eq!(schedule.text("dose.reduction"), "two_doses");
}

#[test]
fn day_15_is_left_out_with_two_doses_in_force() {
    let cycles = json!([
        begun(1, "2026-11-23", "cr"),
        {"number": 2, "reduction": "two_doses", "doses": [{"day": 1, "date": "2026-12-14"}, {"day": 8, "date": "2026-12-21"}]}
    ]);
    let answer = second_cycle("cr").set("cycles", cycles).set("visit.day", 15).set("date", "2026-12-28").assess();
    assert_eq!(answer.decision(), "omit_dose");
    assert_eq!((answer.severity("INT-04"), answer.severity("MODH-11")), (Some("caution"), Some("info")));
    assert!(answer.at("dose").is_null() && answer.at("schedule").is_null());
    assert_eq!(answer.text("counselling.last_dose"), "2026-12-21");
}

#[test]
fn a_reduction_is_never_assumed_away() {
    let answer = second_cycle("cr").without("cycles.0.reduction").assess();
    assert_eq!((answer.decision(), answer.missing()), ("incomplete", vec!["cycles[0].reduction"]));
    assert!(answer.at("dose").is_null());
    let certain = second_cycle("cr").without("cycles.0.reduction").set("cycles.0.interruption_days", 14).assess();
    assert_eq!(certain.severity("INT-05"), None, "one more step is not three");
}

#[test]
fn windows_and_the_next_cycle_follow_the_doses_given() {
    let given = |on: &str| {
        let doses = json!([{"day": 1, "date": "2026-11-23"}, {"day": 8, "date": on}]);
        let cycles = json!([{"number": 1, "doses": doses}]);
        day_8().set("date", "2026-12-09").set("visit.day", 15).set("cycles", cycles).assess()
    };
    for (day_8, earliest, latest) in [
        ("2026-11-29", "2026-12-05", "2026-12-09"),
        ("2026-11-30", "2026-12-06", "2026-12-09"),
        ("2026-12-02", "2026-12-08", "2026-12-09"),
    ] {
        let answer = given(day_8);
        assert_eq!(answer.text("schedule.doses.2.earliest"), earliest, "{day_8}");
        assert_eq!(answer.text("schedule.doses.2.latest"), latest, "{day_8}");
    }
    let late = given("2026-12-02");
    assert_eq!(late.text("schedule.next_cycle_from"), "2026-12-15", "given on day 17, five days before day 1 + 21");
}

#[test]
fn a_dose_still_to_come_keeps_its_distance_even_when_the_day_due_is_not_said() {
    let unsaid = |date: &str| {
        let doses = json!([{"number": 1, "doses": [{"day": 1, "date": "2023-03-11"}]}]);
        day_8().without("visit.day").set("date", date).set("cycles", doses).assess()
    };
    assert_eq!(unsaid("2023-03-12").text("schedule.doses.2.earliest"), "2023-03-24", "day 8 is to come on 2023-03-18");
    assert_eq!(unsaid("2023-03-20").text("schedule.doses.2.earliest"), "2023-03-23", "day 8 has passed");
}

#[test]
fn a_new_cycle_waits_for_the_length_of_the_last() {
    assert_eq!(second_cycle("cr").set("date", "2026-12-13").assess().severity("SCHED-06"), Some("hold"));
    assert_eq!(second_cycle("cr").assess().severity("SCHED-06"), None);
    let longer = second_cycle("cr").set("cycles.0.length_days", 28);
    assert_eq!(longer.assess().severity("SCHED-06"), Some("hold"));
    assert_eq!(longer.assess().text("schedule.doses.0.planned"), "2026-12-21");
}

#[test]
fn toxicities_are_judged_one_by_one() {
    let with = |list: serde_json::Value| first_dose().set("visit.toxicities", list).assess();
    let two = with(json!([
        {"kind": "infusion_reaction", "grade": 2, "resolved": true}, {"kind": "infusion_reaction", "grade": 1}
    ]));
    assert_eq!(two.severities("IRR-01"), ["hold", "caution"]);
    assert_eq!(
        with(json!([{"kind": "infusion_reaction", "grade": 3, "resolved": true}])).severity("IRR-02"),
        Some("stop")
    );
    assert_eq!(with(json!([{"kind": "vod"}])).severity("MODNH-01"), Some("stop"));
    for (grade, before, resolved, expected) in [
        (2, 0, false, Some("hold")),
        (2, 2, false, None),
        (1, 0, false, None),
        (3, 2, true, None),
        (3, 2, false, Some("hold")),
    ] {
        let other = json!([{"kind": "other", "grade": grade, "baseline_grade": before, "resolved": resolved}]);
        assert_eq!(with(other).severity("MODNH-05"), expected, "{grade} {before} {resolved}");
    }
    assert_eq!(with(json!([{"kind": "other"}])).missing(), ["visit.toxicities[0].grade"]);
}

#[test]
fn liver_values_that_do_not_come_back_end_treatment() {
    let stuck = first_dose().set("visit.hepatic_limits_not_recovering", true);
    assert_eq!(stuck.assess().severity("MODNH-04"), None);
    assert_eq!(stuck.set("visit.ast.value", 500).assess().severity("MODNH-04"), Some("stop"));
}

#[test]
fn what_a_visit_needs() {
    assert_eq!(second_cycle("cr").without("cycles").assess().missing(), ["cycles"]);
    assert_eq!(day_8().without("cycles").assess().missing(), ["cycles[0].doses"]);
    assert_eq!(cycle(3, "planned", &["cr", "cr"]).without("cycles.1.mrd").assess().missing(), ["cycles[1].mrd"]);
    assert_eq!(cycle(3, "planned", &["cr", "cr"]).without("hsct").assess().missing(), ["hsct"]);
    assert_eq!(second_cycle("cr").without("baseline").assess().missing(), ["baseline.anc", "baseline.platelets"]);
    let syringe = first_dose().set("preparation", json!({"container": "syringe"})).assess();
    assert_eq!((syringe.decision(), syringe.missing()), ("incomplete", vec!["preparation.total_volume_ml"]));
    assert!(syringe.at("preparation.diluent_ml").is_null() && !syringe.at("preparation.vials").is_null());
    let woman = first_dose().set("patient.sex", "female");
    assert_eq!(woman.assess().missing(), ["patient.reproductive_potential"]);
    assert_eq!(woman.set("patient.reproductive_potential", true).assess().missing(), ["patient.pregnancy"]);
    let eu = first_dose().eu().without("disease.philadelphia").assess();
    assert_eq!(eu.missing(), ["disease.philadelphia"]);
    let uncounted = first_dose().eu().without("disease.tki_failed");
    assert_eq!(uncounted.assess().missing(), [""; 0], "without the chromosome no inhibitor is asked for");
    assert_eq!(uncounted.set("disease.philadelphia", "positive").assess().missing(), ["disease.tki_failed"]);
    // MRD decides only about a third cycle before a transplant.
    for (number, hsct) in [(2, "planned"), (3, "not_planned"), (3, "undecided")] {
        let path = format!("cycles.{}.mrd", number - 2);
        let unmeasured = cycle(number, hsct, &["cr", "cr"]).without(&path);
        assert_eq!(unmeasured.assess().missing(), [""; 0], "cycle {number}, {hsct}");
    }
}

#[test]
fn a_row_of_the_schedule_says_whether_its_dose_was_given() {
    let given = |visit: &Visit| -> Vec<String> {
        let answer = visit.assess();
        (0..3).map(|row| answer.text(&format!("schedule.doses.{row}.given"))).collect()
    };
    assert_eq!(given(&first_dose()), ["", "", ""]);
    assert_eq!(given(&day_8()), ["2026-11-23", "", ""]);
    let missed = day_8().set("visit.day", 15).set("date", "2026-12-07");
    assert_eq!(given(&missed), ["2026-11-23", "", ""]);
    assert_eq!(
        missed.assess().text("schedule.doses.2.earliest"),
        "2026-12-05",
        "a day passed without a dose counts for none"
    );
    let both =
        missed.set("cycles.0.doses", json!([{"day": 1, "date": "2026-11-23"}, {"day": 8, "date": "2026-12-01"}]));
    assert_eq!(given(&both), ["2026-11-23", "2026-12-01", ""]);
}

#[test]
fn every_value_that_a_finding_rests_on_is_in_its_basis() {
    let basis = |visit: &Visit, rule: &str| {
        let findings = visit.assess().0["findings"].clone();
        let found =
            findings.as_array().expect("findings").iter().find(|found| found["rule"] == rule).expect(rule).clone();
        found["basis"].clone()
    };
    let count = |value: f64| json!({"value": value, "unit": "10*9/L"});
    let low = second_cycle("cr")
        .set("baseline.anc.value", json!(0.6))
        .set("visit.anc.value", json!(0.4))
        .set("visit.disease_stable_or_improved", true)
        .set("visit.counts_cause", "drug")
        .set("cycles.0.anc_day1", count(0.5))
        .set("cycles.0.platelets_day1", count(25.0));
    assert_eq!(
        basis(&low, "MODH-03"),
        json!({
            "anc": json!(0.4), "platelets": 80, "anc_limit": 1, "platelets_limit": 50,
            "baseline_anc": json!(0.6), "baseline_platelets": 80,
            "anc_day1_last_cycle": json!(0.5), "platelets_day1_last_cycle": 25,
            "disease_stable_or_improved": "yes", "counts_cause": "drug"
        })
    );
    let good = second_cycle("cr").set("visit.anc.value", json!(0.4));
    assert_eq!(basis(&good, "MODH-01")["baseline_platelets"], 80);
    let unknown = low.without("visit.counts_cause").without("cycles.0.anc_day1");
    assert!(["anc_day1_last_cycle", "counts_cause"].iter().all(|name| basis(&unknown, "MODH-03")[name].is_null()));

    for (mrd, rule) in [("negative", "HSCT-03"), ("positive", "HSCT-02")] {
        let third = cycle(3, "planned", &["none", "cri"]).set("cycles.1.mrd", mrd);
        assert_eq!(basis(&third, rule), json!({"cycle": 3, "hsct": "planned", "response": "cri", "mrd": mrd}));
    }
}

/// A cycle of which nothing is recorded decides nothing, and may hide the remission that was lost since: the page asks.
#[test]
fn a_silent_cycle_is_asked_about_where_the_decision_turns_on_it() {
    use inotuzumab::engine::Case;
    use inotuzumab::walk::plan::Tone;
    use inotuzumab::walk::{Action, ChoiceField, CycleAt, FieldId, Plan, Step, ask, reduce};
    let silent = |latest: &str| {
        let visit = cycle(3, "not_planned", &["cr", latest]).set("cycles.0", json!({"number": 1}));
        crate::walked::typed(&Case::from_json(&visit.0.to_string()).expect("a case"))
    };
    let response = ChoiceField::Response(CycleAt::default());
    let field = FieldId::Choice(response);
    let walk = silent("none");
    let plan = Plan::of(&walk);
    assert_eq!(plan.open.iter().map(|open| open.field).collect::<Vec<_>>(), [field]);
    assert_eq!((plan.verdict().tone, plan.released(), plan.open_in(Step::Course).count()), (Tone::Open, false, 1));
    assert_eq!(ask::beside(&walk, &plan, field), "Today’s decision turns on this answer.");
    let answered = |code| Plan::of(&reduce(walk.clone(), Action::Choose(response, code)));
    let found = |code| (answered(code).verdict().tone, answered(code).open.len());
    assert_eq!(["cr", "cri", "none"].map(found), [(Tone::Hold, 0), (Tone::Hold, 0), (Tone::Give, 0)]);
    assert_eq!(found("unknown"), (Tone::Give, 0), "nobody judged it: that is an answer");
    let in_remission = silent("cr");
    assert_eq!(Plan::of(&in_remission).open, [], "whatever it was, the decision is the same");
}
