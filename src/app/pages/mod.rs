//! The pages to read: rule book, evidence, the drug, sources, limits, boxed warning. Their words are data files, fetched when
//! somebody opens one, so that whoever gives a dose does not wait for them.

pub mod document;
pub mod menu;
pub mod node;
pub mod rules;

use std::cell::RefCell;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::node::Node;
use super::desk::Desk;
use super::steps::HEADING;
use crate::app::components::part::html::button;
use crate::app::components::part::{Inside, Part, link, part, said};
use crate::browser::fetch::{self, Trouble, digest};
use crate::browser::page;
use crate::walk::{Page, Step};

/// Which page is open; nothing of the walk.
#[derive(Clone, Copy)]
pub struct Reading {
    open: RwSignal<Option<Page>>,
    /// The entry asked for, where the page has none of this name.
    lost: RwSignal<Option<String>>,
}

/// Id of the sentence that there is no such entry.
const LOST: &str = "no-such-entry";

impl Reading {
    /// No page is open.
    #[must_use]
    pub fn new() -> Self {
        Self { open: RwSignal::new(None), lost: RwSignal::new(None) }
    }

    /// The page in view.
    #[must_use]
    pub fn page(self) -> Option<Page> {
        self.open.get()
    }

    /// Opens a page. The entry asked for takes the focus, or else the heading.
    pub fn open(self, (page, entry): (Page, Option<String>)) {
        if self.open.try_get_untracked().flatten() != Some(page) {
            let _ = self.open.try_set(Some(page));
        }
        let _ = self.lost.try_set(None);
        // After the page is drawn.
        request_animation_frame(move || {
            page::set_title(page.name());
            match entry {
                Some(entry) => self.seek(page, entry),
                None => {
                    page::to_top();
                    page::focus(HEADING);
                }
            }
        });
    }

    /// Back to the walk.
    pub fn close(self) {
        if self.open.try_get_untracked().flatten().is_some() {
            let _ = self.open.try_set(None);
        }
    }

    /// Brings an entry into view. What a search has hidden is shown again; what the page does not have is said.
    fn seek(self, page: Page, entry: String) {
        rules::uncover(&entry);
        if !page::focus(&entry) && arrived(page).is_some() {
            let _ = self.lost.try_set(Some(entry));
            request_animation_frame(|| {
                page::to_top();
                page::focus(LOST);
            });
        }
    }
}

impl Default for Reading {
    fn default() -> Self {
        Self::new()
    }
}

macro_rules! data_files {
    ($($page:ident $slug:literal;)+) => {
        /// Where the file of a page is, and the digest of what it holds.
        fn file(page: Page) -> (&'static str, u64) {
            match page {
                $(Page::$page => (
                    concat!("./pages/", $slug, ".json"),
                    // Only the digest becomes part of the program.
                    const { digest(include_bytes!(concat!("../../../assets/pages/", $slug, ".json"))) },
                ),)+
            }
        }
    };
}

data_files! {
    Warning "warning";
    Rules "rules";
    Evidence "evidence";
    Drug "drug";
    Sources "sources";
    Limits "limits";
}

thread_local! {
    /// What has arrived, for the next time.
    static ARRIVED: RefCell<Vec<(Page, Node)>> = const { RefCell::new(Vec::new()) };
}

fn arrived(page: Page) -> Option<Node> {
    ARRIVED.with_borrow(|arrived| arrived.iter().find(|(known, _)| *known == page).map(|(_, node)| node.clone()))
}

/// What there is of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    Waiting,
    Missing(Trouble),
    There,
}

/// A page: the way back, its heading, its content, the way to the others.
pub fn page(desk: Desk, reading: Reading, page: Page) -> AnyView {
    let content = RwSignal::new(Content::Waiting);
    fetch(reading, page, content, false);
    let drawn = move || match (content.get(), arrived(page)) {
        (Content::There, Some(node)) if page == Page::Rules => rules::book(&node),
        (Content::There, Some(node)) => document::document(&node),
        (Content::Missing(trouble), _) => missing(reading, page, content, trouble),
        _ => said("p", "Loading.".to_owned()).class("quiet").with("role", "status".to_owned()).view(),
    };
    let heading = said("h1", page.name().to_owned()).with("id", HEADING.to_owned()).with("tabindex", "-1".to_owned());
    part("article")
        .class(format!("page page-{}", page.slug()))
        .child(shelf(desk, page))
        .child(heading)
        .child((move || reading.lost.get().map(|entry| lost(page, &entry))).view())
        .child(drawn)
        .view()
}

fn fetch(reading: Reading, page: Page, content: RwSignal<Content>, afresh: bool) {
    if arrived(page).is_some() {
        return content.set(Content::There);
    }
    content.set(Content::Waiting);
    spawn_local(async move {
        let (address, digest) = file(page);
        let now = match fetch::json(address, digest, afresh).await {
            Ok(json) => {
                ARRIVED.with_borrow_mut(|kept| kept.push((page, Node(json))));
                Content::There
            }
            Err(trouble) => Content::Missing(trouble),
        };
        // The reader may have left meanwhile.
        if content.try_set(now).is_none()
            && let Some((_, Some(entry))) = page::hash().as_deref().and_then(Page::from_hash)
        {
            request_animation_frame(move || reading.seek(page, entry));
        }
    });
}

/// One sentence, and another try.
fn missing(reading: Reading, page: Page, content: RwSignal<Content>, trouble: Trouble) -> AnyView {
    let sentence = match trouble {
        Trouble::Unreachable => "This page could not be loaded: the server does not answer, or answers with an error.",
        Trouble::Foreign => "This page arrived damaged, or from another edition of the aid: it is not shown.",
    };
    let again = move |_| {
        page::focus(HEADING);
        fetch(reading, page, content, true);
    };
    let sentence = said("p", sentence.to_owned()).with("role", "alert".to_owned()).view();
    part("div")
        .class("page-missing")
        .with("data-testid", "page-missing".to_owned())
        .child(sentence)
        .child(button().attr("type", "button").class("next").on(ev::click, again).child("Try again"))
        .view()
}

/// That the page has no entry of this name, and the ways on.
fn lost(page: Page, entry: &str) -> AnyView {
    let sentence = format!("There is no “{entry}” on this page. The address may be mistyped, or of another edition.");
    let mut ways = part("p");
    if page == Page::Rules {
        ways = ways.child(link("#rules".to_owned(), "Search the whole rule book".to_owned()));
    } else {
        ways = ways.child(link(format!("#{}", page.slug()), format!("All of “{}”", page.name())));
    }
    part("div")
        .class("page-missing")
        .with("id", LOST.to_owned())
        .with("tabindex", "-1".to_owned())
        .with("role", "alert".to_owned())
        .with("data-testid", LOST.to_owned())
        .child(said("p", sentence))
        .child(ways)
        .view()
}

/// The way back to the step that was in view, and to the other pages.
fn shelf(desk: Desk, here: Page) -> AnyView {
    let step = desk.peek(|walk, _| walk.here).unwrap_or(Step::Patient);
    let back = link(format!("#{}", step.slug()), format!("Back to {}", step.name().to_lowercase())).class("shelf-back");
    let mut pages = part("nav").with("aria-label", "Pages".to_owned());
    for page in Page::ALL {
        let way = to(page);
        let way = if page == here { way.with("aria-current", "page".to_owned()) } else { way };
        pages = pages.child(way);
    }
    let warning = to(Page::Warning).class("shelf-warning").view();
    part("div").class("shelf").child(back).child(warning).child(pages).view()
}

/// A link to a page.
fn to(page: Page) -> Part {
    link(format!("#{}", page.slug()), page.name().to_owned())
}
