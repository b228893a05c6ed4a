//! The lines of a text in block style.

/// A text whose last line ends with a line feed.
pub(super) struct Lines(pub(super) String);

impl Lines {
    /// The start of the line that contains an offset.
    pub(super) fn line_start(&self, offset: usize) -> usize {
        self.0[..offset].rfind('\n').map_or(0, |end| end + 1)
    }

    /// The rest of a line, with its end.
    pub(super) fn line(&self, start: usize) -> &str {
        let rest = &self.0[start..];
        rest.split_inclusive('\n').next().unwrap_or_default()
    }

    pub(super) fn indent(&self, line: usize) -> usize {
        let line = self.line(line);
        line.len() - line.trim_start().len()
    }

    pub(super) fn column(&self, offset: usize) -> usize {
        let line = self.line_start(offset);
        self.0[line..offset].chars().count()
    }

    /// The start of the comment directly above a line. Without a comment, the start of the line.
    pub(super) fn start_with_comment(&self, line: usize) -> usize {
        let mut start = line;
        while start > 0 {
            let above = self.line_start(start - 1);
            let is_comment = self.line(above).trim_start().starts_with('#');
            if !is_comment || self.indent(above) != self.indent(line) {
                break;
            }
            start = above;
        }
        start
    }

    /// Where to start removing lines, so that one of the empty lines above and below is removed too.
    pub(super) fn start_apart(&self, start: usize, end: usize) -> usize {
        let is_empty = |line: usize| self.line(line).trim().is_empty();
        if start == 0 || !is_empty(end) {
            return start;
        }
        let above = self.line_start(start - 1);
        match is_empty(above) {
            true => above,
            false => start,
        }
    }

    /// The end of the lines that belong to a part which starts in a line at an indent.
    pub(super) fn end(&self, start: usize, indent: usize) -> usize {
        let is_in_list = is_item(self.line(start));
        let mut end = start + self.line(start).len();
        let mut next = end;
        while next < self.0.len() {
            let line = self.line(next);
            let trimmed = line.trim();
            let own = self.indent(next);
            next += line.len();
            if trimmed.is_empty() || trimmed.starts_with('#') && own <= indent {
                continue;
            }
            if own < indent || own == indent && (is_in_list || !is_item(line)) {
                break;
            }
            end = next;
        }
        end
    }
}

/// Whether a line starts an item of a list.
pub(super) fn is_item(line: &str) -> bool {
    let line = line.trim();
    line == "-" || line.starts_with("- ")
}
