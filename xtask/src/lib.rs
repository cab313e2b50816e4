//! Set-up, build, serve and test of the aid. The commands are in `main.rs`; the end-to-end tests use the rest: the
//! [`server`], its faults, the [`policy`] it sends and the [`stamp`] that ties a built page to its sources.

pub mod api;
pub mod bench;
pub mod browser;
pub mod checks;
pub mod faults;
pub mod mutate;
pub mod offline;
pub mod only;
pub mod package;
pub mod page;
pub mod policy;
pub mod reproducible;
pub mod server;
pub mod sha256;
pub mod shell;
pub mod single_file;
pub mod size;
pub mod stamp;
pub mod tools;
