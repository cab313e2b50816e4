//! Any bytes, read as the JSON of a case.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        inotuzumab_fuzz::check(text);
    }
});
