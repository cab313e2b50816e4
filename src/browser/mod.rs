//! The one door between the wasm and the world around it. With the page it is what boot.js may call; without (no feature
//! `page`) the functions of [`script`] are all there is.

#[cfg(feature = "page")]
pub mod camera;
#[cfg(feature = "page")]
pub mod clock;
#[cfg(feature = "page")]
pub mod edition;
#[cfg(feature = "page")]
pub mod fetch;
#[cfg(feature = "page")]
pub mod files;
#[cfg(feature = "page")]
pub mod host;
#[cfg(feature = "page")]
pub mod page;
#[cfg(feature = "page")]
pub mod part;
pub mod script;
#[cfg(feature = "page")]
pub mod tab;

#[cfg(feature = "page")]
mod door;
#[cfg(feature = "page")]
pub use door::{Answered, BuildId, mount, panic_test};
