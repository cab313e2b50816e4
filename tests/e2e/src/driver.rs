//! The browser's driver: started for one test, gone with it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use xtask::browser::{Browser, FLAGS};

/// A chromedriver with one browser session.
pub struct Driver {
    process: Child,
    port: u16,
    session: String,
}

impl Driver {
    /// Starts both, the browser with a profile that is new and empty.
    pub async fn start(flags: &[String]) -> (Self, Client) {
        let browser = browser();
        let mut process = Command::new(&browser.driver)
            .args(["--port=0", "--allowed-ips=127.0.0.1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts");
        let output = process.stdout.take().expect("chromedriver speaks");
        let port = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok())
            .expect("chromedriver says its port");
        // From here on the process ends with the value, also when the session cannot be had.
        let mut driver = Self { process, port, session: String::new() };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(&browser, flags))
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("the browser starts");
        driver.session = client.session_id().await.ok().flatten().expect("the session has an id");
        (driver, client)
    }
}

impl Drop for Driver {
    /// By hand and at once: a test that failed has no time left to wait for anything.
    fn drop(&mut self) {
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
            let session = &self.session;
            let _ =
                write!(stream, "DELETE /session/{session} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            let _ = stream.read(&mut [0; 512]);
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The pair that `cargo xtask test` found, or the one on this machine.
fn browser() -> Browser {
    let named = |name: &str| std::env::var_os(name).map(Into::into);
    match (named("AID_CHROMIUM"), named("AID_CHROMEDRIVER")) {
        (Some(program), Some(driver)) => Browser { program, driver },
        _ => xtask::browser::find().expect("Chromium and its driver are installed: `cargo xtask test` does it"),
    }
}

fn capabilities(browser: &Browser, flags: &[String]) -> Capabilities {
    let flags: Vec<&str> = FLAGS.iter().copied().chain(flags.iter().map(String::as_str)).collect();
    let wanted = json!({
        // A page that hangs while it loads is one of the things to look at.
        "pageLoadStrategy": "none",
        "goog:chromeOptions": {"binary": browser.program, "args": flags},
        "goog:loggingPrefs": {"browser": "ALL"},
    });
    wanted.as_object().expect("an object").clone()
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
