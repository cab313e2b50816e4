//! One page in one browser.

use std::fmt;
use std::fs;
use std::future::Future;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use fantoccini::Client;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use serde_json::{Value, json};
use xtask::server::{Server, Site};

use crate::driver::{Driver, Special, kind};
use crate::find::{FOCUSED, Wanted};
use crate::{Kind, Setup, pictures};

/// How long to wait for what must come: long, as the machine may have other work.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often to look.
const PAUSE: Duration = Duration::from_millis(25);

/// The device's clock stands at noon of 22 November 2026: the page asks about a visit far from today, and these walks are
/// to say the same in any year.
const CLOCK: &str = r"
const Real = Date;
// The name of a window outlives a reload of the page, and is no storage.
let now = Number(globalThis.name) || new Real(2026, 10, 22, 12).getTime();
globalThis.setTheClock = to => { now = new Real(to).getTime(); globalThis.name = now; };
globalThis.Date = class extends Real {
  constructor(...given) { given.length ? super(...given) : super(now); }
  static now() { return now; }
};
";

/// A browser without workers.
const NO_WORKER: &str = "delete Navigator.prototype.serviceWorker;";

/// Writes down what a console is told.
const COMPLAINTS: &str = r#"
globalThis.complaints = [];
const complain = (...words) => globalThis.complaints.push(words.join(" "));
for (const kind of ["error", "warn"]) {
  const tell = console[kind];
  console[kind] = (...words) => { complain(kind, ...words); tell.apply(console, words); };
}
addEventListener("error", (event) => complain("error", event.message ?? event.target?.src ?? event.target?.href), true);
addEventListener("unhandledrejection", (event) => complain("rejected", event.reason));
addEventListener("securitypolicyviolation", (event) => complain("policy", event.violatedDirective, event.blockedURI));
"#;

/// What the server puts before the scripts of the page, where the browser's driver cannot: in all but Chromium, which meets the
/// page as it is. With or without a browser that keeps the page for use without a network.
pub(crate) fn prelude(worker: bool) -> Option<String> {
    let no_worker = if worker { "" } else { NO_WORKER };
    (kind() != Kind::Chromium).then(|| format!("{{{CLOCK}{COMPLAINTS}{no_worker}}}"))
}

/// The widths (and heights) at which the page is looked at: phone, tablet, desktop.
pub const SIZES: [(u32, u32); 3] = [(390, 844), (820, 1180), (1280, 900)];

/// Keys for [`Page::key`].
#[allow(missing_docs)]
pub mod key {
    pub const TAB: &str = "\u{e004}";
    pub const BACK_TAB: &str = "\u{e008}\u{e004}";
    pub const ENTER: &str = "\u{e007}";
    pub const SPACE: &str = " ";
    pub const ESCAPE: &str = "\u{e00c}";
    pub const BACKSPACE: &str = "\u{e003}";
    pub const DELETE: &str = "\u{e017}";
    pub const LEFT: &str = "\u{e012}";
    pub const UP: &str = "\u{e013}";
    pub const RIGHT: &str = "\u{e014}";
    pub const DOWN: &str = "\u{e015}";
    /// Selects all that stands in the field, so that what is typed next replaces it.
    pub const REPLACE: &str = if cfg!(target_os = "macos") { "\u{e03d}a\u{e000}" } else { "\u{e009}a\u{e000}" };
    pub(super) const SELECT_ALL: &str = if cfg!(target_os = "macos") { "\u{e03d}a" } else { "\u{e009}a" };
}

/// Where the page stands. boot.js writes it on the root element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// No script has run.
    Static,
    /// The first screen, waiting for the program.
    Loading,
    /// The aid.
    Running,
    /// A message why it could not start.
    Refused,
    /// A message that it broke.
    Stopped,
}

impl State {
    fn of(word: &str) -> Self {
        match word {
            "loading" => Self::Loading,
            "running" => Self::Running,
            "refused" => Self::Refused,
            "stopped" => Self::Stopped,
            _ => Self::Static,
        }
    }
}

/// Light or dark, as the reader's system asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Black on white.
    Light,
    /// White on black.
    Dark,
}

impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Light => "light",
            Self::Dark => "dark",
        })
    }
}

/// The page, its browser and its server; all three end when this is dropped.
pub struct Page {
    /// The browser, for what has no function here.
    pub client: Client,
    /// The server, for what it was asked.
    pub server: Server,
    fragment: String,
    _driver: Driver,
}

// ------------------------------------------------------------------------------------------------------ going somewhere

impl Page {
    pub(crate) async fn open(setup: Setup) -> Self {
        let server = Server::start(setup.site).expect("a port is free");
        let (driver, client) = Driver::start(&setup.settings).await;
        let page = Self { client, server, fragment: setup.fragment, _driver: driver };
        page.size(setup.size.0, setup.size.1).await;
        if !setup.scripts {
            page.cdp("Emulation.setScriptExecutionDisabled", json!({"value": true})).await;
        }
        if kind() == Kind::Chromium {
            page.before_scripts(CLOCK).await;
            if !setup.worker {
                page.before_scripts(NO_WORKER).await;
            }
        }
        page.visit().await;
        page
    }

    /// From the next page on, this runs before the scripts of the page. Chromium's.
    pub async fn before_scripts(&self, script: &str) {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": script})).await;
    }

    /// Goes to the page anew, as a first visit would, without waiting for it to start.
    pub async fn visit(&self) {
        self.leave().await;
        let address = format!("{}{}", self.server.url(), self.fragment);
        self.goto(&address).await;
        self.wait("the first screen", async || {
            self.js("return document.body?.innerText?.length > 0 && location.protocol !== 'about:'").await == true
        })
        .await;
    }

    /// Goes to an empty page: what is asked next is not answered by the page that is just being left.
    pub async fn leave(&self) {
        self.goto("about:blank").await;
        self.wait("the empty page", async || self.js("return location.href").await == "about:blank").await;
    }

    /// Goes to an address, without waiting for what it shows. WebKit's driver waits until the page is read, for what is asked
    /// of it while a page goes may never be answered; that it was not read in time is no fault.
    pub async fn goto(&self, address: &str) {
        unless_slow(self.client.goto(address).await);
    }

    /// Goes back, as by the browser's button.
    pub async fn back(&self) {
        unless_slow(self.client.back().await);
    }

    /// Goes forward again.
    pub async fn forward(&self) {
        unless_slow(self.client.forward().await);
    }

    /// Loads the page anew, as its user would, and waits until it runs.
    pub async fn reload(&self) {
        self.load_anew().await;
        self.expect_state(State::Running).await;
    }

    /// Loads the page anew and waits until all of it is there, whatever it says.
    pub async fn load_anew(&self) {
        self.js("window.before = true; setTimeout(() => location.reload(), 0)").await;
        let end = Instant::now() + Duration::from_secs(30);
        while self.js("return document.readyState === 'complete' && window.before === undefined").await != true {
            if Instant::now() > end {
                let stands = self
                    .js("return [document.readyState, window.before ?? null, document.body.innerText.slice(0, 300)]")
                    .await;
                panic!(
                    "waited 30 s in vain for the page loaded anew; it stands at {stands}, and the server was asked for {:?}",
                    self.server.requests()
                );
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Serves something else from now on, and goes to it.
    pub async fn serve(&self, site: Site) {
        self.server.serve(site);
        self.visit().await;
    }

    /// Changes the fragment of the address, as a link on the page would.
    pub async fn go(&self, fragment: &str) {
        self.js_with("location.hash = arguments[0]", vec![fragment.into()]).await;
    }
}

// -------------------------------------------------------------------------------------------------- what a reader does

impl Page {
    /// The first step: which dose is due, when, by which label.
    pub async fn say_visit(&self, cycle: &str, day: &str, date: &str, label: &str) {
        self.expect_state(State::Running).await;
        self.choose("Cycle", cycle).await;
        self.choose("Day", day).await;
        self.fill("Date of this visit", date).await;
        // Far from the device's date it is asked, and it is right.
        let asked = self.js("return document.querySelector('#visit-date-ask button')?.innerText").await;
        if let Some(day) = asked.as_str() {
            self.press(day).await;
        }
        self.choose("Label", label).await;
        self.press("Continue").await;
    }

    /// Cycle 1 day 1 on 23 November 2026 by the US label.
    pub async fn say_first_visit(&self) {
        self.say_visit("1", "Day 1", "2026-11-23", "US label").await;
    }

    /// An adult before the first dose: 170 cm and 70 kg come to 1.456 mg.
    pub async fn to_a_dose(&self) {
        self.say_first_visit().await;
        self.fill("Height", "170").await;
        self.fill("Weight", "70").await;
        self.expect("dose", "1.456 mg").await;
    }

    /// Empties the field with this label and types into it, key by key.
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.find(Wanted::Field(label)).await;
        for keys in [key::SELECT_ALL, key::DELETE, text] {
            field.send_keys(keys).await.unwrap_or_else(|error| panic!("type {keys:?} into “{label}”: {error}"));
        }
    }

    /// Taps the field with this label.
    pub async fn tap(&self, label: &str) {
        self.click(Wanted::Field(label)).await;
    }

    /// What stands in the field with this label.
    pub async fn value(&self, label: &str) -> String {
        let field = self.find(Wanted::Field(label)).await;
        field.prop("value").await.ok().flatten().unwrap_or_default()
    }

    /// Chooses an option by its group's question and its own words: a radio button, or a box to tick.
    pub async fn choose(&self, question: &str, answer: &str) {
        self.click(Wanted::Choice(question, answer)).await;
    }

    /// Ticks or unticks the box with this label.
    pub async fn tick(&self, label: &str) {
        self.tap(label).await;
    }

    /// Presses the button, link or "why" that says this (exactly, or as the only one that begins so).
    pub async fn press(&self, text: &str) {
        self.click(Wanted::Pressable(text)).await;
    }

    /// Presses a key, or types text, wherever the focus is. Keys are in [`key`]: `page.key(key::TAB)`.
    pub async fn key(&self, keys: &str) {
        if self.js("return document.activeElement.type === 'file'").await == true {
            // What is sent to a box for files is taken for the name of one.
            return self.press_keys(keys).await;
        }
        // What is held is let go between two calls: not every driver takes the key for it in the middle of one.
        for keys in keys.split('\u{e000}').filter(|keys| !keys.is_empty()) {
            self.type_keys(keys).await;
        }
    }

    async fn type_keys(&self, keys: &str) {
        let at = self.client.active_element().await.expect("something has the focus");
        if at.send_keys(keys).await.is_err() {
            // The page redrew what had the focus between the two calls; nothing has been pressed yet.
            let now = self.client.active_element().await.expect("something has the focus");
            now.send_keys(keys).await.unwrap_or_else(|error| panic!("key {keys:?}: {error}"));
        }
    }

    /// Presses keys at the keyboard itself, the first held while the others are pressed.
    async fn press_keys(&self, keys: &str) {
        let (down, up) = (keys.chars(), keys.chars().rev());
        let down =
            down.fold(KeyActions::new("keyboard".to_owned()), |keys, value| keys.then(KeyAction::Down { value }));
        let actions = up.fold(down, |keys, value| keys.then(KeyAction::Up { value }));
        self.client.perform_actions(actions).await.unwrap_or_else(|error| panic!("key {keys:?}: {error}"));
    }

    /// What the element with the focus is called: label, text or name.
    pub async fn focused(&self) -> String {
        self.js(FOCUSED).await.as_str().unwrap_or_default().to_owned()
    }

    /// Presses Tab until the focus is on what is called this (or begins so).
    pub async fn tab_to(&self, name: &str) {
        let mut passed = Vec::new();
        for _ in 0..80 {
            let at = self.focused().await;
            if at.starts_with(name) {
                return;
            }
            passed.push(at);
            self.key(key::TAB).await;
        }
        panic!("80 times Tab did not reach “{name}”; it went by {passed:#?}. It says:\n{}", self.text().await);
    }

    async fn click(&self, wanted: Wanted<'_>) {
        let end = Instant::now() + PATIENCE;
        loop {
            let element = self.find(wanted).await;
            // In the middle of the window: a bar that sticks to an edge would take the click.
            let center = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})";
            let argument = serde_json::to_value(&element).expect("an element is a reference");
            let clicked = async {
                self.client.execute(center, vec![argument]).await?;
                element.click().await
            };
            match clicked.await {
                Ok(()) => return,
                // It was of the first screen, which the aid has just taken the place of.
                Err(CmdError::Standard(error))
                    if error.error() == "stale element reference" && Instant::now() < end => {}
                Err(error) => panic!("click {wanted:?}: {error}"),
            }
        }
    }

    async fn find(&self, wanted: Wanted<'_>) -> Element {
        let end = Instant::now() + PATIENCE;
        let (script, arguments) = wanted.script();
        loop {
            let found = self.client.execute(&script, arguments.clone()).await;
            match found.map(|value| value.as_object()?.values().next()?.as_str().map(str::to_owned)) {
                Ok(Some(id)) => return Element::from_element_id(self.client.clone(), id.into()),
                _ if Instant::now() < end => tokio::time::sleep(PAUSE).await,
                other => panic!(
                    "{wanted:?} is not on the page ({other:?}). It says:\n{}\nand the console: {:#?}",
                    self.text().await,
                    self.complaints().await
                ),
            }
        }
    }
}

// -------------------------------------------------------------------------------------------------- what a reader sees

impl Page {
    /// All the text in sight.
    pub async fn text(&self) -> String {
        one_line(self.js("return document.body.innerText").await.as_str().unwrap_or_default())
    }

    /// The text of the element with this `data-testid`.
    pub async fn read(&self, testid: &str) -> String {
        let element = self.find(Wanted::TestId(testid)).await;
        one_line(&element.text().await.unwrap_or_default())
    }

    /// Whether an element with this `data-testid` is in sight now.
    pub async fn shows(&self, testid: &str) -> bool {
        let script =
            "const e = [...document.querySelectorAll('[data-testid]')].find((e) => e.dataset.testid === arguments[0]);
                      return !!e && e.checkVisibility({ visibilityProperty: true });";
        self.js_with(script, vec![testid.into()]).await == true
    }

    /// Waits until the element with this `data-testid` says exactly this.
    pub async fn expect(&self, testid: &str, text: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            let found = self.read(testid).await;
            if found == text {
                return;
            }
            assert!(Instant::now() < end, "{testid} says “{found}”, not “{text}”");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits until this text is in sight.
    pub async fn expect_text(&self, text: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            let found = self.text().await;
            if found.contains(text) {
                return;
            }
            assert!(Instant::now() < end, "“{text}” is not on the page. It says:\n{found}");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Where the page stands now.
    pub async fn state(&self) -> State {
        let word = self.js("return document.documentElement.dataset.aid ?? ''").await;
        State::of(word.as_str().unwrap_or_default())
    }

    /// Waits until the page is in this state.
    pub async fn expect_state(&self, state: State) {
        let end = Instant::now() + PATIENCE;
        loop {
            let found = self.state().await;
            if found == state {
                return;
            }
            if Instant::now() >= end {
                let (text, console) = (self.text().await, self.complaints().await);
                panic!("the page is {found:?}, not {state:?}. It says:\n{text}\nand the console: {console:#?}");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// What the browser's console has been told since the last call: errors and warnings of scripts and of the policy.
    pub async fn complaints(&self) -> Vec<String> {
        if kind() != Kind::Chromium {
            // Of the page that is open: there is no log to ask.
            let told = self.js("return window.complaints?.splice(0) ?? []").await;
            return serde_json::from_value(told).unwrap_or_default();
        }
        let log = self
            .client
            .issue_cmd(Special("se/log", json!({"type": "browser"})))
            .await
            .expect("the console can be read");
        let grave = |entry: &&Value| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING"));
        // Chromium says so of every preload of a wasm that carries its hash; boot.js hands the hash to fetch, which checks it.
        let usual = |message: &String| message.contains("`integrity` attribute is currently ignored for preload");
        let message = |entry: &Value| entry["message"].as_str().unwrap_or_default().to_owned();
        log.as_array().into_iter().flatten().filter(grave).map(message).filter(|message| !usual(message)).collect()
    }
}

// ------------------------------------------------------------------------------------------------ pictures and settings

impl Page {
    /// Sets the size of the window's content in CSS pixels.
    pub async fn size(&self, width: u32, height: u32) {
        if kind() != Kind::Chromium {
            return self.window(width, height).await;
        }
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500});
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Sets the size of the window itself, bars and all, so that its content has this one.
    async fn window(&self, width: u32, height: u32) {
        let mut found = Value::Null;
        for _ in 0..8 {
            let script = "return [innerWidth, innerHeight, outerWidth - innerWidth, outerHeight - innerHeight]";
            found = self.js(script).await;
            if found[0] == width && found[1] == height {
                return;
            }
            let more = |at: usize| found[at].as_u64().and_then(|more| u32::try_from(more).ok()).unwrap_or_default();
            self.client.set_window_size(width + more(2), height + more(3)).await.expect("the window changes its size");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the window of {} has {found} and not {width} x {height} CSS pixels", kind());
    }

    /// Sets light or dark. Only in Chromium, where the pictures are taken: elsewhere it stays light.
    pub async fn theme(&self, theme: Theme) {
        if kind() != Kind::Chromium {
            return;
        }
        self.media(&[("prefers-color-scheme", &theme.to_string())]).await;
    }

    /// Sets what media queries find: `("forced-colors", "active")`, `("prefers-reduced-motion", "reduce")`.
    pub async fn media(&self, features: &[(&str, &str)]) {
        let features: Vec<Value> = features.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        self.cdp("Emulation.setEmulatedMedia", json!({"features": features})).await;
    }

    /// Takes a picture of what is in the window: `target/screenshots/NAME.png`.
    pub async fn picture(&self, name: &str) -> PathBuf {
        let png = self.client.screenshot().await.expect("the browser takes a picture");
        let file = pictures().join(format!("{name}.png"));
        fs::write(&file, png).expect("the picture can be written");
        file
    }

    /// Takes a picture at each of [`SIZES`], in light and in dark: `NAME-390-light.png` and so on, and looks for what keeps
    /// people with a disability out. Then sets the size of a desktop and light. Only in Chromium: elsewhere the tests are about
    /// what the page does.
    pub async fn gallery(&self, name: &str) {
        if kind() != Kind::Chromium {
            return self.size(1280, 900).await;
        }
        for (width, height) in SIZES {
            self.size(width, height).await;
            for theme in [Theme::Light, Theme::Dark] {
                self.theme(theme).await;
                self.faded().await;
                self.picture(&format!("{name}-{width}-{theme}")).await;
                self.accessible(&format!("{name}, {width} px, {theme}")).await;
            }
        }
        self.theme(Theme::Light).await;
    }

    /// Waits until colors have changed: half way there they have another contrast. How long that takes depends on what else the
    /// machine does.
    pub async fn faded(&self) {
        let fading =
            "return document.getAnimations().some(one => one instanceof CSSTransition && one.playState === 'running')";
        let end = Instant::now() + PATIENCE;
        while self.js(fading).await == true && Instant::now() < end {
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Fails when axe-core finds anything to complain of in what the page shows now. Only in Chromium, which takes its script.
    pub async fn accessible(&self, place: &str) {
        if kind() != Kind::Chromium {
            return;
        }
        if self.js("return typeof axe").await != "object" {
            // Through the browser's own protocol: the page's policy lets in no script of ours.
            self.cdp("Runtime.evaluate", json!({"expression": axe()})).await;
        }
        self.faded().await;
        let script = "const done = arguments[0];
            axe.run(document, {resultTypes: ['violations']}).then(found => done(found.violations.map(
                one => `${one.id}: ${one.help}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`)),
                failed => done([String(failed)]));";
        let found = self.client.execute_async(script, Vec::new()).await.expect("axe-core runs");
        assert_eq!(found, json!([]), "{place}");
    }

    /// Hands a file of this text to the box with this id, as choosing one does.
    pub async fn hand_over(&self, id: &str, text: &str) {
        self.js_with(
            "const files = new DataTransfer();
             files.items.add(new File([arguments[1]], 'course.json', {type: 'application/json'}));
             const box = document.getElementById(arguments[0]);
             box.files = files.files;
             box.dispatchEvent(new Event('change', {bubbles: true}));",
            vec![json!(id), json!(text)],
        )
        .await;
    }

    /// Prints the page on A4 to `target/screenshots/NAME.pdf`; nothing in WebKit, whose driver cannot.
    pub async fn print(&self, name: &str) -> Option<PathBuf> {
        if kind() == Kind::WebKit {
            return None;
        }
        Some(self.printed(fantoccini::wd::PrintSize::A4, name).await)
    }

    /// Prints the page on paper of this size to `target/screenshots/NAME.pdf`; nothing but in Chromium, whose prints are read back.
    pub async fn print_on(&self, size: fantoccini::wd::PrintSize, name: &str) -> Option<PathBuf> {
        if kind() != Kind::Chromium {
            return None;
        }
        Some(self.printed(size, name).await)
    }

    async fn printed(&self, size: fantoccini::wd::PrintSize, name: &str) -> PathBuf {
        let size = fantoccini::wd::PrintConfiguration::builder()
            .size(size)
            .background(true)
            .build()
            .expect("a size that paper has");
        let pdf = self.client.print(size).await.expect("the browser prints");
        let file = pictures().join(format!("{name}.pdf"));
        fs::write(&file, pdf).expect("the print can be written");
        file
    }

    /// Runs a script in the page and returns what it returns; null where the page cannot run it at the moment.
    pub async fn js(&self, script: &str) -> Value {
        self.js_with(script, Vec::new()).await
    }

    /// The same with `arguments`.
    pub async fn js_with(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.unwrap_or_default()
    }

    /// Sets the clock of the device: `2026-11-23T09:00`, in its own time zone, or with an offset.
    pub async fn clock(&self, time: &str) {
        self.js_with("setTheClock(arguments[0])", vec![json!(time)]).await;
    }

    /// Moves the device into another time zone while the page is open.
    pub async fn time_zone(&self, zone: &str) {
        self.cdp("Emulation.setTimezoneOverride", json!({"timezoneId": zone})).await;
    }

    /// A command of Chromium's own protocol, and its answer.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Value {
        assert!(
            kind() == Kind::Chromium,
            "{command} is Chromium's: put the test on the list in xtask/src/only.rs, with the reason"
        );
        let body = json!({"cmd": command, "params": parameters});
        self.client
            .issue_cmd(Special("goog/cdp/execute", body))
            .await
            .unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Waits until this is so.
    pub async fn wait<F: Future<Output = bool>>(&self, what: &str, so: impl Fn() -> F) {
        self.wait_for(PATIENCE, what, so).await;
    }

    /// Waits until this is so, for at most this long.
    pub async fn wait_for<F: Future<Output = bool>>(&self, patience: Duration, what: &str, so: impl Fn() -> F) {
        let end = Instant::now() + patience;
        while !so().await {
            assert!(Instant::now() < end, "waited {patience:?} in vain for {what}");
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// That a page was not read in time is no fault of the way to it.
fn unless_slow(way: Result<(), CmdError>) {
    match way {
        Err(CmdError::Standard(error)) if error.error() == "timeout" => {}
        way => way.expect("the browser goes there"),
    }
}

/// The script of axe-core.
fn axe() -> String {
    let place = std::env::var_os("AID_AXE").map(PathBuf::from);
    let place = place.unwrap_or_else(|| xtask::tools::axe().expect("axe-core can be had"));
    fs::read_to_string(place).expect("axe-core can be read")
}

/// Text as read: any white space is one space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
