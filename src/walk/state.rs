//! The state of a walk and the only ways it changes.

mod kept;

pub use kept::{sealed, unsealed};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::clock_change::ClockChange;
use super::date::{self, Clock, Reading};
use super::due::Due;
use super::field::{ChoiceField, DateField, FieldId, NumberField, Numbers, TimeField};
use super::local;
use super::number::Entry;
use super::place::{At, CycleAt, ToxicityAt};
use super::slips;
use super::steps::Step;
use crate::engine::calendar::{Date, Moment};
use crate::engine::case::Day;
use crate::engine::labels::limits;
use crate::interchange::policy::Policy;

/// A visit date before this year, or after the other, is asked.
const USUAL_YEARS: (i32, i32) = (2020, 2050);
/// A visit date further than this from the device's clock is asked, days.
const USUAL_DISTANCE: u64 = 7;

/// A day as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedDate {
    text: String,
    answer: Option<Date>,
}

/// A time of day as typed, on the day of the visit or the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedTime {
    text: String,
    next_day: bool,
    /// Which of two, where the time comes twice: minutes east of UTC.
    offset: Option<i16>,
}

/// Everything the user has said so far. Nothing in it is a guess, and nothing in it identifies a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Walk {
    /// The numbers, as typed.
    pub numbers: Numbers,
    choices: BTreeMap<ChoiceField, &'static str>,
    dates: BTreeMap<DateField, TypedDate>,
    times: BTreeMap<TimeField, TypedTime>,
    /// Toxicities reported, in the order in which they were added.
    toxicities: Vec<ToxicityAt>,
    /// The step in view.
    pub here: Step,
    /// Steps seen.
    visited: BTreeSet<Step>,
    /// Steps whose button was pressed: their open questions are pointed out.
    checked: BTreeSet<Step>,
    /// Fields left: what is wrong in them is pointed out.
    left: BTreeSet<FieldId>,
    acknowledged: BTreeSet<String>,
    /// Questions about unlikely values that were answered with yes.
    confirmed: BTreeSet<String>,
    /// The visit that each result of the day was entered for.
    said_for: BTreeMap<FieldId, Visit>,
    /// It came from a file that was saved at this visit, on a day which may be another than today.
    loaded: Option<Visit>,
    /// The device's date when the walk began.
    today: Option<Date>,
    /// The device's clock, while a clock of the preparation runs.
    now: Option<Moment>,
    /// The device's clock changes on the day of the visit or the next.
    clock_change: Option<ClockChange>,
    /// What the hospital decided.
    pub(super) local: Option<Arc<Policy>>,
}

/// Which dose, on which day, as far as it was said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Visit {
    /// Cycle and day.
    pub due: Due,
    /// The date.
    pub date: Option<Date>,
}

impl Visit {
    /// Is it said to be another one than `now`?
    fn differs(self, now: Self) -> bool {
        fn other<T: PartialEq>(was: Option<T>, now: Option<T>) -> bool {
            was.zip(now).is_some_and(|(was, now)| was != now)
        }
        other(self.due.cycle, now.due.cycle) || other(self.due.day, now.due.day) || other(self.date, now.date)
    }

    /// What `now` says, and where it says nothing, what was said before.
    fn or(self, now: Self) -> Self {
        let due = Due { cycle: now.due.cycle.or(self.due.cycle), day: now.due.day.or(self.due.day) };
        Self { due, date: now.date.or(self.date) }
    }
}

/// Everything that can happen to a walk.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A number field now holds this text.
    Type(NumberField, String),
    /// The unit with this UCUM code was chosen.
    Unit(NumberField, &'static str),
    /// Asked what was meant, the user chose this reading.
    Pick(NumberField, Decimal),
    /// The answer with this code was chosen.
    Choose(ChoiceField, &'static str),
    /// The answer was taken back.
    Unchoose(ChoiceField),
    /// A date field now holds this text.
    TypeDate(DateField, String),
    /// Asked what was meant, the user chose this day.
    PickDate(DateField, Date),
    /// A time field now holds this text.
    TypeTime(TimeField, String),
    /// The time is on the day after the visit, or on its own day.
    NextDay(TimeField, bool),
    /// The time comes twice, and this offset is meant, minutes east of UTC.
    PickTime(TimeField, i16),
    /// The clock of the device shows this, without an offset.
    Now(Option<Moment>),
    /// The clock of the device changes on the day of the visit or the next, or does not.
    ClockChange(Option<ClockChange>),
    /// One more toxicity is reported.
    AddToxicity,
    /// A toxicity was reported by mistake: with its answers it is gone.
    RemoveToxicity(ToxicityAt),
    /// The field was left.
    Leave(FieldId),
    /// The button of a step was pressed.
    Check(Step),
    /// Another step comes into view.
    Go(Step),
    /// A caution was acknowledged, or no longer.
    Acknowledge(String, bool),
    /// Asked whether this is right, the user said yes; the question holds the values it is about.
    Confirm(String),
    /// Several at once, in this order.
    All(Vec<Action>),
    /// The results of the day that were entered for another visit are of this one.
    KeepResults,
    /// They are not: they are forgotten, and what was entered since stays.
    ClearResults,
    /// The walk of a file takes the place of this one.
    Load(Box<Walk>),
    /// The walk of a page around this one takes the place of this one. It is of now: its day is asked about only when it is far away.
    Receive(Box<Walk>),
    /// Everything is forgotten; the device's date is this.
    NewPatient(Option<Date>),
}

impl Action {
    /// The box that it leaves empty for a new entry, where it does.
    #[must_use]
    pub fn emptied(&self) -> Option<NumberField> {
        match self {
            Self::All(actions) => actions.iter().find_map(Self::emptied),
            Self::Type(field, text) => text.is_empty().then_some(*field),
            _ => None,
        }
    }

    /// The question that it answers.
    fn field(&self) -> Option<FieldId> {
        match self {
            Self::Type(field, _) | Self::Pick(field, _) => Some(FieldId::Number(*field)),
            Self::Choose(field, _) => Some(FieldId::Choice(*field)),
            Self::TypeDate(field, _) | Self::PickDate(field, _) => Some(FieldId::Date(*field)),
            Self::TypeTime(field, _) | Self::NextDay(field, _) | Self::PickTime(field, _) => {
                Some(FieldId::Time(*field))
            }
            _ => None,
        }
    }

    /// Whether it is an answer of its own; any other one only says how an answer is to be read.
    fn says_anew(&self) -> bool {
        matches!(self, Self::Type(..) | Self::Choose(..) | Self::TypeDate(..) | Self::TypeTime(..))
    }
}

/// The walk after an action.
#[must_use]
pub fn reduce(walk: Walk, action: Action) -> Walk {
    let said = action.field().filter(|field| field.is_of_today());
    let anew = action.says_anew();
    let mut walk = after(walk, action);
    if let Some(field) = said.filter(|field| anew || !walk.said_for.contains_key(field)) {
        walk.say(field);
    }
    let now = walk.visit();
    for was in walk.said_for.values_mut().filter(|was| !was.differs(now)) {
        *was = was.or(now);
    }
    walk
}

fn after(mut walk: Walk, action: Action) -> Walk {
    match action {
        Action::Type(field, text) => walk.numbers.get_mut(field).type_text(text),
        Action::Unit(field, ucum) => walk.switch(field, ucum),
        Action::Pick(field, reading) => walk.numbers.get_mut(field).choose(reading),
        Action::Choose(field, code) => {
            walk.choose(field, code);
            // Whoever says yes says what it is: its card opens, and waits for the answer.
            if field == ChoiceField::Toxicity && walk.chose(field, "yes") && walk.toxicities.is_empty() {
                walk.add_toxicity();
            }
        }
        Action::Unchoose(field) => walk.unchoose(field),
        Action::TypeDate(field, text) => {
            walk.dates.insert(field, TypedDate { text, answer: None });
        }
        Action::PickDate(field, day) => walk.dates.entry(field).or_default().answer = Some(day),
        Action::TypeTime(field, text) => {
            let typed = walk.times.entry(field).or_default();
            (typed.text, typed.offset) = (text, None);
        }
        Action::PickTime(field, offset) => walk.times.entry(field).or_default().offset = Some(offset),
        Action::Now(now) => walk.now = now,
        Action::ClockChange(change) => walk.clock_change = change,
        Action::NextDay(field, next_day) => walk.times.entry(field).or_default().next_day = next_day,
        Action::AddToxicity => walk.add_toxicity(),
        Action::RemoveToxicity(at) => walk.remove_toxicity(at),
        Action::Leave(field) => {
            walk.left.insert(field);
        }
        Action::Check(step) => {
            walk.checked.insert(step);
        }
        Action::Go(step) => {
            walk.here = step;
            walk.visited.insert(step);
        }
        Action::Acknowledge(caution, true) => {
            walk.acknowledged.insert(caution);
        }
        Action::Acknowledge(caution, false) => {
            walk.acknowledged.remove(&caution);
        }
        Action::Confirm(question) => {
            walk.confirmed.insert(question);
        }
        Action::All(actions) => walk = actions.into_iter().fold(walk, reduce),
        Action::KeepResults => {
            let now = walk.visit();
            walk.said_for.values_mut().for_each(|was| *was = now);
        }
        Action::ClearResults => walk.clear_results(),
        Action::Load(ref other) | Action::Receive(ref other) => {
            let today = walk.today;
            let saved = || Visit { due: other.due(), date: date::read_date(other.date_text(DateField::Visit)).value() };
            let loaded = matches!(action, Action::Load(_)).then(saved);
            let Walk { now, clock_change, local, .. } = walk;
            walk = Walk { today, loaded, now, clock_change, local, ..*other.clone() };
            // Said when it was saved; asked again where that was another day.
            if let Some(typed) = walk.dates.get_mut(&DateField::Visit) {
                typed.answer = None;
            }
        }
        Action::NewPatient(today) => {
            let holds = |policy: &Arc<Policy>| today.is_none_or(|today| policy.holds_on(today));
            walk = Walk::new(today).under(walk.local.filter(holds));
        }
    }
    walk
}

impl Walk {
    /// A walk nobody has said anything in. The visit date is written out from the device's clock, for the user to check.
    #[must_use]
    pub fn new(today: Option<Date>) -> Self {
        let visit = TypedDate { text: today.map(|today| today.to_string()).unwrap_or_default(), answer: None };
        Self {
            numbers: Numbers::default(),
            choices: ChoiceField::all().into_iter().filter_map(|field| Some((field, preset(field)?))).collect(),
            dates: BTreeMap::from([(DateField::Visit, visit)]),
            times: BTreeMap::new(),
            toxicities: Vec::new(),
            here: Step::Visit,
            visited: BTreeSet::from([Step::Visit]),
            checked: BTreeSet::new(),
            left: BTreeSet::from([FieldId::Date(DateField::Visit)]),
            acknowledged: BTreeSet::new(),
            confirmed: BTreeSet::new(),
            said_for: BTreeMap::new(),
            loaded: None,
            today,
            now: None,
            clock_change: None,
            local: None,
        }
    }

    /// The same walk, nobody having said anything in it yet, with the answers of a local policy.
    #[must_use]
    pub fn under(self, local: Option<Arc<Policy>>) -> Self {
        let mut walk = self.with_local(local);
        for field in [ChoiceField::Label, ChoiceField::Formula, ChoiceField::MeasureTo] {
            walk.unchoose(field);
        }
        walk
    }

    /// The same walk where this policy holds; what was said stays as it was.
    #[must_use]
    pub fn with_local(mut self, local: Option<Arc<Policy>>) -> Self {
        self.local = local;
        self
    }

    /// A walk like this one in which nobody has said anything.
    fn fresh(&self) -> Self {
        Self::new(self.today).under(self.local.clone())
    }

    fn switch(&mut self, field: NumberField, ucum: &'static str) {
        self.numbers.get_mut(field).switch(ucum);
        if let Some(partner) = field.partner() {
            self.numbers.get_mut(partner).switch(ucum);
        }
    }

    fn choose(&mut self, field: ChoiceField, code: &'static str) {
        if field.answers().iter().any(|answer| answer.code == code) {
            self.choices.insert(field, code);
        }
    }

    fn unchoose(&mut self, field: ChoiceField) {
        self.choices.remove(&field);
        let local = self.local().and_then(|policy| local::answer(policy, field));
        if let Some(code) = local.or_else(|| preset(field)) {
            self.choices.insert(field, code);
        }
    }

    /// The answer chosen, as long as the question applies.
    #[must_use]
    pub fn choice(&self, field: ChoiceField) -> Option<&'static str> {
        self.choices.get(&field).copied()
    }

    /// Whether this answer stands chosen.
    #[must_use]
    pub fn chose(&self, field: ChoiceField, code: &str) -> bool {
        self.choice(field) == Some(code)
    }

    /// The text typed into a date field.
    #[must_use]
    pub fn date_text(&self, field: DateField) -> &str {
        self.dates.get(&field).map_or("", |typed| typed.text.as_str())
    }

    /// What it means.
    #[must_use]
    pub fn date(&self, field: DateField) -> Reading<Date> {
        let Some(typed) = self.dates.get(&field) else { return Reading::Empty };
        let reading = match date::read_date(&typed.text) {
            Reading::Question { readings, .. } if typed.answer.is_some_and(|day| readings.contains(&day)) => {
                typed.answer.map_or(Reading::Empty, Reading::Understood)
            }
            reading => reading,
        };
        match (field, &reading) {
            (DateField::Visit, Reading::Understood(day)) if typed.answer != Some(*day) => self.plausible(*day),
            (DateField::Birth, Reading::Understood(day)) => self.born(*day),
            _ => reading,
        }
    }

    fn plausible(&self, day: Date) -> Reading<Date> {
        let (year, _, _) = day.parts();
        if self.saved_on() == Some(day) && self.today.is_some_and(|today| today != day) {
            let why = format!("The file is of {}. Which day is this visit?", date::in_words(day));
            return Reading::Question { why, readings: vec![day] };
        }
        let far = self.today.map(|today| day.days_since(today).unsigned_abs()).filter(|days| *days > USUAL_DISTANCE);
        let why = if year < USUAL_YEARS.0 || year > USUAL_YEARS.1 {
            format!("{} is an unlikely day for this visit. Is it right?", date::in_words(day))
        } else if let Some(days) = far {
            format!("{} is {days}\u{a0}days from the date of this device. Is it right?", date::in_words(day))
        } else {
            return Reading::Understood(day);
        };
        Reading::Question { why, readings: vec![day] }
    }

    fn born(&self, day: Date) -> Reading<Date> {
        let Some(visit) = self.date(DateField::Visit).value() else { return Reading::Understood(day) };
        match day.completed_years_at(visit) {
            None => Reading::Refused(format!("{} is after this visit.", date::long(day))),
            Some(years) if years > limits::AGE_YEARS => {
                Reading::Refused(format!("{} makes {years} years, above {}.", date::long(day), limits::AGE_YEARS))
            }
            Some(_) => Reading::Understood(day),
        }
    }

    /// The visit as far as it is said.
    fn visit(&self) -> Visit {
        Visit { due: self.due(), date: self.visit_date() }
    }

    /// What is said now is of the visit in question now, and so is what goes with it.
    fn say(&mut self, field: FieldId) {
        let now = self.visit();
        if !self.said_for.is_empty() && self.said_for.values().all(|was| was.differs(now)) {
            // The first word about this visit: cautions were acknowledged at another.
            self.acknowledged.clear();
        }
        for field in std::iter::once(field).chain(field.goes_along()) {
            self.said_for.insert(field, now);
        }
    }

    /// Whether an answer counts at this visit: a result of the day does at the visit that it was entered for, or until it is
    /// said that it is of this one.
    #[must_use]
    pub fn counts(&self, field: FieldId) -> bool {
        self.said_for.get(&field).is_none_or(|was| !was.differs(self.visit()))
    }

    /// Whether an answer stands there that was given for another visit.
    #[must_use]
    pub fn is_of_another_visit(&self, field: FieldId) -> bool {
        !self.counts(field) && self.is_answered(field)
    }

    /// The other visits for which results of the day were entered that are asked here, too: they count for nothing until it is
    /// said whose they are.
    #[must_use]
    pub fn other_visits(&self) -> Vec<Visit> {
        // A toxicity added and not yet told is there all the same.
        let card = |field| matches!(field, FieldId::Choice(ChoiceField::ToxicityKind(_))) && !self.counts(field);
        let mut visits = Vec::new();
        for (field, was) in &self.said_for {
            let old = self.is_of_another_visit(*field) || card(*field);
            if old && self.applies(*field) && !visits.contains(was) {
                visits.push(*was);
            }
        }
        visits
    }

    /// Whether results of the day have been entered for this visit.
    #[must_use]
    pub fn has_results(&self) -> bool {
        self.said_for.keys().any(|field| self.counts(*field) && self.applies(*field) && self.is_answered(*field))
    }

    /// The day of the visit that a result of the day was entered for.
    #[must_use]
    pub fn said_on(&self, field: FieldId) -> Option<Date> {
        self.said_for.get(&field)?.date
    }

    /// The visit that a course file was saved at, once the walk has come to a later day.
    #[must_use]
    pub fn visit_before(&self) -> Option<(CycleAt, Day, Date)> {
        let (saved, today) = (self.loaded?, self.visit_date()?);
        let told = |was: Visit| Some((was.due.cycle?, was.due.day?, was.date?));
        let visits = self.other_visits().into_iter().chain([saved]).filter_map(told);
        visits.into_iter().find(|(.., date)| *date < today)
    }

    fn clear_results(&mut self) {
        let told = |at: &ToxicityAt| self.counts(FieldId::Choice(ChoiceField::ToxicityKind(*at)));
        let toxicities: Vec<ToxicityAt> = self.toxicities.iter().filter(|at| told(at)).copied().collect();
        let old: Vec<FieldId> = self.said_for.keys().filter(|field| !self.counts(**field)).copied().collect();
        for field in old {
            match field {
                FieldId::Choice(choice) => self.unchoose(choice),
                field => self.forget(field),
            }
            self.left.remove(&field);
            self.said_for.remove(&field);
        }
        self.toxicities = toxicities;
        self.acknowledged.clear();
    }

    /// Takes back what was said in a field, also what stands chosen from the start.
    pub(super) fn forget(&mut self, field: FieldId) {
        match field {
            FieldId::Number(number) => self.numbers.get_mut(number).type_text(String::new()),
            FieldId::Choice(choice) => {
                self.choices.remove(&choice);
            }
            FieldId::Date(date) => {
                self.dates.remove(&date);
            }
            FieldId::Time(time) => {
                self.times.remove(&time);
            }
        }
    }

    /// Nothing has been pointed out, confirmed or acknowledged yet.
    pub(super) fn forget_talk(&mut self) {
        self.left.clear();
        self.checked.clear();
        self.confirmed.clear();
        self.acknowledged.clear();
        // Whether the dose before was given has been answered.
        self.loaded = self.loaded.map(|saved| Visit { due: Due::default(), ..saved });
    }

    /// The day on which the file was saved that the walk came from.
    fn saved_on(&self) -> Option<Date> {
        self.loaded?.date
    }

    /// The day of this device, where the walk came from a file of another day and it is not yet said which of the two the
    /// visit is on.
    #[must_use]
    pub fn undecided_day(&self) -> Option<Date> {
        let saved = date::read_date(self.date_text(DateField::Visit)).value();
        let asked = matches!(self.date(DateField::Visit), Reading::Question { .. });
        self.today.filter(|_| asked && saved.is_some() && saved == self.saved_on())
    }

    /// The day of the visit, if understood.
    #[must_use]
    pub fn visit_date(&self) -> Option<Date> {
        self.date(DateField::Visit).value()
    }

    /// The text typed into a time field.
    #[must_use]
    pub fn time_text(&self, field: TimeField) -> &str {
        self.times.get(&field).map_or("", |typed| typed.text.as_str())
    }

    /// Whether it is on the day after the visit.
    #[must_use]
    pub fn is_next_day(&self, field: TimeField) -> bool {
        self.times.get(&field).is_some_and(|typed| typed.next_day)
    }

    /// What the typed time means.
    #[must_use]
    pub fn time(&self, field: TimeField) -> Reading<Clock> {
        let reading = date::read_clock(self.time_text(field));
        match (reading.value(), self.clock_change, self.day_of(field)) {
            (Some(clock), Some(change), Some(day)) => self.by_which_clock(field, clock, change, day),
            _ => reading,
        }
    }

    /// A time of a night on which the clock changes.
    fn by_which_clock(&self, field: TimeField, clock: Clock, change: ClockChange, day: Date) -> Reading<Clock> {
        let offsets = clock.on(day).map(|wall| change.offsets(wall)).unwrap_or_default();
        let told = |offset| clock.by(offset);
        match offsets.as_slice() {
            [] => Reading::Refused(format!(
                "{clock} does not exist on {}: the clock goes forward. Type what the clock shows.",
                date::short(day)
            )),
            [offset] => Reading::Understood(told(*offset)),
            offsets => match self.times.get(&field).and_then(|typed| typed.offset).filter(|it| offsets.contains(it)) {
                Some(offset) => Reading::Understood(told(offset)),
                None => Reading::Question {
                    why: format!("{clock} comes twice on {}: the clock goes back. Which one?", date::short(day)),
                    readings: offsets.iter().map(|offset| told(*offset)).collect(),
                },
            },
        }
    }

    /// The day that a time is on.
    fn day_of(&self, field: TimeField) -> Option<Date> {
        let day = self.visit_date()?;
        Some(if self.is_next_day(field) { day.plus_days(1) } else { day })
    }

    /// The day and the time, if both are understood and count at this visit.
    #[must_use]
    pub fn moment(&self, field: TimeField) -> Option<Moment> {
        let id = FieldId::Time(field);
        let clock = self.time(field).value().filter(|_| self.applies(id) && self.counts(id))?;
        clock.on(self.day_of(field)?)
    }

    /// What says that something happens at `now`, as the clock of the device shows it with its offset; `None` when that is
    /// neither on the day of the visit nor on the next.
    #[must_use]
    pub fn at(&self, field: TimeField, now: Moment) -> Option<Vec<Action>> {
        let after = now.date().days_since(self.visit_date()?);
        let next_day = (0..=1).contains(&after).then_some(after == 1)?;
        let text = now.without_offset().text();
        let (_, clock) = text.split_once('T')?;
        let mut actions = vec![Action::TypeTime(field, clock.to_owned()), Action::NextDay(field, next_day)];
        actions.extend(self.clock_change.and(now.offset()).map(|offset| Action::PickTime(field, offset)));
        Some(actions)
    }

    /// What the clock of the device shows.
    #[must_use]
    pub fn now(&self) -> Option<Moment> {
        self.now
    }

    /// Whether a clock of the preparation runs, so that the time has to be followed.
    #[must_use]
    pub fn clock_runs(&self) -> bool {
        let began = [TimeField::Reconstituted, TimeField::Started, TimeField::Ended];
        began.into_iter().any(|field| self.moment(field).is_some()) && self.moment(TimeField::Observed).is_none()
    }

    /// The change of the clock on the days of the visit.
    #[must_use]
    pub fn clock_change(&self) -> Option<ClockChange> {
        self.clock_change
    }

    /// The label of a question, which may depend on other answers.
    #[must_use]
    pub fn label(&self, field: FieldId) -> &'static str {
        match field {
            FieldId::Choice(ChoiceField::Reproductive) if self.chose(ChoiceField::Sex, "male") => {
                "Can his partner become pregnant?"
            }
            FieldId::Choice(ChoiceField::Reproductive) => "Can she become pregnant?",
            field => field.label(),
        }
    }

    /// What helps to answer it, which may depend on other answers; may be empty.
    #[must_use]
    pub fn hint(&self, field: FieldId) -> &'static str {
        match field {
            FieldId::Number(NumberField::TotalVolume) if self.chose(ChoiceField::Container, "syringe") => {
                "Drug and sodium chloride together. A syringe has no usual volume."
            }
            field => field.hint(),
        }
    }

    /// What stands before its label where the card around it is not seen: `Cycle 2, `.
    #[must_use]
    pub fn scope(&self, field: FieldId) -> String {
        match field.at() {
            None => String::new(),
            Some(At::Cycle(at)) => format!("Cycle {}, ", at.number()),
            Some(At::Toxicity(at)) => {
                let place = self.toxicities.iter().position(|known| *known == at).unwrap_or_default();
                format!("Toxicity {}, ", place.saturating_add(1))
            }
        }
    }

    /// Its name anywhere on the page: `Cycle 2, day 8`.
    #[must_use]
    pub fn name(&self, field: FieldId) -> String {
        let (scope, label) = (self.scope(field), self.label(field));
        let mut letters = label.chars();
        match (letters.next(), letters.next()) {
            (Some(first), Some(second)) if !scope.is_empty() && second.is_lowercase() => {
                let rest = label.get(first.len_utf8()..).unwrap_or_default();
                format!("{scope}{}{rest}", first.to_lowercase())
            }
            _ => format!("{scope}{label}"),
        }
    }

    /// The toxicities reported, in the order in which they were added.
    #[must_use]
    pub fn toxicities(&self) -> &[ToxicityAt] {
        &self.toxicities
    }

    /// Where the next toxicity would stand; `None` when there is no room for another.
    #[must_use]
    pub fn next_toxicity(&self) -> Option<ToxicityAt> {
        ToxicityAt::all().find(|at| !self.toxicities.contains(at))
    }

    fn add_toxicity(&mut self) {
        if let Some(at) = self.next_toxicity() {
            self.toxicities.push(at);
            self.say(FieldId::Choice(ChoiceField::ToxicityKind(at)));
        }
        self.choose(ChoiceField::Toxicity, "yes");
    }

    fn remove_toxicity(&mut self, at: ToxicityAt) {
        self.toxicities.retain(|known| *known != at);
        if self.toxicities.is_empty() {
            // A mistake taken back is no “none”: the question is open again.
            self.unchoose(ChoiceField::Toxicity);
        }
        let gone = |field: FieldId| field.at() == Some(At::Toxicity(at));
        self.choices.retain(|field, _| !gone(FieldId::Choice(*field)));
        self.left.retain(|field| !gone(*field));
    }

    /// Whether anything has been said about a cycle.
    #[must_use]
    pub fn touched(&self, at: CycleAt) -> bool {
        FieldId::all().any(|field| field.at() == Some(At::Cycle(at)) && self.applies(field) && self.is_answered(field))
    }

    /// Whether anything was typed or chosen there.
    #[must_use]
    pub fn is_answered(&self, field: FieldId) -> bool {
        match field {
            FieldId::Number(number) => !self.numbers.get(number).text().trim().is_empty(),
            FieldId::Choice(choice) => self.choice(choice) != preset(choice),
            FieldId::Date(date) => !self.date_text(date).trim().is_empty(),
            FieldId::Time(time) => !self.time_text(time).trim().is_empty(),
        }
    }

    /// What is wrong in a field, or asked about it; nothing while the question does not apply.
    #[must_use]
    pub fn problem(&self, field: FieldId) -> Option<String> {
        if !self.applies(field) {
            return None;
        }
        let name = || self.name(field);
        match field {
            FieldId::Choice(_) => None,
            FieldId::Number(number) => match self.number(number) {
                Entry::Understood(_) => slips::asked_of(self, number).map(|ask| ask.text),
                Entry::Empty => None,
                entry => entry.message(&name()),
            },
            FieldId::Date(date) => {
                doubt(name, self.date(date)).or_else(|| slips::asked_of_day(self, date).map(|ask| ask.text))
            }
            FieldId::Time(time) => doubt(name, self.time(time)),
        }
    }

    /// Whether a problem in this field is pointed out already, or the user is still typing.
    #[must_use]
    pub fn shows_problem(&self, field: FieldId) -> bool {
        self.left.contains(&field) || self.checked.contains(&field.step())
    }

    /// Whether the button of this step has been pressed.
    #[must_use]
    pub fn was_checked(&self, step: Step) -> bool {
        self.checked.contains(&step)
    }

    /// Whether this step has been seen.
    #[must_use]
    pub fn was_visited(&self, step: Step) -> bool {
        self.visited.contains(&step)
    }

    /// Whether this caution has been acknowledged, word for word.
    #[must_use]
    pub fn has_acknowledged(&self, caution: &str) -> bool {
        self.acknowledged.contains(caution)
    }

    /// Whether anything has been typed or chosen.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        let fresh = self.fresh();
        let said = |walk: &Self| (walk.numbers.clone(), walk.choices.clone(), walk.dates.clone(), walk.times.clone());
        said(self) != said(&fresh)
    }

    /// Whether this question about unlikely values has been answered with yes.
    #[must_use]
    pub fn has_confirmed(&self, question: &str) -> bool {
        self.confirmed.contains(question)
    }

    /// What was understood from a number field.
    #[must_use]
    pub fn number(&self, field: NumberField) -> Entry {
        self.numbers.get(field).read()
    }
}

/// What stands chosen before anyone chose: how the form is laid out, and what the contract itself takes as its default. Never
/// a clinical answer.
fn preset(field: ChoiceField) -> Option<&'static str> {
    match field {
        ChoiceField::AgeBy => Some("birth_date"),
        ChoiceField::Formula => Some("mosteller"),
        ChoiceField::BlastsBy => Some("share"),
        ChoiceField::Cd22By | ChoiceField::MrdBy(_) => Some("word"),
        ChoiceField::FirstLength => Some("21"),
        ChoiceField::ResponseBy(_) => Some("judged"),
        ChoiceField::Container => Some("bag"),
        ChoiceField::MeasureTo => Some("exact"),
        _ => None,
    }
}

impl ChoiceField {
    /// Whether something stands chosen in it from the start, so that it cannot be left open.
    #[must_use]
    pub fn is_preset(self) -> bool {
        preset(self).is_some()
    }
}

fn doubt<T>(name: impl Fn() -> String, reading: Reading<T>) -> Option<String> {
    match reading {
        Reading::Empty | Reading::Understood(_) => None,
        Reading::Question { why, .. } => Some(format!("{}: {why}", name())),
        Reading::Refused(why) => Some(format!("{}: {why}", name())),
    }
}
