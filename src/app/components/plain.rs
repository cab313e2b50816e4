//! What a patient takes home, on the screen and on paper.

use leptos::prelude::*;

use crate::app::components::part::{part, said};
use crate::walk::patient::Line;

/// The lines in order; items that follow one another are one list.
pub fn lines(lines: Vec<Line>) -> Vec<AnyView> {
    let mut made = Vec::new();
    let mut items = Vec::new();
    for line in lines {
        if let Line::Item(words) = line {
            items.push(said("li", words).view());
            continue;
        }
        close(&mut items, &mut made);
        made.push(match line {
            Line::Says(words) | Line::Item(words) => said("p", words).view(),
            Line::Blank(what) => part("p")
                .class("plain-blank")
                .child(said("span", format!("{what}:")))
                .child(part("span").class("plain-room"))
                .view(),
        });
    }
    close(&mut items, &mut made);
    made
}

fn close(items: &mut Vec<AnyView>, made: &mut Vec<AnyView>) {
    if !items.is_empty() {
        made.push(part("ul").class("plain-items").children(std::mem::take(items)).view());
    }
}
