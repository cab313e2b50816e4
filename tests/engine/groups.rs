//! Rules that share a question: whatever the answer, exactly one of them speaks, or at most one, as the contract says. Each test
//! walks every combination of the values that decide, on both sides of each limit, at it, and absent.

use std::collections::BTreeSet;

use inotuzumab::engine::calendar::Date;
use inotuzumab::engine::case::{
    Container, CountsCause, Cycle, Day, Diagnosis, GivenDose, Hsct, Interruption, LiverTest, Marker, MarrowAssessment,
    Pregnancy, Preparation, Profile, Reduction, Response, Sex, Toxicity, ToxicityKind, VodHistory,
};
use inotuzumab::engine::units::{ActivityUnit, BilirubinUnit, Count, CountUnit, Given, Quantity, TimeUnit};
use inotuzumab::engine::{Assessment, Case, Decision, Fraction, Percent, Positive, Whole, assess};
use rust_decimal::{Decimal, dec};

use crate::support::course;

const NOT_SAID: Option<bool> = None;
const MAYBE: [Option<bool>; 3] = [NOT_SAID, Some(false), Some(true)];

/// Day `day` of cycle `cycle` of a patient who is well, in CR after every earlier cycle.
fn visit(cycle: u32, day: u32) -> Case {
    Case::from_json(&course(cycle, day).0.to_string()).expect("a good case")
}

/// The same in both profiles.
fn in_both(case: &Case) -> [Case; 2] {
    [Profile::Us, Profile::Eu].map(|profile| Case { profile, ..case.clone() })
}

fn answer(case: &Case) -> Assessment {
    assess(case).unwrap_or_else(|error| panic!("{error}\n{}", case.to_json()))
}

/// The conditions of these rules that are true: the rule, and `#2` when it is not its first condition.
fn speaking(case: &Case, rules: &[&str]) -> Vec<String> {
    let findings = answer(case).findings;
    let of = findings.iter().filter(|finding| rules.contains(&finding.rule.grounds.id));
    of.map(|finding| {
        let place =
            finding.rule.clauses.iter().position(|clause| clause.when == finding.clause.when).expect("its own") + 1;
        let id = finding.rule.grounds.id;
        if place == 1 { id.to_owned() } else { format!("{id}#{place}") }
    })
    .collect()
}

/// Exactly these conditions are true, in this order.
#[track_caller]
fn speak(case: &Case, rules: &[&str], expected: &[&str]) {
    assert_eq!(speaking(case, rules), expected, "{}", case.to_json());
}

/// `Some(word)` as a list of one.
fn one(word: Option<&'static str>) -> Vec<&'static str> {
    word.into_iter().collect()
}

fn count(number: Decimal) -> Count {
    Given { value: number, unit: CountUnit::GigaPerLitre }
}

/// Every value of one with every value of the other.
fn pairs<A: Copy, B: Copy>(one: &[A], other: &[B]) -> Vec<(A, B)> {
    one.iter().flat_map(|one| other.iter().map(|other| (*one, *other))).collect()
}

fn days_on(date: Date, days: u16) -> Date {
    date.plus_days(days)
}

#[test]
fn cd22_is_positive_negative_unknown_or_missing() {
    let percent = |number| (None, Percent::new(number));
    let word = |word| (Some(word), None);
    for ((cd22, cd22_percent), expected) in [
        (word(Marker::Positive), None),
        (word(Marker::Negative), Some("ELIG-02")),
        (word(Marker::Unknown), Some("ELIG-02#2")),
        (percent(dec!(0)), Some("ELIG-02")),
        (percent(dec!(0.000000001)), None),
        (percent(dec!(100)), None),
        ((None, None), None),
    ] {
        for mut case in in_both(&visit(1, 1)) {
            (case.disease.cd22, case.disease.cd22_percent) = (cd22, cd22_percent);
            speak(&case, &["ELIG-02"], &one(expected));
            let missing = cd22.is_none() && cd22_percent.is_none();
            assert_eq!(answer(&case).missing, one(missing.then_some("disease.cd22")));
        }
    }
}

#[test]
fn every_history_of_veno_occlusive_disease_has_its_one_rule() {
    for (vod, expected) in [
        (None, None),
        (Some(VodHistory::None), None),
        (Some(VodHistory::Ongoing), Some("CONTRA-02")),
        (Some(VodHistory::Severe), Some("CONTRA-02#2")),
        (Some(VodHistory::Resolved), Some("CONTRA-04")),
    ] {
        for mut case in in_both(&visit(2, 8)) {
            case.history.vod = vod;
            speak(&case, &["CONTRA-02", "CONTRA-04"], &one(expected));
            assert_eq!(answer(&case).missing.contains(&"history.vod".to_owned()), vod.is_none());
        }
    }
}

#[test]
fn an_age_is_in_one_band() {
    for years in (0..=120).map(Some).chain([None]) {
        let mut case = visit(1, 1);
        (case.patient.birth_date, case.patient.age_years) = (None, years.and_then(Whole::new));
        let band = |eu: bool| match years {
            Some(0) => Some("ELIG-05"),
            Some(1..18) if eu => Some("ELIG-07"),
            Some(66..) => Some("GER-01"),
            _ => None,
        };
        let [us, eu] = in_both(&case);
        speak(&us, &["ELIG-05", "ELIG-07", "GER-01"], &one(band(false)));
        speak(&eu, &["ELIG-05", "ELIG-07", "GER-01"], &one(band(true)));
    }
}

#[test]
fn a_pregnancy_test_has_at_most_one_rule() {
    for (cycle, day) in [(1, 1), (1, 8), (2, 1), (2, 15), (6, 1)] {
        for sex in [None, Some(Sex::Female), Some(Sex::Male)] {
            for potential in MAYBE {
                for pregnancy in Pregnancy::ALL.iter().copied().map(Some).chain([None]) {
                    let mut case = visit(cycle, day);
                    (case.patient.sex, case.patient.reproductive_potential, case.patient.pregnancy) =
                        (sex, potential, pregnancy);
                    let untested =
                        pregnancy == Some(Pregnancy::Unknown) && sex == Some(Sex::Female) && potential == Some(true);
                    let expected = match (pregnancy, cycle, day) {
                        (Some(Pregnancy::Pregnant), _, _) => Some("CONTRA-05"),
                        (_, 1, 1) if untested => Some("PREG-01"),
                        (_, 2.., 1) if untested => Some("PREG-01#2"),
                        _ => None,
                    };
                    speak(&case, &["CONTRA-05", "PREG-01"], &one(expected));
                }
            }
        }
    }
}

#[test]
fn blasts_before_the_first_dose_are_above_or_not_and_at_no_other_visit_asked() {
    let blasts = [None, Some(dec!(0)), Some(dec!(9.999)), Some(dec!(10)), Some(dec!(10.001)), Some(dec!(500))];
    for (cycle, day) in [(1, 1), (1, 8), (1, 15), (2, 1), (3, 8)] {
        for given in blasts {
            for by_share in [false, true] {
                for mut case in in_both(&visit(cycle, day)) {
                    (case.visit.wbc, case.visit.blast_percent, case.visit.blasts) = (None, None, None);
                    if by_share {
                        case.visit.wbc = given.map(|number| count(number * dec!(2)));
                        case.visit.blast_percent = Percent::new(dec!(50));
                    } else {
                        case.visit.blasts = given.map(count);
                    }
                    let expected: &[&str] = match given {
                        Some(number) if (cycle, day) == (1, 1) => match number.cmp(&dec!(10)) {
                            std::cmp::Ordering::Less => &["CYTO-02"],
                            std::cmp::Ordering::Equal => &["CYTO-02", "CYTO-03"],
                            std::cmp::Ordering::Greater => &["CYTO-01"],
                        },
                        _ => &[],
                    };
                    speak(&case, &["CYTO-01", "CYTO-02", "CYTO-03"], expected);
                }
            }
        }
    }
}

#[test]
fn qt_is_in_one_band() {
    let given = |number: Decimal| Given { value: number, unit: TimeUnit::Ms };
    let values =
        [dec!(300), dec!(420), dec!(440), dec!(479.9), dec!(480), dec!(480.1), dec!(500), dec!(500.1), dec!(540)];
    for now in values.map(Some).into_iter().chain([None]) {
        for before in
            values.map(Some).into_iter().chain([None, Some(dec!(420.1)), Some(dec!(440.1)), Some(dec!(439.9))])
        {
            for mut case in in_both(&visit(2, 1)) {
                (case.visit.qtcf, case.baseline.qtcf) = (now.map(given), before.map(given));
                let expected = now.and_then(|now| {
                    let rise = before.map_or(Decimal::ZERO, |before| now - before);
                    match now {
                        _ if now > dec!(500) => Some("QT-04"),
                        _ if rise > dec!(60) => Some("QT-04#2"),
                        _ if now > dec!(480) => Some("QT-04#3"),
                        _ => None,
                    }
                });
                speak(&case, &["QT-04"], &one(expected));
            }
        }
    }
}

/// A liver test as a multiple of its upper limit: absent, without an upper limit, or known.
#[derive(Clone, Copy)]
enum Multiple {
    Absent,
    NoLimit,
    Of(Decimal),
}

impl Multiple {
    fn all(limit: Decimal) -> [Self; 5] {
        let near = dec!(0.001);
        [Self::Absent, Self::NoLimit, Self::Of(limit - near), Self::Of(limit), Self::Of(limit + near)]
    }
    fn test<U>(self, unit: U) -> Option<LiverTest<U>> {
        let uln = Positive::new(dec!(40));
        match self {
            Self::Absent => None,
            Self::NoLimit => Some(LiverTest { value: dec!(9999), uln: None, unit }),
            Self::Of(multiple) => Some(LiverTest { value: multiple * dec!(40), uln, unit }),
        }
    }
    fn above(self, limit: Decimal) -> bool {
        matches!(self, Self::Of(multiple) if multiple > limit)
    }
}

#[test]
fn liver_limits_are_both_one_or_none_exceeded() {
    let (bilirubin_limit, other_limit) = (dec!(1.5), dec!(2.5));
    for bilirubin in Multiple::all(bilirubin_limit) {
        for ast in Multiple::all(other_limit) {
            for alt in Multiple::all(other_limit) {
                for (excused, stuck) in pairs(&MAYBE, &MAYBE) {
                    let mut case = visit(1, 8);
                    case.visit.bilirubin = bilirubin.test(BilirubinUnit::MgPerDl);
                    (case.visit.ast, case.visit.alt) = (ast.test(ActivityUnit::UPerL), alt.test(ActivityUnit::UPerL));
                    case.history.gilbert_or_hemolysis = excused;
                    case.visit.hepatic_limits_not_recovering = stuck;
                    let one = bilirubin.above(bilirubin_limit) && excused != Some(true);
                    let other = ast.above(other_limit) || alt.above(other_limit);
                    let mut expected = match (one, other) {
                        (true, true) => vec!["MODNH-02"],
                        (true, false) => vec!["MODNH-03"],
                        (false, true) => vec!["MODNH-03#2"],
                        (false, false) => vec![],
                    };
                    if (one || other) && stuck == Some(true) {
                        expected.push("MODNH-04");
                    }
                    speak(&case, &["MODNH-02", "MODNH-03", "MODNH-04"], &expected);
                }
            }
        }
    }
}

/// What decides about blood counts before a cycle.
#[derive(Clone, Copy)]
struct Counts {
    baseline: [Option<Decimal>; 2],
    now: [Option<Decimal>; 2],
    last: [Option<Decimal>; 2],
    from_disease: bool,
}

impl Counts {
    fn low(self, index: usize) -> bool {
        self.now[index].is_some_and(|now| now < [dec!(1), dec!(50)][index])
    }

    /// The rules that the contract's table names, ANC before platelets.
    fn expected(self) -> Vec<&'static str> {
        let limits = [dec!(1), dec!(50)];
        let low_baseline = (0..2).any(|index| self.baseline[index].is_some_and(|before| before < limits[index]));
        let good_baseline = (0..2).all(|index| self.baseline[index].is_some_and(|before| before >= limits[index]));
        let mut rules = Vec::new();
        if good_baseline {
            rules.extend(self.low(0).then_some("MODH-01"));
            rules.extend(self.low(1).then_some("MODH-02"));
        }
        if low_baseline && self.now.iter().all(Option::is_some) {
            let as_last = (0..2).all(|index| self.last[index].is_some_and(|last| self.now[index] >= Some(last)));
            let recovered = !self.low(0) && !self.low(1);
            if !as_last && !recovered && !self.from_disease {
                rules.push("MODH-03");
            }
        }
        rules
    }
}

#[test]
fn counts_before_a_cycle_hold_by_the_good_baseline_or_by_the_low_one() {
    let anc = [None, Some(dec!(0.99)), Some(dec!(1))];
    let platelets = [None, Some(dec!(49.9)), Some(dec!(50))];
    let anc_last = [None, Some(dec!(0.98)), Some(dec!(0.99)), Some(dec!(0.995))];
    let platelets_last = [None, Some(dec!(49.8)), Some(dec!(49.9)), Some(dec!(49.95))];
    let all = &["MODH-01", "MODH-02", "MODH-03", "MODH-04", "MODH-05", "MODH-06"];
    let causes = [
        (None, Some(true)),
        (Some(CountsCause::Disease), Some(true)),
        (Some(CountsCause::Disease), None),
        (Some(CountsCause::Drug), Some(true)),
    ];
    let later = visit(2, 1);
    for baseline in pairs(&anc, &platelets).into_iter().map(<[_; 2]>::from) {
        for now in pairs(&anc, &platelets).into_iter().map(<[_; 2]>::from) {
            for last in pairs(&anc_last, &platelets_last).into_iter().map(<[_; 2]>::from) {
                for (cause, stable) in causes {
                    let from_disease = cause == Some(CountsCause::Disease) && stable == Some(true);
                    let counts = Counts { baseline, now, last, from_disease };
                    let mut case = later.clone();
                    case.date = days_on(case.date, 60);
                    [case.baseline.anc, case.baseline.platelets] = baseline.map(|it| it.map(count));
                    [case.visit.anc, case.visit.platelets] = now.map(|it| it.map(count));
                    [case.cycles[0].anc_day1, case.cycles[0].platelets_day1] = last.map(|it| it.map(count));
                    (case.visit.counts_cause, case.visit.disease_stable_or_improved) = (cause, stable);
                    case.visit.counts_low_since = Date::read("2026-12-01");
                    let mut expected = counts.expected();
                    let [low_anc, low_platelets] = [0, 1].map(|index| counts.low(index) && !expected.is_empty());
                    if cause == Some(CountsCause::Drug) {
                        expected.extend(low_anc.then_some("MODH-04"));
                        expected.extend(low_platelets.then_some("MODH-05"));
                    }
                    speak(&case, all, &expected);
                }
            }
        }
    }
}

#[test]
fn counts_inside_a_cycle_are_named_and_never_hold() {
    let all = &["MODH-01", "MODH-02", "MODH-03", "MODH-04", "MODH-05", "MODH-06"];
    for (cycle, day) in [(1, 1), (1, 8), (1, 15), (2, 8), (4, 15)] {
        for anc in [None, Some(dec!(0.99)), Some(dec!(1))] {
            for platelets in [None, Some(dec!(49.9)), Some(dec!(50))] {
                for baseline in [None, Some(dec!(0.5)), Some(dec!(2))] {
                    let mut case = visit(cycle, day);
                    (case.visit.anc, case.visit.platelets) = (anc.map(count), platelets.map(count));
                    case.baseline.anc = baseline.map(count);
                    let low = anc.is_some_and(|anc| anc < dec!(1)) || platelets.is_some_and(|count| count < dec!(50));
                    speak(&case, all, &one((low && day != 1).then_some("MODH-06")));
                }
            }
        }
    }
}

#[test]
fn every_length_of_an_interruption_has_exactly_one_rule() {
    let rules = &["INT-01", "INT-02", "INT-03", "INT-06"];
    for (cycle, day) in [(1, 8), (1, 15), (2, 8), (3, 15)] {
        for length in 0..=60 {
            for mut case in in_both(&visit(cycle, day)) {
                let held_from = Some(case.date);
                case.date = days_on(case.date, 60);
                let fit_on = held_from.map(|held| days_on(held, length));
                case.visit.interruption = Some(Interruption { held_from, fit_on });
                let (expected, omitted) = match length {
                    0..7 => ("INT-01", false),
                    7..14 => ("INT-02", true),
                    14..=28 => ("INT-03", true),
                    _ => ("INT-06", false),
                };
                speak(&case, rules, &[expected]);
                assert_eq!(answer(&case).decision == Decision::OmitDose, omitted, "{length}");
                for (held_from, fit_on) in [(held_from, None), (None, fit_on), (None, None)] {
                    case.visit.interruption = Some(Interruption { held_from, fit_on });
                    speak(&case, rules, &[]);
                    assert!(!answer(&case).missing.is_empty(), "an interruption without its dates is not judged");
                }
            }
        }
    }
}

/// The reduction in force and what last raised it, read off the contract: each cycle's record, then its interruption.
fn step(before: &[(Reduction, u64)], own: Reduction) -> (u32, bool) {
    let recorded = |reduction| Reduction::ALL.iter().position(|it| *it == reduction).expect("one of three");
    let (mut step, mut interrupted) = (0, false);
    let mut raise = |to: usize, by_interruption: bool| {
        if to > step {
            (step, interrupted) = (to, by_interruption);
        }
        step
    };
    for (reduction, days) in before {
        let now = raise(recorded(*reduction), false);
        if *days >= 14 {
            raise(now + 1, true);
        }
    }
    raise(recorded(own), false);
    (u32::try_from(step).expect("small"), interrupted)
}

#[test]
fn a_reduction_in_force_is_named_once_and_gives_its_level() {
    let records = pairs(Reduction::ALL, &[0, 13, 14, 40]);
    let rules = &["INT-03", "INT-04", "INT-05", "MODH-11"];
    let mut seen = BTreeSet::new();
    for (cycle, day) in [(3, 1), (3, 8), (3, 15)] {
        for first in &records {
            for second in &records {
                for own in Reduction::ALL.iter().filter(|own| day > 1 || **own == Reduction::None) {
                    let mut case = visit(cycle, day);
                    for (index, (reduction, days)) in [first, second].into_iter().enumerate() {
                        case.cycles[index].reduction = Some(*reduction);
                        case.cycles[index].interruption_days = Whole::new(*days);
                    }
                    if let Some(record) = case.cycles.get_mut(2) {
                        record.reduction = Some(*own);
                    }
                    let (step, interrupted) = step(&[*first, *second], *own);
                    seen.insert((step, interrupted));
                    let mut expected = match (step, interrupted) {
                        (0, _) => vec![],
                        (1, true) => vec!["INT-03#2"],
                        (2, _) if day == 15 => vec!["INT-04"],
                        (2, true) => vec!["INT-04#2"],
                        (3.., _) => vec!["INT-05"],
                        (_, false) => vec!["MODH-11"],
                    };
                    if (step, interrupted, day) == (2, false, 15) {
                        expected.push("MODH-11");
                    }
                    speak(&case, rules, &expected);
                    let answer = answer(&case);
                    let level = answer.dose.map(|dose| dose.mg_per_m2.decimal());
                    assert_eq!(
                        level,
                        [Some(dec!(0.5)), Some(dec!(0.375)), (day < 15).then_some(dec!(0.375)), None]
                            [step.min(3) as usize]
                    );
                    let rows = answer.schedule.map(|schedule| schedule.doses.len());
                    assert_eq!(rows, [Some(3), Some(3), (day < 15).then_some(2), None][step.min(3) as usize]);
                }
            }
        }
    }
    assert!(seen.len() >= 7, "some step is never reached: {seen:?}");
}

#[test]
fn day_8_and_15_are_early_in_time_or_late() {
    for (cycle, day) in [(1, 8), (1, 15), (2, 8), (5, 15)] {
        let due = visit(cycle, day);
        for days in 0..=30 {
            let mut case = due.clone();
            // From the day after the dose before to three weeks after the day planned.
            case.date = days_on(due.date, days);
            for dose in &mut case.cycles.iter_mut().flat_map(|cycle| &mut cycle.doses) {
                dose.date = days_on(dose.date, 6);
            }
            let expected = match days {
                0..4 => Some("SCHED-04"),
                4..=8 => None,
                _ => Some("SCHED-07"),
            };
            speak(&case, &["SCHED-04", "SCHED-07"], &one(expected));
            let early = if days < 5 { Some("SCHED-02") } else { None };
            speak(&case, &["SCHED-02"], &one(early));
        }
        let mut unknown = due.clone();
        unknown.cycles.truncate(usize::try_from(cycle).expect("small") - 1);
        speak(&unknown, &["SCHED-04", "SCHED-07"], &[]);
    }
    // No window on day 1.
    for cycle in 1..=6 {
        speak(&visit(cycle, 1), &["SCHED-02", "SCHED-04", "SCHED-06", "SCHED-07"], &[]);
    }
}

#[test]
fn how_many_cycles_by_plan_and_response() {
    let rules = &["HSCT-02", "HSCT-03", "HSCT-04", "HSCT-05", "HSCT-06", "HSCT-07"];
    let responses = [None, Some(Response::Unknown), Some(Response::None), Some(Response::Cri), Some(Response::Cr)];
    let markers = [None, Some(Marker::Unknown), Some(Marker::Positive), Some(Marker::Negative)];
    for (cycle, day) in pairs(&[1, 2, 3, 4, 5, 6, 7, 8], &[1, 8, 15]) {
        for plan in Hsct::ALL.iter().copied().map(Some).chain([None]) {
            for earlier in responses {
                for (last, mrd) in pairs(&responses, &markers) {
                    let mut case = visit(cycle, day);
                    case.hsct = plan;
                    let previous = usize::try_from(cycle).expect("small").checked_sub(2);
                    for (index, record) in case.cycles.iter_mut().enumerate() {
                        record.response = if Some(index) == previous { last } else { earlier };
                        record.mrd = if Some(index) == previous { mrd } else { Some(Marker::Positive) };
                    }
                    let remission = |response| matches!(response, Some(Response::Cr | Response::Cri));
                    let (planned, third) = (plan == Some(Hsct::Planned), cycle == 3);
                    let done = remission(last) && mrd == Some(Marker::Negative);
                    // What is absent decides nothing, unless the other value does.
                    let not_done =
                        last.is_some_and(|_| !remission(last)) || mrd.is_some_and(|mrd| mrd != Marker::Negative);
                    let by_third = match cycle {
                        ..=3 => true,
                        4 => remission(earlier) || remission(last),
                        _ => remission(earlier),
                    };
                    let mut expected = Vec::new();
                    let mut when = |condition: bool, rule| expected.extend(condition.then_some(rule));
                    when(planned && third && not_done, "HSCT-02");
                    when(planned && third && done && day == 1, "HSCT-03");
                    when(planned && third && done && day != 1, "HSCT-03#2");
                    when(planned && cycle >= 4, "HSCT-04");
                    when(cycle >= 7, "HSCT-05");
                    when(!by_third, "HSCT-06");
                    when(plan == Some(Hsct::Undecided) && cycle >= 3, "HSCT-07");
                    speak(&case, rules, &expected);
                }
            }
        }
    }
}

#[test]
fn a_response_is_unknown_lost_or_in_force() {
    let all = [None, Some(Response::Unknown), Some(Response::None), Some(Response::Cri), Some(Response::Cr)];
    for (first, (second, third)) in pairs(&all, &pairs(&all, &all)) {
        for day in [1, 8, 15] {
            let mut case = visit(4, day);
            let judged = [first, second, third];
            for (record, response) in case.cycles.iter_mut().zip(judged) {
                record.response = response;
            }
            let known = |response: &&Option<Response>| !matches!(response, None | Some(Response::Unknown));
            let in_force = judged.iter().rev().find(known).copied().flatten();
            let ever = judged.iter().any(|response| matches!(response, Some(Response::Cr | Response::Cri)));
            let lost = in_force == Some(Response::None) && ever;
            let mut expected = one((third == Some(Response::Unknown)).then_some("RESP-04"));
            expected.extend(lost.then_some("RESP-06"));
            speak(&case, &["RESP-04", "RESP-06"], &expected);
            let answer = answer(&case);
            assert_eq!(answer.response.map(|response| response.class), in_force);
            assert_eq!(answer.missing.contains(&"cycles[2].response".to_owned()), third.is_none());
            let level = match in_force {
                // Without a response in three cycles HSCT-06 ends treatment, and there is no dose.
                None | Some(Response::None | Response::Unknown) => None,
                Some(Response::Cr | Response::Cri) => Some(dec!(0.5)),
            };
            assert_eq!(answer.dose.map(|dose| dose.mg_per_m2.decimal()), level, "{}", case.to_json());
        }
    }
}

#[test]
fn five_values_give_exactly_one_class() {
    let blasts = [None, Some(dec!(0)), Some(dec!(4.999)), Some(dec!(5)), Some(dec!(5.001)), Some(dec!(100))];
    let anc = [None, Some(dec!(0.999)), Some(dec!(1)), Some(dec!(1.001))];
    let platelets = [None, Some(dec!(99.9)), Some(dec!(100)), Some(dec!(100.1))];
    for (marrow, (anc, platelets)) in pairs(&blasts, &pairs(&anc, &platelets)) {
        for (circulating, outside) in pairs(&MAYBE, &MAYBE) {
            let mut case = visit(2, 1);
            case.cycles[0].response = None;
            case.cycles[0].assessment = Some(MarrowAssessment {
                marrow_blasts_percent: marrow.and_then(Percent::new),
                circulating_blasts: circulating,
                extramedullary_disease: outside,
                anc: anc.map(count),
                platelets: platelets.map(count),
            });
            let class = match (marrow, circulating, outside, anc, platelets) {
                (Some(marrow), Some(circulating), Some(outside), Some(anc), Some(platelets)) => {
                    Some(if marrow >= dec!(5) || circulating || outside {
                        Response::None
                    } else if anc >= dec!(1) && platelets >= dec!(100) {
                        Response::Cr
                    } else {
                        Response::Cri
                    })
                }
                _ => None,
            };
            let answer = answer(&case);
            assert_eq!(answer.response.map(|response| response.class), class, "{}", case.to_json());
            assert_eq!(answer.missing.is_empty(), class.is_some());
        }
    }
}

#[test]
fn mrd_is_negative_or_positive_or_not_known() {
    let word = |marker| (Some(marker), None);
    let share = |number| (None, Fraction::new(number));
    for ((mrd, mrd_fraction), expected) in [
        ((None, None), None),
        (word(Marker::Negative), Some(Marker::Negative)),
        (word(Marker::Positive), Some(Marker::Positive)),
        (word(Marker::Unknown), Some(Marker::Unknown)),
        (share(dec!(0)), Some(Marker::Negative)),
        (share(dec!(0.000099999)), Some(Marker::Negative)),
        (share(dec!(0.0001)), Some(Marker::Positive)),
        (share(dec!(1)), Some(Marker::Positive)),
    ] {
        let mut case = visit(3, 1);
        case.hsct = Some(Hsct::Planned);
        (case.cycles[1].mrd, case.cycles[1].mrd_fraction) = (mrd, mrd_fraction);
        assert_eq!(answer(&case).response.and_then(|response| response.mrd), expected);
        let rule = expected.map(|mrd| if mrd == Marker::Negative { "HSCT-03" } else { "HSCT-02" });
        speak(&case, &["HSCT-02", "HSCT-03"], &one(rule));
        assert_eq!(answer(&case).missing, one(expected.is_none().then_some("cycles[1].mrd")));
    }
}

#[test]
fn a_toxicity_has_at_most_one_rule() {
    let rules = &["MODNH-01", "MODNH-05", "IRR-01", "IRR-02"];
    let grades: Vec<Option<u64>> = (0..=5).map(Some).chain([None]).collect();
    for kind in ToxicityKind::ALL {
        for grade in &grades {
            for before in &grades {
                for resolved in MAYBE {
                    let toxicity = Toxicity {
                        kind: *kind,
                        grade: grade.and_then(Whole::new),
                        baseline_grade: before.and_then(Whole::new),
                        resolved,
                    };
                    let open = resolved != Some(true);
                    let expected = match (kind, *grade) {
                        (ToxicityKind::Vod | ToxicityKind::SevereLiver, _) => Some("MODNH-01"),
                        (ToxicityKind::InfusionReaction, Some(1 | 2)) => Some(if open { "IRR-01" } else { "IRR-01#2" }),
                        (ToxicityKind::InfusionReaction, Some(3..)) => Some("IRR-02"),
                        (ToxicityKind::Other, Some(grade)) if open && grade >= 2 && grade > before.unwrap_or(0) => {
                            Some("MODNH-05")
                        }
                        _ => None,
                    };
                    let mut case = visit(1, 8);
                    case.visit.toxicities = vec![toxicity];
                    speak(&case, rules, &one(expected));
                }
            }
        }
    }
}

#[test]
fn a_concentration_is_inside_or_its_containers_rule_speaks() {
    // 1.456 mg: 0.1 mg/mL is 14.56 mL, 0.025 mg/mL 58.24 mL, 0.01 mg/mL 145.6 mL.
    let totals = [
        dec!(1),
        dec!(5.824),
        dec!(14.559),
        dec!(14.56),
        dec!(14.561),
        dec!(58.239),
        dec!(58.24),
        dec!(58.241),
        dec!(145.599),
        dec!(145.6),
        dec!(145.601),
        dec!(1000),
    ];
    for container in [None, Some(Container::Bag), Some(Container::Syringe)] {
        for total in totals.map(Some).into_iter().chain([None]) {
            for mut case in in_both(&visit(1, 1)) {
                let total_volume_ml = total.and_then(Positive::new);
                case.preparation = Some(Preparation { container, total_volume_ml, ..Preparation::default() });
                let syringe = container == Some(Container::Syringe);
                let (rule, most) = if syringe { ("DIL-05", dec!(58.24)) } else { ("DIL-03", dec!(145.6)) };
                let inside = match total {
                    Some(total) => Some((dec!(14.56)..=most).contains(&total)),
                    None => (!syringe).then_some(true),
                };
                speak(&case, &["DIL-03", "DIL-05"], &one((inside == Some(false)).then_some(rule)));
                let prepared = answer(&case).preparation.expect("it is made up");
                assert_eq!(prepared.in_range, inside, "{total:?}");
                assert_eq!(prepared.diluent_ml.is_some(), total.map_or(!syringe, |total| total >= dec!(5.824)));
            }
        }
    }
}

#[test]
fn every_cycle_response_day_and_reduction_has_its_level_or_none() {
    for cycle in 1..=3_u32 {
        for response in Response::ALL {
            for (reduction, share) in Reduction::ALL.iter().zip([dec!(1), dec!(0.75), dec!(0.75)]) {
                for (day, number) in Day::ALL.into_iter().zip([1, 8, 15]) {
                    let mut case = visit(cycle, number);
                    for record in case.cycles.iter_mut().take(usize::try_from(cycle).expect("small") - 1) {
                        (record.response, record.reduction) = (Some(*response), Some(*reduction));
                    }
                    let share = if cycle == 1 { Decimal::ONE } else { share };
                    let full = match (cycle, response) {
                        (1, _) | (_, Response::None) => Some(if day == Day::D1 { dec!(0.8) } else { dec!(0.5) }),
                        (_, Response::Cr | Response::Cri) => Some(dec!(0.5)),
                        (_, Response::Unknown) => None,
                    };
                    let dropped = cycle > 1 && *reduction == Reduction::TwoDoses && day == Day::D15;
                    let level = full.map(|full| full * share).filter(|_| !dropped);
                    let answer = answer(&case);
                    let dose = answer.dose;
                    assert_eq!(dose.map(|dose| dose.mg_per_m2.decimal()), level, "{}", case.to_json());
                    assert_eq!(dose.map(|dose| dose.mg.decimal()), level.map(|level| level * dec!(1.82)));
                    let in_force = if cycle == 1 { Reduction::None } else { *reduction };
                    assert!(dose.is_none_or(|dose| dose.reduction == in_force));
                    assert_eq!(answer.decision == Decision::OmitDose, dropped);
                }
            }
        }
    }
}

/// A finding never depends on the decision, but a day that has no dose has no concentration either.
#[test]
fn a_day_without_a_dose_is_not_held_for_its_concentration() {
    let diluted = |day, reduction, interrupted| {
        let mut case = visit(2, day);
        case.cycles[0].reduction = Some(reduction);
        case.cycles[0].interruption_days = Whole::new(interrupted);
        case.preparation = Some(Preparation { total_volume_ml: Positive::new(dec!(250)), ..Preparation::default() });
        case
    };
    speak(&diluted(8, Reduction::TwoDoses, 0), &["DIL-03"], &["DIL-03"]);
    speak(&diluted(15, Reduction::Minus25Percent, 0), &["DIL-03"], &["DIL-03"]);
    speak(&diluted(15, Reduction::TwoDoses, 0), &["DIL-03"], &[]);
    for day in [1, 8, 15] {
        speak(&diluted(day, Reduction::TwoDoses, 14), &["DIL-03", "INT-05"], &["INT-05"]);
    }
}

/// Stop, leave out, hold, incomplete, give: the first that applies, and what is shown with each.
#[test]
fn a_decision_is_the_first_that_applies() {
    for choice in 0..16_u8 {
        let [stop, omit, hold, missing] = [1, 2, 4, 8].map(|bit| choice & bit != 0);
        for mut case in in_both(&visit(1, 8)) {
            case.history.hypersensitivity = Some(stop);
            if omit {
                let held_from = Some(case.date);
                case.date = days_on(case.date, 7);
                case.visit.interruption = Some(Interruption { held_from, fit_on: Some(case.date) });
            }
            if let Some(premedication) = &mut case.visit.premedication {
                premedication.antihistamine = Some(!hold);
            }
            if missing {
                case.history.vod = None;
            }
            let expected = match (stop, omit, hold, missing) {
                (true, ..) => Decision::Stop,
                (_, true, ..) => Decision::OmitDose,
                (_, _, true, _) => Decision::Hold,
                (.., true) => Decision::Incomplete,
                _ => Decision::Give,
            };
            let answer = answer(&case);
            assert_eq!(answer.decision, expected);
            let shown = !stop && !omit;
            assert_eq!([answer.dose.is_some(), answer.preparation.is_some(), answer.schedule.is_some()], [shown; 3]);
            assert_eq!(answer.dose.is_some_and(|dose| dose.release), choice == 0);
            assert_eq!(answer.missing, one(missing.then_some("history.vod")));
            let told = answer.counselling.expect("a dose was given").last_dose;
            assert_eq!(told, if choice == 0 { case.date } else { Date::read("2026-11-23").expect("a date") });
            assert!(answer.bsa.is_some());
            let told = serde_json::to_value(&answer).expect("JSON")["derivations"].to_string();
            let explained = ["dose.", "preparation.", "schedule."].map(|group| told.contains(&format!("\"{group}")));
            assert_eq!(explained, [shown; 3], "what is not shown is not explained either");
            assert!(told.contains("\"bsa.m2\"") && told.contains("\"counselling."), "and nothing else is left out");
        }
    }
    // Only a dose of today counts when none was given before.
    let mut first = visit(1, 1);
    first.disease.diagnosis = Some(Diagnosis::Other);
    assert!(answer(&first).counselling.is_none());
}

#[test]
fn a_dose_given_out_of_its_cycle_is_no_dose_of_this_one() {
    // Without its own record, day 8 has no day 1 to count from, whatever the cycle before says.
    let mut case = visit(2, 8);
    let own: Cycle = case.cycles.pop().expect("its own");
    assert_eq!(own.doses, [GivenDose { day: Day::D1, date: Date::read("2026-12-21").expect("a date") }]);
    assert_eq!(answer(&case).missing, ["cycles[1].doses"]);
    assert!(answer(&case).schedule.is_none());
}

#[test]
fn a_liver_limit_is_named_with_its_value() {
    let mut case = visit(1, 1);
    let above = Multiple::Of(dec!(3));
    case.visit.bilirubin = above.test(BilirubinUnit::UmolPerL);
    (case.visit.ast, case.visit.alt) = (above.test(ActivityUnit::UPerL), above.test(ActivityUnit::UPerL));
    let findings = serde_json::to_value(answer(&case)).expect("JSON")["findings"].clone();
    let found = findings.as_array().expect("findings").iter().find(|finding| finding["rule"] == "MODNH-02");
    let basis = &found.expect("MODNH-02")["basis"];
    let named = ["bilirubin", "bilirubin_limit", "ast_limit", "alt_limit"].map(|name| basis[name].to_string());
    assert_eq!(named, ["120", "60", "100", "100"]);
    let message = found.expect("MODNH-02")["message"].as_str().expect("a text");
    assert!(message.contains("2.5 x ULN (AST 120 U/L; ALT 120 U/L). Wait"), "{message}");
}

#[test]
fn a_day_has_its_number_and_its_words() {
    for (day, number, words) in [(Day::D1, 1, "day 1"), (Day::D8, 8, "day 8"), (Day::D15, 15, "day 15")] {
        assert_eq!((day.number(), day.to_string().as_str(), Day::from_number(number)), (number, words, Some(day)));
    }
}
