//! Running other programs, and speaking to the person in front of the terminal.

use std::ffi::OsStr;
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
