//! Bedside aid for inotuzumab ozogamicin.
//!
//! Read it from the top: [`engine`] holds the rules and knows nobody; [`interchange`] carries a case elsewhere; `text` holds
//! the words; `walk` holds what the user has typed so far and turns it into a case; `content` makes the texts to read; `app` draws it; `browser` touches the outside world.

pub mod engine;
pub mod interchange;
pub mod walk;

// Makes the data files of the reading pages; the page fetches them and does not carry what makes them.
#[cfg(not(target_arch = "wasm32"))]
pub mod content;

// The page itself: compiled for the browser only, so that native tests never build a line of it.
#[cfg(all(target_arch = "wasm32", feature = "page"))]
pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod browser;
