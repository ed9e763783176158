//! Who reads a submission, and so how much of it they see.

use shared::{
    auth::Caller,
    problem::Problem,
    store::shown::{self, Shown},
};
use sqlx::PgConnection;

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reader {
    /// Whoever submitted it.
    Owner,
    /// Whoever sets assignments in its course.
    Instructor,
}

/// The submission, and as whom the caller reads it.
///
/// # Errors
///
/// [`Problem::UnknownSubmission`] where there is none, where it is another's, and where `id` is no id:
/// nobody learns which ids there are.
pub(crate) async fn open(
    db: &mut PgConnection,
    caller: &Caller,
    id: &str,
) -> Result<(Shown, Reader), Problem> {
    let unknown = || Problem::UnknownSubmission(id.to_owned());
    let shown = shown::get(db, id.parse().map_err(|_| unknown())?).await?.ok_or_else(unknown)?;
    if caller.instructs(&shown.course) {
        Ok((shown, Reader::Instructor))
    } else if caller.subject == shown.learner {
        Ok((shown, Reader::Owner))
    } else {
        Err(unknown())
    }
}
