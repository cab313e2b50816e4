//! JSON as it was written: numbers as text, members in order, a member given twice refused.
//!
//! `serde` alone would stop at the first fault it meets; the contract ranks faults over the whole document, so the text is
//! first read into this tree and then judged by [`super::reading`].

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

/// Deepest nesting that still counts as JSON.
const DEEPEST: u8 = 64;
/// Members of an object up to which a name is looked for one by one.
const SEARCHED: usize = 64;
/// The key under which `serde_json` hands over and takes a number's text (its `arbitrary_precision`).
pub(crate) const NUMBER_TEXT: &str = "$serde_json::private::Number";

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Node<'a> {
    /// `null`, or JavaScript's `undefined`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as its text.
    Number(Cow<'a, str>),
    /// A string.
    Text(Cow<'a, str>),
    /// An array.
    Array(Vec<Node<'a>>),
    /// An object, its members in the order written.
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// The member of an object with this name, unless it is `null`.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().find(|(known, _)| known == name).map(|(_, node)| node).filter(|node| **node != Self::Null)
    }

    /// The items of an array; none of anything else.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        if let Self::Array(items) = self { items } else { &[] }
    }

    /// The items of the array that is this member.
    #[must_use]
    pub fn all(&self, name: &str) -> &[Self] {
        self.member(name).map_or(&[], Self::items)
    }

    /// The text that is this member.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        if let Some(Self::Text(text)) = self.member(name) { Some(text) } else { None }
    }

    /// Reads one JSON document.
    ///
    /// # Errors
    /// Where the text is not JSON by the contract's reading, says so in the parser's words.
    pub fn parse(text: &'a str) -> Result<Self, String> {
        let mut source = serde_json::Deserializer::from_str(text);
        let node = Depth(0).deserialize(&mut source).and_then(|node| source.end().map(|()| node));
        node.map_err(|error| error.to_string())
    }

    /// Reads any serde source, such as a JavaScript object.
    ///
    /// # Errors
    /// Where the source holds what JSON cannot say (a function, an infinity), nests too deep or repeats a member.
    pub fn from_source<D: Deserializer<'a>>(source: D) -> Result<Self, D::Error> {
        Depth(0).deserialize(source)
    }
}

/// How many containers stand around the value that comes next.
#[derive(Clone, Copy)]
struct Depth(u8);

impl Depth {
    fn inside<E: Error>(self) -> Result<Self, E> {
        if self.0 < DEEPEST { Ok(Self(self.0 + 1)) } else { Err(E::custom("nested deeper than 64")) }
    }
}

impl<'de> DeserializeSeed<'de> for Depth {
    type Value = Node<'de>;
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Node<'de>, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Depth {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }
    fn visit_none<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, source: D) -> Result<Node<'de>, D::Error> {
        self.deserialize(source)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value.to_string().into()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value.to_string().into()))
    }
    /// JavaScript's numbers: the shortest text that names the same one. No arithmetic is done on it.
    fn visit_f64<E: Error>(self, value: f64) -> Result<Node<'de>, E> {
        if value.is_finite() {
            Ok(Node::Number(value.to_string().into()))
        } else {
            Err(E::custom("not a finite number"))
        }
    }
    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(value.into()))
    }
    fn visit_str<E>(self, value: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(value.to_owned().into()))
    }
    fn visit_string<E>(self, value: String) -> Result<Node<'de>, E> {
        Ok(Node::Text(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut source: A) -> Result<Node<'de>, A::Error> {
        let inside = self.inside()?;
        let mut items = Vec::new();
        while let Some(item) = source.next_element_seed(inside)? {
            items.push(item);
        }
        Ok(Node::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut source: A) -> Result<Node<'de>, A::Error> {
        let mut next = source.next_key_seed(Name)?;
        if next.as_deref() == Some(NUMBER_TEXT) {
            return Ok(Node::Number(source.next_value::<NumberText>()?.0.into()));
        }
        let inside = self.inside()?;
        // Few objects of a case have more members.
        let mut members: Vec<(Cow<'de, str>, Node<'de>)> = Vec::with_capacity(8);
        let mut many = BTreeSet::new();
        while let Some(name) = next {
            // Looking through the list is quicker, unless somebody sends a very long one.
            let twice = if members.len() < SEARCHED {
                members.iter().any(|(known, _)| *known == name)
            } else {
                if many.is_empty() {
                    many.extend(members.iter().map(|(known, _)| known.clone()));
                }
                !many.insert(name.clone())
            };
            if twice {
                return Err(A::Error::custom(format_args!("member {name:?} is given twice")));
            }
            members.push((name, source.next_value_seed(inside)?));
            next = source.next_key_seed(Name)?;
        }
        Ok(Node::Object(members))
    }
}

/// The name of a member. It is asked for as a text: what asks a JavaScript value for anything tries four other types first.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;
    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Cow<'de, str>, D::Error> {
        source.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }
    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(value.into())
    }
    fn visit_str<E>(self, value: &str) -> Result<Cow<'de, str>, E> {
        Ok(value.to_owned().into())
    }
    fn visit_string<E>(self, value: String) -> Result<Cow<'de, str>, E> {
        Ok(value.into())
    }
}

/// The text of a number. `serde_json` hands it over as an owned text, and no text of a document that way; so an object that
/// names its member [`NUMBER_TEXT`] does not pass for a number.
struct NumberText(String);

impl<'de> Deserialize<'de> for NumberText {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct Owned;
        impl Visitor<'_> for Owned {
            type Value = NumberText;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("another member name, this one is reserved")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<NumberText, E> {
                Err(E::invalid_value(Unexpected::Str(text), &self))
            }
            fn visit_string<E>(self, text: String) -> Result<NumberText, E> {
                Ok(NumberText(text))
            }
        }
        source.deserialize_any(Owned)
    }
}
