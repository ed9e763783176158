//! Says `tick` to grade-dispatch when something is due.

use std::time::Duration;

use cloudevents::{EventBuilder as _, EventBuilderV10};
use shared::{
    events::{Message as _, Tick, type_of},
    http::binary,
    ids::EventId,
    store::due,
};

use crate::App;

/// How often it looks.
const PAUSE: Duration = Duration::from_secs(1);

/// Looks every second until the bridge stops.
pub(crate) async fn tick(app: App) {
    loop {
        tokio::select! {
            () = app.stop.stopped() => return,
            () = tokio::time::sleep(PAUSE) => {}
        }
        if let Err(error) = tick_if_due(&app).await {
            tracing::warn!("no tick: {error:#}; trying again");
        }
    }
}

async fn tick_if_due(app: &App) -> anyhow::Result<()> {
    let now = app.clock.now();
    if !due::anything(&mut *app.db.acquire().await?, now).await? {
        return Ok(());
    }
    let event = EventBuilderV10::new()
        .id(EventId::new().to_string())
        .source("/faultline/bridge")
        .ty(type_of(Tick::NAME))
        .time(now)
        .data("application/json", serde_json::json!({}))
        .build()?;
    let (headers, body) = binary(&event)?;
    let part = "grade-dispatch";
    let Some(address) = app.addresses.get(part) else { return Ok(()) };
    let token = app.issuer.service("bridge", part)?;
    let request = app.client.post(address).headers(headers).bearer_auth(token).body(body);
    request.send().await?.error_for_status()?;
    Ok(())
}
