//! The calendar file, read back by another library: the same days, nothing cut, nobody named.

use std::collections::BTreeSet;

use icalendar::parser::{read_calendar, unfold};
use icalendar::{Calendar, CalendarComponent, Component, DatePerhapsTime};
use inotuzumab::engine::calendar::Date;
use inotuzumab::interchange::calendar_file::{Event, write};
use inotuzumab::walk::agenda::{Kind, Titles, agenda, calendar, file_name};
use proptest::prelude::*;

use crate::coverage;
use crate::support::{Visit, course, day_8, first_dose, later, second_cycle};

/// An event as the other library reads it: UID, first day, the day after the last, title, words.
type Read = (String, String, String, String, String);

fn read(text: &str) -> Vec<Read> {
    let calendar: Calendar = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
    let day = |date: Option<DatePerhapsTime>| match date {
        Some(DatePerhapsTime::Date(day)) => day.to_string(),
        other => panic!("{other:?} is no whole day"),
    };
    let event = |component: &CalendarComponent| {
        let CalendarComponent::Event(event) = component else { panic!("{component:?}") };
        let stamp = event.get_timestamp().expect("a stamp");
        assert!(stamp.to_rfc3339().ends_with("T00:00:00+00:00"), "{stamp}");
        let words = |words: Option<&str>| words.expect("words").to_owned();
        (
            words(event.get_uid()),
            day(event.get_start()),
            day(event.get_end()),
            words(event.get_summary()),
            words(event.get_description()),
        )
    };
    calendar.components.iter().map(event).collect()
}

fn days(visit: &Visit, titles: Titles) -> Vec<String> {
    let text = calendar(&visit.plan(), titles).unwrap_or_else(|why| panic!("{why}"));
    read(&text).into_iter().map(|(_, from, to, title, _)| format!("{from} {to} {title}")).collect()
}

#[test]
fn the_days_of_a_first_cycle() {
    assert_eq!(
        days(&first_dose(), Titles::Neutral),
        [
            "2026-11-23 2026-11-24 Infusion visit",
            "2026-11-24 2026-11-27 Blood test after the infusion, on one of these days",
            "2026-11-30 2026-12-01 Blood test before the infusion",
            "2026-11-30 2026-12-01 Infusion visit",
            "2026-12-01 2026-12-04 Blood test after the infusion, on one of these days",
            "2026-12-07 2026-12-08 Blood test before the infusion",
            "2026-12-07 2026-12-08 Infusion visit",
            "2026-12-08 2026-12-11 Blood test after the infusion, on one of these days",
            "2026-12-14 2026-12-15 Next visits can start",
            "2027-01-18 2027-01-19 A precaution ends",
            "2027-04-23 2027-04-24 A precaution ends",
        ]
    );
    let named = days(&first_dose(), Titles::Named);
    assert_eq!(named[0], "2026-11-23 2026-11-24 Inotuzumab ozogamicin, cycle 1, day 1");
    assert_eq!(named[10], "2027-04-23 2027-04-24 Contraception was needed until yesterday (inotuzumab ozogamicin)");
    assert_eq!(file_name(&first_dose().plan()), "visit-dates-2026-11-23.ics");
}

#[test]
fn an_entry_says_its_window_and_from_which_dose_it_counts() {
    let text = calendar(&day_8().plan(), Titles::Neutral).expect("days");
    let words = |title: &str, from: &str| {
        let found = read(&text).into_iter().find(|event| event.3 == title && event.1 == from);
        found.expect(title).4.replace('\u{a0}', " ")
    };
    assert_eq!(
        words("Infusion visit", "2026-12-07"),
        "Cycle 1, day 15. Planned for Monday 7 December 2026. Window: 6 December 2026 to 9 December 2026."
    );
    assert_eq!(
        words("A precaution ends", "2027-04-30"),
        "Contraception was needed until yesterday. Counted from the infusion of 30 November 2026. It counts anew with each infusion."
    );
    assert_eq!(
        words("Blood test after the infusion, on one of these days", "2026-12-01"),
        "Liver tests, 24 to 72 h after the infusion."
    );
}

#[test]
fn without_days_there_is_no_file_and_it_says_why() {
    let why = |visit: &Visit| calendar(&visit.plan(), Titles::Neutral).expect_err("no file").to_owned();
    assert!(why(&first_dose().set("visit.bilirubin.value", 5)).contains("on hold"));
    let plan = inotuzumab::walk::Plan::of(&crate::walked::typed(
        &inotuzumab::engine::Case::from_json(&first_dose().without("visit.bilirubin").0.to_string()).expect("a case"),
    ));
    assert!(agenda(&plan).expect_err("no days").contains("still missing"));
    let cautious = first_dose().set("history.vod", "resolved");
    let case = inotuzumab::engine::Case::from_json(&cautious.0.to_string()).expect("a case");
    let plan = inotuzumab::walk::Plan::of(&crate::walked::typed(&case));
    assert_eq!(agenda(&plan), Err("Acknowledge the cautions first."));
    assert!(why(&first_dose().set("history.hypersensitivity", true)).contains("before any dose"));
}

#[test]
fn when_treatment_stops_only_the_precautions_go_on() {
    let stopped = day_8().set("history.hypersensitivity", true);
    let kinds: Vec<Kind> = agenda(&stopped.plan()).expect("days").iter().map(|entry| entry.kind).collect();
    assert!(kinds.len() == 2 && kinds.iter().all(|kind| matches!(kind, Kind::Ends(_))), "{kinds:?}");
}

#[test]
fn a_dose_left_out_is_not_in_it_and_no_cycle_follows_the_last() {
    let held = day_8()
        .set("date", "2026-12-08")
        .set("visit.interruption", serde_json::json!({"held_from": "2026-11-30", "fit_on": "2026-12-08"}));
    let kinds =
        |visit: &Visit| -> Vec<Kind> { agenda(&visit.plan()).expect("days").iter().map(|entry| entry.kind).collect() };
    let doses = |visit: &Visit| -> Vec<u32> {
        let days = kinds(visit).into_iter().filter_map(|kind| match kind {
            Kind::Dose(_, day) => Some(day.number()),
            _ => None,
        });
        days.collect()
    };
    assert_eq!(doses(&held), [15]);
    assert_eq!(doses(&day_8()), [8, 15]);
    assert!(kinds(&course(5, 1)).contains(&Kind::Cycle(6)));
    assert!(!kinds(&course(6, 1)).iter().any(|kind| matches!(kind, Kind::Cycle(_))), "six cycles are the most");
}

/// Every line of the file, as it stands there.
fn lines(text: &str) -> Vec<&str> {
    assert!(text.ends_with("\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "every line ends in CRLF");
    text.trim_end_matches("\r\n").split("\r\n").collect()
}

#[test]
fn every_case_makes_a_sound_file_that_names_nobody_and_is_always_the_same() {
    let mut written = 0;
    let mut uids = BTreeSet::new();
    for (name, visit) in coverage::cases() {
        for visit in [visit.clone(), visit.clone().eu(), visit.woman()] {
            let plan = visit.plan();
            let Ok(entries) = agenda(&plan) else { continue };
            let [neutral, named] = [Titles::Neutral, Titles::Named].map(|titles| calendar(&plan, titles).expect(name));
            assert_eq!(neutral, calendar(&visit.plan(), Titles::Neutral).expect(name));
            let found = read(&neutral);
            let expected: Vec<(String, String)> =
                entries.iter().map(|entry| (entry.from.to_string(), entry.to.plus_days(1).to_string())).collect();
            let read_back: Vec<(String, String)> =
                found.iter().map(|event| (event.1.clone(), event.2.clone())).collect();
            assert_eq!(read_back, expected, "{name}");
            let own: BTreeSet<String> = found.iter().map(|event| event.0.clone()).collect();
            assert_eq!(own.len(), found.len(), "{name}: a UID twice");
            uids.extend(own);
            assert_eq!(read(&named).len(), found.len());
            assert!(lines(&neutral).iter().all(|line| line.len() <= 75), "{name}");
            assert!(!neutral.to_lowercase().contains("inotuzumab ozogamicin"), "{name}: neutral titles name the drug");
            let born = visit.0["patient"]["birth_date"].as_str().unwrap_or("no birth date").replace('-', "");
            assert!(!neutral.contains(&born), "{name}: the birth date is in it");
            written += 1;
        }
    }
    println!("{written} files, {} entries", uids.len());
    assert!(written > 50);
}

#[test]
fn the_stamp_is_the_day_of_the_visit() {
    let stamp = |visit: &Visit| {
        calendar(&visit.plan(), Titles::Neutral).expect("days").contains("DTSTAMP:20261214T000000Z\r\n")
    };
    assert!(stamp(&second_cycle("cr")) && !stamp(&first_dose()));
}

proptest! {
    /// Whatever is written, and however long, comes back; folds never part a letter.
    #[test]
    fn any_text_comes_back(title in "[a-zA-Zäµ²–’😀,;:\\\\\n \u{a0}]{0,200}", says in "\\PC{0,300}", days in 0_i64..4000) {
        // The other library strips white space at the ends.
        let (title, says) = (format!("<{title}>"), format!("<{says}>"));
        let from = Date::read(&later("2026-11-23", days)).expect("a day");
        let event = Event { kind: "dose-1-1".into(), from, to: from.plus_days(2), title: title.clone(), says: says.clone() };
        let text = write("ABCDEFGH", from, &[event]);
        prop_assert!(lines(&text).iter().all(|line| line.len() <= 75));
        let unfolded = unfold(&text);
        prop_assert!(read_calendar(&unfolded).is_ok());
        let read = read(&text);
        prop_assert_eq!(&read[0].3, &title);
        prop_assert_eq!(&read[0].4, &says);
        prop_assert_eq!((&read[0].1, &read[0].2), (&from.to_string(), &from.plus_days(3).to_string()));
    }

    /// Any first visit: the days of the file are the days of the plan.
    #[test]
    fn any_day_and_age_makes_the_days_of_its_plan(day in 0_i64..3000, years in 1_u64..90, her in any::<bool>()) {
        let visit = first_dose().without("patient.birth_date").set("patient.age_years", years).set("date", later("2026-01-01", day));
        let visit = if her { visit.woman() } else { visit };
        let plan = visit.plan();
        let found = read(&calendar(&plan, Titles::Neutral).expect("days"));
        let dates = plan.assessment().and_then(|found| found.counselling).expect("dates");
        let ends: Vec<String> = found.iter().filter(|event| event.3 == "A precaution ends").map(|event| event.1.clone()).collect();
        let expected = if her {
            vec![dates.vod_watch_until, dates.no_breastfeeding_until, dates.contraception_female_until]
        } else {
            vec![dates.vod_watch_until, dates.contraception_male_until]
        };
        prop_assert_eq!(ends, expected.iter().map(ToString::to_string).collect::<Vec<_>>());
        let doses: Vec<String> = found.iter().filter(|event| event.3 == "Infusion visit").map(|event| event.1.clone()).collect();
        let planned = plan.assessment().and_then(|found| found.schedule.clone()).expect("a schedule").doses;
        prop_assert_eq!(doses, planned.iter().map(|dose| dose.planned.to_string()).collect::<Vec<_>>());
    }
}
