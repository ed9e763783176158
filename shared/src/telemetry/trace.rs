//! One trace from request to feedback: W3C Trace Context in HTTP headers and event extensions.

use std::collections::HashMap;

use opentelemetry::{
    propagation::TextMapPropagator,
    trace::{TraceContextExt, TracerProvider},
};
use opentelemetry_sdk::{
    propagation::TraceContextPropagator,
    trace::{SdkTracer, SdkTracerProvider},
};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

use crate::events::Trace;

/// Gives spans their ids. Nothing is exported unless an exporter is added.
pub(super) fn tracer() -> SdkTracer {
    SdkTracerProvider::builder().build().tracer("faultline")
}

/// Makes `span` part of the trace that a request or event came with, if it came with one.
pub fn continues(span: &Span, trace: &Trace) {
    let mut carrier = HashMap::new();
    if let Some(parent) = &trace.parent {
        carrier.insert("traceparent".to_owned(), parent.clone());
    }
    if let Some(state) = &trace.state {
        carrier.insert("tracestate".to_owned(), state.clone());
    }
    let context = TraceContextPropagator::new().extract(&carrier);
    if context.span().span_context().is_valid() {
        // Fails only where no tracer was started (in tests); then there is no trace to continue.
        let _ = span.set_parent(context);
    }
}

/// The trace of the current span, to be sent on with a request or an event.
pub fn current() -> Trace {
    let mut carrier = HashMap::new();
    TraceContextPropagator::new().inject_context(&Span::current().context(), &mut carrier);
    let state = carrier.remove("tracestate").filter(|state| !state.is_empty());
    Trace { parent: carrier.remove("traceparent"), state }
}

/// The trace's id in a `traceparent`, for log lines.
pub fn id_of(trace: &Trace) -> Option<&str> {
    trace.parent.as_deref()?.split('-').nth(1)
}
