//! Dates and times as people type them, and as the page writes them back. Like numbers: understood, asked or refused, never guessed.

use crate::engine::calendar::{Date, Moment};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// What became of a typed date or time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading<T> {
    /// Nothing was typed.
    Empty,
    /// One reading.
    Understood(T),
    /// Several readings, or one that is unlikely: the user chooses.
    Question {
        /// Why it is asked.
        why: String,
        /// What it may mean.
        readings: Vec<T>,
    },
    /// No date or time; says what to type.
    Refused(String),
}

impl<T: Copy> Reading<T> {
    /// The value, if it counts.
    pub fn value(&self) -> Option<T> {
        match self {
            Self::Understood(value) => Some(*value),
            Self::Empty | Self::Question { .. } | Self::Refused(_) => None,
        }
    }
}

/// Reads a date: `1980-02-29`, `29 Feb 1980`, `February 29, 1980`, `19800229`. `02/03/1980` is asked.
#[must_use]
pub fn read_date(text: &str) -> Reading<Date> {
    let text = text.trim();
    if text.is_empty() {
        return Reading::Empty;
    }
    let parts: Vec<&str> = text
        .split(|mark: char| mark.is_whitespace() || "-/.,".contains(mark))
        .filter(|part| !part.is_empty())
        .collect();
    let candidates = match parts.as_slice() {
        [digits] if digits.len() == 8 && all_digits(digits) => run_together(digits),
        [a, b, c] => three_parts(a, b, c),
        _ => None,
    };
    let Some(mut dates) = candidates else {
        return Reading::Refused("Type day, month and year, such as 29 Feb 1980.".to_owned());
    };
    dates.sort_unstable();
    dates.dedup();
    match dates.as_slice() {
        [] => Reading::Refused(
            "This day does not exist, or its year is not from 1900 to 2199. Type it again, such as 29 Feb 1980."
                .to_owned(),
        ),
        [date] => Reading::Understood(*date),
        _ => Reading::Question { why: "Day or month first?".to_owned(), readings: dates },
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn run_together(digits: &str) -> Option<Vec<Date>> {
    let (y, rest) = digits.split_at_checked(4)?;
    let (m, d) = rest.split_at_checked(2)?;
    let (first, rest) = digits.split_at_checked(2)?;
    let (second, year) = rest.split_at_checked(2)?;
    Some([date(y, m, d), date(year, second, first), date(year, first, second)].into_iter().flatten().collect())
}

fn three_parts(a: &str, b: &str, c: &str) -> Option<Vec<Date>> {
    if let Some(month) = month(a).filter(|_| all_digits(b) && all_digits(c)) {
        return (c.len() == 4).then(|| date(c, &month, b).into_iter().collect());
    }
    if let Some(month) = month(b).filter(|_| all_digits(a) && all_digits(c)) {
        return match (a.len(), c.len()) {
            (_, 4) => Some(date(c, &month, a).into_iter().collect()),
            (4, _) => Some(date(a, &month, c).into_iter().collect()),
            _ => None,
        };
    }
    if ![a, b, c].iter().all(|part| all_digits(part)) {
        return None;
    }
    match (a.len(), c.len()) {
        (4, 1 | 2) => Some(date(a, b, c).into_iter().collect()),
        (1 | 2, 4) => Some([date(c, b, a), date(c, a, b)].into_iter().flatten().collect()),
        _ => None,
    }
}

/// The number of a month named with three letters or more.
fn month(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let named = |month: &str| lower.len() >= 3 && month.to_lowercase().starts_with(&lower);
    MONTHS.iter().position(|month| named(month)).map(|index| index.saturating_add(1).to_string())
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    if month.len() > 2 || day.len() > 2 {
        return None;
    }
    Date::read(&format!("{year}-{month:0>2}-{day:0>2}"))
}

/// Hours and minutes of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock {
    hour: u8,
    minute: u8,
    /// Minutes east of UTC, on a night on which the clock changes.
    pub offset: Option<i16>,
}

impl Clock {
    /// The same time by a clock so many minutes east of UTC.
    #[must_use]
    pub fn by(self, minutes_east: i16) -> Self {
        Self { offset: Some(minutes_east), ..self }
    }

    /// This time of day on a date, with its offset where it has one.
    #[must_use]
    pub fn on(self, date: Date) -> Option<Moment> {
        let wall = Moment::read(&format!("{date}T{self}"))?;
        Some(self.offset.map_or(wall, |offset| wall.with_offset(offset)))
    }
}

impl std::fmt::Display for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

/// Reads a time of day: `9:05`, `0905`, `21.30`, `9:05 pm`.
#[must_use]
pub fn read_clock(text: &str) -> Reading<Clock> {
    let lower = text.trim().to_lowercase();
    if lower.is_empty() {
        return Reading::Empty;
    }
    let (digits, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(rest), _) => (rest.trim_end(), Some(false)),
        (_, Some(rest)) => (rest.trim_end(), Some(true)),
        _ => (lower.as_str(), None),
    };
    match clock(digits, half) {
        Some(clock) => Reading::Understood(clock),
        None => Reading::Refused("Type hours and minutes of a 24-hour clock, such as 09:05 or 21:30.".to_owned()),
    }
}

fn clock(text: &str, afternoon: Option<bool>) -> Option<Clock> {
    let (hour, minute) = match text.split_once([':', '.', 'h']) {
        Some(parts) => parts,
        None if matches!(text.len(), 3 | 4) && all_digits(text) => {
            text.split_at_checked(text.len().saturating_sub(2))?
        }
        None => return None,
    };
    if !all_digits(hour) || !all_digits(minute) || hour.len() > 2 || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u8, u8) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match afternoon {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(false) => hour % 12,
        Some(true) => (hour % 12).saturating_add(12),
    };
    (hour < 24 && minute < 60).then_some(Clock { hour, minute, offset: None })
}

/// `Monday 23 November 2026`.
#[must_use]
pub fn in_words(date: Date) -> String {
    let weekday = usize::try_from(date.weekday()).ok().and_then(|day| WEEKDAYS.get(day)).copied().unwrap_or_default();
    format!("{weekday} {}", long(date))
}

/// `23 November 2026`.
#[must_use]
pub fn long(date: Date) -> String {
    let (year, month, day) = date.parts();
    format!("{day} {} {year}", month_name(month))
}

/// `23 Nov 2026`.
#[must_use]
pub fn with_year(date: Date) -> String {
    let (year, _, _) = date.parts();
    format!("{} {year}", short(date))
}

/// `23 Nov`.
#[must_use]
pub fn short(date: Date) -> String {
    let (_, month, day) = date.parts();
    format!("{day} {}", month_name(month).chars().take(3).collect::<String>())
}

/// `Mon 23 Nov`.
#[must_use]
pub fn with_weekday(date: Date) -> String {
    let weekday = usize::try_from(date.weekday()).ok().and_then(|day| WEEKDAYS.get(day)).copied().unwrap_or_default();
    format!("{} {}", weekday.chars().take(3).collect::<String>(), short(date))
}

/// `29 Nov to 2 Dec`; a single day by itself.
#[must_use]
pub fn span(from: Date, to: Date) -> String {
    if from == to { short(from) } else { format!("{} to {}", short(from), short(to)) }
}

/// `1 day`, `9 days`.
#[must_use]
pub fn days(count: i64) -> String {
    format!("{count} {}", if count == 1 { "day" } else { "days" })
}

/// `13:00`, with the day when it is not `day`: `01:00 on 24 Nov`.
#[must_use]
pub fn clock_on(moment: Moment, day: Date) -> String {
    let text = moment.to_string();
    let time = text.split_once('T').map_or("", |(_, time)| time).chars().take(5).collect::<String>();
    if moment.date() == day { time } else { format!("{time} on {}", short(moment.date())) }
}

fn month_name(month: u32) -> &'static str {
    usize::try_from(month).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn understood(text: &str) -> String {
        read_date(text).value().map(|date| date.to_string()).unwrap_or_else(|| format!("{:?}", read_date(text)))
    }

    #[test]
    fn dates_that_read_one_way_are_understood() {
        for text in [
            "1980-02-29",
            "1980 2 29",
            "19800229",
            "29 Feb 1980",
            "February 29, 1980",
            "29.02.1980",
            "2/29/1980",
            "29021980",
        ] {
            assert_eq!(understood(text), "1980-02-29", "{text}");
        }
    }

    #[test]
    fn day_or_month_first_is_asked() {
        let Reading::Question { readings, .. } = read_date("02/03/1980") else { panic!("not asked") };
        let readings: Vec<String> = readings.iter().map(ToString::to_string).collect();
        assert_eq!(readings, ["1980-02-03", "1980-03-02"]);
        assert_eq!(understood("03/03/1980"), "1980-03-03", "the same either way");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "1980",
            "29 Feb 80",
            "2/3/80",
            "1981-02-29",
            "30 Feb 1980",
            "yesterday",
            "1980-02-29 10",
            "Ma 3 1980",
            "0080-01-02",
        ] {
            assert!(matches!(read_date(text), Reading::Refused(_)), "{text}: {:?}", read_date(text));
        }
        assert_eq!(read_date(" "), Reading::Empty);
    }

    #[test]
    fn times_of_day() {
        for (text, time) in [
            ("9:05", "09:05"),
            ("0905", "09:05"),
            ("905", "09:05"),
            ("21.30", "21:30"),
            ("9:05 PM", "21:05"),
            ("12:10 am", "00:10"),
            ("12:10pm", "12:10"),
            ("00:00", "00:00"),
        ] {
            assert_eq!(read_clock(text).value().map(|clock| clock.to_string()).as_deref(), Some(time), "{text}");
        }
        for text in ["9", "24:00", "9:5", "9:60", "13:00 pm", "0:10 am", "noon", "12345"] {
            assert!(matches!(read_clock(text), Reading::Refused(_)), "{text}");
        }
    }

    #[test]
    fn dates_in_words() {
        let day = Date::read("2026-11-23").unwrap();
        assert_eq!(in_words(day), "Monday 23 November 2026");
        assert_eq!(with_weekday(day), "Mon 23 Nov");
        let late = Moment::read("2026-11-24T01:00").unwrap();
        assert_eq!(clock_on(late, day), "01:00 on 24 Nov");
    }
}
