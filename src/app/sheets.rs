//! The sheets of one page: a frame that all share, and the few kinds of pieces that they are made of.

use leptos::ev;
use leptos::prelude::*;

use super::components::plain;
use super::desk::Desk;
use super::plan::class;
use super::sheet;
use crate::app::components::part::html::{button, div, p};
use crate::app::components::part::{Inside, Listed, Part, part, said};
use crate::browser::page;
use crate::walk::sheets::{Block, Holds, Paper, Sheet, Tick, paper};

/// The choice of a sheet, the way to the printer, and the sheet as it will be printed.
pub fn sheets(desk: Desk) -> impl Inside {
    let chosen = RwSignal::new(Sheet::Record);
    (
        div().class("print-row").child((
            div()
                .class("sheet-choice")
                .role("group")
                .attr("aria-label", "Which sheet?")
                .child(Sheet::ALL.map(|sheet| choose(chosen, sheet)).into_iter().listed()),
            way_to_the_printer(desk),
        )),
        move || match chosen.get() {
            Sheet::Record => sheet::sheet(desk).view(),
            other => one_page(desk, other).view(),
        },
    )
}

fn choose(chosen: RwSignal<Sheet>, sheet: Sheet) -> impl Inside {
    button()
        .attr("type", "button")
        .class("answer")
        .attr("aria-pressed", move || (chosen.get() == sheet).to_string())
        .on(ev::click, move |_| chosen.set(sheet))
        .child(sheet.name())
}

fn way_to_the_printer(desk: Desk) -> impl Inside {
    let waiting = desk.watch(|_, plan| plan.unacknowledged.len());
    move || {
        if waiting.get() == 0 {
            let print = |_| {
                page::print();
            };
            button().attr("type", "button").class("next").on(ev::click, print).child("Print this sheet").view()
        } else {
            p().class("quiet").child("Acknowledge the cautions to print this sheet.").view()
        }
    }
}

fn one_page(desk: Desk, sheet: Sheet) -> impl Inside {
    let shown = desk.watch(move |walk, plan| paper(walk, plan, sheet));
    (
        move || draw(shown.get()),
        p().class("print-only no-print-reason").child(
            "The cautions of this sheet have not been acknowledged. Acknowledge them in the summary, then print.",
        ),
    )
}

fn draw(paper: Paper) -> AnyView {
    let printable = if paper.printable { "" } else { " unprintable" };
    let held = if paper.against.is_empty() { "" } else { " held" };
    part("article")
        .class(format!("sheet form form-{}{held}{printable}", paper.sheet.slug()))
        .with("aria-label", format!("Sheet: {}", paper.sheet.title()))
        .with("data-testid", "form".to_owned())
        .with("translate", "no".to_owned())
        .child(head(&paper))
        .child(decision(&paper))
        .children(against(&paper.against))
        .children(paper.blocks.into_iter().map(block).collect())
        .children(signatures(paper.signs))
        .child(
            said(
                "p",
                "Not a registered medical device; verify. Supports a decision and makes none: the prescriber, the pharmacist and the label decide."
                    .to_owned(),
            )
            .class("form-foot"))
        .view()
}

fn head(paper: &Paper) -> AnyView {
    let fingerprint = part("p")
        .class("form-stamp")
        .child(format!("{} · fingerprint ", paper.stamp))
        .child(said("strong", paper.fingerprint.clone()).with("data-testid", "form-fingerprint".to_owned()));
    let title = part("div")
        .class("form-title")
        .child(said("h2", paper.sheet.title().to_owned()))
        .child(said("p", paper.of.clone()))
        .child(said("p", paper.day.clone()))
        .child(fingerprint);
    part("header")
        .class("form-head")
        .child(title)
        .child(said("div", "Patient label".to_owned()).class("sheet-label"))
        .view()
}

fn decision(paper: &Paper) -> AnyView {
    let words = part("div").child(said("strong", paper.word.clone())).child(said("span", paper.detail.clone()));
    let dose = paper.dose.clone().map(|(label, dose)| {
        part("div")
            .class("form-dose")
            .child(said("span", label.to_owned()))
            .child(said("strong", dose).class("nowrap"))
            .view()
    });
    part("div")
        .class(format!("form-decision {}", class(paper.tone)))
        .child(words)
        .children(dose.into_iter().collect())
        .view()
}

/// Large, and in place of any work.
fn against(lines: &[Tick]) -> Vec<AnyView> {
    if lines.is_empty() {
        return Vec::new();
    }
    let list = lines.iter().cloned().map(|line| part("li").child(words(line)).view()).collect();
    let box_ = part("section")
        .class("form-against")
        .child(said("h3", "Not released: do not prepare, do not give".to_owned()))
        .child(part("ul").children(list));
    vec![box_.view()]
}

fn block(Block { title, holds }: Block) -> AnyView {
    let (kind, inside) = match holds {
        Holds::Pairs(pairs) => ("pairs", pairs_of(pairs)),
        Holds::Ticks(ticks) => ("ticks", part("ul").children(ticks.into_iter().map(tick).collect())),
        Holds::Table { heads, rows, written } => {
            (if written { "to-write" } else { "ruled-block" }, table(&heads, rows))
        }
        Holds::Words(lines) => {
            let line = |line| part("li").child(words(line)).view();
            ("words", part("ul").children(lines.into_iter().map(line).collect()))
        }
        Holds::Plain(lines) => ("plain-part", part("div").children(plain::lines(lines))),
    };
    part("section").class(format!("block {kind}")).child(said("h3", title)).child(inside).view()
}

fn pairs_of(pairs: Vec<(String, String)>) -> Part {
    let pair = |(name, value): (String, String)| part("div").child(said("dt", name)).child(said("dd", value)).view();
    part("dl").children(pairs.into_iter().map(pair).collect())
}

fn tick(tick: Tick) -> AnyView {
    let box_to_tick = part("i").with("aria-hidden", "true".to_owned()).view();
    part("li").child(box_to_tick).child(words(tick)).view()
}

/// A line with its number and its rules, none of which breaks in two.
fn words(Tick { says, number, then, rules }: Tick) -> AnyView {
    let whole = |words: String| said("span", words).class("nowrap").view();
    let number = number.map(|number| said("strong", number).class("nowrap").view());
    let rules = rules.split(", ").filter(|rule| !rule.is_empty()).map(|rule| format!("{rule} "));
    let rules = part("span").class("tag").children(rules.map(whole).collect());
    part("span").child(says).children(number.into_iter().collect()).child(format!("{then} ")).child(rules).view()
}

/// A ruled table.
fn table(heads: &[&'static str], rows: Vec<Vec<String>>) -> Part {
    let wide = heads.len().to_string();
    let head = |words: &&'static str| said("th", (*words).to_owned()).with("scope", "col".to_owned()).view();
    let row = |cells: Vec<String>| {
        if let [only] = &cells[..] {
            let over = said("th", only.clone()).with("colspan", wide.clone()).with("scope", "colgroup".to_owned());
            return part("tr").class("over").child(over).view();
        }
        let cells = cells.into_iter().map(|cell| said("td", cell).view()).collect();
        part("tr").children(cells).view()
    };
    let table = part("table")
        .class("ruled")
        .child(part("thead").child(part("tr").children(heads.iter().map(head).collect())))
        .child(part("tbody").children(rows.into_iter().map(row).collect()));
    part("div").child(table)
}

fn signatures(who: &[&'static str]) -> Vec<AnyView> {
    if who.is_empty() {
        return Vec::new();
    }
    let line = |who: &&'static str| {
        part("tr")
            .child(said("th", (*who).to_owned()).with("scope", "row".to_owned()))
            .children((0..3).map(|_| part("td").view()).collect())
            .view()
    };
    let heads = ["", "Name", "Signature", "Date, time"];
    let head = |words: &str| {
        let cell =
            if words.is_empty() { part("td") } else { said("th", words.to_owned()).with("scope", "col".to_owned()) };
        cell.view()
    };
    let table = part("table")
        .class("ruled signatures")
        .child(part("thead").child(part("tr").children(heads.map(head).into())))
        .child(part("tbody").children(who.iter().map(line).collect()));
    vec![table.view()]
}
