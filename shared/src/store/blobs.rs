//! Packages, sources and reports, by content.

use sha2::{Digest, Sha256};
use sqlx::PgConnection;

/// SHA-256 of some content.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hash(pub Vec<u8>);

impl Hash {
    /// The hash of `content`.
    pub fn of(content: &[u8]) -> Self {
        Self(Sha256::digest(content).to_vec())
    }

    /// In hexadecimal digits.
    pub fn hex(&self) -> String {
        let digits =
            |byte: &u8| [byte >> 4, byte & 15].map(|half| char::from_digit(half.into(), 16));
        self.0.iter().flat_map(digits).flatten().collect()
    }
}

/// Stores content under its hash; the same content again changes nothing.
pub async fn put(db: &mut PgConnection, content: &[u8]) -> sqlx::Result<Hash> {
    let hash = Hash::of(content);
    sqlx::query!(
        "insert into blobs (hash, content) values ($1, $2) on conflict do nothing",
        hash.0,
        content
    )
    .execute(db)
    .await?;
    Ok(hash)
}

/// The content under a hash.
pub async fn get(db: &mut PgConnection, hash: &Hash) -> sqlx::Result<Option<Vec<u8>>> {
    sqlx::query_scalar!("select content from blobs where hash = $1", hash.0)
        .fetch_optional(db)
        .await
}
