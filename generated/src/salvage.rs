//! Finds a string in a body that may not be valid JSON. The body may break off, have a byte order mark or a byte of another
//! encoding, or continue with other text. `reader::members_so_far` ends at the first mistake, but this search continues behind
//! the mistake.

use crate::lenient::Text;
use crate::reader;

/// The id of the message that a body is about.
pub(crate) fn message_id(body: &[u8]) -> Option<String> {
    text(body, &["data", "id"]).or_else(|| text(body, &["id"]))
}

/// The string or number at the end of a path of members, in the first object of the body. The last of several counts.
///
/// Goes by strings and brackets only, and passes over everything else.
pub(crate) fn text(body: &[u8], path: &[&str]) -> Option<String> {
    let mut found = None;
    let mut at = 0;
    // How many brackets are open, and how many of them are on the path.
    let (mut open, mut on_path) = (0_usize, 0_usize);
    while let Some((start, first)) = next(body, at) {
        at = start + 1;
        match first {
            b'"' => {
                let Some(string) = string(body, start) else {
                    break;
                };
                at = start + string.len();
                let wanted = path.get(on_path).filter(|_| open == on_path + 1);
                let value = wanted.and_then(|name| member(body, start, string, name));
                if let Some(value) = value {
                    if on_path + 1 == path.len() {
                        found = scalar(body, value).or(found);
                    } else if body.get(value) == Some(&b'{') {
                        (open, on_path, at) = (open + 1, on_path + 1, value + 1);
                    }
                }
            }
            b'{' | b'[' => open += 1,
            b'}' | b']' => {
                open = open.saturating_sub(1);
                on_path = on_path.min(open.saturating_sub(1));
                if open == 0 {
                    break;
                }
            }
            _ => {}
        }
    }
    found
}

/// Where the value of the member `name` begins, if `string`, which stands at `start`, is its key.
fn member(body: &[u8], start: usize, string: &[u8], name: &str) -> Option<usize> {
    let (colon, byte) = next(body, start + string.len())?;
    let is_key = byte == b':' && reader::read::<String>(string).is_ok_and(|key| key == name);
    is_key
        .then(|| next(body, colon + 1))?
        .map(|(value, _)| value)
}

/// The next byte that may mean something, and where it stands.
fn next(body: &[u8], from: usize) -> Option<(usize, u8)> {
    let rest = body.get(from..)?;
    let is_meaningless =
        |byte: &&u8| byte.is_ascii_whitespace() || byte.is_ascii_control() || !byte.is_ascii();
    let at = from + rest.iter().take_while(is_meaningless).count();
    Some((at, *body.get(at)?))
}

/// The string that begins here, with its quotes.
fn string(body: &[u8], start: usize) -> Option<&[u8]> {
    let mut at = start + 1;
    loop {
        match body.get(at)? {
            b'"' => return body.get(start..=at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// The string or number that begins here, if all of it is there.
fn scalar(body: &[u8], start: usize) -> Option<String> {
    let json = match body.get(start)? {
        b'"' => string(body, start)?,
        _ => {
            let rest = body.get(start..)?;
            let end = rest.iter().position(|byte| b",}] \t\r\n".contains(byte))?;
            rest.get(..end)?
        }
    };
    reader::read(json).map(|Text(text)| text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = r#"{"meta":{"id":"no"},"data":{"to":[{"id":"no"}],"text":"\"id\":\"no\"","id":"m-1","a":1}}"#;

    #[test]
    fn an_id_is_found_in_what_is_nearly_json() {
        let with = |before: &str, after: &str| format!("{before}{BODY}{after}");
        for body in [
            with("", ""),
            with("\u{feff}", ""),
            with("", "\0"),
            with("", "garbage }"),
            with("", r#"{"data":{"id":"no"}}"#),
        ] {
            assert_eq!(
                message_id(body.as_bytes()).as_deref(),
                Some("m-1"),
                "{body}"
            );
        }
    }

    #[test]
    fn an_id_is_found_if_all_of_it_came_before_the_body_broke_off() {
        let end = BODY.find("m-1").unwrap() + "m-1\"".len();
        for length in 0..BODY.len() {
            let found = message_id(&BODY.as_bytes()[..length]);
            assert_eq!(
                found.as_deref(),
                (length >= end).then_some("m-1"),
                "{length}"
            );
        }
    }

    #[test]
    fn a_byte_of_another_encoding_hides_an_id_only_in_the_way_to_it() {
        let way = [r#""data""#, r#""id":"m-1""#].map(|part| {
            let start = BODY.rfind(part).unwrap();
            start + 1..start + part.len()
        });
        for at in 0..=BODY.len() {
            let (before, after) = BODY.as_bytes().split_at(at);
            let found = message_id(&[before, b"\xe9", after].concat());
            let is_between =
                at == BODY.rfind(r#":"m-1"#).unwrap() || BODY[..at].ends_with("\"id\":");
            if BODY[..at].ends_with('\\') {
                continue; // It would take the escape of the quote.
            }
            let is_in_the_way = way.iter().any(|part| part.contains(&at)) && !is_between;
            assert_eq!(found.as_deref(), (!is_in_the_way).then_some("m-1"), "{at}");
        }
    }

    #[test]
    fn a_number_is_an_id_if_its_end_is_there() {
        assert_eq!(message_id(br#"{"id":12}"#).as_deref(), Some("12"));
        assert_eq!(message_id(br#"{"id":12"#), None);
    }

    #[test]
    fn the_last_of_two_ids_counts() {
        let body = br#"{"data":{"id":"m-1","id":"m-2"}}"#;
        assert_eq!(message_id(body).as_deref(), Some("m-2"));
    }
}
