//! Values from the record: a Bundle pasted, opened or dropped, each value beside the button that takes it.

use leptos::ev;
use leptos::prelude::*;

use super::course_file::file_button;
use super::live;
use crate::app::components::part::html::{button, details, div, li, p, span, summary, ul};
use crate::app::components::part::{Inside, Listed, part as element, said};
use crate::app::desk::Desk;
use crate::browser::{files, page, part};
use crate::interchange::fhir::{Found, Record, record};
use crate::walk::record::{Offer, State, may_propose, offer};

/// Id of the box to paste into.
const ROOM: &str = "record-in";

/// The section, at the beginning of a walk. What is read stays until the patient is another one, or the page is left.
pub fn take_values(desk: Desk) -> impl Inside {
    let refused = RwSignal::new(String::new());
    details().class("record").prop("open", move || desk.record.with(Option::is_some)).child((
        summary().child("Take values from the record"),
        said(
            "p",
            "FHIR R4, one Bundle in JSON. It is read on this device and not kept. Each value waits for your tap."
                .to_owned(),
        )
        .class("hint")
        .view(),
        said("label", "Bundle".to_owned()).with("for", ROOM.to_owned()).view(),
        room(),
        div().class("way-on").child((
            pressed("Read the Bundle", move || {
                let text = page::value(ROOM).unwrap_or_default();
                page::set_value(ROOM, "");
                leptos::task::spawn_local(take_text(desk, refused, Some(text)));
            }),
            file_button("Open a Bundle", "record-file", Box::new(move |file| open(desk, refused, file))),
            said("span", "A file of the record. Or drop it anywhere on this page.".to_owned())
                .class("visually-hidden")
                .with("id", "record-file-hint".to_owned())
                .view(),
        )),
        p().class("msg").role("alert").child(live("msg-text", move || refused.get())),
        p().class("quiet")
            .role("status")
            .child(live("", move || desk.record.with(|record| record.as_ref().map(count).unwrap_or_default()))),
        move || desk.record.get().map(|record| list(desk, record)),
    ))
}

fn room() -> AnyView {
    let mut room = element("textarea");
    for (name, value) in
        [("id", ROOM), ("rows", "3"), ("autocomplete", "off"), ("spellcheck", "false"), ("translate", "no")]
    {
        room = room.with(name, value.to_owned());
    }
    room.view()
}

fn pressed(words: &'static str, act: impl Fn() + 'static) -> AnyView {
    button().attr("type", "button").class("quiet-button").on(ev::click, move |_| act()).child(words).view()
}

/// Whether a text is of a record, and no course file.
#[must_use]
pub fn is_one(text: &str) -> bool {
    text.contains("\"resourceType\"") || text.trim_start().starts_with('<')
}

/// Reads a file of the record.
fn open(desk: Desk, refused: RwSignal<String>, chosen: web_sys::File) {
    leptos::task::spawn_local(async move {
        let text = files::text_up_to(chosen, record::AT_MOST).await;
        take_text(desk, refused, text).await;
    });
}

/// Reads the text of a Bundle.
///
/// # Errors
/// Why it cannot be read, in a sentence.
pub async fn read(text: Option<String>) -> Result<Record, String> {
    const UNREADABLE: &str = "This cannot be read. Choose one Bundle, FHIR R4, in JSON.";
    let text = text.ok_or(UNREADABLE)?;
    Record::from_json(&part::ask("record", &text).await?).ok_or_else(|| UNREADABLE.to_owned())
}

/// Shows the values of a Bundle that the user hands over, or says why not.
pub async fn take_text(desk: Desk, refused: RwSignal<String>, text: Option<String>) {
    let of = desk.patient();
    let shown = read(text).await.and_then(|record| desk.show_record(of, record));
    let _ = refused.try_set(shown.err().unwrap_or_default());
}

/// What was found, in one sentence.
fn count(record: &Record) -> String {
    let things = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let older = if record.older > 0 {
        format!(" {} not shown.", things(record.older, "older one is", "older ones are"))
    } else {
        String::new()
    };
    let others = things(record.others, "entry is", "entries are");
    format!(
        "{} found. {others} about something else.{older} Nothing is taken by itself.",
        things(record.found.len(), "value", "values")
    )
}

fn list(desk: Desk, record: Record) -> AnyView {
    let rows = record.found.into_iter().map(|found| row(desk, found)).listed();
    let forget = move || {
        let _ = desk.record.try_set(None);
        page::focus(ROOM);
    };
    div().child((ul().class("record-values").child(rows), pressed("Forget this record", forget))).view()
}

/// One value: what it is, where it comes from, and the button, or why there is none.
fn row(desk: Desk, found: Found) -> AnyView {
    let offer = desk.watch(move |walk, _| offer(&found, walk));
    let take = move |_| {
        if let State::Free { action, .. } = offer.get_untracked().state {
            desk.act(action);
        }
    };
    let of = move |piece: fn(&Offer) -> String| move || offer.with(piece);
    li().class("record-value")
        .child((
            div().child((
                p().class("record-name").child((
                    live("", of(|it| it.name.clone())),
                    " ",
                    live("record-number", of(|it| it.value.clone())),
                )),
                p().class("hint").child(live("", of(|it| it.about.clone()))),
                p().class("record-why").child(live("", of(why))),
            )),
            button()
                .attr("type", "button")
                .class("answer")
                .prop("hidden", move || offer.with(|it| matches!(it.state, State::Refused(_))))
                .attr("aria-disabled", move || offer.with(|it| matches!(it.state, State::Taken).then_some("true")))
                .on(ev::click, take)
                .child((live("", of(word)), live("visually-hidden", of(|it| format!(" {} {}", it.name, it.value))))),
        ))
        .view()
}

/// What the button says.
fn word(offer: &Offer) -> String {
    match &offer.state {
        State::Free { instead, .. } if instead.is_empty() => "Take".to_owned(),
        State::Free { .. } => "Replace".to_owned(),
        State::Taken => "Taken".to_owned(),
        State::Refused(_) => String::new(),
    }
}

/// What stands in the box now, or why the value is not to be taken.
fn why(offer: &Offer) -> String {
    match &offer.state {
        State::Free { instead, .. } if !instead.is_empty() => {
            format!("Typed is {instead}. The record has {}.", offer.value)
        }
        State::Refused(why) => format!("Not taken: {why}"),
        _ => String::new(),
    }
}

/// The proposal for the record, at the end of a walk: the button, or why there is none.
pub fn propose(desk: Desk) -> impl Inside {
    let why_not = desk.watch(|_, plan| may_propose(plan).err());
    let told = RwSignal::new(String::new());
    let save = move || {
        let asked = desk.peek(|_, plan| may_propose(plan).ok().map(|(name, case)| (name, case.to_json()))).flatten();
        let Some((name, case)) = asked else { return };
        leptos::task::spawn_local(async move {
            let sentence = match part::ask("proposal", &case).await {
                Ok(bundle) if files::save(&name, &bundle) => "The Bundle is saved on this device.".to_owned(),
                Ok(_) => "This browser did not let the file be saved.".to_owned(),
                Err(why) => why,
            };
            let _ = told.try_set(sentence);
        });
    };
    element("section")
        .class("course-file group")
        .child(said("h2", "Propose the dose to the record".to_owned()))
        .child(
            said("p", "FHIR R4: a draft request, the plan of the cycle and the body surface area. It orders nothing and names nobody.".to_owned())
                .class("hint"))
        .child(
            (move || match why_not.get() {
                None => div().class("way-on").child(pressed("Save the FHIR Bundle", save)).view(),
                Some(why) => p().class("quiet").attr("data-testid", "no-proposal").child(format!("Not yet. {why}")).view(),
            })
            .view(),
        )
        .child(p().class("quiet").role("status").child(span().child(live("", move || told.get()))))
        .view()
}
