//! The one record that a driver writes after a call. Beside learner code anything can be written there; it is
//! data, and it never holds more than a value to compare.

use serde::Deserialize;
use shared::{
    package::Value,
    report::Outcome,
    text::{cut, printable},
};

use super::{Finding, Wanted, ended_badly, shown, words};
use crate::{compare, crash, launcher::Ran, source, trial::Trial};

/// How much of what was printed a sentence quotes, in bytes.
const QUOTED_BYTES: usize = 200;

/// What a driver writes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Record {
    /// The call gave this.
    Value(Value),
    /// It raised this.
    Raised(Raised),
    /// There was nothing to call.
    Missing(Missing),
}

/// The function that is called, and those that the file has instead.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Missing {
    name: String,
    defined: Vec<String>,
}

/// An exception: its class and those that it descends from, its words, the innermost line of the learner's.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raised {
    names: Vec<String>,
    message: String,
    path: String,
    line: u32,
}

/// The finding on a call: exactly one record, of a run that ended well.
pub(super) fn judge(trial: &Trial<'_>, wanted: &Wanted<'_>, ran: &Ran) -> Finding {
    if let Some(found) = ended_badly(trial, ran) {
        return Finding { actual: shown(&ran.stdout), ..found };
    }
    if ran.values.is_empty() {
        return Finding::of(Outcome::NoResult, "it ended before the call was over");
    }
    match (serde_json::from_slice(&ran.values), wanted) {
        (Err(_), _) => Finding::of(Outcome::NoResult, "its result cannot be read"),
        (Ok(Record::Missing(missing)), _) => {
            Finding::of(Outcome::NoResult, missing.words(&trial.job.files[trial.entry]))
        }
        (Ok(Record::Value(value)), Wanted::Value { expected, loose, declared }) => {
            let of_type = declared.is_none_or(|it| compare::is_of_type(&value, it));
            let same = of_type && compare::same_value(expected, &value, *loose);
            let outcome = if same { Outcome::Passed } else { Outcome::WrongAnswer };
            let message = if same { String::new() } else { why(expected, &value, ran) };
            Finding { actual: shown(value.to_string().as_bytes()), ..Finding::of(outcome, message) }
        }
        (Ok(Record::Value(value)), Wanted::Raises(name)) => Finding {
            actual: shown(value.to_string().as_bytes()),
            ..Finding::of(Outcome::WrongAnswer, format!("it returned, and did not raise {name}"))
        },
        (Ok(Record::Raised(raised)), Wanted::Raises(name)) => raised.instead_of(trial, name),
        (Ok(Record::Raised(raised)), Wanted::Value { .. }) => raised.uncaught(trial),
    }
}

/// What is wrong with a value, where more can be said than the two values do.
fn why(expected: &Value, actual: &Value, ran: &Ran) -> String {
    let printed = printable(&ran.stdout[..ran.stdout.len().min(QUOTED_BYTES)]);
    let (is, should) = (source::kind(actual), source::kind(expected));
    let printed = printed.trim();
    let instead = *actual == Value::None || printed == expected.to_string();
    if instead && !printed.is_empty() {
        format!("it printed: {}", cut(printed, QUOTED_BYTES))
    } else if *actual == Value::None {
        "it returned nothing".to_owned()
    } else if is == should {
        String::new()
    } else {
        format!("it returned {is}, expected {should}")
    }
}

impl Missing {
    /// What there is instead, in the file of this text.
    fn words(&self, text: &str) -> String {
        let instead = match self.defined.as_slice() {
            _ if text.trim().is_empty() => "the file is empty".to_owned(),
            [] => "the file defines no function".to_owned(),
            defined => format!("the file defines: {}", defined.join(", ")),
        };
        format!("there is no function {}; {instead}", self.name)
    }
}

impl Raised {
    /// An exception where one is wanted.
    fn instead_of(self, trial: &Trial<'_>, wanted: &str) -> Finding {
        let name = self.names.first().cloned().unwrap_or_default();
        if self.names.iter().any(|it| it == wanted) {
            return Finding {
                actual: format!("raises {name}"),
                ..Finding::of(Outcome::Passed, "")
            };
        }
        self.uncaught(trial)
    }

    /// An exception where a value is wanted.
    fn uncaught(self, trial: &Trial<'_>) -> Finding {
        let name = self.names.first().map_or("", String::as_str);
        let path = if trial.job.files.contains_key(&self.path) { self.path } else { String::new() };
        let line = if path.is_empty() { 0 } else { self.line };
        let crash = crash::crash(path, line, name, &self.message);
        let (actual, message) = (format!("raises {}", crash.name), words(&crash));
        Finding { actual, ..Finding::crashed(crash, message) }
    }
}
