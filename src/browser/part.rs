//! The engine for scripts, as the page uses it itself: for what is loaded only when it is used. It is another program in another
//! memory, so what a foreign text may do to it is not done to the page.

use js_sys::{Function, JSON, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::engine::assessment::ENGINE;
use crate::engine::labels::RULES;
use crate::interchange::qr::Drawing;

/// Why there is no answer, in a sentence.
const MISSING: &str = "The part of the aid that does this could not be loaded. It needs the server, or a page that is kept on this \
                       device.";
const FOREIGN: &str = "The part of the aid that does this is of another build. Load the page again.";

/// Asks a function of the module with one argument; the answer is JSON.
///
/// # Errors
/// Why there is none, in a sentence.
pub async fn ask(function: &str, argument: &str) -> Result<String, String> {
    let text = JSON::stringify(&call(function, argument).await?).ok().and_then(|text| text.as_string());
    text.ok_or_else(|| FOREIGN.to_owned())
}

/// Asks for the QR code of a text; `None` when it is too long for one.
///
/// # Errors
/// Why there is none, in a sentence.
pub async fn qr(text: &str) -> Result<Option<Drawing>, String> {
    let code = call("qr", text).await?;
    if code.is_null() {
        return Ok(None);
    }
    let read = || Some(Drawing { side: get(&code, "side")?.as_f64()? as i32, path: get(&code, "path")?.as_string()? });
    read().map(Some).ok_or_else(|| FOREIGN.to_owned())
}

async fn call(function: &str, argument: &str) -> Result<JsValue, String> {
    let module = module().await.ok_or(MISSING)?;
    if !is_ours(&module) {
        return Err(FOREIGN.to_owned());
    }
    let function: Function = get(&module, function).and_then(|it| it.dyn_into().ok()).ok_or(FOREIGN)?;
    function.call1(&JsValue::NULL, &argument.into()).map_err(|error| {
        get(&error, "message").and_then(|message| message.as_string()).unwrap_or_else(|| MISSING.to_owned())
    })
}

async fn module() -> Option<JsValue> {
    let load: Function = get(&js_sys::global(), "aidPart")?.dyn_into().ok()?;
    let loading: Promise = load.call0(&JsValue::NULL).ok()?.dyn_into().ok()?;
    JsFuture::from(loading).await.ok()
}

/// Whether it is of this build: the file's own name does not say so.
fn is_ours(module: &JsValue) -> bool {
    let version = get(module, "version").and_then(|it| it.dyn_into::<Function>().ok()?.call0(&JsValue::NULL).ok());
    let says = |name: &str| version.as_ref().and_then(|version| get(version, name)?.as_string());
    says("engine").as_deref() == Some(ENGINE) && says("rules").as_deref() == Some(RULES)
}

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok()
}
