//! The fingerprint of a case: eight letters that stand on every sheet. Who types the same case again under the same rules
//! gets the same eight, in every browser.
//!
//! It covers what the dose and its preparation rest on, as understood, with the edition of the rules and the version of the
//! engine. It does not cover the times of the work: the clock runs on while the order stays the same order. Of a birth
//! date it covers the age at the visit. `docs/decisions/0014-fingerprint.md` says why.

use std::fmt;

use sha2::{Digest, Sha256};

use super::letters;
use crate::engine::assessment::ENGINE;
use crate::engine::case::{BsaFormula, Case, Container, Cycle, CycleLength, Patient, Preparation, Toxicity};
use crate::engine::facts::age_at;
use crate::engine::labels::{RULES, dosing};
use crate::engine::units::{Count, CountUnit, Height, HeightUnit, Quantity, Weight, WeightUnit};
use crate::engine::{Positive, Whole};

/// How the text that is hashed is made; another number is another fingerprint for every case.
const EDITION: &str = "inotuzumab-fingerprint-1";
/// Letters of the hash; one more checks them.
const HASHED: usize = 7;

/// Seven letters of the hash and one that checks them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; HASHED + 1]);

impl Fingerprint {
    /// The fingerprint of a case under the rules and the engine as they are.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        Self::under(case, RULES, ENGINE)
    }

    fn under(case: &Case, rules: &str, engine: &str) -> Self {
        let text = [EDITION, rules, engine, &as_meant(case).to_json()].join("\n");
        let hash = Sha256::digest(text);
        let bits = hash.iter().take(5).fold(0_u64, |all, byte| all << 8 | u64::from(*byte));
        let mut all = [0; HASHED + 1];
        for (at, place) in all.iter_mut().take(HASHED).enumerate() {
            // Five bits each, from the top of the forty.
            *place = u8::try_from(bits >> (35 - 5 * at) & 31).unwrap_or_default();
        }
        let check = remainder(&all);
        if let Some(last) = all.last_mut() {
            *last = check;
        }
        Self(all)
    }

    /// Reads a fingerprint as somebody wrote it; `None` where the letters do not check.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let values = text.chars().filter(|letter| !letters::parts(*letter)).map(letters::value);
        let all: [u8; HASHED + 1] = values.collect::<Option<Vec<u8>>>()?.try_into().ok()?;
        (remainder(&all) == 0).then_some(Self(all))
    }

    /// Its letters without the hyphen.
    #[must_use]
    pub fn letters(self) -> String {
        self.0.iter().map(|value| letters::letter(*value)).collect()
    }
}

impl fmt::Display for Fingerprint {
    /// `ABCD-EFGH`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = self.letters();
        let (front, back) = letters.split_at(letters.len() / 2);
        write!(f, "{front}-{back}")
    }
}

/// The letters taken as the digits of a number to the base α in the field of 32 elements (x⁵ + x² + 1, α = x): zero for a
/// fingerprint that checks. A wrong letter adds its error times a power of α, two letters swapped add their difference times
/// α + 1 and a power of α: neither is ever zero.
fn remainder(all: &[u8]) -> u8 {
    let times_alpha = |value: u8| if value & 16 == 0 { value << 1 } else { value << 1 ^ 0b10_0101 };
    all.iter().fold(0, |sum, value| times_alpha(sum) ^ value)
}

/// The case as it was meant: quantities that are converted anyway in one unit, what the contract takes as its default written
/// out, age for birth date, no times, toxicities in one order. How a number was spelt is gone with reading it.
fn as_meant(case: &Case) -> Case {
    let mut case = without_birth_date(case);
    case.patient.height = case.patient.height.map(in_centimetres);
    case.patient.weight = case.patient.weight.map(in_kilograms);
    case.patient.bsa_formula = case.patient.bsa_formula.or(Some(BsaFormula::Mosteller));
    for count in [
        &mut case.baseline.anc,
        &mut case.baseline.platelets,
        &mut case.visit.wbc,
        &mut case.visit.blasts,
        &mut case.visit.anc,
        &mut case.visit.platelets,
    ] {
        *count = count.map(in_giga_per_litre);
    }
    for (index, cycle) in case.cycles.iter_mut().enumerate() {
        cycle_as_meant(cycle, index == 0);
    }
    for toxicity in &mut case.visit.toxicities {
        toxicity.resolved = toxicity.resolved.or(Some(false));
        toxicity.baseline_grade = toxicity.baseline_grade.or(Whole::new(0));
    }
    let order =
        |Toxicity { kind, grade, baseline_grade, resolved }: &Toxicity| (*kind, *grade, *baseline_grade, *resolved);
    case.visit.toxicities.sort_by_key(order);
    case.preparation = Some(preparation_as_meant(case.preparation.unwrap_or_default()));
    case
}

/// The same case with the age at the visit in place of the birth date: the day of birth helps to find out who it is, and
/// nothing rests on it but the age.
#[must_use]
pub fn without_birth_date(case: &Case) -> Case {
    let mut case = case.clone();
    if case.patient.birth_date.is_some() {
        let age_years = age_at(&case.patient, case.date).and_then(Whole::new);
        case.patient = Patient { birth_date: None, age_years, ..case.patient };
    }
    case
}

fn cycle_as_meant(cycle: &mut Cycle, first: bool) {
    let usual = if first { CycleLength::Days21 } else { CycleLength::Days28 };
    cycle.length_days = cycle.length_days.or(Some(usual));
    cycle.anc_day1 = cycle.anc_day1.map(in_giga_per_litre);
    cycle.platelets_day1 = cycle.platelets_day1.map(in_giga_per_litre);
    if let Some(data) = &mut cycle.assessment {
        data.anc = data.anc.map(in_giga_per_litre);
        data.platelets = data.platelets.map(in_giga_per_litre);
    }
}

fn preparation_as_meant(given: Preparation) -> Preparation {
    let container = given.container.unwrap_or(Container::Bag);
    let usual = || (container == Container::Bag).then(|| Positive::new(dosing::BAG.decimal())).flatten();
    Preparation {
        container: Some(container),
        total_volume_ml: given.total_volume_ml.or_else(usual),
        reconstituted_at: None,
        diluted_at: None,
        infusion_start: None,
        infusion_paused_at: None,
        infusion_resumed_at: None,
        infusion_end: None,
        // Whatever else is said of it counts, also what is still to be thought of.
        ..given
    }
}

fn in_centimetres(height: Height) -> Height {
    Height { value: height.centimetres().decimal(), unit: HeightUnit::Cm }
}

fn in_kilograms(weight: Weight) -> Weight {
    Weight { value: weight.kilograms().decimal(), unit: WeightUnit::Kg }
}

fn in_giga_per_litre(count: Count) -> Count {
    Count { value: count.giga_per_litre().decimal(), unit: CountUnit::GigaPerLitre }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::{Decimal, dec};
    use serde_json::Value;

    use super::*;
    use crate::engine::Case;
    use crate::walk;

    mod golden {
        include!("../../tests/fingerprints/golden.rs");
    }

    fn case(text: &str) -> Case {
        Case::from_json(text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    fn heaviest() -> &'static str {
        include_str!("../../benches/heaviest.json")
    }

    #[test]
    fn the_same_case_has_the_same_fingerprint_everywhere() {
        let found = golden::CASES.map(|(name, text, _)| (name, Fingerprint::of(&case(text)).to_string()));
        let written = golden::CASES.map(|(name, _, written)| (name, written.to_owned()));
        assert_eq!(found, written);
        assert!(written.iter().all(|(_, written)| Fingerprint::read(written).is_some()));
    }

    #[test]
    fn the_check_letter_finds_every_wrong_letter_and_every_swap_of_neighbours() {
        for (_, text, _) in golden::CASES {
            let right = Fingerprint::of(&case(text)).0;
            let checks = |all: [u8; HASHED + 1]| remainder(&all) == 0;
            assert!(checks(right));
            for at in 0..right.len() {
                for wrong in (0..32).filter(|wrong| *wrong != right[at]) {
                    let mut all = right;
                    all[at] = wrong;
                    assert!(!checks(all), "{right:?} {at} {wrong}");
                }
            }
        }
        // Every pair of different letters at every place, the rest whatever it takes to check.
        for at in 0..HASHED {
            for (one, other) in (0..32).flat_map(|one| (0..32).map(move |other| (one, other))) {
                let mut all = [7, 30, 1, 0, 22, 13, 9, 0];
                (all[at], all[at + 1]) = (one, other);
                let free = if at == HASHED - 1 { 0 } else { HASHED };
                let Some(value) = (0..32).find(|value| {
                    all[free] = *value;
                    remainder(&all) == 0
                }) else {
                    panic!("no letter makes {all:?} check")
                };
                all[free] = value;
                all.swap(at, at + 1);
                assert_eq!(remainder(&all) == 0, one == other, "{all:?} at {at}");
            }
        }
    }

    #[test]
    fn it_is_read_as_people_write_it_and_refused_when_it_does_not_check() {
        let right = Fingerprint::of(&case(heaviest()));
        let text = right.to_string();
        for written in [text.to_lowercase(), text.replace('-', " "), text.replace('-', ""), text.replace('0', "O")] {
            assert_eq!(Fingerprint::read(&written), Some(right), "{written}");
        }
        for written in ["", "ABCD", &text[..8], &format!("{text}0"), &text.replace('-', "<")] {
            assert_eq!(Fingerprint::read(written), None, "{written}");
        }
    }

    /// Every value of a JSON tree, by its path.
    fn leaves(node: &Value, path: &str) -> Vec<String> {
        match node {
            Value::Object(members) => {
                members.iter().flat_map(|(name, node)| leaves(node, &format!("{path}/{name}"))).collect()
            }
            Value::Array(items) => {
                items.iter().enumerate().flat_map(|(at, node)| leaves(node, &format!("{path}/{at}"))).collect()
            }
            _ => vec![path.to_owned()],
        }
    }

    /// Other values of the same kind; those that the reader refuses are of no use.
    fn others(value: &Value) -> Vec<Value> {
        let words = [
            "us",
            "eu",
            "male",
            "female",
            "cm",
            "kg",
            "g",
            "10*9/L",
            "/mm3",
            "mg/dL",
            "umol/L",
            "none",
            "vod",
            "resolved",
            "severe",
            "positive",
            "negative",
            "unknown",
            "relapsed",
            "refractory",
            "planned",
            "not_planned",
            "boyd",
            "haycock",
            "bag",
            "syringe",
            "drug",
            "disease",
            "minus_25_percent",
            "two_doses",
            "pregnant",
            "other",
            "severe_liver",
            "b_cell_precursor_all",
            "2026-11-22",
            "2027-05-02",
            "2026-12-01",
        ];
        match value {
            Value::Bool(yes) => vec![Value::Bool(!yes)],
            Value::Number(number) => {
                let number: Decimal = number.to_string().parse().expect("a decimal");
                let tiny = Decimal::new(1, 9);
                [number + dec!(1), number + tiny, dec!(0.1), dec!(1), dec!(8), dec!(15), dec!(21)]
                    .into_iter()
                    .filter(|other| *other != number)
                    .map(|other| serde_json::from_str(&other.to_string()).expect("a number"))
                    .collect()
            }
            Value::String(text) => {
                words.into_iter().filter(|word| word != text).map(|word| Value::String(word.to_owned())).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Six cycles with every member, also those that an older case does not have.
    fn whole() -> Value {
        let mut whole: Value = serde_json::from_str(heaviest()).expect("JSON");
        let preparation = &mut whole["preparation"];
        preparation["measure_to_ml"] = serde_json::from_str("0.05").expect("a number");
        preparation["infusion_paused_at"] = "2027-05-03T15:10+02:00".into();
        preparation["infusion_resumed_at"] = "2027-05-03T15:20+02:00".into();
        whole
    }

    #[test]
    fn every_member_of_the_contract_is_tried() {
        let schema: Value = serde_json::from_str(include_str!("../../docs/schema/case.schema.json")).expect("JSON");
        fn named<'v>(node: &'v Value, found: &mut Vec<&'v str>) {
            if let Some(members) = node.get("properties").and_then(Value::as_object) {
                found.extend(members.keys().map(String::as_str));
            }
            for inner in node.as_object().into_iter().flat_map(|members| members.values()) {
                named(inner, found);
            }
            node.as_array().into_iter().flatten().for_each(|inner| named(inner, found));
        }
        let mut members = Vec::new();
        named(&schema, &mut members);
        assert!(members.len() > 60, "{members:?}");
        // Alternatives to what stands there; the fingerprints of other cases hold them.
        let others = ["age_years", "cd22", "blasts", "response", "mrd"];
        let tried = whole().to_string();
        for member in members.iter().filter(|member| !others.contains(member)) {
            assert!(tried.contains(&format!("\"{member}\":")), "{member} is new: add it to the case that is tried");
        }
    }

    #[test]
    fn no_value_can_change_without_it_and_the_times_alone_can() {
        let whole = whole();
        let before = Fingerprint::of(&case(&whole.to_string()));
        let mut tried = 0;
        for path in leaves(&whole, "").iter().filter(|path| *path != "/schema" && *path != "/patient/birth_date") {
            let value = whole.pointer(path).expect("a leaf");
            let mut here = 0;
            for other in others(value) {
                let mut changed = whole.clone();
                *changed.pointer_mut(path).expect("a leaf") = other.clone();
                let Ok(changed) = Case::from_json(&changed.to_string()) else { continue };
                // One of two names of the same unit is no change.
                let same = [["/mm3", "/uL"], ["10*3/uL", "10*9/L"]];
                let renamed =
                    same.iter().any(|names| [value, &other].iter().all(|unit| names.iter().any(|name| *unit == name)));
                assert_eq!(Fingerprint::of(&changed) == before, renamed, "{path}: {value} -> {other}");
                here += 1;
            }
            let only = ["_at", "_start", "_end", "qtcf/unit", "ast/unit", "alt/unit"];
            assert!(here > 0 || only.iter().any(|end| path.ends_with(end)), "{path} was never changed");
            tried += here;
        }
        assert!(tried > 300, "{tried}");
        let mut timeless = whole;
        timeless["preparation"]
            .as_object_mut()
            .expect("a group")
            .retain(|name, _| !name.ends_with("_at") && !name.starts_with("infusion_"));
        let timeless = case(&timeless.to_string());
        assert!(timeless.preparation.as_ref().is_some_and(|left| left.container.is_some()));
        assert_eq!(Fingerprint::of(&timeless), before);
    }

    #[test]
    fn a_value_left_out_is_another_case_but_for_the_defaults_of_the_contract() {
        let whole = whole();
        let before = Fingerprint::of(&case(&whole.to_string()));
        let default = |path: &str| {
            path.starts_with("/preparation/") && !path.ends_with("_ml")
                || path == "/visit/toxicities/0/baseline_grade"
                || path.ends_with("/2/baseline_grade")
                || path.ends_with("/resolved") && !path.contains("/0/")
        };
        for path in leaves(&whole, "") {
            let mut less = whole.clone();
            *less.pointer_mut(&path).expect("a leaf") = Value::Null;
            let Ok(less) = Case::from_json(&less.to_string()) else { continue };
            assert_eq!(Fingerprint::of(&less) == before, default(&path), "{path}");
        }
    }

    #[test]
    fn typed_again_in_any_way_it_is_the_same() {
        for text in [golden::CASES[0].1, &heaviest().replace("+02:00", "")] {
            let once = case(text);
            let before = Fingerprint::of(&once);
            let typed = |case: &Case| {
                let walk = walk::file::walk(case, Some(case.date)).expect("every box is there");
                walk::to_case(&walk).expect("a case")
            };
            // What the page asks on other days only, it leaves out.
            let asked = typed(&once);
            assert_eq!(Fingerprint::of(&typed(&asked)), Fingerprint::of(&asked), "typed into the page");
            // Another order of members, another spelling of numbers, members that are absent written out.
            let sorted: Value = serde_json::from_str(text).expect("JSON");
            let spelt = sorted.to_string().replace(":70,", ":70.0,").replace(":70}", ":7.0e1}");
            assert_eq!(Fingerprint::of(&case(&spelt)), before, "{spelt}");
            let mut absent = sorted;
            absent["patient"]["age_years"] = Value::Null;
            assert_eq!(Fingerprint::of(&case(&absent.to_string())), before, "{absent}");
        }
    }

    #[test]
    fn the_order_of_toxicities_and_the_day_of_birth_mean_nothing() {
        let before = Fingerprint::of(&case(heaviest()));
        let mut other = case(heaviest());
        other.visit.toxicities.reverse();
        assert_eq!(Fingerprint::of(&other), before);
        assert_eq!(Fingerprint::of(&without_birth_date(&case(heaviest()))), before);
        assert_ne!(Fingerprint::of(&case(&heaviest().replace("1956-02-29", "1957-02-28"))), before);
    }

    #[test]
    fn other_rules_or_another_engine_are_another_fingerprint() {
        let case = case(heaviest());
        let all = [("2026-11", "0.1.0"), ("2026-12", "0.1.0"), ("2026-11", "0.1.1")];
        let [one, rules, engine] = all.map(|(rules, engine)| Fingerprint::under(&case, rules, engine));
        assert!(one != rules && one != engine && rules != engine);
    }

    proptest! {
        #[test]
        fn two_bodies_share_it_only_when_they_are_the_same(
            cm in 450_u32..=2300, kg in 30_u32..=3000, other_cm in 450_u32..=2300, other_kg in 30_u32..=3000, same in any::<bool>()
        ) {
            let written = |cm: u32, kg: u32| {
                let height = format!("\"height\":{{\"value\":{}.{},\"unit\":\"cm\"}}", cm / 10, cm % 10);
                let weight = format!("\"weight\":{{\"value\":{kg}00,\"unit\":\"g\"}}");
                case(&format!("{{\"schema\":1,\"profile\":\"us\",\"date\":\"2026-11-23\",\"patient\":{{{height},{weight}}}}}"))
            };
            let metres = |cm: u32, kg: u32| {
                let height = format!("\"height\":{{\"unit\":\"m\",\"value\":{}.{:03}}}", cm / 1000, cm % 1000);
                let weight = format!("\"weight\":{{\"unit\":\"kg\",\"value\":{}.{}}}", kg / 10, kg % 10);
                case(&format!("{{\"patient\":{{{weight},{height}}},\"date\":\"2026-11-23\",\"profile\":\"us\",\"schema\":1}}"))
            };
            let (other_cm, other_kg) = if same { (cm, kg) } else { (other_cm, other_kg) };
            let (one, other) = (Fingerprint::of(&written(cm, kg)), Fingerprint::of(&metres(other_cm, other_kg)));
            prop_assert_eq!(one == other, (cm, kg) == (other_cm, other_kg));
            prop_assert_eq!(Fingerprint::read(&one.to_string()), Some(one));
        }
    }
}
