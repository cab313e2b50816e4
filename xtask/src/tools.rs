//! The tools that build the page. Every version is pinned here and nowhere else; the compiler is in `rust-toolchain.toml`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell::{Outcome, ask, cargo, run, say};

/// Puts the page together: index.html, style sheets, content hashes, integrity.
pub const TRUNK: &str = "0.21.14";
/// Makes the JavaScript that talks to the wasm. Must be the version in Cargo.lock, to the digit: a test compares.
pub const WASM_BINDGEN: &str = "0.2.130";
/// Holds `wasm-opt`, which makes the wasm smaller. From npm, because Debian's is too old for what the compiler emits.
pub const BINARYEN: &str = "132.0.0";
/// Steers Firefox in the end-to-end tests. Debian has no package of it.
pub const GECKODRIVER: &str = "0.37.0";
/// Looks for what keeps people with a disability out. Only the end-to-end tests use it.
pub const AXE: &str = "4.14.1";
/// Checks the types of the module for scripts. Only the tests use it.
pub const TYPESCRIPT: &str = "5.9.3";
/// Holds what the aid writes as FHIR against R4. Two packages of one version, the newest line that runs on Node 20.
pub const MEDPLUM: &str = "4.5.2";
/// The oldest Node that runs binaryen.
pub const NODE: u32 = 20;

/// How trunk calls the version of `wasm-opt`: `version_132` for binaryen 132.0.0.
pub fn wasm_opt_version() -> String {
    format!("version_{}", BINARYEN.split('.').next().unwrap_or(BINARYEN))
}

/// Where the tools of this and of every other checkout are kept.
pub fn cache() -> Outcome<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || set("HOME").ok_or("HOME is not set, so there is no place to keep the tools.");
    let base = match set("XDG_CACHE_HOME") {
        Some(cache) => cache,
        None if cfg!(target_os = "macos") => home()?.join("Library/Caches"),
        None => home()?.join(".cache"),
    };
    Ok(base.join("inotuzumab-aid/tools"))
}

/// Makes sure that everything the page is built with is there, and returns the `PATH` to build it with.
pub fn set_up() -> Outcome<OsString> {
    node()?;
    let folders = [
        from_crate("trunk", TRUNK, &["--locked"], "puts the page together")?,
        // Not --locked: its own lock file names a yanked crate.
        from_crate("wasm-bindgen-cli", WASM_BINDGEN, &[], "connects the wasm to the page")?,
        from_npm("binaryen", BINARYEN, "makes the wasm smaller")?,
    ];
    path_with(folders.into_iter().flatten())
}

/// `PATH` with folders put before it.
pub fn path_with(folders: impl Iterator<Item = PathBuf>) -> Outcome<OsString> {
    let old = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(folders.chain(std::env::split_paths(&old)))
        .map_err(|_| "A tool lies in a folder whose name holds a colon, which PATH cannot carry.".to_owned())
}

fn node() -> Outcome {
    let found = ask("node", &["--version"]).unwrap_or_default();
    let major = found.trim_start_matches('v').split('.').next().and_then(|number| number.parse::<u32>().ok());
    match major {
        Some(major) if major >= NODE && ask("npm", &["--version"]).is_some() => Ok(()),
        Some(_) => Err(format!(
            "Node {NODE} or newer with npm is needed and {found} is here: install Node {NODE}, then run this again."
        )),
        None => Err(format!(
            "Node {NODE} or newer with npm is needed and not on the PATH: install it, then run this again."
        )),
    }
}

/// Whether `program --version` names exactly this version.
fn is(program: &Path, version: &str) -> bool {
    ask(program, &["--version"]).is_some_and(|text| text.split_whitespace().any(|word| word == version))
}

/// A tool published as a crate: the one on the PATH if it is the very version, else the cached one, else compiled now.
/// Returns the folder to put on the PATH, or nothing when it is there already.
fn from_crate(name: &str, version: &str, flags: &[&str], what_for: &str) -> Outcome<Option<PathBuf>> {
    let program = name.trim_end_matches("-cli");
    if is(Path::new(program), version) {
        return Ok(None);
    }
    let place = cache()?.join(format!("{name}-{version}"));
    let folder = place.join("bin");
    if !is(&folder.join(program), version) {
        say(&format!("Installing {name} {version} ({what_for}) into {}; a few minutes, once", place.display()));
        let exact = format!("={version}");
        let install = ["install", name, "--version", &exact, "--force", "--root"];
        run(
            cargo().args(install).arg(&place).args(flags).env_remove("CARGO_TARGET_DIR"),
            &format!("Compiling {name} {version} from its published crate"),
        )?;
    }
    Ok(Some(folder))
}

fn from_npm(name: &str, version: &str, what_for: &str) -> Outcome<Option<PathBuf>> {
    let major = version.split('.').next().unwrap_or(version);
    if is(Path::new("wasm-opt"), major) {
        return Ok(None);
    }
    let place = cache()?.join(format!("{name}-{version}"));
    let folder = place.join("node_modules/.bin");
    if !is(&folder.join("wasm-opt"), major) {
        say(&format!("Installing {name} {version} ({what_for}) into {}", place.display()));
        npm_install(&place, &format!("{name}@{version}"), true)?;
    }
    Ok(Some(folder))
}

/// The driver of Firefox, compiled if it is not there.
pub fn geckodriver() -> Outcome {
    from_crate("geckodriver", GECKODRIVER, &["--locked"], "steers Firefox in the tests").map(|_| ())
}

/// The script of axe-core, installed if it is not there.
pub fn axe() -> Outcome<PathBuf> {
    let place = cache()?.join(format!("axe-core-{AXE}"));
    let script = place.join("node_modules/axe-core/axe.min.js");
    if !script.is_file() {
        say(&format!("Installing axe-core {AXE} (checks the page for accessibility) into {}", place.display()));
        npm_install(&place, &format!("axe-core@{AXE}"), true)?;
    }
    Ok(script)
}

/// The compiler of TypeScript, installed if it is not there.
pub fn typescript() -> Outcome<PathBuf> {
    let place = cache()?.join(format!("typescript-{TYPESCRIPT}"));
    let program = place.join("node_modules/.bin/tsc");
    if !program.is_file() {
        say(&format!(
            "Installing TypeScript {TYPESCRIPT} (checks the types given to scripts) into {}",
            place.display()
        ));
        npm_install(&place, &format!("typescript@{TYPESCRIPT}"), true)?;
    }
    Ok(program)
}

/// The folder with the validator of FHIR R4, installed if it is not there: the program and the definitions of the standard.
pub fn fhir() -> Outcome<PathBuf> {
    let place = cache()?.join(format!("medplum-{MEDPLUM}"));
    for (package, last) in [("core", "dist/cjs/index.cjs"), ("definitions", "dist/fhir/r4/profiles-resources.json")] {
        if !place.join("node_modules/@medplum").join(package).join(last).is_file() {
            say(&format!("Installing @medplum/{package} {MEDPLUM} (validates FHIR) into {}", place.display()));
            npm_install(&place, &format!("@medplum/{package}@{MEDPLUM}"), true)?;
        }
    }
    Ok(place)
}

/// Installs one package from npm into a folder of its own. `inert`: nothing of the package runs while it is installed.
pub fn npm_install(place: &Path, package: &str, inert: bool) -> Outcome {
    std::fs::create_dir_all(place).map_err(|error| format!("{} cannot be made ({error}).", place.display()))?;
    let mut npm = Command::new("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]).arg(place);
    if inert {
        npm.arg("--ignore-scripts");
    }
    run(npm.arg(package), &format!("Installing {package} from npm"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wasm_bindgen_is_the_one_in_the_lock() {
        let lock = include_str!("../../Cargo.lock");
        let entry = format!("name = \"wasm-bindgen\"\nversion = \"{WASM_BINDGEN}\"\n");
        assert!(lock.contains(&entry), "Cargo.lock has another wasm-bindgen than {WASM_BINDGEN}: change both together");
    }

    #[test]
    fn versions_are_pinned_here_and_nowhere_else() {
        for (file, text) in
            [("Trunk.toml", include_str!("../../Trunk.toml")), ("index.html", include_str!("../../index.html"))]
        {
            for version in [TRUNK, WASM_BINDGEN, BINARYEN] {
                assert!(!text.contains(version), "{file} repeats {version}");
            }
        }
    }

    #[test]
    fn trunk_is_told_the_version_in_its_own_spelling() {
        assert_eq!(wasm_opt_version(), "version_132");
    }
}
