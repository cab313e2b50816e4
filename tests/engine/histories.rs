//! A walk over every course of treatment: whatever happened before, no dose above the plan, none raised again after a
//! reduction, no seventh cycle, no fourth without a response.

use inotuzumab::engine::calendar::Date;
use inotuzumab::engine::case::{Cycle, Day, GivenDose, Hsct, Marker, Reduction, Response};
use inotuzumab::engine::units::MgPerM2;
use inotuzumab::engine::{Assessment, Case, Decision, Whole, assess};
use rust_decimal::{Decimal, dec};

use crate::support::first_dose;

/// What a cycle leaves behind: response, MRD, recorded reduction, days of interruption.
type Outcome = (Response, Marker, Reduction, u32);

/// The course so far.
struct Course {
    case: Case,
    /// Least share of the full level given so far.
    share: Decimal,
    responded: bool,
    visits: u64,
    given: u64,
}

fn day_1_of(cycle: u32) -> Date {
    let start = Date::read("2026-01-05").expect("a date");
    start.plus_days(u16::try_from(28 * (cycle - 1)).expect("a short course"))
}

fn assessed(case: &mut Case, cycle: u32, day: Day) -> Assessment {
    case.date = day_1_of(cycle).plus_days(day.offset());
    case.visit.cycle = Whole::new(cycle.into());
    case.visit.day = Some(day);
    assess(case).expect("a consistent course")
}

/// What the label gives before any reduction.
fn full_level(cycle: u32, in_response: bool, day: Day) -> MgPerM2 {
    let high = day == Day::D1 && (cycle == 1 || !in_response);
    inotuzumab::engine::units::Quantity::of(if high { dec!(0.8) } else { dec!(0.5) })
}

fn walk(course: &mut Course, cycle: u32, in_response: bool, outcomes: &[Outcome]) {
    let doses = given_doses(course, cycle, in_response);
    if doses.is_empty() {
        return;
    }
    assert!(cycle <= 6, "a seventh cycle: {:?}", course.case.cycles);
    assert!(cycle < 4 || course.responded, "a fourth cycle without a response: {:?}", course.case.cycles);
    let (share, responded) = (course.share, course.responded);
    for (response, mrd, reduction, interrupted) in outcomes {
        course.case.cycles.push(Cycle {
            number: Whole::new(cycle.into()).expect("a number"),
            length_days: Some(inotuzumab::engine::case::CycleLength::Days28),
            doses: doses.clone(),
            anc_day1: None,
            platelets_day1: None,
            reduction: Some(*reduction),
            interruption_days: Whole::new((*interrupted).into()),
            response: Some(*response),
            assessment: None,
            mrd: Some(*mrd),
            mrd_fraction: None,
        });
        let now = matches!(response, Response::Cr | Response::Cri);
        course.responded = responded || now;
        // The recorded reduction binds from here on, whether or not the doses above followed it.
        course.share = if *reduction == Reduction::None { share } else { share.min(dec!(0.75)) };
        walk(course, cycle + 1, now, outcomes);
        course.case.cycles.pop();
        (course.share, course.responded) = (share, responded);
    }
}

/// Gives the cycle's doses as the engine allows, and checks each.
fn given_doses(course: &mut Course, cycle: u32, in_response: bool) -> Vec<GivenDose> {
    let mut doses = Vec::new();
    let own = usize::try_from(cycle).expect("small") - 1;
    for day in Day::ALL {
        course.visits += 1;
        let answer = assessed(&mut course.case, cycle, day);
        if answer.decision != Decision::Give {
            assert!(answer.dose.is_none_or(|dose| !dose.release));
            if day == Day::D1 {
                break;
            }
            continue;
        }
        let dose = answer.dose.unwrap_or_else(|| panic!("released without a dose: {:?}", course.case.cycles));
        let full = full_level(cycle, in_response, day);
        assert!(dose.mg_per_m2 <= full, "above the plan: {} in {:?}", dose.mg_per_m2, course.case.cycles);
        let share = inotuzumab::engine::units::Quantity::decimal(dose.mg_per_m2)
            / inotuzumab::engine::units::Quantity::decimal(full);
        assert!(share <= course.share, "raised again: {share} after {} in {:?}", course.share, course.case.cycles);
        course.share = share;
        course.given += 1;
        doses.push(GivenDose { day, date: course.case.date });
        // The own cycle is on record from its first dose on.
        course.case.cycles.truncate(own);
        course.case.cycles.push(Cycle { doses: doses.clone(), ..blank(cycle) });
    }
    course.case.cycles.truncate(own);
    doses
}

fn blank(cycle: u32) -> Cycle {
    Cycle {
        number: Whole::new(cycle.into()).expect("a number"),
        length_days: None,
        doses: Vec::new(),
        anc_day1: None,
        platelets_day1: None,
        reduction: None,
        interruption_days: None,
        response: None,
        assessment: None,
        mrd: None,
        mrd_fraction: None,
    }
}

fn run(hsct: Hsct, outcomes: &[Outcome]) -> Course {
    let mut case = Case::from_json(&first_dose().0.to_string()).expect("a good case");
    case.hsct = Some(hsct);
    let mut course = Course { case, share: Decimal::ONE, responded: false, visits: 0, given: 0 };
    walk(&mut course, 1, false, outcomes);
    println!("{}: {} visits, {} doses given", hsct.word(), course.visits, course.given);
    assert!(course.given > 1000, "the walk goes nowhere");
    course
}

fn outcomes(responses: &[Response], markers: &[Marker]) -> Vec<Outcome> {
    let reductions =
        [(Reduction::None, 0), (Reduction::None, 14), (Reduction::Minus25Percent, 0), (Reduction::TwoDoses, 0)];
    let mut all = Vec::new();
    for response in responses {
        for marker in markers {
            all.extend(reductions.iter().map(|(reduction, days)| (*response, *marker, *reduction, *days)));
        }
    }
    all
}

#[test]
fn without_a_transplant() {
    run(Hsct::NotPlanned, &outcomes(&[Response::Cr, Response::None], &[Marker::Positive]));
}

#[test]
fn before_a_transplant() {
    let all = outcomes(
        &[Response::Cr, Response::Cri, Response::None, Response::Unknown],
        &[Marker::Positive, Marker::Negative, Marker::Unknown],
    );
    let course = run(Hsct::Planned, &all);
    assert!(course.visits > course.given, "some visits are refused");
}

#[test]
fn with_the_plan_open() {
    run(Hsct::Undecided, &outcomes(&[Response::Cri, Response::None], &[Marker::Negative]));
}
