//! What readers are told of assignments.

use sqlx::{PgConnection, types::Json};

use super::blobs::Hash;
use crate::assignment::{Assignment, AssignmentState, Details};

/// An assignment's newest ready version (where none is ready, the newest), and its package.
#[derive(Clone, Debug)]
pub struct Offered {
    /// What its row says; tests shown after it is due are not among its tests.
    pub assignment: Assignment,
    /// SHA-256 of its package.
    pub package: Hash,
    /// Whether some of its tests are shown only after it is due.
    pub shows_later: bool,
}

/// The assignments of these courses (`None`: of all), by course and id; only `id` where it is given.
pub async fn of(
    db: &mut PgConnection,
    courses: Option<&[String]>,
    id: Option<&str>,
) -> sqlx::Result<Vec<Offered>> {
    let rows = sqlx::query!(
        r#"select distinct on (course, id) course, id, version, state, package_hash, problem,
                  details as "details: Json<Details>",
                  manifest @> '{"group": [{"visibility": "after_due"}]}' as "shows_later!"
           from assignments
           where ($1::text[] is null or course = any ($1)) and ($2::text is null or id = $2)
           order by course, id, (state = 'ready') desc, version desc"#,
        courses,
        id
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let assignment = Assignment {
                course: row.course,
                id: row.id,
                version: row.version,
                state: state(&row.state)?,
                problem: row.problem,
                details: row.details.0,
            };
            let package = Hash(row.package_hash);
            Ok(Offered { assignment, package, shows_later: row.shows_later })
        })
        .collect()
}

fn state(name: &str) -> sqlx::Result<AssignmentState> {
    serde_json::from_value(name.into()).map_err(|error| sqlx::Error::Decode(error.into()))
}
