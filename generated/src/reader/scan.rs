//! Reads JSON values that contain no other values, and skips any value (RFC 8259).

use std::borrow::Cow;
use std::iter;

use super::{DEEPEST, Flaw, Reader, Reason, expects};

/// A number as serde knows them.
pub(super) enum Number {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

impl<'de> Reader<'de> {
    /// The first byte of what comes next, blanks aside.
    pub(super) fn peek(&mut self) -> Result<u8, Flaw> {
        self.skip_blanks();
        self.byte()
    }

    pub(super) fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.next() {
            self.at += 1;
        }
    }

    /// Goes over `expected`, and the blanks before it.
    pub(super) fn take(&mut self, expected: u8) -> Result<(), Flaw> {
        if self.peek()? != expected {
            return Err(Reason::NotJson.into());
        }
        self.at += 1;
        Ok(())
    }

    pub(super) fn boolean(&mut self) -> Result<bool, Flaw> {
        let value = self.peek()? == b't';
        self.word(if value { "true" } else { "false" })?;
        Ok(value)
    }

    pub(super) fn null(&mut self) -> Result<(), Flaw> {
        self.word("null")
    }

    /// Goes over `null`, if that comes next. Anything else is left for the next method, which reports a mistake.
    #[inline(never)]
    pub(super) fn take_null(&mut self) -> bool {
        const NULL: &[u8] = b"null";
        self.skip_blanks();
        let rest = self.json.get(self.at..).unwrap_or_default();
        let is_null = rest.starts_with(NULL);
        if is_null {
            self.at += NULL.len();
        }
        is_null
    }

    fn word(&mut self, word: &str) -> Result<(), Flaw> {
        for expected in word.bytes() {
            if self.byte()? != expected {
                return Err(Reason::NotJson.into());
            }
            self.at += 1;
        }
        Ok(())
    }

    /// A number without a fraction is an integer, if it fits.
    pub(super) fn number(&mut self) -> Result<Number, Flaw> {
        let text = self.number_text()?;
        if let Ok(number) = text.parse() {
            return Ok(Number::Unsigned(number));
        }
        // `-0` has a sign that no integer keeps.
        if let Some(number) = text.parse().ok().filter(|number| *number != 0) {
            return Ok(Number::Signed(number));
        }
        match text.parse() {
            Ok(number) if f64::is_finite(number) => Ok(Number::Float(number)),
            _ => Err(Reason::Expected(expects::FINITE.to_owned()).into()),
        }
    }

    fn number_text(&mut self) -> Result<&'de str, Flaw> {
        let start = self.at;
        self.skip_one(b"-");
        if !self.skip_one(b"0") {
            self.digits()?;
        }
        if self.skip_one(b".") {
            self.digits()?;
        }
        if self.skip_one(b"eE") {
            self.skip_one(b"+-");
            self.digits()?;
        }
        self.text_since(start)
    }

    fn digits(&mut self) -> Result<(), Flaw> {
        if !self.byte()?.is_ascii_digit() {
            return Err(Reason::NotJson.into());
        }
        let digits = self.rest().iter().take_while(|byte| byte.is_ascii_digit());
        self.at += digits.count();
        Ok(())
    }

    fn skip_one(&mut self, any: &[u8]) -> bool {
        let is_there = self.next().is_some_and(|byte| any.contains(&byte));
        self.at += usize::from(is_there);
        is_there
    }

    /// The text of a string. At its opening quote.
    pub(super) fn string(&mut self) -> Result<Cow<'de, str>, Flaw> {
        self.at += 1;
        let start = self.at;
        let end = self.skip_plain()?;
        let plain = self.text_since(start)?;
        match end {
            b'"' => {
                self.at += 1;
                Ok(Cow::Borrowed(plain))
            }
            _ => self.escaped(plain).map(Cow::Owned),
        }
    }

    /// The rest of a string that began with `plain` and goes on with an escape.
    fn escaped(&mut self, plain: &str) -> Result<String, Flaw> {
        let mut text = plain.to_owned();
        while !self.skip_one(b"\"") {
            text.push(self.escape()?);
            text.push_str(self.plain()?);
        }
        Ok(text)
    }

    /// What stands in a string up to its end or an escape.
    fn plain(&mut self) -> Result<&'de str, Flaw> {
        let start = self.at;
        self.skip_plain()?;
        self.text_since(start)
    }

    /// Goes to the end of a string or to an escape, and tells which of them it is by its first byte.
    fn skip_plain(&mut self) -> Result<u8, Flaw> {
        self.at += plain_length(self.rest());
        match self.byte()? {
            end @ (b'"' | b'\\') => Ok(end),
            _ => Err(Reason::NotJson.into()),
        }
    }

    fn escape(&mut self) -> Result<char, Flaw> {
        match self.skip_escape()? {
            b'u' => self.unicode(),
            b'b' => Ok('\u{8}'),
            b'f' => Ok('\u{c}'),
            b'n' => Ok('\n'),
            b'r' => Ok('\r'),
            b't' => Ok('\t'),
            same => Ok(char::from(same)),
        }
    }

    /// Goes over `\` and the letter behind it.
    fn skip_escape(&mut self) -> Result<u8, Flaw> {
        self.at += 1;
        let letter = self.byte()?;
        if !br#""\/bfnrtu"#.contains(&letter) {
            return Err(Reason::NotJson.into());
        }
        self.at += 1;
        Ok(letter)
    }

    /// The character of `\uXXXX`, or of two of them that are a pair.
    fn unicode(&mut self) -> Result<char, Flaw> {
        let first = self.hex()?;
        let mut second = None;
        if (0xd800..0xdc00).contains(&first) {
            if self.byte()? != b'\\' || self.skip_escape()? != b'u' {
                return Err(Reason::NotJson.into());
            }
            second = Some(self.hex()?);
        }
        let mut characters = char::decode_utf16(iter::once(first).chain(second));
        match (characters.next(), characters.next()) {
            (Some(Ok(character)), None) => Ok(character),
            _ => Err(Reason::NotJson.into()),
        }
    }

    fn hex(&mut self) -> Result<u16, Flaw> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = char::from(self.byte()?).to_digit(16);
            unit = unit * 16 + digit.ok_or(Reason::NotJson)?;
            self.at += 1;
        }
        u16::try_from(unit).map_err(|_| Reason::NotJson.into())
    }

    /// The text of a value of any form and depth.
    pub(super) fn raw(&mut self) -> Result<&'de str, Flaw> {
        self.peek()?;
        let start = self.at;
        self.skip()?;
        self.text_since(start)
    }

    /// The text of a value that can be read by recursion, whatever readers share the work. The reader counts its values and
    /// objects when it reads them.
    pub(super) fn shallow(&mut self) -> Result<&'de str, Flaw> {
        self.peek()?;
        let (start, values_left, objects_left) = (self.at, self.values_left, self.objects_left);
        if self.open.len() + self.skip()? > DEEPEST {
            return Err(Reason::TooDeep.into());
        }
        (self.values_left, self.objects_left) = (values_left, objects_left);
        self.text_since(start)
    }

    /// Passes over a value of any form, and tells how deep it is. What stands in its strings is not looked at.
    pub(super) fn skip(&mut self) -> Result<usize, Flaw> {
        let mut ends = Vec::new();
        let mut depth = 0;
        loop {
            match self.peek()? {
                b'{' => {
                    self.at += 1;
                    if self.peek()? != b'}' {
                        ends.push(b'}');
                        self.count()?;
                        self.count_object()?;
                        self.skip_key()?;
                        continue;
                    }
                    self.at += 1;
                }
                b'[' => {
                    self.at += 1;
                    if self.peek()? != b']' {
                        ends.push(b']');
                        self.count()?;
                        continue;
                    }
                    self.at += 1;
                }
                b'"' => self.skip_string()?,
                b't' | b'f' => self.boolean().map(drop)?,
                b'n' => self.null()?,
                _ => self.number_text().map(drop)?,
            }
            depth = depth.max(ends.len());
            if self.skip_ends(&mut ends)? {
                return Ok(depth);
            }
        }
    }

    /// Goes from behind a value to the next one; says whether there is none.
    fn skip_ends(&mut self, ends: &mut Vec<u8>) -> Result<bool, Flaw> {
        while let Some(end) = ends.last().copied() {
            match self.peek()? {
                b',' => {
                    self.at += 1;
                    self.count()?;
                    if end == b'}' {
                        self.skip_key()?;
                    }
                    return Ok(false);
                }
                byte if byte == end => {
                    self.at += 1;
                    ends.pop();
                }
                _ => return Err(Reason::NotJson.into()),
            }
        }
        Ok(true)
    }

    fn skip_key(&mut self) -> Result<(), Flaw> {
        if self.peek()? != b'"' {
            return Err(Reason::NotJson.into());
        }
        self.skip_string()?;
        self.take(b':')
    }

    fn skip_string(&mut self) -> Result<(), Flaw> {
        self.at += 1;
        loop {
            self.skip_plain()?;
            if self.skip_one(b"\"") {
                return Ok(());
            }
            if self.skip_escape()? == b'u' {
                self.hex()?;
            }
        }
    }

    fn rest(&self) -> &'de [u8] {
        self.json.get(self.at..).unwrap_or_default()
    }

    fn byte(&self) -> Result<u8, Flaw> {
        self.next().ok_or_else(|| Reason::CutShort.into())
    }

    pub(super) fn next(&self) -> Option<u8> {
        self.json.get(self.at).copied()
    }

    pub(super) fn text_since(&self, start: usize) -> Result<&'de str, Flaw> {
        let text = match self.text {
            Some(text) => text.get(start..self.at),
            None => self
                .json
                .get(start..self.at)
                .and_then(|bytes| std::str::from_utf8(bytes).ok()),
        };
        text.ok_or_else(|| Reason::NotJson.into())
    }
}

/// How many bytes stand before the first quote, backslash or control character: eight bytes at a time, since this is what
/// most of reading is.
fn plain_length(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks();
    let mut plain = 0;
    for word in words {
        match special_bytes(u64::from_le_bytes(*word)) {
            0 => plain += 8,
            special => return plain + special.trailing_zeros() as usize / 8,
        }
    }
    let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    plain + rest.iter().position(special).unwrap_or(rest.len())
}

/// The lowest bit that is set is the highest one of the first byte that is a quote, a backslash or a control character.
fn special_bytes(word: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let below = |word: u64, limit: u64| word.wrapping_sub(EACH * limit) & !word & (EACH * 0x80);
    let quote = below(word ^ (EACH * u64::from(b'"')), 1);
    let backslash = below(word ^ (EACH * u64::from(b'\\')), 1);
    quote | backslash | below(word, 0x20)
}
