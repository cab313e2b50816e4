//! `cargo xtask reproducible`: builds the page twice from nothing, in two places, and compares every byte.

use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{Outcome, ask, cargo, root, run, say, target};
use crate::{offline, stamp};

/// Two clean builds of what is checked out; fails when they differ, or tell where they were made.
pub fn compare() -> Outcome {
    let top = target().join("reproducible");
    let places = [top.join("one"), top.join("in/another/place")];
    let pages: Vec<PathBuf> = places.iter().map(|place| from_nothing(place)).collect::<Outcome<_>>()?;
    let [first, second] = pages.as_slice() else { return Err("There are not two pages.".to_owned()) };
    let (names, others) = (names(first), names(second));
    if names != others {
        return Err(format!("The two builds hold different files:\n{names:?}\n{others:?}"));
    }
    let told = [root(), top.clone(), std::env::var_os("HOME").unwrap_or_default().into()];
    for name in &names {
        let content = read(&first.join(name))?;
        if content != read(&second.join(name))? {
            return Err(format!("{name} differs between the two builds in {}.", top.display()));
        }
        let text = String::from_utf8_lossy(&content);
        if let Some(place) = told.iter().find(|place| text.contains(&format!("{}/", place.display()))) {
            return Err(format!("{name} tells that it was built on a machine with {}.", place.display()));
        }
    }
    say(&format!("Two builds from nothing, in two places: {} files, the same to the last byte", names.len()));
    fs::remove_dir_all(&top).map_err(|error| format!("{} cannot be removed ({error}).", top.display()))
}

/// Copies what git knows of, as it lies there now, and builds it with nothing compiled before.
fn from_nothing(place: &Path) -> Outcome<PathBuf> {
    let failed = |error: std::io::Error| format!("{} cannot be filled ({error}).", place.display());
    if place.exists() {
        fs::remove_dir_all(place).map_err(failed)?;
    }
    let top = root().to_string_lossy().into_owned();
    let list = ask("git", &["-C", &top, "ls-files", "--cached", "--others", "--exclude-standard"])
        .ok_or("git does not list the files of this checkout.")?;
    for name in list.lines().filter(|name| root().join(name).is_file()) {
        let to = place.join(name);
        to.parent().map_or(Ok(()), fs::create_dir_all).map_err(failed)?;
        fs::copy(root().join(name), to).map_err(failed)?;
    }
    say(&format!("Building from nothing in {} (five minutes)", place.display()));
    let mut build = cargo();
    build
        .args(["run", "--quiet", "--package", "xtask", "--manifest-path"])
        .arg(place.join("Cargo.toml"))
        .args(["--", "build"]);
    build.env("CARGO_TARGET_DIR", place.join("target"));
    // The copy has no history to take the day from.
    build.env("SOURCE_DATE_EPOCH", offline::last_change(&root()).unwrap_or_default().to_string());
    run(&mut build, "Building from nothing")?;
    Ok(place.join("dist"))
}

fn names(folder: &Path) -> Vec<String> {
    let inside = |file: &PathBuf| file.strip_prefix(folder).unwrap_or(file).to_string_lossy().into_owned();
    stamp::files_under(folder).iter().map(inside).collect()
}

fn read(file: &Path) -> Outcome<Vec<u8>> {
    fs::read(file).map_err(|error| format!("{} cannot be read ({error}).", file.display()))
}
