//! The module for scripts, `dist/api/`: the engine without the page, its glue, and the files that make a module of them.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::sha256;
use crate::shell::{Outcome, cargo, root, run, say, target};
use crate::stamp::Digest;
use crate::tools;

/// Where it lies in the page's folder.
pub const FOLDER: &str = "api";

/// Builds it into a page that is not finished yet.
pub fn build(root: &Path, page: &Path, path: &OsStr, flags: &str) -> Outcome {
    say("Building the engine for scripts (two minutes the first time)");
    let place = page.join(FOLDER);
    let raw = target().join("unfinished-api");
    let failed = |error: std::io::Error| format!("Making {FOLDER}/ failed ({error}).");
    if raw.exists() {
        fs::remove_dir_all(&raw).map_err(failed)?;
    }
    // Of its own: two builds of one library leave their wasm under one name, and each would take the other's for its own.
    let compiled = target().join("api");
    let mut engine = cargo();
    engine.env("CARGO_TARGET_DIR", &compiled);
    engine.args(["build", "--locked", "--offline", "--lib", "--no-default-features", "--profile", "page"]);
    engine.args(["--target", "wasm32-unknown-unknown"]).env("CARGO_ENCODED_RUSTFLAGS", flags);
    run(&mut engine, "Compiling the engine for scripts")?;

    let mut glue = Command::new("wasm-bindgen");
    glue.args([
        "--target",
        "web",
        "--omit-default-module-path",
        "--no-typescript",
        "--out-name",
        "engine",
        "--out-dir",
    ]);
    glue.arg(&raw).arg(compiled.join("wasm32-unknown-unknown/page/inotuzumab.wasm")).env("PATH", path);
    run(&mut glue, "Connecting the engine to scripts")?;
    let wasm = raw.join("engine_bg.wasm");
    let mut smaller = Command::new("wasm-opt");
    smaller.arg("-Oz").arg(&wasm).arg("-o").arg(&wasm).env("PATH", path);
    run(&mut smaller, "Making the engine smaller")?;

    fs::create_dir_all(&place).map_err(failed)?;
    let mut module = text(&root.join("src/browser/api/aid.js"))?;
    for (name, ending, slot) in [("engine", ".js", "__GLUE__"), ("engine_bg", ".wasm", "__WASM__")] {
        let content = fs::read(raw.join(format!("{name}{ending}"))).map_err(failed)?;
        let mut digest = Digest::default();
        digest.add(&content);
        let name = format!("{}{ending}", name.replace("engine", &format!("engine-{}", digest.hex())));
        module = filled(&module, slot, &name)?;
        if ending == ".wasm" {
            module = filled(&module, "__INTEGRITY__", &sha256::integrity(&content))?;
        }
        fs::write(place.join(name), content).map_err(failed)?;
    }
    let types = text(&root.join("docs/schema/inotuzumab.d.ts"))? + &text(&root.join("src/browser/api/aid.d.ts"))?;
    let package = filled(&text(&root.join("src/browser/api/package.json"))?, "__VERSION__", env!("CARGO_PKG_VERSION"))?;
    fs::write(place.join("package.json"), package).map_err(failed)?;
    fs::write(place.join("aid.js"), module).map_err(failed)?;
    fs::write(place.join("aid.d.ts"), types).map_err(failed)
}

fn text(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).map_err(|error| format!("{} cannot be read ({error}).", file.display()))
}

fn filled(module: &str, slot: &str, with: &str) -> Outcome<String> {
    match module.matches(slot).count() {
        1 => Ok(module.replace(slot, with)),
        _ => Err(format!("A file of src/browser/api must name {slot} once.")),
    }
}

/// Tries the module: as it lies in `dist/`, and as npm installs its package, with the types that TypeScript finds.
pub fn test(package: &Path) -> Outcome {
    say("The engine for scripts, in Node");
    run(Command::new("node").args(["--test", "tests/api.mjs"]), "Testing the engine for scripts in Node")?;
    let place = target().join("types");
    let failed = |error: std::io::Error| format!("{} cannot be filled ({error}).", place.display());
    if place.exists() {
        fs::remove_dir_all(&place).map_err(failed)?;
    }
    fs::create_dir_all(&place).map_err(failed)?;
    tools::npm_install(&place, &package.to_string_lossy(), true)?;
    let program =
        "import { version } from 'inotuzumab-aid'; if (version().schema !== 1) throw new Error('another contract');";
    fs::write(place.join("run.mjs"), program).map_err(failed)?;
    run(Command::new("node").arg(place.join("run.mjs")), "Using the installed package")?;

    say("Its types, in TypeScript");
    let used = place.join("types.mts");
    fs::copy(root().join("tests/types.ts"), &used).map_err(failed)?;
    let mut check = Command::new(tools::typescript()?);
    check.args(["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022"]);
    run(check.arg(used), "Checking the types of the engine for scripts")
}
