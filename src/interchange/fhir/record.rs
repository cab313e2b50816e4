//! The Bundle of a record, read: each value that is asked here with its code, unit and date, or why it is not one to take.
//!
//! It is read strictly. What is not final, has no date, has another unit, says "below", or carries a note that may change its
//! meaning is shown with the reason; a Bundle about several people is refused whole. Names are not looked at.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::codes::{self, ICD_10, LOINC, Meaning, SNOMED, Says, UCUM, What};
use crate::engine::calendar::Date;
use crate::engine::json::Node;
use crate::engine::reading::{Faults, Path, Read};
use crate::engine::text::plain;

/// The longest text that is looked into.
pub const AT_MOST: u32 = 4_000_000;
/// The most entries of a Bundle.
const ENTRIES: usize = 5_000;
/// Values shown of one kind, the newest.
const OF_A_KIND: usize = 3;

/// What a record holds of what is asked here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// In the order of [`What`], the newest of each first.
    pub found: Vec<Found>,
    /// Entries that are about other things.
    pub others: usize,
    /// Older values that are not shown.
    pub older: usize,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is about.
    pub what: What,
    /// The value as the record writes it, with its unit.
    pub shown: String,
    /// System and code: `LOINC 8302-2`.
    pub code: String,
    /// The day it is of.
    pub on: Option<Date>,
    /// The time of that day, as written.
    pub time: String,
    /// Whether the time is of a zone that the record names, so that the day may be the one before or after here.
    pub zoned: bool,
    /// What it means, or why it is not taken.
    pub value: Result<Value, String>,
}

/// What can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A number in a unit of the contract, with its upper limit of normal where the record has one in the same unit.
    Number {
        /// The number.
        value: Decimal,
        /// The contract's UCUM code.
        unit: String,
        /// The upper limit.
        upper: Option<Decimal>,
    },
    /// A word of the contract.
    Word(String),
    /// A day.
    Day(Date),
}

impl Record {
    /// As JSON, for whoever reads the Bundle elsewhere than where its values are shown.
    #[must_use]
    pub fn to_json(&self) -> String {
        let exact = |value: Decimal| serde_json::from_str::<Json>(&plain(value)).unwrap_or_default();
        let found = self.found.iter().map(|found| {
            let (name, value) = match &found.value {
                Ok(Value::Number { value, unit, upper }) => {
                    ("number", json!({"value": exact(*value), "unit": unit, "upper": upper.map(exact)}))
                }
                Ok(Value::Word(word)) => ("word", json!(word)),
                Ok(Value::Day(day)) => ("day", json!(day.to_string())),
                Err(why) => ("refused", json!(why)),
            };
            json!({
                "what": found.what.word(), "shown": found.shown, "code": found.code, "time": found.time, "zoned": found.zoned,
                "on": found.on.map(|on| on.to_string()), name: value,
            })
        });
        json!({"found": found.collect::<Vec<_>>(), "others": self.others, "older": self.older}).to_string()
    }

    /// The record that was written so; `None` for anything else.
    #[must_use]
    pub fn from_json(text: &str) -> Option<Self> {
        let node = Node::parse(text).ok()?;
        let count = |name: &str| match node.member(name) {
            Some(Node::Number(text)) => text.parse().ok(),
            _ => None,
        };
        let found = node.all("found").iter().map(Found::of).collect::<Option<_>>()?;
        Some(Self { found, others: count("others")?, older: count("older")? })
    }
}

impl Found {
    fn of(node: &Node) -> Option<Self> {
        let day = |name: &str| node.text(name).and_then(Date::read);
        let value = if let Some(why) = node.text("refused") {
            Err(why.to_owned())
        } else if let Some(word) = node.text("word") {
            Ok(Value::Word(word.to_owned()))
        } else if let Some(number) = node.member("number") {
            let value = exact(number.member("value")?).ok()?;
            let upper = number.member("upper").map(exact).transpose().ok()?;
            Ok(Value::Number { value, unit: number.text("unit")?.to_owned(), upper })
        } else {
            Ok(Value::Day(day("day")?))
        };
        Some(Self {
            what: What::from_word(node.text("what")?)?,
            shown: node.text("shown")?.to_owned(),
            code: node.text("code")?.to_owned(),
            on: day("on"),
            time: node.text("time")?.to_owned(),
            zoned: node.member("zoned") == Some(&Node::Bool(true)),
            value,
        })
    }
}

/// Reads the text of a Bundle.
///
/// # Errors
/// One sentence that says why nothing is taken from it, and what to do.
pub fn read(text: &str) -> Result<Record, String> {
    const XML: &str = "This is XML. Export the record as FHIR R4 in JSON.";
    const BROKEN: &str =
        "This is no whole JSON: it is cut short or damaged, or a member is given twice. Export it again.";
    const FOREIGN: &str = "This is no FHIR Bundle. Export the record as one Bundle, FHIR R4, in JSON.";
    const LONG: &str = "This is far too long. Export only this patient’s latest values.";
    if u32::try_from(text.len()).map_or(true, |length| length > AT_MOST) {
        return Err(LONG.to_owned());
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with('<') {
        return Err(XML.to_owned());
    }
    let bundle = Node::parse(text).map_err(|_| BROKEN)?;
    if bundle.text("resourceType") != Some("Bundle") {
        return Err(FOREIGN.to_owned());
    }
    let entries = bundle.all("entry");
    if entries.len() > ENTRIES {
        return Err(LONG.to_owned());
    }
    let resources: Vec<&Node> = entries.iter().filter_map(|entry| entry.member("resource")).collect();
    let person = Person::of(entries, &resources)?;
    let mut found = Vec::new();
    let mut others = 0_usize;
    for resource in resources {
        let before = found.len();
        match resource.text("resourceType") {
            Some("Patient") => patient(resource, &mut found),
            Some("Observation") => observation(resource, &person, &mut found),
            Some("Condition") => found.extend(condition(resource, &person)),
            Some("Procedure") => found.extend(procedure(resource, &person)),
            _ => {}
        }
        others = others.saturating_add(usize::from(found.len() == before));
    }
    Ok(newest(found, others))
}

/// The newest of each kind; an older one is not to be taken while a newer one can be.
fn newest(mut found: Vec<Found>, others: usize) -> Record {
    found.sort_by(|one, other| (one.what, other.on, &other.time).cmp(&(other.what, one.on, &one.time)));
    let mut latest: BTreeMap<What, Date> = BTreeMap::new();
    for value in found.iter().filter(|value| value.value.is_ok()) {
        if let Some(on) = value.on {
            let day = latest.entry(value.what).or_insert(on);
            *day = (*day).max(on);
        }
    }
    let mut shown: BTreeMap<What, usize> = BTreeMap::new();
    let all = found.len();
    found.retain(|value| {
        let count = shown.entry(value.what).or_default();
        *count = count.saturating_add(1);
        *count <= OF_A_KIND
    });
    for value in &mut found {
        let newer = latest.get(&value.what).zip(value.on).is_some_and(|(latest, on)| on < *latest);
        if newer && value.value.is_ok() {
            value.value = Err("A newer one is in the record.".to_owned());
        }
    }
    Record { older: all.saturating_sub(found.len()), found, others }
}

/// Whose record it is: the ways in which its resources may point to the one patient.
struct Person<'n> {
    names: Vec<&'n str>,
    id: Option<&'n str>,
}

impl<'n> Person<'n> {
    fn of(entries: &'n [Node<'n>], resources: &[&'n Node<'n>]) -> Result<Self, String> {
        const SEVERAL: &str =
            "This Bundle is about more than one patient. Nothing was read. Export one patient’s record.";
        let is_patient = |node: &&Node| node.text("resourceType") == Some("Patient");
        let patients: Vec<&Node> = resources.iter().copied().filter(is_patient).collect();
        if patients.len() > 1 {
            return Err(SEVERAL.to_owned());
        }
        let mut person = Self { names: Vec::new(), id: patients.first().and_then(|patient| patient.text("id")) };
        let entry = entries.iter().find(|entry| entry.member("resource").as_ref().is_some_and(is_patient));
        person.names.extend(entry.and_then(|entry| entry.text("fullUrl")));
        for resource in resources {
            let Some(subject) = subject(resource) else { continue };
            if patients.is_empty() && person.names.is_empty() {
                person.names.push(subject);
            }
            if !person.is(subject) {
                return Err(SEVERAL.to_owned());
            }
        }
        Ok(person)
    }

    fn is(&self, reference: &str) -> bool {
        let unversioned = reference.split("/_history/").next().unwrap_or(reference);
        let by_id = self.id.is_some_and(|id| unversioned.rsplit_once("Patient/").is_some_and(|(_, last)| last == id));
        by_id || self.names.contains(&unversioned)
    }
}

fn subject<'n>(resource: &'n Node<'n>) -> Option<&'n str> {
    resource.member("subject")?.text("reference")
}

/// What would make any resource unfit to be read.
fn unfit(resource: &Node, person: &Person) -> Option<&'static str> {
    if !resource.all("modifierExtension").is_empty() || resource.member("implicitRules").is_some() {
        return Some("It carries a note that may change its meaning.");
    }
    if !resource.all("focus").is_empty() {
        return Some("It is about something or somebody else than the patient.");
    }
    // A reference that stands there is the patient's: others refused the whole Bundle.
    match subject(resource) {
        Some(reference) if person.is(reference) => None,
        _ => Some("It does not say whose it is."),
    }
}

fn patient(resource: &Node, found: &mut Vec<Found>) {
    let marked = !resource.all("modifierExtension").is_empty() || resource.member("implicitRules").is_some();
    let judged = |value: Result<Value, String>| {
        if marked { Err("It carries a note that may change its meaning.".to_owned()) } else { value }
    };
    let of = |what, shown: &str, code: &str, value| Found {
        what,
        shown: shown.to_owned(),
        code: code.to_owned(),
        on: None,
        time: String::new(),
        zoned: false,
        value: judged(value),
    };
    if let Some(born) = resource.text("birthDate") {
        let value = Date::read(born).map(Value::Day).ok_or_else(|| "It is no whole date.".to_owned());
        found.push(of(What::Birth, &short(born), "Patient.birthDate", value));
    }
    if let Some(gender) = resource.text("gender") {
        let value = match gender {
            "female" | "male" => Ok(Value::Word(gender.to_owned())),
            _ => Err("The question is about contraception and pregnancy: answer it yourself.".to_owned()),
        };
        found.push(of(What::Sex, &short(gender), "Patient.gender", value));
    }
}

/// An observation and its components: each has a code and a value of its own.
fn observation(resource: &Node, person: &Person, found: &mut Vec<Found>) {
    let date = Dated::of(resource, &["effectiveDateTime", "effectiveInstant"], "effectivePeriod");
    let against = unfit(resource, person).or_else(|| match resource.text("status") {
        Some("final" | "amended" | "corrected") => None,
        Some("preliminary" | "registered") => Some("It is not final."),
        _ => Some("It was cancelled or entered in error, or its state is not known."),
    });
    for part in std::iter::once(resource).chain(resource.all("component")) {
        let codings = || part.member("code").map_or(&[][..], |code| code.all("coding"));
        let loinc =
            || codings().iter().filter(|coding| coding.text("system") == Some(LOINC)).filter_map(|it| it.text("code"));
        if loinc().any(|code| code == codes::PREGNANCY_STATUS) {
            let (shown, value) = pregnancy(part);
            found.push(date.found(What::Pregnancy, shown, codes::PREGNANCY_STATUS, against, value));
            continue;
        }
        let known = |code| codes::observation(code).map(|meaning| (code, meaning));
        let mut meanings = loinc().filter_map(known);
        let Some((code, meaning)) = meanings.next() else { continue };
        let against = against.or(meaning.never);
        let against = if meanings.any(|(_, other)| other != meaning) {
            Some("Its codes say two different things.")
        } else {
            against
        };
        let (shown, value) = quantity(part, meaning);
        found.push(date.found(meaning.what, shown, code, against, value));
    }
}

fn quantity(part: &Node, meaning: &Meaning) -> (String, Result<Value, String>) {
    const NO_VALUE: &str = "There is no value.";
    let Some(given) = part.member("valueQuantity") else {
        return ("no number".to_owned(), Err(NO_VALUE.to_owned()));
    };
    let unit = given.text("code").or_else(|| given.text("unit")).unwrap_or_default();
    let number = given.member("value");
    let sign = given.text("comparator").map(|sign| format!("{} ", short(sign))).unwrap_or_default();
    let written = match number {
        Some(Node::Number(text)) => {
            number.and_then(|it| exact(it).ok()).map_or_else(|| short(text), |it| plain(it).to_string())
        }
        _ => "no number".to_owned(),
    };
    let shown = format!("{sign}{written} {}", short(unit)).trim_end().to_owned();
    let value = || {
        let value = number.ok_or_else(|| NO_VALUE.to_owned()).and_then(exact)?;
        if !sign.is_empty() {
            return Err("It is a bound, and no number.".to_owned());
        }
        let unit = unit_of(given, meaning)?;
        Ok(Value::Number { value, unit: unit.to_owned(), upper: upper(part, given, meaning) })
    };
    (shown, value())
}

/// The unit in the contract's spelling.
fn unit_of(given: &Node, meaning: &Meaning) -> Result<&'static str, String> {
    let units = meaning.units.iter().map(|(_, ours)| *ours).collect::<std::collections::BTreeSet<_>>();
    let expected = units.into_iter().collect::<Vec<_>>().join(", ");
    let (Some(UCUM), Some(code)) = (given.text("system"), given.text("code")) else {
        return Err(format!("Its unit has no UCUM code. Taken are: {expected}."));
    };
    let bare = bare(code);
    let known = meaning.units.iter().find(|(theirs, _)| *theirs == bare).map(|(_, ours)| *ours);
    known.ok_or_else(|| format!("Its unit is {}, and nothing is converted here. Taken are: {expected}.", short(code)))
}

/// A UCUM code without notes in braces, which mean nothing, and with the liter as `L`.
fn bare(code: &str) -> String {
    let mut out = String::new();
    let mut note = false;
    for letter in code.chars() {
        match letter {
            '{' => note = true,
            '}' => note = false,
            letter if !note => out.push(letter),
            _ => {}
        }
    }
    for (liter, ours) in [("/l", "/L"), ("/dl", "/dL"), ("/ul", "/uL")] {
        if let Some(number) = out.strip_suffix(liter) {
            return format!("{number}{ours}");
        }
    }
    out
}

/// The upper limit of normal, where the record has one and only one, in the value's own unit.
fn upper(part: &Node, given: &Node, meaning: &Meaning) -> Option<Decimal> {
    if !matches!(meaning.what, What::Bilirubin | What::Ast | What::Alt) {
        return None;
    }
    let normal = |range: &&Node| {
        let kind = range.member("type").map(|kind| kind.all("coding"));
        kind.is_none_or(|codings| codings.iter().any(|coding| coding.text("code") == Some("normal")))
    };
    let mut limits = part.all("referenceRange").iter().filter(normal).filter_map(|range| range.member("high"));
    let (high, another) = (limits.next()?, limits.next());
    let same = high.text("code") == given.text("code") && high.text("system") == given.text("system");
    let sure = another.is_none() && same && high.member("comparator").is_none();
    high.member("value").filter(|_| sure).and_then(|value| exact(value).ok()).filter(|limit| !limit.is_zero())
}

/// The number as written, never through binary floating point.
fn exact(node: &Node) -> Result<Decimal, String> {
    Decimal::read(node, &Path::Root, &mut Faults::default())
        .ok_or_else(|| "It is no number that is accepted here.".to_owned())
}

fn pregnancy(part: &Node) -> (String, Result<Value, String>) {
    let codings = part.member("valueCodeableConcept").map_or(&[][..], |concept| concept.all("coding"));
    let word = |coding: &Node| {
        let known = codes::PREGNANCY.iter();
        let mut known = known
            .filter(|(system, code, _)| coding.text("system") == Some(*system) && coding.text("code") == Some(*code));
        known.next().map(|(.., word)| *word)
    };
    let mut words: Vec<&'static str> = codings.iter().filter_map(word).collect();
    words.dedup();
    match words.as_slice() {
        [word] => (word.replace('_', " "), Ok(Value::Word((*word).to_owned()))),
        _ => ("no answer".to_owned(), Err("Its answer is not one that is known here.".to_owned())),
    }
}

fn condition(resource: &Node, person: &Person) -> Option<Found> {
    let coded = |(system, code, ..): &&(&str, &str, What, Says)| {
        coding(resource).any(|(theirs, given)| {
            let same = *system == theirs || (*system == "icd-10" && ICD_10.contains(&theirs));
            let below = *system == "icd-10" && given.starts_with(code);
            same && (given == *code || below)
        })
    };
    let (system, code, what, says) = codes::CONDITIONS.iter().find(coded)?;
    let state = |member: &str| {
        let codings = resource.member(member).map_or(&[][..], |state| state.all("coding"));
        codings.first().and_then(|coding| coding.text("code")).unwrap_or_default()
    };
    let (clinical, sure) = (state("clinicalStatus"), state("verificationStatus"));
    let active = matches!(clinical, "active" | "recurrence" | "relapse");
    let against = unfit(resource, person).or(match sure {
        "" | "confirmed" => None,
        _ => Some("It is not confirmed."),
    });
    let value = match says {
        Says::Near(why) => Err((*why).to_owned()),
        Says::Active(_) if !active => Err("The record does not say that it is active. Answer it yourself.".to_owned()),
        Says::Active(word) | Says::Ever(word) => Ok(Value::Word((*word).to_owned())),
    };
    let name = if *system == SNOMED { "SNOMED CT" } else { "ICD-10" };
    let date = Dated::of(resource, &["recordedDate", "onsetDateTime"], "onsetPeriod");
    let shown = if clinical.is_empty() { "without a state".to_owned() } else { short(clinical) };
    Some(Found { code: format!("{name} {code}"), ..date.found(*what, shown, code, against, value) })
}

fn procedure(resource: &Node, person: &Person) -> Option<Found> {
    let (system, code) = codes::TRANSPLANT;
    coding(resource).find(|coding| *coding == (system, code))?;
    let state = resource.text("status").unwrap_or_default();
    let value = match state {
        "preparation" => Ok(Value::Word("planned".to_owned())),
        _ => Err("The question is about a transplant afterwards, and this one is not planned. Answer it yourself."
            .to_owned()),
    };
    let date = Dated::of(resource, &["performedDateTime"], "performedPeriod");
    let found = date.found(What::Transplant, short(state), code, unfit(resource, person), value);
    Some(Found { code: format!("SNOMED CT {code}"), ..found })
}

/// System and code of each coding of a resource.
fn coding<'n>(resource: &'n Node<'n>) -> impl Iterator<Item = (&'n str, &'n str)> {
    let codings = resource.member("code").map_or(&[][..], |code| code.all("coding"));
    codings.iter().filter_map(|coding| Some((coding.text("system")?, coding.text("code")?)))
}

/// When something was: a day, and what is written of its time.
struct Dated {
    day: Option<Date>,
    time: String,
    zoned: bool,
}

impl Dated {
    fn of(resource: &Node, members: &[&str], period: &str) -> Self {
        let written = members.iter().find_map(|name| resource.text(name));
        let written = written.or_else(|| resource.member(period).and_then(|span| span.text("end")));
        let (day, rest) = written.and_then(|text| text.split_at_checked(10)).unwrap_or_default();
        let time: String = rest.strip_prefix('T').unwrap_or_default().chars().take(5).collect();
        let time = if time.len() == 5 && time.is_ascii() { time } else { String::new() };
        Self { day: Date::read(day), zoned: !time.is_empty(), time }
    }

    fn found(
        &self,
        what: What,
        shown: String,
        code: &str,
        against: Option<&str>,
        value: Result<Value, String>,
    ) -> Found {
        let value = against.map_or(value, |why| Err(why.to_owned()));
        Found {
            what,
            shown,
            code: format!("LOINC {code}"),
            on: self.day,
            time: self.time.clone(),
            zoned: self.zoned,
            value,
        }
    }
}

/// A text of the record, to be shown: never longer than a line, and without letters that would draw something else.
fn short(text: &str) -> String {
    let plain = |letter: &char| letter.is_alphanumeric() || letter.is_ascii_punctuation() || *letter == ' ';
    text.chars().filter(plain).take(40).collect()
}
