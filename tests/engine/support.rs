//! A visit that gives, and ways to change it and to look at the answer. Whatever is assessed or refused here is held against
//! the schemas as well.

use inotuzumab::engine::{Case, CaseError, assess};
use inotuzumab::walk::Plan;
use serde_json::{Value, json};

use crate::schema;

/// A case under construction: the contract's JSON.
#[derive(Debug, Clone)]
pub struct Visit(pub Value);

/// An adult man at cycle 1 day 1, 170 cm and 70 kg, with nothing against the dose (EX01).
pub fn first_dose() -> Visit {
    Visit(json!({
        "schema": 1, "profile": "us", "date": "2026-11-23",
        "patient": {
            "birth_date": "1980-02-29", "sex": "male",
            "height": {"value": 170, "unit": "cm"}, "weight": {"value": 70, "unit": "kg"}
        },
        "disease": {
            "diagnosis": "b_cell_precursor_all", "status": "relapsed", "cd22": "positive",
            "philadelphia": "negative", "tki_failed": 0
        },
        "history": {"hypersensitivity": false, "vod": "none", "serious_liver_disease": false},
        "hsct": "not_planned",
        "baseline": {
            "anc": {"value": 2.1, "unit": "10*9/L"}, "platelets": {"value": 80, "unit": "10*9/L"},
            "qtcf": {"value": 405, "unit": "ms"}
        },
        "visit": {
            "cycle": 1, "day": 1,
            "wbc": {"value": 9.8, "unit": "10*9/L"}, "blast_percent": 95,
            "anc": {"value": 2.1, "unit": "10*9/L"}, "platelets": {"value": 80, "unit": "10*9/L"},
            "bilirubin": {"value": 0.8, "unit": "mg/dL", "uln": 1.2},
            "ast": {"value": 30, "unit": "U/L", "uln": 40}, "alt": {"value": 30, "unit": "U/L", "uln": 40},
            "qtcf": {"value": 410, "unit": "ms"}, "electrolytes_checked": true,
            "premedication": {"corticosteroid": true, "antipyretic": true, "antihistamine": true}
        }
    }))
}

/// The same patient on day 8 of cycle 1, a week after the first dose.
pub fn day_8() -> Visit {
    first_dose()
        .set("date", "2026-11-30")
        .set("visit.day", 8)
        .set("cycles", json!([{"number": 1, "doses": [{"day": 1, "date": "2026-11-23"}]}]))
}

/// The same patient at cycle 2 day 1, 21 days after the first dose, with `response` after cycle 1.
pub fn second_cycle(response: &str) -> Visit {
    first_dose()
        .set("date", "2026-12-14")
        .set("visit.cycle", 2)
        .set("cycles", json!([begun(1, "2026-11-23", response)]))
}

/// `day` of cycle `number`, with CR after every cycle before it: cycle 1 begins on 2026-11-23, each later one 28 days after the
/// one before, and every dose was given on its day.
pub fn course(number: u32, day: u32) -> Visit {
    let day_1 = |number: u32| later("2026-11-23", 28 * i64::from(number - 1));
    let mut cycles: Vec<Value> = (1..number).map(|number| begun(number, &day_1(number), "cr")).collect();
    let given: Vec<Value> = [1, 8]
        .into_iter()
        .filter(|earlier| *earlier < day)
        .map(|day| json!({"day": day, "date": later(&day_1(number), i64::from(day) - 1)}))
        .collect();
    if !given.is_empty() {
        cycles.push(json!({"number": number, "doses": given}));
    }
    first_dose()
        .set("date", later(&day_1(number), i64::from(day) - 1))
        .set("visit.cycle", number)
        .set("visit.day", day)
        .set("cycles", cycles)
}

/// The date `days` after `date`; before it, when they are negative.
pub fn later(date: &str, days: i64) -> String {
    let date = chrono::NaiveDate::parse_from_str(date, "%Y-%m-%d").expect(date);
    (date + chrono::TimeDelta::days(days)).to_string()
}

/// A finished cycle with all its doses a week apart, without reduction or interruption.
pub fn begun(number: u32, day_1: &str, response: &str) -> Value {
    let dose = |day: u32, after| json!({"day": day, "date": later(day_1, after)});
    json!({
        "number": number, "doses": [dose(1, 0), dose(8, 7), dose(15, 14)],
        "reduction": "none", "interruption_days": 0, "response": response, "mrd": "positive"
    })
}

impl Visit {
    /// With the value at `path` changed; groups on the way are made.
    pub fn set(mut self, path: &str, value: impl Into<Value>) -> Self {
        *at(&mut self.0, path) = value.into();
        self
    }

    /// Without the member at `path`.
    pub fn without(mut self, path: &str) -> Self {
        let (parent, name) = path.rsplit_once('.').map_or((None, path), |(parent, name)| (Some(parent), name));
        let group = match parent {
            Some(parent) => at(&mut self.0, parent),
            None => &mut self.0,
        };
        group.as_object_mut().expect(path).remove(name).expect(path);
        self
    }

    /// What follows from it, as the page shows it.
    pub fn plan(&self) -> Plan {
        Plan::of_case(Case::from_json(&self.0.to_string()).unwrap_or_else(|error| panic!("{error}\n{}", self.0)))
    }

    /// The same of a woman who can become pregnant and is not.
    pub fn woman(self) -> Self {
        self.set("patient.sex", "female")
            .set("patient.reproductive_potential", true)
            .set("patient.pregnancy", "not_pregnant")
    }

    /// In the eu profile.
    pub fn eu(self) -> Self {
        self.set("profile", "eu")
    }

    /// The engine's answer as the contract's JSON.
    pub fn assess(&self) -> Answer {
        let case = Case::from_json(&self.0.to_string()).unwrap_or_else(|error| panic!("{error}\n{}", self.0));
        let answer = self.assessed().unwrap_or_else(|error| panic!("{error}\n{}", self.0));
        schema::accepts(&self.0, &answer.0);
        crate::walked::answers_the_same(&case);
        answer
    }

    /// The engine's answer, or why it refuses the case. Not held against the schemas, which takes longer than the answer.
    pub fn assessed(&self) -> Result<Answer, CaseError> {
        let assessment = Case::from_json(&self.0.to_string()).and_then(|case| assess(&case))?;
        Ok(Answer(serde_json::to_value(assessment).expect("an assessment is JSON")))
    }

    /// The error code and path with which the engine refuses the case.
    pub fn refusal(&self) -> (String, String) {
        refusal(&self.0.to_string())
    }
}

/// The error code and path with which the engine refuses a text.
pub fn refusal(text: &str) -> (String, String) {
    let error = Case::from_json(text).and_then(|case| assess(&case)).expect_err(text);
    schema::refuses(text, &error);
    (error.fault.code().to_owned(), error.path)
}

fn at<'v>(value: &'v mut Value, path: &str) -> &'v mut Value {
    path.split('.').fold(value, |value, name| match name.parse::<usize>() {
        Ok(index) => &mut value[index],
        Err(_) => &mut value[name],
    })
}

/// An assessment as JSON.
#[derive(Debug)]
pub struct Answer(pub Value);

impl Answer {
    /// The decision's word.
    pub fn decision(&self) -> &str {
        self.0["decision"].as_str().expect("decision")
    }

    /// The value at `path`, `null` when absent.
    pub fn at(&self, path: &str) -> &Value {
        path.split('.').fold(&self.0, |value, name| match name.parse::<usize>() {
            Ok(index) => &value[index],
            Err(_) => &value[name],
        })
    }

    /// The value at `path` as it is written; empty when absent.
    pub fn text(&self, path: &str) -> String {
        match self.at(path) {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }

    /// The severities with which a rule fired.
    pub fn severities(&self, rule: &str) -> Vec<&str> {
        let findings = self.0["findings"].as_array().expect("findings").iter();
        findings
            .filter(|finding| finding["rule"] == rule)
            .map(|finding| finding["severity"].as_str().expect("severity"))
            .collect()
    }

    /// The severity with which a rule fired, once; `None` when it is silent.
    pub fn severity(&self, rule: &str) -> Option<&str> {
        let all = self.severities(rule);
        assert!(all.len() <= 1, "{rule} fired {all:?}");
        all.first().copied()
    }

    /// The paths in `missing`.
    pub fn missing(&self) -> Vec<&str> {
        self.0["missing"].as_array().expect("missing").iter().map(|path| path.as_str().expect("path")).collect()
    }
}
