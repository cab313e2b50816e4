//! The questions of the walk: what each is called, what it may hold, and which value of the contract it fills.

use rust_decimal::Decimal;

use super::number::Entry;
use super::quantity::{self, Field, Typable, Typed};
use super::steps::Step;
use crate::engine::units::{ActivityUnit, BilirubinUnit, CountUnit, HeightUnit, TimeUnit, Unit, WeightUnit};
use crate::walk::quantity::{AgeUnit, BareUnit, ShareUnit, VolumeUnit};

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

macro_rules! numbers {
    ($($(#[$doc:meta])* $variant:ident, $member:ident: $unit:ty = $start:expr, $field:expr, $path:literal, $step:ident, $label:literal, $hint:literal;)+) => {
        /// A question answered with a number.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum NumberField { $($(#[$doc])* $variant,)+ }

        /// Every number of the walk, as typed.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Numbers { $($(#[$doc])* pub $member: Slot<$unit>,)+ }

        impl Default for Numbers {
            fn default() -> Self { Self { $($member: Slot::new($start, &$field),)+ } }
        }

        impl Numbers {
            /// One of them.
            #[must_use]
            pub fn get(&self, field: NumberField) -> &dyn Number {
                match field { $(NumberField::$variant => &self.$member,)+ }
            }
            /// One of them, to be changed.
            pub fn get_mut(&mut self, field: NumberField) -> &mut dyn Number {
                match field { $(NumberField::$variant => &mut self.$member,)+ }
            }
        }

        impl NumberField {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            fn name(self) -> &'static str { match self { $(Self::$variant => stringify!($member),)+ } }
            fn path(self) -> &'static str { match self { $(Self::$variant => $path,)+ } }
            fn step(self) -> Step { match self { $(Self::$variant => Step::$step,)+ } }
            fn label(self) -> &'static str { match self { $(Self::$variant => $label,)+ } }
            fn hint(self) -> &'static str { match self { $(Self::$variant => $hint,)+ } }
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
        "Total volume", "Drug and sodium chloride together. A bag left empty here counts as 50 mL.";
}

impl NumberField {
    /// UCUM codes of the units offered beside the box; empty where there is only one.
    #[must_use]
    pub fn offered(self) -> &'static [&'static str] {
        match self {
            Self::Height => &["cm", "[in_i]"],
            Self::Weight => &["kg", "[lb_av]"],
            Self::Wbc | Self::Blasts | Self::Anc | Self::Platelets => &["10*9/L", "10*3/uL", "/mm3"],
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
    VISIT = ["first" "Cycle 1, day 1: the first dose", "later" "A later dose"];
    AGE_BY = ["birth_date" "By birth date", "years" "By age in years"];
    SEX = ["female" "Female", "male" "Male"];
    FORMULA = ["mosteller" "Mosteller", "du_bois" "Du Bois", "haycock" "Haycock", "gehan_george" "Gehan and George", "boyd" "Boyd"];
    DIAGNOSIS = ["b_cell_precursor_all" "B-cell precursor ALL", "other" "Another diagnosis"];
    STATUS = ["relapsed" "Relapsed", "refractory" "Refractory", "mrd_only" "In remission, only measurable residual disease", "untreated" "Not treated yet"];
    CD22 = ["positive" "Positive", "negative" "Negative", "unknown" "Not known yet"];
    PHILADELPHIA = ["negative" "Negative", "positive" "Positive", "unknown" "Not known"];
    VOD = ["none" "Never", "resolved" "Earlier, mild or moderate, now resolved", "severe" "Earlier, confirmed severe", "ongoing" "Ongoing"];
    PREGNANCY = ["not_pregnant" "Tested, not pregnant", "pregnant" "Pregnant", "unknown" "Not tested"];
    HSCT = ["planned" "Planned", "not_planned" "Not planned", "undecided" "Undecided"];
    BLASTS_BY = ["share" "A share of the white cells", "count" "An absolute blast count"];
    CONTAINER = ["bag" "Infusion bag", "syringe" "Syringe"];
}

macro_rules! choices {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $path:literal, $step:ident, $answers:ident, $label:literal, $hint:literal;)+) => {
        /// A question answered by choosing.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ChoiceField { $($(#[$doc])* $variant,)+ }

        impl ChoiceField {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// What may be chosen.
            #[must_use]
            pub fn answers(self) -> &'static [Answer] { match self { $(Self::$variant => $answers,)+ } }
            fn name(self) -> &'static str { match self { $(Self::$variant => $name,)+ } }
            fn path(self) -> &'static str { match self { $(Self::$variant => $path,)+ } }
            fn step(self) -> Step { match self { $(Self::$variant => Step::$step,)+ } }
            fn label(self) -> &'static str { match self { $(Self::$variant => $label,)+ } }
            fn hint(self) -> &'static str { match self { $(Self::$variant => $hint,)+ } }
        }
    };
}

choices! {
    /// Which dose.
    Visit = "visit", "visit.cycle", Patient, VISIT, "Which dose is due?", "";
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
    /// Container.
    Container = "container", "preparation.container", Preparation, CONTAINER, "What is the dose given from?", "";
    /// Breastfeeding.
    Breastfeeding = "breastfeeding", "patient.breastfeeding", Counselling, YES_NO, "Breastfeeding?", "";
}

macro_rules! typed_texts {
    ($(#[$set_doc:meta])* $set:ident { $($(#[$doc:meta])* $variant:ident = $name:literal, $path:literal, $step:ident, $label:literal, $hint:literal;)+ }) => {
        $(#[$set_doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $set { $($(#[$doc])* $variant,)+ }

        impl $set {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            fn name(self) -> &'static str { match self { $(Self::$variant => $name,)+ } }
            fn path(self) -> &'static str { match self { $(Self::$variant => $path,)+ } }
            fn step(self) -> Step { match self { $(Self::$variant => Step::$step,)+ } }
            fn label(self) -> &'static str { match self { $(Self::$variant => $label,)+ } }
            fn hint(self) -> &'static str { match self { $(Self::$variant => $hint,)+ } }
        }
    };
}

typed_texts! {
    /// A question answered with a day.
    DateField {
        /// The day of the visit.
        Visit = "visit-date", "date", Patient, "Date of this visit", "Year, month, day. Filled in from this device's clock: check it.";
        /// Birth.
        Birth = "birth-date", "patient.birth_date", Patient, "Birth date", "Year, month, day, such as 1980-02-29 or 29 Feb 1980.";
    }
}

typed_texts! {
    /// A question answered with a time of day.
    TimeField {
        /// End of reconstitution of the first vial.
        Reconstituted = "reconstituted-at", "preparation.reconstituted_at", Preparation, "First vial reconstituted at", "24-hour clock, such as 09:05.";
        /// Dilution.
        Diluted = "diluted-at", "preparation.diluted_at", Preparation, "Diluted at", "24-hour clock, such as 09:05.";
        /// Start of the infusion.
        Started = "infusion-start", "preparation.infusion_start", Infusion, "Infusion started at", "24-hour clock, such as 09:05.";
        /// End of the infusion.
        Ended = "infusion-end", "preparation.infusion_end", Infusion, "Infusion ended at", "24-hour clock, such as 09:05.";
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

impl FieldId {
    /// Every question.
    pub fn all() -> impl Iterator<Item = Self> {
        let numbers = NumberField::ALL.iter().copied().map(Self::Number);
        let choices = ChoiceField::ALL.iter().copied().map(Self::Choice);
        let dates = DateField::ALL.iter().copied().map(Self::Date);
        let times = TimeField::ALL.iter().copied().map(Self::Time);
        numbers.chain(choices).chain(dates).chain(times)
    }

    /// The id of its element on the page.
    #[must_use]
    pub fn element(self) -> String {
        each!(self, name).replace('_', "-")
    }

    /// The contract's path it fills; empty for a question about the form itself.
    #[must_use]
    pub fn path(self) -> &'static str {
        each!(self, path)
    }

    /// The step that asks it.
    #[must_use]
    pub fn step(self) -> Step {
        each!(self, step)
    }

    /// Its visible label.
    #[must_use]
    pub fn label(self) -> &'static str {
        each!(self, label)
    }

    /// What helps to answer it; may be empty.
    #[must_use]
    pub fn hint(self) -> &'static str {
        each!(self, hint)
    }

    /// Whether the first dose can be decided without it.
    #[must_use]
    pub fn optional(self) -> bool {
        matches!(
            self,
            Self::Number(NumberField::BaselineQtcf | NumberField::TkiFailed)
                | Self::Choice(
                    ChoiceField::Philadelphia
                        | ChoiceField::Hsct
                        | ChoiceField::Gilbert
                        | ChoiceField::QtRisk
                        | ChoiceField::Breastfeeding
                )
                | Self::Time(_)
        )
    }
}

/// The questions that a path of the assessment's `missing` asks for; never none.
#[must_use]
pub fn asking_for(path: &str) -> Vec<FieldId> {
    if path == "visit.premedication" {
        return [ChoiceField::Corticosteroid, ChoiceField::Antipyretic, ChoiceField::Antihistamine]
            .map(FieldId::Choice)
            .to_vec();
    }
    if let Some(field) = FieldId::all().find(|field| field.path() == path) {
        return vec![field];
    }
    // Whatever else is asked for belongs to a later dose, which this version does not walk yet.
    vec![FieldId::Choice(ChoiceField::Visit)]
}
