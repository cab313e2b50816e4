//! The course: how far it goes, on which days, and that it promises nothing the engine would refuse.

use inotuzumab::engine::calendar::Date;
use inotuzumab::engine::case::Reduction;
use inotuzumab::engine::course::{Course, CourseCycle, DoseState, Stage, Turn, course};
use inotuzumab::engine::{Assessment, Case, Decision, assess};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{self, Visit, begun, day_8, first_dose, second_cycle};

fn assessed(visit: &Visit) -> (Case, Assessment) {
    let case = Case::from_json(&visit.0.to_string()).unwrap_or_else(|error| panic!("{error}\n{}", visit.0));
    let found = assess(&case).unwrap_or_else(|error| panic!("{error}\n{}", visit.0));
    (case, found)
}

fn of(visit: &Visit) -> Course {
    let (case, found) = assessed(visit);
    course(&case, &found)
}

/// `2 now: 1 due give 2026-12-14, 8 planned 2026-12-21, … next 2027-01-11`.
fn line(cycle: &CourseCycle) -> String {
    let stage = match cycle.stage {
        Stage::Past => "past",
        Stage::Now => "now",
        Stage::ToCome => "to come",
    };
    let doses = cycle.doses.iter().map(|dose| {
        let state = match dose.state {
            DoseState::Given => "given".to_owned(),
            DoseState::NotGiven => "not given".to_owned(),
            DoseState::Due(decision) => decision.word().to_owned(),
            DoseState::Planned => "planned".to_owned(),
            DoseState::NotBefore => "not before".to_owned(),
        };
        let mg = dose.mg.map(|mg| format!(" {mg}")).unwrap_or_default();
        format!("{} {state} {}{mg}", dose.day.number(), dose.on)
    });
    let next = cycle.next_from.map(|next| next.to_string()).unwrap_or_default();
    format!("{} {stage}: {}; next {next}", cycle.number, doses.collect::<Vec<_>>().join(", "))
}

fn lines(visit: &Visit) -> Vec<String> {
    of(visit).cycles.iter().map(line).collect()
}

fn turns(visit: &Visit) -> Vec<(u64, Turn)> {
    of(visit).cycles.iter().flat_map(|cycle| cycle.turns.iter().map(|turn| (cycle.number, *turn))).collect()
}

fn stays(cycle: u64, class: &str, mrd: &str) -> Value {
    let day_1 = ["2026-11-23", "2026-12-14", "2027-01-11", "2027-02-08"][usize::try_from(cycle).unwrap() - 1];
    let mut record = begun(u32::try_from(cycle).unwrap(), day_1, class);
    record["mrd"] = mrd.into();
    record
}

/// EX09 A: no CR after cycle 1; its weeks, and the earliest weeks of the cycles after it.
#[test]
fn ex09_the_course_from_its_first_day() {
    assert_eq!(
        lines(&first_dose())[..3],
        [
            "1 now: 1 give 2026-11-23 1.456 mg, 8 planned 2026-11-30 0.91 mg, 15 planned 2026-12-07 0.91 mg; \
             next 2026-12-14",
            "2 to come: 1 not before 2026-12-14, 8 not before 2026-12-21, 15 not before 2026-12-28; next 2027-01-11",
            "3 to come: 1 not before 2027-01-11, 8 not before 2027-01-18, 15 not before 2027-01-25; next 2027-02-08",
        ]
    );
    assert_eq!(of(&first_dose()).cycles.len(), 6);
    assert_eq!(turns(&first_dose()), [(3, Turn::ResponseNeeded), (6, Turn::LabelEnds)]);
}

/// EX09 B: CR after cycle 1, which was made 28 days long.
#[test]
fn ex09_a_first_cycle_of_28_days() {
    let mut first = begun(1, "2026-11-23", "cr");
    first["length_days"] = 28.into();
    let second = second_cycle("cr").set("date", "2026-12-21").set("cycles", json!([first]));
    assert_eq!(
        lines(&second)[1..3],
        [
            "2 now: 1 give 2026-12-21 0.91 mg, 8 planned 2026-12-28 0.91 mg, 15 planned 2027-01-04 0.91 mg; \
             next 2027-01-18",
            "3 to come: 1 not before 2027-01-18, 8 not before 2027-01-25, 15 not before 2027-02-01; next 2027-02-15",
        ]
    );
    assert_eq!(turns(&second), [(6, Turn::LabelEnds)], "a response is there: nothing is asked after cycle 3");
}

#[test]
fn before_a_transplant_there_are_two_cycles_and_a_third_only_without_a_full_response() {
    let planned = first_dose().set("hsct", "planned");
    let course = of(&planned);
    assert_eq!(
        course.cycles.iter().map(|cycle| cycle.only_after).collect::<Vec<_>>(),
        [None, None, Some(Turn::ThirdOrTransplant)]
    );
    assert_eq!(turns(&planned), [(2, Turn::ThirdOrTransplant), (3, Turn::TransplantAtLast)]);

    let after_two = |class: &str, mrd: &str| {
        let cycles = json!([stays(1, "none", "positive"), stays(2, class, mrd)]);
        let visit = second_cycle("none").set("hsct", "planned").set("date", "2027-01-11").set("cycles", cycles);
        visit.set("visit.cycle", 3)
    };
    for (class, mrd, numbers, end) in [
        ("cr", "negative", 2, (2, Turn::Transplant)),
        ("cri", "negative", 2, (2, Turn::Transplant)),
        ("cr", "positive", 3, (3, Turn::TransplantAtLast)),
        ("cr", "unknown", 3, (3, Turn::TransplantAtLast)),
        ("none", "negative", 3, (3, Turn::TransplantAtLast)),
    ] {
        let visit = after_two(class, mrd);
        assert_eq!((of(&visit).cycles.len(), turns(&visit)), (numbers, vec![end]), "{class}, MRD {mrd}");
    }
}

#[test]
fn while_the_plan_is_open_the_turn_stands_after_two_cycles() {
    let visit = first_dose().set("hsct", "undecided");
    let only_after: Vec<_> = of(&visit).cycles.iter().map(|cycle| cycle.only_after).collect();
    let (plan, response) = (Some(Turn::PlanOpen), Some(Turn::ResponseNeeded));
    assert_eq!(only_after, [None, None, plan, response, response, response]);
    assert_eq!(turns(&visit.without("hsct"))[0], (2, Turn::PlanOpen), "a plan that is not said is not decided");
}

/// EX09 C.
#[test]
fn without_a_response_the_course_ends_after_three_cycles() {
    let cycles = json!([stays(1, "none", "positive"), stays(2, "none", "positive"), stays(3, "none", "positive")]);
    let fourth = second_cycle("none").set("visit.cycle", 4).set("date", "2027-02-08").set("cycles", cycles);
    assert_eq!((of(&fourth).cycles.len(), turns(&fourth)), (3, vec![(3, Turn::NoResponse)]));
    let open = json!([stays(1, "none", "positive"), stays(2, "none", "positive"), stays(3, "unknown", "unknown")]);
    assert_eq!(turns(&fourth.set("cycles", open)), [(3, Turn::NoResponse)], "asked at cycle 4, unknown is no response");
}

#[test]
fn a_response_that_is_lost_ends_it() {
    let cycles = json!([stays(1, "cr", "negative"), stays(2, "none", "positive")]);
    let third = second_cycle("cr").set("visit.cycle", 3).set("date", "2027-01-11").set("cycles", cycles);
    let course = of(&third);
    assert_eq!(course.decision, Decision::Hold);
    let doses = &course.cycles[2].doses;
    assert!(doses.iter().all(|dose| dose.mg.is_none() && dose.mg_per_m2.is_none()), "{doses:?}");
    assert_eq!(course.cycles.iter().map(|cycle| cycle.number).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(turns(&third), [(3, Turn::ResponseLost)]);

    let own = json!({"number": 2, "doses": [{"day": 1, "date": "2026-12-14"}], "response": "none"});
    let second = second_cycle("cr").set("cycles", json!([stays(1, "cr", "negative"), own]));
    let second = second.set("visit.day", 8).set("date", "2026-12-21");
    assert_eq!(turns(&second), [(2, Turn::ResponseLost)], "known before the next cycle");
}

/// EX10: the windows, and the days that another dose must wait.
#[test]
fn ex10_windows_and_gaps() {
    let days = |visit: &Visit| {
        let course = of(visit);
        let row = course.cycles[0].doses[2];
        let texts = [row.earliest, row.on.into(), row.latest, course.cycles[0].doses[1].gap_until];
        texts.map(|date: Option<Date>| date.unwrap().to_string())
    };
    assert_eq!(days(&day_8()), ["2026-12-06", "2026-12-07", "2026-12-09", "2026-12-06"]);
    assert_eq!(days(&day_8().set("date", "2026-11-29")), ["2026-12-05", "2026-12-07", "2026-12-09", "2026-12-05"]);
    assert_eq!(days(&day_8().set("date", "2026-12-02")), ["2026-12-08", "2026-12-08", "2026-12-09", "2026-12-08"]);
    let late = first_dose().set("date", "2026-12-09").set("visit.day", 15);
    let given = json!([{"day": 1, "date": "2026-11-23"}, {"day": 8, "date": "2026-11-30"}]);
    let late = late.set("cycles", json!([{"number": 1, "doses": given}]));
    assert_eq!(of(&late).cycles[1].first, Date::read("2026-12-15"), "6 days after day 15, not 5");
}

#[test]
fn a_given_dose_moves_what_comes_after_it() {
    let moved = day_8().set("date", "2026-12-02");
    assert_eq!(
        lines(&moved)[0],
        "1 now: 1 given 2026-11-23, 8 give 2026-12-02 0.91 mg, 15 planned 2026-12-08 0.91 mg; next 2026-12-14"
    );
}

#[test]
fn a_dose_left_out_counts_for_nothing_after_it() {
    let interrupted = day_8()
        .set("date", "2026-12-07")
        .set("visit.interruption", json!({"held_from": "2026-11-30", "fit_on": "2026-12-07"}));
    assert_eq!(
        lines(&interrupted)[0],
        "1 now: 1 given 2026-11-23, 8 omit_dose 2026-11-30, 15 planned 2026-12-07; next 2026-12-14"
    );
    assert_eq!(of(&interrupted).cycles[0].doses[1].gap_until, None);
}

#[test]
fn what_is_behind_the_visit_was_not_given() {
    let fifteenth = day_8().set("visit.day", 15).set("date", "2026-12-07");
    assert!(lines(&fifteenth)[0].starts_with("1 now: 1 given 2026-11-23, 8 not given 2026-11-30, 15 "));
    let open = |date: &str| lines(&day_8().without("visit.day").set("date", date))[0].replace(" 0.91 mg", "");
    let after_day_1 = |date: &str| open(date).replace("1 now: 1 given 2026-11-23, ", "");
    let next = "15 planned 2026-12-07; next 2026-12-14";
    assert_eq!(after_day_1("2026-11-30"), format!("8 planned 2026-11-30, {next}"));
    assert_eq!(after_day_1("2026-12-01"), format!("8 not given 2026-11-30, {next}"));
}

#[test]
fn stop_ends_the_course_today() {
    let stopped = day_8().set("visit.toxicities", json!([{"kind": "vod"}]));
    assert_eq!(lines(&stopped), ["1 now: 1 given 2026-11-23, 8 stop 2026-11-30; next "]);
    let second = json!([begun(1, "2026-11-23", "cr"), {"number": 2, "doses": [{"day": 1, "date": "2026-12-14"}]}]);
    let second =
        second_cycle("cr").set("hsct", "planned").set("visit.day", 8).set("date", "2026-12-21").set("cycles", second);
    assert_eq!(turns(&second)[0], (2, Turn::ThirdOrTransplant));
    let toxic = second.set("visit.toxicities", json!([{"kind": "vod"}]));
    assert_eq!(turns(&toxic), [], "neither a third cycle nor, yet, a transplant");
    let own = json!({"number": 3, "doses": [{"day": 1, "date": "2027-01-11"}]});
    let third = second_cycle("none").set("hsct", "planned").set("visit.cycle", 3).set("visit.day", 8);
    let third = third
        .set("date", "2027-01-18")
        .set("cycles", json!([stays(1, "none", "positive"), stays(2, "cr", "positive"), own]));
    assert_eq!(turns(&third), [(3, Turn::TransplantAtLast)]);
    assert_eq!(turns(&third.set("visit.toxicities", json!([{"kind": "vod"}]))), [], "VOD stops it, not its last cycle");
    let third = json!([stays(1, "none", "positive"), stays(2, "none", "positive"), stays(3, "none", "positive")]);
    let fourth = second_cycle("none").set("visit.cycle", 4).set("date", "2027-02-08").set("cycles", third);
    let toxic = fourth.clone().set("hsct", "planned");
    assert_eq!(turns(&toxic), [(3, Turn::TransplantAtLast)], "HSCT-04 is why it stops");
    let begun_too_far = fourth.set("visit.day", 1).set("hsct", "undecided");
    assert_eq!(turns(&begun_too_far), [(3, Turn::NoResponse)]);
    assert!(of(&first_dose().set("disease.cd22", "negative")).cycles.is_empty(), "nothing was given, nothing follows");
}

#[test]
fn a_reduction_in_force_stays_in_the_cycles_to_come() {
    let mut first = begun(1, "2026-11-23", "cr");
    first["interruption_days"] = 14.into();
    let reduced = second_cycle("cr").set("cycles", json!([first]));
    let words = |visit: &Visit| -> Vec<&str> {
        of(visit).cycles.iter().map(|cycle| cycle.reduction.map_or("open", |reduction| reduction.word())).collect()
    };
    assert_eq!(words(&reduced)[..3], ["none", "minus_25_percent", "minus_25_percent"]);

    let mut twice = begun(1, "2026-11-23", "cr");
    twice["reduction"] = "two_doses".into();
    let two_doses = second_cycle("cr").set("cycles", json!([twice]));
    let doses: Vec<usize> = of(&two_doses).cycles.iter().map(|cycle| cycle.doses.len()).collect();
    assert_eq!(doses[1..], [2, 2, 2, 2, 2]);
    assert_eq!(of(&two_doses).cycles[0].doses.len(), 3, "what was given is shown");

    let without = second_cycle("cr").set("cycles", json!([begun(1, "2026-11-23", "cr")]));
    let without = Visit(without.0).without("cycles.0.reduction");
    assert_eq!(words(&without)[1..], ["open"; 5], "what the record leaves open is not made up");
}

#[test]
fn an_interruption_today_reduces_what_is_to_come() {
    let held = json!({"held_from": "2026-11-30", "fit_on": "2026-12-14"});
    let visit = day_8().set("date", "2026-12-14").set("visit.interruption", held);
    let words: Vec<_> = of(&visit).cycles.iter().map(|cycle| cycle.reduction.map(|found| found.word())).collect();
    assert_eq!(words[..2], [Some("none"), Some("minus_25_percent")]);

    let mut last = begun(1, "2026-11-23", "cr");
    last["reduction"] = "two_doses".into();
    let own = json!({"number": 2, "doses": [{"day": 1, "date": "2026-12-14"}], "interruption_days": 15});
    let visit = second_cycle("cr").set("cycles", json!([last, own])).set("visit.day", 8).set("date", "2026-12-21");
    assert_eq!((of(&visit).cycles.len(), turns(&visit)), (2, vec![(2, Turn::NoStepLeft)]));
}

#[test]
fn a_level_to_come_is_there_when_response_and_reduction_are() {
    let levels = |own: Value| -> Vec<Option<String>> {
        let visit = second_cycle("none").set("visit.day", 15).set("date", "2026-12-28");
        let visit = visit.set("cycles", json!([begun(1, "2026-11-23", "none"), own]));
        let course = of(&visit);
        course.cycles.iter().skip(2).map(|cycle| cycle.doses[0].mg_per_m2.map(|level| level.to_string())).collect()
    };
    let doses = json!([{"day": 1, "date": "2026-12-14"}, {"day": 8, "date": "2026-12-21"}]);
    let known = json!({"number": 2, "doses": doses, "response": "cr", "reduction": "none", "interruption_days": 0});
    assert_eq!(levels(known)[..2], [Some("0.5 mg/m2".to_owned()), None]);
    for left_open in [
        json!({"number": 2, "doses": doses, "response": "unknown", "reduction": "none", "interruption_days": 0}),
        json!({"number": 2, "doses": doses, "reduction": "none", "interruption_days": 0}),
        json!({"number": 2, "doses": doses, "response": "cr", "interruption_days": 0}),
    ] {
        assert_eq!(levels(left_open.clone())[0], None, "{left_open}");
    }
}

#[test]
fn cycles_that_are_not_on_record_are_not_drawn() {
    let third = first_dose().set("visit.cycle", 3);
    assert_eq!(of(&third).cycles.iter().map(|cycle| cycle.number).collect::<Vec<_>>(), [3]);
    let undated = second_cycle("cr").set("cycles", json!([{"number": 1, "response": "cr"}]));
    let course = of(&undated);
    assert_eq!((course.cycles[0].first, course.cycles[0].doses.len()), (None, 0));
    let nowhere = first_dose().without("visit.cycle");
    assert!(of(&nowhere).cycles.is_empty());
}

/// Any record of up to five cycles, with doses on allowed or forgotten days, and any visit after it.
fn histories() -> impl Strategy<Value = Visit> {
    let cycle = (
        prop::sample::select(vec!["cr", "cri", "none", "unknown"]),
        prop::sample::select(vec!["positive", "negative", "unknown"]),
        prop::sample::select(vec![Some("none"), Some("none"), None, Some("minus_25_percent"), Some("two_doses")]),
        prop::sample::select(vec![0_u32, 0, 6, 14, 29]),
        [0_u64..=4, 0..=4, 0..=4],
        (any::<bool>(), any::<bool>()),
    );
    let visit = (0_usize..3, 0_u64..=12, prop::sample::select(vec!["planned", "not_planned", "undecided"]));
    (prop::collection::vec(cycle, 0..=5), visit).prop_map(|(cycles, (own_doses, wait, hsct))| {
        let mut day = chrono::NaiveDate::from_ymd_opt(2026, 1, 5).expect("a day");
        let mut records = Vec::new();
        for (index, (response, mrd, reduction, interrupted, late, skip)) in cycles.into_iter().enumerate() {
            day = day + chrono::Days::new(late[0]);
            let mut doses = vec![json!({"day": 1, "date": day.to_string()})];
            let eighth = day + chrono::Days::new(6 + late[1]);
            if !skip.0 {
                doses.push(json!({"day": 8, "date": eighth.to_string()}));
            }
            if !skip.1 {
                doses.push(json!({"day": 15, "date": (eighth + chrono::Days::new(6 + late[2])).to_string()}));
            }
            let mut record = json!({
                "number": index + 1, "doses": doses, "response": response, "mrd": mrd, "interruption_days": interrupted
            });
            if let Some(reduction) = reduction {
                record["reduction"] = reduction.into();
            }
            records.push(record);
            day = day + chrono::Days::new(28);
        }
        let number = records.len() + 1;
        let own: Vec<Value> = [(1, 0), (8, 7)][..own_doses]
            .iter()
            .map(|(of, after)| json!({"day": of, "date": (day + chrono::Days::new(*after)).to_string()}))
            .collect();
        let today = day + chrono::Days::new([0, 7, 14][own_doses] + wait);
        if own_doses > 0 {
            records.push(json!({"number": number, "doses": own}));
        }
        first_dose()
            .set("date", today.to_string())
            .set("hsct", hsct)
            .set("visit.cycle", number)
            .set("visit.day", [1, 8, 15][own_doses])
            .set("cycles", records)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_days_of_a_course_are_in_order_and_inside_their_windows(visit in histories()) {
        let course = of(&visit);
        let to_come = course.cycles.iter().flat_map(|cycle| &cycle.doses).filter(|dose| dose.state.is_to_come());
        let mut last = None;
        for dose in course.cycles.iter().flat_map(|cycle| &cycle.doses).filter(|dose| dose.state == DoseState::Given) {
            prop_assert!(last < Some(dose.on), "{:?}", course.cycles.iter().map(line).collect::<Vec<_>>());
            last = Some(dose.on);
        }
        for dose in to_come {
            if !matches!(dose.state, DoseState::Due(_)) {
                if let Some(last) = last {
                    prop_assert!(dose.on.days_since(last) >= 6, "{:?}", course.cycles.iter().map(line).collect::<Vec<_>>());
                }
                prop_assert!(dose.earliest.is_none_or(|earliest| earliest <= dose.on));
                prop_assert!(dose.latest.is_none_or(|latest| dose.on <= latest));
            }
            prop_assert!(dose.gap_until.is_some_and(|until| until.days_since(dose.on) == 6));
            last = Some(dose.on);
        }
    }

    #[test]
    fn no_course_goes_beyond_the_label(visit in histories()) {
        let (case, found) = assessed(&visit);
        let course = course(&case, &found);
        let allowed = if visit.0["hsct"] == "planned" { 3 } else { 6 };
        let recorded = case.cycles.len();
        prop_assert!(course.cycles.len() <= recorded.max(allowed));
        if found.decision == Decision::Stop {
            prop_assert_eq!(course.cycles.len(), recorded);
        }
        for cycle in course.cycles.iter().filter(|cycle| cycle.stage == Stage::ToCome) {
            prop_assert!(cycle.doses.iter().all(|dose| dose.mg.is_none() && dose.state == DoseState::NotBefore));
            if cycle.number > case.visit.cycle.expect("said").get() + 1 {
                prop_assert!(cycle.doses.iter().all(|dose| dose.mg_per_m2.is_none()));
            }
        }
        let ended = course.cycles.iter().position(|cycle| cycle.turns.iter().any(|turn| turn.ends()));
        prop_assert!(ended.is_none_or(|at| at + 1 == course.cycles.len() || at < recorded));
    }

    #[test]
    fn the_visits_cycle_is_the_assessments_own(visit in histories()) {
        let (case, found) = assessed(&visit);
        let course = course(&case, &found);
        if let Some(schedule) = &found.schedule {
            let own = course.cycles.iter().find(|cycle| cycle.stage == Stage::Now).expect("its cycle");
            // There is no schedule on `stop`.
            prop_assert_eq!(own.next_from, Some(schedule.next_cycle_from));
            for row in &schedule.doses {
                let dose = own.doses.iter().find(|dose| dose.day == row.day).expect("its dose");
                prop_assert_eq!((dose.planned, dose.latest), (Some(row.planned), row.latest));
                prop_assert!(dose.mg.is_none() || dose.mg == row.mg);
                prop_assert_eq!(dose.mg.is_some(), dose.state.is_to_come() && row.mg.is_some());
            }
        }
    }

    /// What stands first in the next cycle is the first day on which the engine has nothing against the day.
    #[test]
    fn the_first_day_of_the_next_cycle_is_one_the_engine_allows_and_the_day_before_is_not(visit in histories()) {
        let (case, found) = assessed(&visit);
        let course = course(&case, &found);
        let Some(next) = course.cycles.iter().find(|cycle| cycle.stage == Stage::ToCome) else { return Ok(()) };
        let own = course.cycles.iter().find(|cycle| cycle.stage == Stage::Now).expect("before the next");
        let doses: Vec<Value> = own
            .doses
            .iter()
            .filter(|dose| dose.state == DoseState::Given || dose.state.is_to_come())
            .map(|dose| json!({"day": dose.day.number(), "date": dose.on.to_string()}))
            .collect();
        let first = next.first.expect("its own cycle is dated");
        let at = |date: String| {
            let mut later = visit.clone().set("visit.cycle", next.number).set("visit.day", 1).set("date", date);
            let cycles = later.0["cycles"].as_array_mut().expect("cycles");
            cycles.truncate(usize::try_from(own.number - 1).expect("few"));
            cycles.push(json!({"number": own.number, "doses": doses}));
            let answer = later.assess();
            answer.severity("SCHED-02").or(answer.severity("SCHED-06")).map(str::to_owned)
        };
        prop_assert_eq!(at(first.to_string()), None);
        let before = chrono::NaiveDate::parse_from_str(&first.to_string(), "%Y-%m-%d").expect("a day") - chrono::Days::new(1);
        if *before.to_string() > *visit.0["date"].as_str().expect("a date") {
            prop_assert_eq!(at(before.to_string()), Some("hold".to_owned()));
        }
    }

    #[test]
    fn every_planned_day_says_how_it_came_to_be(visit in histories()) {
        for cycle in of(&visit).cycles {
            let Some(first) = cycle.first else { continue };
            for dose in &cycle.doses {
                // Day 1, once given, is on record.
                let path = match dose.day.number() {
                    1 if dose.state == DoseState::Given => continue,
                    1 => "schedule.doses[0].planned",
                    8 => "schedule.doses[1].planned",
                    _ => "schedule.doses[2].planned",
                };
                let Some(planned) = dose.planned else { continue };
                prop_assert_eq!(cycle.trace.of(path).map(|step| step.result.to_string()), Some(planned.to_string()));
            }
            if let Some(next) = cycle.next_from {
                let made = cycle.trace.of("schedule.next_cycle_from").map(|step| step.result.to_string());
                prop_assert_eq!(made, Some(next.to_string()), "{}", first);
            }
        }
    }
}

/// Day 8 is left out after seven days or more; day 15 has until the end of its window, and the next cycle waits for it.
#[test]
fn after_a_dose_left_out_the_next_may_come_while_its_window_is_open() {
    let fit_on = |day: &str| {
        let held = json!({"held_from": "2026-11-30", "fit_on": day});
        lines(&day_8().set("date", day).set("visit.interruption", held))[0].replace("1 now: 1 given 2026-11-23, ", "")
    };
    assert_eq!(fit_on("2026-12-08"), "8 omit_dose 2026-11-30, 15 planned 2026-12-08; next 2026-12-14");
    assert_eq!(fit_on("2026-12-09"), "8 omit_dose 2026-11-30, 15 planned 2026-12-09; next 2026-12-15");
    assert_eq!(fit_on("2026-12-10"), "8 omit_dose 2026-11-30, 15 not given 2026-12-07; next 2026-12-14");
}

#[test]
fn a_dose_whose_day_went_by_while_another_was_held_is_not_planned_any_more() {
    let held = day_8()
        .set("date", "2026-12-18")
        .set("visit.interruption", json!({"held_from": "2026-11-30", "fit_on": "2026-12-18"}));
    let states: Vec<DoseState> = of(&held).cycles[0].doses.iter().map(|dose| dose.state).collect();
    assert_eq!(states, [DoseState::Given, DoseState::Due(Decision::OmitDose), DoseState::NotGiven]);
}

#[test]
fn a_reduction_on_record_is_shown_also_behind_an_incomplete_record() {
    let third = support::course(3, 8).without("cycles.0.reduction").set("cycles.1.reduction", "minus_25_percent");
    assert_eq!(of(&third).cycles[1].reduction, Some(Reduction::Minus25Percent));
}

/// What is not known of the cycle before leaves open whether there is a step at all; its own record says two doses.
#[test]
fn a_third_dose_that_two_doses_a_cycle_leave_out_was_not_missed() {
    let after_an_open = |cycle: usize| {
        let record = format!("cycles.{cycle}");
        let open = support::course(3, 8).without(&format!("{record}.reduction"));
        open.without(&format!("{record}.interruption_days"))
            .set(&format!("cycles.{}.reduction", cycle + 1), "two_doses")
    };
    let days = |visit: &Visit, cycle: usize| -> Vec<u32> {
        of(visit).cycles[cycle].doses.iter().map(|dose| dose.day.number()).collect()
    };
    let given = after_an_open(0);
    assert_eq!(days(&given, 1), [1, 8, 15], "given all the same, it is shown");
    let two = given.0["cycles"][1]["doses"].as_array().expect("doses")[..2].to_vec();
    assert_eq!(days(&given.set("cycles.1.doses", two), 1), [1, 8]);
    assert_eq!(days(&after_an_open(1), 2), [1, 8], "nor is it still to come");
}
