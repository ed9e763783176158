//! A package on its way into the store.

use anyhow::Context as _;
use axum::body::Bytes;
use chrono::{DateTime, Utc};
use shared::{
    assignment::{AssignmentState, Language},
    events::GradingWanted,
    package::{Mistakes, Package},
    problem::{FieldError, Problem},
    store::{
        assignments::{self, NewVersion, Version},
        audit, blobs, languages, outbox,
    },
    work::Kind,
};
use sqlx::PgConnection;

/// A package that was read and checked, with the bytes that it came in.
pub(crate) struct Upload {
    pub(crate) package: Package,
    bytes: Bytes,
}

impl Upload {
    /// Unpacks and checks a package, on a thread that may be busy for long.
    pub(crate) async fn read(bytes: Bytes) -> Result<Self, Problem> {
        let given = bytes.clone();
        let package = tokio::task::spawn_blocking(move || Package::from_tar_gz(&given))
            .await
            .context("read a package")?
            .map_err(|mistakes| refuse(&mistakes))?;
        Ok(Self { package, bytes })
    }

    /// Stores it as its assignment's next version, or finds the version of the same bytes.
    pub(crate) async fn store(
        &self,
        db: &mut PgConnection,
        course: &str,
        by: &str,
        now: DateTime<Utc>,
    ) -> Result<Version, Problem> {
        self.check_languages(&languages::all(db).await?)?;
        let manifest = &self.package.manifest;
        let checked = !self.package.references.is_empty();
        let state = if checked { AssignmentState::Checking } else { AssignmentState::Ready };
        let hash = blobs::put(db, &self.bytes).await?;
        let new = NewVersion {
            course,
            id: &manifest.id,
            state,
            package: &hash,
            manifest: serde_json::to_value(manifest).context("write a manifest as JSON")?,
            details: serde_json::to_value(self.package.details(now))
                .context("write details as JSON")?,
            by,
            now,
        };
        let version = assignments::insert(db, &new).await?;
        if version.is_new {
            if checked {
                outbox::put(db, &self.check_wanted(course, version)).await?;
            }
            let subject = format!("{course}/{}/{}", manifest.id, version.number);
            audit::note(db, by, "create_assignment", &subject).await?;
        }
        Ok(version)
    }

    fn check_wanted(&self, course: &str, version: Version) -> GradingWanted {
        GradingWanted {
            kind: Kind::Check,
            submission_id: None,
            course: Some(course.to_owned()),
            assignment: Some(self.package.manifest.id.clone()),
            version: Some(version.number),
            row: None,
        }
    }

    /// Refuses languages and tests that are not graded here. Before grade-dispatch has first started
    /// nothing is known, and nothing refused.
    fn check_languages(&self, graded: &[Language]) -> Result<(), Problem> {
        if graded.is_empty() {
            return Ok(());
        }
        let mut errors = Vec::new();
        for name in &self.package.manifest.languages {
            let pointer = "assignment.toml#/languages".to_owned();
            let Some(language) = graded.iter().find(|language| language.name == *name) else {
                let reason = format!("{name:?} is not graded here");
                errors.push(FieldError { pointer, reason });
                continue;
            };
            let kinds = &language.test_kinds;
            let other = self.package.tests.iter().find(|test| {
                let kind = test.kind.name();
                !kinds.iter().any(|known| known == kind)
            });
            if let Some(test) = other {
                let (kind, test) = (test.kind.name(), &test.name);
                let reason = format!("{name} takes no tests of kind {kind} here, such as {test:?}");
                errors.push(FieldError { pointer, reason });
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(Problem::InvalidPackage(errors)) }
    }
}

fn refuse(mistakes: &Mistakes) -> Problem {
    let error = |mistake: &shared::package::Mistake| FieldError {
        pointer: mistake.place(),
        reason: mistake.reason.clone(),
    };
    Problem::InvalidPackage(mistakes.all().iter().map(error).collect())
}
