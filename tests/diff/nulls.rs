//! Where a published crate sends null.

use super::{bare, deployed, operations};

#[test]
fn a_body_with_other_properties_of_any_json_can_send_null() {
    let body = operations(
        "post: { operationId: SendNote, requestBody: { content: { application/json: { schema: { type: object, properties: { text: { type: [string, 'null'] } }, additionalProperties: {} } } } }, responses: { 204: {} } }",
    );
    let never = body.replace("[string, 'null']", "string");
    let rule = "request-field-no-longer-nullable".to_owned();
    let due = [(rule, "broken")];
    assert_eq!(deployed(&bare(&body), &bare(&never)), due);
}
