//! `cargo xtask single-file`: the page as one HTML file that opens from a USB stick. It is made from `dist/`: the same program, the
//! same texts, the same first screen.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::sha256;
use crate::shell::{Outcome, root, say};
use crate::stamp;

/// Larger than this is too large to hand on.
pub const LIMIT: usize = 2_000_000;

/// Where it is put.
#[must_use]
pub fn place() -> PathBuf {
    root().join("target/single-file/inotuzumab-aid.html")
}

/// Makes it from the built page.
pub fn make(dist: &Path) -> Outcome<PathBuf> {
    let page = assemble(dist)?;
    if page.len() > LIMIT {
        return Err(format!("The single file would have {} bytes, more than {LIMIT}.", page.len()));
    }
    let place = place();
    place
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(&place, &page))
        .map_err(|error| format!("{} cannot be written ({error}).", place.display()))?;
    say(&format!("The aid in one file: {} ({} bytes)", place.display(), page.len()));
    Ok(place)
}

fn assemble(dist: &Path) -> Outcome<String> {
    let mut page = text(&dist.join("index.html"))?;
    let names: Vec<String> = stamp::files_under(dist)
        .iter()
        .map(|file| file.strip_prefix(dist).unwrap_or(file).to_string_lossy().replace('\\', "/"))
        .collect();
    let one = |begin: &str, end: &str| {
        let found = names.iter().find(|name| name.starts_with(begin) && name.ends_with(end));
        found.ok_or_else(|| format!("dist/ holds no {begin}*{end}."))
    };

    // The table that every message points to.
    let label = text(&dist.join("label.html"))?;
    let label = between(&label, "<body>", "</body>")?.replace("href=\"index.html\"", "href=\"#\"");
    page = page.replace("./label.html", "#label-table");

    // Style sheets in their places, each by its hash.
    let mut styles = vec!["#label-table:not(:target) { display: none }".to_owned()];
    let alone = format!("<style>{}</style>", styles.concat());
    for name in names.iter().filter(|name| name.ends_with(".css")) {
        let style = text(&dist.join(name))?;
        let tag = tag_with(&page, &format!("href=\"./{name}\""))?;
        page = page.replace(&tag, &format!("<style>{style}</style>"));
        styles.push(style);
    }

    // The one script: boot.js with the glue in it.
    let boot = one("boot-", ".js")?;
    let mut script = text(&dist.join(boot))?.replace("./label.html", "#label-table");
    let glue = as_function("glue", &text(&dist.join(one("inotuzumab-", ".js")?))?)?;
    let engine = as_function("engineGlue", &text(&dist.join(one("api/engine-", ".js")?))?)?;
    let part = as_part(&text(&dist.join("api/aid.js"))?)?;
    let packed = text(&root().join("src/browser/packed.js"))?;
    let here = "const packed = null;";
    if script.matches(here).count() != 1 {
        return Err(format!("src/browser/boot.js must say {here} once."));
    }
    script = script.replace(here, &format!("{glue}\n{engine}\n{part}\n{packed}"));
    closes_nothing("boot.js", &script)?;
    let tag = tag_with(&page, &format!("src=\"./{boot}\""))?;
    page = page.replace(&format!("{tag}</script>"), "");

    for rel in ["rel=\"modulepreload\"", "rel=\"preload\"", "rel=\"manifest\"", "rel=\"apple-touch-icon\""] {
        page = page.replace(&tag_with(&page, rel)?, "");
    }
    let icon = fs::read(dist.join("icons/icon.svg")).map_err(|error| format!("The icon cannot be read ({error})."))?;
    page = page.replace("./icons/icon.svg", &format!("data:image/svg+xml;base64,{}", sha256::base64(&icon)));

    // What a policy calls data: it is never run.
    let mut data = String::new();
    for name in names.iter().filter(|name| name.starts_with("pages/")) {
        let json = text(&dist.join(name))?;
        closes_nothing(name, &json)?;
        data.push_str(&format!("<script type=\"application/json\" id=\"./{name}\">{json}</script>\n"));
    }
    for (id, begin) in [("packed-program", "inotuzumab-"), ("packed-engine", "api/engine-")] {
        let wasm = dist.join(one(begin, "_bg.wasm")?);
        let wasm = fs::read(&wasm).map_err(|error| format!("{} cannot be read ({error}).", wasm.display()))?;
        let letters = sha256::base64(&gzip(&wasm)?);
        data.push_str(&format!("<script type=\"application/gzip\" id=\"{id}\">{letters}</script>\n"));
    }
    let end = format!(
        "{alone}\n<section id=\"label-table\">{label}</section>\n{data}<script type=\"module\">{script}</script>\n</body>"
    );
    page = page.replace("</body>", &end);

    let hashes = |texts: &[String]| {
        texts.iter().map(|text| format!("'{}'", sha256::integrity(text.as_bytes()))).collect::<Vec<_>>().join(" ")
    };
    let policy = format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; img-src data:; base-uri 'none'; form-action 'none'; \
         object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
        hashes(&[script]),
        hashes(&styles)
    );
    Ok(page.replace(&crate::policy::for_meta(), &policy))
}

/// The glue as the body of a function that returns what it exports: a page from a disk can import nothing.
fn as_function(name: &str, glue: &str) -> Outcome<String> {
    if glue.lines().any(|line| line.starts_with("import ")) {
        return Err("The glue imports another file, which the single file cannot.".to_owned());
    }
    let exported = glue.lines().filter_map(|line| line.strip_prefix("export function ")?.split_once('('));
    let names: Vec<&str> = exported.map(|(name, _)| name).collect();
    let body: Vec<&str> = glue
        .lines()
        .filter(|line| !line.starts_with("export {"))
        .map(|line| line.strip_prefix("export ").unwrap_or(line))
        .collect();
    Ok(format!(
        "const {name} = async () => {{\n{}\nreturn {{ default: __wbg_init, {} }};\n}};",
        body.join("\n"),
        names.join(", ")
    ))
}

/// The module for scripts as a function that returns what it exports. Its engine is a piece of the file, not another file.
fn as_part(module: &str) -> Outcome<String> {
    const STARTS: &str = "await start({ module_or_path: await bytes() });";
    let (_, rest) =
        module.split_once(STARTS).ok_or_else(|| format!("src/browser/api/aid.js must say {STARTS} once."))?;
    let names: Vec<&str> =
        rest.lines().filter_map(|line| Some(line.strip_prefix("export const ")?.split_once(" = ")?.0)).collect();
    let body = rest.replace("\nexport const ", "\nconst ");
    if body.lines().any(|line| line.starts_with("export ") || line.starts_with("import ")) {
        return Err("src/browser/api/aid.js imports or exports what the single file cannot.".to_owned());
    }
    Ok(format!(
        "const engineModule = async () => {{\nconst engine = await engineGlue();\nawait engine.default({{ module_or_path: await \
         unpacked(\"packed-engine\") }});\n{body}\nreturn {{ {} }};\n}};",
        names.join(", ")
    ))
}

/// Packed by node's zlib, which writes no time into it.
pub(crate) fn gzip(content: &[u8]) -> Outcome<Vec<u8>> {
    let failed = |error: std::io::Error| format!("Packing failed ({error}).");
    let script = "const { gzipSync } = require('zlib');
        process.stdout.write(gzipSync(require('fs').readFileSync(0), { level: 9 }))";
    let mut node = Command::new("node")
        .args(["-e", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    // Node reads to the end before it writes.
    node.stdin.take().map_or(Ok(()), |mut input| input.write_all(content)).map_err(failed)?;
    let output = node.wait_with_output().map_err(failed)?;
    if output.status.success() { Ok(output.stdout) } else { Err("Packing failed: node says why above.".to_owned()) }
}

fn text(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).map_err(|error| format!("{} cannot be read ({error}).", file.display()))
}

fn between<'a>(text: &'a str, begin: &str, end: &str) -> Outcome<&'a str> {
    let inside = text.split_once(begin).and_then(|(_, rest)| rest.split_once(end));
    inside.map(|(inside, _)| inside).ok_or_else(|| format!("There is no {begin}…{end}."))
}

/// The one tag that holds this.
fn tag_with(page: &str, part: &str) -> Outcome<String> {
    let mut tags = page.split_inclusive('>').filter(|tag| tag.contains(part));
    match (tags.next().and_then(|tag| tag.rfind('<').and_then(|begin| tag.get(begin..))), tags.next()) {
        (Some(tag), None) => Ok(tag.to_owned()),
        _ => Err(format!("The page does not hold exactly one tag with {part}.")),
    }
}

/// A text that stands in a script element must not end it.
fn closes_nothing(name: &str, text: &str) -> Outcome {
    let text = text.to_ascii_lowercase();
    match ["</script", "<!--", "<script"].iter().find(|part| text.contains(**part)) {
        Some(part) => Err(format!("{name} holds {part}, which would end the script it stands in.")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glue_becomes_a_function() {
        let glue = "export class A {}\nexport function mount(a) {\n}\nlet wasm;\nexport { initSync, __wbg_init as default };\n";
        let function = as_function("glue", glue).expect("no imports");
        assert!(
            function
                .contains("\nclass A {}\nfunction mount(a) {\n}\nlet wasm;\nreturn { default: __wbg_init, mount };")
        );
        assert!(as_function("glue", "import * as a from 'b';").is_err());
    }

    #[test]
    fn the_module_becomes_a_function() {
        let starts = "import start from 'x';\nawait start({ module_or_path: await bytes() });\n";
        let function = as_part(&format!("{starts}let broken;\nexport const a = () => 1;\n")).expect("a module");
        assert!(function.ends_with("let broken;\nconst a = () => 1;\n\nreturn { a };\n};"), "{function}");
        assert!(as_part("export const a = 1;").is_err());
        assert!(as_part(&format!("{starts}export default 1;\n")).is_err());
    }

    #[test]
    fn a_text_that_would_end_its_script_is_refused() {
        assert!(closes_nothing("a", "if (a < b) {}").is_ok());
        assert!(closes_nothing("a", "\"</SCRIPT>\"").is_err());
    }

    #[test]
    fn the_one_tag_is_found() {
        let page = "<a href=\"x\"><b><a href=\"y\">";
        assert_eq!(tag_with(page, "href=\"y\""), Ok("<a href=\"y\">".to_owned()));
        assert!(tag_with(page, "href").is_err());
    }
}
