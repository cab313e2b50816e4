//! Files that the user hands over or takes away. Nothing is read or written unless asked.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, FilePropertyBag, HtmlAnchorElement, Url};

/// A course file is a few thousand characters; nothing much larger is read at all.
const AT_MOST: u32 = 200_000;
const JSON: &str = "application/json";
const CALENDAR: &str = "text/calendar";

/// Saves a text as a file of this name, the way a link to a download does. Whether it could be asked for.
pub fn save(name: &str, text: &str) -> bool {
    download(name, text).is_some()
}

/// What a file of this name holds, as a browser is told.
fn kind_of(name: &str) -> &'static str {
    if name.ends_with(".ics") { CALENDAR } else { JSON }
}

fn download(name: &str, text: &str) -> Option<()> {
    let kind = BlobPropertyBag::new();
    kind.set_type(kind_of(name));
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind).ok()?;
    let address = Url::create_object_url_with_blob(&blob).ok()?;
    let document = web_sys::window()?.document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // Long after the browser has taken it.
    leptos::prelude::set_timeout(
        move || {
            let _ = Url::revoke_object_url(&address);
        },
        std::time::Duration::from_secs(60),
    );
    Some(())
}

/// Puts a text on the clipboard. Whether it is there.
pub async fn copy(text: &str) -> bool {
    let ask = || -> Option<js_sys::Promise> {
        let clipboard = Reflect::get(&web_sys::window()?.navigator(), &"clipboard".into()).ok()?;
        let write: js_sys::Function = Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into().ok()?;
        write.call1(&clipboard, &text.into()).ok()?.dyn_into().ok()
    };
    match ask() {
        Some(asked) => JsFuture::from(asked).await.is_ok(),
        None => false,
    }
}

/// Whether this browser has a share sheet that takes files.
#[must_use]
pub fn can_share() -> bool {
    shareable("probe.json", "{}").is_some()
}

/// A share sheet that was asked for.
pub struct Sheet(js_sys::Promise);

impl Sheet {
    /// Whether it opened. A user who closes it without sharing has answered; everything else is the browser's refusal.
    pub async fn opened(self) -> bool {
        let Err(error) = JsFuture::from(self.0).await else { return true };
        Reflect::get(&error, &"name".into()).is_ok_and(|name| name == "AbortError")
    }
}

/// Asks for the share sheet with a file, at once: a browser opens it for the press of a button alone.
pub fn share(name: &str, text: &str) -> Option<Sheet> {
    let (navigator, data) = shareable(name, text)?;
    let share: js_sys::Function = Reflect::get(&navigator, &"share".into()).ok()?.dyn_into().ok()?;
    Some(Sheet(share.call1(&navigator, &data).ok()?.dyn_into().ok()?))
}

/// The browser and the file wrapped for its share sheet, if it says that it takes such a thing.
fn shareable(name: &str, text: &str) -> Option<(JsValue, JsValue)> {
    let navigator: JsValue = web_sys::window()?.navigator().into();
    let asks: js_sys::Function = Reflect::get(&navigator, &"canShare".into()).ok()?.dyn_into().ok()?;
    let kind = FilePropertyBag::new();
    kind.set_type(kind_of(name));
    let file = File::new_with_str_sequence_and_options(&Array::of1(&text.into()), name, &kind).ok()?;
    let data = js_sys::Object::new();
    Reflect::set(&data, &"files".into(), &Array::of1(&file)).ok()?;
    (asks.call1(&navigator, &data).ok()?.as_bool() == Some(true)).then(|| (navigator, data.into()))
}

/// A file of a choice or a drop, as text. `None` when there is none, or it is far too large or no text.
pub async fn text(file: File) -> Option<String> {
    text_up_to(file, AT_MOST).await
}

/// The same, where more may be read.
pub async fn text_up_to(file: File, at_most: u32) -> Option<String> {
    if file.size() > f64::from(at_most) {
        return None;
    }
    JsFuture::from(file.text()).await.ok()?.as_string()
}

/// Whether something dragged, and no file, goes into a box to be typed in: the browser puts it there.
#[must_use]
pub fn is_of_a_text_box(event: &web_sys::DragEvent) -> bool {
    // While something is still being dragged its kind is told, and no file.
    let files = event.data_transfer().is_some_and(|transfer| transfer.types().includes(&"Files".into(), 0));
    let over = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    !files && over.is_some_and(|over| over.type_() == "text")
}
