//! Which codes of a record mean what here. A code that is not listed is not asked for, and never guessed at.

/// The systems that codes are from.
pub const LOINC: &str = "http://loinc.org";
/// SNOMED CT.
pub const SNOMED: &str = "http://snomed.info/sct";
/// Units.
pub const UCUM: &str = "http://unitsofmeasure.org";
/// ICD-10, as WHO, the United States and Germany publish it: the categories used here are the same in all of them.
pub const ICD_10: [&str; 3] = [
    "http://hl7.org/fhir/sid/icd-10",
    "http://hl7.org/fhir/sid/icd-10-cm",
    "http://fhir.de/CodeSystem/bfarm/icd-10-gm",
];

macro_rules! asked {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)+) => {
        /// What a record can say about a patient that is asked here.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum What { $($(#[$doc])* $name,)+ }

        impl What {
            /// The contract's name of the member that it fills.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// What fills the member with this name.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

asked! {
    /// Birth date.
    Birth = "birth_date",
    /// Sex.
    Sex = "sex",
    /// Body height.
    Height = "height",
    /// Body weight.
    Weight = "weight",
    /// Pregnancy.
    Pregnancy = "pregnancy",
    /// Diagnosis.
    Diagnosis = "diagnosis",
    /// Veno-occlusive disease.
    Vod = "vod",
    /// Transplant plan.
    Transplant = "hsct",
    /// White cells.
    Wbc = "wbc",
    /// Blasts among the white cells.
    BlastPercent = "blast_percent",
    /// Blasts, absolute.
    Blasts = "blasts",
    /// Neutrophils.
    Anc = "anc",
    /// Platelets.
    Platelets = "platelets",
    /// Bilirubin.
    Bilirubin = "bilirubin",
    /// AST.
    Ast = "ast",
    /// ALT.
    Alt = "alt",
    /// A cause of raised bilirubin.
    Gilbert = "gilbert_or_hemolysis",
    /// QTcF.
    Qtcf = "qtcf",
}

/// What LOINC codes of observations stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// The codes.
    pub codes: &'static [&'static str],
    /// What it is about.
    pub what: What,
    /// Units it may come in: spelling in the record, and the same unit in the contract's spelling.
    pub units: &'static [(&'static str, &'static str)],
    /// Why it is never taken, where that is so.
    pub never: Option<&'static str>,
}

const LENGTH: &[(&str, &str)] = &[("cm", "cm"), ("m", "m"), ("[in_i]", "[in_i]")];
const MASS: &[(&str, &str)] = &[("kg", "kg"), ("g", "g"), ("[lb_av]", "[lb_av]")];
/// The same number each time: nothing is converted.
const COUNT: &[(&str, &str)] = &[
    ("10*9/L", "10*9/L"),
    ("10*3/uL", "10*3/uL"),
    ("10*3/mm3", "10*3/uL"),
    ("10*6/L", "/uL"),
    ("/uL", "/uL"),
    ("/mm3", "/mm3"),
];
const SHARE: &[(&str, &str)] = &[("%", "%")];
const MASS_PER_VOLUME: &[(&str, &str)] = &[("mg/dL", "mg/dL")];
const MOLES_PER_VOLUME: &[(&str, &str)] = &[("umol/L", "umol/L")];
/// An enzyme's international unit is the unit, under another name.
const ACTIVITY: &[(&str, &str)] = &[("U/L", "U/L"), ("[IU]/L", "U/L"), ("[iU]/L", "U/L")];
const TIME: &[(&str, &str)] = &[("ms", "ms")];

const STATED: &str = "It was stated or estimated, and not measured.";
const OTHER_FORMULA: &str = "It was not corrected by Fridericia’s formula, or the record does not say by which.";

type Units = &'static [(&'static str, &'static str)];

const fn taken(what: What, units: Units, codes: &'static [&'static str]) -> Meaning {
    Meaning { codes, what, units, never: None }
}

const fn never(what: What, units: Units, codes: &'static [&'static str], why: &'static str) -> Meaning {
    Meaning { codes, what, units, never: Some(why) }
}

/// What observations are about.
pub const OBSERVATIONS: &[Meaning] = &[
    taken(What::Height, LENGTH, &["8302-2", "3137-7", "8306-3"]),
    never(What::Height, LENGTH, &["3138-5"], STATED),
    taken(What::Weight, MASS, &["29463-7", "3141-9"]),
    never(What::Weight, MASS, &["3142-7", "8335-2"], STATED),
    taken(What::Wbc, COUNT, &["6690-2", "26464-8", "804-5"]),
    taken(What::BlastPercent, SHARE, &["26446-5", "709-6"]),
    taken(What::Blasts, COUNT, &["30376-8"]),
    taken(What::Anc, COUNT, &["751-8", "26499-4", "753-4"]),
    taken(What::Platelets, COUNT, &["777-3", "26515-7", "778-1"]),
    taken(What::Bilirubin, MASS_PER_VOLUME, &["1975-2"]),
    taken(What::Bilirubin, MOLES_PER_VOLUME, &["14631-6"]),
    taken(What::Ast, ACTIVITY, &["1920-8", "30239-8", "88112-8"]),
    taken(What::Alt, ACTIVITY, &["1742-6", "1743-4", "1744-2"]),
    taken(What::Qtcf, TIME, &["76634-5"]),
    never(What::Qtcf, TIME, &["8636-3", "76635-2"], OTHER_FORMULA),
];

/// The observation with this LOINC code.
#[must_use]
pub fn observation(code: &str) -> Option<&'static Meaning> {
    OBSERVATIONS.iter().find(|meaning| meaning.codes.contains(&code))
}

/// Whether somebody is pregnant, asked.
pub const PREGNANCY_STATUS: &str = "82810-3";

/// Answers to [`PREGNANCY_STATUS`]: system, code, the contract's word.
pub const PREGNANCY: &[(&str, &str, &str)] = &[
    (LOINC, "LA15173-0", "pregnant"),
    (LOINC, "LA26683-5", "not_pregnant"),
    (LOINC, "LA4489-6", "unknown"),
    (SNOMED, "77386006", "pregnant"),
    (SNOMED, "60001007", "not_pregnant"),
];

/// What a condition says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// The contract's word, as long as the condition is active.
    Active(&'static str),
    /// The contract's word, also when it has passed.
    Ever(&'static str),
    /// Something near it: why no word follows.
    Near(&'static str),
}

/// Codes of conditions. An ICD-10 code stands for itself and all below it.
pub const CONDITIONS: &[(&str, &str, What, Says)] = &[
    (SNOMED, "277571004", What::Diagnosis, Says::Active("b_cell_precursor_all")),
    (
        "icd-10",
        "C91.0",
        What::Diagnosis,
        Says::Near("The code says acute lymphoblastic leukemia, and not of which cells. Answer it yourself."),
    ),
    (SNOMED, "65617004", What::Vod, Says::Active("ongoing")),
    ("icd-10", "K76.5", What::Vod, Says::Active("ongoing")),
    ("icd-10", "E80.4", What::Gilbert, Says::Ever("yes")),
];

/// A hemopoietic stem cell transplant.
pub const TRANSPLANT: (&str, &str) = (SNOMED, "234336002");

/// Body surface area, from a formula.
pub const SURFACE: &str = "3140-1";
/// Into a vein.
pub const INTRAVENOUS: &str = "47625008";
/// The drug, in the classification of the WHO.
pub const DRUG: (&str, &str) = ("http://www.whocc.no/atc", "L01FB01");

#[cfg(test)]
mod tests {
    use super::*;

    /// LOINC's last digit checks what stands before it (Luhn, a letter counting by its place after `0` in ASCII): a mistyped code
    /// is found here and not at a bed.
    #[test]
    fn every_loinc_code_has_its_check_digit() {
        let answers = PREGNANCY.iter().filter(|(system, ..)| *system == LOINC).map(|(_, code, _)| *code);
        let codes = OBSERVATIONS
            .iter()
            .flat_map(|meaning| meaning.codes)
            .copied()
            .chain([PREGNANCY_STATUS, SURFACE])
            .chain(answers);
        for code in codes {
            let (body, check) = code.split_once('-').expect(code);
            let sum: u32 = body
                .bytes()
                .rev()
                .enumerate()
                .map(|(at, sign)| {
                    let value = u32::from(sign - b'0');
                    if at % 2 == 0 { 2 * value - value / 5 * 9 } else { value }
                })
                .sum();
            assert_eq!(check, ((10 - sum % 10) % 10).to_string(), "{code}");
        }
    }

    #[test]
    fn a_code_means_one_thing_and_its_units_are_the_contracts() {
        use crate::engine::units::{ActivityUnit, BilirubinUnit, CountUnit, HeightUnit, TimeUnit, Unit, WeightUnit};
        let codes: Vec<&str> = OBSERVATIONS.iter().flat_map(|meaning| meaning.codes).copied().collect();
        for (at, code) in codes.iter().enumerate() {
            assert!(!codes[..at].contains(code), "{code}");
        }
        for meaning in OBSERVATIONS {
            for (_, ours) in meaning.units {
                let known = match meaning.what {
                    What::Height => HeightUnit::from_ucum(ours).is_some(),
                    What::Weight => WeightUnit::from_ucum(ours).is_some(),
                    What::Bilirubin => BilirubinUnit::from_ucum(ours).is_some(),
                    What::Ast | What::Alt => ActivityUnit::from_ucum(ours).is_some(),
                    What::Qtcf => TimeUnit::from_ucum(ours).is_some(),
                    What::BlastPercent => *ours == "%",
                    _ => CountUnit::from_ucum(ours).is_some(),
                };
                assert!(known, "{:?}: {ours}", meaning.what);
            }
        }
    }
}
