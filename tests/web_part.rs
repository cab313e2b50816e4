//! What the page is built of, in a real browser: what changes changes in place, and nothing else does.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, missing_docs)]

use std::cell::RefCell;
use std::rc::Rc;

use inotuzumab::app::components::part::html::{b, button, div, input, li, p, ul};
use inotuzumab::app::components::part::svg::{path, svg};
use inotuzumab::app::components::part::{Inside, Listed};
use leptos::ev;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

/// Something drawn in an element of its own; gone when dropped.
struct Drawn {
    root: HtmlElement,
    handle: Option<Box<dyn std::any::Any>>,
}

impl Drop for Drawn {
    fn drop(&mut self) {
        self.handle.take();
        self.root.remove();
    }
}

impl Drawn {
    async fn new<V: Inside>(what: impl FnOnce() -> V + 'static) -> Self {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let handle: UnmountHandle<_> = mount_to(root.clone(), move || what().view());
        settle().await;
        Self { root, handle: Some(Box::new(handle)) }
    }

    fn one(&self, css: &str) -> Element {
        self.root.query_selector(css).unwrap().unwrap()
    }

    fn html(&self) -> String {
        self.root.inner_html().replace("<!---->", "")
    }
}

async fn settle() {
    for _ in 0..3 {
        leptos::task::tick().await;
    }
}

#[wasm_bindgen_test]
async fn attributes_are_there_or_not_and_follow_what_they_are_read_from() {
    let on = RwSignal::new(false);
    let drawn = Drawn::new(move || {
        div()
            .class("box")
            .class(("lit", move || on.get()))
            .id("place")
            .attr("hidden", move || on.get())
            .attr("title", move || on.get().then_some("on"))
            .attr("data-open", move || on.get().to_string())
            .child(("It is ", move || if on.get() { "on" } else { "off" }, "."))
    })
    .await;
    assert_eq!(drawn.html(), r#"<div class="box" id="place" data-open="false">It is off.</div>"#);
    on.set(true);
    settle().await;
    let lit = r#"<div class="box lit" id="place" data-open="true" hidden="" title="on">It is on.</div>"#;
    assert_eq!(drawn.html(), lit);
    on.set(false);
    settle().await;
    assert_eq!(drawn.html(), r#"<div class="box" id="place" data-open="false">It is off.</div>"#);
}

/// What is drawn anew at the same place stays the same element: it keeps the focus, and what was typed into it.
#[wasm_bindgen_test]
async fn what_is_alike_is_changed_in_place() {
    let round = RwSignal::new(1);
    let heard = Rc::new(RefCell::new(Vec::new()));
    let hears = send_wrapper::SendWrapper::new(Rc::clone(&heard));
    let drawn = Drawn::new(move || {
        move || {
            let (now, hears) = (round.get(), hears.clone());
            div().attr("data-round", now.to_string()).child((
                input().id("typed").attr("value", "first"),
                button().id("press").on(ev::click, move |_| hears.borrow_mut().push(now)).child(format!("Round {now}")),
            ))
        }
    })
    .await;
    let (typed, press) = (drawn.one("#typed"), drawn.one("#press").unchecked_into::<HtmlElement>());
    typed.unchecked_ref::<HtmlInputElement>().set_value("typed here");
    typed.unchecked_ref::<HtmlElement>().focus().unwrap();
    press.click();
    round.set(2);
    settle().await;
    assert!(typed.is_same_node(Some(&drawn.one("#typed"))), "the box is another");
    assert_eq!(typed.unchecked_ref::<HtmlInputElement>().value(), "typed here");
    assert!(document().active_element().unwrap().is_same_node(Some(&typed)), "the focus is lost");
    assert!(press.is_same_node(Some(&drawn.one("#press"))), "the button is another");
    assert_eq!(
        (press.inner_text(), drawn.one("[data-round]").get_attribute("data-round")),
        ("Round 2".to_owned(), Some("2".to_owned()))
    );
    // One listener, and the one of now.
    press.click();
    assert_eq!(*heard.borrow(), [1, 2]);
}

#[wasm_bindgen_test]
async fn what_is_not_alike_is_another_element_at_the_same_place() {
    let what = RwSignal::new("p");
    let drawn = Drawn::new(move || {
        let middle = move || match what.get() {
            "p" => p().child("a paragraph"),
            "b" => b().child("a word"),
            _ => p().class("with").child("a paragraph with a class"),
        };
        ("before ", middle, " behind")
    })
    .await;
    assert_eq!(drawn.html(), "before <p>a paragraph</p> behind");
    what.set("b");
    settle().await;
    assert_eq!(drawn.html(), "before <b>a word</b> behind");
    what.set("p.with");
    settle().await;
    assert_eq!(drawn.html(), r#"before <p class="with">a paragraph with a class</p> behind"#);
    what.set("p");
    settle().await;
    assert_eq!(drawn.html(), "before <p>a paragraph</p> behind");
}

/// What is not there has a place all the same: its neighbors are not taken for it.
#[wasm_bindgen_test]
async fn lists_grow_and_shrink_and_nothing_moves_into_the_place_of_what_is_not_there() {
    let lines = RwSignal::new(vec!["a", "b"]);
    let first = RwSignal::new(true);
    let drawn = Drawn::new(move || {
        let all = move || {
            let lines = lines.get().into_iter().map(|line| li().child(line)).listed();
            (first.get().then(|| li().child("first")), lines, li().id("last").child("last"))
        };
        ul().child(all)
    })
    .await;
    let last = drawn.one("#last");
    for (there, now, expected) in [
        (false, vec!["a"], "alast"),
        (false, vec![], "last"),
        (true, vec!["c", "d", "e"], "firstcdelast"),
        (true, vec!["c"], "firstclast"),
    ] {
        first.set(there);
        lines.set(now);
        settle().await;
        assert_eq!(drawn.root.text_content().unwrap(), expected);
        assert!(last.is_same_node(Some(&drawn.one("#last"))), "the last line is another");
    }
}

/// A property that the user may change, too, is set only where what it is read from has changed.
#[wasm_bindgen_test]
async fn a_property_is_set_when_it_changes_and_not_before() {
    let (chosen, other) = (RwSignal::new(false), RwSignal::new(0));
    let drawn = Drawn::new(move || {
        move || {
            other.get();
            input().attr("type", "checkbox").prop("checked", move || chosen.get())
        }
    })
    .await;
    let tick = drawn.one("input").unchecked_into::<HtmlInputElement>();
    tick.set_checked(true);
    other.set(1);
    settle().await;
    assert!(tick.checked(), "drawn anew, the page took back what the user did");
    chosen.set(true);
    settle().await;
    chosen.set(false);
    settle().await;
    assert!(!tick.checked());
}

#[wasm_bindgen_test]
async fn a_class_that_is_drawn_anew_keeps_its_single_words() {
    let round = RwSignal::new(1);
    let drawn = Drawn::new(move || {
        move || p().class(format!("round-{}", round.get())).class(("lit", || true)).class(("dark", || false))
    })
    .await;
    assert_eq!(drawn.one("p").class_name(), "round-1 lit");
    round.set(2);
    settle().await;
    assert_eq!(drawn.one("p").class_name(), "round-2 lit");
}

#[wasm_bindgen_test]
async fn a_drawing_is_in_the_namespace_of_drawings() {
    let drawn = Drawn::new(|| svg().attr("viewBox", "0 0 1 1").child(path().attr("d", "M0 0h1"))).await;
    for css in ["svg", "path"] {
        assert_eq!(drawn.one(css).namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"));
    }
    assert!(drawn.one("svg").has_attribute("viewBox"));
}
