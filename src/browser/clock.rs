//! The device's clock. It may be wrong, so what it says is only ever written where the user sees and can change it.

use js_sys::Date as JsDate;

use crate::engine::calendar::{Date, Moment};
use crate::walk::clock_change::ClockChange;

/// Between two looks for a change of the clock, ms. Clocks change on the hour or the half hour.
const LOOK: f64 = 15.0 * 60_000.0;
/// Looks over the day of a visit and the next.
const LOOKS: u32 = 2 * 24 * 4;

/// The device's calendar day in its own time zone. `None` when the clock says nothing that can be a date.
#[must_use]
pub fn today() -> Option<Date> {
    Some(wall(&JsDate::new_0())?.date())
}

/// What the clock on the wall shows, with its offset from UTC.
#[must_use]
pub fn now() -> Option<Moment> {
    let now = JsDate::new_0();
    Some(wall(&now)?.with_offset(offset(&now)?))
}

/// The change of the clock on a day or the next, in this device's time zone.
#[must_use]
pub fn change_near(day: Date) -> Option<ClockChange> {
    let (year, month, day) = day.parts();
    let midnight =
        JsDate::new_with_year_month_day(year.unsigned_abs(), i32::try_from(month).ok()? - 1, i32::try_from(day).ok()?);
    let before = offset(&midnight)?;
    let looks = (1..=LOOKS).map(|look| JsDate::new(&(midnight.get_time() + f64::from(look) * LOOK).into()));
    let changed = looks.into_iter().find(|look| offset(look) != Some(before))?;
    let after = offset(&changed)?;
    ClockChange::new(wall(&changed)?.moved(i64::from(before) - i64::from(after))?, before, after)
}

/// What the wall shows at an instant.
fn wall(instant: &JsDate) -> Option<Moment> {
    let month = instant.get_month().checked_add(1)?;
    let (year, day) = (instant.get_full_year(), instant.get_date());
    let (hours, minutes) = (instant.get_hours(), instant.get_minutes());
    Moment::read(&format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}"))
}

/// Minutes east of UTC at an instant.
fn offset(instant: &JsDate) -> Option<i16> {
    let west = instant.get_timezone_offset();
    // A whole number of minutes, at most a day.
    format!("{}", -west).parse().ok()
}
