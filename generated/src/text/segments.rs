//! The number of parts of a text.

use std::fmt;
use std::ops::RangeInclusive;

use super::alphabet::{self, Letter};
use super::stand_in::stand_in;

/// The encoding of a text and its number of parts. Telnyx bills each part. Created by [`segments`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Segments {
    /// The encoding. If one character is outside GSM-7, the encoding of the whole text is UTF-16.
    pub encoding: Encoding,
    /// The number of units of the text in this [`encoding`](Self::encoding).
    pub units: usize,
    /// The number of parts, without smart encoding.
    ///
    /// Most carriers accept at most ten parts, and some routes of Telnyx accept 25. Telnyx refuses a longer text with code 40302,
    /// unless the messaging profile splits long texts into several messages.
    pub parts: usize,
    /// The minimum and maximum number of parts, if the number does not depend on the text alone.
    ///
    /// There are two cases. In the first case, the number of parts depends on smart encoding, a setting of the messaging profile.
    /// In the second case, the text has only these characters outside GSM-7: Ç ¤ Δ Φ Γ Λ Ω Π Ψ Σ Θ Ξ. Telnyx's pages disagree on
    /// the encoding of these characters, and `parts` assumes the more expensive encoding.
    pub possible_parts: Option<RangeInclusive<usize>>,
    /// The characters that are, or may be, outside GSM-7.
    pub culprits: Vec<Culprit>,
}

/// The encoding of an SMS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// A text with one part has up to 160 units. If a text has several parts, each part has up to 153 units. `~ ^ | \ [ ] { } €`
    /// and the form feed take two units each.
    Gsm7,
    /// A text with one part has up to 70 units. If a text has several parts, each part has up to 67 units. A character beyond
    /// U+FFFF, such as an emoji, takes two units.
    Utf16,
}

impl Encoding {
    /// The name of the encoding in responses and events of Telnyx: `GSM-7` or `UCS-2`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gsm7 => "GSM-7",
            Self::Utf16 => "UCS-2",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A character that is not in GSM-7, or may not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Culprit {
    /// The position of the character in the text, in bytes.
    pub offset: usize,
    /// The character.
    pub character: char,
    /// The replacement in GSM-7 that Telnyx's smart encoding uses: `'` for `’`, and an empty string for an invisible character.
    pub stand_in: Option<&'static str>,
}

/// Measures a text that is sent as an SMS with the encoding `auto`.
///
/// The function assumes that the sender is a phone number or a name. Short codes have other limits, which this function does not
/// check. A character of two units is never split between two parts. An empty text has 0 parts.
///
/// ```
/// use telnyx_messaging::text;
///
/// let text = "Your table is booked for 8 p.m.…";
/// let segments = text::segments(text);
/// for culprit in &segments.culprits {
///     println!("byte {}: {:?}, better {:?}", culprit.offset, culprit.character, culprit.stand_in);
/// }
/// assert_eq!(segments.parts, 1);
/// ```
#[must_use]
pub fn segments(text: &str) -> Segments {
    let mut gsm7 = Count::new(GSM_7);
    for character in text.chars() {
        let Letter::Of(units) = alphabet::letter(character) else {
            return in_doubt(text);
        };
        gsm7.add(units);
    }
    Segments {
        encoding: Encoding::Gsm7,
        units: gsm7.units,
        parts: gsm7.parts(),
        possible_parts: None,
        culprits: Vec::new(),
    }
}

/// Measures a text with culprits: as it stands, and as smart encoding would change it.
fn in_doubt(text: &str) -> Segments {
    let (mut plain, mut smart) = (Reading::new(), Reading::new());
    let mut culprits = Vec::new();
    for (offset, character) in text.char_indices() {
        plain.add(character);
        let stand_in = stand_in(character);
        match stand_in {
            Some(stand_in) => stand_in.chars().for_each(|letter| smart.add(letter)),
            None => smart.add(character),
        }
        if !matches!(alphabet::letter(character), Letter::Of(_)) {
            culprits.push(Culprit {
                offset,
                character,
                stand_in,
            });
        }
    }
    let ([fewest, most], [fewer, more]) = (plain.possible_parts(), smart.possible_parts());
    let (fewest, most) = (fewest.min(fewer), most.max(more));
    Segments {
        encoding: Encoding::Utf16,
        units: plain.utf16.units,
        parts: plain.utf16.parts(),
        possible_parts: (fewest < most).then_some(fewest..=most),
        culprits,
    }
}

/// A text in both encodings.
struct Reading {
    gsm7: Count,
    utf16: Count,
    is_foreign: bool,
    is_doubtful: bool,
}

impl Reading {
    fn new() -> Self {
        Self {
            gsm7: Count::new(GSM_7),
            utf16: Count::new(UTF_16),
            is_foreign: false,
            is_doubtful: false,
        }
    }

    fn add(&mut self, character: char) {
        self.utf16.add(character.len_utf16());
        match alphabet::letter(character) {
            Letter::Of(units) => self.gsm7.add(units),
            Letter::Doubtful => {
                self.gsm7.add(1);
                self.is_doubtful = true;
            }
            Letter::Foreign => self.is_foreign = true,
        }
    }

    /// The fewest and the most parts.
    fn possible_parts(&self) -> [usize; 2] {
        let (gsm7, utf16) = (self.gsm7.parts(), self.utf16.parts());
        match (self.is_foreign, self.is_doubtful) {
            (true, _) => [utf16; 2],
            (false, true) => [gsm7.min(utf16), gsm7.max(utf16)],
            (false, false) => [gsm7; 2],
        }
    }
}

/// How many units a part holds.
#[derive(Clone, Copy)]
struct Capacity {
    alone: usize,
    of_several: usize,
}

const GSM_7: Capacity = Capacity {
    alone: 160,
    of_several: 153,
};

const UTF_16: Capacity = Capacity {
    alone: 70,
    of_several: 67,
};

/// Fills parts.
struct Count {
    capacity: Capacity,
    units: usize,
    /// How many parts there are if the text needs several.
    several: usize,
    /// How many units the last of them has.
    used: usize,
}

impl Count {
    fn new(capacity: Capacity) -> Self {
        Self {
            capacity,
            units: 0,
            several: 1,
            used: 0,
        }
    }

    fn add(&mut self, units: usize) {
        self.units += units;
        self.used += units;
        if self.used > self.capacity.of_several {
            self.several += 1;
            self.used = units;
        }
    }

    fn parts(&self) -> usize {
        match self.units {
            0 => 0,
            units if units <= self.capacity.alone => 1,
            _ => self.several,
        }
    }
}

#[cfg(test)]
mod tests;
