//! `config.json` beside the page: what a hospital sets, where it is marked, and what happens when it is wrong, over, or not there.

use std::fs;

use e2e::{Fault, Page, Setup, State};
use serde_json::{Value, json};

const MARK: &str = "Local policy, Example Hospital, Hematology, 1 November 2026";

fn example() -> String {
    fs::read_to_string(xtask::shell::root().join("examples/intranet/config.json")).expect("the example is there")
}

async fn with(config: &str) -> Page {
    let page = Setup::new().beside("config.json", config).open().await;
    page.expect_state(State::Running).await;
    page
}

async fn chosen(page: &Page, name: &str) -> Value {
    page.js_with(
        "return document.querySelector(`input[name='${arguments[0]}']:checked`)?.value ?? null",
        vec![json!(name)],
    )
    .await
}

#[tokio::test]
async fn every_value_of_a_policy_is_marked_on_screen_and_on_sheets() {
    let page = with(&example()).await;
    assert_eq!(chosen(&page, "label").await, "eu");
    page.expect("local-note", MARK).await;
    page.choose("Cycle", "1").await;
    page.choose("Day", "Day 1").await;
    page.expect("edition", &format!("EU SmPC · {MARK}")).await;
    page.expect("local-line", &format!("{MARK}, in force until 31 October 2027.")).await;
    page.go("#patient").await;
    page.expect_text(&format!("Mosteller unless you choose another formula · {MARK}")).await;
    page.go("#premedication").await;
    page.expect_text("Prednisolone 100 mg, by mouth, 60 min before the dose").await;
    // Two lines, which one driver reads as one.
    let drug = page.read("local-drug").await;
    assert!(drug.starts_with("Prednisolone 100 mg") && drug.ends_with(MARK), "{drug}");
    page.go("#preparation").await;
    page.expect("local-note", MARK).await;
    page.choose("How is the volume to withdraw measured?", "Exactly").await;
    page.expect_text(&format!("{MARK}, says: To 0.1 mL")).await;
    page.go("#summary").await;
    page.expect_text(&format!("{MARK}: EU label, formula Mosteller; not followed here: volume measured to 0.1 mL"))
        .await;
    page.press("Patient").await;
    page.expect_text("At night, on weekends: Ward on call, +41 00 000 00 02").await;
    page.expect_text(&format!("({MARK})")).await;
}

#[tokio::test]
async fn pictures_of_a_local_policy() {
    let page = with(&example()).await;
    page.choose("Cycle", "1").await;
    page.choose("Day", "Day 1").await;
    page.go("#premedication").await;
    page.expect_text("Clemastine 2 mg").await;
    page.gallery("local-policy").await;
}

#[tokio::test]
async fn a_policy_that_is_over_is_not_used_and_says_so() {
    let page = with(&example().replace("2027-10-31", "2026-11-21")).await;
    page.expect("local-trouble", "The local policy, Example Hospital, Hematology, 1 November 2026, ended on 21 November 2026 and is not used. The label’s own rules apply.").await;
    assert_eq!(chosen(&page, "label").await, Value::Null);
    assert!(!page.shows("local-note").await && !page.shows("local-line").await);
}

#[tokio::test]
async fn a_wrong_file_is_refused_whole_with_the_reason() {
    let page = with(&example().replace("\"mg\"", "\"ug\"")).await;
    let said = page.read("local-trouble").await;
    assert!(said.contains("refused whole: policy.premedication[0].dose.unit: \"ug\" is not one of mg, g"), "{said}");
    assert_eq!(chosen(&page, "label").await, Value::Null);
    let page = with("<!doctype html>").await;
    assert!(page.read("local-trouble").await.contains("this is not JSON"));
    // Whatever it holds, it is text.
    let page = with(&example().replace("Example Hospital, Hematology", "<img src=x onerror=alert(1)>")).await;
    page.expect_text("Local policy, <img src=x onerror=alert(1)>, 1 November 2026").await;
    assert_eq!(page.js("return document.images.length").await, json!(0));
}

#[tokio::test]
async fn without_a_file_everything_is_as_it_was_and_a_server_that_fails_is_named() {
    for (fault, trouble) in
        [(None, false), (Some(Fault::Status(404)), false), (Some(Fault::Status(500)), true), (Some(Fault::Html), true)]
    {
        let setup = fault.into_iter().fold(Setup::new(), |setup, fault| setup.fault("config.json", fault));
        let page = setup.open().await;
        page.expect_state(State::Running).await;
        assert_eq!(page.shows("local-trouble").await, trouble);
        assert!(!page.shows("local-line").await);
        if !trouble {
            assert_eq!(chosen(&page, "label").await, Value::Null);
        }
    }
    let page = e2e::open().await;
    assert_eq!(
        page.complaints().await,
        Vec::<String>::new(),
        "the file that comes with the page is asked for in vain by nobody"
    );
}

#[tokio::test]
async fn a_hospital_may_set_light_or_dark() {
    let page = with(r#"{"schema": 1, "theme": "dark"}"#).await;
    assert_eq!(page.js("return getComputedStyle(document.body).backgroundColor").await, json!("rgb(20, 22, 26)"));
}
