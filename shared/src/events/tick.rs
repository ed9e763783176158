//! `tick`.

use serde::{Deserialize, Serialize};

use super::Message;

/// Something may be due: look, and start again whatever stands still. Carries no data.
///
/// ```
/// # use shared::events::Tick;
/// serde_json::from_str::<Tick>("{}").unwrap();
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tick {}

impl Message for Tick {
    const NAME: &'static str = "tick";
    const FROM: &'static str = "bridge";

    fn subject(&self) -> String {
        "tick".into()
    }
}
