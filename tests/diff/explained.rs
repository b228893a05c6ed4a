//! What `--explain` reports about published versions.

use std::collections::{BTreeMap, BTreeSet};

use super::{REPORTS, bare, deployed};

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
        bare(&format!(
            "openapi: 3.1.0
paths: {{ /notes: {{ get: {{ operationId: ListNotes, parameters: [{{ name: size, in: query, {value} }}], responses: {{ 204: {{}} }} }} }} }}
"
        ))
    };
    let old = input("schema: { type: integer }");
    let new = input("content: { application/json: { schema: { type: integer } } }");
    assert_eq!(
        deployed(&old, &new),
        [("request-style-changed".to_owned(), "fine")]
    );
}
