//! The window the page lives in: its address behind `#`, its focus, its printer. Each best effort: a frame may refuse any of them.

use wasm_bindgen::JsCast;

/// What stands behind `#` in the address.
#[must_use]
pub fn hash() -> Option<String> {
    web_sys::window()?.location().hash().ok()
}

/// Writes it, which adds a step to the history. Whether it could.
pub fn set_hash(hash: &str) -> bool {
    web_sys::window().is_some_and(|window| window.location().set_hash(hash).is_ok())
}

/// The element with this id.
#[must_use]
pub fn element(id: &str) -> Option<web_sys::Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

/// What stands in the box with this id.
#[must_use]
pub fn value(id: &str) -> Option<String> {
    js_sys::Reflect::get(&wasm_bindgen::JsValue::from(element(id)?), &"value".into()).ok()?.as_string()
}

/// Writes into the box with this id. Whether it is there.
pub fn set_value(id: &str, text: &str) -> bool {
    element(id).is_some_and(|element| js_sys::Reflect::set(&element, &"value".into(), &text.into()).is_ok())
}

/// Moves the focus to the element with this id, or to the first box of a group with this id, and brings it into view with its
/// label or the entry it heads. Whether it is there. A user who is in the page around this one is left there.
pub fn focus(id: &str) -> bool {
    let Some(element) =
        web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(id))
    else {
        return false;
    };
    // What is folded away can take no focus.
    while let Some(folded) = element.closest("details:not([open])").ok().flatten() {
        if folded.set_attribute("open", "").is_err() {
            return false;
        }
    }
    if super::host::keeps_focus() {
        return true;
    }
    if let Some(whole) = element.closest(".field, .choice-field, .book-entry").ok().flatten() {
        whole.scroll_into_view();
    }
    let first = if element.tag_name() == "FIELDSET" { element.query_selector("input").ok().flatten() } else { None };
    let target = first.unwrap_or(element).dyn_into::<web_sys::HtmlElement>();
    target.is_ok_and(|target| target.focus().is_ok())
}

/// Brings the element with this id into view with the least movement, in the middle of a row that scrolls sideways.
pub fn reveal(id: &str) {
    let element =
        web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        options.set_inline(web_sys::ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Brings the element with this id to the middle of the bar that it stands in, should that scroll sideways. The page itself stays
/// where it is: what is typed into may be under a keyboard that just opened.
pub fn center(id: &str) {
    let element =
        web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(id));
    let bar = element.as_ref().and_then(|element| element.closest("nav").ok().flatten());
    if let (Some(element), Some(bar)) = (element, bar) {
        let middle = |element: &web_sys::Element| {
            let place = element.get_bounding_client_rect();
            place.left() + place.width() / 2.0
        };
        bar.set_scroll_left(bar.scroll_left().saturating_add((middle(&element) - middle(&bar)) as i32));
    }
}

/// Folds what can be opened and is. Whether it was.
pub fn close(id: &str) -> bool {
    let element =
        web_sys::window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(id));
    element
        .filter(|element| element.has_attribute("open"))
        .is_some_and(|element| element.remove_attribute("open").is_ok())
}

/// Puts what is in view in front of the name of the page, for whoever hears the title or looks for the tab.
pub fn set_title(what: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(&format!("{what} – Inotuzumab ozogamicin: dosing aid"));
    }
}

/// Scrolls to the top.
pub fn to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Opens the print dialog. Whether it could be asked for.
pub fn print() -> bool {
    web_sys::window().is_some_and(|window| window.print().is_ok())
}
