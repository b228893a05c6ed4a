//! JSON pointers (RFC 6901), as in a `$ref` and in the path to the kind of an event.

/// The reference to a component: `#/components/schemas/Note`.
#[must_use]
pub fn to_component(section: &str, name: &str) -> String {
    format!("#/components/{section}/{}", escaped(name))
}

/// The name of a reference's target: the last step.
#[must_use]
pub fn last_name(reference: &str) -> String {
    steps(reference).last().unwrap_or_default()
}

/// The steps of a fragment after `#/`. A `$ref` may also be percent-encoded.
pub fn steps(fragment: &str) -> impl Iterator<Item = String> {
    fragment.split('/').map(|step| {
        let step = percent_decoded(step).unwrap_or_else(|| step.to_owned());
        step.replace("~1", "/").replace("~0", "~")
    })
}

/// A name as a step of a pointer.
pub(crate) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The text with `%20` and similar sequences decoded; `None` if the result is not text.
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

/// The names of properties on a path into a body, as `sdk.yaml` writes it: `data.payload`. If a name has a dot, the path is a
/// pointer: `/data/event.type`.
pub(crate) fn names(path: &str) -> Vec<String> {
    match path.strip_prefix('/') {
        Some(fragment) => steps(fragment).collect(),
        None => path.split('.').map(str::to_owned).collect(),
    }
}

/// Names of properties as a path for `sdk.yaml`.
pub(crate) fn path(names: &[String]) -> String {
    let is_pointer = names.iter().any(|name| name.contains('.'))
        || names.iter().any(|name| name.starts_with('/'));
    match is_pointer {
        true => pointer(names),
        false => names.join("."),
    }
}

/// Names of properties as a JSON pointer.
pub(crate) fn pointer(names: &[String]) -> String {
    names
        .iter()
        .map(|name| format!("/{}", escaped(name)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_a_dot_or_a_slash_keeps_its_place() {
        for (written, due) in [
            ("data.event_type", "/data/event_type"),
            ("data.event/type", "/data/event~1type"),
            ("/data/event.type", "/data/event.type"),
            ("/data/~1event~0", "/data/~1event~0"),
        ] {
            let names = names(written);
            assert_eq!(path(&names), written);
            assert_eq!(pointer(&names), due);
        }
    }

    #[test]
    fn a_step_may_be_percent_encoded() {
        let steps: Vec<String> = steps("paths/~1a~1%7Bid%7D/50%").collect();
        assert_eq!(steps, ["paths", "/a/{id}", "50%"]);
    }
}
