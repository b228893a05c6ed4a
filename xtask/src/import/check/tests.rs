use super::*;
use crate::input::tree;

fn parse(text: &str) -> Node {
    let source = Source {
        name: "document.yaml".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    tree(source).expect("the text is YAML")
}

/// The changes from one document to the other, without their places.
fn changes(spec: &str, upstream: &str) -> Vec<String> {
    changes_with(spec, upstream, "{}")
}

fn changes_with(spec: &str, upstream: &str, corrections: &str) -> Vec<String> {
    changes_since(None, spec, upstream, corrections)
}

/// The same, after the import of another document.
fn changes_since(last: Option<&str>, spec: &str, upstream: &str, corrections: &str) -> Vec<String> {
    let last = last.map(parse);
    let (spec, upstream, corrections) = (parse(spec), parse(upstream), parse(corrections));
    let mut comparison = Comparison::new(Both {
        spec: Part::of(&spec),
        upstream: Part::of(&upstream),
    });
    let said = |key| Part::of(&corrections).at(key);
    let said = operations::Said {
        corrections: said("operations"),
        reasons: said("left_out"),
        last: last.as_ref(),
    };
    operations::compare(&mut comparison, said);
    let changes = comparison.finish();
    changes.iter().map(Change::to_string).collect()
}

/// The changes from one schema to the other.
fn schema_changes(spec: &str, upstream: &str) -> Vec<String> {
    let document = |schema: &str| format!("components: {{ schemas: {{ Message: {schema} }} }}");
    changes(&document(spec), &document(upstream))
}

#[test]
fn words_are_set_aside() {
    let spec = "{ type: object, description: ours, properties: { to: { type: string, description: ours } } }";
    let upstream = spec.replace("ours", "theirs");
    assert_eq!(schema_changes(spec, &upstream), [""; 0]);
}

#[test]
fn a_property_called_description_is_no_words() {
    let spec = "{ properties: { description: { type: string } } }";
    let upstream = "{ properties: { description: { type: integer } } }";
    assert_eq!(
        schema_changes(spec, upstream),
        ["~ type Message.description: string → integer"]
    );
}

#[test]
fn properties_come_go_and_change() {
    let spec = "{ properties: { gone: { type: string }, tags: { type: array, items: { type: string } } } }";
    let upstream = "{ required: [new], properties: { tags: { type: array, items: { type: string, format: uuid } }, \
                    new: { type: [string, 'null'] } } }";
    assert_eq!(
        schema_changes(spec, upstream),
        [
            "- property Message.gone (string)",
            "+ format Message.tags[]: \"uuid\"",
            "+ required property Message.new (string or null)",
        ]
    );
}

#[test]
fn a_property_that_becomes_required_is_named() {
    let spec = "{ required: [from], properties: { from: {}, to: {} } }";
    let upstream = "{ required: [to], properties: { from: {}, to: {} } }";
    assert_eq!(
        schema_changes(spec, upstream),
        ["- required Message.from", "+ required Message.to"]
    );
}

#[test]
fn the_order_of_keys_and_of_enum_values_means_nothing() {
    let spec = "{ type: string, enum: [a, b] }";
    let upstream = "{ enum: [b, a], type: string }";
    assert_eq!(schema_changes(spec, upstream), [""; 0]);
}

#[test]
fn each_enum_value_is_a_change() {
    assert_eq!(
        schema_changes("{ enum: [a, b] }", "{ enum: [b, c] }"),
        ["- enum value Message: \"a\"", "+ enum value Message: \"c\""]
    );
}

#[test]
fn null_may_be_allowed_in_two_ways() {
    assert_eq!(
        schema_changes(
            "{ type: [string, 'null'] }",
            "{ type: string, nullable: true }"
        ),
        [""; 0]
    );
    assert_eq!(
        schema_changes("{ type: string }", "{ type: string, nullable: true }"),
        ["~ type Message: string → string or null"]
    );
}

#[test]
fn examples_are_compared_down_to_what_differs() {
    assert_eq!(
        schema_changes(
            "{ example: { cost: { amount: 1 } } }",
            "{ example: { cost: { amount: '1' } } }"
        ),
        ["~ example Message.cost.amount: 1 → \"1\""]
    );
}

#[test]
fn additional_properties_may_be_a_boolean() {
    assert_eq!(
        schema_changes(
            "{ additionalProperties: true }",
            "{ additionalProperties: false }"
        ),
        ["~ value Message{}: true → false"]
    );
}

const OPERATION: &str = "
paths:
  /messages:
    post:
      operationId: Send
      tags: [Messages]
      parameters:
        - { name: page, in: query, schema: { type: integer } }
      responses:
        '200':
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Message' }
components:
  schemas:
    Message: { type: object, properties: { id: { type: string } } }
";

#[test]
fn a_document_equals_itself() {
    assert_eq!(changes(OPERATION, OPERATION), [""; 0]);
}

#[test]
fn a_component_with_a_new_name_is_still_compared() {
    let upstream = OPERATION.replace("Message:", "SentMessage:");
    let upstream = upstream.replace("schemas/Message", "schemas/SentMessage");
    let upstream = upstream.replace("id: {", "uuid: {");
    assert_eq!(
        changes(OPERATION, &upstream),
        [
            "~ schema Message has the new name SentMessage",
            "- property Message.id (string)",
            "+ property Message.uuid (string)",
        ]
    );
}

#[test]
fn what_is_written_in_place_is_compared_with_the_component() {
    let upstream = OPERATION.replace(
        "{ $ref: '#/components/schemas/Message' }",
        "{ type: object, properties: { id: { type: integer } } }",
    );
    assert_eq!(
        changes(OPERATION, &upstream),
        [
            "~ $ref Send.200: Message → written in place",
            "~ type Send.200.id: string → integer",
        ]
    );
}

#[test]
fn a_new_property_brings_the_component_it_refers_to() {
    let upstream = OPERATION.replace(
        "id: { type: string }",
        "id: { type: string }, cost: { $ref: '#/components/schemas/Cost' }",
    ) + "    Cost: { type: object }\n    Unrelated: { type: object }\n";
    assert_eq!(
        changes(OPERATION, &upstream),
        ["+ property Message.cost (Cost)", "+ schema Cost (object)"]
    );
}

#[test]
fn a_parameter_is_known_by_its_name() {
    let upstream = OPERATION.replace(
        "- { name: page, in: query, schema: { type: integer } }",
        "- { name: size, in: query, schema: {} }\n        - { name: page, in: query, schema: { type: string } }",
    );
    assert_eq!(
        changes(OPERATION, &upstream),
        [
            "~ type Send.page: integer → string",
            "+ parameter Send.size (query)"
        ]
    );
}

#[test]
fn parameters_of_one_name_are_told_apart_by_where_they_stand() {
    let both = OPERATION.replace(
        "- { name: page, in: query, schema: { type: integer } }",
        "- { name: page, in: header, schema: { type: integer } }\n        - { name: page, in: query, schema: { type: integer } }",
    );
    let upstream = both.replace(
        "in: query, schema: { type: integer }",
        "in: query, schema: { type: string }",
    );
    assert_eq!(
        changes(&both, &upstream),
        ["~ type Send.page: integer → string"]
    );
    let moved = OPERATION.replace("in: query", "in: header");
    assert_eq!(
        changes(OPERATION, &moved),
        ["~ in Send.page: \"query\" → \"header\""]
    );
}

#[test]
fn an_operation_that_moved_makes_room_for_a_new_one() {
    let upstream = OPERATION.replace("/messages:", "/texts:").replace(
        "paths:",
        "paths:\n  /messages: { post: { operationId: Other, responses: {} } }",
    );
    assert_eq!(
        changes(OPERATION, &upstream),
        ["~ path Send: /messages → /texts"]
    );
}

#[test]
fn an_operation_that_moved_is_found_by_its_id() {
    let upstream = OPERATION.replace("/messages:", "/texts:");
    assert_eq!(
        changes(OPERATION, &upstream),
        ["~ path Send: /messages → /texts"]
    );
}

#[test]
fn a_path_that_the_configuration_corrects_is_known() {
    let upstream = OPERATION.replace("/messages:", "/texts:");
    assert_eq!(
        changes_with(
            OPERATION,
            &upstream,
            "operations: { Send: { path: /messages } }"
        ),
        ["= path Send: /messages → /texts"]
    );
    // A path that is not the one of the last import is news.
    for (last, sign) in [("/texts:", "="), ("/old:", "~")] {
        let last = OPERATION.replace("/messages:", last);
        assert_eq!(
            changes_since(
                Some(&last),
                OPERATION,
                &upstream,
                "operations: { Send: { path: /messages } }"
            ),
            [format!("{sign} path Send: /messages → /texts")]
        );
    }
}

#[test]
fn an_operation_that_is_gone_is_a_change() {
    assert_eq!(
        changes(OPERATION, "paths: {}\n")[0],
        "- operation POST /messages (Send)"
    );
}

#[test]
fn an_operation_that_the_spec_leaves_out_is_none() {
    let upstream = OPERATION.replace("paths:", "paths:\n  /other: { get: { responses: {} } }");
    assert_eq!(changes(OPERATION, &upstream), [""; 0]);
}

#[test]
fn eight_words_in_a_row_are_copied_seven_are_not() {
    let spec = parse(
        "{ description: 'One two, three four five six seven eight.', summary: b c d e f g h }",
    );
    let upstream = parse(
        "{ properties: { x: { description: ONE two three *four* five six seven eight nine a b c d e f g } } }",
    );
    let found = words::shared(&spec, &upstream);
    let found: Vec<String> = found.iter().map(Change::to_string).collect();
    assert_eq!(found, ["\" one two three four five six seven eight"]);
}

#[test]
fn words_of_the_default_response_are_words() {
    let spec = "responses: { default: { description: one two three four five six seven eight } }";
    let found = words::shared(&parse(spec), &parse(spec));
    assert_eq!(found.len(), 1);
}

#[test]
fn a_new_operation_or_webhook_of_a_covered_tag_is_a_difference() {
    let operation =
        |id: &str, tag: &str| format!("/{id}: {{ get: {{ operationId: {id}, tags: [{tag}] }} }}");
    let webhook = |name: &str, tag: &str| format!("{name}: {{ post: {{ tags: [{tag}] }} }}");
    let document = |operations: &[String], webhooks: &[String]| {
        let (paths, webhooks) = (operations.join(", "), webhooks.join(", "));
        format!("{{ paths: {{ {paths} }}, webhooks: {{ {webhooks} }} }}")
    };
    let (old, sent) = (operation("Old", "Message"), webhook("sent", "Callbacks"));
    let spec = document(std::slice::from_ref(&old), std::slice::from_ref(&sent));
    let upstream = document(
        &[old, operation("New", "Message"), operation("Dial", "Call")],
        &[sent, webhook("read", "Callbacks"), webhook("rung", "Calls")],
    );
    assert_eq!(
        changes(&spec, &upstream),
        ["+ operation GET /New (New)", "+ webhook read"]
    );
}

#[test]
fn what_the_configuration_leaves_out_is_no_difference() {
    let webhook = |name: &str| format!("{name}: {{ post: {{ tags: [Callbacks] }} }}");
    let spec = format!("webhooks: {{ {} }}", webhook("sent"));
    let upstream = format!("webhooks: {{ {}, {} }}", webhook("sent"), webhook("read"));
    assert_eq!(changes(&spec, &upstream), ["+ webhook read"]);
    let reasons = "left_out: { read: Nobody asked for it. }";
    assert_eq!(changes_with(&spec, &upstream, reasons), [""; 0]);
}

#[test]
fn a_tag_of_which_the_spec_has_little_is_not_covered() {
    let webhook = |name: &str| format!("{name}: {{ post: {{ tags: [Callbacks] }} }}");
    let spec = format!("webhooks: {{ {} }}", webhook("sent"));
    let upstream = ["sent", "rung", "answered"].map(webhook).join(", ");
    assert_eq!(
        changes(&spec, &format!("webhooks: {{ {upstream} }}")),
        [""; 0]
    );
}
