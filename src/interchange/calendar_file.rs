//! A calendar file, as RFC 5545 writes it: whole days, no time zone, no alarm, and nothing that says whose days they are. The
//! same visit always makes the same bytes: what other programs fill with the clock and with chance is the visit's day and its
//! fingerprint here.

use crate::engine::assessment::ENGINE;
use crate::engine::calendar::Date;

/// One entry of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What it is, in letters, digits and hyphens: with the fingerprint and its first day it makes the UID.
    pub kind: String,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// What stands in the calendar.
    pub title: String,
    /// What it says when it is opened.
    pub says: String,
}

/// Octets a line may have before it is folded.
const LINE: usize = 75;

/// The file. `stamp` is the day it counts as written on.
#[must_use]
pub fn write(fingerprint: &str, stamp: Date, events: &[Event]) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: &str| fold(&format!("{name}:{value}"), &mut out);
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", &format!("-//Inotuzumab aid//{ENGINE}//EN"));
    line("CALSCALE", "GREGORIAN");
    for event in events {
        line("BEGIN", "VEVENT");
        line("UID", &format!("{fingerprint}-{}-{}@inotuzumab-aid", event.kind, digits(event.from)));
        line("DTSTAMP", &format!("{}T000000Z", digits(stamp)));
        line("DTSTART;VALUE=DATE", &digits(event.from));
        // The first day that does not belong to it.
        line("DTEND;VALUE=DATE", &digits(event.to.plus_days(1)));
        line("SUMMARY", &escaped(&event.title));
        line("DESCRIPTION", &escaped(&event.says));
        line("CLASS", "PRIVATE");
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    out
}

/// `20261123`.
fn digits(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// A text with its separators marked as text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            // No other control character may stand in a text.
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Adds a line, folded where it is too long, and never inside a letter.
fn fold(line: &str, out: &mut String) {
    let mut octets = 0;
    for letter in line.chars() {
        if octets + letter.len_utf8() > LINE {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(letter);
        octets += letter.len_utf8();
    }
    out.push_str("\r\n");
}
