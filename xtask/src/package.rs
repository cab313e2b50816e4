//! `cargo xtask package`: what is handed on, in `target/package/`: the page as an archive, the engine for scripts as a package of npm,
//! what both are made of, and the checksums of all of it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::api;
use crate::offline;
use crate::sha256;
use crate::shell::{Outcome, ask, cargo, root, run, say, target};
use crate::single_file;
use crate::stamp;

/// The list of checksums; `sha256sum -c` reads it.
pub const SUMS: &str = "SHA256SUMS";

/// Makes all of it from the built page; returns the folder.
fn make(dist: &Path) -> Outcome<PathBuf> {
    let place = target().join("package");
    let failed = |error: std::io::Error| format!("{} cannot be filled ({error}).", place.display());
    if place.exists() {
        fs::remove_dir_all(&place).map_err(failed)?;
    }
    fs::create_dir_all(&place).map_err(failed)?;
    let name = format!("inotuzumab-aid-{}", env!("CARGO_PKG_VERSION"));
    let time = offline::last_change(&root()).unwrap_or_default();

    list_parts(&place, &name, time)?;
    let archive = single_file::gzip(&tar(dist, &name, time)?)?;
    fs::write(place.join(format!("{name}.tar.gz")), archive).map_err(failed)?;
    fs::write(place.join(format!("{name}.files.sha256")), sums(dist)?).map_err(failed)?;
    pack_for_npm(&place, dist, &name)?;
    fs::write(place.join(SUMS), sums(&place)?).map_err(failed)?;
    say(&format!("What is handed on is in {}", place.display()));
    for file in stamp::files_under(&place) {
        let size = fs::metadata(&file).map_or(0, |data| data.len());
        println!("    {size:>9} bytes  {}", file.strip_prefix(&place).unwrap_or(&file).display());
    }
    Ok(place)
}

/// Each file with its SHA-256, in the order of their names.
fn sums(folder: &Path) -> Outcome<String> {
    let line = |file: &PathBuf| {
        let content = fs::read(file).map_err(|error| format!("{} cannot be read ({error}).", file.display()))?;
        let digest: String = sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(format!("{digest}  {}\n", inside(folder, file)))
    };
    stamp::files_under(folder).iter().map(line).collect()
}

fn inside(folder: &Path, file: &Path) -> String {
    file.strip_prefix(folder).unwrap_or(file).to_string_lossy().replace('\\', "/")
}

/// The list of parts with their licenses (CycloneDX), and the texts of these.
fn list_parts(place: &Path, name: &str, time: u64) -> Outcome {
    let mut metadata = cargo();
    metadata.args(["metadata", "--locked", "--format-version", "1", "--filter-platform", "wasm32-unknown-unknown"]);
    let failed = |error: std::io::Error| format!("Listing the parts failed ({error}).");
    let known = metadata.stderr(Stdio::inherit()).output().map_err(failed)?.stdout;
    let compiler = ask("rustc", &["--version"]).unwrap_or_default();
    let compiler = compiler.split(' ').nth(1).unwrap_or("unknown");
    let mut list = Command::new("node");
    list.arg(root().join("xtask/src/sbom.mjs")).arg(place).args([name, &time.to_string(), compiler]);
    let mut list = list.stdin(Stdio::piped()).spawn().map_err(failed)?;
    list.stdin.take().map_or(Ok(()), |mut input| input.write_all(&known)).map_err(failed)?;
    match list.wait().map_err(failed)?.success() {
        true => Ok(()),
        false => Err("Listing the parts failed: node says why above.".to_owned()),
    }
}

/// The folder as a tape archive: names in order, one time, no owner, so that the same page is the same bytes.
fn tar(folder: &Path, top: &str, time: u64) -> Outcome<Vec<u8>> {
    let mut archive = Vec::new();
    for file in stamp::files_under(folder) {
        let content = fs::read(&file).map_err(|error| format!("{} cannot be read ({error}).", file.display()))?;
        let name = format!("{top}/{}", inside(folder, &file));
        archive.extend(header(&name, content.len(), time)?);
        archive.extend(&content);
        archive.resize(archive.len().next_multiple_of(BLOCK), 0);
    }
    archive.resize(archive.len() + 2 * BLOCK, 0);
    Ok(archive)
}

const BLOCK: usize = 512;

/// What stands before a file (POSIX ustar).
fn header(name: &str, size: usize, time: u64) -> Outcome<[u8; BLOCK]> {
    let mut header = [0; BLOCK];
    if name.len() >= 100 {
        return Err(format!("{name} is too long a name for the archive."));
    }
    let mut put = |at: usize, text: &str| header[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, name);
    put(100, "0000644\0");
    put(108, "0000000\0");
    put(116, "0000000\0");
    put(124, &format!("{size:011o}\0"));
    put(136, &format!("{time:011o}\0"));
    // The sum is taken with blanks in its own place.
    put(148, "        ");
    put(156, "0");
    put(257, "ustar\x0000");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    Ok(header)
}

/// What `npm publish` takes.
fn pack_for_npm(place: &Path, dist: &Path, name: &str) -> Outcome {
    let stage = target().join("npm");
    let failed = |error: std::io::Error| format!("{} cannot be filled ({error}).", stage.display());
    if stage.exists() {
        fs::remove_dir_all(&stage).map_err(failed)?;
    }
    fs::create_dir_all(&stage).map_err(failed)?;
    let folder = dist.join(api::FOLDER);
    let documents = ["LICENSE-APACHE", "LICENSE-MIT", "src/browser/api/README.md"].map(|name| root().join(name));
    let texts = [place.join(format!("{name}.licenses.txt"))];
    for file in stamp::files_under(&folder).into_iter().chain(documents).chain(texts) {
        fs::copy(&file, stage.join(file.file_name().unwrap_or_default())).map_err(failed)?;
    }
    let mut npm = Command::new("npm");
    npm.args(["pack", "--loglevel=error", "--pack-destination"]).arg(place).arg(&stage).stdout(Stdio::null());
    run(&mut npm, "Packing for npm")
}

/// Makes all of it and tries it: the archive holds the page, the checksums are right, and the package works where npm installs it.
pub fn make_and_try(dist: &Path) -> Outcome {
    let place = make(dist)?;
    say("What is handed on");
    let name = format!("inotuzumab-aid-{}", env!("CARGO_PKG_VERSION"));
    let unpacked = target().join("unpacked");
    let failed = |error: std::io::Error| format!("{} cannot be filled ({error}).", unpacked.display());
    if unpacked.exists() {
        fs::remove_dir_all(&unpacked).map_err(failed)?;
    }
    fs::create_dir_all(&unpacked).map_err(failed)?;
    let mut tar = Command::new("tar");
    tar.arg("-xzf").arg(place.join(format!("{name}.tar.gz"))).arg("-C").arg(&unpacked);
    run(&mut tar, "Unpacking the archive")?;
    if sums(&unpacked.join(&name))? != sums(dist)? {
        return Err("The archive does not hold the page.".to_owned());
    }
    let listed = fs::read_to_string(place.join(SUMS)).map_err(failed)?;
    let all: Vec<&str> = listed.lines().filter_map(|line| line.split("  ").nth(1)).collect();
    let made = ["cdx.json", "files.sha256", "licenses.txt", "tar.gz", "tgz"].map(|ending| format!("{name}.{ending}"));
    if all != made {
        return Err(format!("{SUMS} lists {all:?}"));
    }
    api::test(&place.join(format!("{name}.tgz")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_by_others() {
        let header = header("a/b.js", 8, 1).expect("a short name");
        assert_eq!(&header[..7], b"a/b.js\0");
        assert_eq!(&header[124..136], b"00000000010\0");
        let sum: u32 = header
            .iter()
            .enumerate()
            .map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) })
            .sum();
        assert_eq!(&header[148..155], format!("{sum:06o}\0").as_bytes());
        assert!(super::header(&"a".repeat(100), 0, 0).is_err());
    }
}
