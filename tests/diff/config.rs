//! What a report says of `sdk.yaml`.

use super::{REPORTS, VERSION, bare, before, diff, operations, with_config};

#[test]
fn the_kinds_that_a_help_gives_keep_the_event_as_it_was() {
    let mut reports = REPORTS.iter();
    let found = reports.find_map(|(case, report, _)| {
        let mut helps = report.changes.iter().filter_map(|it| it.repair.as_ref());
        let help = helps.find(|help| help.contains("to keep the kinds"));
        help.map(|help| (case, help))
    });
    let (case, help) = found.expect("a case has an event without kinds");
    let due = "to keep the kinds, add this to the entry `noteRead` under `webhooks.events` in sdk.yaml: `kinds: [note.read]`";
    assert_eq!(help, due, "{}", case.name);
    let mut after = case.after();
    let config = after.config.as_mut().expect("it has an entry");
    let text = String::from_utf8(config.bytes.clone()).expect("it is text");
    let text = text.replace("noteRead: {", "noteRead: { kinds: [note.read],");
    config.bytes = text.into_bytes();
    let report = diff(&before(), &after);
    let mut changes = report.changes.iter();
    let is_left = changes.any(|change| change.rule == "event-kind-removed");
    assert!(!is_left, "{}", report.text(VERSION));
}

#[test]
fn each_of_several_lost_features_is_named() {
    let config = |features: &str| {
        let text = before().config.map(|config| config.bytes);
        let text = String::from_utf8(text.expect("it is there")).expect("it is text");
        let one = "features:\n  drafting: [drafts, shelves]\n";
        assert!(text.contains(one));
        with_config(before(), &text.replace(one, features))
    };
    let two = config("features:\n  drafting: [drafts]\n  shelving: [shelves]\n");
    let text = diff(&two, &config("")).text(VERSION);
    for due in [
        "They are gone. Cargo rejects a `Cargo.toml` that names a feature that is gone.",
        "help: to keep them, add these under `features` in sdk.yaml: `drafting: […]`, `shelving: […]`",
        "They no longer need a feature.",
    ] {
        assert!(text.contains(due), "{due}\n{text}");
    }
    let text = diff(&config(""), &config("features:\n  shelving: [shelves]\n")).text(VERSION);
    assert!(
        text.contains("They need the feature `shelving` now."),
        "{text}"
    );
}

#[test]
fn a_value_of_an_enum_comes_if_a_new_operation_sends_it() {
    let answer = |verb: &str, values: &str| {
        format!(
            "{verb}: {{ operationId: {verb}Note, responses: {{ 200: {{ content: {{ application/json: {{ schema: {{ properties: {{ st: {{ type: string, enum: [{values}] }}, {verb}x: {{ type: string }} }} }} }} }} }} }} }}"
        )
    };
    let types = |names: &[&str]| {
        let lines = names.iter();
        let lines = lines.map(|name| format!("  {name}Note.response.st: St\n"));
        format!("types:\n{}", lines.collect::<String>())
    };
    let two = |get: &str| [answer("get", get), answer("put", "x")].join(", ");
    let old = with_config(bare(&operations(&two("x, y"))), &types(&["get", "put"]));
    let all = format!("{}, {}", two("x"), answer("post", "x, y"));
    let new = with_config(bare(&operations(&all)), &types(&["get", "put", "post"]));
    let report = diff(&old, &new);
    assert!(report.meaning.is_empty(), "{}", report.text(VERSION));
}
