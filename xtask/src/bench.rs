//! `cargo xtask bench`: how long the engine takes. Figures to read, not a test to pass.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::checks::{for_browser, step};
use crate::shell::{Outcome, root, run, say, target};
use crate::{browser, size, tools};

/// The engine's benchmarks, native and in headless Chromium, and the batch example's rate.
pub fn measure() -> Outcome {
    let path = tools::set_up()?;
    let browser = browser::set_up(browser::Kind::Chromium)?;
    step("The engine, native", &["bench", "--locked", "--bench", "engine"])?;
    say("The engine, in Chromium");
    let mut bench = for_browser("bench", &path, &browser)?;
    // A test is given up after 20 s; a measurement takes that long.
    bench.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    run(bench.args(["--bench", "browser"]), "Measuring in Chromium")?;
    batch_rate()
}

/// The built page under a slow processor and a slow line, in headless Chromium.
pub fn page(dist: &Path) -> Outcome {
    let browser = browser::set_up(browser::Kind::Chromium)?;
    // As a good web server sends it.
    let folder = target().join("bench-page");
    size::packed_copy(dist, &folder)?;
    say("The page, on a processor slowed 4 times, over 1.6 Mbit/s and 150 ms");
    let mut bench = crate::shell::cargo();
    bench.args(["bench", "--locked", "--package", "e2e", "--bench", "page"]);
    bench
        .env("AID_PACKED", &folder)
        .env("AID_BROWSER_PROGRAM", &browser.program)
        .env("AID_BROWSER_DRIVER", &browser.driver);
    run(&mut bench, "Measuring the page")
}

/// Cases a second through the batch example, from a file to nowhere.
fn batch_rate() -> Outcome {
    const CASES: usize = 30_000;
    step("The batch example", &["build", "--locked", "--release", "--example", "assess"])?;
    let folder = root().join("docs/schema/examples");
    let mut lines = String::new();
    for name in ["adult-cycle-1-day-1", "child-syringe", "cycle-2-day-1-reduced"] {
        let text = fs::read_to_string(folder.join(format!("{name}.case.json"))).map_err(unreadable)?;
        lines.push_str(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.push('\n');
    }
    let file = target().join("batch.jsonl");
    fs::write(&file, lines.repeat(CASES / 3)).map_err(unreadable)?;
    let input = fs::File::open(&file).map_err(unreadable)?;
    let mut batch = Command::new(target().join("release/examples/assess"));
    let begin = Instant::now();
    run(batch.stdin(input).stdout(Stdio::null()), "Assessing a batch")?;
    let seconds = begin.elapsed().as_secs_f64();
    println!("{CASES} cases in {seconds:.2} s: {:.0} cases a second on one core", CASES as f64 / seconds);
    Ok(())
}

fn unreadable(error: std::io::Error) -> String {
    format!("The cases to measure with cannot be read or written ({error}).")
}
