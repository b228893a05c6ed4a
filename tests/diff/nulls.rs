//! Where a published crate sends null.

use super::{bare, deployed};

#[test]
fn a_body_with_other_properties_of_any_json_can_send_null() {
    const BODY: &str = "
openapi: 3.1.0
info: { title: Boxes, version: '1' }
paths:
  /boxes:
    post:
      operationId: FillBox
      tags: [boxes]
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { note: { type: [string, 'null'] } }, additionalProperties: {} }
      responses:
        '204': { description: Filled. }
";
    let never = BODY.replace("[string, 'null']", "string");
    let rule = "request-field-no-longer-nullable".to_owned();
    let due = [(rule, "broken")];
    assert_eq!(deployed(&bare(BODY), &bare(&never)), due);
}
