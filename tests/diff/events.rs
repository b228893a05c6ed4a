//! Reports about webhooks.

use telnyx_codegen::{Input, Source, user_program};

use super::{VERSION, diff};

/// A spec whose only webhook has this body, with this configuration of webhooks.
fn webhook(body: &str, config: &str) -> Input {
    let document = format!(
        "openapi: 3.1.0
paths: {{}}
webhooks:
  ping: {{ post: {{ requestBody: {{ content: {{ application/json: {{ schema: {body} }} }} }} }} }}
"
    );
    let source = |name: &str, text: &str| Source {
        name: name.to_owned(),
        bytes: text.into(),
    };
    Input {
        document: source("openapi.yaml", &document),
        overlay: None,
        config: Some(source("sdk.yaml", config)),
    }
}

#[test]
fn a_payload_without_a_box_is_shown_and_used_without_one() {
    let config = "webhooks: { events: { ping: { kinds: [ping] } } }";
    let list = webhook("{ type: array, items: { type: string } }", config);
    let program = user_program(&list, "crate::api").expect("it has no mistake");
    assert!(
        program.contains("let told: Vec<String> = told;"),
        "{program}"
    );

    let object = webhook("{ properties: { id: { type: string } } }", config);
    let program = user_program(&object, "crate::api").expect("it has no mistake");
    assert!(
        program.contains("let told: Box<types::Ping> = told;"),
        "{program}"
    );
}

#[test]
fn an_envelope_takes_no_name_from_the_payload() {
    const CONFIG: &str = "
webhooks: { dispatch: [kind], events: { ping: { kinds: [ping], payload: content } } }
types: { ping: Signal, ping.size: SignalSize }
";
    let body = |sizes: &str| {
        format!(
            "{{ properties: {{ kind: {{ type: string }}, size: {{ enum: [s] }}, content: {{ properties: {{ size: {{ enum: [{sizes}] }} }} }} }} }}"
        )
    };
    let (old, new) = (webhook(&body("a"), CONFIG), webhook(&body("a, b"), CONFIG));
    let report = diff(&old, &new);
    let told: Vec<_> = report
        .changes
        .iter()
        .map(|change| (change.rule.as_str(), change.path.as_str()))
        .collect();
    let due = [("event-value-added", "types::SignalSize.b")];
    assert_eq!(told, due, "{}", report.text(VERSION));
}
