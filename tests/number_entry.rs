//! Number entry: a table of typed texts, and what holds for every text.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::str::FromStr;

use inotuzumab::engine::units::{BilirubinUnit, CountUnit, HeightUnit, Unit, WeightUnit};
use inotuzumab::walk::number::{Entry, FieldSpec, QuestionKind, Refusal, quantity, read, read_answered};
use inotuzumab::walk::quantity::{self as fields, Closeness, Field, Typable, Typed, convert};
use proptest::prelude::*;
use rust_decimal::Decimal;

const TABLE: &str = include_str!("cases/number_entry.tsv");

fn set<U: Typable>(field: &Field<U>, ucum: &str) -> Option<FieldSpec> {
    U::from_ucum(ucum).map(|unit| field.spec(unit))
}

fn spec(field: &str, ucum: &str) -> FieldSpec {
    match field {
        "height" => set(&fields::HEIGHT, ucum),
        "weight" => set(&fields::WEIGHT, ucum),
        "age" => set(&fields::AGE, ucum),
        "wbc" => set(&fields::WBC, ucum),
        "blasts" => set(&fields::BLASTS, ucum),
        "anc" => set(&fields::ANC, ucum),
        "platelets" => set(&fields::PLATELETS, ucum),
        "percent" => set(&fields::PERCENT, ucum),
        "fraction" => set(&fields::FRACTION, ucum),
        "bilirubin" => set(&fields::BILIRUBIN, ucum),
        "bilirubin_uln" => set(&fields::BILIRUBIN_ULN, ucum),
        "ast" => set(&fields::AMINOTRANSFERASE, ucum),
        "ast_uln" => set(&fields::AMINOTRANSFERASE_ULN, ucum),
        "qtcf" => set(&fields::QTCF, ucum),
        "volume" => set(&fields::TOTAL_VOLUME, ucum),
        "days" => set(&fields::DAYS, ucum),
        "cycle" => set(&fields::CYCLE, ucum),
        "grade" => set(&fields::GRADE, ucum),
        _ => None,
    }
    .unwrap_or_else(|| panic!("no field {field} in {ucum}"))
}

/// Every field in every unit it can be set to.
fn every_spec() -> Vec<FieldSpec> {
    let rows = TABLE.lines().filter(|line| !line.starts_with("# "));
    let pairs: HashSet<_> = rows
        .filter_map(|line| {
            let mut columns = line.split('\t');
            Some((columns.next()?, columns.next()?))
        })
        .collect();
    pairs.into_iter().map(|(field, unit)| spec(field, unit)).collect()
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match rest.next() {
            Some('t') => out.push('\t'),
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('u') => {
                let code: String = rest.by_ref().take(4).collect();
                out.push(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32).expect("four hex digits"));
            }
            other => panic!("unknown escape {other:?} in {text:?}"),
        }
    }
    out
}

/// The outcome in the words of the table.
fn describe(entry: &Entry) -> String {
    match entry {
        Entry::Empty => "empty".to_owned(),
        Entry::Understood(understood) => format!("= {}", understood.value),
        Entry::Question(question) => {
            let mut out = format!("? {}", question.name());
            if matches!(question.kind, QuestionKind::OtherUnit { .. }) {
                let _ = write!(out, " {}", question.unit.label);
            }
            for reading in &question.readings {
                let _ = write!(out, " {reading}");
            }
            if let QuestionKind::Unusual { other: Some(unit) } = question.kind {
                let _ = write!(out, " ~ {}", unit.label);
            }
            out
        }
        Entry::Refused(refusal) => {
            let mut out = format!("! {}", refusal.name());
            match refusal {
                Refusal::Inexact(character)
                | Refusal::LetterForDigit(character)
                | Refusal::Character(character)
                | Refusal::Hidden(character) => {
                    let _ = write!(out, " {character}");
                }
                Refusal::UnknownUnit { typed, .. } => {
                    let _ = write!(out, " {typed}");
                }
                Refusal::OutOfLimits(limits) => {
                    if let Some(slip) = limits.suggestion {
                        let _ = write!(out, " ~ {} {}", slip.value.normalize(), slip.unit.label);
                    }
                }
                _ => {}
            }
            out
        }
    }
}

#[test]
fn the_table_holds() {
    let mut seen = HashSet::new();
    let mut wrong = String::new();
    let mut count = 0;
    for (number, line) in TABLE.lines().enumerate().filter(|(_, line)| !line.starts_with("# ")) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [field, unit, text, outcome] = columns[..] else {
            panic!("line {} has {} columns, not 4", number + 1, columns.len())
        };
        assert!(seen.insert((field, unit, unescape(text))), "line {} stands there twice", number + 1);
        count += 1;
        let entry = read(&unescape(text), &spec(field, unit));
        let found = describe(&entry);
        if let Entry::Understood(understood) = &entry {
            let again = read(&understood.canonical, &spec(field, unit));
            assert_eq!(again.value(), Some(understood.value), "line {}: {:?}", number + 1, understood.canonical);
        }
        if found != unescape(outcome) {
            let _ = writeln!(
                wrong,
                "line {}: {field} [{unit}] {text:?}: expected {outcome:?}, found {found:?}",
                number + 1
            );
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(count >= 500, "only {count} rows");
}

#[test]
fn every_question_and_refusal_of_the_table_says_what_to_do() {
    for line in TABLE.lines().filter(|line| !line.starts_with("# ")) {
        let columns: Vec<&str> = line.split('\t').collect();
        let text = unescape(columns[2]);
        let entry = read(&text, &spec(columns[0], columns[1]));
        let message = entry.message("This field");
        match entry {
            Entry::Empty | Entry::Understood(_) => assert_eq!(message, None),
            Entry::Question(question) => {
                assert!(!question.readings.is_empty(), "{text:?} is asked without a reading");
                let message = message.unwrap();
                assert!(message.starts_with("This field") && message.contains('?'), "{message}");
            }
            Entry::Refused(_) => {
                let message = message.unwrap();
                assert!(message.starts_with("This field"), "{message}");
                assert!(
                    ["Type", "Check", "Clear", "Did you mean"].iter().any(|word| message.contains(word)),
                    "{message}"
                );
            }
        }
    }
}

/// With plain spaces, as it is easier to write here; that none parts a number from its unit is tested with all other words.
fn unbound(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

#[test]
fn messages_name_field_value_limit_and_the_way_out() {
    let cm = fields::HEIGHT.spec(HeightUnit::Cm);
    let said = |text: &str, spec: &FieldSpec, field: &str| unbound(&read(text, spec).message(field).unwrap());
    assert_eq!(said("17", &cm, "Height"), "Height is 17 cm, below 45 cm. Did you mean 170 cm?");
    assert_eq!(said("1,7", &cm, "Height"), "Height is 1.7 cm, below 45 cm. Did you mean 1.7 m (170 cm)?");
    assert_eq!(said("300", &cm, "Height"), "Height is 300 cm, above 230 cm. Check the number and its unit.");
    assert_eq!(
        said("17", &fields::HEIGHT.spec(HeightUnit::Inch), "Height"),
        "Height is 17 in (43.18 cm), below 45 cm. Check the number and its unit."
    );
    let kg = fields::WEIGHT.spec(WeightUnit::Kg);
    assert_eq!(said("500", &kg, "Weight"), "Weight is 500 kg, above 300 kg. Did you mean 500 lb (226.796185 kg)?");
    assert_eq!(
        said("154 lb", &kg, "Weight"),
        "Weight is typed in lb, but the field is set to kg. Switch the unit to lb?"
    );
    assert_eq!(
        said("-70", &kg, "Weight"),
        "Weight has a minus in front, and it cannot be below 0. Type it without the minus."
    );
    assert_eq!(
        said("70 cm", &kg, "Weight"),
        "Weight has “cm” behind the number, which is no unit of this field. Type it in kg, g, lb."
    );
    assert_eq!(
        said("7\u{200b}0", &kg, "Weight"),
        "Weight has an invisible character in it (U+200B). Clear the field and type the number."
    );
    assert_eq!(
        said("1,456", &kg, "Weight"),
        "Weight may be read as 1.456 kg or 1456 kg. Neither is from 3 to 300 kg. Type it again without grouping."
    );
    let giga = fields::WBC.spec(CountUnit::GigaPerLitre);
    assert_eq!(
        said("1,456", &giga, "WBC"),
        "WBC has a comma that may divide or group. Is it 1.456 × 10⁹/L or 1456 × 10⁹/L? Choose one or type it again without the comma."
    );
    assert_eq!(
        said("9500", &giga, "WBC"),
        "WBC 9500 × 10⁹/L is unusual. Is it 9500 /µL? Switch the unit, or confirm 9500 × 10⁹/L."
    );
    let uln = fields::BILIRUBIN_ULN.spec(BilirubinUnit::MgPerDl);
    assert_eq!(
        said("0", &uln, "Upper limit"),
        "Upper limit is 0 mg/dL, and must be above 0 mg/dL. Check the number and its unit."
    );
}

#[test]
fn the_echo_is_written_like_a_drug_order() {
    let echo = |text: &str, spec: FieldSpec| match read(text, &spec) {
        Entry::Understood(understood) => unbound(&understood.echo()),
        other => panic!("{text:?} is {other:?}"),
    };
    assert_eq!(echo("70.0", fields::WEIGHT.spec(WeightUnit::Kg)), "70 kg");
    assert_eq!(echo(",50", fields::BILIRUBIN.spec(BilirubinUnit::MgPerDl)), "0.5 mg/dL");
    assert_eq!(echo("4,5 G/L", fields::WBC.spec(CountUnit::GigaPerLitre)), "4.5 × 10⁹/L");
    assert_eq!(echo("9500", fields::WBC.spec(CountUnit::PerCubicMillimetre)), "9500 /mm³");
    assert_eq!(echo("15000", fields::WBC.spec(CountUnit::PerCubicMillimetre)), "15,000 /mm³");
    assert_eq!(echo("150000", fields::PLATELETS.spec(CountUnit::PerMicrolitre)), "150,000 /µL");
    assert_eq!(echo("1234567.25", fields::PLATELETS.spec(CountUnit::PerMicrolitre)), "1,234,567.25 /µL");
    assert_eq!(echo("2", set(&fields::CYCLE, "1").unwrap()), "2");
}

#[test]
fn only_an_offered_reading_answers_a_question() {
    let giga = fields::WBC.spec(CountUnit::GigaPerLitre);
    let value = |text: &str, answer: &str| read_answered(text, &giga, Decimal::from_str(answer).unwrap()).value();
    assert_eq!(value("1,456", "1.456"), Some(Decimal::new(1456, 3)));
    assert_eq!(value("1,456", "1456"), Some(Decimal::from(1456)));
    assert_eq!(value("1,456", "14.56"), None);
    assert_eq!(value("9500", "9500"), Some(Decimal::from(9500)));
    // A change of unit is no reading: the field must be switched.
    assert_eq!(value("4500 /µL", "4500"), None);
    // An answer to another text has no say in this one.
    assert_eq!(value("4.5", "1456"), Some(Decimal::new(45, 1)));
    assert_eq!(value("-5", "5"), None);
}

#[test]
fn switching_the_unit_keeps_the_text_and_reads_it_anew() {
    let mut weight = Typed::new(WeightUnit::Kg);
    weight.type_text("154 lb ".to_owned());
    assert_eq!(weight.read(&fields::WEIGHT).value(), None);
    assert_eq!(weight.proposed_unit(&fields::WEIGHT), Some(WeightUnit::Pound));
    weight.switch(WeightUnit::Pound);
    assert_eq!(weight.text(), "154 lb ");
    assert_eq!(weight.read(&fields::WEIGHT).value(), Some(Decimal::from(154)));
    assert_eq!(unbound(&weight.in_sight(&fields::WEIGHT).unwrap().to_string()), "≈ 69.85 kg");

    let mut count = Typed::new(CountUnit::GigaPerLitre);
    count.type_text("9500".to_owned());
    assert_eq!(count.proposed_unit(&fields::WBC), Some(CountUnit::PerMicrolitre));
    count.choose(Decimal::from(9500));
    assert_eq!(count.read(&fields::WBC).value(), Some(Decimal::from(9500)));
    count.switch(CountUnit::PerCubicMillimetre);
    assert_eq!(count.answer(), None);
    assert_eq!(unbound(&count.in_sight(&fields::WBC).unwrap().to_string()), "= 9.5 × 10⁹/L");
    count.choose(Decimal::from(9500));
    count.type_text("9501".to_owned());
    assert_eq!(count.answer(), None);
}

#[test]
fn conversions_say_whether_they_are_exact() {
    fn line<U: Typable>(value: &str, from: U, to: U) -> String {
        unbound(&convert(Decimal::from_str(value).unwrap(), from, to).unwrap().to_string())
    }
    assert_eq!(line("1.7", HeightUnit::M, HeightUnit::Cm), "= 170 cm");
    assert_eq!(line("67", HeightUnit::Inch, HeightUnit::Cm), "= 170.18 cm");
    assert_eq!(line("170", HeightUnit::Cm, HeightUnit::Inch), "≈ 66.93 in");
    assert_eq!(line("154", WeightUnit::Pound, WeightUnit::Kg), "≈ 69.85 kg");
    assert_eq!(line("3500", WeightUnit::G, WeightUnit::Kg), "= 3.5 kg");
    assert_eq!(line("4.512", CountUnit::GigaPerLitre, CountUnit::PerCubicMillimetre), "= 4512 /mm³");
    assert_eq!(line("150000", CountUnit::PerMicrolitre, CountUnit::GigaPerLitre), "= 150 × 10⁹/L");
    assert_eq!(line("0.1", CountUnit::PerMicrolitre, CountUnit::GigaPerLitre), "= 0.0001 × 10⁹/L");
    assert_eq!(line("0.01", CountUnit::PerMicrolitre, CountUnit::GigaPerLitre), "below 0.01 × 10⁹/L");
    assert_eq!(line("1", BilirubinUnit::MgPerDl, BilirubinUnit::UmolPerL), "≈ 17.1 µmol/L");
    assert_eq!(line("1.8", BilirubinUnit::MgPerDl, BilirubinUnit::UmolPerL), "≈ 30.78 µmol/L");
    assert_eq!(line("17.1", BilirubinUnit::UmolPerL, BilirubinUnit::MgPerDl), "≈ 1 mg/dL");
    // Half a step goes away from zero: 0.855.
    assert_eq!(line("0.05", BilirubinUnit::MgPerDl, BilirubinUnit::UmolPerL), "≈ 0.86 µmol/L");
    assert_eq!(line("0.05", BilirubinUnit::UmolPerL, BilirubinUnit::MgPerDl), "below 0.01 mg/dL");
    assert_eq!(line("0", BilirubinUnit::UmolPerL, BilirubinUnit::MgPerDl), "= 0 mg/dL");
}

#[test]
fn every_unit_is_read_by_its_code_and_by_its_label() {
    fn both<U: Typable>(field: &Field<U>) {
        for unit in U::ALL.iter().copied() {
            let spec = field.spec(unit);
            for name in [unit.ucum(), unit.label()] {
                let Entry::Understood(understood) = read(&format!("100 {name}"), &spec) else {
                    // Out of the limits in this unit is fine; not knowing the unit is not.
                    let refused = read(&format!("100 {name}"), &spec);
                    assert!(!describe(&refused).contains("unknown_unit"), "{name} is {refused:?}");
                    continue;
                };
                assert_eq!(understood.pasted.map(|unit| unit.ucum), Some(unit.ucum()));
            }
        }
    }
    both(&fields::HEIGHT);
    both(&fields::WEIGHT);
    both(&fields::WBC);
    both(&fields::BILIRUBIN);
    both(&fields::AMINOTRANSFERASE);
    both(&fields::QTCF);
    both(&fields::PERCENT);
    both(&fields::TOTAL_VOLUME);
}

#[test]
fn a_spelling_means_one_unit() {
    for spec in every_spec() {
        let mut seen = HashSet::new();
        for spelling in spec.units.iter().flat_map(|unit| unit.spellings) {
            assert!(
                seen.insert(spelling.to_lowercase()) || spelling.contains("/L") || spelling.contains("/l"),
                "{spelling}"
            );
        }
    }
}

/// Characters from all over, weighted towards what stands on keys and in pastes.
fn any_text() -> impl Strategy<Value = String> {
    let pieces = "0123456789.,'’ -−+eE×x^*/%~<>±½\u{a0}\u{202f}\u{2009}\u{200b}\u{200e}\u{200f}\u{202e}\u{feff}٠١٥٫٬۰۵०५０５．，kglbcmµμLUOlin\"′″⁹³\t\n";
    let alphabet: Vec<char> = pieces.chars().collect();
    let unit =
        prop::sample::select(vec![" kg", "lb", " cm", "\"", " ×10⁹/L", "/µL", "/mm³", " mg/dL", " µmol/L", "%", " ms"]);
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(alphabet), 0..12).prop_map(String::from_iter),
        2 => ("[0-9]{1,7}[.,]?[0-9]{0,4}", unit).prop_map(|(number, unit)| number + unit),
        1 => any::<String>(),
    ]
}

fn a_spec() -> impl Strategy<Value = FieldSpec> {
    prop::sample::select(every_spec())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any text has an outcome, and any outcome its words.
    #[test]
    fn nothing_typed_panics(text in any_text(), spec in a_spec(), answer in any::<i64>()) {
        let entry = read(&text, &spec);
        let _ = (entry.message("Field"), read_answered(&text, &spec, Decimal::from(answer)));
        prop_assert_eq!(read(&text, &spec), entry);
    }

    /// What was understood, typed again in plain digits, is the same number; so is its echo.
    #[test]
    fn canonical_text_is_understood_as_the_same(text in any_text(), spec in a_spec()) {
        if let Entry::Understood(first) = read(&text, &spec) {
            let again = read(&first.canonical, &spec);
            prop_assert_eq!(again.value(), Some(first.value), "{:?} gives {:?}", text, first.canonical);
            let echoed = read(&first.echo(), &spec);
            let asked = matches!(&echoed, Entry::Question(question) if question.name() == "grouping");
            prop_assert!(asked || echoed.value() == Some(first.value), "{:?} gives {:?}", text, first.echo());
        }
    }

    /// A value is never understood outside the limits of its field.
    #[test]
    fn what_is_understood_lies_inside_the_limits(text in any_text()) {
        for unit in HeightUnit::ALL.iter().copied() {
            if let Some(value) = read(&text, &fields::HEIGHT.spec(unit)).value() {
                let cm = value * unit.in_base();
                prop_assert!(cm >= Decimal::from(45) && cm <= Decimal::from(230), "{text:?} is {cm} cm");
            }
        }
        for unit in WeightUnit::ALL.iter().copied() {
            if let Some(value) = read(&text, &fields::WEIGHT.spec(unit)).value() {
                let kg = value * unit.in_base();
                prop_assert!(kg >= Decimal::from(3) && kg <= Decimal::from(300), "{text:?} is {kg} kg");
            }
        }
    }

    /// One visible character slipped into plain digits never makes another number in silence. A decimal mark is meant to: then
    /// the number is the digits with the point there.
    #[test]
    fn one_stray_character_never_changes_the_number_in_silence(
        digits in "[1-9][0-9]{0,6}", at in 0usize..8, stray in any::<char>(), common in any_text(), spec in a_spec(),
    ) {
        let Some(before) = read(&digits, &spec).value() else { return Ok(()) };
        let at = at.min(digits.len());
        for stray in std::iter::once(stray).chain(common.chars().take(1)) {
            if stray.is_numeric() || stray.is_control() {
                continue;
            }
            let text = format!("{}{stray}{}", &digits[..at], &digits[at..]);
            let Some(after) = read(&text, &spec).value() else { continue };
            if ".,．，٫".contains(stray) {
                let pointed = format!("0{}.{}0", &digits[..at], &digits[at..]);
                prop_assert_eq!(after, Decimal::from_str(&pointed).unwrap(), "{:?}", text);
            } else {
                prop_assert_eq!(after, before, "{:?}", text);
            }
        }
    }

    /// Decimal to text to decimal, with dot and with comma.
    #[test]
    fn a_written_decimal_is_read_back(mantissa in 0i64..1_000_000_000_000, scale in 3u32..12) {
        let value = Decimal::new(mantissa, scale).normalize();
        let spec = fields::TOTAL_VOLUME.spec(fields::VolumeUnit::Ml);
        let text = value.to_string();
        let dotted = read(&text, &spec);
        if value.is_zero() || value >= Decimal::from(10_000_000_000_i64) {
            prop_assert_eq!(dotted.value(), None);
        } else {
            prop_assert_eq!(dotted.value(), Some(value), "{}", text);
            match read(&text.replace('.', ","), &spec) {
                Entry::Question(question) => prop_assert!(question.readings.contains(&value)),
                comma => prop_assert_eq!(comma.value(), Some(value)),
            }
            prop_assert_eq!(read(&quantity(value, spec.unit), &spec).value(), Some(value));
        }
    }

    /// Any conversion there is a line for can be shown, and an exact one goes back to what was typed.
    #[test]
    fn an_exact_conversion_goes_back(mantissa in 0i64..1_000_000_000, scale in 0u32..4) {
        let value = Decimal::new(mantissa, scale);
        for from in CountUnit::ALL.iter().copied() {
            let there = convert(value, from, from.counterpart()).unwrap();
            if there.closeness == Closeness::Exact {
                prop_assert_eq!(there.value * there.unit.in_base(), value * from.in_base());
            }
        }
    }
}
