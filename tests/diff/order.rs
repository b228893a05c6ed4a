//! Orders that have a meaning, in documents without names from `sdk.yaml`.

use super::{VERSION, bare, diff, operations};

/// An operation with two arguments.
fn body() -> String {
    operations(
        "post: { operationId: SendNote, tags: [notes, memos], requestBody: { content: { application/json: { schema: { type: object, required: [front, back], properties: { front: { type: string }, back: { type: string } } } } } }, responses: { 204: {} } }",
    )
}

#[test]
fn arguments_of_one_type_that_change_places_have_a_new_meaning() {
    let swapped = body().replace("[front, back]", "[back, front]");
    let report = diff(&bare(&body()), &bare(&swapped));
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
    let old = body().replace("back: { type: string }", "back: { type: integer }");
    let new = old.replace("[front, back]", "[back, front]");
    let report = diff(&bare(&old), &bare(&new));
    assert_eq!(report.upgrade.word(), "major", "{}", report.text(VERSION));
}

#[test]
fn an_operation_with_another_first_tag_has_another_place() {
    let new = body().replace("[notes, memos]", "[memos, notes]");
    let report = diff(&bare(&body()), &bare(&new));
    assert_eq!(report.upgrade.word(), "major", "{}", report.text(VERSION));
}

/// An operation with this body and these responses.
fn operation(body: &str, responses: &str) -> String {
    const COMPONENTS: &str = "\
components:
  schemas:
    A: { properties: { n: { type: integer } } }
    B: { properties: { n: { type: string } } }
";
    let operation = format!(
        "post: {{ operationId: SendNote, requestBody: {{ content: {body} }}, responses: {responses} }}"
    );
    operations(&operation) + COMPONENTS
}

#[test]
fn the_first_of_several_decides() {
    const BODY: &str =
        "{ application/json: { schema: { properties: { size: { type: integer } } } } }";
    let answers = |responses: &str| operation(BODY, responses);
    let bodies = |body: &str| operation(body, "{ '204': {} }");
    let answer = |content: &str| answers(&format!("{{ '200': {{ content: {{ {content} }} }} }}"));
    let json = |schema: &str| answer(&format!("application/json: {{ schema: {schema} }}"));
    let (csv, pdf) = ("text/csv: {}", "application/pdf: {}");
    let of = |status: &str, name: &str| {
        let schema = format!("{{ properties: {{ {name}: {{ type: string }} }} }}");
        format!("'{status}': {{ content: {{ application/json: {{ schema: {schema} }} }} }}")
    };
    let (first, second) = (of("200", "a"), of("201", "b"));
    let (one, other) = (
        "$ref: '#/components/schemas/A'",
        "$ref: '#/components/schemas/B'",
    );
    let cases = [
        (
            answer(csv),
            answer(&format!("{pdf}, {csv}")),
            "accept-changed",
            "major",
        ),
        (
            answer(&format!("{csv}, {pdf}")),
            answer(&format!("{pdf}, {csv}")),
            "accept-changed",
            "major",
        ),
        (
            answers(&format!("{{ {second} }}")),
            answers(&format!("{{ {first}, {second} }}")),
            "response-type-changed",
            "major",
        ),
        (
            answers(&format!("{{ {first}, {second} }}")),
            answers(&format!("{{ {second}, {first} }}")),
            "response-type-changed",
            "major",
        ),
        (
            json(&format!("{{ allOf: [{{ {one} }}, {{ {other} }}] }}")),
            json(&format!("{{ allOf: [{{ {other} }}, {{ {one} }}] }}")),
            "response-type-changed",
            "major",
        ),
        (
            bodies("{ image/jpeg: {} }"),
            bodies("{ image/png: {}, image/jpeg: {} }"),
            "body-type-changed",
            "none",
        ),
        (
            bodies("{ image/png: {}, image/jpeg: {} }"),
            bodies("{ image/jpeg: {}, image/png: {} }"),
            "body-type-changed",
            "none",
        ),
    ];
    for (old, new, rule, upgrade) in cases {
        let report = diff(&bare(&old), &bare(&new));
        let text = report.text(VERSION);
        assert!(report.changes.iter().any(|one| one.rule == rule), "{text}");
        assert_eq!(report.upgrade.word(), upgrade, "{text}");
    }
}

#[test]
fn the_first_value_of_a_branch_decides() {
    let of = |mapping: &str| {
        let boxes = "{ oneOf: [{ $ref: '#/components/schemas/C' }, { $ref: '#/components/schemas/D' }], discriminator: { propertyName: t, mapping: MAPPING } }";
        let boxes = boxes.replace("MAPPING", mapping);
        let body = operation(
            "{}",
            &format!("{{ '200': {{ content: {{ application/json: {{ schema: {boxes} }} }} }} }}"),
        );
        let branch = "{ type: object, required: [t], properties: { t: { type: string } } }";
        format!("{body}    C: {branch}\n    D: {branch}\n")
    };
    let old = bare(&of("{ c: C, b: C, d: D }"));
    let report = diff(&old, &bare(&of("{ b: C, c: C, d: D }")));
    assert_eq!(report.upgrade.word(), "major", "{}", report.text(VERSION));
    assert_eq!(report.deployed.word(), "fine", "{}", report.text(VERSION));
    let report = diff(&old, &bare(&of("{ d: D, c: C, b: C }")));
    assert!(report.changes.is_empty(), "{}", report.text(VERSION));
}

#[test]
fn a_component_may_have_the_name_of_a_keyword() {
    for name in ["properties", "schemas", "components", "Parts"] {
        let of = |parts: &str| {
            let body = operation(
                "{}",
                &format!(
                    "{{ '200': {{ content: {{ application/json: {{ schema: {{ properties: {{ x: {{ $ref: '#/components/schemas/{name}' }} }} }} }} }} }} }}"
                ),
            );
            format!(
                "{body}    C: {{ enum: [c] }}\n    D: {{ enum: [d] }}\n    {name}: {{ allOf: [{parts}] }}\n"
            )
        };
        let (one, other) = (
            "{ $ref: '#/components/schemas/C' }",
            "{ $ref: '#/components/schemas/D' }",
        );
        let old = bare(&of(&format!("{one}, {other}")));
        let report = diff(&old, &bare(&of(&format!("{other}, {one}"))));
        assert_eq!(report.upgrade.word(), "major", "{}", report.text(VERSION));
    }
}

#[test]
fn properties_that_change_places_are_the_same_whatever_their_names() {
    let old = operation(
        "{ application/json: { schema: { properties: { content: { properties: { x: { enum: [a] }, y: { properties: { x: { enum: [b] } } } } } } } } }",
        "{ '204': {} }",
    );
    let new = old.replace(
        "{ x: { enum: [a] }, y: { properties: { x: { enum: [b] } } } }",
        "{ y: { properties: { x: { enum: [b] } } }, x: { enum: [a] } }",
    );
    assert_ne!(old, new);
    let report = diff(&bare(&old), &bare(&new));
    assert!(report.changes.is_empty(), "{}", report.text(VERSION));
}

#[test]
fn successes_that_change_places_are_read_as_before() {
    let of = |status: &str, name: &str| {
        let schema =
            format!("{{ required: [{name}], properties: {{ {name}: {{ type: string }} }} }}");
        format!("'{status}': {{ content: {{ application/json: {{ schema: {schema} }} }} }}")
    };
    let (first, second) = (of("200", "a"), of("201", "b"));
    let both = bare(&operation("{}", &format!("{{ {first}, {second} }}")));
    for new in [
        format!("{{ {second}, {first} }}"),
        format!("{{ {second} }}"),
    ] {
        let report = diff(&both, &bare(&operation("{}", &new)));
        let text = report.text(VERSION);
        assert_eq!(report.upgrade.word(), "major", "{text}");
        assert_eq!(report.deployed.word(), "fine", "{text}");
        let changes = report.changes.iter();
        let changes = changes.filter(|one| one.rule == "response-type-changed");
        assert_eq!(changes.count(), 1, "{text}");
    }
}
