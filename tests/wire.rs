//! The HTTP request of each operation, written as an application writes it.

mod sent;

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use calls::{Case, cases};

use crate::exchange::Exchange;
use crate::{covers, snapshot, spec};
use sent::Sent;

/// Where the requests are written, and which inputs are arguments.
const FILES: &str = "tests/calls, or `arguments` in spec/sdk.yaml";

#[test]
fn requests_are_what_telnyx_documents() {
    let cases = cases().map(|case| (case.name(), move || record(case).to_string()));
    snapshot::check_all("wire", cases);
}

#[test]
fn every_operation_has_a_minimal_and_a_full_request() {
    let operations: BTreeSet<String> = spec::operations().into_keys().collect();
    for variant in ["minimal", "full"] {
        let covered = cases().filter(|case| case.variant == variant);
        let covered = covered.map(|case| case.operation.to_owned()).collect();
        let what = format!("{variant} requests");
        covers::check(&covered, &operations, &what, "tests/calls");
    }
}

#[test]
fn requests_go_to_the_path_and_method_of_their_operation() {
    let operations = spec::operations();
    for case in cases() {
        let operation = &operations[case.operation];
        let sent = record(case);
        assert_eq!(sent.method(), operation.method, "{}", case.name());
        let segments = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
        let (wanted, found) = (segments(&operation.path), segments(&sent.path()));
        assert_eq!(found.len(), wanted.len(), "{}", case.name());
        for (wanted, found) in wanted.iter().zip(&found) {
            assert!(
                wanted == found || wanted.starts_with('{'),
                "{}: {found}",
                case.name()
            );
        }
    }
}

#[test]
fn a_minimal_request_carries_what_is_required_and_nothing_else() {
    let operations = spec::operations();
    for case in cases().filter(|case| case.variant == "minimal") {
        let required = operations[case.operation].required_inputs();
        covers::check(&record(case).inputs(), &required, &case.name(), FILES);
    }
}

#[test]
fn together_the_other_requests_carry_everything_documented() {
    let operations = spec::operations();
    let mut sent: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for case in cases().filter(|case| case.variant != "minimal") {
        let inputs = sent.entry(case.operation).or_default();
        inputs.extend(record(case).inputs());
    }
    for (id, operation) in &operations {
        let sent = sent.remove(id.as_str()).unwrap_or_default();
        let what = format!("what the requests of {id} carry");
        covers::check(&sent, &operation.inputs(), &what, FILES);
    }
}

#[test]
fn each_call_of_a_keyed_operation_has_a_key_of_its_own() {
    let operations = spec::operations();
    for case in cases().filter(|case| case.variant == "minimal") {
        let inputs = operations[case.operation].inputs();
        let keys = [record(case), record(case)].map(|sent| sent.generated_key());
        if inputs.contains("header idempotency-key") {
            assert!(keys[0].is_some() && keys[0] != keys[1], "{}", case.name());
        } else {
            assert_eq!(keys, [None, None], "{}", case.name());
        }
    }
}

/// The request of the case. No operation can decode the response, but only the request counts here.
fn record(case: &Case) -> Sent {
    let (sent, _) = Exchange::new().call(case, 200, &Bytes::new());
    Sent::new(sent)
}
