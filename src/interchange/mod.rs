//! How a case leaves this device and comes in: its fingerprint, the code that carries it to another device, the QR code of it, the
//! messages of a page around this one. And what a hospital sets beside the page.
//!
//! It knows the engine and no browser.

pub mod calendar_file;
pub mod fhir;
pub mod fingerprint;
pub mod letters;
pub mod message;
pub mod parcel;
mod pieces;
pub mod policy;
pub mod qr;
pub mod schema;

pub use fingerprint::Fingerprint;
