//! One request for a submission, held against what is stored.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use shared::{
    events::SubmissionReceived,
    ids::SubmissionId,
    package::{Files, Manifest},
    problem::Problem,
    store::{
        assignments::{self, Open},
        audit,
        blobs::{self, Hash},
        outbox,
        submissions::{self, NewRow},
    },
    submission::NewSubmission,
};
use sqlx::PgConnection;

use crate::{
    App, language,
    limits::{Limits, RETRY_AFTER_SECONDS},
};

/// Who asks for what.
pub(crate) struct Asked<'a> {
    pub(crate) learner: &'a str,
    pub(crate) course: &'a str,
    pub(crate) key: &'a str,
    pub(crate) body: &'a NewSubmission,
}

impl Asked<'_> {
    /// There is no such assignment, or the learner may not know of it.
    pub(crate) fn unknown(&self) -> Problem {
        let (course, assignment) = (self.course.to_owned(), self.body.assignment.clone());
        Problem::UnknownAssignment { course, assignment }
    }

    /// The submission that the same request made before, if it did.
    ///
    /// # Errors
    ///
    /// [`Problem::IdempotencyKeyReused`] where another request had the same key.
    pub(crate) async fn repeated(
        &self,
        db: &mut PgConnection,
        now: DateTime<Utc>,
    ) -> Result<Option<SubmissionId>, Problem> {
        match submissions::under_key(db, self.learner, self.key, now).await? {
            Some((_, body)) if body != self.hash()? => Err(Problem::IdempotencyKeyReused),
            before => Ok(before.map(|(id, _)| id)),
        }
    }

    /// Stores the submission with its event, if the assignment and the limits let it in.
    pub(crate) async fn store(
        &self,
        db: &mut PgConnection,
        app: &App,
        files: &Files,
    ) -> Result<SubmissionId, Problem> {
        let (version, manifest) = self.open(db).await?;
        let language = language::choose(self.body.language.as_deref(), &manifest, files)?;
        self.check_limits(db, &manifest, app.limits).await?;
        let source = serde_json::to_vec(files).context("write the files as JSON")?;
        let source = blobs::put(db, &source).await?;
        let (learner, course, key) = (self.learner, self.course, self.key);
        let (assignment, body, now) = (&self.body.assignment, &self.hash()?, app.clock.now());
        let (source, language) = (&source, language.as_str());
        let row = NewRow { learner, course, assignment, version, language, source, key, body, now };
        let id = submissions::insert(db, &row).await?;
        let event = SubmissionReceived {
            submission_id: id,
            course: course.to_owned(),
            assignment: assignment.clone(),
            version,
            language: language.to_owned(),
        };
        outbox::put(db, &event).await?;
        audit::note(db, learner, "create_submission", &id.to_string()).await?;
        Ok(id)
    }

    async fn open(&self, db: &mut PgConnection) -> Result<(i32, Box<Manifest>), Problem> {
        // PostgreSQL's texts hold no NUL, so no name does.
        if [self.course, &self.body.assignment].iter().any(|name| name.contains('\0')) {
            return Err(self.unknown());
        }
        match assignments::open(db, self.course, &self.body.assignment).await? {
            None => Err(self.unknown()),
            Some(Open::NotReady) => Err(Problem::AssignmentNotReady(self.body.assignment.clone())),
            Some(Open::Ready { version, manifest }) => Ok((version, manifest)),
        }
    }

    async fn check_limits(
        &self,
        db: &mut PgConnection,
        manifest: &Manifest,
        limits: Limits,
    ) -> Result<(), Problem> {
        if let Some(most) = manifest.tries {
            let assignment = &self.body.assignment;
            let used = submissions::tries(db, self.learner, self.course, assignment).await?;
            if used >= i64::from(most) {
                return Err(Problem::NoTriesLeft(most));
            }
        }
        let own = submissions::under_way(db, Some(self.learner), limits.open_per_learner).await?;
        if own >= limits.open_per_learner {
            return Err(Problem::TooManyOpen(own));
        }
        if submissions::under_way(db, None, limits.open).await? >= limits.open {
            return Err(Problem::Overloaded { retry_after_seconds: RETRY_AFTER_SECONDS });
        }
        Ok(())
    }

    /// The hash of what was asked for, however it was written.
    fn hash(&self) -> anyhow::Result<Hash> {
        Ok(Hash::of(&serde_json::to_vec(self.body).context("write a body as JSON")?))
    }
}
