//! The vials of a dose: what is withdrawn from each, and what is left in it.

use leptos::prelude::*;
use rust_decimal::prelude::ToPrimitive;

use crate::app::components::part::html::{b, div, figcaption, figure, span};
use crate::app::components::part::svg::{path, rect, svg};
use crate::app::components::part::{Inside, Listed};
use crate::app::desk::Desk;
use crate::walk::picture::{self, VialShown, Vials};

/// Top and height of what can be withdrawn, in the drawing.
const LIQUID: (f64, f64) = (30.0, 54.0);

/// The picture, once there is a dose.
pub fn vials(desk: Desk) -> impl Inside {
    let vials = desk.watch(|_, plan| picture::vials_of(plan));
    move || vials.get().map(draw)
}

/// The vials as they are drawn.
pub fn draw(vials: Vials) -> impl Inside {
    let Vials { words, each } = vials;
    let said = |vial: &VialShown| format!(" {}: {} withdrawn, {} left.", vial.title, vial.withdrawn, vial.left);
    let whole = format!("{words}{}", each.iter().map(said).collect::<String>());
    figure().class("vials").attr("translate", "no").attr("data-testid", "vials-drawn").child((
        div().class("vial-row").role("img").attr("aria-label", whole).child(each.into_iter().map(vial).listed()),
        figcaption().class("quiet").child(words),
    ))
}

fn vial(vial: VialShown) -> impl Inside {
    let VialShown { title, withdrawn, left, share } = vial;
    let drawn = share.to_f64().unwrap_or_default() * LIQUID.1;
    let level = LIQUID.0 + drawn;
    let glass = "M16 4h24v8h-4v8q12 2 12 12v52q0 6 -6 6h-28q-6 0 -6 -6v-52q0 -10 12 -12v-8h-4z";
    div().class("vial").child((
        svg().attr("class", "vial-glass").attr("viewBox", "0 0 56 94").attr("aria-hidden", "true").child((
            rect()
                .attr("class", "vial-left")
                .attr("x", 8)
                .attr("y", format!("{level:.1}"))
                .attr("width", 40)
                .attr("height", format!("{:.1}", LIQUID.1 - drawn)),
            rect()
                .attr("class", "vial-sump")
                .attr("x", 8)
                .attr("y", (LIQUID.0 + LIQUID.1).to_string())
                .attr("width", 40)
                .attr("height", 5),
            path().attr("class", "vial-was").attr("d", format!("M8 {}h40", LIQUID.0)),
            path().attr("class", "vial-outline").attr("d", glass),
        )),
        div().class("vial-words").child((
            b().child(title),
            span().child(format!("{withdrawn} withdrawn")),
            span().child(format!("{left} left")),
        )),
    ))
}
