//! Which rules this page computes with, how old they are, and what a newer build brings.

use super::date::{days, long, with_year};
use crate::engine::calendar::Date;
use crate::engine::labels;

/// Days without an update after which the rules are to be held against the label.
pub const LIMIT: i64 = 180;

/// Whether this device keeps the aid for use without a network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kept {
    /// Not known yet.
    #[default]
    Unknown,
    /// This browser or this window keeps nothing, or the server has no worker.
    Never,
    /// Every file of this build.
    Whole,
    /// There was no room.
    Full,
    /// A file did not come, or not whole.
    Failed,
    /// It was kept, and the browser took it away under the open page.
    Cleared,
}

impl Kept {
    /// What to say of it at the foot of the page; nothing where there is nothing to say.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Unknown => "",
            Self::Never => "Not available without a network: this browser, window or server does not allow it.",
            Self::Whole => "Kept on this device: works without a network.",
            Self::Full => "Not kept for use without a network: this device has no room left.",
            Self::Failed => "Not kept for use without a network yet: a file did not arrive. Reload to try again.",
            Self::Cleared => "No longer kept on this device: this browser has cleared it. Reload to keep it again.",
        }
    }
}

/// What this tab keeps over a reload of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// What is typed.
    Works,
    /// Nothing: the browser does not take it.
    Fails,
    /// What was kept was damaged, or is of another edition.
    Damaged,
}

impl Memory {
    /// What to say of it, where there is something to say.
    #[must_use]
    pub fn sentence(self) -> Option<&'static str> {
        match self {
            Self::Works => None,
            Self::Fails => Some("This browser keeps nothing: a reload of the page loses what is typed."),
            Self::Damaged => {
                Some("What this tab had kept cannot be read, and none of it is used. Enter the patient again.")
            }
        }
    }
}

/// A newer build that waits on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Edition of its rules, year and month.
    pub rules: String,
    /// What changed, a sentence each.
    pub changes: Vec<String>,
}

impl Offer {
    /// The headline.
    #[must_use]
    pub fn title(&self) -> String {
        format!("New version, rules of {}", month(&self.rules))
    }

    /// When it is used.
    #[must_use]
    pub fn when(&self, case_open: bool) -> &'static str {
        if case_open {
            "It waits until this patient is done: nothing changes under an open case."
        } else {
            "It is on this device already."
        }
    }
}

/// How old the rules are, for the foot of the page.
#[must_use]
pub fn age(released: Option<Date>, today: Option<Date>) -> String {
    let made = released.map(|day| format!("made {}", with_year(day)));
    match (made, released.zip(today).map(|(released, today)| today.days_since(released))) {
        (Some(made), Some(0)) => format!("This page: {made}, today."),
        (Some(made), Some(age)) if age > 0 => format!("This page: {made}, {} ago.", days(age)),
        (Some(made), Some(_)) => format!("This page: {made}, which this device's clock says is still to come."),
        (Some(made), None) => format!("This page: {made}."),
        (None, _) => String::new(),
    }
}

/// What to do when no update came for too long.
#[must_use]
pub fn overdue(released: Option<Date>, today: Option<Date>) -> Option<String> {
    let released = released.or_else(|| first_of(labels::RULES))?;
    let age = today?.days_since(released);
    (age >= LIMIT).then(|| {
        format!(
            "No update for {}: these rules are of {}. Verify each number against your label, and connect to the network \
             to look for a newer version.",
            days(age),
            month(labels::RULES)
        )
    })
}

/// `November 2026` of `2026-11`; anything else as it stands.
fn month(edition: &str) -> String {
    first_of(edition).map_or_else(|| edition.to_owned(), |day| long(day).trim_start_matches("1 ").to_owned())
}

fn first_of(month: &str) -> Option<Date> {
    Date::read(&format!("{month}-01"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::walk::{Action, ChoiceField, Step, Walk, reduce};

    fn day(text: &str) -> Option<Date> {
        Date::read(text)
    }

    #[test]
    fn the_foot_says_how_old_the_page_is() {
        let made = day("2026-11-22");
        assert_eq!(age(made, made), "This page: made 22 Nov 2026, today.");
        assert_eq!(age(made, day("2026-11-23")), "This page: made 22 Nov 2026, 1 day ago.");
        assert_eq!(age(made, day("2027-05-20")), "This page: made 22 Nov 2026, 179 days ago.");
        assert_eq!(
            age(made, day("2019-01-01")),
            "This page: made 22 Nov 2026, which this device's clock says is still to come."
        );
        assert_eq!(age(made, None), "This page: made 22 Nov 2026.");
        assert_eq!(age(None, made), "");
    }

    #[test]
    fn after_180_days_without_an_update_the_label_is_to_be_looked_at() {
        let made = day("2026-11-22");
        assert_eq!(overdue(made, day("2027-05-20")), None);
        let sentence = overdue(made, day("2027-05-21")).expect("the 180th day");
        assert!(sentence.starts_with("No update for 180 days: these rules are of November 2026. Verify"), "{sentence}");
        assert_eq!(overdue(made, None), None);
        // A page that does not know when it was made goes by the month of its rules.
        assert_eq!(overdue(None, day("2027-04-29")), None);
        assert!(overdue(None, day("2027-04-30")).is_some());
    }

    #[test]
    fn an_offer_names_the_month_of_its_rules_and_waits_for_the_patient() {
        let offer = Offer { rules: "2027-02".to_owned(), changes: Vec::new() };
        assert_eq!(offer.title(), "New version, rules of February 2027");
        assert!(offer.when(true).contains("until this patient is done"));
        assert!(!offer.when(false).contains("patient"));
        assert_eq!(Offer { rules: "next".to_owned(), ..offer }.title(), "New version, rules of next");
    }

    #[test]
    fn a_case_is_begun_by_an_answer_and_not_by_a_look() {
        let fresh = Walk::new(day("2026-11-22"));
        assert!(!fresh.is_begun());
        let looked = reduce(reduce(fresh.clone(), Action::Go(Step::Dose)), Action::Go(Step::Patient));
        assert!(!looked.is_begun());
        let begun = reduce(looked, Action::Choose(ChoiceField::Label, "us"));
        assert!(begun.is_begun());
        assert!(!reduce(begun, Action::NewPatient(day("2026-11-22"))).is_begun());
    }
}
