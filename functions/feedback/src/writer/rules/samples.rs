//! Attempts for tests, built in code.

use std::collections::BTreeMap;

use serde_json::json;
use shared::{
    package::{
        Files, Package, Test, TestKind,
        manifest::{Limits, SuspectsFrom, Visibility},
        tests::Expected,
        value::Value,
    },
    report::{
        Build, BuildOutcome, Crash, Diagnostic, Evidence, LanguageUsed, Observation, Outcome,
        Rankings, Report, Seen, Severity, Suspect, TestResult,
    },
};

use crate::writer::{Facts, Written, rules};

/// An attempt that can be written about.
#[derive(Clone)]
pub(super) struct Sample {
    pub(super) report: Report,
    pub(super) package: Package,
    pub(super) files: Files,
    pub(super) r#try: u32,
}

impl Sample {
    /// An attempt in this language with this program, and no test yet; the learner's third try.
    pub(super) fn of(language: &str, path: &str, code: &str) -> Self {
        let manifest = json!({ "id": "sample", "title": "Sample", "languages": [language] });
        let package = Package {
            manifest: serde_json::from_value(manifest).unwrap(),
            text: String::new(),
            starter: Files::new(),
            references: BTreeMap::new(),
            tests: Vec::new(),
        };
        let report = Report {
            grader: "0".into(),
            language: LanguageUsed { name: language.into(), tools: BTreeMap::new() },
            tier: "process".into(),
            limits: Limits::default(),
            seed: 0,
            build: Build { outcome: BuildOutcome::Ok, diagnostics: Vec::new() },
            tests: Vec::new(),
            suspects: Rankings::default(),
            forgeable: false,
            search_until: None,
            timings_ms: BTreeMap::new(),
            coverage: BTreeMap::new(),
            observations: Vec::new(),
        };
        Self { report, package, files: Files::from([(path.into(), code.into())]), r#try: 3 }
    }

    pub(super) fn python(code: &str) -> Self {
        Self::of("python", "solution.py", code)
    }

    pub(super) fn c(code: &str) -> Self {
        Self::of("c", "solution.c", code)
    }

    /// Adds a test of standard input and output.
    pub(super) fn outputs(self, input: &str, expected: &str, actual: &str) -> Self {
        let kind =
            TestKind::Stdio { stdin: input.into(), expected: expected.into(), args: Vec::new() };
        self.test(kind, [input, expected, actual])
    }

    /// Adds a test that calls a function.
    pub(super) fn calls(self, call: &str, expected: &str, actual: &str) -> Self {
        let value = Expected::Value(Value::None);
        let kind = TestKind::Expr { expr: call.into(), expected: value, loose: false };
        self.test(kind, [call, expected, actual])
    }

    fn test(mut self, kind: TestKind, [input, expected, actual]: [&str; 3]) -> Self {
        let name = format!("test-{}", self.report.tests.len() + 1);
        let visibility = Visibility::Visible;
        let passes = expected == actual;
        self.package.tests.push(Test {
            name: name.clone(),
            kind,
            visibility,
            possible: 1.0,
            group: None,
        });
        self.report.tests.push(TestResult {
            name,
            outcome: if passes { Outcome::Passed } else { Outcome::WrongAnswer },
            points: f64::from(u8::from(passes)),
            possible: 1.0,
            visibility,
            duration_ms: 1,
            cpu_ms: 1,
            peak_bytes: 1,
            input: input.into(),
            expected: expected.into(),
            actual: actual.into(),
            message: String::new(),
            crash: None,
        });
        self
    }

    fn last(&mut self) -> &mut TestResult {
        self.report.tests.last_mut().unwrap()
    }

    /// The last test came to this end.
    pub(super) fn ends(mut self, outcome: Outcome) -> Self {
        self.last().outcome = outcome;
        self
    }

    /// The judge says this of the last test.
    pub(super) fn says(mut self, message: &str) -> Self {
        self.last().message = message.into();
        self
    }

    /// The last test crashed.
    pub(super) fn crashes(mut self, name: &str, line: u32, message: &str) -> Self {
        let path = self.files.keys().next().unwrap().clone();
        let crash = Crash { path, line, name: name.into(), message: message.into() };
        self.last().outcome = Outcome::RuntimeError;
        self.last().crash = Some(crash);
        self
    }

    /// The last test is hidden.
    pub(super) fn hidden(mut self) -> Self {
        self.last().visibility = Visibility::Hidden;
        self
    }

    /// The program does not build.
    pub(super) fn does_not_build(mut self, code: &str, line: u32, message: &str) -> Self {
        self.report.build.outcome = BuildOutcome::CompileError;
        self.diagnosed(Severity::Error, code, line, message)
    }

    /// The compiler warns.
    pub(super) fn warned(self, code: &str, line: u32, message: &str) -> Self {
        self.diagnosed(Severity::Warning, code, line, message)
    }

    fn diagnosed(mut self, severity: Severity, code: &str, line: u32, message: &str) -> Self {
        let path = self.files.keys().next().unwrap().clone();
        let code = (!code.is_empty()).then(|| code.to_owned());
        let message = message.to_owned();
        let diagnostic = Diagnostic { path, line, column: None, severity, message, code };
        self.report.build.diagnostics.push(diagnostic);
        self
    }

    /// This line is suspected, from visible tests and from all.
    pub(super) fn suspects(mut self, line: u32, evidence: &Evidence) -> Self {
        let path = self.files.keys().next().unwrap().clone();
        for ranking in [&mut self.report.suspects.visible, &mut self.report.suspects.all] {
            let rank = u32::try_from(ranking.suspects.len()).unwrap() + 1;
            let evidence = vec![evidence.clone()];
            ranking.suspects.push(Suspect { path: path.clone(), line, rank, score: 0.9, evidence });
        }
        self
    }

    /// This was seen in the last test.
    pub(super) fn saw(mut self, line: u32, seen: Seen) -> Self {
        let path = self.files.keys().next().unwrap().clone();
        let test = self.last().name.clone();
        self.report.observations.push(Observation { test, path, line, seen });
        self
    }

    /// Suspects and feedback come from all tests.
    pub(super) fn uses_all_tests(mut self) -> Self {
        self.package.manifest.suspects_from = SuspectsFrom::All;
        self
    }

    /// The assignment allows hints up to this level.
    pub(super) fn up_to_level(mut self, levels: u8) -> Self {
        self.package.manifest.feedback.levels = levels;
        self
    }

    /// It is the learner's n-th try.
    pub(super) fn on_try(mut self, n: u32) -> Self {
        self.r#try = n;
        self
    }

    /// What the rules write about it.
    pub(super) fn written(&self) -> Written {
        let Self { report, package, files, r#try } = self;
        rules::write(&Facts { report, package, files, r#try: *r#try })
    }

    /// The hint of this level.
    pub(super) fn hint(&self, level: u8) -> String {
        let hints = self.written().hints;
        hints.into_iter().find(|hint| hint.level == level).expect("a hint of this level").text
    }
}
