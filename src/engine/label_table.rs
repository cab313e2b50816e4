//! The label's numbers as one printable page, for when the aid cannot run. It computes nothing for a patient; it is made
//! from the same parameters as the rules, so the two cannot say different things.

use std::fmt::Write;

use super::case::Day;
use super::labels::{self, dosing, thresholds};
use super::text::grouped;

/// The page as HTML without script or style: a table prints everywhere.
#[must_use]
pub fn html() -> String {
    let mut rows = String::new();
    for (cycle, levels) in [
        ("Cycle 1", Day::ALL.map(dosing::before_response)),
        ("Later cycles after CR or CRi", [dosing::IN_RESPONSE; 3]),
        ("Later cycles without CR or CRi", Day::ALL.map(dosing::before_response)),
    ] {
        // Writing to a String cannot fail.
        let [first, second, third] = levels;
        let _ =
            writeln!(rows, "<tr><th scope=\"row\">{cycle}</th><td>{first}</td><td>{second}</td><td>{third}</td></tr>");
    }
    let steps = steps();
    let list: String = steps.iter().map(|step| format!("<li>{step}</li>\n")).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>Inotuzumab ozogamicin: label table</title>\n</head>\n<body>\n\
         <h1>Inotuzumab ozogamicin: label table</h1>\n\
         <p>For when the aid cannot run. US prescribing information 3/2024, sections 2.1 to 2.4, read {read}; check it against \
         your label. Work every number out on paper and let a second person check it.</p>\n\
         <table border=\"1\" cellpadding=\"6\">\n<caption>Dose level by day of the cycle</caption>\n\
         <tr><th scope=\"col\"></th><th scope=\"col\">Day 1</th><th scope=\"col\">Day 8</th><th scope=\"col\">Day 15</th></tr>\n\
         {rows}</table>\n<ol>\n{list}</ol>\n<p><a href=\"index.html\">Back to the aid</a></p>\n</body>\n</html>\n",
        read = labels::READ,
    )
}

/// From the patient to the end of the infusion, one line each.
fn steps() -> Vec<String> {
    let (low, high) = dosing::BAG_RANGE;
    vec![
        format!("Before the first dose: at most {} blasts per mm³ in the blood.", grouped(thresholds::BLASTS_PER_MM3)),
        "Before every dose: corticosteroid, antipyretic and antihistamine. Blood count, ALT, AST, bilirubin."
            .to_owned(),
        "Body surface area: √(height in cm × weight in kg ÷ 3600), rounded to 2 decimals. No cap.".to_owned(),
        "Dose in mg: dose level × body surface area.".to_owned(),
        format!(
            "Reconstitute each vial with 4 mL of sterile water for injection: {}. Swirl, do not shake.",
            dosing::RECONSTITUTED
        ),
        format!("Withdraw in mL: dose ÷ {}.", dosing::RECONSTITUTED),
        format!("Vials: withdraw volume ÷ {}, rounded up. Each yields {}.", dosing::PER_VIAL, dosing::PER_VIAL_MG),
        format!(
            "Bag: sodium chloride 0.9 % to a total of {}, drug included. Concentration {low} to {high} (hospital protocols).",
            dosing::BAG
        ),
        format!(
            "Dilute within {} h of reconstitution, end the infusion within {} h. Protect from light, do not freeze.",
            dosing::DILUTE_WITHIN_H,
            dosing::END_WITHIN_H
        ),
        format!(
            "Infuse over {}, never as a push. Observe for at least {} h after it.",
            dosing::INFUSION,
            dosing::OBSERVE_H
        ),
        format!(
            "At least {} days between two doses; day 8 and 15 may move by {} days.",
            dosing::GAP_DAYS,
            dosing::WINDOW_DAYS
        ),
        format!(
            "After the last dose: contraception for {} months (women) or {} months (men), no breastfeeding for {} months, watch \
             for veno-occlusive disease for {} days.",
            dosing::CONTRACEPTION_FEMALE_MONTHS,
            dosing::CONTRACEPTION_MALE_MONTHS,
            dosing::LACTATION_MONTHS,
            dosing::VOD_WATCH_DAYS
        ),
    ]
}
