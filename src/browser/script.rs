//! The engine for scripts: a case as a JavaScript object in, its assessment as one out. What stands beside it, `aid.js` and
//! `aid.d.ts`, makes a module of it that needs no bundler.

use js_sys::{JSON, JsString, Reflect};
use wasm_bindgen::prelude::*;

use crate::engine::book::{RuleBook, Version};
use crate::engine::case::Profile;
use crate::engine::json::Node;
use crate::engine::{Assessment, Case, CaseError, Fault, schema};

/// Assesses `case`, an object of the contract's shape.
///
/// Case and answer cross as text, which the browser writes and reads quicker than either is taken apart from here, and which
/// keeps one way of writing numbers.
///
/// # Errors
/// A JavaScript `Error` with the contract's `code` and `path` when the case is refused.
#[cfg_attr(not(feature = "page"), wasm_bindgen)]
pub fn assess(case: &JsValue) -> Result<JsValue, JsValue> {
    let answer = match written(case) {
        Some(text) => Case::from_json(&text).and_then(|case| crate::engine::assess(&case)),
        None => member_by_member(case),
    };
    object(&answer.map_err(|error| thrown(&error))?)
}

/// The rules of a label, `"us"` or `"eu"`.
///
/// # Errors
/// The same kind of `Error`, for any other.
#[cfg_attr(not(feature = "page"), wasm_bindgen)]
pub fn rules(profile: &JsValue) -> Result<JsValue, JsValue> {
    let known = profile.as_string().and_then(|word| Profile::from_word(&word));
    let unknown = || CaseError {
        fault: Fault::OutOfRange,
        path: "profile".to_owned(),
        message: "there are two labels: us, eu".to_owned(),
    };
    object(&RuleBook::of(known.ok_or_else(|| thrown(&unknown()))?))
}

/// The JSON Schemas of all that goes in and comes out, by name.
///
/// # Errors
/// None: what the engine writes is JSON.
#[cfg_attr(not(feature = "page"), wasm_bindgen(js_name = "schema"))]
pub fn schemas() -> Result<JsValue, JsValue> {
    JSON::parse(&schema::together())
}

/// Which engine and which rules these are.
///
/// # Errors
/// None: what the engine writes is JSON.
#[cfg_attr(not(feature = "page"), wasm_bindgen)]
pub fn version() -> Result<JsValue, JsValue> {
    object(&Version::THIS)
}

/// What the engine writes, as an object of JavaScript.
fn object(answer: &impl serde::Serialize) -> Result<JsValue, JsValue> {
    let text = serde_json::to_string(answer).map_err(|error| JsValue::from(JsError::new(&error.to_string())))?;
    JSON::parse(&text)
}

/// The case as text, where JSON says all of it. Where a `null` stands in it there may have been an infinity, which must be
/// refused; a whole number beyond the safe ones, or an object within itself, JavaScript does not write.
fn written(case: &JsValue) -> Option<String> {
    let text: JsString = JSON::stringify(case).ok()?;
    let text = text.as_string()?;
    (!text.contains("null")).then_some(text)
}

/// Assesses a case that is read where it lies.
///
/// # Errors
/// Why the case is refused.
pub fn member_by_member(case: &JsValue) -> Result<Assessment, CaseError> {
    let node = Node::from_source(serde_wasm_bindgen::Deserializer::from(case.clone())).map_err(|why| CaseError {
        fault: Fault::NotJson,
        path: String::new(),
        message: format!("this is not JSON: {why}"),
    })?;
    crate::engine::assess(&Case::from_node(&node)?)
}

/// A refused case as scripts expect it: an `Error` with two members more.
fn thrown(refused: &CaseError) -> JsValue {
    let error: JsValue = js_sys::Error::new(&refused.message).into();
    for (name, value) in [("code", refused.fault.code()), ("path", refused.path.as_str())] {
        // Setting a member of an object made here does not fail.
        let _ = Reflect::set(&error, &name.into(), &value.into());
    }
    error
}
