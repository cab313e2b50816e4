//! A walk from the first key to the decision, without a browser.

use super::date::Reading;
use super::field::Answer;
use super::number::Entry;
use super::plan::{Plan, Tone};
use super::*;
use crate::engine::calendar::Date;
use crate::engine::rule::Severity;

fn day(text: &str) -> Date {
    Date::read(text).expect(text)
}

fn fresh() -> Walk {
    Walk::new(Some(day("2026-11-23")))
}

pub(super) fn after(walk: Walk, actions: impl IntoIterator<Item = Action>) -> Walk {
    actions.into_iter().fold(walk, reduce)
}

/// Cycle, day and label are said first.
fn due(walk: Walk, label: &'static str, cycle: &'static str, day: &'static str) -> Walk {
    let said = [(ChoiceField::Label, label), (ChoiceField::Cycle, cycle), (ChoiceField::Day, day)];
    after(walk, said.map(|(field, code)| Action::Choose(field, code)))
}

fn types(field: NumberField, text: &str) -> Action {
    Action::Type(field, text.to_owned())
}

/// The patient of example EX01, with nothing against the dose.
pub(super) fn ex01() -> Walk {
    use ChoiceField as C;
    use NumberField as N;
    let numbers = [
        (N::Height, "170"),
        (N::Weight, "70"),
        (N::Wbc, "5"),
        (N::BlastPercent, "40"),
        (N::Anc, "1.5"),
        (N::Platelets, "80"),
        (N::Bilirubin, "0.8"),
        (N::BilirubinUln, "1.2"),
        (N::Ast, "30"),
        (N::AstUln, "40"),
        (N::Alt, "30"),
        (N::AltUln, "40"),
        (N::Qtcf, "410"),
    ];
    let choices = [
        (C::Sex, "female"),
        (C::Diagnosis, "b_cell_precursor_all"),
        (C::Status, "relapsed"),
        (C::Cd22, "positive"),
        (C::Hypersensitivity, "no"),
        (C::Vod, "none"),
        (C::SeriousLiver, "no"),
        (C::Reproductive, "yes"),
        (C::Pregnancy, "not_pregnant"),
        (C::Electrolytes, "yes"),
        (C::Corticosteroid, "yes"),
        (C::Antipyretic, "yes"),
        (C::Antihistamine, "yes"),
    ];
    let walk = after(due(fresh(), "us", "1", "1"), numbers.map(|(field, text)| types(field, text)));
    let walk = after(walk, choices.map(|(field, code)| Action::Choose(field, code)));
    after(walk, [Action::TypeDate(DateField::Birth, "1980-02-29".to_owned())])
}

#[test]
fn example_1_comes_to_give() {
    let plan = Plan::of(&ex01());
    assert_eq!(plan.verdict().tone, Tone::Give, "{:?} {:?}", plan.open, plan.reasons);
    assert!(plan.released());
    let prepared = plan.preparation().unwrap();
    assert_eq!(plan.dose().unwrap().mg.to_string(), "1.456 mg");
    assert_eq!(prepared.withdraw_ml.to_string(), "5.824 mL");
    assert_eq!(prepared.diluent_ml.unwrap().to_string(), "44.176 mL");
    assert_eq!(plan.assessment().unwrap().counselling.unwrap().contraception_female_until, day("2027-07-23"));
    assert!(plan.steps(&ex01()).iter().all(|step| step.needs == 0));
}

#[test]
fn a_fresh_walk_asks_for_everything_and_answers_nothing_clinical() {
    use ChoiceField as C;
    let plan = Plan::of(&fresh());
    assert_eq!(plan.verdict().tone, Tone::Open);
    assert_eq!(plan.case, None, "no label, no rules");
    assert_eq!(
        plan.open.iter().map(|open| open.field).collect::<Vec<_>>(),
        [C::Label, C::Cycle, C::Day].map(FieldId::Choice)
    );
    let case = to_case(&due(fresh(), "us", "1", "1")).unwrap();
    assert_eq!(case.patient.sex, None);
    assert_eq!(case.disease, Default::default());
    assert_eq!(case.history, Default::default());
    assert_eq!(case.visit.premedication, None);
    let preset = FieldId::all().filter(|field| match field {
        FieldId::Choice(choice) => field.at().is_none() && fresh().choice(*choice).is_some(),
        _ => false,
    });
    assert_eq!(
        preset.collect::<Vec<_>>(),
        [C::Formula, C::AgeBy, C::FirstLength, C::Cd22By, C::BlastsBy, C::Container, C::MeasureTo].map(FieldId::Choice)
    );
}

#[test]
fn taking_an_answer_away_takes_the_release_away() {
    for open in Plan::of(&due(fresh(), "us", "1", "1")).open {
        let walk = match open.field {
            FieldId::Number(field) => after(ex01(), [types(field, "")]),
            FieldId::Choice(field) => after(ex01(), [Action::Unchoose(field)]),
            FieldId::Date(field) => after(ex01(), [Action::TypeDate(field, String::new())]),
            FieldId::Time(_) => continue,
        };
        let plan = Plan::of(&walk);
        assert!(!plan.released(), "{:?}", open.field);
        assert_eq!(plan.open.iter().map(|open| open.field).collect::<Vec<_>>(), [open.field]);
    }
}

#[test]
fn an_entry_nobody_understands_takes_the_release_away_even_where_it_is_optional() {
    let walk = after(ex01(), [types(NumberField::BaselineQtcf, "40O")]);
    let plan = Plan::of(&walk);
    assert_eq!(plan.case.as_ref().unwrap().baseline.qtcf, None);
    assert_eq!(plan.verdict().tone, Tone::Open);
    assert!(!plan.released());
    assert!(plan.open[0].problem.is_some());
}

#[test]
fn a_question_is_no_number_until_it_is_answered() {
    let asked = after(ex01(), [types(NumberField::Weight, "70,125")]);
    assert!(matches!(asked.number(NumberField::Weight), Entry::Question(_)));
    let plan = Plan::of(&asked);
    assert!(plan.dose().is_none());
    let ask = ask::ask(&asked, FieldId::Number(NumberField::Weight)).unwrap();
    let answered = after(asked, [ask.answers[0].1.clone()]);
    assert_eq!(answered.numbers.get(NumberField::Weight).text(), "70,125", "the text stays as typed");
    assert!(Plan::of(&answered).dose().is_some());
}

#[test]
fn a_unit_toggle_keeps_the_text_and_moves_the_upper_limit_with_the_value() {
    let walk = after(ex01(), [Action::Unit(NumberField::Bilirubin, "umol/L")]);
    assert_eq!(walk.numbers.get(NumberField::Bilirubin).text(), "0.8");
    assert_eq!(walk.numbers.get(NumberField::BilirubinUln).unit(), "umol/L");
    let case = after(walk, [types(NumberField::Bilirubin, "14"), types(NumberField::BilirubinUln, "20")]);
    let case = to_case(&case).unwrap();
    assert_eq!(case.visit.bilirubin.unwrap().uln.unwrap().decimal(), 20.into());
}

#[test]
fn hidden_answers_do_not_count() {
    let walk = after(ex01(), [Action::Choose(ChoiceField::Pregnancy, "pregnant")]);
    assert_eq!(Plan::of(&walk).verdict().tone, Tone::Stop);
    let walk = after(walk, [Action::Choose(ChoiceField::Sex, "male")]);
    assert_eq!(to_case(&walk).unwrap().patient.pregnancy, None);
    assert_eq!(Plan::of(&walk).verdict().tone, Tone::Give);
}

#[test]
fn stop_shows_no_dose_and_hold_shows_it_unreleased() {
    let stop = Plan::of(&after(ex01(), [Action::Choose(ChoiceField::Hypersensitivity, "yes")]));
    assert_eq!((stop.verdict().tone, stop.dose()), (Tone::Stop, None));
    let hold = Plan::of(&after(ex01(), [types(NumberField::BlastPercent, "100"), types(NumberField::Wbc, "25.6")]));
    assert_eq!(hold.verdict().tone, Tone::Hold);
    assert!(hold.dose().is_some() && !hold.released());
    assert_eq!(hold.reasons_in(Step::Cytoreduction)[0].severity, Severity::Hold);
}

#[test]
fn a_toddler_in_a_bag_is_held_with_the_volumes_that_would_do() {
    let walk = after(ex01(), [types(NumberField::Height, "80"), types(NumberField::Weight, "11")]);
    let plan = Plan::of(&walk);
    assert_eq!(plan.verdict().tone, Tone::Hold);
    assert_eq!(plan.preparation().unwrap().in_range, Some(false));
    assert!(!plan.released());
}

/// What the page says of the total volume and what the rules say of it never point two ways.
#[test]
fn a_total_volume_is_spoken_of_with_one_voice() {
    let words =
        |walk: &Walk| Plan::of(walk).volume_words().map(|words| words.replace('\u{a0}', " ")).unwrap_or_default();
    let syringe = |total: &str| {
        after(ex01(), [Action::Choose(ChoiceField::Container, "syringe"), types(NumberField::TotalVolume, total)])
    };
    let in_range = "In a syringe a total volume from 14.56 to 58.24 mL keeps this dose inside the range.";
    let alone = "The drug alone is 5.824 mL: more than the 5 mL chosen.";
    assert_eq!(words(&syringe("5")), format!("{alone} {in_range}"));
    assert_eq!([words(&syringe("5.824")), words(&syringe(""))], [in_range; 2]);
    assert_eq!(words(&syringe("20")), "");
    assert!(!syringe("20").hint(FieldId::Number(NumberField::TotalVolume)).contains("bag"));
    assert!(ex01().hint(FieldId::Number(NumberField::TotalVolume)).contains("bag of 50\u{a0}mL"));

    let too_small = after(ex01(), [types(NumberField::TotalVolume, "10")]);
    assert_eq!(words(&too_small), "A bag of 50 mL, as the label makes up, keeps this dose inside the range.");

    // A child of 0.49 m2: no bag of 50 mL will do, and whoever takes another is not sent back to 50 mL.
    let toddler = after(ex01(), [types(NumberField::Height, "80"), types(NumberField::Weight, "11")]);
    assert!(
        words(&toddler)
            .starts_with("No bag of 50 mL keeps this dose inside the range: it takes a total volume from 3.9")
    );
    let small_bag = after(toddler, [types(NumberField::TotalVolume, "20")]);
    assert_eq!(words(&small_bag), "");
    let said: Vec<String> = Plan::of(&small_bag).reasons.into_iter().map(|reason| reason.text).collect();
    assert!(said.iter().any(|text| text.contains("the label makes up")), "{said:?}");
    assert!(said.iter().all(|text| !text.contains("Use 50")), "{said:?}");
}

/// Whether there was any toxicity is asked at every later visit, and only "no" is none.
#[test]
fn toxicity_is_asked_since_the_last_dose_and_silence_is_not_none() {
    let field = FieldId::Choice(ChoiceField::Toxicity);
    let at = ToxicityAt::default();
    let says = |code| Action::Choose(ChoiceField::Toxicity, code);
    assert!(!ex01().applies(field), "before the first dose there is nothing to ask");
    for (cycle, day) in [("1", "8"), ("1", "15"), ("2", "1"), ("3", "8")] {
        let walk = due(ex01(), "us", cycle, day);
        assert!(walk.applies(field) && walk.choice(ChoiceField::Toxicity).is_none(), "cycle {cycle} day {day}");
    }
    let asked = after(due(ex01(), "us", "1", "8"), [Action::KeepResults]);
    let open = |walk: &Walk| Plan::of(walk).open.iter().any(|open| open.field.at().is_some() && open.problem.is_none());
    let before = Plan::of(&asked).open.len();

    let yes = after(asked.clone(), [says("yes")]);
    assert_eq!(yes.toxicities(), [at], "its card is there to be filled in");
    assert!(open(&yes) && Plan::of(&yes).open.len() == before + 1, "yes without what it is does not pass");
    let vod = after(yes, [Action::Choose(ChoiceField::ToxicityKind(at), "vod")]);
    assert_eq!(Plan::of(&vod).verdict().tone, Tone::Stop);
    let taken_back = after(vod.clone(), [Action::RemoveToxicity(at)]);
    assert_eq!(taken_back.choice(ChoiceField::Toxicity), None, "a mistake taken back is no answer");
    let none = after(vod, [says("no")]);
    assert_ne!(Plan::of(&none).verdict().tone, Tone::Stop);
    assert!(to_case(&none).is_some_and(|case| case.visit.toxicities.is_empty()));
    let added = after(asked.clone(), [Action::AddToxicity]);
    assert_eq!(added.choice(ChoiceField::Toxicity), Some("yes"));

    // The sheet says which of the two it was.
    let sheet = |walk: &Walk| {
        let given = crate::walk::recap::answers(walk, &Plan::of(walk));
        given.into_iter().find(|given| given.label.starts_with("Any sign of VOD")).map(|given| given.answer)
    };
    assert_eq!(sheet(&after(asked.clone(), [says("no")])), Some(Some("No, none".to_owned())));
    assert_eq!(sheet(&asked), Some(None), "not answered stands on the sheet as not answered");

    // So does the band, behind what it says of the dose.
    let day_1 = Action::TypeDate(DateField::Day1(CycleAt::default()), "2026-11-16".to_owned());
    let detail = |walk: &Walk| Plan::of(walk).verdict().detail;
    let nothing = "Nothing stands against today’s dose.";
    let asked = after(asked, [day_1]);
    assert_eq!(detail(&asked), format!("{nothing} Not answered: toxicity since the last dose."));
    assert_eq!(detail(&after(asked, [says("no")])), nothing);
    assert_eq!(detail(&ex01()), nothing, "before the first dose nobody asks");
}

#[test]
fn an_acknowledgement_holds_for_the_words_it_was_given_for() {
    let walk = after(ex01(), [Action::Choose(ChoiceField::Vod, "resolved")]);
    let key = Plan::of(&walk).unacknowledged[0].clone();
    let walk = after(walk, [Action::Acknowledge(key, true)]);
    assert!(Plan::of(&walk).unacknowledged.is_empty());
    let changed = after(walk, [Action::Choose(ChoiceField::Vod, "severe")]);
    assert_eq!(Plan::of(&changed).unacknowledged.len(), 1, "another caution is another acknowledgement");
}

#[test]
fn an_unlikely_visit_date_is_asked() {
    for (today, typed) in [("2019-01-05", None), ("2026-11-23", Some("2016-11-23")), ("2026-11-23", Some("2027-02-23"))]
    {
        let walk = due(Walk::new(Some(day(today))), "us", "1", "1");
        let walk =
            typed.map_or(walk.clone(), |text| after(walk, [Action::TypeDate(DateField::Visit, text.to_owned())]));
        assert_eq!(to_case(&walk), None, "{today} {typed:?}");
        assert_eq!(Plan::of(&walk).open[0].field, FieldId::Date(DateField::Visit));
        let ask = ask::ask(&walk, FieldId::Date(DateField::Visit)).unwrap();
        assert!(to_case(&after(walk, [ask.answers[0].1.clone()])).is_some());
    }
    assert_eq!(to_case(&due(Walk::new(None), "us", "1", "1")), None, "no clock, no date");
}

#[test]
fn a_contradiction_is_pointed_out_where_it_is() {
    let walk = after(
        ex01(),
        [
            Action::TypeTime(TimeField::Reconstituted, "10:00".to_owned()),
            Action::TypeTime(TimeField::Diluted, "09:00".to_owned()),
        ],
    );
    let plan = Plan::of(&walk);
    assert!(plan.dose().is_some() && !plan.released());
    assert_eq!(plan.open[0].field, FieldId::Time(TimeField::Diluted));
    assert_eq!(plan.open.len(), 1, "{:?}", plan.open);
    let next_day = after(walk, [Action::NextDay(TimeField::Diluted, true)]);
    assert_eq!(Plan::of(&next_day).verdict().tone, Tone::Hold, "23 hours are too long");
}

#[test]
fn another_visit_and_back_keeps_what_was_typed() {
    let [one, two] = [0, 1].map(|index| CycleAt::new(index).unwrap());
    let told = after(
        due(ex01(), "us", "3", "1"),
        [
            Action::KeepResults,
            Action::TypeDate(DateField::Day1(one), "2026-09-28".to_owned()),
            Action::TypeDate(DateField::Day1(two), "26 Oct 2026".to_owned()),
            Action::Choose(ChoiceField::ResponseBy(two), "data"),
            types(NumberField::MarrowBlasts(two), "3,5"),
            types(NumberField::InterruptionDays(two), "1O"),
            Action::AddToxicity,
            Action::Choose(ChoiceField::ToxicityKind(ToxicityAt::default()), "vod"),
        ],
    );
    for (cycle, day) in [("2", "1"), ("1", "1"), ("1", "8"), ("6", "15")] {
        let elsewhere = due(told.clone(), "eu", cycle, day);
        let back = due(elsewhere, "us", "3", "1");
        assert_eq!(back, told, "by way of cycle {cycle} day {day}");
    }
    assert_eq!(Plan::of(&told).verdict().tone, Tone::Stop);
    let first = Plan::of(&reduce(due(told.clone(), "us", "1", "1"), Action::KeepResults));
    assert_eq!(first.verdict().tone, Tone::Give, "{:?}", first.open);
    let case = first.case.unwrap();
    assert!(case.cycles.is_empty() && case.visit.toxicities.is_empty(), "what is not asked is not sent");
}

#[test]
fn a_toxicity_taken_away_leaves_the_others_as_they_are() {
    let [one, two] = [0, 1].map(|index| ToxicityAt::new(index).unwrap());
    let kind = |at, code| Action::Choose(ChoiceField::ToxicityKind(at), code);
    let walk = after(due(ex01(), "us", "2", "8"), [Action::AddToxicity, Action::AddToxicity]);
    let walk = after(walk, [kind(one, "other"), kind(two, "infusion_reaction"), Action::RemoveToxicity(one)]);
    assert_eq!(walk.toxicities(), [two]);
    assert_eq!(walk.name(FieldId::Choice(ChoiceField::ToxicityGrade(two))), "Toxicity 1, grade (CTCAE)");
    assert_eq!(
        paths::asking_for(&walk, "visit.toxicities[0].grade"),
        [FieldId::Choice(ChoiceField::ToxicityGrade(two))]
    );
    let again = after(walk, [Action::AddToxicity]);
    assert_eq!(again.choice(ChoiceField::ToxicityKind(one)), None, "what was removed is gone");
    assert_eq!(again.toxicities(), [two, one]);
    assert!(
        Plan::of(&again).open.iter().any(|open| open.field == FieldId::Choice(ChoiceField::ToxicityKind(one))),
        "a toxicity without a name is asked"
    );
    let full = after(again, std::iter::repeat_n(Action::AddToxicity, 20));
    assert_eq!((full.toxicities().len(), full.next_toxicity()), (ToxicityAt::COUNT, None));
}

#[test]
fn a_step_without_a_question_today_says_why_and_is_passed_by() {
    use super::plan::{next_step, step_before};
    for (cycle, day, course, cytoreduction) in
        [("1", "1", true, false), ("1", "8", false, true), ("2", "1", false, true), ("6", "15", false, true)]
    {
        let walk = due(ex01(), "us", cycle, day);
        let away = |step| walk.not_today(step).is_some();
        assert_eq!((away(Step::Course), away(Step::Cytoreduction)), (course, cytoreduction), "{cycle} {day}");
        assert_eq!(next_step(&walk, Step::Patient), Some(if course { Step::Eligibility } else { Step::Course }));
        assert_eq!(
            step_before(&walk, Step::Dose),
            Some(if cytoreduction { Step::Eligibility } else { Step::Cytoreduction })
        );
        let steps = Plan::of(&walk).steps(&walk);
        assert!(steps.iter().all(|state| state.away.is_none() || (state.needs == 0 && !state.done)));
        assert_eq!(steps.len(), Step::ALL.len(), "every step keeps its number");
    }
}

#[test]
fn a_dose_of_the_course_says_when_it_was_due_and_is_never_filled_in() {
    let [one, two] = [0, 1].map(|index| CycleAt::new(index).unwrap());
    let walk = due(ex01(), "us", "3", "1");
    let walk = after(walk, [Action::TypeDate(DateField::Day1(one), "2026-09-07".to_owned())]);
    let echo = |walk: &Walk, field| ask::echo(walk, FieldId::Date(field));
    assert_eq!(echo(&walk, DateField::Day8(one)), "Was planned for Mon 14 Sep. Left empty it counts as not given.");
    assert_eq!(echo(&walk, DateField::Day1(two)), "Was due from 28 Sep 2026 on.");
    assert_eq!(walk.date_text(DateField::Day8(one)), "");
    let long = after(walk, [Action::Choose(ChoiceField::FirstLength, "28")]);
    assert_eq!(echo(&long, DateField::Day1(two)), "Was due from 5 Oct 2026 on.");
    let late = after(long, [Action::TypeDate(DateField::Day8(one), "2026-09-16".to_owned())]);
    assert_eq!(echo(&late, DateField::Day8(one)), "Wednesday 16 September 2026, 2 days after the planned day");
    assert_eq!(course::told(&late, one), "7 Sep, 16 Sep");
    assert_eq!(course::told(&late, two), "nothing entered");
}

#[test]
fn every_question_stands_once_in_the_order_of_the_page() {
    let all: Vec<FieldId> = FieldId::all().collect();
    let numbers = NumberField::all().into_iter().map(FieldId::Number);
    let choices = ChoiceField::all().into_iter().map(FieldId::Choice);
    let dates = DateField::all().into_iter().map(FieldId::Date);
    let times = TimeField::all().into_iter().map(FieldId::Time);
    let mut every: Vec<FieldId> = numbers.chain(choices).chain(dates).chain(times).collect();
    let mut sorted = all.clone();
    every.sort();
    sorted.sort();
    assert_eq!(sorted, every);
    assert!(all.is_sorted_by_key(|field| field.step()), "a step's questions stand together");
}

#[test]
fn a_question_of_a_cycle_says_which() {
    let at = CycleAt::new(1).unwrap();
    let toxicity = ToxicityAt::new(0).unwrap();
    let walk = after(fresh(), [Action::AddToxicity]);
    for (field, element, name) in [
        (FieldId::Date(DateField::Day8(at)), "cycles-1-day8-date", "Cycle 2, day 8"),
        (FieldId::Choice(ChoiceField::Mrd(at)), "cycles-1-mrd", "Cycle 2, MRD"),
        (FieldId::Number(NumberField::AncDay1(at)), "cycles-1-anc-day1", "Cycle 2, neutrophils on day 1"),
        (FieldId::Choice(ChoiceField::ToxicityGrade(toxicity)), "toxicities-0-grade", "Toxicity 1, grade (CTCAE)"),
        (FieldId::Number(NumberField::Anc), "anc", "Neutrophils (ANC)"),
    ] {
        assert_eq!((field.element().as_str(), walk.name(field).as_str()), (element, name));
    }
}

#[test]
fn every_question_has_its_own_element_and_its_answers_are_words_of_the_contract() {
    let mut elements: Vec<String> = FieldId::all().map(FieldId::element).collect();
    let count = elements.len();
    elements.sort();
    elements.dedup();
    assert_eq!(elements.len(), count);
    assert!(
        Step::ALL.iter().all(|step| !elements.iter().any(|element| element == step.slug())),
        "an address is no element"
    );
    // On day 1 and on day 8 of cycle 3, told and asked in the first form of each question.
    let visits = ["1", "8"].map(|day| {
        let walk = after(due(ex01(), "us", "3", day), [Action::KeepResults, Action::AddToxicity]);
        let other = Action::Choose(ChoiceField::ToxicityKind(ToxicityAt::default()), "other");
        let [first, ..] = [0, 1, 2].map(|index| CycleAt::new(index).unwrap());
        after(walk, [other, Action::TypeDate(DateField::Day1(first), "2026-08-01".to_owned())])
    });
    for field in ChoiceField::all() {
        for Answer { code, .. } in field.answers() {
            let reaches = visits.iter().any(|walk| {
                let walk = match field {
                    ChoiceField::Circulating(at) | ChoiceField::Extramedullary(at) => {
                        after(walk.clone(), [Action::Choose(ChoiceField::ResponseBy(at), "data")])
                    }
                    _ => walk.clone(),
                };
                let set = after(walk, [Action::Choose(field, code)]);
                to_case(&set) != to_case(&after(set.clone(), [Action::Unchoose(field)]))
            });
            let beyond = match FieldId::Choice(field).at() {
                Some(At::Cycle(at)) => {
                    at.index() > 2 || (at.index() == 2 && !matches!(field, ChoiceField::Reduction(_)))
                }
                Some(At::Toxicity(at)) => at.index() > 0,
                None => false,
            };
            let silent = field.is_preset()
                || beyond
                || matches!((field, *code), (ChoiceField::Held, "no") | (ChoiceField::Toxicity, "yes"));
            assert!(silent || reaches, "{field:?} {code} reaches the case");
        }
    }
}

#[test]
fn steps_know_their_way() {
    assert_eq!(Step::from_slug("#dose"), Some(Step::Dose));
    assert_eq!(Step::from_slug("#panic-test"), None);
    assert_eq!(Step::Visit.previous(), None);
    assert_eq!(Step::Summary.next(), None);
    assert!(Step::ALL.iter().all(|step| step.next().is_none_or(|next| next.previous() == Some(*step))));
    assert!(crate::engine::rules::registry().all(|rule| !steps::of_rule(rule.grounds.id).name().is_empty()));
}

#[test]
fn every_number_of_the_plan_has_its_why() {
    let plan = Plan::of(&ex01());
    let found = plan.assessment().unwrap();
    for (path, lines) in [
        ("bsa.m2", 1),
        ("dose.mg", 3),
        ("preparation.vials", 5),
        ("preparation.withdraw_ml", 4),
        ("preparation.diluent_ml", 5),
        ("preparation.concentration_mg_per_ml", 4),
        ("preparation.rate_ml_per_h", 1),
        ("schedule.doses[1].planned", 2),
        ("schedule.next_cycle_from", 1),
        ("counselling.contraception_female_until", 1),
    ] {
        let chain = why::chain(&found.trace, path, plan.profile());
        assert_eq!(chain.len(), lines, "{path}: {chain:#?}");
    }
    let last = why::chain(&found.trace, "dose.mg", plan.profile()).pop().unwrap();
    assert_eq!(
        (last.result.as_str(), last.worked.as_deref()),
        ("1.456\u{a0}mg", Some("0.8\u{a0}mg/m² × 1.82\u{a0}m²"))
    );
}

#[test]
fn a_slip_in_a_time_takes_no_milligram_away() {
    let mut walk = ex01();
    for (field, text) in [(TimeField::Reconstituted, "22:00"), (TimeField::Diluted, "01:00")] {
        walk = reduce(walk, Action::TypeTime(field, text.to_owned()));
    }
    let plan = Plan::of(&walk);
    assert_eq!(plan.dose().unwrap().mg.to_string(), "1.456 mg");
    assert!(!plan.released());
    let open: Vec<_> = plan.open.iter().map(|open| (open.field, open.problem.clone().unwrap_or_default())).collect();
    assert!(
        open.iter().any(|(field, words)| *field == FieldId::Time(TimeField::Diluted) && words.contains("22:00")),
        "{open:?}"
    );
}

#[test]
fn a_volume_that_is_not_understood_is_not_the_usual_one() {
    let walk = reduce(ex01(), Action::Type(NumberField::TotalVolume, "1,000".to_owned()));
    let plan = Plan::of(&walk);
    let prepared = plan.preparation().unwrap();
    assert_eq!((prepared.total_ml, prepared.diluent_ml, prepared.rate_ml_per_h), (None, None, None));
    assert_eq!(prepared.withdraw_ml.to_string(), "5.824 mL");
    assert!(!plan.released());
}

#[test]
fn a_caution_shows_in_the_verdict_until_it_is_acknowledged() {
    let walk = after(ex01(), [types(NumberField::TotalVolume, "60")]);
    let plan = Plan::of(&walk);
    let verdict = plan.verdict();
    assert_eq!((verdict.tone, verdict.word), (Tone::Caution, "Give with caution"), "{:?}", plan.reasons);
    assert!(plan.released(), "a caution does not hold the dose");
    let walk = after(walk, plan.unacknowledged.into_iter().map(|key| Action::Acknowledge(key, true)));
    let verdict = Plan::of(&walk).verdict();
    assert_eq!((verdict.tone, verdict.word), (Tone::Give, "Give"));
}

#[test]
fn the_sheet_lists_what_was_found_by_weight() {
    let walk = after(
        ex01(),
        [
            types(NumberField::TotalVolume, "60"),
            types(NumberField::Wbc, "25"),
            types(NumberField::BlastPercent, "41"),
            Action::Choose(ChoiceField::Vod, "severe"),
        ],
    );
    let found: Vec<Severity> = recap::findings(&Plan::of(&walk)).iter().map(|reason| reason.severity).collect();
    assert!(found.is_sorted_by(|before, after| before >= after), "{found:?}");
    assert!(found.contains(&Severity::Hold) && found.contains(&Severity::Caution), "{found:?}");
}

#[test]
fn the_sheet_has_the_total_volume_and_the_time_limits_before_any_time_is_entered() {
    let read = |walk: &Walk, path: &str| {
        let number = recap::numbers(&Plan::of(walk)).into_iter().find(|number| number.path == path);
        number.map(|number| (number.line.result.replace('\u{a0}', " "), number.line.formula.replace('\u{a0}', " ")))
    };
    let total = |walk: &Walk| read(walk, "preparation.total_ml").unwrap();
    assert_eq!(total(&ex01()), ("50 mL".into(), "a bag of 50 mL unless another volume is entered".into()));
    let entered = after(ex01(), [types(NumberField::TotalVolume, "60")]);
    assert_eq!(total(&entered), ("60 mL".into(), "as entered".into()));
    let syringe = after(ex01(), [Action::Choose(ChoiceField::Container, "syringe")]);
    assert_eq!(read(&syringe, "preparation.total_ml"), None, "a syringe has no usual volume");

    for (path, words) in [
        ("preparation.dilute_by", "first vial + 4 h"),
        ("preparation.start_by", "first vial + 7 h"),
        ("preparation.end_by", "first vial + 8 h"),
        ("preparation.observe_until", "end + 1 h"),
    ] {
        assert_eq!(read(&ex01(), path).unwrap().0, words);
    }
    let started = after(ex01(), [Action::TypeTime(TimeField::Reconstituted, "09:00".to_owned())]);
    assert!(read(&started, "preparation.dilute_by").unwrap().0.contains("13:00"));

    // The observation counts from the end; before that its end is one of the earliest.
    let at = |field, text: &str| Action::TypeTime(field, text.to_owned());
    let started = after(started, [at(TimeField::Diluted, "10:00"), at(TimeField::Started, "11:00")]);
    let observe =
        |walk: &Walk| recap::limit(&Plan::of(walk), "preparation.observe_until").map(|it| it.replace('\u{a0}', " "));
    assert_eq!(observe(&started).as_deref(), Some("end + 1 h, 13:00 at the earliest"));
    let (result, how) = read(&started, "preparation.observe_until").unwrap();
    assert_eq!((result.as_str(), how.as_str()), ("end + 1 h", "the end is not entered yet: 13:00 at the earliest"));
    let ended = after(started, [at(TimeField::Ended, "12:10")]);
    assert_eq!(observe(&ended).as_deref(), Some("13:10"));
}

#[test]
fn what_is_in_question_stands_as_typed_and_not_as_unanswered() {
    let told = |walk: &Walk, label: &str| {
        let given = recap::answers(walk, &Plan::of(walk)).into_iter().find(|given| given.label == label);
        given.map(recap::Given::in_words)
    };
    let slip = after(ex01(), [types(NumberField::Weight, "1,234")]);
    assert_eq!(told(&slip, "Weight").as_deref(), Some("“1,234”, still in question"));
    let empty = after(ex01(), [types(NumberField::Weight, " ")]);
    assert_eq!(told(&empty, "Weight").as_deref(), Some("not answered"));
}

#[test]
fn a_long_qt_names_the_limit_that_it_passed() {
    let told = |now: &str, before: &str| {
        let walk = after(ex01(), [types(NumberField::BaselineQtcf, before), types(NumberField::Qtcf, now)]);
        let plan = Plan::of(&walk);
        let reason =
            plan.reasons.iter().find(|reason| reason.rule == "QT-04").map(|reason| reason.text.replace('\u{a0}', " "));
        reason.unwrap_or_default()
    };
    assert_eq!(
        told("471", "410"),
        "QTcF is 471 ms, 61 ms above baseline and so by more than 60 ms: wait for senior review."
    );
    assert!(told("501", "440").starts_with("QTcF is 501 ms, above 500 ms: "), "{}", told("501", "440"));
    assert!(told("490", "440").contains("above 480 ms"));
}

#[test]
fn the_sheet_prints_an_open_question_only_if_the_decision_waits_for_it() {
    let open = |walk: &Walk| -> Vec<String> {
        let given = recap::answers(walk, &Plan::of(walk)).into_iter();
        given.filter(|given| given.answer.is_none()).map(|given| given.label).collect()
    };
    let man = after(ex01(), [Action::Choose(ChoiceField::Sex, "male"), Action::Unchoose(ChoiceField::Reproductive)]);
    assert_eq!(open(&man), Vec::<String>::new());
    assert_eq!(open(&after(man, [Action::Unchoose(ChoiceField::Cd22)])), ["CD22 on the blasts"]);
}

#[test]
fn a_dose_that_is_not_there_names_what_it_waits_for() {
    let far = reduce(ex01(), Action::TypeDate(DateField::Visit, "2025-11-23".to_owned()));
    assert_eq!(Plan::of(&far).no_dose(), "No dose yet. It waits for: Date of this visit.");
    let light = reduce(ex01(), Action::Type(NumberField::Weight, String::new()));
    assert_eq!(Plan::of(&light).no_dose(), "No dose yet. It waits for: Weight.");
}

#[test]
fn an_opened_finding_says_what_it_rests_on_and_what_would_change_it() {
    let opened =
        |walk: &Walk, rule| opened::open(walk, &Plan::of(walk), rule).unwrap_or_else(|| panic!("{rule} is silent"));
    let plain = |text: &str| text.replace('\u{a0}', " ");
    let changes = |walk: &Walk, rule| opened(walk, rule).changes.iter().map(|line| plain(line)).collect::<Vec<_>>();

    let jaundiced = after(ex01(), [types(NumberField::Bilirubin, "2.1")]);
    let found = opened(&jaundiced, "MODNH-03");
    let inputs: Vec<String> = found.inputs.iter().map(|(name, value)| format!("{name} {}", plain(value))).collect();
    assert_eq!(inputs[..2], ["Bilirubin 2.1 mg/dL", "Bilirubin limit 1.8 mg/dL"]);
    assert_eq!(changes(&jaundiced, "MODNH-03"), ["Total bilirubin 1.8 mg/dL or less: give"]);

    let blasts = after(ex01(), [types(NumberField::Wbc, "30")]);
    assert_eq!(
        changes(&blasts, "CYTO-01"),
        ["White cells 25 × 10⁹/L or less: give, with 1 caution", "Blasts among them 33.3 % or less: give"]
    );

    let untested = after(ex01(), [Action::Choose(ChoiceField::Pregnancy, "unknown")]);
    assert_eq!(changes(&untested, "PREG-01"), ["Pregnancy test “Tested, not pregnant”: give"]);

    let both = after(untested, [types(NumberField::Bilirubin, "2.1")]);
    assert_eq!(
        changes(&both, "MODNH-03"),
        [
            "Both: Total bilirubin 1.8 mg/dL or less and Pregnancy test “Tested, not pregnant”: give",
            "Total bilirubin 1.8 mg/dL or less: still hold",
        ]
    );
    let three =
        after(both, [Action::Choose(ChoiceField::Antipyretic, "no"), Action::Choose(ChoiceField::QtRisk, "yes")]);
    assert_eq!(
        changes(&three, "PREMED-01")[0],
        "All of these: Antipyretic given “Yes”, Pregnancy test “Tested, not pregnant” and Total bilirubin 1.8 mg/dL or less: \
         give, with 1 caution"
    );
    // The words of a record are those of its question.
    let course = file::read(include_str!("../../tests/cases/course-cycle-3-day-8.json")).expect("a course file");
    let third = file::walk(&course, Some(course.date)).expect("every box");
    let third = after(third, [Action::Choose(ChoiceField::Hsct, "planned")]);
    let inputs = opened(&third, "HSCT-02").inputs.into_iter().map(|(name, value)| format!("{name}: {value}"));
    assert_eq!(inputs.collect::<Vec<_>>(), ["Cycle: 3", "HSCT: Planned", "Response: CR", "MRD: Positive"]);

    // What cannot be read stands in the way of the dose, whatever else is changed.
    let unread = after(
        jaundiced,
        [types(NumberField::BaselineQtcf, "4x0"), Action::Leave(FieldId::Number(NumberField::BaselineQtcf))],
    );
    assert_eq!(changes(&unread, "MODNH-03"), ["Total bilirubin 1.8 mg/dL or less: answers still missing"]);
    assert_eq!(opened::open(&ex01(), &Plan::of(&ex01()), "MODNH-03"), None);
}

/// What is asked about the weight once the field is left.
fn asked(walk: &Walk) -> Option<(String, Vec<String>)> {
    let left = reduce(walk.clone(), Action::Leave(FieldId::Number(NumberField::Weight)));
    let plain = |text: &str| text.replace('\u{a0}', " ");
    ask::ask(&left, FieldId::Number(NumberField::Weight))
        .map(|ask| (plain(&ask.text), ask.answers.iter().map(|(words, _)| plain(words)).collect()))
}

#[test]
fn height_and_weight_that_do_not_go_together_are_asked_with_what_else_they_may_mean() {
    use NumberField::{Height, Weight};
    let body = |height: &str, weight: &str| after(ex01(), [types(Height, height), types(Weight, weight)]);
    for (height, weight, question, answers) in [
        (
            "70",
            "170",
            "170 kg at 70 cm is very much. Is that right?",
            &["70 kg at 170 cm", "17 kg at 70 cm", "It is right"][..],
        ),
        ("180", "154", "154 kg at 180 cm is very much. Is that right?", &["154 lb at 180 cm", "It is right"]),
        (
            "67",
            "70",
            "70 kg at 67 cm is very much. Is that right?",
            &["70 kg at 67 in", "7 kg at 67 cm", "It is right"],
        ),
        ("170", "7", "7 kg at 170 cm is very little. Is that right?", &["70 kg at 170 cm", "It is right"]),
        ("170", "35", "35 kg at 170 cm is very little. Is that right?", &["It is right"]),
    ] {
        let walk = body(height, weight);
        let found = asked(&walk).unwrap_or_else(|| panic!("{weight} kg at {height} cm is not asked"));
        assert_eq!(
            (found.0.as_str(), found.1.iter().map(String::as_str).collect::<Vec<_>>()),
            (question, answers.to_vec())
        );
        let plan = Plan::of(&walk);
        assert!(plan.dose().is_none(), "a dose rests on a weight that is being asked about");
        assert!(plan.open.iter().any(|open| open.field == FieldId::Number(Weight)), "the question is not listed");
    }
    for (height, weight) in [("170", "70"), ("170", "38"), ("170", "115"), ("190", "140")] {
        assert_eq!(asked(&body(height, weight)), None, "{weight} kg at {height} cm");
    }
}

#[test]
fn an_answer_settles_the_question_for_these_values_only() {
    use NumberField::{Height, Weight};
    let walk = after(ex01(), [types(Height, "180"), types(Weight, "154")]);
    let left = reduce(walk, Action::Leave(FieldId::Number(Weight)));
    let answers = ask::ask(&left, FieldId::Number(Weight)).expect("a question").answers;
    let answered = |index: usize| reduce(left.clone(), answers[index].1.clone());

    let pounds = answered(0);
    assert_eq!(pounds.numbers.get(Weight).text(), "154", "the text is the user's");
    assert_eq!(ask::echo(&pounds, FieldId::Number(Weight)), "154\u{a0}lb ≈ 69.85\u{a0}kg");
    assert!(Plan::of(&pounds).dose().is_some());

    let right = answered(1);
    assert!(Plan::of(&right).dose().is_some());
    assert!(asked(&after(right, [types(Weight, "160")])).is_some(), "another weight is asked again");

    let swapped = after(ex01(), [types(Height, "70"), types(Weight, "170")]);
    let left = reduce(swapped, Action::Leave(FieldId::Number(Weight)));
    let mended =
        reduce(left.clone(), ask::ask(&left, FieldId::Number(Weight)).expect("a question").answers[0].1.clone());
    assert_eq!(Plan::of(&mended).dose(), Plan::of(&ex01()).dose());
}

#[test]
fn a_weight_more_than_a_tenth_away_from_the_last_is_asked() {
    let later = |before: &str, now: &str| {
        after(due(ex01(), "us", "2", "1"), [types(NumberField::WeightBefore, before), types(NumberField::Weight, now)])
    };
    let question = |before, now| asked(&later(before, now)).map(|(question, _)| question);
    assert_eq!(question("70", "77"), None);
    assert_eq!(question("70", "63"), None);
    let more = "77.1 kg is 10.1 % more than the 70 kg at the last cycle. Is that right?";
    assert_eq!(question("70", "77.1").as_deref(), Some(more));
    let less = "62.9 kg is 10.1 % less than the 70 kg at the last cycle. Is that right?";
    assert_eq!(question("70", "62.9").as_deref(), Some(less));
    let first = after(ex01(), [types(NumberField::WeightBefore, "40")]);
    assert_eq!(asked(&first), None, "on the first visit there is no last cycle");
}

#[test]
fn a_bilirubin_that_does_not_go_with_its_limit_is_asked_and_counts_for_nothing_until_the_answer() {
    use NumberField::{Bilirubin, BilirubinUln};
    let field = FieldId::Number(Bilirubin);
    let walk = |value: &str, limit: &str| {
        after(ex01(), [types(Bilirubin, value), types(BilirubinUln, limit), Action::Leave(field)])
    };
    let asked = |walk: &Walk| ask::ask(walk, field).map(|ask| ask.text.replace('\u{a0}', " "));
    let high = "15 mg/dL is very high beside an upper limit of 1.2 mg/dL. Are both in mg/dL?";
    assert_eq!(asked(&walk("15", "1.2")).as_deref(), Some(high));
    for (value, limit) in [("0.8", "1.2"), ("0.1", "1.2"), ("0.08", "1.2"), ("6", "1.2")] {
        assert_eq!(asked(&walk(value, limit)).filter(|text| text.contains("beside")), None, "{value} of {limit}");
    }
    assert!(asked(&walk("6.1", "1.2")).is_some());
    let low =
        after(walk("6", "1.2"), [Action::Unit(Bilirubin, "umol/L"), types(Bilirubin, "2"), types(BilirubinUln, "31")]);
    let low_asked = "2 µmol/L is very low beside an upper limit of 31 µmol/L. Are both in µmol/L?";
    assert_eq!(asked(&low).as_deref(), Some(low_asked));

    let doubted = walk("15", "1.2");
    let plan = Plan::of(&doubted);
    assert!(plan.open.iter().any(|open| open.field == field), "the question is not listed");
    assert!(plan.reasons.iter().all(|reason| !reason.rule.starts_with("MODNH")), "a rule rests on a doubted value");
    let answers = ask::ask(&doubted, field).expect("a question").answers;
    let answered = |index: usize| reduce(doubted.clone(), answers[index].1.clone());
    assert_eq!(Plan::of(&answered(0)).verdict().tone, Tone::Hold, "both are right: far above the limit");
    for (index, kept, emptied) in [(1, Bilirubin, BilirubinUln), (2, BilirubinUln, Bilirubin)] {
        let mended = answered(index);
        assert_eq!((mended.numbers.get(kept).unit(), mended.numbers.get(emptied).text()), ("umol/L", ""));
        assert_eq!(mended.numbers.get(kept).text(), doubted.numbers.get(kept).text(), "the text is the user's");
    }
    let limit_anew = after(answered(1), [types(BilirubinUln, "20")]);
    assert_eq!(Plan::of(&limit_anew).verdict().tone, Tone::Give);
}

/// A count of another unit is asked, whichever way it is off and wherever it is typed.
#[test]
fn a_count_off_by_a_thousand_is_asked_in_every_box() {
    let [first, ..] = CycleAt::all().collect::<Vec<_>>()[..] else { panic!("no cycle") };
    use NumberField as N;
    for field in [
        N::Anc,
        N::BaselineAnc,
        N::AncDay1(first),
        N::ResponseAnc(first),
        N::Platelets,
        N::BaselinePlatelets,
        N::PlateletsDay1(first),
        N::ResponsePlatelets(first),
        N::Wbc,
        N::Blasts,
    ] {
        let asks = |unit: &'static str, text: &str| {
            let walk = after(ex01(), [Action::Unit(field, unit), types(field, text)]);
            matches!(walk.number(field), Entry::Question(_))
        };
        let (giga, single) = match field {
            N::Wbc | N::Blasts => ("9500", "9.5"),
            field if FieldId::Number(field).label().starts_with("Platelets") => ("45000", "45"),
            _ => ("150", "1.2"),
        };
        assert!(asks("10*9/L", giga), "{field:?}: {giga} of 10⁹/L");
        assert!(asks("10*3/uL", giga), "{field:?}: {giga} of 10³/µL");
        assert!(asks("/mm3", single), "{field:?}: {single} of /mm³");
        assert!(!asks("10*9/L", "12"), "{field:?}: 12 is an ordinary count");
    }
}

/// Day 8 a week later, in a walk of day 1 with all its results.
fn day_8_of(walk: Walk) -> Walk {
    let date = |field, text: &str| Action::TypeDate(field, text.to_owned());
    let at = CycleAt::default();
    after(due(walk, "us", "1", "8"), [date(DateField::Visit, "2026-11-30"), date(DateField::Day1(at), "2026-11-23")])
}

#[test]
fn results_of_another_visit_count_for_nothing_until_it_is_said_whose_they_are() {
    let first = after(ex01(), [Action::TypeTime(TimeField::Reconstituted, "9:00".to_owned())]);
    assert_eq!((ask::whose_results(&first), Plan::of(&first).verdict().word), (None, "Give"));

    let next = day_8_of(first.clone());
    let asked = ask::whose_results(&next).expect("a question");
    assert!(asked.text.contains("cycle 1, day 1, on 23 Nov 2026"), "{}", asked.text);
    let plan = Plan::of(&next);
    assert_eq!(plan.verdict().word, "Incomplete");
    assert!(!plan.released() && plan.case.as_ref().is_some_and(|case| case.visit.anc.is_none()));
    assert_eq!(next.numbers.get(NumberField::Anc).text(), "1.5", "what was typed is gone");

    let back = due(after(next.clone(), [Action::TypeDate(DateField::Visit, "2026-11-23".to_owned())]), "us", "1", "1");
    assert_eq!(Plan::of(&back).verdict().word, "Give", "the way back brings the results back");

    let kept = reduce(next.clone(), asked.answers[1].1.clone());
    assert_eq!((ask::whose_results(&kept), Plan::of(&kept).verdict().word), (None, "Give"));

    let cleared = reduce(next, asked.answers[0].1.clone());
    assert_eq!(ask::whose_results(&cleared), None);
    assert_eq!(cleared.numbers.get(NumberField::Anc).text(), "");
    assert_eq!(cleared.time_text(TimeField::Reconstituted), "");
    assert_eq!(cleared.numbers.get(NumberField::Weight).text(), "70", "the patient is the same");
    let typed = after(cleared, [types(NumberField::Anc, "1.2")]);
    assert_eq!(ask::whose_results(&typed), None, "what is typed now is of now");
}

#[test]
fn a_held_dose_that_was_planned_for_another_week_is_asked_and_nothing_follows_until_then() {
    use ChoiceField as C;
    let one = CycleAt::default();
    let date = |field, text: &str| Action::TypeDate(field, text.to_owned());
    let held = FieldId::Date(DateField::HeldFrom);
    // Day 1 was on 15 November 2026: day 8 was planned for the 22nd.
    let day_8 = after(due(ex01(), "us", "1", "8"), [date(DateField::Day1(one), "2026-11-15"), Action::KeepResults]);
    let day_8 = after(day_8, [Action::Choose(C::Held, "yes"), date(DateField::FitOn, "2026-11-23")]);
    let from = |text: &str| after(day_8.clone(), [date(DateField::HeldFrom, text), Action::Leave(held)]);
    let asks =
        |text: &str| ask::ask(&from(text), held).map(|ask| ask.answers.into_iter().map(|(words, _)| words).collect());
    for inside in ["2026-11-20", "2026-11-22", "2026-11-23"] {
        assert_eq!(asks(inside), None::<Vec<String>>, "{inside}");
    }
    let answers = |right: &str| Some(vec!["No, for Sunday 22 November 2026".to_owned(), format!("{right} is right")]);
    assert_eq!(asks("2026-11-19"), answers("Thursday 19 November 2026"));
    assert_eq!(asks("2026-11-08"), answers("Sunday 8 November 2026"), "before the cycle began");

    let early = from("2026-11-08");
    let plan = Plan::of(&early);
    assert_eq!((plan.verdict().tone, plan.released()), (Tone::Open, false));
    assert!(to_case(&early).is_some_and(|case| case.visit.interruption.is_some_and(|held| held.held_from.is_none())));
    let asked = ask::ask(&early, held).expect("a question");
    let mended = reduce(early.clone(), asked.answers[0].1.clone());
    assert_eq!((mended.date_text(DateField::HeldFrom), Plan::of(&mended).verdict().tone), ("2026-11-22", Tone::Give));
    let right = reduce(early, asked.answers[1].1.clone());
    assert_eq!(Plan::of(&right).verdict().tone, Tone::Omit, "15 days");
}

/// What has the name, is of today and stands in a case.
fn counted(walk: &Walk, of: impl Fn(&crate::engine::case::Visit) -> bool) -> bool {
    to_case(walk).is_some_and(|case| of(&case.visit))
}

#[test]
fn what_is_entered_now_counts_at_once_and_what_is_of_another_visit_does_not() {
    use ChoiceField as C;
    use NumberField as N;
    let text = |walk: &Walk, field| walk.numbers.get(field).text().to_owned();
    let next = day_8_of(after(ex01(), [Action::TypeTime(TimeField::Reconstituted, "9:00".to_owned())]));
    let typed = after(next, [types(N::Bilirubin, "2.1")]);
    let plan = Plan::of(&typed);
    assert_eq!((plan.verdict().tone, plan.released()), (Tone::Hold, false), "2.1 beside the limit of 1.2 holds");
    assert!(plan.open.iter().all(|open| open.field != FieldId::Number(N::Bilirubin)), "{:?}", plan.open);
    assert!(plan.open.iter().any(|open| open.field == FieldId::Number(N::Ast)), "the others are still asked");
    assert!(counted(&typed, |visit| visit.bilirubin.is_some() && visit.ast.is_none() && visit.qtcf.is_none()));
    assert!(ask::echo(&typed, FieldId::Number(N::Ast)).starts_with("Entered for another visit"));
    assert_eq!(
        ask::echo(&typed, FieldId::Number(N::BilirubinUln)),
        ask::echo(&ex01(), FieldId::Number(N::BilirubinUln))
    );
    let asked = ask::whose_results(&typed).expect("the others are asked about");
    assert!(asked.text.starts_with("The other results"), "{}", asked.text);
    assert_eq!(Walk::recalled(&typed.kept(), Some(day("2026-11-23"))), Some(typed.clone()), "kept");

    // A time typed and an answer tapped again are of now, too; the limit alone renews no value.
    let typed = after(typed, [Action::TypeTime(TimeField::Reconstituted, "9:30".to_owned()), types(N::AstUln, "41")]);
    let typed = after(typed, [Action::Choose(C::Corticosteroid, "yes"), Action::AddToxicity]);
    assert_eq!(typed.moment(TimeField::Reconstituted).map(|at| at.to_string()), Some("2026-11-30T09:30".to_owned()));
    assert!(counted(&typed, |visit| visit.ast.is_none()));
    assert!(counted(&typed, |visit| visit.premedication.as_ref().is_some_and(|given| given.antipyretic.is_none())));

    let cleared = reduce(typed.clone(), asked.answers[0].1.clone());
    assert_eq!([N::Bilirubin, N::BilirubinUln, N::Ast].map(|field| text(&cleared, field)), ["2.1", "1.2", ""]);
    assert_eq!([C::Corticosteroid, C::Antipyretic].map(|field| cleared.choice(field)), [Some("yes"), None]);
    assert_eq!((cleared.time_text(TimeField::Reconstituted), cleared.toxicities().len()), ("9:30", 1));
    assert_eq!(ask::whose_results(&cleared), None);
    let kept = reduce(typed.clone(), asked.answers[1].1.clone());
    assert_eq!((ask::whose_results(&kept), text(&kept, N::Ast)), (None, "30".to_owned()));
    assert!(counted(&kept, |visit| visit.ast.is_some() && visit.bilirubin.is_some()));

    // With nothing of the other visit left there is nothing to ask.
    let numbers = [(N::Anc, "1.2"), (N::Platelets, "60"), (N::Ast, "30"), (N::Alt, "30"), (N::Qtcf, "420")];
    let all = after(typed, numbers.map(|(field, text)| types(field, text)));
    let chosen = [C::Electrolytes, C::Antipyretic, C::Antihistamine].map(|field| Action::Choose(field, "yes"));
    assert!(ask::whose_results(&all).is_some());
    assert_eq!(ask::whose_results(&after(all, chosen)), None);
}

#[test]
fn what_was_entered_since_is_not_taken_for_the_counts_of_the_dose_before() {
    let typed = after(a_week_after(&ex01()), [types(NumberField::Anc, "0.3")]);
    let asked = ask::between_visits(&typed).expect("whether the dose was given");
    assert!(asked.text.contains("day 1 of cycle 1: platelets."), "{}", asked.text);
    let cleared = after(typed, [Action::ClearResults]);
    assert_eq!(cleared.numbers.get(NumberField::Anc).text(), "0.3");
    assert!(ask::between_visits(&cleared).is_some(), "that dose is still asked about");
    let no = answered(cleared, "No");
    assert_eq!(ask::between_visits(&no), None);
}

#[test]
fn a_caution_is_acknowledged_for_the_visit_in_question() {
    let walk = after(ex01(), [Action::Acknowledge("BSA-13".to_owned(), true)]);
    let next = day_8_of(walk);
    assert!(next.has_acknowledged("BSA-13"));
    assert!(!after(next, [types(NumberField::Anc, "1.2")]).has_acknowledged("BSA-13"));
}

#[test]
fn a_file_of_another_day_asks_which_day_the_visit_is() {
    let case = to_case(&ex01()).expect("a case");
    let from_file = || Box::new(file::walk(&case, None).expect("every box is there"));
    let same_day = reduce(fresh(), Action::Load(from_file()));
    assert_eq!(Plan::of(&same_day).verdict().word, "Give");

    let later = reduce(Walk::new(Some(day("2026-11-30"))), Action::Load(from_file()));
    assert!(Plan::of(&later).dose().is_none(), "a dose is shown before the day of the visit is known");
    let asked = ask::ask(&later, FieldId::Date(DateField::Visit)).expect("a question");
    let words: Vec<&str> = asked.answers.iter().map(|(words, _)| words.as_str()).collect();
    assert_eq!(words, ["Today, Monday 30 November 2026", "Monday 23 November 2026"]);

    let again = reduce(later.clone(), asked.answers[1].1.clone());
    assert_eq!(Plan::of(&again).verdict().word, "Give");
    let next = reduce(later, asked.answers[0].1.clone());
    assert_eq!(next.visit_date(), Some(day("2026-11-30")));
    assert_eq!(next.choice(ChoiceField::Day), None, "which dose is due is asked anew");
    assert_eq!(next.numbers.get(NumberField::WeightBefore).text(), "70");
    assert!(ask::whose_results(&next).is_some());
    assert_eq!(Walk::recalled(&next.kept(), Some(day("2026-11-30"))), Some(next));
}

/// A file of this walk, loaded a week later, on a walk that has come to that day.
fn a_week_after(walk: &Walk) -> Walk {
    let case = to_case(walk).expect("a case");
    let loaded =
        Box::new(file::walk(&file::read(&file::write(&case)).expect("a course file"), None).expect("every box"));
    let later = reduce(Walk::new(Some(case.date.plus_days(7))), Action::Load(loaded));
    let asked = ask::ask(&later, FieldId::Date(DateField::Visit)).expect("which day the visit is on");
    reduce(later, asked.answers[0].1.clone())
}

fn answered(walk: Walk, with: &str) -> Walk {
    let asked = ask::between_visits(&walk).expect("a question between two visits");
    let answer = asked.answers.into_iter().find(|(words, _)| words == with).expect(with);
    reduce(walk, answer.1)
}

#[test]
fn only_the_day_of_the_file_is_asked_as_the_day_of_the_file() {
    let loaded = after(Walk::new(Date::read("2026-11-30")), [Action::Load(Box::new(ex01()))]);
    let asked = |walk: &Walk| match walk.date(DateField::Visit) {
        Reading::Question { why, .. } => why,
        other => format!("{other:?}"),
    };
    assert!(asked(&loaded).starts_with("The file is of Monday 23 November 2026."), "{}", asked(&loaded));
    let third = after(loaded, [Action::TypeDate(DateField::Visit, "2026-11-28".to_owned())]);
    assert_eq!(third.visit_date(), Date::read("2026-11-28"), "{}", asked(&third));
}

#[test]
fn the_next_visit_takes_the_dose_and_the_counts_of_the_last_along_when_it_is_said_that_it_was_given() {
    use NumberField as N;
    let one = CycleAt::default();
    let text = |walk: &Walk, field| walk.numbers.get(field).text().to_owned();
    let second = a_week_after(&ex01());
    let asked = ask::between_visits(&second).expect("a question");
    assert_eq!(
        asked.text,
        "Was the dose of cycle 1, day 1 given on Monday 23 November 2026? Yes also keeps, as counts on day 1 of cycle 1: \
         ANC, platelets. As the values before any inotuzumab: ANC, platelets, QTcF."
    );
    assert_eq!(second.date_text(DateField::Day1(one)), "", "nothing is assumed");

    let given = answered(second.clone(), "Yes");
    assert_eq!(given.date_text(DateField::Day1(one)), "2026-11-23");
    assert_eq!([N::AncDay1(one), N::BaselineAnc].map(|field| text(&given, field)), ["1.5", "1.5"]);
    assert_eq!([N::PlateletsDay1(one), N::BaselineQtcf].map(|field| text(&given, field)), ["80", "410"]);
    let day_8 = due(answered(given, "Clear them"), "us", "1", "8");
    assert_eq!((ask::between_visits(&day_8), text(&day_8, N::Anc)), (None, String::new()));

    // What is not asked on day 8 goes with its file to the next cycle.
    let case = to_case(&day_8).expect("a case");
    assert!(case.baseline.anc.is_some() && case.cycles[0].anc_day1.is_some());
    let day_15 = after(day_8, [types(N::Anc, "0.4"), types(N::Platelets, "30")]);
    let day_15 = due(answered(answered(a_week_after(&day_15), "Yes"), "Clear them"), "us", "1", "15");
    let case = to_case(&day_15).expect("a case");
    assert_eq!(case.cycles[0].doses.len(), 2);
    let anc = |count: Option<crate::engine::units::Count>| count.map(|count| count.value.to_string());
    assert_eq!(
        (anc(case.baseline.anc), anc(case.cycles[0].anc_day1)),
        (Some("1.5".to_owned()), Some("1.5".to_owned()))
    );

    let not_given = answered(second.clone(), "No");
    assert_eq!(not_given.date_text(DateField::Day1(one)), "");
    assert_eq!(text(&not_given, N::BaselineAnc), "");
    assert_eq!(ask::between_visits(&not_given), ask::whose_results(&not_given), "asked once");
    assert_eq!(Walk::recalled(&not_given.kept(), Some(day("2026-11-30"))), Some(not_given));

    let entered = after(second, [types(N::BaselineAnc, "2.2")]);
    let kept = answered(entered, "Yes");
    assert_eq!((text(&kept, N::BaselineAnc), text(&kept, N::AncDay1(one))), ("2.2".to_owned(), "1.5".to_owned()));
}

#[test]
fn a_dose_is_asked_about_only_where_a_file_comes_from_an_earlier_day() {
    let same_walk = due(reduce(ex01(), Action::TypeDate(DateField::Visit, "2026-11-30".to_owned())), "us", "1", "8");
    assert!(ask::whose_results(&same_walk).is_some());
    assert_eq!(ask::between_visits(&same_walk), ask::whose_results(&same_walk));
    let one = CycleAt::default();
    let entered = reduce(a_week_after(&ex01()), Action::TypeDate(DateField::Day1(one), "2026-11-24".to_owned()));
    assert_eq!(ask::between_visits(&entered), ask::whose_results(&entered), "it was entered by hand");

    // Platelets after a transfusion are no count of the patient's own; a later cycle makes no baseline.
    let at = [DateField::Day1(one), DateField::Visit].into_iter().zip(["2026-11-02", "2026-11-23"]);
    let second = after(due(ex01(), "us", "2", "1"), at.map(|(field, text)| Action::TypeDate(field, text.to_owned())));
    let second = after(second, [Action::KeepResults, Action::Choose(ChoiceField::PlateletsTransfused, "yes")]);
    let asked = ask::between_visits(&a_week_after(&second)).expect("a question");
    assert_eq!(
        asked.text,
        "Was the dose of cycle 2, day 1 given on Monday 23 November 2026? Yes also keeps, as counts on day 1 of cycle 2: ANC."
    );
}
