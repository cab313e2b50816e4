//! What is given before every dose.

use crate::engine::rule::{Basis, Fact, rules};

rules! {
    /// Corticosteroid, antipyretic and antihistamine.
    rule PREMED_01 "PREMED-01" A [US_2_2 EU_4_2] "every visit"
    when "one of the three classes is not given": hold / hold,
        if |f| {
            let given = f.case.visit.premedication.as_ref()?;
            let classes = [
                ("corticosteroid", given.corticosteroid),
                ("antipyretic", given.antipyretic),
                ("antihistamine", given.antihistamine),
            ];
            let absent: Vec<&str> =
                classes.iter().filter(|(_, given)| *given == Some(false)).map(|(class, _)| *class).collect();
            (!absent.is_empty()).then(|| Basis::none().with("not_given", Fact::Words(absent.join(", "))))
        },
        say "Not given yet: {not_given}. Give all three classes before every dose; the label names no drug, dose or time.";
}
