//! Running other programs, and speaking to the person in front of the terminal.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What every step returns: nothing, or one sentence that says what could not be had and what to do.
pub type Outcome<T = ()> = Result<T, String>;

/// The top of the checkout.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// One line of progress, set apart from what the tools print.
pub fn say(line: &str) {
    println!("\n==> {line}");
}

/// Runs a command in sight of the user; `why` completes "… failed" for the one sentence.
pub fn run(command: &mut Command, why: &str) -> Outcome {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.current_dir(root()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{why} failed ({program}: {status}); the lines above say where.")),
        Err(error) => Err(format!("{why} failed: {program} could not be started ({error}).")),
    }
}

/// Runs tests in sight of the user: the names of those that failed.
pub fn failed_tests(command: &mut Command, why: &str) -> Outcome<Vec<String>> {
    let failed = |error: std::io::Error| format!("{why} failed ({error}).");
    let mut child = command.current_dir(root()).stdout(Stdio::piped()).spawn().map_err(failed)?;
    let mut names = Vec::new();
    for line in child.stdout.take().into_iter().flat_map(|output| BufReader::new(output).lines()) {
        let line = line.map_err(failed)?;
        println!("{line}");
        names.extend(name_of_failed(&line).map(str::to_owned));
    }
    let status = child.wait().map_err(failed)?;
    if status.success() || !names.is_empty() {
        Ok(names)
    } else {
        Err(format!("{why} failed ({status}); the lines above say where."))
    }
}

/// The name of the test that this line of a report says has failed.
fn name_of_failed(line: &str) -> Option<&str> {
    line.strip_prefix("test ")?.strip_suffix(" ... FAILED")
}

/// What a program prints when asked quietly, or `None` when it is not there or fails.
pub fn ask<A: AsRef<OsStr>>(program: impl AsRef<OsStr>, words: &[A]) -> Option<String> {
    let output = Command::new(program).args(words).stderr(Stdio::null()).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Cargo of the pinned toolchain, wherever this was started from.
pub fn cargo() -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root());
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_test_is_known_by_its_line() {
        assert_eq!(name_of_failed("test a_visit ... FAILED"), Some("a_visit"));
        for line in ["test a_visit ... ok", "test result: FAILED. 1 passed", "    a_visit", "test a_visit ... ignored"]
        {
            assert_eq!(name_of_failed(line), None, "{line}");
        }
    }

    #[test]
    fn the_failed_are_named_and_what_fails_otherwise_is_a_fault() {
        let says = |script: &str| failed_tests(Command::new("sh").args(["-c", script]), "Trying");
        assert_eq!(says("echo 'test a ... ok'"), Ok(vec![]));
        assert_eq!(
            says("echo 'test a ... FAILED'; echo 'test b ... FAILED'; exit 101"),
            Ok(vec!["a".into(), "b".into()])
        );
        assert!(says("echo 'does not compile'; exit 101").is_err());
    }
}
