//! The page's parts in a real browser: what a key press does to the boxes, the echo and the plan.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, missing_docs)]

use inotuzumab::app::App;
use inotuzumab::browser::script;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

wasm_bindgen_test_configure!(run_in_browser);

/// The aid in an element of its own; gone when dropped.
struct Aid {
    root: HtmlElement,
    handle: Option<Box<dyn std::any::Any>>,
}

impl Drop for Aid {
    fn drop(&mut self) {
        self.handle.take();
        self.root.remove();
    }
}

/// The aid with the first dose said to be due, at the questions about the patient.
async fn open() -> Aid {
    let aid = open_at("").await;
    aid.chooses("label", "us").await;
    aid.chooses("cycle", "1").await;
    aid.chooses("day", "1").await;
    aid.goes("patient").await;
    aid
}

async fn open_at(hash: &str) -> Aid {
    // The test before this one left its walk in the tab.
    inotuzumab::browser::tab::forget();
    let _ = window().location().set_hash(hash);
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let handle: UnmountHandle<_> = mount_to(root.clone(), App);
    settle().await;
    Aid { root, handle: Some(Box::new(handle)) }
}

/// Lets every effect of the last event run.
async fn settle() {
    for _ in 0..3 {
        leptos::task::tick().await;
    }
}

impl Aid {
    fn find(&self, css: &str) -> Element {
        self.root.query_selector(css).unwrap().unwrap_or_else(|| panic!("{css} is not on the page"))
    }

    fn has(&self, css: &str) -> bool {
        self.root.query_selector(css).unwrap().is_some()
    }

    /// As a reader sees it: the space between a number and its unit does not break, and looks like any other.
    fn text(&self, css: &str) -> String {
        self.find(css).text_content().unwrap_or_default().replace('\u{a0}', " ")
    }

    fn output(&self, testid: &str) -> String {
        self.text(&format!("[data-testid={testid}]"))
    }

    fn input(&self, id: &str) -> HtmlInputElement {
        self.find(&format!("#{id}")).unchecked_into()
    }

    /// One key after the other, as a hand types.
    async fn types(&self, id: &str, text: &str) {
        let input = self.input(id);
        input.set_value("");
        for key in text.chars() {
            input.set_value(&format!("{}{key}", input.value()));
            fire(&input, "input");
            settle().await;
        }
    }

    async fn chooses(&self, name: &str, value: &str) {
        let radio: HtmlElement = self.find(&format!("input[name={name}][value='{value}']")).unchecked_into();
        radio.click();
        settle().await;
    }

    /// Another step comes into view.
    async fn goes(&self, step: &str) {
        let _ = window().location().set_hash(step);
        for _ in 0..50 {
            pause().await;
            if self.has(&format!(".step-{step}")) {
                break;
            }
        }
        settle().await;
    }

    async fn presses(&self, css: &str) {
        self.find(css).unchecked_into::<HtmlElement>().click();
        settle().await;
    }
}

fn fire(target: &Element, name: &str) {
    let how = EventInit::new();
    how.set_bubbles(true);
    target.dispatch_event(&Event::new_with_event_init_dict(name, &how).unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn a_comma_stays_and_is_echoed_as_a_point() {
    let aid = open().await;
    aid.types("weight", "70,5").await;
    assert_eq!(aid.input("weight").value(), "70,5");
    assert_eq!(aid.text("#weight-echo"), "70.5 kg ≈ 155.43 lb");
}

#[wasm_bindgen_test]
async fn two_readings_are_asked_and_the_answer_counts() {
    let aid = open().await;
    aid.types("height", "170").await;
    aid.types("weight", "70,125").await;
    assert!(aid.text("#weight-ask").contains("70.125 kg"), "{}", aid.text("#weight-ask"));
    assert!(!aid.has("[data-testid=dose]"), "nothing is computed from an open question");
    aid.presses("#weight-ask button").await;
    assert_eq!(aid.input("weight").value(), "70,125");
    assert_eq!(aid.text("#weight-ask"), "");
    assert_eq!(aid.output("bsa"), "1.82 m²");
}

#[wasm_bindgen_test]
async fn the_unit_toggle_keeps_the_text_and_converts_in_sight() {
    let aid = open().await;
    aid.types("weight", "154").await;
    aid.chooses("weight-unit", "[lb_av]").await;
    assert_eq!(aid.input("weight").value(), "154");
    assert_eq!(aid.text("#weight-echo"), "154 lb ≈ 69.85 kg");
}

#[wasm_bindgen_test]
async fn the_plan_follows_every_key() {
    let aid = open().await;
    aid.types("height", "170").await;
    aid.types("weight", "70").await;
    assert_eq!((aid.output("dose").as_str(), aid.output("withdraw").as_str()), ("1.456 mg", "5.824 mL"));
    aid.types("weight", "60").await;
    assert_eq!((aid.output("bsa").as_str(), aid.output("dose").as_str()), ("1.68 m²", "1.344 mg"));
    aid.types("weight", "6").await;
    assert!(!aid.has("[data-testid=dose]"), "as soon as the 0 is gone, so is the dose for 60");
    aid.types("weight", "").await;
    fire(&aid.input("weight"), "input");
    settle().await;
    assert!(!aid.has("[data-testid=dose]"), "no weight, no dose");
}

#[wasm_bindgen_test]
async fn a_planned_dose_says_that_it_is_not_released() {
    let aid = open().await;
    aid.types("height", "170").await;
    aid.types("weight", "70").await;
    assert_eq!(aid.output("decision"), "Incomplete");
    assert!(aid.output("dose-state").contains("not released"));
}

#[wasm_bindgen_test]
async fn a_why_opens_to_the_working_and_the_source() {
    let aid = open().await;
    aid.types("height", "170").await;
    aid.types("weight", "70").await;
    assert!(!aid.has(".dose-why .chain"));
    aid.presses(".dose-why > summary").await;
    // `toggle` comes as a task of its own.
    for _ in 0..50 {
        if aid.has(".dose-why .chain") {
            break;
        }
        pause().await;
    }
    let chain = aid.text(".dose-why .chain");
    for part in ["170 cm × 70 kg", "1.82 m²", "0.8 mg/m² × 1.82 m²", "US PI 3/2024 section 2.1", "DOSE-01"] {
        assert!(chain.contains(part), "{part} is not in: {chain}");
    }
    aid.chooses("bsa-formula", "haycock").await;
    assert!(aid.text(".dose-why .chain").contains("0.024265"), "an open why follows, too");
}

#[wasm_bindgen_test]
async fn what_is_not_answered_is_missing_and_nothing_is_chosen_for_the_user() {
    let aid = open().await;
    let chosen = aid.root.query_selector_all("main input[type=radio]:checked").unwrap();
    let names: Vec<String> = (0..chosen.length())
        .map(|index| chosen.item(index).unwrap().unchecked_into::<HtmlInputElement>().name())
        .collect();
    assert_eq!(names, ["height-unit", "weight-unit", "bsa-formula", "age-by"]);
    assert!(aid.text("[data-testid=open]").contains("Sex"));
    aid.chooses("sex", "female").await;
    assert!(!aid.text("[data-testid=open]").contains("Sex"));
    aid.presses("#sex .clear").await;
    assert!(aid.text("[data-testid=open]").contains("Sex"), "an answer taken back is missing again");
}

#[wasm_bindgen_test]
async fn continue_points_to_what_is_open_before_it_goes_on() {
    let aid = open().await;
    aid.presses(".way-on button").await;
    assert!(aid.text("#open-questions").contains("Height"));
    assert_eq!(aid.text("#height-error .msg-text"), "Needed for the decision.");
    assert!(aid.text(".way-on button").starts_with("Continue without"));
    aid.types("height", "170").await;
    assert!(!aid.text("#open-questions").contains("Height"), "the list follows");
}

#[wasm_bindgen_test]
async fn a_day_with_two_readings_is_asked() {
    let aid = open().await;
    aid.types("birth-date", "02/03/1980").await;
    assert_eq!(aid.text("#birth-date-ask p"), "Day or month first?");
    aid.presses("#birth-date-ask button").await;
    assert!(aid.text("#birth-date-echo").starts_with("Sunday 3 February 1980"), "{}", aid.text("#birth-date-echo"));
}

#[wasm_bindgen_test]
async fn text_swapped_by_a_translator_does_not_leave_an_old_number() {
    let aid = open().await;
    aid.types("height", "170").await;
    aid.types("weight", "70").await;
    for output in ["dose", "bsa", "withdraw", "decision"] {
        let element = aid.find(&format!("[data-testid={output}]"));
        let inner = element.first_element_child().unwrap_or(element);
        inner.set_text_content(Some("swapped"));
    }
    aid.types("weight", "80").await;
    assert!(aid.output("dose").starts_with("1.552"), "{}", aid.output("dose"));
    assert_eq!(aid.output("bsa"), "1.94 m²");
    assert_eq!(aid.output("withdraw"), "6.208 mL");
}

#[wasm_bindgen_test]
async fn the_bar_names_the_label_in_use() {
    let aid = open_at("").await;
    assert!(aid.output("edition").starts_with("Label not chosen"), "{}", aid.output("edition"));
    aid.chooses("label", "eu").await;
    assert!(aid.output("edition").starts_with("EU SmPC"), "{}", aid.output("edition"));
}

#[wasm_bindgen_test]
async fn a_course_is_one_card_a_cycle_and_keeps_what_was_typed() {
    let aid = open().await;
    aid.goes("visit").await;
    aid.chooses("cycle", "3").await;
    aid.goes("course").await;
    assert_eq!(aid.root.query_selector_all(".cycle-card").unwrap().length(), 2);
    aid.types("cycles-1-day1-date", "2026-10-26").await;
    assert!(aid.text("#cycles-1-day8-date-echo").contains("Mon 2 Nov"), "{}", aid.text("#cycles-1-day8-date-echo"));
    assert_eq!(aid.input("cycles-1-day8-date").value(), "", "a planned day is never filled in");
    aid.goes("visit").await;
    aid.chooses("cycle", "2").await;
    aid.goes("course").await;
    assert_eq!(aid.root.query_selector_all(".cycle-card").unwrap().length(), 1);
    aid.goes("visit").await;
    aid.chooses("cycle", "3").await;
    aid.goes("course").await;
    assert_eq!(aid.input("cycles-1-day1-date").value(), "2026-10-26");
}

#[wasm_bindgen_test]
async fn a_response_is_worked_out_criterion_by_criterion() {
    let aid = open().await;
    aid.goes("visit").await;
    aid.chooses("cycle", "2").await;
    aid.goes("course").await;
    aid.presses("#cycles-0-response-by").await;
    assert_eq!(aid.output("response-1"), "not known yet");
    aid.types("cycles-0-marrow-blasts", "3").await;
    aid.chooses("cycles-0-circulating-blasts", "no").await;
    aid.chooses("cycles-0-extramedullary", "no").await;
    aid.types("cycles-0-response-anc", "1.2").await;
    aid.types("cycles-0-response-platelets", "80").await;
    assert_eq!(aid.output("response-1"), "CRi");
    assert!(aid.text(".criteria").contains("platelets at least 100 × 10⁹/L: not met"), "{}", aid.text(".criteria"));
}

#[wasm_bindgen_test]
async fn a_toxicity_is_added_and_taken_away() {
    let aid = open().await;
    aid.goes("visit").await;
    aid.chooses("day", "8").await;
    aid.goes("dose").await;
    aid.chooses("toxicity-since-last-dose", "yes").await;
    aid.presses("#add-toxicity").await;
    aid.chooses("toxicities-1-kind", "vod").await;
    assert_eq!(aid.output("decision"), "Stop");
    aid.presses(".toxicity .clear-card").await;
    assert_eq!(aid.text(".toxicity h3"), "Toxicity 1");
    assert_eq!(aid.output("decision"), "Stop", "the other one stays");
    aid.presses(".toxicity .clear-card").await;
    assert_eq!(aid.output("decision"), "Incomplete");
    assert!(!aid.has("#toxicity-since-last-dose input:checked"), "a mistake taken back is no answer");
}

#[wasm_bindgen_test]
async fn a_new_patient_leaves_nothing_behind() {
    let aid = open().await;
    aid.types("height", "170").await;
    aid.types("weight", "70").await;
    aid.presses(".bar .quiet-button").await;
    aid.presses(".dialog .forget").await;
    aid.goes("patient").await;
    assert_eq!(aid.input("height").value(), "");
    assert!(!aid.has("[data-testid=dose]"));
}

#[wasm_bindgen_test]
async fn a_record_waits_for_a_tap_and_goes_with_its_patient() {
    let aid = open().await;
    aid.goes("visit").await;
    let reads = async |bundle: &str| {
        aid.find("#record-in").unchecked_into::<HtmlTextAreaElement>().set_value(bundle);
        aid.presses(".record .way-on .quiet-button").await;
        pause().await;
        settle().await;
    };
    // Without the module that reads it, a Bundle changes nothing and the page says so.
    let nothing = "{\"resourceType\": \"Bundle\"}";
    reads(nothing).await;
    assert!(aid.text(".record .msg").contains("could not be loaded"), "{}", aid.text(".record .msg"));
    let module = js_sys::Object::new();
    let has = |name: &str, function: &JsValue| js_sys::Reflect::set(&module, &name.into(), function).unwrap();
    type Reads = dyn Fn(JsValue) -> Result<JsValue, JsValue>;
    has("record", &Closure::<Reads>::new(|text| script::record(&text)).into_js_value());
    has("version", &js_sys::Function::new_no_args("return {engine: 'another'}"));
    let loads = js_sys::Function::new_with_args("module", "globalThis.aidPart = async () => module");
    loads.call1(&JsValue::NULL, &module).unwrap();
    reads(nothing).await;
    assert!(aid.text(".record .msg").contains("another build"), "{}", aid.text(".record .msg"));
    has("version", &Closure::<dyn Fn() -> Result<JsValue, JsValue>>::new(script::version).into_js_value());
    let taken = |value: &str| aid.has(&format!("input[name=sex][value={value}]:checked"));
    let whys = || aid.text(".record-values");
    reads("{\"resourceType\": \"Patient\"}").await;
    assert!(aid.text(".record .msg").contains("no FHIR Bundle") && !aid.has(".record-values"));
    let whole = r#"{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", "gender": "female", "birthDate": "1980"}}]}"#;
    reads(whole).await;
    assert_eq!(aid.text(".record .msg"), "");
    assert!(whys().contains("Sex Female") && whys().contains("Not taken: It is no whole date."), "{}", whys());
    aid.goes("patient").await;
    assert!(!taken("female"), "it was taken without a tap");
    aid.chooses("sex", "male").await;
    aid.goes("visit").await;
    assert!(whys().contains("Typed is Male. The record has Female."), "{}", whys());
    let tap = ".record-value:last-child .answer";
    assert!(aid.text(tap).starts_with("Replace"), "{}", aid.text(tap));
    aid.presses(tap).await;
    assert!(aid.text(tap).starts_with("Taken") && !whys().contains("Typed is"), "{}", whys());
    aid.goes("patient").await;
    assert!(taken("female"));
    aid.presses(".bar .quiet-button").await;
    aid.presses(".dialog .forget").await;
    aid.goes("visit").await;
    assert!(!aid.has(".record-values"), "the record of the last patient is still there");
    // The next patient comes while a record of this one is still being read.
    let waits = js_sys::Function::new_with_args(
        "module",
        "globalThis.aidPart = () => new Promise((done) => { globalThis.readOn = () => done(module) })",
    );
    waits.call1(&JsValue::NULL, &module).unwrap();
    reads(whole).await;
    aid.presses(".bar .quiet-button").await;
    aid.presses(".dialog .forget").await;
    js_sys::Function::new_no_args("readOn()").call0(&JsValue::NULL).unwrap();
    pause().await;
    settle().await;
    assert!(aid.text(".record .msg").contains("The patient has changed"), "{}", aid.text(".record .msg"));
    assert!(!aid.has(".record-values"), "the record of the last patient is shown for the next");
}

/// One turn of the browser's own task queue.
async fn pause() {
    let wait = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 10);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(wait).await;
}

mod golden {
    include!("fingerprints/golden.rs");
}

#[wasm_bindgen_test]
fn a_case_has_the_same_fingerprint_as_in_a_native_build() {
    use inotuzumab::{engine::Case, interchange::Fingerprint};
    for (name, text, written) in golden::CASES {
        assert_eq!(Fingerprint::of(&Case::from_json(text).unwrap()).to_string(), written, "{name}");
    }
}

/// What a script gets is what the engine writes, whichever way the case crosses; what JSON cannot say is refused.
#[wasm_bindgen_test]
fn a_script_gets_the_engines_answer() {
    use inotuzumab::browser::script::{assess, member_by_member};
    use inotuzumab::engine::{self, Case};
    use js_sys::{JSON, Reflect};
    use wasm_bindgen::JsValue;

    for text in [
        include_str!("../docs/schema/examples/adult-cycle-1-day-1.case.json"),
        include_str!("../docs/schema/examples/child-syringe.case.json"),
        include_str!("../docs/schema/examples/cycle-2-day-1-reduced.case.json"),
        include_str!("../benches/heaviest.json"),
    ] {
        let case = JSON::parse(text).unwrap();
        let engines = engine::assess(&Case::from_json(text).unwrap()).unwrap();
        let engines = serde_json::to_string(&engines).unwrap();
        // Both through the browser, which writes 50.0 as 50.
        let written = |value: &JsValue| String::from(JSON::stringify(value).unwrap());
        assert_eq!(written(&assess(&case).unwrap()), written(&JSON::parse(&engines).unwrap()));
        assert_eq!(serde_json::to_string(&member_by_member(&case).unwrap()).unwrap(), engines);
        // An absent member said with null goes the slow way, to the same answer.
        Reflect::set(&case, &"hsct".into(), &JsValue::NULL).unwrap();
        let null = written(&assess(&case).unwrap());
        Reflect::set(&case, &"hsct".into(), &JsValue::UNDEFINED).unwrap();
        assert_eq!(written(&assess(&case).unwrap()), null);
    }

    let refused = |text: &str, member: Option<(&str, JsValue)>| {
        let case = JSON::parse(text).unwrap();
        if let Some((name, value)) = member {
            Reflect::set(&case, &name.into(), &value).unwrap();
        }
        let error = assess(&case).unwrap_err();
        let said = |name: &str| Reflect::get(&error, &name.into()).unwrap().as_string().unwrap();
        (said("code"), said("path"))
    };
    let bare = r#"{"schema": 1, "profile": "us", "date": "2026-11-23"}"#;
    let pair = |code: &str, path: &str| (code.to_owned(), path.to_owned());
    assert_eq!(refused(r#"{"schema": 2}"#, None), pair("unsupported_schema", "schema"));
    assert_eq!(refused(bare, Some(("extra", 1.into()))), pair("unknown_field", "extra"));
    assert_eq!(refused(bare, Some(("hsct", f64::NAN.into()))), pair("invalid_json", ""));
    assert_eq!(refused(bare, Some(("hsct", f64::INFINITY.into()))), pair("invalid_json", ""));
    let endless = JSON::parse(bare).unwrap();
    Reflect::set(&endless, &"patient".into(), &endless).unwrap();
    assert!(assess(&endless).is_err(), "an object within itself");
    assert!(assess(&JsValue::UNDEFINED).is_err());
}
