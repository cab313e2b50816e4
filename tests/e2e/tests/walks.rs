//! The clinical walks: what a person types, and what the page then says, to the last digit.
//!
//! The expected words and numbers are the dossier's, written here by hand; nothing is computed.

use e2e::{Page, STEPS, Setup, State, Theme, key};

/// Everything about the patient, for the first dose on 23 November 2026 by the US label.
async fn patient(page: &Page, height: &str, weight: &str, born: &str, sex: &str) {
    page.say_first_visit().await;
    treated(page, height, weight, born, sex).await;
}

/// Everything on the step of the patient.
async fn treated(page: &Page, height: &str, weight: &str, born: &str, sex: &str) {
    page.fill("Height", height).await;
    page.fill("Weight", weight).await;
    page.choose("Age is given as", "By birth date").await;
    page.fill("Birth date", born).await;
    page.choose("Sex", sex).await;
    page.press("Continue").await;
}

/// A cycle that ended in this response, with its doses, in full, without interruption.
async fn cycle(page: &Page, number: u32, days: &[(u32, &str)], response: &str) {
    for (day, date) in days {
        page.fill(&format!("Cycle {number}, Day {day}"), date).await;
    }
    page.choose(&format!("Cycle {number}, Response"), response).await;
    page.choose(&format!("Cycle {number}, Doses in this cycle"), "Full doses").await;
    page.fill(&format!("Cycle {number}, Longest interruption"), "0").await;
}

/// Relapsed, CD22 positive, nothing in the history.
async fn eligible(page: &Page) {
    page.choose("Diagnosis", "B-cell precursor ALL").await;
    page.choose("Where does the disease stand?", "Relapsed").await;
    page.choose("CD22 on the blasts", "Positive").await;
    page.choose("Philadelphia chromosome", "Negative").await;
    page.choose("Hypersensitive to inotuzumab ozogamicin or an excipient?", "No").await;
    page.choose("Veno-occlusive disease of the liver (VOD)", "Never").await;
    page.choose("Serious ongoing liver disease?", "No").await;
    page.choose("Stem cell transplant afterwards", "Not planned").await;
    page.press("Continue").await;
}

/// White cells and the share of blasts.
async fn blasts(page: &Page, white_cells: &str, percent: &str) {
    page.choose("The laboratory reports", "A share of the white cells").await;
    page.fill("White cells", white_cells).await;
    page.fill("Blasts among them", percent).await;
    page.press("Continue").await;
}

/// Results that hold nothing.
async fn good_results(page: &Page) {
    good_values(page).await;
    page.fill("QTcF", "410").await;
    page.choose("Electrolytes checked?", "Yes").await;
    page.choose("Any risk of QT prolongation?", "No").await;
    page.press("Continue").await;
}

/// Counts and liver values that hold nothing.
async fn good_values(page: &Page) {
    for (label, value) in [
        ("Neutrophils (ANC)", "2.1"),
        ("Platelets", "80"),
        ("Total bilirubin", "0.8"),
        ("Bilirubin, upper limit of normal", "1.2"),
        ("AST", "30"),
        ("AST, upper limit of normal", "40"),
        ("ALT", "30"),
        ("ALT, upper limit of normal", "40"),
    ] {
        page.fill(label, value).await;
    }
}

async fn premedicated(page: &Page) {
    for class in ["Corticosteroid given?", "Antipyretic given?", "Antihistamine given?"] {
        page.choose(class, "Yes").await;
    }
    page.press("Continue").await;
}

/// EX01: an adult of 170 cm and 70 kg, from height and weight to vials, milliliters, dates and counselling.
#[tokio::test]
async fn ex01_adult_from_height_and_weight_to_counselling() {
    let page = e2e::open().await;
    page.gallery("walk-0-visit").await;
    patient(&page, "170", "70", "1980-02-29", "Male").await;
    page.expect("bsa", "1.82 m²").await;
    page.expect("dose", "1.456 mg").await;
    page.expect("decision", "Incomplete").await;
    page.gallery("walk-2-eligibility").await;
    eligible(&page).await;
    blasts(&page, "9.8", "95").await;
    page.gallery("walk-3-results").await;
    good_results(&page).await;
    premedicated(&page).await;

    page.expect("decision", "Give").await;
    page.expect("dose", "1.456 mg").await;
    page.expect("vials", "2").await;
    page.expect("withdraw", "5.824 mL").await;
    page.expect("diluent", "44.176 mL").await;
    page.expect("total", "50 mL").await;
    page.expect("concentration", "0.02912 mg/mL").await;
    page.expect("rate", "50 mL/h").await;
    page.expect("dose-day-8", "Mon 30 Nov").await;
    page.expect("dose-day-15", "Mon 7 Dec").await;
    page.expect("next-cycle", "Mon 14 Dec").await;
    page.expect("counselling-male", "23 Apr 2027").await;
    page.expect("vod-watch", "18 Jan 2027").await;
    page.gallery("walk-4-preparation").await;

    page.choose("What is the dose given from?", "Infusion bag").await;
    page.fill("First vial reconstituted at", "9:00").await;
    page.expect("dilute-by", "13:00").await;
    page.expect("start-by", "16:00").await;
    page.expect("end-by", "17:00").await;
    page.press("Continue").await;
    page.press("Continue").await;
    page.gallery("walk-5-counselling").await;
    page.press("Continue").await;
    let said = page.js("return document.querySelector('.sheet .timeline [role=img]').getAttribute('aria-label')").await;
    assert_eq!(
        said,
        "No dose given yet; today, Monday 23 November 2026, is cycle 1, day 1: give. Then day 8 on 30 Nov 2026, \
         day 15 on 7 Dec 2026, cycle 2 not before 14 Dec 2026, at most 6 cycles."
    );
    page.gallery("walk-6-summary").await;
    page.print("walk-6-summary").await;
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

/// Why 1.456 mg: the chain opens in place, from the inputs to the source.
#[tokio::test]
async fn a_number_opens_its_why() {
    let page = e2e::open().await;
    patient(&page, "170", "70", "1980-02-29", "Male").await;
    page.expect("dose", "1.456 mg").await;
    page.js("document.querySelector('.dose summary').click()").await;
    for words in ["170 cm", "70 kg", "0.8 mg/m²", "1.82 m²", "US PI 3/2024", "2.1"] {
        page.expect_text(words).await;
    }
    page.gallery("why-dose").await;
}

/// EX05: a toddler. The bag is too thin: held, the dose shown as not released, and the volumes that would do.
#[tokio::test]
async fn ex05_toddler_is_held_for_the_concentration() {
    let page = e2e::open().await;
    patient(&page, "76", "9.8", "2025-08-01", "Male").await;
    eligible(&page).await;
    blasts(&page, "9.8", "95").await;
    good_results(&page).await;
    premedicated(&page).await;
    page.expect("decision", "Hold").await;
    page.expect("bsa", "0.45 m²").await;
    page.expect("dose", "0.36 mg").await;
    page.expect("concentration", "0.0072 mg/mL").await;
    assert!(page.read("dose-state").await.contains("not released"), "{}", page.read("dose-state").await);
    let no_bag = "No bag of 50 mL keeps this dose inside the range: it takes a total volume from 3.6 to 36 mL. \
                  Ask the pharmacist, who may give it from a syringe.";
    page.expect("volume-range", no_bag).await;
    page.gallery("toddler").await;

    page.choose("What is the dose given from?", "Syringe").await;
    page.fill("Total volume", "1").await;
    page.expect_text("The drug alone is 1.44 mL: more than the 1 mL chosen.").await;
    page.gallery("toddler-syringe-too-small").await;
    page.fill("Total volume", "10").await;
    page.expect("decision", "Give with caution").await;
    page.expect("concentration", "0.036 mg/mL").await;
    page.expect("rate", "10 mL/h").await;
}

/// EX11: the blast count decides, not the white count, and exactly 10,000 is a note.
#[tokio::test]
async fn ex11_blasts_over_ten_thousand_hold() {
    let page = e2e::open().await;
    patient(&page, "170", "70", "1980-02-29", "Male").await;
    eligible(&page).await;
    page.choose("The laboratory reports", "A share of the white cells").await;
    page.fill("White cells", "25").await;
    page.fill("Blasts among them", "41").await;
    page.expect("decision", "Hold").await;
    page.expect_text("10,250 blasts per mm").await;
    page.gallery("cytoreduction-hold").await;
    page.fill("Blasts among them", "40").await;
    page.expect("decision", "Incomplete").await;
    page.expect_text("Exactly 10,000 blasts per mm").await;
}

/// Tabs to a field and types.
async fn by_key(page: &Page, label: &str, text: &str) {
    page.tab_to(label).await;
    page.key(text).await;
}

/// In a group of radio buttons Tab reaches the first; the arrows choose. One Tab leaves the group before.
async fn choose_by_key(page: &Page, first: &str, downs: usize) {
    page.key(key::TAB).await;
    page.tab_to(first).await;
    page.key(" ").await;
    for _ in 0..downs {
        page.key(key::DOWN).await;
    }
}

async fn go_on_by_key(page: &Page) {
    page.tab_to("Continue").await;
    page.key(key::ENTER).await;
    // A second press would be meant for the next step, and find this one.
    page.wait("the focus to go on", async || !page.focused().await.starts_with("Continue")).await;
}

/// The whole walk with the keyboard alone: Tab, arrows, space, Enter and the typed text.
#[tokio::test]
async fn the_whole_walk_by_keyboard() {
    let page = e2e::open().await;
    let field = async |label: &str, text: &str| by_key(&page, label, text).await;
    let radio = async |first: &str, downs: usize| choose_by_key(&page, first, downs).await;
    let go_on = async || go_on_by_key(&page).await;

    page.tab_to("11 Summary").await;
    radio("1", 0).await;
    radio("Day 1", 0).await;
    field("Date of this visit", &format!("{}2026-11-23", key::REPLACE)).await;
    radio("US label", 0).await;
    go_on().await;

    field("Height", "170").await;
    field("Weight", "70").await;
    radio("By birth date", 0).await;
    field("Birth date", "1980-02-29").await;
    radio("Female", 1).await;
    go_on().await;

    radio("B-cell precursor ALL", 0).await;
    radio("Relapsed", 0).await;
    radio("Positive", 0).await;
    radio("Negative", 0).await;
    radio("Yes", 1).await;
    radio("Never", 0).await;
    radio("Yes", 1).await;
    radio("Planned", 1).await;
    go_on().await;

    radio("A share of the white cells", 0).await;
    field("White cells", "9,8").await;
    field("Blasts among them", "95").await;
    go_on().await;

    for (label, text) in [
        ("Neutrophils (ANC)", "2,1"),
        ("Platelets", "80"),
        ("Total bilirubin", ".8"),
        ("Bilirubin, upper limit of normal", "1.2"),
        ("AST", "30"),
        ("AST, upper limit of normal", "40"),
        ("ALT", "30"),
        ("ALT, upper limit of normal", "40"),
    ] {
        field(label, text).await;
    }
    radio("Yes", 1).await;
    field("QTcF", "410").await;
    radio("Yes", 0).await;
    radio("Yes", 1).await;
    go_on().await;

    for _class in ["corticosteroid", "antipyretic", "antihistamine"] {
        radio("Yes", 0).await;
    }
    go_on().await;

    page.expect("decision", "Give").await;
    page.expect("dose", "1.456 mg").await;
    page.expect("diluent", "44.176 mL").await;
    for _step in ["preparation", "infusion", "counselling"] {
        go_on().await;
    }
    page.expect_text("Everything on one sheet").await;
}

/// What was typed stays, whatever the unit; the conversion stands beside it.
#[tokio::test]
async fn a_unit_never_overwrites_what_was_typed() {
    let page = e2e::open().await;
    page.go("#patient").await;
    page.fill("Weight", "154").await;
    page.choose("Unit of Weight", "lb").await;
    assert_eq!(page.value("Weight").await, "154");
    page.expect_text("69.85 kg").await;
    page.fill("Weight", "70,5").await;
    page.choose("Unit of Weight", "kg").await;
    assert_eq!(page.value("Weight").await, "70,5");
    page.expect_text("70.5 kg").await;
}

/// An ambiguous comma is asked, not guessed, and nothing is computed from it meanwhile.
#[tokio::test]
async fn an_ambiguous_comma_is_asked() {
    let page = e2e::open().await;
    patient(&page, "170", "70", "1980-02-29", "Male").await;
    page.go("#patient").await;
    page.expect("dose", "1.456 mg").await;
    page.fill("Height", "1,700").await;
    page.wait("the dose is withdrawn", || async { !page.shows("dose").await }).await;
    assert_eq!(page.value("Height").await, "1,700");
}

/// A returning patient on day 8 of cycle 3: CR after cycle 2, so 0.5 mg/m2 on every day.
#[tokio::test]
async fn cycle_3_day_8_of_a_returning_patient() {
    let page = e2e::open().await;
    page.gallery("returning-1-visit").await;
    page.say_visit("3", "Day 8", "2027-01-18", "US label").await;
    page.expect("visit", "Mon 18 Jan · cycle 3, day 8").await;
    treated(&page, "170", "70", "1980-02-29", "Female").await;
    page.gallery("returning-2-course-empty").await;
    assert!(!page.shows("dose").await, "the dose rests on the response");

    page.press("Cycle 1").await;
    cycle(&page, 1, &[(1, "2026-11-23"), (8, "2026-11-30"), (15, "2026-12-07")], "Neither").await;
    cycle(&page, 2, &[(1, "2026-12-14"), (8, "2026-12-21"), (15, "2026-12-28")], "CR").await;
    page.choose("Cycle 2, MRD", "Positive").await;
    page.expect_text("Was due from 11 Jan 2027 on.").await;
    page.fill("Cycle 3, Day 1", "11 Jan 2027").await;
    page.expect("dose", "0.91 mg").await;
    page.gallery("returning-3-course").await;
    page.press("Continue").await;

    for (question, answer) in [
        ("Diagnosis", "B-cell precursor ALL"),
        ("Where does the disease stand?", "Relapsed"),
        ("CD22 on the blasts", "Positive"),
        ("Hypersensitive to inotuzumab ozogamicin or an excipient?", "No"),
        ("Veno-occlusive disease of the liver (VOD)", "Never"),
        ("Serious ongoing liver disease?", "No"),
        ("Can she become pregnant?", "No"),
        ("Stem cell transplant afterwards", "Not planned"),
    ] {
        page.choose(question, answer).await;
    }
    page.press("Continue to dose and cycle").await;
    good_values(&page).await;
    page.choose("Any sign of VOD or another toxicity since the last dose?", "Yes").await;
    page.choose("Toxicity 1, What is it?", "Infusion reaction").await;
    page.choose("Toxicity 1, Grade (CTCAE)", "2").await;
    page.expect("decision", "Hold").await;
    page.choose("Toxicity 1, Resolved?", "Yes").await;
    page.gallery("returning-4-results").await;
    page.press("Continue").await;
    premedicated(&page).await;
    page.expect("decision", "Give with caution").await;
    page.expect("dose", "0.91 mg").await;
    page.expect("vials", "2").await;
    page.expect("withdraw", "3.64 mL").await;
    page.expect("dose-day-15", "Mon 25 Jan").await;
    page.expect("next-cycle", "Mon 8 Feb").await;
    // She cannot become pregnant: nothing to say to her about contraception.
    page.expect("counselling-breastfeeding", "18 Mar 2027").await;
    assert!(!page.shows("counselling-female").await && !page.shows("counselling-male").await);

    page.go("#cytoreduction").await;
    page.expect("not-today", "Not today. Only before the first dose.").await;
    page.gallery("returning-5-not-today").await;
    page.go("#summary").await;
    page.gallery("returning-6-summary").await;
    page.print("returning-6-summary").await;

    // Another visit and back: nothing that was typed is gone.
    page.go("#visit").await;
    page.choose("Cycle", "2").await;
    page.choose("Cycle", "3").await;
    page.expect("dose", "0.91 mg").await;
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

/// The same patient under the other label: severe VOD in the history is a caution in the US and ends it in the EU.
#[tokio::test]
async fn another_label_is_another_answer_at_once() {
    let page = e2e::open().await;
    patient(&page, "170", "70", "1980-02-29", "Male").await;
    page.choose("Veno-occlusive disease of the liver (VOD)", "Earlier, confirmed severe").await;
    page.expect("decision", "Incomplete").await;
    page.expect_text("US label 3/2024").await;
    page.go("#visit").await;
    page.choose("Label", "EU label").await;
    page.expect("decision", "Stop").await;
    page.expect_text("EU SmPC").await;
    page.choose("Label", "US label").await;
    page.expect("decision", "Incomplete").await;
}

/// A response worked out: every criterion is shown met or not, and the class gives the dose.
#[tokio::test]
async fn a_response_worked_out_gives_the_dose() {
    let page = e2e::open().await;
    page.say_visit("2", "Day 1", "2026-12-14", "US label").await;
    treated(&page, "170", "70", "1980-02-29", "Male").await;
    page.press("Cycle 1, Work it out").await;
    page.fill("Cycle 1, Blasts in the marrow", "4.9").await;
    page.choose("Cycle 1, Leukemic blasts in the blood?", "No").await;
    page.choose("Cycle 1, Disease outside the marrow?", "No").await;
    page.fill("Cycle 1, Neutrophils with this marrow", "1.2").await;
    page.expect("response-1", "not known yet").await;
    page.fill("Cycle 1, Platelets with this marrow", "99").await;
    page.expect("response-1", "CRi").await;
    page.expect_text("marrow blasts below 5 %: met").await;
    page.expect_text("platelets at least 100 × 10⁹/L: not met").await;
    page.gallery("worked-out").await;
    page.choose("Cycle 1, Doses in this cycle", "Full doses").await;
    page.fill("Cycle 1, Longest interruption", "0").await;
    page.expect("dose", "0.91 mg").await;
    page.fill("Cycle 1, Blasts in the marrow", "5").await;
    page.expect("response-1", "Neither").await;
    page.expect("dose", "1.456 mg").await;
}

/// Doses in the wrong order are refused by name, and the name leads to the field.
#[tokio::test]
async fn a_contradiction_leads_to_its_field() {
    let page = e2e::open().await;
    page.say_visit("2", "Day 1", "2026-12-14", "US label").await;
    treated(&page, "170", "70", "1980-02-29", "Male").await;
    cycle(&page, 1, &[(1, "2026-11-23"), (8, "2026-11-30"), (15, "2026-12-07")], "CR").await;
    // Last: its error pushes down what follows, and a robot's press comes before it has settled.
    page.fill("Cycle 1, Day 8", "2026-11-20").await;
    page.expect("dose", "0.91 mg").await;
    page.expect("dose-state", "Planned for cycle 2, day 1, not released").await;
    page.go("#summary").await;
    page.gallery("contradiction").await;
    page.press("Cycle 1, day 8: 20 Nov 2026 is not after the dose before it, of 23 Nov 2026.").await;
    page.wait("the field has the focus", || async { page.focused().await.starts_with("Cycle 1, Day 8") }).await;
    page.fill("Cycle 1, Day 8", "2026-11-30").await;
    page.expect("dose", "0.91 mg").await;
}

/// Day 8 of cycle 1, from the first key to the decision, without a mouse.
#[tokio::test]
async fn a_later_visit_by_keyboard() {
    let page = e2e::open().await;
    let field = async |label: &str, text: &str| by_key(&page, label, text).await;
    let radio = async |first: &str, downs: usize| choose_by_key(&page, first, downs).await;
    let go_on = async || go_on_by_key(&page).await;

    page.tab_to("11 Summary").await;
    radio("1", 0).await;
    radio("Day 1", 1).await;
    field("Date of this visit", &format!("{}2026-11-30", key::REPLACE)).await;
    // That is further from the device's date than a week: yes, it is right.
    page.tab_to("Monday 30 November 2026").await;
    page.key(key::ENTER).await;
    radio("US label", 0).await;
    go_on().await;
    field("Height", "170").await;
    field("Weight", "70").await;
    field("Birth date", "1980-02-29").await;
    radio("Female", 1).await;
    go_on().await;
    field("Cycle 1, Day 1", "2026-11-23").await;
    go_on().await;
    radio("B-cell precursor ALL", 0).await;
    radio("Relapsed", 0).await;
    radio("Positive", 0).await;
    radio("Yes", 1).await;
    radio("Never", 0).await;
    radio("Yes", 1).await;
    page.tab_to("Continue to dose and cycle").await;
    page.key(key::ENTER).await;
    for (label, text) in [
        ("Neutrophils (ANC)", "0.1"),
        ("Platelets", "8"),
        ("Total bilirubin", ".8"),
        ("Bilirubin, upper limit of normal", "1.2"),
        ("AST", "30"),
        ("AST, upper limit of normal", "40"),
        ("ALT", "30"),
        ("ALT, upper limit of normal", "40"),
    ] {
        field(label, text).await;
    }
    go_on().await;
    for _class in ["corticosteroid", "antipyretic", "antihistamine"] {
        radio("Yes", 0).await;
    }
    go_on().await;
    page.expect("decision", "Give").await;
    page.expect("dose", "0.91 mg").await;
}

/// A phone, dark: nothing is wider than the screen, on any step.
#[tokio::test]
async fn no_step_scrolls_sideways_on_a_phone() {
    let page = Setup::new().size(320, 640).open().await;
    page.theme(Theme::Dark).await;
    // Cycle 2, day 1 asks the most.
    page.say_visit("2", "Day 1", "2026-12-14", "EU label").await;
    for step in STEPS {
        page.go(&format!("#{step}")).await;
        let wide = page.js("return document.documentElement.scrollWidth - window.innerWidth").await;
        assert!(wide.as_i64().is_some_and(|pixels| pixels <= 0), "{step} is {wide} px too wide");
    }
}

/// Wherever the questions are scrolled to, decision and dose stand at the top of the plan.
#[tokio::test]
async fn decision_and_dose_stay_in_sight_to_the_end_of_the_page() {
    for (width, height) in [(1280, 800), (820, 1180)] {
        let page = Setup::new().size(width, height).open().await;
        patient(&page, "170", "70", "1980-02-29", "Male").await;
        page.go("#dose").await;
        let script = "window.scrollTo(0, document.documentElement.scrollHeight);
            const at = name => document.querySelector(name).getBoundingClientRect();
            return scrollY > 100 && Math.round(at('.band').top) === 0 && at('.dose').bottom < innerHeight";
        let place = format!("decision and dose at the top, {width} x {height}");
        page.wait(&place, async || page.js(script).await == true).await;
    }
}

/// EX01 up to the preparation, on a day, with the device's clock at a time of it.
async fn at_the_preparation(zone: &str, date: &str, time: &str) -> Page {
    let page = Setup::new().time_zone(zone).open().await;
    page.expect_state(State::Running).await;
    page.clock(&format!("{date}T{time}")).await;
    page.say_visit("1", "Day 1", date, "US label").await;
    treated(&page, "170", "70", "1980-02-29", "Male").await;
    eligible(&page).await;
    blasts(&page, "9.8", "95").await;
    good_results(&page).await;
    premedicated(&page).await;
    page.expect("decision", "Give").await;
    page
}

/// What stands on the line of a limit.
async fn limit(page: &Page, which: &str, words: &[&str]) {
    for words in words {
        page.wait(&format!("{words:?} at {which}"), async || page.read(which).await.contains(words)).await;
    }
}

/// The device's clock goes on while nothing is typed: what is left is counted down, and what ran out is not released, also after
/// the tablet slept and the page was loaded anew.
#[tokio::test]
async fn limits_count_down_and_what_ran_out_is_not_released() {
    let page = at_the_preparation("Europe/Berlin", "2026-11-23", "21:30").await;
    page.press("Now First vial reconstituted at").await;
    assert_eq!(page.value("First vial reconstituted at").await, "21:30");
    limit(&page, "limit-dilute", &["01:30 on 24 Nov", "4 h left"]).await;
    page.gallery("clock-running").await;
    page.clock("2026-11-24T01:05").await;
    // Three hours without a touch: hidden, and not cleared.
    page.expect_text("The clock of a preparation runs: the answers are kept until it is over.").await;
    page.gallery("clock-hidden").await;
    page.press("Show the page again").await;
    limit(&page, "limit-dilute", &["25 min left"]).await;
    page.expect("decision", "Give").await;
    page.clock("2026-11-24T01:31").await;
    page.press("Show the page again").await;
    limit(&page, "limit-dilute", &["passed 1 min ago"]).await;
    page.expect("decision", "Hold").await;
    page.expect_text("the drug had to be diluted by 01:30 on 24 Nov").await;
    page.expect("dose-state", "Planned for cycle 1, day 1, not released").await;
    page.gallery("clock-passed").await;
    page.reload().await;
    page.expect("decision", "Hold").await;
    // It was diluted in time, and nobody had typed it.
    page.go("#preparation").await;
    page.fill("Diluted at", "00:15").await;
    page.js("document.querySelector('#diluted-at-day-next, [name=\"diluted-at-day\"][value=\"next\"]').click()").await;
    page.expect("decision", "Give").await;
    limit(&page, "limit-dilute", &["in time: 00:15 on 24 Nov"]).await;
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

/// On the night the clock goes back hours count as they pass, and a time that comes twice is asked.
#[tokio::test]
async fn the_night_the_clock_goes_back_has_an_hour_more() {
    let page = at_the_preparation("Europe/Berlin", "2026-10-24", "23:00").await;
    page.press("Now First vial reconstituted at").await;
    limit(&page, "limit-dilute", &["02:00 on 25 Oct", "4 h left"]).await;
    limit(&page, "limit-end", &["06:00 on 25 Oct", "8 h left"]).await;
    page.clock("2026-10-25T00:30:00Z").await;
    page.press("Show the page again").await;
    limit(&page, "limit-dilute", &["30 min left"]).await;
    page.fill("Diluted at", "02:30").await;
    page.js("document.querySelector('[name=\"diluted-at-day\"][value=\"next\"]').click()").await;
    page.expect_text("02:30 comes twice on 25 Oct").await;
    page.press("02:30, +02:00 from UTC").await;
    limit(&page, "limit-dilute", &["in time: 02:30 on 25 Oct"]).await;
    assert_eq!(page.complaints().await, Vec::<String>::new());
}

/// Four and eight hours from half past eleven at night, read off the clocks of six places; worked out by hand.
#[tokio::test]
async fn f21_the_night_the_clock_changes_in_six_zones() {
    for (zone, date, dilute, end) in [
        ("America/New_York", "2027-03-13", "04:30 on 14 Mar", "08:30 on 14 Mar"),
        ("America/New_York", "2026-10-31", "02:30 on 1 Nov", "06:30 on 1 Nov"),
        ("Europe/London", "2027-03-27", "04:30 on 28 Mar", "08:30 on 28 Mar"),
        ("Australia/Lord_Howe", "2027-04-03", "03:00 on 4 Apr", "07:00 on 4 Apr"),
        ("Pacific/Chatham", "2027-04-03", "03:30 on 4 Apr", "06:30 on 4 Apr"),
        ("Asia/Kolkata", "2027-03-27", "03:30 on 28 Mar", "07:30 on 28 Mar"),
    ] {
        let page = at_the_preparation(zone, date, "23:30").await;
        page.press("Now First vial reconstituted at").await;
        limit(&page, "limit-dilute", &[dilute, "4 h left"]).await;
        limit(&page, "limit-end", &[end, "8 h left"]).await;
    }
}
