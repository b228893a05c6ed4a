//! JSON pointers (RFC 6901), as they stand in a `$ref` or lead to the kind of an event.

/// The steps of what stands behind `#/`: a `$ref` may be percent-encoded too.
pub(crate) fn steps(fragment: &str) -> impl Iterator<Item = String> {
    fragment.split('/').map(|step| {
        let step = percent_decoded(step).unwrap_or_else(|| step.to_owned());
        step.replace("~1", "/").replace("~0", "~")
    })
}

/// A name as a step of a pointer.
pub(crate) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The text without `%20` and the like; `None` if that is no text.
fn percent_decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return None;
    }
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after
            .get(..2)
            .and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = digits
            .filter(|_| *first == b'%')
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).ok()
}
