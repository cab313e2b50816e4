//! Where the sources disagree, and where the label can be read two ways: who says what, what holds here in each profile, and why.
//!
//! Facts in our own words. A rule names the disagreements that touch it; the words are for the rule book and are never put together
//! while a case is assessed.

/// One disagreement.
#[derive(Debug)]
pub struct Disagreement {
    /// `DIS-` between sources, `AMB-` inside the label.
    pub id: &'static str,
    /// What it is about.
    pub topic: &'static str,
    /// Who says what.
    pub says: &'static [(&'static str, &'static str)],
    /// What holds here in the us profile.
    pub us: &'static str,
    /// What holds here in the eu profile.
    pub eu: &'static str,
    /// Why.
    pub why: &'static str,
    /// Ids of the rules, numbers, cards and lines of the calendar that it touches.
    pub rules: &'static [&'static str],
}

macro_rules! disagreements {
    ($($id:literal $topic:literal touches [$($rule:literal)*]
        $($who:literal says $what:literal;)+
        us $us:literal $(eu $eu:literal)? because $why:literal;
    )+) => {
        /// Every disagreement, first between sources, then inside the label.
        pub static DISAGREEMENTS: &[Disagreement] = &[$(Disagreement {
            id: $id,
            topic: $topic,
            says: &[$(($who, $what)),+],
            us: $us,
            eu: same!($us $(, $eu)?),
            why: $why,
            rules: &[$($rule),*],
        }),+];
    };
}

/// The eu profile's default, where it differs from the us profile's.
macro_rules! same {
    ($us:literal) => {
        $us
    };
    ($us:literal, $eu:literal) => {
        $eu
    };
}

disagreements! {
    "DIS-01" "Blasts before the first dose" touches ["CYTO-01" "CYTO-03"]
        "Labels" says "reduce to 10,000 per mm3 or fewer.";
        "Reference document" says "treat from 10,000 per mm3 on.";
        "INO-VATE" says "10,000 per mm3 and more were excluded.";
    us "Hold above 10,000 per mm3; a note at exactly 10,000."
    because "The wording of the labels. Only the single value 10,000 differs.";

    "DIS-02" "Children" touches ["ELIG-04" "ELIG-06" "ELIG-07"]
        "US label since 3/2024" says "from 1 year on.";
        "EU, British, Swiss and Norwegian texts" says "adults only.";
        "Reference documents" says "adults, from the text of 2017; one prints both indications.";
    us "From the first birthday on." eu "Adults; a child waits for a decision on off-label use."
    because "The US approval notice of 3/2024 and the EU texts.";

    "DIS-03" "CD22" touches ["ELIG-02" "ELIG-03"]
        "US label of 2017" says "silent.";
        "US label since 3/2024" says "CD22 positive.";
        "EU label" says "above 0 % by a validated, sensitive test.";
    us "CD22 positive." eu "Above 0 %, on record."
    because "The current texts.";

    "DIS-04" "Contraindications" touches ["CONTRA-01" "CONTRA-02" "CONTRA-03"]
        "US label" says "none.";
        "EU label" says "hypersensitivity, severe or ongoing veno-occlusive disease, serious liver disease.";
    us "Cautions; hypersensitivity and ongoing veno-occlusive disease stop." eu "All three stop."
    because "The labels truly differ.";

    "DIS-05" "Pregnancy as a contraindication" touches ["CONTRA-05" "PREG-02"]
        "Reference document" says "contraindicated.";
        "US label" says "a warning of harm to the fetus, no contraindication.";
    us "Stop until a decision is documented."
    because "The safest that both allow.";

    "DIS-06" "Time of premedication" touches ["PREMED-01" "PREMED-02" "PREMED-03"]
        "Labels" says "before each dose, without a time.";
        "Reference document" says "about 1 h before.";
        "Protocols" says "15 to 60 min before.";
    us "No time; the time given is recorded."
    because "No label gives one.";

    "DIS-07" "Steroid of premedication" touches ["PREMED-01" "PREMED-04" "PREMED-05"]
        "Labels" says "the class only.";
        "Pediatric study" says "methylprednisolone 1 mg/kg, at most 50 mg.";
        "New Zealand library" says "dexamethasone 12 mg.";
    us "The choice of the site."
    because "The labels name the class only.";

    "DIS-08" "Dose of cycle 1" touches ["DOSE-01"]
        "Labels" says "1.8 mg/m2 for every patient.";
        "Reference document" says "calls this the dose after CR or CRi, and leaves out later cycles without response.";
        "One web page" says "1.5 mg/m2.";
    us "0.8, 0.5 and 0.5 mg/m2 for every patient."
    because "The document and the page are wrong.";

    "DIS-09" "Rates of remission" touches []
        "80.7 %" says "CR or CRi in the first 218 patients of INO-VATE.";
        "35.8 %" says "CR alone in the same 218.";
        "73.8 %" says "CR or CRi in all 326.";
        "42 %" says "CR alone in the pediatric study of the US label.";
        "58.3 %" says "CR or CRi in AALL1621.";
    us "Each figure with its definition and its denominator."
    because "The endpoints differ. One reference document calls 80.7 % CR.";

    "DIS-10" "Survival of the comparator" touches []
        "First analysis of INO-VATE" says "6.7 months; 1.8 without progression.";
        "Final analysis" says "6.2 months; 1.7 without progression.";
    us "Each figure with its analysis."
    because "Both are right for their cut of the data.";

    "DIS-11" "Storage after dilution" touches ["TIME-01" "TIME-02" "TIME-04" "TIME-06" "TIME-07"]
        "US label of 2017, from memory" says "4 h at room temperature, 3 h refrigerated.";
        "EU leaflet of 2022" says "either, within 8 h in all.";
        "Children's hospital" says "4 h at room temperature with the infusion; 6 h refrigerated.";
        "Stability chart" says "8 h either way.";
    us "Dilute within 4 h, end within 8 h; the detail is not verified." eu "Dilute within 4 h, end within 8 h."
    because "The two limits stand in both current texts.";

    "DIS-12" "Concentration" touches ["DIL-03" "DIL-05"]
        "Children's hospital, reference document" says "0.01 to 0.1 mg/mL in a bag.";
        "Children's hospital" says "0.025 to 0.1 mg/mL in a syringe.";
        "US label of 2017, EU label" says "50 mL in all, no limits.";
    us "Both ranges hold." eu "Both ranges hold; the label knows the bag only."
    because "The limits were not seen in the text of the US label 3/2024.";

    "DIS-13" "Frequency of infusion reactions" touches []
        "US label" says "4 of 164 adults, 2 %, all of grade 2.";
        "EU label" says "10 %.";
    us "2 %." eu "10 %."
    because "The terms are grouped differently.";

    "DIS-14" "Thrombocytopenia and neutropenia in adults" touches []
        "Labels" says "51 % (83 of 164) and 49 % (81 of 164), all grades.";
        "Reference document" says "prints the same two figures as severe events.";
    us "51 % and 49 %, all grades."
    because "The counts are of all grades; the document mislabels them.";

    "DIS-15" "Fatal veno-occlusive disease" touches ["VOD-05"]
        "Reference document" says "2.1 % fatal.";
        "Trial" says "2.1 % is the rate of the disease under chemotherapy, 3 of 143.";
        "EU pages, expert panel" says "5 deaths.";
    us "5 deaths; confirm against your label."
    because "The document confuses two numbers.";

    "DIS-16" "Veno-occlusive disease after a transplant" touches ["VODR-01" "VOD-05"]
        "Labels" says "18 of 79.";
        "Expert panel" says "17 of 77, an earlier cut of the data.";
    us "18 of 79; 23 of 164 in all."
    because "The later cut.";

    "DIS-17" "A third cycle before a transplant" touches ["HSCT-02" "HSCT-03"]
        "Labels" says "may be considered unless CR or CRi and negative MRD are both reached.";
        "Reference document" says "leaves out MRD.";
        "Two regional pages" says "mix up the two conditions.";
    us "Considered unless both are reached; not begun once they are."
    because "The wording of the US label.";

    "DIS-18" "Low counts for more than 28 days" touches ["MODH-04" "MODH-05"]
        "US label" says "ends treatment when the drug is suspected.";
        "EU texts read" says "have no such line.";
    us "Stop." eu "A caution."
    because "The labels truly differ.";

    "DIS-19" "Content of a vial" touches ["RECON-01" "RECON-03" "RECON-04"]
        "US label" says "0.9 mg.";
        "EU label" says "1 mg.";
    us "0.9 mg to withdraw, 3.6 mL." eu "1 mg on the label; 3.6 mL, 0.9 mg, to withdraw."
    because "The concentration is the same; vials are counted by volume.";

    "DIS-20" "Creatinine clearance of 15 to 29 mL/min" touches ["RENAL-01" "RENAL-03"]
        "One compendium" says "no change.";
        "Another compendium" says "not established below 30.";
    us "No change, with care." eu "No change, with care; confirm against your label."
    because "The bands of the first look taken from the label.";

    "DIS-21" "Severe liver impairment" touches ["CONTRA-03" "HEP-01"]
        "Reference document" says "should not receive the drug.";
        "US label" says "has thresholds of bilirubin, AST and ALT.";
        "EU label" says "serious ongoing liver disease is a contraindication.";
    us "A caution, and the thresholds." eu "Stop, and the thresholds."
    because "The document repeats the EU text.";

    "DIS-22" "Definition of CRi" touches ["RESP-02"]
        "Labels" says "incomplete recovery: platelets or ANC low, or both.";
        "One compendium" says "full recovery, and both low.";
    us "One of the two counts is enough."
    because "The compendium is wrong on both points.";

    "DIS-23" "Further side effects and interactions" touches []
        "Reference document" says "capillary leak, hemolytic uremic syndrome, interactions with many antibiotics and antifungals.";
        "Label text read" says "none of these.";
    us "Not used."
    because "They were not found in the text of a label.";

    "DIS-24" "Study of the 53 children" touches ["ELIG-04" "PREMED-04"]
        "US approval notice" says "gives no name.";
        "Two web pages" says "AALL1621; INO-VATE.";
        "Its dose levels" says "fit ITCC-059.";
    us "Called the pediatric study of the US label."
    because "The two pages are wrong.";

    "DIS-25" "Bilirubin in the criteria for veno-occlusive disease" touches ["VODC-01" "VODC-02" "VODC-03"]
        "Some prints" says "above 2 mg/dL.";
        "Others" says "2 mg/dL or more.";
    us "2 mg/dL or more."
    because "To include the limit is safer.";

    "DIS-26" "Interval of the response in AALL1621" touches []
        "Publication" says "90 % interval 46.5 to 69.3 %.";
        "Exact binomial" says "45.5 to 70.4 %.";
    us "The published one."
    because "The methods differ.";

    "DIS-27" "Philadelphia positive disease" touches ["ELIG-08"]
        "EU label" says "at least one tyrosine kinase inhibitor has failed.";
        "British form for children, reference document" says "one of the second or third generation.";
        "US label" says "no limit.";
    us "Worth knowing." eu "Hold if none has failed."
    because "The texts.";

    "DIS-28" "Purpose of cytoreduction" touches ["CYTO-04"]
        "One reference document" says "to lower the risk of tumor lysis.";
        "Another" says "to lower the risk of reactions.";
    us "No purpose is stated."
    because "The label text read gives none.";

    "DIS-29" "Smaller faults of a reference document" touches ["CYC-02" "ELIG-04"]
        "Reference document" says "misspells the name, knows no dose for children and no longer first cycle.";
        "Labels" says "cycle 1 may last 28 days; the US label has children from 1 year on.";
    us "The label."
    because "The document is older or wrong.";

    "AMB-01" "Bilirubin and AST or ALT above their limits" touches ["MODNH-03"]
        "Reading here" says "either one holds, because both must be back before the next dose.";
        "To the letter" says "only both together hold.";
    us "Either one holds."
    because "The label's test for going on asks for both.";

    "AMB-02" "Six days between doses" touches ["SCHED-02"]
        "Reading here" says "dates at least 6 apart: from a Monday to the Sunday.";
        "Stricter" says "at least 7 apart.";
    us "At least 6 apart."
    because "With 7 the window could never open two days early.";

    "AMB-03" "Start of the 28 days of low counts" touches ["MODH-04" "MODH-05"]
        "Reading here" says "the planned day 1 that was postponed.";
        "Other reading" says "the first low value.";
    us "The planned day 1."
    because "The label does not say.";

    "AMB-04" "Start of an interruption" touches ["INT-01" "INT-02" "INT-03" "INT-06"]
        "Reading here" says "the planned date of the first dose held.";
        "Other reading" says "the day the toxicity is seen.";
    us "The planned date of the first dose held."
    because "The label does not say.";

    "AMB-05" "Spread of the 25 % less" touches ["INT-03" "RED-01"]
        "Reading here" says "evenly over the doses.";
        "Other reading" says "as the prescriber plans.";
    us "Evenly."
    because "The label names the total only.";

    "AMB-06" "Which two doses remain" touches ["INT-04"]
        "Reading here" says "days 1 and 8.";
        "Other reading" says "any two.";
    us "Days 1 and 8, confirmed by the prescriber."
    because "The label does not say.";

    "AMB-07" "A late day 15 and the next day 1" touches ["SCHED-05"]
        "Reading here" says "at least 6 days between them.";
        "Label" says "nothing on this pair of doses.";
    us "At least 6 days."
    because "The least distance between doses is extended to it, on the safe side.";

    "AMB-08" "Counts before cycle 1" touches []
        "Reading here" says "no threshold; they are the baseline.";
        "Other reading" says "a threshold of the site.";
    us "No threshold in cycle 1."
    because "The label has none for the first cycle.";

    "AMB-09" "Liver tests after each dose" touches ["MON-02"]
        "Reading here" says "24 to 72 h after.";
        "Other reading" says "at the next visit.";
    us "24 to 72 h after."
    because "The label names no day.";

    "AMB-10" "Counts of the prior cycle" touches ["MODH-03"]
        "Reading here" says "those of day 1 of the cycle just finished.";
        "Label" says "does not say on which day.";
    us "Day 1 of the cycle just finished."
    because "It is the count that let that cycle start.";
}

/// The disagreement with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Disagreement> {
    DISAGREEMENTS.iter().find(|disagreement| disagreement.id == id)
}

/// The disagreements that touch what has this id.
pub fn touching(id: &str) -> impl Iterator<Item = &'static Disagreement> {
    DISAGREEMENTS.iter().filter(move |disagreement| disagreement.rules.contains(&id))
}

/// How many disagreements touch a rule; for [`ids`].
pub(crate) const fn count(rule: &str) -> usize {
    let (mut rest, mut found) = (DISAGREEMENTS, 0);
    while let [first, others @ ..] = rest {
        if touches(first, rule) {
            found += 1;
        }
        rest = others;
    }
    found
}

/// Ids of the disagreements that touch a rule, worked out while compiling. `N` is their [`count`].
pub(crate) const fn ids<const N: usize>(rule: &str) -> [&'static str; N] {
    let mut found = [""; N];
    let mut rest = DISAGREEMENTS;
    let mut slots: &mut [&'static str] = &mut found;
    while let [first, others @ ..] = rest {
        if touches(first, rule) {
            let [slot, free @ ..] = slots else { break };
            *slot = first.id;
            slots = free;
        }
        rest = others;
    }
    found
}

const fn touches(disagreement: &Disagreement, rule: &str) -> bool {
    let mut rest = disagreement.rules;
    while let [first, others @ ..] = rest {
        if same_text(first.as_bytes(), rule.as_bytes()) {
            return true;
        }
        rest = others;
    }
    false
}

/// Whether two texts are the same, also while compiling.
pub(crate) const fn same_text(mut a: &[u8], mut b: &[u8]) -> bool {
    loop {
        match (a, b) {
            ([], []) => return true,
            ([x, rest_a @ ..], [y, rest_b @ ..]) if *x == *y => (a, b) = (rest_a, rest_b),
            _ => return false,
        }
    }
}
