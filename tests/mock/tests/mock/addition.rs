//! An operation that is added to the spec is answered without a line by hand.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use telnyx_codegen::{Input, Source};
use telnyx_messaging::{Client, Error};
use telnyx_messaging_mock::Mock;

/// What is added below `paths`.
const OPERATION: &str = "
  /campaigns/{campaign_id}/steps:
    post:
      operationId: CreateCampaignStep
      tags: [Messages]
      parameters:
        - name: campaign_id
          in: path
          required: true
          schema: { type: string }
        - name: dry
          in: query
          schema: { type: boolean }
        - name: sizes
          in: query
          schema: { type: array, items: { type: integer } }
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [audience]
              properties:
                audience:
                  type: object
                  required: [name]
                  properties:
                    name: { type: string, maxLength: 8 }
                    kinds: { type: array, items: { type: string, enum: [new, old] } }
                size: { type: integer, minimum: 1 }
      responses:
        '201':
          description: The step.
          content:
            application/json:
              schema:
                type: object
                properties:
                  data:
                    type: object
                    required: [id]
                    properties:
                      id: { type: string, format: uuid }
                      campaign_id: { type: string }
                      audience:
                        type: object
                        properties:
                          name: { type: string }
                          kinds: { type: array, items: { type: string } }
";

/// A mock of a copy of the spec with the operation in it.
async fn mock() -> Mock {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect("the spec is there");
    let document = read("openapi.yaml").replacen("\npaths:\n", &format!("\npaths:{OPERATION}"), 1);
    let source = |name: &str, text: String| Source {
        name: name.to_owned(),
        bytes: text.into_bytes(),
    };
    let input = Input {
        document: source("openapi.yaml", document),
        overlay: Some(source("overlay.yaml", read("overlay.yaml"))),
        config: None,
    };
    let merged = telnyx_codegen::merge(&input).expect("no mistake");
    let mock = Mock::builder().spec(merged.tree.to_json()).start();
    mock.await.expect("started")
}

async fn post(client: &Client, body: &Value) -> telnyx_messaging::Result<Value> {
    let request = client.post("/campaigns/c-1/steps");
    request
        .json(body)
        .await
        .map(|json| serde_json::to_value(json).expect("JSON"))
}

#[tokio::test]
async fn an_added_operation_responds_with_what_was_sent() {
    let mock = mock().await;
    let body = json!({ "audience": { "name": "all", "kinds": ["old"] }, "size": 2 });
    let step = post(&mock.client().expect("a client"), &body)
        .await
        .expect("answered");
    assert_eq!(step["data"]["campaign_id"], "c-1");
    assert_eq!(step["data"]["audience"], body["audience"]);
}

#[tokio::test]
async fn an_added_operation_refuses_what_is_not_valid() {
    let mock = mock().await;
    let client = mock
        .builder_in_process()
        .max_retries(0)
        .build()
        .expect("a client");
    let cases = [
        (json!({}), "10004", "/audience"),
        (json!({ "audience": {} }), "10004", "/audience/name"),
        (
            json!({ "audience": { "name": 1 } }),
            "10015",
            "/audience/name",
        ),
        (
            json!({ "audience": { "name": "much too long" } }),
            "10015",
            "/audience/name",
        ),
        (
            json!({ "audience": { "name": "all", "kinds": ["old", "odd"] } }),
            "10015",
            "/audience/kinds/1",
        ),
        (
            json!({ "audience": { "name": "all", "kinds": "old" } }),
            "10015",
            "/audience/kinds",
        ),
        (
            json!({ "audience": { "name": "all" }, "size": 0 }),
            "10015",
            "/size",
        ),
        (
            json!({ "audience": { "name": "all" }, "sise": 1 }),
            "10015",
            "/sise",
        ),
        (json!({ "audience": null }), "10015", "/audience"),
    ];
    for (body, code, pointer) in cases {
        let error = post(&client, &body).await.expect_err("refused");
        let Error::Api(error) = error else {
            panic!("{body}: {error}");
        };
        let details = error.errors();
        assert_eq!(details.len(), 1, "{body}: {error}");
        assert_eq!(
            details[0].code.as_ref().map(|code| code.as_str()),
            Some(code),
            "{body}"
        );
        assert_eq!(details[0].pointer.as_deref(), Some(pointer), "{body}");
    }
}

#[tokio::test]
async fn each_value_of_a_repeated_parameter_counts() {
    let mock = mock().await;
    let client = mock.client().expect("a client");
    let body = json!({ "audience": { "name": "all" } });
    let step = async |sizes: &[&str]| {
        let mut request = client.post("/campaigns/c-1/steps").json(&body);
        for size in sizes {
            request = request.query("sizes", size);
        }
        request.await.map(|_| ())
    };
    step(&["1", "2"]).await.expect("two numbers");
    step(&["1,2"]).await.expect("two numbers");
    let error = step(&["one", "2"]).await.expect_err("one is no number");
    assert!(error.to_string().contains("10015"), "{error}");
}

#[tokio::test]
async fn a_schema_that_holds_itself_ends_no_process() {
    let itself = json!({ "$ref": "#/components/schemas/A" });
    for schema in [
        json!({ "allOf": [itself], "properties": { "name": { "type": "string" } } }),
        json!({ "oneOf": [itself, itself] }),
        json!({ "anyOf": [{ "type": "array", "items": itself }, itself] }),
        json!({ "properties": { "a": { "oneOf": [itself, { "type": "null" }] } } }),
        itself.clone(),
    ] {
        let content = json!({ "application/json": { "schema": itself } });
        let document = json!({
            "paths": { "/a": { "post": {
                "operationId": "MakeA",
                "requestBody": { "content": content },
                "responses": { "200": { "description": "It.", "content": content } },
            } } },
            "components": { "schemas": { "A": schema } },
        });
        let mock = Mock::builder().spec(document.to_string()).start();
        let mock = mock.await.expect("started");
        for body in [
            json!({ "name": "x" }),
            json!({ "a": { "a": null } }),
            json!([[]]),
            json!(1),
        ] {
            let (status, _) = crate::raw::post(&mock, "/v2/a", &body).await;
            assert!(matches!(status, 200 | 400), "{schema} {body}: {status}");
        }
    }
}

/// As a published document describes a `$ref`: by an `allOf` around it.
#[tokio::test]
async fn what_stands_in_an_all_of_counts() {
    let schema = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let all_of = |name: &str| json!({ "allOf": [schema(name)], "description": "It." });
    let content = json!({ "application/json": { "schema": schema("Body") } });
    let document = json!({
        "paths": { "/a": { "post": {
            "operationId": "MakeA",
            "parameters": [{ "name": "sizes", "in": "query", "schema": all_of("Sizes") }],
            "requestBody": { "content": content },
            "responses": { "200": { "description": "It.", "content": content } },
        } } },
        "components": { "schemas": {
            "Body": { "type": "object", "required": ["kind"], "properties": {
                "kind": all_of("Kind"),
                "object": all_of("Object"),
                "sizes": all_of("Sizes"),
                "union": all_of("Union"),
                "none": { "allOf": [schema("Kind")], "nullable": true },
                "nothing": all_of("Nothing"),
            } },
            "Kind": { "type": "string", "enum": ["big", "small"] },
            "Object": {
                "type": "object",
                "properties": { "name": { "type": "string" } },
                "additionalProperties": { "type": "integer" },
            },
            "Sizes": { "type": "array", "maxItems": 2, "items": { "type": "integer", "minimum": 1 } },
            "Union": { "oneOf": [{ "type": "integer" }, schema("Object")] },
            "Nothing": { "type": ["string", "null"] },
        } },
    });
    let mock = Mock::builder().spec(document.to_string()).start();
    let mock = mock.await.expect("started");
    for (name, value, place) in [
        ("kind", json!("odd"), Some("/kind")),
        ("kind", json!(null), Some("/kind")),
        ("object", json!(5), Some("/object")),
        ("object", json!({ "name": 1 }), Some("/object/name")),
        (
            "object",
            json!({ "name": "x", "more": "x" }),
            Some("/object/more"),
        ),
        ("object", json!({ "name": "x", "more": 1 }), None),
        ("sizes", json!(1), Some("/sizes")),
        ("sizes", json!([1, 2, 3]), Some("/sizes")),
        ("sizes", json!([1, 0]), Some("/sizes/1")),
        ("sizes", json!([1, 2]), None),
        ("union", json!("x"), Some("/union")),
        ("union", json!({ "name": 1 }), Some("/union")),
        ("union", json!({ "name": "x" }), None),
        ("union", json!(1), None),
        ("none", json!(null), None),
        ("none", json!("big"), None),
        ("none", json!("odd"), Some("/none")),
        ("nothing", json!(null), None),
        ("nothing", json!(1), Some("/nothing")),
    ] {
        let mut body = json!({ "kind": "small" });
        body[name] = value;
        let (status, answer) = crate::raw::post(&mock, "/v2/a", &body).await;
        assert_eq!(status == 200, place.is_none(), "{body}: {answer}");
        if let Some(place) = place {
            assert_eq!(
                answer["errors"][0]["source"]["pointer"], place,
                "{body}: {answer}"
            );
        }
    }
    let body = json!({ "kind": "small" });
    for (sizes, is_valid) in [("1,2", true), ("1,2,3", false), ("one", false)] {
        let path = format!("/v2/a?sizes={sizes}");
        let (status, answer) = crate::raw::post(&mock, &path, &body).await;
        assert_eq!(status == 200, is_valid, "{sizes}: {answer}");
    }
    let (_, answer) = crate::raw::post(&mock, "/v2/a", &body).await;
    assert_eq!(answer["sizes"], json!([1]), "{answer}");
    assert_eq!(answer["none"], "big", "{answer}");
}
