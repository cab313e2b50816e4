//! The device's clock. It may be wrong, so what it says is only ever written where the user sees and can change it.

use crate::engine::calendar::Date;

/// The device's calendar day in its own time zone. `None` when the clock says nothing that can be a date.
#[must_use]
pub fn today() -> Option<Date> {
    let now = js_sys::Date::new_0();
    let month = now.get_month().checked_add(1)?;
    Date::read(&format!("{:04}-{month:02}-{:02}", now.get_full_year(), now.get_date()))
}

/// The device's day and time of day as digits, `2026-11-23 14:05`, to be written where the user can change it.
#[must_use]
pub fn now() -> Option<String> {
    let now = js_sys::Date::new_0();
    Some(format!("{} {:02}:{:02}", today()?, now.get_hours(), now.get_minutes()))
}
