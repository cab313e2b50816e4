//! How long an assessment takes in a browser, from a JavaScript object to a JavaScript object.
#![allow(missing_docs)]

/// The runner finds the benchmarks by itself; natively there are none.
fn main() {}

#[cfg(target_arch = "wasm32")]
mod in_browser {
    use inotuzumab::browser::script;
    use wasm_bindgen::JsValue;
    use wasm_bindgen_test::{Criterion, wasm_bindgen_bench, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_dedicated_worker);

    #[wasm_bindgen_bench]
    fn typical(criterion: &mut Criterion) {
        measure(criterion, "typical", include_str!("../docs/schema/examples/adult-cycle-1-day-1.case.json"));
    }

    #[wasm_bindgen_bench]
    fn heaviest(criterion: &mut Criterion) {
        measure(criterion, "heaviest", include_str!("heaviest.json"));
    }

    fn measure(criterion: &mut Criterion, name: &str, text: &str) {
        let case = js_sys::JSON::parse(text).expect("the case is JSON");
        let assess = |case: &JsValue| script::assess(case).expect("the case is accepted");
        assess(&case);
        criterion.bench_function(&format!("object to object/{name}"), |run| run.iter(|| assess(&case)));
        criterion.bench_function(&format!("object to assessment, member by member/{name}"), |run| {
            run.iter(|| script::member_by_member(&case));
        });
    }
}
