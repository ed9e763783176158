//! How judge and launcher talk: frames of a length and bytes, over the launcher's stdin and stdout.
//!
//! A request or an answer is one JSON frame, then the raw frames that it announces.

use std::io::{self, Read, Write};

use anyhow::{Context, ensure};
use serde::{Serialize, de::DeserializeOwned};

/// The largest frame that is taken, in bytes: a report's 4 MiB and the 16 MiB of a package fit.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Writes one raw frame: four bytes of length, little endian, then the bytes.
pub(crate) fn put(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(bytes)
}

/// Reads one raw frame; `None` at the end of the stream.
pub(crate) fn take(from: &mut impl Read) -> anyhow::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match from.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read.context("read a frame's length")?,
    }
    let length = usize::try_from(u32::from_le_bytes(length)).context("a frame's length")?;
    ensure!(length <= MAX_BYTES, "a frame of {length} bytes is too large");
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes).context("read a frame")?;
    Ok(Some(bytes))
}

/// Reads one raw frame that must be there.
pub(crate) fn take_next(from: &mut impl Read) -> anyhow::Result<Vec<u8>> {
    take(from)?.context("the other side closed the stream")
}

/// Writes one JSON frame.
pub(crate) fn put_json(to: &mut impl Write, message: &impl Serialize) -> anyhow::Result<()> {
    put(to, &serde_json::to_vec(message)?).context("write a frame")
}

/// Reads one JSON frame; `None` at the end of the stream.
pub(crate) fn take_json<T: DeserializeOwned>(from: &mut impl Read) -> anyhow::Result<Option<T>> {
    take(from)?
        .map(|bytes| serde_json::from_slice(&bytes).context("understand a frame"))
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_is_taken_and_then_the_stream_ends() {
        let mut stream = Vec::new();

        put(&mut stream, b"raw").unwrap();
        put_json(&mut stream, &["json"]).unwrap();

        let mut from = stream.as_slice();
        assert_eq!(take(&mut from).unwrap().unwrap(), b"raw");
        assert_eq!(take_json::<Vec<String>>(&mut from).unwrap().unwrap(), ["json"]);
        assert!(take(&mut from).unwrap().is_none());
    }
}
