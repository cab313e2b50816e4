//! Every string that can be rendered, held against the table in `tests/e2e/src/words.rs`: what the program says natively here,
//! what the page shows in `tests/e2e/tests/words.rs`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use inotuzumab::content;
use inotuzumab::engine::rulebook::markdown;
use inotuzumab::engine::{Case, assess};
use inotuzumab::walk::agenda::{Titles, agenda, calendar};
use inotuzumab::walk::plan::{Tone, pretty};
use inotuzumab::walk::timeline;
use inotuzumab::walk::{
    FieldId, Plan, Step, Walk, ask, counsel, countdown, file, opened, patient, picture, recap, totals, work,
};
use serde_json::{Value, json};

use crate::coverage;
use crate::support::{Visit, day_8, first_dose};
use crate::words::{wrong, wrong_unset};

/// The string literals of a source, or of what `{:?}` prints, unescaped.
fn literals(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut letters = source.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '/' if letters.peek() == Some(&'/') => while letters.next_if(|next| *next != '\n').is_some() {},
            '\'' => {
                // A character, or the name of a lifetime.
                let mut ahead = letters.clone();
                let first = ahead.next();
                if first == Some('\\') || ahead.next() == Some('\'') {
                    letters.next();
                    letters.next();
                }
            }
            'r' if letters.peek() == Some(&'#') => {
                let mut ahead = letters.clone();
                ahead.next();
                if ahead.next() == Some('"') {
                    letters.next();
                    letters.next();
                    let mut text = String::new();
                    while let Some(letter) = letters.next() {
                        if letter == '"' && letters.peek() == Some(&'#') {
                            break;
                        }
                        text.push(letter);
                    }
                    found.push(text);
                }
            }
            '"' => found.push(literal(&mut letters)),
            _ => {}
        }
    }
    found
}

fn literal(letters: &mut std::iter::Peekable<std::str::Chars>) -> String {
    let mut text = String::new();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => match letters.next() {
                Some('\n') => while letters.next_if(|next| next.is_whitespace()).is_some() {},
                Some('n') => text.push('\n'),
                Some('u') => {
                    letters.next();
                    let code: String = std::iter::from_fn(|| letters.next_if(|next| *next != '}')).collect();
                    letters.next();
                    text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
                }
                Some(other) => text.push(other),
                None => {}
            },
            letter => text.push(letter),
        }
    }
    text
}

/// What is wrong, each once, with where it was found first.
#[derive(Default)]
struct Complaints {
    seen: BTreeSet<String>,
    all: Vec<String>,
    texts: usize,
}

impl Complaints {
    fn hold(&mut self, place: &str, text: &str, look: fn(&str) -> Vec<String>) {
        self.texts += 1;
        for wrong in look(text) {
            if self.seen.insert(wrong.clone()) {
                self.all.push(format!("{place}: {wrong}"));
            }
        }
    }

    /// Every text inside what `{:?}` prints.
    fn hold_all(&mut self, place: &str, thing: &dyn std::fmt::Debug) {
        for text in literals(&format!("{thing:?}")) {
            self.hold(place, &text, wrong);
        }
    }

    fn end(self) {
        println!("{} texts", self.texts);
        assert!(self.all.is_empty(), "{} complaints:\n{}", self.all.len(), self.all.join("\n"));
    }
}

/// Everything the page can say of a case, in the page's words.
#[test]
fn whatever_follows_from_a_case_is_well_written() {
    let mut complaints = Complaints::default();
    for (name, visit) in coverage::cases() {
        for (visit, whole) in [(visit.clone(), true), (visit.clone().eu(), true), (visit.woman(), false)] {
            let case = Case::from_json(&visit.0.to_string()).expect(name);
            let walk = file::walk(&case, Some(case.date)).unwrap_or_else(|_| Walk::new(None));
            let plan = Plan::of_case(case);
            if whole {
                opened_of(&mut complaints, name, &walk, &plan);
            }
            for plan in [plan, Plan::of(&walk)] {
                of_plan(&mut complaints, name, &walk, &plan);
            }
        }
    }
    complaints.end();
}

/// What is asked of the engine many times over, once for each case and label.
fn opened_of(complaints: &mut Complaints, name: &str, walk: &Walk, plan: &Plan) {
    for opened in plan.reasons.iter().filter_map(|reason| opened::open(walk, plan, reason.rule)) {
        complaints.hold_all(name, &(opened.when, opened.applies, opened.inputs, opened.changes));
    }
}

fn of_plan(complaints: &mut Complaints, name: &str, walk: &Walk, plan: &Plan) {
    let verdict = plan.verdict();
    complaints
        .hold_all(name, &(verdict.word, verdict.detail, plan.no_dose(), plan.first_reason(), plan.volume_words()));
    for reason in &plan.reasons {
        complaints.hold_all(name, &(&reason.text, &reason.source));
    }
    for number in recap::numbers(plan) {
        complaints.hold_all(name, &(number.label, number.line));
        complaints.hold_all(name, &(recap::limit(plan, number.path), plan.why(number.path)));
    }
    for given in recap::answers(walk, plan) {
        complaints.hold_all(name, &(given.label, given.answer));
    }
    for field in FieldId::all().filter(|field| walk.applies(*field)) {
        let asked = ask::ask(walk, field);
        complaints.hold_all(
            name,
            &(walk.name(field), field.label(), field.hint(), ask::echo(walk, field), walk.problem(field)),
        );
        complaints.hold_all(name, &asked.map(|asked| asked.text));
    }
    complaints.hold_all(
        name,
        &(recap::monitoring(plan), timeline::of(plan), counsel::counsel(plan), counsel::counted_from(plan)),
    );
    complaints.hold_all(
        name,
        &(patient::sheet(plan), plan.steps(walk).into_iter().map(|step| step.note).collect::<Vec<_>>()),
    );
    complaints.hold_all(name, &(picture::gauge(plan), picture::vials_of(plan), picture::formulas(plan)));
    complaints
        .hold_all(name, &(work::tasks(plan), work::measuring(plan), work::syringe_limits(plan), totals::totals(plan)));
    complaints.hold_all(
        name,
        &(countdown::line(walk, plan), plan.limits.iter().map(|row| row.limit.name()).collect::<Vec<_>>()),
    );
    if let Ok(entries) = agenda(plan) {
        for titles in [Titles::Neutral, Titles::Named] {
            complaints.hold_all(name, &entries.iter().map(|entry| entry.kind.title(titles)).collect::<Vec<_>>());
            let unfolded = calendar(plan, titles).unwrap_or_default().replace("\r\n ", "");
            for line in unfolded.lines().filter_map(|line| line.strip_prefix("DESCRIPTION:")) {
                complaints.hold(name, &line.replace('\\', ""), wrong);
            }
        }
    }
    for step in Step::ALL {
        complaints
            .hold_all("steps", &(step.name(), step.question(), step.lead(), walk.not_today(step), walk.folded(step)));
    }
}

/// "Nothing else stands against it" beside a dose that is left out, held or stopped would read as permission.
#[test]
fn only_a_dose_that_may_be_given_says_that_nothing_stands_against_it() {
    assert!(first_dose().plan().verdict().detail.ends_with("Nothing stands against today’s dose."));
    let held_for = |until: &str| {
        let held = json!({"held_from": "2026-11-30", "fit_on": until});
        day_8().set("date", until).set("visit.interruption", held).plan().verdict()
    };
    let not_given = [
        (Tone::Omit, held_for("2026-12-08")),
        (Tone::Omit, held_for("2026-12-16")),
        (Tone::Hold, day_8().set("visit.bilirubin.value", 5).plan().verdict()),
        (Tone::Stop, day_8().set("history.hypersensitivity", true).plan().verdict()),
    ];
    for (tone, verdict) in not_given {
        assert_eq!(verdict.tone, tone, "{verdict:?}");
        assert_eq!(verdict.detail, "1 reason", "{verdict:?}");
    }
}

/// What a rule says of this case.
fn said(visit: &Visit, rule: &str) -> String {
    let plan = visit.plan();
    let reason = plan.reasons.iter().find(|reason| reason.rule == rule).unwrap_or_else(|| panic!("{rule} is silent"));
    reason.text.replace('\u{a0}', " ")
}

#[test]
fn a_rule_says_what_is_known_of_this_case_and_no_more() {
    let jaundiced = first_dose().set("visit.bilirubin.value", json!(2.1));
    let unknown = jaundiced.clone().without("visit.ast").without("visit.alt");
    let hepatic = first_dose().set("visit.ast.value", 101);
    let excused = hepatic.clone().set("history.gilbert_or_hemolysis", true);
    for (visit, words) in [
        (&jaundiced, "AST and ALT are not above 2.5 × ULN."),
        (&unknown, "AST and ALT are not known to be above 2.5 × ULN."),
        (&hepatic, "bilirubin is not above 1.5 × ULN."),
        (&hepatic.clone().without("visit.bilirubin"), "bilirubin is not known to be above 1.5 × ULN."),
        (&excused, "bilirubin is excused, and not counted as above 1.5 × ULN."),
    ] {
        let said = said(visit, "MODNH-03");
        assert!(said.contains(words) && !said.contains("senior"), "{words}: {said}");
    }
    let large = first_dose().set("preparation", json!({"total_volume_ml": 250}));
    assert!(said(&large, "DIL-03").ends_with("keeps this dose inside: take 50 mL."));
    let measured = |kg: f64| {
        let visit =
            first_dose().set("patient.weight.value", json!(kg)).set("preparation", json!({"measure_to_ml": 0.1}));
        said(&visit, "RECON-12")
    };
    assert!(measured(70.0).contains(" less"), "5.824 mL to 5.8 mL: {}", measured(70.0));
    assert!(measured(71.0).contains(" more"), "5.856 mL to 5.9 mL: {}", measured(71.0));
    // Those words are no values that the finding rests on.
    for (visit, rule, word) in [(&jaundiced, "MODNH-03", "not"), (&large, "DIL-03", "way")] {
        let answer = visit.assess();
        let findings = answer.at("findings").as_array().expect("findings");
        let basis = &findings.iter().find(|finding| finding["rule"] == rule).expect(rule)["basis"];
        assert!(basis.as_object().is_some_and(|values| !values.is_empty() && !values.contains_key(word)), "{basis}");
    }
    let toddler = first_dose()
        .without("patient.birth_date")
        .set("patient.age_years", 1)
        .set("patient.height.value", 76)
        .set("patient.weight.value", json!(9.8))
        .set("preparation", json!({"total_volume_ml": 50}));
    let words = said(&toddler, "DIL-03");
    assert!(words.ends_with("inside: ask the pharmacist, who may give it from a syringe."), "{words}");
    let held = json!({"held_from": "2026-11-30", "fit_on": "2026-12-14"});
    let held = said(&day_8().set("date", "2026-12-14").set("visit.interruption", held), "INT-03");
    assert!(held.starts_with("The dose was held for 14 days. From 14 days on it is left out"), "{held}");
}

#[test]
fn the_reading_pages_are_well_written() {
    fn hold(complaints: &mut Complaints, place: &str, json: &Value) {
        match json {
            Value::String(text) => complaints.hold(place, text, wrong),
            Value::Array(all) => all.iter().for_each(|one| hold(complaints, place, one)),
            Value::Object(all) => all.iter().for_each(|(name, one)| {
                let place = json["id"].as_str().or(json["title"].as_str()).unwrap_or(place);
                // Addresses are no text.
                if !["url", "address", "href"].contains(&name.as_str()) {
                    hold(complaints, place, one);
                }
            }),
            _ => {}
        }
    }
    let mut complaints = Complaints::default();
    for file in content::files().expect("sound content") {
        hold(&mut complaints, file.page.slug(), &file.json);
    }
    for line in markdown().lines() {
        complaints.hold("docs/rulebook.md", line, wrong_unset);
        complaints.hold("docs/rulebook.md", &pretty(line), wrong);
    }
    complaints.end();
}

/// Messages as other programs read them: not set, but spelt by the same table.
#[test]
fn the_engines_own_words_are_well_written() {
    let mut complaints = Complaints::default();
    for (name, visit) in coverage::cases() {
        for visit in [visit.clone(), visit.eu()] {
            let found = Case::from_json(&visit.0.to_string()).and_then(|case| assess(&case)).expect(name);
            for finding in &found.findings {
                complaints.hold(name, &finding.message(), wrong_unset);
                complaints.hold(name, &pretty(&finding.message()), wrong);
            }
            for item in &found.monitoring {
                complaints.hold(name, item.what, wrong_unset);
                complaints.hold(name, item.when, wrong_unset);
            }
        }
    }
    complaints.end();
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            sources(&entry, found);
        } else if entry.extension().is_some_and(|ending| ending == "rs") {
            found.push(entry);
        }
    }
}

/// The program's words in a literal: its places stand for a number. What has no word in it is an address, a class or a drawing.
fn as_shown(literal: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = literal;
    while let Some((before, (_, after))) =
        rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
    {
        text.push_str(before);
        text.push('7');
        rest = after;
    }
    text.push_str(rest);
    let word = |part: &str| part.chars().filter(|letter| letter.is_alphabetic()).count() >= 2;
    let drawing = text.chars().filter(|letter| letter.is_ascii_digit()).count() > 6 && !text.contains(", ");
    (text.contains([' ', '%', '\u{a0}']) && text.split_whitespace().any(word) && !drawing).then_some(text)
}

/// What is written in the sources of the page itself. What `walk` writes is set before it is shown, and read above as shown.
#[test]
fn the_literals_of_the_page_are_well_written() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut complaints = Complaints::default();
    for (room, look) in [("app", wrong as fn(&str) -> Vec<String>), ("browser", wrong), ("walk", wrong_unset)] {
        let mut files = Vec::new();
        sources(&root.join(room), &mut files);
        for path in files.iter().filter(|path| !path.ends_with("tests.rs")) {
            let source = fs::read_to_string(path).expect("text");
            let source = source.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
            let place = path.strip_prefix(&root).expect("inside").display().to_string();
            for literal in literals(source).iter().filter_map(|literal| as_shown(literal)) {
                complaints.hold(&place, &literal, look);
            }
        }
    }
    complaints.end();
}

#[test]
fn literals_are_found_in_a_source() {
    let source = r##"let a = "one \"two\" {x} mL"; // "no"
        let b: &'static str = "three \
            four"; if c == '"' { f("five\u{a0}mL", r#"six"#) }"##;
    assert_eq!(literals(source), ["one \"two\" {x} mL", "three four", "five\u{a0}mL", "six"]);
    assert_eq!(as_shown("one {x} mL").as_deref(), Some("one 7 mL"));
    assert!(!wrong("one 7 mL").is_empty());
}
