//! A request as its bytes came.

/// One request. Nothing in it is decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Received {
    /// Request line and headers, without the empty line at their end.
    head: Vec<u8>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// The request at the start of `bytes` with its length, once it is there whole.
    pub(super) fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        const END: &[u8] = b"\r\n\r\n";
        let end = bytes.windows(END.len()).position(|window| window == END)?;
        let mut request = Self {
            head: bytes[..end].to_vec(),
            body: Vec::new(),
        };
        let start = end + END.len();
        let length = request
            .header("content-length")
            .map_or(0, |length| length.parse().expect("a length"));
        request.body = bytes.get(start..start + length)?.to_vec();
        Some((request, start + length))
    }

    /// Request line and headers.
    pub(crate) fn head(&self) -> &str {
        std::str::from_utf8(&self.head).expect("a head of ASCII")
    }

    /// Method, path and version: `GET /v2/messages/1 HTTP/1.1`.
    pub(crate) fn request_line(&self) -> &str {
        self.head().split("\r\n").next().unwrap_or_default()
    }

    /// The value of the header `name`, given in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head().split("\r\n").skip(1);
        lines.find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}
