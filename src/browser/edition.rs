//! What boot.js knows of the copy on this device and of newer builds. It speaks through events of the window, so that a page
//! without a worker, or with none of this, is the same page.

use js_sys::{Array, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::engine::calendar::Date;
use crate::walk::edition::{Kept, Offer};

/// A piece of news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Whether this device keeps the aid.
    Kept(Kept),
    /// A newer build waits.
    Offer(Offer),
    /// Another tab went on to a newer build.
    Taken,
}

/// Hears news for as long as the component lives.
pub fn hear(act: impl Fn(News) + 'static) {
    let handle = window_event_listener_untyped("aid-edition", move |event| {
        if let Some(news) = get(&event, "detail").as_ref().and_then(read) {
            act(news);
        }
    });
    on_cleanup(move || handle.remove());
}

/// Goes on to the newer build: every page of this address follows, each when its user says so.
pub fn go_on() {
    send("aid-update");
}

/// Looks whether there is a newer build.
pub fn look() {
    send("aid-look");
}

/// When this page was made.
#[must_use]
pub fn released() -> Option<Date> {
    let document = web_sys::window()?.document()?;
    Date::read(&document.query_selector("meta[name=released]").ok()??.get_attribute("content")?)
}

fn send(name: &str) {
    if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new(name)) {
        let _ = window.dispatch_event(&event);
    }
}

fn get(object: &JsValue, member: &str) -> Option<JsValue> {
    Reflect::get(object, &member.into()).ok().filter(|value| !value.is_undefined())
}

fn read(news: &JsValue) -> Option<News> {
    if let Some(kept) = get(news, "kept").and_then(|kept| kept.as_string()) {
        return Some(News::Kept(match kept.as_str() {
            "whole" => Kept::Whole,
            "full" => Kept::Full,
            "never" => Kept::Never,
            "cleared" => Kept::Cleared,
            _ => Kept::Failed,
        }));
    }
    if let Some(offer) = get(news, "offer") {
        let changes = get(&offer, "changes").map(|changes| Array::from(&changes)).unwrap_or_default();
        let changes = changes.iter().filter_map(|change| change.as_string()).collect();
        return Some(News::Offer(Offer { rules: get(&offer, "rules")?.as_string()?, changes }));
    }
    get(news, "taken").map(|_| News::Taken)
}
