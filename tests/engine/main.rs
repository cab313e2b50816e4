//! The engine against the contract: worked examples, boundaries, errors, properties, and the rules of the house.

mod architecture;
mod boundaries;
mod calendar_file;
mod changes;
mod counsel;
mod course;
mod coverage;
mod errors;
mod examples;
mod falsehoods;
mod fhir;
mod groups;
mod guided;
mod histories;
mod knowledge;
mod later_cycles;
mod patient_sheet;
mod pictures;
mod properties;
mod reading_pages;
mod rulebook;
mod safety;
mod schema;
mod spelling;
mod support;
mod thresholds;
mod walked;
mod wording;
#[path = "../e2e/src/words.rs"]
mod words;
