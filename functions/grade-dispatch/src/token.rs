//! The judge's token: good for one attempt, known to us by its hash alone.

use axum::{
    extract::FromRequestParts,
    http::{header::AUTHORIZATION, request::Parts},
};
use shared::{problem::Problem, store::blobs::Hash};

/// A new token: 256 random bits in hexadecimal digits.
pub(crate) fn new() -> String {
    Hash(rand::random::<[u8; 32]>().to_vec()).hex()
}

/// The hash of the token that a judge's request carries.
#[derive(Debug)]
pub(crate) struct JudgeToken(pub(crate) Hash);

impl<S: Sync> FromRequestParts<S> for JudgeToken {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let value = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = value.and_then(|value| value.strip_prefix("Bearer "));
        token
            .map(|token| Self(Hash::of(token.trim().as_bytes())))
            .ok_or_else(|| Problem::Unauthenticated("the request carries no token".into()))
    }
}
