//! What a writer reads, as it is stored.

use anyhow::Context as _;
use shared::{
    ids::SubmissionId,
    package::Package,
    store::{attempts::Attempt, blobs, checks, feedbacks, sources},
};
use sqlx::PgConnection;

use crate::writer::{Facts, Written, rules};

/// Report, package and files of an attempt, in bytes; `None` where one of them is gone.
pub(crate) struct Material {
    report: Option<Vec<u8>>,
    package: Option<Vec<u8>>,
    files: Option<Vec<u8>>,
    r#try: u32,
}

impl Material {
    /// Everything that is stored of an attempt and its submission.
    pub(crate) async fn of(
        db: &mut PgConnection,
        attempt: &Attempt,
        submission: SubmissionId,
    ) -> sqlx::Result<Self> {
        let report = match &attempt.report_hash {
            Some(hash) => blobs::get(db, &blobs::Hash(hash.clone())).await?,
            None => None,
        };
        let files = match sources::hash(db, submission).await? {
            Some(hash) => blobs::get(db, &hash).await?,
            None => None,
        };
        let package =
            checks::package(db, &attempt.course, &attempt.assignment, attempt.version).await?;
        let n = feedbacks::nth_try(db, submission).await?.unwrap_or(1);
        Ok(Self {
            report,
            package: package.map(|(_, bytes)| bytes),
            files,
            r#try: u32::try_from(n).unwrap_or(1),
        })
    }

    /// Lets the rules write, on a thread where unpacking a package holds nobody up. A writer that panics
    /// fails like one that cannot read.
    ///
    /// # Errors
    ///
    /// What is missing or cannot be read; the same again would be no better.
    pub(crate) async fn written(self) -> anyhow::Result<Written> {
        let writing = tokio::task::spawn_blocking(move || self.write());
        writing.await.context("the rules writer panicked")?
    }

    fn write(&self) -> anyhow::Result<Written> {
        let report = self.report.as_deref().context("the report is gone")?;
        let package = self.package.as_deref().context("the package is gone")?;
        let files = self.files.as_deref().context("the source is gone")?;
        let report = serde_json::from_slice(report).context("read the report")?;
        let package = Package::from_tar_gz(package).context("read the package")?;
        let files = serde_json::from_slice(files).context("read the source")?;
        Ok(rules::write(&Facts {
            report: &report,
            package: &package,
            files: &files,
            r#try: self.r#try,
        }))
    }
}
