//! Outbox → broker.

use std::{collections::HashSet, time::Duration};

use cloudevents::{Event, EventBuilder as _, EventBuilderV10};
use shared::{
    events,
    store::{notify, outbox},
};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::App;

/// Looks at the outbox this often even where no notification comes.
const BACK_STOP: Duration = Duration::from_millis(250);
/// How many events are on their way at once.
const WINDOW: usize = 256;

/// Publishes what waits in the outbox until the bridge stops, each row marked once the broker has it.
pub(crate) async fn relay(app: App) {
    let mut under_way = JoinSet::new();
    let mut busy = HashSet::new();
    let mut listener = None;
    while !app.stop.is_now() {
        if let Err(error) = publish_waiting(&app, &mut under_way, &mut busy).await {
            tracing::warn!("the outbox cannot be read: {error}; trying again");
        }
        if listener.is_none() {
            listener = notify::listen_outbox(&app.db).await.ok();
        }
        tokio::select! {
            () = app.stop.stopped() => {}
            () = tokio::time::sleep(BACK_STOP) => {}
            Some(done) = under_way.join_next() => {
                if let Ok(id) = done {
                    busy.remove(&id);
                }
            }
            heard = hear(listener.as_mut()) => if heard.is_err() {
                listener = None;
            }
        }
        while let Some(Ok(id)) = under_way.try_join_next() {
            busy.remove(&id);
        }
    }
}

async fn hear(listener: Option<&mut sqlx::postgres::PgListener>) -> sqlx::Result<()> {
    match listener {
        Some(listener) => listener.recv().await.map(|_| ()),
        None => std::future::pending().await,
    }
}

async fn publish_waiting(
    app: &App,
    under_way: &mut JoinSet<Uuid>,
    busy: &mut HashSet<Uuid>,
) -> sqlx::Result<()> {
    let most = WINDOW.saturating_sub(busy.len());
    if most == 0 {
        return Ok(());
    }
    let known: Vec<Uuid> = busy.iter().copied().collect();
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let mut db = app.db.acquire().await?;
    for row in outbox::waiting(&mut db, &known, most).await? {
        busy.insert(row.id);
        under_way.spawn(publish(app.clone(), row));
    }
    Ok(())
}

/// Publishes one row and marks it. A row that could not be marked is published again: receivers know it
/// by its id.
async fn publish(app: App, row: outbox::Row) -> Uuid {
    let id = row.id;
    match event_of(row) {
        Ok(event) if !app.broker.publish(&event).await => return id,
        Ok(_) => metrics::counter!("faultline_events_published_total").increment(1),
        Err(error) => tracing::error!(%id, "an outbox row is no event: {error:#}"),
    }
    let marked = async { outbox::sent(&mut *app.db.acquire().await?, id).await }.await;
    if let Err(error) = marked {
        tracing::warn!(%id, "an event was published but not marked: {error}; it goes out again");
    }
    id
}

fn event_of(row: outbox::Row) -> anyhow::Result<Event> {
    let mut event = EventBuilderV10::new()
        .id(row.id.to_string())
        .source(row.source)
        .ty(events::type_of(&row.name))
        .subject(row.subject)
        .time(row.created_at)
        .data("application/json", row.data);
    if let Some(parent) = row.traceparent {
        event = event.extension("traceparent", parent);
    }
    if let Some(state) = row.tracestate {
        event = event.extension("tracestate", state);
    }
    Ok(event.build()?)
}
