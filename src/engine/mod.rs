//! The clinical engine.
