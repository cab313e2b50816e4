//! What this tab keeps over a reload, and nothing longer: closing the tab forgets it. Best effort: where the browser keeps
//! nothing, a reload begins anew.

/// The one key that is written. `docs/privacy.md` names it, and a test finds no other.
const KEY: &str = "inotuzumab-case";

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// Keeps a text, with the time. Whether it could.
pub fn keep(text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(KEY, &format!("{}|{text}", js_sys::Date::now())).is_ok())
}

/// The text kept, if that was less than so many minutes ago: a browser that brings a closed tab back brings this, too.
#[must_use]
pub fn kept(within_minutes: f64) -> Option<String> {
    let kept = storage()?.get_item(KEY).ok().flatten()?;
    let (then, text) = kept.split_once('|')?;
    let minutes = (js_sys::Date::now() - then.parse::<f64>().ok()?) / 60_000.0;
    (0.0..within_minutes).contains(&minutes).then(|| text.to_owned())
}

/// Forgets it.
pub fn forget() {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(KEY);
    }
}
