//! The questions of the walk: what each is called, what it may hold, and which value of the contract it fills.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::number::Entry;
use super::place::{At, CycleAt, PerCycle, ToxicityAt};
use super::quantity::{self, Field, Typable, Typed};
use super::steps::Step;
use crate::engine::case::Day;
use crate::engine::units::{ActivityUnit, BilirubinUnit, CountUnit, HeightUnit, TimeUnit, Unit, WeightUnit};
use crate::walk::quantity::{AgeUnit, BareUnit, DayUnit, ShareUnit, VolumeUnit};

/// A number as typed, seen without its unit's type.
pub trait Number {
    /// The text exactly as typed.
    fn text(&self) -> &str;
    /// The field now holds this text.
    fn type_text(&mut self, text: String);
    /// UCUM code of the unit it is set to.
    fn unit(&self) -> &'static str;
    /// Sets the unit with this UCUM code; any other code changes nothing.
    fn switch(&mut self, ucum: &str);
    /// The user chose this reading.
    fn choose(&mut self, reading: Decimal);
    /// The reading the user chose, if any.
    fn answer(&self) -> Option<Decimal>;
    /// What the text means.
    fn read(&self) -> Entry;
    /// The same in the other unit, for the line beside the field.
    fn in_sight(&self) -> Option<String>;
    /// UCUM code of the unit that a question proposes.
    fn proposed_unit(&self) -> Option<&'static str>;
    /// UCUM code and label of every unit.
    fn units(&self) -> Vec<(&'static str, &'static str)>;
}

/// A typed text with the field it was typed into.
#[derive(Debug, Clone)]
pub struct Slot<U: 'static> {
    typed: Typed<U>,
    field: &'static Field<U>,
}

impl<U: PartialEq> PartialEq for Slot<U> {
    fn eq(&self, other: &Self) -> bool {
        self.typed == other.typed
    }
}

impl<U: Typable> Slot<U> {
    fn new(unit: U, field: &'static Field<U>) -> Self {
        Self { typed: Typed::new(unit), field }
    }

    /// The number and its unit, if understood.
    #[must_use]
    pub fn given(&self) -> Option<(Decimal, U)> {
        Some((self.typed.read(self.field).value()?, self.typed.unit()))
    }
}

impl<U: Typable> Number for Slot<U> {
    fn text(&self) -> &str {
        self.typed.text()
    }
    fn type_text(&mut self, text: String) {
        self.typed.type_text(text);
    }
    fn unit(&self) -> &'static str {
        self.typed.unit().ucum()
    }
    fn switch(&mut self, ucum: &str) {
        if let Some(unit) = U::from_ucum(ucum) {
            self.typed.switch(unit);
        }
    }
    fn choose(&mut self, reading: Decimal) {
        self.typed.choose(reading);
    }
    fn answer(&self) -> Option<Decimal> {
        self.typed.answer()
    }
    fn read(&self) -> Entry {
        self.typed.read(self.field)
    }
    fn in_sight(&self) -> Option<String> {
        self.typed.in_sight(self.field).map(|line| line.to_string())
    }
    fn proposed_unit(&self) -> Option<&'static str> {
        self.typed.proposed_unit(self.field).map(Unit::ucum)
    }
    fn units(&self) -> Vec<(&'static str, &'static str)> {
        U::ALL.iter().map(|unit| (unit.ucum(), unit.label())).collect()
    }
}

/// Declares a set of questions: one variant each, and one for each place where a question is asked of every cycle or of
/// every toxicity. `[]` in a path stands for the place.
macro_rules! fields {
    ($(#[$set_doc:meta])* $set:ident {
        $($(#[$doc:meta])* $variant:ident $(($at:ident: $place:ty))? = $name:expr, $path:literal, $step:ident, $label:literal, $hint:literal;)+
    }) => {
        $(#[$set_doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $set { $($(#[$doc])* $variant $(($place))?,)+ }

        impl $set {
            /// All of them, at every place.
            #[must_use]
            pub fn all() -> Vec<Self> {
                [$(every!($set::$variant $(, $place)?)),+].concat()
            }
            fn name(self) -> &'static str { match self { $(Self::$variant { .. } => $name,)+ } }
            fn path(self) -> &'static str { match self { $(Self::$variant { .. } => $path,)+ } }
            fn step(self) -> Step { match self { $(Self::$variant { .. } => Step::$step,)+ } }
            fn label(self) -> &'static str { match self { $(Self::$variant { .. } => $label,)+ } }
            fn hint(self) -> &'static str { match self { $(Self::$variant { .. } => $hint,)+ } }
            fn at(self) -> Option<At> {
                match self { $(Self::$variant $(($at))? => None $(.or(Some(At::from($at))))?,)+ }
            }
        }
    };
}

macro_rules! every {
    ($set:ident::$variant:ident) => {
        vec![$set::$variant]
    };
    ($set:ident::$variant:ident, $place:ty) => {
        <$place>::all().map($set::$variant).collect::<Vec<_>>()
    };
}

macro_rules! slots {
    ($unit:ty) => { Slot<$unit> };
    ($unit:ty, $place:ty) => { PerCycle<Slot<$unit>> };
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $variant:ident $(($at:ident: $place:ty))?, $member:ident: $unit:ty = $start:expr, $field:expr, $path:literal, $step:ident, $label:literal, $hint:literal;)+) => {
        fields! {
            /// A question answered with a number.
            NumberField { $($(#[$doc])* $variant $(($at: $place))? = stringify!($member), $path, $step, $label, $hint;)+ }
        }

        /// Every number of the walk, as typed.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Numbers { $($(#[$doc])* pub $member: slots!($unit $(, $place)?),)+ }

        impl Default for Numbers {
            fn default() -> Self {
                Self { $($member: { let slot = Slot::new($start, &$field); $(let slot = <$place>::each(slot);)? slot },)+ }
            }
        }

        impl Numbers {
            /// One of them.
            #[must_use]
            pub fn get(&self, field: NumberField) -> &dyn Number {
                match field { $(NumberField::$variant $(($at))? => &self.$member $([$at])?,)+ }
            }
            /// One of them, to be changed.
            pub fn get_mut(&mut self, field: NumberField) -> &mut dyn Number {
                match field { $(NumberField::$variant $(($at))? => &mut self.$member $([$at])?,)+ }
            }
        }
    };
}

numbers! {
    /// Completed years, where the birth date is not known.
    Age, age: AgeUnit = AgeUnit::Year, quantity::AGE, "patient.age_years", Patient,
        "Age", "Completed years.";
    /// Body height.
    Height, height: HeightUnit = HeightUnit::Cm, quantity::HEIGHT, "patient.height", Patient,
        "Height", "";
    /// Body weight.
    Weight, weight: WeightUnit = WeightUnit::Kg, quantity::WEIGHT, "patient.weight", Patient,
        "Weight", "";
    /// Body weight at the last cycle, to be compared.
    WeightBefore, weight_before: WeightUnit = WeightUnit::Kg, quantity::WEIGHT, "", Patient,
        "Weight at the last cycle", "To notice a slip, or a change of more than 10\u{a0}%. The dose uses today’s weight.";
    /// Share of blasts with CD22.
    Cd22Percent, cd22_percent: ShareUnit = ShareUnit::Percent, quantity::PERCENT, "disease.cd22_percent", Eligibility,
        "Blasts with CD22", "Any share above 0 is positive.";
    /// Kinase inhibitors that failed.
    TkiFailed, tki_failed: BareUnit = BareUnit::One, quantity::WHOLE, "disease.tki_failed", Eligibility,
        "Tyrosine kinase inhibitors that failed", "How many, 0 if none.";
    /// White cells.
    Wbc, wbc: CountUnit = CountUnit::GigaPerLitre, quantity::WBC, "visit.wbc", Cytoreduction,
        "White cells", "";
    /// Blasts among them.
    BlastPercent, blast_percent: ShareUnit = ShareUnit::Percent, quantity::PERCENT, "visit.blast_percent", Cytoreduction,
        "Blasts among them", "";
    /// Blasts, absolute.
    Blasts, blasts: CountUnit = CountUnit::GigaPerLitre, quantity::BLASTS, "visit.blasts", Cytoreduction,
        "Blasts in the blood", "The absolute count. 0 if none are seen.";
    /// Neutrophils.
    Anc, anc: CountUnit = CountUnit::GigaPerLitre, quantity::ANC, "visit.anc", Dose,
        "Neutrophils (ANC)", "";
    /// Platelets.
    Platelets, platelets: CountUnit = CountUnit::GigaPerLitre, quantity::PLATELETS, "visit.platelets", Dose,
        "Platelets", "";
    /// Bilirubin.
    Bilirubin, bilirubin: BilirubinUnit = BilirubinUnit::MgPerDl, quantity::BILIRUBIN, "visit.bilirubin", Dose,
        "Total bilirubin", "";
    /// Its upper limit of normal.
    BilirubinUln, bilirubin_uln: BilirubinUnit = BilirubinUnit::MgPerDl, quantity::BILIRUBIN_ULN, "visit.bilirubin.uln", Dose,
        "Bilirubin, upper limit of normal", "";
    /// AST.
    Ast, ast: ActivityUnit = ActivityUnit::UPerL, quantity::AMINOTRANSFERASE, "visit.ast", Dose,
        "AST", "";
    /// Its upper limit of normal.
    AstUln, ast_uln: ActivityUnit = ActivityUnit::UPerL, quantity::AMINOTRANSFERASE_ULN, "visit.ast.uln", Dose,
        "AST, upper limit of normal", "";
    /// ALT.
    Alt, alt: ActivityUnit = ActivityUnit::UPerL, quantity::AMINOTRANSFERASE, "visit.alt", Dose,
        "ALT", "";
    /// Its upper limit of normal.
    AltUln, alt_uln: ActivityUnit = ActivityUnit::UPerL, quantity::AMINOTRANSFERASE_ULN, "visit.alt.uln", Dose,
        "ALT, upper limit of normal", "";
    /// QTcF today.
    Qtcf, qtcf: TimeUnit = TimeUnit::Ms, quantity::QTCF, "visit.qtcf", Dose,
        "QTcF", "Corrected by Fridericia, before this dose.";
    /// QTcF before treatment.
    BaselineQtcf, baseline_qtcf: TimeUnit = TimeUnit::Ms, quantity::QTCF, "baseline.qtcf", Dose,
        "QTcF at baseline", "If there is an earlier ECG, from before any inotuzumab.";
    /// Total volume of the preparation.
    TotalVolume, total_volume: VolumeUnit = VolumeUnit::Ml, quantity::TOTAL_VOLUME, "preparation.total_volume_ml", Preparation,
        "Total volume", "Drug and sodium chloride together. Left empty it counts as a bag of 50\u{a0}mL.";
    /// Neutrophils before treatment.
    BaselineAnc, baseline_anc: CountUnit = CountUnit::GigaPerLitre, quantity::ANC, "baseline.anc", Dose,
        "Neutrophils at baseline", "Before any inotuzumab.";
    /// Platelets before treatment.
    BaselinePlatelets, baseline_platelets: CountUnit = CountUnit::GigaPerLitre, quantity::PLATELETS, "baseline.platelets", Dose,
        "Platelets at baseline", "Before any inotuzumab.";
    /// Neutrophils on day 1 of an earlier cycle.
    AncDay1(at: CycleAt), anc_day1: CountUnit = CountUnit::GigaPerLitre, quantity::ANC, "cycles[].anc_day1", Course,
        "Neutrophils on day 1", "";
    /// Platelets on day 1 of an earlier cycle.
    PlateletsDay1(at: CycleAt), platelets_day1: CountUnit = CountUnit::GigaPerLitre, quantity::PLATELETS, "cycles[].platelets_day1", Course,
        "Platelets on day 1", "";
    /// Longest interruption in an earlier cycle.
    InterruptionDays(at: CycleAt), interruption_days: DayUnit = DayUnit::Day, quantity::DAYS, "cycles[].interruption_days", Course,
        "Longest interruption", "For a toxicity that is not hematologic. 0 if none.";
    /// Marrow blasts at its end.
    MarrowBlasts(at: CycleAt), marrow_blasts: ShareUnit = ShareUnit::Percent, quantity::PERCENT, "cycles[].assessment.marrow_blasts_percent", Course,
        "Blasts in the marrow", "";
    /// Neutrophils with the marrow.
    ResponseAnc(at: CycleAt), response_anc: CountUnit = CountUnit::GigaPerLitre, quantity::ANC, "cycles[].assessment.anc", Course,
        "Neutrophils with this marrow", "";
    /// Platelets with the marrow.
    ResponsePlatelets(at: CycleAt), response_platelets: CountUnit = CountUnit::GigaPerLitre, quantity::PLATELETS, "cycles[].assessment.platelets", Course,
        "Platelets with this marrow", "";
    /// MRD as a share.
    MrdFraction(at: CycleAt), mrd_fraction: BareUnit = BareUnit::One, quantity::FRACTION, "cycles[].mrd_fraction", Course,
        "MRD, share of marrow cells", "As a fraction: 0.0001 is 1 in 10,000.";
}

impl NumberField {
    /// UCUM codes of the units offered beside the box; empty where there is only one.
    #[must_use]
    pub fn offered(self) -> &'static [&'static str] {
        match self {
            Self::Height => &["cm", "[in_i]"],
            Self::Weight | Self::WeightBefore => &["kg", "[lb_av]"],
            Self::Wbc
            | Self::Blasts
            | Self::Anc
            | Self::Platelets
            | Self::BaselineAnc
            | Self::BaselinePlatelets
            | Self::AncDay1(_)
            | Self::PlateletsDay1(_)
            | Self::ResponseAnc(_)
            | Self::ResponsePlatelets(_) => &["10*9/L", "10*3/uL", "/mm3"],
            Self::Bilirubin => &["mg/dL", "umol/L"],
            _ => &[],
        }
    }

    /// The field that always has the same unit: a value and its upper limit of normal.
    #[must_use]
    pub fn partner(self) -> Option<Self> {
        match self {
            Self::Bilirubin => Some(Self::BilirubinUln),
            Self::BilirubinUln => Some(Self::Bilirubin),
            _ => None,
        }
    }

    /// The box of its upper limit of normal, where a value has one.
    #[must_use]
    pub fn upper_limit(self) -> Option<Self> {
        match self {
            Self::Bilirubin => Some(Self::BilirubinUln),
            Self::Ast => Some(Self::AstUln),
            Self::Alt => Some(Self::AltUln),
            _ => None,
        }
    }
}

/// One answer that a choice offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Its code: the contract's word, or `yes` and `no`.
    pub code: &'static str,
    /// What the user reads.
    pub label: &'static str,
}

macro_rules! answers {
    ($($name:ident = [$($code:literal $label:literal),+];)+) => {
        $(const $name: &[Answer] = &[$(Answer { code: $code, label: $label }),+];)+
    };
}

answers! {
    YES_NO = ["yes" "Yes", "no" "No"];
    SINCE = ["no" "No, none", "yes" "Yes"];
    LABEL = ["us" "US label", "eu" "EU label"];
    CYCLE = ["1" "1", "2" "2", "3" "3", "4" "4", "5" "5", "6" "6"];
    DAY = ["1" "Day 1", "8" "Day 8", "15" "Day 15"];
    AGE_BY = ["birth_date" "By birth date", "years" "By age in years"];
    SEX = ["female" "Female", "male" "Male"];
    FORMULA = ["mosteller" "Mosteller", "du_bois" "Du Bois", "haycock" "Haycock", "gehan_george" "Gehan and George", "boyd" "Boyd"];
    DIAGNOSIS = ["b_cell_precursor_all" "B-cell precursor ALL", "other" "Another diagnosis"];
    STATUS = ["relapsed" "Relapsed", "refractory" "Refractory", "mrd_only" "In remission, only measurable residual disease", "untreated" "Not treated yet"];
    CD22 = ["positive" "Positive", "negative" "Negative", "unknown" "Not known yet"];
    CD22_BY = ["word" "Enter CD22 in a word instead", "percent" "Enter the share of blasts instead"];
    PHILADELPHIA = ["negative" "Negative", "positive" "Positive", "unknown" "Not known"];
    VOD = ["none" "Never", "resolved" "Earlier, mild or moderate, now resolved", "severe" "Earlier, confirmed severe", "ongoing" "Ongoing"];
    PREGNANCY = ["not_pregnant" "Tested, not pregnant", "pregnant" "Pregnant", "unknown" "Not tested"];
    HSCT = ["planned" "Planned", "not_planned" "Not planned", "undecided" "Undecided"];
    BLASTS_BY = ["share" "A share of the white cells", "count" "An absolute blast count"];
    LENGTH = ["21" "21\u{a0}days", "28" "28\u{a0}days"];
    RESPONSE_BY = ["judged" "Enter it as judged instead", "data" "Work it out from marrow and counts"];
    RESPONSE = ["cr" "CR", "cri" "CRi", "none" "Neither", "unknown" "Not judged"];
    MRD_BY = ["word" "Enter MRD in a word instead", "fraction" "Enter MRD as a fraction instead"];
    MRD = ["negative" "Negative", "positive" "Positive", "unknown" "Not known"];
    REDUCTION = ["none" "Full doses", "minus_25_percent" "25\u{a0}% less", "two_doses" "25\u{a0}% less, no day 15"];
    CAUSE = ["drug" "This drug", "disease" "The leukemia", "unknown" "Not known"];
    TOXICITY = ["vod" "Veno-occlusive disease (VOD)", "severe_liver" "Other severe liver toxicity", "infusion_reaction" "Infusion reaction", "other" "Another, not hematologic"];
    GRADE = ["0" "0", "1" "1", "2" "2", "3" "3", "4" "4", "5" "5"];
    GRADUATION = ["exact" "Exactly", "0.05" "To 0.05\u{a0}mL", "0.1" "To 0.1\u{a0}mL"];
    CONTAINER = ["bag" "Infusion bag", "syringe" "Syringe"];
}

macro_rules! choices {
    ($($(#[$doc:meta])* $variant:ident $(($at:ident: $place:ty))? = $name:literal, $path:literal, $step:ident, $answers:ident, $label:literal, $hint:literal;)+) => {
        fields! {
            /// A question answered by choosing.
            ChoiceField { $($(#[$doc])* $variant $(($at: $place))? = $name, $path, $step, $label, $hint;)+ }
        }

        impl ChoiceField {
            /// What may be chosen.
            #[must_use]
            pub fn answers(self) -> &'static [Answer] { match self { $(Self::$variant { .. } => $answers,)+ } }
        }
    };
}

choices! {
    /// Which label.
    Label = "label", "profile", Visit, LABEL, "Label", "Whose rules hold where you work.";
    /// Cycle of the dose.
    Cycle = "cycle", "visit.cycle", Visit, CYCLE, "Cycle", "";
    /// Its day.
    Day = "day", "visit.day", Visit, DAY, "Day", "";
    /// How age is given.
    AgeBy = "age-by", "", Patient, AGE_BY, "Age is given as", "";
    /// Sex.
    Sex = "sex", "patient.sex", Patient, SEX, "Sex", "";
    /// Formula for body surface area.
    Formula = "bsa-formula", "patient.bsa_formula", Patient, FORMULA,
        "Formula", "The label names none. Mosteller is used unless you choose another.";
    /// Diagnosis.
    Diagnosis = "diagnosis", "disease.diagnosis", Eligibility, DIAGNOSIS, "Diagnosis", "";
    /// State of the disease.
    Status = "status", "disease.status", Eligibility, STATUS, "Where does the disease stand?", "";
    /// How CD22 is given.
    Cd22By = "cd22-by", "", Eligibility, CD22_BY, "CD22 is reported", "";
    /// CD22.
    Cd22 = "cd22", "disease.cd22", Eligibility, CD22, "CD22 on the blasts", "";
    /// Philadelphia chromosome.
    Philadelphia = "philadelphia", "disease.philadelphia", Eligibility, PHILADELPHIA, "Philadelphia chromosome", "";
    /// Hypersensitivity.
    Hypersensitivity = "hypersensitivity", "history.hypersensitivity", Eligibility, YES_NO,
        "Hypersensitive to inotuzumab ozogamicin or an excipient?", "";
    /// VOD.
    Vod = "vod", "history.vod", Eligibility, VOD,
        "Veno-occlusive disease of the liver (VOD)", "Also called sinusoidal obstruction syndrome.";
    /// Liver disease.
    SeriousLiver = "serious-liver-disease", "history.serious_liver_disease", Eligibility, YES_NO,
        "Serious ongoing liver disease?", "Such as cirrhosis, nodular regenerative hyperplasia, active hepatitis.";
    /// Reproductive potential.
    Reproductive = "reproductive-potential", "patient.reproductive_potential", Eligibility, YES_NO, "Can become pregnant?", "";
    /// Pregnancy test.
    Pregnancy = "pregnancy", "patient.pregnancy", Eligibility, PREGNANCY, "Pregnancy test", "";
    /// Transplant plan.
    Hsct = "hsct", "hsct", Eligibility, HSCT, "Stem cell transplant afterwards", "";
    /// How blasts are given.
    BlastsBy = "blasts-by", "", Cytoreduction, BLASTS_BY, "The laboratory reports", "";
    /// Gilbert or hemolysis.
    Gilbert = "gilbert-or-hemolysis", "history.gilbert_or_hemolysis", Dose, YES_NO,
        "Documented Gilbert syndrome or hemolysis?", "It explains a raised bilirubin, never a raised AST or ALT.";
    /// Electrolytes.
    Electrolytes = "electrolytes-checked", "visit.electrolytes_checked", Dose, YES_NO, "Electrolytes checked?", "";
    /// QT risk.
    QtRisk = "qt-risk", "history.qt_risk", Dose, YES_NO,
        "Any risk of QT prolongation?", "An earlier prolonged QT, a drug that prolongs it, or an electrolyte disturbance.";
    /// Corticosteroid.
    Corticosteroid = "corticosteroid", "visit.premedication.corticosteroid", Premedication, YES_NO, "Corticosteroid given?", "";
    /// Antipyretic.
    Antipyretic = "antipyretic", "visit.premedication.antipyretic", Premedication, YES_NO, "Antipyretic given?", "";
    /// Antihistamine.
    Antihistamine = "antihistamine", "visit.premedication.antihistamine", Premedication, YES_NO, "Antihistamine given?", "";
    /// Length of cycle 1.
    FirstLength = "cycles-0-length", "cycles[0].length_days", Course, LENGTH, "Length of cycle 1", "28\u{a0}days after a remission or to let a toxicity pass.";
    /// How the response of a cycle is given.
    ResponseBy(at: CycleAt) = "response-by", "", Course, RESPONSE_BY, "Response by", "";
    /// Response as judged.
    Response(at: CycleAt) = "response", "cycles[].response", Course, RESPONSE, "Response", "CRi: a remission without full recovery of the counts.";
    /// Leukemic blasts in the blood.
    Circulating(at: CycleAt) = "circulating-blasts", "cycles[].assessment.circulating_blasts", Course, YES_NO, "Leukemic blasts in the blood?", "";
    /// Disease outside the marrow.
    Extramedullary(at: CycleAt) = "extramedullary", "cycles[].assessment.extramedullary_disease", Course, YES_NO, "Disease outside the marrow?", "";
    /// How MRD is given.
    MrdBy(at: CycleAt) = "mrd-by", "", Course, MRD_BY, "MRD is reported", "";
    /// MRD.
    Mrd(at: CycleAt) = "mrd", "cycles[].mrd", Course, MRD, "MRD", "";
    /// Reduction.
    Reduction(at: CycleAt) = "reduction", "cycles[].reduction", Course, REDUCTION, "Doses in this cycle", "";
    /// Transfused platelets.
    PlateletsTransfused = "platelets-transfused", "visit.platelets_transfused", Dose, YES_NO, "Platelets reached with a transfusion?", "";
    /// Why counts are low.
    CountsCause = "counts-cause", "visit.counts_cause", Dose, CAUSE, "What keeps the counts low?", "";
    /// Disease stable or improved.
    DiseaseStable = "disease-stable", "visit.disease_stable_or_improved", Dose, YES_NO,
        "Disease stable or improved on the latest marrow?", "";
    /// A held dose.
    Held = "held", "visit.interruption", Dose, YES_NO, "Was this dose held for a toxicity?", "";
    /// Limits not regained.
    NotRecovering = "liver-not-recovering", "visit.hepatic_limits_not_recovering", Dose, YES_NO,
        "Liver values not coming back within the limits?", "";
    /// Whether anything happened at all.
    Toxicity = "toxicity-since-last-dose", "visit.toxicities", Dose, SINCE,
        "Any sign of VOD or another toxicity since the last dose?",
        "VOD or severe liver toxicity, an infusion reaction, or another that is not hematologic. Not answered is not “none”.";
    /// What kind of toxicity.
    ToxicityKind(at: ToxicityAt) = "kind", "visit.toxicities[].kind", Dose, TOXICITY, "What is it?", "";
    /// Its grade.
    ToxicityGrade(at: ToxicityAt) = "grade", "visit.toxicities[].grade", Dose, GRADE, "Grade (CTCAE)", "";
    /// Its grade before treatment.
    BaselineGrade(at: ToxicityAt) = "baseline-grade", "visit.toxicities[].baseline_grade", Dose, GRADE, "Grade before treatment", "";
    /// Whether it is over.
    ToxicityResolved(at: ToxicityAt) = "resolved", "visit.toxicities[].resolved", Dose, YES_NO, "Resolved?", "";
    /// Container.
    Container = "container", "preparation.container", Preparation, CONTAINER, "What is the dose given from?", "";
    /// Graduation.
    MeasureTo = "measure-to", "preparation.measure_to_ml", Preparation, GRADUATION, "How is the volume to withdraw measured?", "Exactly, unless your pharmacy rounds.";
    /// Breastfeeding.
    Breastfeeding = "breastfeeding", "patient.breastfeeding", Counselling, YES_NO, "Breastfeeding?", "";
}

fields! {
    /// A question answered with a day.
    DateField {
        /// The day of the visit.
        Visit = "visit-date", "date", Visit, "Date of this visit", "Year, month, day. Filled in from this device's clock: check it.";
        /// Birth.
        Birth = "birth-date", "patient.birth_date", Patient, "Birth date", "Year, month, day, such as 1980-02-29 or 29 Feb 1980.";
        /// Day 1 of a cycle.
        Day1(at: CycleAt) = "day1-date", "cycles[].doses", Course, "Day 1", "";
        /// Day 8 of a cycle.
        Day8(at: CycleAt) = "day8-date", "cycles[].doses", Course, "Day 8", "";
        /// Day 15 of a cycle.
        Day15(at: CycleAt) = "day15-date", "cycles[].doses", Course, "Day 15", "";
        /// Counts low since.
        CountsLowSince = "counts-low-since", "visit.counts_low_since", Dose, "This cycle is postponed for counts since", "";
        /// A held dose.
        HeldFrom = "held-from", "visit.interruption.held_from", Dose, "It was planned for", "";
        /// Fit again.
        FitOn = "fit-on", "visit.interruption.fit_on", Dose, "Fit to be dosed on", "";
    }
}

fields! {
    /// A question answered with a time of day.
    TimeField {
        /// Corticosteroid given.
        Corticosteroid = "corticosteroid-at", "", Premedication, "Corticosteroid given at", "24-hour clock, such as 09:05.";
        /// Antipyretic given.
        Antipyretic = "antipyretic-at", "", Premedication, "Antipyretic given at", "24-hour clock, such as 09:05.";
        /// Antihistamine given.
        Antihistamine = "antihistamine-at", "", Premedication, "Antihistamine given at", "24-hour clock, such as 09:05.";
        /// End of reconstitution of the first vial.
        Reconstituted = "reconstituted-at", "preparation.reconstituted_at", Preparation, "First vial reconstituted at", "24-hour clock, such as 09:05.";
        /// Dilution.
        Diluted = "diluted-at", "preparation.diluted_at", Preparation, "Diluted at", "24-hour clock, such as 09:05.";
        /// Start of the infusion.
        Started = "infusion-start", "preparation.infusion_start", Infusion, "Infusion started at", "24-hour clock, such as 09:05.";
        /// A stop of the infusion.
        Stopped = "infusion-stop", "preparation.infusion_paused_at", Infusion, "Infusion stopped at", "Only if it was interrupted.";
        /// The infusion goes on.
        WentOn = "infusion-on", "preparation.infusion_resumed_at", Infusion, "Infusion went on at", "The clock has not stopped meanwhile.";
        /// End of the infusion.
        Ended = "infusion-end", "preparation.infusion_end", Infusion, "Infusion ended at", "24-hour clock, such as 09:05.";
        /// End of the observation.
        Observed = "observed-until", "", Infusion, "Observed until", "24-hour clock, such as 09:05.";
    }
}

/// Any question of the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldId {
    /// A number.
    Number(NumberField),
    /// A choice.
    Choice(ChoiceField),
    /// A day.
    Date(DateField),
    /// A time of day.
    Time(TimeField),
}

macro_rules! each {
    ($self:ident, $method:ident) => {
        match $self {
            FieldId::Number(field) => field.$method(),
            FieldId::Choice(field) => field.$method(),
            FieldId::Date(field) => field.$method(),
            FieldId::Time(field) => field.$method(),
        }
    };
}

/// Every question in the order in which the page asks.
static IN_ORDER: LazyLock<Vec<FieldId>> = LazyLock::new(in_order);

fn in_order() -> Vec<FieldId> {
    use {ChoiceField as C, DateField as D, FieldId as F, NumberField as N, TimeField as T};
    let mut order = vec![F::Date(D::Visit), F::Choice(C::Label), F::Choice(C::Cycle), F::Choice(C::Day)];
    order.extend([N::Height, N::Weight, N::WeightBefore].map(F::Number));
    order.extend([F::Choice(C::Formula), F::Choice(C::AgeBy), F::Date(D::Birth), F::Number(N::Age), F::Choice(C::Sex)]);
    order.push(F::Choice(C::FirstLength));
    for at in CycleAt::all() {
        order.extend([D::Day1(at), D::Day8(at), D::Day15(at)].map(F::Date));
        order.extend([C::ResponseBy(at), C::Response(at)].map(F::Choice));
        order.extend([F::Number(N::MarrowBlasts(at)), F::Choice(C::Circulating(at)), F::Choice(C::Extramedullary(at))]);
        order.extend([N::ResponseAnc(at), N::ResponsePlatelets(at)].map(F::Number));
        order.extend([F::Choice(C::MrdBy(at)), F::Choice(C::Mrd(at)), F::Number(N::MrdFraction(at))]);
        order.extend([F::Choice(C::Reduction(at)), F::Number(N::InterruptionDays(at))]);
        order.extend([N::AncDay1(at), N::PlateletsDay1(at)].map(F::Number));
    }
    order.extend([C::Diagnosis, C::Status, C::Cd22By, C::Cd22].map(F::Choice));
    order.extend([F::Number(N::Cd22Percent), F::Choice(C::Philadelphia), F::Number(N::TkiFailed)]);
    order.extend([C::Hypersensitivity, C::Vod, C::SeriousLiver, C::Reproductive, C::Pregnancy, C::Hsct].map(F::Choice));
    order.push(F::Choice(C::BlastsBy));
    order.extend([N::Wbc, N::BlastPercent, N::Blasts].map(F::Number));
    order.push(F::Choice(C::Toxicity));
    for at in ToxicityAt::all() {
        let kind = [C::ToxicityKind(at), C::ToxicityGrade(at), C::BaselineGrade(at), C::ToxicityResolved(at)];
        order.extend(kind.map(F::Choice));
    }
    order.extend([F::Choice(C::Held), F::Date(D::HeldFrom), F::Date(D::FitOn)]);
    order.extend([N::Anc, N::Platelets].map(F::Number));
    order.push(F::Choice(C::PlateletsTransfused));
    order.extend([N::BaselineAnc, N::BaselinePlatelets].map(F::Number));
    order.extend([F::Date(D::CountsLowSince), F::Choice(C::CountsCause), F::Choice(C::DiseaseStable)]);
    order.extend([N::Bilirubin, N::BilirubinUln, N::Ast, N::AstUln, N::Alt, N::AltUln].map(F::Number));
    order.extend([C::Gilbert, C::NotRecovering].map(F::Choice));
    order.extend([N::Qtcf, N::BaselineQtcf].map(F::Number));
    order.extend([C::Electrolytes, C::QtRisk, C::Corticosteroid, C::Antipyretic, C::Antihistamine].map(F::Choice));
    order.extend([T::Corticosteroid, T::Antipyretic, T::Antihistamine].map(F::Time));
    order.push(F::Choice(C::Container));
    order.extend([F::Number(N::TotalVolume), F::Choice(C::MeasureTo)]);
    order.extend([T::Reconstituted, T::Diluted, T::Started, T::Stopped, T::WentOn, T::Ended, T::Observed].map(F::Time));
    order.push(F::Choice(C::Breastfeeding));
    order
}

impl DateField {
    /// The dose of this day of a cycle.
    #[must_use]
    pub fn dose(at: CycleAt, day: Day) -> Self {
        match day {
            Day::D1 => Self::Day1(at),
            Day::D8 => Self::Day8(at),
            Day::D15 => Self::Day15(at),
        }
    }

    /// Which dose of which cycle it asks about, if it asks about one.
    #[must_use]
    pub fn of_dose(self) -> Option<(CycleAt, Day)> {
        match self {
            Self::Day1(at) => Some((at, Day::D1)),
            Self::Day8(at) => Some((at, Day::D8)),
            Self::Day15(at) => Some((at, Day::D15)),
            _ => None,
        }
    }
}

impl FieldId {
    /// Every question, in the order in which the page asks.
    pub fn all() -> impl Iterator<Item = Self> {
        IN_ORDER.iter().copied()
    }

    /// The cycle or the toxicity it belongs to, if it is asked of each.
    #[must_use]
    pub fn at(self) -> Option<At> {
        each!(self, at)
    }

    /// The id of its element on the page: `weight`, `cycles-0-day8-date`.
    #[must_use]
    pub fn element(self) -> String {
        let name = each!(self, name).replace('_', "-");
        match self.at() {
            None => name,
            Some(At::Cycle(at)) => format!("cycles-{}-{name}", at.index()),
            Some(At::Toxicity(at)) => format!("toxicities-{}-{name}", at.index()),
        }
    }

    /// The contract's path it fills, `[]` for its place; empty for a question about the form itself.
    #[must_use]
    pub fn path(self) -> &'static str {
        each!(self, path)
    }

    /// Whether its answer is of one visit only: what is measured, given and timed on the day.
    #[must_use]
    pub fn is_of_today(self) -> bool {
        let visit = self.path().strip_prefix("visit.").is_some_and(|member| !matches!(member, "cycle" | "day"));
        visit || matches!(self, Self::Time(_) | Self::Choice(ChoiceField::Held))
    }

    /// What is of the same visit as a result of the day, entered anew or not: the limit that stands beside a value, and that
    /// there was a toxicity.
    #[must_use]
    pub fn goes_along(self) -> Option<Self> {
        match (self, self.at()) {
            (Self::Number(number), _) => number.upper_limit().map(Self::Number),
            (_, Some(At::Toxicity(_))) => Some(Self::Choice(ChoiceField::Toxicity)),
            _ => None,
        }
    }

    /// The step that asks it.
    #[must_use]
    pub fn step(self) -> Step {
        each!(self, step)
    }

    /// Its label where nothing else is known.
    #[must_use]
    pub fn label(self) -> &'static str {
        each!(self, label)
    }

    /// What helps to answer it; may be empty.
    #[must_use]
    pub fn hint(self) -> &'static str {
        each!(self, hint)
    }
}
