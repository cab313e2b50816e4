//! The browser's driver: started for one test, gone with it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use xtask::browser::{Browser, FLAGS, Kind};

/// How the browser differs from the one that its maker ships.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// It has no WebAssembly, as in Lockdown Mode or by a hospital's policy.
    pub without_wasm: bool,
    /// Every access to storage throws, as where all cookies are blocked.
    pub without_storage: bool,
    /// The window keeps nothing, as a private one.
    pub private: bool,
    /// The device is in this time zone.
    pub time_zone: Option<String>,
}

/// A driver with one browser session.
pub struct Driver {
    process: Child,
    screen: Option<Child>,
    port: u16,
    session: String,
    _alive: Sender<()>,
}

/// Longer than any test takes.
const LIMIT: Duration = Duration::from_secs(300);

impl Driver {
    /// Starts both, the browser with a profile that is new and empty.
    pub async fn start(settings: &Settings) -> (Self, Client) {
        let browser = browser();
        let mut command = Command::new(&browser.driver);
        // A group of its own, so that a driver that is ended takes its browser along.
        command.stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        if let Some(zone) = &settings.time_zone {
            command.env("TZ", zone);
        }
        let screen = (browser.kind == Kind::WebKit).then(|| screen(&mut command));
        if settings.without_wasm {
            command.env("JSC_useWasm", "0");
        }
        if browser.kind == Kind::WebKit {
            // With it wasm was seen to stop at random with memory errors, as others report of Linux x86-64 (WebKit's bug 289009).
            command.env("JSC_useWasmOSR", "0");
        }
        let port = free_port();
        match browser.kind {
            Kind::Chromium => command.args(["--allowed-ips=127.0.0.1", &format!("--port={port}")]),
            Kind::Firefox => {
                fs::create_dir_all(profiles(port)).expect("a folder can be made");
                command.args(["--port", &port.to_string(), "--log", "fatal", "--profile-root"]).arg(profiles(port))
            }
            Kind::WebKit => command.arg(format!("--port={port}")),
        };
        let process = command.spawn().unwrap_or_else(|error| panic!("the driver of {} starts: {error}", browser.kind));
        // From here on the processes end with the value, also when the session cannot be had.
        let _alive = end_after(LIMIT, process.id());
        let mut driver = Self { process, screen, port, session: String::new(), _alive };
        let end = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(Instant::now() < end, "the driver of {} does not listen", browser.kind);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(&browser, settings))
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap_or_else(|error| panic!("{} starts: {error}", browser.kind));
        driver.session = client.session_id().await.ok().flatten().expect("the session has an id");
        (driver, client)
    }
}

impl Drop for Driver {
    /// By hand and at once: a test that failed has no time left to wait for anything.
    fn drop(&mut self) {
        if let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)) {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
            let session = &self.session;
            let _ =
                write!(stream, "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            let _ = stream.read(&mut [0; 512]);
        }
        end_group(self.process.id());
        for process in [Some(&mut self.process), self.screen.as_mut()].into_iter().flatten() {
            let _ = process.kill();
            let _ = process.wait();
        }
        // A driver that is ended has no time to clear up.
        let _ = fs::remove_dir_all(profiles(self.port));
    }
}

/// The browser that `cargo xtask test` chose, or the one that `AID_BROWSER` names, or Chromium.
pub fn kind() -> Kind {
    let named = std::env::var("AID_BROWSER").ok();
    named.map_or(Kind::Chromium, |name| Kind::of(&name).unwrap_or_else(|sentence| panic!("AID_BROWSER: {sentence}")))
}

fn browser() -> Browser {
    let kind = kind();
    let named = |name: &str| std::env::var_os(name).map(Into::into);
    match (named("AID_BROWSER_PROGRAM"), named("AID_BROWSER_DRIVER")) {
        (Some(program), Some(driver)) => Browser { kind, program, driver },
        _ => xtask::browser::find(kind)
            .unwrap_or_else(|| panic!("{kind} and its driver are installed: `cargo xtask test` does it")),
    }
}

/// Ends a driver that does not answer any more, so that its test fails and does not wait for ever; unless the sender goes first.
fn end_after(limit: Duration, process: u32) -> Sender<()> {
    let (alive, gone) = channel();
    std::thread::spawn(move || {
        if gone.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
            eprintln!("The test takes longer than {limit:?}: its browser is ended.");
            end_group(process);
        }
    });
    alive
}

/// Ends a driver with all that it started.
fn end_group(process: u32) {
    let _ = Command::new("kill").args(["-KILL", "--", &format!("-{process}")]).stderr(Stdio::null()).status();
}

/// Where a driver at this port keeps what its browser writes down.
fn profiles(port: u16) -> PathBuf {
    std::env::temp_dir().join(format!("aid-firefox-{port}"))
}

/// A port that nothing listens on, below those that a system hands out by itself: no server or browser of another test is given it
/// before the driver has it.
fn free_port() -> u16 {
    const FIRST: u32 = 20_000;
    const COUNT: u32 = 10_000;
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let ports = std::iter::repeat_with(|| NEXT.fetch_add(1, Ordering::Relaxed).wrapping_add(std::process::id()));
    let mut ports = ports.filter_map(|number| u16::try_from(FIRST + number % COUNT).ok());
    ports.find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok()).expect("a port is free")
}

/// A screen that nobody sees, for the browser that needs one.
fn screen(driver: &mut Command) -> Child {
    let mut screen = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "2560x2160x24", "-nolisten", "tcp", "-noreset"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb starts");
    let mut number = String::new();
    let output = screen.stdout.take().expect("Xvfb speaks");
    BufReader::new(output).read_line(&mut number).expect("Xvfb says its number");
    driver.env("DISPLAY", format!(":{}", number.trim())).env_remove("WAYLAND_DISPLAY");
    // It has no graphics card either.
    driver.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1").env("LIBGL_ALWAYS_SOFTWARE", "1").env("NO_AT_BRIDGE", "1");
    screen
}

fn capabilities(browser: &Browser, settings: &Settings) -> Capabilities {
    // A page that hangs while it loads is one of the things to look at.
    let mut wanted = Map::from_iter([("pageLoadStrategy".to_owned(), json!("none"))]);
    let program = &browser.program;
    let (name, options) = match browser.kind {
        Kind::Chromium => {
            wanted.insert("goog:loggingPrefs".to_owned(), json!({"browser": "ALL"}));
            let mut flags = FLAGS.to_vec();
            flags.extend(settings.without_wasm.then_some("--js-flags=--jitless"));
            flags.extend(settings.private.then_some("--incognito"));
            let cookies = if settings.without_storage { 2 } else { 1 };
            let prefs = json!({"profile.default_content_setting_values.cookies": cookies});
            ("goog:chromeOptions", json!({"binary": program, "args": flags, "prefs": prefs}))
        }
        Kind::Firefox => {
            let prefs = json!({
                "javascript.options.wasm": !settings.without_wasm,
                "network.cookie.cookieBehavior": if settings.without_storage { 2 } else { 5 },
                "browser.privatebrowsing.autostart": settings.private,
                // It asks its maker for lists and updates, which a closed network refuses.
                "browser.safebrowsing.update.enabled": false,
                "services.settings.server": "data:,",
                "network.captive-portal-service.enabled": false,
                "network.connectivity-service.enabled": false,
            });
            ("moz:firefoxOptions", json!({"binary": program, "args": ["-headless"], "prefs": prefs}))
        }
        Kind::WebKit => {
            // What is asked while a page goes is never answered at times.
            wanted.insert("pageLoadStrategy".to_owned(), json!("eager"));
            wanted.insert("timeouts".to_owned(), json!({"pageLoad": 2_000}));
            ("webkitgtk:browserOptions", json!({"binary": program, "args": ["--automation"]}))
        }
    };
    wanted.insert(name.to_owned(), options);
    wanted
}

/// A command that only Chromium's driver knows: its path after the session, and its body.
#[derive(Debug)]
pub struct Special(pub &'static str, pub Value);

impl WebDriverCompatibleCommand for Special {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.1.to_string()))
    }
}
