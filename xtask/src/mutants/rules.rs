//! The rules, how to break each, and the test that must then fail.
//!
//! The command finds a rule by the text of its code, without regard to blanks, anywhere in `codegen/src` or `generated/src`.

use super::rule::{Rule, Suite, fixture, generator, runtime, verdict};

const LIKENESS: &str = "suggest::tests::a_likeness_over_0_8_is_a_slip_and_one_below_is_not";
const REQUEST_ID: &str = "rules::of_several_request_ids_the_first_in_order_counts";

pub(super) const RULES: &[Rule] = &[
    fixture(
        "a branch is not the union that it inherits",
        "self.parts.iter().filter(is_base).copied().collect()",
        "Vec::new()",
    ),
    fixture(
        "an heir that no value leads to is no branch",
        "!is_heir || reached.iter().any(|known| Rc::ptr_eq(known, branch))",
        "true",
    ),
    fixture(
        "a mapping may call a branch by another name of its component",
        "known.or_else(|| members.iter().find(leads_there))",
        "known",
    ),
    fixture(
        "only a type in a request loses a null",
        "item.name == owner && is_built(item)",
        "item.name == owner",
    ),
    fixture(
        "an optional form without parts is not sent",
        "omits_empty_form: is_optional && argument.is_none()",
        "omits_empty_form: false",
    ),
    fixture(
        "a part of a form has the content type of its schema",
        "own.filter(|own| may_have(content, by_type, own))",
        "own.filter(|_| false)",
    ),
    fixture(
        "any object in a form is sent as JSON",
        "Type::Json if several_types::is_object(schema, ty, types.resolved) => Part::Json",
        "Type::Json if false => Part::Json",
    ),
    fixture(
        "a component called like its type keeps its name",
        "(wish.ident != name, *name)",
        "*name",
    ),
    fixture(
        "what sdk.yaml names comes before a rule",
        "said(&operations[*index].id, types).is_none()",
        "*index",
    ),
    fixture(
        "what an object below an optional one requires is not required",
        "written.required && object.requires(name) && !is_below_optional",
        "written.required && object.requires(name)",
    ),
    fixture(
        "shapes that require other properties are different shapes",
        "!is_required || schemas.iter().any(|schema| may_lack(schema))",
        "schemas.iter().any(|schema| may_lack(schema))",
    ),
    fixture(
        "a reference wrapped in a nullable `allOf` may be null",
        "std::iter::once(*schema).chain(schema.all_of_in_effect())",
        "schema.all_of_in_effect().iter()",
    ),
    fixture(
        "a reference beside a nullable branch of `allOf` may be null",
        "std::iter::once(*schema).chain(schema.all_of_in_effect())",
        "std::iter::once(*schema)",
    ),
    fixture(
        "one empty requirement is enough for no key",
        ".all(|node| !matches!(&node.value, Value::Mapping(entries) if entries.is_empty()))",
        ".any(|node| !matches!(&node.value, Value::Mapping(entries) if entries.is_empty()))",
    ),
    generator(
        "an overlay that adds too much ends there",
        "if added_bytes > MAX_ADDED_BYTES { return; }",
        "",
        "overlay::tests::refused::updates_that_multiply_are_stopped_with_one_report",
    ),
    fixture(
        "a union has no method `from` for a property of its members",
        r#"name != "from" && !gives_member(name)"#,
        "!gives_member(name)",
    ),
    fixture(
        "references in a row are followed, as many as there are components",
        ".take(self.components.len() + 2)",
        ".take(8)",
    ),
    fixture(
        "a status comes before the range that holds it",
        r#"status.value.to_ascii_uppercase().ends_with("XX")"#,
        "false",
    ),
    fixture(
        "an object in `data` beside `meta` stays in its envelope",
        "(_, Some(_)) => Answer::WithMeta(data, schema),",
        "(_, Some(_)) => Answer::Data(data),",
    ),
    fixture(
        "responses that refer to two components are not the same",
        "Kind::Component(name) => text.push_str(&name.value),",
        "Kind::Component(_) => {}",
    ),
    fixture(
        "a list that holds itself is JSON",
        "circle.iter().any(|step| step.is_held)",
        "false",
    ),
    fixture(
        "a mapping adds branches to a single branch",
        "if members.len() == 1 {",
        "if false {",
    ),
    fixture(
        "what an event reaches needs no feature",
        "always.extend(told.map(ToString::to_string));",
        "",
    ),
    runtime(
        "a rate that was measured before many calls were sent is soon forgotten",
        "rate * growth * (seconds - DOUBT).max(0.0).exp2()",
        "rate * growth + 0.0 * DOUBT",
        "faults::early::a_bulk_recovers_from_a_few_early_refusals_in_a_quarter_of_a_minute",
    ),
    verdict(
        "an item that goes behind a feature is a break",
        "(_, true) => (Rule::FeatureNarrowed, Upgrade::Major),",
        "(_, true) => (Rule::FeatureNarrowed, Upgrade::Minor),",
    ),
    fixture(
        "the kind of an event is looked for three levels down",
        "const DEPTH: usize = 3;",
        "const DEPTH: usize = 2;",
    ),
    fixture(
        "the kind of an event is looked for no deeper than three levels",
        "const DEPTH: usize = 3;",
        "const DEPTH: usize = 4;",
    ),
    fixture(
        "what requests of nested resources hold can be built",
        "collect_inputs(&resource.children, names);",
        "",
    ),
    fixture(
        "no type is called `Ord`",
        r#""Option", "Ord","#,
        r#""Option","#,
    ),
    generator(
        "a likeness of 0.8 is enough for a suggestion",
        "const ALIKE: f64 = 0.8;",
        "const ALIKE: f64 = 0.85;",
        LIKENESS,
    ),
    generator(
        "a likeness under 0.8 is not enough for a suggestion",
        "const ALIKE: f64 = 0.8;",
        "const ALIKE: f64 = 0.75;",
        LIKENESS,
    ),
    fixture(
        "an empty object is no telling example",
        r#"["()", "…", "[]"]"#,
        r#"["…", "[]"]"#,
    ),
    fixture(
        "a made-up text is no telling example",
        r#"["()", "…", "[]"]"#,
        r#"["()", "[]"]"#,
    ),
    fixture(
        "a link to an anchor stays a link",
        r##""mailto:", "#"];"##,
        r##""mailto:"];"##,
    ),
    generator(
        "a link to a file of another site is none",
        "schemes.iter().any(|scheme| address.starts_with(scheme))",
        "true",
        "markdown::tests::a_link_that_does_not_lead_to_the_web_is_text",
    ),
    generator(
        "a block of code in a language that rustdoc may know is text",
        r#"known.copied().unwrap_or("text")"#,
        r#"known.copied().unwrap_or("")"#,
        "markdown::tests::what_was_made_to_break_out_is_inert",
    ),
    generator(
        "indented code is text",
        r#"else { return "text"; };"#,
        r#"else { return ""; };"#,
        "markdown::tests::what_was_made_to_break_out_is_inert",
    ),
    generator(
        "a rule takes no item with it",
        r#"self.put(&["***".to_owned()])"#,
        r#"self.put(&["---".to_owned()])"#,
        "markdown::tests::a_rule_in_an_item_stays_in_it",
    ),
    generator(
        "a keyword that is not followed is told",
        "keys.unsupported(self.unsupported, diagnostics);",
        "keys.ignore(self.unsupported);",
        "openapi::keywords::tests::what_is_unsupported_is_a_warning_at_its_place_and_what_is_idle_says_nothing",
    ),
    runtime(
        "a success refunds the budget",
        "client.budget.refund();",
        "",
        "rules::a_success_gives_back_to_the_budget_what_a_retry_took",
    ),
    runtime(
        "a request that is changed has another key",
        "self.shared_key.detach();",
        "",
        "faults::one_message::a_clone_that_is_changed_is_another_message",
    ),
    runtime(
        "a key is kept for 23 hours",
        "self.at.elapsed() < IDEMPOTENCY_KEY_LIFETIME",
        "true",
        "faults::one_message::a_template_whose_send_was_given_up_a_day_ago_sends",
    ),
    runtime(
        "a rate limit is of one sender",
        "sender: body.and_then(sender),",
        "sender: None,",
        "faults::limits::who_does_not_share_the_limit_does_not_wait",
    ),
    runtime(
        "a call that nobody polls holds up no other",
        "const LATE: Duration = Duration::from_millis(20);",
        "const LATE: Duration = Duration::from_secs(3600);",
        "faults::limits::a_call_that_nobody_polls_holds_up_no_other",
    ),
    runtime(
        "the signature is checked before the time",
        "let key_index = self.check_signature(&signed, body)?;",
        "self.check_time(signed.at, self.now())?; let key_index = self.check_signature(&signed, body)?;",
        "rules::a_wrong_signature_is_told_before_an_old_time",
    ),
    runtime(
        "an attempt has 60 s",
        "attempt_timeout: Duration::from_secs(60)",
        "attempt_timeout: Duration::from_secs(50)",
        "rules::an_attempt_has_60_seconds_and_a_call_120",
    ),
    runtime(
        "a call has 120 s",
        "timeout: Duration::from_secs(120)",
        "timeout: Duration::from_secs(100)",
        "rules::an_attempt_has_60_seconds_and_a_call_120",
    ),
    runtime(
        "a 408 is a timeout",
        "is_late || self.has_status(StatusCode::REQUEST_TIMEOUT)",
        "is_late",
        "rules::a_408_is_a_timeout_and_a_504_is_none",
    ),
    runtime(
        "the client alone sets Content-Type",
        "CONTENT_TYPE, HOST, TRANSFER_ENCODING, ];",
        "HOST, HOST, TRANSFER_ENCODING, ];",
        "rules::no_option_sets_a_header_of_the_client",
    ),
    runtime(
        "x-request-id goes before request-id",
        r#"["x-request-id", "request-id", "telnyx-request-id"]"#,
        r#"["request-id", "x-request-id", "telnyx-request-id"]"#,
        REQUEST_ID,
    ),
    runtime(
        "request-id goes before telnyx-request-id",
        r#"["x-request-id", "request-id", "telnyx-request-id"]"#,
        r#"["x-request-id", "telnyx-request-id", "request-id"]"#,
        REQUEST_ID,
    ),
    runtime(
        "a header parameter goes before a header of the options",
        "options.headers.iter().chain(parameters)",
        "parameters.iter().chain(&options.headers)",
        "rules::a_header_of_the_request_goes_before_one_of_the_options",
    ),
    runtime(
        "`errors` may be one object",
        "Some(error) => error,",
        "Some(_) => return Vec::new(),",
        "rules::errors_that_are_one_object_are_read",
    ),
    runtime(
        "a conflict with the code 10021 is a refusal",
        "Entry::new(\"10021\", Remedy::Unknown, true)",
        "Entry::new(\"10021\", Remedy::Unknown, false)",
        "rules::a_conflict_with_a_code_about_the_request_is_a_refusal",
    ),
    runtime(
        "a connection that is idle too long is closed",
        ".pool_idle_timeout(settings.pool_idle_timeout.min(FOR_EVER))",
        "",
        "rules::a_connection_is_used_again_until_it_was_idle_too_long",
    ),
    runtime(
        "a body of too many values is not read",
        "const MOST_VALUES: usize = 100_000;",
        "const MOST_VALUES: usize = usize::MAX;",
        "safety::bombs::a_bomb_stays_small_and_ends_in_time",
    ),
    Rule {
        says: "a path shows the names of fields only",
        text: r#"Self::Key(..) => f.write_str(".*"),"#,
        broken: r#"Self::Key(key, _) => write!(f, ".{key}"),"#,
        suite: Suite::ArbitraryPrecision,
        test: "reader::tests::a_key_that_no_struct_has_is_not_shown",
    },
    runtime(
        "the id of a request is masked",
        r#"redact::id(request_id)"#,
        r#"request_id"#,
        "safety::secrets::an_error_of_a_call_hides_what_was_sent_and_what_came_back",
    ),
    runtime(
        "what is not text in a list of texts is kept as text",
        r#"if is_item && expected == "a string""#,
        r#"if is_item && expected == "no string""#,
        "decode::table::a_response_loses_at_most_the_field_that_is_not_as_documented",
    ),
    runtime(
        "an empty recipient is refused before anything is sent",
        r#"[b":\"\"".as_slice(), b":[]"]"#,
        r#"[b":[0]".as_slice(), b":[1]"]"#,
        "rules::what_needs_a_recipient_or_a_number_is_refused_without_one",
    ),
    runtime(
        "no advice where the outcome is not certain",
        "(Outcome::NotApplied, code) => Advice::after_refusal(code),",
        "(Outcome::NotApplied | Outcome::Unknown, code) => Advice::after_refusal(code),",
        "error_codes::the_outcome_of_a_code_depends_on_its_status_and_on_what_came_before",
    ),
    runtime(
        "a success without an id and without `data` proves nothing",
        "let is_proven = earlier.is_some() || message_id.is_some() || has_data(body);",
        "let is_proven = true;",
        "faults::matrix::a_success_ends_as_the_table_says_of_its_body",
    ),
    runtime(
        "a call is told once",
        "mem::replace(&mut self.is_told, true)",
        "mem::replace(&mut self.is_told, false)",
        "observed::each_of_ten_thousand_calls_is_told_once",
    ),
    Rule {
        says: "numbers are read with `arbitrary_precision` too",
        text: "Ok(number) => Ok(number.to_string())",
        broken: "Ok(_) => Err(de::Error::invalid_type(Unexpected::Map, &self))",
        suite: Suite::ArbitraryPrecision,
        test: "lenient::tests::a_number_becomes_its_text",
    },
    verdict(
        "a published crate reads a number where a text is due",
        "Kind::Text(_) | Kind::Enum(_) | Kind::Integer(_) | Kind::Number",
        "Kind::Text(_) | Kind::Enum(_)",
    ),
    verdict(
        "what cannot be read is lost alone where something around it may be missing",
        "match is_needed && !way.is_shielded {",
        "match is_needed {",
    ),
    verdict(
        "what a published crate sends beyond a limit that comes is refused",
        "self.note(way, What::LimitTightened, new, deployed, text);",
        "let _ = deployed; self.note(way, What::LimitTightened, new, Deployed::Fine, text);",
    ),
];
