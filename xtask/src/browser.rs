//! The browser that the tests run in: Chromium with its driver.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Outcome, ask, run, say};
use crate::tools::{cache, npm_install};

/// Starts a browser that touches nothing but the page under test. Without the last four it asks its maker's servers for
/// updates, which a closed network refuses.
pub const FLAGS: [&str; 9] = [
    "--headless=new",
    // Chromium refuses to run as root with its sandbox, and containers are root. The tests open the project's own page only.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A browser and the driver of the same version.
#[derive(Clone, Debug)]
pub struct Browser {
    /// The browser itself.
    pub program: PathBuf,
    /// The WebDriver server that steers it.
    pub driver: PathBuf,
}

/// Finds a matching pair, or installs one where that is possible.
pub fn set_up() -> Outcome<Browser> {
    if let Some(found) = find() {
        return Ok(found);
    }
    match std::env::consts::OS {
        "macos" => for_mac(),
        _ => from_debian(),
    }
}

/// A matching pair that is already there.
pub fn find() -> Option<Browser> {
    let programs = ["chromium", "google-chrome", "google-chrome-stable"].iter().filter_map(|name| on_path(name));
    let drivers = || ["chromedriver"].iter().filter_map(|name| on_path(name)).chain(cached_driver());
    programs.chain(mac_chrome()).find_map(|program| {
        let version = major(&program)?;
        let driver = drivers().find(|driver| major(driver) == Some(version))?;
        Some(Browser { program, driver })
    })
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn mac_chrome() -> Option<PathBuf> {
    let program = Path::new("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    program.is_file().then(|| program.to_path_buf())
}

fn cached_driver() -> Option<PathBuf> {
    let driver = cache().ok()?.join("chromedriver/node_modules/chromedriver/lib/chromedriver/chromedriver");
    driver.is_file().then_some(driver)
}

/// `156` of `Chromium 156.0.8078.79 built on …`.
fn major(program: &Path) -> Option<u32> {
    ask(program, &["--version"])?.split_whitespace().find_map(|word| word.split_once('.')?.0.parse().ok())
}

fn from_debian() -> Outcome<Browser> {
    const SENTENCE: &str = "The tests need Chromium and its driver: install the packages chromium and chromium-driver, then run this again.";
    if on_path("apt-get").is_none() {
        return Err(SENTENCE.to_owned());
    }
    let root = ask("id", &["-u"]).as_deref() == Some("0");
    if !root && on_path("sudo").is_none() {
        return Err(format!("{SENTENCE} (This user is not root and there is no sudo.)"));
    }
    say("Installing chromium and chromium-driver with apt-get (the browser that the tests run in)");
    let apt = |words: &[&str]| {
        let mut command = if root { Command::new("apt-get") } else { Command::new("sudo") };
        if !root {
            command.arg("apt-get");
        }
        command.args(words).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    run(&mut apt(&["update"]), "Reading Debian's list of packages")?;
    let install = ["install", "--yes", "--no-install-recommends", "chromium", "chromium-driver"];
    run(&mut apt(&install), "Installing chromium and chromium-driver")?;
    find().ok_or_else(|| SENTENCE.to_owned())
}

fn for_mac() -> Outcome<Browser> {
    let Some(chrome) = mac_chrome() else {
        return Err("The tests need Google Chrome in /Applications: install it, then run this again.".to_owned());
    };
    let version = major(&chrome).ok_or("Google Chrome is there but does not say its version.")?;
    say(&format!("Installing chromedriver {version} from npm (it steers Google Chrome {version} in the tests)"));
    npm_install(&cache()?.join("chromedriver"), &format!("chromedriver@{version}"), false)?;
    find().ok_or_else(|| {
        format!("No chromedriver for Google Chrome {version} could be had: put one on the PATH, then run this again.")
    })
}
