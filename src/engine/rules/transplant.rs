//! How many cycles, with and without a transplant.

use crate::engine::case::{Day, Hsct, Marker, Response};
use crate::engine::facts::{Facts, is_remission, judged, mrd};
use crate::engine::known::{all, not};
use crate::engine::labels::thresholds as limit;
use crate::engine::rule::{Basis, Fact, fires, rules};
use crate::engine::units::Unit;

rules! {
    /// A third cycle without a full response.
    rule HSCT_02 "HSCT-02" A [US_2_1 EU_4_2] "cycle 3 before a transplant"
    when "not both CR or CRi and MRD negative after cycle 2": caution / caution,
        if |f| fires(all([Some(third_before_transplant(f)), not(responded(f))]), || after_last_cycle(f)),
        say "Two cycles are done and CR or CRi with negative MRD is not reached. A third cycle may be considered before the transplant.";

    /// A third cycle that is not needed.
    rule HSCT_03 "HSCT-03" D [US_2_1 EU_4_2] "cycle 3 before a transplant"
    when "day 1, CR or CRi, and MRD negative after cycle 2": stop / stop,
        if |f| fires(all([Some(third_before_transplant(f) && f.day == Some(Day::D1)), responded(f)]), || after_last_cycle(f)),
        say "CR or CRi with negative MRD is reached after two cycles. Go on to the transplant; do not start a third cycle.";
    when "day 8 or 15, CR or CRi, and MRD negative after cycle 2": caution / caution,
        if |f| fires(all([Some(third_before_transplant(f) && f.inside_cycle()), responded(f)]), || after_last_cycle(f)),
        say "This third cycle was begun although CR or CRi with negative MRD was reached. Weigh its further doses against the liver risk at transplant.";

    /// A fourth cycle before a transplant.
    rule HSCT_04 "HSCT-04" D [US_2_1 EU_4_2] "cycle 4 and later before a transplant"
    when "a transplant is planned": stop / stop,
        if |f| (planned(f) && f.cycle? > limit::CYCLES_BEFORE_HSCT + 1).then(|| cycle(f)),
        say "A transplant is planned and this is cycle {cycle}. The label knows two cycles, three at most, before a transplant.";

    /// A seventh cycle.
    rule HSCT_05 "HSCT-05" A [US_2_1 EU_4_2] "cycle 7 and later"
    when "always": stop / stop,
        if |f| (f.cycle? > limit::CYCLES_AT_MOST).then(|| cycle(f)),
        say "This is cycle {cycle}. The label ends at six.";

    /// No response after three cycles.
    rule HSCT_06 "HSCT-06" A [US_2_1 EU_4_2] "cycle 4 and later"
    when "no CR or CRi recorded after any of cycles 1 to 3": stop / stop,
        if |f| {
            let tried = usize::try_from(limit::CYCLES_TO_RESPOND).ok()?;
            let first = f.case.cycles.iter().take(tried);
            let responded = first.clone().any(|cycle| is_remission(judged(cycle)) == Some(true));
            (f.cycle? > limit::CYCLES_TO_RESPOND && first.len() > 0 && !responded).then(|| cycle(f))
        },
        say "No CR or CRi is recorded after three cycles. The label ends treatment here.";

    /// Bilirubin on the way to a transplant.
    rule HSCT_09 "HSCT-09" A [US_BOX US_5_1] "cycle 2 and later before a transplant"
    when "bilirubin at or above the upper limit of normal": caution / caution,
        if |f| {
            let bilirubin = f.case.visit.bilirubin.filter(|_| planned(f) && f.later_cycle())?;
            let limit = bilirubin.uln?.decimal();
            let number = |value| Fact::Number(value, bilirubin.unit.label());
            (bilirubin.value >= limit)
                .then(|| Basis::none().with("bilirubin", number(bilirubin.value)).with("bilirubin_uln", number(limit)))
        },
        say "Bilirubin is {bilirubin}, not below its upper limit of {bilirubin_uln}, and a transplant is planned. If it is still so at the last test before the transplant, the risk of veno-occlusive disease is clearly higher: check again.";

    /// A plan that is not made.
    rule HSCT_07 "HSCT-07" D [US_2_1 EU_4_2 OWN_READING] "cycle 3 and later"
    when "the transplant plan is undecided": caution / caution,
        if |f| (f.case.hsct == Some(Hsct::Undecided) && f.cycle? > limit::CYCLES_BEFORE_HSCT).then(|| cycle(f)),
        say "The transplant plan is open and this is cycle {cycle}. With a transplant the label ends at two cycles, three with a reason; without, at six.";
}

fn planned(f: &Facts) -> bool {
    f.case.hsct == Some(Hsct::Planned)
}

fn third_before_transplant(f: &Facts) -> bool {
    planned(f) && f.cycle == Some(limit::CYCLES_BEFORE_HSCT + 1)
}

/// CR or CRi with negative MRD after the cycle before.
fn responded(f: &Facts) -> Option<bool> {
    all([f.previous_in_remission(), f.previous_mrd_negative()])
}

fn cycle(f: &Facts) -> Basis {
    f.cycle.map_or_else(Basis::none, |cycle| Basis::none().with("cycle", cycle))
}

/// The cycle, and what was found at the end of the one before.
fn after_last_cycle(f: &Facts) -> Basis {
    let last = f.previous;
    let found = [
        ("hsct", f.case.hsct.map(Hsct::word)),
        ("response", last.and_then(judged).map(Response::word)),
        ("mrd", last.and_then(mrd).map(Marker::word)),
    ];
    let known = found.into_iter().filter_map(|(name, word)| Some((name, word?)));
    known.fold(cycle(f), |basis, (name, word)| basis.with(name, word))
}
