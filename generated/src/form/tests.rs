//! How forms are written.

use std::collections::BTreeMap;

use super::*;

fn multipart(form: &Form) -> String {
    let (_, body) = form.multipart().unwrap();
    String::from_utf8(body.to_vec()).unwrap()
}

#[test]
fn parts_are_written_in_order() {
    let form = Form::new()
        .field("to", "a")
        .field("to", "b")
        .fields("skipped", None::<u32>)
        .json("options", BTreeMap::from([("pages", 2)]))
        .file(
            "file",
            FilePart::new("a.png", &b"PNG"[..]).content_type("image/png"),
        );
    let (content_type, _) = form.multipart().unwrap();
    assert_eq!(
        content_type,
        "multipart/form-data; boundary=form-part-0000000000000000"
    );
    let expected = "--form-part-0000000000000000\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\na\r\n\
        --form-part-0000000000000000\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\nb\r\n\
        --form-part-0000000000000000\r\nContent-Disposition: form-data; name=\"options\"\r\n\
        Content-Type: application/json\r\n\r\n{\"pages\":2}\r\n\
        --form-part-0000000000000000\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\
        Content-Type: image/png\r\n\r\nPNG\r\n--form-part-0000000000000000--\r\n";
    assert_eq!(multipart(&form), expected);
}

#[test]
fn a_part_that_contains_the_boundary_gets_another() {
    let form = Form::new().field("text", "--form-part-0000000000000000");
    let (content_type, _) = form.multipart().unwrap();
    assert!(content_type.ends_with("form-part-0000000000000001"));
}

#[test]
fn a_file_that_lists_all_boundaries_is_searched_once() {
    let listed: Vec<String> = (0..20_000)
        .map(|number| format!("form-part-{number:016}"))
        .collect();
    let form = Form::new().field("text", listed.concat());
    let started = std::time::Instant::now();
    let (content_type, _) = form.multipart().unwrap();
    assert!(content_type.ends_with("form-part-0000000000020000"));
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}

#[test]
fn a_content_type_is_sent_as_given_or_not_at_all() {
    let form = |content_type: &str| {
        Form::new().file("f", FilePart::new("a", "").content_type(content_type))
    };
    let quoted = "text/plain; charset=\"utf-8\"";
    let body = multipart(&form(quoted));
    assert!(
        body.contains(&format!("\r\nContent-Type: {quoted}\r\n")),
        "{body}"
    );
    for content_type in ["text/plain\r\nX: y", "text/é"] {
        let error = form(content_type).multipart().unwrap_err();
        assert!(error.to_string().starts_with("the content type"), "{error}");
    }
}

#[test]
fn a_name_cannot_end_its_header() {
    let file = FilePart::new("a\"\r\nX: y", "").content_type("text/plain");
    let body = multipart(&Form::new().file("f\"", file));
    assert!(
        body.contains("name=\"f%22\"; filename=\"a%22%0D%0AX: y\"\r\nContent-Type: text/plain\r\n")
    );
}

#[test]
fn a_url_encoded_form_reads_like_a_query() {
    let form = Form::new()
        .field("To", "+13125550001")
        .fields("Event", ["a b", "c&d=é"])
        .json("list", [1, 2]);
    assert_eq!(
        form.urlencoded().unwrap(),
        "To=%2B13125550001&Event=a%20b&Event=c%26d%3D%C3%A9&list=%5B1%2C2%5D"
    );
}

#[test]
fn a_file_in_a_url_encoded_form_is_refused() {
    let form = Form::new().file("file", FilePart::new("a", ""));
    form.urlencoded().unwrap_err();
}

#[test]
fn what_cannot_be_json_is_refused() {
    let form = Form::new().json("map", BTreeMap::from([((1, 2), 3)]));
    form.multipart().unwrap_err();
    form.urlencoded().unwrap_err();
}

#[test]
fn an_empty_list_in_one_field_is_not_sent() {
    let form = Form::new()
        .joined("none", None::<[&str; 1]>)
        .joined("empty", Some([""; 0]))
        .joined("blank", Some([""]));
    assert_eq!(form.urlencoded().unwrap(), "blank=");
}
