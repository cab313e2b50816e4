//! What was printed, read back by other hands than the browser's.

use std::path::Path;

use fantoccini::wd::PrintSize;
use lopdf::{Document, Object};

/// The papers: name, size, width and height in points.
pub const PAPERS: [(&str, PrintSize, f32, f32); 2] =
    [("a4", PrintSize::A4, 595.0, 842.0), ("letter", PrintSize::US_LETTER, 612.0, 792.0)];

/// The text of a print of exactly one page of this size, in points, as one line.
#[must_use]
pub fn read(file: &Path, width: f32, height: f32) -> String {
    let document = Document::load(file).expect("a PDF");
    let pages = document.get_pages();
    assert_eq!(pages.len(), 1, "{}", file.display());
    let page = document.get_dictionary(*pages.values().next().expect("a page")).expect("a page");
    let size = page.get(b"MediaBox").and_then(Object::as_array).expect("a size");
    let size: Vec<f32> = size.iter().filter_map(|side| side.as_float().ok()).collect();
    let fits = |at: usize, wanted: f32| size.get(at).is_some_and(|side| (side - wanted).abs() < 2.0);
    assert!(fits(2, width) && fits(3, height), "{} is {size:?}", file.display());
    let text = document.extract_text(&[1]).expect("text");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
