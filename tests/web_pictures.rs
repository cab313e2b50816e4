//! The pictures in a real browser: that they are there, say what they show, and agree with the table behind them.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, missing_docs)]

use inotuzumab::app::components::part::Inside;
use inotuzumab::app::pictures;
use inotuzumab::engine::{Case, assess};
use inotuzumab::walk::timeline::{self, Scene};
use inotuzumab::walk::{Plan, Walk, picture};
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

/// A woman of 170 cm and 70 kg on day 8 of cycle 2, with CR after cycle 1 and a transplant planned.
const LATER: &str = r#"{
    "schema": 1, "profile": "us", "date": "2026-12-21", "hsct": "planned",
    "patient": {"age_years": 46, "sex": "female", "height": {"value": 170, "unit": "cm"},
                "weight": {"value": 70, "unit": "kg"}},
    "cycles": [
        {"number": 1, "doses": [{"day": 1, "date": "2026-11-23"}, {"day": 8, "date": "2026-11-30"}],
         "reduction": "none", "interruption_days": 0, "response": "cr", "mrd": "positive"},
        {"number": 2, "doses": [{"day": 1, "date": "2026-12-14"}]}],
    "visit": {"cycle": 2, "day": 8}}"#;

fn plan(json: &str) -> Plan {
    let case = Case::from_json(json).unwrap();
    let outcome = Some(assess(&case));
    Plan { case: Some(case), outcome, ..Plan::of(&Walk::new(None)) }
}

/// Something drawn in an element of its own; gone when dropped.
struct Drawn {
    root: HtmlElement,
    handle: Option<Box<dyn std::any::Any>>,
}

impl Drop for Drawn {
    fn drop(&mut self) {
        self.handle.take();
        self.root.remove();
    }
}

async fn draws<V: Inside + 'static>(what: impl FnOnce() -> V + 'static) -> Drawn {
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let handle: UnmountHandle<_> = mount_to(root.clone(), move || what().view());
    settle().await;
    Drawn { root, handle: Some(Box::new(handle)) }
}

async fn settle() {
    for _ in 0..3 {
        leptos::task::tick().await;
    }
}

impl Drawn {
    fn all(&self, css: &str) -> Vec<Element> {
        let found = self.root.query_selector_all(css).unwrap();
        (0..found.length()).map(|index| found.item(index).unwrap().unchecked_into()).collect()
    }

    fn texts(&self, css: &str) -> Vec<String> {
        self.all(css).iter().map(|element| element.text_content().unwrap_or_default()).collect()
    }

    fn said(&self) -> Vec<String> {
        self.all("[role=img]").iter().map(|element| element.get_attribute("aria-label").unwrap_or_default()).collect()
    }
}

/// What the table must hold, taken from the scene.
fn cells(scene: &Scene) -> Vec<String> {
    let rows = scene.lanes.iter().flat_map(|lane| &lane.doses).map(|mark| mark.row.cells().concat());
    rows.collect()
}

/// The lines of the table that are doses.
fn drawn_cells(drawn: &Drawn) -> Vec<String> {
    let rows = drawn.all(".course-table tbody tr").into_iter().filter(|row| row.children().length() == 6);
    rows.map(|row| row.text_content().unwrap_or_default()).collect()
}

#[wasm_bindgen_test]
async fn the_course_is_a_picture_with_words_and_a_table_with_the_same_doses() {
    let scene = timeline::of(&plan(LATER)).unwrap();
    let (summary, wanted) = (scene.summary.clone(), cells(&scene));
    let drawn = draws(move || pictures::course::switched(Memo::new(move |_| Some(scene.clone())))).await;
    assert_eq!(drawn.said(), [summary]);
    assert_eq!(drawn.all(".lane .strip").len(), 3 + 3, "three cycles and three dates after the last dose");
    assert_eq!((drawn_cells(&drawn), wanted.len()), (wanted, 9));
    assert!(!drawn.all(".visually-hidden .course-table").is_empty(), "behind the picture");
    let ends = drawn.texts(".lane-end").join(" | ");
    assert!(ends.contains("Transplant, or a third cycle") && ends.contains("HSCT-02"), "{ends}");
    let hidden = drawn.all("svg").iter().all(|svg| {
        svg.closest("[aria-hidden=true]").unwrap().is_some() || { svg.closest("[role=img]").unwrap().is_some() }
    });
    assert!(hidden, "no drawing is read out by itself");
}

#[wasm_bindgen_test]
async fn the_button_shows_the_table_in_place_of_the_picture_and_back() {
    let scene = timeline::of(&plan(LATER));
    let wanted = cells(scene.as_ref().unwrap());
    let drawn = draws(move || pictures::course::switched(Memo::new(move |_| scene.clone()))).await;
    let button: HtmlElement = drawn.all(".course-switch")[0].clone().unchecked_into();
    button.click();
    settle().await;
    assert_eq!(button.get_attribute("aria-pressed").as_deref(), Some("true"));
    assert!(drawn.all(".course-picture").is_empty() && drawn.all(".visually-hidden .course-table").is_empty());
    assert_eq!(drawn_cells(&drawn), wanted);
    button.click();
    settle().await;
    assert_eq!(drawn.all(".course-picture").len(), 1);
}

#[wasm_bindgen_test]
async fn another_day_draws_another_course_and_keeps_the_table() {
    let scene = RwSignal::new(timeline::of(&plan(LATER)));
    let drawn = draws(move || pictures::course::switched(Memo::new(move |_| scene.get()))).await;
    drawn.all(".course-switch")[0].clone().unchecked_into::<HtmlElement>().click();
    let moved = timeline::of(&plan(&LATER.replace("2026-12-21", "2026-12-23")));
    let wanted = cells(moved.as_ref().unwrap());
    scene.set(moved);
    settle().await;
    assert_eq!(drawn_cells(&drawn), wanted);
    assert!(drawn.all(".course-picture").is_empty(), "the table stays chosen");
    scene.set(None);
    settle().await;
    assert_eq!(drawn.texts("p"), ["There is no cycle to show."]);
}

#[wasm_bindgen_test]
async fn every_state_of_a_dose_has_a_shape_of_its_own() {
    let held = LATER.replace("\"day\": 8}}", "\"day\": 8, \"toxicities\": [{\"kind\": \"other\", \"grade\": 3}]}}");
    let scene = timeline::of(&plan(&held));
    let drawn = draws(move || pictures::course::switched(Memo::new(move |_| scene.clone()))).await;
    let keys = drawn.texts(".legend li");
    for key in ["given", "not given", "due, hold", "planned", "not before this day", "may be given"] {
        assert!(keys.iter().any(|known| known == key), "{key} is not in {keys:?}");
    }
    let shapes: Vec<String> = drawn
        .all(".legend .key > path:not(.turn)")
        .iter()
        .map(|path| format!("{:?} {:?}", path.get_attribute("class"), path.get_attribute("d")))
        .collect();
    let mut apart = shapes.clone();
    apart.sort();
    apart.dedup();
    assert_eq!((apart.len(), shapes.len()), (5, 5));
}

#[wasm_bindgen_test]
async fn the_gauge_says_where_the_value_lies() {
    let child = LATER.replace("170", "110").replace("\"value\": 70", "\"value\": 18");
    for (json, words, class, limits) in [
        (LATER.to_owned(), "0.0182 mg/mL, inside", "inside", ["0.01", "0.1"]),
        (child.clone(), "0.0074 mg/mL, below", "outside", ["0.01", "0.1"]),
        (
            child.replace(
                "\"visit\"",
                "\"preparation\": {\"container\": \"syringe\", \"total_volume_ml\": 3}, \"visit\"",
            ),
            "mg/mL, above",
            "outside",
            ["0.025", "0.1"],
        ),
    ] {
        let gauge = picture::gauge(&plan(&json)).unwrap();
        let drawn = draws(move || pictures::concentration::draw(gauge)).await;
        assert!(drawn.said()[0].replace('\u{a0}', " ").contains(words), "{:?}", drawn.said());
        assert_eq!(drawn.all(&format!(".gauge.{class} .mark")).len(), 1);
        assert_eq!(drawn.texts(".labels"), limits);
    }
    let open = LATER.replace("\"visit\"", "\"preparation\": {\"container\": \"syringe\"}, \"visit\"");
    let gauge = picture::gauge(&plan(&open)).unwrap();
    let drawn = draws(move || pictures::concentration::draw(gauge)).await;
    assert!(drawn.all(".mark").is_empty() && drawn.said() == ["The concentration is not known yet."]);
}

#[wasm_bindgen_test]
async fn each_vial_is_drawn_with_what_is_left_in_it() {
    let vials = picture::vials_of(&plan(LATER)).unwrap();
    let drawn = draws(move || pictures::vials::draw(vials)).await;
    assert_eq!(drawn.all(".vial").len(), 2);
    let heights: Vec<String> =
        drawn.all(".vial-left").iter().map(|left| left.get_attribute("height").unwrap()).collect();
    assert_eq!(heights, ["0.0", "53.4"], "the first is emptied, from the second 0.04 mL is taken");
    let said = drawn.said()[0].replace('\u{a0}', " ");
    assert!(said.starts_with("Withdraw 3.64 mL (0.91 mg) from 2 vials; discard 3.56 mL (0.89 mg)."), "{said}");
    assert!(said.ends_with("Vial 2: 0.04 mL (0.01 mg) withdrawn, 3.56 mL (0.89 mg) left."), "{said}");
}

#[wasm_bindgen_test]
async fn the_formulas_stand_in_a_table_with_the_one_in_use_marked() {
    let formulas = picture::formulas(&plan(LATER)).unwrap();
    let wanted: Vec<String> = formulas
        .lines
        .iter()
        .map(|line| format!("{}{}{}{}", line.name, line.m2, line.dose.clone().unwrap(), line.difference))
        .collect();
    let drawn = draws(move || pictures::formulas::draw(formulas)).await;
    assert_eq!(drawn.texts("tbody tr"), wanted);
    assert_eq!(drawn.all("tr.used").len(), 1);
    assert!(drawn.said()[0].starts_with("Largest difference from the dose in use: Du Bois"), "{:?}", drawn.said());
}
