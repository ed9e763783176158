//! `Idempotency-Key`: what makes sending twice safe.

use axum::{extract::FromRequestParts, http::request::Parts};
use shared::problem::Problem;

/// The header's value: 1 to 255 visible ASCII characters, without spaces.
#[derive(Clone, Debug)]
pub(crate) struct IdempotencyKey(pub(crate) String);

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let value = parts.headers.get("idempotency-key").and_then(|value| value.to_str().ok());
        value
            .filter(|key| (1..=255).contains(&key.len()))
            .filter(|key| key.bytes().all(|byte| byte.is_ascii_graphic()))
            .map(|key| Self(key.to_owned()))
            .ok_or(Problem::IdempotencyKeyMissing)
    }
}
