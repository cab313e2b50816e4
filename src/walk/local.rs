//! The local policy in a walk: which of its values are in force, and how each is marked.

use std::sync::Arc;

use super::date;
use super::field::ChoiceField;
use super::patient::{Line, Section};
use super::state::Walk;
use crate::engine::calendar::Date;
use crate::engine::units::Quantity;
use crate::interchange::policy::{Config, Contact, LocalDrug, Policy, PremedicationClass, Theme};

/// What was found beside the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Found {
    /// No file.
    #[default]
    Nothing,
    /// A file that holds this.
    Text(String),
    /// No answer, or another than a file.
    Unread,
}

/// What a hospital set, as it stands today.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Setting {
    /// The file, when it was read.
    pub config: Option<Config>,
    /// The policy that is in force.
    pub policy: Option<Arc<Policy>>,
    /// Why there is none although there is a file.
    pub trouble: Option<String>,
}

const WITHOUT: &str = "The label’s own rules apply.";

impl Setting {
    /// What follows from the file on this day.
    #[must_use]
    pub fn of(found: &Found, today: Option<Date>) -> Self {
        let text = match found {
            Found::Nothing => return Self::default(),
            Found::Unread => {
                let trouble =
                    format!("The local settings (config.json) could not be read. {WITHOUT} Reload to try again.");
                return Self { trouble: Some(trouble), ..Self::default() };
            }
            Found::Text(text) => text,
        };
        let mut config = match Config::read(text) {
            Ok(config) => config,
            Err(error) => {
                let place = if error.path.is_empty() { String::new() } else { format!("{}: ", error.path) };
                let what = error.message.replace("a field of the contract", "known");
                let trouble = format!("The local settings (config.json) are refused whole: {place}{what}. {WITHOUT}");
                return Self { trouble: Some(trouble), ..Self::default() };
            }
        };
        let Some(policy) = config.policy.take() else { return Self { config: Some(config), ..Self::default() } };
        let name = mark(&policy);
        let trouble = match today {
            None => Some(format!("This device does not say what day it is, so the {name}, is not used. {WITHOUT}")),
            Some(today) if today > policy.expires => {
                Some(format!("The {name}, ended on {} and is not used. {WITHOUT}", date::long(policy.expires)))
            }
            Some(today) if today < policy.date => Some(format!("The {name}, has not begun and is not used. {WITHOUT}")),
            Some(_) => None,
        };
        let policy = trouble.is_none().then(|| Arc::new(policy));
        Self { config: Some(config), policy, trouble }
    }

    /// Whether a page of this origin is heard.
    #[must_use]
    pub fn hears(&self, origin: &str) -> bool {
        self.config.as_ref().is_some_and(|config| config.hears(origin))
    }

    /// Light or dark, when it is set.
    #[must_use]
    pub fn theme(&self) -> Theme {
        self.config.as_ref().and_then(|config| config.theme).unwrap_or(Theme::Auto)
    }
}

/// `local policy, Example Hospital, 1 November 2026`.
#[must_use]
pub fn mark(policy: &Policy) -> String {
    format!("local policy, {}, {}", policy.name.as_str(), date::long(policy.date))
}

/// The same as a sentence begins.
#[must_use]
pub fn marked(policy: &Policy) -> String {
    mark(policy).replacen('l', "L", 1)
}

/// The policy's answer to a question.
pub(super) fn answer(policy: &Policy, field: ChoiceField) -> Option<&'static str> {
    let word = match field {
        ChoiceField::Label => policy.profile?.word().to_owned(),
        ChoiceField::Formula => policy.bsa_formula?.word().to_owned(),
        ChoiceField::MeasureTo => policy.measure_to_ml?.volume().decimal().normalize().to_string(),
        _ => return None,
    };
    field.answers().iter().map(|answer| answer.code).find(|code| *code == word)
}

/// Whether a policy may answer this question.
#[must_use]
pub fn may_answer(field: ChoiceField) -> bool {
    ANSWERED.iter().any(|(known, _)| *known == field)
}

/// The questions that a policy may answer, with what a sheet calls each.
const ANSWERED: [(ChoiceField, &str); 3] =
    [(ChoiceField::Label, ""), (ChoiceField::Formula, "formula "), (ChoiceField::MeasureTo, "volume measured ")];

/// How an answer reads.
fn said(field: ChoiceField, code: &str) -> &'static str {
    field.answers().iter().find(|answer| answer.code == code).map_or("", |answer| answer.label)
}

impl Walk {
    /// The policy in force.
    #[must_use]
    pub fn local(&self) -> Option<&Policy> {
        self.local.as_deref()
    }

    /// What stands under an answer that the policy gives, or from which the user has departed.
    #[must_use]
    pub fn local_note(&self, field: ChoiceField) -> Option<String> {
        let policy = self.local()?;
        let answer = answer(policy, field)?;
        let name = marked(policy);
        Some(if self.chose(field, answer) { name } else { format!("{name}, says: {}", said(field, answer)) })
    }

    /// What stands on every sheet: the values in force that are the policy's, and those that depart from it.
    #[must_use]
    pub fn local_line(&self) -> Option<String> {
        let policy = self.local()?;
        let of = |ours: bool| {
            let fits = |(field, name): &(ChoiceField, &str)| {
                let answer = answer(policy, *field)?;
                (self.chose(*field, answer) == ours)
                    .then(|| format!("{name}{}", said(*field, answer).replace("To ", "to ")))
            };
            ANSWERED.iter().filter_map(fits).collect::<Vec<_>>().join(", ")
        };
        let (taken, departed) = (of(true), of(false));
        let taken = if taken.is_empty() { String::new() } else { format!(": {taken}") };
        let departed = if departed.is_empty() { String::new() } else { format!("; not followed here: {departed}") };
        Some(format!("{}{taken}{departed}", marked(policy)))
    }

    /// The patient's sheet with whom to call as the hospital says, in the place of what is written by hand.
    #[must_use]
    pub fn with_contacts(&self, mut sections: Vec<Section>) -> Vec<Section> {
        let Some(policy) = self.local().filter(|policy| !policy.contacts.is_empty()) else { return sections };
        for section in &mut sections {
            let before = section.lines.len();
            section.lines.retain(|line| !matches!(line, Line::Blank(blank) if blank.starts_with("Call by ")));
            if section.lines.len() < before {
                let line = |Contact { when, name, telephone }: &Contact| {
                    Line::Item(format!(
                        "{}: {}, {}",
                        when.as_str(),
                        name.as_str(),
                        telephone.as_str().replace(' ', "\u{a0}")
                    ))
                };
                section.lines.extend(policy.contacts.iter().map(line));
                section.lines.push(Line::Says(format!("({})", marked(policy))));
            }
        }
        sections
    }

    /// The policy's drugs of a class.
    pub fn local_drugs(&self, class: PremedicationClass) -> impl Iterator<Item = &LocalDrug> {
        let drugs = self.local().map(|policy| policy.premedication.as_slice()).unwrap_or_default();
        drugs.iter().filter(move |drug| drug.class == class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::walk::sheets::{Holds, Sheet, paper};
    use crate::walk::{Action, Plan, reduce, to_case};

    const FILE: &str = include_str!("../../examples/intranet/config.json");
    const MARK: &str = "local policy, Example Hospital, Hematology, 1 November 2026";

    /// As a sentence begins.
    fn name() -> String {
        MARK.replacen('l', "L", 1)
    }

    fn day(text: &str) -> Option<Date> {
        Date::read(text)
    }

    fn on(text: &str, today: &str) -> Setting {
        Setting::of(&Found::Text(text.to_owned()), day(today))
    }

    fn walk() -> Walk {
        let setting = on(FILE, "2026-11-23");
        assert_eq!(setting.trouble, None);
        Walk::new(day("2026-11-23")).under(setting.policy)
    }

    #[test]
    fn with_no_file_everything_is_as_it_was() {
        assert_eq!(Setting::of(&Found::Nothing, None), Setting::default());
        assert_eq!(on(r#"{"schema": 1}"#, "2026-11-23").trouble, None);
        let plain = Walk::new(day("2026-11-23"));
        assert_eq!(plain.clone().under(None), plain);
        assert_eq!((plain.local_line(), plain.local_note(ChoiceField::Label)), (None, None));
    }

    #[test]
    fn a_policy_that_is_not_in_force_is_not_used_and_says_so() {
        for (today, words) in [
            ("2027-11-01", "ended on 31 October 2027 and is not used"),
            ("2026-10-31", "has not begun and is not used"),
        ] {
            let setting = on(FILE, today);
            let trouble = setting.trouble.expect("it says why");
            assert!(
                trouble.contains(words) && trouble.contains("Example Hospital, Hematology, 1 November 2026"),
                "{trouble}"
            );
            assert_eq!(setting.policy, None);
            assert!(setting.config.is_some_and(|config| config.hears("https://ehr.example.org")));
        }
        assert!(Setting::of(&Found::Text(FILE.to_owned()), None).policy.is_none());
    }

    #[test]
    fn a_wrong_file_is_refused_whole() {
        let setting = on(&FILE.replace("\"eu\"", "\"uk\""), "2026-11-23");
        assert_eq!((setting.config, setting.policy), (None, None));
        assert!(setting.trouble.is_some_and(|trouble| trouble.contains("policy.profile: \"uk\" is not one of us, eu")));
        let unknown = on(&FILE.replace("\"theme\"", "\"thema\""), "2026-11-23").trouble.expect("refused");
        assert!(unknown.contains("thema: is not known"), "{unknown}");
        assert!(Setting::of(&Found::Unread, None).trouble.is_some());
    }

    #[test]
    fn its_values_stand_from_the_start_and_are_marked() {
        let walk = walk();
        assert!(!walk.is_begun() && !walk.has_begun());
        for (field, code) in
            [(ChoiceField::Label, "eu"), (ChoiceField::Formula, "mosteller"), (ChoiceField::MeasureTo, "0.1")]
        {
            assert!(walk.chose(field, code), "{field:?}");
            assert_eq!(walk.local_note(field).unwrap_or_default(), name());
        }
        let line = walk.local_line().expect("a policy");
        assert!(
            line.starts_with(&format!("{}: EU label, formula Mosteller, volume measured to 0.1", name())),
            "{line}"
        );
        let other = reduce(walk.clone(), Action::Choose(ChoiceField::Label, "us"));
        assert!(other.local_note(ChoiceField::Label).expect("a note").starts_with(&format!("{}, says: EU", name())));
        assert!(other.local_line().expect("a policy").contains("; not followed here: EU label"));
        // Taken back, the policy's answer stands again.
        assert!(reduce(other, Action::Unchoose(ChoiceField::Label)).chose(ChoiceField::Label, "eu"));
        let new = reduce(walk.clone(), Action::NewPatient(day("2026-11-24")));
        assert!(new.chose(ChoiceField::Label, "eu") && !new.is_begun());
        // Past its end a new patient is without it.
        let late = reduce(walk, Action::NewPatient(day("2027-11-01")));
        assert_eq!((late.local(), late.choice(ChoiceField::Label)), (None, None));
    }

    #[test]
    fn what_was_kept_or_loaded_is_not_changed_by_it() {
        let typed = reduce(Walk::new(day("2026-11-23")), Action::Choose(ChoiceField::Label, "us"));
        let policy = walk().local;
        let recalled = Walk::recalled(&typed.kept(), day("2026-11-23")).expect("kept").with_local(policy);
        assert!(recalled.chose(ChoiceField::Label, "us") && recalled.chose(ChoiceField::MeasureTo, "exact"));
        assert!(recalled.local().is_some());
        let loaded = reduce(walk(), Action::Load(Box::new(typed)));
        assert!(loaded.chose(ChoiceField::Label, "us") && loaded.local().is_some());
    }

    #[test]
    fn every_sheet_names_it_and_the_sheets_hold_its_lines() {
        let walk = walk();
        let case = to_case(&walk);
        assert!(case.is_some_and(|case| case.profile.word() == "eu"));
        let plan = Plan::of(&walk);
        for sheet in Sheet::ALL {
            assert!(paper(&walk, &plan, sheet).stamp.contains(&name()), "{sheet:?}");
        }
        let patient = paper(&walk, &plan, Sheet::Patient);
        let lines = |blocks: &[crate::walk::sheets::Block]| {
            let lines = blocks
                .iter()
                .filter_map(|block| if let Holds::Plain(lines) = &block.holds { Some(lines) } else { None });
            lines.flatten().map(|line| line.words().replace('\u{a0}', " ")).collect::<Vec<_>>()
        };
        let said = lines(&patient.blocks);
        for words in ["At night, on weekends: Ward on call, +41 00 000 00 02", &format!("({})", name())] {
            assert!(said.iter().any(|line| line == words), "{words}: {said:#?}");
        }
        assert!(!said.iter().any(|line| line.starts_with("Call by ")));
        let plain = Walk::new(day("2026-11-23"));
        let by_hand = lines(&paper(&plain, &Plan::of(&plain), Sheet::Patient).blocks);
        assert!(by_hand.iter().any(|line| line == "Call by night"), "{by_hand:#?}");
    }
}
