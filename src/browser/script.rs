//! The engine for scripts: a case as a JavaScript object in, its assessment as one out. What stands beside it, `aid.js` and
//! `aid.d.ts`, makes a module of it that needs no bundler.

use js_sys::{JSON, JsString, Reflect};
use wasm_bindgen::prelude::*;

use crate::engine::book::{RuleBook, Version};
use crate::engine::case::Profile;
use crate::engine::json::Node;
use crate::engine::{Assessment, Case, CaseError, Fault, schema};
use crate::interchange::{fhir, qr};

/// Assesses `case`, an object of the contract's shape.
///
/// Case and answer cross as text, which the browser writes and reads quicker than either is taken apart from here, and which
/// keeps one way of writing numbers.
///
/// # Errors
/// A JavaScript `Error` with the contract's `code` and `path` when the case is refused.
#[cfg_attr(not(feature = "page"), wasm_bindgen)]
pub fn assess(case: &JsValue) -> Result<JsValue, JsValue> {
    let answer = given(case).and_then(|case| crate::engine::assess(&case));
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

/// What a record's Bundle (FHIR R4, as text or as an object) holds of what a case asks for: each value, or why it is not to be taken.
///
/// # Errors
/// An `Error` with the code `no_record` and no path, when nothing of it can be read.
#[cfg_attr(not(feature = "page"), wasm_bindgen)]
pub fn record(bundle: &JsValue) -> Result<JsValue, JsValue> {
    let text = bundle.as_string().or_else(|| JSON::stringify(bundle).ok()?.as_string()).unwrap_or_default();
    let found = fhir::record::read(&text).map_err(|why| error("no_record", "", &why))?;
    JSON::parse(&found.to_json())
}

/// The Bundle (FHIR R4) that proposes the dose of a case, which is given as an object or as text.
///
/// # Errors
/// As [`assess`]; and an `Error` with the code `not_released` when the dose may not be given.
#[cfg_attr(not(feature = "page"), wasm_bindgen)]
pub fn proposal(case: &JsValue) -> Result<JsValue, JsValue> {
    let case = case.as_string().map_or_else(|| given(case), |text| Case::from_json(&text));
    let answer = case.and_then(|case| Ok((crate::engine::assess(&case)?, case)));
    let (found, case) = answer.map_err(|why| thrown(&why))?;
    let none = || error("not_released", "dose", "only a dose that may be given is proposed");
    JSON::parse(&fhir::proposal::write(&case, &found).ok_or_else(none)?)
}

/// The QR code of a text: the modules of a side, its quiet zone included, and the dark ones as the `d` of a path of SVG; `null` when the
/// text is too long for one.
///
/// # Errors
/// None: what the engine writes is JSON.
#[cfg_attr(not(feature = "page"), wasm_bindgen(js_name = "qr"))]
pub fn qr_code(text: &str) -> Result<JsValue, JsValue> {
    object(&qr::draw(text))
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

/// The case that a script gives.
fn given(case: &JsValue) -> Result<Case, CaseError> {
    written(case).map_or_else(|| lying(case), |text| Case::from_json(&text))
}

/// Assesses a case that is read where it lies.
///
/// # Errors
/// Why the case is refused.
pub fn member_by_member(case: &JsValue) -> Result<Assessment, CaseError> {
    crate::engine::assess(&lying(case)?)
}

fn lying(case: &JsValue) -> Result<Case, CaseError> {
    let node = Node::from_source(serde_wasm_bindgen::Deserializer::from(case.clone())).map_err(|why| CaseError {
        fault: Fault::NotJson,
        path: String::new(),
        message: format!("this is not JSON: {why}"),
    })?;
    Case::from_node(&node)
}

/// A refused case as scripts expect it: an `Error` with two members more.
fn thrown(refused: &CaseError) -> JsValue {
    error(refused.fault.code(), &refused.path, &refused.message)
}

fn error(code: &str, path: &str, message: &str) -> JsValue {
    let error: JsValue = js_sys::Error::new(message).into();
    for (name, value) in [("code", code), ("path", path)] {
        // Setting a member of an object made here does not fail.
        let _ = Reflect::set(&error, &name.into(), &value.into());
    }
    error
}
