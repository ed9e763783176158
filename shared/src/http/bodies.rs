//! How much may be on its way in at once: memory is bounded by bytes, not by requests.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, Method, header::CONTENT_LENGTH},
    middleware::{self, Next},
    response::Response,
};
use tokio::sync::Semaphore;

use super::router::MAX_BODY_BYTES;
use crate::problem::Problem;

/// A body weighs at least this: what a request takes besides. 256 MiB hold 4096 such requests.
const LEAST_KIB: u32 = 64;
/// What bodies of each kind may weigh together: 64 of the largest.
const TOGETHER_KIB: usize = 256 * 1024;
/// When it is worth trying again, in seconds: bodies are read in far less.
const RETRY_AFTER_SECONDS: u32 = 2;

/// The room for bodies in one process. People and parts of the service have their own: graders must be
/// able to report while learners rush.
#[derive(Clone, Debug)]
pub(super) struct Bodies {
    people: Arc<Semaphore>,
    service: Arc<Semaphore>,
}

impl Default for Bodies {
    fn default() -> Self {
        Self::of(TOGETHER_KIB)
    }
}

impl Bodies {
    fn of(kib: usize) -> Self {
        let room = || Arc::new(Semaphore::new(kib));
        Self { people: room(), service: room() }
    }

    /// Refuses requests with bodies for which there is no room.
    pub(super) fn bound(self, router: Router) -> Router {
        router.layer(middleware::from_fn_with_state(self, bound))
    }

    fn room_of(&self, path: &str) -> &Arc<Semaphore> {
        let service = path.starts_with("/events") || path.starts_with("/v1/attempts/");
        if service { &self.service } else { &self.people }
    }
}

/// Room is taken until the answer begins; streams, which are read, take none.
async fn bound(
    State(bodies): State<Bodies>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    if !matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH) {
        return Ok(next.run(request).await);
    }
    let room = Arc::clone(bodies.room_of(request.uri().path()));
    let weight = kib(request.headers());
    let overloaded = |_| Problem::Overloaded { retry_after_seconds: RETRY_AFTER_SECONDS };
    let _room = room.try_acquire_many_owned(weight).map_err(overloaded)?;
    Ok(next.run(request).await)
}

/// What the body weighs, in KiB. One that does not say its length may be as large as any; one that says
/// more is refused by its route, or is a package, whose number is bounded there.
fn kib(headers: &HeaderMap) -> u32 {
    let most = u32::try_from(MAX_BODY_BYTES / 1024).unwrap_or(u32::MAX);
    let told = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    told.map_or(most, |bytes: u64| {
        u32::try_from(bytes / 1024).unwrap_or(most).clamp(LEAST_KIB, most)
    })
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::StatusCode, routing::any};
    use futures::FutureExt as _;
    use tokio::sync::Notify;
    use tower::ServiceExt as _;

    use super::*;

    fn asks(method: Method, path: &str, bytes: usize) -> Request {
        let request = Request::builder().method(method).uri(path).header(CONTENT_LENGTH, bytes);
        request.body(Body::empty()).unwrap()
    }

    /// A server with room for two large bodies, whose answers wait for the bell.
    fn server(bell: &Arc<Notify>) -> Router {
        let bell = Arc::clone(bell);
        let wait = move |request: Request| async move {
            if request.uri().path() == "/slow" {
                bell.notified().await;
            }
        };
        let routes = Router::new().fallback(any(wait));
        Bodies::of(2 * MAX_BODY_BYTES / 1024).bound(routes)
    }

    #[tokio::test]
    async fn a_body_for_which_there_is_no_room_is_refused_until_there_is() {
        let bell = Arc::new(Notify::new());
        let server = server(&bell);
        let ask = |method, path, bytes| server.clone().oneshot(asks(method, path, bytes));
        let mut slow = [MAX_BODY_BYTES, MAX_BODY_BYTES]
            .map(|bytes| Box::pin(ask(Method::POST, "/slow", bytes)));
        for request in &mut slow {
            assert!(request.now_or_never().is_none(), "there is room for two");
        }

        let refused = ask(Method::POST, "/v1/submissions", 10).await.unwrap();
        let read = ask(Method::GET, "/v1/submissions", 0).await.unwrap();
        let report = ask(Method::POST, "/v1/attempts/1/report", MAX_BODY_BYTES).await.unwrap();
        bell.notify_waiters();
        futures::future::join_all(slow).await;
        let later = ask(Method::POST, "/v1/submissions", 10).await.unwrap();

        assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(refused.headers().contains_key("retry-after"));
        assert_eq!([read, report, later].map(|answer| answer.status()), [StatusCode::OK; 3]);
    }

    #[test]
    fn a_body_that_does_not_say_its_length_may_be_as_large_as_any() {
        assert_eq!(kib(&HeaderMap::new()), 4096);
        assert_eq!(kib(asks(Method::POST, "/", 1).headers()), LEAST_KIB);
        assert_eq!(kib(asks(Method::POST, "/", usize::MAX).headers()), 4096);
    }
}
