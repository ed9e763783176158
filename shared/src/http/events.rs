//! `POST /events`: checks who delivers, finds the handler by the event's type, tells the broker's answer.

use std::{collections::BTreeMap, future::Future, pin::Pin, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    http::StatusCode,
    routing::post,
};
use cloudevents::{AttributesReader, Event};
use tracing::Instrument as _;

use super::{
    body::whole,
    event::{Incoming, read_events, trace_of},
};
use crate::{
    auth,
    events::{self, Message},
    problem::Problem,
    telemetry,
};

type Answer = Pin<Box<dyn Future<Output = Result<StatusCode, Problem>> + Send>>;
type Handler = Arc<dyn Fn(&Event) -> Result<Answer, Problem> + Send + Sync>;

/// The event handlers of one part: reads like a table of contents.
pub struct Events<A> {
    part: &'static str,
    app: A,
    handlers: BTreeMap<&'static str, Handler>,
}

impl<A> std::fmt::Debug for Events<A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Events").field("part", &self.part).finish_non_exhaustive()
    }
}

impl<A: Clone + Send + Sync + 'static> Events<A> {
    /// The events of `part`, which is also the audience of whoever delivers them.
    pub fn of(part: &'static str, app: A) -> Self {
        Self { part, app, handlers: BTreeMap::new() }
    }

    /// Adds a handler; the type of its event says which events it gets.
    #[must_use]
    pub fn on<M, H, F>(mut self, handler: H) -> Self
    where
        M: Message + 'static,
        H: Fn(State<A>, Incoming<M>) -> F + Send + Sync + 'static,
        F: Future<Output = Result<StatusCode, Problem>> + Send + 'static,
    {
        let app = self.app.clone();
        let handle: Handler = Arc::new(move |event| {
            let incoming = Incoming::<M>::of(event)?;
            Ok(Box::pin(handler(State(app.clone()), incoming)))
        });
        self.handlers.insert(M::NAME, handle);
        self
    }

    /// `POST /events`, or `POST /events/<part>` where several parts share an address.
    pub fn at(self, path: &str) -> Router {
        let state = Arc::new(Taken { part: self.part, handlers: self.handlers });
        Router::new().route(path, post(take)).with_state(state)
    }
}

struct Taken {
    part: &'static str,
    handlers: BTreeMap<&'static str, Handler>,
}

/// 2xx ends the delivery; 404, 409, 429 and 5xx ask for another; 400, 413, 415 and 422 send the event to
/// the dead letters. Of a batch, the first failure is the answer: each event is safe to repeat.
async fn take(State(taken): State<Arc<Taken>>, request: Request) -> Result<StatusCode, Problem> {
    let (parts, body) = request.into_parts();
    auth::trusted(&parts)?.check(auth::bearer(&parts)?, taken.part)?;
    let headers = parts.headers.clone();
    let body = whole(Request::from_parts(parts, body), &()).await?;
    for event in read_events(&headers, &body)? {
        let unknown = || Problem::UnknownEvent(event.ty().to_owned());
        let name = events::name_of(event.ty()).ok_or_else(unknown)?;
        let handler = taken.handlers.get(name).ok_or_else(unknown)?;
        let span = tracing::info_span!(
            "event",
            name,
            id = event.id(),
            subject = event.subject(),
            trace_id = tracing::field::Empty
        );
        let trace = trace_of(&event);
        telemetry::continues(&span, &trace);
        span.record("trace_id", telemetry::id_of(&trace));
        handler(&event)?.instrument(span).await?;
    }
    Ok(StatusCode::ACCEPTED)
}
