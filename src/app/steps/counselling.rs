//! What the patient is told: for whoever tells it, each line with where it stands; and the same in the words of the sheet that
//! the patient takes home.

use leptos::prelude::*;

use super::group;
use crate::app::components::choice::choice;
use crate::app::components::part::{Inside, Listed, link, part, said};
use crate::app::components::plain;
use crate::app::desk::Desk;
use crate::engine::rule::Confidence;
use crate::walk::ChoiceField;
use crate::walk::counsel::{self, Matter, Point};
use crate::walk::patient::{self, Section};
use crate::walk::recap;

/// The questions of the step, and what to say.
pub fn body(desk: Desk) -> impl Inside {
    (
        choice(desk, ChoiceField::Breastfeeding),
        group("To say", to_say(desk)),
        group("To watch", monitoring(desk)),
        group("In the patient’s words", take_home(desk)),
    )
}

fn to_say(desk: Desk) -> impl Inside {
    let counted = desk.watch(|_, plan| (counsel::counted_from(plan), counsel::counted_by(plan)));
    let matters = desk.watch(|_, plan| counsel::counsel(plan));
    (
        move || {
            let (words, source) = counted.get();
            part("p")
                .class("counted")
                .with("translate", "no".to_owned())
                .child(said("span", words))
                .child(said("span", source).class("tag"))
                .view()
        },
        move || matters.get().into_iter().map(matter).listed(),
    )
}

fn matter(Matter { title, points }: Matter) -> AnyView {
    part("section")
        .class("matter")
        .child(said("h3", title.to_owned()))
        .child(part("ul").class("work").children(points.into_iter().map(point).collect()))
        .view()
}

/// One thing to say; its rule leads to the rule book.
fn point(Point { says, until, rule, source, confidence }: Point) -> AnyView {
    let until = until.map(|day| said("strong", format!(" Until {day}.")).with("data-rule", rule.to_owned()).view());
    let rest = source.strip_prefix(rule).unwrap_or(&source).to_owned();
    let id =
        link(format!("#rules/{rule}"), rule.to_owned()).with("aria-label", format!("Rule {rule} in the rule book"));
    let mut tag = part("span").class("tag").child(id).child(rest);
    if confidence == Confidence::M {
        tag = tag.child(said("span", "confirm against your label".to_owned()).class("badge"));
    }
    part("li")
        .with("translate", "no".to_owned())
        .child(part("span").child(says).children(until.into_iter().collect()))
        .child(tag)
        .view()
}

/// The sheet that the patient takes home, as it will be printed.
fn take_home(desk: Desk) -> impl Inside {
    let sections = desk.watch(|walk, plan| walk.with_contacts(patient::sheet(plan)));
    move || {
        let parts = sections.get().into_iter().map(plain_section).collect();
        part("details")
            .class("plain")
            .child(said("summary", "Read what the patient takes home".to_owned()))
            .children(parts)
            .view()
    }
}

fn plain_section(Section { title, lines }: Section) -> AnyView {
    part("section").class("plain-part").child(said("h3", title.to_owned())).children(plain::lines(lines)).view()
}

fn monitoring(desk: Desk) -> impl Inside {
    let items = desk.watch(|_, plan| recap::monitoring(plan));
    move || {
        let line = |(what, when, rule): (String, String, &'static str)| {
            part("li")
                .child(said("span", format!("{what}: {when}.")))
                .child(said("span", rule.to_owned()).class("tag").with("translate", "no".to_owned()))
                .view()
        };
        part("ul").class("work").children(items.get().into_iter().map(line).collect()).view()
    }
}
