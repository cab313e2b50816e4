//! What follows from the walk at this moment, ready to be shown: decision, reasons, numbers, what is open, where each step stands.

use super::case::to_case;
use super::date;
use super::field::{self, ChoiceField, DateField, FieldId, NumberField};
use super::state::Walk;
use super::steps::{self, Step};
use super::why::source;
use crate::engine::assessment::{Assessment, Decision, Dose, Finding, Prepared};
use crate::engine::calendar::Date;
use crate::engine::case::{Case, Preparation, Profile};
use crate::engine::rule::{Confidence, Severity};
use crate::engine::{CaseError, assess};

/// A question that the decision waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Which.
    pub field: FieldId,
    /// Its label as asked now.
    pub label: &'static str,
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
    /// How well it is known.
    pub confidence: Confidence,
    /// The step that can change it.
    pub step: Step,
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
}

/// What the first dose itself rests on; everything else only releases it.
const DOSE_NEEDS: [FieldId; 4] = [
    FieldId::Date(DateField::Visit),
    FieldId::Choice(ChoiceField::Visit),
    FieldId::Number(NumberField::Height),
    FieldId::Number(NumberField::Weight),
];

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
}

impl Plan {
    /// What follows from this walk.
    #[must_use]
    pub fn of(walk: &Walk) -> Self {
        let case = to_case(walk);
        let mut outcome = case.as_ref().map(assess);
        let refused = outcome.as_ref().and_then(|outcome| outcome.as_ref().err()).cloned();
        // A slip in a time of day takes no milligram away: the rest stands, and the time is asked again.
        if let (Some(case), Some(error)) = (&case, &refused)
            && error.path.starts_with("preparation.")
        {
            outcome = Some(assess(&without_times(case)));
        }
        let assessment = outcome.as_ref().and_then(|outcome| outcome.as_ref().ok());
        let open = open(walk, assessment, refused.as_ref());
        let reasons: Vec<Reason> = assessment.map(reasons).unwrap_or_default();
        let unacknowledged = reasons
            .iter()
            .filter(|reason| reason.severity == Severity::Caution && !walk.has_acknowledged(&reason.key))
            .map(|reason| reason.key.clone())
            .collect();
        Self { case, outcome, open, reasons, unacknowledged }
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

    /// Today's dose, as planned.
    #[must_use]
    pub fn dose(&self) -> Option<Dose> {
        self.assessment()?.dose
    }

    /// Why there is no dose: the decision, or the answers that it waits for, by name.
    #[must_use]
    pub fn no_dose(&self) -> String {
        match self.verdict().tone {
            Tone::Stop => "No dose. Do not give this drug today.".to_owned(),
            Tone::Hold => "No dose today.".to_owned(),
            Tone::Give | Tone::Caution | Tone::Open => {
                let waits = self.open.iter().filter(|open| DOSE_NEEDS.contains(&open.field));
                let names: Vec<&str> = waits.map(|open| open.label.trim_end_matches('?')).collect();
                if names.is_empty() {
                    "No dose yet.".to_owned()
                } else {
                    format!("No dose yet. It waits for: {}.", names.join(", "))
                }
            }
        }
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

    /// Whether the dose may be given. The engine says so, and no entry is left that the engine has not seen.
    #[must_use]
    pub fn released(&self) -> bool {
        self.dose().is_some_and(|dose| dose.release) && self.open.is_empty()
    }

    /// The decision in the words of the page.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let decision = self.assessment().map(|assessment| assessment.decision);
        let (tone, word) = match decision {
            Some(Decision::Stop) => (Tone::Stop, "Stop"),
            Some(Decision::OmitDose) => (Tone::Hold, "Leave this dose out"),
            Some(Decision::Hold) => (Tone::Hold, "Hold"),
            Some(Decision::Give) if self.open.is_empty() && self.unacknowledged.is_empty() => (Tone::Give, "Give"),
            Some(Decision::Give) if self.open.is_empty() => (Tone::Caution, "Give with caution"),
            Some(Decision::Give | Decision::Incomplete) | None => (Tone::Open, "Incomplete"),
        };
        let blocking = match tone {
            Tone::Stop => self.count(Severity::Stop),
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
        let detail = if detail.is_empty() { "Nothing stands against today’s dose.".to_owned() } else { detail };
        Verdict { tone, word, detail }
    }

    /// The first sentence of the weightiest reason against the dose, for where there is room for one line.
    #[must_use]
    pub fn first_reason(&self) -> Option<String> {
        let blocking = |severity| self.of_severity(severity).next();
        let reason = blocking(Severity::Stop).or_else(|| blocking(Severity::Hold))?;
        // A point followed by a space ends a sentence; one inside a number does not.
        let sentence = reason.text.split_once(". ").map_or(reason.text.as_str(), |(first, _)| first);
        Some(format!("{}.", sentence.trim_end_matches('.')))
    }

    fn count(&self, severity: Severity) -> usize {
        self.reasons.iter().filter(|reason| reason.severity == severity).count()
    }

    /// The findings of this weight.
    pub fn of_severity(&self, severity: Severity) -> impl Iterator<Item = &Reason> {
        self.reasons.iter().filter(move |reason| reason.severity == severity)
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
        let done = visited && needs == 0 && worst.is_none() && complete;
        StepState { step, here: walk.here == step, visited, needs, worst, done, note: self.note(step) }
    }

    fn note(&self, step: Step) -> String {
        let from = |text: Option<String>| text.unwrap_or_default();
        let prepared = self.preparation();
        match step {
            Step::Patient => {
                from(self.assessment().and_then(|a| a.bsa.as_ref()).map(|bsa| pretty(&bsa.m2.to_string())))
            }
            Step::Dose => from(self.visit()),
            Step::Preparation => from(prepared.map(|prepared| vials(prepared.vials.0))),
            Step::Infusion => from(prepared.and_then(|prepared| prepared.rate_ml_per_h).map(|rate| rate.to_string())),
            _ => String::new(),
        }
    }
}

/// The step to go to next: the one after this, or nothing at the end.
#[must_use]
pub fn next_step(walk: &Walk) -> Option<Step> {
    walk.here.next()
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
    format!("{count} {}", if count == rust_decimal::Decimal::ONE { "vial" } else { "vials" })
}

/// What is open: entries that are not understood, questions whose answer the engine misses, and a contradiction it points to.
fn open(walk: &Walk, assessment: Option<&Assessment>, refused: Option<&CaseError>) -> Vec<Open> {
    let missing: Vec<FieldId> = match assessment {
        Some(assessment) => assessment.missing.iter().flat_map(|path| asked(walk, path)).collect(),
        None => vec![FieldId::Date(DateField::Visit)],
    };
    let refused = refused.map(|error| (contradicted(walk, &error.path), pretty(&error.message)));
    let mut open: Vec<Open> = FieldId::all()
        .filter_map(|field| {
            let label = walk.label(field);
            let contradiction = || {
                let (at, message) = refused.as_ref()?;
                (*at == field).then(|| format!("{label}: {message}."))
            };
            let problem = walk.problem(field).or_else(contradiction);
            // While the engine refuses the case, its date is not missing.
            let wanted = missing.contains(&field) && (assessment.is_some() || walk.visit_date().is_none());
            (problem.is_some() || wanted).then_some(Open { field, label, problem })
        })
        .collect();
    open.sort_by_key(|open| (open.field.step(), place(open.field)));
    open
}

/// The same case before any time of the preparation was typed.
fn without_times(case: &Case) -> Case {
    let timeless = case.preparation.as_ref().map(|given| Preparation {
        container: given.container,
        total_volume_ml: given.total_volume_ml,
        ..Preparation::default()
    });
    Case { preparation: timeless, ..case.clone() }
}

/// The question that a missing path asks for, in the form that the user chose to answer it.
fn asked(walk: &Walk, path: &str) -> Vec<FieldId> {
    use super::field::NumberField as N;
    let wanted = field::asking_for(path);
    if wanted.iter().all(|field| walk.applies(*field)) {
        return wanted;
    }
    match path {
        "patient.birth_date" => vec![FieldId::Number(N::Age)],
        "visit.wbc" | "visit.blast_percent" => vec![FieldId::Number(N::Blasts)],
        _ => wanted,
    }
}

fn contradicted(walk: &Walk, path: &str) -> FieldId {
    let field = field::asking_for(path).first().copied();
    field.filter(|field| walk.applies(*field)).unwrap_or(FieldId::Date(DateField::Visit))
}

/// The order of the questions within a step, as the page asks them.
pub(super) fn place(field: FieldId) -> usize {
    use super::field::{ChoiceField as C, NumberField as N, TimeField as T};
    const ORDER: &[FieldId] = &[
        FieldId::Date(DateField::Visit),
        FieldId::Choice(C::Visit),
        FieldId::Date(DateField::Birth),
        FieldId::Number(N::Age),
        FieldId::Choice(C::Sex),
        FieldId::Number(N::Height),
        FieldId::Number(N::Weight),
        FieldId::Choice(C::Diagnosis),
        FieldId::Choice(C::Status),
        FieldId::Choice(C::Cd22),
        FieldId::Choice(C::Philadelphia),
        FieldId::Number(N::TkiFailed),
        FieldId::Choice(C::Hypersensitivity),
        FieldId::Choice(C::Vod),
        FieldId::Choice(C::SeriousLiver),
        FieldId::Choice(C::Reproductive),
        FieldId::Choice(C::Pregnancy),
        FieldId::Choice(C::Hsct),
        FieldId::Number(N::Wbc),
        FieldId::Number(N::BlastPercent),
        FieldId::Number(N::Blasts),
        FieldId::Number(N::Anc),
        FieldId::Number(N::Platelets),
        FieldId::Number(N::Bilirubin),
        FieldId::Number(N::BilirubinUln),
        FieldId::Number(N::Ast),
        FieldId::Number(N::AstUln),
        FieldId::Number(N::Alt),
        FieldId::Number(N::AltUln),
        FieldId::Choice(C::Gilbert),
        FieldId::Number(N::Qtcf),
        FieldId::Number(N::BaselineQtcf),
        FieldId::Choice(C::Electrolytes),
        FieldId::Choice(C::QtRisk),
        FieldId::Choice(C::Corticosteroid),
        FieldId::Choice(C::Antipyretic),
        FieldId::Choice(C::Antihistamine),
        FieldId::Choice(C::Container),
        FieldId::Number(N::TotalVolume),
        FieldId::Time(T::Reconstituted),
        FieldId::Time(T::Diluted),
        FieldId::Time(T::Started),
        FieldId::Time(T::Ended),
        FieldId::Choice(C::Breastfeeding),
    ];
    ORDER.iter().position(|known| *known == field).unwrap_or(ORDER.len())
}

fn reasons(assessment: &Assessment) -> Vec<Reason> {
    assessment.findings.iter().map(|finding| reason(finding, assessment.profile)).collect()
}

fn reason(finding: &Finding, profile: Profile) -> Reason {
    let grounds = &finding.rule.grounds;
    let text = pretty(&finding.message());
    Reason {
        severity: finding.severity,
        key: format!("{} {text}", grounds.id),
        text,
        source: source(grounds, profile),
        confidence: grounds.confidence,
        step: steps::of_rule(grounds.id),
    }
}

/// The engine writes units in plain letters and days in digits; the page sets them as a printer would.
#[must_use]
pub fn pretty(text: &str) -> String {
    let units =
        text.replace("m2", "m²").replace("mm3", "mm³").replace("x10^9/L", "× 10⁹/L").replace(" x ULN", " × ULN");
    bound(&with_dates_in_words(&units))
}

/// The units that never stand alone at the start of a line.
const UNITS: [&str; 15] =
    ["mg/m²", "mg/mL", "mg/dL", "mg", "mL/h", "mL", "m²", "µmol/L", "U/L", "cm", "kg", "ms", "h", "vial", "× 10⁹/L"];

/// A number and its unit in one piece: the space between them does not break.
fn bound(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(' ') {
        let number = before.ends_with(|last: char| last.is_ascii_digit());
        let unit = UNITS.iter().any(|unit| after.starts_with(unit));
        out.push_str(before);
        out.push(if number && unit { '\u{a0}' } else { ' ' });
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
        Some((clock, rest)) => (format!("{clock} on {words}"), rest),
        None => (words, rest),
    })
}
