//! QT interval and electrolytes.

use crate::engine::facts::Facts;
use crate::engine::labels::thresholds as limit;
use crate::engine::rule::{Basis, rules};
use crate::engine::units::Milliseconds;

rules! {
    /// Electrolytes before the first dose.
    rule MON_04 "MON-04" A [US_5_5] "cycle 1, day 1"
    when "electrolytes are not checked": hold / hold,
        if |f| (f.first_dose() && f.case.visit.electrolytes_checked == Some(false)).then(Basis::none),
        say "Electrolytes are not checked. Check and correct them, with an ECG, before the first dose.";

    /// A risk of long QT.
    rule QT_02 "QT-02" A [US_5_5] "every visit"
    when "history of QT prolongation, an interacting drug, or an electrolyte disturbance": caution / caution,
        if |f| (f.case.history.qt_risk == Some(true)).then(Basis::none),
        say "There is a risk of QT prolongation. Stop or replace interacting drugs, correct electrolytes, repeat the ECG.";

    /// The interval itself. The label gives no limit; these are the alert bands of this aid.
    rule QT_04 "QT-04" M [US_5_5 OWN_SAFETY] "every visit"
    when "QTcF above 500 ms": hold / hold,
        if |f| too_long(f)?.then(|| basis(f)),
        say "QTcF is {qtcf}, above {hold_above}: wait for senior review.";
    when "otherwise QTcF more than 60 ms above baseline": hold / hold,
        if |f| (!too_long(f)? && risen(f)).then(|| basis(f)),
        say "QTcF is {qtcf}, {rise} above baseline and so by more than {rise_above}: wait for senior review.";
    when "otherwise QTcF above 480 ms": caution / caution,
        if |f| {
            let long = f.case.visit.qtcf?.milliseconds() > limit::QTCF_CAUTION;
            (long && !too_long(f)? && !risen(f)).then(|| basis(f))
        },
        say "QTcF is {qtcf}, above {caution_above}. Check drugs and electrolytes, and repeat the ECG.";
}

fn too_long(f: &Facts) -> Option<bool> {
    Some(f.case.visit.qtcf?.milliseconds() > limit::QTCF_HOLD)
}

/// Over its baseline. Without one only the absolute limits count.
fn rise(f: &Facts) -> Option<Milliseconds> {
    Some(f.case.visit.qtcf?.milliseconds() - f.case.baseline.qtcf?.milliseconds())
}

fn risen(f: &Facts) -> bool {
    rise(f).is_some_and(|rise| rise > limit::QTCF_RISE)
}

fn basis(f: &Facts) -> Basis {
    let limits = Basis::none()
        .with("hold_above", limit::QTCF_HOLD)
        .with("rise_above", limit::QTCF_RISE)
        .with("caution_above", limit::QTCF_CAUTION);
    let now = f.case.visit.qtcf.map(|qtcf| qtcf.milliseconds());
    let limits = now.map_or(limits.clone(), |now| limits.with("qtcf", now));
    match rise(f) {
        Some(rise) => limits.with("rise", rise),
        None => limits,
    }
}
