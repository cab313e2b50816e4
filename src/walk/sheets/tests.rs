//! What stands on the sheets, without a browser.

use super::*;
use crate::engine::calendar::Moment;
use crate::walk::tests::{after, ex01};
use crate::walk::work::{Phase, of_phase};
use crate::walk::{Action, ChoiceField, CycleAt, DateField, NumberField, TimeField};

const PAGES: [Sheet; 5] = [Sheet::Order, Sheet::Preparation, Sheet::Chairside, Sheet::Course, Sheet::Patient];

fn of(walk: &Walk, sheet: Sheet) -> Paper {
    paper(walk, &Plan::of(walk), sheet)
}

fn said(tick: &Tick) -> String {
    format!("{}{}{} {}", tick.says, tick.number.clone().unwrap_or_default(), tick.then, tick.rules)
}

/// Everything that can be read on a sheet.
fn text(paper: &Paper) -> String {
    let mut lines = vec![paper.of.clone(), paper.day.clone(), paper.stamp.clone(), paper.fingerprint.clone()];
    lines.extend([paper.word.clone(), paper.detail.clone()]);
    lines.extend(paper.dose.iter().map(|(label, dose)| format!("{label} {dose}")));
    lines.extend(paper.against.iter().map(said));
    for block in &paper.blocks {
        lines.push(block.title.clone());
        match &block.holds {
            Holds::Pairs(pairs) => lines.extend(pairs.iter().map(|(name, value)| format!("{name} {value}"))),
            Holds::Ticks(ticks) => lines.extend(ticks.iter().map(said)),
            Holds::Table { heads, rows, .. } => {
                lines.push(heads.join(" "));
                lines.extend(rows.iter().map(|row| row.join(" ")));
            }
            Holds::Words(words) => lines.extend(words.iter().map(said)),
            Holds::Plain(words) => lines.extend(words.iter().map(|line| line.words().to_owned())),
        }
    }
    lines.join("\n").replace('\u{a0}', " ")
}

#[test]
fn every_sheet_of_example_1_holds_what_is_done_with_it() {
    for (sheet, expected) in [
        (
            Sheet::Order,
            &[
                "Dose 1.456 mg",
                "1.82 m²",
                "0.8 mg/m² × 1.82 m²",
                "Rate 50 mL/h",
                "Bag, in all 50 mL",
                "5.824 mL from 2 vials, and 44.176 mL sodium chloride 0.9 %",
                "30 Nov",
                "170 cm",
            ][..],
        ),
        (
            Sheet::Preparation,
            &[
                "Withdraw 5.824 mL",
                "44.176 mL to a total of 50 mL",
                "0.02912 mg/mL",
                "first vial + 4 h",
                "first vial + 8 h",
                "0.344 mg in 1.376 mL",
                "PVC",
                "RECON-06",
            ],
        ),
        (
            Sheet::Chairside,
            &[
                "The container holds 1.456 mg in 50 mL.",
                "Rate: 50 mL/h",
                "first vial + 7 h",
                "end + 1 h",
                "Corticosteroid",
                "Oxygen saturation",
                "PES",
            ],
        ),
        (
            Sheet::Course,
            &["Cycle 1: from 23 Nov 2026, 21 days", "Mon 30 Nov 2026", "0.5 mg/m², 0.91 mg", "23 Jul 2027"],
        ),
        (
            Sheet::Patient,
            &[
                "Today you get inotuzumab",
                "Monday 30 November 2026",
                "23 July 2027",
                "23 January 2027",
                "Call by night",
            ],
        ),
    ] {
        let paper = of(&ex01(), sheet);
        let text = text(&paper);
        for expected in expected {
            assert!(text.contains(expected), "{sheet:?} has no {expected}:\n{text}");
        }
        for always in ["cycle 1, day 1", "Monday 23 November 2026", "US label 3/2024", "rules 2026-11", "engine "] {
            assert!(text.contains(always), "{sheet:?} has no {always}");
        }
        assert_eq!(paper.fingerprint.len(), 9, "{}", paper.fingerprint);
        assert!(paper.against.is_empty() && !paper.signs.is_empty() && paper.printable);
        for missing in ["–", "not known yet", "not yet"] {
            assert!(!text.contains(missing), "{sheet:?} says {missing}:\n{text}");
        }
    }
}

#[test]
fn the_order_says_that_nobody_answered_whether_there_was_any_toxicity() {
    let choose = [(ChoiceField::Cycle, "1"), (ChoiceField::Day, "8")].map(|(field, code)| Action::Choose(field, code));
    let day_1 = Action::TypeDate(DateField::Day1(CycleAt::default()), "2026-11-16".to_owned());
    let day_8 = after(after(ex01(), choose), [Action::KeepResults, day_1]);
    let line = |walk: &Walk| {
        let order = text(&of(walk, Sheet::Order));
        let found = order.lines().find(|line| line.starts_with("Any sign of VOD")).map(str::to_owned);
        found.unwrap_or_else(|| panic!("{order}"))
    };
    assert!(line(&day_8).ends_with("since the last dose? not answered"), "{}", line(&day_8));
    let told = after(day_8, [Action::Choose(ChoiceField::Toxicity, "no")]);
    assert!(line(&told).ends_with("No, none"), "{}", line(&told));
}

#[test]
fn what_is_not_released_has_no_work_on_it() {
    let held = after(ex01(), [Action::Type(NumberField::Bilirubin, "2.1".to_owned())]);
    let open = after(ex01(), [Action::Unchoose(ChoiceField::Cd22)]);
    let late =
        [Action::TypeTime(TimeField::Reconstituted, "09:00".to_owned()), Action::Now(Moment::read("2026-11-23T13:01"))];
    for (walk, why) in [(held, "bilirubin"), (open, "Still open: CD22"), (after(ex01(), late), "TIME-01")] {
        for sheet in [Sheet::Order, Sheet::Preparation, Sheet::Chairside] {
            let paper = of(&walk, sheet);
            assert!(paper.blocks.is_empty() && paper.signs.is_empty(), "{why} {sheet:?}");
            assert!(
                paper.against.iter().map(said).collect::<String>().to_lowercase().contains(&why.to_lowercase()),
                "{why}: {:?}",
                paper.against
            );
            assert_eq!(paper.dose.as_ref().map(|(label, _)| *label), Some("Planned, not released"));
        }
        let home = of(&walk, Sheet::Patient);
        assert!(home.dose.is_none() && !home.word.contains("you get"), "{}", home.word);
        assert!(text(&home).contains("Call us at once"));
    }
}

#[test]
fn times_stand_on_the_sheets_as_they_were_entered() {
    let times =
        [(TimeField::Corticosteroid, "08:10"), (TimeField::Reconstituted, "09:00"), (TimeField::Diluted, "09:30")];
    let walk = after(ex01(), times.map(|(field, text)| Action::TypeTime(field, text.to_owned())));
    let chairside = text(&of(&walk, Sheet::Chairside));
    for expected in [
        "Corticosteroid  08:10",
        "First vial reconstituted  09:00",
        "Diluted 13:00 09:30",
        "Infusion started 16:00",
        // No time of day before the end, of which nobody knows.
        "Observed at least until end + 1",
    ] {
        assert!(chairside.contains(expected), "{expected}\n{chairside}");
    }
    let started = after(walk.clone(), [Action::TypeTime(TimeField::Started, "10:00".to_owned())]);
    assert!(text(&of(&started, Sheet::Chairside)).contains("Observed at least until end + 1"));
    let ended = after(started, [Action::TypeTime(TimeField::Ended, "11:05".to_owned())]);
    assert!(text(&of(&ended, Sheet::Chairside)).contains("Observed at least until 12:05"));
    assert!(text(&of(&walk, Sheet::Preparation)).contains("13:00"));
}

#[test]
fn a_caution_that_nobody_has_seen_prints_no_sheet() {
    let walk = after(ex01(), [Action::Type(NumberField::TotalVolume, "60".to_owned())]);
    assert!(!Plan::of(&walk).unacknowledged.is_empty());
    for sheet in PAGES {
        assert!(!of(&walk, sheet).printable, "{sheet:?}");
    }
}

#[test]
fn what_does_not_fit_is_counted() {
    let lines = |count: usize| (0..count).map(|number| number.to_string()).collect::<Vec<_>>();
    assert_eq!(bounded(lines(5), 5, str::to_owned).len(), 5);
    assert_eq!(bounded(lines(8), 5, str::to_owned)[5], "and 3 more: see the full record");
    assert_eq!(bounded(lines(8), 5, str::to_owned).len(), 6);
}

#[test]
fn a_measured_dose_is_ordered_and_prepared_as_measured() {
    let walk = after(ex01(), [Action::Choose(ChoiceField::MeasureTo, "0.1")]);
    let order = text(&of(&walk, Sheet::Order));
    assert!(order.contains("Dose as measured 1.45 mg 0.006 mg or 0.41 % less"), "{order}");
    assert!(order.contains("5.8 mL from 2 vials"), "{order}");
    let preparation = text(&of(&walk, Sheet::Preparation));
    assert!(
        preparation.contains("Drug in the container 1.45 mg") && preparation.contains("2 vials either way"),
        "{preparation}"
    );
    let chairside = text(&of(&walk, Sheet::Chairside));
    assert!(chairside.contains("holds 1.45 mg in 50 mL: 1.456 mg, measured to 0.1 mL."), "{chairside}");
    // The vials, the record and the second check speak of the same volume.
    let plan = Plan::of(&walk);
    let drawn = crate::walk::picture::vials_of(&plan).expect("vials");
    assert!(drawn.words.replace('\u{a0}', " ").contains("Withdraw 5.8 mL (1.45 mg) from 2 vials"), "{}", drawn.words);
    assert!(drawn.each[1].withdrawn.replace('\u{a0}', " ").starts_with("2.2 mL"), "{}", drawn.each[1].withdrawn);
    let numbers = crate::walk::recap::numbers(&plan);
    for (label, result) in [("Withdraw, as measured", "5.8 mL"), ("Dose, as measured", "1.45 mg")] {
        let line = numbers.iter().find(|number| number.label == label).expect(label);
        assert_eq!(line.line.result.replace('\u{a0}', " "), result);
    }
}

/// A line that no source read bears says so on paper as on screen; so does a number that no hand can measure.
#[test]
fn paper_marks_what_is_from_memory_and_rounds_what_nobody_can_use() {
    let typed = [(NumberField::Height, "165"), (NumberField::Weight, "62"), (NumberField::TotalVolume, "49")];
    let walk = after(ex01(), typed.map(|(field, text)| Action::Type(field, text.to_owned())));
    let preparation = text(&of(&walk, Sheet::Preparation));
    assert!(preparation.contains("Concentration about 0.0"), "{preparation}");
    assert!(!preparation.split(' ').any(|word| word.starts_with("0.0") && word.len() > 9), "{preparation}");
    let reason = |confidence| Reason { confidence, ..Plan::of(&walk).reasons[0].clone() };
    assert!(Tick::found(reason(Confidence::M)).rules.ends_with(", confirm against your label"));
    assert!(!Tick::found(reason(Confidence::A)).rules.contains("confirm"));
}

#[test]
fn a_preparation_speaks_of_its_own_label_only() {
    let eu = after(ex01(), [Action::Choose(ChoiceField::Label, "eu")]);
    let work = |walk: &Walk| {
        let ticks = [Phase::Dilute, Phase::Infuse].map(|phase| of_phase(&Plan::of(walk), phase));
        ticks.concat().into_iter().map(|task| said(&Tick::from(task))).collect::<String>()
    };
    assert!(work(&eu).contains("keep at 20") && !work(&eu).contains("The US text"), "{}", work(&eu));
    assert!(work(&ex01()).contains("The US text on this was not read."));
    for walk in [&eu, &ex01()] {
        assert!(work(walk).contains("Handle it as cytotoxic.") && !work(walk).contains("One center"));
    }
}

#[test]
fn one_vial_is_one() {
    let child = [(NumberField::Height, "110"), (NumberField::Weight, "18")];
    let child = after(ex01(), child.map(|(field, text)| Action::Type(field, text.to_owned())));
    let numbers = recap::numbers(&Plan::of(&child));
    let vials = numbers.iter().find(|number| number.path == "preparation.vials").expect("the vials");
    assert_eq!(vials.line.result, "1\u{a0}vial");
}
