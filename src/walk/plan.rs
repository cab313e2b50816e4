//! What follows from the walk at this moment, ready to be shown: decision, reasons, numbers, what is open, where each step stands.

use super::case::to_case;
use super::clock_change::ClockChange;
use super::countdown::{self, Limit, Overdue, Row};
use super::date;
use super::field::{ChoiceField, DateField, FieldId, NumberField};
use super::paths::{asking_for, dose_at};
use super::place::{At, CycleAt};
use super::recap;
use super::silence;
use super::state::Walk;
use super::steps::{self, Step};
use super::timeline;
use super::why::{Line, chain, source};
use crate::engine::assessment::{Assessment, Decision, Dose, Finding, Prepared};
use crate::engine::calendar::{Date, Moment};
use crate::engine::case::{Case, Container, Day, Preparation, Profile};
use crate::engine::course::{CourseCycle, Stage, course};
use crate::engine::labels::dosing;
use crate::engine::preparation::container;
use crate::engine::rule::{Confidence, Severity};
use crate::engine::{CaseError, assess};
use crate::interchange::Fingerprint;

/// A question that the decision waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Which.
    pub field: FieldId,
    /// Its name as asked now.
    pub name: String,
    /// What is wrong with the entry; `None` when there is none yet.
    pub problem: Option<String>,
}

/// What the engine found, in the words of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Weight.
    pub severity: Severity,
    /// The words.
    pub text: String,
    /// Rule, source, edition.
    pub source: String,
    /// Id of the rule.
    pub rule: &'static str,
    /// Ids of the disagreements between sources that touch it.
    pub disagreements: &'static [&'static str],
    /// How well it is known.
    pub confidence: Confidence,
    /// The step that can change it.
    pub step: Step,
    /// The clock says so, and no value that was entered.
    pub by_the_clock: bool,
    /// Whether it leaves today's dose out.
    pub omits: bool,
    /// Names this finding with its values: an acknowledgement holds for these words only.
    pub key: String,
}

/// The four signals, and the state before any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Nothing stands against the dose.
    Give,
    /// Nothing stands against the dose, and a caution has not been acknowledged.
    Caution,
    /// Answers are needed.
    Open,
    /// This one not at all, the next again.
    Omit,
    /// Not now.
    Hold,
    /// Not at all.
    Stop,
}

/// The decision as the page says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Its signal.
    pub tone: Tone,
    /// Its word.
    pub word: &'static str,
    /// What stands behind it, counted.
    pub detail: String,
}

/// Where a step stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepState {
    /// Which step.
    pub step: Step,
    /// In view.
    pub here: bool,
    /// Seen before.
    pub visited: bool,
    /// Answers that the decision still needs from it.
    pub needs: usize,
    /// The worst finding it can change, if that is more than worth knowing.
    pub worst: Option<Severity>,
    /// Nothing is left to do in it.
    pub done: bool,
    /// What its answers come to, in a word or two.
    pub note: String,
    /// Why it has nothing to ask today.
    pub away: Option<&'static str>,
}

/// Whether the dose itself rests on an answer; every other one only releases it.
fn dose_rests_on(field: FieldId) -> bool {
    match field {
        FieldId::Date(DateField::Visit) | FieldId::Number(NumberField::Height | NumberField::Weight) => true,
        FieldId::Choice(ChoiceField::Label | ChoiceField::Cycle | ChoiceField::Day) => true,
        FieldId::Choice(ChoiceField::Mrd(_)) | FieldId::Number(NumberField::MrdFraction(_)) | FieldId::Date(_) => false,
        field => matches!(field.at(), Some(At::Cycle(_))),
    }
}

/// Everything that follows from a walk.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The case as understood; `None` while the visit has no date.
    pub case: Option<Case>,
    /// The engine's answer, or why it refuses the case.
    pub outcome: Option<Result<Assessment, CaseError>>,
    /// What is open, in the order asked.
    pub open: Vec<Open>,
    /// The findings.
    pub reasons: Vec<Reason>,
    /// Cautions not acknowledged yet, by key.
    pub unacknowledged: Vec<String>,
    /// The limits in time against the clock on the wall.
    pub limits: Vec<Row>,
    /// The limit that the clock has left behind, so that the preparation may not be used.
    pub overdue: Option<Overdue>,
    /// The change of the clock on the days of the visit.
    pub clock_change: Option<ClockChange>,
    /// Whether there was any toxicity since the last dose has not been answered, and the decision does not wait for it.
    pub toxicity_unanswered: bool,
}

impl Plan {
    /// What follows from this walk.
    #[must_use]
    pub fn of(walk: &Walk) -> Self {
        let case = to_case(walk);
        let (outcome, slips) = case.as_ref().map_or((None, Vec::new()), |case| beside_slips(walk, case));
        let assessment = outcome.as_ref().and_then(|outcome| outcome.as_ref().ok());
        let mut needed = needed(walk, assessment, &slips);
        needed.extend(
            case.as_ref().zip(assessment).into_iter().flat_map(|(case, found)| silence::asked(walk, case, found)),
        );
        let open = open(walk, &needed, &slips);
        let prepared = assessment.and_then(|found| found.preparation.as_ref());
        let limits = prepared.map(|prepared| countdown::rows(walk, prepared)).unwrap_or_default();
        let overdue = prepared.and_then(|prepared| countdown::overdue(walk, prepared));
        let mut reasons: Vec<Reason> = assessment.map(reasons).unwrap_or_default();
        let change = walk.clock_change();
        reasons.extend(overdue.zip(case.as_ref()).map(|(overdue, case)| run_out(overdue, case, change)));
        let unacknowledged = reasons
            .iter()
            .filter(|reason| reason.severity == Severity::Caution && !walk.has_acknowledged(&reason.key))
            .map(|reason| reason.key.clone())
            .collect();
        let toxicity_unanswered = recap::unanswered(walk).is_some();
        Self {
            case,
            outcome,
            open,
            reasons,
            unacknowledged,
            limits,
            overdue,
            clock_change: change,
            toxicity_unanswered,
        }
    }

    /// What follows from a case alone, with nothing open and nothing to acknowledge.
    #[must_use]
    pub fn of_case(case: Case) -> Self {
        let outcome = assess(&case);
        let reasons = outcome.as_ref().map(reasons).unwrap_or_default();
        Self {
            case: Some(case),
            outcome: Some(outcome),
            open: Vec::new(),
            reasons,
            unacknowledged: Vec::new(),
            limits: Vec::new(),
            overdue: None,
            clock_change: None,
            toxicity_unanswered: false,
        }
    }

    /// The engine's answer, if there is one.
    #[must_use]
    pub fn assessment(&self) -> Option<&Assessment> {
        self.outcome.as_ref()?.as_ref().ok()
    }

    /// The label whose rules are used.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.case.as_ref().map_or(Profile::Us, |case| case.profile)
    }

    /// The label whose rules are used, with its edition.
    #[must_use]
    pub fn edition(&self) -> &'static str {
        match self.case.as_ref().map(|case| case.profile) {
            Some(Profile::Us) => "US label 3/2024",
            Some(Profile::Eu) => "EU SmPC",
            None => "Label not chosen",
        }
    }

    /// The fingerprint of the case as understood, with the rules and the engine that judged it.
    #[must_use]
    pub fn fingerprint(&self) -> Option<Fingerprint> {
        self.case.as_ref().map(Fingerprint::of)
    }

    /// Today's dose, as planned.
    #[must_use]
    pub fn dose(&self) -> Option<Dose> {
        self.assessment()?.dose
    }

    /// A moment as the clock on the wall shows it, on a day of this visit.
    #[must_use]
    pub fn clock(&self, moment: Moment) -> String {
        let shown = self.clock_change.map_or(moment, |change| change.shown(moment));
        date::clock_on(shown, self.case.as_ref().map_or(shown.date(), |case| case.date))
    }

    /// Why there is no dose: the decision, or the answers that it waits for, by name.
    #[must_use]
    pub fn no_dose(&self) -> String {
        match self.verdict().tone {
            Tone::Stop => "No dose. Do not give this drug today.".to_owned(),
            Tone::Omit => "No dose today: this one is left out.".to_owned(),
            Tone::Hold => "No dose today.".to_owned(),
            Tone::Give | Tone::Caution | Tone::Open => {
                // A refused case has no numbers before the entry at fault is put right.
                let refused = matches!(self.outcome, Some(Err(_)));
                let waits = |open: &&Open| dose_rests_on(open.field) || (refused && open.problem.is_some());
                let waits = self.open.iter().filter(waits);
                let names: Vec<&str> = waits.map(|open| open.name.trim_end_matches('?')).collect();
                if names.is_empty() {
                    "No dose yet.".to_owned()
                } else {
                    // The names of a course hold commas.
                    let between = if names.iter().any(|name| name.contains(", ")) { "; " } else { ", " };
                    format!("No dose yet. It waits for: {}.", names.join(between))
                }
            }
        }
    }

    /// The visit's cycle, as the picture draws it; none when treatment stops.
    #[must_use]
    pub fn own_cycle(&self) -> Option<CourseCycle> {
        let found = self.assessment().filter(|found| found.decision != Decision::Stop)?;
        let course = course(self.case.as_ref()?, found);
        course.cycles.into_iter().find(|cycle| cycle.stage == Stage::Now && cycle.first.is_some())
    }

    /// A dose of the visit's cycle that is still to come, today's among them, with its day.
    #[must_use]
    pub fn ahead(&self, day: Day) -> Option<String> {
        let dose = self.own_cycle()?.doses.into_iter().find(|dose| dose.day == day)?;
        dose.state.is_to_come().then(|| timeline::when(&dose, self.case.as_ref().map_or(dose.on, |case| case.date)))
    }

    /// The first day of the next cycle.
    #[must_use]
    pub fn next_cycle(&self) -> Option<Date> {
        self.own_cycle()?.next_from
    }

    /// How the number at this path came to be, what it rests on first.
    #[must_use]
    pub fn why(&self, path: &str) -> Vec<Line> {
        let Some(found) = self.assessment() else { return Vec::new() };
        // A dose that is left out has no schedule in the assessment, and the cycle goes on.
        let own = self.own_cycle().filter(|_| path.starts_with("schedule.") && found.schedule.is_none());
        chain(own.as_ref().map_or(&found.trace, |own| &own.trace), path, self.profile())
    }

    /// How it is made up.
    #[must_use]
    pub fn preparation(&self) -> Option<&Prepared> {
        self.assessment()?.preparation.as_ref()
    }

    /// The visit in words: `cycle 1, day 1`.
    #[must_use]
    pub fn visit(&self) -> Option<String> {
        let visit = &self.case.as_ref()?.visit;
        Some(format!("cycle {}, {}", visit.cycle?.get(), visit.day?))
    }

    /// Whether the dose may be given. The engine says so, no entry is left that the engine has not seen, and what was prepared
    /// has not run out of time.
    #[must_use]
    pub fn released(&self) -> bool {
        self.dose().is_some_and(|dose| dose.release) && self.open.is_empty() && self.overdue.is_none()
    }

    /// Whether today has no dose at all, so that nothing is prepared.
    #[must_use]
    pub fn none_today(&self) -> bool {
        let decision = self.assessment().map(|assessment| assessment.decision);
        matches!(decision, Some(Decision::Stop | Decision::OmitDose))
    }

    /// The decision in the words of the page.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let decision = self.assessment().map(|assessment| assessment.decision);
        let (tone, word) = match decision {
            Some(Decision::Stop) => (Tone::Stop, "Stop"),
            Some(Decision::OmitDose) => (Tone::Omit, "Leave this dose out"),
            Some(Decision::Hold) => (Tone::Hold, "Hold"),
            Some(Decision::Give | Decision::Incomplete) if self.overdue.is_some() => (Tone::Hold, "Hold"),
            Some(Decision::Give) if self.open.is_empty() && self.unacknowledged.is_empty() => (Tone::Give, "Give"),
            Some(Decision::Give) if self.open.is_empty() => (Tone::Caution, "Give with caution"),
            Some(Decision::Give | Decision::Incomplete) | None => (Tone::Open, "Incomplete"),
        };
        let blocking = match tone {
            Tone::Stop => self.count(Severity::Stop),
            Tone::Omit => {
                self.reasons.iter().filter(|reason| reason.omits || reason.severity == Severity::Hold).count()
            }
            Tone::Hold => self.count(Severity::Hold),
            Tone::Give | Tone::Caution | Tone::Open => 0,
        };
        let unread = self.open.iter().filter(|open| open.problem.is_some()).count();
        let parts = [
            counted(blocking, "reason", "reasons"),
            counted(self.open.len().saturating_sub(unread), "answer still needed", "answers still needed"),
            counted(unread, "entry to check", "entries to check"),
            counted(self.unacknowledged.len(), "caution to acknowledge", "cautions to acknowledge"),
        ];
        let detail = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let seen = self.count(Severity::Caution);
        let silent = if self.toxicity_unanswered { " Not answered: toxicity since the last dose." } else { "" };
        let detail = match (detail.is_empty(), counted(seen, "caution acknowledged", "cautions acknowledged")) {
            (false, _) => detail,
            // A sentence that reads as permission stands beside a dose only.
            _ if !matches!(tone, Tone::Give | Tone::Caution) => "No dose.".to_owned(),
            (true, Some(seen)) => format!("{seen}. Nothing else stands against today’s dose.{silent}"),
            (true, None) => format!("Nothing stands against today’s dose.{silent}"),
        };
        Verdict { tone, word, detail }
    }

    /// The first sentence of the weightiest reason against the dose, for where there is room for one line.
    #[must_use]
    pub fn first_reason(&self) -> Option<String> {
        let blocking = |severity| self.of_severity(severity).next();
        let omits = || self.reasons.iter().find(|reason| reason.omits);
        let reason = blocking(Severity::Stop).or_else(omits).or_else(|| blocking(Severity::Hold))?;
        // A point followed by a space ends a sentence; one inside a number does not.
        let sentence = reason.text.split_once(". ").map_or(reason.text.as_str(), |(first, _)| first);
        Some(format!("{}.", sentence.trim_end_matches('.')))
    }

    /// Which total volumes would do, when the one chosen does not or none is; and that the drug alone is more.
    #[must_use]
    pub fn volume_words(&self) -> Option<String> {
        let prepared = self.preparation().filter(|prepared| prepared.in_range != Some(true))?;
        let [least, most] = prepared.total_ml_range;
        let least = least.max(prepared.withdraw_ml);
        let (container, _) = container(self.case.as_ref().and_then(|case| case.preparation.as_ref()));
        let total = prepared.total_ml.filter(|total| *total < prepared.withdraw_ml);
        let alone =
            total.map(|total| format!("The drug alone is {}: more than the {total} chosen. ", prepared.withdraw_ml));
        let range = format!("a total volume from {} to {most}", least.0.normalize());
        let would_do = match container {
            Container::Bag if (least..=most).contains(&dosing::BAG) => {
                format!("A bag of {}, as the label makes up, keeps this dose inside the range.", dosing::BAG)
            }
            Container::Bag => format!(
                "No bag of {} keeps this dose inside the range: it takes {range}. Ask the pharmacist, who may give it from a syringe.",
                dosing::BAG
            ),
            Container::Syringe => format!("In a syringe {range} keeps this dose inside the range."),
        };
        Some(pretty(&format!("{}{would_do}", alone.unwrap_or_default())))
    }

    fn count(&self, severity: Severity) -> usize {
        self.reasons.iter().filter(|reason| reason.severity == severity).count()
    }

    /// The findings of this weight.
    pub fn of_severity(&self, severity: Severity) -> impl Iterator<Item = &Reason> {
        self.reasons.iter().filter(move |reason| reason.severity == severity)
    }

    /// Whether the decision waits for an answer to this question.
    #[must_use]
    pub fn waits_for(&self, field: FieldId) -> bool {
        self.open.iter().any(|open| open.field == field && open.problem.is_none())
    }

    /// The open questions of a step.
    pub fn open_in(&self, step: Step) -> impl Iterator<Item = &Open> {
        self.open.iter().filter(move |open| open.field.step() == step)
    }

    /// The findings that a step can change, the heaviest first.
    #[must_use]
    pub fn reasons_in(&self, step: Step) -> Vec<Reason> {
        let mut found: Vec<Reason> = self.reasons.iter().filter(|reason| reason.step == step).cloned().collect();
        found.sort_by_key(|reason| std::cmp::Reverse(reason.severity));
        found
    }

    /// Where every step stands.
    #[must_use]
    pub fn steps(&self, walk: &Walk) -> Vec<StepState> {
        Step::ALL.into_iter().map(|step| self.step(walk, step)).collect()
    }

    fn step(&self, walk: &Walk, step: Step) -> StepState {
        let needs = match step {
            Step::Summary => self.unacknowledged.len(),
            step => self.open_in(step).count(),
        };
        let worst = self
            .reasons
            .iter()
            .filter(|reason| reason.step == step && reason.severity >= Severity::Hold)
            .map(|reason| reason.severity)
            .max();
        let visited = walk.was_visited(step);
        let complete = match step {
            Step::Summary => self.open.is_empty(),
            Step::Preparation | Step::Infusion | Step::Counselling => self.preparation().is_some(),
            _ => true,
        };
        let away = walk.not_today(step);
        let done = visited && needs == 0 && worst.is_none() && complete && away.is_none();
        StepState { step, here: walk.here == step, visited, needs, worst, done, note: self.note(step), away }
    }

    fn note(&self, step: Step) -> String {
        let from = |text: Option<String>| text.unwrap_or_default();
        let prepared = self.preparation();
        match step {
            Step::Patient => {
                from(self.assessment().and_then(|a| a.bsa.as_ref()).map(|bsa| pretty(&bsa.m2.to_string())))
            }
            Step::Visit => from(self.visit()),
            Step::Preparation => from(prepared.map(|prepared| vials(prepared.vials.0))),
            Step::Infusion => {
                from(prepared.and_then(|prepared| prepared.rate_ml_per_h).map(|rate| pretty(&rate.to_string())))
            }
            _ => String::new(),
        }
    }
}

/// The step to go to after this one: the next that has something to ask or to show today.
#[must_use]
pub fn next_step(walk: &Walk, step: Step) -> Option<Step> {
    std::iter::successors(step.next(), |step| step.next()).find(|step| walk.not_today(*step).is_none())
}

/// The step to go back to.
#[must_use]
pub fn step_before(walk: &Walk, step: Step) -> Option<Step> {
    std::iter::successors(step.previous(), |step| step.previous()).find(|step| walk.not_today(*step).is_none())
}

fn counted(count: usize, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    }
}

/// `1 vial`, `2 vials`.
#[must_use]
pub fn vials(count: rust_decimal::Decimal) -> String {
    let count = count.normalize();
    format!("{count}\u{a0}{}", if count == rust_decimal::Decimal::ONE { "vial" } else { "vials" })
}

/// The questions whose answer the engine misses.
fn needed(walk: &Walk, assessment: Option<&Assessment>, slips: &[Slip]) -> Vec<FieldId> {
    match assessment {
        Some(assessment) => assessment.missing.iter().flat_map(|path| asking_for(walk, path)).collect(),
        // While the engine refuses the case, nothing else can be said of it.
        None if !slips.is_empty() => Vec::new(),
        None => unsaid(walk),
    }
}

/// What is open: entries that are not understood, questions that have to be answered, and a contradiction the engine points to.
fn open(walk: &Walk, needed: &[FieldId], slips: &[Slip]) -> Vec<Open> {
    let wanted = |field: FieldId| needed.contains(&field) || untold(walk, field);
    let open = FieldId::all().filter_map(|field| {
        let contradiction = || {
            let slip = slips.iter().find(|slip| slip.field == field)?;
            Some(format!("{}: {}.", walk.name(field), slip.words))
        };
        let problem = walk.problem(field).or_else(contradiction);
        (problem.is_some() || wanted(field)).then(|| Open { field, name: walk.name(field), problem })
    });
    open.collect()
}

/// What there is no case without, and the dose in question, as far as they have not been said.
fn unsaid(walk: &Walk) -> Vec<FieldId> {
    let choices = [ChoiceField::Label, ChoiceField::Cycle, ChoiceField::Day].into_iter();
    let choices = choices.filter(|choice| walk.choice(*choice).is_none()).map(FieldId::Choice);
    let date = walk.visit_date().is_none().then_some(FieldId::Date(DateField::Visit));
    date.into_iter().chain(choices).collect()
}

/// A toxicity was added and it is not said what it is: the engine cannot miss what it was not given.
fn untold(walk: &Walk, field: FieldId) -> bool {
    matches!(field, FieldId::Choice(kind @ ChoiceField::ToxicityKind(_)) if walk.choice(kind).is_none() && walk.applies(field))
}

/// An entry that contradicts others, and how.
struct Slip {
    field: FieldId,
    words: String,
}

/// What the engine says of a case. A slip in a date or a time takes no milligram away: the rest stands without it, and the entry
/// is asked again. While one is open nothing is released.
fn beside_slips(walk: &Walk, case: &Case) -> (Option<Result<Assessment, CaseError>>, Vec<Slip>) {
    let (mut rest, mut slips) = (None, Vec::new());
    loop {
        let case = rest.as_ref().unwrap_or(case);
        let error = match assess(case) {
            Ok(assessment) => return (Some(Ok(assessment)), slips),
            Err(error) => error,
        };
        slips.push(Slip { field: at_fault(walk, case, &error.path), words: pretty(&error.message) });
        match without(case, &error.path) {
            Some(less) => rest = Some(less),
            None => return (Some(Err(error)), slips),
        }
    }
}

/// The same case without the date at this path, or before any time of the preparation was typed; `None` where neither is there.
fn without(case: &Case, path: &str) -> Option<Case> {
    let mut less = case.clone();
    if let Some((cycle, dose)) = dose_at(path) {
        let doses = &mut less.cycles.get_mut(cycle)?.doses;
        (dose < doses.len()).then(|| doses.remove(dose))?;
        return Some(less);
    }
    match path {
        "visit.counts_low_since" => less.visit.counts_low_since = None,
        "visit.interruption.held_from" => less.visit.interruption.as_mut()?.held_from = None,
        "visit.interruption.fit_on" => less.visit.interruption.as_mut()?.fit_on = None,
        _ if path.starts_with("preparation.") => {
            let given = less.preparation.take()?;
            let Preparation { container, total_volume_ml, measure_to_ml, .. } = given;
            less.preparation =
                Some(Preparation { container, total_volume_ml, measure_to_ml, ..Preparation::default() });
        }
        _ => return None,
    }
    (less != *case).then_some(less)
}

/// The question at fault in a refused case. The last resort is the date of the visit, which everything is held against.
fn at_fault(walk: &Walk, case: &Case, path: &str) -> FieldId {
    let dose = dose_at(path).and_then(|(cycle, dose)| {
        let day = case.cycles.get(cycle)?.doses.get(dose)?.day;
        Some(FieldId::Date(DateField::dose(CycleAt::new(cycle)?, day)))
    });
    let field = dose.or_else(|| asking_for(walk, path).first().copied());
    field.filter(|field| walk.applies(*field)).unwrap_or(FieldId::Date(DateField::Visit))
}

fn reasons(assessment: &Assessment) -> Vec<Reason> {
    assessment.findings.iter().map(|finding| reason(finding, assessment.profile)).collect()
}

/// The clock speaks against what was prepared.
fn run_out(overdue: Overdue, case: &Case, change: Option<ClockChange>) -> Reason {
    let clock = |moment| date::clock_on(change.map_or(moment, |change| change.shown(moment)), case.date);
    let (now, by) = (clock(overdue.now), clock(overdue.by));
    let (grounds, profile) = (overdue.grounds(), case.profile);
    let text = match (overdue.limit, overdue.would_end) {
        (_, Some(end)) => format!(
            "The infusion stands still. Gone on with now, it would end at {}, after {by}. Discard what is left and call the prescriber.",
            clock(end)
        ),
        (Limit::Dilute, None) => {
            format!(
                "It is {now}: the drug had to be diluted by {by}, 4\u{a0}h after the first vial. Discard this preparation."
            )
        }
        (Limit::Start, None) => format!(
            "It is {now}: the infusion had to start by {by}, to end within 8\u{a0}h of the first vial. Discard this preparation."
        ),
        (Limit::End | Limit::Observe, None) => format!(
            "It is {now}: the infusion had to end by {by}, 8\u{a0}h after the first vial. Discard what is left and call the prescriber."
        ),
    };
    Reason {
        severity: Severity::Hold,
        by_the_clock: true,
        omits: false,
        // The same for as long as it lasts, though the clock goes on.
        key: format!("{} {by}", grounds.id),
        text: pretty(&text),
        source: source(grounds, profile),
        rule: grounds.id,
        disagreements: &[],
        confidence: grounds.confidence,
        step: if overdue.limit == Limit::Dilute { Step::Preparation } else { Step::Infusion },
    }
}

fn reason(finding: &Finding, profile: Profile) -> Reason {
    let grounds = &finding.rule.grounds;
    let text = pretty(&finding.message());
    Reason {
        severity: finding.severity,
        by_the_clock: false,
        omits: finding.clause.omits_dose,
        key: format!("{} {text}", grounds.id),
        text,
        source: source(grounds, profile),
        rule: grounds.id,
        disagreements: finding.disagreements(),
        confidence: grounds.confidence,
        step: steps::of_rule(grounds.id),
    }
}

/// The engine writes units in plain letters and days in digits; the page sets them as a printer would.
#[must_use]
pub fn pretty(text: &str) -> String {
    let units = text
        .replace("m2", "m²")
        .replace("mm3", "mm³")
        .replace("umol/L", "µmol/L")
        .replace("x10^9/L", "× 10⁹/L")
        .replace(" x ULN", " × ULN")
        .replace("× 10⁹", "×\u{a0}10⁹")
        .replace("× ULN", "×\u{a0}ULN");
    bound(&with_dates_in_words(&units))
}

/// The units that never stand alone at the start of a line, in all the ways they are written here.
const UNITS: [&str; 33] = [
    "mg/m²", "mg/mL", "mg/dL", "mg/kg", "mg", "mL/h", "mL/min", "mL", "m²", "µmol/L", "U/L", "g", "cm", "kg", "ms",
    "h", "min", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "year",
    "years", "vial", "vials", "%", "°C",
];

/// Whether a text begins with a unit, or with the sign of a multiplication before one.
fn starts_with_a_unit(text: &str) -> bool {
    let ends =
        |unit: &str, rest: &str| !unit.ends_with(char::is_alphanumeric) || !rest.starts_with(char::is_alphanumeric);
    text.starts_with("×\u{a0}") || UNITS.iter().any(|unit| text.strip_prefix(unit).is_some_and(|rest| ends(unit, rest)))
}

/// A number and its unit in one piece: the space between them does not break.
fn bound(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(' ') {
        let number = before.ends_with(|last: char| last.is_ascii_digit());
        out.push_str(before);
        out.push(if number && starts_with_a_unit(after) { '\u{a0}' } else { ' ' });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// `2026-11-23` becomes `23 Nov 2026`, `2026-11-23T13:05` becomes `13:05 on 23 Nov 2026`.
fn with_dates_in_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some((words, after)) = leading_date(rest) {
            out.push_str(&words);
            rest = after;
            continue;
        }
        // A run of digits is passed over whole: a date never starts in the middle of a number.
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (passed, after) = rest.split_at(digits.max(first.len_utf8()));
        out.push_str(passed);
        rest = after;
    }
    out
}

fn leading_date(text: &str) -> Option<(String, &str)> {
    let (day, rest) = text.split_at_checked(10)?;
    let day = Date::read(day)?;
    let words = date::with_year(day);
    let clock = rest.strip_prefix('T').and_then(|rest| rest.split_at_checked(5));
    Some(match clock {
        Some((clock, rest)) => match rest.split_at_checked(6).filter(|(offset, _)| offset.starts_with(['+', '-'])) {
            Some((offset, rest)) => (format!("{clock} ({offset} from UTC) on {words}"), rest),
            None => (format!("{clock} on {words}"), rest),
        },
        None => (words, rest),
    })
}
