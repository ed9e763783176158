//! Somebody with a token, who uses Faultline over HTTP.

use reqwest::{Client, Method, RequestBuilder, header::CONTENT_TYPE};
use serde_json::{Value, json};
use shared::{
    ids::SubmissionId,
    submission::{State, Submission, SubmittedFiles},
};
use uuid::Uuid;

use crate::{Answer, Assignment, Seen, Stream, stream};

/// Somebody with a token, or without.
#[derive(Clone, Debug)]
pub struct Person {
    url: String,
    token: Option<String>,
    client: Client,
}

impl Person {
    /// Somebody with this token, or without, at this address.
    pub fn new(url: &str, token: Option<String>) -> Self {
        let client = shared::http::client(stream::PATIENCE).expect("a client can be made");
        Self { url: url.to_owned(), token, client }
    }

    /// A call in the making, with the token; `path` begins with a slash.
    pub fn asks(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.url));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Makes a call and reads the answer whole.
    pub async fn sends(&self, request: RequestBuilder) -> Answer {
        Answer::of(request.send().await.expect("the service answers")).await
    }

    /// `GET`.
    pub async fn gets(&self, path: &str) -> Answer {
        self.sends(self.asks(Method::GET, path)).await
    }

    /// Submits one file under a new key.
    pub async fn submits(&self, assignment: &str, path: &str, code: &str) -> Answer {
        self.submits_files(assignment, &[(path, code)]).await
    }

    /// Submits files under a new key.
    pub async fn submits_files(&self, assignment: &str, files: &[(&str, &str)]) -> Answer {
        self.submits_as(&Uuid::now_v7().to_string(), &submission(assignment, files)).await
    }

    /// Submits a body under a key.
    pub async fn submits_as(&self, key: &str, body: &Value) -> Answer {
        let request = self.asks(Method::POST, "/v1/submissions");
        self.sends(request.header("idempotency-key", key).json(body)).await
    }

    /// A submission, which this person can see.
    pub async fn reads(&self, id: SubmissionId) -> Submission {
        self.gets(&format!("/v1/submissions/{id}")).await.read()
    }

    /// A submission's files.
    pub async fn reads_files(&self, id: SubmissionId) -> SubmittedFiles {
        self.gets(&format!("/v1/submissions/{id}/files")).await.read()
    }

    /// The stream of a submission; after a revision, if one is given.
    pub async fn opens(&self, id: SubmissionId, after: Option<&str>) -> Stream {
        let mut request = self.asks(Method::GET, &format!("/v1/submissions/{id}/events"));
        if let Some(after) = after {
            request = request.header("last-event-id", after);
        }
        Stream::of(request.send().await.expect("the service answers"))
    }

    /// Watches a submission to its end.
    pub async fn watches(&self, id: SubmissionId) -> Vec<Seen> {
        self.opens(id, None).await.to_the_end().await
    }

    /// Watches until a submission is in a state.
    pub async fn waits_for(&self, id: SubmissionId, state: State) -> Submission {
        self.opens(id, None).await.state(state).await
    }

    /// Submits one file and waits for its feedback.
    pub async fn completes(&self, assignment: &str, path: &str, code: &str) -> Submission {
        let accepted = self.submits(assignment, path, code).await;
        self.waits_for(accepted.id(), State::Complete).await
    }

    /// Answers a question.
    pub async fn answers(&self, id: SubmissionId, question: i32, text: &str) -> Answer {
        let path = format!("/v1/submissions/{id}/questions/{question}/answer");
        self.sends(self.asks(Method::POST, &path).json(&json!({ "text": text }))).await
    }

    /// Uploads a package to a course.
    pub async fn uploads_to(&self, course: &str, package: &Assignment) -> Answer {
        self.uploads_bytes(course, package.archive()).await
    }

    /// Uploads bytes to a course as if they were a package.
    pub async fn uploads_bytes(&self, course: &str, bytes: Vec<u8>) -> Answer {
        let request = self.asks(Method::POST, &format!("/v1/assignments?course={course}"));
        self.sends(request.header(CONTENT_TYPE, "application/gzip").body(bytes)).await
    }

    /// Uploads a package to `default`.
    pub async fn uploads(&self, package: &Assignment) -> Answer {
        self.uploads_to("default", package).await
    }
}

/// The body of a submission in `default`.
pub fn submission(assignment: &str, files: &[(&str, &str)]) -> Value {
    let files: Vec<_> =
        files.iter().map(|(path, content)| json!({ "path": path, "content": content })).collect();
    json!({ "assignment": assignment, "files": files })
}
