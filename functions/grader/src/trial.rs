//! One test of a submission that was built: what is run for it.

use anyhow::Context;
use serde_json::json;
use shared::package::{Test, TestKind};

use crate::{
    Job, glue,
    language::{Asking, Language},
    launcher::{Run, RunLimits},
};

/// A submission that was built, and its tests.
#[derive(Clone, Copy)]
pub(crate) struct Trial<'a> {
    /// What is graded.
    pub(crate) job: &'a Job<'a>,
    /// Its language.
    pub(crate) language: &'a Language,
    /// The file that is run.
    pub(crate) entry: &'a str,
}

impl Trial<'_> {
    /// The run of a test: its input, and nothing of what must come of it.
    ///
    /// # Errors
    ///
    /// When the package has a test that the language cannot run; such packages are refused before.
    pub(crate) fn order(&self, test: &Test) -> anyhow::Result<Run> {
        let running = &self.language.run;
        let (template, stdin, data) = match &test.kind {
            TestKind::Stdio { stdin, .. } => (&running.argv, stdin.clone(), Vec::new()),
            calls => (&self.language.calls.argv, String::new(), self.request(calls)?),
        };
        let mut argv = self.language.argv(template, self.entry, self.job.files);
        if let TestKind::Stdio { args, .. } = &test.kind {
            argv.extend(args.iter().cloned());
        }
        let limits = &self.job.package.manifest.limits;
        Ok(Run {
            argv,
            env: self.language.env(),
            stdin: stdin.into_bytes(),
            data,
            limits: RunLimits::of_test(limits, self.language.overhead_mib),
            in_build: false,
            collect: Vec::new(),
        })
    }

    /// What the driver is asked.
    fn request(&self, kind: &TestKind) -> anyhow::Result<Vec<u8>> {
        let function = || {
            let function = self.job.package.manifest.function.as_ref();
            function.map(|it| it.name.as_str()).context("calls need a function")
        };
        let files: Vec<_> = self.job.files.keys().collect();
        let entry = self.entry;
        match (self.language.calls.request, kind) {
            (Asking::Json, TestKind::Call { args, .. }) => {
                let function = function()?;
                let request =
                    json!({"entry": entry, "files": files, "function": function, "args": args});
                Ok(request.to_string().into_bytes())
            }
            (Asking::Json, TestKind::Expr { expr, .. }) => {
                let request = json!({"entry": entry, "files": files, "expr": expr});
                Ok(request.to_string().into_bytes())
            }
            (Asking::Words, TestKind::Call { args, .. }) => Ok(glue::words(args).into_bytes()),
            (_, kind) => {
                anyhow::bail!("{} cannot run a test of kind {}", self.language.name, kind.name())
            }
        }
    }
}
