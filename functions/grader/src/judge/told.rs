//! Progress, told while grading goes on: not too often, and often enough to keep the lease.

use std::time::Duration;

use anyhow::Context;
use shared::{report::Report, submission::Progress};
use tokio::{
    sync::watch::Receiver,
    task::JoinHandle,
    time::{Instant, timeout_at},
};

use super::service::{Answered, Service};

/// Between two words at least: four a second.
const LEAST: Duration = Duration::from_millis(250);

/// Between two words at most; the lease is three times as long.
const MOST: Duration = Duration::from_secs(5);

/// Tells progress until grading is over; gives up where the attempt is not ours any more, and grading with it.
pub(super) async fn while_grading(
    service: &Service,
    mut hear: Receiver<Progress>,
    mut grading: JoinHandle<anyhow::Result<Report>>,
) -> anyhow::Result<Answered<anyhow::Result<Report>>> {
    let tell = async {
        loop {
            let told = Instant::now();
            let progress = hear.borrow_and_update().clone();
            if let Answered::TooLate = service.progress(&progress).await {
                return;
            }
            if let Ok(Err(_)) = timeout_at(told + MOST, hear.changed()).await {
                // Grading has ended; its result decides.
                std::future::pending::<()>().await;
            }
            tokio::time::sleep_until(told + LEAST).await;
        }
    };
    tokio::select! {
        report = &mut grading => Ok(Answered::Yes(report.context("grading broke off")?)),
        () = tell => Ok(Answered::TooLate),
    }
}
