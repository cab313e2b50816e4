//! What to say to this patient: what the rule book knows about it, the dates of this patient, and where each line stands. The
//! words are the rule book's own, looked up by their id while compiling, so that the page carries no other card.

use super::date;
use super::plan::{Plan, pretty};
use super::why::source;
use crate::engine::assessment::Counselling;
use crate::engine::calendar::Date;
use crate::engine::cards::{self, Card};
use crate::engine::case::{Day, Hsct, Patient, Profile, Sex};
use crate::engine::monitoring::{MON_05, MON_06, MON_08};
use crate::engine::numbers::{self, Number};
use crate::engine::rule::{Confidence, Grounds};
use crate::engine::rules::eligibility::PREG_01;

/// A precaution that ends on a day counted from the last dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// A woman who can become pregnant.
    ContraceptionFemale,
    /// A man whose partner can.
    ContraceptionMale,
    /// No breastfeeding.
    Breastfeeding,
    /// Watching for veno-occlusive disease.
    VodWatch,
}

impl Until {
    /// Every one, in the order of the assessment.
    pub const ALL: [Self; 4] =
        [Self::ContraceptionFemale, Self::ContraceptionMale, Self::Breastfeeding, Self::VodWatch];

    /// Its path in the assessment.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::ContraceptionFemale => "counselling.contraception_female_until",
            Self::ContraceptionMale => "counselling.contraception_male_until",
            Self::Breastfeeding => "counselling.no_breastfeeding_until",
            Self::VodWatch => "counselling.vod_watch_until",
        }
    }

    /// Its day.
    #[must_use]
    pub fn day(self, dates: &Counselling) -> Date {
        match self {
            Self::ContraceptionFemale => dates.contraception_female_until,
            Self::ContraceptionMale => dates.contraception_male_until,
            Self::Breastfeeding => dates.no_breastfeeding_until,
            Self::VodWatch => dates.vod_watch_until,
        }
    }

    /// Whether it is for this patient. What is not known leaves nothing out.
    #[must_use]
    pub fn concerns(self, patient: &Patient) -> bool {
        let for_sex = |sex| patient.sex.is_none_or(|known| known == sex);
        let fertile = patient.reproductive_potential != Some(false);
        match self {
            Self::ContraceptionFemale => for_sex(Sex::Female) && fertile,
            Self::ContraceptionMale => for_sex(Sex::Male) && fertile,
            Self::Breastfeeding => for_sex(Sex::Female),
            Self::VodWatch => true,
        }
    }

    fn known(self) -> Number {
        match self {
            Self::ContraceptionFemale => CONTRAC_01,
            Self::ContraceptionMale => CONTRAC_02,
            Self::Breastfeeding => LACT_01,
            Self::VodWatch => VOD_03,
        }
    }
}

/// An entry of the rule book; an id that is not there does not compile.
macro_rules! entries {
    ($($kind:ident $look:path: $($name:ident $id:literal),+;)+) => {$($(
        const $name: $kind = match $look($id) {
            Some(entry) => entry,
            None => panic!("the rule book has no such entry"),
        };
    )+)+};
}

entries! {
    Card cards::card: PREG_02 "PREG-02", FERT_01 "FERT-01", VAC_01 "VAC-01", VAC_02 "VAC-02", VOD_02 "VOD-02", VOD_08 "VOD-08",
        VODR_01 "VODR-01", QT_03 "QT-03", DATE_02 "DATE-02";
    Number numbers::number: CONTRAC_01 "CONTRAC-01", CONTRAC_02 "CONTRAC-02", LACT_01 "LACT-01", VOD_03 "VOD-03";
}

/// One matter to speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// Its heading.
    pub title: &'static str,
    /// What to say, in order.
    pub points: Vec<Point>,
}

/// One thing to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The words.
    pub says: String,
    /// The day it ends on for this patient: `Friday 23 April 2027`.
    pub until: Option<String>,
    /// Id of the rule, card or number.
    pub rule: &'static str,
    /// Rule, source, edition.
    pub source: String,
    /// How well it is known; what is known from memory is confirmed against the label.
    pub confidence: Confidence,
}

impl Point {
    fn of(grounds: &Grounds, says: &str, profile: Profile) -> Self {
        Self {
            says: pretty(says),
            until: None,
            rule: grounds.id,
            source: source(grounds, profile),
            confidence: grounds.confidence,
        }
    }
}

/// From which dose the dates count, and that the next one starts them again; or why there are none yet.
#[must_use]
pub fn counted_from(plan: &Plan) -> String {
    let Some(dates) = plan.assessment().and_then(|found| found.counselling) else {
        return "The dates count from a dose that is given. They appear as soon as nothing stands against today’s."
            .to_owned();
    };
    let last = dates.last_dose;
    let today = plan.case.as_ref().is_none_or(|case| case.date == last);
    let dose = if today { "today’s dose".to_owned() } else { "the latest dose given".to_owned() };
    pretty(&format!(
        "Counted from {dose}, {}. Contraception and no breastfeeding hold through the day before their date, the watch for VOD through \
         the day itself. All count anew with each dose.",
        date::in_words(last)
    ))
}

/// What the sentence about the count stands on.
#[must_use]
pub fn counted_by(plan: &Plan) -> String {
    source(&DATE_02.grounds, plan.profile())
}

/// What to say to this patient, matter by matter.
#[must_use]
pub fn counsel(plan: &Plan) -> Vec<Matter> {
    let patient = plan.case.as_ref().map(|case| case.patient.clone()).unwrap_or_default();
    let profile = plan.profile();
    let dates = plan.assessment().and_then(|found| found.counselling);
    let of = |grounds: &Grounds, says: &str| Some(Point::of(grounds, says, profile));
    let card = |Card { grounds, says, .. }: Card| of(&grounds, says);
    let until = |what: Until| {
        let Number { grounds, says } = what.known();
        let day = dates.map(|dates| date::in_words(what.day(&dates)));
        what.concerns(&patient).then(|| Point { until: day, ..Point::of(grounds, says, profile) })
    };
    let mother = Until::ContraceptionFemale.concerns(&patient);
    let test = if is_first(plan) {
        "Pregnancy test: the result is there before the first dose."
    } else {
        "Pregnancy test: repeated before each cycle."
    };
    let transplant = plan.case.as_ref().is_some_and(|case| case.hsct != Some(Hsct::NotPlanned));
    let matters = [
        ("Contraception", vec![until(Until::ContraceptionFemale), until(Until::ContraceptionMale)]),
        (
            "Pregnancy",
            vec![
                mother.then(|| Point::of(&PREG_01.grounds, test, profile)),
                mother.then(|| Point::of(&PREG_02.grounds, PREG_02.says, profile)),
            ],
        ),
        ("Breastfeeding", vec![until(Until::Breastfeeding)]),
        ("Fertility", vec![card(FERT_01)]),
        (
            "Liver",
            vec![
                card(VOD_02),
                until(Until::VodWatch),
                card(VOD_08),
                transplant.then(|| Point::of(&VODR_01.grounds, VODR_01.says, profile)),
                transplant.then(|| Point::of(&MON_08, AFTER_TRANSPLANT, profile)),
            ],
        ),
        (
            "Infection and bleeding",
            vec![of(
                &MON_05,
                "Call at once for fever, any sign of infection, bruises or bleeding: throughout, and after the last dose.",
            )],
        ),
        (
            "Infusion reaction",
            vec![of(
                &MON_06,
                "Say at once: fever, chills, rash, trouble breathing, during the infusion and for at least 1\u{a0}h after it. Call when it comes later.",
            )],
        ),
        (
            "Heart rhythm",
            vec![card(QT_03), of(&QT_03.grounds, "Ask before any new medicine, without prescription as well.")],
        ),
        (
            "Vaccines",
            vec![card(VAC_01), (profile == Profile::Eu).then(|| Point::of(&VAC_02.grounds, VAC_02.says, profile))],
        ),
    ];
    matters
        .into_iter()
        .map(|(title, points)| Matter { title, points: points.into_iter().flatten().collect() })
        .filter(|matter| !matter.points.is_empty())
        .collect()
}

const AFTER_TRANSPLANT: &str =
    "After a transplant: liver tests closely in the first month, then less often; the signs above at each visit.";

/// Whether no dose was given before this visit's.
pub(super) fn is_first(plan: &Plan) -> bool {
    plan.case.as_ref().is_some_and(|case| {
        let first_cycle = case.visit.cycle.is_none_or(|cycle| cycle.get() == 1);
        first_cycle && case.visit.day.is_none_or(|day| day == Day::D1)
    })
}
