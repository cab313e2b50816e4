//! The engine against the contract: worked examples, boundaries, errors, properties, and the rules of the house.

mod architecture;
mod boundaries;
mod coverage;
mod errors;
mod examples;
mod histories;
mod later_cycles;
mod properties;
mod rulebook;
mod support;
