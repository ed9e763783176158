//! Serves until told to stop, then drains.

use std::{future::Future, time::Duration};

use anyhow::Context as _;
use axum::Router;
use tokio::{net::TcpListener, sync::watch};

/// Tells everything in a process to stop. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Stop(watch::Sender<bool>);

impl Default for Stop {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Stop {
    /// Stops on SIGTERM or SIGINT. Needs a tokio runtime.
    ///
    /// # Errors
    ///
    /// When signals cannot be listened to.
    pub fn on_signal() -> anyhow::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let stop = Self::default();
        let mut term = signal(SignalKind::terminate()).context("listen to SIGTERM")?;
        let mut int = signal(SignalKind::interrupt()).context("listen to SIGINT")?;
        let told = stop.clone();
        tokio::spawn(async move {
            tokio::select! { _ = term.recv() => {}, _ = int.recv() => {} }
            told.now();
        });
        Ok(stop)
    }

    /// Stops now.
    pub fn now(&self) {
        self.0.send_replace(true);
    }

    /// Whether it is time to stop.
    pub fn is_now(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is time to stop.
    pub fn stopped(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut told = self.0.subscribe();
        async move {
            // Fails only when the sender is gone; then nobody is left to tell us, and we stop as well.
            let _ = told.wait_for(|stop| *stop).await;
        }
    }
}

/// Serves until `stop`, then takes no new connection and lets requests in flight end, within `drain`.
///
/// # Errors
///
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: Stop,
    drain: Duration,
) -> anyhow::Result<()> {
    let serving = axum::serve(listener, router).with_graceful_shutdown(stop.stopped());
    let late = async {
        stop.stopped().await;
        tokio::time::sleep(drain).await;
    };
    tokio::select! {
        served = serving => served.context("serve"),
        () = late => {
            tracing::warn!("some requests did not end within {} s", drain.as_secs());
            Ok(())
        }
    }
}
