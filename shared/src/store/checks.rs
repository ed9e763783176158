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

/// `checking` → `ready`, once no attempt for its references is open or was not passed.
///
/// References report at the same time. Each waits here for the one before to commit; otherwise each could
/// still see the other as open, and none would make the version ready.
pub async fn pass(
    db: &mut PgConnection,
    course: &str,
    assignment: &str,
    version: i32,
) -> sqlx::Result<()> {
    sqlx::query!(
        "select from assignments where course = $1 and id = $2 and version = $3 for update",
        course,
        assignment,
        version
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
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
    Ok(())
}

/// `checking` → `rejected`, with the problem that says why.
pub async fn reject(
    db: &mut PgConnection,
    course: &str,
    assignment: &str,
    version: i32,
    problem: &serde_json::Value,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update assignments set state = 'rejected', problem = $4
         where course = $1 and id = $2 and version = $3 and state = 'checking'",
        course,
        assignment,
        version,
        problem
    )
    .execute(db)
    .await?;
    Ok(())
}
