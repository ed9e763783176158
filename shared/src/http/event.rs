//! CloudEvents over HTTP, version 1.0: binary, structured and batched mode in, binary mode out.

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderName, HeaderValue, header::CONTENT_TYPE},
};
use cloudevents::{AttributesReader, Event, EventBuilder, EventBuilderV10, event::Data};
use serde::de::DeserializeOwned;

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

/// The events of a request, in their order.
///
/// # Errors
///
/// [`Problem::BrokenEvent`] where one is not a CloudEvent; [`Problem::UnsupportedMediaType`] where an
/// event format is not JSON.
pub fn read_events(headers: &HeaderMap, body: &Bytes) -> Result<Vec<Event>, Problem> {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or_default().to_ascii_lowercase();
    let broken = |error: serde_json::Error| Problem::BrokenEvent(error.to_string());
    let events = match content_type.split(';').next().unwrap_or_default().trim() {
        CE_JSON => vec![serde_json::from_slice(body).map_err(broken)?],
        CE_BATCH => serde_json::from_slice(body).map_err(broken)?,
        other if other.starts_with("application/cloudevents") => {
            return Err(Problem::UnsupportedMediaType(CE_JSON));
        }
        _ => vec![read_binary(headers, body)?],
    };
    for event in &events {
        if event.id().is_empty() || event.source().is_empty() || event.ty().is_empty() {
            return Err(Problem::BrokenEvent("`id`, `source` and `type` must not be empty".into()));
        }
    }
    Ok(events)
}

/// Binary mode: attributes in `ce-` headers, data in the body.
fn read_binary(headers: &HeaderMap, body: &Bytes) -> Result<Event, Problem> {
    let attribute = |name: &str| -> Result<Option<String>, Problem> {
        let mut values = headers.get_all(format!("ce-{name}")).iter();
        let Some(value) = values.next() else { return Ok(None) };
        if values.next().is_some() {
            return Err(Problem::BrokenEvent(format!("`ce-{name}` is there twice")));
        }
        let text = value.to_str().map_err(|_| {
            Problem::BrokenEvent(format!("`ce-{name}` has characters that no header may have"))
        })?;
        Ok(Some(text.to_owned()))
    };
    let required = |name: &str| {
        attribute(name)?.ok_or_else(|| Problem::BrokenEvent(format!("`ce-{name}` is missing")))
    };
    if required("specversion")? != "1.0" {
        return Err(Problem::BrokenEvent("`ce-specversion` must be 1.0".into()));
    }
    let mut event = EventBuilderV10::new()
        .id(required("id")?)
        .source(required("source")?)
        .ty(required("type")?);
    if let Some(subject) = attribute("subject")? {
        event = event.subject(subject);
    }
    for name in ["traceparent", "tracestate"] {
        if let Some(value) = attribute(name)? {
            event = event.extension(name, value);
        }
    }
    if !body.is_empty() {
        let data: serde_json::Value = serde_json::from_slice(body)
            .map_err(|error| Problem::BrokenEvent(format!("its data is no JSON: {error}")))?;
        event = event.data("application/json", data);
    }
    event.build().map_err(|error| Problem::BrokenEvent(error.to_string()))
}

/// An event in binary mode: headers and body.
///
/// # Errors
///
/// When an attribute has characters that no header may have; ours never do.
pub fn binary(event: &Event) -> anyhow::Result<(HeaderMap, Vec<u8>)> {
    let mut headers = HeaderMap::new();
    let mut put = |name: &str, value: &str| -> anyhow::Result<()> {
        headers.insert(HeaderName::try_from(name)?, HeaderValue::try_from(value)?);
        Ok(())
    };
    put("ce-specversion", "1.0")?;
    put("ce-id", event.id())?;
    put("ce-source", event.source())?;
    put("ce-type", event.ty())?;
    put("content-type", "application/json")?;
    if let Some(subject) = event.subject() {
        put("ce-subject", subject)?;
    }
    if let Some(time) = event.time() {
        put("ce-time", &time.to_rfc3339())?;
    }
    for (name, value) in event.iter_extensions() {
        put(&format!("ce-{name}"), &value.to_string())?;
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
