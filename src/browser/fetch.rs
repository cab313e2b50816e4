//! Fetching a data file from the page's own server.

use std::time::Duration;

use leptos::prelude::set_timeout;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::page;

/// How long to wait for a file before saying so.
const PATIENCE: Duration = Duration::from_secs(15);

/// Why there is no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// No answer, or none in time, or an error in its place.
    Unreachable,
    /// What came is not the file that this program was made with.
    Foreign,
}

/// FNV-1a: worked out while compiling for the file that the program is made with, and again for what arrives.
#[must_use]
pub const fn digest(mut bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    while let [first, rest @ ..] = bytes {
        hash = (hash ^ *first as u64).wrapping_mul(0x0000_0100_0000_01b3);
        bytes = rest;
    }
    hash
}

/// The JSON at `address`, if it is the file with this digest. `afresh` passes by whatever copy the browser keeps.
pub async fn json(address: &str, digest_of_file: u64, afresh: bool) -> Result<JsValue, Trouble> {
    // The digest in the address keeps a copy of another edition from being taken for this one.
    let bytes = match packed(address) {
        Some(bytes) => bytes,
        None => bytes(&format!("{address}?{digest_of_file:016x}"), afresh).await.ok_or(Trouble::Unreachable)?,
    };
    if digest(&bytes) != digest_of_file {
        return Err(Trouble::Foreign);
    }
    let text = String::from_utf8(bytes).map_err(|_| Trouble::Foreign)?;
    js_sys::JSON::parse(&text).map_err(|_| Trouble::Foreign)
}

/// A file that the page itself holds, when it is one file.
fn packed(address: &str) -> Option<Vec<u8>> {
    page::element(address)?.text_content().map(String::into_bytes)
}

async fn bytes(address: &str, afresh: bool) -> Option<Vec<u8>> {
    let request = web_sys::RequestInit::new();
    request.set_cache(if afresh { web_sys::RequestCache::Reload } else { web_sys::RequestCache::Default });
    let patience = web_sys::AbortController::new().ok()?;
    request.set_signal(Some(&patience.signal()));
    set_timeout(move || patience.abort(), PATIENCE);
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str_and_init(address, &request)).await.ok()?;
    let answer = answer.dyn_into::<web_sys::Response>().ok().filter(web_sys::Response::ok)?;
    let content = JsFuture::from(answer.array_buffer().ok()?).await.ok()?;
    Some(js_sys::Uint8Array::new(&content).to_vec())
}
