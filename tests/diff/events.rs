//! Reports about webhooks.

use std::collections::BTreeSet;

use telnyx_codegen::{Change, Input, user_program};

use super::{VERSION, bare, diff, with_config};

/// A spec whose only webhook has this body, with this configuration of webhooks.
fn webhook(body: &str, config: &str) -> Input {
    let document = format!(
        "openapi: 3.1.0
paths: {{}}
webhooks:
  ping: {{ post: {{ requestBody: {{ content: {{ application/json: {{ schema: {body} }} }} }} }} }}
"
    );
    with_config(bare(&document), config)
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

#[test]
fn a_change_of_the_kinds_does_not_hide_a_change_of_the_payload() {
    const CONFIG: &str = "webhooks: { dispatch: [kind], events: { ping: { payload: content } } }";
    let body = |kind: &str, content: &str| {
        format!("{{ properties: {{ kind: {{ type: string {kind} }}, content: {{ {content} }} }} }}")
    };
    let old = webhook(&body(", enum: [a]", "type: string"), CONFIG);
    let new = webhook(&body("", "type: integer"), CONFIG);
    let report = diff(&old, &new);
    let told: Vec<_> = report
        .changes
        .iter()
        .map(|change| (change.rule.as_str(), change.rust.word(), change.wire.word()))
        .collect();
    let due = [
        ("event-type-changed", "major", "fine"),
        ("event-kind-removed", "none", "fine"),
    ];
    assert_eq!(told, due, "{}", report.text(VERSION));
    // Nobody ever got an event without kinds.
    let none = webhook(
        &body("", "type: object, properties: { a: { type: integer } }"),
        CONFIG,
    );
    let other = webhook(&body("", "type: string"), CONFIG);
    let report = diff(&none, &other);
    assert_eq!(report.deployed.word(), "fine", "{}", report.text(VERSION));
    assert_eq!(report.upgrade.word(), "major", "{}", report.text(VERSION));
}

#[test]
fn a_kind_that_moves_is_not_unrecognized() {
    let event = |name: &str, kinds: &str| {
        format!(
            "  {name}: {{ post: {{ requestBody: {{ content: {{ application/json: {{ schema: {{ properties: {{ data: {{ properties: {{ event_type: {{ enum: [{kinds}] }}, id: {{ type: string }} }} }} }} }} }} }} }} }} }}\n"
        )
    };
    let spec = |ping: &str, pong: &str| {
        let events = event("ping", ping) + &event("pong", pong);
        with_config(
            bare(&format!("openapi: 3.1.0\npaths: {{}}\nwebhooks:\n{events}")),
            "webhooks: { dispatch: [data.event_type], events: { ping: { payload: data }, pong: { payload: data } } }",
        )
    };
    let report = diff(&spec("a.x, a.y", "b.x"), &spec("a.y", "b.x, a.x"));
    let text = report.text(VERSION);
    let told = report.changes.iter();
    let told = told.filter(|change| change.rule.starts_with("event-value"));
    let told: BTreeSet<String> = told.map(Change::sentence).collect();
    let due = [
        "The API sends the new value `a.x` of `event_type`. Published versions read such an event as `webhook::Event::Ping`.",
        "`a.x` is a value of the event `webhook::Event::Pong` now.",
    ];
    assert_eq!(told, due.map(str::to_owned).into(), "{text}");
}
