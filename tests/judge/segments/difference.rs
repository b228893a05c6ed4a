//! Why the two count differently.

use serde_json::Value;
use telnyx_messaging::text::{Encoding, Segments};

/// What the package says of a text.
pub(super) struct Theirs {
    pub(super) is_gsm7: bool,
    pub(super) parts: usize,
    /// Whether several code points make one character on a screen.
    has_clusters: bool,
}

impl Theirs {
    pub(super) fn read(value: &Value) -> Option<Self> {
        Some(Self {
            is_gsm7: value.get(0)?.as_str()? == "GSM-7",
            parts: usize::try_from(value.get(1)?.as_u64()?).ok()?,
            has_clusters: value.get(2)?.as_bool()?,
        })
    }
}

/// A difference that is explained.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Clusters,
    DoubtfulLetters,
    Empty,
}

/// The letters on which Telnyx's pages disagree.
const DOUBTFUL: &str = "Ç¤ΔΦΓΛΩΠΨΣΘΞ";

impl Kind {
    /// The kind of a difference; `None` if nothing explains it.
    pub(super) fn of(text: &str, ours: &Segments, theirs: &Theirs) -> Option<Self> {
        if text.is_empty() {
            return (theirs.parts == 1).then_some(Self::Empty);
        }
        let culprits = || ours.culprits.iter().map(|culprit| culprit.character);
        let are_doubtful = culprits().all(|character| DOUBTFUL.contains(character));
        let range = ours.possible_parts.clone();
        let range = range.unwrap_or(ours.parts..=ours.parts);
        if theirs.is_gsm7 && ours.encoding == Encoding::Utf16 {
            let is_explained = are_doubtful && range.contains(&theirs.parts);
            return is_explained.then_some(Self::DoubtfulLetters);
        }
        let are_both_utf16 = !theirs.is_gsm7 && ours.encoding == Encoding::Utf16;
        let is_explained = are_both_utf16 && theirs.has_clusters && theirs.parts > ours.parts;
        is_explained.then_some(Self::Clusters)
    }

    pub(super) fn explanation(self) -> &'static str {
        match self {
            Self::Clusters => {
                "The package keeps what is one character on a screen in one part: an emoji with its joiners, a flag, a letter \
                 with its accent. That can take more parts. Telnyx's page says only that a surrogate pair is not divided, \
                 so the crate divides between code points."
            }
            Self::DoubtfulLetters => {
                "The text has some of the twelve letters on which Telnyx's pages disagree. The package takes them for \
                 GSM-7. The crate says UTF-16 and gives a range, which holds the package's number."
            }
            Self::Empty => {
                "An empty text is one part for the package. The crate says none: Telnyx refuses to send nothing."
            }
        }
    }
}
