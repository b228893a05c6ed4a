//! Changes of an operation as a whole.

use telnyx_codegen::Upgrade;

use super::{VERSION, bare, diff, operations, with_config};

const NO_ANSWER: &str = "responses: { 204: {} }";

#[test]
fn a_change_of_the_call_does_not_hide_a_change_of_its_arguments() {
    let call = |name: &str, more: &str, required: &str| {
        const SECURITY: &str = "security: [{ bearer: [] }]
components: { securitySchemes: { bearer: { type: http, scheme: bearer } } }
";
        let operation = operations(&format!(
            "post: {{ operationId: {name}, tags: [notes], {more} requestBody: {{ content: {{ application/json: {{ schema: {{ required: [{required}], properties: {{ from: {{ type: string }}, to: {{ type: string }} }} }} }} }} }}, {NO_ANSWER} }}"
        ));
        bare(&(operation + SECURITY))
    };
    let old = call("SendNote", "", "from, to");
    for (more, rule) in [
        ("security: [],", "authentication-changed"),
        ("deprecated: true,", "operation-deprecated"),
        ("x-idempotent: true,", "retries-changed"),
    ] {
        let report = diff(&old, &call("SendNote", more, "to"));
        let text = report.text(VERSION);
        let cost = |rule: &str| {
            let mut changes = report.changes.iter();
            let found = changes.find(|change| change.rule == rule);
            found.map(|change| change.rust)
        };
        let cost_of_call = cost(rule).expect("the call has changed");
        assert_ne!(cost_of_call, Upgrade::Major, "{text}");
        let optional = cost("request-field-became-optional");
        assert_eq!(optional, Some(Upgrade::Major), "{text}");
        let place = "`from` is now optional: a setter, not an argument.";
        assert!(text.contains(place), "{text}");
    }
}

#[test]
fn a_new_operation_that_says_what_a_retry_does_needs_no_help() {
    let one = "get: { operationId: ListNotes, responses: { 204: {} } }";
    let with = |more: &str| {
        let new = format!("{one}, post: {{ operationId: SendNote, {more} {NO_ANSWER} }}");
        let report = diff(&bare(&operations(one)), &bare(&operations(&new)));
        let mut changes = report.changes.into_iter();
        let added = changes.find(|change| change.rule == "operation-added");
        added.expect("it is new").repair
    };
    assert!(with("").is_some());
    assert_eq!(with("x-idempotent: false,"), None);
}

#[test]
fn a_field_that_one_place_loses_is_not_lost_everywhere() {
    let of = |other: &str| {
        let answer = |verb: &str, name: &str| {
            format!(
                "{verb}: {{ operationId: {verb}Note, responses: {{ 200: {{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{name}' }} }} }} }} }} }}"
            )
        };
        let both = [answer("get", "Note"), answer("put", other)].join(", ");
        let schemas = "components:
  schemas:
    Note: { properties: { id: { type: string }, text: { type: string } } }
    Slim: { properties: { id: { type: string } } }
";
        bare(&(operations(&both) + schemas))
    };
    let report = diff(&of("Note"), &of("Slim"));
    // Code that reads the text of what `put_note` gives does not compile.
    let none: [&str; 0] = [];
    assert_eq!(report.meaning, none, "{}", report.text(VERSION));
    let gone = &report.changes[0];
    let due = "`text` is gone here. The type here was `Note` and is now `Slim`, because the other places keep `Note` as it was. Published versions read `None`.";
    assert_eq!((gone.sentence().as_str(), &gone.repair), (due, &None));
}

#[test]
fn only_what_the_compiler_warns_about_is_told_as_deprecated() {
    let document = |send: &str, read: &str| {
        operations(&format!(
            "post: {{ operationId: AddNote, requestBody: {{ content: {{ application/json: {{ schema: {{ required: [to], properties: {{ to: {{ type: string{send} }}, text: {{ type: string{send} }} }} }} }} }} }}, responses: {{ 200: {{ content: {{ application/json: {{ schema: {{ properties: {{ id: {{ type: string{read} }} }} }} }} }} }} }} }}"
        ))
    };
    let old = bare(&document("", ""));
    let report = diff(&old, &bare(&document(", deprecated: true", "")));
    assert_eq!(
        report.changelog(VERSION),
        "## 0.1.1 - unreleased\n\n- Deprecated: `notes::AddNote.text`. `text` is deprecated. The compiler warns about code that sets it.\n"
    );
    let report = diff(&old, &bare(&document("", ", deprecated: true")));
    assert_eq!(report.changes.len(), 1);
    assert_eq!(report.changelog(VERSION), "");
}

#[test]
fn the_compiler_warns_about_setters_alone() {
    let document = |config: &str, box_: &str| {
        let operation = "post: { operationId: AddNote, requestBody: { content: { application/json: { schema: { properties: { box: { $ref: '#/components/schemas/Box' } } } } } }, responses: { 204: {} } }";
        let schemas = format!("components: {{ schemas: {{ Box: {{ {box_} }} }} }}\n");
        let input = bare(&(operations(operation) + &schemas));
        match config {
            "" => input,
            config => with_config(input, config),
        }
    };
    let warns = |config: &str, box_: &str| {
        let after = box_.replace("DEPRECATED", ", deprecated: true");
        let before = document(config, &box_.replace("DEPRECATED", ""));
        let report = diff(&before, &document(config, &after));
        assert_eq!(report.changes.len(), 1, "{}", report.text(VERSION));
        report.warns()
    };
    // A value that may be null has a setter, though it is required.
    let required = "required: [a, b], properties: { a: { type: [string, 'null'] DEPRECATED }, b: { type: integer } }";
    assert!(warns("", required));
    // A value that tells its kind has a constructor.
    let kinds = "properties: { type: { type: string, enum: [text, image] }, text: { type: object, properties: { a: { type: string } } }, image: { type: object, properties: { b: { type: string } } DEPRECATED } }";
    assert!(!warns("constructors: { BoxObject: type }", kinds));
    assert!(warns("", kinds));
}

#[test]
fn what_published_versions_send_under_the_old_name_is_told() {
    let call = |name: &str| {
        bare(&operations(&format!(
            "post: {{ operationId: AddNote, requestBody: {{ content: {{ application/json: {{ schema: {{ required: [to, {name}], properties: {{ to: {{ type: string }}, {name}: {{ type: integer }} }} }} }} }} }}, responses: {{ 204: {{}} }} }}"
        )))
    };
    let report = diff(&call("size"), &call("length"));
    assert_eq!(
        report.changelog(VERSION),
        "## 0.1.1 - unreleased\n\n- Changed: `notes::AddNote.size`. `size` now has the name `length`. The API rejects calls of published versions, which send the old name.\n"
    );
}

#[test]
fn the_changelog_has_the_signatures_before_and_after() {
    let document = |required: &str| {
        operations(&format!(
            "post: {{ operationId: AddNote, requestBody: {{ content: {{ application/json: {{ schema: {{ required: [{required}], properties: {{ to: {{ type: string }}, size: {{ type: integer }} }} }} }} }} }}, responses: {{ 204: {{}} }} }}"
        ))
    };
    let report = diff(&bare(&document("to, size")), &bare(&document("to")));
    assert_eq!(
        report.changelog(VERSION),
        "## 0.2.0 - unreleased\n\n- **Breaking:** `notes::AddNote.size`. `size` is now optional: a setter, not an argument. `notes::Notes::add_note()` was `(impl Into<String>, i64) -> notes::AddNote` and is now `(impl Into<String>) -> notes::AddNote`.\n"
    );
    let markdown = report.markdown(VERSION);
    let was = "`notes::Notes::add_note()` was `(impl Into<String>, i64)";
    assert!(markdown.contains(was), "{markdown}");
}
