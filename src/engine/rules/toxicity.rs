//! Reported toxicity. Each one is judged by itself.

use crate::engine::case::{Toxicity, ToxicityKind};
use crate::engine::labels::thresholds as limit;
use crate::engine::rule::{Basis, rules};

rules! {
    /// Liver toxicity that ends treatment.
    rule MODNH_01 "MODNH-01" A [US_2_3 EU_4_2] "every visit"
    when "veno-occlusive disease or other severe liver toxicity": stop / stop,
        each |toxicity| matches!(toxicity.kind, ToxicityKind::Vod | ToxicityKind::SevereLiver).then(Basis::none),
        say "Veno-occlusive disease or severe liver toxicity is reported. Treatment ends here for good.";

    /// Other toxicity.
    rule MODNH_05 "MODNH-05" A [US_2_3 EU_4_2] "every visit"
    when "unresolved, grade 2 or higher, and above the grade before treatment": hold / hold,
        each |toxicity| {
            let grade = grade_of(toxicity, ToxicityKind::Other)?;
            let before = toxicity.baseline_grade.map_or(0, |grade| grade.get());
            (!resolved(toxicity) && grade >= limit::HOLDING_GRADE && grade > before).then(|| graded(grade))
        },
        say "A drug-related toxicity of grade {grade} is unresolved. Wait until grade 1 or the grade before treatment.";

    /// Mild or moderate infusion reaction.
    rule IRR_01 "IRR-01" A [US_2_3 US_5_4 EU_4_2] "every visit"
    when "grade 1 or 2, unresolved": hold / hold,
        each |toxicity| {
            let grade = mild_reaction(toxicity)?;
            (!resolved(toxicity)).then(|| graded(grade))
        },
        say "An infusion reaction of grade {grade} is unresolved. Interrupt and treat it; wait until it is over.";
    when "grade 1 or 2, resolved": caution / caution,
        each |toxicity| {
            let grade = mild_reaction(toxicity)?;
            resolved(toxicity).then(|| graded(grade))
        },
        say "An infusion reaction of grade {grade} has occurred. Check premedication and watch this infusion closely.";

    /// Severe infusion reaction.
    rule IRR_02 "IRR-02" A [US_2_3 US_5_4 EU_4_2] "every visit"
    when "grade 3 or higher": stop / stop,
        each |toxicity| {
            let grade = grade_of(toxicity, ToxicityKind::InfusionReaction)?;
            (grade >= limit::SEVERE_REACTION).then(|| graded(grade))
        },
        say "An infusion reaction of grade {grade} has occurred. Treatment ends here for good.";
}

fn grade_of(toxicity: &Toxicity, kind: ToxicityKind) -> Option<u64> {
    (toxicity.kind == kind).then_some(toxicity.grade?.get())
}

fn mild_reaction(toxicity: &Toxicity) -> Option<u64> {
    grade_of(toxicity, ToxicityKind::InfusionReaction).filter(|grade| (1..limit::SEVERE_REACTION).contains(grade))
}

fn resolved(toxicity: &Toxicity) -> bool {
    toxicity.resolved == Some(true)
}

fn graded(grade: u64) -> Basis {
    Basis::none().with("grade", grade)
}
