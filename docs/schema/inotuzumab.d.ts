// The types of the contract, version 1. Made from the engine's types; do not edit.

/** One visit of one patient. */
export interface Case {
  /** The contract's version: 1. */
  schema: 1;
  /** Which label. */
  profile: Profile;
  /** The day of this visit. */
  date: CivilDate;
  /** Who is treated. */
  patient?: Patient | null;
  /** What for. */
  disease?: Disease | null;
  /** What went before. */
  history?: History | null;
  /** Is a transplant planned? */
  hsct?: Hsct | null;
  /** Values before any inotuzumab. */
  baseline?: Baseline | null;
  /** Every cycle begun, the visit's own once a dose of it was given. */
  cycles?: Cycle[] | null;
  /** Today. */
  visit?: Visit | null;
  /** How today's dose is prepared; absent means a 50 mL bag. */
  preparation?: Preparation | null;
}

/** Which label the rules follow. */
export type Profile =
  /** US prescribing information, revision 3/2024. */
  | "us"
  /** EU summary of product characteristics. */
  | "eu";

/** A calendar day, `YYYY-MM-DD`. */
export type CivilDate = string;

/** The patient. No field identifies a person. Give `birth_date` or `age_years`, not both. */
export interface Patient {
  /** Date of birth, or `age_years`. */
  birth_date?: CivilDate | null;
  /** Whole completed years, 0–120, or `birth_date`. */
  age_years?: number | null;
  /** Sex. */
  sex?: Sex | null;
  /** Height, 45–230 cm. */
  height?: Height | null;
  /** Weight, 3–300 kg. */
  weight?: Weight | null;
  /** Formula in use; Mosteller when absent. */
  bsa_formula?: BsaFormula | null;
  /** Female: can become pregnant; male: the partner can. */
  reproductive_potential?: boolean | null;
  /** Pregnancy test. */
  pregnancy?: Pregnancy | null;
  /** Breastfeeds. */
  breastfeeding?: boolean | null;
}

/** Sex, as the counselling rules need it. */
export type Sex =
  /** Female. */
  | "female"
  /** Male. */
  | "male";

/** Body height. Accepted: 45 to 230 cm, 0.45 to 2.3 m, 17.7165354330709 to 90.5511811023622 [in_i]. */
export interface Height {
  /** The number, in `unit`. */
  value: Amount;
  /** Its UCUM unit. Any other is refused. */
  unit: HeightUnit;
}

/** A number that is not negative, with at most 15 significant digits. */
export type Amount = number;

/** Units of body height. */
export type HeightUnit =
  /** Centimeter. */
  | "cm"
  /** Meter. */
  | "m"
  /** International inch, 2.54 cm exactly. */
  | "[in_i]";

/** Body weight. Accepted: 3 to 300 kg, 3000 to 300000 g, 6.61386786554633 to 661.386786554632 [lb_av]. */
export interface Weight {
  /** The number, in `unit`. */
  value: Amount;
  /** Its UCUM unit. Any other is refused. */
  unit: WeightUnit;
}

/** Units of body weight. */
export type WeightUnit =
  /** Kilogram. */
  | "kg"
  /** Gram. */
  | "g"
  /** Avoirdupois pound, 0.45359237 kg exactly. */
  | "[lb_av]";

/** A formula for body surface area. */
export type BsaFormula =
  /** Square root of height × weight ÷ 3600; the default. */
  | "mosteller"
  /** Du Bois and Du Bois. */
  | "du_bois"
  /** Haycock. */
  | "haycock"
  /** Gehan and George. */
  | "gehan_george"
  /** Boyd. */
  | "boyd";

/** Result of the pregnancy test. */
export type Pregnancy =
  /** Tested, not pregnant. */
  | "not_pregnant"
  /** Pregnant. */
  | "pregnant"
  /** Not tested. */
  | "unknown";

/** The disease. Give `cd22` or `cd22_percent`, not both. */
export interface Disease {
  /** Diagnosis. */
  diagnosis?: Diagnosis | null;
  /** Its state. */
  status?: DiseaseStatus | null;
  /** CD22 on the blasts, or `cd22_percent`. */
  cd22?: Marker | null;
  /** Share of blasts with CD22; above 0 is positive. */
  cd22_percent?: Percent | null;
  /** Philadelphia chromosome. */
  philadelphia?: Marker | null;
  /** Tyrosine kinase inhibitors that failed. */
  tki_failed?: number | null;
}

/** The disease to be treated. */
export type Diagnosis =
  /** B-cell precursor acute lymphoblastic leukemia. */
  | "b_cell_precursor_all"
  /** Anything else. */
  | "other";

/** Where the disease stands. */
export type DiseaseStatus =
  /** Back after a remission. */
  | "relapsed"
  /** No remission under treatment. */
  | "refractory"
  /** In remission with measurable residual disease only. */
  | "mrd_only"
  /** Not treated yet. */
  | "untreated";

/** A test result that may be outstanding: CD22, Philadelphia chromosome, MRD. */
export type Marker =
  /** Found. */
  | "positive"
  /** Looked for and not found. */
  | "negative"
  /** Not known. */
  | "unknown";

/** A percentage, 0–100. */
export type Percent = number;

/** What went before. */
export interface History {
  /** Hypersensitivity to the drug or an excipient. */
  hypersensitivity?: boolean | null;
  /** Veno-occlusive disease. */
  vod?: VodHistory | null;
  /** Cirrhosis, nodular regenerative hyperplasia, active hepatitis. */
  serious_liver_disease?: boolean | null;
  /** Documented Gilbert syndrome or hemolysis. */
  gilbert_or_hemolysis?: boolean | null;
  /** Predisposition, interacting drug or electrolyte disturbance. */
  qt_risk?: boolean | null;
}

/** Veno-occlusive disease so far. */
export type VodHistory =
  /** Never. */
  | "none"
  /** Earlier, mild or moderate, gone. */
  | "resolved"
  /** Earlier, confirmed severe. */
  | "severe"
  /** Now. */
  | "ongoing";

/** Plan for a stem cell transplant. */
export type Hsct =
  /** A transplant follows. */
  | "planned"
  /** None follows. */
  | "not_planned"
  /** Not decided. */
  | "undecided";

/** Values before any inotuzumab. */
export interface Baseline {
  /** ANC. */
  anc?: Count | null;
  /** Platelets. */
  platelets?: Count | null;
  /** QTcF. */
  qtcf?: Qtcf | null;
}

/** A blood count. */
export interface Count {
  /** The number, in `unit`. */
  value: Amount;
  /** Its UCUM unit. Any other is refused. */
  unit: CountUnit;
}

/** Units of a blood count. */
export type CountUnit =
  /** 10⁹ per liter. */
  | "10*9/L"
  /** Thousand per microliter, the same number as 10⁹ per liter. */
  | "10*3/uL"
  /** Per microliter. */
  | "/uL"
  /** Per cubic millimeter, the same number as per microliter. */
  | "/mm3";

/** A corrected QT interval. */
export interface Qtcf {
  /** The number, in `unit`. */
  value: Amount;
  /** Its UCUM unit. Any other is refused. */
  unit: TimeUnit;
}

/** The unit of QTcF. */
export type TimeUnit =
  /** Millisecond. */
  | "ms";

/** A cycle begun. Give `response` or `assessment`, not both. Give `mrd` or `mrd_fraction`, not both. */
export interface Cycle {
  /** 1, 2, 3 … */
  number: number;
  /** 21 (the first cycle only) or 28 days. */
  length_days?: CycleLength | null;
  /** Doses given. */
  doses?: GivenDose[] | null;
  /** ANC on this cycle's day 1. */
  anc_day1?: Count | null;
  /** Platelets on this cycle's day 1. */
  platelets_day1?: Count | null;
  /** Reduction in this cycle. */
  reduction?: Reduction | null;
  /** Longest interruption in it for non-hematologic toxicity, days. */
  interruption_days?: number | null;
  /** Response as judged at its end, or `assessment`. */
  response?: Response | null;
  /** The data to judge it from. */
  assessment?: MarrowAssessment | null;
  /** MRD, or `mrd_fraction`. */
  mrd?: Marker | null;
  /** Leukemic cells among marrow cells; negative below 0.0001. */
  mrd_fraction?: Fraction | null;
}

/** Length of a cycle in days; 21 is for the first only. */
export type CycleLength = 21 | 28;

/** A dose given. */
export interface GivenDose {
  /** Day of the cycle it stands for. */
  day: Day;
  /** When. */
  date: CivilDate;
}

/** A day of the dosing schedule. */
export type Day = 1 | 8 | 15;

/** A dose reduction recorded for a cycle. */
export type Reduction =
  /** Full doses. */
  | "none"
  /** Each dose less 25 %. */
  | "minus_25_percent"
  /** Less 25 %, and day 15 left out. */
  | "two_doses";

/** Response at the end of a cycle, as judged. */
export type Response =
  /** Complete remission. */
  | "cr"
  /** Complete remission with incomplete count recovery. */
  | "cri"
  /** Neither. */
  | "none"
  /** Not judged. */
  | "unknown";

/** The data behind a response. */
export interface MarrowAssessment {
  /** Blasts in the marrow. */
  marrow_blasts_percent?: Percent | null;
  /** Leukemic blasts in the blood. */
  circulating_blasts?: boolean | null;
  /** Disease outside the marrow, not resolved. */
  extramedullary_disease?: boolean | null;
  /** ANC. */
  anc?: Count | null;
  /** Platelets. */
  platelets?: Count | null;
}

/** A share, 0–1. */
export type Fraction = number;

/** Today. Give `blast_percent` or `blasts`, not both. */
export interface Visit {
  /** Cycle of the dose in question. */
  cycle?: number | null;
  /** Day of the dose in question. */
  day?: Day | null;
  /** White cells. */
  wbc?: Count | null;
  /** Blasts among the white cells; with `wbc`, or `blasts`. */
  blast_percent?: Percent | null;
  /** Absolute peripheral blast count, or `blast_percent`. */
  blasts?: Count | null;
  /** ANC. */
  anc?: Count | null;
  /** Platelets. */
  platelets?: Count | null;
  /** The platelet count was reached with a transfusion. */
  platelets_transfused?: boolean | null;
  /** Total bilirubin. */
  bilirubin?: BilirubinTest | null;
  /** AST. */
  ast?: EnzymeTest | null;
  /** ALT. */
  alt?: EnzymeTest | null;
  /** QTcF. */
  qtcf?: Qtcf | null;
  /** Electrolytes have been checked. */
  electrolytes_checked?: boolean | null;
  /** Day from which this cycle has been postponed for counts. */
  counts_low_since?: CivilDate | null;
  /** Why they are low. */
  counts_cause?: CountsCause | null;
  /** Disease stable or improved on the latest marrow. */
  disease_stable_or_improved?: boolean | null;
  /** What was given before the dose. */
  premedication?: Premedication | null;
  /** Drug-related, not hematologic. */
  toxicities?: Toxicity[] | null;
  /** A dose of this cycle that is held. */
  interruption?: Interruption | null;
  /** Liver values that do not come back within the limits. */
  hepatic_limits_not_recovering?: boolean | null;
}

/** Bilirubin and the laboratory's upper limit of normal, in one unit. */
export interface BilirubinTest {
  /** The result, in `unit`. */
  value: Amount;
  /** The UCUM unit of both. Any other is refused. */
  unit: BilirubinUnit;
  /** Upper limit of normal for this laboratory, age and sex, in `unit`. */
  uln?: Positive | null;
}

/** Units of bilirubin; a value and its upper limit of normal share one, so nothing is ever converted. */
export type BilirubinUnit =
  /** Milligram per deciliter. */
  | "mg/dL"
  /** Micromole per liter. */
  | "umol/L";

/** A number above zero. */
export type Positive = number;

/** AST or ALT and the laboratory's upper limit of normal, in one unit. */
export interface EnzymeTest {
  /** The result, in `unit`. */
  value: Amount;
  /** The UCUM unit of both. Any other is refused. */
  unit: ActivityUnit;
  /** Upper limit of normal for this laboratory, age and sex, in `unit`. */
  uln?: Positive | null;
}

/** The unit of AST and ALT. */
export type ActivityUnit =
  /** International unit per liter. */
  | "U/L";

/** Why counts are low. */
export type CountsCause =
  /** This drug. */
  | "drug"
  /** The leukemia. */
  | "disease"
  /** Not known. */
  | "unknown";

/** The three classes of premedication. */
export interface Premedication {
  /** Corticosteroid. */
  corticosteroid?: boolean | null;
  /** Antipyretic. */
  antipyretic?: boolean | null;
  /** Antihistamine. */
  antihistamine?: boolean | null;
}

/** A drug-related toxicity that is not hematologic. */
export interface Toxicity {
  /** What. */
  kind: ToxicityKind;
  /** CTCAE grade, 0–5. */
  grade?: number | null;
  /** Grade before treatment; 0 when absent. */
  baseline_grade?: number | null;
  /** Has resolved; false when absent. */
  resolved?: boolean | null;
}

/** A toxicity's kind. */
export type ToxicityKind =
  /** Veno-occlusive disease. */
  | "vod"
  /** Other severe liver toxicity. */
  | "severe_liver"
  /** Reaction to an infusion. */
  | "infusion_reaction"
  /** Anything else drug-related and not hematologic. */
  | "other";

/** A held dose of this cycle. */
export interface Interruption {
  /** Planned date of the held dose. */
  held_from?: CivilDate | null;
  /** Day on which the patient is fit to be dosed. */
  fit_on?: CivilDate | null;
}

/** How today's dose is prepared. */
export interface Preparation {
  /** Bag when absent. */
  container?: Container | null;
  /** Drug and diluent together; 50 mL in a bag when absent. */
  total_volume_ml?: Positive | null;
  /** The volume to withdraw is measured to the nearest of these instead of exactly: 0.05 or 0.1 mL. */
  measure_to_ml?: Graduation | null;
  /** End of reconstitution of the first vial. */
  reconstituted_at?: Moment | null;
  /** Dilution. */
  diluted_at?: Moment | null;
  /** Start of the infusion. */
  infusion_start?: Moment | null;
  /** The infusion was stopped. */
  infusion_paused_at?: Moment | null;
  /** It went on; needs `infusion_paused_at`. */
  infusion_resumed_at?: Moment | null;
  /** End of the infusion. */
  infusion_end?: Moment | null;
}

/** What the dose is diluted in. */
export type Container =
  /** Infusion bag. */
  | "bag"
  /** Syringe. */
  | "syringe";

/** A graduation of the syringe that the volume to withdraw is measured with, mL. */
export type Graduation = 0.05 | 0.1;

/** A wall-clock minute, `YYYY-MM-DDThh:mm`, with or without an offset (`Z`, `+01:00`). */
export type Moment = string;

/** The engine's answer to one case. */
export interface Assessment {
  /** The contract's version. */
  schema: 1;
  /** Version of the engine. */
  engine: string;
  /** Edition of the rules, a month. */
  rules: string;
  /** Which label. */
  profile: Profile;
  /** What to do. */
  decision: Decision;
  /** What the rules found, in the registry's order. */
  findings: Finding[];
  /** Paths of absent values that the decision needs, such as `visit.bilirubin` or `cycles[0].doses`. */
  missing: string[];
  /** The response in force for this cycle; absent in cycle 1. */
  response?: ResponseInForce;
  /** Body surface area. */
  bsa?: Bsa;
  /** Today's dose; not to be given unless `release` is true. */
  dose?: Dose;
  /** How to make it up. */
  preparation?: Prepared;
  /** The cycle's days. */
  schedule?: Schedule;
  /** Dates counted from the last dose. */
  counselling?: Counselling;
  /** What to watch, and when. */
  monitoring: MonitoringItem[];
  /** How each number and date came to be, in the order made. */
  derivations: Derivation[];
}

/** What to do today. The first that applies. */
export type Decision =
  /** A finding of severity stop. */
  | "stop"
  /** This dose of the cycle is left out. */
  | "omit_dose"
  /** A finding of severity hold. */
  | "hold"
  /** Something needed is missing. */
  | "incomplete"
  /** Nothing stands against today's dose. */
  | "give";

/** A rule that fired. */
export interface Finding {
  /** Which rule. */
  rule: string;
  /** How much it weighs in this profile. */
  severity: Severity;
  /** What it says, with the values put in. */
  message: string;
  /** The values it rests on. */
  basis: Basis;
  /** Where it is stated, for this profile. */
  sources: Source[];
  /** How well it is known. */
  confidence: Confidence;
  /** Where the sources disagree about it: ids in the rule book, when there are any. */
  disagreements?: string[];
}

/** What a finding does to the decision. */
export type Severity =
  /** Worth knowing. */
  | "info"
  /** Give only after acknowledgement. */
  | "caution"
  /** Do not give now; check again. */
  | "hold"
  /** Do not give. */
  | "stop";

/** The values that a finding rests on, by name. */
export type Basis = { [name: string]: number | string };

/** A place in a document. */
export interface Source {
  /** The document. */
  document: Document;
  /** Its section, or what to look for. */
  section: string;
}

/** Where a fact stands. */
export type Document =
  /** US prescribing information, revision 3/2024. */
  | "US PI 3/2024"
  /** EU summary of product characteristics. */
  | "EU SmPC"
  /** Hospital or national protocols; no label. */
  | "Protocols"
  /** Reported trials. */
  | "Trials"
  /** Reasoning or a safety limit of this aid, where the labels are silent. */
  | "This aid";

/** How well a fact is known (dossier section 0). */
export type Confidence =
  /** Read in the text of a regulator, the manufacturer or a trial. */
  | "A"
  /** Stated in a document of the customer and not contradicted. */
  | "S"
  /** Read in a secondary source. */
  | "B"
  /** From memory, not read: confirm against your label. */
  | "M"
  /** Derived by arithmetic or reasoning from facts of class A or S. */
  | "D";

/** The response in force and its MRD. */
export interface ResponseInForce {
  /** CR, CRi or none. */
  class: Response;
  /** MRD of the same cycle. */
  mrd?: Marker;
}

/** Body surface area by the formula in use and by all five. */
export interface Bsa {
  /** By the formula in use, half-up to 2 decimals. */
  m2: SquareMetres;
  /** The formula in use. */
  formula: BsaFormula;
  /** By each formula. */
  all: BsaByFormula;
}

/** Body surface area in m², rounded to 2 decimals where it is made. */
export type SquareMetres = number;

/** Body surface area by each formula. */
export interface BsaByFormula {
  /** By this formula. */
  mosteller: SquareMetres;
  /** By this formula. */
  du_bois: SquareMetres;
  /** By this formula. */
  haycock: SquareMetres;
  /** By this formula. */
  gehan_george: SquareMetres;
  /** By this formula. */
  boyd: SquareMetres;
}

/** Today's dose. */
export interface Dose {
  /** Dose level. */
  mg_per_m2: MgPerM2;
  /** The dose. */
  mg: Milligrams;
  /** Reduction in force. */
  reduction: Reduction;
  /** May be given: the decision is `give`. */
  release: boolean;
}

/** A dose level in mg/m². */
export type MgPerM2 = number;

/** A dose in mg. */
export type Milligrams = number;

/** How today's dose is made up. */
export interface Prepared {
  /** Vials to open. */
  vials: Vials;
  /** Volume to withdraw from them. */
  withdraw_ml: Millilitres;
  /** Diluent, so that drug and diluent make the total. */
  diluent_ml?: Millilitres;
  /** Drug and diluent together. */
  total_ml?: Millilitres;
  /** Final concentration, half-up to 12 decimals. */
  concentration_mg_per_ml?: MgPerMl;
  /** Over 1 h. */
  rate_ml_per_h?: MlPerHour;
  /** Left in the vials, to be discarded. */
  unused_mg: Milligrams;
  /** The volume it is in, of what can be withdrawn. */
  unused_ml: Millilitres;
  /** The concentration lies inside the container's range. */
  in_range?: boolean;
  /** Total volumes that keep this dose inside the range. */
  total_ml_range: [Millilitres, Millilitres];
  /** Latest dilution. */
  dilute_by?: Moment;
  /** Latest start. */
  start_by?: Moment;
  /** Latest end. */
  end_by?: Moment;
  /** When an infusion that was stopped and went on is over, if it takes the rest of its hour. */
  expected_end?: Moment;
  /** Observe at least until. */
  observe_until?: Moment;
  /** The same with the volume measured to a graduation, where that was asked for and is not refused. */
  measured?: Measured;
}

/** Vials, whole. */
export type Vials = number;

/** A volume in mL. */
export type Millilitres = number;

/** A concentration in mg/mL. */
export type MgPerMl = number;

/** An infusion rate in mL/h. */
export type MlPerHour = number;

/** A dose measured to a graduation. */
export interface Measured {
  /** The graduation. */
  to_ml: Graduation;
  /** The nearest volume, half-up. */
  withdraw_ml: Millilitres;
  /** The dose in it. */
  mg: Milligrams;
  /** How much more that is than the exact dose. */
  change_mg: MgChange;
  /** The same in per cent, half-up to 2 decimals; at most 5 either way. */
  change_percent: PercentChange;
  /** Vials to open for it. */
  vials: Vials;
  /** Left in them, to be discarded. */
  unused_mg: Milligrams;
  /** Diluent to the same total. */
  diluent_ml?: Millilitres;
  /** Final concentration, half-up to 12 decimals. */
  concentration_mg_per_ml?: MgPerMl;
}

/** How much more than another a dose is, in mg; below zero when it is less. */
export type MgChange = number;

/** The same in per cent of the other, to 2 decimals. */
export type PercentChange = number;

/** The days of this cycle. */
export interface Schedule {
  /** Length of the cycle. */
  length_days: CycleLength;
  /** Its doses. */
  doses: ScheduledDose[];
  /** First day of the next cycle. */
  next_cycle_from: CivilDate;
}

/** One dose of the cycle. */
export interface ScheduledDose {
  /** Day 1, 8 or 15. */
  day: Day;
  /** Dose level. */
  mg_per_m2?: MgPerM2;
  /** The dose. */
  mg?: Milligrams;
  /** Planned day. */
  planned: CivilDate;
  /** First day on which it may be given. */
  earliest?: CivilDate;
  /** Last day of its window. */
  latest?: CivilDate;
  /** The day it was given. */
  given: CivilDate | null;
}

/** Dates counted from the last dose. Each restriction holds through the day before its date. */
export interface Counselling {
  /** Today when today's dose is given, else the latest given. */
  last_dose: CivilDate;
  /** A woman who can become pregnant uses effective contraception until then. */
  contraception_female_until: CivilDate;
  /** A man whose partner can become pregnant uses effective contraception until then. */
  contraception_male_until: CivilDate;
  /** No breastfeeding until then. */
  no_breastfeeding_until: CivilDate;
  /** Watch for veno-occlusive disease at least until then. */
  vod_watch_until: CivilDate;
}

/** Something to watch. */
export interface MonitoringItem {
  /** What. */
  what: string;
  /** When. */
  when: string;
  /** Rule that asks for it. */
  rule: string;
}

/** How one value of the assessment came to be. */
export interface Derivation {
  /** Its path in the assessment: `dose.mg`, `schedule.doses[1].planned`. */
  of: string;
  /** The formula in names: `dose level × BSA`. */
  formula: string;
  /** The formula with the values put in: `0.8 mg/m2 × 1.82 m2`. */
  worked: string;
  /** What came out, with its unit. */
  result: string;
  /** The rule behind this step. */
  rule: string;
  /** Where it is stated, for this profile. */
  source: string;
  /** How well it is known. */
  confidence: Confidence;
}

/** The answer to a case that is refused. */
export interface CaseError {
  /** Why. */
  error: Refusal;
}

/** Why a case is refused. */
export interface Refusal {
  /** The kind of fault. */
  code: ErrorCode;
  /** Where: `visit.bilirubin.uln`, `cycles[1].response`; empty for the whole case. */
  path: string;
  /** What is wrong and what is accepted, in plain words. */
  message: string;
}

/** Why a case is refused. Of several faults the first of this order is reported. */
export type ErrorCode =
  /** `schema` is absent or not 1. */
  | "unsupported_schema"
  /** A member that the contract does not know. */
  | "unknown_field"
  /** Not JSON (then first of all), the wrong JSON type, or a required member absent. */
  | "invalid_json"
  /** A unit that is not on the quantity's list, or no unit. */
  | "unknown_unit"
  /** The right type with a value that is not allowed. */
  | "out_of_range"
  /** Values that contradict or exclude each other. */
  | "conflict";

/** The rules as one label has them. */
export interface RuleBook {
  /** The contract's version. */
  schema: 1;
  /** Version of the engine. */
  engine: string;
  /** Edition of the rules, a month. */
  rules: string;
  /** Which label. */
  profile: Profile;
  /** Every rule that speaks under this label, in the order of an assessment's findings. */
  entries: RuleEntry[];
}

/** A rule. */
export interface RuleEntry {
  /** Its id, as findings name it. */
  rule: string;
  /** To which visits it applies, in words. */
  applies: string;
  /** What it looks for, and what follows. */
  conditions: RuleCondition[];
  /** Where it is stated, for this profile. */
  sources: Source[];
  /** How well it is known. */
  confidence: Confidence;
  /** Where the sources disagree about it: ids in the rule book, when there are any. */
  disagreements?: string[];
}

/** One condition of a rule. */
export interface RuleCondition {
  /** The condition, in words. */
  when: string;
  /** How much it weighs under this label. */
  severity: Severity;
  /** Whether today's dose is left out. */
  omits_dose: boolean;
  /** What the finding says; `{name}` stands for a value of its basis. */
  says: string;
}

/** Which rules these are. */
export interface Version {
  /** The contract's version. */
  schema: 1;
  /** Version of the engine. */
  engine: string;
  /** Edition of the rules, a month. */
  rules: string;
  /** Month in which the sources were last read. */
  read: string;
  /** Month by which they are to be read again. */
  review_by: string;
}
