//! What a call answers.

use reqwest::{Response, header::HeaderMap};
use serde::de::DeserializeOwned;
use serde_json::Value;
use shared::ids::SubmissionId;

/// What a call answers, read whole.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub text: String,
    /// The body as JSON; `null` where it is none.
    pub body: Value,
}

impl Answer {
    pub(crate) async fn of(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.expect("an answer can be read to its end");
        let body = serde_json::from_str(&text).unwrap_or_default();
        Self { status, headers, text, body }
    }

    /// A header's value; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The id of what was accepted.
    #[track_caller]
    pub fn id(&self) -> SubmissionId {
        let id = self.body["id"].as_str().and_then(|id| id.parse().ok());
        id.unwrap_or_else(|| panic!("there is no id in {} {}", self.status, self.text))
    }

    /// The body, as what it is promised to be, with a status of success.
    #[track_caller]
    pub fn read<T: DeserializeOwned>(&self) -> T {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.text);
        serde_json::from_value(self.body.clone()).expect("the body is what the contract says")
    }

    /// Checks that this is a whole problem document of this status and name, and gives everything that it
    /// says in words: its detail and each error's place and reason.
    #[track_caller]
    pub fn problem(&self, status: u16, name: &str) -> String {
        let told = (self.status, self.body["type"].as_str().unwrap_or_default());
        assert_eq!(told, (status, &*format!("/problems/{name}")), "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.body["status"], status);
        assert!(
            self.body["title"].as_str().is_some_and(|title| !title.is_empty()),
            "{}",
            self.text
        );
        let detail = self.body["detail"].as_str().unwrap_or_default();
        assert!(!detail.is_empty(), "a problem says what to do: {}", self.text);
        let errors = self.body["errors"].as_array().cloned().unwrap_or_default();
        let errors = errors.iter().map(|error| {
            let text = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
            format!("{}: {}", text("pointer"), text("reason"))
        });
        std::iter::once(detail.to_owned()).chain(errors).collect::<Vec<_>>().join("\n")
    }
}
