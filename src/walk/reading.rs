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

#[cfg(test)]
mod tests {
    use super::Page;
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
}
