//! What this tab keeps over a reload, and nothing longer: closing the tab forgets it. Best effort: where the browser keeps
//! nothing, a reload begins anew.

use crate::walk::{sealed, unsealed};

/// The one key that is written. `docs/privacy.md` names it, and a test finds no other.
const KEY: &str = "inotuzumab-case";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// What was kept is not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

/// Keeps a text, with the time. Whether it could.
pub fn keep(text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(KEY, &sealed(now(), text)).is_ok())
}

/// The text kept, if that was less than so many minutes ago: a browser that brings a closed tab back brings this, too.
///
/// # Errors
///
/// Something happened to it.
pub fn kept(within_minutes: i64) -> Result<Option<String>, Damaged> {
    let Some(kept) = storage().and_then(|storage| storage.get_item(KEY).ok().flatten()) else { return Ok(None) };
    let (then, text) = unsealed(&kept).ok_or(Damaged)?;
    Ok((0..within_minutes * 60_000).contains(&(now() - then)).then(|| text.to_owned()))
}

/// Milliseconds since 1970.
#[allow(clippy::cast_possible_truncation)]
fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// Forgets it.
pub fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(KEY);
    }
}
