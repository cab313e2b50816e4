//! Three-valued logic: a condition is true, false, or not known because something it needs is absent.

/// True when every part is; false as soon as one part is.
pub(crate) fn all<const N: usize>(parts: [Option<bool>; N]) -> Option<bool> {
    if parts.contains(&Some(false)) {
        return Some(false);
    }
    parts.iter().all(Option::is_some).then_some(true)
}

/// True as soon as one part is; false when every part is.
pub(crate) fn any<const N: usize>(parts: [Option<bool>; N]) -> Option<bool> {
    all(parts.map(|part| part.map(|known| !known))).map(|known| !known)
}

/// The opposite, where it is known.
pub(crate) fn not(part: Option<bool>) -> Option<bool> {
    part.map(|known| !known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_absent_decides_nothing_but_does_not_hide_what_is_certain() {
        let (t, f, u) = (Some(true), Some(false), None);
        assert_eq!([all([t, t]), all([t, u]), all([f, u]), all([u, f]), all([t, f])], [t, u, f, f, f]);
        assert_eq!([any([f, f]), any([f, u]), any([t, u]), any([u, t]), any([t, f])], [f, u, t, t, t]);
        assert_eq!([not(t), not(f), not(u)], [f, t, u]);
    }
}
