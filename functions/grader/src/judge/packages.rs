//! Packages that a slot keeps, by hash, from one grader to the next.

use std::{
    fs::{self, DirBuilder},
    io::Write,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::{Context, ensure};
use shared::{package::Package, work::Work};

use super::service::{Answered, Service};

/// Packages that a slot keeps; the one that was longest unused goes first.
const KEPT: usize = 64;

/// The package of an attempt: the slot's, or grade-dispatch's, which the slot then keeps. Without a folder
/// of the slot nothing is kept.
pub(super) async fn get(
    slot_dir: Option<&Path>,
    work: &Work,
    service: &Service,
) -> anyhow::Result<Answered<Package>> {
    let hash = &work.package_hash;
    ensure!(hash.bytes().all(|c| c.is_ascii_hexdigit()), "{hash:?} is no hash");
    let Some(slot_dir) = slot_dir else { return service.package().await };
    let shelf = shelf(slot_dir)?;
    let place = shelf.join(format!("{hash}.json"));
    if let Some(package) = kept(&place) {
        return Ok(Answered::Yes(package));
    }
    let found = service.package().await?;
    if let Answered::Yes(package) = &found {
        keep(&shelf, &place, package).context("keep a package")?;
    }
    Ok(found)
}

/// Where packages lie: closed to learner code, for they hold expected values.
fn shelf(slot_dir: &Path) -> anyhow::Result<PathBuf> {
    let shelf = slot_dir.join("packages");
    let made = || {
        DirBuilder::new().recursive(true).mode(0o711).create(slot_dir)?;
        DirBuilder::new().recursive(true).mode(0o700).create(&shelf)
    };
    made().with_context(|| format!("make {}", shelf.display()))?;
    Ok(shelf)
}

/// A package that is kept. One that cannot be read is as good as none.
fn kept(place: &Path) -> Option<Package> {
    let bytes = fs::read(place).ok()?;
    let package = serde_json::from_slice(&bytes).ok()?;
    if let Ok(file) = fs::File::options().append(true).open(place) {
        // Only which package goes first hangs on it.
        let _ = file.set_modified(now());
    }
    Some(package)
}

#[expect(clippy::disallowed_methods, reason = "a file's time is the machine's")]
fn now() -> SystemTime {
    SystemTime::now()
}

/// Written whole under another name first: a grader may be ended at any time.
fn keep(shelf: &Path, place: &Path, package: &Package) -> anyhow::Result<()> {
    make_room(shelf)?;
    let mut file = tempfile::NamedTempFile::new_in(shelf)?;
    file.write_all(&serde_json::to_vec(package)?)?;
    file.persist(place)?;
    Ok(())
}

fn make_room(shelf: &Path) -> anyhow::Result<()> {
    let mut kept = Vec::new();
    for entry in fs::read_dir(shelf)? {
        let entry = entry?;
        kept.push((entry.metadata()?.modified()?, entry.path()));
    }
    kept.sort();
    for (_, path) in kept.iter().rev().skip(KEPT - 1) {
        fs::remove_file(path)?;
    }
    Ok(())
}
