//! The committed rule book is the one the rules make.

use std::fs;
use std::path::Path;

use inotuzumab::engine::{label_table, rulebook};

/// With `UPDATE_DOCS=1` the file is written instead of compared.
pub fn up_to_date(file: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, made).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
    let committed = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    assert!(committed == made, "{file} is stale: run `UPDATE_DOCS=1 cargo test --test engine`");
}

#[test]
fn the_rule_book_is_up_to_date() {
    up_to_date("docs/rulebook.md", &rulebook::markdown());
}

#[test]
fn the_label_table_is_up_to_date() {
    let made = label_table::html();
    for words in
        ["0.8 mg/m2", "0.5 mg/m2", "0.25 mg/mL", "3.6 mL", "total of 50 mL", "10,000 blasts", "8 months (women)"]
    {
        assert!(made.contains(words), "the label table does not say {words}");
    }
    up_to_date("docs/label.html", &made);
}
