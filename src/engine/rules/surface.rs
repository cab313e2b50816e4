//! Does the body surface area look right?

use crate::engine::labels::thresholds as limit;
use crate::engine::rule::{Basis, rules};
use crate::engine::units::{Factor, SquareMetres};

rules! {
    /// Formulas that disagree.
    rule BSA_13 "BSA-13" D [OWN_BSA] "every visit"
    when "the five formulas differ by more than 5 % of the value in use": caution / caution,
        if |f| {
            let bsa = f.bsa.as_ref()?;
            let values = bsa.all.iter().map(|(_, m2)| *m2);
            let (smallest, largest): (SquareMetres, SquareMetres) = (values.clone().min()?, values.max()?);
            let wide = largest - smallest > bsa.m2 * Factor(limit::BSA_SPREAD);
            wide.then(|| Basis::none().with("smallest", smallest).with("largest", largest).with("in_use", bsa.m2))
        },
        say "The five formulas give {smallest} to {largest}, more than 5 % apart; {in_use} is in use. Check height and weight, and which formula your site uses.";

    /// Height and weight that may be swapped.
    rule BSA_16 "BSA-16" D [OWN_SAFETY] "every visit"
    when "the weight in kg is a larger number than the height in cm": caution / caution,
        if |f| {
            let (cm, kg) = (f.case.patient.height?.centimetres(), f.case.patient.weight?.kilograms());
            (kg.0 > cm.0).then(|| Basis::none().with("height", cm).with("weight", kg))
        },
        say "Weight {weight} is a larger number than height {height}. Are the two swapped, or a unit wrong?";
}
