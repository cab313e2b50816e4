//! The camera, where the browser has one and can read QR codes itself. No picture leaves the device, none is kept, and the
//! camera is let go as soon as it is not looked through.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Whether this browser has a camera to ask for and reads QR codes.
#[must_use]
pub fn is_there() -> bool {
    reader().is_some() && devices().is_some()
}

/// The class that reads codes.
fn reader() -> Option<Function> {
    Reflect::get(&JsValue::from(web_sys::window()?), &"BarcodeDetector".into()).ok()?.dyn_into().ok()
}

/// What to ask for a camera, and how.
fn devices() -> Option<(JsValue, Function)> {
    let devices = Reflect::get(&web_sys::window()?.navigator(), &"mediaDevices".into()).ok()?;
    let ask = Reflect::get(&devices, &"getUserMedia".into()).ok()?.dyn_into().ok()?;
    Some((devices, ask))
}

fn method(of: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}

async fn answer(promise: JsValue) -> Option<JsValue> {
    JsFuture::from(promise.dyn_into::<Promise>().ok()?).await.ok()
}

/// An open camera. It is let go when this is dropped.
pub struct Camera {
    stream: JsValue,
    reader: JsValue,
}

impl Drop for Camera {
    fn drop(&mut self) {
        let tracks = method(&self.stream, "getTracks").and_then(|get| get.call0(&self.stream).ok());
        for track in tracks.map(|tracks| Array::from(&tracks).to_vec()).unwrap_or_default() {
            if let Some(stop) = method(&track, "stop") {
                let _ = stop.call0(&track);
            }
        }
    }
}

impl Camera {
    /// Opens the camera that looks away from the user. The browser asks the user; `None` when the answer is no.
    pub async fn open() -> Option<Self> {
        let object = |name: &str, value: &JsValue| {
            let object = Object::new();
            Reflect::set(&object, &name.into(), value).ok().map(|_| JsValue::from(object))
        };
        let reader =
            Reflect::construct(&reader()?, &Array::of1(&object("formats", &Array::of1(&"qr_code".into()))?)).ok()?;
        let (devices, ask) = devices()?;
        let wanted = object("video", &object("facingMode", &"environment".into())?)?;
        let stream = answer(ask.call1(&devices, &wanted).ok()?).await?;
        Some(Self { stream, reader })
    }

    /// Shows what it sees in a `video` element.
    pub fn show_in(&self, video: &JsValue) {
        let _ = Reflect::set(video, &"srcObject".into(), &self.stream);
        if let Some(playing) = method(video, "play").and_then(|play| play.call0(video).ok()) {
            // A browser that does not play yet is asked again with the next look.
            wasm_bindgen_futures::spawn_local(async move {
                let _ = answer(playing).await;
            });
        }
    }

    /// Asks for the codes in what the `video` element shows now; [`seen`] waits for the answer.
    #[must_use]
    pub fn look(&self, video: &JsValue) -> Option<JsValue> {
        method(&self.reader, "detect")?.call1(&self.reader, video).ok()
    }
}

/// The text of the first code in the answer to [`Camera::look`].
pub async fn seen(asked: JsValue) -> Option<String> {
    let codes = answer(asked).await?;
    let first = Array::is_array(&codes).then(|| Array::from(&codes).get(0))?;
    Reflect::get(&first, &"rawValue".into()).ok()?.as_string()
}

/// Lets some time pass.
pub async fn pause(milliseconds: i32) {
    let wait = Promise::new(&mut |done, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&done, milliseconds);
        }
    });
    let _ = JsFuture::from(wait).await;
}
