//! The committed rule book is the one the rules make.

use std::fs;
use std::path::Path;

use inotuzumab::engine::rulebook;

/// With `UPDATE_DOCS=1` the file is written instead of compared.
#[test]
fn the_rule_book_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rulebook.md");
    let made = rulebook::markdown();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &made).expect("docs/rulebook.md can be written");
    }
    let committed = fs::read_to_string(&path).expect("docs/rulebook.md");
    assert!(committed == made, "docs/rulebook.md is stale: run `UPDATE_DOCS=1 cargo test --test engine rulebook`");
}
