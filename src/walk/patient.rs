//! The patient's sheet: what the patient, or a child's family, takes home, in plain words. A test works out how hard it is to
//! read and fails above the age of 12. It names nobody, and whom to call is written in by hand.

use super::agenda;
use super::counsel::{Until, is_first};
use super::date;
use super::plan::{Plan, Tone, pretty};
use crate::engine::calendar::Date;
use crate::engine::case::{Hsct, Patient, Pregnancy, Sex};
use crate::engine::course::DoseState;
use crate::engine::facts::age_at;
use crate::engine::labels::{dosing, thresholds};

/// A part of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// Its lines, in order.
    pub lines: Vec<Line>,
}

/// A line of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A sentence or two.
    Says(String),
    /// One of a list.
    Item(String),
    /// Written in by hand after this word.
    Blank(&'static str),
}

/// To whom the sheet speaks, the patient or a child's family, and what is known of the patient.
struct Reader<'a> {
    plan: &'a Plan,
    patient: Patient,
    child: bool,
}

/// The sheet of this patient. It has its words also while the plan has no dates: their places are left to write in.
#[must_use]
pub fn sheet(plan: &Plan) -> Vec<Section> {
    let patient = plan.case.as_ref().map(|case| case.patient.clone()).unwrap_or_default();
    let reader = Reader { plan, patient, child: is_for_a_family(plan) };
    let sections = [
        ("What it is", reader.drug()),
        ("The next days", reader.days()),
        ("Call us at once", reader.call()),
        ("The liver", reader.liver()),
        ("Birth control and babies", reader.babies()),
        ("Other drugs and shots", reader.drugs()),
    ];
    let made = sections.into_iter().filter(|(_, lines)| !lines.is_empty());
    made.map(|(title, lines)| Section { title, lines: lines.into_iter().map(Line::set).collect() }).collect()
}

/// Whether the patient is a child, so that the sheet speaks to the family.
#[must_use]
pub fn is_for_a_family(plan: &Plan) -> bool {
    let age = plan.case.as_ref().and_then(|case| age_at(&case.patient, case.date));
    age.is_some_and(|age| age < thresholds::ADULT_YEARS)
}

impl Line {
    /// The words, for whoever reads them one after the other.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Says(words) | Self::Item(words) => words,
            Self::Blank(what) => what,
        }
    }

    /// As a printer sets it.
    fn set(self) -> Self {
        match self {
            Self::Says(words) => Self::Says(pretty(&words)),
            Self::Item(words) => Self::Item(pretty(&words)),
            Self::Blank(what) => Self::Blank(what),
        }
    }
}

fn says(words: impl Into<String>) -> Line {
    Line::Says(words.into())
}

fn months(count: u8) -> String {
    format!("{count} months after the last infusion")
}

impl Reader<'_> {
    /// The same thing said to the patient and to a child's family.
    fn to<'w>(&self, patient: &'w str, family: &'w str) -> &'w str {
        if self.child { family } else { patient }
    }

    fn both(&self, patient: &str, family: &str) -> Line {
        says(self.to(patient, family))
    }

    /// A precaution's day; in months after the last dose while no dose counts.
    fn until(&self, what: Until, count: u8) -> String {
        let dates = self.plan.assessment().and_then(|found| found.counselling);
        dates.map_or_else(|| months(count), |dates| date::in_words(what.day(&dates)))
    }

    /// No infusion of this drug comes any more.
    fn stopped(&self) -> bool {
        self.plan.verdict().tone == Tone::Stop
    }

    /// None came either: then nothing of the drug is left to speak of.
    fn never_given(&self) -> bool {
        self.stopped() && self.plan.assessment().is_none_or(|found| found.counselling.is_none())
    }

    fn drug(&self) -> Vec<Line> {
        if self.stopped() {
            return vec![says("Inotuzumab ozogamicin is a drug for leukemia.")];
        }
        vec![
            says("Inotuzumab ozogamicin is a drug for leukemia. It runs into a vein. That takes 1\u{a0}hour."),
            self.both(
                "Before that you get drugs to help prevent a reaction. After it you stay with us for at least 1\u{a0}hour.",
                "Before that your child gets drugs to help prevent a reaction. After it your child stays with us for at least 1\u{a0}hour.",
            ),
        ]
    }

    fn days(&self) -> Vec<Line> {
        let mut lines = match self.plan.verdict().tone {
            Tone::Stop => {
                return vec![self.both(
                    "You do not get this drug now. We will talk with you about what comes next.",
                    "Your child does not get this drug now. We will talk with you about what comes next.",
                )];
            }
            Tone::Hold => vec![
                says("There is no infusion today. We need to wait. We will tell you the new day."),
                Line::Blank("Next infusion"),
            ],
            Tone::Open => vec![Line::Blank("Next infusion")],
            Tone::Omit => {
                let left_out = says("There is no infusion today. This one is left out.");
                std::iter::once(left_out).chain(self.infusions()).collect()
            }
            Tone::Give | Tone::Caution => self.infusions(),
        };
        lines.push(self.both(
            "You need a blood test before each infusion. You need one more 1 to 3\u{a0}days after it.",
            "Your child needs a blood test before each infusion, and one more 1 to 3\u{a0}days after it.",
        ));
        lines
    }

    fn infusions(&self) -> Vec<Line> {
        let line = |dose: crate::engine::course::CourseDose| {
            if matches!(dose.state, DoseState::Due(_)) {
                return Line::Item(format!("Today, {}: infusion.", date::in_words(dose.on)));
            }
            let window = dose.earliest.zip(dose.latest).filter(|(from, to)| from < to);
            let window = window.map(|(from, to)| format!(" It can be on any day from {}.", range(from, to)));
            Line::Item(format!("{}: infusion.{}", date::in_words(dose.on), window.unwrap_or_default()))
        };
        let mut lines: Vec<Line> = agenda::doses(self.plan).into_iter().map(line).collect();
        if let Some(next) = agenda::next_cycle(self.plan) {
            lines.push(Line::Item(format!("{}: the next round can start then, or later.", date::in_words(next.from))));
        }
        lines
    }

    fn call(&self) -> Vec<Line> {
        let mut lines =
            vec![self.both("Call us by day or by night if you have:", "Call us by day or by night if your child has:")];
        let signs = [
            "Fever of ____\u{a0}°C or more, or chills.",
            "Signs of an infection, such as a cough or a sore throat.",
            "New bruises, or bleeding.",
            "Yellow skin or yellow eyes.",
            "Pain on the right side of the belly, or a belly that swells.",
            "Weight that goes up fast.",
            "A rash, or trouble with breathing.",
        ];
        lines.extend(signs.into_iter().map(|sign| Line::Item(sign.to_owned())));
        if Until::ContraceptionFemale.concerns(&self.patient) && (!self.child || self.may_have_children()) {
            lines.push(self.both("Call, too, if you may be pregnant.", "Call, too, if your child may be pregnant."));
        }
        lines.push(self.both(
            "If nobody answers, or if you cannot breathe well, call the emergency number.",
            "If nobody answers, or if your child cannot breathe well, call the emergency number.",
        ));
        lines.extend([Line::Blank("Call by day"), Line::Blank("Call by night")]);
        lines
    }

    fn liver(&self) -> Vec<Line> {
        if self.never_given() {
            return Vec::new();
        }
        let watch = match self.plan.assessment().and_then(|found| found.counselling) {
            None => format!("{} days after the last infusion.", dosing::VOD_WATCH_DAYS),
            Some(dates) if self.stopped() => format!("{}.", date::in_words(dates.vod_watch_until)),
            Some(dates) => format!("{}. A new infusion moves this day.", date::in_words(dates.vod_watch_until)),
        };
        let mut lines = vec![
            self.both(
                "This drug can harm the liver, even weeks later. Weigh yourself each day. Write it down.",
                "This drug can harm the liver, even weeks later. Weigh your child each day. Write it down.",
            ),
            says(format!("Watch for the signs above at least until {watch}")),
        ];
        if self.plan.case.as_ref().is_some_and(|case| case.hsct == Some(Hsct::Planned)) {
            lines.push(says("A transplant adds to the risk for the liver. We will test the blood often then."));
        }
        lines
    }

    /// It was said that this child can have children.
    fn may_have_children(&self) -> bool {
        self.patient.reproductive_potential == Some(true)
    }

    fn babies(&self) -> Vec<Line> {
        let (her, his) =
            (Until::ContraceptionFemale.concerns(&self.patient), Until::ContraceptionMale.concerns(&self.patient));
        let mut lines = Vec::new();
        if self.never_given() {
            return lines;
        }
        if her || his {
            lines.push(says("This drug can hurt an unborn baby."));
        }
        if her && self.patient.pregnancy == Some(Pregnancy::Pregnant) {
            lines.push(says("Talk with us now about the baby."));
        } else if her {
            let until = self.until(Until::ContraceptionFemale, dosing::CONTRACEPTION_FEMALE_MONTHS);
            lines.push(says(match (self.child, self.may_have_children()) {
                (false, true) => format!("Do not get pregnant. Use birth control that works well until {until}."),
                (false, false) => {
                    format!("Women who can get pregnant use birth control that works well until {until}.")
                }
                (true, true) => {
                    format!("Your child must not get pregnant. She needs birth control that works well until {until}.")
                }
                (true, false) => {
                    format!("If your child can get pregnant, she needs birth control until {until}.")
                }
            }));
        }
        if his {
            let until = self.until(Until::ContraceptionMale, dosing::CONTRACEPTION_MALE_MONTHS);
            lines.push(says(if self.child {
                format!("If your son can father a baby, he needs birth control until {until}.")
            } else if self.patient.sex == Some(Sex::Male) {
                format!("Do not father a baby. If your partner can get pregnant, use birth control that works well until {until}.")
            } else {
                format!("Men whose partner can get pregnant use birth control that works well until {until}.")
            }));
        }
        lines.extend(self.milk());
        if !lines.is_empty() && !self.stopped() {
            lines.push(says("Each new infusion starts the count again. Then you get new dates from us."));
        }
        let harder = self.to(
            "It may be harder to have a baby later on.",
            "It may be harder for your child to have a baby later on.",
        );
        // What can help is done before the first dose.
        let help = if is_first(self.plan) && !self.stopped() {
            " Ask us before the first infusion what can help."
        } else {
            ""
        };
        lines.push(says(format!("{harder}{help}")));
        lines
    }

    /// Of a child it is said only where it can be meant: a family that nurses a baby must not stop.
    fn milk(&self) -> Option<Line> {
        if !Until::Breastfeeding.concerns(&self.patient) {
            return None;
        }
        let until = self.until(Until::Breastfeeding, dosing::LACTATION_MONTHS);
        if !self.child {
            return Some(says(format!("Do not breastfeed until {until}.")));
        }
        let mother = self.may_have_children() || self.patient.breastfeeding == Some(true);
        mother.then(|| says(format!("If your child has a baby, she must not breastfeed it until {until}.")))
    }

    fn drugs(&self) -> Vec<Line> {
        if self.never_given() {
            return Vec::new();
        }
        vec![
            self.both(
                "Ask us before you take any new drug. Some can be bad for the heart.",
                "Ask us before your child takes any new drug. Some can be bad for the heart.",
            ),
            self.both(
                "Do not get a live vaccine now, or for some time after. Ask us before each shot.",
                "Your child must not get a live vaccine now, or for some time after. Ask us before each shot.",
            ),
        ]
    }
}

/// `29 November to 2 December 2026`, each with its year where they differ.
fn range(from: Date, to: Date) -> String {
    let long = date::long(from);
    let year = to.parts().0;
    let from = if from.parts().0 == year { long.strip_suffix(&format!(" {year}")).unwrap_or(&long) } else { &long };
    format!("{from} to {}", date::long(to))
}
