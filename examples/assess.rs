//! Reads one case a line, writes one line for each: the assessment, or why the case is refused.
//!
//! `cargo run -q --release --example assess < cases.jsonl > assessments.jsonl`

use std::io::{self, BufRead, Write};

use inotuzumab::engine::{Case, CaseError, Fault, assess};

/// Answers are handed over once there are this many bytes of them.
const BATCH: usize = 1 << 16;

fn main() -> io::Result<()> {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    // Every line is read and answered in the room of the ones before.
    let (mut line, mut answers) = (Vec::new(), Vec::with_capacity(2 * BATCH));
    while input.read_until(b'\n', &mut line)? > 0 {
        match answer(line.strip_suffix(b"\n").unwrap_or(&line)) {
            Ok(assessment) => serde_json::to_writer(&mut answers, &assessment)?,
            Err(error) => serde_json::to_writer(&mut answers, &error)?,
        }
        answers.push(b'\n');
        line.clear();
        if answers.len() >= BATCH {
            output.write_all(&answers)?;
            answers.clear();
        }
    }
    output.write_all(&answers)
}

fn answer(line: &[u8]) -> Result<inotuzumab::engine::Assessment, CaseError> {
    let text = std::str::from_utf8(line).map_err(|why| CaseError {
        fault: Fault::NotJson,
        path: String::new(),
        message: format!("this is not UTF-8: {why}"),
    })?;
    assess(&Case::from_json(text)?)
}
