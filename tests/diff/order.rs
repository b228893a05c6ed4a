//! Orders that have a meaning, in documents without names from `sdk.yaml`.

use super::{VERSION, bare, diff};

const BODY: &str = "
openapi: 3.1.0
info: { title: Boxes, version: '1' }
paths:
  /boxes:
    post:
      operationId: FillBox
      tags: [boxes, lids]
      requestBody:
        content:
          application/json:
            schema: { type: object, required: [front, back], properties: { front: { type: string }, back: { type: string } } }
      responses:
        '204': { description: Filled. }
";

#[test]
fn arguments_of_one_type_that_change_places_have_a_new_meaning() {
    let swapped = BODY.replace("[front, back]", "[back, front]");
    let report = diff(&bare(BODY), &bare(&swapped));
    let rules: Vec<&str> = report
        .changes
        .iter()
        .map(|change| change.rule.as_str())
        .collect();
    assert_eq!(rules, ["rust-item-redirected"], "{}", report.text(VERSION));
    assert!(!report.meaning.is_empty());
}

#[test]
fn arguments_of_two_types_that_change_places_break_code() {
    let old = BODY.replace("back: { type: string }", "back: { type: integer }");
    let new = old.replace("[front, back]", "[back, front]");
    let report = diff(&bare(&old), &bare(&new));
    assert_eq!(report.upgrade.word(), "major", "{}", report.text(VERSION));
}

#[test]
fn an_operation_with_another_first_tag_has_another_place() {
    let new = BODY.replace("[boxes, lids]", "[lids, boxes]");
    let report = diff(&bare(BODY), &bare(&new));
    assert_eq!(report.upgrade.word(), "major", "{}", report.text(VERSION));
}
