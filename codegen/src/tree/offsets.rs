//! Positions in a text.

/// Converts positions in characters into bytes.
pub(super) enum ByteOffsets<'a> {
    Ascii(&'a str),
    Any(Vec<usize>),
}

impl<'a> ByteOffsets<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        if text.is_ascii() {
            Self::Ascii(text)
        } else {
            Self::Any(
                text.char_indices()
                    .map(|(offset, _)| offset)
                    .chain([text.len()])
                    .collect(),
            )
        }
    }

    pub(super) fn of_character(&self, index: usize) -> usize {
        match self {
            Self::Ascii(text) => index.min(text.len()),
            Self::Any(offsets) => offsets.get(index).or(offsets.last()).copied().unwrap_or(0),
        }
    }
}
