//! The course file: the contract's case in one file, with a version and a checksum. Written when the user asks, read back
//! whole or not at all.

use rust_decimal::Decimal;
use serde::Serialize;

use super::field::{ChoiceField as C, DateField as D, NumberField as N, TimeField as T};
use super::number::Entry;
use super::place::{CycleAt, ToxicityAt};
use super::slips;
use super::state::{Action, Walk, reduce};
use crate::engine::assessment::ENGINE;
use crate::engine::calendar::{Date, Moment};
use crate::engine::case::{Baseline, Case, Cycle, CycleLength, Disease, History, LiverTest, Toxicity, Visit};
use crate::engine::json::Node;
use crate::engine::labels::RULES;
use crate::engine::text::plain;
use crate::engine::units::{Given, Quantity, Unit};

/// What every course file calls itself.
const KIND: &str = "inotuzumab-course";
/// The version written, and the newest that is read.
const VERSION: u32 = 1;

/// The file for this case, as text.
#[must_use]
pub fn write(case: &Case) -> String {
    #[derive(Serialize)]
    struct File<'a> {
        kind: &'a str,
        version: u32,
        engine: &'a str,
        rules: &'a str,
        checksum: String,
        case: serde_json::Value,
    }
    let text = case.to_json();
    let case = serde_json::from_str(&text).unwrap_or_default();
    let file = File { kind: KIND, version: VERSION, engine: ENGINE, rules: RULES, checksum: checksum(&text), case };
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

/// Its name: what it holds, and nobody's name.
#[must_use]
pub fn name(case: &Case) -> String {
    let visit = match (case.visit.cycle, case.visit.day) {
        (Some(cycle), Some(day)) => format!("-cycle-{}-day-{}", cycle.get(), day.number()),
        _ => String::new(),
    };
    format!("inotuzumab{visit}-{}.json", case.date)
}

/// Reads a course file.
///
/// # Errors
/// One sentence that says what is wrong with it and what to do. Nothing is taken from a file that is refused.
pub fn read(text: &str) -> Result<Case, String> {
    const FOREIGN: &str = "This is not a course file of this aid. Choose a file that was saved with “Save course”.";
    const DAMAGED: &str =
        "This course file was changed or damaged after it was saved. Use another copy, or type the case.";
    const CUT: &str = "This course file is cut short or damaged. Ask for it again, or type the case.";
    let Ok(Node::Object(members)) = Node::parse(text) else {
        return Err(if was_one(text) { CUT } else { FOREIGN }.to_owned());
    };
    let member = |name: &str| members.iter().find_map(|(known, node)| (known == name).then_some(node));
    if !matches!(member("kind"), Some(Node::Text(kind)) if kind == KIND) {
        return Err(FOREIGN.to_owned());
    }
    match member("version") {
        Some(Node::Number(version)) if version.parse() == Ok(VERSION) => {}
        Some(Node::Number(version)) if version.parse::<u32>().is_ok_and(|version| version > VERSION) => {
            return Err("This course file was saved by a newer version of this aid. Update the aid first.".to_owned());
        }
        _ => return Err(DAMAGED.to_owned()),
    }
    let case = member("case").ok_or_else(|| DAMAGED.to_owned())?;
    let case = Case::from_node(case).map_err(|_| DAMAGED.to_owned())?;
    let sum = checksum(&case.to_json());
    if matches!(member("checksum"), Some(Node::Text(written)) if *written == sum) {
        Ok(case)
    } else {
        Err(DAMAGED.to_owned())
    }
}

/// Whether a text that is no whole course file was one: it is empty, or what is left of it says so.
fn was_one(text: &str) -> bool {
    let left: String = text.chars().filter(|mark| !mark.is_whitespace()).collect();
    let head = format!("{{\"kind\":\"{KIND}\",");
    left.contains(KIND) || (head.starts_with(&left) && left != "{")
}

/// What is in the file of this case, and what is not, in words for whoever hands it on.
#[must_use]
pub fn holds(case: &Case) -> String {
    let patient = &case.patient;
    let visit = Visit { cycle: case.visit.cycle, day: case.visit.day, ..Visit::default() };
    let parts = [
        (true, "the date and the label"),
        (case.visit.cycle.is_some() || case.visit.day.is_some(), "the cycle and day"),
        (patient.sex.is_some(), "the sex"),
        (patient.birth_date.is_some(), "the birth date"),
        (patient.age_years.is_some(), "the age"),
        (patient.height.is_some() || patient.weight.is_some(), "height and weight"),
        (case.disease != Disease::default(), "the disease"),
        (case.history != History::default(), "the history"),
        (!case.cycles.is_empty(), "the earlier cycles with the dates of their doses"),
        (case.visit != visit || case.baseline != Baseline::default(), "results"),
    ];
    let there: Vec<&str> = parts.into_iter().filter(|(there, _)| *there).map(|(_, what)| what).collect();
    let listed = match there.as_slice() {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        all => all.concat(),
    };
    let born = if patient.birth_date.is_some() { " With the birth date it can still point to one." } else { "" };
    format!(
        "One file with {listed}. No name and no number of a person is in it.{born} Keep it where your hospital keeps records."
    )
}

/// CRC-32 of a text, eight hexadecimal digits: it finds slips and damage, and proves no origin.
fn checksum(text: &str) -> String {
    format!("{:08x}", crc32fast::hash(text.as_bytes()))
}

/// The case typed in, box by box. What the page has no box for is named.
///
/// # Errors
/// One sentence that says what the page cannot show.
pub fn walk(case: &Case, today: Option<Date>) -> Result<Walk, String> {
    let mut hand = Hand { walk: Walk::new(today), lost: None };
    // A day far from today is asked about when it is typed; in a file it is what was meant.
    hand.date(D::Visit, Some(case.date));
    hand.act(Action::PickDate(D::Visit, case.date));
    hand.choose(C::Label, Some(case.profile.word()));
    hand.count(C::Cycle, case.visit.cycle.map(|cycle| cycle.get()));
    hand.count(C::Day, case.visit.day.map(|day| day.number().into()));
    hand.patient(case);
    hand.disease(case);
    if case.cycles.len() > CycleAt::COUNT {
        hand.lose("more than six cycles");
    }
    for (at, cycle) in CycleAt::all().zip(&case.cycles) {
        hand.cycle(at, cycle);
    }
    hand.visit(case);
    hand.preparation(case);
    // What is unlikely was asked before it was saved.
    while let Some(asked) = slips::asked(&hand.walk) {
        hand.act(Action::Confirm(asked.text));
    }
    match hand.lost {
        None => Ok(hand.walk),
        Some(what) => Err(format!("This course file holds {what}, which this page cannot show. Nothing was loaded.")),
    }
}

/// A hand that types.
struct Hand {
    walk: Walk,
    /// The first thing there was no box for.
    lost: Option<&'static str>,
}

impl Hand {
    fn act(&mut self, action: Action) {
        self.walk = reduce(std::mem::replace(&mut self.walk, Walk::new(None)), action);
    }

    fn lose(&mut self, what: &'static str) {
        self.lost.get_or_insert(what);
    }

    fn number(&mut self, field: N, value: Option<Decimal>, unit: Option<&'static str>) {
        let Some(value) = value else { return };
        self.act(Action::Type(field, plain(value).to_string()));
        if let Some(unit) = unit {
            self.act(Action::Unit(field, unit));
        }
        if matches!(self.walk.number(field), Entry::Question(_)) {
            self.act(Action::Pick(field, value));
        }
        if self.walk.number(field).value() != Some(value) {
            self.lose("a number beyond what is accepted here");
        }
    }

    fn quantity<U: Unit>(&mut self, field: N, given: Option<Given<U>>) {
        self.number(field, given.map(|given| given.value), given.map(|given| given.unit.ucum()));
    }

    fn liver<U: Unit>(&mut self, field: N, uln: N, test: Option<&LiverTest<U>>) {
        let unit = test.map(|test| test.unit.ucum());
        self.number(field, test.map(|test| test.value), unit);
        self.number(uln, test.and_then(|test| test.uln).map(|uln| uln.decimal()), unit);
    }

    fn choose(&mut self, field: C, code: Option<&str>) {
        let Some(code) = code else { return };
        match field.answers().iter().find(|answer| answer.code == code) {
            Some(answer) => self.act(Action::Choose(field, answer.code)),
            None => self.lose("an answer that is not offered here"),
        }
    }

    fn yes_no(&mut self, field: C, yes: Option<bool>) {
        self.choose(field, yes.map(|yes| if yes { "yes" } else { "no" }));
    }

    fn count(&mut self, field: C, count: Option<u64>) {
        self.choose(field, count.map(|count| count.to_string()).as_deref());
    }

    fn date(&mut self, field: D, date: Option<Date>) {
        if let Some(date) = date {
            self.act(Action::TypeDate(field, date.to_string()));
        }
    }

    fn time(&mut self, field: T, moment: Option<Moment>, visit: Date) {
        let Some(moment) = moment else { return };
        let after = moment.date().days_since(visit);
        if moment.has_offset() || !(0..=1).contains(&after) {
            return self.lose("a time with an offset, or on another day");
        }
        let text = moment.text();
        self.act(Action::TypeTime(field, text.split_once('T').map_or("", |(_, clock)| clock).to_owned()));
        self.act(Action::NextDay(field, after == 1));
    }

    fn patient(&mut self, case: &Case) {
        let patient = &case.patient;
        if let Some(years) = patient.age_years {
            self.choose(C::AgeBy, Some("years"));
            self.number(N::Age, Some(years.get().into()), None);
        }
        self.date(D::Birth, patient.birth_date);
        self.choose(C::Sex, patient.sex.map(|sex| sex.word()));
        self.quantity(N::Height, patient.height);
        self.quantity(N::Weight, patient.weight);
        self.choose(C::Formula, patient.bsa_formula.map(|formula| formula.word()));
        self.yes_no(C::Reproductive, patient.reproductive_potential);
        self.choose(C::Pregnancy, patient.pregnancy.map(|found| found.word()));
        self.yes_no(C::Breastfeeding, patient.breastfeeding);
    }

    fn disease(&mut self, case: &Case) {
        let (disease, history) = (&case.disease, &case.history);
        self.choose(C::Diagnosis, disease.diagnosis.map(|diagnosis| diagnosis.word()));
        self.choose(C::Status, disease.status.map(|status| status.word()));
        if let Some(percent) = disease.cd22_percent {
            self.choose(C::Cd22By, Some("percent"));
            self.number(N::Cd22Percent, Some(percent.decimal()), None);
        }
        self.choose(C::Cd22, disease.cd22.map(|marker| marker.word()));
        self.choose(C::Philadelphia, disease.philadelphia.map(|marker| marker.word()));
        self.number(N::TkiFailed, disease.tki_failed.map(|count| count.get().into()), None);
        self.yes_no(C::Hypersensitivity, history.hypersensitivity);
        self.choose(C::Vod, history.vod.map(|vod| vod.word()));
        self.yes_no(C::SeriousLiver, history.serious_liver_disease);
        self.yes_no(C::Gilbert, history.gilbert_or_hemolysis);
        self.yes_no(C::QtRisk, history.qt_risk);
        self.choose(C::Hsct, case.hsct.map(|plan| plan.word()));
    }

    fn cycle(&mut self, at: CycleAt, cycle: &Cycle) {
        for dose in &cycle.doses {
            self.date(D::dose(at, dose.day), Some(dose.date));
        }
        if at.index() == 0 && cycle.length_days == Some(CycleLength::Days28) {
            self.choose(C::FirstLength, Some("28"));
        }
        self.quantity(N::AncDay1(at), cycle.anc_day1);
        self.quantity(N::PlateletsDay1(at), cycle.platelets_day1);
        self.choose(C::Reduction(at), cycle.reduction.map(|reduction| reduction.word()));
        self.number(N::InterruptionDays(at), cycle.interruption_days.map(|days| days.get().into()), None);
        self.choose(C::Response(at), cycle.response.map(|response| response.word()));
        if let Some(data) = &cycle.assessment {
            self.choose(C::ResponseBy(at), Some("data"));
            self.number(N::MarrowBlasts(at), data.marrow_blasts_percent.map(|percent| percent.decimal()), None);
            self.yes_no(C::Circulating(at), data.circulating_blasts);
            self.yes_no(C::Extramedullary(at), data.extramedullary_disease);
            self.quantity(N::ResponseAnc(at), data.anc);
            self.quantity(N::ResponsePlatelets(at), data.platelets);
        }
        self.choose(C::Mrd(at), cycle.mrd.map(|mrd| mrd.word()));
        if let Some(share) = cycle.mrd_fraction {
            self.choose(C::MrdBy(at), Some("fraction"));
            self.number(N::MrdFraction(at), Some(share.decimal()), None);
        }
    }

    fn visit(&mut self, case: &Case) {
        let visit = &case.visit;
        self.quantity(N::Wbc, visit.wbc);
        self.number(N::BlastPercent, visit.blast_percent.map(|percent| percent.decimal()), None);
        if visit.blasts.is_some() {
            self.choose(C::BlastsBy, Some("count"));
            self.quantity(N::Blasts, visit.blasts);
        }
        self.quantity(N::Anc, visit.anc);
        self.quantity(N::Platelets, visit.platelets);
        self.yes_no(C::PlateletsTransfused, visit.platelets_transfused);
        self.liver(N::Bilirubin, N::BilirubinUln, visit.bilirubin.as_ref());
        self.liver(N::Ast, N::AstUln, visit.ast.as_ref());
        self.liver(N::Alt, N::AltUln, visit.alt.as_ref());
        self.quantity(N::Qtcf, visit.qtcf);
        self.yes_no(C::Electrolytes, visit.electrolytes_checked);
        self.date(D::CountsLowSince, visit.counts_low_since);
        self.choose(C::CountsCause, visit.counts_cause.map(|cause| cause.word()));
        self.yes_no(C::DiseaseStable, visit.disease_stable_or_improved);
        self.yes_no(C::NotRecovering, visit.hepatic_limits_not_recovering);
        if let Some(given) = &visit.premedication {
            self.yes_no(C::Corticosteroid, given.corticosteroid);
            self.yes_no(C::Antipyretic, given.antipyretic);
            self.yes_no(C::Antihistamine, given.antihistamine);
        }
        if visit.toxicities.len() > ToxicityAt::COUNT {
            self.lose("more toxicities than there are boxes");
        }
        for (at, toxicity) in ToxicityAt::all().zip(&visit.toxicities) {
            self.act(Action::AddToxicity);
            self.toxicity(at, toxicity);
        }
        if let Some(held) = &visit.interruption {
            self.yes_no(C::Held, Some(true));
            self.date(D::HeldFrom, held.held_from);
            self.date(D::FitOn, held.fit_on);
        }
        self.quantity(N::BaselineAnc, case.baseline.anc);
        self.quantity(N::BaselinePlatelets, case.baseline.platelets);
        self.quantity(N::BaselineQtcf, case.baseline.qtcf);
    }

    fn toxicity(&mut self, at: ToxicityAt, toxicity: &Toxicity) {
        self.choose(C::ToxicityKind(at), Some(toxicity.kind.word()));
        self.count(C::ToxicityGrade(at), toxicity.grade.map(|grade| grade.get()));
        self.count(C::BaselineGrade(at), toxicity.baseline_grade.map(|grade| grade.get()));
        self.yes_no(C::ToxicityResolved(at), toxicity.resolved);
    }

    fn preparation(&mut self, case: &Case) {
        let Some(given) = &case.preparation else { return };
        self.choose(C::Container, given.container.map(|container| container.word()));
        self.number(N::TotalVolume, given.total_volume_ml.map(|volume| volume.decimal()), None);
        let graduation = given.measure_to_ml.map(|graduation| graduation.volume().decimal().to_string());
        self.choose(C::MeasureTo, graduation.as_deref());
        self.time(T::Reconstituted, given.reconstituted_at, case.date);
        self.time(T::Diluted, given.diluted_at, case.date);
        self.time(T::Started, given.infusion_start, case.date);
        self.time(T::Stopped, given.infusion_paused_at, case.date);
        self.time(T::WentOn, given.infusion_resumed_at, case.date);
        self.time(T::Ended, given.infusion_end, case.date);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::assess;
    use crate::walk::to_case;

    fn example(text: &str) -> Case {
        Case::from_json(text).expect("an example")
    }

    fn examples() -> [Case; 4] {
        [
            include_str!("../../docs/schema/examples/adult-cycle-1-day-1.case.json"),
            include_str!("../../docs/schema/examples/child-syringe.case.json"),
            include_str!("../../docs/schema/examples/cycle-2-day-1-reduced.case.json"),
            // Its times carry an offset, which the page has no box for.
            &include_str!("../../benches/heaviest.json").replace("+02:00", ""),
        ]
        .map(example)
    }

    #[test]
    fn a_file_gives_back_the_case_it_was_made_of() {
        for case in examples() {
            assert_eq!(read(&write(&case)).as_ref(), Ok(&case));
        }
    }

    #[test]
    fn a_loaded_case_is_typed_in_and_answers_the_same() {
        for case in examples() {
            let walk = walk(&case, Some(case.date)).expect("every box is there");
            let typed = to_case(&walk).expect("a case");
            let answer = |case: &Case| serde_json::to_string(&assess(case).expect("an answer")).expect("JSON");
            assert_eq!(answer(&typed), answer(&case));
        }
    }

    #[test]
    fn what_is_damaged_foreign_or_newer_is_refused_in_one_sentence() {
        let good = write(&examples()[0]);
        let changed = |from: &str, to: &str| {
            assert!(good.contains(from), "{from}");
            read(&good.replacen(from, to, 1)).expect_err(to)
        };
        assert!(changed(KIND, "inotuzumab-case").contains("not a course file"));
        assert!(changed("\"version\": 1", "\"version\": 2").contains("newer version"));
        for (from, to) in [
            ("\"value\": 70", "\"value\": 71"),
            ("\"value\": 170", "\"value\": 1700"),
            ("\"version\": 1", "\"version\": \"1\""),
            ("\"checksum\"", "\"sum\""),
            ("\"case\"", "\"kase\""),
            ("\"patient\"", "\"patients\""),
        ] {
            assert!(changed(from, to).contains("changed or damaged"), "{from} -> {to}");
        }
        let cut = good.len() / 2;
        for text in ["null", "[]", "{}", "a picture", "{", "{\"name\": 1"] {
            assert!(read(text).expect_err(text).contains("not a course file"), "{text}");
        }
        // Cut at its end after any part of it, or at its beginning.
        for text in ["", "\n", &good[..9], &good[..20], &good[..cut], &good[..good.len() - 3], &good[1..]] {
            assert!(read(text).expect_err(text).contains("cut short"), "{text}");
        }
    }

    #[test]
    fn what_the_page_has_no_box_for_is_named_and_nothing_is_loaded() {
        let heaviest = example(include_str!("../../benches/heaviest.json"));
        assert!(walk(&heaviest, None).expect_err("offsets").contains("a time with an offset"));
        let late = example(&examples()[0].to_json().replace("\"cycle\":1", "\"cycle\":7"));
        assert!(walk(&late, None).expect_err("cycle 7").contains("an answer that is not offered"));
    }

    #[test]
    fn it_says_what_is_in_it() {
        let [adult, ..] = examples();
        let words = holds(&adult);
        let all = "the date and the label, the cycle and day, the sex, the birth date, height and weight, the disease, \
                   the history and results";
        assert!(words.contains(all) && words.contains("can still point to one"), "{words}");
        let by_age = example(&adult.to_json().replace("\"birth_date\":\"1980-02-29\"", "\"age_years\":46"));
        let words = holds(&by_age);
        assert!(words.contains("the age, height") && !words.contains("birth date"), "{words}");
        let bare = Case::new(adult.profile, adult.date);
        assert!(holds(&bare).starts_with("One file with the date and the label. No name"), "{}", holds(&bare));
    }

    #[test]
    fn its_name_says_what_it_holds_and_whose_it_is_not() {
        assert_eq!(name(&examples()[0]), "inotuzumab-cycle-1-day-1-2026-11-23.json");
    }
}
