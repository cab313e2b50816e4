//! Body surface area by five formulas. Each value is rounded half-up to 2 decimals once, and used rounded from there on (BSA-11).

use rust_decimal::Decimal;

use super::assessment::Bsa;
use super::case::{BsaFormula, Patient};
use super::derivation::{Formula, Trace, term};
use super::numbers::{BSA_01, BSA_02, BSA_03, BSA_04, BSA_05};
use super::rule::Grounds;
use super::text::plain;
use super::units::{Centimetres, Kilograms, SquareMetres};
use super::wide::mosteller_hundredths;

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
        BsaFormula::Mosteller => ("bsa.all.mosteller", &BSA_01, Formula::Mosteller(h, w)),
        BsaFormula::DuBois => ("bsa.all.du_bois", &BSA_02, Formula::PowerLaw("0.007184 × h^0.725 × w^0.425", h, w)),
        BsaFormula::Haycock => ("bsa.all.haycock", &BSA_03, Formula::PowerLaw("0.024265 × h^0.3964 × w^0.5378", h, w)),
        BsaFormula::GehanGeorge => {
            ("bsa.all.gehan_george", &BSA_04, Formula::PowerLaw("0.0235 × h^0.42246 × w^0.51456", h, w))
        }
        BsaFormula::Boyd => {
            let law = "0.0003207 × h^0.3 × g^(0.7285 − 0.0188 log g), g = 1000 w,";
            ("bsa.all.boyd", &BSA_05, Formula::PowerLaw(law, h, w))
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

/// The four values, each rounded once.
fn power_laws(cm: Centimetres, kg: Kilograms) -> PowerLaws {
    // Through text: the nearest binary number, which a conversion by division would not always give.
    let nearest = |number: Decimal| plain(number).parse::<f64>().unwrap_or(f64::NAN);
    let [du_bois, haycock, gehan_george, boyd] = unrounded(nearest(cm.0), nearest(kg.0)).map(half_up);
    PowerLaws { du_bois, haycock, gehan_george, boyd }
}

/// The one place with binary floating point: powers with decimal exponents have no exact value. In the order of [`PowerLaws`].
#[allow(clippy::float_arithmetic)]
fn unrounded(h: f64, w: f64) -> [f64; 4] {
    let g = w * 1000.0;
    [
        0.007_184 * h.powf(0.725) * w.powf(0.425),
        0.024_265 * h.powf(0.3964) * w.powf(0.5378),
        0.0235 * h.powf(0.422_46) * w.powf(0.514_56),
        0.000_320_7 * h.powf(0.3) * g.powf(0.7285 - 0.0188 * g.log10()),
    ]
}

/// To hundredths. Within the accepted limits every value lies between 0.1 and 10, so the cast neither truncates nor wraps.
#[allow(clippy::float_arithmetic, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn half_up(m2: f64) -> SquareMetres {
    hundredths((m2 * 100.0 + 0.5).floor() as u64)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::float_arithmetic)]
mod tests {
    use std::str::FromStr;

    use dashu_float::DBig;

    use super::*;

    /// Digits with which a near tie is decided.
    const DIGITS: usize = 60;
    /// How near to a tie, in hundredths, binary floating point is not trusted. Its own error is below 1e-11 of them.
    const NEAR: f64 = 1e-7;

    fn decimal(text: &str) -> DBig {
        DBig::from_str(text).expect(text).with_precision(DIGITS).value()
    }

    /// The same laws in 60-digit decimals, in hundredths plus one half: their whole part is the rounded value.
    fn in_sixty_digits(tenths_cm: u32, tenths_kg: u32) -> [DBig; 4] {
        let tenths = |count: u32| decimal(&format!("{}.{}", count / 10, count % 10));
        let (h, w) = (tenths(tenths_cm), tenths(tenths_kg));
        let g = &w * decimal("1000");
        let law = |factor: &str, h_power: &str, w_power: &str| {
            decimal(factor) * h.powf(&decimal(h_power)) * w.powf(&decimal(w_power))
        };
        let log10_g = g.ln() / decimal("10").ln();
        let boyd_power = decimal("0.7285") - decimal("0.0188") * log10_g;
        let boyd = decimal("0.0003207") * h.powf(&decimal("0.3")) * g.powf(&boyd_power);
        let all = [
            law("0.007184", "0.725", "0.425"),
            law("0.024265", "0.3964", "0.5378"),
            law("0.0235", "0.42246", "0.51456"),
            boyd,
        ];
        all.map(|m2| m2 * decimal("100") + decimal("0.5"))
    }

    #[test]
    fn power_laws_agree_with_sixty_digits_wherever_binary_is_near_a_tie() {
        let mut near = 0;
        for tenths_cm in 450_u32..=2300 {
            for tenths_kg in 30_u32..=3000 {
                let values = unrounded(f64::from(tenths_cm) / 10.0, f64::from(tenths_kg) / 10.0);
                for (index, m2) in values.into_iter().enumerate() {
                    let hundreds = m2 * 100.0;
                    if ((hundreds - hundreds.floor()) - 0.5).abs() > NEAR {
                        continue;
                    }
                    near += 1;
                    let exact = in_sixty_digits(tenths_cm, tenths_kg)[index].trunc().to_string();
                    let rounded = half_up(m2).0 * Decimal::ONE_HUNDRED;
                    assert_eq!(rounded.normalize().to_string(), exact, "law {index}, {tenths_cm} mm, {tenths_kg} hg");
                }
            }
        }
        println!("{near} values within {NEAR} hundredths of a tie");
        assert!(near > 0, "nothing was near a tie: this test tests nothing");
    }

    #[test]
    fn sixty_digits_agree_with_the_dossiers_values() {
        let adult = in_sixty_digits(1700, 700).map(|value| value.trunc().to_string());
        assert_eq!(adult, ["181", "183", "183", "183"]);
    }
}
