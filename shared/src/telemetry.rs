//! What is told to those who watch: log lines, traces, metrics.

mod trace;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::{
    EnvFilter, Layer, filter::LevelFilter, layer::SubscriberExt, util::SubscriberInitExt,
};

pub use trace::{continues, current, id_of};

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people: colour on a terminal.
    Readable,
    /// One JSON object a line, as Google Cloud Logging reads it.
    Json,
}

impl std::str::FromStr for LogFormat {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "readable" => Ok(Self::Readable),
            "json" => Ok(Self::Json),
            _ => Err("use `readable` or `json`"),
        }
    }
}

/// Starts logging to standard error, tracing and metrics, once per process.
///
/// `filter` is a list of `target=level`, as in `RUST_LOG`.
///
/// # Errors
///
/// When it was started before, or `filter` cannot be understood.
pub fn start(format: LogFormat, filter: &str) -> anyhow::Result<PrometheusHandle> {
    let filter = EnvFilter::try_new(filter)?;
    let lines = match format {
        LogFormat::Readable => tracing_subscriber::fmt::layer()
            .with_writer(std::io::stderr)
            .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
            .with_target(false)
            .compact()
            .boxed(),
        LogFormat::Json => tracing_stackdriver::layer().with_writer(std::io::stderr).boxed(),
    };
    // Spans get their ids whatever the filter leaves of the log lines: events carry them on.
    let spans = tracing_opentelemetry::layer().with_tracer(trace::tracer());
    tracing_subscriber::registry()
        .with(lines.with_filter(filter))
        .with(spans.with_filter(LevelFilter::INFO))
        .try_init()?;
    Ok(PrometheusBuilder::new().install_recorder()?)
}
