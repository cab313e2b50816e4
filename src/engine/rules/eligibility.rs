//! Who may have the drug at all.

use crate::engine::case::{Diagnosis, DiseaseStatus, Marker, Pregnancy, Sex, VodHistory};
use crate::engine::facts::Facts;
use crate::engine::labels::thresholds as limit;
use crate::engine::rule::{Basis, rules};

rules! {
    /// Relapsed or refractory B-cell precursor ALL.
    rule ELIG_01 "ELIG-01" A [US_1 EU_4_1] "every visit"
    when "the diagnosis is not B-cell precursor ALL": stop / stop,
        if |f| (f.case.disease.diagnosis == Some(Diagnosis::Other)).then(Basis::none),
        say "The diagnosis is not B-cell precursor ALL. This is outside the label: do not use this plan.";
    when "the disease is untreated": stop / stop,
        if |f| (f.case.disease.diagnosis != Some(Diagnosis::Other)
            && f.case.disease.status == Some(DiseaseStatus::Untreated)).then(Basis::none),
        say "The disease is untreated. The label is for relapsed or refractory disease only.";

    /// CD22 on the blasts.
    rule ELIG_02 "ELIG-02" A [US_1 EU_4_1] "every visit"
    when "CD22 is negative (0 % is negative, anything above is positive)": stop / stop,
        if |f| (f.cd22() == Some(Marker::Negative)).then(Basis::none),
        say "The blasts are CD22 negative, so the drug has no target. Do not give it.";
    when "CD22 is not known": hold / hold,
        if |f| (f.cd22() == Some(Marker::Unknown)).then(Basis::none),
        say "CD22 is not known. Wait for the result: any share above 0 % counts as positive.";

    /// Infants.
    rule ELIG_05 "ELIG-05" B [US_1 US_8_4] "every visit"
    when "the patient is younger than 1 year": stop / stop,
        if |f| f.age().filter(|age| *age < limit::CHILD_YEARS).map(age),
        say "The patient is younger than 1 year. Safety and benefit are not known at this age.";

    /// Children under the EU label.
    rule ELIG_07 "ELIG-07" A [EU_4_1] "every visit"
    when "the patient is 1 to 17 years old": silent / hold,
        if |f| f.age().filter(|age| (limit::CHILD_YEARS..limit::ADULT_YEARS).contains(age)).map(age),
        say "The patient’s age is {age_years}. The EU label is for adults: decide on off-label use before this dose.";

    /// Philadelphia chromosome.
    rule ELIG_08 "ELIG-08" A [EU_4_1] "every visit"
    when "Philadelphia positive, and no tyrosine kinase inhibitor has failed": info / hold,
        if |f| {
            let none_failed = f.case.disease.tki_failed?.get() == 0;
            (none_failed && f.case.disease.philadelphia == Some(Marker::Positive)).then(Basis::none)
        },
        say "Philadelphia positive, and no tyrosine kinase inhibitor has failed yet. The EU label asks for at least one.";

    /// MRD without relapse.
    rule ELIG_12 "ELIG-12" A [US_1 EU_4_1 TRIAL_MRD] "every visit"
    when "remission with measurable residual disease only": stop / stop,
        if |f| (f.case.disease.status == Some(DiseaseStatus::MrdOnly)).then(Basis::none),
        say "Measurable residual disease without relapse is outside the label. The study of it used lower doses than this plan.";

    /// Hypersensitivity.
    rule CONTRA_01 "CONTRA-01" A [EU_4_3 OWN_SAFETY] "every visit"
    when "hypersensitivity to the drug or an excipient": stop / stop,
        if |f| (f.case.history.hypersensitivity == Some(true)).then(Basis::none),
        say "Hypersensitivity to the drug or an excipient is recorded. Do not give it.";

    /// Veno-occlusive disease, severe or ongoing.
    rule CONTRA_02 "CONTRA-02" A [US_5_1 EU_4_3] "every visit"
    when "veno-occlusive disease is ongoing": stop / stop,
        if |f| (f.case.history.vod == Some(VodHistory::Ongoing)).then(Basis::none),
        say "Veno-occlusive disease is ongoing. Do not give the drug; treat the liver.";
    when "earlier veno-occlusive disease was confirmed severe": caution / stop,
        if |f| (f.case.history.vod == Some(VodHistory::Severe)).then(Basis::none),
        say "Earlier veno-occlusive disease was severe. The US label warns of a higher risk; the EU label forbids the drug.";

    /// Serious liver disease.
    rule CONTRA_03 "CONTRA-03" A [US_5_1 EU_4_3] "every visit"
    when "serious ongoing liver disease": caution / stop,
        if |f| (f.case.history.serious_liver_disease == Some(true)).then(Basis::none),
        say "Serious liver disease is recorded. The US label warns of a higher risk; the EU label forbids the drug.";

    /// Veno-occlusive disease that is over.
    rule CONTRA_04 "CONTRA-04" D [US_5_1 EU_4_3 EU_4_4] "every visit"
    when "earlier mild or moderate veno-occlusive disease has resolved": caution / caution,
        if |f| (f.case.history.vod == Some(VodHistory::Resolved)).then(Basis::none),
        say "Veno-occlusive disease has occurred before. It raises the risk of another: weigh benefit and risk.";

    /// Pregnancy.
    rule CONTRA_05 "CONTRA-05" A [US_8_1 EU_4_6] "every visit"
    when "the patient is pregnant": stop / stop,
        if |f| (f.case.patient.pregnancy == Some(Pregnancy::Pregnant)).then(Basis::none),
        say "The patient is pregnant. The drug is expected to harm the fetus: no dose without a documented decision.";

    /// Pregnancy test.
    rule PREG_01 "PREG-01" S [US_8_3 EU_4_6] "day 1 of every cycle"
    when "cycle 1, can become pregnant, and the test result is not known": hold / hold,
        if |f| (f.first_dose() && untested(f)).then(Basis::none),
        say "The pregnancy test is outstanding. Wait for the result before the first dose.";
    when "a later cycle, can become pregnant, and the test result is not known": caution / caution,
        if |f| (f.later_day_1() && untested(f)).then(Basis::none),
        say "The pregnancy test is outstanding. Repeat it before this cycle.";

    /// Breastfeeding.
    rule LACT_01 "LACT-01" A [US_8_2 EU_4_6] "every visit"
    when "the patient is breastfeeding": caution / caution,
        if |f| (f.case.patient.breastfeeding == Some(true)).then(Basis::none),
        say "The patient is breastfeeding. Stop before this dose; start again no sooner than 2 months after the last one.";

    /// Older patients.
    rule GER_01 "GER-01" A [US_8_5 EU_4_4] "every visit"
    when "the patient is older than 65 years": info / caution,
        if |f| f.age().filter(|age| *age > limit::OLDER_YEARS).map(age),
        say "The patient’s age is {age_years}. The dose stays the same; the risk of liver injury is higher above 65.";
}

fn age(years: u64) -> Basis {
    Basis::none().with("age_years", years)
}

fn untested(f: &Facts) -> bool {
    let patient = &f.case.patient;
    patient.sex == Some(Sex::Female)
        && patient.reproductive_potential == Some(true)
        && patient.pregnancy == Some(Pregnancy::Unknown)
}
