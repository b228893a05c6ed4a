//! Values that are recognized under another name.

use super::{VERSION, bare, deployed, diff};

fn told(old: &str, new: &str) -> Vec<(String, String)> {
    let report = diff(&bare(old), &bare(new));
    println!("{}", report.text(VERSION));
    let changes = report.changes.into_iter();
    changes.map(|change| (change.rule, change.path)).collect()
}

#[test]
fn a_type_is_renamed_though_another_has_a_longer_name() {
    const BEFORE: &str = "
openapi: 3.1.0
paths: { /notes: { get: { operationId: GetNote, responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } } } } } }
components:
  schemas:
    Note: { properties: { body: { $ref: '#/components/schemas/NoteBody' } } }
    NoteBody: { properties: { text: { type: string } } }
";
    let after = BEFORE
        .replace("/schemas/Note'", "/schemas/Memo'")
        .replace("    Note:", "    Memo:");
    assert_eq!(
        told(BEFORE, &after),
        [("rust-type-renamed".to_owned(), "types::Note".to_owned())]
    );
}

#[test]
fn two_operations_of_one_path_are_not_taken_for_the_same_new_one() {
    const BEFORE: &str = "
openapi: 3.1.0
paths:
  '/notes#text': { post: { operationId: SendText, requestBody: { content: { application/json: { schema: { properties: { text: { type: string } } } } } }, responses: { 204: {} } } }
  '/notes#image': { post: { operationId: SendImage, requestBody: { content: { application/json: { schema: { properties: { image: { type: string } } } } } }, responses: { 204: {} } } }
";
    let after = BEFORE
        .replace("SendText", "PostText")
        .replace("SendImage", "PostImage");
    let rules: Vec<String> = told(BEFORE, &after)
        .into_iter()
        .map(|(rule, _)| rule)
        .collect();
    assert_eq!(rules, ["operation-renamed", "operation-renamed"]);
}

#[test]
fn a_required_value_that_may_be_null_is_renamed_without_a_loss() {
    const BEFORE: &str = "
openapi: 3.1.0
paths: { /notes: { get: { operationId: GetNote, responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } } } } } }
components:
  schemas:
    Note: { required: [subject, id], properties: { subject: { type: [string, 'null'] }, id: { type: string } } }
";
    // Published versions decode the property as `None`, as without the property.
    let after = BEFORE.replace("subject", "title");
    assert_eq!(
        deployed(&bare(BEFORE), &bare(&after)),
        [("response-field-renamed".to_owned(), "fine")]
    );
}

#[test]
fn a_variable_at_another_place_of_the_path_is_sent_there_by_published_versions() {
    const BEFORE: &str = "
openapi: 3.1.0
paths: { '/lists/{list}/notes/{note}': { get: { operationId: GetNote, parameters: [{ name: list, in: path, required: true, schema: { type: string } }, { name: note, in: path, required: true, schema: { type: string } }], responses: { 204: {} } } } }
";
    let told = |after: String| deployed(&bare(BEFORE), &bare(&after));
    let exchanged = BEFORE.replace("{list}/notes/{note}", "{note}/notes/{list}");
    // The arguments of the method also change places.
    assert_eq!(
        told(exchanged),
        [
            ("operation-moved".to_owned(), "broken"),
            ("rust-item-redirected".to_owned(), "fine")
        ]
    );
    // Requests do not contain the name of a variable.
    let renamed = BEFORE
        .replace("{list}", "{shelf}")
        .replace("name: list", "name: shelf");
    let rules: Vec<_> = told(renamed).into_iter().map(|(rule, _)| rule).collect();
    assert!(!rules.contains(&"operation-moved".to_owned()), "{rules:?}");
}

#[test]
fn a_type_that_was_there_does_not_get_the_name_of_one_that_is_gone() {
    const BEFORE: &str = "
openapi: 3.1.0
paths: { /notes: { post: { operationId: SendNote, requestBody: { content: { application/json: { schema: { properties: { from: { $ref: '#/components/schemas/Sender' }, to: { $ref: '#/components/schemas/Address' } } } } } }, responses: { 204: {} } } } }
components:
  schemas:
    Sender: { properties: { city: { type: string }, phone: { type: string } } }
    Address: { properties: { city: { type: string } } }
";
    let after = BEFORE.replace("/schemas/Sender'", "/schemas/Address'");
    let report = diff(&bare(BEFORE), &bare(&after));
    let mut changes = report.changes.iter();
    let gone = changes.find(|change| change.path == "types::Sender");
    let gone = gone.expect("the type is gone");
    assert_eq!(
        gone.sentence(),
        "It is gone. `types::Address` takes its place."
    );
    assert_eq!(gone.repair, None);
}
