//! What does not change is built of these: one kind of element for every tag.
//!
//! A typed element function is compiled anew for each shape it is given, about 2 kB each. The pages to read have many shapes and
//! nothing that changes, so their elements share one: the tag is a value, attributes are set once, children are a list.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::html::custom;
use leptos::prelude::*;
use web_sys::Element;

/// Elements to be shown and hidden later, in the order drawn.
pub type Kept = Rc<RefCell<Vec<Element>>>;

/// An element under construction.
pub struct Part {
    tag: &'static str,
    attributes: Vec<(&'static str, String)>,
    kept: Option<Kept>,
    children: Vec<AnyView>,
}

/// An element with this tag.
#[must_use]
pub fn part(tag: &'static str) -> Part {
    Part { tag, attributes: Vec::new(), kept: None, children: Vec::new() }
}

/// An element with this tag that says this.
#[must_use]
pub fn said(tag: &'static str, words: String) -> Part {
    part(tag).child(words.into_any())
}

/// A link.
#[must_use]
pub fn link(address: String, words: String) -> Part {
    said("a", words).with("href", address)
}

impl Part {
    /// With its class.
    #[must_use]
    pub fn class(self, class: &str) -> Self {
        self.with("class", class.to_owned())
    }

    /// With an attribute.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.attributes.push((name, value));
        self
    }

    /// With one more child.
    #[must_use]
    pub fn child(mut self, child: AnyView) -> Self {
        self.children.push(child);
        self
    }

    /// With more children.
    #[must_use]
    pub fn children(mut self, more: Vec<AnyView>) -> Self {
        self.children.extend(more);
        self
    }

    /// Put into a list when it is drawn.
    #[must_use]
    pub fn keep(mut self, list: &Kept) -> Self {
        self.kept = Some(Rc::clone(list));
        self
    }

    /// Ready to be drawn.
    #[must_use]
    pub fn view(self) -> AnyView {
        custom(self.tag).child(self.children).directive(describe, (self.attributes, self.kept)).into_any()
    }
}

fn describe(element: Element, (attributes, kept): (Vec<(&'static str, String)>, Option<Kept>)) {
    for (name, value) in attributes {
        let _ = element.set_attribute(name, &value);
    }
    if let Some(kept) = kept {
        kept.borrow_mut().push(element);
    }
}
