//! The page of each problem, as Markdown.

/// Name and page of every problem, by name.
pub const PAGES: &[(&str, &str)] = &[
    ("already-answered", include_str!("../../problems/already-answered.md")),
    ("assignment-not-ready", include_str!("../../problems/assignment-not-ready.md")),
    ("broken-event", include_str!("../../problems/broken-event.md")),
    ("feedback-failed", include_str!("../../problems/feedback-failed.md")),
    ("forbidden", include_str!("../../problems/forbidden.md")),
    ("grading-failed", include_str!("../../problems/grading-failed.md")),
    ("idempotency-key-missing", include_str!("../../problems/idempotency-key-missing.md")),
    ("idempotency-key-reused", include_str!("../../problems/idempotency-key-reused.md")),
    ("internal", include_str!("../../problems/internal.md")),
    ("invalid-body", include_str!("../../problems/invalid-body.md")),
    ("invalid-package", include_str!("../../problems/invalid-package.md")),
    ("language-not-allowed", include_str!("../../problems/language-not-allowed.md")),
    ("malformed-body", include_str!("../../problems/malformed-body.md")),
    ("malformed-request", include_str!("../../problems/malformed-request.md")),
    ("method-not-allowed", include_str!("../../problems/method-not-allowed.md")),
    ("no-tries-left", include_str!("../../problems/no-tries-left.md")),
    ("overloaded", include_str!("../../problems/overloaded.md")),
    ("reference-failed", include_str!("../../problems/reference-failed.md")),
    ("stale-attempt", include_str!("../../problems/stale-attempt.md")),
    ("too-large", include_str!("../../problems/too-large.md")),
    ("too-many-open", include_str!("../../problems/too-many-open.md")),
    ("unauthenticated", include_str!("../../problems/unauthenticated.md")),
    ("unavailable", include_str!("../../problems/unavailable.md")),
    ("unknown-assignment", include_str!("../../problems/unknown-assignment.md")),
    ("unknown-attempt", include_str!("../../problems/unknown-attempt.md")),
    ("unknown-event", include_str!("../../problems/unknown-event.md")),
    ("unknown-path", include_str!("../../problems/unknown-path.md")),
    ("unknown-question", include_str!("../../problems/unknown-question.md")),
    ("unknown-submission", include_str!("../../problems/unknown-submission.md")),
    ("unsupported-media-type", include_str!("../../problems/unsupported-media-type.md")),
];

/// The page of the problem `name`.
pub fn page(name: &str) -> Option<&'static str> {
    PAGES.iter().find(|(slug, _)| *slug == name).map(|(_, page)| *page)
}
