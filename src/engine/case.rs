//! The case: one visit of one patient, as the contract writes it. What is absent is `None`, never a default.

use std::fmt;

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::calendar::{Date, Moment};
use super::error::{CaseError, Fault};
use super::json::Node;
use super::labels::{dosing, limits};
use super::reading::{
    Exact, Faults, Fraction, Limits, Members, Path, Percent, Positive, Read, UnitOf, Whole, object, records, words,
};
use super::units::{
    ActivityUnit, BilirubinUnit, Count, CountUnit, Height, HeightUnit, Millilitres, Qtcf, Quantity, TimeUnit, Unit,
    Weight, WeightUnit,
};

words! {
    /// Which label the rules follow.
    Profile {
        /// US prescribing information, revision 3/2024.
        Us = "us",
        /// EU summary of product characteristics.
        Eu = "eu",
    }
    /// Sex, as the counselling rules need it.
    Sex { /** Female. */ Female = "female", /** Male. */ Male = "male", }
    /// A formula for body surface area.
    BsaFormula {
        /// Square root of height × weight ÷ 3600; the default.
        Mosteller = "mosteller",
        /// Du Bois and Du Bois.
        DuBois = "du_bois",
        /// Haycock.
        Haycock = "haycock",
        /// Gehan and George.
        GehanGeorge = "gehan_george",
        /// Boyd.
        Boyd = "boyd",
    }
    /// Result of the pregnancy test.
    Pregnancy {
        /// Tested, not pregnant.
        NotPregnant = "not_pregnant",
        /// Pregnant.
        Pregnant = "pregnant",
        /// Not tested.
        Unknown = "unknown",
    }
    /// The disease to be treated.
    Diagnosis {
        /// B-cell precursor acute lymphoblastic leukemia.
        BCellPrecursorAll = "b_cell_precursor_all",
        /// Anything else.
        Other = "other",
    }
    /// Where the disease stands.
    DiseaseStatus {
        /// Back after a remission.
        Relapsed = "relapsed",
        /// No remission under treatment.
        Refractory = "refractory",
        /// In remission with measurable residual disease only.
        MrdOnly = "mrd_only",
        /// Not treated yet.
        Untreated = "untreated",
    }
    /// A test result that may be outstanding: CD22, Philadelphia chromosome, MRD.
    Marker {
        /// Found.
        Positive = "positive",
        /// Looked for and not found.
        Negative = "negative",
        /// Not known.
        Unknown = "unknown",
    }
    /// Veno-occlusive disease so far.
    VodHistory {
        /// Never.
        None = "none",
        /// Earlier, mild or moderate, gone.
        Resolved = "resolved",
        /// Earlier, confirmed severe.
        Severe = "severe",
        /// Now.
        Ongoing = "ongoing",
    }
    /// Plan for a stem cell transplant.
    Hsct {
        /// A transplant follows.
        Planned = "planned",
        /// None follows.
        NotPlanned = "not_planned",
        /// Not decided.
        Undecided = "undecided",
    }
    /// A dose reduction recorded for a cycle.
    Reduction {
        /// Full doses.
        None = "none",
        /// Each dose less 25 %.
        Minus25Percent = "minus_25_percent",
        /// Less 25 %, and day 15 left out.
        TwoDoses = "two_doses",
    }
    /// Response at the end of a cycle, as judged.
    Response {
        /// Complete remission.
        Cr = "cr",
        /// Complete remission with incomplete count recovery.
        Cri = "cri",
        /// Neither.
        None = "none",
        /// Not judged.
        Unknown = "unknown",
    }
    /// Why counts are low.
    CountsCause {
        /// This drug.
        Drug = "drug",
        /// The leukemia.
        Disease = "disease",
        /// Not known.
        Unknown = "unknown",
    }
    /// A toxicity's kind.
    ToxicityKind {
        /// Veno-occlusive disease.
        Vod = "vod",
        /// Other severe liver toxicity.
        SevereLiver = "severe_liver",
        /// Reaction to an infusion.
        InfusionReaction = "infusion_reaction",
        /// Anything else drug-related and not hematologic.
        Other = "other",
    }
    /// What the dose is diluted in.
    Container { /** Infusion bag. */ Bag = "bag", /** Syringe. */ Syringe = "syringe", }
}

/// A day of the dosing schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Day {
    /// Day 1.
    D1,
    /// Day 8.
    D8,
    /// Day 15.
    D15,
}

impl Day {
    /// The three days.
    pub const ALL: [Self; 3] = [Self::D1, Self::D8, Self::D15];

    /// 1, 8 or 15.
    #[must_use]
    pub fn number(self) -> u32 {
        match self {
            Self::D1 => 1,
            Self::D8 => 8,
            Self::D15 => 15,
        }
    }

    /// The day with this number.
    #[must_use]
    pub fn from_number(number: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.number() == number)
    }

    /// Days from day 1 of the cycle: 0, 7 or 14.
    #[must_use]
    pub fn offset(self) -> u16 {
        match self {
            Self::D1 => 0,
            Self::D8 => 7,
            Self::D15 => 14,
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "day {}", self.number())
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.number())
    }
}

impl Read for Day {
    fn read(node: &Node, at: &Path, faults: &mut Faults) -> Option<Self> {
        let number = Whole::<0, { u64::MAX }>::read(node, at, faults)?;
        let day = u32::try_from(number.get()).ok().and_then(Self::from_number);
        if day.is_none() {
            faults.add(Fault::OutOfRange, at, format!("{} is not a dosing day: 1, 8 or 15", number.get()));
        }
        day
    }
}

/// Length of a cycle: 21 days (the first only) or 28.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CycleLength {
    /// 21 days.
    Days21,
    /// 28 days.
    Days28,
}

impl CycleLength {
    /// 21 or 28.
    #[must_use]
    pub fn days(self) -> u16 {
        match self {
            Self::Days21 => 21,
            Self::Days28 => 28,
        }
    }
}

impl Serialize for CycleLength {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.days())
    }
}

impl Read for CycleLength {
    fn read(node: &Node, at: &Path, faults: &mut Faults) -> Option<Self> {
        let number = Decimal::read(node, at, faults)?;
        let length = [Self::Days21, Self::Days28].into_iter().find(|length| Decimal::from(length.days()) == number);
        if length.is_none() {
            faults.add(Fault::OutOfRange, at, format!("{number} is not a cycle length: 21 or 28 days"));
        }
        length
    }
}

/// The graduation to which the volume to withdraw is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Graduation {
    /// 0.05 mL.
    Twentieth,
    /// 0.1 mL.
    Tenth,
}

impl Graduation {
    /// Both, the finer first.
    pub const ALL: [Self; 2] = [Self::Twentieth, Self::Tenth];

    /// 0.05 or 0.1 mL.
    #[must_use]
    pub fn volume(self) -> Millilitres {
        match self {
            Self::Twentieth => dosing::FINE_GRADUATION,
            Self::Tenth => dosing::COARSE_GRADUATION,
        }
    }
}

impl Serialize for Graduation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.volume().serialize(serializer)
    }
}

impl Read for Graduation {
    fn read(node: &Node, at: &Path, faults: &mut Faults) -> Option<Self> {
        let number = Decimal::read(node, at, faults)?;
        let graduation = Self::ALL.into_iter().find(|graduation| graduation.volume().decimal() == number);
        if graduation.is_none() {
            faults.add(Fault::OutOfRange, at, format!("{number} is not a graduation: 0.05 or 0.1 mL"));
        }
        graduation
    }
}

/// A liver test with the laboratory's upper limit of normal in the same unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiverTest<U> {
    /// The result.
    pub value: Decimal,
    /// Upper limit of normal for this laboratory, age and sex.
    pub uln: Option<Positive>,
    /// The unit of both.
    pub unit: U,
}

impl<U: Unit> Read for LiverTest<U> {
    fn read(node: &Node, at: &Path, faults: &mut Faults) -> Option<Self> {
        object(node, at, faults, |members: &mut Members, faults| {
            let value = members.required("value", at, faults);
            let unit = UnitOf::of(members, at, faults);
            let uln = members.optional("uln", at, faults);
            Some(Self { value: value?, uln, unit: unit? })
        })
    }
}

impl<U: Unit> Serialize for LiverTest<U> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("value", &Exact(self.value))?;
        map.serialize_entry("unit", self.unit.ucum())?;
        if let Some(uln) = self.uln {
            map.serialize_entry("uln", &uln)?;
        }
        map.end()
    }
}

impl Limits for HeightUnit {
    fn fault(height: Height) -> Option<String> {
        let cm = height.centimetres();
        let (low, high) = limits::HEIGHT;
        (cm < low || cm > high).then(|| format!("height is {cm}; {low} to {high} is accepted"))
    }
}

impl Limits for WeightUnit {
    fn fault(weight: Weight) -> Option<String> {
        let kg = weight.kilograms();
        let (low, high) = limits::WEIGHT;
        (kg < low || kg > high).then(|| format!("weight is {kg}; {low} to {high} is accepted"))
    }
}

impl Limits for CountUnit {}
impl Limits for TimeUnit {}

records! {
    /// One visit of one patient.
    Case {
        // Judged by `from_node` before anything else.
        /// The contract's version: 1.
        group schema: Schema,
        /// Which label.
        need profile: Profile,
        /// The day of this visit.
        need date: Date,
        /// Who is treated.
        group patient: Patient,
        /// What for.
        group disease: Disease,
        /// What went before.
        group history: History,
        /// Is a transplant planned?
        may hsct: Hsct,
        /// Values before any inotuzumab.
        group baseline: Baseline,
        /// Every cycle begun, the visit's own once a dose of it was given.
        list cycles: Cycle,
        /// Today.
        group visit: Visit,
        /// How today's dose is prepared; absent means a 50 mL bag.
        may preparation: Preparation,
    }

    /// The patient. No field identifies a person.
    Patient [Default] {
        /// Date of birth, or `age_years`.
        may birth_date: Date,
        /// Whole completed years, 0–120, or `birth_date`.
        may age_years: Whole<0, 120>,
        /// Sex.
        may sex: Sex,
        /// Height, 45–230 cm.
        may height: Height,
        /// Weight, 3–300 kg.
        may weight: Weight,
        /// Formula in use; Mosteller when absent.
        may bsa_formula: BsaFormula,
        /// Female: can become pregnant; male: the partner can.
        may reproductive_potential: bool,
        /// Pregnancy test.
        may pregnancy: Pregnancy,
        /// Breastfeeds.
        may breastfeeding: bool,
    }

    /// The disease.
    Disease [Default] {
        /// Diagnosis.
        may diagnosis: Diagnosis,
        /// Its state.
        may status: DiseaseStatus,
        /// CD22 on the blasts, or `cd22_percent`.
        may cd22: Marker,
        /// Share of blasts with CD22; above 0 is positive.
        may cd22_percent: Percent,
        /// Philadelphia chromosome.
        may philadelphia: Marker,
        /// Tyrosine kinase inhibitors that failed.
        may tki_failed: Whole<0, { u64::MAX }>,
    }

    /// What went before.
    History [Default] {
        /// Hypersensitivity to the drug or an excipient.
        may hypersensitivity: bool,
        /// Veno-occlusive disease.
        may vod: VodHistory,
        /// Cirrhosis, nodular regenerative hyperplasia, active hepatitis.
        may serious_liver_disease: bool,
        /// Documented Gilbert syndrome or hemolysis.
        may gilbert_or_hemolysis: bool,
        /// Predisposition, interacting drug or electrolyte disturbance.
        may qt_risk: bool,
    }

    /// Values before any inotuzumab.
    Baseline [Default] {
        /// ANC.
        may anc: Count,
        /// Platelets.
        may platelets: Count,
        /// QTcF.
        may qtcf: Qtcf,
    }

    /// A cycle begun.
    Cycle {
        /// 1, 2, 3 …
        need number: Whole<1, { u64::MAX }>,
        /// 21 (the first cycle only) or 28 days.
        may length_days: CycleLength,
        /// Doses given.
        list doses: GivenDose,
        /// ANC on this cycle's day 1.
        may anc_day1: Count,
        /// Platelets on this cycle's day 1.
        may platelets_day1: Count,
        /// Reduction in this cycle.
        may reduction: Reduction,
        /// Longest interruption in it for non-hematologic toxicity, days.
        may interruption_days: Whole<0, { u64::MAX }>,
        /// Response as judged at its end, or `assessment`.
        may response: Response,
        /// The data to judge it from.
        may assessment: MarrowAssessment,
        /// MRD, or `mrd_fraction`.
        may mrd: Marker,
        /// Leukemic cells among marrow cells; negative below 0.0001.
        may mrd_fraction: Fraction,
    }

    /// A dose given.
    GivenDose {
        /// Day of the cycle it stands for.
        need day: Day,
        /// When.
        need date: Date,
    }

    /// The data behind a response.
    MarrowAssessment [Default] {
        /// Blasts in the marrow.
        may marrow_blasts_percent: Percent,
        /// Leukemic blasts in the blood.
        may circulating_blasts: bool,
        /// Disease outside the marrow, not resolved.
        may extramedullary_disease: bool,
        /// ANC.
        may anc: Count,
        /// Platelets.
        may platelets: Count,
    }

    /// Today.
    Visit [Default] {
        /// Cycle of the dose in question.
        may cycle: Whole<1, { u64::MAX }>,
        /// Day of the dose in question.
        may day: Day,
        /// White cells.
        may wbc: Count,
        /// Blasts among the white cells; with `wbc`, or `blasts`.
        may blast_percent: Percent,
        /// Absolute peripheral blast count, or `blast_percent`.
        may blasts: Count,
        /// ANC.
        may anc: Count,
        /// Platelets.
        may platelets: Count,
        /// The platelet count was reached with a transfusion.
        may platelets_transfused: bool,
        /// Total bilirubin.
        may bilirubin: LiverTest<BilirubinUnit>,
        /// AST.
        may ast: LiverTest<ActivityUnit>,
        /// ALT.
        may alt: LiverTest<ActivityUnit>,
        /// QTcF.
        may qtcf: Qtcf,
        /// Electrolytes have been checked.
        may electrolytes_checked: bool,
        /// Day from which this cycle has been postponed for counts.
        may counts_low_since: Date,
        /// Why they are low.
        may counts_cause: CountsCause,
        /// Disease stable or improved on the latest marrow.
        may disease_stable_or_improved: bool,
        /// What was given before the dose.
        may premedication: Premedication,
        /// Drug-related, not hematologic.
        list toxicities: Toxicity,
        /// A dose of this cycle that is held.
        may interruption: Interruption,
        /// Liver values that do not come back within the limits.
        may hepatic_limits_not_recovering: bool,
    }

    /// The three classes of premedication.
    Premedication [Default] {
        /// Corticosteroid.
        may corticosteroid: bool,
        /// Antipyretic.
        may antipyretic: bool,
        /// Antihistamine.
        may antihistamine: bool,
    }

    /// A drug-related toxicity that is not hematologic.
    Toxicity {
        /// What.
        need kind: ToxicityKind,
        /// CTCAE grade, 0–5.
        may grade: Whole<0, 5>,
        /// Grade before treatment; 0 when absent.
        may baseline_grade: Whole<0, 5>,
        /// Has resolved; false when absent.
        may resolved: bool,
    }

    /// A held dose of this cycle.
    Interruption [Default] {
        /// Planned date of the held dose.
        may held_from: Date,
        /// Day on which the patient is fit to be dosed.
        may fit_on: Date,
    }

    /// How today's dose is prepared.
    Preparation [Default] {
        /// Bag when absent.
        may container: Container,
        /// Drug and diluent together; 50 mL in a bag when absent.
        may total_volume_ml: Positive,
        /// The volume to withdraw is measured to the nearest of these instead of exactly: 0.05 or 0.1 mL.
        may measure_to_ml: Graduation,
        /// End of reconstitution of the first vial.
        may reconstituted_at: Moment,
        /// Dilution.
        may diluted_at: Moment,
        /// Start of the infusion.
        may infusion_start: Moment,
        /// The infusion was stopped.
        may infusion_paused_at: Moment,
        /// It went on; needs `infusion_paused_at`.
        may infusion_resumed_at: Moment,
        /// End of the infusion.
        may infusion_end: Moment,
    }
}

/// Stands for the version of the contract: there is one, so it holds nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Schema;

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(1)
    }
}

impl Read for Schema {
    fn read(_: &Node, _: &Path, _: &mut Faults) -> Option<Self> {
        Some(Self)
    }
}

/// The one version of the contract there is.
const SCHEMA: Decimal = Decimal::ONE;

impl Case {
    /// An empty case: everything else is missing.
    #[must_use]
    pub fn new(profile: Profile, date: Date) -> Self {
        Self {
            schema: Schema,
            profile,
            date,
            patient: Patient::default(),
            disease: Disease::default(),
            history: History::default(),
            hsct: None,
            baseline: Baseline::default(),
            cycles: Vec::new(),
            visit: Visit::default(),
            preparation: None,
        }
    }

    /// Reads a case from its JSON text. What contradicts itself is found by [`super::assess`], not here.
    ///
    /// # Errors
    /// The fault of the lowest rank, see [`Fault`].
    pub fn from_json(text: &str) -> Result<Self, CaseError> {
        let node = Node::parse(text).map_err(|why| CaseError {
            fault: Fault::NotJson,
            path: String::new(),
            message: format!("this is not JSON: {why}"),
        })?;
        Self::from_node(&node)
    }

    /// Reads a case from a JSON tree.
    ///
    /// # Errors
    /// As [`Case::from_json`].
    pub fn from_node(node: &Node) -> Result<Self, CaseError> {
        let mut faults = Faults::default();
        let Node::Object(members) = node else {
            let message = "a case is a JSON object".to_owned();
            return Err(CaseError { fault: Fault::NotJson, path: String::new(), message });
        };
        let schema = members.iter().find_map(|(name, node)| (name == "schema").then_some(node));
        if schema.and_then(|node| Decimal::read(node, &Path::Root, &mut Faults::default())) != Some(SCHEMA) {
            faults.add(Fault::UnsupportedSchema, &Path::Member(&Path::Root, "schema"), "schema must be 1");
        }
        let case = Self::read(node, &Path::Root, &mut faults);
        if let Some(case) = &case {
            first_cycle_only(case, &mut faults);
        }
        faults.into_result()?;
        case.ok_or_else(unread)
    }

    /// The case as the contract's JSON, with `schema`.
    #[must_use]
    pub fn to_json(&self) -> String {
        let body = serde_json::to_string(self).unwrap_or_default();
        body.replacen('{', "{\"schema\":1,", 1)
    }
}

/// 21 days are for the first item of `cycles` only.
fn first_cycle_only(case: &Case, faults: &mut Faults) {
    for (index, cycle) in case.cycles.iter().enumerate().skip(1) {
        if cycle.length_days == Some(CycleLength::Days21) {
            let (root, list) = (Path::Root, "cycles");
            let (list, item) = (Path::Member(&root, list), index);
            let item = Path::Item(&list, item);
            faults.add(Fault::OutOfRange, &Path::Member(&item, "length_days"), "21 days are for cycle 1 only");
        }
    }
}

/// A reader that gives nothing must have said why; this is what stands if it ever did not.
fn unread() -> CaseError {
    CaseError { fault: Fault::WrongType, path: String::new(), message: "the case could not be read".to_owned() }
}
