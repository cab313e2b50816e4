//! The engine for scripts: a case as a JavaScript object in, its assessment as one out.

use js_sys::{JSON, Reflect};
use wasm_bindgen::prelude::*;

use crate::engine::json::Node;
use crate::engine::{Case, CaseError, Fault};

/// Assesses `case`, an object of the contract's shape.
///
/// The case is read where it lies. The answer is written as text and read by the browser, which is quicker than building it
/// member by member from here, and keeps one way of writing numbers.
///
/// # Errors
/// A JavaScript `Error` with the contract's `code` and `path` when the case is refused.
pub fn assess(case: &JsValue) -> Result<JsValue, JsValue> {
    let node = Node::from_source(serde_wasm_bindgen::Deserializer::from(case.clone())).map_err(|why| {
        let message = format!("this is not JSON: {why}");
        thrown(&CaseError { fault: Fault::NotJson, path: String::new(), message })
    })?;
    let answer =
        Case::from_node(&node).and_then(|case| crate::engine::assess(&case)).map_err(|error| thrown(&error))?;
    let text = serde_json::to_string(&answer).map_err(|error| JsError::new(&error.to_string()))?;
    JSON::parse(&text)
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
