//! CloudEvents over HTTP, version 1.0: binary, structured and batched mode in, binary mode out.

mod header;
mod read;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use cloudevents::{AttributesReader, Event, event::Data};
use serde::de::DeserializeOwned;

use header::encode;
pub use read::read_events;

use crate::{
    events::{Delivered, Trace},
    problem::Problem,
};

/// Media type of one event in JSON.
pub const CE_JSON: &str = "application/cloudevents+json";
/// Media type of several events in JSON.
const CE_BATCH: &str = "application/cloudevents-batch+json";

/// An event of a known type, parsed: what an event handler is given.
#[derive(Clone, Debug)]
pub struct Incoming<M> {
    /// Which event it is: what the inbox remembers.
    pub event: Delivered,
    /// Its data.
    pub data: M,
}

impl<M: DeserializeOwned> Incoming<M> {
    /// Parses the data of an event.
    pub(super) fn of(event: &Event) -> Result<Self, Problem> {
        let data = match event.data() {
            Some(Data::Json(value)) => serde_json::from_value(value.clone()),
            Some(Data::Binary(bytes)) => serde_json::from_slice(bytes),
            Some(Data::String(text)) => serde_json::from_str(text),
            None => serde_json::from_str("{}"),
        };
        let data = data.map_err(|error| Problem::field("/data", error.to_string()))?;
        let delivered = Delivered { source: event.source().clone(), id: event.id().to_owned() };
        Ok(Self { event: delivered, data })
    }
}

/// An event in binary mode: headers and body.
///
/// # Errors
///
/// When an extension has a name, or the trace a value, that no header may have; ours never do.
pub fn binary(event: &Event) -> anyhow::Result<(HeaderMap, Vec<u8>)> {
    let mut headers = HeaderMap::new();
    let mut put = |name: &str, value: &str| -> anyhow::Result<()> {
        headers.insert(HeaderName::try_from(name)?, HeaderValue::try_from(value)?);
        Ok(())
    };
    put("ce-specversion", "1.0")?;
    put("ce-id", &encode(event.id()))?;
    put("ce-source", &encode(event.source()))?;
    put("ce-type", &encode(event.ty()))?;
    put("content-type", "application/json")?;
    if let Some(subject) = event.subject() {
        put("ce-subject", &encode(subject))?;
    }
    if let Some(time) = event.time() {
        put("ce-time", &time.to_rfc3339())?;
    }
    for (name, value) in event.iter_extensions() {
        put(&format!("ce-{name}"), &encode(&value.to_string()))?;
    }
    let trace = trace_of(event);
    if let Some(parent) = &trace.parent {
        put("traceparent", parent)?;
    }
    if let Some(state) = &trace.state {
        put("tracestate", state)?;
    }
    let body = match event.data() {
        Some(Data::Json(value)) => serde_json::to_vec(value)?,
        Some(Data::Binary(bytes)) => bytes.clone(),
        Some(Data::String(text)) => text.clone().into_bytes(),
        None => Vec::new(),
    };
    Ok((headers, body))
}

/// The trace that an event belongs to.
pub(crate) fn trace_of(event: &Event) -> Trace {
    let text = |name: &str| event.extension(name).map(ToString::to_string);
    Trace { parent: text("traceparent"), state: text("tracestate") }
}

#[cfg(test)]
mod tests {
    use cloudevents::{EventBuilder as _, EventBuilderV10};

    use super::*;

    #[test]
    fn an_event_is_the_same_after_its_way_over_http() {
        let event = EventBuilderV10::new()
            .id("1")
            .source("/faultline/submit")
            .ty("dev.faultline.tick.v1")
            .subject("größe 100 %/sum/3")
            .time("2026-11-21T14:00:00Z")
            .extension("tracestate", "a=1, b=2")
            .data("application/json", serde_json::json!({"n": 1}));
        let event = event.build().unwrap();

        let (headers, body) = binary(&event).unwrap();
        let arrived = read_events(&headers, &body.into()).unwrap();

        assert_eq!(arrived, [event]);
    }
}
