//! The device's clock. It may be wrong, so what it says is only ever written where the user sees and can change it.

use crate::engine::calendar::Date;

/// The device's calendar day in its own time zone. `None` when the clock says nothing that can be a date.
#[must_use]
pub fn today() -> Option<Date> {
    let now = js_sys::Date::new_0();
    let month = now.get_month().checked_add(1)?;
    Date::read(&format!("{:04}-{month:02}-{:02}", now.get_full_year(), now.get_date()))
}
