//! Reads events, strictly: the library takes version 0.3 and empty attributes, we do not.

use std::collections::BTreeMap;

use axum::{
    body::Bytes,
    http::{HeaderMap, header::CONTENT_TYPE},
};
use cloudevents::{Event, EventBuilder, EventBuilderV10};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{CE_BATCH, CE_JSON, header::decode};
use crate::problem::Problem;

/// Attributes that may not be empty, whether they must be there or not.
const NEVER_EMPTY: [&str; 7] =
    ["id", "source", "type", "subject", "time", "dataschema", "datacontenttype"];

/// The events of a request, in their order.
///
/// # Errors
///
/// [`Problem::BrokenEvent`] where one is not a CloudEvent; [`Problem::UnsupportedMediaType`] where an
/// event format, or the data of an event in binary mode, is not JSON.
pub fn read_events(headers: &HeaderMap, body: &Bytes) -> Result<Vec<Event>, Problem> {
    match media_type(headers).as_str() {
        CE_JSON => Ok(vec![structured(parse(body)?)?]),
        CE_BATCH => {
            let events: Vec<Map<String, Value>> = parse(body)?;
            events.into_iter().map(structured).collect()
        }
        other if other.starts_with("application/cloudevents") => {
            Err(Problem::UnsupportedMediaType(CE_JSON))
        }
        media_type => Ok(vec![binary(headers, media_type, body)?]),
    }
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|error| broken(error.to_string()))
}

/// The media type in lower case, without parameters; empty where there is none.
fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Structured mode: one JSON object.
fn structured(mut event: Map<String, Value>) -> Result<Event, Problem> {
    // An attribute that is null is not there (JSON event format, section 2.2).
    event.retain(|name, value| name == "data" || !value.is_null());
    if event.get("specversion").and_then(Value::as_str) != Some("1.0") {
        return Err(broken("`specversion` must be \"1.0\""));
    }
    if event.contains_key("data") && event.contains_key("data_base64") {
        return Err(broken("`data` and `data_base64` exclude each other"));
    }
    for (name, value) in &event {
        if name != "data_base64" && !is_name(name) {
            return Err(broken(format!("`{name:.50}` is no name of an attribute")));
        }
        check(name, value.as_str())?;
    }
    serde_json::from_value(Value::Object(event)).map_err(|error| broken(error.to_string()))
}

/// Binary mode: attributes in `ce-` headers, data in the body.
fn binary(headers: &HeaderMap, media_type: &str, body: &Bytes) -> Result<Event, Problem> {
    let mut attributes = attributes(headers)?;
    let mut required = |name: &str| {
        attributes.remove(name).ok_or_else(|| broken(format!("`ce-{name}` is missing")))
    };
    if required("specversion")? != "1.0" {
        return Err(broken("`ce-specversion` must be 1.0"));
    }
    let (id, source, ty) = (required("id")?, required("source")?, required("type")?);
    let mut event = EventBuilderV10::new().id(id).source(source).ty(ty);
    if let Some(subject) = attributes.remove("subject") {
        event = event.subject(subject);
    }
    if let Some(time) = attributes.remove("time") {
        event = event.time(time);
    }
    let schema = attributes.remove("dataschema");
    for (name, value) in attributes {
        event = event.extension(&name, value);
    }
    if !body.is_empty() {
        if !is_json(media_type) {
            return Err(Problem::UnsupportedMediaType("data as application/json"));
        }
        let data: Value = serde_json::from_slice(body)
            .map_err(|error| broken(format!("its data is no JSON: {error}")))?;
        event = match schema {
            Some(schema) => event.data_with_schema("application/json", schema, data),
            None => event.data("application/json", data),
        };
    }
    event.build().map_err(|error| broken(error.to_string()))
}

/// What the `ce-` headers say, by name; `Content-Type` alone tells the type of the data.
fn attributes(headers: &HeaderMap) -> Result<BTreeMap<String, String>, Problem> {
    let mut attributes = BTreeMap::new();
    for (header, value) in headers {
        let Some(name) = header.as_str().strip_prefix("ce-") else { continue };
        if !is_name(name) || ["datacontenttype", "data"].contains(&name) {
            return Err(broken(format!("`ce-{name:.50}` is no attribute in a header")));
        }
        let value = decode(value.as_bytes()).ok_or_else(|| {
            broken(format!("`ce-{name:.50}` has a value that no header may have"))
        })?;
        check(name, Some(&value))?;
        if attributes.insert(name.to_owned(), value).is_some() {
            return Err(broken(format!("`ce-{name:.50}` is there twice")));
        }
    }
    Ok(attributes)
}

fn check(name: &str, value: Option<&str>) -> Result<(), Problem> {
    if NEVER_EMPTY.contains(&name) && value.is_some_and(str::is_empty) {
        return Err(broken(format!("`{name}` must not be empty")));
    }
    Ok(())
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type.ends_with("+json")
}

fn broken(why: impl Into<String>) -> Problem {
    Problem::BrokenEvent(why.into())
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};
    use cloudevents::AttributesReader as _;
    use serde_json::json;

    use super::*;

    const LEAST: [(&str, &str); 4] =
        [("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-source", "/x"), ("ce-type", "t")];

    fn arrived(headers: &[(&str, &str)], body: &str) -> Result<Vec<Event>, u16> {
        let header = |(name, value): &(&str, &str)| {
            (HeaderName::try_from(*name).unwrap(), HeaderValue::try_from(*value).unwrap())
        };
        let headers = headers.iter().map(header).collect();
        read_events(&headers, &Bytes::copy_from_slice(body.as_bytes()))
            .map_err(|problem| problem.kind().0.as_u16())
    }

    /// Binary mode, with these headers in place of, or besides, the least.
    fn in_headers(changed: &[(&str, &str)], body: &str) -> Result<Event, u16> {
        let kept = LEAST.iter().filter(|(name, _)| changed.iter().all(|(other, _)| name != other));
        let headers: Vec<_> = kept.chain(changed).copied().collect();
        arrived(&headers, body).map(|mut events| events.remove(0))
    }

    /// Structured mode, with this member in place of, or besides, the least.
    fn in_json(name: &str, value: Value) -> Result<Event, u16> {
        let mut event = json!({"specversion": "1.0", "id": "1", "source": "/x", "type": "t"});
        event[name] = value;
        let alone = arrived(&[("content-type", CE_JSON)], &event.to_string());
        let batch = json!([event]).to_string();
        assert_eq!(
            arrived(&[("content-type", CE_BATCH)], &batch),
            alone,
            "as alone, so in a batch"
        );
        alone.map(|mut events| events.remove(0))
    }

    #[test]
    fn another_version_is_refused_in_every_mode() {
        for version in ["0.3", "1", "", "1.0.2"] {
            assert_eq!(in_headers(&[("ce-specversion", version)], "").err(), Some(400));
            assert_eq!(in_json("specversion", version.into()).err(), Some(400));
        }
        assert!(in_headers(&[], "").is_ok() && in_json("specversion", "1.0".into()).is_ok());
    }

    #[test]
    fn an_empty_attribute_is_refused_in_every_mode() {
        for name in NEVER_EMPTY.into_iter().filter(|name| *name != "datacontenttype") {
            assert_eq!(in_headers(&[(&format!("ce-{name}"), "")], "").err(), Some(400), "{name}");
            assert_eq!(in_json(name, "".into()).err(), Some(400), "{name}");
        }
        assert!(in_headers(&[("ce-tracestate", "")], "").is_ok(), "an extension may be empty");
    }

    #[test]
    fn attributes_come_whole_through_headers() {
        let time = "2026-11-21T14:00:00Z";
        let event =
            in_headers(&[("ce-time", time), ("ce-subject", "a%20%C3%A4"), ("ce-new", "x")], "");

        let event = event.unwrap();
        assert_eq!(event.time().copied(), Some(time.parse().unwrap()));
        assert_eq!(event.subject(), Some("a ä"));
        assert_eq!(event.extension("new").map(ToString::to_string).as_deref(), Some("x"));
        for broken in [("ce-time", "today"), ("ce-subject", "%f"), ("ce-a_b", "x")] {
            assert_eq!(in_headers(&[broken], "").err(), Some(400), "{broken:?}");
        }
        assert_eq!(in_headers(&[("ce-id", "1"), ("ce-id", "2")], "").err(), Some(400));
    }

    #[test]
    fn data_that_is_not_json_is_another_type() {
        for json in ["application/json", "Application/JSON; charset=utf-8", "application/x+json"] {
            assert!(in_headers(&[("content-type", json)], "{}").is_ok(), "{json}");
        }
        for other in ["text/plain", "application/xml", ""] {
            assert_eq!(in_headers(&[("content-type", other)], "{}").err(), Some(415), "{other}");
        }
        assert_eq!(in_headers(&[], "{}").err(), Some(415), "nobody says what it is");
        assert_eq!(in_headers(&[("content-type", "application/json")], "{").err(), Some(400));
    }

    #[test]
    fn members_that_no_event_has_are_refused() {
        assert_eq!(in_json("Upper", "x".into()).err(), Some(400));
        assert_eq!(in_json("id", 7.into()).err(), Some(400));
        assert!(in_json("subject", Value::Null).is_ok(), "null is absent");
        assert!(in_json("data_base64", "e30=".into()).is_ok());
    }
}
