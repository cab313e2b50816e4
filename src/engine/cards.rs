//! Knowledge cards: what the sources say about matters that no value of a case decides. They make no finding; a page or a reader
//! looks them up by topic. Facts in our own words.

use super::disagreements::same_text;
use super::rule::Grounds;

/// One fact.
#[derive(Debug, Clone, Copy)]
pub struct Card {
    /// Id, sources, confidence; a card of confidence M says "confirm against your label" ([`Grounds::caveat`]).
    pub grounds: Grounds,
    /// Where to look for it.
    pub topic: Topic,
    /// The fact.
    pub says: &'static str,
}

macro_rules! cards {
    ($($(#[$doc:meta])* $topic:ident $title:literal {
        $($id:literal $confidence:ident [$($source:ident)+] $says:literal;)+
    })+) => {
        /// Topics, in the order of treatment.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Topic { $(#[doc = $title] $topic,)+ }

        impl Topic {
            /// Every topic.
            pub const ALL: &'static [Self] = &[$(Self::$topic),+];

            /// Its name.
            #[must_use]
            pub fn title(self) -> &'static str { match self { $(Self::$topic => $title),+ } }
        }

        /// Every card, topic by topic.
        pub static CARDS: &[Card] = &[$($(Card {
            grounds: Grounds {
                id: $id,
                sources: &[$($crate::engine::labels::sources::$source),+],
                confidence: $crate::engine::rule::Confidence::$confidence,
            },
            topic: Topic::$topic,
            says: $says,
        },)+)+];
    };
}

cards! {
    Eligibility "Who may have the drug" {
        "ELIG-03" A [EU_4_2] "EU: a validated, sensitive test shows CD22 above 0 % before the first dose.";
        "ELIG-04" A [US_1 US_8_4] "US: for adults, and for children from their first birthday on.";
        "ELIG-06" A [EU_4_1] "EU: for adults, 18 years and older.";
        "ELIG-11" A [EU_4_1] "The label is for the drug alone. A combination is off-label.";
        "ELIG-13" A [EU_4_2] "EU: the prescriber is experienced in cancer treatment, and full resuscitation is at hand.";
    }
    Surface "Body surface area" {
        "BSA-10" D [OWN_BSA] "No label text read names a formula. Mosteller is the default, and every output names the one in use.";
        "BSA-11" D [OWN_BSA] "The area is rounded once, half-up to 2 decimals, and used rounded from there on.";
        "BSA-12" D [OWN_BSA] "No label text read caps the area, so actual weight counts in full. A cap at 2 m2 takes 18 % off the dose at 2.44 m2.";
        "BSA-14" D [OWN_SAFETY] "A height outside 45 to 230 cm or a weight outside 3 to 300 kg is refused.";
        "BSA-15" M [PROTOCOL_PRACTICE] "Weigh before each cycle, children before each dose. Work the dose out anew when weight has changed by more than 10 %.";
    }
    Dosing "Dose and cycles" {
        "DOSE-04" A [US_2_1 US_8_4] "US: children from 1 year on have the same mg per m2 as adults.";
        "CYC-01" A [US_2_1 EU_4_2] "Cycle 1 lasts 21 days.";
        "CYC-02" A [US_2_1 EU_4_2] "Cycle 1 may last 28 days, after CR or CRi or to recover from toxicity.";
        "CYC-03" A [US_2_1 EU_4_2] "Each later cycle lasts 28 days.";
        "CYC-04" D [US_2_1 OWN_READING] "The next day 1 is counted as day 1 plus 21 or 28 days, whatever the label calls the dose-free days.";
        "RED-04" D [OWN_READING] "CR or CRi after a reduction: the doses after response, at the same step. A response lost after a reduction never raises a dose again: the prescriber decides.";
    }
    Response "Response" {
        "RESP-01" A [US_2_1 EU_4_2] "CR: below 5 % blasts in the marrow, none in the blood, platelets at least 100 x10^9/L and ANC at least 1 x10^9/L, no disease outside the marrow.";
        "RESP-02" A [US_2_1 EU_4_2] "CRi: as CR, but platelets below 100 x10^9/L, or ANC below 1 x10^9/L, or both.";
        "RESP-03" A [US_2_1 EU_4_2] "MRD negative: below 0.01 % leukemic cells in the marrow. Exactly 0.01 % is not negative.";
    }
    Transplant "Transplant" {
        "HSCT-01" A [US_2_1 EU_4_2] "Before a transplant two cycles are recommended.";
        "HSCT-08" A [US_BOX US_5_1 EU_4_4 PROTOCOL_PANEL] "Two alkylating agents in the conditioning raise the risk of veno-occlusive disease clearly. The US label warns; the EU text avoids them.";
        "HSCT-10" D [OWN_READING] "No label text read says how long to wait between the last dose and the transplant. None is given here.";
    }
    Premedication "Premedication" {
        "PREMED-02" A [US_2_2 EU_4_2] "The label text read names three classes, and no drug, dose or time.";
        "PREMED-03" S [PROTOCOL_REFERENCE] "One reference document gives them about 1 h before the dose.";
        "PREMED-04" A [TRIAL_CHILDREN] "The pediatric study of the US label gave methylprednisolone 1 mg/kg, at most 50 mg, with an antipyretic and an antihistamine.";
        "PREMED-05" B [PROTOCOL_NATIONAL] "New Zealand: loratadine 10 mg and paracetamol 1,000 mg by mouth, dexamethasone 12 mg intravenously over 15 min, before each dose; adjustable.";
        "PREMED-07" M [PROTOCOL_PRACTICE] "Paracetamol with liver impairment or below 50 kg: ask the pharmacist for the dose. It counts towards the day's maximum.";
        "PREMED-08" D [TRIAL_CHILDREN OWN_ARITHMETIC] "1 mg/kg up to 50 mg: 18 mg at 18 kg, 50 mg at 50 kg and at 62 kg.";
    }
    Cytoreduction "Cytoreduction and tumor lysis" {
        "CYTO-04" A [US_2_2 EU_4_2] "Hydroxyurea, a steroid or vincristine reduces the blasts. The label text read gives no dose.";
        "CYTO-05" A [US_2_2] "The limit on blasts is for the first dose of cycle 1, not for later ones.";
        "CYTO-06" M [PROTOCOL_PRACTICE] "Vincristine goes into a vein only. By any other route it kills.";
        "TLS-01" A [EU_4_2] "EU: with a high tumor burden, hydration and a drug against uric acid come before the dose.";
        "TLS-03" M [OWN_SAFETY] "No label text read says what a high tumor burden is. Suggested here: above 10,000 blasts per mm3 at any time, above 50 % in the marrow, LDH above 2 x ULN, or bulky disease outside the marrow.";
        "TLS-04" M [PROTOCOL_PRACTICE] "Rasburicase is not for patients with G6PD deficiency.";
    }
    Reconstitution "Reconstitution" {
        "RECON-01" A [US_11 US_16 EU_6_5] "The US vial is labeled 0.9 mg, the EU vial 1 mg. Reconstituted, both hold 0.25 mg/mL.";
        "RECON-02" A [US_2_4 EU_6_6] "4 mL of sterile water for injections into each vial, nothing else.";
        "RECON-03" A [US_11] "3.6 mL, 0.9 mg, can be withdrawn from a US vial. The EU text on this was not read; the same is used.";
        "RECON-05" A [US_2_4 EU_6_6] "Swirl gently. Do not shake.";
        "RECON-06" B [US_2_4 EU_6_6] "Clear to slightly cloudy, colorless to slightly yellow, no visible particles. If not, discard.";
        "RECON-07" A [US_2_4 EU_6_3 PROTOCOL_HANDLING] "Use at once, or keep at 2 to 8 °C for up to 4 h. Protect from light, do not freeze.";
        "RECON-09" A [US_16 EU_6_4] "Unopened vials: 2 to 8 °C, in the carton against light, never frozen.";
        "RECON-10" B [PROTOCOL_MANUAL] "One hospital lets the vial stand 15 min at room temperature first, and 1 min after swirling.";
        "RECON-11" A [US_11] "A US vial holds polysorbate 80 0.36 mg, sodium chloride 2.16 mg, sucrose 180 mg and tromethamine 8.64 mg; pH about 8.";
    }
    Dilution "Dilution" {
        "DIL-01" A [US_2_4 EU_6_6] "0.9 % sodium chloride is the only diluent.";
        "DIL-04" A [US_2_4] "US: a bag or a syringe. The text on the syringe was not read: its limits here come from a hospital manual.";
        "DIL-06" D [OWN_READING] "Which patient needs a syringe was not read in a label. A bag of 50 mL is too dilute for a dose below 0.5 mg.";
        "DIL-07" B [PROTOCOL_BAG] "A syringe for a dose in mg holds between dose over 0.1 and dose over 0.025 mL.";
        "DIL-08" B [PROTOCOL_OLD_LABEL] "Bag: PVC with or without DEHP, polyolefin, or EVA.";
        "DIL-10" D [OWN_ARITHMETIC] "A bag of 50 mL is too dilute below 0.625 m2 at 0.8 mg/m2, 0.8333 at 0.6, 1 at 0.5, 1.3333 at 0.375. Small adults are among them after a reduction.";
        "DIL-11" B [US_2_4 EU_6_6] "Mix by turning gently. Do not shake.";
        "DIL-12" A [US_2_4 EU_6_3] "Keep the made-up drug from light, and do not freeze it.";
        "DIL-13" D [EU_6_6 OWN_READING] "EU: no text read knows a syringe. A dose below 0.5 mg goes to the pharmacist first.";
    }
    Times "Time limits" {
        "TIME-04" A [EU_6_3] "Diluted: use at once, or keep at 20 to 25 °C or at 2 to 8 °C, within the 8 h in all. The US text on this was not read.";
        "TIME-05" B [PROTOCOL_COMPENDIUM PROTOCOL_MANUAL] "A refrigerated bag warms for about 1 h before the infusion: out of the refrigerator within 6 h of reconstitution.";
        "TIME-06" M [PROTOCOL_OLD_LABEL] "The US label of 2017 was stricter: diluted, up to 4 h at room temperature or 3 h refrigerated.";
        "TIME-07" B [PROTOCOL_MANUAL] "One hospital is stricter: 4 h at room temperature with the infusion, or 8 h in all with at most 6 h refrigerated.";
    }
    Infusion "Infusion" {
        "INF-03" D [US_2_4 OWN_ARITHMETIC] "A syringe runs its whole volume in 1 h.";
        "INF-04" B [PROTOCOL_OLD_LABEL PROTOCOL_HANDLING] "No filter is needed. If one is used: PES, PVDF or hydrophilic polysulfone; never nylon or mixed cellulose ester.";
        "INF-05" B [PROTOCOL_OLD_LABEL] "Line: PVC with or without DEHP, polyolefin, or polybutadiene.";
        "INF-06" A [US_2_4 EU_6_2] "Never mix it, or run it together, with another drug.";
        "INF-07" B [US_2_4 PROTOCOL_MANUAL] "Keep it from light during the infusion.";
        "INF-08" B [PROTOCOL_HANDLING] "Handle it as cytotoxic. One center uses a closed system for transfer.";
    }
    Toxicity "Counts and toxicity" {
        "MODH-12" D [US_5_3] "Febrile neutropenia, severe infection or bleeding counts as toxicity: hold, treat, and think of prophylaxis.";
        "MODNH-07" D [OWN_READING] "Gilbert syndrome or hemolysis excuses bilirubin only, never AST or ALT, and must be on record.";
        "MODNH-09" A [TRIAL_SAFETY] "The pivotal trial graded by CTCAE 3.0. The limit of 2.5 x ULN is explicit and holds in every edition.";
    }
    Organs "Kidney and liver" {
        "RENAL-01" B [PROTOCOL_COMPENDIUM] "Creatinine clearance of 15 to 89 mL/min: no change of the first dose. The EU text was not read.";
        "RENAL-02" B [PROTOCOL_COMPENDIUM] "Below 15 mL/min or on dialysis: no data.";
        "RENAL-03" B [PROTOCOL_COMPENDIUM] "15 to 29 mL/min: one compendium calls it not established. Take care.";
        "HEP-01" B [PROTOCOL_COMPENDIUM] "Bilirubin up to 1.5 x ULN with AST and ALT up to 2.5 x ULN: no change of the first dose.";
    }
    Heart "Heart rhythm" {
        "QT-03" S [US_5_5 PROTOCOL_REFERENCE] "Stop or replace drugs that prolong QT. Where that cannot be, repeat ECG and electrolytes.";
        "QT-05" A [US_5_5 US_12_2] "A rise of 60 ms or more: 4 of 162 adults (2.5 %), against 3 of 124 (2.4 %) under chemotherapy. Children: a rise above 60 ms in 7 of 49 (14 %), above 500 ms in 3 of 52 (6 %).";
        "QT-06" B [PROTOCOL_PANEL] "No list of interacting drugs stands in the label text read: keep your own. Azoles also burden the liver together with conditioning.";
    }
    VodRisk "Risk of veno-occlusive disease" {
        "VODR-01" A [US_5_1 EU_4_4] "A transplant afterwards: 18 of 79 (23 %), against 5 of 164 (3 %) without one.";
        "VODR-02" A [US_BOX US_5_1] "Conditioning with two alkylating agents.";
        "VODR-03" A [US_BOX US_5_1] "Last bilirubin before the transplant at or above the upper limit of normal.";
        "VODR-04" A [US_BOX US_5_1] "Liver disease now or before; veno-occlusive disease before.";
        "VODR-05" A [US_BOX US_5_1] "An earlier transplant.";
        "VODR-06" A [US_BOX US_5_1 EU_4_4] "Older age. One reference document says from 55 years on; EU pages weigh benefit and risk above 65.";
        "VODR-07" A [US_BOX EU_4_4] "A later line of treatment: without a transplant 2 of 111 in the first salvage, 3 of 51 in the second.";
        "VODR-08" A [US_BOX US_5_1] "More cycles.";
        "VODR-09" B [PROTOCOL_PANEL] "Thiotepa in the conditioning: the panel avoids it.";
        "VODR-10" B [PROTOCOL_PANEL] "Azoles and other drugs that burden the liver, with high doses of alkylating agents: avoid where possible.";
        "VODR-11" D [OWN_READING] "No weights are published. The factors are listed, never added up to a score.";
    }
    Vod "Veno-occlusive disease: facts and actions" {
        "VOD-02" A [US_5_1 EU_4_4] "Ask and look at each visit: rising bilirubin, a large or tender liver, rapid weight gain, ascites. A new sign holds the dose until it is explained.";
        "VOD-04" A [US_5_1] "After a transplant it begins at a median of 15 days, from day 3 to day 57.";
        "VOD-05" A [US_5_1 US_8_4 EU_4_8] "Adults: 23 of 164 (14 %), against 3 of 143 (2.1 %) under chemotherapy. Children: 8 of 53 (15 %).";
        "VOD-06" B [PROTOCOL_PANEL] "The panel names ursodiol as a prophylaxis. No dose was read.";
        "VOD-07" M [PROTOCOL_PRACTICE] "Defibrotide treats severe disease. It does not stand in the label text read.";
        "VOD-08" B [PROTOCOL_PANEL] "Weigh every day, from the first dose until after the transplant.";
        "MON-12" B [PROTOCOL_COMPENDIUM] "One source repeats liver tests at least weekly in the first month after a transplant.";
    }
    VodCriteria "Criteria for veno-occlusive disease after a transplant: to meet them is no diagnosis" {
        "VODC-01" A [PROTOCOL_SEATTLE] "Within 20 days of a transplant, two of: bilirubin above 2 mg/dL; a large liver or pain on the right; weight up by more than 2 %. All these criteria were made for patients after a transplant; use without one stretches them.";
        "VODC-02" A [PROTOCOL_BALTIMORE] "Within 21 days of a transplant: bilirubin of 2 mg/dL or more, and two of: large liver, weight up by more than 5 %, ascites.";
        "VODC-03" A [PROTOCOL_EBMT_ADULT] "Adults, up to day 21: bilirubin of 2 mg/dL (34 umol/L) or more, and two of: painful large liver, weight up by more than 5 %, ascites.";
        "VODC-04" A [PROTOCOL_EBMT_ADULT] "Adults, after day 21: the same pattern; or histology; or two of bilirubin of 2 mg/dL or more, painful large liver, weight up by more than 5 %, ascites, with evidence by ultrasound or hemodynamics.";
        "VODC-05" A [PROTOCOL_EBMT_2023] "Adults, edition 2023: probable, clinical or proven. Organ failure is judged by SOFA.";
        "VODC-06" A [PROTOCOL_EBMT_CHILD] "Children, at any time, two of: platelets that do not rise after transfusion; weight up on 3 days in a row despite diuretics, or by more than 5 %; liver larger than before; ascites more than before; bilirubin rising on 3 days in a row, or 2 mg/dL within 72 h. Exclude other causes.";
        "VODC-07" A [PROTOCOL_EBMT_CHILD] "Platelets that do not rise: one dose by weight or more each day to hold the threshold, or a corrected increment below 5,000 to 7,500 after two fresh, matching transfusions.";
    }
    Vaccines "Vaccines" {
        "VAC-01" S [PROTOCOL_REFERENCE] "No live virus vaccine during treatment and for a time after.";
        "VAC-02" M [EU_4_4] "EU: no live vaccine from 2 weeks before the first dose until B cells are back after the last cycle.";
    }
    Reproduction "Pregnancy, fertility and breastfeeding" {
        "PREG-02" A [US_8_1] "Harm to the fetus is expected, from how the drug works and from rats at less than half the human exposure. A patient who becomes pregnant calls at once.";
        "FERT-01" A [US_13_1] "Fertility of women and men may suffer: in animals ovaries, womb and testicles shrank, the testicles without recovery in 4 weeks. Speak about preserving it before the first dose.";
        "DATE-01" D [OWN_READING] "Months run to the same day of the month; where there is none, to the first of the month after. They are never cut short.";
        "DATE-02" D [OWN_READING] "A restriction holds through the day before its date. A new dose starts all of them again.";
        "DATE-03" D [OWN_ARITHMETIC] "Two months can be 59 days, as from 31 January to 31 March. That is less than five half-lives.";
    }
    Kinetics "How long the drug stays" {
        "PK-01" S [US_12_3 PROTOCOL_REFERENCE] "Half-life 12.3 days, steady by cycle 4, volume about 12 L. Clearance falls as CD22 positive cells fall.";
        "PK-02" D [OWN_ARITHMETIC] "By plain halving, 20.6 % is left after 28 days, 4.3 % after 56, 0.6 % after 90.";
        "PK-03" S [US_12_3 PROTOCOL_REFERENCE] "Age, race, sex, and mild or moderate kidney or liver impairment change it little.";
        "PK-04" M [US_12_3] "Clearance is about 0.033 L/h once steady.";
    }
    Warnings "Boxed warning and warnings" {
        "BOX-01" A [US_BOX] "Liver injury, at times fatal, above all veno-occlusive disease. A transplant afterwards raises the risk.";
        "BOX-02" A [US_BOX] "The risk rises with liver disease, an earlier transplant, age, later lines of treatment and more cycles.";
        "BOX-03" A [US_BOX] "Raised liver tests may mean to interrupt, to reduce or to stop. Veno-occlusive disease always means to stop.";
        "BOX-04" A [US_BOX US_5_2] "More patients die after a transplant without relapse. Deaths by day 100: 31 of 79 (39 %), against 8 of 35 (23 %); children 7 of 26 (27 %).";
        "WARN-01" A [US_5_3 US_5_4 US_5_5 US_8_1] "Low counts with fatal infection or bleeding; infusion reactions; QT prolongation; harm to the fetus.";
    }
}

/// The cards of a topic.
pub fn about(topic: Topic) -> impl Iterator<Item = &'static Card> {
    CARDS.iter().filter(move |card| card.topic == topic)
}

/// The card with this id. Looked up in a `const`, while compiling, it is the only one whose words the program carries.
#[must_use]
pub const fn card(id: &str) -> Option<Card> {
    let mut rest = CARDS;
    while let [first, others @ ..] = rest {
        if same_text(first.grounds.id.as_bytes(), id.as_bytes()) {
            return Some(*first);
        }
        rest = others;
    }
    None
}
