//! How the drug works, in four numbered pictures on one cell. The words stand in the list below it.

use leptos::prelude::*;

use super::{Frame, line, picture, round};
use crate::app::components::part::svg::text;

/// The cell, cut open.
const CELL: &str = "M20 92C120 70 560 70 660 92V324H20Z";
/// CD22: stalks on the membrane.
const RECEPTORS: &str = "M92 84v-24m-14 0h28M212 116v-14m-14 0h28M330 75v-24m-14 0h28";
/// An antibody with its two arms on a receptor.
const ANTIBODY: &str = "l13 -15l13 15m-13 -15v-20";
/// Calicheamicin: two on each antibody on its way, three set free, one on the DNA.
const PAYLOADS: [(i32, i32); 8] =
    [(84, 30), (100, 30), (204, 72), (220, 72), (392, 164), (388, 194), (408, 182), (546, 196)];
/// The pocket in which both sink into the cell.
const POCKET: &str = "M170 77C170 134 254 134 254 77";
/// Where the pocket is, the membrane is not.
const COVER: &str = "M171 66H253V90H171Z";
/// The nucleus.
const NUCLEUS: &str = "M548 166a104 70 0 1 0 .1 0Z";
/// The two strands of the DNA on either side of the break.
const STRANDS: &str = "M470 236C490 206 510 266 530 236M470 246C490 276 510 216 530 246M566 228C586 198 606 258 626 228M566 256C586 286 606 226 626 256";
/// Where both strands are broken.
const BREAK: &str = "M540 214l8 14l-8 10l8 14l-8 16M552 210l8 14l-8 10l8 14l-8 16";
/// From one station to the next.
const WAYS: &str =
    "M238 140C264 164 288 174 318 181m-13 -10l14 10l-16 4M420 200C436 206 446 212 458 222m-14 -4l15 5l-4 -15";

/// The drawing.
pub fn mechanism() -> AnyView {
    let words = "A leukemic cell: the antibody binds CD22 on its surface, is taken in, lets calicheamicin go, and the DNA breaks.";
    let mut drawn = vec![
        line("cell", CELL.to_owned()),
        line("cover", COVER.to_owned()),
        line("pocket", POCKET.to_owned()),
        line("receptors", RECEPTORS.to_owned()),
        round("lysosome", (372, 184), 46),
        line("nucleus", NUCLEUS.to_owned()),
        line("strands", STRANDS.to_owned()),
        line("break", BREAK.to_owned()),
        line("ways", WAYS.to_owned()),
    ];
    for (x, y) in [(79, 58), (199, 100), (344, 206)] {
        drawn.push(line("antibody", format!("M{x} {y}{ANTIBODY}")));
    }
    for at in PAYLOADS {
        drawn.push(round("payload", at, 5));
    }
    for (at, number) in [((52, 38), "1"), ((152, 136), "2"), ((330, 134), "3"), ((640, 164), "4")] {
        drawn.push(round("station", at, 15));
        let number = text().attr("x", at.0).attr("y", at.1 + 6).attr("text-anchor", "middle").child(number);
        drawn.push(number.view());
    }
    picture(Frame { class: "picture mechanism", view_box: "0 0 680 330", words: Some(words), stretched: false }, drawn)
}
