//! Styles of values that the crate can write in one style only.

use telnyx_codegen::Input;

use super::{VERSION, bare, deployed, diff, operations};

#[test]
fn a_map_in_another_style_has_no_new_type() {
    let plain = operations(
        "get: { operationId: ListNotes, parameters: [{ name: f, in: query, schema: { type: object, properties: { m: { type: object, additionalProperties: { type: string } } } } }], responses: { 204: {} } }",
    );
    let deep = plain.replace("in: query, schema", "in: query, style: deepObject, schema");
    let (plain, deep) = (bare(&plain), bare(&deep));
    for (old, new, cost) in [(&plain, &deep, "fine"), (&deep, &plain, "broken")] {
        let due = [("request-style-changed".to_owned(), cost)];
        let text = diff(old, new).text(VERSION);
        assert_eq!(deployed(old, new), due, "{text}");
    }
}

/// The changes of requests, without the types that come or go with them.
fn of_requests(old: &Input, new: &Input) -> Vec<(String, &'static str)> {
    let mut told = deployed(old, new);
    told.retain(|(rule, _)| rule.starts_with("request-"));
    told
}

#[test]
fn a_part_of_a_form_that_becomes_several_is_one_change() {
    let form = |encoding: &str| {
        bare(&operations(&format!(
            "post: {{ operationId: SendNote, requestBody: {{ content: {{ multipart/form-data: {{ schema: {{ properties: {{ size: {{ properties: {{ wide: {{ type: string }}, deep: {{ type: string }} }} }} }} }}, encoding: {{ size: {encoding} }} }} }} }}, responses: {{ 204: {{}} }} }}"
        )))
    };
    let one = form("{ contentType: application/json }");
    let several = form("{ style: deepObject, explode: true }");
    let due = [("request-part-changed".to_owned(), "broken")];
    for (old, new) in [(&one, &several), (&several, &one)] {
        let told = of_requests(old, new);
        assert_eq!(told, due, "{}", diff(old, new).text(VERSION));
    }
}

#[test]
fn a_header_that_no_longer_holds_an_object_as_json_is_one_change() {
    let header = |value: &str| {
        bare(&operations(&format!(
            "get: {{ operationId: ListNotes, parameters: [{{ name: X-Size, in: header, {value} }}], responses: {{ 204: {{}} }} }}"
        )))
    };
    const OBJECT: &str = "{ properties: { wide: { type: string }, deep: { type: string } } }";
    let plain = header(&format!("schema: {OBJECT}"));
    let json = header(&format!(
        "content: {{ application/json: {{ schema: {OBJECT} }} }}"
    ));
    // The crate cannot write an object as plain text.
    for (old, new, cost) in [(&plain, &json, "fine"), (&json, &plain, "broken")] {
        let due = [("request-style-changed".to_owned(), cost)];
        let told = of_requests(old, new);
        assert_eq!(told, due, "{}", diff(old, new).text(VERSION));
    }
}

#[test]
fn a_property_whose_name_starts_like_the_object_is_sent_under_its_own_name() {
    let call = |value: &str| {
        let value = value.replace(
            "OBJECT",
            "{ type: object, properties: { area_wide: { type: string }, area_deep: { type: string } } }",
        );
        bare(&operations(&format!(
            "get: {{ operationId: ListNotes, parameters: [{{ name: area, in: query, {value} }}], responses: {{ 204: {{}} }} }}"
        )))
    };
    let json = call("content: { application/json: { schema: OBJECT } }");
    for (style, was) in [
        ("schema: OBJECT", "`key=value`"),
        ("style: deepObject, schema: OBJECT", "`area[key]=value`"),
    ] {
        let text = diff(&call(style), &json).text(VERSION);
        let due =
            format!("`area` was sent as {was} and is now sent as `area={{\"key\":\"value\"}}`.");
        assert!(text.contains(&due), "{text}");
    }
}

#[test]
fn a_value_that_a_map_can_hold_is_still_read() {
    let call = |parameter: &str| {
        bare(&operations(&format!(
            "get: {{ operationId: ListNotes, parameters: [{{ in: query, {parameter} }}], responses: {{ 204: {{}} }} }}"
        )))
    };
    let map = |values: &str| {
        call(&format!(
            "name: size, style: deepObject, schema: {{ type: object, additionalProperties: {{ type: {values} }} }}"
        ))
    };
    let one = call("name: 'size[wide]', schema: { type: integer }");
    for (values, cost) in [("integer", "fine"), ("boolean", "broken")] {
        let report = diff(&one, &map(values));
        let due = (cost, &Vec::new());
        let text = report.text(VERSION);
        assert_eq!((report.deployed.word(), &report.meaning), due, "{text}");
    }
}

#[test]
fn an_object_in_another_style_may_have_other_changes() {
    let call = |value: &str| {
        bare(&operations(&format!(
            "get: {{ operationId: ListNotes, parameters: [{{ name: range, in: query, {value} }}], responses: {{ 204: {{}} }} }}"
        )))
    };
    let deep = call(
        "style: deepObject, schema: { type: object, required: [from], properties: { from: { type: string }, since: { type: string, default: x }, until: { type: boolean } } }",
    );
    let same = call(
        "content: { application/json: { schema: { type: object, required: [from], properties: { from: { type: string }, since: { type: string, default: x }, until: { type: boolean } } } } }",
    );
    let due = [("request-style-changed".to_owned(), "broken")];
    for (old, new) in [(&deep, &same), (&same, &deep)] {
        let told = of_requests(old, new);
        assert_eq!(told, due, "{}", diff(old, new).text(VERSION));
    }
    let other = call(
        "content: { application/json: { schema: { type: object, required: [from, zone], properties: { from: { type: string }, since: { type: string }, zone: { type: string } } } } }",
    );
    let due = [
        "request-style-changed",
        "request-field-removed",
        "request-default-changed",
        "request-required-field-added",
    ];
    let mut told = of_requests(&deep, &other);
    told.sort_by_key(|(rule, _)| due.iter().position(|due| due == rule));
    let told: Vec<&str> = told.iter().map(|(rule, _)| rule.as_str()).collect();
    assert_eq!(told, due, "{}", diff(&deep, &other).text(VERSION));
}
