//! Body surface area and dose by each of the five formulas.

use leptos::prelude::*;
use rust_decimal::prelude::ToPrimitive;

use super::{across, anchor, shape_at, strip, upright, words_at};
use crate::app::components::part::html::{caption, div, p, table, tbody, td, th, thead, tr};
use crate::app::components::part::{Inside, Listed};
use crate::app::desk::Desk;
use crate::walk::picture::{self, ByFormula, Formulas};

/// The table, and the doses on one line, once height and weight are known.
pub fn formulas(desk: Desk) -> impl Inside {
    let formulas = desk.watch(|_, plan| picture::formulas(plan));
    move || formulas.get().map(draw)
}

/// The formulas as they are drawn.
pub fn draw(formulas: Formulas) -> impl Inside {
    let Formulas { how, lines, farthest } = formulas;
    let dosed = how.is_some();
    let heads =
        if dosed { &["Formula", "Surface", "Dose", "Difference"][..] } else { &["Formula", "Surface", "In use"] };
    let head = heads.iter().map(|head| th().role("columnheader").attr("scope", "col").child(*head)).listed();
    let line = |line: &ByFormula| {
        tr().role("row").class(if line.in_use { "used" } else { "" }).child((
            th().role("rowheader").attr("scope", "row").child(line.name),
            td().role("cell").attr("data-head", "Surface").child(line.m2.clone()),
            line.dose.clone().map(|dose| td().role("cell").attr("data-head", "Dose").child(dose)),
            td().role("cell")
                .attr("data-head", if dosed { "Difference" } else { "In use" })
                .child(line.difference.clone()),
        ))
    };
    let rows = lines.iter().map(line).listed();
    let words = farthest.clone().unwrap_or_default();
    div().class("by-formula").attr("translate", "no").attr("data-testid", "by-formula").child((
        doses(&lines)
            .map(|parts| div().class("picture").role("img").attr("aria-label", words).child(strip(3.6, parts))),
        // On a phone its rows are blocks, so every part of the table names its role.
        div().class("table-room").child(table().role("table").class("formulas").child((
            how.map(|how| caption().child(format!("Dose: {how}"))),
            thead().role("rowgroup").child(tr().role("row").child(head)),
            tbody().role("rowgroup").child(rows),
        ))),
        farthest.map(|words| p().class("quiet").child(words)),
    ))
}

/// The doses on a line from the least to the most; nothing while there is no dose, or one only.
fn doses(lines: &[ByFormula]) -> Option<impl Inside + use<>> {
    let at = |line: &ByFormula| line.mg.and_then(|mg| mg.to_f64());
    let all: Vec<f64> = lines.iter().filter_map(at).collect();
    let (least, most) = (all.iter().copied().fold(f64::MAX, f64::min), all.iter().copied().fold(0.0, f64::max));
    (least < most).then(|| {
        let share = move |line: &ByFormula| at(line).map(|mg| (mg - least) / (most - least));
        let end = |wanted: f64| lines.iter().find(|line| share(line) == Some(wanted)).filter(|line| !line.in_use);
        let ends = [0.0, 1.0].map(|place| {
            end(place).map(|line| {
                let words = format!("{} {}", line.name, line.dose.clone().unwrap_or_default());
                words_at("labels", place, 3.4, anchor(place), words)
            })
        });
        // The one in use lies over the others.
        let (used, others): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.in_use);
        let dots = others.into_iter().chain(used).filter_map(|line| {
            let at = share(line)?;
            let dot = if line.in_use { "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0" } else { "M0 -6l6 6l-6 6l-6 -6z" };
            let label = line.in_use.then(|| {
                let words = format!("{}, in use", line.dose.clone().unwrap_or_default());
                (upright("limits", at, 1.2, 1.8), words_at("level", at, 1.0, anchor(at), words))
            });
            Some((shape_at(if line.in_use { "mark" } else { "other" }, at, 1.9, dot), label))
        });
        let dots = dots.listed();
        (across("axis", (0.0, 1.0), 1.9), dots, ends.into_iter().listed())
    })
}
