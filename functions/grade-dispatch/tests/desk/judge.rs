//! A judge, and what it reports.

use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
};
use serde_json::{Value, json};
use shared::ids::AttemptId;

use super::{answer, bearer};

/// A judge that holds the token of one attempt.
pub(crate) struct Judge {
    pub(crate) token: String,
    pub(super) attempt: AttemptId,
    pub(super) router: Router,
}

impl Judge {
    /// Posts to one of the attempt's calls.
    pub(crate) async fn posts(&self, call: &str, body: &Value) -> (StatusCode, Value) {
        let request = Request::post(format!("/v1/attempts/{}/{call}", self.attempt))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::AUTHORIZATION, bearer(&self.token))
            .body(Body::from(body.to_string()))
            .unwrap();
        answer(&self.router, request).await
    }
}

/// A report of one test, `one`, that gave a wrong answer.
pub(crate) fn report() -> Value {
    json!({
        "grader": "0", "language": { "name": "python", "tools": {} }, "tier": "process",
        "limits": {}, "seed": 0, "build": { "outcome": "ok", "diagnostics": [] },
        "tests": [{
            "name": "one", "outcome": "wrong_answer", "points": 0.0, "possible": 1.0,
            "visibility": "visible", "duration_ms": 1, "cpu_ms": 1, "peak_bytes": 1, "input": "",
            "expected": "2", "actual": "1", "message": ""
        }],
        "suspects": { "visible": { "suspects": [], "abstained": null },
                      "all": { "suspects": [], "abstained": null } },
        "forgeable": false, "search_until": null, "timings_ms": {}, "coverage": {},
        "observations": []
    })
}

/// What a search found: line 1, in both rankings.
pub(crate) fn rankings() -> Value {
    let ranking = json!({ "suspects": [{ "path": "solution.py", "line": 1, "rank": 1,
        "score": 0.1, "evidence": [{ "kind": "spectrum", "failing": 1, "passing": 0 }] }],
        "abstained": null });
    json!({ "visible": ranking, "all": ranking })
}

/// The assignment `sum`: print 2.
pub(super) fn package() -> Vec<u8> {
    let files = [
        ("assignment.toml", "id = \"sum\"\ntitle = \"Sum\"\nlanguages = [\"python\"]\n"),
        ("text.md", "Print 2.\n"),
        ("reference/python/solution.py", "print(2)\n"),
        ("tests/one.in", ""),
        ("tests/one.out", "2\n"),
    ];
    let mut archive =
        tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
    for (path, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive.append_data(&mut header, path, content.as_bytes()).unwrap();
    }
    archive.into_inner().unwrap().finish().unwrap()
}
