//! How long the built page takes on a slow tablet and a slow line: figures to read beside their aims, not a test to pass.
//! Run by `cargo xtask bench-page`, which packs the page first.

use std::path::PathBuf;
use std::time::Duration;

use e2e::{Page, Setup};
use serde_json::{Value, json};
use xtask::server::Site;

/// What the page says of it, and where its worker stands.
const HOW_IT_STANDS: &str = "return navigator.serviceWorker.getRegistrations().then(found => [
    document.querySelector('[data-testid=kept]')?.innerText,
    ...found.map(one => [one.installing?.state, one.waiting?.state, one.active?.state])])";

/// Notes when the page is ready, and every task that keeps it from answering.
const WATCH: &str = "
    window.__tasks = [];
    new PerformanceObserver(list => { for (const task of list.getEntries()) window.__tasks.push(task.duration); })
        .observe({ type: 'longtask', buffered: true });
    const look = () => {
        if (document.documentElement?.dataset.aid === 'running') window.__ready = performance.now(); else setTimeout(look, 5);
    };
    look();";

/// What a start was like, in milliseconds, and what came over the line.
struct Start {
    paint: f64,
    ready: f64,
    longest: f64,
    blocked: f64,
    requests: u64,
    bytes: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let packed = std::env::var_os("AID_PACKED").map(PathBuf::from).expect("run by `cargo xtask bench-page`");
    let plain = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches");

    // Nothing is kept on this device yet.
    let page = slow(Setup::new()).await;
    page.server.serve(Site { packed: true, ..Site::new(&packed) });
    page.cdp("Network.clearBrowserCache", json!({})).await;
    let first = start(&page, "").await;
    page.server.serve(Site { policy: None, ..Site::new(&plain) });
    page.cdp("Network.clearBrowserCache", json!({})).await;
    let by_hand = plain_paint(&page).await;
    let (typical_by_hand, slowest_by_hand) = weights(&page).await;

    // On this one the aid is.
    let page = slow(Setup::new().kept()).await;
    page.server.serve(Site { packed: true, ..Site::new(&packed) });
    start(&page, "").await;
    let end = std::time::Instant::now() + Duration::from_secs(90);
    while page.js("return navigator.serviceWorker.controller === null").await == true {
        if std::time::Instant::now() > end {
            panic!("the aid is not kept: {}", page.js(HOW_IT_STANDS).await);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    let again = starts(&page).await;
    let (typical, slowest) = keys(&page).await;
    let heap = heap(&page).await;
    page.server.stop();
    let offline = starts(&page).await;

    println!();
    println!("| | measured | aim |\n|---|---:|---|");
    let line = |what: &str, found: String, aim: &str| println!("| {what} | {found} | {aim} |");
    line(
        "on the line, before the first answer",
        format!("{} kB in {} requests", first.bytes / 1000, first.requests),
        "160 kB",
    );
    line("first paint", ms(first.paint), &format!("within 10 % of a page written by hand: {}", ms(by_hand)));
    line("ready to answer", ms(first.ready), "1.3 s");
    line("longest task", ms(first.longest), "50 ms");
    line("blocked in all (each task above 50 ms)", ms(first.blocked), "0 ms");
    line("start once kept, median", ms(again.0), "");
    line("start once kept, longest", ms(again.1), "");
    line("start without a network, median", ms(offline.0), "0.5 s");
    line("start without a network, longest", ms(offline.1), "0.5 s");
    let beside = |by_hand: f64| format!("30 ms; by hand, where nothing follows from it: {}", ms(by_hand));
    line("key stroke to repaint, median", ms(typical), &beside(typical_by_hand));
    line("key stroke to repaint, longest", ms(slowest), &beside(slowest_by_hand));
    line("heap of the scripts", format!("{:.1} MB", heap / 1e6), "");
}

fn ms(duration: f64) -> String {
    format!("{duration:.0} ms")
}

/// A browser on a slow device and a slow line.
async fn slow(setup: Setup) -> Page {
    let page = setup.open().await;
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await;
    page.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await;
    page.cdp("Network.enable", json!({})).await;
    let line = json!({ "offline": false, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000 });
    page.cdp("Network.emulateNetworkConditions", line).await;
    page.cdp("Performance.enable", json!({})).await;
    page
}

async fn go(page: &Page, path: &str) {
    page.leave().await;
    page.goto(&format!("{}{path}", page.server.url())).await;
}

async fn start(page: &Page, path: &str) -> Start {
    go(page, path).await;
    page.wait_for(Duration::from_secs(90), "the aid", async || page.js("return window.__ready > 0").await == true)
        .await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    let found = page
        .js("const parts = performance.getEntriesByType('resource').filter(one => !one.name.endsWith('sw.js') && !/icon|manifest/.test(one.name));
             const page = performance.getEntriesByType('navigation')[0];
             return { paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0, ready: window.__ready,
                      longest: Math.max(0, ...window.__tasks), blocked: window.__tasks.reduce((sum, one) => sum + one - 50, 0),
                      requests: parts.length + 1, bytes: parts.reduce((sum, one) => sum + one.transferSize, page.transferSize) }")
        .await;
    let number = |name: &str| found.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN);
    let count = |name: &str| found.get(name).and_then(Value::as_u64).unwrap_or_default();
    Start {
        paint: number("paint"),
        ready: number("ready"),
        longest: number("longest"),
        blocked: number("blocked"),
        requests: count("requests"),
        bytes: count("bytes"),
    }
}

/// Starts as they are once this device keeps the aid: in milliseconds, the one in the middle of nine and the longest.
async fn starts(page: &Page) -> (f64, f64) {
    let mut found = Vec::new();
    for _ in 0..9 {
        found.push(start(page, "").await.ready);
    }
    middle_and_longest(found)
}

fn middle_and_longest(mut found: Vec<f64>) -> (f64, f64) {
    found.sort_by(f64::total_cmp);
    (found.get(found.len() / 2).copied().unwrap_or(f64::NAN), found.last().copied().unwrap_or(f64::NAN))
}

async fn plain_paint(page: &Page) -> f64 {
    go(page, "plain.html").await;
    let paint = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0";
    page.wait_for(Duration::from_secs(30), "the paint", async || page.js(paint).await != 0).await;
    page.js(paint).await.as_f64().unwrap_or(f64::NAN)
}

/// The same in a walk that has all its answers.
async fn keys(page: &Page) -> (f64, f64) {
    page.hand_over("course-file", include_str!("../../cases/sheet-adult.json")).await;
    page.press("Monday 23 November 2026").await;
    page.go("#patient").await;
    page.expect("dose", "1.456 mg").await;
    weights(page).await
}

/// From a key to the screen that shows it, over weights typed and deleted.
async fn weights(page: &Page) -> (f64, f64) {
    page.js("window.__keys = []; addEventListener('keydown', event => { const from = event.timeStamp;
             requestAnimationFrame(() => { const door = new MessageChannel(); door.port1.onmessage = () => window.__keys.push(performance.now() - from);
             door.port2.postMessage(0); }); }, true)")
        .await;
    for weight in ["71", "72.5", "68", "80", "75.4"] {
        page.fill("Weight", weight).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    let found = page.js("return window.__keys").await;
    middle_and_longest(found.as_array().into_iter().flatten().filter_map(Value::as_f64).collect())
}

async fn heap(page: &Page) -> f64 {
    let found = page.cdp("Performance.getMetrics", json!({})).await;
    let metrics = found.get("metrics").and_then(Value::as_array).cloned().unwrap_or_default();
    let used = metrics.iter().find(|metric| metric.get("name") == Some(&json!("JSHeapUsedSize")));
    used.and_then(|metric| metric.get("value")).and_then(Value::as_f64).unwrap_or(f64::NAN)
}
