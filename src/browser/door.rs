//! What boot.js may call, and what happens when something breaks.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use crate::walk::local::Found;

thread_local! {
    /// What boot.js asked to be told when the program breaks.
    static ON_PANIC: RefCell<Option<js_sys::Function>> = const { RefCell::new(None) };
}

/// Which build of the page this is. Taken from the HTML, so that the page, its messages and its tests speak of one thing.
/// Any component reads it with `expect_context::<BuildId>()`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildId(pub String);

/// What was answered before the program was there.
#[derive(Clone, Debug, Default)]
pub struct Answered(pub Vec<String>);

/// Draws the aid into `element`, which must be empty and on the page.
///
/// `beside` is what lies in `config.json` beside the page: its text, `null` when there is no such file, `false` when it could not be read.
///
/// `answered` is what was answered on the first screen, each `name=text`.
///
/// `on_panic` is called once, without arguments, when the program breaks. From then on nothing the program drew may stay on
/// the screen: it must take the whole page away, because state that was being changed when the program broke is wrong.
#[wasm_bindgen]
pub fn mount(
    element: web_sys::HtmlElement,
    build: String,
    on_panic: js_sys::Function,
    beside: &JsValue,
    answered: Vec<String>,
) {
    let found = match (beside.as_string(), beside.as_bool()) {
        (Some(text), _) => Found::Text(text),
        (None, Some(_)) => Found::Unread,
        (None, None) => Found::Nothing,
    };
    ON_PANIC.set(Some(on_panic));
    std::panic::set_hook(Box::new(report_panic));
    leptos::mount::mount_to(element, move || {
        provide_context(BuildId(build));
        provide_context(found);
        provide_context(Answered(answered));
        crate::app::App()
    })
    .forget();
}

/// Breaks the program on purpose: the way to see that the page survives it. boot.js calls it when the address ends in
/// `#panic-test`, and nothing else does.
#[wasm_bindgen]
#[allow(clippy::panic)]
pub fn panic_test() {
    panic!("asked for with #panic-test");
}

/// The details go to the console, for whoever is called to look; the screen gets none of them, since a message may hold a
/// number that somebody could take for a dose.
fn report_panic(info: &std::panic::PanicHookInfo<'_>) {
    web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
    // try_: a second panic inside the hook would end the program before the page is replaced.
    let callback = ON_PANIC.try_with(|cell| cell.try_borrow_mut().ok().and_then(|mut slot| slot.take()));
    if let Ok(Some(callback)) = callback {
        let _ = callback.call0(&JsValue::NULL);
    }
}
