// Fingerprints as they come out of every build: native, wasm, and the page. A change of any of them is a change of all, and
// stands in CHANGELOG.md.

/// What it is, the case, its fingerprint.
pub const CASES: [(&str, &str, &str); 4] = [
    ("EX01, as the page's walk types it", include_str!("ex01-as-typed.case.json"), "2Y75-PHDB"),
    ("an adult", include_str!("../../docs/schema/examples/adult-cycle-1-day-1.case.json"), "31BA-J0XV"),
    ("a child, in a syringe", include_str!("../../docs/schema/examples/child-syringe.case.json"), "M18B-ZPJB"),
    ("six cycles, every member", include_str!("../../benches/heaviest.json"), "821K-9394"),
];
