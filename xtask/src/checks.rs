//! `cargo xtask test`: every test there is, the quick ones first.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use crate::browser::{self, Browser, FLAGS, Kind};
use crate::only::{ONLY, Only};
use crate::shell::{Outcome, cargo, failed_tests, root, run, say, target};
use crate::{package, page, tools};

/// Sets up what the tests need and runs them all; ends at the first that fails. A browser that cannot be had is a failure.
pub fn run_every_test() -> Outcome {
    let path = tools::set_up()?;
    let browsers: Vec<Browser> = Kind::HERE.iter().map(|kind| browser::set_up(*kind)).collect::<Outcome<_>>()?;
    let begin = Instant::now();

    step("Format", &["fmt", "--all", "--check"])?;
    step("Lints, native", &["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    say("Lints, wasm");
    let mut lints = cargo();
    lints.args(["clippy", "--locked", "--package", "inotuzumab", "--target", WASM, "--lib"]);
    // Only these: the native tests use libraries that do not build for the browser.
    run(lints.args(web_tests()).args(["--", "-D", "warnings"]), "Lints, wasm")?;
    step("Native tests", &["test", "--locked"])?;
    fhir()?;
    step("Tests of the tools", &["test", "--locked", "--package", "xtask"])?;
    step("The batch example", &["build", "--locked", "--release", "--example", "assess"])?;
    let chromium = browsers.iter().find(|browser| browser.kind == Kind::Chromium);
    in_browser(&path, chromium.ok_or("The wasm is tested in Chromium.")?)?;
    package::make_and_try(&page::build()?)?;
    let mut again = 0;
    for browser in &browsers {
        again += end_to_end(browser)?;
    }

    let seconds = begin.elapsed().as_secs();
    say(&match again {
        0 => format!("Every test passed, in {seconds} s"),
        again => format!("Every test passed, in {seconds} s; {again} in a browser only the second time"),
    });
    Ok(())
}

/// `cargo xtask test --browser NAME`: the end-to-end tests alone, in this browser alone.
pub fn in_one_browser(name: &str) -> Outcome {
    let browser = browser::set_up(Kind::of(name)?)?;
    page::build()?;
    end_to_end(&browser).map(|_| ())
}

const WASM: &str = "wasm32-unknown-unknown";

pub(crate) fn step(name: &str, words: &[&str]) -> Outcome {
    say(name);
    run(cargo().args(words), name)
}

/// What the aid writes and reads as FHIR, held against R4 by a validator of other hands.
fn fhir() -> Outcome {
    say("FHIR R4, by an independent validator");
    let mut test = cargo();
    test.args(["test", "--locked", "--test", "engine", "valid_r4", "--", "--ignored"]).env("AID_FHIR", tools::fhir()?);
    run(&mut test, "Validating FHIR")
}

/// The wasm-bindgen tests, `tests/web*.rs`, in headless Chromium.
fn in_browser(path: &std::ffi::OsStr, browser: &Browser) -> Outcome {
    let tests = web_tests();
    if tests.is_empty() {
        return Ok(());
    }
    say("Tests of the wasm, in Chromium");
    let mut test = for_browser("test", path, browser)?;
    run(test.args(&tests), "Testing the wasm in Chromium")
}

/// `cargo COMMAND` for the wasm, run in headless Chromium.
pub(crate) fn for_browser(command: &str, path: &std::ffi::OsStr, browser: &Browser) -> Outcome<std::process::Command> {
    let capabilities = target().join("webdriver.json");
    fs::create_dir_all(target())
        .and_then(|()| fs::write(&capabilities, webdriver_json(browser)))
        .map_err(|error| format!("{} cannot be written ({error}).", capabilities.display()))?;
    let mut cargo = cargo();
    cargo.args([command, "--locked", "--package", "inotuzumab", "--target", WASM]);
    cargo
        .env("PATH", path)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_ONLY_WEB", "1")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities);
    Ok(cargo)
}

/// `--test NAME` for each file of wasm-bindgen tests.
fn web_tests() -> Vec<String> {
    let entries = fs::read_dir(root().join("tests")).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| name.starts_with("web"))
        .collect();
    names.sort();
    names.into_iter().flat_map(|name| ["--test".to_owned(), name]).collect()
}

fn webdriver_json(browser: &Browser) -> String {
    let flags: Vec<String> = FLAGS.iter().map(|flag| format!("{flag:?}")).collect();
    format!("{{\"goog:chromeOptions\": {{\"binary\": {:?}, \"args\": [{}]}}}}\n", browser.program, flags.join(", "))
}

/// `cargo xtask screenshots`: every step at three sizes, light and dark, into `target/screenshots/`.
pub fn screenshots() -> Outcome {
    let browser = browser::set_up(Kind::Chromium)?;
    page::build()?;
    run(through_the_page(&browser)?.args(["--test", "looks"]).args(TWO_AT_A_TIME), "Taking pictures")
}

/// Each test starts a browser of its own.
pub(crate) const TWO_AT_A_TIME: [&str; 2] = ["--", "--test-threads=2"];

/// So many tests in a browser may fail once and are tried again, each alone. More are a fault of ours.
const SECOND_TRIES: usize = 2;

/// What this browser cannot show is left out, and said. A browser sometimes does not do what it was told, once in some hundred
/// tests (docs/testing.md), so a test that fails is tried again; how many were is said, and counted.
fn end_to_end(browser: &Browser) -> Outcome<usize> {
    say(&format!("End-to-end tests against dist/, in {}", browser.kind));
    let mut test = through_the_page(browser)?;
    // All that is wrong in this browser is said at once.
    test.arg("--no-fail-fast");
    let left_out: Vec<&Only> = ONLY.iter().filter(|only| !only.browsers.contains(&browser.kind)).collect();
    let kept =
        files_of_tests().into_iter().filter(|file| left_out.iter().all(|only| !only.files.contains(&file.as_str())));
    kept.for_each(|file| _ = test.args(["--test", &file]));
    test.args(TWO_AT_A_TIME).arg("--exact");
    for only in left_out {
        let names: Vec<&str> = only.files.iter().chain(only.tests).copied().collect();
        println!("    not in {}: {}\n        ({})", browser.kind, names.join(", "), only.why);
        only.tests.iter().for_each(|name| _ = test.args(["--skip", name]));
    }
    let why = format!("Testing the built page from end to end in {}", browser.kind);
    let failed = failed_tests(&mut test, &why)?;
    if failed.is_empty() {
        return Ok(0);
    }
    if failed.len() > SECOND_TRIES {
        return Err(format!("{why} failed: {}.", failed.join(", ")));
    }
    say(&format!("Once more, alone: {}", failed.join(", ")));
    let mut again = through_the_page(browser)?;
    again.args(["--", "--test-threads=1", "--exact"]).args(&failed);
    run(&mut again, &why)?;
    println!("Passed the second time only, in {}: {}. Why they failed stands above.", browser.kind, failed.join(", "));
    Ok(failed.len())
}

/// The files of end-to-end tests, by name.
fn files_of_tests() -> Vec<String> {
    let entries = fs::read_dir(root().join("tests/e2e/tests")).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".rs")?.to_owned())).collect();
    names.sort();
    names
}

/// File and name of every end-to-end test.
#[cfg(test)]
pub(crate) fn tests_of_the_page() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for file in files_of_tests() {
        let text = fs::read_to_string(root().join("tests/e2e/tests").join(format!("{file}.rs"))).unwrap_or_default();
        let behind = text.split("\n#[tokio::test]\n").flat_map(|part| part.split("\n#[test]\n")).skip(1);
        let name = |part: &str| Some(part.split_once("fn ")?.1.split_once('(')?.0.to_owned());
        found.extend(behind.filter_map(name).map(|name| (file.clone(), name)));
    }
    found
}

/// `cargo test` of what walks through the built page in this browser.
pub(crate) fn through_the_page(browser: &Browser) -> Outcome<std::process::Command> {
    let mut test = cargo();
    test.args(["test", "--locked", "--package", "e2e"]);
    let axe = tools::axe()?;
    let tools: [(&str, &PathBuf); 3] =
        [("AID_BROWSER_PROGRAM", &browser.program), ("AID_BROWSER_DRIVER", &browser.driver), ("AID_AXE", &axe)];
    test.envs(tools).env("AID_BROWSER", browser.kind.to_string());
    Ok(test)
}
