//! The first entry for another device: a QR code, the same as letters, or a file.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{changing, pressed, section};
use crate::app::components::part::svg::{path, rect, svg};
use crate::app::components::part::{part as element, said};
use crate::browser::{files, page, part};
use crate::engine::Case;
use crate::interchange::{Fingerprint, parcel, qr};
use crate::walk::file;

/// Pixels of a module, where there is room: a phone a hand's breadth away sees it.
const PIXELS: i32 = 6;

/// Id of the place where it is drawn.
const DRAWN: &str = "qr-code";

/// What is done where no QR code can be drawn.
const INSTEAD: &str = "Copy the code, or save the file.";

/// Its drawing, from the part of the aid that is loaded when it is first used.
async fn qr_of(code: &str) -> Result<qr::Drawing, String> {
    part::qr(code).await?.ok_or_else(|| "This case is too long for a QR code.".to_owned())
}

/// The section.
pub fn send(case: Case) -> AnyView {
    let fingerprint = Fingerprint::of(&case).to_string();
    let code = parcel::write(&case);
    let told = RwSignal::new(String::new());
    let copied = code.clone();
    let copy = pressed("Copy the code", "quiet-button", move || {
        let code = copied.clone();
        spawn_local(async move {
            let done = files::copy(&code).await;
            let words = if done {
                "The code is copied."
            } else {
                "This browser did not copy it: mark the letters and copy them."
            };
            let _ = told.try_set(words.to_owned());
        });
    });
    let save = pressed("Save it as a file", "quiet-button", move || {
        let done = files::save(&file::name(&case), &file::write(&case));
        told.set(
            if done { "The file is saved on this device." } else { "This browser did not let the file be saved." }
                .to_owned(),
        );
    });
    let drawing = RwSignal::new(None);
    let text = code.clone();
    let ask = move || {
        drawing.set(None);
        let text = text.clone();
        spawn_local(async move {
            let _ = drawing.try_set(Some(qr_of(&text).await));
        });
    };
    ask();
    let drawn = move || match drawing.get() {
        Some(Ok(code)) => draw(code),
        Some(Err(why)) => {
            let ask = ask.clone();
            // The button goes; the focus stays here.
            let again = pressed("Try again", "quiet-button", move || {
                ask();
                page::focus(DRAWN);
            });
            element("div").child((said("p", format!("{why} {INSTEAD}")), again)).view()
        }
        None => said("p", "The QR code is on its way.".to_owned()).class("quiet").view(),
    };
    let hint = "Open this page on the other device and read the code there: with its camera, pasted or typed. It works without a \
                network. It holds the answers, the age in place of the birth date, and no name.";
    let letters = said("code", parcel::grouped(&code))
        .class("code")
        .with("translate", "no".to_owned())
        .with("data-testid", "code".to_owned());
    section("On another device")
        .child(said("p", hint.to_owned()).class("hint"))
        .child(
            element("p")
                .child("Fingerprint ")
                .child(said("strong", fingerprint).class("whole").with("data-testid", "fingerprint".to_owned()))
                .child(". The other device must show the same."),
        )
        .child(element("div").with("id", DRAWN.to_owned()).with("tabindex", "-1".to_owned()).child(drawn))
        .child(element("details").class("more").child(said("summary", "The code as letters".to_owned())).child(letters))
        .child(element("div").class("way-on").child(copy).child(save))
        .child(element("p").class("quiet").with("role", "status".to_owned()).child(changing(told)))
        .view()
}

/// Black on white whatever the theme: a camera looks at it.
fn draw(qr::Drawing { side, path: dark }: qr::Drawing) -> AnyView {
    svg()
        .attr("class", "qr")
        .attr("viewBox", format!("0 0 {side} {side}"))
        .attr("width", side * PIXELS)
        .attr("height", side * PIXELS)
        .attr("role", "img")
        .attr(
            "aria-label",
            "QR code of the first entry, for the camera of the other device. The same stands below as letters.",
        )
        .attr("data-testid", "qr")
        .child((
            rect().attr("width", side).attr("height", side).attr("fill", "#fff"),
            path().attr("d", dark).attr("fill", "#000"),
        ))
        .view()
}
