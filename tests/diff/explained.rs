//! What `--explain` reports about published versions.

use std::collections::{BTreeMap, BTreeSet};

use telnyx_codegen::Change;

use super::{REPORTS, VERSION, bare, deployed, diff, operations};

/// The verdicts on published versions that each rule had in a case, in either direction.
fn given() -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut given: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let reports = REPORTS.iter().flat_map(|(_, forth, back)| [forth, back]);
    for change in reports.flat_map(|report| &report.changes) {
        let verdicts = given.entry(change.rule.clone()).or_default();
        verdicts.insert(change.wire.word());
    }
    given
}

/// The verdicts in the explanation of a rule.
fn explained(rule: &str) -> BTreeSet<&'static str> {
    let text = telnyx_codegen::explain(rule).expect("each rule has an explanation");
    let (_, said) = text
        .split_once("Published versions: ")
        .expect("it ends with the verdicts");
    let words = ["fine", "partly read", "broken"];
    words
        .into_iter()
        .filter(|word| said.contains(word))
        .collect()
}

#[test]
fn an_explanation_names_the_verdicts_that_its_rule_gives() {
    // A single change to the API never causes the first rule. The test below has the other one.
    const IN_NO_CASE: [&str; 2] = ["rust-item-changed", "request-style-changed"];
    let given = given();
    let mut wrong = Vec::new();
    for rule in telnyx_codegen::rules() {
        let due = explained(&rule);
        let found: BTreeSet<_> = forms(&rule, &given).flatten().copied().collect();
        let own = given.get(&rule).cloned().unwrap_or_default();
        let is_given = due.is_subset(&found) || IN_NO_CASE.contains(&rule.as_str());
        if !is_given || !own.is_subset(&due) {
            wrong.push(format!("{rule}: {own:?}, not {due:?}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

/// The verdicts of a rule. The verdicts on responses and events are the same, so a case with one of them is enough.
fn forms<'g>(
    rule: &str,
    given: &'g BTreeMap<String, BTreeSet<&'static str>>,
) -> impl Iterator<Item = &'g BTreeSet<&'static str>> {
    let other = match rule.split_once('-') {
        Some(("response", name)) => format!("event-{name}"),
        Some(("event", name)) => format!("response-{name}"),
        _ => rule.to_owned(),
    };
    [given.get(rule), given.get(&other)].into_iter().flatten()
}

#[test]
fn a_number_in_the_query_is_sent_as_before_if_it_becomes_json() {
    let input = |value: &str| {
        bare(&operations(&format!(
            "get: {{ operationId: ListNotes, parameters: [{{ name: size, in: query, {value} }}], responses: {{ 204: {{}} }} }}"
        )))
    };
    let old = input("schema: { type: integer }");
    let new = input("content: { application/json: { schema: { type: integer } } }");
    assert_eq!(
        deployed(&old, &new),
        [("request-style-changed".to_owned(), "fine")]
    );
}

#[test]
fn a_change_that_costs_no_code_does_not_hide_one_that_does() {
    let answer = |value: &str| {
        bare(&operations(&format!(
            "get: {{ operationId: GetNote, responses: {{ 200: {{ content: {{ application/json: {{ schema: {{ properties: {{ id: {{ type: string }}, v: {{ {value} }} }} }} }} }} }} }} }}"
        )))
    };
    let body = |value: &str| {
        bare(&operations(&format!(
            "post: {{ operationId: SendNote, requestBody: {{ content: {{ application/json: {{ schema: {{ properties: {{ id: {{ type: string }}, v: {{ {value} }} }} }} }} }} }}, responses: {{ 204: {{}} }} }}"
        )))
    };
    let secret = "type: string, x-format: secret";
    let cases = [
        (
            answer(secret),
            answer("type: string, deprecated: true"),
            "response-field-deprecated",
        ),
        (
            answer(secret),
            answer("type: [string, 'null']"),
            "response-field-became-nullable",
        ),
        (
            body(secret),
            body("type: string, default: x"),
            "request-default-changed",
        ),
    ];
    for (old, new, harmless) in cases {
        let report = diff(&old, &new);
        let cost = |rule: &str| {
            let mut changes = report.changes.iter();
            let found = changes.find(|change| change.rule == rule);
            found.map(|change| change.rust.word())
        };
        let text = report.text(VERSION);
        assert_eq!(cost("rust-item-changed"), Some("major"), "{text}");
        assert_eq!(cost(harmless), Some("none"), "{text}");
    }
}

#[test]
fn no_two_sentences_on_a_value_that_moved_exclude_each_other() {
    let input = |parameter: &str| {
        bare(&operations(&format!(
            "get: {{ operationId: ListNotes, parameters: [{{ name: order, {parameter} }}], responses: {{ 204: {{}} }} }}"
        )))
    };
    let old = input("in: query, schema: { type: string }");
    let new = input("in: header, content: { 'application/json': { schema: { type: string } } }");
    let report = diff(&old, &new);
    let told: Vec<String> = report.changes.iter().map(Change::sentence).collect();
    let due = [
        "`order` was in the query and is now in the headers. The API ignores what published versions send.",
        "`order` is sent as JSON now: a string has quotes.",
    ];
    assert_eq!(told, due);
}

#[test]
fn large_integers_are_not_taken_for_others() {
    let input = |value: &str| {
        bare(&operations(&format!(
            "get: {{ operationId: ListNotes, parameters: [{{ name: size, in: query, schema: {{ type: integer, {value} }} }}], responses: {{ 204: {{}} }} }}"
        )))
    };
    let due = |verdict| [("request-limit-tightened".to_owned(), verdict)];
    let large = input("enum: [9007199254740993]");
    let told = deployed(&large, &input("enum: [5]"));
    assert!(told.contains(&due("broken")[0]), "{told:?}");
}

#[test]
fn a_success_that_was_read_first_is_not_new() {
    let input = |responses: &str| {
        bare(&operations(&format!(
            "get: {{ operationId: GetNote, responses: {{ {responses} }} }}"
        )))
    };
    let body = |status: &str, name: &str| {
        format!(
            "'{status}': {{ content: {{ 'application/json': {{ schema: {{ properties: {{ {name}: {{ type: string }}, id: {{ type: string }} }} }} }} }} }}"
        )
    };
    let (old, known) = (body("2XX", "a"), body("200", "b"));
    let report = diff(&input(&old), &input(&format!("{known}, {old}")));
    let mut changes = report.changes.iter();
    assert!(
        changes.all(|change| !change.sentence().contains("is new")),
        "{}",
        report.text(VERSION)
    );
}
