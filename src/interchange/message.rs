//! What a page around the aid and the aid say to each other, version 1. A page asks (`ask`), the aid tells (`tell`). What is not
//! exactly a message of this kind is no message, and nothing comes of it.

use std::marker::PhantomData;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::fhir;
use super::policy::Theme;
use crate::engine::assessment::{Assessment, ENGINE};
use crate::engine::case::{Case, Profile};
use crate::engine::error::{CaseError, Fault};
use crate::engine::json::Node;
use crate::engine::labels::RULES;
use crate::engine::reading::{Faults, Path, Read, Whole, records, words};
use crate::engine::shape::{Describe, Shape, described};

/// A longer message is not looked into: the heaviest case has 6,000 letters.
pub const AT_MOST: usize = 100_000;
/// A longer one with a record is not either: as a text in a text it may be twice as long.
const AT_MOST_WITH_RECORD: usize = AT_MOST + 2 * fhir::record::AT_MOST as usize;
/// How JavaScript writes that a message has one.
const WITH_RECORD: &str = r#""ask":"record""#;

words! {
    /// What a page asks.
    Ask {
        /// I am here: from now on tell me what changes. Say it until it is answered: the aid starts after its frame has loaded.
        Hello = "hello",
        /// Take this case. What somebody has typed is replaced only when the user says so.
        Load = "load",
        /// Show the values of this record. The user takes each, or not.
        Record = "record",
        /// Open the print dialog on the sheets.
        Print = "print",
        /// Light or dark.
        Theme = "theme",
        /// Clear everything. What somebody has typed is cleared only when the user says so.
        Reset = "reset",
    }
    /// What the aid tells.
    Tell {
        /// The answer to `hello`.
        Hello = "hello",
        /// How high it is, in CSS pixels.
        Height = "height",
        /// The case changed; `case` is absent while label and date are not known.
        Case = "case",
        /// Its assessment, or why there is none.
        Assessment = "assessment",
        /// What was asked is done.
        Done = "done",
        /// The user kept what was typed.
        Kept = "kept",
        /// What was asked is refused: `error` says why.
        Refused = "refused",
    }
}

/// The version of these messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protocol;

impl Read for Protocol {
    fn read(node: &Node, at: &Path, faults: &mut Faults) -> Option<Self> {
        (Decimal::read(node, at, faults)? == Decimal::ONE).then_some(Self)
    }
}

impl Serialize for Protocol {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(1)
    }
}

impl Describe for Protocol {
    fn describe() -> Shape {
        Shape::Version
    }
}

/// What is read by itself, so that a refusal can say why.
#[derive(Debug, Clone, PartialEq)]
pub struct Given<T>(PhantomData<T>);

impl<T> Read for Given<T> {
    fn read(_: &Node, _: &Path, _: &mut Faults) -> Option<Self> {
        Some(Self(PhantomData))
    }
}

impl<T> Serialize for Given<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl<T: Describe> Describe for Given<T> {
    fn describe() -> Shape {
        T::describe()
    }
}

records! {
    /// What a page around the aid says to it.
    HostMessage {
        /// The version of these messages: 1.
        need inotuzumab: Protocol,
        /// What is asked.
        need ask: Ask,
        /// Comes back in the answer.
        may id: Whole<0, 9_999_999_999>,
        /// With `load`: the case.
        may case: Given<Case>,
        /// With `record`: a Bundle of FHIR R4 in JSON, as text, so that its numbers stay as they were written.
        may bundle: Given<&'static str>,
        /// With `theme`, and `hello` if wanted: light or dark.
        may theme: Theme,
        /// With `hello`, if wanted: the label, taken while none is chosen.
        may profile: Profile,
    }
}

/// Stands for what the aid tells, which is written by [`tell`].
pub struct AidMessage;

/// Stands for the refusal inside.
pub struct Why;

described! {
    /// What the aid says to the page around it.
    AidMessage {
        /// The version of these messages: 1.
        need inotuzumab: Protocol,
        /// What is told.
        need tell: Tell,
        /// With `done`, `kept` and `refused`: the `id` of what was asked, if it had one.
        may id: Whole<0, 9_999_999_999>,
        /// With `hello`: version of the engine.
        may engine: &'static str,
        /// With `hello`: edition of the rules, a month.
        may rules: &'static str,
        /// With `hello`: the build of the page.
        may build: &'static str,
        /// With `hello`: the local policy in force, as the page names it.
        may policy: &'static str,
        /// With `hello`: true when it had been greeted before, so that nothing in it has been lost.
        may again: bool,
        /// With `height`: CSS pixels.
        may height: Whole<0, 9_999_999_999>,
        /// With `case`: the case as it is understood.
        may case: Case,
        /// With `assessment`: the engine's answer.
        may assessment: Assessment,
        /// With `refused`, or with `assessment` where there is none.
        may error: Why,
    }
    /// Why something is refused.
    Why {
        /// A code of the contract, `no_record` for a record that cannot be read, or `not_now` when it cannot be done at the moment.
        need code: &'static str,
        /// Where in the case, or `bundle`; empty for all of the case.
        need path: &'static str,
        /// What is wrong, in plain words.
        need message: &'static str,
    }
}

/// A message that was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Comes back in the answer.
    pub id: Option<u64>,
    /// What is asked.
    pub wish: Wish,
}

/// What is asked, with what belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// From now on tell me what changes.
    Hello(Option<Theme>, Option<Profile>),
    /// Take this case, or say why not.
    Load(Result<Box<Case>, CaseError>),
    /// Show the values of the record with this text, or say why not.
    Record(Result<String, CaseError>),
    /// Open the print dialog.
    Print,
    /// Light or dark.
    Theme(Theme),
    /// Clear everything.
    Reset,
}

/// Reads a message, written as JSON.
///
/// # Errors
/// Why it is none, for the console.
pub fn read(text: &str) -> Result<Request, String> {
    let most = if text.contains(WITH_RECORD) { AT_MOST_WITH_RECORD } else { AT_MOST };
    if text.len() > most {
        return Err(format!("it is longer than {most} bytes"));
    }
    let node = Node::parse(text).map_err(|_| "it is no JSON object".to_owned())?;
    let Node::Object(members) = &node else { return Err("it is no JSON object".to_owned()) };
    let member = |name: &str| members.iter().find_map(|(known, node)| (known == name).then_some(node));
    match member("inotuzumab") {
        None => return Err("it is not for the aid".to_owned()),
        Some(Node::Number(version)) if version == "1" => {}
        Some(_) => return Err("it is of another version than 1".to_owned()),
    }
    let mut faults = Faults::default();
    let message = <HostMessage as Read>::read(&node, &Path::Root, &mut faults);
    faults.into_result().map_err(|error| format!("{} {}", error.path, error.message))?;
    let HostMessage { ask, id, theme, profile, .. } = message.ok_or("it could not be read")?;
    if text.len() > AT_MOST && ask != Ask::Record {
        return Err(format!("it is longer than {AT_MOST} bytes"));
    }
    let given = |name: &str| member(name).filter(|node| **node != Node::Null);
    let wish = match (ask, given("case"), given("bundle"), theme, profile) {
        (Ask::Hello, None, None, theme, profile) => Wish::Hello(theme, profile),
        (Ask::Load, Some(case), None, None, None) => Wish::Load(Case::from_node(case).map(Box::new)),
        (Ask::Record, None, bundle, None, None) => Wish::Record(record(bundle)),
        (Ask::Print, None, None, None, None) => Wish::Print,
        (Ask::Theme, None, None, Some(theme), None) => Wish::Theme(theme),
        (Ask::Reset, None, None, None, None) => Wish::Reset,
        _ => return Err(format!("what stands beside ask {} does not belong there, or is missing", ask.word())),
    };
    Ok(Request { id: id.map(Whole::get), wish })
}

/// The text of a record, which is read elsewhere.
fn record(bundle: Option<&Node>) -> Result<String, CaseError> {
    const TEXT: &str = "must be one Bundle, FHIR R4, as the text of its JSON";
    match bundle {
        Some(Node::Text(text)) => Ok(text.to_string()),
        _ => Err(CaseError { fault: Fault::WrongType, path: BUNDLE.to_owned(), message: TEXT.to_owned() }),
    }
}

/// Where a message holds a record.
const BUNDLE: &str = "bundle";

/// Writes a message of the aid: what is told, and members that are JSON already.
#[must_use]
pub fn tell(what: Tell, members: &[(&str, String)]) -> String {
    let members: String = members.iter().map(|(name, json)| format!(",\"{name}\":{json}")).collect();
    format!("{{\"inotuzumab\":1,\"tell\":\"{}\"{members}}}", what.word())
}

/// The answer to `hello`.
#[must_use]
pub fn hello(build: &str, policy: Option<&str>, again: bool) -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let mut members = vec![("engine", quoted(ENGINE)), ("rules", quoted(RULES)), ("build", quoted(build))];
    members.extend(policy.map(|policy| ("policy", quoted(policy))));
    members.extend(again.then(|| ("again", again.to_string())));
    tell(Tell::Hello, &members)
}

/// The inner part of a refusal.
#[must_use]
pub fn why(error: &CaseError) -> String {
    inner(error.fault.code(), &error.path, &error.message)
}

/// The inner part of the refusal of a record.
#[must_use]
pub fn no_record(message: &str) -> String {
    inner("no_record", BUNDLE, message)
}

/// The inner part of a refusal that has nothing to do with a case.
#[must_use]
pub fn not_now(message: &str) -> String {
    inner("not_now", "", message)
}

fn inner(code: &str, path: &str, message: &str) -> String {
    serde_json::json!({"code": code, "path": path, "message": message}).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASE: &str = r#"{"schema": 1, "profile": "us", "date": "2026-11-23"}"#;

    fn of(inner: &str) -> Result<Request, String> {
        read(&format!(r#"{{"inotuzumab": 1, {inner}}}"#))
    }

    #[test]
    fn messages_are_read() {
        let wish = |inner: &str| of(inner).expect(inner).wish;
        assert_eq!(wish(r#""ask": "hello""#), Wish::Hello(None, None));
        assert_eq!(
            wish(r#""ask": "hello", "theme": "dark", "profile": "eu""#),
            Wish::Hello(Some(Theme::Dark), Some(Profile::Eu))
        );
        assert_eq!(of(r#""ask": "print", "id": 7"#), Ok(Request { id: Some(7), wish: Wish::Print }));
        assert_eq!(wish(r#""ask": "theme", "theme": "auto""#), Wish::Theme(Theme::Auto));
        assert_eq!(wish(r#""ask": "reset", "case": null"#), Wish::Reset);
        let Wish::Load(Ok(case)) = wish(&format!(r#""ask": "load", "case": {CASE}"#)) else { panic!("a case") };
        assert_eq!(case.profile, Profile::Us);
        let Wish::Load(Err(error)) =
            wish(r#""ask": "load", "case": {"schema": 1, "profile": "uk", "date": "2026-11-23"}"#)
        else {
            panic!("a refusal")
        };
        assert_eq!((error.fault.code(), error.path.as_str()), ("out_of_range", "profile"));
    }

    #[test]
    fn a_record_is_text_and_anything_else_is_refused_with_its_place() {
        let record = |inner: &str| match of(inner).expect(inner) {
            Request { id: Some(7), wish: Wish::Record(record) } => record,
            other => panic!("{other:?}"),
        };
        assert_eq!(record(r#""ask": "record", "id": 7, "bundle": "{\"a\": 1.50}""#), Ok(r#"{"a": 1.50}"#.to_owned()));
        for bundle in ["", r#", "bundle": null"#, r#", "bundle": {"resourceType": "Bundle"}"#, r#", "bundle": 1"#] {
            let error = record(&format!(r#""ask": "record", "id": 7{bundle}"#)).expect_err(bundle);
            assert_eq!((error.fault.code(), error.path.as_str()), ("invalid_json", "bundle"), "{bundle}");
        }
        let why: serde_json::Value = serde_json::from_str(&no_record("It is \"cut\".")).expect("JSON");
        assert_eq!((&why["code"], &why["path"]), (&"no_record".into(), &"bundle".into()));
    }

    /// It may be longer than a case, though not without end, and nothing else may be.
    #[test]
    fn only_a_record_may_be_long() {
        let asks = |ask: &str, bytes: usize| {
            read(&format!(r#"{{"inotuzumab":1,"ask":"{ask}","bundle":"{}"}}"#, "x".repeat(bytes)))
        };
        assert!(asks("record", 2 * fhir::record::AT_MOST as usize).is_ok());
        assert!(asks("record", AT_MOST_WITH_RECORD).unwrap_err().contains("longer than 8100000 bytes"));
        assert!(asks("load", AT_MOST).unwrap_err().contains("longer than 100000 bytes"));
        // What says so inside the message makes it no record.
        let inside =
            format!(r#"{{"inotuzumab":1,"ask":"load","case":{{"ask":"record","bundle":"{}"}}}}"#, "x".repeat(AT_MOST));
        assert!(read(&inside).is_err_and(|why| why.contains("longer than 100000 bytes")));
    }

    /// F32: what is nearly a message is none.
    #[test]
    fn what_is_not_exactly_a_message_is_none() {
        let long = format!(r#""ask": "hello", "profile": "{}""#, "u".repeat(1_000_000));
        let deep = format!(r#""ask": "load", "case": {}{}"#, "[".repeat(10_000), "]".repeat(10_000));
        for inner in [
            r#""ask": "Hello""#,
            r#""ask": "eval""#,
            r#""ask": ["hello"]"#,
            r#""ask": null"#,
            r#""tell": "hello""#,
            r#""ask": "hello", "ask": "reset""#,
            r#""ask": "hello", "html": "<b>""#,
            r#""ask": "hello", "__proto__": {"a": 1}"#,
            r#""ask": "hello", "constructor": {}"#,
            r#""ask": "load""#,
            r#""ask": "load", "case": null"#,
            r#""ask": "hello", "case": {}"#,
            r#""ask": "hello", "bundle": "{}""#,
            r#""ask": "load", "case": {}, "bundle": "{}""#,
            r#""ask": "record", "bundle": "{}", "case": {}"#,
            r#""ask": "record", "bundle": "{}", "theme": "dark""#,
            r#""ask": "record", "bundle": "{}", "url": "https://ehr.example.org""#,
            r#""ask": "theme""#,
            r#""ask": "theme", "theme": "red""#,
            r#""ask": "print", "theme": "dark""#,
            r#""ask": "reset", "profile": "us""#,
            r#""ask": "hello", "id": -1"#,
            r#""ask": "hello", "id": 1.5"#,
            r#""ask": "hello", "id": "1""#,
            r#""ask": "hello", "profile": "uk""#,
            &long,
            &deep,
        ] {
            assert!(of(inner).is_err(), "{}", inner.get(..80).unwrap_or(inner));
        }
        for text in [
            "",
            "null",
            "1",
            "[]",
            "{}",
            r#""hello""#,
            r#"{"ask": "hello"}"#,
            r#"{"inotuzumab": 2, "ask": "hello"}"#,
            r#"{"inotuzumab": "1", "ask": "hello"}"#,
            r#"{"inotuzumab": 1.0, "ask": "hello"}"#,
            r#"{"inotuzumab": true, "ask": "hello"}"#,
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn answers_are_json() {
        let hello: serde_json::Value = serde_json::from_str(&hello("b\"1", Some("local policy"), false)).expect("JSON");
        assert_eq!(
            (&hello["inotuzumab"], &hello["tell"], &hello["build"], &hello["again"]),
            (&1.into(), &"hello".into(), &"b\"1".into(), &().into())
        );
        assert!(super::hello("b", None, true).ends_with(r#","again":true}"#));
        let refused = tell(Tell::Refused, &[("id", "3".to_owned()), ("error", not_now("not \"now\""))]);
        let refused: serde_json::Value = serde_json::from_str(&refused).expect("JSON");
        assert_eq!((&refused["id"], &refused["error"]["code"]), (&3.into(), &"not_now".into()));
    }
}
