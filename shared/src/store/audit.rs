//! Who changed what, and when.

use sqlx::PgConnection;

/// Notes a change, in the transaction that makes it. `what` is the call's name: `create_submission`.
pub async fn note(db: &mut PgConnection, who: &str, what: &str, subject: &str) -> sqlx::Result<()> {
    sqlx::query!("insert into audit (who, what, subject) values ($1, $2, $3)", who, what, subject)
        .execute(db)
        .await?;
    Ok(())
}
