//! Path and query parameters that answer with a problem where they are wrong.

use axum::{
    extract::{FromRequestParts, rejection::QueryRejection},
    http::request::Parts,
};
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// How a NUL stands in an address. PostgreSQL's texts hold none, so nothing has a name with one.
const NUL: &str = "%00";

/// Parameters of the path. A form that no id has: 404, as for an id that does not exist.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        if parts.uri.path().contains(NUL) {
            return Err(Problem::UnknownPath);
        }
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(value)| Self(value)).map_err(|_| Problem::UnknownPath)
    }
}

/// Parameters of the query. What cannot be understood: 400.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        if parts.uri.query().is_some_and(|query| query.contains(NUL)) {
            return Err(Problem::MalformedRequest("the query holds a NUL character".into()));
        }
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        query.map(|axum::extract::Query(value)| Self(value)).map_err(|error: QueryRejection| {
            Problem::MalformedRequest(format!(
                "the query cannot be understood: {}",
                error.body_text()
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{Request, StatusCode};

    use super::*;

    async fn refused<E: FromRequestParts<(), Rejection = Problem>>(address: &str) -> StatusCode {
        let (mut parts, ()) = Request::get(address).body(()).unwrap().into_parts();
        let read = E::from_request_parts(&mut parts, &()).await;
        read.err().map_or(StatusCode::OK, |problem| problem.kind().0)
    }

    #[tokio::test]
    async fn an_address_with_a_nul_names_nothing() {
        type Pairs = Vec<(String, String)>;

        assert_eq!(refused::<Path<String>>("/v1/assignments/a%00").await, StatusCode::NOT_FOUND);
        assert_eq!(refused::<Query<Pairs>>("/v1?course=a%00").await, StatusCode::BAD_REQUEST);
        assert_eq!(refused::<Query<Pairs>>("/v1?course=a%2500").await, StatusCode::OK);
    }
}
