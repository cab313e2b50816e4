//! The night on which the clock changes: an hour that is skipped, or one that comes twice.

use crate::engine::calendar::Moment;

/// The one change of the clock on the days of a visit. Times are then told with their offset, so that hours count as they pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockChange {
    /// The minute on the wall, by the clock before it, at which it happens.
    at: Moment,
    /// Minutes east of UTC until then.
    before: i16,
    /// Minutes east of UTC from then on.
    after: i16,
}

impl ClockChange {
    /// A change at `at`; `None` when it changes nothing.
    #[must_use]
    pub fn new(at: Moment, before: i16, after: i16) -> Option<Self> {
        (before != after && !at.has_offset()).then_some(Self { at, before, after })
    }

    /// The offsets that a minute on the wall may have: none when it is skipped, two when it comes twice.
    #[must_use]
    pub fn offsets(self, wall: Moment) -> Vec<i16> {
        let since = wall.minutes_since(self.at);
        let by_the_old_clock = (since < 0).then_some(self.before);
        let by_the_new_clock = (since >= i64::from(self.after) - i64::from(self.before)).then_some(self.after);
        by_the_old_clock.into_iter().chain(by_the_new_clock).collect()
    }

    /// A moment as the clock on the wall shows it.
    #[must_use]
    pub fn shown(self, moment: Moment) -> Moment {
        let before = moment.minutes_since(self.at.with_offset(self.before)) < 0;
        moment.seen_at(if before { self.before } else { self.after })
    }
}

/// `+02:00`.
#[must_use]
pub fn offset_text(minutes_east: i16) -> String {
    let minutes = minutes_east.unsigned_abs();
    format!("{}{:02}:{:02}", if minutes_east < 0 { '−' } else { '+' }, minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::read(text).expect(text)
    }

    #[test]
    fn an_hour_is_skipped_in_spring_and_comes_twice_in_autumn() {
        let spring = ClockChange::new(at("2027-03-28T02:00"), 60, 120).expect("a change");
        for (wall, offsets) in [("01:59", &[60][..]), ("02:00", &[]), ("02:59", &[]), ("03:00", &[120])] {
            assert_eq!(spring.offsets(at(&format!("2027-03-28T{wall}"))), offsets, "{wall}");
        }
        let autumn = ClockChange::new(at("2026-10-25T03:00"), 120, 60).expect("a change");
        for (wall, offsets) in [("01:59", &[120][..]), ("02:00", &[120, 60]), ("02:59", &[120, 60]), ("03:00", &[60])] {
            assert_eq!(autumn.offsets(at(&format!("2026-10-25T{wall}"))), offsets, "{wall}");
        }
        assert_eq!(ClockChange::new(at("2026-10-25T03:00"), 60, 60), None);
    }

    #[test]
    fn a_moment_is_shown_as_the_wall_shows_it() {
        let spring = ClockChange::new(at("2027-03-28T02:00"), 60, 120).expect("a change");
        let shown = |text: &str| spring.shown(at(text)).to_string();
        assert_eq!(shown("2027-03-28T01:59+01:00"), "2027-03-28T01:59+01:00");
        // Eight hours from half past midnight, read off a clock that went forward meanwhile.
        assert_eq!(shown("2027-03-28T08:30+01:00"), "2027-03-28T09:30+02:00");
        assert_eq!((offset_text(60), offset_text(-570)), ("+01:00".to_owned(), "−09:30".to_owned()));
    }
}
