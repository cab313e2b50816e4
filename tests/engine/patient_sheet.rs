//! The patient's sheet: who is spoken to, what is said and what not, and how hard it is to read.
//!
//! The figure is the grade of Flesch and Kincaid: 0.39 × words a sentence + 11.8 × syllables a word − 15.59; grade 6 is read at
//! the age of 11 to 12. Headings and words in front of a blank do not count. A syllable is a run of a, e, i, o, u and y; an `i`
//! before a, o or u is one of its own unless the letter before it makes it soft (`-tion`); an `e` at the end is silent unless
//! it follows a consonant and an l, and so are `-es` and `-ed` where one does not hear them; every word has one at least. A
//! number has one for each digit. Of a part alone the drug's name and the dates are left out. This counts rather too many than too few.

use inotuzumab::walk::Plan;
use inotuzumab::walk::patient::{Line, Section, sheet};
use serde_json::json;

use crate::support::{Visit, day_8, first_dose, second_cycle};

/// The highest grade, for the sheet and for each of its parts.
const AT_MOST: f64 = 6.0;
/// The longest sentence.
const WORDS_AT_MOST: usize = 20;

/// A part without what cannot be said more simply: the drug's name, which is on the box, and the days.
fn without_names(line: &str) -> String {
    let day = |word: &&str| {
        let word = word.trim_end_matches([',', '.', ':']);
        let named = word.ends_with("day") && word.starts_with(char::is_uppercase) && word != "Today";
        let month = ["ber", "uary", "March", "April", "May", "June", "July", "August"];
        named
            || word.starts_with(char::is_uppercase) && month.iter().any(|end| word.ends_with(end))
            || word.parse::<u32>().is_ok()
    };
    let words = line.split_whitespace().filter(|word| !day(word) && !["Inotuzumab", "ozogamicin"].contains(word));
    words.collect::<Vec<_>>().join(" ")
}

fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let digits = word.chars().filter(char::is_ascii_digit).count();
    if digits > 0 {
        return digits;
    }
    let letters: Vec<char> = word.chars().filter(|letter| letter.is_alphabetic()).collect();
    let vowel = |at: usize| letters.get(at).is_some_and(|letter| "aeiouy".contains(*letter));
    let runs = (0..letters.len()).filter(|at| vowel(*at) && (*at == 0 || !vowel(at - 1))).count();
    let own = (1..letters.len()).filter(|at| {
        letters[*at] == 'i'
            && letters.get(at + 1).is_some_and(|next| "aou".contains(*next))
            && !"tsc".contains(letters[at - 1])
    });
    let end = letters.len();
    let last = |back: usize| end.checked_sub(back).map(|at| letters[at]);
    let heard_before = |sounds: &str, back: usize| last(back).is_some_and(|letter| sounds.contains(letter));
    let silent = match (last(2), last(1)) {
        (_, Some('e')) => end > 2 && !vowel(end - 2) && (last(2) != Some('l') || vowel(end - 3)),
        (Some('e'), Some('d')) => end > 3 && !heard_before("dt", 3) && !vowel(end - 3),
        (Some('e'), Some('s')) => end > 3 && !heard_before("scgxzh", 3) && !vowel(end - 3),
        _ => false,
    };
    (runs + own.count()).saturating_sub(silent.into()).max(1)
}

#[derive(Default, Clone, Copy)]
struct Measure {
    sentences: usize,
    words: usize,
    syllables: usize,
    longest: usize,
}

impl Measure {
    fn of<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = Self::default();
        for line in lines {
            for sentence in line.split(". ").filter(|part| part.chars().any(char::is_alphanumeric)) {
                let words: Vec<&str> =
                    sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
                all.sentences += 1;
                all.words += words.len();
                all.longest = all.longest.max(words.len());
                all.syllables += words.iter().map(|word| syllables(word)).sum::<usize>();
            }
        }
        all
    }

    #[expect(clippy::cast_precision_loss, reason = "a page of words is counted exactly")]
    fn grade(self) -> f64 {
        let [sentences, words, syllables] = [self.sentences, self.words, self.syllables].map(|count| count as f64);
        0.39 * words / sentences + 11.8 * syllables / words - 15.59
    }
}

fn said(section: &Section) -> Vec<&str> {
    let lines = section.lines.iter().filter(|line| !matches!(line, Line::Blank(_)));
    lines.map(Line::words).collect()
}

/// Every variant: sex, whether there can be children, breastfeeding, age, label, transplant, and each kind of decision.
fn variants() -> Vec<(String, Plan)> {
    let days = [
        ("first dose", first_dose()),
        ("day 8", day_8()),
        ("cycle 2", second_cycle("cr")),
        ("hold", day_8().set("visit.bilirubin.value", 5)),
        ("stop", day_8().set("history.hypersensitivity", true)),
        ("open", first_dose().without("visit.bilirubin")),
        (
            "left out",
            day_8()
                .set("date", "2026-12-08")
                .set("visit.interruption", json!({"held_from": "2026-11-30", "fit_on": "2026-12-08"})),
        ),
    ];
    let mut all = Vec::new();
    for (day, visit) in days {
        for sex in ["female", "male", "not said"] {
            for potential in [Some(true), Some(false), None] {
                for nursing in [Some(true), Some(false), None] {
                    for years in [4, 15, 46] {
                        for profile in ["us", "eu"] {
                            for pregnancy in ["not_pregnant", "pregnant"] {
                                for hsct in ["planned", "not_planned"] {
                                    let name = format!(
                                        "{day}, {sex}, {potential:?}, {nursing:?}, {years}, {profile}, {pregnancy}, {hsct}"
                                    );
                                    let mut visit = visit
                                        .clone()
                                        .without("patient.birth_date")
                                        .set("patient.age_years", years)
                                        .set("profile", profile)
                                        .set("hsct", hsct);
                                    visit = if sex == "not said" {
                                        visit.without("patient.sex")
                                    } else {
                                        visit.set("patient.sex", sex)
                                    };
                                    if let Some(potential) = potential {
                                        visit = visit.set("patient.reproductive_potential", potential);
                                    }
                                    if sex == "female" {
                                        visit = visit.set("patient.pregnancy", pregnancy);
                                        if let Some(nursing) = nursing {
                                            visit = visit.set("patient.breastfeeding", nursing);
                                        }
                                    } else if pregnancy == "pregnant" || nursing.is_some() {
                                        continue;
                                    }
                                    all.push((name, visit.plan()));
                                }
                            }
                        }
                    }
                }
            }
        }
    }
    all
}

#[test]
fn every_variant_can_be_read_at_twelve() {
    let mut hardest = (f64::MIN, String::new());
    let mut hardest_part = (f64::MIN, String::new());
    let mut longest = (0, String::new());
    let all = variants();
    for (name, plan) in &all {
        let sections = sheet(plan);
        let whole = Measure::of(sections.iter().flat_map(said));
        if whole.grade() > hardest.0 {
            hardest = (whole.grade(), name.clone());
        }
        for section in &sections {
            let lines: Vec<String> = said(section).into_iter().map(without_names).collect();
            let part = Measure::of(lines.iter().map(String::as_str));
            if part.grade() > hardest_part.0 {
                hardest_part = (part.grade(), format!("{}: {name}: {:?}", section.title, said(section)));
            }
            for line in said(section) {
                let words = Measure::of([line]).longest;
                if words > longest.0 {
                    longest = (words, line.to_owned());
                }
            }
        }
    }
    println!(
        "{} variants; hardest {:.1} ({}); hardest part {:.1} ({}); longest sentence {} words ({})",
        all.len(),
        hardest.0,
        hardest.1,
        hardest_part.0,
        hardest_part.1,
        longest.0,
        longest.1
    );
    assert!(hardest.0 <= AT_MOST, "grade {:.1}: {}", hardest.0, hardest.1);
    assert!(hardest_part.0 <= AT_MOST, "grade {:.1}: {}", hardest_part.0, hardest_part.1);
    assert!(longest.0 <= WORDS_AT_MOST, "{} words: {}", longest.0, longest.1);
}

/// The meter itself: words by ear, and a text for colleagues is above the limit.
#[test]
fn the_meter_finds_what_is_hard() {
    for (word, count) in [
        ("the", 1),
        ("leukemia", 4),
        ("infusion", 3),
        ("once", 1),
        ("belly", 2),
        ("trouble", 2),
        ("needed", 2),
        ("called", 1),
        ("planned", 1),
        ("vaccine", 2),
        ("breathing", 2),
        ("months", 1),
        ("baby", 2),
        ("bruises", 2),
        ("goes", 1),
        ("eye", 1),
        ("2026", 4),
        ("liver", 2),
        ("weeks", 1),
        ("transplant", 2),
        ("radiation", 4),
        ("used", 1),
        ("times", 1),
        ("child's", 1),
    ] {
        assert_eq!(syllables(word), count, "{word}");
    }
    assert!((Measure::of(["The cat sat on the mat."]).grade() - -1.45).abs() < 0.001);
    for (grade, sentence) in [
        (10.0, "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."),
        (
            14.0,
            "Effective contraception is mandatory throughout treatment and for several months following the final administration.",
        ),
        (
            7.0,
            "If you notice unusual tiredness, yellow discoloration or abdominal swelling, contact your physician immediately.",
        ),
    ] {
        assert!(Measure::of([sentence]).grade() > grade, "{}: {sentence}", Measure::of([sentence]).grade());
    }
}

fn words(visit: &Visit) -> String {
    let sections = sheet(&visit.plan());
    let lines = sections.iter().flat_map(|section| section.lines.iter().map(Line::words)).collect::<Vec<_>>();
    lines.join(" ").replace('\u{a0}', " ")
}

#[test]
fn it_has_this_patients_days_with_their_weekdays() {
    let him = words(&first_dose());
    for day in [
        "Today, Monday 23 November 2026: infusion.",
        "Monday 30 November 2026: infusion. It can be on any day from 29 November to 2 December 2026.",
        "Monday 14 December 2026: the next round can start then, or later.",
        "use birth control that works well until Friday 23 April 2027.",
        "at least until Monday 18 January 2027.",
    ] {
        assert!(him.contains(day), "{day}: {him}");
    }
    assert!(!him.contains("breastfeed"), "{him}");
    let her = words(&first_dose().woman());
    for day in [
        "Do not get pregnant. Use birth control that works well until Friday 23 July 2027.",
        "Do not breastfeed until Saturday 23 January 2027.",
    ] {
        assert!(her.contains(day), "{day}: {her}");
    }
    let open = words(&first_dose().without("visit.bilirubin"));
    assert!(open.contains("until 5 months after the last infusion") && open.contains("Next infusion"), "{open}");
    assert!(!open.contains("Monday 30 November"), "no day is promised while answers are missing: {open}");
    let held = words(&day_8().set("visit.bilirubin.value", 5));
    assert!(held.contains("There is no infusion today.") && !held.contains("Monday 7 December"), "{held}");
    let stopped = words(&day_8().set("history.hypersensitivity", true));
    assert!(stopped.contains("You do not get this drug now.") && stopped.contains("Friday 23 April 2027"), "{stopped}");
}

/// What is printed depends on the decision and on the visit.
#[test]
fn each_decision_has_its_own_words() {
    let held = day_8().set("visit.bilirubin.value", 5);
    let stopped = day_8().set("history.hypersensitivity", true);
    let help = "Ask us before the first infusion what can help.";
    for (visit, first) in [(first_dose(), true), (day_8(), false), (second_cycle("cr"), false), (held.clone(), false)] {
        let said = words(&visit);
        assert_eq!(said.contains(help), first, "{said}");
        assert!(said.contains("Before that you get drugs") && said.contains("starts the count again"), "{said}");
        assert!(said.contains("A new infusion moves this day."), "{said}");
    }
    assert!(words(&first_dose().without("visit.bilirubin")).contains(help));
    let said = words(&stopped);
    for more in ["you get drugs", "1 hour", help, "starts the count again", "moves this day", "before each infusion"] {
        assert!(!said.contains(more), "{more}: {said}");
    }
    for still in ["Friday 23 April 2027", "at least until Monday 18 January 2027.", "Weigh yourself", "live vaccine"] {
        assert!(said.contains(still), "{still}: {said}");
    }
    // Of a drug that was never given nothing is left to watch for.
    let never = words(&first_dose().set("history.hypersensitivity", true));
    for none in ["liver", "birth control", "vaccine", "infusion"] {
        assert!(!never.contains(none), "{none}: {never}");
    }
    assert!(never.contains("You do not get this drug now.") && never.contains("Call by night"), "{never}");
}

#[test]
fn it_says_when_to_call_and_what_if_nobody_answers() {
    let her = words(&first_dose().woman());
    let child = words(&first_dose().without("patient.birth_date").set("patient.age_years", 4));
    for said in [&her, &child] {
        assert!(said.contains("Fever of ____ °C or more, or chills.") && said.contains("such as a cough"), "{said}");
        assert!(said.contains("If nobody answers, or if") && said.contains("call the emergency number."), "{said}");
    }
    assert!(her.contains("Call, too, if you may be pregnant.") && !child.contains("Call, too"), "{her}");
}

/// Nursing is spoken of to a mother, never to the family of a baby.
#[test]
fn a_childs_family_is_told_about_the_child() {
    let child = |visit: Visit| visit.without("patient.birth_date").set("patient.age_years", 4);
    for visit in [
        child(first_dose()),
        child(first_dose().woman()).set("patient.reproductive_potential", false).without("patient.pregnancy"),
    ] {
        let said = words(&visit);
        assert!(
            said.contains("your child") && !said.contains("breastfeed") && !said.contains("Weigh yourself"),
            "{said}"
        );
    }
    for (_, plan) in variants().iter().filter(|(name, _)| !name.contains(", 46, ")) {
        let text: String =
            sheet(plan).iter().flat_map(|part| part.lines.iter().map(|line| format!(" {} ", line.words()))).collect();
        for adult in [
            " you need ",
            " You need ",
            " Do not get pregnant",
            " Do not breastfeed",
            " Do not father ",
            " You do not ",
            " You may ",
        ] {
            assert!(!text.contains(adult), "{adult}: {text}");
        }
    }
}

#[test]
fn whom_to_call_is_left_to_write_in_and_nobody_is_named() {
    for (name, plan) in variants() {
        let sections = sheet(&plan);
        let blanks: Vec<&str> = sections
            .iter()
            .flat_map(|section| &section.lines)
            .filter_map(|line| if let Line::Blank(what) = line { Some(*what) } else { None })
            .collect();
        assert!(blanks.ends_with(&["Call by day", "Call by night"]), "{name}: {blanks:?}");
        let text: String = sections.iter().flat_map(|part| part.lines.iter().map(Line::words)).collect();
        assert!(!text.contains("46") && !text.contains("70\u{a0}kg"), "{name}: {text}");
    }
}
