//! The way to the pages from anywhere: the boxed warning itself, and one quiet menu.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::to;
use crate::app::components::part::html::details;
use crate::app::components::part::{part, said};
use crate::browser::page;
use crate::walk::Page;

/// What stands in the bar.
pub fn menu() -> AnyView {
    // On the opener itself the browser does what is right; anywhere else, a link of the menu included, it closes.
    let elsewhere = window_event_listener(ev::click, |event| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if target.is_none_or(|target| target.id() != OPENER) {
            page::close(MENU);
        }
    });
    on_cleanup(move || elsewhere.remove());
    let escape = |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && page::close(MENU) {
            page::focus(OPENER);
        }
    };
    let mut list = part("ul");
    for page in Page::ALL {
        list = list.child(part("li").child(to(page)));
    }
    let reference = part("nav").with("aria-label", "Reference".to_owned()).child(list).view();
    let opener = said("summary", "Reference".to_owned()).with("id", OPENER.to_owned()).view();
    part("div")
        .class("bar-reading")
        .child(to(Page::Warning).class("bar-link"))
        .child(details().id(MENU).class("menu").on(ev::keydown, escape).child(vec![opener, reference]))
        .view()
}

const MENU: &str = "menu";
const OPENER: &str = "menu-opener";
