//! A case that has every member, with any values changed, moved or left out.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| inotuzumab_fuzz::check(&inotuzumab_fuzz::changed(bytes)));
