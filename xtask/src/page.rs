//! Builds the release page into `dist/`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::shell::{Outcome, ask, cargo, root, run, say};
use crate::stamp::{self, Digest};
use crate::{api, offline, size, tools};

/// The placeholder for the build id in index.html.
const BUILD: &str = "__BUILD__";
/// The placeholder for the day on which what it is made from last changed.
const RELEASED: &str = "__RELEASED__";

/// Builds the page unless the one in `dist/` is of exactly these sources; returns its folder.
pub fn build() -> Outcome<PathBuf> {
    let root = root();
    let dist = root.join("dist");
    let _turn = take_turn(&root)?;
    let id = stamp::of_sources(&root)?;
    if stamp::of_page(&dist).as_deref() == Some(&id) {
        say(&format!("The page in dist/ is up to date (build {id})"));
        return Ok(dist);
    }
    let path = tools::set_up()?;
    say("Fetching the libraries that Cargo.lock names");
    run(cargo().args(["fetch", "--locked"]), "Fetching the libraries")?;
    say("Building the release page (two to four minutes the first time)");
    let raw = root.join("target/unfinished-page");
    let flags = hide_this_machine(&root).join("\x1f");
    let mut trunk = std::process::Command::new("trunk");
    trunk
        .args(["build", "--release", "--offline", "--dist"])
        .arg(&raw)
        .env("PATH", &path)
        .env("TRUNK_TOOLS_WASM_BINDGEN", tools::WASM_BINDGEN)
        .env("TRUNK_TOOLS_WASM_OPT", tools::wasm_opt_version())
        .env("CARGO_ENCODED_RUSTFLAGS", &flags)
        // Some environments set NO_COLOR=1, which this version of trunk refuses to read.
        .env_remove("NO_COLOR");
    run(&mut trunk, "Building the page")?;
    api::build(&root, &raw, &path, &flags)?;
    finish(&raw, &dist, &id)?;
    report(&dist, &id);
    size::within_budget(&dist)?;
    Ok(dist)
}

/// Waits for another build of this checkout to end; the turn ends with the file that is returned.
fn take_turn(root: &Path) -> Outcome<fs::File> {
    let file = root.join("target/page.lock");
    fs::create_dir_all(root.join("target"))
        .and_then(|()| fs::File::create(&file))
        .and_then(|file| file.lock().map(|()| file))
        .map_err(|error| format!("{} cannot be locked ({error}).", file.display()))
}

/// Compiler flags that keep the folders of this machine out of the wasm: two machines make the same bytes, and the page
/// tells nobody who built it.
fn hide_this_machine(root: &Path) -> Vec<String> {
    let cargo_home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))
        .unwrap_or_default();
    let mut from_to = vec![(root.to_path_buf(), "aid"), (cargo_home.clone(), "cargo")];
    from_to.extend(ask("rustc", &["--print", "sysroot"]).map(|sysroot| (PathBuf::from(sysroot), "rust")));
    // Of several that fit, the compiler takes the last. The folder of each registry is named after its address.
    let registries = fs::read_dir(cargo_home.join("registry/src")).into_iter().flatten().flatten();
    from_to.extend(registries.map(|entry| (entry.path(), "crates")));
    from_to.into_iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display())).collect()
}

/// Names glue and wasm after what they finally hold, writes the build id into the page, checks it, and puts it in place.
fn finish(raw: &Path, dist: &Path, id: &str) -> Outcome {
    let failed = |what: &'static str| move |error: std::io::Error| format!("{what} failed ({error}).");
    let page_file = raw.join("index.html");
    let mut page = fs::read_to_string(&page_file).map_err(failed("Reading the built page"))?;
    // trunk names them after the wasm as compiled; another wasm-bindgen or wasm-opt would give other bytes the same name,
    // and a browser that kept the old half would mix two builds.
    for ending in ["_bg.wasm", ".js"] {
        let old = one_file(raw, ending)?;
        let content = fs::read(raw.join(&old)).map_err(failed("Reading the built page"))?;
        let mut digest = Digest::default();
        digest.add(&content);
        let new = format!("inotuzumab-{}{ending}", digest.hex());
        fs::rename(raw.join(&old), raw.join(&new)).map_err(failed("Naming the built files"))?;
        page = page.replace(&old, &new);
    }
    page = page.replace(BUILD, id).replace(RELEASED, &offline::released(&root()));
    check(&page)?;
    check_glue(raw)?;
    fs::write(&page_file, page).map_err(failed("Writing the page"))?;
    offline::write_worker(&root(), raw, id)?;
    if dist.exists() {
        fs::remove_dir_all(dist).map_err(failed("Removing the old dist/"))?;
    }
    fs::rename(raw, dist).map_err(failed("Putting the page into dist/"))
}

/// The one file `inotuzumab-…` with this ending.
fn one_file(folder: &Path, ending: &str) -> Outcome<String> {
    let names = stamp::files_under(folder).into_iter().filter_map(|file| Some(file.file_name()?.to_str()?.to_owned()));
    let mut found: Vec<String> =
        names.filter(|name| name.starts_with("inotuzumab-") && name.ends_with(ending)).collect();
    match (found.pop(), found.is_empty()) {
        (Some(name), true) => Ok(name),
        _ => Err(format!("The build did not leave exactly one file inotuzumab-*{ending}.")),
    }
}

/// What a strict Content-Security-Policy would refuse, and what would leave a file unchecked.
fn check(page: &str) -> Outcome {
    for tag in page.split('<').filter(|tag| tag.starts_with("script") || tag.starts_with("style")) {
        if tag.starts_with("style") || !tag.contains(" src=") {
            return Err(format!("The page holds an inline script or style: <{tag}"));
        }
    }
    // Pictures and the manifest run nothing, and browsers check no hash of them.
    let harmless = ["rel=\"icon\"", "rel=\"apple-touch-icon\"", "rel=\"manifest\""];
    let is_harmless = |tag: &&str| harmless.iter().any(|rel| tag.contains(rel));
    let loads = |tag: &&str| tag.starts_with("script") || (tag.starts_with("link") && !is_harmless(tag));
    match page.split('<').filter(loads).find(|tag| !tag.contains(" integrity=\"sha384-")) {
        Some(tag) => Err(format!("The page loads a file without saying its hash: <{tag}")),
        None => Ok(()),
    }
}

/// What the policy refuses at the moment it is used, which may be the rarest of moments: none of it may be there at all.
fn check_glue(folder: &Path) -> Outcome {
    let glue = fs::read_to_string(folder.join(one_file(folder, ".js")?)).unwrap_or_default();
    if glue.contains("innerHTML") {
        return Err(
            "The page would set innerHTML, which its policy refuses: leptos's view! does so for elements in which \
                    nothing can change; build them with element functions."
                .to_owned(),
        );
    }
    match ["new Function(", "eval(", "document.write"].iter().find(|sink| glue.contains(**sink)) {
        Some(sink) => Err(format!("The page holds {sink}, which its policy refuses.")),
        None => Ok(()),
    }
}

fn report(dist: &Path, id: &str) {
    let size = |file: &PathBuf| fs::metadata(file).map_or(0, |data| data.len());
    say(&format!("The page is in dist/ (build {id})"));
    for file in stamp::files_under(dist) {
        println!("    {:>9} bytes  {}", size(&file), file.strip_prefix(dist).unwrap_or(&file).display());
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_page_that_the_policy_would_refuse_is_not_built() {
        let good = r#"<script type="module" src="a.js" integrity="sha384-x"></script><link rel="icon" href="data:,">"#;
        assert_eq!(check(good), Ok(()));
        assert!(check("<script>go()</script>").is_err());
        assert!(check("<style>p { color: red }</style>").is_err());
        assert!(check(r#"<script src="a.js"></script>"#).is_err());
        assert!(check(r#"<link rel="stylesheet" href="a.css">"#).is_err());
    }
}
