//! The independent second check: on the same device, and from one device to another.

use e2e::paper::{PAPERS, read};
use e2e::{Fault, Page, Setup, State, key};
use serde_json::{Value, json};

/// EX01 by its numbers, as far as today's decision needs it; then the summary.
async fn first_entry(page: &Page) {
    page.say_first_visit().await;
    page.fill("Height", "170").await;
    page.fill("Weight", "70").await;
    page.choose("Age is given as", "By birth date").await;
    page.fill("Birth date", "1980-02-29").await;
    page.choose("Sex", "Male").await;
    page.press("Continue").await;
    page.choose("Diagnosis", "B-cell precursor ALL").await;
    page.choose("Where does the disease stand?", "Relapsed").await;
    page.choose("CD22 on the blasts", "Positive").await;
    page.choose("Philadelphia chromosome", "Negative").await;
    page.choose("Hypersensitive to inotuzumab ozogamicin or an excipient?", "No").await;
    page.choose("Veno-occlusive disease of the liver (VOD)", "Never").await;
    page.choose("Serious ongoing liver disease?", "No").await;
    page.choose("Stem cell transplant afterwards", "Not planned").await;
    page.press("Continue").await;
    page.choose("The laboratory reports", "A share of the white cells").await;
    page.fill("White cells", "9.8").await;
    page.fill("Blasts among them", "95").await;
    page.press("Continue").await;
    for (label, value) in [
        ("Neutrophils (ANC)", "2.1"),
        ("Platelets", "80"),
        ("Total bilirubin", "0.8"),
        ("Bilirubin, upper limit of normal", "1.2"),
        ("AST", "30"),
        ("AST, upper limit of normal", "40"),
        ("ALT", "30"),
        ("ALT, upper limit of normal", "40"),
        ("QTcF", "410"),
    ] {
        page.fill(label, value).await;
    }
    page.choose("Electrolytes checked?", "Yes").await;
    page.choose("Any risk of QT prolongation?", "No").await;
    page.press("Continue").await;
    for class in ["Corticosteroid given?", "Antipyretic given?", "Antihistamine given?"] {
        page.choose(class, "Yes").await;
    }
    page.expect("decision", "Give").await;
    page.go("#summary").await;
}

/// What the second person enters.
async fn second_entry(page: &Page, height: &str, weight: &str) {
    page.choose("Cycle", "1").await;
    page.choose("Day", "Day 1").await;
    page.fill("Height", height).await;
    page.fill("Weight", weight).await;
    page.choose("What is the dose given from?", "Infusion bag").await;
}

/// Everything in the document, attributes and hidden parts included, and what stands in its boxes.
async fn document(page: &Page) -> String {
    let html = page
        .js("return document.documentElement.outerHTML + [...document.querySelectorAll('input, textarea')].map(box => box.type === 'radio' || box.type === 'checkbox' ? box.checked && box.name + '=' + box.value : box.value).join('|')")
        .await;
    html.as_str().expect("the document").to_owned()
}

/// Nothing in the document tells the first result or what it rests on.
async fn tells_nothing_of_the_first(page: &Page) {
    let document = document(page).await;
    for told in [
        "1.456",
        "1.82",
        "5.824",
        "44.176",
        "0.02912",
        "170",
        "cycle=1",
        "day=1",
        "container=bag",
        "Give",
        "cycle 1",
        ">70<",
        "|70|",
    ] {
        assert!(!document.contains(told), "“{told}” is in the document while the second person enters");
    }
}

/// The fingerprint of EX01, as written down in `tests/fingerprints/golden.rs`.
const FINGERPRINT: &str = "2Y75-PHDB";

/// Prints the record of the check on both papers and reads it back.
async fn printed(page: &Page, name: &str, expected: &[&str]) {
    let always = ["Not a registered medical device: verify", "rules 2026-11", "engine 0.1.0", "Signature"];
    for (paper, size, width, height) in PAPERS {
        let name = format!("{name}-{paper}");
        let Some(file) = page.print_on(size, &name).await else { return };
        let text = read(&file, width, height);
        for expected in expected.iter().chain(&always) {
            assert!(text.contains(expected), "{name} has no “{expected}”:\n{text}");
        }
    }
}

#[tokio::test]
async fn ex01_is_checked_on_the_same_device() {
    let page = e2e::open().await;
    first_entry(&page).await;
    page.expect("fingerprint", FINGERPRINT).await;
    page.press("Second check, or hand over to another device").await;
    page.expect_text("A second person enters height").await;
    page.gallery("check-1-start").await;
    page.press("Begin the second entry").await;
    page.expect_text("Monday 23 November 2026, US label 3/2024").await;
    tells_nothing_of_the_first(&page).await;
    page.gallery("check-2-entry").await;

    // What is left open is named, and the list takes the focus.
    page.press("Compare").await;
    page.expect_text("Still open").await;
    page.wait("the list to have the focus", async || page.focused().await.starts_with("Still open")).await;
    page.gallery("check-3-open").await;
    second_entry(&page, "170", "70").await;
    page.press("Compare").await;
    page.expect_text(
        "The same in both: height, weight, cycle, day, container, total volume (typed, or the usual one), and every number from them.",
    )
    .await;
    page.expect_text("Not checked, taken from the first entry: day of the visit, label, age and sex, eligibility")
        .await;
    page.expect("fingerprints", &format!("Fingerprints: first {FINGERPRINT}, second {FINGERPRINT}, the same")).await;
    page.fill("Date and time of this check", "23 Nov 2026 10:15").await;
    page.gallery("check-4-agree").await;
    printed(
        &page,
        "check-4-agree",
        &[
            "Both agree",
            "Not checked, taken from the",
            "Weight 70 kg 70 kg same",
            FINGERPRINT,
            "1.456 mg",
            "5.824 mL",
            "23 Nov 2026 10:15",
        ],
    )
    .await;

    page.press("Enter everything again").await;
    tells_nothing_of_the_first(&page).await;
    second_entry(&page, "170", "71").await;
    page.press("Compare").await;
    page.expect_text("The two entries differ").await;
    let told = "Different: Weight; Body surface area; Dose; Withdraw; Sodium chloride 0.9 %; Concentration; Left in the vials, discard; \
                Dose of day 8; Dose of day 15. This page does not know which is right: go back to the sources together. \
                Not checked, taken from the first entry: day of the visit, label, age and sex, eligibility, blasts in the blood, results \
                and toxicity, premedication, rounding of the volume.";
    // All of it and nothing else; WebKit's driver would leave out what parts the two paragraphs.
    let comparison =
        "return document.querySelector('[data-testid=comparison]')?.innerText.replace(/\\s+/g, ' ').trim()";
    page.wait("the comparison", async || page.js(comparison).await == told).await;
    for words in ["70 kg", "71 kg", "1.456 mg", "1.464 mg"] {
        page.expect_text(words).await;
    }
    page.gallery("check-5-differ").await;
    printed(&page, "check-5-differ", &["70 kg 71 kg", "1.456 mg", "1.456 mg", "1.464 mg"]).await;

    // Back in the walk the first entry stands as it was, and the check has left nothing in the browser.
    page.press("Leave the second check").await;
    page.expect("dose", "1.456 mg").await;
    assert_eq!(page.js("return Object.keys(sessionStorage)").await, json!(["inotuzumab-case"]));
    let kept = page.js("return sessionStorage['inotuzumab-case']").await;
    assert!(!kept.as_str().expect("text").contains("\"71\""), "the second entry was kept");
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_second_entry_is_made_by_keyboard_alone() {
    let page = e2e::open().await;
    first_entry(&page).await;
    page.go("#check").await;
    page.expect_text("On this device").await;
    page.tab_to("Begin the second entry").await;
    page.key(key::ENTER).await;
    page.expect_text("Enter what you read yourself").await;
    page.tab_to("1").await;
    page.key(key::SPACE).await;
    page.tab_to("Day 1").await;
    page.key(key::SPACE).await;
    page.tab_to("Height").await;
    page.key("170").await;
    page.tab_to("Weight").await;
    page.key("70").await;
    page.tab_to("Infusion bag").await;
    page.key(key::SPACE).await;
    page.tab_to("Compare").await;
    page.key(key::ENTER).await;
    page.expect_text("Both agree").await;
    page.wait("the heading to have the focus", async || page.focused().await == "Both agree").await;
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

/// The code that the first device shows.
async fn code_of(page: &Page) -> String {
    let loaded = || page.server.requests().iter().any(|request| request.contains("api/"));
    assert!(!loaded(), "what draws the code is loaded before it is used");
    page.go("#check").await;
    page.wait("the QR code", async || page.shows("qr").await).await;
    assert!(loaded());
    page.expect_text("The code as letters").await;
    page.press("The code as letters").await;
    page.read("code").await
}

#[tokio::test]
async fn a_case_goes_to_another_device_as_a_code_and_is_checked_there() {
    let first = e2e::open().await;
    first_entry(&first).await;
    let code = code_of(&first).await;
    assert!(code.starts_with("CASE1 ") && !code.contains("1980"), "{code}");
    first.gallery("check-6-code").await;

    let page = e2e::open().await;
    page.go("#check").await;
    page.expect_text("Nothing on this device can be checked yet").await;
    for (text, words) in [
        ("<img src=x onerror=alert(1)>".to_owned(), "not a code of this aid"),
        (code.replace("CASE1", "CASE2"), "newer version"),
        (code.replace('9', "8"), "not read whole"),
        ("CASE1".repeat(50_000), "far too long"),
    ] {
        page.js_with("document.getElementById('code-in').value = arguments[0]", vec![json!(text)]).await;
        page.press("Read the code").await;
        page.expect_text(words).await;
        assert!(!page.shows("arrived").await, "{words}: something arrived");
    }
    page.gallery("check-7-refused").await;
    page.js_with("document.getElementById('code-in').value = arguments[0]", vec![json!(code.to_lowercase())]).await;
    page.press("Read the code").await;
    page.expect(
        "arrived",
        &format!("An entry for Monday 23 November 2026, US label 3/2024 is here. Fingerprint {FINGERPRINT}."),
    )
    .await;
    // A read that fails takes the case before it off the page.
    for (text, words) in [(code.replace('9', "8"), "not read whole"), (code.to_lowercase(), "is here")] {
        page.js_with("document.getElementById('code-in').value = arguments[0]", vec![json!(text)]).await;
        page.press("Read the code").await;
        page.expect_text(words).await;
        assert_eq!(page.shows("arrived").await, words == "is here", "{words}");
    }
    page.press("Begin the second entry for it").await;
    page.expect_text("Enter what you read yourself").await;
    second_entry(&page, "170", "70").await;
    page.press("Compare").await;
    page.expect_text("Both agree").await;
    page.expect("fingerprints", &format!("Fingerprints: first {FINGERPRINT}, second {FINGERPRINT}, the same")).await;
    assert_eq!(page.js("return Object.keys(localStorage)").await, json!([]));
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

/// A camera that sees nothing, then another code, then ours; and how many of its pictures are still wanted.
const CAMERA: &str = "
    window.looks = 0; window.running = 0;
    const track = () => { window.running += 1; return { stop() { window.running -= 1 } } };
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: {
        getUserMedia: async wanted => {
            window.wanted = wanted;
            const stream = document.createElement('canvas').captureStream();
            const tracks = [track()];
            Object.defineProperty(stream, 'getTracks', { value: () => tracks });
            return stream;
        } } });
    window.BarcodeDetector = class {
        constructor(kind) { window.kind = kind }
        async detect() {
            window.looks += 1;
            if (window.looks < 3) return [];
            return [{ rawValue: window.looks < 5 ? 'https://example.org/<b>' : (window.sees || 'nothing yet') }];
        } };";

#[tokio::test]
async fn without_its_qr_code_the_case_goes_as_letters() {
    let setup = Setup::new();
    let page = setup.clone().fault("api/aid.js", Fault::Status(503)).open().await;
    page.expect_state(State::Running).await;
    first_entry(&page).await;
    page.go("#check").await;
    page.expect_text("could not be loaded. It needs the server, or a page that is kept on this device. Copy the code, or save the file.")
        .await;
    assert!(!page.shows("qr").await);
    page.press("The code as letters").await;
    assert!(page.read("code").await.starts_with("CASE1 "));
    page.server.serve(setup.site());
    page.press("Try again").await;
    page.wait("the QR code", async || page.shows("qr").await).await;
    assert_eq!(page.js("return document.activeElement.id").await, "qr-code");
}

#[tokio::test]
async fn no_camera_is_offered_where_there_is_none() {
    let page = e2e::open().await;
    page.js("delete window.BarcodeDetector").await;
    page.go("#check").await;
    page.expect_text("From another device").await;
    assert!(!page.text().await.contains("with the camera"), "a camera is offered where there is none");
}

#[tokio::test]
async fn the_camera_reads_the_code_and_is_let_go() {
    let first = e2e::open().await;
    first_entry(&first).await;
    let code = code_of(&first).await;
    drop(first);

    let page = e2e::open().await;
    page.js(CAMERA).await;
    page.go("#check").await;
    page.press("Read the QR code with the camera").await;
    page.expect_text("not a code of this aid").await;
    assert_eq!(page.js("return window.running").await, 1);
    page.gallery("check-8-camera").await;
    // Left, it is let go at once.
    page.go("#visit").await;
    page.wait("the camera to be let go", async || page.js("return window.running").await == 0).await;

    page.go("#check").await;
    page.js_with("window.sees = arguments[0]", vec![Value::from(code.replace(' ', ""))]).await;
    page.press("Read the QR code with the camera").await;
    page.expect_text(&format!("Fingerprint {FINGERPRINT}")).await;
    page.wait("the camera to be let go", async || page.js("return window.running").await == 0).await;
    assert_eq!(page.js("return window.wanted.video.facingMode").await, "environment");
    assert_eq!(page.js("return window.kind.formats").await, json!(["qr_code"]));
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_file_is_read_for_the_second_check_and_the_address_carries_nothing() {
    let page = e2e::open().await;
    first_entry(&page).await;
    page.go("#check").await;
    page.js(
        "const make = URL.createObjectURL;
         URL.createObjectURL = blob => { blob.text().then(text => { window.saved = text }); return make.call(URL, blob) };",
    )
    .await;
    page.press("Save it as a file").await;
    page.wait("the saved text", async || page.js("return window.saved || ''").await != "").await;
    let file = page.js("return window.saved").await.as_str().expect("a text").to_owned();
    assert!(file.contains("\"age_years\": 46") && !file.contains("1980"), "{file}");
    page.hand_over("check-file", &file.replace("\"value\": 70", "\"value\": 71")).await;
    page.expect_text("changed or damaged").await;
    page.hand_over("check-file", &file).await;
    page.expect_text(&format!("is here. Fingerprint {FINGERPRINT}")).await;

    for hostile in
        ["#check/CASE1", "#check?code=<script>alert(1)</script>", "#check&CASE1", "#CHECK", "#code=CASE12Y75PHDB"]
    {
        page.go("#summary").await;
        page.expect("dose", "1.456 mg").await;
        page.go(hostile).await;
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        page.expect("dose", "1.456 mg").await;
    }
    page.expect_state(State::Running).await;
    assert_eq!(page.complaints().await, Vec::<String>::new());
}
