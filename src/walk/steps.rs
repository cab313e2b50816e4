//! The steps of the walk.

/// A step of the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Which dose is due, by which label.
    Visit,
    /// Age, sex, height, weight.
    Patient,
    /// The cycles so far: doses given, responses, reductions.
    Course,
    /// Disease, history, pregnancy, transplant plan.
    Eligibility,
    /// Blasts in the blood.
    Cytoreduction,
    /// Counts, liver, heart: what today's dose depends on.
    Dose,
    /// The three classes.
    Premedication,
    /// Vials, volumes, concentration.
    Preparation,
    /// Rate, time limits, observation.
    Infusion,
    /// Dates for the patient.
    Counselling,
    /// Everything on one sheet.
    Summary,
}

impl Step {
    /// In the order walked.
    pub const ALL: [Self; 11] = [
        Self::Visit,
        Self::Patient,
        Self::Course,
        Self::Eligibility,
        Self::Cytoreduction,
        Self::Dose,
        Self::Premedication,
        Self::Preparation,
        Self::Infusion,
        Self::Counselling,
        Self::Summary,
    ];

    /// Its place in the address, behind `#`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Patient => "patient",
            Self::Course => "course",
            Self::Eligibility => "eligibility",
            Self::Cytoreduction => "cytoreduction",
            Self::Dose => "dose",
            Self::Premedication => "premedication",
            Self::Preparation => "preparation",
            Self::Infusion => "infusion",
            Self::Counselling => "counselling",
            Self::Summary => "summary",
        }
    }

    /// The step with this slug, `#` or not in front.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        let slug = slug.strip_prefix('#').unwrap_or(slug);
        Self::ALL.into_iter().find(|step| step.slug() == slug)
    }

    /// Its name in the list of steps.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Visit => "Visit",
            Self::Patient => "Patient",
            Self::Course => "Course",
            Self::Eligibility => "Eligibility",
            Self::Cytoreduction => "Cytoreduction",
            Self::Dose => "Dose and cycle",
            Self::Premedication => "Premedication",
            Self::Preparation => "Preparation",
            Self::Infusion => "Infusion",
            Self::Counselling => "Counselling",
            Self::Summary => "Summary",
        }
    }

    /// The question at the head of the step.
    #[must_use]
    pub fn question(self) -> &'static str {
        match self {
            Self::Visit => "Which dose is due?",
            Self::Patient => "Who is treated today?",
            Self::Course => "What has been given so far?",
            Self::Eligibility => "Is this drug right for this patient?",
            Self::Cytoreduction => "How many blasts are in the blood?",
            Self::Dose => "Do today's results allow the dose?",
            Self::Premedication => "Has the premedication been given?",
            Self::Preparation => "How is the dose prepared?",
            Self::Infusion => "How is it given?",
            Self::Counselling => "What does the patient need to know?",
            Self::Summary => "Everything on one sheet",
        }
    }

    /// What stands under the question.
    #[must_use]
    pub fn lead(self) -> &'static str {
        match self {
            Self::Visit => "Only what this dose needs is asked afterwards. Nothing typed here leaves this device.",
            Self::Patient => "Height and weight give the dose.",
            Self::Course => "One card a cycle, the oldest first. The cycle before this dose decides how much is given.",
            Self::Eligibility => "The indication, and what speaks against it.",
            Self::Cytoreduction => {
                "Before the first dose the label asks for 10,000 per mm³ or fewer. Count blasts, not all white cells."
            }
            Self::Dose => "Blood, liver and heart, as measured for this visit.",
            Self::Premedication => {
                "All three classes, before every dose. The label names no drug and no dose: follow your own protocol."
            }
            Self::Preparation => "From vials to the container, in the order of the work.",
            Self::Infusion => "Into a vein over 1\u{a0}hour. Never as a push or bolus.",
            Self::Counselling => "Dates count from the last dose, and a new dose starts them again.",
            Self::Summary => "Read it through, acknowledge the cautions, print it.",
        }
    }

    /// Its number, from 1.
    #[must_use]
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|step| *step == self).unwrap_or_default().saturating_add(1)
    }

    /// The step after it.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.number()).copied()
    }

    /// The step before it.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        Self::ALL.get(self.number().checked_sub(2)?).copied()
    }
}

/// The step that can change what a rule found.
#[must_use]
pub fn of_rule(rule: &str) -> Step {
    let topic = rule.split('-').next().unwrap_or_default();
    match (topic, rule) {
        (_, "TIME-02") => Step::Infusion,
        (_, "MODH-11" | "INT-04" | "INT-05" | "HSCT-06") | ("RESP" | "SCHED", _) => Step::Course,
        ("ELIG" | "CONTRA" | "PREG" | "GER" | "HSCT", _) => Step::Eligibility,
        ("CYTO" | "TLS", _) => Step::Cytoreduction,
        ("BSA", _) => Step::Patient,
        ("PREMED", _) => Step::Premedication,
        ("DIL" | "TIME" | "RECON", _) => Step::Preparation,
        ("INF" | "OBS", _) => Step::Infusion,
        ("CONTRAC" | "LACT" | "FERT" | "VAC" | "VOD", _) => Step::Counselling,
        _ => Step::Dose,
    }
}
