//! One bar of a chart, with its interval. Its words stand beside it.

use leptos::prelude::*;

use super::{Frame, line, picture};

/// A bar that ends at `at` thousandths of the scale. The second arm is hollow, so that no color is needed to tell the two apart.
pub fn bar(at: u32, interval: Option<(u32, u32)>, arm: usize) -> AnyView {
    let mut lines =
        vec![line("ticks", "M1 0v18M500 0v18M999 0v18".to_owned()), line("length", format!("M0 3H{at}V15H0Z"))];
    if let Some((low, high)) = interval {
        let whisker = format!("M{low} 9H{high}M{low} 5v8M{high} 5v8");
        lines.push(line("halo", whisker.clone()));
        lines.push(line("whisker", whisker));
    }
    let class = if arm == 0 { "bar-picture" } else { "bar-picture hollow" };
    picture(Frame { class, view_box: "0 0 1000 18", words: None, stretched: true }, lines)
}
