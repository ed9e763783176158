//! Packages, as they are stored.

use anyhow::Context as _;
use shared::package::Package;

/// Unpacks a stored package, up to 64 MiB, on a thread where that holds nobody up. Call it with no
/// connection in hand.
pub(crate) async fn unpack(stored: Vec<u8>) -> anyhow::Result<Package> {
    let unpacking = tokio::task::spawn_blocking(move || Package::from_tar_gz(&stored));
    unpacking.await.context("unpacking panicked")?.context("a stored package is whole")
}
