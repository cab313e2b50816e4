//! Charts: from counts to bars. A percentage is worked out here from its count and held against what the source prints.

use std::collections::BTreeSet;

use rust_decimal::{Decimal, RoundingStrategy, dec};
use serde::Deserialize;
use serde_json::{Value, json};

use super::document::{Code, Line, Standing, standing};
use super::sources::Shelf;
use super::{confidence, set};
use crate::engine::rule::Confidence;

/// A chart as written by hand.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Chart {
    title: String,
    /// Who was treated, and what is counted.
    says: String,
    /// `%`, or a unit that its values are given in.
    unit: String,
    /// What the right end of the scale stands for.
    end: Printed,
    /// The arms compared, by name; without it each row has one bar.
    #[serde(default)]
    arms: Vec<String>,
    rows: Vec<Row>,
    /// Definitions, and what else belongs to the chart.
    #[serde(default)]
    lines: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    sources: Vec<String>,
    confidence: Code,
    /// One for each arm.
    bars: Vec<Bar>,
}

/// One bar: a count of patients, or a value as the source prints it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bar {
    /// How many patients had it.
    #[serde(default)]
    n: Option<u32>,
    /// Of how many.
    #[serde(default)]
    of: Option<u32>,
    /// The value as printed: `80.7`. A count may come without one.
    #[serde(default)]
    printed: Option<Printed>,
    /// The interval as printed, and of how many percent it is.
    #[serde(default)]
    interval: Option<(Printed, Printed)>,
    #[serde(default = "ninety_five")]
    level: u8,
}

/// A number as the source prints it, written as text so that 80.0 keeps its zero.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct Printed(Decimal);

impl TryFrom<String> for Printed {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map(Self).map_err(|_| format!("“{text}” is no number"))
    }
}

fn ninety_five() -> u8 {
    95
}

impl Chart {
    pub(super) fn make(&self, shelf: &Shelf) -> Result<Value, String> {
        let title = &self.title;
        let at = |wrong: String| format!("chart “{title}”: {wrong}");
        let rows = self.rows.iter().map(|row| self.row(row, shelf)).collect::<Result<Vec<_>, _>>().map_err(at)?;
        let lines = self.lines.iter().map(|line| line.make(shelf)).collect::<Result<Vec<_>, _>>().map_err(at)?;
        let (unit, Printed(end)) = (&self.unit, self.end);
        let standings: BTreeSet<String> =
            rows.iter().map(|row| format!("{} {}", row["source"], row["confidence"])).collect();
        let scale = [dec!(0), end / dec!(2), end].map(|tick| set(&format!("{} {unit}", tick.normalize())));
        Ok(
            json!({"title": title, "says": set(&self.says), "scale": scale, "arms": self.arms, "rows": rows, "lines": lines,
            "one_source": standings.len() == 1}),
        )
    }

    fn row(&self, row: &Row, shelf: &Shelf) -> Result<Value, String> {
        let at = |wrong: String| format!("{}: {wrong}", row.name);
        if row.bars.len() != self.arms.len().max(1) {
            return Err(at("has not one bar for each arm".to_owned()));
        }
        let Standing { source, confidence: code } = standing(&row.sources, Some(row.confidence), shelf).map_err(at)?;
        if code == Confidence::M {
            return Err(at("was not seen in any source read, so it is not drawn".to_owned()));
        }
        let bars = row.bars.iter().map(|bar| self.bar(bar)).collect::<Result<Vec<_>, _>>().map_err(at)?;
        Ok(json!({"name": set(&row.name), "source": set(&source), "confidence": confidence(code), "bars": bars}))
    }

    /// Where the bar and its interval end, in thousandths of the scale, and its words.
    fn bar(&self, bar: &Bar) -> Result<Value, String> {
        let Printed(end) = self.end;
        let printed = bar.printed.map(|Printed(value)| value);
        let (exact, shown) = match (bar.n, bar.of, printed) {
            (Some(n), Some(of), printed) if self.unit == "%" && n <= of && of > 0 => {
                let exact = Decimal::from(n) * dec!(100) / Decimal::from(of);
                let shown = rounded(exact, printed.map_or(1, |printed| printed.scale()));
                if let Some(printed) = printed.filter(|printed| *printed != shown) {
                    return Err(format!("{n} of {of} is {shown} %, not {printed} %"));
                }
                (exact, shown)
            }
            (None, _, Some(printed)) => (printed, printed),
            _ => return Err("has no value, or a count that fits into no number, or a count not in %".to_owned()),
        };
        let place = |value: Decimal| rounded(value * dec!(1000) / end, 0).to_string().parse::<u32>().unwrap_or(1000);
        let (low, high) = bar.interval.map_or((exact, exact), |(Printed(low), Printed(high))| (low, high));
        if low > exact || exact > high || high > end {
            return Err(format!("{low} to {high} does not hold {exact}, or is off the scale"));
        }
        let unit = &self.unit;
        let of = match (bar.n, bar.of) {
            (Some(n), Some(of)) => Some(format!("{n} of {of}")),
            (None, Some(of)) => Some(format!("of {of}; count not printed")),
            _ => None,
        };
        let interval = bar.interval.map(|_| format!("{} to {}", low.normalize(), high.normalize()));
        let level =
            if bar.level == ninety_five() { String::new() } else { set(&format!(" ({} % interval)", bar.level)) };
        let interval = interval.map(|interval| interval + &level);
        Ok(json!({
            "at": place(exact), "interval": bar.interval.map(|_| (place(low), place(high))),
            "value": set(&format!("{} {unit}", shown.normalize())), "of": of, "within": interval,
        }))
    }
}

/// Rounded as percentages are printed: half away from zero.
fn rounded(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}
