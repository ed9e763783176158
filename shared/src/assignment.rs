//! What readers are told of an assignment, and of the languages that are graded here.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    package::{
        Files, Package, Test, TestKind,
        manifest::{Function, Limits, Visibility},
        tests::Expected,
    },
    text::{SHOWN_BYTES, cut},
};

/// The state of an assignment version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(
    feature = "http",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentState {
    /// Its reference solution is being graded.
    Checking,
    /// Learners can submit.
    Ready,
    /// Its reference did not pass; the problem says where.
    Rejected,
}

/// What an upload answers.
#[doc = concat!("\n\n```json\n", include_str!("../examples/uploaded.json"), "```")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Uploaded {
    /// The course that owns it.
    pub course: String,
    /// Its id, unique in the course.
    pub id: String,
    /// 1, 2, 3 …; the same bytes again are the same version.
    pub version: i32,
    /// Where its check stands.
    pub state: AssignmentState,
}

/// The parts of an assignment that learners may read.
#[doc = concat!("\n\n```json\n", include_str!("../examples/assignment.json"), "```")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Assignment {
    /// The course that owns it.
    pub course: String,
    /// Its id, unique in the course.
    pub id: String,
    /// Its newest ready version; where none is ready, the newest.
    pub version: i32,
    /// Where its check stands.
    pub state: AssignmentState,
    /// Why it was rejected: a problem. Instructors only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<serde_json::Value>,
    /// Everything that the package says to learners.
    #[serde(flatten)]
    pub details: Details,
}

/// Everything that a package says to learners; stored with the version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Details {
    /// What people call it.
    pub title: String,
    /// `text.md`.
    pub text: String,
    /// Languages in which it may be solved.
    pub languages: Vec<String>,
    /// Files to start from.
    pub starter: Files,
    /// When it is due.
    pub due: Option<DateTime<Utc>>,
    /// How many graded tries a learner has.
    pub tries: Option<u32>,
    /// The function that is called, where tests call one.
    pub function: Option<Function>,
    /// Limits of one test.
    pub limits: Limits,
    /// Tests that everybody may see.
    pub tests: Vec<VisibleTest>,
}

/// A test that everybody may see. Texts are cut at 4 KiB.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct VisibleTest {
    /// Its name.
    pub name: String,
    /// Standard input, or the call in source text.
    pub input: String,
    /// Expected output or value.
    pub expected: String,
}

/// A language that is graded here.
#[doc = concat!("\n\n```json\n", include_str!("../examples/language.json"), "```")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Language {
    /// The name of its file: `python`.
    pub name: String,
    /// Versions of the tools that build and run it, by name.
    pub tools: std::collections::BTreeMap<String, String>,
    /// Kinds of test that work in it: `stdio`, `calls`.
    pub test_kinds: Vec<String>,
}

impl Package {
    /// Everything that the package says to learners at a time: tests that all may see, and those shown
    /// after the assignment is due once it is.
    pub fn details(&self, now: DateTime<Utc>) -> Details {
        let manifest = &self.manifest;
        let due = manifest.due.is_some_and(|due| due <= now);
        let shown = |test: &&Test| match test.visibility {
            Visibility::Visible => true,
            Visibility::Hidden => false,
            Visibility::AfterDue => due,
        };
        Details {
            title: manifest.title.clone(),
            text: self.text.clone(),
            languages: manifest.languages.clone(),
            starter: self.starter.clone(),
            due: manifest.due,
            tries: manifest.tries,
            function: manifest.function.clone(),
            limits: manifest.limits.clone(),
            tests: self.tests.iter().filter(shown).map(|test| self.visible(test)).collect(),
        }
    }

    fn visible(&self, test: &Test) -> VisibleTest {
        let (input, expected) = match &test.kind {
            TestKind::Stdio { stdin, expected, .. } => (stdin.clone(), expected.clone()),
            TestKind::Call { args, expected, .. } => {
                let name = self.manifest.function.as_ref().map_or("", |function| &function.name);
                let args: Vec<String> = args.iter().map(ToString::to_string).collect();
                (format!("{name}({})", args.join(", ")), expected.to_string())
            }
            TestKind::Expr { expr, expected, .. } => {
                let expected = match expected {
                    Expected::Value(value) => value.to_string(),
                    Expected::Raises(name) => format!("raises {name}"),
                };
                (expr.clone(), expected)
            }
        };
        let [input, expected] = [input, expected].map(|text| cut(&text, SHOWN_BYTES));
        VisibleTest { name: test.name.clone(), input, expected }
    }
}
