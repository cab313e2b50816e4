//! Blood counts before a later cycle starts (US PI 2.3). Baseline means before any inotuzumab.

use crate::engine::case::CountsCause;
use crate::engine::facts::{Facts, at_least};
use crate::engine::known::{all, any, not};
use crate::engine::labels::thresholds as limit;
use crate::engine::rule::{Basis, Fact, days, fires, rules};
use crate::engine::units::Count;

rules! {
    /// Counts that cannot be right. A count a thousand times too high would pass every limit below.
    rule CONV_04 "CONV-04" D [OWN_SAFETY] "every visit"
    when "ANC above 100 or platelets above 2,000 x10^9/L, today or at baseline": caution / caution,
        if |f| implausible(f).map(|counts| Basis::none().with("counts", Fact::Words(counts))),
        say "{counts}: far more than is ever seen. Is the unit wrong, or a digit? Correct it before relying on this answer.";

    /// ANC after a good baseline.
    rule MODH_01 "MODH-01" A [US_2_3 EU_4_2] "day 1 of cycle 2 and later"
    when "baseline ANC at least 1 and platelets at least 50, and ANC below 1": hold / hold,
        if |f| fires(good_baseline_low_anc(f), || against_baseline(f)),
        say "ANC is {anc}, below {anc_limit}. Wait until it is back before starting this cycle.";

    /// Platelets after a good baseline.
    rule MODH_02 "MODH-02" A [US_2_3 EU_4_2] "day 1 of cycle 2 and later"
    when "baseline ANC at least 1 and platelets at least 50, and platelets below 50": hold / hold,
        if |f| fires(good_baseline_low_platelets(f), || against_baseline(f)),
        say "Platelets are {platelets}, below {platelets_limit}. Wait until they are back before starting this cycle.";

    /// Counts after a low baseline.
    rule MODH_03 "MODH-03" A [US_2_3 EU_4_2] "day 1 of cycle 2 and later"
    when "baseline ANC below 1 or platelets below 50, and none of the three ways back is met": hold / hold,
        if |f| fires(no_way_back(f), || against_every_way(f)),
        say "ANC {anc}, platelets {platelets}, after a low baseline. Wait until both are back to day 1 of the last cycle, or reach {anc_limit} and {platelets_limit}, or the disease is stable or better and is the cause.";

    /// Low ANC for too long.
    rule MODH_04 "MODH-04" A [US_2_3] "day 1 of cycle 2 and later"
    when "ANC holds the cycle, the drug is the cause, and it has lasted more than 28 days": stop / caution,
        if |f| fires(all([anc_holds(f), too_long(f)]), || lasting(f)),
        say "ANC has been low for {low_for}, more than {at_most}, because of the drug. The US label ends treatment here; the EU label has no such line.";

    /// Low platelets for too long.
    rule MODH_05 "MODH-05" A [US_2_3] "day 1 of cycle 2 and later"
    when "platelets hold the cycle, the drug is the cause, and it has lasted more than 28 days": stop / caution,
        if |f| fires(all([platelets_hold(f), too_long(f)]), || lasting(f)),
        say "Platelets have been low for {low_for}, more than {at_most}, because of the drug. The US label ends treatment here; the EU label has no such line.";

    /// Low counts inside a cycle.
    rule MODH_06 "MODH-06" A [US_2_3 EU_4_2] "day 8 and 15"
    when "ANC below 1 or platelets below 50": info / info,
        if |f| fires(all([Some(f.inside_cycle()), any([anc_low(f), platelets_low(f)])]), || counts(f)),
        say "Counts are low. On day 8 and 15 counts alone are no reason to interrupt; give supportive care.";

    /// Platelets that are not the patient's own.
    rule MODH_09 "MODH-09" D [US_2_3 EU_4_2] "day 1 of cycle 2 and later"
    when "the platelet count follows a transfusion": hold / hold,
        if |f| (f.later_day_1() && f.case.visit.platelets_transfused == Some(true)).then(Basis::none),
        say "The platelet count follows a transfusion and cannot be used. Count again without one.";
}

/// The counts that nobody has, as one text.
fn implausible(f: &Facts) -> Option<String> {
    let (visit, baseline) = (&f.case.visit, &f.case.baseline);
    let counts = [
        ("ANC", visit.anc, limit::ANC_PLAUSIBLE),
        ("Platelets", visit.platelets, limit::PLATELETS_PLAUSIBLE),
        ("Baseline ANC", baseline.anc, limit::ANC_PLAUSIBLE),
        ("Baseline platelets", baseline.platelets, limit::PLATELETS_PLAUSIBLE),
    ];
    let mut found = Vec::new();
    for (name, count, plausible) in counts {
        if let Some(count) = count.map(|count| count.giga_per_litre()).filter(|count| *count > plausible) {
            found.push(format!("{name} {}", Fact::from(count)));
        }
    }
    (!found.is_empty()).then(|| found.join(", "))
}

fn anc_low(f: &Facts) -> Option<bool> {
    not(at_least(f.case.visit.anc, limit::ANC))
}

fn platelets_low(f: &Facts) -> Option<bool> {
    not(at_least(f.case.visit.platelets, limit::PLATELETS))
}

fn good_baseline_low_anc(f: &Facts) -> Option<bool> {
    all([Some(f.later_day_1()), f.baseline_adequate(), anc_low(f)])
}

fn good_baseline_low_platelets(f: &Facts) -> Option<bool> {
    all([Some(f.later_day_1()), f.baseline_adequate(), platelets_low(f)])
}

/// A low baseline and none of the three ways back. A way that lacks a value is not met.
fn no_way_back(f: &Facts) -> Option<bool> {
    let visit = &f.case.visit;
    let (anc, platelets) = (visit.anc?, visit.platelets?);
    let as_last_cycle = f.previous.and_then(|last| {
        let (anc_then, platelets_then) = (last.anc_day1?, last.platelets_day1?);
        all([
            at_least(Some(anc), anc_then.giga_per_litre()),
            at_least(Some(platelets), platelets_then.giga_per_litre()),
        ])
    });
    let recovered = all([not(anc_low(f)), not(platelets_low(f))]);
    let from_disease =
        visit.disease_stable_or_improved == Some(true) && visit.counts_cause == Some(CountsCause::Disease);
    let none = as_last_cycle != Some(true) && recovered != Some(true) && !from_disease;
    all([Some(f.later_day_1()), not(f.baseline_adequate()), Some(none)])
}

fn anc_holds(f: &Facts) -> Option<bool> {
    any([good_baseline_low_anc(f), all([no_way_back(f), anc_low(f)])])
}

fn platelets_hold(f: &Facts) -> Option<bool> {
    any([good_baseline_low_platelets(f), all([no_way_back(f), platelets_low(f)])])
}

/// For how many days the cycle has been postponed.
fn low_for(f: &Facts) -> Option<i64> {
    f.case.visit.counts_low_since.map(|since| f.case.date.days_since(since))
}

/// Drug-related, and postponed for more than 28 days.
fn too_long(f: &Facts) -> Option<bool> {
    let from_drug = f.case.visit.counts_cause == Some(CountsCause::Drug);
    all([Some(from_drug), low_for(f).map(|days| days > limit::LOW_COUNT_DAYS)])
}

fn lasting(f: &Facts) -> Basis {
    let basis = counts(f).with("at_most", days(limit::LOW_COUNT_DAYS));
    match low_for(f) {
        Some(low_for) => basis.with("low_for", days(low_for)),
        None => basis,
    }
}

fn counts(f: &Facts) -> Basis {
    counted(Basis::none(), [("anc", f.case.visit.anc), ("platelets", f.case.visit.platelets)])
        .with("anc_limit", limit::ANC)
        .with("platelets_limit", limit::PLATELETS)
}

/// Today's counts, and those before any treatment.
fn against_baseline(f: &Facts) -> Basis {
    let baseline = &f.case.baseline;
    counted(counts(f), [("baseline_anc", baseline.anc), ("baseline_platelets", baseline.platelets)])
}

/// What the three ways back are judged by, as far as it is known.
fn against_every_way(f: &Facts) -> Basis {
    let (visit, last) = (&f.case.visit, f.previous);
    let mut basis = counted(
        against_baseline(f),
        [
            ("anc_day1_last_cycle", last.and_then(|last| last.anc_day1)),
            ("platelets_day1_last_cycle", last.and_then(|last| last.platelets_day1)),
        ],
    );
    if let Some(stable) = visit.disease_stable_or_improved {
        basis = basis.with("disease_stable_or_improved", if stable { "yes" } else { "no" });
    }
    match visit.counts_cause {
        Some(cause) => basis.with("counts_cause", cause.word()),
        None => basis,
    }
}

/// With those counts that are known.
fn counted(basis: Basis, counts: [(&'static str, Option<Count>); 2]) -> Basis {
    let known = counts.into_iter().filter_map(|(name, count)| Some((name, count?)));
    known.fold(basis, |basis, (name, count)| basis.with(name, count.giga_per_litre()))
}
