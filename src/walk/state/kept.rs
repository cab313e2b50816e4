//! A walk as text, to be had again after a reload: what was typed and chosen, field by field, under the field's own id. All
//! of it comes back, or nothing does.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{TypedDate, TypedTime, Visit, Walk};
use crate::engine::calendar::Date;
use crate::engine::case::Day;
use crate::engine::json::Node;
use crate::walk::due::Due;
use crate::walk::field::{FieldId, NumberField};
use crate::walk::place::{CycleAt, ToxicityAt};
use crate::walk::steps::Step;

/// One thing that was said: what kind it is, about what, and what it is.
type Line = Vec<String>;

impl Walk {
    /// Whether anything was typed or chosen. Where one has merely looked does not count.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        !self.says_the_same_as(&self.fresh())
    }

    /// Whether the same was typed and chosen in both. Where one has merely looked does not count.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let said = Self {
            here: other.here,
            visited: other.visited.clone(),
            checked: other.checked.clone(),
            left: other.left.clone(),
            now: other.now,
            clock_change: other.clock_change,
            ..self.clone()
        };
        said == *other
    }

    /// The walk as text.
    #[must_use]
    pub fn kept(&self) -> String {
        let fresh = Self::new(None);
        let mut lines: Vec<Line> = Vec::new();
        let mut line = |words: &[&str]| lines.push(words.iter().map(|word| (*word).to_owned()).collect());
        for at in &self.toxicities {
            line(&["toxicity", &at.index().to_string()]);
        }
        for field in FieldId::all() {
            let id = field.element();
            match field {
                FieldId::Number(number) => {
                    let (slot, blank) = (self.numbers.get(number), fresh.numbers.get(number));
                    let answer = slot.answer().map(|answer| answer.to_string()).unwrap_or_default();
                    if (slot.text(), slot.unit()) != (blank.text(), blank.unit()) {
                        line(&["number", &id, slot.unit(), slot.text(), &answer]);
                    }
                }
                FieldId::Choice(choice) => {
                    if let Some(code) = self.choices.get(&choice) {
                        line(&["choice", &id, code]);
                    }
                }
                FieldId::Date(date) => {
                    if let Some(TypedDate { text, answer }) = self.dates.get(&date) {
                        let answer = answer.map(|day| day.to_string()).unwrap_or_default();
                        line(&["date", &id, text, &answer]);
                    }
                }
                FieldId::Time(time) => {
                    if let Some(TypedTime { text, next_day, offset }) = self.times.get(&time) {
                        let offset = offset.map(|offset| offset.to_string()).unwrap_or_default();
                        line(&["time", &id, text, if *next_day { "next" } else { "" }, &offset]);
                    }
                }
            }
        }
        self.left.iter().for_each(|field| line(&["left", &field.element()]));
        self.checked.iter().for_each(|step| line(&["checked", step.slug()]));
        self.visited.iter().for_each(|step| line(&["visited", step.slug()]));
        self.acknowledged.iter().for_each(|caution| line(&["acknowledged", caution]));
        self.confirmed.iter().for_each(|question| line(&["confirmed", question]));
        for (field, visit) in &self.said_for {
            let [cycle, day, date] = visit.words();
            line(&["result", &field.element(), &cycle, &day, &date]);
        }
        if let Some(saved) = self.loaded {
            let [cycle, day, date] = saved.words();
            line(&["loaded", &cycle, &day, &date]);
        }
        line(&["here", self.here.slug()]);
        serde_json::to_string(&lines).unwrap_or_default()
    }

    /// The walk that was kept as `text`; `None` when any of it is not understood. `today` is the device's date now.
    #[must_use]
    pub fn recalled(text: &str, today: Option<Date>) -> Option<Self> {
        let Node::Array(lines) = Node::parse(text).ok()? else { return None };
        let mut walk = Self { visited: BTreeSet::new(), left: BTreeSet::new(), ..Self::new(today) };
        for line in &lines {
            let Node::Array(words) = line else { return None };
            let words: Option<Vec<&str>> =
                words.iter().map(|word| if let Node::Text(word) = word { Some(&**word) } else { None }).collect();
            walk = said(walk, &words?)?;
        }
        Some(walk)
    }
}

impl Visit {
    /// Cycle, day and date, each empty where it is not said.
    fn words(self) -> [String; 3] {
        [
            self.due.cycle.map(|cycle| cycle.index().to_string()).unwrap_or_default(),
            self.due.day.map(|day| day.number().to_string()).unwrap_or_default(),
            self.date.map(|date| date.to_string()).unwrap_or_default(),
        ]
    }

    fn from_words(words: &[&str]) -> Option<Self> {
        let [cycle, day, date] = words else { return None };
        let cycle = optional(cycle, |text| CycleAt::new(text.parse().ok()?))?;
        let day = optional(day, |text| Day::from_number(text.parse().ok()?))?;
        Some(Self { due: Due { cycle, day }, date: optional(date, Date::read)? })
    }
}

/// A text to be kept, with its time (milliseconds since 1970) and a checksum of both: with one letter changed none of it is had back.
#[must_use]
pub fn sealed(at: i64, text: &str) -> String {
    let content = format!("{at}|{text}");
    format!("{:08x}|{content}", crc32fast::hash(content.as_bytes()))
}

/// The time and the text, unless something happened to them.
#[must_use]
pub fn unsealed(kept: &str) -> Option<(i64, &str)> {
    let (checksum, content) = kept.split_once('|')?;
    let (at, text) = content.split_once('|')?;
    (checksum == format!("{:08x}", crc32fast::hash(content.as_bytes()))).then_some((at.parse().ok()?, text))
}

/// The walk after one line.
fn said(mut walk: Walk, line: &[&str]) -> Option<Walk> {
    match line {
        ["toxicity", index] => walk.toxicities.push(ToxicityAt::new(index.parse().ok()?)?),
        ["number", id, unit, text, answer] => {
            let FieldId::Number(field) = field(id)? else { return None };
            return number(walk, field, unit, text, answer);
        }
        ["choice", id, code] => {
            let FieldId::Choice(field) = field(id)? else { return None };
            let answer = field.answers().iter().find(|answer| answer.code == *code)?;
            walk.choices.insert(field, answer.code);
        }
        ["date", id, text, answer] => {
            let FieldId::Date(field) = field(id)? else { return None };
            let answer = if answer.is_empty() { None } else { Some(Date::read(answer)?) };
            walk.dates.insert(field, TypedDate { text: (*text).to_owned(), answer });
        }
        ["time", id, text, next, offset] => {
            let FieldId::Time(field) = field(id)? else { return None };
            let offset = optional(offset, |text| text.parse().ok())?;
            walk.times.insert(field, TypedTime { text: (*text).to_owned(), next_day: !next.is_empty(), offset });
        }
        ["left", id] => {
            walk.left.insert(field(id)?);
        }
        ["checked", slug] => {
            walk.checked.insert(Step::from_slug(slug)?);
        }
        ["visited", slug] => {
            walk.visited.insert(Step::from_slug(slug)?);
        }
        ["acknowledged", caution] => {
            walk.acknowledged.insert((*caution).to_owned());
        }
        ["confirmed", question] => {
            walk.confirmed.insert((*question).to_owned());
        }
        ["result", id, visit @ ..] => {
            walk.said_for.insert(field(id)?, Visit::from_words(visit)?);
        }
        ["loaded", visit @ ..] => walk.loaded = Some(Visit::from_words(visit)?),
        ["here", slug] => walk.here = Step::from_slug(slug)?,
        _ => return None,
    }
    Some(walk)
}

/// Nothing for an empty text; `None` for one that is not understood.
fn optional<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    if text.is_empty() { Some(None) } else { read(text).map(Some) }
}

fn number(mut walk: Walk, field: NumberField, unit: &str, text: &str, answer: &str) -> Option<Walk> {
    let (unit, _) = walk.numbers.get(field).units().into_iter().find(|(ucum, _)| *ucum == unit)?;
    // Its partner has a line of its own, so only this one is switched.
    let slot = walk.numbers.get_mut(field);
    slot.type_text(text.to_owned());
    slot.switch(unit);
    if !answer.is_empty() {
        slot.choose(answer.parse::<Decimal>().ok()?);
    }
    Some(walk)
}

fn field(id: &str) -> Option<FieldId> {
    FieldId::all().find(|field| field.element() == id)
}

#[cfg(test)]
mod tests {
    use super::super::{Action, reduce};
    use super::*;
    use crate::engine::case::Case;
    use crate::walk::{ChoiceField, DateField, TimeField, file};

    fn day(text: &str) -> Date {
        Date::read(text).expect(text)
    }

    /// A walk with something of every kind in it, understood and not.
    fn full() -> Walk {
        let heaviest = include_str!("../../../benches/heaviest.json").replace("+02:00", "");
        let case = Case::from_json(&heaviest).expect("a case");
        let walk = file::walk(&case, Some(day("2027-05-03"))).expect("every box is there");
        [
            Action::Type(NumberField::Ast, "1,456 or so".to_owned()),
            Action::Type(NumberField::Wbc, "1,456".to_owned()),
            Action::Pick(NumberField::Wbc, Decimal::from(1456)),
            Action::Unit(NumberField::Bilirubin, "umol/L"),
            Action::TypeDate(DateField::FitOn, "3.5.".to_owned()),
            Action::TypeTime(TimeField::Ended, "25:00".to_owned()),
            Action::NextDay(TimeField::Ended, true),
            Action::Unchoose(ChoiceField::Sex),
            Action::RemoveToxicity(ToxicityAt::default()),
            Action::Leave(FieldId::Number(NumberField::Ast)),
            Action::Check(Step::Dose),
            Action::Acknowledge("BSA-13 the five formulas differ".to_owned(), true),
            Action::Confirm("154 kg at 180 cm is very much. Is that right?".to_owned()),
            Action::Go(Step::Summary),
        ]
        .into_iter()
        .fold(walk, reduce)
    }

    #[test]
    fn everything_comes_back() {
        for walk in [Walk::new(Some(day("2027-05-03"))), full()] {
            assert_eq!(Walk::recalled(&walk.kept(), Some(day("2027-05-03"))), Some(walk));
        }
    }

    /// Every byte changed once, every bit of it; cut at every place; and what never was one.
    #[test]
    fn what_was_damaged_is_never_had_back_not_even_in_part() {
        let kept = sealed(1_795_305_600_000, &full().kept());
        assert_eq!(unsealed(&kept), Some((1_795_305_600_000, full().kept().as_str())));
        let (mut damaged, bytes) = (0, kept.as_bytes());
        for (at, bit) in (0..bytes.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
            let mut changed = bytes.to_vec();
            changed[at] ^= 1 << bit;
            let changed = String::from_utf8_lossy(&changed);
            assert_eq!(unsealed(&changed), None, "byte {at}, bit {bit}");
            damaged += 1;
        }
        assert!(damaged > 1_000, "{damaged}");
        for end in (0..kept.len()).filter(|end| kept.is_char_boundary(*end)) {
            assert_eq!(unsealed(&kept[..end]), None, "cut at {end}");
        }
        for text in ["", "|", "||", "NaN", "{\"version\": 9}", "00000000|0|", &"x".repeat(10_000_000)] {
            assert_eq!(unsealed(text), None);
        }
    }

    #[test]
    fn what_is_not_understood_brings_nothing_back() {
        let kept = full().kept();
        let recalled = |text: &str| Walk::recalled(text, None).is_some();
        assert!(recalled(&kept));
        for (from, to) in [
            ("\"number\"", "\"numbers\""),
            ("\"weight\"", "\"mass\""),
            ("\"[lb_av]\"", "\"stone\""),
            ("\"boyd\"", "\"brody\""),
            ("\"summary\"", "\"sum\""),
            ("[\"here\"", "[\"there\""),
            ("1456\"", "1456x\""),
        ] {
            assert!(kept.contains(from), "{from}");
            assert!(!recalled(&kept.replacen(from, to, 1)), "{from} -> {to}");
        }
        for text in ["", "[", "{}", "[1]", "[[\"here\"]]", &kept[..kept.len() / 2]] {
            assert!(!recalled(text), "{text}");
        }
    }
}
