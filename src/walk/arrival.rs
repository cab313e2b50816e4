//! What arrives from another device for the second check. Each read replaces the one before it, whatever came of it: what is on
//! offer is always of the last read.

use super::file;
use super::state::Walk;
use crate::engine::Case;
use crate::engine::calendar::Date;
use crate::interchange::fingerprint::without_birth_date;
use crate::interchange::parcel;

/// What became of the last read.
#[derive(Clone, Default)]
pub enum Arrival {
    /// Nothing was read, or it is being read.
    #[default]
    Nothing,
    /// Why it was refused.
    Refused(String),
    /// It came whole.
    Here(Box<First>),
}

/// The first entry, which a second person is to check.
#[derive(Clone)]
pub struct First {
    /// Typed into the form.
    pub walk: Walk,
    /// Without a day of birth.
    pub case: Case,
}

impl Arrival {
    /// A code, or the text of a file, taken whole or not at all.
    #[must_use]
    pub fn read(text: &str, today: Option<Date>) -> Self {
        let case = if text.trim_start().starts_with('{') {
            file::read(text).map(|case| without_birth_date(&case))
        } else {
            parcel::read(text).map_err(str::to_owned)
        };
        match case.and_then(|case| Ok(First { walk: file::walk(&case, today)?, case })) {
            Ok(entry) => Self::Here(Box::new(entry)),
            Err(why) => Self::Refused(why),
        }
    }

    /// Why it was refused; empty while nothing was.
    #[must_use]
    pub fn refusal(&self) -> &str {
        if let Self::Refused(why) = self { why } else { "" }
    }

    /// What there is to begin with.
    #[must_use]
    pub fn entry(&self) -> Option<&First> {
        if let Self::Here(entry) = self { Some(entry) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_on_offer_is_of_the_last_read_only() {
        let case = Case::from_json(include_str!("../../tests/fingerprints/ex01-as-typed.case.json")).expect("a case");
        let today = Some(case.date);
        let (code, saved) = (parcel::write(&case), file::write(&case));
        for (good, damaged) in [(&code, code.replace('9', "8")), (&saved, saved.replace("70", "71"))] {
            let mut inbox = Arrival::read(good, today);
            assert!(inbox.entry().is_some() && inbox.refusal().is_empty(), "{}", inbox.refusal());
            inbox = Arrival::read(&damaged, today);
            assert!(inbox.entry().is_none() && !inbox.refusal().is_empty());
            inbox = Arrival::read(good, today);
            assert!(inbox.entry().is_some_and(|first| first.case.patient.birth_date.is_none()));
        }
        assert!(Arrival::default().entry().is_none());
    }
}
