//! A code as a QR code: its modules as one path of a drawing. The letters of our codes are all in the QR code's own short
//! alphabet, which keeps it small.

use qrcodegen::{QrCode, QrCodeEcc};
use serde::Serialize;

/// Modules of quiet on every side, as the standard asks.
pub const QUIET: i32 = 4;

/// What is drawn: the length of a side with its quiet zone, and the dark modules as a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drawing {
    /// Modules of a side, the quiet zone included.
    pub side: i32,
    /// The dark modules, row by row, for the `d` of a path.
    pub path: String,
}

/// The QR code of a text; `None` when none is large enough for it.
#[must_use]
pub fn draw(text: &str) -> Option<Drawing> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let from = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                path.push_str(&format!("M{} {}h{}v1H{}z", from + QUIET, y + QUIET, x - from, from + QUIET));
            }
            x += 1;
        }
    }
    Some(Drawing { side: code.size() + 2 * QUIET, path })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::engine::Case;
    use crate::interchange::parcel;

    /// The drawing as a picture of so many pixels a module: what a camera would see.
    fn picture(Drawing { side, path }: &Drawing, pixels: usize) -> (usize, Vec<u8>) {
        let across = usize::try_from(*side).expect("a side") * pixels;
        let mut seen = vec![255; across * across];
        for run in path.split('z').filter(|run| !run.is_empty()) {
            let numbers: Vec<usize> =
                run.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect();
            let [x, y, width, 1, back] = numbers[..] else { panic!("{run}") };
            assert_eq!(back, x);
            for at in 0..width * pixels * pixels {
                let (across_run, down) = (at % (width * pixels), at / (width * pixels));
                seen[(y * pixels + down) * across + x * pixels + across_run] = 0;
            }
        }
        (across, seen)
    }

    fn read(drawing: &Drawing) -> String {
        let (across, seen) = picture(drawing, 3);
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(across, across, |x, y| seen[y * across + x]);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "one code is seen");
        grids[0].decode().expect("it can be read").1
    }

    #[test]
    fn another_reader_sees_the_same_code() {
        for (text, modules) in [
            (include_str!("../../tests/fingerprints/ex01-as-typed.case.json"), 49),
            (include_str!("../../docs/schema/examples/cycle-2-day-1-reduced.case.json"), 53),
            (include_str!("../../benches/heaviest.json"), 101),
        ] {
            let case = Case::from_json(text).expect("a case");
            let code = parcel::write(&case);
            let drawing = draw(&code).expect("it is not too long");
            assert_eq!(read(&drawing), code);
            assert!(drawing.side <= modules, "{} modules a side for {} letters", drawing.side, code.len());
        }
        assert_eq!(draw(&"A".repeat(5000)), None);
    }

    #[test]
    fn the_quiet_zone_is_left_white() {
        let drawing = draw("CASE1").expect("short");
        let (across, seen) = picture(&drawing, 1);
        let quiet = usize::try_from(QUIET).expect("a width");
        let inside = |at: usize| (quiet..across - quiet).contains(&at);
        for (at, colour) in seen.iter().enumerate() {
            assert!(*colour == 255 || (inside(at % across) && inside(at / across)));
        }
        assert_eq!(seen[quiet * across + quiet], 0, "the corner is dark");
    }
}
