//! The build id: version and a digest of everything the page is made from. It is in the page, in every message of the page
//! and beside the files, so a test (or a phone call) can tell which build it has before it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::Outcome;

/// What the page is made from, relative to the checkout; folders count with all they hold.
pub const SOURCES: [&str; 13] = [
    ".cargo/config.toml",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "assets",
    "docs/label.html",
    "docs/schema/inotuzumab.d.ts",
    "index.html",
    "rust-toolchain.toml",
    "src",
    "style",
    "xtask/src",
];

/// FNV-1a of bytes as they are, as `src/browser/fetch.rs` has it.
#[must_use]
pub fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(START, step)
}

const START: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, byte: &u8) -> u64 {
    (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
}

/// FNV-1a, 64 bits: tells builds apart; what guards against damage is the SHA-384 in the page.
pub struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Self(START)
    }
}

impl Digest {
    /// Takes in one more piece. The length goes first, so that "ab", "c" and "a", "bc" differ.
    pub fn add(&mut self, piece: &[u8]) {
        self.0 = (piece.len() as u64).to_le_bytes().iter().chain(piece).fold(self.0, step);
    }

    /// Sixteen hexadecimal digits.
    pub fn hex(&self) -> String {
        format!("{:016x}", self.0)
    }
}

/// The build id of the checkout as it lies there now.
pub fn of_sources(root: &Path) -> Outcome<String> {
    let mut digest = Digest::default();
    for source in SOURCES {
        for file in files_under(&root.join(source)) {
            let content = fs::read(&file).map_err(|error| format!("{} cannot be read ({error}).", file.display()))?;
            digest.add(file.strip_prefix(root).unwrap_or(&file).to_string_lossy().as_bytes());
            digest.add(&content);
        }
    }
    Ok(format!("{}-{}", env!("CARGO_PKG_VERSION"), digest.hex()))
}

/// The build id that a built page carries, if one lies in `dist`.
pub fn of_page(dist: &Path) -> Option<String> {
    let page = fs::read_to_string(dist.join("index.html")).ok()?;
    let after = page.split_once("<meta name=\"build\" content=\"")?.1;
    Some(after.split_once('"')?.0.to_owned())
}

/// Every file in a folder, at any depth, in an order that does not depend on the machine; a file is its own list.
pub fn files_under(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_path_buf()];
    }
    let mut inside: Vec<PathBuf> =
        fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    inside.sort();
    inside.iter().flat_map(|path| files_under(path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_depends_on_content_and_on_its_division() {
        let of = |pieces: &[&str]| {
            let mut digest = Digest::default();
            pieces.iter().for_each(|piece| digest.add(piece.as_bytes()));
            digest.hex()
        };
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["ab"]), of(&["ac"]));
    }

    #[test]
    fn every_source_counts() {
        let root = crate::shell::root();
        for source in SOURCES {
            assert!(!files_under(&root.join(source)).is_empty(), "{source} is listed as a source and holds nothing");
        }
    }
}
