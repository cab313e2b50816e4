//! The two entries beside each other, on screen and as a record to print and sign.

use leptos::prelude::*;

use super::{Check, Stage, back, heading, pressed};
use crate::app::components::icon::{Icon, icon};
use crate::app::components::part::{Inside, Part, part, said};
use crate::browser::{clock, page};
use crate::engine::assessment::ENGINE;
use crate::engine::labels::RULES;
use crate::walk::second::{Comparison, Row};

/// The record, and what can be done with it.
pub fn record(check: Check) -> AnyView {
    let Some(found) = check.found.get_untracked() else { return ().view() };
    let words = if found.agrees() { "Both agree" } else { "The two entries differ" };
    part("div")
        .class("check-room compared")
        .child(heading(words))
        .child(verdict(&found))
        .child(
            part("div")
                .class("way-on")
                .child(pressed("Print this record", "next", || {
                    page::print();
                }))
                .child(pressed("Correct the second entry", "quiet-button", move || check.to(Stage::Enter)))
                .child(pressed("Enter everything again", "quiet-button", move || check.again()))
                .child(back()),
        )
        .child(paper(found, words))
        .view()
}

/// What differs, by name, in one sentence.
fn verdict(found: &Comparison) -> AnyView {
    let names: Vec<&str> = found.differing().map(|row| row.name.as_str()).collect();
    let (tone, sign, words) = if found.agrees() {
        ("give", Icon::Give, found.covers())
    } else {
        let words = format!(
            "Different: {}. This page does not know which is right: go back to the sources together.",
            names.join("; ")
        );
        ("hold", Icon::Hold, words)
    };
    part("div")
        .class(format!("band {tone}"))
        .with("role", "status".to_owned())
        .with("data-testid", "comparison".to_owned())
        .with("translate", "no".to_owned())
        .child(icon(move || sign))
        .child(part("div").child(said("p", words)).child(said("p", found.leaves_out())))
        .view()
}

/// When it was checked: typed, or taken from the clock with a tap. It stands on the paper itself.
fn time() -> AnyView {
    const ROOM: &str = "checked-at";
    let now = || {
        if let Some(now) = clock::now() {
            page::set_value(ROOM, &now.without_offset().text().replace('T', " "));
        }
    };
    let mut room = part("input");
    for (name, value) in
        [("id", ROOM), ("type", "text"), ("autocomplete", "off"), ("spellcheck", "false"), ("maxlength", "30")]
    {
        room = room.with(name, value.to_owned());
    }
    part("div")
        .class("checked-at")
        .child(said("label", "Date and time of this check".to_owned()).with("for", ROOM.to_owned()))
        .child(room)
        .child(pressed("Now", "quiet-button", now))
        .view()
}

fn cell(tag: &'static str, words: String) -> AnyView {
    said(tag, words).view()
}

fn head(words: &str) -> AnyView {
    said("th", words.to_owned()).with("scope", "col".to_owned()).view()
}

fn line(row: &Row) -> AnyView {
    let [first, second] = row.both.clone();
    let (class, words) = if row.same { ("", "same") } else { ("differs", "differs") };
    part("tr")
        .class(class)
        .child(said("th", row.name.clone()).with("scope", "row".to_owned()))
        .child(cell("td", first))
        .child(cell("td", second))
        .child(cell("td", words.to_owned()))
        .view()
}

fn table(title: &str, rows: &[Row]) -> AnyView {
    let heads = ["What", "First entry", "Second entry", "Same?"].map(head).into();
    part("table")
        .class("ruled beside")
        .child(said("caption", title.to_owned()))
        .child(part("thead").child(part("tr").children(heads)))
        .child(part("tbody").children(rows.iter().map(line).collect()))
        .view()
}

/// The sheet of paper.
fn paper(found: Comparison, words: &'static str) -> AnyView {
    let [first, second] = found.fingerprints;
    let same = if first == second { "the same" } else { "different" };
    let title = part("div")
        .class("sheet-title")
        .child(said("h2", "Inotuzumab ozogamicin, record of the second check".to_owned()))
        .child(said("p", found.of.clone()))
        .child(said("p", format!("rules {RULES} · engine {ENGINE}")).class("tag"))
        .child(
            part("p")
                .with("data-testid", "fingerprints".to_owned())
                .child("Fingerprints: first ")
                .child(said("span", first.to_string()).class("whole"))
                .child(", second ")
                .child(said("span", second.to_string()).class("whole"))
                .child(format!(", {same}")),
        )
        .child(time());
    let result = part("div")
        .class(if found.agrees() { "sheet-decision give" } else { "sheet-decision hold" })
        .child(said("strong", words.to_owned()));
    part("article")
        .class("sheet check-sheet")
        .with("aria-label", "Record of the second check".to_owned())
        .with("translate", "no".to_owned())
        .child(
            part("section")
                .class("sheet-head")
                .child(title)
                .child(said("div", "Patient label".to_owned()).class("sheet-label"))
                .child(result),
        )
        .child(said("p", found.leaves_out()).with("data-testid", "not-checked".to_owned()))
        .child(table("What was entered twice", &found.entries))
        .child(table("What follows from it", &found.numbers))
        .child(signatures())
        .child(
            said("p", "Supports a decision and makes none. Not a registered medical device: verify.".to_owned())
                .class("quiet"),
        )
        .view()
}

fn signatures() -> Part {
    let heads = ["Entry", "Name", "Signature", "Date, time"].map(head).into();
    let line = |who: &str| {
        part("tr")
            .child(said("th", who.to_owned()).with("scope", "row".to_owned()))
            .children((0..3).map(|_| part("td").view()).collect())
            .view()
    };
    part("table")
        .class("ruled signatures")
        .child(said("caption", "Sign".to_owned()))
        .child(part("thead").child(part("tr").children(heads)))
        .child(part("tbody").children(["First", "Second"].map(line).into()))
}
