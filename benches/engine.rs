//! How long an assessment takes, native. `cargo xtask bench` runs this beside the same in a browser.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use inotuzumab::engine::{Case, assess};

/// A first dose, and the longest case the contract allows that is still dosed: six cycles, every member given.
const CASES: [(&str, &str); 2] = [
    ("typical", include_str!("../docs/schema/examples/adult-cycle-1-day-1.case.json")),
    ("heaviest", include_str!("heaviest.json")),
];

fn engine(criterion: &mut Criterion) {
    for (name, text) in CASES {
        let case = Case::from_json(text).expect(name);
        assert!(assess(&case).expect(name).dose.is_some(), "{name} has no dose: not the work that is to be measured");
        criterion.bench_function(&format!("assess/{name}"), |run| run.iter(|| assess(black_box(&case))));
        criterion.bench_function(&format!("text to text/{name}"), |run| {
            run.iter(|| {
                let case = Case::from_json(black_box(text)).expect(name);
                serde_json::to_string(&assess(&case).expect(name)).expect(name)
            });
        });
    }
}

criterion_group!(benches, engine);
criterion_main!(benches);
