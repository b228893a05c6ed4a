//! Values that are recognized under another name.

use super::{VERSION, bare, deployed, diff, operations};

fn told(old: &str, new: &str) -> Vec<(String, String)> {
    let report = diff(&bare(old), &bare(new));
    println!("{}", report.text(VERSION));
    let changes = report.changes.into_iter();
    changes.map(|change| (change.rule, change.path)).collect()
}

/// A document with these operations and components.
fn with_schemas(all: &str, schemas: &str) -> String {
    format!("{}components:\n  schemas:{schemas}", operations(all))
}

/// A document with an operation that returns the component `Note`.
fn get_note(schemas: &str) -> String {
    const OPERATION: &str = "get: { operationId: GetNote, responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } } } }";
    with_schemas(OPERATION, schemas)
}

#[test]
fn of_types_that_are_the_same_the_first_of_the_document_is_the_first() {
    let of = |verbs: [&str; 2], names: [&str; 2]| {
        let operations = verbs.iter().zip(names).map(|(verb, name)| {
            format!(
                "{verb}: {{ operationId: {verb}Notes, responses: {{ 200: {{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{name}' }} }} }} }} }} }}"
            )
        });
        let operations: Vec<String> = operations.collect();
        let schemas = names
            .map(|name| format!("\n    {name}: {{ properties: {{ id: {{ type: string }} }} }}"));
        with_schemas(&operations.join(", "), &schemas.concat())
    };
    let report = diff(
        &bare(&of(["get", "post"], ["Zebra", "Ant"])),
        &bare(&of(["put", "patch"], ["Bee", "Yak"])),
    );
    let renamed = report.changes.iter();
    let renamed = renamed.filter(|change| change.rule == "rust-type-renamed");
    let told: Vec<&str> = renamed.map(|change| change.happened.as_str()).collect();
    let due = [
        "`types::Ant` is now called `types::Yak` and is otherwise the same.",
        "`types::Zebra` is now called `types::Bee` and is otherwise the same.",
    ];
    assert_eq!(told, due, "{}", report.text(VERSION));
    // The changelog has each name.
    let changelog = report.changelog(VERSION);
    assert!(
        due.iter().all(|line| changelog.contains(line)),
        "{changelog}"
    );
}

#[test]
fn a_type_is_renamed_though_another_has_a_longer_name() {
    const SCHEMAS: &str = "
    Note: { properties: { body: { $ref: '#/components/schemas/NoteBody' } } }
    NoteBody: { properties: { text: { type: string } } }
";
    let before = get_note(SCHEMAS);
    let after = before
        .replace("/schemas/Note'", "/schemas/Memo'")
        .replace("    Note:", "    Memo:");
    assert_eq!(
        told(&before, &after),
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
    const SCHEMAS: &str = "
    Note: { required: [subject, id], properties: { subject: { type: [string, 'null'] }, id: { type: string } } }
";
    // Published versions decode the property as `None`, as without the property.
    let before = get_note(SCHEMAS);
    let after = before.replace("subject", "title");
    assert_eq!(
        deployed(&bare(&before), &bare(&after)),
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
fn a_field_of_a_type_that_was_there_keeps_its_name() {
    const OPERATIONS: &str = "get: { operationId: GetNote, responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } } } }, put: { operationId: PutNote, responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/Memo' } } } } } }";
    const SCHEMAS: &str = "
    Note: { properties: { id: { type: integer }, text: { type: string } } }
    Memo: { properties: { id: { type: integer }, words: { type: string } } }
";
    let before = with_schemas(OPERATIONS, SCHEMAS);
    let after = before.replace("/schemas/Memo'", "/schemas/Note'");
    let report = diff(&bare(&before), &bare(&after));
    let mut changes = report.changes.iter();
    let renamed = changes.find(|change| change.rule == "response-field-renamed");
    let renamed = renamed.expect("the property has another name");
    assert_eq!(renamed.repair, None, "{}", report.text(VERSION));
}

#[test]
fn a_type_that_was_there_does_not_get_the_name_of_one_that_is_gone() {
    const OPERATION: &str = "post: { operationId: SendNote, requestBody: { content: { application/json: { schema: { properties: { from: { $ref: '#/components/schemas/Sender' }, to: { $ref: '#/components/schemas/Address' } } } } } }, responses: { 204: {} } }";
    const SCHEMAS: &str = "
    Sender: { properties: { city: { type: string }, phone: { type: string } } }
    Address: { properties: { city: { type: string } } }
";
    let before = with_schemas(OPERATION, SCHEMAS);
    let after = before.replace("/schemas/Sender'", "/schemas/Address'");
    let report = diff(&bare(&before), &bare(&after));
    let mut changes = report.changes.iter();
    let gone = changes.find(|change| change.path == "types::Sender");
    let gone = gone.expect("the type is gone");
    assert_eq!(
        gone.sentence(),
        "It is gone. `types::Address` takes its place."
    );
    assert_eq!(gone.repair, None);
}
