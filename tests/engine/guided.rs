//! Whoever answers only what the page calls open comes to a decision, at every visit, under either label: every path that the
//! engine misses has a question, and its answer is what was missed. And what the engine refuses, the page can name.

use std::collections::BTreeSet;

use inotuzumab::engine::assess;
use inotuzumab::engine::calendar::Date;
use inotuzumab::walk::paths::asking_for;
use inotuzumab::walk::{
    Action, ChoiceField as C, CycleAt, DateField as D, FieldId, NumberField as N, Plan, TimeField as T, ToxicityAt,
    Walk, reduce,
};

const CYCLES: [&str; 6] = ["1", "2", "3", "4", "5", "6"];
const DAYS: [&str; 3] = ["1", "8", "15"];

/// Who comes, and how the ward reports.
#[derive(Debug, Clone, Copy)]
struct Patient {
    label: &'static str,
    sex: &'static str,
    /// The other form of every question that has two, a syringe, a transplant planned, toxicities, a dose held.
    otherwise: bool,
}

fn patients() -> impl Iterator<Item = Patient> {
    [("us", "female", false), ("us", "male", true), ("eu", "female", true), ("eu", "male", false)]
        .into_iter()
        .map(|(label, sex, otherwise)| Patient { label, sex, otherwise })
}

fn after(walk: Walk, actions: impl IntoIterator<Item = Action>) -> Walk {
    actions.into_iter().fold(walk, reduce)
}

/// Day 1 of every cycle, 28 days apart, from here on.
const START: &str = "2026-01-05";

fn dose(at: CycleAt, after_day_1: usize) -> Date {
    let days = u16::try_from(at.index() * 28 + after_day_1).expect("small");
    Date::read(START).expect("a day").plus_days(days)
}

fn visit_date(cycle: &str, day: &str) -> Date {
    let number = |text: &str| text.parse::<usize>().expect("a number");
    dose(CycleAt::new(number(cycle) - 1).expect("a cycle"), number(day) - 1)
}

/// The visit is said, and how the ward reports; nothing else.
fn begin(patient: Patient, cycle: &'static str, day: &'static str) -> Walk {
    let walk = Walk::new(Some(visit_date(cycle, day)));
    let walk =
        after(walk, [(C::Label, patient.label), (C::Cycle, cycle), (C::Day, day)].map(|(f, c)| Action::Choose(f, c)));
    if !patient.otherwise {
        return walk;
    }
    let forms = [(C::AgeBy, "years"), (C::BlastsBy, "count"), (C::Cd22By, "percent"), (C::Container, "syringe")];
    let walk = after(walk, forms.map(|(field, code)| Action::Choose(field, code)));
    let walk = CycleAt::all().fold(walk, |walk, at| {
        after(walk, [Action::Choose(C::ResponseBy(at), "data"), Action::Choose(C::MrdBy(at), "fraction")])
    });
    after(walk, [Action::AddToxicity, Action::AddToxicity, Action::Choose(C::Held, "yes")])
}

/// What this patient's chart says to a question.
fn chart(patient: Patient, field: FieldId, visit: Date) -> Action {
    let types = |field, text: &str| Action::Type(field, text.to_owned());
    match field {
        FieldId::Number(number) => match number {
            N::Age => types(number, "40"),
            N::Height => types(number, "170"),
            N::Weight => types(number, "70"),
            N::BlastPercent | N::Cd22Percent => types(number, "95"),
            N::TkiFailed => types(number, "1"),
            N::Bilirubin => types(number, "0.8"),
            N::BilirubinUln => types(number, "1.2"),
            N::Qtcf | N::BaselineQtcf => types(number, "410"),
            N::MarrowBlasts(_) => types(number, "3"),
            N::MrdFraction(_) => types(number, "0.01"),
            N::InterruptionDays(_) => types(number, "0"),
            N::ResponsePlatelets(_) => types(number, "120"),
            N::Anc | N::AncDay1(_) | N::ResponseAnc(_) | N::BaselineAnc | N::Wbc | N::Blasts => types(number, "2.1"),
            _ => types(number, "50"),
        },
        FieldId::Choice(choice) => Action::Choose(
            choice,
            match choice {
                C::Sex => patient.sex,
                C::Diagnosis => "b_cell_precursor_all",
                C::Status => "relapsed",
                C::Cd22 | C::Philadelphia => "positive",
                C::Vod => "none",
                C::Pregnancy => "not_pregnant",
                C::Hsct if patient.otherwise => "planned",
                C::Hsct => "not_planned",
                C::Response(_) => "cr",
                C::Mrd(_) => "positive",
                C::Reduction(_) => "none",
                C::ToxicityKind(at) if at.index() == 0 => "infusion_reaction",
                C::ToxicityKind(_) => "other",
                C::ToxicityGrade(_) => "1",
                C::Hypersensitivity | C::SeriousLiver | C::Circulating(_) | C::Extramedullary(_) => "no",
                _ => "yes",
            },
        ),
        FieldId::Date(date) => {
            let day = match date {
                D::Birth => Date::read("1980-02-29").expect("a day"),
                D::Day1(at) => dose(at, 0),
                D::Day8(at) => dose(at, 7),
                D::Day15(at) => dose(at, 14),
                _ => visit,
            };
            Action::TypeDate(date, day.to_string())
        }
        FieldId::Time(time) => Action::TypeTime(time, "10:00".to_owned()),
    }
}

fn cleared(walk: &Walk, field: FieldId) -> Walk {
    let action = match field {
        FieldId::Number(number) => Action::Type(number, String::new()),
        FieldId::Choice(choice) => Action::Unchoose(choice),
        FieldId::Date(date) => Action::TypeDate(date, String::new()),
        FieldId::Time(time) => Action::TypeTime(time, String::new()),
    };
    reduce(walk.clone(), action)
}

fn missing(plan: &Plan) -> Vec<String> {
    plan.assessment().unwrap_or_else(|| panic!("{:?}", plan.outcome)).missing.clone()
}

/// Every path that is missed has its questions, they are open, and once they are answered it is missed no more.
fn every_path_is_asked(patient: Patient, walk: &Walk, visit: Date, seen: &mut BTreeSet<String>) {
    let plan = Plan::of(walk);
    for path in missing(&plan) {
        if !seen.insert(path.clone()) {
            continue;
        }
        let asked = asking_for(walk, &path);
        assert!(!asked.is_empty(), "nobody asks for {path}");
        for field in &asked {
            assert!(walk.applies(*field), "{path} leads to {field:?}, which is not asked");
            assert!(plan.open.iter().any(|open| open.field == *field), "{path}: {field:?} is not open");
            assert!(!walk.optional(*field), "{path}: {field:?} calls itself optional");
        }
        let told = after(walk.clone(), asked.iter().map(|field| chart(patient, *field, visit)));
        assert!(!missing(&Plan::of(&told)).contains(&path), "{path} is still missed after {asked:?}");
    }
}

/// Answers what is open, the first first, until nothing is.
fn guided(patient: Patient, cycle: &'static str, day: &'static str) -> (Walk, BTreeSet<String>) {
    let visit = visit_date(cycle, day);
    let mut walk = begin(patient, cycle, day);
    let mut seen = BTreeSet::new();
    for _ in 0..100 {
        every_path_is_asked(patient, &walk, visit, &mut seen);
        let Some(open) = Plan::of(&walk).open.first().cloned() else { return (walk, seen) };
        assert_eq!(open.problem, None, "{open:?}");
        walk = reduce(walk, chart(patient, open.field, visit));
    }
    panic!("cycle {cycle} day {day} never comes to an end for {patient:?}: {:?}", Plan::of(&walk).open);
}

#[test]
fn who_answers_what_is_open_comes_to_a_decision_at_every_visit() {
    let mut seen = BTreeSet::new();
    for patient in patients() {
        // Cycles 4 and 5 ask what 3 and 6 ask.
        for (cycle, day) in ["1", "2", "3", "6"].into_iter().flat_map(|cycle| DAYS.map(|day| (cycle, day))) {
            let (walk, paths) = guided(patient, cycle, day);
            seen.extend(paths);
            let plan = Plan::of(&walk);
            assert_eq!(missing(&plan), [""; 0]);
            assert_ne!(plan.verdict().word, "Incomplete", "cycle {cycle} day {day} {patient:?}");
            if patient.sex == "female" {
                optional_says_what_the_engine_says(&walk);
            }
        }
    }
    let of_premedication = seen.iter().filter(|path| path.starts_with("visit.premedication")).count();
    assert_eq!(of_premedication, 3, "the whole, then what is left of it: {seen:#?}");
    for path in EVERY_PATH {
        assert!(seen.contains(*path), "{path} was never missed");
    }
    let known = |path: &String| EVERY_PATH.contains(&path.as_str()) || path.starts_with("cycles[");
    assert!(seen.iter().all(known), "{:?}", seen.iter().filter(|path| !known(path)).collect::<Vec<_>>());
}

/// Every path of the engine's list but those of the single cycles.
const EVERY_PATH: &[&str] = &[
    "patient.birth_date",
    "patient.sex",
    "patient.height",
    "patient.weight",
    "disease.diagnosis",
    "disease.status",
    "disease.cd22",
    "history.hypersensitivity",
    "history.vod",
    "history.serious_liver_disease",
    "visit.anc",
    "visit.platelets",
    "visit.bilirubin",
    "visit.bilirubin.uln",
    "visit.ast",
    "visit.ast.uln",
    "visit.alt",
    "visit.alt.uln",
    "visit.premedication",
    "visit.premedication.antipyretic",
    "visit.premedication.antihistamine",
    "disease.philadelphia",
    "disease.tki_failed",
    "patient.reproductive_potential",
    "patient.pregnancy",
    "visit.wbc",
    "visit.blast_percent",
    "visit.qtcf",
    "visit.electrolytes_checked",
    "cycles",
    "baseline.anc",
    "baseline.platelets",
    "hsct",
    "visit.toxicities[0].grade",
    "visit.toxicities[1].grade",
    "visit.interruption.held_from",
    "visit.interruption.fit_on",
    "preparation.total_volume_ml",
    "cycles[0].doses",
    "cycles[5].doses",
    "cycles[4].response",
    "cycles[4].assessment.marrow_blasts_percent",
    "cycles[4].assessment.circulating_blasts",
    "cycles[4].assessment.extramedullary_disease",
    "cycles[4].assessment.anc",
    "cycles[4].assessment.platelets",
    "cycles[4].reduction",
    "cycles[4].interruption_days",
    "cycles[4].mrd",
];

/// With nothing open, taking away one answer opens something, unless the question calls itself optional.
fn optional_says_what_the_engine_says(walk: &Walk) {
    for field in FieldId::all().filter(|field| walk.applies(*field)) {
        if matches!(field, FieldId::Choice(choice) if choice.is_preset()) {
            continue;
        }
        let open = Plan::of(&cleared(walk, field)).open;
        assert_eq!(open.is_empty(), walk.optional(field), "{field:?} at {:?}: {open:?}", walk.due());
    }
}

#[test]
fn before_the_visit_is_said_the_visit_is_what_is_asked() {
    let walk = Walk::new(Date::read("2026-11-23"));
    assert_eq!(Plan::of(&walk).open.len(), 3);
    for path in ["visit.cycle", "visit.day", "date", "profile"] {
        assert_eq!(asking_for(&walk, path).len(), 1, "{path}");
    }
    let walk = after(walk, [Action::Choose(C::Label, "eu")]);
    let said = ["visit.cycle", "visit.day"].map(str::to_owned);
    assert!(said.iter().all(|path| missing(&Plan::of(&walk)).contains(path)));
}

/// Two slips at once are both named.
#[test]
fn every_slip_is_named_at_once() {
    let patient = Patient { label: "us", sex: "male", otherwise: false };
    let (walk, _) = guided(patient, "3", "8");
    let at = |index| CycleAt::new(index).expect("a cycle");
    let (early, late) = (D::Day8(at(0)), D::Day8(at(1)));
    let slips = [(D::Day1(at(0)), "2026-01-05"), (early, "2026-01-04"), (late, "2027-01-04")];
    let plan = Plan::of(&after(walk, slips.map(|(field, text)| Action::TypeDate(field, text.to_owned()))));
    let open: Vec<FieldId> = plan.open.iter().map(|open| open.field).collect();
    assert_eq!(open, [early, late].map(FieldId::Date));
    assert!(plan.dose().is_some() && !plan.released());
}

/// What the engine refuses, and the question at fault.
#[test]
fn a_refused_case_names_the_question_at_fault() {
    let patient = Patient { label: "us", sex: "female", otherwise: false };
    let at = |index| CycleAt::new(index).expect("a cycle");
    let full = |cycle, day| {
        let visit = visit_date(cycle, day);
        let (walk, _) = guided(patient, cycle, day);
        let doses = walk.due().course().into_iter().flat_map(|at| [D::Day1(at), D::Day8(at), D::Day15(at)]);
        after(walk, doses.map(|field| chart(patient, FieldId::Date(field), visit)))
    };
    let date = |field: D, text: &str| Action::TypeDate(field, text.to_owned());
    let held = Action::Choose(C::Held, "yes");
    let time = |field: T, text: &str| Action::TypeTime(field, text.to_owned());
    // Cycle 3, day 8 is 9 March 2026.
    for (cycle, day, actions, fault) in [
        ("3", "8", vec![date(D::Day8(at(1)), "2026-02-01")], FieldId::Date(D::Day8(at(1)))),
        ("3", "8", vec![date(D::Day15(at(0)), "2026-02-02")], FieldId::Date(D::Day1(at(1)))),
        ("3", "8", vec![date(D::Day8(at(0)), ""), date(D::Day15(at(0)), "2026-01-05")], FieldId::Date(D::Day15(at(0)))),
        ("3", "8", vec![date(D::Day1(at(2)), "2026-03-10")], FieldId::Date(D::Day1(at(2)))),
        ("3", "8", vec![date(D::Day1(at(0)), "1979-01-05")], FieldId::Date(D::Day1(at(0)))),
        ("3", "8", vec![held.clone(), date(D::HeldFrom, "2026-03-10")], FieldId::Date(D::HeldFrom)),
        ("3", "8", vec![held.clone(), date(D::FitOn, "2026-03-10")], FieldId::Date(D::FitOn)),
        ("3", "8", vec![held, date(D::HeldFrom, "2026-03-08"), date(D::FitOn, "2026-03-07")], FieldId::Date(D::FitOn)),
        ("3", "1", vec![date(D::CountsLowSince, "2026-03-10")], FieldId::Date(D::CountsLowSince)),
        ("3", "1", vec![date(D::CountsLowSince, "1979-03-10")], FieldId::Date(D::CountsLowSince)),
        ("1", "1", vec![time(T::Started, "10:00"), time(T::Ended, "09:00")], FieldId::Time(T::Ended)),
    ] {
        let walk = full(cycle, day);
        assert!(Plan::of(&walk).open.is_empty(), "cycle {cycle} day {day}: {:?}", Plan::of(&walk).open);
        let plan = Plan::of(&after(walk.clone(), actions.clone()));
        assert!(!plan.released(), "{actions:?}");
        let open = plan.open.iter().find(|open| open.problem.is_some());
        let open = open.unwrap_or_else(|| panic!("nothing is wrong after {actions:?}"));
        let problem = open.problem.clone().unwrap_or_default();
        assert_eq!(open.field, fault, "{actions:?}: {problem}");
        assert!(problem.starts_with(&open.name) && problem.len() > open.name.len() + 10, "{problem}");
        assert_eq!(
            plan.dose().map(|dose| dose.mg),
            Plan::of(&walk).dose().map(|dose| dose.mg),
            "a slip takes no milligram away"
        );
    }
}

/// Whatever is typed, clicked and taken back in whatever order: no case is refused without a question at fault, and a dose is
/// never released while one is open.
#[test]
fn a_hand_at_random_never_meets_a_refusal_without_a_question() {
    let fields: Vec<FieldId> = FieldId::all().collect();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut roll = move |below: usize| {
        // Xorshift: the same walks every time.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below).expect("small")).expect("small")
    };
    let days =
        ["2026-01-05", "2026-01-12", "2026-02-02", "2026-03-02", "2026-03-09", "1979-12-31", "2026-03-10", "?", ""];
    let mut refused = 0;
    for _ in 0..300 {
        let patient = Patient { label: "eu", sex: "female", otherwise: true };
        let mut walk = begin(patient, CYCLES[roll(6)], DAYS[roll(3)]);
        for _ in 0..40 {
            let action = match fields[roll(fields.len())] {
                FieldId::Date(D::Visit) => Action::Choose(C::Day, DAYS[roll(3)]),
                FieldId::Date(date) => Action::TypeDate(date, days[roll(days.len())].to_owned()),
                FieldId::Choice(C::ToxicityKind(at)) if roll(3) == 0 => Action::RemoveToxicity(at),
                FieldId::Choice(choice) => Action::Choose(choice, choice.answers()[roll(choice.answers().len())].code),
                FieldId::Number(number) => Action::Type(number, ["0", "1", "50", "1,456", "x"][roll(5)].to_owned()),
                FieldId::Time(time) => Action::TypeTime(time, ["09:00", "10:00", "x"][roll(3)].to_owned()),
            };
            walk = after(walk, [action, Action::TypeDate(D::Day1(CycleAt::default()), days[roll(7)].to_owned())]);
        }
        let plan = Plan::of(&walk);
        if let Some(Err(error)) = plan.case.as_ref().map(assess) {
            refused += 1;
            let fault = asking_for(&walk, &error.path);
            assert!(fault.len() == 1 && walk.applies(fault[0]), "{error}: {fault:?}");
            assert!(plan.open.iter().any(|open| open.field == fault[0] && open.problem.is_some()), "{error}");
        }
        assert!(!plan.released() || plan.open.is_empty());
        assert!(walk.toxicities().len() <= ToxicityAt::COUNT);
    }
    assert!(refused > 30, "only {refused} of these walks were refused at all");
}
