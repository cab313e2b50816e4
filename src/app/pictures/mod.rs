//! Pictures of numbers, as SVG. Geometry only: every number in them comes from the engine.

pub mod concentration;
pub mod cycle;
