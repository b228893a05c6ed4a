//! The status and the headers of an answer.

/// What stands before the body of an answer.
pub(super) struct Head {
    pub(super) status: u16,
    lines: Vec<String>,
}

impl Head {
    /// Reads the head at the start of an answer; `None` while it is not complete.
    pub(super) fn read(answer: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(answer);
        let (head, _) = text.split_once("\r\n\r\n")?;
        let mut lines = head.split("\r\n").map(str::to_owned);
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        Some(Self {
            status,
            lines: lines.collect(),
        })
    }

    /// The value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let headers = self.lines.iter().filter_map(|line| line.split_once(':'));
        let mut named = headers.filter(|(present, _)| present.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.trim())
    }
}
