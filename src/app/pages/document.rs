//! A page of sections: lines with their sources, charts, a picture, cards.

use leptos::prelude::*;

use super::node::Node;
use crate::app::components::part::{link, part, said};
use crate::app::pictures::{bars, mechanism};

/// The whole of it, under the page's heading.
pub fn document(node: &Node) -> AnyView {
    let lead = said("p", node.text("lead")).class("lead").view();
    part("div").child(lead).children(node.each("sections", &mut section)).view()
}

fn section(node: &Node) -> AnyView {
    let mut section = part("section").class("part").child(target("h2", node));
    if node.text("picture") == "mechanism" {
        section = section.child(mechanism::mechanism());
    }
    section
        .children(node.each("charts", &mut chart))
        .children(lines(node))
        .children(node.each("cards", &mut card))
        .view()
}

/// A heading that an address can mean.
fn target(tag: &'static str, node: &Node) -> AnyView {
    let (id, heading) = (node.text("id"), said(tag, node.text("title")).view());
    let head = part("div").class("head-of").child(heading);
    if id.is_empty() { head.view() } else { head.with("id", id).with("tabindex", "-1".to_owned()).view() }
}

fn lines(node: &Node) -> Vec<AnyView> {
    let lines = node.each("lines", &mut line);
    if lines.is_empty() {
        return lines;
    }
    vec![part(if node.is("numbered") { "ol" } else { "ul" }).class("facts").children(lines).view()]
}

fn line(node: &Node) -> AnyView {
    let title = node.text("title");
    let mut line = part("li");
    if !title.is_empty() {
        line = line.child(said("h3", title));
    }
    line.child(said("p", node.text("says"))).children(tag(node, true)).view()
}

/// What a line stands on: rule, source, confidence, badge, and where the sources differ.
pub fn tag(node: &Node, with_rule: bool) -> Vec<AnyView> {
    let (id, source) = (node.text("id"), node.text("source"));
    if source.is_empty() {
        return Vec::new();
    }
    let mut tag = part("p").class("tag");
    if with_rule && !id.is_empty() {
        tag = tag.child(to_entry(&id)).child(", ");
    }
    tag = tag.child(format!("{source}. {}. ", node.text("confidence")));
    if node.is("unread") {
        tag = tag.child(said("span", "confirm against your label".to_owned()).class("badge"));
    }
    let sees = node.each("sees", &mut |see| {
        let (id, topic) = (see.text("id"), see.text("topic"));
        link(format!("#rules/{id}"), format!("{}: {topic} ({id})", differ(&id))).class("see").view()
    });
    vec![tag.children(sees).view()]
}

/// What kind of disagreement an id names.
fn differ(id: &str) -> &'static str {
    if id.starts_with("AMB") { "Two readings" } else { "Sources differ" }
}

/// A link to an entry of the rule book.
pub fn to_entry(id: &str) -> AnyView {
    link(format!("#rules/{id}"), id.to_owned()).view()
}

/// Pairs of a name and what is said of it.
pub fn pairs(node: &Node, member: &str) -> AnyView {
    let rows = node.each(member, &mut |row| {
        let (name, text) = row.pair();
        part("div").child(said("dt", name)).child(said("dd", text)).view()
    });
    part("dl").class("rows-of").children(rows).view()
}

fn card(node: &Node) -> AnyView {
    part("section").class("book-entry").child(target("h3", node)).child(pairs(node, "rows")).view()
}

/// A chart is a table whose middle column is drawn: whoever does not see the bars reads the same rows.
fn chart(node: &Node) -> AnyView {
    let (arms, one_source) = (node.list("arms"), node.is("one_source"));
    let body = node.each("rows", &mut |row| body(row, &arms, one_source));
    let scale = node.each("scale", &mut |tick| said("span", tick.said()).view());
    let scale = part("td").class("scale").with("aria-hidden", "true".to_owned()).child(part("div").children(scale));
    let column = |words: &str| {
        let words = said("span", words.to_owned()).class("visually-hidden").view();
        part("th").with("scope", "col".to_owned()).child(words).view()
    };
    let head = part("tr").children(vec![column("Who or what"), scale.view(), column("Value")]);
    let table =
        part("table").with("aria-label", node.text("title")).child(part("thead").child(head)).children(body).view();
    let mut source = Vec::new();
    if let Some(row) = node.list("rows").first().filter(|_| one_source) {
        source.push(said("p", standing(row)).class("tag").view());
    }
    part("div")
        .class("chart")
        .child(said("h3", node.text("title")))
        .child(said("p", node.text("says")).class("quiet"))
        .child(table)
        .children(source)
        .children(lines(node))
        .view()
}

fn standing(row: &Node) -> String {
    format!("{}. {}.", row.text("source"), row.text("confidence"))
}

/// A row of a chart: one bar, or one for each arm under its name.
fn body(row: &Node, arms: &[Node], one_source: bool) -> AnyView {
    let mut head = said("th", row.text("name"));
    if !one_source {
        head = head.child(said("small", standing(row)).class("tag"));
    }
    let bars = row.list("bars");
    let mut body = part("tbody");
    if arms.is_empty() {
        let head = head.with("scope", "row".to_owned()).view();
        if let Some(bar) = bars.first() {
            body = body.child(value(head, bar, 0));
        }
        return body.view();
    }
    let head = head.class("compared").with("scope", "rowgroup".to_owned()).with("colspan", "3".to_owned());
    body = body.child(part("tr").child(head));
    for (index, bar) in bars.iter().enumerate() {
        let arm = arms.get(index).map(Node::said).unwrap_or_default();
        body = body.child(value(said("th", arm).with("scope", "row".to_owned()).view(), bar, index));
    }
    body.view()
}

fn value(head: AnyView, bar: &Node, arm: usize) -> AnyView {
    let interval = bar.list("interval");
    let interval = interval.first().zip(interval.last()).map(|(low, high)| (low.number(), high.number()));
    let drawn = part("td").child(bars::bar(bar.number_of("at"), interval, arm));
    let mut value = part("td").class("value").child(said("span", bar.text("value")).class("nowrap"));
    for name in ["of", "within"] {
        let small = bar.text(name);
        if !small.is_empty() {
            value = value.child(said("small", small));
        }
    }
    part("tr").children(vec![head, drawn.view(), value.view()]).view()
}
