//! Collects a body up to a maximum size. With the feature `gzip`, this module also decompresses the body. No other module uses
//! flate2.

use std::io::{self, Write};

use bytes::Bytes;
#[cfg(feature = "gzip")]
use flate2::write::MultiGzDecoder;
use http::HeaderMap;
#[cfg(feature = "gzip")]
use http::header::CONTENT_ENCODING;

use super::SendError;

/// The compressions that the client requests.
pub(super) const ACCEPTED: &str = if cfg!(feature = "gzip") {
    "gzip"
} else {
    "identity"
};

/// A body that is being received. The limit applies to the decompressed bytes, so a small body cannot grow without end.
pub(super) struct Body {
    sink: Sink,
}

enum Sink {
    Plain(Bounded),
    /// The headers announce gzip, and no byte of the body has arrived yet.
    #[cfg(feature = "gzip")]
    Labelled(Bounded),
    #[cfg(feature = "gzip")]
    Gzip(Box<MultiGzDecoder<Bounded>>),
}

/// The first byte of gzip (RFC 1952). JSON and text never begin with this byte.
#[cfg(feature = "gzip")]
const GZIP: u8 = 0x1f;

impl Body {
    pub(super) fn new(headers: &HeaderMap, limit: usize) -> Self {
        let bounded = Bounded {
            bytes: Vec::new(),
            limit,
            full: false,
        };
        Self {
            sink: Sink::of(headers, bounded),
        }
    }

    /// Whether the body was decompressed, according to the headers of the response.
    pub(super) fn is_decompressed(&self) -> bool {
        !matches!(self.sink, Sink::Plain(_))
    }

    pub(super) fn push(&mut self, chunk: &[u8]) -> Result<(), SendError> {
        #[cfg(feature = "gzip")]
        self.sink.begin(chunk);
        let written = match &mut self.sink {
            Sink::Plain(bounded) => bounded.write_all(chunk),
            #[cfg(feature = "gzip")]
            Sink::Labelled(_) => Ok(()),
            #[cfg(feature = "gzip")]
            Sink::Gzip(decoder) => decoder.write_all(chunk),
        };
        written.map_err(|error| self.sink.broken(error))
    }

    /// Checks that the body is complete.
    pub(super) fn finish(&mut self) -> Result<(), SendError> {
        let finished = match &mut self.sink {
            Sink::Plain(_) => Ok(()),
            // A response without content may name a compression too.
            #[cfg(feature = "gzip")]
            Sink::Labelled(_) => Ok(()),
            #[cfg(feature = "gzip")]
            Sink::Gzip(decoder) => decoder.try_finish(),
        };
        finished.map_err(|error| self.sink.broken(error))
    }

    /// The bytes received so far.
    pub(super) fn into_bytes(self) -> Bytes {
        match self.sink {
            Sink::Plain(bounded) => bounded.bytes.into(),
            #[cfg(feature = "gzip")]
            Sink::Labelled(bounded) => bounded.bytes.into(),
            #[cfg(feature = "gzip")]
            Sink::Gzip(mut decoder) => std::mem::take(&mut decoder.get_mut().bytes).into(),
        }
    }
}

impl Sink {
    #[cfg(feature = "gzip")]
    fn of(headers: &HeaderMap, bounded: Bounded) -> Self {
        let encodings = headers.get_all(CONTENT_ENCODING).into_iter();
        let encodings = encodings.filter_map(|encodings| encodings.to_str().ok());
        let encodings = encodings.flat_map(|encodings| encodings.split(','));
        let encodings = encodings.map(|encoding| encoding.trim().to_ascii_lowercase());
        let mut encodings = encodings.filter(|encoding| encoding != "identity");
        match (encodings.next().as_deref(), encodings.next()) {
            (Some("gzip" | "x-gzip"), None) => Self::Labelled(bounded),
            _ => Self::Plain(bounded),
        }
    }

    #[cfg(not(feature = "gzip"))]
    fn of(_: &HeaderMap, bounded: Bounded) -> Self {
        Self::Plain(bounded)
    }

    /// Begins the body. If the headers say gzip but the body is not gzip, the body is not decompressed.
    #[cfg(feature = "gzip")]
    fn begin(&mut self, chunk: &[u8]) {
        if let (Self::Labelled(bounded), Some(first)) = (&mut *self, chunk.first()) {
            let bounded = std::mem::take(bounded);
            *self = match *first {
                GZIP => Self::Gzip(Box::new(MultiGzDecoder::new(bounded))),
                _ => Self::Plain(bounded),
            };
        }
    }

    fn broken(&self, error: io::Error) -> SendError {
        let bounded = match self {
            Self::Plain(bounded) => bounded,
            #[cfg(feature = "gzip")]
            Self::Labelled(bounded) => bounded,
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

/// Collects bytes up to a limit.
#[derive(Default)]
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

    fn whole(mut body: Body) -> Result<Bytes, SendError> {
        body.finish()?;
        Ok(body.into_bytes())
    }

    #[test]
    fn a_plain_body_of_the_limit_is_kept() {
        let mut body = Body::new(&HeaderMap::new(), 4);
        body.push(b"ab").unwrap();
        body.push(b"cd").unwrap();
        assert_eq!(whole(body).unwrap(), "abcd");
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
        use super::whole;

        const JSON: &[u8] = b"{\"data\":{}}";

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
            for (piece, encoding) in [
                (1, "GZIP"),
                (2, "x-gzip"),
                (7, "gzip, identity"),
                (1000, "gzip"),
            ] {
                let mut body = Body::new(&headers(encoding), 100);
                for chunk in compressed(JSON).chunks(piece) {
                    body.push(chunk).unwrap();
                }
                assert!(body.is_decompressed());
                assert_eq!(whole(body).unwrap(), JSON);
            }
        }

        #[test]
        fn a_plain_body_that_is_labelled_as_gzip_is_read() {
            let mut body = Body::new(&headers("gzip"), 100);
            body.push(b"").unwrap();
            body.push(JSON).unwrap();
            assert!(!body.is_decompressed());
            assert_eq!(whole(body).unwrap(), JSON);
        }

        #[test]
        fn a_compressed_body_is_counted_decompressed() {
            let bomb = compressed(&vec![0; 1 << 20]);
            assert!(bomb.len() < 10_000);
            let mut body = Body::new(&headers("gzip"), 100_000);
            assert!(body.push(&bomb).unwrap_err().is_body_too_large());
        }

        #[test]
        fn a_compressed_body_that_is_broken_is_an_error_and_keeps_what_came() {
            let good = compressed(JSON);
            let cut = good[..good.len() - 9].to_vec();
            let mut wrong = good.clone();
            wrong[good.len() - 8] ^= 1;
            let followed = [&good, &b"garbage"[..]].concat();
            for broken in [cut, wrong, followed] {
                let mut body = Body::new(&headers("gzip"), 100);
                let error = body.push(&broken).and_then(|()| body.finish()).unwrap_err();
                assert!(!error.is_body_too_large());
                assert_eq!(body.into_bytes(), JSON);
            }
        }

        #[test]
        fn an_empty_compressed_body_is_empty() {
            assert_eq!(whole(Body::new(&headers("gzip"), 100)).unwrap(), "");
        }
    }
}
