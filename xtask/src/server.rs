//! A static file server on this machine, small enough to read: `cargo xtask serve` uses it, and the end-to-end tests use
//! its faults. It speaks just enough HTTP/1.1 for a browser and serves nothing outside its folder.

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::offline;
use crate::policy;
use crate::sha256;
use crate::shell::Outcome;

/// What is served, and what is done to it on the way.
#[derive(Clone, Debug)]
pub struct Site {
    /// The folder with the files.
    pub folder: PathBuf,
    /// The path under which they appear, with a slash at both ends.
    pub prefix: String,
    /// The Content-Security-Policy header, or none.
    pub policy: Option<String>,
    /// Whether the other headers of [`policy::HEADERS`] are sent; a plain file server sends none.
    pub headers: bool,
    /// Whether the browser may keep what has a content hash in its name. Not while faults are tried: a kept good copy would
    /// hide them.
    pub keep: bool,
    /// Whether a file with a neighbor `NAME.br` is sent as that one (brotli), as a good web server does.
    pub packed: bool,
    /// Files that lie beside those of the folder, or in their place: path and content.
    pub beside: Vec<(String, Vec<u8>)>,
    /// Faults, each for the files whose path ends as given.
    pub faults: Vec<(String, Fault)>,
    /// A script that runs before those of the page, for tests in browsers whose drivers cannot run one. The page names it, and
    /// the worker lists both.
    pub prelude: Option<String>,
}

/// The name under which [`Site::prelude`] is served.
const PRELUDE: &str = "prelude-of-the-test.js";

/// What can happen to a file between the server's disk and the browser.
#[derive(Clone, Debug)]
pub enum Fault {
    /// An error in place of the file: 404, 500.
    Status(u16),
    /// A web page in place of the file, as servers of single-page apps answer for what they do not have.
    Html,
    /// The right bytes under another media type.
    Mime(&'static str),
    /// The file itself is cut: only this share of it (in percent) is there, and the server believes that is all.
    Cut(usize),
    /// The connection breaks after this share of the file.
    Break(usize),
    /// One bit is flipped; the number says which, counted from the first and wrapping round.
    FlipBit(usize),
    /// The connection stays open and nothing more comes after this share of the file.
    Stall(usize),
    /// The file comes whole, but only after this time.
    Late(Duration),
    /// Another file in its place, as when half of an update has arrived.
    Replace(Vec<u8>),
}

impl Site {
    /// The folder as it is, at the root, with the strict policy.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            prefix: "/".to_owned(),
            policy: Some(policy::CONTENT_SECURITY.to_owned()),
            headers: true,
            keep: true,
            packed: false,
            beside: Vec::new(),
            faults: Vec::new(),
            prelude: None,
        }
    }

    /// The script that a file of the page is served with, if any.
    fn with_prelude(&self, file: &Path, body: Vec<u8>) -> Vec<u8> {
        let (Some(prelude), Ok(text)) = (&self.prelude, std::str::from_utf8(&body)) else {
            return body;
        };
        let named = |page: &str| {
            page.replacen(
                "<meta charset=\"utf-8\">",
                &format!("<meta charset=\"utf-8\"><script src=\"./{PRELUDE}\"></script>"),
                1,
            )
        };
        match file.file_name().and_then(|name| name.to_str()) {
            Some("index.html") => named(text).into_bytes(),
            Some(offline::WORKER) => {
                let page = fs::read_to_string(file.with_file_name("index.html")).unwrap_or_default();
                let (old, new) = (sha256::integrity(page.as_bytes()), sha256::integrity(named(&page).as_bytes()));
                let more = format!("[\n  [\"{PRELUDE}\", \"{}\"],\n  [\"", sha256::integrity(prelude.as_bytes()));
                text.replace(&old, &new).replacen("[\n  [\"", &more, 1).into_bytes()
            }
            _ => body,
        }
    }

    fn fault(&self, path: &str) -> Option<&Fault> {
        self.faults.iter().find(|(ending, _)| path.ends_with(ending.as_str())).map(|(_, fault)| fault)
    }
}

/// A running server; it ends when this is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    site: Mutex<Site>,
    requests: Mutex<Vec<String>>,
    ended: AtomicBool,
}

impl Shared {
    fn site(&self) -> Site {
        self.site.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Server {
    /// Serves on a port that happens to be free.
    pub fn start(site: Site) -> Outcome<Self> {
        Self::start_at(0, site)
    }

    /// Serves on this port, or on a free one when something else has it. Only this machine can reach it.
    pub fn start_at(port: u16, site: Site) -> Outcome<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
            .map_err(|error| format!("No port of this machine could be opened ({error})."))?;
        let address = listener.local_addr().map_err(|error| format!("The opened port has no address ({error})."))?;
        let shared =
            Arc::new(Shared { site: Mutex::new(site), requests: Mutex::default(), ended: AtomicBool::new(false) });
        let held = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if held.ended.load(Ordering::Relaxed) {
                    break;
                }
                let shared = Arc::clone(&held);
                std::thread::spawn(move || answer(&shared, stream));
            }
        });
        Ok(Self { address, shared })
    }

    /// Where the page is, for the address bar.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.shared.site().prefix)
    }

    /// Serves something else, or the same with other faults, from the next request on.
    pub fn serve(&self, site: Site) {
        *self.shared.site.lock().unwrap_or_else(PoisonError::into_inner) = site;
    }

    /// Every path that was asked for, in order.
    pub fn requests(&self) -> Vec<String> {
        self.shared.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Server {
    /// Ends it: from here on nobody listens, and what was being sent breaks off.
    pub fn stop(&self) {
        self.shared.ended.store(true, Ordering::Relaxed);
        // Wakes the thread that waits for a connection, so that it sees the end.
        while TcpStream::connect(self.address).is_ok() {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// One request, one answer, then the connection closes. A browser that goes away in between is no error.
fn answer(shared: &Shared, stream: TcpStream) {
    let _ = stream.set_read_timeout(Some(Duration::from_secs(30)));
    let Some((method, path)) = read_request(&stream) else {
        return;
    };
    shared.requests.lock().unwrap_or_else(PoisonError::into_inner).push(path.clone());
    let site = shared.site();
    let reply = match method.as_str() {
        "GET" | "HEAD" => reply_to(&site, &path),
        _ => Reply::text(405, "Only GET and HEAD."),
    };
    let _ = send(&stream, &site, &reply, method == "HEAD", &shared.ended);
}

/// Method and decoded path of a request whose headers fit into 64 kB.
fn read_request(stream: &TcpStream) -> Option<(String, String)> {
    let mut lines = BufReader::new(stream.take(65_536)).lines();
    let first = lines.next()?.ok()?;
    // The rest of the headers is read so that closing the connection does not cut the browser off.
    lines.find(|line| line.as_ref().map_or(true, String::is_empty));
    let mut words = first.split(' ');
    let (method, target) = (words.next()?, words.next()?);
    let path = target.split(['?', '#']).next()?;
    Some((method.to_owned(), decode(path)?))
}

/// `%20` and the like; `None` for what is not text.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

struct Reply {
    status: u16,
    mime: &'static str,
    body: Vec<u8>,
    /// Whether the name changes with the content.
    hashed: bool,
    /// Whether the body is brotli.
    packed: bool,
    /// How many bytes of the body to send, and whether to keep the browser waiting for the rest.
    only: Option<(usize, bool)>,
}

impl Reply {
    fn text(status: u16, body: &str) -> Self {
        Self { status, mime: "text/plain; charset=utf-8", body: body.into(), hashed: false, packed: false, only: None }
    }
}

fn reply_to(site: &Site, path: &str) -> Reply {
    let Some(file) = find(site, path) else {
        return Reply::text(404, "There is no such file.");
    };
    let beside = site.beside.iter().find(|(name, _)| file == site.folder.join(name)).map(|(_, body)| body.clone());
    let packed = site.packed.then(|| fs::read(format!("{}.br", file.display())).ok()).flatten();
    let is_packed = packed.is_some() && beside.is_none();
    let body = match (&site.prelude, beside, packed) {
        (Some(prelude), ..) if file.ends_with(PRELUDE) => Some(prelude.as_bytes().to_vec()),
        (_, None, Some(packed)) => Some(packed),
        (_, beside, _) => beside.or_else(|| fs::read(&file).ok()).map(|body| site.with_prelude(&file, body)),
    };
    let Some(body) = body else {
        return Reply::text(404, "There is no such file.");
    };
    let reply = Reply { status: 200, mime: mime(&file), body, hashed: is_hashed(&file), packed: is_packed, only: None };
    match site.fault(&file.to_string_lossy()) {
        Some(fault) => harmed(reply, fault),
        None => reply,
    }
}

/// The file a path means; nothing with `..` or a hidden name is ever one.
fn find(site: &Site, path: &str) -> Option<PathBuf> {
    let inside = path.strip_prefix(&site.prefix)?;
    // A leading slash would make the joined path an absolute one.
    let strange = |part: &str| part.starts_with('.') || part.contains(['\\', '\0']);
    if inside.starts_with('/') || inside.split('/').any(strange) {
        return None;
    }
    let file = site.folder.join(inside);
    Some(if inside.is_empty() || inside.ends_with('/') { file.join("index.html") } else { file })
}

fn harmed(mut reply: Reply, fault: &Fault) -> Reply {
    let share = |percent: usize| reply.body.len() * percent / 100;
    match fault {
        Fault::Status(status) => return Reply::text(*status, "The server reports an error."),
        Fault::Html => {
            reply.mime = "text/html; charset=utf-8";
            reply.body = b"<!doctype html><title>Home</title><p>Welcome.".to_vec();
        }
        Fault::Mime(mime) => reply.mime = mime,
        Fault::Cut(percent) => {
            let end = share(*percent);
            reply.body.truncate(end);
        }
        Fault::Break(percent) => reply.only = Some((share(*percent), false)),
        Fault::Stall(percent) => reply.only = Some((share(*percent), true)),
        Fault::Late(time) => std::thread::sleep(*time),
        Fault::FlipBit(bit) => {
            let at = bit / 8 % reply.body.len().max(1);
            if let Some(byte) = reply.body.get_mut(at) {
                *byte ^= 1 << (bit % 8);
            }
        }
        Fault::Replace(body) => reply.body.clone_from(body),
    }
    reply
}

fn send(
    mut stream: &TcpStream,
    site: &Site,
    reply: &Reply,
    head_only: bool,
    ended: &AtomicBool,
) -> std::io::Result<()> {
    let mut head = format!(
        "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\nCache-Control: {}\r\n",
        reply.status,
        if reply.status == 200 { "OK" } else { "Error" },
        reply.mime,
        reply.body.len(),
        if site.keep && reply.hashed { "public, max-age=31536000, immutable" } else { "no-store" },
    );
    if reply.packed {
        head.push_str("Content-Encoding: br\r\n");
    }
    let policy = site.policy.iter().map(|policy| ("Content-Security-Policy", policy.as_str()));
    let others = policy::HEADERS.into_iter().filter(|_| site.headers);
    for (name, value) in policy.chain(others) {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(head.as_bytes())?;
    stream.write_all(b"\r\n")?;
    if head_only {
        return Ok(());
    }
    let (end, stall) = reply.only.unwrap_or((reply.body.len(), false));
    stream.write_all(reply.body.get(..end).unwrap_or(&reply.body))?;
    stream.flush()?;
    if stall {
        hold(stream, ended);
    }
    Ok(())
}

/// Keeps a connection open and silent until the browser gives up or the server ends.
fn hold(mut stream: &TcpStream, ended: &AtomicBool) {
    let _ = stream.set_read_timeout(Some(Duration::from_millis(200)));
    while !ended.load(Ordering::Relaxed) {
        match stream.read(&mut [0; 64]) {
            Ok(0) => break,
            Err(error) if !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                break;
            }
            _ => {}
        }
    }
}

/// Whether a name holds a content hash: sixteen hexadecimal digits (trunk drops leading zeros) after a hyphen.
fn is_hashed(file: &Path) -> bool {
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let digits = stem.trim_end_matches("_bg").rsplit('-').next().unwrap_or_default();
    stem.contains('-') && (12..=16).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// The media type by the ending. wasm and module scripts run only under their own.
fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(server: &Server, target: &str) -> String {
        let mut stream = TcpStream::connect(server.address).expect("the server listens");
        write!(stream, "GET {target} HTTP/1.1\r\nHost: here\r\n\r\n").expect("the request is sent");
        let mut text = Vec::new();
        let _ = stream.read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    }

    fn site() -> Site {
        Site::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
    }

    #[test]
    fn serves_files_of_its_folder_with_policy_and_nothing_else() {
        let server = Server::start(site()).expect("a port is free");
        let page = get(&server, "/lib.rs?x=1");
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
        assert!(page.contains("Content-Security-Policy: default-src 'none'"), "{page}");
        assert!(page.contains("pub mod server"), "{page}");
        for outside in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/..%2fCargo.toml", "//etc/passwd", "/nothing"] {
            assert!(get(&server, outside).starts_with("HTTP/1.1 404"), "{outside}");
        }
        assert_eq!(server.requests().first().map(String::as_str), Some("/lib.rs"));
    }

    #[test]
    fn what_is_stopped_does_not_answer() {
        let server = Server::start(Site { headers: false, policy: None, ..site() }).expect("a port is free");
        let plain = get(&server, "/lib.rs");
        assert!(plain.starts_with("HTTP/1.1 200") && !plain.contains("X-Content-Type-Options"), "{plain}");
        server.stop();
        assert!(TcpStream::connect(server.address).is_err());
    }

    #[test]
    fn a_prelude_is_named_by_the_page_and_listed_by_the_worker() {
        let folder = std::env::temp_dir().join(format!("prelude-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let page = "<head>\n<meta charset=\"utf-8\">\n</head>";
        fs::write(folder.join("index.html"), page).expect("a page");
        let worker = format!("FILES = new Map([\n  [\"index.html\", \"{}\"],\n]);", sha256::integrity(page.as_bytes()));
        fs::write(folder.join("sw.js"), worker).expect("a worker");
        let server =
            Server::start(Site { prelude: Some("go()".to_owned()), ..Site::new(&folder) }).expect("a port is free");
        let body = |target: &str| get(&server, target).split_once("\r\n\r\n").expect("headers end").1.to_owned();
        assert_eq!(body(&format!("/{PRELUDE}")), "go()");
        assert!(body("/").contains(&format!("src=\"./{PRELUDE}\"")));
        let worker = body("/sw.js");
        for (name, content) in [(PRELUDE, "go()".to_owned()), ("index.html", body("/"))] {
            let line = format!("  [\"{name}\", \"{}\"],\n", sha256::integrity(content.as_bytes()));
            assert!(worker.contains(&line), "no {line} in {worker}");
        }
        let _ = fs::remove_dir_all(folder);
    }

    #[test]
    fn serves_under_a_prefix() {
        let server = Server::start(Site { prefix: "/ward/7/".to_owned(), ..site() }).expect("a port is free");
        assert!(get(&server, "/ward/7/lib.rs").starts_with("HTTP/1.1 200"));
        assert!(get(&server, "/lib.rs").starts_with("HTTP/1.1 404"));
    }

    #[test]
    fn only_names_that_change_with_the_content_are_kept() {
        for kept in ["inotuzumab-e50bc35bf3f83596_bg.wasm", "boot-b44ffd5320b64313.js", "shell-dc85151e52333d4.css"] {
            assert!(is_hashed(Path::new(kept)), "{kept}");
        }
        for asked_again in ["index.html", "sw.js", "rule-book.json", "deadbeefdeadbeef.js"] {
            assert!(!is_hashed(Path::new(asked_again)), "{asked_again}");
        }
    }

    #[test]
    fn each_fault_does_what_it_says() {
        let whole = fs::read_to_string(site().folder.join("lib.rs")).expect("lib.rs is there");
        let with = |fault| {
            Server::start(Site { faults: vec![("lib.rs".to_owned(), fault)], ..site() }).expect("a port is free")
        };
        let body = |fault| get(&with(fault), "/lib.rs").split_once("\r\n\r\n").expect("headers end").1.to_owned();
        assert!(get(&with(Fault::Status(500)), "/lib.rs").starts_with("HTTP/1.1 500"));
        assert!(get(&with(Fault::Html), "/lib.rs").contains("text/html"));
        assert!(get(&with(Fault::Mime("text/plain")), "/lib.rs").contains("Content-Type: text/plain\r\n"));
        assert_eq!(body(Fault::Cut(50)), whole[..whole.len() / 2]);
        assert_eq!(body(Fault::Break(50)), whole[..whole.len() / 2]);
        assert_eq!(body(Fault::Replace(b"other".to_vec())), "other");
        let flipped = body(Fault::FlipBit(0));
        assert_eq!(flipped.len(), whole.len());
        assert_ne!(flipped, whole);
    }
}
