//! Collects a body, bounded and, with the feature `gzip`, decompressed. The only user of flate2.

use std::io::{self, Write};

use bytes::Bytes;
#[cfg(feature = "gzip")]
use flate2::write::MultiGzDecoder;
use http::HeaderMap;
#[cfg(feature = "gzip")]
use http::header::CONTENT_ENCODING;

use super::SendError;

/// The compressions that are asked for.
pub(super) const ACCEPTED: Option<&str> = if cfg!(feature = "gzip") {
    Some("gzip")
} else {
    None
};

/// A body while it comes, counted as it is decompressed: a small body that grows without end stops at the limit.
pub(super) struct Body {
    sink: Sink,
    /// Nothing came so far.
    is_empty: bool,
}

enum Sink {
    Plain(Bounded),
    #[cfg(feature = "gzip")]
    Gzip(Box<MultiGzDecoder<Bounded>>),
}

impl Body {
    pub(super) fn new(headers: &HeaderMap, limit: usize) -> Self {
        let bounded = Bounded {
            bytes: Vec::new(),
            limit,
            full: false,
        };
        Self {
            sink: Sink::of(headers, bounded),
            is_empty: true,
        }
    }

    /// Whether the answer's headers tell of a compression that is taken off here.
    pub(super) fn is_decompressed(&self) -> bool {
        !matches!(self.sink, Sink::Plain(_))
    }

    pub(super) fn push(&mut self, chunk: &[u8]) -> Result<(), SendError> {
        self.is_empty &= chunk.is_empty();
        let written = match &mut self.sink {
            Sink::Plain(bounded) => bounded.write_all(chunk),
            #[cfg(feature = "gzip")]
            Sink::Gzip(decoder) => decoder.write_all(chunk),
        };
        written.map_err(|error| self.sink.broken(error))
    }

    pub(super) fn finish(self) -> Result<Bytes, SendError> {
        match self.sink {
            Sink::Plain(bounded) => Ok(bounded.bytes.into()),
            // An answer without content may name a compression all the same.
            #[cfg(feature = "gzip")]
            Sink::Gzip(_) if self.is_empty => Ok(Bytes::new()),
            #[cfg(feature = "gzip")]
            Sink::Gzip(mut decoder) => match decoder.try_finish() {
                Ok(()) => Ok(std::mem::take(&mut decoder.get_mut().bytes).into()),
                Err(error) => Err(Sink::Gzip(decoder).broken(error)),
            },
        }
    }
}

impl Sink {
    #[cfg(feature = "gzip")]
    fn of(headers: &HeaderMap, bounded: Bounded) -> Self {
        let encoding = headers
            .get(CONTENT_ENCODING)
            .map(|encoding| encoding.as_bytes().to_ascii_lowercase());
        match encoding.as_deref() {
            Some(b"gzip" | b"x-gzip") => Self::Gzip(Box::new(MultiGzDecoder::new(bounded))),
            _ => Self::Plain(bounded),
        }
    }

    #[cfg(not(feature = "gzip"))]
    fn of(_: &HeaderMap, bounded: Bounded) -> Self {
        Self::Plain(bounded)
    }

    fn broken(&self, error: io::Error) -> SendError {
        let bounded = match self {
            Self::Plain(bounded) => bounded,
            #[cfg(feature = "gzip")]
            Self::Gzip(decoder) => decoder.get_ref(),
        };
        if bounded.full {
            SendError::body_too_large(bounded.limit)
        } else {
            SendError::maybe_sent(error)
        }
    }
}

/// Bytes up to a limit.
struct Bounded {
    bytes: Vec<u8>,
    limit: usize,
    full: bool,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() > self.limit - self.bytes.len() {
            self.full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_body_of_the_limit_is_kept() {
        let mut body = Body::new(&HeaderMap::new(), 4);
        body.push(b"ab").unwrap();
        body.push(b"cd").unwrap();
        assert_eq!(body.finish().unwrap(), "abcd");
    }

    #[test]
    fn a_plain_body_over_the_limit_is_refused() {
        let mut body = Body::new(&HeaderMap::new(), 4);
        assert!(body.push(b"abcde").unwrap_err().is_body_too_large());
    }

    #[cfg(feature = "gzip")]
    mod gzip {
        use flate2::Compression;
        use flate2::write::GzEncoder;

        use super::super::*;

        fn compressed(bytes: &[u8]) -> Vec<u8> {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }

        fn headers(encoding: &'static str) -> HeaderMap {
            HeaderMap::from_iter([(CONTENT_ENCODING, encoding.parse().unwrap())])
        }

        #[test]
        fn a_compressed_body_is_decompressed_in_any_pieces() {
            for piece in [1, 2, 7, 1000] {
                let mut body = Body::new(&headers("GZIP"), 100);
                for chunk in compressed(b"{\"data\":{}}").chunks(piece) {
                    body.push(chunk).unwrap();
                }
                assert_eq!(body.finish().unwrap(), "{\"data\":{}}");
            }
        }

        #[test]
        fn a_compressed_body_is_counted_decompressed() {
            let bomb = compressed(&vec![0; 1 << 20]);
            assert!(bomb.len() < 10_000);
            let mut body = Body::new(&headers("gzip"), 100_000);
            assert!(body.push(&bomb).unwrap_err().is_body_too_large());
        }

        #[test]
        fn a_compressed_body_that_breaks_off_is_an_error() {
            let whole = compressed(b"{\"data\":{}}");
            let mut body = Body::new(&headers("gzip"), 100);
            body.push(&whole[..whole.len() - 9]).unwrap();
            assert!(!body.finish().unwrap_err().is_body_too_large());
        }

        #[test]
        fn an_empty_compressed_body_is_empty() {
            assert_eq!(Body::new(&headers("gzip"), 100).finish().unwrap(), "");
        }
    }
}
