use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{DEEPEST, Mistake, Reason, Step, read};

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only its form matters")]
struct Body {
    data: Data,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only its form matters")]
struct Data {
    id: String,
    #[serde(default)]
    to: Vec<To>,
    #[serde(default)]
    parts: u32,
}

#[derive(Debug, Deserialize)]
struct To {
    status: String,
}

fn mistake<T: DeserializeOwned + std::fmt::Debug>(json: &str) -> Mistake {
    read::<T>(json.as_bytes()).unwrap_err()
}

fn path(json: &str) -> String {
    mistake::<Body>(json).path()
}

#[test]
fn a_wrong_type_is_found() {
    assert_eq!(path(r#"{"data":{"id":7}}"#), "$.data.id");
    assert_eq!(path(r#"{"data":{"id":"a","parts":"x"}}"#), "$.data.parts");
    assert_eq!(
        path(r#"{"data":{"id":"a","parts":null,"to":[]}}"#),
        "$.data.parts"
    );
    assert_eq!(path(r#"{"data":[]}"#), "$.data");
    assert_eq!(path("7"), "$");
}

#[test]
fn an_element_of_a_list_is_found() {
    let body = r#"{"data":{"id":"a","to":[{"status":"x"},{"status":true}]}}"#;
    let mistake = mistake::<Body>(body);
    assert_eq!(mistake.path(), "$.data.to[1].status");
    assert_eq!(*mistake.reason(), Reason::Expected("a string".to_owned()));
    let steps = [
        Step::Field("data", &["data"]),
        Step::Field("to", &["id", "to", "parts"]),
        Step::Item(1),
        Step::Field("status", &["status"]),
    ];
    assert_eq!(mistake.steps(), steps);
}

#[test]
fn a_missing_field_is_found_at_its_object() {
    assert_eq!(path(r#"{"data":{"parts":1}}"#), "$.data");
    assert_eq!(path(r#"{"data":{"id":"a","to":[{}]}}"#), "$.data.to[0]");
    assert_eq!(path("{}"), "$");
    assert_eq!(*mistake::<Body>("{}").reason(), Reason::Missing("data"));
}

#[test]
fn a_key_that_comes_twice_is_named() {
    let mistake = mistake::<To>(r#"{"status":"a","status":"b"}"#);
    assert_eq!(*mistake.reason(), Reason::Duplicate("status"));
}

#[test]
fn brackets_and_escapes_in_text_do_not_count() {
    assert_eq!(path(r#"{"a]}\"[{":"}{\\","data":{"id":7}}"#), "$.data.id");
}

#[test]
fn a_body_that_breaks_off_is_found_where_it_ends() {
    for (body, place) in [
        (r#"{"data":{"id":"a"#, "$.data.id"),
        (r#"{"data":{"id":"a","#, "$.data"),
        (r#"{"data":{"id":"a","to":["#, "$.data.to"),
        ("", "$"),
    ] {
        assert_eq!(*mistake::<Body>(body).reason(), Reason::CutShort, "{body}");
        assert_eq!(path(body), place, "{body}");
    }
}

#[test]
fn broken_json_is_found_by_line_and_column() {
    let mistake = mistake::<Value>("{\r\n  \"a\": 1,\n  b\n}");
    assert_eq!(
        mistake.to_string(),
        "the text is not JSON at line 3 column 3"
    );
}

#[test]
fn a_key_that_no_struct_has_is_not_shown() {
    let mistake = mistake::<HashMap<String, To>>(r#"{"+13125550001\n":{"status":1}}"#);
    assert_eq!(mistake.path(), "$.*.status");
}

#[test]
fn a_path_is_cut_where_nobody_reads_on() {
    let deep = format!("{}1e400{}", "[".repeat(100), "]".repeat(100));
    assert_eq!(
        mistake::<Value>(&deep).path(),
        format!("${}…", "[0]".repeat(20))
    );
}

#[test]
fn a_body_of_too_many_values_is_refused_and_other_text_is_not() {
    let list = |values: usize| format!("[{}0]", "0,".repeat(values - 1));
    let body = |text: &str| super::read_body::<serde::de::IgnoredAny>(text.as_bytes());
    assert!(body(&list(100_000)).is_ok());
    let mistake = body(&list(100_001)).unwrap_err();
    assert_eq!(*mistake.reason(), Reason::TooMany);
    assert!(super::read_body::<Vec<u8>>(list(100_000).as_bytes()).is_ok());
    assert!(super::read_body::<Vec<u8>>(list(100_001).as_bytes()).is_err());
    assert!(read::<Vec<u8>>(list(100_001).as_bytes()).is_ok());
    let objects = |objects: usize| format!("[{}{{}}]", r#"{"a":1},"#.repeat(objects));
    assert!(super::read_body::<Value>(objects(49_999).as_bytes()).is_ok());
    assert!(super::read_body::<Value>(objects(50_001).as_bytes()).is_err());
}

#[test]
fn a_byte_order_mark_may_stand_before_a_body() {
    assert_eq!(super::read_body(b"\xef\xbb\xbf[1]"), Ok([1_u8]));
    assert!(super::read_body::<[u8; 1]>(b"\xef\xbb\xbf\xef\xbb\xbf[1]").is_err());
}

#[test]
fn no_value_can_pass_for_a_mistake() {
    for value in [
        "call +13125550001 at $ of the object with `y",
        "missing field `secret`, expected secret at line 3 column 5",
        "x`, expected secret at $.secret: secret",
        "\", expected secret",
    ] {
        let body = serde_json::json!({ "data": { "id": "a", "parts": value } });
        let mistake = mistake::<Body>(&body.to_string());
        assert_eq!(mistake.to_string(), "expected u32 at $.data.parts");
    }
}

#[test]
fn what_a_type_says_of_a_value_itself_is_not_shown() {
    #[derive(Debug, Deserialize)]
    #[serde(try_from = "String")]
    struct Never;
    impl TryFrom<String> for Never {
        type Error = String;
        fn try_from(text: String) -> Result<Self, String> {
            Err(format!("{text} at $.secret, expected secret"))
        }
    }
    assert_eq!(
        mistake::<[Never; 1]>(r#"["secret"]"#).to_string(),
        "unexpected value at $[0]"
    );
}

#[test]
fn what_a_type_does_not_know_is_not_shown() {
    #[derive(Debug, Deserialize)]
    enum Kind {
        A,
        B,
    }
    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Empty {}
    assert_eq!(
        mistake::<Kind>(r#""secret""#).to_string(),
        "expected `A` or `B`"
    );
    assert_eq!(
        mistake::<Empty>(r#"{"a":"secret"}"#).to_string(),
        "expected nothing at $.*"
    );
    assert!(matches!(read(br#"{"B":null}"#), Ok(Kind::B)));
    assert!(matches!(read(br#""A""#), Ok(Kind::A)));
    assert!(read::<Kind>(br#"{"A":null,"B":null}"#).is_err());
}

#[test]
fn a_list_is_no_struct() {
    assert_eq!(mistake::<To>(r#"["a"]"#).to_string(), "expected an object");
}

#[test]
fn a_tuple_has_all_of_its_list() {
    assert_eq!(read::<(u8, String)>(br#"[1,"a"]"#), Ok((1, "a".to_owned())));
    assert!(read::<(u8, u8)>(b"[1]").is_err());
    assert!(read::<(u8, u8)>(b"[1,2,3]").is_err());
}

#[test]
fn a_number_that_no_type_holds_is_a_mistake() {
    assert_eq!(read::<u64>(b"18446744073709551615"), Ok(u64::MAX));
    assert_eq!(read::<i64>(b"-9223372036854775808"), Ok(i64::MIN));
    assert_eq!(
        read::<f64>(b"18446744073709551616"),
        Ok(18446744073709551616.0)
    );
    assert!(read::<u8>(b"256").is_err());
    assert_eq!(read::<i64>(b"1.0"), Ok(1));
    assert_eq!(read::<u8>(b"2.5e1"), Ok(25));
    assert!(read::<i64>(b"1.5").is_err());
    assert!(read::<u8>(b"256.0").is_err());
    assert!(read::<i64>(b"1e300").is_err());
    assert!(read::<f64>(b"1e400").is_err());
}

#[test]
fn a_key_becomes_what_its_type_asks_for() {
    let numbers: BTreeMap<u8, bool> = read(br#"{"1":true,"20":false}"#).unwrap();
    assert_eq!(numbers, BTreeMap::from([(1, true), (20, false)]));
    assert!(read::<BTreeMap<u8, bool>>(br#"{"1x":true}"#).is_err());
    assert!(read::<BTreeMap<bool, bool>>(br#"{"true":true}"#).unwrap()[&true]);
    assert_eq!(read::<BTreeMap<&str, u8>>(br#"{"a":1}"#).unwrap()["a"], 1);
}

#[test]
fn the_raw_text_of_serde_json_is_given() {
    let raw: BTreeMap<&str, &RawValue> = read(br#"{"a": [1, {"b" : 1.10}] }"#).unwrap();
    assert_eq!(raw["a"].get(), r#"[1, {"b" : 1.10}]"#);
    let owned: Vec<Box<RawValue>> = read(br#"[ "x" ]"#).unwrap();
    assert_eq!(owned[0].get(), r#""x""#);
}

#[test]
fn what_is_read_is_not_too_deep_and_what_is_passed_over_may_be() {
    let nested = |depth: usize| [b"[".repeat(depth), b"]".repeat(depth)].concat();
    assert!(read::<Value>(&nested(DEEPEST)).is_ok());
    assert_eq!(
        *read::<Value>(&nested(DEEPEST + 1)).unwrap_err().reason(),
        Reason::TooDeep
    );
    assert!(read::<serde::de::IgnoredAny>(&nested(100_000)).is_ok());
}

#[test]
fn text_that_is_not_utf8_fails_only_what_reads_it() {
    let body = b"{\"name\":\"D\xe9j\xe0\",\"status\":\"sent\"}";
    assert_eq!(read::<To>(body).unwrap().status, "sent");
    assert!(read::<Value>(body).is_err());
}

#[test]
fn a_string_ends_wherever_its_quote_stands() {
    for length in 0..40 {
        let text = "é\u{7f}~"
            .repeat(20)
            .chars()
            .take(length)
            .collect::<String>();
        let (json, rest) = (format!("[\"{text}\",\"\"]"), String::new());
        assert_eq!(read(json.as_bytes()), Ok((text.clone(), rest)), "{length}");
        for broken in ["\u{1f}", "\u{0}", "\n"] {
            let json = format!("[\"{text}{broken}{text}\"]");
            assert!(read::<[String; 1]>(json.as_bytes()).is_err(), "{length}");
            assert!(super::check(&json).is_err(), "{length}");
        }
    }
}

/// Texts that are JSON, nearly JSON, or none.
const TEXTS: &[&str] = &[
    r#"{"a":[1,-2.5,3e2,true,false,null],"b":{"c":"d\n\u00e9\ud83d\ude00","":{}},"e":[]}"#,
    r#"  [ {"x" : 1.0E-3 , "y":"\"\\\/\b\f\r\t"} , 0 , -0.0 , "é😀" ]  "#,
    r#"{"a":{"a":{"a":[[[[{"b":18446744073709551615}]]]]}},"n":-9223372036854775808}"#,
];

/// Bytes that mean something in JSON, and some that do not.
const BYTES: &[u8] = b"{}[]\",:\\/tfn0123456789+-.eEu \n\t\x00\x1f\x7f\xc3\xa9\xffdDaA";

#[test]
fn every_small_change_of_a_text_is_read_as_serde_json_reads_it() {
    // With its feature `arbitrary_precision`, serde_json keeps numbers as they are written.
    let number: serde_json::Number = serde_json::from_str("1.10").unwrap();
    if number.to_string() == "1.10" {
        return;
    }
    for text in TEXTS {
        for at in 0..text.len() {
            let (before, after) = (&text.as_bytes()[..at], &text.as_bytes()[at..]);
            is_read_alike(before);
            for byte in BYTES {
                is_read_alike(&[before, &[*byte], after].concat());
                is_read_alike(&[before, &[*byte], &after[1..]].concat());
            }
        }
        is_read_alike(text.as_bytes());
    }
}

fn is_read_alike(text: &[u8]) {
    let shown = String::from_utf8_lossy(text);
    match (read::<Value>(text), serde_json::from_slice::<Value>(text)) {
        (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs, "{shown}"),
        (Err(_), Err(_)) => {}
        (ours, theirs) => panic!("{shown}: {ours:?}, {theirs:?}"),
    }
    let ignored = serde_json::from_slice::<serde::de::IgnoredAny>(text);
    let passed = read::<serde::de::IgnoredAny>(text);
    assert_eq!(passed.is_ok(), ignored.is_ok(), "{shown}");
}
