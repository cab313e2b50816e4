//! The independent second check: a second person enters anew what the dose rests on, without the first result in sight. Then
//! the two are compared, field by field and number by number. What differs is named; which of the two is right is not said.

use super::case::{cycle, to_case};
use super::course;
use super::date;
use super::field::{ChoiceField as C, FieldId, NumberField as N, Numbers};
use super::number::{self, Entry};
use super::place::CycleAt;
use super::plan::{Open, Plan, pretty};
use super::quantity::Typable;
use super::recap;
use super::state::Walk;
use super::{Step, file};
use crate::engine::case::{Case, Container, Cycle, MarrowAssessment, Preparation};
use crate::engine::facts;
use crate::engine::labels::dosing;
use crate::engine::rule::Severity;
use crate::engine::text::plain;
use crate::engine::units::{Count, Given, Quantity};
use crate::interchange::Fingerprint;

/// What the second person is asked of every case.
const ALWAYS: [FieldId; 4] =
    [FieldId::Choice(C::Cycle), FieldId::Choice(C::Day), FieldId::Number(N::Height), FieldId::Number(N::Weight)];
/// And how it is prepared.
const PREPARED: [FieldId; 2] = [FieldId::Choice(C::Container), FieldId::Number(N::TotalVolume)];

/// How the response to a cycle is said, whichever way the first person chose.
fn response_to(at: CycleAt) -> [FieldId; 6] {
    [
        FieldId::Choice(C::Response(at)),
        FieldId::Number(N::MarrowBlasts(at)),
        FieldId::Choice(C::Circulating(at)),
        FieldId::Choice(C::Extramedullary(at)),
        FieldId::Number(N::ResponseAnc(at)),
        FieldId::Number(N::ResponsePlatelets(at)),
    ]
}

/// The walk of the second person: label, day of the visit and the rest of the case are the first's, and nothing of what is to be
/// entered anew is left, neither a number nor its unit.
#[must_use]
pub fn begin(first: &Walk) -> Walk {
    let mut walk = first.clone();
    let fresh = Numbers::default();
    for field in ALWAYS.into_iter().chain(CycleAt::all().flat_map(response_to)).chain(PREPARED) {
        walk.forget(field);
        if let FieldId::Number(number) = field {
            walk.numbers.get_mut(number).switch(fresh.get(number).unit());
        }
    }
    walk.forget_talk();
    walk
}

/// What the second person is asked now, in order.
#[must_use]
pub fn asked(walk: &Walk) -> Vec<FieldId> {
    let response = walk.due().previous().map(response_to).into_iter().flatten();
    ALWAYS.into_iter().chain(response).chain(PREPARED).filter(|field| walk.applies(*field)).collect()
}

/// What of it is not answered, or not understood.
#[must_use]
pub fn open(walk: &Walk) -> Vec<Open> {
    let unanswered = |field: FieldId| match field {
        FieldId::Number(number) => walk.number(number) == Entry::Empty && !walk.optional(field),
        FieldId::Choice(choice) => walk.choice(choice).is_none(),
        FieldId::Date(_) | FieldId::Time(_) => false,
    };
    let fields = asked(walk).into_iter().map(|field| (field, walk.problem(field)));
    fields
        .filter(|(field, problem)| problem.is_some() || unanswered(*field))
        .map(|(field, problem)| Open { field, name: walk.name(field), problem })
        .collect()
}

/// The first case with what the second person entered in its place.
#[must_use]
pub fn case(first: &Case, second: &Walk) -> Option<Case> {
    let entered = to_case(second)?;
    let mut case = first.clone();
    case.patient.height = entered.patient.height;
    case.patient.weight = entered.patient.weight;
    case.visit.cycle = entered.visit.cycle;
    case.visit.day = entered.visit.day;
    if let Some(at) = second.due().previous() {
        let entered = cycle(second, at);
        if let Some((cycle, entered)) = case.cycles.get_mut(at.index()).zip(entered) {
            (cycle.response, cycle.assessment) = (entered.response, entered.assessment);
        }
    }
    let times = first.preparation.clone().unwrap_or_default();
    let entered = entered.preparation.unwrap_or_default();
    case.preparation =
        Some(Preparation { container: entered.container, total_volume_ml: entered.total_volume_ml, ..times });
    Some(case)
}

/// One thing compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub name: String,
    /// The first's, and the second's; a dash where there is none.
    pub both: [String; 2],
    /// Whether they are the same.
    pub same: bool,
}

/// Two entries of one case beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// Which visit, under which label: taken from the first for both.
    pub of: String,
    /// What else was taken from the first for both, so that nobody has compared it.
    pub taken: Vec<&'static str>,
    /// What both entered.
    pub entries: Vec<Row>,
    /// What follows from each.
    pub numbers: Vec<Row>,
    /// The fingerprints.
    pub fingerprints: [Fingerprint; 2],
}

impl Comparison {
    /// Whether nothing differs.
    #[must_use]
    pub fn agrees(&self) -> bool {
        self.fingerprints[0] == self.fingerprints[1] && self.rows().all(|row| row.same)
    }

    /// What differs, by name: entries first.
    pub fn differing(&self) -> impl Iterator<Item = &Row> {
        self.rows().filter(|row| !row.same)
    }

    /// What the check covers, once both agree.
    #[must_use]
    pub fn covers(&self) -> String {
        format!("The same in both: {}, and every number from them.", self.names())
    }

    /// What the check does not cover: no second person has looked at it.
    #[must_use]
    pub fn leaves_out(&self) -> String {
        format!("Not checked, taken from the first entry: {}.", self.taken.join(", "))
    }

    fn names(&self) -> String {
        let names = self.entries.iter().map(|row| row.name.to_lowercase());
        names.collect::<Vec<_>>().join(", ")
    }

    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.entries.iter().chain(&self.numbers)
    }
}

/// Holds two entries of a case against each other.
#[must_use]
pub fn compare(first: &Case, second: &Case) -> Comparison {
    let cases = [first, second];
    let plans = cases.map(|case| Plan::of_case(case.clone()));
    Comparison {
        of: format!("{}, {}", date::in_words(first.date), plans[0].edition()),
        taken: taken(first),
        entries: beside(cases.map(entries)),
        numbers: beside(plans.each_ref().map(numbers)),
        fingerprints: cases.map(Fingerprint::of),
    }
}

/// What of the first entry is not entered again, as far as it was answered. The day and the label always are.
fn taken(first: &Case) -> Vec<&'static str> {
    let mut taken = vec!["day of the visit", "label"];
    // What the page has no box for is taken over like the rest.
    let Ok(walk) = file::walk(first, None) else { return [taken, vec!["all other answers"]].concat() };
    let again: Vec<FieldId> = ALWAYS.into_iter().chain(CycleAt::all().flat_map(response_to)).chain(PREPARED).collect();
    let left = FieldId::all().filter(|field| walk.applies(*field) && !again.contains(field));
    for field in left.filter(|field| recap::answer(&walk, *field).is_some()) {
        let group = match (field.step(), field) {
            (_, FieldId::Choice(C::MeasureTo)) => "rounding of the volume",
            (Step::Patient, _) => "age and sex",
            (Step::Course, _) => "earlier cycles",
            (Step::Eligibility, _) => "eligibility",
            (Step::Cytoreduction, _) => "blasts in the blood",
            (Step::Dose, _) => "results and toxicity",
            (Step::Premedication, _) => "premedication",
            (Step::Preparation | Step::Infusion, _) => "clock times",
            (Step::Visit | Step::Counselling | Step::Summary, _) => continue,
        };
        if !taken.contains(&group) {
            taken.push(group);
        }
    }
    taken
}

/// Something said: its name, what is shown, and what is compared.
struct Said {
    name: String,
    shown: String,
    meant: String,
}

impl Said {
    fn plain(name: impl Into<String>, words: impl Into<String>) -> Self {
        let words = words.into();
        Self { name: name.into(), shown: words.clone(), meant: words }
    }
}

/// Row by row, in the order of the first; what only the second has stands behind.
fn beside([first, second]: [Vec<Said>; 2]) -> Vec<Row> {
    let none = || "–".to_owned();
    let mut rows: Vec<Row> = Vec::new();
    for said in &first {
        let other = second.iter().find(|other| other.name == said.name);
        let same = other.is_some_and(|other| other.meant == said.meant);
        let shown = other.map_or_else(none, |other| other.shown.clone());
        rows.push(Row { name: said.name.clone(), both: [said.shown.clone(), shown], same });
    }
    let more = second.iter().filter(|other| !first.iter().any(|said| said.name == other.name));
    rows.extend(more.map(|other| Row { name: other.name.clone(), both: [none(), other.shown.clone()], same: false }));
    rows
}

/// A quantity as entered; compared by what it is.
fn quantity<U: Typable>(
    name: &str,
    given: Option<Given<U>>,
    meant: impl Fn(Given<U>) -> rust_decimal::Decimal,
) -> Option<Said> {
    let given = given?;
    let shown = pretty(&number::quantity(given.value, given.unit.facts()));
    Some(Said { name: name.to_owned(), shown, meant: plain(meant(given)).to_string() })
}

fn entries(case: &Case) -> Vec<Said> {
    let (patient, visit) = (&case.patient, &case.visit);
    let mut said = vec![
        quantity("Height", patient.height, |height| height.centimetres().decimal()),
        quantity("Weight", patient.weight, |weight| weight.kilograms().decimal()),
        visit.cycle.map(|cycle| Said::plain("Cycle", cycle.get().to_string())),
        visit.day.map(|day| Said::plain("Day", day.number().to_string())),
    ];
    let before = visit.cycle.and_then(|cycle| usize::try_from(cycle.get()).ok()?.checked_sub(2));
    if let Some(cycle) = before.and_then(|index| case.cycles.get(index)) {
        said.extend(response(cycle));
    }
    let given = case.preparation.clone().unwrap_or_default();
    let container = given.container.unwrap_or(Container::Bag);
    let word = C::Container.answers().iter().find(|answer| answer.code == container.word());
    said.push(Some(Said::plain("Container", word.map_or("", |answer| answer.label))));
    let usual = || (container == Container::Bag).then_some(dosing::BAG.decimal());
    let total = given.total_volume_ml.map(|total| total.decimal()).or_else(usual);
    said.push(
        total.map(|total| {
            Said::plain("Total volume (typed, or the usual one)", pretty(&format!("{} mL", plain(total))))
        }),
    );
    said.into_iter().flatten().collect()
}

/// The response to a cycle, and what it was worked out from.
fn response(cycle: &Cycle) -> Vec<Option<Said>> {
    let name = format!("Response after cycle {}", cycle.number.get());
    let Some(data) = &cycle.assessment else {
        return vec![cycle.response.map(|class| Said::plain(name, course::in_words(class)))];
    };
    let class = facts::class(&facts::criteria(data)).map_or_else(|| "not known".to_owned(), course::in_words);
    let yes = |name: &str, answer: Option<bool>| answer.map(|yes| Said::plain(name, if yes { "Yes" } else { "No" }));
    let MarrowAssessment { marrow_blasts_percent, circulating_blasts, extramedullary_disease, anc, platelets } = *data;
    let counted = |count: Count| count.giga_per_litre().decimal();
    vec![
        Some(Said::plain(name, class)),
        marrow_blasts_percent.map(|share| Said::plain("Blasts in the marrow", format!("{} %", plain(share.decimal())))),
        yes("Blasts in the blood", circulating_blasts),
        yes("Disease outside the marrow", extramedullary_disease),
        quantity("Neutrophils with this marrow", anc, counted),
        quantity("Platelets with this marrow", platelets, counted),
    ]
}

/// The clock is not entered anew, and what is left is compared in mg.
const BESIDE_THE_POINT: [&str; 5] = [
    "preparation.dilute_by",
    "preparation.start_by",
    "preparation.end_by",
    "preparation.observe_until",
    "preparation.unused_ml",
];

/// What follows: the decision, every number of the sheet, the days of the cycle, the findings.
fn numbers(plan: &Plan) -> Vec<Said> {
    if let Some(Err(refused)) = &plan.outcome {
        return vec![Said::plain("Plan", format!("none: {}", pretty(&refused.message)))];
    }
    let mut said = vec![Said::plain("Decision", plan.verdict().word)];
    let numbers = recap::numbers(plan).into_iter().filter(|number| !BESIDE_THE_POINT.contains(&number.path));
    said.extend(numbers.map(|number| Said::plain(number.label, number.line.result)));
    let today = plan.case.as_ref().and_then(|case| case.visit.day);
    let days = plan.assessment().and_then(|found| found.schedule.as_ref()).into_iter().flat_map(|days| &days.doses);
    for dose in days.filter(|dose| Some(dose.day) != today) {
        let mg = dose.mg.map(|mg| format!(", {mg}")).unwrap_or_default();
        said.push(Said::plain(
            format!("Dose of {}", dose.day),
            pretty(&format!("{}{mg}", date::with_year(dose.planned))),
        ));
    }
    let heavy = plan.reasons.iter().filter(|reason| reason.severity > Severity::Info);
    let rules: Vec<&str> = heavy.map(|reason| reason.rule).collect();
    said.push(Said::plain("Rules to heed", if rules.is_empty() { "none".to_owned() } else { rules.join(", ") }));
    said
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::walk::state::{Action, reduce};

    fn first(text: &str) -> (Walk, Case) {
        let case = Case::from_json(text).expect("a case");
        let walk = file::walk(&case, Some(case.date)).expect("every box is there");
        let case = to_case(&walk).expect("a case");
        (walk, case)
    }

    fn adult() -> (Walk, Case) {
        first(include_str!("../../tests/fingerprints/ex01-as-typed.case.json"))
    }

    fn enter(walk: Walk, actions: impl IntoIterator<Item = Action>) -> Walk {
        actions.into_iter().fold(walk, reduce)
    }

    fn typed(field: N, text: &str) -> Action {
        Action::Type(field, text.to_owned())
    }

    fn visit(cycle: &'static str, day: &'static str) -> [Action; 3] {
        [(C::Cycle, cycle), (C::Day, day), (C::Container, "bag")].map(|(field, code)| Action::Choose(field, code))
    }

    fn adult_again(height: &str, weight: &str) -> Walk {
        let walk = enter(begin(&adult().0), visit("1", "1"));
        enter(walk, [typed(N::Height, height), typed(N::Weight, weight)])
    }

    fn compared(first: &Case, second: &Walk) -> Comparison {
        compare(first, &case(first, second).expect("a case"))
    }

    fn names(found: &Comparison) -> Vec<&str> {
        found.differing().map(|row| row.name.as_str()).collect()
    }

    #[test]
    fn nothing_of_what_is_entered_anew_is_left_from_the_first() {
        let heaviest = include_str!("../../benches/heaviest.json").replace("+02:00", "");
        for (walk, case) in [adult(), first(&heaviest)] {
            let blank = begin(&walk);
            let open: Vec<FieldId> = open(&blank).into_iter().map(|open| open.field).collect();
            assert_eq!(open, [ALWAYS.as_slice(), &PREPARED[..1]].concat());
            assert_eq!(blank.numbers.get(N::Height).unit(), "cm");
            let kept = blank.kept();
            let body = [case.patient.height.map(|height| height.value), case.patient.weight.map(|weight| weight.value)];
            for value in body.into_iter().flatten() {
                assert!(!kept.contains(&format!("\"{}\"", plain(value))), "{value} in {kept}");
            }
            assert_eq!((blank.profile(), blank.visit_date()), (walk.profile(), walk.visit_date()));
        }
    }

    #[test]
    fn the_same_entries_agree_however_they_are_written() {
        let (_, first) = adult();
        for (unit, height, weight) in [("cm", "170", "70"), ("m", "1.70", "70.0"), ("cm", "170.0", "70 kg")] {
            let second = enter(adult_again(height, weight), [Action::Unit(N::Height, unit)]);
            assert_eq!(open(&second), []);
            let found = compared(&first, &second);
            assert!(found.agrees(), "{height}, {weight}: {:?}", names(&found));
            assert!(found.entries.len() >= 6 && found.numbers.len() >= 12, "{found:?}");
        }
    }

    /// The record claims no more than was done: what a second person never saw is named.
    #[test]
    fn what_was_taken_over_is_said_as_such() {
        let found = compared(&adult().1, &adult_again("170", "70"));
        let covers = found.covers();
        assert!(
            covers.starts_with("The same in both: ") && covers.ends_with(", and every number from them."),
            "{covers}"
        );
        for entered in ["height", "weight", "cycle", "day", "container", "total volume"] {
            assert!(covers.contains(entered), "{entered}: {covers}");
        }
        let left = found.leaves_out();
        for unseen in
            ["label", "eligibility", "blasts in the blood", "results and toxicity", "premedication", "age and sex"]
        {
            assert!(left.contains(unseen), "{unseen}: {left}");
        }
        assert!(!left.contains("weight") && !left.contains("earlier cycles"), "{left}");
        // A later visit has earlier cycles; what was not answered was not taken over.
        let text = include_str!("../../docs/schema/examples/cycle-2-day-1-reduced.case.json");
        let (walk, mut later) = first(text);
        assert!(taken(&later).contains(&"earlier cycles") && walk.due().previous().is_some());
        later.visit.premedication = None;
        assert!(!taken(&later).contains(&"premedication"), "{:?}", taken(&later));
    }

    #[test]
    fn another_weight_is_named_with_all_that_follows_from_it() {
        let found = compared(&adult().1, &adult_again("170", "71"));
        assert_eq!(
            names(&found),
            [
                "Weight",
                "Body surface area",
                "Dose",
                "Withdraw",
                "Sodium chloride 0.9\u{a0}%",
                "Concentration",
                "Left in the vials, discard",
                "Dose of day 8",
                "Dose of day 15"
            ]
        );
        assert!(!found.agrees() && found.fingerprints[0] != found.fingerprints[1]);
        let weight = found.differing().next().expect("a row");
        assert_eq!(weight.both, ["70\u{a0}kg", "71\u{a0}kg"].map(str::to_owned));
    }

    #[test]
    fn another_visit_container_or_volume_is_named() {
        let (_, first) = adult();
        let named = |actions: Vec<Action>| {
            let second = enter(adult_again("170", "70"), actions);
            assert_eq!(open(&second), []);
            let found = compared(&first, &second);
            assert!(!found.agrees());
            names(&found).into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let day = named(vec![Action::Choose(C::Day, "8")]);
        assert!(day.contains(&"Day".to_owned()) && day.contains(&"Dose".to_owned()), "{day:?}");
        let cycle = named(vec![Action::Choose(C::Cycle, "2"), Action::Choose(C::Response(CycleAt::default()), "cr")]);
        assert!(cycle.contains(&"Cycle".to_owned()) && cycle.contains(&"Decision".to_owned()), "{cycle:?}");
        let syringe = named(vec![Action::Choose(C::Container, "syringe"), typed(N::TotalVolume, "50")]);
        assert_eq!(syringe[0], "Container");
        let volume = named(vec![typed(N::TotalVolume, "100")]);
        assert!(
            volume[0] == "Total volume (typed, or the usual one)" && volume.contains(&"Rate".to_owned()),
            "{volume:?}"
        );
        // What is entered and what counts anyway is the same.
        let same = compared(&first, &enter(adult_again("170", "70"), [typed(N::TotalVolume, "50")]));
        assert!(same.agrees(), "{:?}", names(&same));
    }

    #[test]
    fn the_response_is_asked_again_the_way_it_was_given() {
        let judged = include_str!("../../docs/schema/examples/cycle-2-day-1-reduced.case.json");
        let (walk, worked_out) = first(judged);
        assert!(worked_out.cycles[0].assessment.is_some());
        let second = enter(begin(&walk), visit("2", "1"));
        let at = CycleAt::default();
        let asked: Vec<String> = open(&second).into_iter().map(|open| open.name).collect();
        assert_eq!(asked.len(), 7, "{asked:?}");
        let body = [typed(N::Height, "178"), typed(N::Weight, "82.5"), typed(N::MarrowBlasts(at), "2")];
        let counts = [typed(N::ResponseAnc(at), "1.2"), typed(N::ResponsePlatelets(at), "64")];
        let no = [C::Circulating(at), C::Extramedullary(at)].map(|field| Action::Choose(field, "no"));
        let second = enter(enter(enter(second, body), counts), no);
        assert!(compared(&worked_out, &second).agrees(), "{:?}", names(&compared(&worked_out, &second)));
        let other = enter(second, [typed(N::MarrowBlasts(at), "6")]);
        let found = compared(&worked_out, &other);
        let named = names(&found);
        assert_eq!(named[..2], ["Response after cycle 1", "Blasts in the marrow"]);
        assert!(named.contains(&"Dose"), "{named:?}");
    }

    #[test]
    fn what_is_not_understood_or_asked_about_keeps_it_open() {
        let second = adult_again("170", "7o");
        assert_eq!(open(&second).len(), 1);
        let slip = adult_again("180", "154");
        let open_now = open(&slip);
        assert!(open_now[0].problem.as_deref().is_some_and(|why| why.contains("very much")), "{open_now:?}");
        let question = open_now[0].problem.clone().expect("a question");
        // What the first person said yes to is asked of the second again.
        let sure =
            enter(adult().0, [typed(N::Height, "180"), typed(N::Weight, "154"), Action::Confirm(question.clone())]);
        assert_eq!(sure.problem(FieldId::Number(N::Weight)), None);
        let again = enter(begin(&sure), visit("1", "1"));
        assert_eq!(open(&enter(again, [typed(N::Height, "180"), typed(N::Weight, "154")])), open_now);
        assert_eq!(open(&enter(slip, [Action::Confirm(question), Action::Check(Step::Patient)])), []);
    }

    #[test]
    fn a_case_that_the_engine_refuses_has_no_numbers_and_says_why() {
        let (_, first) = adult();
        let mut refused = first.clone();
        refused.visit.cycle = crate::engine::Whole::new(4);
        refused.cycles = vec![];
        refused.visit.counts_low_since = Some(first.date.plus_days(3));
        let found = compare(&first, &refused);
        assert!(names(&found).contains(&"Plan"), "{:?}", names(&found));
    }
}
