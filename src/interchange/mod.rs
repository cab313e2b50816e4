//! How a case leaves this device and comes in: its fingerprint, the code that carries it to another device, the QR code of it.
//!
//! It knows the engine and no browser.

pub mod calendar_file;
pub mod fhir;
pub mod fingerprint;
pub mod letters;
pub mod parcel;
mod pieces;
pub mod qr;

pub use fingerprint::Fingerprint;
