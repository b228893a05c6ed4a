//! The rules of the runtime.

use super::super::rule::{Rule, Suite, runtime};

const REQUEST_ID: &str = "rules::of_several_request_ids_the_first_in_order_counts";

pub(super) const RULES: &[Rule] = &[
    runtime(
        "a rate that was measured before many calls were sent is soon forgotten",
        "rate * growth * (seconds - DOUBT).max(0.0).exp2()",
        "rate * growth + 0.0 * DOUBT",
        "faults::early::a_bulk_recovers_from_a_few_early_refusals_in_a_quarter_of_a_minute",
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
        "let key_index = self.check_signature(&signed, &message)?;",
        "self.check_time(signed.at, self.now())?; let key_index = self.check_signature(&signed, &message)?;",
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
        case: None,
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
        r#"if let Some(b"\"\"" | b"[]") = self.json.get(start..) {"#,
        r#"if let Some(b"[0]" | b"[1]") = self.json.get(start..) {"#,
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
        case: None,
        suite: Suite::ArbitraryPrecision,
        test: "lenient::tests::a_number_becomes_its_text",
    },
];
