//! Walks through the built page in a real browser, written as a person would tell them:
//!
//! ```no_run
//! # async fn walk() {
//! let page = e2e::open().await;
//! page.fill("Height", "170").await;
//! page.choose("Sex", "Female").await;
//! page.press("Continue").await;
//! page.expect("dose", "1.456 mg").await;
//! page.gallery("cycle-1-day-1").await;
//! # }
//! ```
//!
//! Every function waits up to fifteen seconds for what it names, and fails with a sentence that says what was there instead.
//! What is compared is text as a reader sees it: any run of white space, no-break spaces included, counts as one space.
//! Each test has a browser of its own, which ends with it. The page is served by the project's own server, which can do to
//! it what networks do (see [`Setup::fault`]).

mod driver;
mod find;
pub mod page;
pub mod paper;
pub mod words;

pub use driver::kind;
pub use page::{Page, State, Theme, key};
pub use xtask::browser::Kind;
pub use xtask::policy;
pub use xtask::server::{Fault, Site};

use std::path::PathBuf;

use driver::Settings;

/// The steps of the walk, by their place in the address.
pub const STEPS: [&str; 11] = [
    "visit",
    "patient",
    "course",
    "eligibility",
    "cytoreduction",
    "dose",
    "premedication",
    "preparation",
    "infusion",
    "counselling",
    "summary",
];

/// The built page with nothing in its way, started and ready.
pub async fn open() -> Page {
    let page = Setup::new().open().await;
    page.expect_state(State::Running).await;
    page
}

/// The folder with the built page. Fails when it is not of the sources as they are now: testing yesterday's page proves
/// nothing about today's.
pub fn dist() -> PathBuf {
    let root = xtask::shell::root();
    let dist = root.join("dist");
    let sources = xtask::stamp::of_sources(&root).expect("the sources can be read");
    match xtask::stamp::of_page(&dist) {
        None => panic!("There is no page in dist/: run `cargo xtask build` first."),
        Some(built) => {
            assert_eq!(built, sources, "The page in dist/ is not of these sources: run `cargo xtask build` first.")
        }
    }
    dist
}

/// Where pictures and prints of the page are put, for a person to look at.
pub fn pictures() -> PathBuf {
    let folder = xtask::shell::root().join("target/screenshots");
    std::fs::create_dir_all(&folder).expect("target/screenshots can be made");
    folder
}

/// How the page is served and what browser it meets.
#[derive(Clone, Debug)]
pub struct Setup {
    site: Site,
    settings: Settings,
    scripts: bool,
    worker: bool,
    fragment: String,
    size: (u32, u32),
}

impl Default for Setup {
    fn default() -> Self {
        Self::new()
    }
}

impl Setup {
    /// The page as it is, on a desktop.
    pub fn new() -> Self {
        Self {
            site: Site { keep: false, prelude: page::prelude(false), ..Site::new(dist()) },
            settings: Settings::default(),
            scripts: true,
            worker: false,
            fragment: String::new(),
            size: (1280, 900),
        }
    }

    /// Something else than the built page, such as a page around it.
    pub fn of(site: Site) -> Self {
        let this = Self::new();
        Self { site: Site { keep: false, prelude: this.site.prelude.clone(), ..site }, ..this }
    }

    /// A file lies beside those of the page, or in the place of one.
    pub fn beside(mut self, name: &str, content: &str) -> Self {
        self.site.beside.push((name.to_owned(), content.into()));
        self
    }

    /// Something happens to every file whose name ends like this.
    pub fn fault(mut self, ending: &str, fault: Fault) -> Self {
        self.site.faults.push((ending.to_owned(), fault));
        self
    }

    /// The server sends this Content-Security-Policy in place of the strict one.
    pub fn policy(mut self, policy: &str) -> Self {
        self.site.policy = Some(policy.to_owned());
        self
    }

    /// The page lies under this path (with a slash at both ends) and not at the root.
    pub fn under(mut self, prefix: &str) -> Self {
        self.site.prefix = prefix.to_owned();
        self
    }

    /// The browser has no WebAssembly.
    pub fn without_wasm(mut self) -> Self {
        self.settings.without_wasm = true;
        self
    }

    /// In this browser every access to storage throws.
    pub fn without_storage(mut self) -> Self {
        self.settings.without_storage = true;
        self
    }

    /// The window is a private one.
    pub fn private(mut self) -> Self {
        self.settings.private = true;
        self
    }

    /// The device is in a time zone, such as `Europe/Berlin`.
    pub fn time_zone(mut self, zone: &str) -> Self {
        self.settings.time_zone = Some(zone.to_owned());
        self
    }

    /// The browser runs no scripts.
    pub fn without_scripts(mut self) -> Self {
        self.scripts = false;
        self
    }

    /// The browser keeps the aid for use without a network. Elsewhere it is one that cannot: a good copy on the device would hide
    /// what is done to the files on their way.
    pub fn kept(mut self) -> Self {
        self.worker = true;
        self.site.prelude = page::prelude(true);
        self
    }

    /// A plain file server, which sends no headers of its own.
    pub fn plain(mut self) -> Self {
        self.site.policy = None;
        self.site.headers = false;
        self
    }

    /// The address ends in this, `#` included.
    pub fn at(mut self, fragment: &str) -> Self {
        self.fragment = fragment.to_owned();
        self
    }

    /// The window has this many CSS pixels.
    pub fn size(mut self, width: u32, height: u32) -> Self {
        self.size = (width, height);
        self
    }

    /// What is served, to be changed and handed to [`Page::serve`].
    pub fn site(&self) -> Site {
        self.site.clone()
    }

    /// Starts server and browser and goes to the page, without waiting for it to start.
    pub async fn open(self) -> Page {
        Page::open(self).await
    }
}
