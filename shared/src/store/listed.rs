//! Lists of submissions, a page at a time.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::submission::{AssignmentVersion, Score, State, Summary};

/// How many submissions a page has at most.
pub const PAGE: usize = 50;

/// Which submissions are wanted, and whose the reader may see.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Who reads: their own are listed always.
    pub reader: String,
    /// Courses of which the reader sees everybody's; `None` means all.
    pub instructed: Option<Vec<String>>,
    /// Only of this course.
    pub course: Option<String>,
    /// Only for this assignment.
    pub assignment: Option<String>,
    /// Only of this learner.
    pub learner: Option<String>,
    /// Only in this state.
    pub state: Option<State>,
    /// Only older than this one: the last id of the page before.
    pub after: Option<Uuid>,
}

/// The newest submissions that are wanted, and one more than [`PAGE`] where there are more.
pub async fn page(db: &mut PgConnection, wanted: &Wanted) -> sqlx::Result<Vec<Summary>> {
    let most = i64::try_from(PAGE + 1).map_err(|error| sqlx::Error::Encode(error.into()))?;
    let rows = sqlx::query!(
        r#"select s.id, s.course, s.assignment, s.version, s.learner, s.try as nth, s.language,
                  s.state as "state: State", s.revision, s.submitted_at, t.graded_at as "graded_at?",
                  t.points::float8 as points, t.possible::float8 as possible
           from submissions s left join attempts t on t.id = s.shown_attempt
           where (s.learner = $1 or $2::text[] is null or s.course = any ($2))
             and ($3::text is null or s.course = $3) and ($4::text is null or s.assignment = $4)
             and ($5::text is null or s.learner = $5) and ($6::text is null or s.state = $6)
             and ($7::uuid is null or s.id < $7)
           order by s.id desc limit $8"#,
        wanted.reader,
        wanted.instructed.as_deref(),
        wanted.course.as_deref(),
        wanted.assignment.as_deref(),
        wanted.learner.as_deref(),
        wanted.state as Option<State>,
        wanted.after,
        most
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Summary {
            id: row.id.into(),
            course: row.course,
            assignment: AssignmentVersion { id: row.assignment, version: row.version },
            learner: row.learner,
            r#try: row.nth,
            language: row.language,
            state: row.state,
            revision: row.revision,
            submitted_at: row.submitted_at,
            graded_at: row.graded_at,
            score: row
                .points
                .zip(row.possible)
                .map(|(points, possible)| Score { points, possible }.rounded()),
        })
        .collect())
}
