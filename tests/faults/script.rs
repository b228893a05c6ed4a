//! What a server does to one request.

use flate2::write::GzEncoder;
use flate2::{Compress, Compression, FlushCompress};

/// Actions in their order. After the last, the connection is open for the next request.
pub(crate) type Script = Vec<Action>;

/// A step of a script.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Reads the whole request and keeps it.
    Read,
    /// Reads the first bytes that come.
    ReadPart,
    /// Does what the request asks for. If its key is known, answers as the first time instead of doing the rest.
    Accept,
    Write(Vec<u8>),
    /// Writes a gzip body of a GiB of zeros.
    WriteGzipBomb,
    /// Writes until the client goes.
    WriteForever(&'static str),
    /// Writes a byte at a time until the client goes.
    DripForever(&'static str),
    /// Waits until the client goes.
    Hang,
    /// Ends the connection in order.
    Close,
    /// Cuts the connection off.
    Reset,
}

/// Reads the request and answers it whole. `headers` are lines, each with its end.
pub(crate) fn answer(status: &str, headers: &str, body: &str) -> Script {
    vec![Action::Read, write_answer(status, headers, body)]
}

/// Writes a whole answer.
pub(crate) fn write_answer(status: &str, headers: &str, body: &str) -> Action {
    let length = body.len();
    write(&format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n{body}"
    ))
}

/// Writes `text`.
pub(crate) fn write(text: &str) -> Action {
    Action::Write(text.as_bytes().to_vec())
}

/// The blocks of a bomb: 1024 of a MiB each.
pub(crate) const BOMB_BLOCKS: usize = 1024;

/// One gzip member in parts: its start, a block of a MiB of zeros that can follow itself, and an end with a wrong
/// checksum, which nobody reads who stops in time.
pub(crate) struct GzipBomb {
    pub(crate) start: Vec<u8>,
    pub(crate) block: Vec<u8>,
    pub(crate) end: Vec<u8>,
}

pub(crate) fn gzip_bomb() -> GzipBomb {
    const MEBIBYTE: usize = 1 << 20;
    const HEADER: usize = 10;
    let empty = GzEncoder::new(Vec::new(), Compression::best());
    let mut start = empty.finish().expect("a Vec takes all");
    let end = start.split_off(HEADER);
    let mut block = Vec::with_capacity(MEBIBYTE);
    // A full flush ends on a byte and looks back at nothing, so that the same bytes fit any number of times.
    Compress::new(Compression::best(), false)
        .compress_vec(&vec![0; MEBIBYTE], &mut block, FlushCompress::Full)
        .expect("zeros compress");
    GzipBomb { start, block, end }
}
