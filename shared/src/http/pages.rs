//! Health, metrics, documentation and problem pages: what every part answers without a token.

use axum::{
    Extension, Router,
    http::{StatusCode, header::CONTENT_TYPE},
    response::IntoResponse,
    routing::get,
};
use metrics_exporter_prometheus::PrometheusHandle;
use sqlx::PgPool;

use super::{Json, Path};
use crate::problem::{Problem, page};

/// The routes.
pub(super) fn pages(db: PgPool, metrics: Option<PrometheusHandle>, openapi: String) -> Router {
    Router::new()
        .route("/health/live", get(StatusCode::OK))
        .route("/health/ready", get(ready))
        .route("/health", get(ready))
        .route("/metrics", get(move || async move { show_metrics(metrics.as_ref()) }))
        .route(
            "/openapi.json",
            get(|| async move { ([(CONTENT_TYPE, "application/json")], openapi) }),
        )
        .route("/problems/{name}", get(problem))
        .layer(Extension(db))
}

/// Ready: the database answers.
async fn ready(Extension(db): Extension<PgPool>) -> Result<impl IntoResponse, Problem> {
    sqlx::query!("select 1 as one").fetch_one(&db).await?;
    Ok(Json(serde_json::json!({ "state": "ready" })))
}

fn show_metrics(metrics: Option<&PrometheusHandle>) -> impl IntoResponse + use<> {
    let text = metrics.map(PrometheusHandle::render).unwrap_or_default();
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}

/// The page of a problem.
async fn problem(Path(name): Path<String>) -> Result<impl IntoResponse, Problem> {
    let page = page(&name).ok_or(Problem::UnknownPath)?;
    Ok(([(CONTENT_TYPE, "text/markdown; charset=utf-8")], page))
}
