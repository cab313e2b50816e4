//! Liver limits before every dose (US PI 2.3). Values are compared with multiples of their own ULN, exactly.

use rust_decimal::Decimal;

use crate::engine::case::LiverTest;
use crate::engine::facts::Facts;
use crate::engine::known::{all, any};
use crate::engine::labels::thresholds as limit;
use crate::engine::rule::{Basis, Fact, fires, push_number, rules};
use crate::engine::units::Unit;

rules! {
    /// Both limits exceeded.
    rule MODNH_02 "MODNH-02" A [US_2_3 EU_4_2] "every visit"
    when "bilirubin above 1.5 x ULN, and AST or ALT above 2.5 x ULN": hold / hold,
        if |f| fires(both_high(f), || values(f)),
        say "Bilirubin {bilirubin} is above {bilirubin_limit} (1.5 x ULN), and AST or ALT is above 2.5 x ULN ({transaminases}). Wait until all are back, then check again before the dose.";

    /// One limit exceeded. The label joins the two with "and"; its test for going on asks for both to be back.
    rule MODNH_03 "MODNH-03" D [US_2_3 EU_4_2 OWN_READING] "every visit"
    when "exactly one of the two limits exceeded": hold / hold,
        if |f| (f.bilirubin_high() == Some(true) && f.transaminases_high() != Some(true))
            .then(|| values(f).with("not", Fact::Said(not(f.transaminases_high())))),
        say "Bilirubin {bilirubin} is above {bilirubin_limit} (1.5 x ULN), AST and ALT are {not} above 2.5 x ULN. The label asks for both to be back before going on: wait.";
    when "exactly one of the two limits exceeded: AST or ALT": hold / hold,
        if |f| (f.transaminases_high() == Some(true) && f.bilirubin_high() != Some(true)).then(|| {
            let excused = f.case.history.gilbert_or_hemolysis == Some(true);
            values(f).with("not", Fact::Said(if excused { "excused, and not counted as" } else { not(f.bilirubin_high()) }))
        }),
        say "AST or ALT is above 2.5 x ULN ({transaminases}), bilirubin is {not} above 1.5 x ULN. The label asks for both to be back before going on: wait.";

    /// No way back.
    rule MODNH_04 "MODNH-04" A [US_2_3 EU_4_2] "every visit"
    when "a liver limit is exceeded and the values do not come back": stop / stop,
        if |f| {
            let high = any([f.bilirubin_high(), f.transaminases_high()]);
            let stuck = f.case.visit.hepatic_limits_not_recovering == Some(true);
            (high == Some(true) && stuck).then(|| values(f))
        },
        say "The liver values stay above their limits. Treatment ends here.";
}

/// What is said of a limit that is not exceeded, as far as anybody knows.
fn not(high: Option<bool>) -> &'static str {
    if high.is_some() { "not" } else { "not known to be" }
}

fn both_high(f: &Facts) -> Option<bool> {
    all([f.bilirubin_high(), f.transaminases_high()])
}

fn values(f: &Facts) -> Basis {
    let visit = &f.case.visit;
    let mut basis = Basis::none();
    if let Some(test) = visit.bilirubin {
        basis = with_limit(basis, "bilirubin", "bilirubin_limit", test, limit::BILIRUBIN_X_ULN);
    }
    let mut shown = String::new();
    for (name, limit_name, label, test) in
        [("ast", "ast_limit", "AST", visit.ast), ("alt", "alt_limit", "ALT", visit.alt)]
    {
        if let Some(test) = test {
            basis = with_limit(basis, name, limit_name, test, limit::TRANSAMINASE_X_ULN);
            shown.push_str(if shown.is_empty() { "" } else { "; " });
            shown.push_str(label);
            shown.push(' ');
            push_number(test.value, test.unit.label(), &mut shown);
        }
    }
    basis.with("transaminases", Fact::Words(shown))
}

fn with_limit<U: Unit>(
    basis: Basis,
    name: &'static str,
    limit_name: &'static str,
    test: LiverTest<U>,
    factor: Decimal,
) -> Basis {
    let basis = basis.with(name, Fact::Number(test.value, test.unit.label()));
    match test.uln {
        Some(uln) => basis.with(limit_name, Fact::Number(uln.decimal() * factor, test.unit.label())),
        None => basis,
    }
}
