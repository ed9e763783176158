//! The HTTP client that parts use among themselves.

use std::time::Duration;

/// A client with time-outs that follows no redirect (CloudEvents web hooks allow none).
///
/// # Errors
///
/// When the system's certificates or random numbers cannot be had.
pub fn client(answer_within: Duration) -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(2))
        .timeout(answer_within)
        .redirect(reqwest::redirect::Policy::none())
        .build()
}
