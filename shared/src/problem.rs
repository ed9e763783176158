//! The one error that a client sees: a problem document, RFC 9457.
//!
//! One variant for each `type`; each has a page in `shared/problems/`, served at `/problems/<name>`.

mod document;
mod pages;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

pub use document::{Document, FieldError};
pub use pages::{PAGES, page};

/// Why a request was refused, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// No such path, or an id in it that cannot exist.
    #[error("there is nothing at this address; /openapi.json lists what there is")]
    UnknownPath,
    /// The path exists, the method does not.
    #[error("this address does not take that method; /openapi.json lists what it takes")]
    MethodNotAllowed,
    /// No such submission, or one that this caller may not see.
    #[error("submission {0} does not exist, or is not yours")]
    UnknownSubmission(String),
    /// No such assignment, or one of a course that this caller has no part in.
    #[error(
        "assignment {assignment:?} does not exist in course {course:?}, or the course is not yours"
    )]
    UnknownAssignment {
        /// The course asked for.
        course: String,
        /// The assignment asked for.
        assignment: String,
    },
    /// No such attempt, or the token is another's.
    #[error("attempt {0} does not exist, or the token is not its own")]
    UnknownAttempt(String),
    /// The submission has no question of this number.
    #[error("the submission has no question {0}")]
    UnknownQuestion(i32),
    /// No usable token.
    #[error("{0}; send `Authorization: Bearer <JWT>`")]
    Unauthenticated(String),
    /// A good token of somebody who may not do this.
    #[error("{0}")]
    Forbidden(String),
    /// The body is not JSON, or not UTF-8.
    #[error("the body cannot be parsed: {0}")]
    MalformedBody(String),
    /// A query parameter or header that cannot be used.
    #[error("{0}")]
    MalformedRequest(String),
    /// The body parses, but says something wrong; `errors` names each part.
    #[error("the body has {} to mend; see `errors`", count(.0.len()))]
    InvalidBody(Vec<FieldError>),
    /// The body's type is not taken here.
    #[error("this address takes {0}; say so in `Content-Type`")]
    UnsupportedMediaType(&'static str),
    /// The body, or what it unpacks to, is too large.
    #[error("{what} may have at most {limit_bytes} bytes")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// How large it may be.
        limit_bytes: usize,
    },
    /// `Idempotency-Key` is missing or unusable.
    #[error(
        "send a header `Idempotency-Key` of 1 to 255 visible ASCII characters, new for each submission"
    )]
    IdempotencyKeyMissing,
    /// The key was used for another body.
    #[error(
        "this `Idempotency-Key` was used for another body; take a new key for a new submission"
    )]
    IdempotencyKeyReused,
    /// The assignment may not be solved in this language, or none could be told.
    #[error("{0}")]
    LanguageNotAllowed(String),
    /// The package has mistakes; `errors` names file, key and line of each.
    #[error("the package has {} to mend; see `errors`", count(.0.len()))]
    InvalidPackage(Vec<FieldError>),
    /// The assignment has no ready version yet.
    #[error("assignment {0:?} is still being checked; try again in a few seconds")]
    AssignmentNotReady(String),
    /// The learner has used up the tries.
    #[error("all {0} tries for this assignment are used")]
    NoTriesLeft(u32),
    /// The learner has too many submissions under way.
    #[error("{0} of your submissions are under way; wait for one of them")]
    TooManyOpen(i64),
    /// The service has too much to do.
    #[error("there is too much to do at the moment; try again in {retry_after_seconds} s")]
    Overloaded {
        /// When to come back, in seconds.
        retry_after_seconds: u32,
    },
    /// The attempt is over, or another took its place.
    #[error("attempt {0} is over; its result is not needed any more")]
    StaleAttempt(String),
    /// The question has an answer already.
    #[error("question {0} has been answered; an answer does not change")]
    AlreadyAnswered(i32),
    /// The event is not a CloudEvent.
    #[error("this is no CloudEvent of version 1.0: {0}")]
    BrokenEvent(String),
    /// Nobody here takes events of this type.
    #[error("events of type {0:?} are not taken here")]
    UnknownEvent(String),
    /// Shown in a submission: we could not grade it.
    #[error("{0}")]
    GradingFailed(String),
    /// Shown in an assignment: its reference does not pass its tests.
    #[error("{0}")]
    ReferenceFailed(String),
    /// Shown in place of feedback: no writer could write.
    #[error("{0}")]
    FeedbackFailed(String),
    /// A part that is needed does not answer.
    #[error("a part of the service does not answer; try again in a few seconds")]
    Unavailable(#[source] anyhow::Error),
    /// Nothing the caller can mend: logged in full, shown without detail.
    #[error("{0:#}")]
    Internal(anyhow::Error),
}

impl Problem {
    /// One wrong part of a body: `pointer` is a JSON pointer (RFC 6901) into it.
    pub fn field(pointer: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::InvalidBody(vec![FieldError { pointer: pointer.into(), reason: reason.into() }])
    }

    /// Status, name in the address of its page, and title.
    pub fn kind(&self) -> (StatusCode, &'static str, &'static str) {
        use StatusCode as S;
        match self {
            Self::UnknownPath => (S::NOT_FOUND, "unknown-path", "Nothing here"),
            Self::MethodNotAllowed => {
                (S::METHOD_NOT_ALLOWED, "method-not-allowed", "Method not allowed")
            }
            Self::UnknownSubmission(_) => {
                (S::NOT_FOUND, "unknown-submission", "No such submission")
            }
            Self::UnknownAssignment { .. } => {
                (S::NOT_FOUND, "unknown-assignment", "No such assignment")
            }
            Self::UnknownAttempt(_) => (S::NOT_FOUND, "unknown-attempt", "No such attempt"),
            Self::UnknownQuestion(_) => (S::NOT_FOUND, "unknown-question", "No such question"),
            Self::Unauthenticated(_) => (S::UNAUTHORIZED, "unauthenticated", "Not signed in"),
            Self::Forbidden(_) => (S::FORBIDDEN, "forbidden", "Not allowed"),
            Self::MalformedBody(_) => (S::BAD_REQUEST, "malformed-body", "Body cannot be parsed"),
            Self::MalformedRequest(_) => {
                (S::BAD_REQUEST, "malformed-request", "Request cannot be understood")
            }
            Self::InvalidBody(_) => (S::UNPROCESSABLE_ENTITY, "invalid-body", "Body is wrong"),
            Self::UnsupportedMediaType(_) => {
                (S::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "Type not taken here")
            }
            Self::TooLarge { .. } => (S::PAYLOAD_TOO_LARGE, "too-large", "Too large"),
            Self::IdempotencyKeyMissing => {
                (S::BAD_REQUEST, "idempotency-key-missing", "Idempotency key missing")
            }
            Self::IdempotencyKeyReused => {
                (S::UNPROCESSABLE_ENTITY, "idempotency-key-reused", "Idempotency key reused")
            }
            Self::LanguageNotAllowed(_) => {
                (S::UNPROCESSABLE_ENTITY, "language-not-allowed", "Language not allowed")
            }
            Self::InvalidPackage(_) => {
                (S::UNPROCESSABLE_ENTITY, "invalid-package", "Package is wrong")
            }
            Self::AssignmentNotReady(_) => {
                (S::CONFLICT, "assignment-not-ready", "Assignment not ready")
            }
            later => later.kind_later(),
        }
    }

    /// The second half of [`Self::kind`].
    fn kind_later(&self) -> (StatusCode, &'static str, &'static str) {
        use StatusCode as S;
        match self {
            Self::NoTriesLeft(_) => (S::CONFLICT, "no-tries-left", "No tries left"),
            Self::TooManyOpen(_) => {
                (S::TOO_MANY_REQUESTS, "too-many-open", "Too many submissions under way")
            }
            Self::Overloaded { .. } => (S::SERVICE_UNAVAILABLE, "overloaded", "Too much to do"),
            Self::StaleAttempt(_) => (S::CONFLICT, "stale-attempt", "Attempt is over"),
            Self::AlreadyAnswered(_) => (S::CONFLICT, "already-answered", "Already answered"),
            Self::BrokenEvent(_) => (S::BAD_REQUEST, "broken-event", "Not a CloudEvent"),
            Self::UnknownEvent(_) => {
                (S::UNPROCESSABLE_ENTITY, "unknown-event", "Event not taken here")
            }
            Self::GradingFailed(_) => {
                (S::INTERNAL_SERVER_ERROR, "grading-failed", "Could not be graded")
            }
            Self::ReferenceFailed(_) => {
                (S::UNPROCESSABLE_ENTITY, "reference-failed", "Reference does not pass")
            }
            Self::FeedbackFailed(_) => {
                (S::INTERNAL_SERVER_ERROR, "feedback-failed", "No feedback could be written")
            }
            Self::Unavailable(_) => {
                (S::SERVICE_UNAVAILABLE, "unavailable", "Part of the service does not answer")
            }
            _ => (S::INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side"),
        }
    }

    /// The document, as a client or a database row gets it.
    pub fn document(&self) -> Document {
        let (status, slug, title) = self.kind();
        Document {
            kind: format!("/problems/{slug}"),
            title: title.into(),
            status: status.as_u16(),
            detail: (!matches!(self, Self::Internal(_))).then(|| self.to_string()),
            errors: match self {
                Self::InvalidBody(errors) | Self::InvalidPackage(errors) => errors.clone(),
                _ => Vec::new(),
            },
        }
    }

    /// After how many seconds it is worth trying again.
    fn retry_after_seconds(&self) -> Option<u32> {
        match self {
            Self::Overloaded { retry_after_seconds } => Some(*retry_after_seconds),
            Self::AssignmentNotReady(_) | Self::TooManyOpen(_) | Self::Unavailable(_) => Some(2),
            _ => None,
        }
    }

    /// Writes what the client is not told to the log, once.
    fn log(&self) {
        match self {
            Self::Internal(error) => {
                tracing::error!(error = format!("{error:#}"), "request failed");
            }
            Self::Unavailable(error) => {
                tracing::warn!(error = format!("{error:#}"), "request failed: a part is missing");
            }
            told => tracing::debug!(problem = told.kind().1, "request refused: {told}"),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.log();
        let mut response = self.document().into_response();
        if let Some(seconds) = self.retry_after_seconds() {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        if matches!(self, Self::Unauthenticated(_)) {
            let challenge = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        Self::Internal(error)
    }
}

/// A database that cannot be reached will be back; anything else is a mistake of ours.
impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => {
                Self::Unavailable(error.into())
            }
            // Class 57P, operator intervention: it is being stopped or started.
            sqlx::Error::Database(told) if told.code().is_some_and(|c| c.starts_with("57P")) => {
                Self::Unavailable(anyhow::anyhow!(told))
            }
            other => Self::Internal(anyhow::Error::new(other).context("ask the database")),
        }
    }
}

fn count(mistakes: usize) -> String {
    if mistakes == 1 { "one mistake".into() } else { format!("{mistakes} mistakes") }
}
