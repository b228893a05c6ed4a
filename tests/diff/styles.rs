//! Styles of values that the crate can write in one style only.

use super::{VERSION, bare, deployed, diff};

const PLAIN: &str = "
openapi: 3.1.0
info: { title: Boxes, version: '1' }
paths:
  /boxes:
    get:
      operationId: ListBoxes
      parameters:
      - { name: f, in: query, schema: { type: object, properties: { m: { type: object, additionalProperties: { type: string } } } } }
      responses:
        '204': { description: Listed. }
";

#[test]
fn a_map_in_another_style_has_no_new_type() {
    let deep = PLAIN.replace("in: query, schema", "in: query, style: deepObject, schema");
    let (plain, deep) = (bare(PLAIN), bare(&deep));
    for (old, new, cost) in [(&plain, &deep, "fine"), (&deep, &plain, "broken")] {
        let due = [("request-style-changed".to_owned(), cost)];
        let text = diff(old, new).text(VERSION);
        assert_eq!(deployed(old, new), due, "{text}");
    }
}
