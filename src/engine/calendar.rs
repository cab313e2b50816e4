//! Civil dates and wall-clock times. No clock and no time zone database: the engine is told the date.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use serde::{Serialize, Serializer};

use super::text::{Short, push_padded};

/// A calendar day, 1900–2199 when read; computed days may lie beyond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// Reads `YYYY-MM-DD`, nothing shorter, longer or signed. `None` for a day that does not exist or a year outside 1900–2199.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (year, rest) = digits(text, 4)?;
        let (month, rest) = digits(rest.strip_prefix('-')?, 2)?;
        let (day, rest) = digits(rest.strip_prefix('-')?, 2)?;
        if !rest.is_empty() || !(1900..=2199).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).map(Self)
    }

    /// The day `days` later.
    #[must_use]
    pub fn plus_days(self, days: u16) -> Self {
        Self(self.0.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX))
    }

    /// The day `days` later, or earlier when negative; `None` beyond the calendar.
    #[must_use]
    pub fn moved(self, days: i64) -> Option<Self> {
        self.0.checked_add_signed(TimeDelta::try_days(days)?).map(Self)
    }

    /// The same day of the month, `months` later; where that day does not exist, the 1st of the month after (DATE-01).
    /// Never earlier than asked: chrono alone would clamp 31 January + 1 month back to 28 February.
    #[must_use]
    pub fn plus_months(self, months: u8) -> Self {
        let clamped = self.0.checked_add_months(Months::new(months.into())).unwrap_or(NaiveDate::MAX);
        let fell_short = clamped.day() < self.0.day();
        Self(clamped).plus_days(fell_short.into())
    }

    /// Days from `earlier` to this day; negative when it lies before.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        self.0.signed_duration_since(earlier.0).num_days()
    }

    /// Completed years at `day` for someone born on this date; a 29 February birthday falls on 1 March in a common year.
    #[must_use]
    pub fn completed_years_at(self, day: Self) -> Option<u32> {
        day.0.years_since(self.0)
    }

    /// Year, month, day.
    #[must_use]
    pub fn parts(self) -> (i32, u32, u32) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    /// Days since Monday, 0–6.
    #[must_use]
    pub fn weekday(self) -> u32 {
        self.0.weekday().num_days_from_monday()
    }
}

impl Date {
    /// `YYYY-MM-DD`.
    #[must_use]
    pub fn text(self) -> Short {
        let (year, month, day) = self.parts();
        let mut out = Short::new();
        // No date that can be read, nor one counted from it, lies before the year 0.
        push_padded::<4>(year.unsigned_abs(), &mut out);
        out.push('-');
        push_padded::<2>(month, &mut out);
        out.push('-');
        push_padded::<2>(day, &mut out);
        out
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

/// A wall-clock minute, with the offset text it was written with, if any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    wall: NaiveDateTime,
    offset: Option<Offset>,
}

/// An offset from UTC as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offset {
    Z,
    Minutes { east: bool, minutes: u16 },
}

impl Moment {
    /// Reads `YYYY-MM-DDThh:mm`, optionally followed by `Z` or `±hh:mm`; no seconds.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (day, rest) = text.split_once('T')?;
        let (hour, minute, rest) = clock(rest)?;
        let offset = match rest {
            "" => None,
            "Z" => Some(Offset::Z),
            _ => {
                let east = rest.starts_with('+');
                let (hours, minutes, "") = clock(rest.strip_prefix(['+', '-'])?)? else {
                    return None;
                };
                Some(Offset::Minutes { east, minutes: u16::try_from(hours * 60 + minutes).ok()? })
            }
        };
        let time = NaiveTime::from_hms_opt(hour, minute, 0)?;
        Some(Self { wall: Date::read(day)?.0.and_time(time), offset })
    }

    /// The same minute on the wall, so many minutes east of UTC.
    #[must_use]
    pub fn with_offset(self, minutes_east: i16) -> Self {
        let minutes = minutes_east.unsigned_abs();
        Self { offset: Some(Offset::Minutes { east: minutes_east >= 0, minutes }), ..self }
    }

    /// The same instant on a wall so many minutes east of UTC.
    #[must_use]
    pub fn seen_at(self, minutes_east: i16) -> Self {
        let wall = self.utc().checked_add_signed(TimeDelta::minutes(minutes_east.into())).unwrap_or(self.wall);
        Self { wall, ..self }.with_offset(minutes_east)
    }

    /// The same minute on the wall, wherever it hangs.
    #[must_use]
    pub fn without_offset(self) -> Self {
        Self { offset: None, ..self }
    }

    /// Minutes east of UTC, where an offset was written.
    #[must_use]
    pub fn offset(self) -> Option<i16> {
        let signed =
            |east: bool, minutes: u16| i16::try_from(minutes).map(|minutes| if east { minutes } else { -minutes });
        match self.offset? {
            Offset::Z => Some(0),
            Offset::Minutes { east, minutes } => signed(east, minutes).ok(),
        }
    }

    /// Whether an offset was written.
    #[must_use]
    pub fn has_offset(self) -> bool {
        self.offset.is_some()
    }

    /// The moment `hours` later, with the same offset text.
    #[must_use]
    pub fn plus_hours(self, hours: u8) -> Self {
        let wall = self.wall.checked_add_signed(TimeDelta::hours(hours.into())).unwrap_or(NaiveDateTime::MAX);
        Self { wall, ..self }
    }

    /// The moment `minutes` later, or earlier when negative, with the same offset text; `None` beyond the calendar.
    #[must_use]
    pub fn moved(self, minutes: i64) -> Option<Self> {
        Some(Self { wall: self.wall.checked_add_signed(TimeDelta::try_minutes(minutes)?)?, ..self })
    }

    /// Minutes from `earlier` to this moment, between instants; negative when it lies before.
    #[must_use]
    pub fn minutes_since(self, earlier: Self) -> i64 {
        self.utc().signed_duration_since(earlier.utc()).num_minutes()
    }

    /// The calendar day on the wall.
    #[must_use]
    pub fn date(self) -> Date {
        Date(self.wall.date())
    }

    fn utc(self) -> NaiveDateTime {
        let east = match self.offset {
            Some(Offset::Minutes { east: true, minutes }) => i64::from(minutes),
            Some(Offset::Minutes { east: false, minutes }) => -i64::from(minutes),
            Some(Offset::Z) | None => 0,
        };
        self.wall.checked_sub_signed(TimeDelta::minutes(east)).unwrap_or(self.wall)
    }
}

impl Moment {
    /// `YYYY-MM-DDThh:mm` with the offset as it was written.
    #[must_use]
    pub fn text(self) -> Short {
        let mut out = self.date().text();
        let mut push_clock = |before: char, hours: u32, minutes: u32| {
            out.push(before);
            push_padded::<2>(hours, &mut out);
            out.push(':');
            push_padded::<2>(minutes, &mut out);
        };
        push_clock('T', self.wall.hour(), self.wall.minute());
        match self.offset {
            None => {}
            Some(Offset::Z) => out.push('Z'),
            Some(Offset::Minutes { east, minutes }) => {
                push_clock(if east { '+' } else { '-' }, u32::from(minutes / 60), u32::from(minutes % 60));
            }
        }
        out
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

/// `hh:mm`, hours 00–23, and what follows it.
fn clock(text: &str) -> Option<(u32, u32, &str)> {
    let (hour, rest) = digits(text, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?, 2)?;
    (hour < 24 && minute < 60).then_some((hour, minute, rest))
}

/// Exactly `count` ASCII digits, and what follows them.
fn digits(text: &str, count: usize) -> Option<(u32, &str)> {
    let (head, tail) = text.split_at_checked(count)?;
    let number = head.bytes().all(|byte| byte.is_ascii_digit()).then(|| head.parse().ok()).flatten()?;
    Some((number, tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::read(text).expect(text)
    }

    #[test]
    fn a_month_that_lacks_the_day_ends_on_the_first_of_the_next() {
        for (from, months, to) in [
            ("2026-11-21", 8, "2027-07-21"),
            ("2027-01-31", 8, "2027-10-01"),
            ("2027-01-31", 5, "2027-07-01"),
            ("2027-01-31", 2, "2027-03-31"),
            ("2026-06-30", 8, "2027-03-01"),
            ("2027-06-30", 8, "2028-03-01"),
            ("2026-12-31", 2, "2027-03-01"),
            ("2027-09-30", 5, "2028-03-01"),
            ("2028-02-29", 8, "2028-10-29"),
            ("2027-12-29", 2, "2028-02-29"),
            ("2099-12-29", 2, "2100-03-01"),
        ] {
            assert_eq!(day(from).plus_months(months).to_string(), to, "{from} + {months} months");
        }
    }

    #[test]
    fn a_leap_day_birthday_falls_on_the_first_of_march() {
        let born = day("2024-02-29");
        assert_eq!(born.completed_years_at(day("2025-02-28")), Some(0));
        assert_eq!(born.completed_years_at(day("2025-03-01")), Some(1));
        assert_eq!(born.completed_years_at(day("2028-02-29")), Some(4));
        assert_eq!(born.completed_years_at(day("2024-02-28")), None);
    }

    #[test]
    fn the_week_begins_on_monday() {
        let from_monday = ["2026-11-23", "2026-11-24", "2026-11-29", "2026-11-30"].map(|date| day(date).weekday());
        assert_eq!(from_monday, [0, 1, 6, 0]);
    }

    #[test]
    fn only_the_contract_form_of_a_date_is_read() {
        for text in [
            "2026-11-3",
            "26-11-03",
            "2026-02-30",
            "1899-12-31",
            "2200-01-01",
            "2026-11-03 ",
            "+026-11-03",
            "2026/11/03",
            "",
        ] {
            assert_eq!(Date::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn moments_keep_their_offset_text_and_compare_as_instants() {
        let east = Moment::read("2026-11-23T23:30+05:45").unwrap();
        assert_eq!(east.plus_hours(4).to_string(), "2026-11-24T03:30+05:45");
        assert_eq!(Moment::read("2026-11-23T17:45Z").unwrap().minutes_since(east), 0);
        for text in [
            "2026-11-23T24:00",
            "2026-11-23T09:00:00",
            "2026-11-23 09:00",
            "2026-11-23T09:60",
            "2026-11-23T09:00+1:00",
            "2026-11-23T09:00+24:00",
            "2026-11-23T09:00-05:60",
            "2026-11-23T09:00z",
            "2026-11-23T09:00Zé",
            "2026-11-23T09:00é",
        ] {
            assert!(Moment::read(text).is_none(), "{text:?}");
        }
    }
}
