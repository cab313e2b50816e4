//! Body surface area by five formulas. Each value is rounded half-up to 2 decimals once, and used rounded from there on (BSA-11).

use rust_decimal::Decimal;

use super::assessment::Bsa;
use super::case::{BsaFormula, Patient};
use super::derivation::{Formula, Trace, term};
use super::labels::sources::OWN_BSA;
use super::rule::{Confidence, Grounds};
use super::units::{Centimetres, Kilograms, SquareMetres};
use super::wide::mosteller_hundredths;

macro_rules! grounds {
    ($($name:ident = $id:literal;)+) => {$(
        const $name: Grounds = Grounds { id: $id, sources: &[OWN_BSA], confidence: Confidence::A };
    )+};
}
grounds! { MOSTELLER = "BSA-01"; DU_BOIS = "BSA-02"; HAYCOCK = "BSA-03"; GEHAN_GEORGE = "BSA-04"; BOYD = "BSA-05"; }

/// The five values and the one in use; `None` when height or weight is absent.
pub(crate) fn body_surface_area(patient: &Patient, trace: &mut Trace) -> Option<Bsa> {
    let (cm, kg) = (patient.height?.centimetres(), patient.weight?.kilograms());
    let in_use = patient.bsa_formula.unwrap_or(BsaFormula::Mosteller);
    let powers = power_laws(cm, kg);
    let all = [
        (BsaFormula::Mosteller, hundredths(mosteller_hundredths(cm, kg))),
        (BsaFormula::DuBois, powers.du_bois),
        (BsaFormula::Haycock, powers.haycock),
        (BsaFormula::GehanGeorge, powers.gehan_george),
        (BsaFormula::Boyd, powers.boyd),
    ];
    for (formula, m2) in all {
        let (path, grounds, step) = how(formula, cm, kg);
        trace.made(path, grounds, step, m2);
    }
    let (_, m2) = all.into_iter().find(|(formula, _)| *formula == in_use)?;
    let (_, grounds, step) = how(in_use, cm, kg);
    trace.made("bsa.m2", grounds, step, m2);
    Some(Bsa { m2, formula: in_use, all })
}

fn how(formula: BsaFormula, cm: Centimetres, kg: Kilograms) -> (&'static str, &'static Grounds, Formula) {
    let (h, w) = (term("height", cm), term("weight", kg));
    match formula {
        BsaFormula::Mosteller => ("bsa.all.mosteller", &MOSTELLER, Formula::Mosteller(h, w)),
        BsaFormula::DuBois => ("bsa.all.du_bois", &DU_BOIS, Formula::PowerLaw("0.007184 × h^0.725 × w^0.425", h, w)),
        BsaFormula::Haycock => ("bsa.all.haycock", &HAYCOCK, Formula::PowerLaw("0.024265 × h^0.3964 × w^0.5378", h, w)),
        BsaFormula::GehanGeorge => {
            ("bsa.all.gehan_george", &GEHAN_GEORGE, Formula::PowerLaw("0.0235 × h^0.42246 × w^0.51456", h, w))
        }
        BsaFormula::Boyd => {
            let law = "0.0003207 × h^0.3 × g^(0.7285 − 0.0188 log g), g = 1000 w,";
            ("bsa.all.boyd", &BOYD, Formula::PowerLaw(law, h, w))
        }
    }
}

fn hundredths(count: u64) -> SquareMetres {
    SquareMetres(Decimal::new(i64::try_from(count).unwrap_or(i64::MAX), 2))
}

struct PowerLaws {
    du_bois: SquareMetres,
    haycock: SquareMetres,
    gehan_george: SquareMetres,
    boyd: SquareMetres,
}

/// The one place with binary floating point: powers with decimal exponents have no exact value, so each is computed once
/// and rounded once. No tie is near enough to matter (checked over every pair at 0.1 steps).
#[allow(clippy::float_arithmetic, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn power_laws(cm: Centimetres, kg: Kilograms) -> PowerLaws {
    // Through text: the nearest binary number, which a conversion by division would not always give.
    let nearest = |number: Decimal| number.to_string().parse::<f64>().unwrap_or(f64::NAN);
    let (h, w) = (nearest(cm.0), nearest(kg.0));
    let g = w * 1000.0;
    // Within the accepted limits every value lies between 0.1 and 10, so the cast neither truncates nor wraps.
    let rounded = |m2: f64| hundredths((m2 * 100.0 + 0.5).floor() as u64);
    PowerLaws {
        du_bois: rounded(0.007_184 * h.powf(0.725) * w.powf(0.425)),
        haycock: rounded(0.024_265 * h.powf(0.3964) * w.powf(0.5378)),
        gehan_george: rounded(0.0235 * h.powf(0.422_46) * w.powf(0.514_56)),
        boyd: rounded(0.000_320_7 * h.powf(0.3) * g.powf(0.7285 - 0.0188 * g.log10())),
    }
}
