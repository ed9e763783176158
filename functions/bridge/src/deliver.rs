//! Broker → CloudEvent over HTTP.

use anyhow::Context as _;
use cloudevents::AttributesReader as _;
use shared::{broker::Delivery, http::binary, store::dead_letters};

use crate::{
    App,
    answer::{MOST_TRIES, Next, next, wait},
    routes::Route,
};

/// Delivers the events of one queue, one after the other, until the bridge stops.
pub(crate) async fn deliver(app: App, route: &'static Route) {
    loop {
        let delivery = tokio::select! {
            () = app.stop.stopped() => return,
            delivery = app.broker.next(route.queue.name) => delivery,
        };
        let Some(delivery) = delivery else { return };
        let answer = post(&app, route.part, &delivery).await;
        settle(&app, route, delivery, answer).await;
    }
}

/// The status and what was said, or why there was no answer.
async fn post(app: &App, part: &'static str, delivery: &Delivery) -> anyhow::Result<(u16, String)> {
    let address = app.addresses.get(part).with_context(|| format!("no address for {part}"))?;
    let (headers, body) = binary(&delivery.event)?;
    let token = app.issuer.service("bridge", part)?;
    let request = app.client.post(address).headers(headers).bearer_auth(token).body(body);
    let answer = request.send().await?;
    let status = answer.status().as_u16();
    Ok((status, answer.text().await.unwrap_or_default()))
}

async fn settle(
    app: &App,
    route: &Route,
    delivery: Delivery,
    answer: anyhow::Result<(u16, String)>,
) {
    let (next, said) = match answer {
        Ok((status, said)) => (next(status), format!("{status} {said}")),
        Err(error) => (Next::Again { alarm: false }, format!("{error:#}")),
    };
    let id = delivery.event.id().to_owned();
    let queue = route.queue.name;
    match next {
        Next::Done => {
            metrics::counter!("faultline_events_delivered_total", "queue" => queue).increment(1);
            delivery.done();
        }
        Next::Again { alarm } if delivery.tries + 1 < MOST_TRIES => {
            let wait = wait(delivery.tries);
            if alarm {
                tracing::error!(id, queue, "a part refuses our token or address: {said}");
            } else {
                tracing::info!(id, queue, wait_ms = wait.as_millis(), "delivery failed: {said}");
            }
            delivery.again_after(wait);
        }
        Next::Again { .. } | Next::Dead => bury(app, route, delivery, &said).await,
    }
}

/// To the dead letters: kept first, then done with. What cannot be kept is tried again.
async fn bury(app: &App, route: &Route, delivery: Delivery, reason: &str) {
    let queue = route.queue.name;
    let kept = async {
        let event = serde_json::to_value(&delivery.event)?;
        let mut db = app.db.acquire().await?;
        dead_letters::put(&mut db, queue, &event, reason).await?;
        anyhow::Ok(())
    };
    match kept.await {
        Ok(()) => {
            tracing::error!(id = delivery.event.id(), queue, "an event is dead: {reason}");
            metrics::counter!("faultline_events_dead_total", "queue" => queue).increment(1);
            delivery.done();
        }
        Err(error) => {
            tracing::warn!(queue, "a dead letter cannot be kept: {error:#}; trying again");
            let wait = wait(delivery.tries);
            delivery.again_after(wait);
        }
    }
}
