//! The wasm in a browser, without the page around it: what boot.js relies on.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn document() -> web_sys::Document {
    web_sys::window().and_then(|window| window.document()).expect("a browser has a document")
}

/// An element on the page with the aid in it.
fn mounted(build: &str) -> web_sys::HtmlElement {
    let place: web_sys::HtmlElement = document().create_element("div").expect("a div").unchecked_into();
    document().body().expect("a body").append_child(&place).expect("the div is on the page");
    // The test before this one left its walk in the tab.
    inotuzumab::browser::tab::forget();
    inotuzumab::browser::mount(
        place.clone(),
        build.to_owned(),
        js_sys::Function::new_no_args(""),
        &wasm_bindgen::JsValue::NULL,
        Vec::new(),
    );
    place
}

#[wasm_bindgen_test]
fn mount_draws_into_the_element_it_is_given_and_nowhere_else() {
    let body = document().body().expect("a body");
    let before = body.child_element_count();
    let place = mounted("a build");
    assert!(place.child_element_count() > 0, "nothing was drawn");
    assert_eq!(body.child_element_count(), before + 1, "something was drawn beside the element");
    place.remove();
}

#[wasm_bindgen_test]
fn the_page_says_which_build_it_is() {
    let place = mounted("1.2.3-abcdef");
    assert!(place.outer_html().contains("1.2.3-abcdef"), "the build id is not on the page");
    place.remove();
}

/// A page and a frame, or two custom elements: each has a walk of its own.
#[wasm_bindgen_test]
fn two_aids_on_one_page_do_not_disturb_each_other() {
    let (one, two) = (mounted("one"), mounted("two"));
    one.remove();
    assert!(two.child_element_count() > 0, "the second went with the first");
    two.remove();
}
