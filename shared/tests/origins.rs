//! Pages of other origins may call where the setting says so, and nowhere else.
#![cfg(feature = "http")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request},
};
use shared::{
    auth::LocalIssuer,
    clock::Clock,
    http::{Parts, router},
    store,
};
use tower::ServiceExt as _;
use utoipa_axum::router::OpenApiRouter;

/// What a browser is told that asks before a page of `origin` submits.
async fn preflight(router: &Router, origin: &str) -> HeaderMap {
    let request = Request::options("/v1/submissions")
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization,idempotency-key");
    let request = request.body(Body::empty()).unwrap();
    router.clone().oneshot(request).await.unwrap().headers().clone()
}

#[tokio::test]
async fn only_pages_of_the_origins_that_were_set_may_call() {
    let router = router(Parts {
        api: OpenApiRouter::new(),
        events: Router::new(),
        auth: LocalIssuer::ephemeral(Clock::default()).unwrap().auth().unwrap(),
        db: store::pool(&"postgres://nobody@localhost/none".into(), 1).unwrap(),
        metrics: None,
        origins: vec!["https://learn.example".parse().unwrap()],
    });

    let ours = preflight(&router, "https://learn.example").await;
    let others = preflight(&router, "https://other.example").await;

    assert_eq!(ours["access-control-allow-origin"], "https://learn.example");
    let headers = ours["access-control-allow-headers"].to_str().unwrap();
    assert!(headers.contains("authorization") && headers.contains("idempotency-key"), "{headers}");
    assert!(!others.contains_key("access-control-allow-origin"), "{others:?}");
}
