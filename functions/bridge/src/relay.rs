//! Outbox → broker.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use cloudevents::{Event, EventBuilder as _, EventBuilderV10};
use shared::{
    events,
    store::{notify, outbox},
};
use tokio::task::{self, JoinSet};
use uuid::Uuid;

use crate::App;

/// Looks at the outbox this often even where no notification comes.
const BACK_STOP: Duration = Duration::from_millis(250);
/// How many events are on their way at once.
const WINDOW: usize = 256;
/// How many of these may have the same name: a receiver that is down must not hold up the others.
const WINDOW_OF_NAME: usize = 64;

/// The events on their way, and the tasks that publish them.
#[derive(Debug, Default)]
struct UnderWay {
    tasks: JoinSet<()>,
    rows: HashMap<task::Id, (Uuid, String)>,
}

/// Publishes what waits in the outbox until the bridge stops, each row marked once the broker has it.
pub(crate) async fn relay(app: App) {
    let mut under_way = UnderWay::default();
    let mut listener = None;
    while !app.stop.is_now() {
        if let Err(error) = under_way.publish_waiting(&app).await {
            tracing::warn!("the outbox cannot be read: {error}; trying again");
        }
        if listener.is_none() {
            listener = notify::listen_outbox(&app.db).await.ok();
        }
        tokio::select! {
            () = app.stop.stopped() => {}
            () = tokio::time::sleep(BACK_STOP) => {}
            () = under_way.one_done(), if !under_way.rows.is_empty() => {}
            heard = hear(listener.as_mut()) => if heard.is_err() {
                listener = None;
            }
        }
    }
}

async fn hear(listener: Option<&mut sqlx::postgres::PgListener>) -> sqlx::Result<()> {
    match listener {
        Some(listener) => listener.recv().await.map(|_| ()),
        None => std::future::pending().await,
    }
}

impl UnderWay {
    /// Waits until one event is no longer on its way, however that ended.
    async fn one_done(&mut self) {
        let id = match self.tasks.join_next_with_id().await {
            Some(Ok((id, ()))) => id,
            Some(Err(error)) => {
                tracing::error!("publishing an event failed: {error}; it goes out again");
                error.id()
            }
            None => return,
        };
        self.rows.remove(&id);
    }

    async fn publish_waiting(&mut self, app: &App) -> sqlx::Result<()> {
        let most = WINDOW.saturating_sub(self.rows.len());
        if most == 0 {
            return Ok(());
        }
        let busy: Vec<Uuid> = self.rows.values().map(|(id, _)| *id).collect();
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut db = app.db.acquire().await?;
        for row in outbox::waiting(&mut db, &busy, &self.full(), most).await? {
            if self.is_full(&row.name) {
                continue;
            }
            let key = (row.id, row.name.clone());
            let task = self.tasks.spawn(publish(app.clone(), row));
            self.rows.insert(task.id(), key);
        }
        Ok(())
    }

    /// The names of which as many events are on their way as may be.
    fn full(&self) -> Vec<String> {
        let names: HashSet<&String> = self.rows.values().map(|(_, name)| name).collect();
        names.into_iter().filter(|name| self.is_full(name)).cloned().collect()
    }

    fn is_full(&self, name: &str) -> bool {
        self.rows.values().filter(|(_, other)| other == name).count() >= WINDOW_OF_NAME
    }
}

/// Publishes one row and marks it. A row that could not be marked is published again: receivers know it
/// by its id.
async fn publish(app: App, row: outbox::Row) {
    let id = row.id;
    match event_of(row) {
        Ok(event) if !app.broker.publish(&event).await => return,
        Ok(_) => metrics::counter!("faultline_events_published_total").increment(1),
        Err(error) => tracing::error!(%id, "an outbox row is no event: {error:#}"),
    }
    let marked = async { outbox::sent(&mut *app.db.acquire().await?, id).await }.await;
    if let Err(error) = marked {
        tracing::warn!(%id, "an event was published but not marked: {error}; it goes out again");
    }
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
