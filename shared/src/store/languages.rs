//! What grade-dispatch's runner grades.

use sqlx::PgConnection;

use crate::assignment::Language;

/// Replaces the table by what the runner has found.
pub async fn replace(db: &mut PgConnection, found: &[Language]) -> sqlx::Result<()> {
    let names: Vec<String> = found.iter().map(|language| language.name.clone()).collect();
    sqlx::query!("delete from languages where not name = any ($1)", &names)
        .execute(&mut *db)
        .await?;
    for language in found {
        let tools = serde_json::json!(language.tools);
        let kinds = serde_json::json!(language.test_kinds);
        sqlx::query!(
            "insert into languages (name, tools, test_kinds) values ($1, $2, $3)
             on conflict (name) do update
             set tools = excluded.tools, test_kinds = excluded.test_kinds, updated_at = now()",
            language.name,
            tools,
            kinds
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// All languages, by name.
pub async fn all(db: &mut PgConnection) -> sqlx::Result<Vec<Language>> {
    let rows = sqlx::query!("select name, tools, test_kinds from languages order by name")
        .fetch_all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Language {
                name: row.name,
                tools: decode(row.tools)?,
                test_kinds: decode(row.test_kinds)?,
            })
        })
        .collect()
}

fn decode<T: serde::de::DeserializeOwned>(value: serde_json::Value) -> sqlx::Result<T> {
    serde_json::from_value(value).map_err(|error| sqlx::Error::Decode(error.into()))
}
