//! The rule book: every entry, found by what stands in it.

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::document::{pairs, tag, to_entry};
use super::node::Node;
use crate::app::components::finding::word;
use crate::app::components::icon::sign;
use crate::app::components::part::html::form;
use crate::app::components::part::{Kept, link, part, said};
use crate::engine::rule::Severity;
use crate::walk::reading;

/// Id of the form that searches.
const SEARCH: &str = "book-search";

/// What an entry is found by.
struct Found {
    text: String,
    differs: bool,
    disputed: bool,
    unread: bool,
}

/// The book as drawn: its entries, the groups they stand in, and what counts them.
#[derive(Default)]
struct Shelf {
    found: Vec<Found>,
    /// Where each group ends.
    ends: Vec<usize>,
    entries: Kept,
    groups: Kept,
    tally: Kept,
}

impl Shelf {
    /// Shows what is found, and only that.
    fn show(&self, finds: &dyn Fn(&Found) -> bool) {
        let (mut at, mut some) = (0, 0);
        let (entries, groups) = (self.entries.borrow(), self.groups.borrow());
        for (group, end) in groups.iter().zip(&self.ends) {
            let mut any = false;
            while at < *end {
                let shown = self.found.get(at).is_some_and(finds);
                if let Some(entry) = entries.get(at) {
                    hide(entry, !shown);
                }
                any |= shown;
                some += usize::from(shown);
                at += 1;
            }
            hide(group, !any);
        }
        if let Some(tally) = self.tally.borrow().first() {
            tally.set_text_content(Some(&tally_of(some, at)));
        }
    }

    /// Shows what the form asks for.
    fn search(&self) {
        let asks = |css: &str| element(SEARCH).is_some_and(|form| form.query_selector(css).ok().flatten().is_some());
        let (differs, disputed) = (asks("[name=differs]:checked"), asks("[name=disputed]:checked"));
        let unread = asks("[name=unread]:checked");
        let field = element("search").and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok());
        let words = plain(&field.map(|field| field.value()).unwrap_or_default());
        self.show(&|entry| {
            (entry.differs || !differs)
                && (entry.disputed || !disputed)
                && (entry.unread || !unread)
                && reading::finds(&entry.text, &words)
        });
    }
}

fn tally_of(some: usize, all: usize) -> String {
    match some {
        0 => "Nothing in the rule book says this.".to_owned(),
        some if some == all => format!("{all} entries"),
        some => format!("{some} of {all} entries"),
    }
}

fn element(id: &str) -> Option<web_sys::Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

/// Ends the search that hides an entry, if one does.
pub fn uncover(entry: &str) {
    let hidden = element(entry).and_then(|entry| entry.closest("[hidden]").ok().flatten());
    let form = element(SEARCH).and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok());
    if let (Some(_), Some(form)) = (hidden, form) {
        form.reset();
    }
}

/// Small letters, no raised digits: as one types it.
fn plain(text: &str) -> String {
    text.to_ascii_lowercase().replace('²', "2").replace('³', "3").replace('\u{a0}', " ")
}

/// The whole book.
pub fn book(node: &Node) -> AnyView {
    let (mut shelf, mut drawn) = (Shelf::default(), Vec::new());
    for group in node.list("groups") {
        for entry in group.list("entries") {
            shelf.found.push(found_by(&entry, &group));
        }
        shelf.ends.push(shelf.found.len());
        let inside = group.each("entries", &mut |entry| entry_of(entry, &shelf.entries));
        let head = said("h2", group.text("title")).view();
        drawn.push(part("section").class("part").keep(&shelf.groups).child(head).children(inside).view());
    }
    let count = shelf.found.len();
    let tally = said("p", tally_of(count, count)).class("tally").with("role", "status".to_owned()).keep(&shelf.tally);
    let lead = "Every rule, number, card and disagreement, as the aid itself runs them. Hold it against your label. \
                Words in [brackets] stand for the values of the patient.";
    let without = said("h2", "Without an entry".to_owned()).view();
    part("div")
        .child(said("p", lead.to_owned()).class("lead"))
        .child(questions(shelf))
        .child(tally.with("data-testid", "tally".to_owned()))
        .children(drawn)
        .child(part("section").class("part without").child(without).child(pairs(node, "without")))
        .view()
}

fn hide(element: &web_sys::Element, hidden: bool) {
    let _ = element.toggle_attribute_with_force("hidden", hidden);
}

fn questions(shelf: Shelf) -> AnyView {
    let owned = str::to_owned;
    let only = |name: &str, words: &str| {
        let tick = part("input").with("type", owned("checkbox")).with("name", owned(name)).view();
        part("label").class("choice only").child(tick).child(said("span", owned(words))).view()
    };
    let hint = said("p", owned("By id, word, severity or topic: CYTO-02, bilirubin, hold, SOS.")).class("hint");
    let field = [("id", "search"), ("type", "search"), ("autocomplete", "off"), ("spellcheck", "false")];
    let mut input = part("input").with("aria-describedby", owned("search-hint"));
    for (name, value) in field {
        input = input.with(name, owned(value));
    }
    let questions = vec![
        said("label", owned("Search the rule book")).with("for", owned("search")).view(),
        hint.with("id", owned("search-hint")).view(),
        input.view(),
        only("differs", "Where the labels differ"),
        only("disputed", "Where sources disagree"),
        only("unread", "To confirm against your label"),
    ];
    let shelf = Rc::new(shelf);
    let whole = Rc::clone(&shelf);
    form()
        .id(SEARCH)
        .class("search")
        .attr("role", "search")
        .on(ev::submit, |event| event.prevent_default())
        // The form is told before its fields are.
        .on(ev::reset, move |_| whole.show(&|_| true))
        .on(ev::input, move |_| shelf.search())
        .child(questions)
        .view()
}

fn found_by(entry: &Node, group: &Node) -> Found {
    let mut text = format!("{} {}", group.text("title"), group.text("kind"));
    let mut add = |words: String| {
        text.push(' ');
        text.push_str(&words);
    };
    for name in ["id", "title", "applies", "source", "us", "eu", "why"] {
        add(entry.text(name));
    }
    for words in entry.list("says") {
        add(words.said());
    }
    for party in entry.list("parties") {
        let (who, what) = party.pair();
        add(who);
        add(what);
    }
    for clause in entry.list("clauses") {
        for name in ["when", "us", "eu", "says"] {
            add(clause.text(name));
        }
    }
    Found {
        text: plain(&text),
        differs: entry.is("differs"),
        disputed: !entry.list("sees").is_empty() || group.text("kind") == "disagreement",
        unread: entry.is("unread"),
    }
}

fn entry_of(entry: &Node, entries: &Kept) -> AnyView {
    let (id, title, applies) = (entry.text("id"), entry.text("title"), entry.text("applies"));
    let mut head = part("h3").child(link(format!("#rules/{id}"), id.clone()).with("id", id));
    if !title.is_empty() {
        head = head.child(format!(" {title}"));
    }
    let mut drawn = part("section").class("book-entry").keep(entries).child(head);
    if !applies.is_empty() {
        drawn = drawn.child(said("p", format!("Asked at {applies}.")).class("applies"));
    }
    drawn
        .children(entry.each("clauses", &mut clause))
        .children(entry.each("says", &mut |words| said("p", words.said()).view()))
        .children(disagreement(entry))
        .children(tag(entry, false))
        .view()
}

/// A condition, what it does under either label, and what it says.
fn clause(clause: &Node) -> AnyView {
    let omits = clause.is("omits");
    let label = |name: &str, member: &str| {
        let severity = Severity::from_word(&clause.text(member));
        let words = severity.map_or("Silent", word).to_owned();
        let mut weight = part("dd");
        if let Some(which) = severity {
            weight = weight.child(sign(which.into()));
        }
        weight = weight.child(said("b", words));
        if omits && severity.is_some() {
            weight = weight.child(said("span", "Dose left out".to_owned()));
        }
        let class = format!("weight {}", severity.map_or("silent", Severity::word));
        part("div").class(class).child(said("dt", name.to_owned())).child(weight).view()
    };
    let when = said("span", "When ".to_owned()).class("quiet").view();
    part("div")
        .class("clause")
        .child(part("p").class("when").child(when).child(clause.text("when")))
        .child(part("dl").class("weights").child(label("US", "us")).child(label("EU", "eu")))
        .child(said("p", clause.text("says")).class("message"))
        .view()
}

/// Who says what, and what holds here.
fn disagreement(entry: &Node) -> Vec<AnyView> {
    let parties = entry.each("parties", &mut |party| {
        let (who, what) = party.pair();
        part("li").child(said("b", who)).child(format!(": {what}")).view()
    });
    if parties.is_empty() {
        return parties;
    }
    let here = |name: &str, member: &str| {
        let pair = said("dt", name.to_owned()).view();
        part("div").class("weight").child(pair).child(said("dd", entry.text(member))).view()
    };
    let mut drawn = vec![
        part("ul").class("parties").children(parties).view(),
        part("dl").class("weights").child(here("Here, US", "us")).child(here("Here, EU", "eu")).view(),
        said("p", format!("Why: {}", entry.text("why"))).view(),
    ];
    let touches = entry.each("touches", &mut |id| to_entry(&id.said()));
    if !touches.is_empty() {
        drawn.push(said("p", "Touches ".to_owned()).class("tag touches").children(touches).view());
    }
    drawn
}
