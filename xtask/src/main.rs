//! `cargo xtask`: see [`HELP`].

use std::process::ExitCode;

use xtask::shell::Outcome;
use xtask::{bench, checks, faults, mutate, package, page, reproducible, server, shell, single_file, size};

const HELP: &str = "\
cargo xtask serve [--port N]   build the release page and serve it on this machine (default port 8080)
cargo xtask build              build the release page into dist/
cargo xtask single-file        make one HTML file of the page, which opens from a USB stick
cargo xtask package            make and try what is handed on: archive, npm package, list of parts, checksums
cargo xtask test               run every test there is: format, lints, native, wasm, end to end in every browser
    --browser NAME             only the end-to-end tests, and only in chromium, firefox or webkit
cargo xtask faults             inject every fault of a bedside page into the built one, and print what came of each
cargo xtask screenshots        take a picture of every step, at three sizes, light and dark, into target/screenshots/
cargo xtask bench              print how long an assessment takes: native, in Chromium, and in a batch
cargo xtask bench-page         print how long the built page takes on a slow tablet and a slow line
cargo xtask size               print what the page weighs, by part, and write docs/size.md
cargo xtask reproducible       build the page twice from nothing and compare every byte (ten minutes)
cargo xtask mutate-rules       change the rules one thing at a time and see whether a test notices (half an hour)

Each command sets up what it needs the first time and says what and why. A first run takes about a quarter of an hour on
two cores, mostly for compiling two tools; they stay in the user's cache directory and are shared by all checkouts.";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("\nxtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Outcome {
    match words {
        ["serve"] => serve(8080),
        ["serve", "--port", port] => serve(port.parse().map_err(|_| format!("{port} is not a port number."))?),
        ["build"] => page::build().map(|_| ()),
        ["single-file"] => page::build().and_then(|dist| single_file::make(&dist)).map(|_| ()),
        ["package"] => page::build().and_then(|dist| package::make_and_try(&dist)),
        ["reproducible"] => reproducible::compare(),
        ["test"] => checks::run_every_test(),
        ["test", "--browser", name] => checks::in_one_browser(name),
        ["faults"] => faults::inject(),
        ["bench"] => bench::measure(),
        ["bench-page"] => page::build().and_then(|dist| bench::page(&dist)),
        ["size"] => page::build().and_then(|dist| size::table(&dist)),
        ["screenshots"] => checks::screenshots(),
        ["mutate-rules"] => mutate::rules(),
        [] | ["help" | "-h" | "--help"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(format!("unknown command: {}.\n\n{HELP}", words.join(" "))),
    }
}

fn serve(port: u16) -> Outcome {
    let dist = page::build()?;
    let server = server::Server::start_at(port, server::Site::new(dist))?;
    shell::say(&format!("The aid is at {}   (Ctrl-C ends it)", server.url()));
    loop {
        std::thread::park();
    }
}
