//! Puts a part's routes together with what every part has.

use std::any::Any;

use axum::{
    Extension, Router,
    body::Body,
    extract::{DefaultBodyLimit, MatchedPath, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Response, header},
    middleware::{self, Next},
    response::IntoResponse,
};
use metrics_exporter_prometheus::PrometheusHandle;
use sqlx::PgPool;
use tower_http::{catch_panic::CatchPanicLayer, cors::CorsLayer, trace::TraceLayer};
use utoipa_axum::router::OpenApiRouter;

use super::{bodies::Bodies, pages::pages};
use crate::{auth::Auth, events::Trace, problem::Problem, telemetry};

/// Largest body where a route does not say otherwise: 1 MiB of source, escaped in JSON, and some air.
pub(super) const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;

/// Headers that our pages ask with. Named one by one: `*` would leave out `authorization`.
const ASKED_WITH: [&str; 5] =
    ["authorization", "content-type", "idempotency-key", "last-event-id", "traceparent"];

/// What a server is made of.
pub struct Parts {
    /// The calls of one part, or of several merged.
    pub api: OpenApiRouter,
    /// The events' routes.
    pub events: Router,
    /// Whom it trusts.
    pub auth: Auth,
    /// The database, for readiness.
    pub db: PgPool,
    /// Where metrics are kept, if they are.
    pub metrics: Option<PrometheusHandle>,
    /// Origins whose pages may call; none: only pages of the same origin.
    pub origins: Vec<HeaderValue>,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts").field("auth", &self.auth).finish_non_exhaustive()
    }
}

/// The whole server as a router.
pub fn router(parts: Parts) -> Router {
    let (api, mut openapi) = parts.api.split_for_parts();
    openapi.info.title = "Faultline".into();
    openapi.info.version = env!("CARGO_PKG_VERSION").into();
    openapi.info.contact = None;
    openapi.info.license = None;
    openapi.info.description =
        Some("Grades programs and finds the bug in the learner's code.".into());
    let openapi = openapi.to_json().unwrap_or_default();
    let cors = CorsLayer::new()
        .allow_origin(parts.origins)
        .allow_methods(tower_http::cors::Any)
        .allow_headers(ASKED_WITH.map(HeaderName::from_static))
        .expose_headers([header::LOCATION, header::RETRY_AFTER]);
    Bodies::default()
        .bound(api.merge(parts.events))
        .merge(pages(parts.db, parts.metrics, openapi))
        .fallback(|| async { Problem::UnknownPath })
        .method_not_allowed_fallback(|| async { Problem::MethodNotAllowed })
        .layer(Extension(parts.auth))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(count))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_request(())
                .on_response(())
                .on_failure(()),
        )
        .layer(cors)
        .layer(middleware::from_fn(no_sniffing))
}

/// The span of a request, part of the trace that it came with.
fn span(request: &Request) -> tracing::Span {
    let path = request.extensions().get::<MatchedPath>().map_or("unknown", MatchedPath::as_str);
    let span = tracing::info_span!(
        "request",
        method = %request.method(),
        path,
        trace_id = tracing::field::Empty
    );
    telemetry::continues(&span, &trace_of(request.headers()));
    let trace = span.in_scope(telemetry::current);
    if let Some(id) = telemetry::id_of(&trace) {
        span.record("trace_id", id);
    }
    span
}

fn trace_of(headers: &HeaderMap) -> Trace {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::to_owned);
    let parent = text("traceparent").or_else(|| text("ce-traceparent"));
    Trace { parent, state: text("tracestate").or_else(|| text("ce-tracestate")) }
}

/// Counts answers and their time, by route.
async fn count(request: Request, next: Next) -> Response<Body> {
    let path = request.extensions().get::<MatchedPath>().map_or("unknown", MatchedPath::as_str);
    let path = path.to_owned();
    let method = known(request.method());
    let began = std::time::Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    let took = began.elapsed();
    metrics::counter!("faultline_http_requests_total", "method" => method,
        "path" => path.clone(), "status" => status.clone())
    .increment(1);
    metrics::histogram!("faultline_http_request_seconds", "method" => method,
        "path" => path.clone())
    .record(took.as_secs_f64());
    let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::debug!(method, path, status, duration_ms, "answered");
    response
}

/// The method as a label: one of a few, because each label is kept for good and anybody may invent methods.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "HEAD" => "HEAD",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

/// Answers are what they say they are; no browser is to guess.
async fn no_sniffing(request: Request, next: Next) -> Response<Body> {
    let mut response = next.run(request).await;
    let value = HeaderValue::from_static("nosniff");
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, value);
    response
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands the panic over")]
fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response<Body> {
    let said = panic.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no words");
    Problem::Internal(anyhow::anyhow!("a handler panicked: {said}")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_that_somebody_invents_are_counted_as_one() {
        let invented = ["BREW", "get", "PROPFIND"].map(|name| name.parse::<Method>().unwrap());

        assert_eq!(invented.map(|method| known(&method)), ["other"; 3]);
        assert_eq!(known(&Method::PATCH), "PATCH");
    }
}
