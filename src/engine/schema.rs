//! The contract for other programs: JSON Schemas and TypeScript declarations, written from the [`shape`](super::shape) of
//! the types.

use std::fmt::Write;

use rust_decimal::Decimal;
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use super::assessment::Assessment;
use super::book::{RuleBook, Version};
use super::case::Case;
use super::error::CaseError;
use super::reading::{Exact, Range};
use super::shape::{Describe, Member, Object, Shape, Word};

/// Every file made from the types, with its name in `docs/schema`.
#[must_use]
pub fn files() -> Vec<(&'static str, String)> {
    vec![
        ("case.schema.json", schema("case.schema.json", &Case::describe(), Side::Read)),
        ("assessment.schema.json", schema("assessment.schema.json", &Assessment::describe(), Side::Written)),
        ("error.schema.json", schema("error.schema.json", &CaseError::describe(), Side::Written)),
        ("rules.schema.json", schema("rules.schema.json", &RuleBook::describe(), Side::Written)),
        ("inotuzumab.d.ts", declarations(HEAD, &roots(), &[])),
    ]
}

/// The types that others meet, each with all it is made of.
#[must_use]
pub fn roots() -> [Shape; 5] {
    [Case::describe(), Assessment::describe(), CaseError::describe(), RuleBook::describe(), Version::describe()]
}

/// All JSON Schemas in one object: `case`, `assessment`, `error`, `rules`.
#[must_use]
pub fn together() -> String {
    let schemas = files().into_iter().filter_map(|(name, text)| Some((name.strip_suffix(".schema.json")?, text)));
    let members: Vec<String> = schemas.map(|(name, text)| format!("\"{name}\": {text}")).collect();
    format!("{{{}}}", members.join(","))
}

/// The types with a name, each once, in the order in which they are met: name, words, shape.
#[must_use]
pub fn names(shape: &Shape) -> Vec<(&'static str, &'static str, Shape)> {
    let mut found = Vec::new();
    collect(shape, &mut found);
    found
}

fn collect(shape: &Shape, found: &mut Vec<(&'static str, &'static str, Shape)>) {
    match shape {
        Shape::Named { name, doc, shape }
            if !found.iter().any(|(known, _, its)| known == name && its == shape.as_ref()) =>
        {
            found.push((name, doc, shape.as_ref().clone()));
            collect(shape, found);
        }
        Shape::Object(object) => object.members.iter().for_each(|member| collect(&member.shape, found)),
        Shape::List(shape) | Shape::Pair(shape) | Shape::OrNull(shape) => collect(shape, found),
        _ => {}
    }
}

/// Whether a schema is for what the engine reads or for what it writes. Dates that are read lie in 1900–2199; what is counted
/// from them may lie beyond.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Side {
    Read,
    Written,
}

/// A JSON value whose members keep their order.
enum Json {
    Text(String),
    Number(Decimal),
    Bool(bool),
    List(Vec<Json>),
    Object(Vec<(&'static str, Json)>),
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => Exact(*number).serialize(serializer),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

fn text(text: impl Into<String>) -> Json {
    Json::Text(text.into())
}

fn number(number: impl Into<Decimal>) -> Json {
    Json::Number(number.into())
}

fn of_type(name: &str) -> Vec<(&'static str, Json)> {
    vec![("type", text(name))]
}

pub(crate) fn schema(id: &str, shape: &Shape, side: Side) -> String {
    let mut root = vec![("$schema", text("https://json-schema.org/draft/2020-12/schema")), ("$id", text(id))];
    let mut definitions = Vec::new();
    for (index, (name, doc, shape)) in names(shape).into_iter().enumerate() {
        let mut definition = vec![("title", text(name)), ("description", text(described(doc, &shape)))];
        definition.extend(keywords(&shape, side));
        if index == 0 {
            root.extend(definition);
        } else {
            definitions.push((name, Json::Object(definition)));
        }
    }
    if !definitions.is_empty() {
        root.push(("$defs", Json::Object(definitions)));
    }
    // A tree of texts and numbers can always be written.
    let mut out = serde_json::to_string_pretty(&Json::Object(root)).unwrap_or_default();
    out.push('\n');
    out
}

/// The doc, and behind it what each word means.
fn described(doc: &str, shape: &Shape) -> String {
    let mut out = doc.to_owned();
    if let Shape::Words(words) = shape {
        for Word { text, doc } in words {
            // Writing to a String cannot fail.
            let _ = write!(out, "\n- `{text}`: {}", doc.trim());
        }
    }
    out
}

/// What JSON Schema says of a shape.
fn keywords(shape: &Shape, side: Side) -> Vec<(&'static str, Json)> {
    match shape {
        Shape::Named { name, .. } => vec![("$ref", text(format!("#/$defs/{name}")))],
        Shape::Object(its) => object(its, side),
        Shape::Words(words) => {
            let words = words.iter().map(|word| text(word.text)).collect();
            vec![("type", text("string")), ("enum", Json::List(words))]
        }
        Shape::Numbers(numbers) => vec![("enum", Json::List(numbers.iter().map(|one| number(*one)).collect()))],
        Shape::Version => vec![("const", number(1))],
        Shape::Number(range) => read_number(*range),
        Shape::Whole(least, most) => {
            let most = (*most).min(LARGEST_WHOLE);
            vec![("type", text("integer")), ("minimum", number(*least)), ("maximum", number(most))]
        }
        Shape::Exact => vec![("type", text("number")), ("minimum", number(0))],
        Shape::Signed => of_type("number"),
        Shape::Date => {
            let year = if side == Side::Read { YEAR_READ } else { YEAR_WRITTEN };
            vec![("type", text("string")), ("format", text("date")), ("pattern", text(format!("^{year}-{MONTH_DAY}$")))]
        }
        Shape::Moment => {
            let year = if side == Side::Read { YEAR_READ } else { YEAR_WRITTEN };
            let pattern = format!("^{year}-{MONTH_DAY}T{CLOCK}(?:Z|[+-]{CLOCK})?$");
            vec![("type", text("string")), ("pattern", text(pattern))]
        }
        Shape::Bool => of_type("boolean"),
        Shape::Text => of_type("string"),
        Shape::List(item) => vec![("type", text("array")), ("items", Json::Object(keywords(item, side)))],
        Shape::Pair(item) => vec![
            ("type", text("array")),
            ("items", Json::Object(keywords(item, side))),
            ("minItems", number(2)),
            ("maxItems", number(2)),
        ],
        Shape::OrNull(shape) => {
            let either = vec![Json::Object(keywords(shape, side)), Json::Object(of_type("null"))];
            vec![("anyOf", Json::List(either))]
        }
        Shape::Values => {
            let either = Json::List(vec![text("number"), text("string")]);
            vec![("type", text("object")), ("additionalProperties", Json::Object(vec![("type", either)]))]
        }
    }
}

/// The largest whole number that a case may give.
const LARGEST_WHOLE: u64 = 9_999_999_999;
/// The least number above zero that a case may give.
const LEAST_ABOVE_ZERO: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

const YEAR_READ: &str = "(?:19|20|21)[0-9]{2}";
const YEAR_WRITTEN: &str = "[0-9]{4}";
const MONTH_DAY: &str =
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))";
const CLOCK: &str = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";

fn read_number(range: Range) -> Vec<(&'static str, Json)> {
    let mut out = of_type("number");
    match (range.above_zero, range.most) {
        (true, _) => out.push(("minimum", number(LEAST_ABOVE_ZERO))),
        (false, _) => {
            let zero = Json::Object(vec![("const", number(0))]);
            let more = Json::Object(vec![("minimum", number(LEAST_ABOVE_ZERO))]);
            out.push(("anyOf", Json::List(vec![zero, more])));
        }
    }
    match range.most {
        Some(most) => out.push(("maximum", number(most))),
        None => out.push(("exclusiveMaximum", number(LARGEST_WHOLE + 1))),
    }
    out
}

fn object(its: &Object, side: Side) -> Vec<(&'static str, Json)> {
    let property = |member: &Member| {
        let mut out = vec![("description", text(member.doc))];
        out.extend(keywords(&member.shape, side));
        (member.name, Json::Object(out))
    };
    let required = its.members.iter().filter(|member| member.required).map(|member| text(member.name)).collect();
    let mut out = of_type("object");
    out.push(("properties", Json::Object(its.members.iter().map(property).collect())));
    out.push(("required", Json::List(required)));
    out.push(("additionalProperties", Json::Bool(false)));
    if !its.either.is_empty() {
        out.push(("allOf", Json::List(its.either.iter().map(not_both).collect())));
    }
    if !its.limits.is_empty() {
        let limits = its.limits.iter().map(|limits| {
            let value = vec![("minimum", number(limits.least)), ("maximum", number(limits.most))];
            let unit = vec![("const", text(limits.unit))];
            let members = vec![("unit", Json::Object(unit)), ("value", Json::Object(value))];
            Json::Object(vec![("properties", Json::Object(members))])
        });
        out.push(("oneOf", Json::List(limits.collect())));
    }
    out
}

/// Two members that are not both given; `null` is not given.
fn not_both((one, other): &(&'static str, &'static str)) -> Json {
    let given = || Json::Object(vec![("not", Json::Object(of_type("null")))]);
    Json::Object(vec![(
        "not",
        Json::Object(vec![
            ("properties", Json::Object(vec![(*one, given()), (*other, given())])),
            ("required", Json::List(vec![text(*one), text(*other)])),
        ]),
    )])
}

const HEAD: &str = "// The types of the contract, version 1. Made from the engine's types; do not edit.\n";

/// Types as TypeScript declarations; those that are `known` come from the contract's own file.
pub(crate) fn declarations(head: &str, roots: &[Shape], known: &[Shape]) -> String {
    let mut out = head.to_owned();
    let (mut all, mut contract) = (Vec::new(), Vec::new());
    known.iter().for_each(|root| collect(root, &mut contract));
    roots.iter().for_each(|root| collect(root, &mut all));
    let (theirs, ours): (Vec<_>, Vec<_>) = all.into_iter().partition(|named| contract.contains(named));
    // Only what our own types name is imported, not what that is made of.
    let own_words: String = ours.iter().map(|(_, _, shape)| format!("{} ", members_typed(shape))).collect();
    let named: Vec<&str> = theirs.iter().map(|(name, _, _)| *name).collect();
    let named = named.into_iter().filter(|name| own_words.split(' ').any(|word| word == *name)).collect::<Vec<_>>();
    if !named.is_empty() {
        let _ = writeln!(out, "\nimport type {{ {} }} from \"./inotuzumab\";", named.join(", "));
    }
    for (name, doc, shape) in &ours {
        out.push('\n');
        comment(&mut out, "", &limits_in_words(doc, shape));
        // Writing to a String cannot fail.
        let _ = match shape {
            Shape::Object(object) => interface(&mut out, name, object),
            Shape::Words(words) => union(&mut out, name, words),
            other => writeln!(out, "export type {name} = {};", typed(other)),
        };
    }
    out
}

/// The types of its members, blanks between them.
fn members_typed(shape: &Shape) -> String {
    match shape {
        Shape::Object(object) => {
            let typed = |member: &Member| typed(&member.shape).replace("[]", "");
            object.members.iter().map(typed).collect::<Vec<_>>().join(" ")
        }
        other => typed(other),
    }
}

fn limits_in_words(doc: &str, shape: &Shape) -> String {
    let Shape::Object(object) = shape else {
        return doc.to_owned();
    };
    let limits = object.limits.iter().map(|its| format!("{} to {} {}", its.least, its.most, its.unit));
    let limits = limits.collect::<Vec<_>>().join(", ");
    let mut out = if limits.is_empty() { doc.to_owned() } else { format!("{doc} Accepted: {limits}.") };
    for (one, other) in &object.either {
        let _ = write!(out, " Give `{one}` or `{other}`, not both.");
    }
    out
}

fn comment(out: &mut String, indent: &str, doc: &str) {
    if !doc.is_empty() {
        let _ = writeln!(out, "{indent}/** {doc} */");
    }
}

fn interface(out: &mut String, name: &str, object: &Object) -> std::fmt::Result {
    writeln!(out, "export interface {name} {{")?;
    for member in &object.members {
        comment(out, "  ", member.doc);
        let absent = if member.required { "" } else { "?" };
        writeln!(out, "  {}{absent}: {};", member.name, typed(&member.shape))?;
    }
    writeln!(out, "}}")
}

fn union(out: &mut String, name: &str, words: &[Word]) -> std::fmt::Result {
    write!(out, "export type {name} =")?;
    for word in words {
        writeln!(out)?;
        let doc = word.doc.trim();
        write!(out, "  /** {doc} */\n  | \"{}\"", word.text)?;
    }
    writeln!(out, ";")
}

/// A shape where a type may stand.
fn typed(shape: &Shape) -> String {
    match shape {
        Shape::Named { name, .. } => (*name).to_owned(),
        Shape::Numbers(numbers) => numbers.iter().map(Decimal::to_string).collect::<Vec<_>>().join(" | "),
        Shape::Words(words) => words.iter().map(|word| format!("\"{}\"", word.text)).collect::<Vec<_>>().join(" | "),
        Shape::Version => "1".to_owned(),
        Shape::Number(_) | Shape::Whole(..) | Shape::Exact | Shape::Signed => "number".to_owned(),
        Shape::Date | Shape::Moment | Shape::Text => "string".to_owned(),
        Shape::Bool => "boolean".to_owned(),
        Shape::List(item) => format!("{}[]", typed(item)),
        Shape::Pair(item) => format!("[{0}, {0}]", typed(item)),
        Shape::OrNull(shape) => format!("{} | null", typed(shape)),
        Shape::Values => "{ [name: string]: number | string }".to_owned(),
        Shape::Object(_) => "object".to_owned(),
    }
}
