//! Reads one case a line, writes one line for each: the assessment, or why the case is refused.
//!
//! `cargo run -q --release --example assess < cases.jsonl > assessments.jsonl`

use std::io::{self, BufRead, BufWriter, Write};

use inotuzumab::engine::{Case, CaseError, Fault, assess};

fn main() -> io::Result<()> {
    // Room for several answers: standard output looks for a line's end in whatever it is handed.
    let mut output = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    for line in io::stdin().lock().split(b'\n') {
        match answer(&line?) {
            Ok(assessment) => serde_json::to_writer(&mut output, &assessment)?,
            Err(error) => serde_json::to_writer(&mut output, &error)?,
        }
        output.write_all(b"\n")?;
    }
    output.flush()
}

fn answer(line: &[u8]) -> Result<inotuzumab::engine::Assessment, CaseError> {
    let text = std::str::from_utf8(line).map_err(|why| CaseError {
        fault: Fault::NotJson,
        path: String::new(),
        message: format!("this is not UTF-8: {why}"),
    })?;
    assess(&Case::from_json(text)?)
}
