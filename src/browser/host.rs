//! The page around this one, when there is one: whether it asked for a part of a page, what it says, what it is told. Each best
//! effort: a frame may refuse any of them.

use js_sys::JSON;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, ResizeObserver};

use crate::interchange::policy::Theme;

/// What stands first behind `#` where a query would be lost on its way.
const BY_HASH: &str = "#embed";

/// Whether the page is to be a part of another: `?embed=1`, or `#embed` in front of what else stands there. The second becomes the first,
/// which a reload and every step of the walk leave alone.
#[must_use]
pub fn is_part() -> bool {
    let Some(window) = web_sys::window() else { return false };
    let location = window.location();
    let hash = location.hash().unwrap_or_default();
    let rest = hash.strip_prefix(BY_HASH).filter(|rest| rest.is_empty() || rest.starts_with('/'));
    if let Some(rest) = rest {
        let address = format!("?embed=1#{}", rest.trim_start_matches('/'));
        if let Ok(history) = window.history() {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
        }
        return true;
    }
    location.search().unwrap_or_default().trim_start_matches('?').split('&').any(|part| part == "embed=1")
}

/// The page around this one.
fn around() -> Option<web_sys::Window> {
    let window = web_sys::window()?;
    window.parent().ok().flatten().filter(|parent| !js_sys::Object::is(parent, &window))
}

/// Whether the user is in the page around this one, which keeps the focus then.
pub fn keeps_focus() -> bool {
    let here = || web_sys::window()?.document()?.has_focus().ok();
    around().is_some() && here() == Some(false)
}

/// Hears what the page around this one says for as long as the component lives: its origin, and the message as JSON. What comes from
/// elsewhere, from an origin that `heard` does not know, or cannot be written as JSON, is noted in the console and nothing else.
pub fn hear(heard: impl Fn(&str) -> bool + 'static, act: impl Fn(&str, &str) + 'static) {
    let handle = window_event_listener(ev::message, move |event: MessageEvent| {
        let from_around =
            around().zip(event.source()).is_some_and(|(around, source)| js_sys::Object::is(&around, &source));
        if !from_around {
            return note("it does not come from the page around this one");
        }
        let origin = event.origin();
        if !heard(&origin) {
            return note(&format!("the origin {origin} is not in config.json"));
        }
        // An infinite loop, a whole number beyond the safe ones: JavaScript itself refuses to write them.
        match JSON::stringify(&event.data()).ok().and_then(|text| text.as_string()) {
            Some(text) => act(&origin, &text),
            None => note("it is no JSON"),
        }
    });
    on_cleanup(move || handle.remove());
}

thread_local! {
    /// A page that floods this one does not fill the console.
    static NOTES: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}
/// Notes after which no more are written.
const MOST_NOTES: u32 = 50;

/// A line in the console about a message of which nothing came.
pub fn note(why: &str) {
    let count = NOTES.get().saturating_add(1);
    NOTES.set(count);
    if count <= MOST_NOTES {
        web_sys::console::info_1(&format!("inotuzumab: a message was ignored: {why}").into());
    }
}

/// Tells the page around this one, if it is of this origin, a message written as JSON.
pub fn tell(origin: &str, message: &str) {
    if let (Some(parent), Ok(message)) = (around(), JSON::parse(message)) {
        let _ = parent.post_message(&message, origin);
    }
}

/// Says how high the page is, now and whenever that changes.
pub fn watch_height(act: impl Fn(u32) + 'static) {
    let page = || web_sys::window()?.document()?.document_element();
    let look = Closure::<dyn Fn()>::new(move || {
        // Up: half a pixel too little is a scroll bar.
        let height = page().map(|page| format!("{}", page.get_bounding_client_rect().height().ceil()));
        if let Some(height) = height.and_then(|height| height.parse().ok()) {
            act(height);
        }
    });
    let Some(page) = page() else { return };
    if let Ok(observer) = ResizeObserver::new(look.as_ref().unchecked_ref()) {
        observer.observe(&page);
        // It ends with the page.
        look.forget();
    }
}

/// Light, dark, or as the device is set.
pub fn show_in(theme: Theme) {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = match theme {
            Theme::Auto => root.remove_attribute("data-theme"),
            Theme::Light | Theme::Dark => root.set_attribute("data-theme", theme.word()),
        };
    }
}
