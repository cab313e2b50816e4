//! FHIR R4, as little of it as the aid needs: what it can read from the Bundle of a record, and the Bundle with which it
//! proposes a dose. The codes stand in [`codes`]. Whether a value is still fresh, and which box it goes into, the walk says.

pub mod codes;
pub mod proposal;
pub mod record;

pub use record::{Found, Record, Value};
