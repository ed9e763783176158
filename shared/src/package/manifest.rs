//! `assignment.toml` (design, section 5). Unknown keys are refused.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// `assignment.toml`: everything but the tests themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// `[a-z0-9-]{1,64}`; with the course it names the assignment.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Languages in which it may be solved, by their file's name: `python`, `c`.
    pub languages: Vec<String>,
    /// The file that is run, by language; a language's own default elsewhere.
    #[serde(default)]
    pub entry: BTreeMap<String, String>,
    /// How output is compared.
    #[serde(default)]
    pub compare: Compare,
    /// When it is due: for visibility (`after_due`) and lateness.
    #[serde(default, with = "due", skip_serializing_if = "Option::is_none")]
    pub due: Option<DateTime<Utc>>,
    /// How many graded tries a learner has; unbounded where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tries: Option<u32>,
    /// From which tests learners' suspects and feedback come.
    #[serde(default)]
    pub suspects_from: SuspectsFrom,
    /// The function that `calls.jsonl` calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub function: Option<Function>,
    /// Limits of one test.
    #[serde(default)]
    pub limits: Limits,
    /// Limits of the build.
    #[serde(default)]
    pub build: BuildLimits,
    /// Groups of tests; the first that matches a test's name wins.
    #[serde(default, rename = "group")]
    pub groups: Vec<Group>,
    /// What feedback may say.
    #[serde(default)]
    pub feedback: FeedbackPolicy,
}

/// How a program's output is held against the expected one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Compare {
    /// Byte for byte.
    Exact,
    /// Line by line, white space at a line's end and empty lines at the text's end ignored.
    Lines,
    /// Words between white space.
    #[default]
    Tokens,
    /// Words; numbers equal within this relative difference.
    Float(f64),
    /// A program of the instructor's, in the package, decides.
    Checker(String),
    /// A program of the instructor's talks with the learner's.
    Interactor(String),
}

/// Which tests suspects and feedback for learners come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuspectsFrom {
    /// Tests that the learner may see.
    #[default]
    Visible,
    /// All tests.
    All,
}

/// A function's name and types, for calls from data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// Its name, the same in every language.
    pub name: String,
    /// Types of its parameters.
    #[schema(value_type = Vec<String>)]
    pub params: Vec<Type>,
    /// Type of what it returns.
    #[schema(value_type = String)]
    pub returns: Type,
}

/// A type of the table that every language has: `int`, `long`, `float`, `bool`, `string`, `list<T>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Type {
    /// A whole number that fits 32 bits.
    Int,
    /// A whole number that fits 64 bits.
    Long,
    /// A double.
    Float,
    /// True or false; no int.
    Bool,
    /// UTF-8 text.
    String,
    /// Values of one type, in order.
    List(Box<Type>),
}

impl TryFrom<String> for Type {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let text = text.trim();
        if let Some(inner) = text.strip_prefix("list<").and_then(|rest| rest.strip_suffix('>')) {
            return Self::try_from(inner.to_owned()).map(|inner| Self::List(Box::new(inner)));
        }
        match text {
            "int" => Ok(Self::Int),
            "long" => Ok(Self::Long),
            "float" => Ok(Self::Float),
            "bool" => Ok(Self::Bool),
            "string" => Ok(Self::String),
            _ => Err(format!("{text:?} is no type; use int, long, float, bool, string or list<T>")),
        }
    }
}

impl From<Type> for String {
    fn from(ty: Type) -> Self {
        match ty {
            Type::Int => "int".into(),
            Type::Long => "long".into(),
            Type::Float => "float".into(),
            Type::Bool => "bool".into(),
            Type::String => "string".into(),
            Type::List(inner) => format!("list<{}>", Self::from(*inner)),
        }
    }
}

/// Limits of one test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// CPU time, in seconds.
    pub cpu_seconds: f64,
    /// Time on the wall, in seconds.
    pub wall_seconds: f64,
    /// Memory of the process tree, in MiB.
    pub memory_mib: u64,
    /// Output that is stored, in KiB; 1 MiB is accepted before the program is ended.
    pub output_kib: u64,
    /// Processes and threads at once.
    pub processes: u64,
    /// What may be written to files, in MiB.
    pub disk_mib: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            cpu_seconds: 2.0,
            wall_seconds: 6.0,
            memory_mib: 256,
            output_kib: 64,
            processes: 32,
            disk_mib: 64,
        }
    }
}

/// Limits of the build.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BuildLimits {
    /// CPU time, in seconds.
    pub cpu_seconds: f64,
    /// Memory, in MiB.
    pub memory_mib: u64,
}

impl Default for BuildLimits {
    fn default() -> Self {
        Self { cpu_seconds: 10.0, memory_mib: 1024 }
    }
}

/// Tests that are worth points together and are seen or hidden together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Patterns of test names; `*` stands for any characters.
    pub tests: Vec<String>,
    /// Points of the whole group, shared out equally.
    #[serde(default)]
    pub points: Option<f64>,
    /// Who sees its tests.
    #[serde(default)]
    pub visibility: Visibility,
    /// Patterns of tests that must all pass before this group is graded.
    #[serde(default)]
    pub depends_on: Vec<String>,
}

/// Who sees a test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody.
    #[default]
    Visible,
    /// Instructors; learners see their group's counts.
    Hidden,
    /// As hidden until the assignment is due, as visible from then on.
    AfterDue,
}

/// What feedback may say, and who may write it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FeedbackPolicy {
    /// Highest hint level; 0 is exam mode: no hints, no suspects.
    pub levels: u8,
    /// Which models may see a learner's code.
    pub model: ModelPolicy,
}

impl Default for FeedbackPolicy {
    fn default() -> Self {
        Self { levels: 3, model: ModelPolicy::None }
    }
}

/// Which models may see a learner's code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModelPolicy {
    /// None.
    #[default]
    None,
    /// Models on our own machines.
    Local,
    /// Models of a cloud provider too.
    Cloud,
}

/// TOML writes times as a type of its own; JSON, in which manifests are stored, as text.
#[expect(clippy::ref_option, reason = "serde's `with` hands over a reference to the field")]
mod due {
    use chrono::{DateTime, Utc};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Toml(toml::value::Datetime),
        Text(String),
    }

    pub(super) fn serialize<S: Serializer>(
        due: &Option<DateTime<Utc>>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match due {
            Some(due) => to.serialize_some(&due.to_rfc3339()),
            None => to.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<DateTime<Utc>>, D::Error> {
        let text = match Option::<Written>::deserialize(from)? {
            None => return Ok(None),
            Some(Written::Toml(time)) => time.to_string(),
            Some(Written::Text(text)) => text,
        };
        match DateTime::parse_from_rfc3339(&text) {
            Ok(due) => Ok(Some(due.to_utc())),
            Err(_) => Err(D::Error::custom(format!(
                "{text:?} is no time with an offset, such as 2026-12-01T22:00:00Z"
            ))),
        }
    }
}
