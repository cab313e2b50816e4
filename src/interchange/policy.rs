//! What a hospital sets: `config.json` beside the page. It is read whole or not at all, and it can only choose among what the label and
//! the engine allow: there is no member for a limit, a dose or a rule.

use serde::{Serialize, Serializer};

use crate::engine::calendar::Date;
use crate::engine::case::{BsaFormula, Graduation, Profile, Schema};
use crate::engine::error::{CaseError, Fault};
use crate::engine::json::Node;
use crate::engine::reading::{Faults, Path, Positive, Read, Whole, parsed, records, words};
use crate::engine::shape::{Describe, Shape, named};
use crate::engine::text::grouped;

/// A longer file is refused unread.
pub const AT_MOST: usize = 64 * 1024;

words! {
    /// Light or dark.
    Theme {
        /// As the device is set.
        Auto = "auto",
        /// Dark on light.
        Light = "light",
        /// Light on dark.
        Dark = "dark",
    }
    /// A class of premedication that the label asks for.
    PremedicationClass {
        /// Corticosteroid.
        Corticosteroid = "corticosteroid",
        /// Antipyretic.
        Antipyretic = "antipyretic",
        /// Antihistamine.
        Antihistamine = "antihistamine",
    }
    /// A unit of a drug's dose.
    DoseUnit {
        /// Milligrams.
        Mg = "mg",
        /// Grams.
        G = "g",
        /// Milligrams for each kilogram of body weight.
        MgPerKg = "mg/kg",
        /// Milligrams for each square meter of body surface.
        MgPerM2 = "mg/m2",
    }
    /// How a drug is given.
    Route {
        /// By mouth.
        Oral = "oral",
        /// Into a vein.
        Intravenous = "intravenous",
    }
}

records! {
    /// The file `config.json` beside the page.
    Config {
        /// The version of this file: 1.
        group schema: Schema,
        /// Pages of these origins may show the aid in a frame and speak with it.
        list origins: Origin,
        /// Light, dark, or as the device is set; absent means as the device is set.
        may theme: Theme,
        /// The local policy.
        may policy: Policy,
    }
    /// What a hospital decided within the label. Every value is shown with its name and date.
    Policy {
        /// Whose it is.
        need name: Words,
        /// The day from which it holds.
        need date: Date,
        /// The last day on which it holds.
        need expires: Date,
        /// The label that is followed.
        may profile: Profile,
        /// The formula for body surface area.
        may bsa_formula: BsaFormula,
        /// The volume to withdraw is measured to this, mL.
        may measure_to_ml: Graduation,
        /// Drugs before each dose; of each class that the label asks for at least one.
        list premedication: LocalDrug,
        /// Whom the patient calls.
        list contacts: Contact,
    }
    /// A drug before the dose. The aid shows it and computes nothing with it.
    LocalDrug {
        /// Its class.
        need class: PremedicationClass,
        /// Its name.
        need drug: ShortWords,
        /// How much.
        need dose: DrugDose,
        /// By which way.
        need route: Route,
        /// Minutes before the infusion begins.
        need minutes_before: Whole<0, 1440>,
    }
    /// How much of a drug.
    DrugDose {
        /// The number, in `unit`.
        need value: Positive,
        /// The unit.
        need unit: DoseUnit,
    }
    /// Whom the patient calls.
    Contact {
        /// When, as the patient reads it: `By day`.
        need when: ShortWords,
        /// Who answers.
        need name: ShortWords,
        /// The number to call.
        need telephone: Telephone,
    }
}

/// A text of the file that is kept as it is.
macro_rules! texts {
    ($($(#[doc = $doc:literal])* $name:ident, $accepted:literal, $parse:ident;)+) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// As it was written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Read for $name {
            fn read(node: &Node, at: &Path, faults: &mut Faults) -> Option<Self> {
                parsed(node, at, faults, $accepted, $parse).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl Describe for $name {
            fn describe() -> Shape {
                named(stringify!($name), concat!($($doc),*), Shape::Text)
            }
        }
    )+};
}

texts! {
    /// One line of 1 to 48 characters.
    Words, "one line of 1 to 48 characters", one_line;
    /// One line of 1 to 32 characters: there is no room for more on a sheet.
    ShortWords, "one line of 1 to 32 characters", short_line;
    /// A telephone number as it is dialed: digits, spaces, `+ - ( ) / . *`, at most 30.
    Telephone, "a telephone number", telephone;
    /// An origin as a browser names it, such as `https://ehr.example.org` or `http://intranet:8080`: no path, no `*`.
    Origin, "an origin such as https://ehr.example.org, without a path", origin;
}

fn short_line(text: &str) -> Option<String> {
    one_line(text).filter(|text| text.chars().count() <= 32)
}

fn one_line(text: &str) -> Option<String> {
    // Marks that turn the direction of reading could show a text as another one.
    let odd = |mark: char| {
        mark.is_control() || matches!(mark, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let fits = text.trim() == text && (1..=48).contains(&text.chars().count()) && !text.contains(odd);
    fits.then(|| text.to_owned())
}

fn telephone(text: &str) -> Option<String> {
    let known = |mark: char| mark.is_ascii_digit() || " +-()/.*".contains(mark);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (text.trim() == text && text.len() <= 30 && digits >= 2 && text.chars().all(known)).then(|| text.to_owned())
}

fn origin(text: &str) -> Option<String> {
    let (scheme, place) = text.split_once("://")?;
    let usual = match scheme {
        "https" => "443",
        "http" => "80",
        _ => return None,
    };
    let (host, port) = place.rsplit_once(':').map_or((place, None), |(host, port)| (host, Some(port)));
    let letter = |mark: char| mark.is_ascii_lowercase() || mark.is_ascii_digit() || ".-_".contains(mark);
    let named = !host.is_empty() && host.len() <= 253 && host.chars().all(letter) && !host.starts_with(['.', '-']);
    // A browser leaves the usual port out, so an origin with it would never be met.
    let port = port.is_none_or(|port| {
        port != usual
            && !port.starts_with('0')
            && port.parse::<u16>().is_ok()
            && port.bytes().all(|byte| byte.is_ascii_digit())
    });
    (named && port).then(|| text.to_owned())
}

impl Config {
    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong with it, and where. Then nothing of it is used.
    pub fn read(text: &str) -> Result<Self, CaseError> {
        let refused = |fault: Fault, path: &str, message: String| CaseError { fault, path: path.to_owned(), message };
        if text.len() > AT_MOST {
            return Err(refused(Fault::OutOfRange, "", format!("the file is longer than {AT_MOST} bytes")));
        }
        // Editors of one system begin a file with a mark of its order of bytes.
        let node = Node::parse(text.trim_start_matches('\u{feff}'))
            .map_err(|why| refused(Fault::NotJson, "", format!("this is not JSON: {why}")))?;
        let Node::Object(members) = &node else {
            return Err(refused(Fault::NotJson, "", "the file is one JSON object".to_owned()));
        };
        let mut faults = Faults::default();
        let version = members.iter().find_map(|(name, node)| (name == "schema").then_some(node));
        if !matches!(version, Some(Node::Number(number)) if number == "1") {
            faults.add(Fault::UnsupportedSchema, &Path::Member(&Path::Root, "schema"), "must be 1");
        }
        let config = Self::read_node(&node, &mut faults);
        faults.into_result()?;
        config.ok_or_else(|| refused(Fault::WrongType, "", "the file could not be read".to_owned()))
    }

    fn read_node(node: &Node, faults: &mut Faults) -> Option<Self> {
        let config = <Self as Read>::read(node, &Path::Root, faults)?;
        if let Some(policy) = &config.policy {
            let root = Path::Root;
            let policy_at = Path::Member(&root, "policy");
            if policy.expires < policy.date {
                faults.add(Fault::Conflict, &Path::Member(&policy_at, "expires"), "is before the policy's own date");
            }
            let given = &policy.premedication;
            for class in PremedicationClass::ALL {
                if !given.is_empty() && !given.iter().any(|drug| drug.class == *class) {
                    let message = format!("names no {}: the label asks for all three classes", class.word());
                    faults.add(Fault::Conflict, &Path::Member(&policy_at, "premedication"), message);
                }
            }
            for (count, most, name) in
                [(given.len(), MOST_DRUGS, "premedication"), (policy.contacts.len(), MOST_CONTACTS, "contacts")]
            {
                if count > most {
                    let message = format!("has more than {most} lines, which the sheets have no room for");
                    faults.add(Fault::OutOfRange, &Path::Member(&policy_at, name), message);
                }
            }
        }
        Some(config)
    }

    /// Whether a page of this origin is heard.
    #[must_use]
    pub fn hears(&self, origin: &str) -> bool {
        self.origins.iter().any(|known| known.as_str() == origin)
    }
}

/// Lines of premedication that the order sheet has room for.
const MOST_DRUGS: usize = 5;
/// Contacts that the patient's sheet has room for.
const MOST_CONTACTS: usize = 3;

impl Policy {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        (self.date..=self.expires).contains(&day)
    }
}

impl LocalDrug {
    /// `Prednisolone 100 mg, by mouth`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let route = match self.route {
            Route::Oral => "by mouth",
            Route::Intravenous => "into a vein",
        };
        let unit = self.dose.unit.word().replace("m2", "m²");
        format!("{} {}\u{a0}{unit}, {route}", self.drug.as_str(), grouped(self.dose.value.decimal()))
    }

    /// `30 min before`.
    #[must_use]
    pub fn when(&self) -> String {
        match self.minutes_before.get() {
            0 => "right before the dose".to_owned(),
            minutes => format!("{minutes}\u{a0}min before the dose"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: &str = include_str!("../../examples/intranet/config.json");

    fn with(from: &str, to: &str) -> Result<Config, CaseError> {
        assert!(FULL.contains(from), "{from}");
        Config::read(&FULL.replacen(from, to, 1))
    }

    #[test]
    fn the_example_is_read_and_written_as_it_is() {
        let config = Config::read(FULL).expect("the example is good");
        let policy = config.policy.as_ref().expect("it has a policy");
        assert_eq!(policy.premedication.len(), 3);
        let written = serde_json::to_value(&config).expect("JSON");
        let mut read: serde_json::Value = serde_json::from_str(FULL).expect("JSON");
        read.as_object_mut().expect("an object").remove("schema");
        assert_eq!(written, read);
        assert_eq!(
            Config::read(r#"{"schema": 1}"#),
            Ok(Config { schema: Schema, origins: vec![], theme: None, policy: None })
        );
        assert_eq!(Config::read(include_str!("../../assets/app/config.json")), Config::read(r#"{"schema": 1}"#));
    }

    #[test]
    fn what_is_wrong_refuses_the_whole_file_and_says_where() {
        let refused = |config: Result<Config, CaseError>| {
            config.map_err(|error| (error.fault.code(), error.path)).expect_err("refused")
        };
        let pair = |code: &'static str, path: &str| (code, path.to_owned());
        assert_eq!(refused(Config::read("")), pair("invalid_json", ""));
        assert_eq!(refused(Config::read("[]")), pair("invalid_json", ""));
        assert_eq!(refused(Config::read("{}")), pair("unsupported_schema", "schema"));
        assert_eq!(refused(with("\"schema\": 1", "\"schema\": 2")), pair("unsupported_schema", "schema"));
        assert_eq!(refused(with("\"eu\"", "\"uk\"")), pair("out_of_range", "policy.profile"));
        assert_eq!(refused(with("\"mosteller\"", "\"ideal_weight\"")), pair("out_of_range", "policy.bsa_formula"));
        assert_eq!(refused(with("0.1,", "0.5,")), pair("out_of_range", "policy.measure_to_ml"));
        assert_eq!(refused(with("2027-10-31", "2026-10-31")), pair("conflict", "policy.expires"));
        assert_eq!(refused(with("2027-10-31", "2027-10-32")), pair("out_of_range", "policy.expires"));
        assert_eq!(refused(with("\"expires\": \"2027-10-31\",", "")), pair("invalid_json", "policy.expires"));
        assert_eq!(refused(with("antihistamine", "antipyretic")), pair("conflict", "policy.premedication"));
        assert_eq!(refused(with("\"mg\"", "\"ug\"")), pair("out_of_range", "policy.premedication[0].dose.unit"));
        assert_eq!(
            refused(with("\"value\": 100", "\"value\": 0")),
            pair("out_of_range", "policy.premedication[0].dose.value")
        );
        assert_eq!(refused(with("\"origins\"", "\"origin\"")), pair("unknown_field", "origin"));
        assert_eq!(refused(Config::read(&" ".repeat(AT_MOST + 1))), pair("out_of_range", ""));
    }

    /// There is no member with which a policy could reach a limit, a dose or a rule.
    #[test]
    fn a_policy_cannot_widen_the_label() {
        for wish in [
            r#""rules": {"CYTO-01": "info"}"#,
            r#""max_vials": 5"#,
            r#""mg_per_m2": 1.8"#,
            r#""limits": {"bilirubin": 3}"#,
            r#""bsa_cap": 2"#,
            r#""omit": ["PREMED-01"]"#,
            r#""severity": "info""#,
        ] {
            let inside = with("\"profile\": \"eu\"", &format!("\"profile\": \"eu\", {wish}"));
            assert_eq!(inside.expect_err(wish).fault, Fault::UnknownField, "{wish}");
            assert_eq!(
                with("\"schema\": 1", &format!("\"schema\": 1, {wish}")).expect_err(wish).fault,
                Fault::UnknownField
            );
        }
    }

    #[test]
    fn an_origin_is_written_as_a_browser_writes_it() {
        for good in ["https://ehr.example.org", "http://intranet", "http://127.0.0.1:8080", "https://a-b.c:8443"] {
            assert_eq!(origin(good).as_deref(), Some(good));
        }
        for bad in [
            "*",
            "https://*",
            "https://*.example.org",
            "null",
            "",
            "https://",
            "https://Example.org",
            "https://a/",
            "https://a/b",
            "https://a:443",
            "http://a:80",
            "https://a:0443",
            "https://a:65536",
            "https://a:+8",
            "file://a",
            "javascript://a",
            "https://a b",
            "https://u@a",
            "https://a?b",
            "https://a#b",
            "https://-a",
            " https://a",
        ] {
            assert_eq!(origin(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_text_shows_as_it_is_written() {
        for bad in ["", " a", "a ", "a\nb", "a\u{202e}b", "a\u{200b}b"] {
            assert_eq!(one_line(bad), None, "{bad:?}");
        }
        assert_eq!((one_line(&"a".repeat(49)), short_line(&"a".repeat(33))), (None, None));
        assert!(one_line("Ward 7, ‘Häma’ & <b>").is_some());
        assert!(telephone("+41 44 123 45 67").is_some());
        for bad in ["call us", "1", "javascript:1", "+41 44 123 45 67 89 10 11 12 13"] {
            assert_eq!(telephone(bad), None, "{bad}");
        }
    }

    #[test]
    fn drugs_are_written_by_the_rules_for_doses() {
        let config = with("\"value\": 100", "\"value\": 1.50").expect("good");
        let drugs: Vec<_> = config
            .policy
            .expect("a policy")
            .premedication
            .iter()
            .map(|drug| drug.in_words() + "; " + &drug.when())
            .collect();
        assert_eq!(drugs[0].replace('\u{a0}', " "), "Prednisolone 1.5 mg, by mouth; 60 min before the dose");
    }

    #[test]
    fn it_holds_from_its_first_day_to_its_last() {
        let policy = Config::read(FULL).expect("good").policy.expect("a policy");
        let on = |day: &str| policy.holds_on(Date::read(day).expect(day));
        assert_eq!(
            [on("2026-10-31"), on("2026-11-01"), on("2027-10-31"), on("2027-11-01")],
            [false, true, true, false]
        );
    }
}
