//! The pages beside the walk, for reading, and where they stand in the address. Opening one changes nothing about the case.

/// A page to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The boxed warning of the US label.
    Warning,
    /// Every rule, number, card and disagreement.
    Rules,
    /// What the trials found.
    Evidence,
    /// What the drug is.
    Drug,
    /// What was read, and when.
    Sources,
    /// What the aid does not do.
    Limits,
}

impl Page {
    /// In the order of the menu.
    pub const ALL: [Self; 6] = [Self::Warning, Self::Rules, Self::Evidence, Self::Drug, Self::Sources, Self::Limits];

    /// Its place in the address, behind `#`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Rules => "rules",
            Self::Evidence => "evidence",
            Self::Drug => "drug",
            Self::Sources => "sources",
            Self::Limits => "limits",
        }
    }

    /// Its name, in menus and at its head.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "Boxed warning",
            Self::Rules => "Rule book",
            Self::Evidence => "Evidence",
            Self::Drug => "The drug",
            Self::Sources => "Sources",
            Self::Limits => "Limits",
        }
    }

    /// The page that an address means, and the entry on it: `#rules/CYTO-01`.
    #[must_use]
    pub fn from_hash(hash: &str) -> Option<(Self, Option<String>)> {
        let path = hash.strip_prefix('#').unwrap_or(hash);
        let (slug, entry) = path.split_once('/').map_or((path, None), |(slug, entry)| (slug, Some(entry)));
        let page = Self::ALL.into_iter().find(|page| page.slug() == slug)?;
        Some((page, entry.filter(|entry| !entry.is_empty()).map(str::to_owned)))
    }
}

/// Names of one thing, as people type them and as the rule book prints them, in small letters. A name of four letters or fewer is
/// a whole word; a longer one may go on: `pregnan` is pregnant and pregnancy.
const SYNONYMS: &[&[&str]] = &[
    &["vod", "sos", "veno-occlusive", "veno occlusive", "venoocclusive", "sinusoidal obstruction"],
    &["anc", "neutrophil", "neutropen", "granulocyte"],
    &["platelet", "plt", "plts", "thrombocyt"],
    &["wbc", "white cell", "white blood cell", "leukocyte", "leucocyte"],
    &["hsct", "sct", "bmt", "stem cell transplant", "bone marrow transplant", "transplant"],
    &["leukemia", "leukaemia", "leukemic", "leukaemic", "all"],
    &["pregnan", "contracepti"],
    &["breastfeed", "breast feed", "lactat", "nursing"],
    &["bsa", "body surface area", "surface area"],
    &["mrd", "measurable residual", "minimal residual", "residual disease"],
    &["cri", "incomplete recovery", "incomplete hematologic"],
    &["philadelphia", "ph+", "bcr-abl", "tki"],
    &["liver", "hepat"],
    &["heart", "qt", "qtc", "qtcf", "ecg", "ekg"],
    &["ast", "alt", "transaminase", "aminotransferase"],
    &["steroid", "corticosteroid", "dexamethasone", "premedication"],
    &["hematolog", "haematolog"],
    &["child", "children", "paediatric", "pediatric", "toddler"],
    &["uln", "upper limit of normal"],
];

/// Whether a text says all that is looked for, each word under any of its names. Both in small letters.
#[must_use]
pub fn finds(text: &str, wanted: &str) -> bool {
    let words: Vec<&str> = wanted.split_whitespace().collect();
    let mut rest = words.as_slice();
    while let Some((word, after)) = rest.split_first() {
        // The longest name that stands here: `stem cell transplant` before `stem`.
        let names = SYNONYMS.iter().flat_map(|names| names.iter().map(move |name| (*names, *name)));
        let named =
            names.filter_map(|(names, name)| Some((names, stands(rest, name)?))).max_by_key(|(_, length)| *length);
        let found = match named {
            Some((names, length)) => {
                rest = rest.get(length..).unwrap_or_default();
                names.iter().any(|name| says(text, name))
            }
            None => {
                rest = after;
                text.contains(word)
            }
        };
        if !found {
            return false;
        }
    }
    true
}

/// How many words a name takes up, if it stands at the head of these.
fn stands(words: &[&str], name: &str) -> Option<usize> {
    let parts: Vec<&str> = name.split(' ').collect();
    let goes_on = name.len() > WHOLE;
    let each = parts.iter().enumerate().all(|(index, part)| {
        let last = index + 1 == parts.len();
        words.get(index).is_some_and(|word| if last && goes_on { word.starts_with(part) } else { word == part })
    });
    each.then_some(parts.len())
}

/// A name of so many letters or fewer is a whole word.
const WHOLE: usize = 4;

/// Whether a text says a name, at the beginning of a word.
fn says(text: &str, name: &str) -> bool {
    let apart = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    text.match_indices(name).any(|(at, _)| {
        let (before, rest) = text.split_at(at);
        let after = rest.get(name.len()..).unwrap_or_default();
        apart(before.chars().next_back()) && (name.len() > WHOLE || apart(after.chars().next()))
    })
}

#[cfg(test)]
mod tests {
    use super::{Page, finds};
    use crate::walk::Step;

    #[test]
    fn an_address_means_a_page_and_an_entry_on_it() {
        assert_eq!(Page::from_hash("#rules"), Some((Page::Rules, None)));
        assert_eq!(Page::from_hash("#rules/"), Some((Page::Rules, None)));
        assert_eq!(Page::from_hash("#rules/CYTO-01"), Some((Page::Rules, Some("CYTO-01".to_owned()))));
        for other in ["", "#", "#patient", "#rulesx", "#Rules"] {
            assert_eq!(Page::from_hash(other), None, "{other}");
        }
    }

    #[test]
    fn no_page_has_the_address_of_a_step() {
        for page in Page::ALL {
            assert_eq!(Page::from_hash(page.slug()), Some((page, None)));
            assert_eq!(Step::from_slug(page.slug()), None);
        }
    }

    #[test]
    fn a_thing_is_found_by_any_of_its_names() {
        let vod = "modnh-01 toxicity vod or severe liver toxicity: stop";
        for wanted in ["vod", "sos", "veno-occlusive", "veno occlusive disease"] {
            let found = finds(vod, wanted.trim_end_matches(" disease"));
            assert!(found, "{wanted}");
        }
        for (text, wanted) in [
            ("anc below 1", "neutrophils"),
            ("platelets below 50", "plt"),
            ("acute lymphoblastic leukemia", "leukaemia"),
            ("pregnancy test", "pregnant"),
            ("hsct planned, cycle 3", "stem cell transplant"),
            ("hsct planned, cycle 3", "planned transplant cycle"),
            ("hepatic limits", "liver"),
            ("cyto-02 blasts", "cyto-02"),
        ] {
            assert!(finds(text, wanted), "{wanted} in {text}");
        }
        for (text, wanted) in [
            ("the last dose, shall not", "ast"),
            ("the last dose, shall not", "all"),
            ("anc below 1", "neutrophils platelets"),
            ("stem cells of the marrow", "stem cell transplant"),
            ("nothing of it", "zzz"),
        ] {
            assert!(!finds(text, wanted), "{wanted} in {text}");
        }
    }
}
