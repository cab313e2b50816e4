//! The browsers that the tests run in, each with its driver.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Outcome, ask, run, say};
use crate::tools::{cache, geckodriver, npm_install};

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

/// Which browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Chromium, or Chrome.
    Chromium,
    /// Firefox.
    Firefox,
    /// The engine of Safari, as WebKitGTK.
    WebKit,
}

impl Kind {
    /// Those that the tests run in on this machine. All three, but that WebKit's driver is a package of Debian's: on a Mac it is
    /// left to CI.
    pub const HERE: &'static [Self] = if cfg!(target_os = "macos") {
        &[Self::Chromium, Self::Firefox]
    } else {
        &[Self::Chromium, Self::Firefox, Self::WebKit]
    };

    /// The one with this name.
    pub fn of(name: &str) -> Outcome<Self> {
        let named = |kind: &&Self| kind.to_string().eq_ignore_ascii_case(name);
        let all = [Self::Chromium, Self::Firefox, Self::WebKit];
        let found = all.iter().find(named).copied();
        found.ok_or_else(|| format!("{name} is none of the browsers: chromium, firefox, webkit."))
    }

    /// Debian's packages for it.
    fn packages(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-driver"],
            Self::Firefox => &["firefox-esr"],
            Self::WebKit => &["webkit2gtk-driver", "xvfb"],
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKit",
        })
    }
}

/// A browser and the driver that goes with it.
#[derive(Clone, Debug)]
pub struct Browser {
    /// Which.
    pub kind: Kind,
    /// The browser itself.
    pub program: PathBuf,
    /// The WebDriver server that steers it.
    pub driver: PathBuf,
}

/// Finds the browser with its driver, or installs them where that is possible.
pub fn set_up(kind: Kind) -> Outcome<Browser> {
    let mac = cfg!(target_os = "macos");
    if program(kind).is_none() && !mac {
        from_debian(kind)?;
    }
    if kind == Kind::Firefox {
        geckodriver()?;
    }
    match find(kind) {
        Some(found) => Ok(found),
        None if mac && kind == Kind::Chromium => driver_for_chrome(),
        None => Err(format!("The tests need {kind} and its driver: install them, then run this again.")),
    }
}

/// The browser with its driver, if both are already there.
pub fn find(kind: Kind) -> Option<Browser> {
    let (program, driver) = match kind {
        Kind::Chromium => return chromium(),
        Kind::Firefox => (program(kind)?, cached_geckodriver().or_else(|| on_path("geckodriver"))?),
        Kind::WebKit => (program(kind)?, on_path("WebKitWebDriver")?),
    };
    Some(Browser { kind, program, driver })
}

/// What has to be there before a driver is looked for.
fn program(kind: Kind) -> Option<PathBuf> {
    match kind {
        Kind::Chromium => chromium().map(|browser| browser.program).or_else(mac_chrome),
        Kind::Firefox => ["firefox-esr", "firefox"].into_iter().find_map(on_path).or_else(mac_firefox),
        // It draws on a screen: without one, on Xvfb's.
        Kind::WebKit => on_path("WebKitWebDriver").and(on_path("Xvfb")).and_then(|_| mini_browser()),
    }
}

fn chromium() -> Option<Browser> {
    let programs = ["chromium", "google-chrome", "google-chrome-stable"].into_iter().filter_map(on_path);
    let drivers = || on_path("chromedriver").into_iter().chain(cached_chromedriver());
    programs.chain(mac_chrome()).find_map(|program| {
        let version = major(&program)?;
        let driver = drivers().find(|driver| major(driver) == Some(version))?;
        Some(Browser { kind: Kind::Chromium, program, driver })
    })
}

/// The small browser that comes with WebKitGTK, in a folder named after its version: the newest.
fn mini_browser() -> Option<PathBuf> {
    let folders = ["/usr/lib", "/usr/libexec"].map(Path::new);
    let below = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut found: Vec<PathBuf> = folders
        .into_iter()
        .flat_map(|folder| below(folder).chain([folder.to_path_buf()]))
        .flat_map(|folder| {
            below(&folder).filter(|place| place.to_string_lossy().contains("/webkit2gtk-")).collect::<Vec<_>>()
        })
        .map(|place| place.join("MiniBrowser"))
        .filter(|program| program.is_file())
        .collect();
    found.sort();
    found.pop()
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn mac_chrome() -> Option<PathBuf> {
    let program = Path::new("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    program.is_file().then(|| program.to_path_buf())
}

fn mac_firefox() -> Option<PathBuf> {
    let program = Path::new("/Applications/Firefox.app/Contents/MacOS/firefox");
    program.is_file().then(|| program.to_path_buf())
}

fn cached_chromedriver() -> Option<PathBuf> {
    let driver = cache().ok()?.join("chromedriver/node_modules/chromedriver/lib/chromedriver/chromedriver");
    driver.is_file().then_some(driver)
}

fn cached_geckodriver() -> Option<PathBuf> {
    let driver = cache().ok()?.join(format!("geckodriver-{}/bin/geckodriver", crate::tools::GECKODRIVER));
    driver.is_file().then_some(driver)
}

/// `156` of `Chromium 156.0.8078.79 built on …`.
fn major(program: &Path) -> Option<u32> {
    ask(program, &["--version"])?.split_whitespace().find_map(|word| word.split_once('.')?.0.parse().ok())
}

fn from_debian(kind: Kind) -> Outcome {
    let packages = kind.packages();
    let names = packages.join(" and ");
    let sentence = format!("The tests need {kind}: install {names}, then run this again.");
    if on_path("apt-get").is_none() {
        return Err(sentence);
    }
    let root = ask("id", &["-u"]).as_deref() == Some("0");
    if !root && on_path("sudo").is_none() {
        return Err(format!("{sentence} (This user is not root and there is no sudo.)"));
    }
    say(&format!("Installing {names} with apt-get (the tests run in {kind})"));
    let apt = |words: &[&str]| {
        let mut command = if root { Command::new("apt-get") } else { Command::new("sudo") };
        if !root {
            command.arg("apt-get");
        }
        command.args(words).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    run(&mut apt(&["update"]), "Reading Debian's list of packages")?;
    let install = ["install", "--yes", "--no-install-recommends"];
    run(apt(&install).args(packages), &format!("Installing {names}"))
}

fn driver_for_chrome() -> Outcome<Browser> {
    let Some(chrome) = mac_chrome() else {
        return Err("The tests need Google Chrome in /Applications: install it, then run this again.".to_owned());
    };
    let version = major(&chrome).ok_or("Google Chrome is there but does not say its version.")?;
    say(&format!("Installing chromedriver {version} from npm (it steers Google Chrome {version} in the tests)"));
    npm_install(&cache()?.join("chromedriver"), &format!("chromedriver@{version}"), false)?;
    chromium().ok_or_else(|| {
        format!("No chromedriver for Google Chrome {version} could be had: put one on the PATH, then run this again.")
    })
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn a_browser_is_chosen_by_its_name() {
        assert_eq!(Kind::of("webkit"), Ok(Kind::WebKit));
        assert!(Kind::of("lynx").is_err_and(|sentence| sentence.contains("firefox")));
    }
}
