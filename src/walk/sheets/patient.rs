//! For the patient to take home: plain words, the dates, and whom to call.

use super::{Block, Holds, Tick, row};
use crate::engine::case::{Day, Sex};
use crate::walk::date;
use crate::walk::plan::{Plan, Tone};

/// The decision as a patient reads it.
pub(super) fn today(released: bool, tone: Tone) -> (String, String) {
    let (word, detail) = match (released, tone) {
        (true, _) => {
            ("Today you get inotuzumab", "It runs into a vein for 1 hour. Then you stay for at least 1 hour more.")
        }
        (false, Tone::Stop) => ("You do not get inotuzumab today", "Your team tells you why, and what comes next."),
        (false, _) => ("Today’s dose is not decided yet", "Your team tells you why, and when you come again."),
    };
    (word.to_owned(), detail.to_owned())
}

pub(super) fn blocks(plan: &Plan) -> Vec<Block> {
    let call = [
        "Yellow skin or eyes, pain under the right ribs, a swollen belly, or a weight that goes up fast.",
        "Fever, chills, or any sign of an infection.",
        "Bruises, or bleeding that does not stop.",
        "A rash or trouble breathing.",
        "A fast or uneven heartbeat, or fainting.",
        "You are, or may be, pregnant.",
    ];
    let know = [
        "Tell us before you take any new medicine. Some can upset the rhythm of the heart.",
        "Do not have a live vaccine while you are treated, or for some time after it. Ask us first.",
        "This medicine can make it harder to have a child later. Ask us about this before the first dose.",
        "Come to every blood test. It shows whether the next dose is safe.",
    ];
    let mut blocks = vec![Block::new("Call at once if you have", Holds::Ticks(call.map(Tick::plain).into()))];
    let dates = dates(plan);
    if !dates.is_empty() {
        blocks.push(Block::new("Your dates", Holds::Pairs(dates)));
    }
    blocks.push(Block::new("Good to know", Holds::Words(know.map(Tick::plain).into())));
    blocks.push(Block::new(
        "Whom to call",
        Holds::Table {
            heads: vec!["When", "Name", "Telephone"],
            rows: ["By day", "At night, on weekends"].map(|when| row([when, "", ""])).into(),
            written: true,
        },
    ));
    blocks
}

/// The next doses, and how long each care lasts.
fn dates(plan: &Plan) -> Vec<(String, String)> {
    let mut dates: Vec<(String, String)> = Vec::new();
    let today = plan.case.as_ref().map(|case| case.date);
    for dose in plan.own_cycle().map(|own| own.doses).unwrap_or_default() {
        if Some(dose.on) > today && dose.state.is_to_come() && matches!(dose.day, Day::D8 | Day::D15) {
            dates.push((format!("Next dose, day {}, planned", dose.day.number()), date::in_words(dose.on)));
        }
    }
    dates.extend(plan.next_cycle().map(|next| ("Next cycle, not before".to_owned(), date::in_words(next))));
    let Some(until) = plan.assessment().and_then(|found| found.counselling) else { return dates };
    let sex = plan.case.as_ref().and_then(|case| case.patient.sex);
    if sex != Some(Sex::Male) {
        dates.push((
            "If you can become pregnant: safe birth control until".to_owned(),
            date::long(until.contraception_female_until),
        ));
        dates.push(("Do not breastfeed until".to_owned(), date::long(until.no_breastfeeding_until)));
    }
    if sex != Some(Sex::Female) {
        dates.push((
            "If your partner can become pregnant: safe birth control until".to_owned(),
            date::long(until.contraception_male_until),
        ));
    }
    dates.push(("Watch for signs from the liver until".to_owned(), date::long(until.vod_watch_until)));
    dates
}
