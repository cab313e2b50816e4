//! `cargo xtask test`: every test there is, the quick ones first.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use crate::browser::{self, Browser, FLAGS};
use crate::shell::{Outcome, cargo, root, run, say, target};
use crate::{package, page, tools};

/// Sets up what the tests need and runs them all; ends at the first that fails.
pub fn run_every_test() -> Outcome {
    let path = tools::set_up()?;
    let browser = browser::set_up()?;
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
    in_browser(&path, &browser)?;
    package::make_and_try(&page::build()?)?;
    end_to_end(&browser)?;

    say(&format!("Every test passed, in {} s", begin.elapsed().as_secs()));
    Ok(())
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
    let browser = browser::set_up()?;
    page::build()?;
    through_the_page(&browser, &["--test", "looks"])
}

fn end_to_end(browser: &Browser) -> Outcome {
    say("End-to-end tests against dist/, in Chromium");
    through_the_page(browser, &[])
}

/// Walks through the built page. Two at a time: each starts a browser of its own.
fn through_the_page(browser: &Browser, which: &[&str]) -> Outcome {
    let mut test = cargo();
    test.args(["test", "--locked", "--package", "e2e"]).args(which).args(["--", "--test-threads=2"]);
    let axe = tools::axe()?;
    let tools: [(&str, &PathBuf); 3] =
        [("AID_CHROMIUM", &browser.program), ("AID_CHROMEDRIVER", &browser.driver), ("AID_AXE", &axe)];
    run(test.envs(tools), "Testing the built page from end to end")
}
