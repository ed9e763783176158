//! Whether an assignment version's reference passes its own tests.

use sqlx::PgConnection;

use super::blobs::Hash;

/// The package of a version: its hash, and its bytes as they were uploaded.
pub async fn package(
    db: &mut PgConnection,
    course: &str,
    assignment: &str,
    version: i32,
) -> sqlx::Result<Option<(Hash, Vec<u8>)>> {
    let row = sqlx::query!(
        "select b.hash, b.content from assignments a join blobs b on b.hash = a.package_hash
         where a.course = $1 and a.id = $2 and a.version = $3",
        course,
        assignment,
        version
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (Hash(row.hash), row.content)))
}

/// Whether the references of a version are still to be graded: it is `checking`, and no attempt for them was
/// ever made. Keeps it from changing until the transaction ends, so that they are graded once.
pub async fn wanted(
    db: &mut PgConnection,
    course: &str,
    assignment: &str,
    version: i32,
) -> sqlx::Result<bool> {
    let checking = sqlx::query!(
        "select from assignments where course = $1 and id = $2 and version = $3 and state = 'checking'
         for no key update",
        course,
        assignment,
        version
    )
    .fetch_optional(&mut *db)
    .await?;
    if checking.is_none() {
        return Ok(false);
    }
    sqlx::query_scalar!(
        r#"select not exists (select from attempts where kind = 'check' and course = $1
                              and assignment = $2 and version = $3) as "none!""#,
        course,
        assignment,
        version
    )
    .fetch_one(db)
    .await
}

/// `checking` → `ready`, once no attempt for its references is open or was not passed. Gives whether it
/// became so.
///
/// References report at the same time. Each waits here for the one before to commit; otherwise each could
/// still see the other as open, and none would make the version ready.
pub async fn pass(
    db: &mut PgConnection,
    course: &str,
    assignment: &str,
    version: i32,
) -> sqlx::Result<bool> {
    sqlx::query!(
        "select from assignments where course = $1 and id = $2 and version = $3 for update",
        course,
        assignment,
        version
    )
    .execute(&mut *db)
    .await?;
    let ready = sqlx::query!(
        "update assignments a set state = 'ready'
         where course = $1 and id = $2 and version = $3 and state = 'checking'
           and not exists (select from attempts t
                           where t.kind = 'check' and t.course = a.course and t.assignment = a.id
                             and t.version = a.version and t.state in ('queued', 'grading'))",
        course,
        assignment,
        version
    )
    .execute(db)
    .await?;
    Ok(ready.rows_affected() == 1)
}

/// `checking` → `rejected`, with the problem that says why. Gives whether it became so.
pub async fn reject(
    db: &mut PgConnection,
    course: &str,
    assignment: &str,
    version: i32,
    problem: &serde_json::Value,
) -> sqlx::Result<bool> {
    let rejected = sqlx::query!(
        "update assignments set state = 'rejected', problem = $4
         where course = $1 and id = $2 and version = $3 and state = 'checking'",
        course,
        assignment,
        version,
        problem
    )
    .execute(db)
    .await?;
    Ok(rejected.rows_affected() == 1)
}
