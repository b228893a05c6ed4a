//! `Debug` and `Display` of the values that a program holds show no key, no phone number and no text.

use std::time::SystemTime;

use telnyx_messaging::transport::{MockReply, MockTransport};
use telnyx_messaging::types::MessagingProfile;
use telnyx_messaging::webhook::WebhookVerifier;
use telnyx_messaging::webhook::testing::WebhookSigner;
use telnyx_messaging::{Client, Error, Form, Json, RequestOptions, Secret};

use super::canary::{
    KEY, NOWHERE, OF_CLIENTS, OF_CONNECTIONS, OF_FORMS, OF_OPTIONS, OF_RAW_REQUESTS, PHONE_NUMBER,
    TEXT, arguments, assert_hidden, assert_one_line, builder, echoes, shown,
};
use crate::covers;
use crate::faults::operation::ALL;
use crate::faults::server::Server;
use crate::surface;

fn client() -> Client {
    builder(NOWHERE).build().expect("good settings")
}

#[test]
fn every_setter_that_takes_text_is_given_a_canary() {
    let clients = OF_CLIENTS.iter().chain(OF_CONNECTIONS);
    let names = clients.map(|(name, _)| *name);
    let names = names.chain(OF_OPTIONS.iter().map(|(name, _)| *name));
    let names = names.chain(OF_RAW_REQUESTS.iter().map(|(name, _)| *name));
    let names = names.chain(OF_FORMS.iter().map(|(name, _)| *name));
    let covered = names.map(str::to_owned).collect();
    let setters = surface::setters_that_take_text();
    let file = "tests/safety/canary.rs";
    covers::check(&covered, &setters, "setters that take text", file);
}

#[test]
fn a_client_and_its_builder_hide_their_settings() {
    for (name, set) in OF_CLIENTS.iter().chain(OF_CONNECTIONS) {
        let builder = set(builder(NOWHERE));
        assert_hidden(&format!("{builder:?} {builder:#?}"), name);
        match builder.build() {
            Ok(client) => assert_hidden(&format!("{client:?} {client:#?}"), name),
            Err(error) => assert_hidden(&shown(&error), name),
        }
    }
    assert_hidden(&format!("{:?}", client().messages()), "Messages");
}

#[test]
fn every_request_hides_its_arguments() {
    for operation in ALL {
        let request = operation.request(&client(), &arguments());
        assert!(!request.debug.is_empty());
        assert_hidden(&request.debug, &format!("{operation:?}"));
    }
}

#[test]
fn a_secret_in_a_response_hides_itself() {
    let json = serde_json::json!({ "id": "1", "v1_secret": KEY }).to_string();
    let profile: MessagingProfile = serde_json::from_str(&json).expect("it is a profile");
    assert_hidden(&format!("{profile:?} {profile:#?}"), "MessagingProfile");
    assert_eq!(profile.v1_secret.as_ref().map(Secret::reveal), Some(KEY));
}

#[test]
fn options_hide_their_settings() {
    for (name, set) in OF_OPTIONS {
        assert_hidden(&format!("{:?}", set(RequestOptions::new())), name);
    }
}

#[test]
fn what_becomes_of_a_request_hides_its_arguments() {
    let client = client();
    let send = || {
        let key = format!("order-{}-{TEXT}", &PHONE_NUMBER[1..]);
        let send = client.messages().send(PHONE_NUMBER).text(TEXT);
        send.idempotency_key(key).with_options(arguments().options)
    };
    assert_hidden(&format!("{:?}", send()), "SendMessage");
    assert_hidden(&format!("{:?}", send().with_response()), "Call");
    assert_hidden(&format!("{:?}", send().into_future()), "Pending");
    let items = client.messaging_optouts().list().filter_from(PHONE_NUMBER);
    assert_hidden(&format!("{:?}", items.items()), "Items");
}

#[test]
fn a_request_to_any_path_hides_its_parts() {
    let client = client();
    for (name, set) in OF_RAW_REQUESTS {
        let request = set(client.post(format!("/messages/{KEY}/{TEXT}")));
        assert_hidden(&format!("{request:?}"), name);
        assert_hidden(&format!("{:?}", request.bytes()), name);
    }
    for (name, set) in OF_FORMS {
        let form = set(Form::new());
        assert_hidden(&format!("{form:?}"), name);
        let request = client.post("/messages").multipart(form);
        assert_hidden(&format!("{request:?}"), name);
        assert_hidden(&format!("{:?}", request.bytes()), name);
    }
}

#[test]
fn an_error_of_the_settings_hides_them() {
    let wrong = [
        Client::builder().api_key(format!("{KEY}\n")),
        builder(&format!("http://{KEY}@127.0.0.1/{TEXT}")),
        builder(&format!("http://example.com/{TEXT}")),
        builder(NOWHERE).proxy(format!("http://{TEXT}:{KEY}@127.0.0.1:9")),
        builder(NOWHERE)
            .allow_insecure_http(true)
            .proxy(format!("htps://{TEXT}:{KEY}@127.0.0.1:9")),
        builder(NOWHERE).user_agent_suffix(format!("{TEXT}\r\n{PHONE_NUMBER}")),
        builder(NOWHERE).add_root_certificate(format!(
            "-----BEGIN CERTIFICATE-----\n{KEY}!\n-----END CERTIFICATE-----\n"
        )),
    ];
    for builder in wrong {
        let error = builder.build().unwrap_err();
        assert!(matches!(error, Error::Config(_)));
        assert_hidden(&shown(&error), "ConfigError");
    }
}

#[tokio::test]
async fn an_error_of_a_request_hides_what_was_wrong() {
    let client = client();
    let send = || client.messages().send(PHONE_NUMBER).text(TEXT);
    let header = |value: &str| telnyx_messaging::RequestOptions::new().header("x-note", value);
    let wrong = [
        client.messages().retrieve(format!("{TEXT}\n")).await.err(),
        client
            .messages()
            .retrieve(format!("{PHONE_NUMBER}é"))
            .await
            .err(),
        send()
            .idempotency_key(format!("{KEY} {PHONE_NUMBER}"))
            .await
            .err(),
        send()
            .with_options(header(&format!("{TEXT}\r\n")))
            .await
            .err(),
        client.get(format!("/{TEXT} {PHONE_NUMBER}")).await.err(),
    ];
    for error in wrong {
        let error = error.unwrap();
        assert_eq!(error.attempts(), 0, "{error:?}");
        assert_hidden(&shown(&error), "nothing was sent");
    }
}

#[tokio::test]
async fn an_error_of_a_call_hides_what_was_sent_and_what_came_back() {
    for (echo, script) in echoes() {
        let server = Server::always(script).await;
        let client = builder(&server.base_url()).build().unwrap();
        for operation in ALL {
            let result = operation.request(&client, &arguments()).sending.await;
            // A few answers of another shape can be read by operations that ask for little.
            if let Err(error) = result {
                assert_hidden(&shown(&error), &format!("{operation:?} × {echo}"));
                assert_one_line(&error, echo);
            }
        }
        assert_eq!(server.played(), ALL.len(), "{echo}");
    }
}

#[tokio::test]
async fn an_error_of_a_large_answer_is_one_short_line() {
    let long = format!("{PHONE_NUMBER} ").repeat(500_000);
    assert!(long.len() > 6 << 20);
    let some = &long[..60_000];
    for (status, body) in [
        (
            400,
            format!(r#"{{"errors":[{{"code":"1","detail":"{long}"}}]}}"#),
        ),
        (
            400,
            format!(r#"{{"errors":[{{"title":"{some}","code":1}}]}}"#),
        ),
        (400, format!(r#"{{"errors":[{{"code":"{some}"}}]}}"#)),
        (200, format!(r#"{{"data":"{long}"}}"#)),
        (200, format!(r#"{{"errors":[{{"title":"{some}"}}]}}"#)),
        (200, format!(r#"{{"data":{{"id":{}1}}}}"#, "[".repeat(1000))),
    ] {
        let answer = http::Response::builder()
            .status(status)
            .header("x-request-id", &long[..4000]);
        let answer = answer.body(body).expect("a good answer");
        let transport = MockTransport::new([MockReply::from(answer)]);
        let client = transport.builder().build().unwrap();
        let error = client.messages().send("+1").text("Hi").await.unwrap_err();
        assert_one_line(&error, "a large answer");
        assert_hidden(&shown(&error), "a large answer");
    }
}

#[tokio::test]
async fn an_error_without_a_connection_hides_the_request() {
    let server = Server::closed().await;
    let client = builder(&server.base_url()).build().unwrap();
    for operation in ALL {
        let result = operation.request(&client, &arguments()).sending.await;
        assert_hidden(&shown(&result.unwrap_err()), &format!("{operation:?}"));
    }
}

#[test]
fn an_error_of_json_hides_the_value() {
    let json: Json = format!("\"{TEXT} {PHONE_NUMBER}\"").parse().unwrap();
    let error = json.decode::<u32>().unwrap_err();
    assert_hidden(&format!("{error} {error:?}"), "JsonError");
}

#[test]
fn an_error_of_a_webhook_hides_the_event() {
    let signer = WebhookSigner::from_seed([7; 32]);
    let verifier = WebhookVerifier::new(signer.public_key()).unwrap();
    let body = format!("not JSON: {TEXT} {PHONE_NUMBER}");
    let headers = signer.sign(&body, SystemTime::now());
    let forged = verifier.verify(&headers, b"other").unwrap_err();
    assert_hidden(&format!("{forged} {forged:?}"), "WebhookError");
    let not_json = verifier.verify(&headers, body.as_bytes()).unwrap_err();
    assert_hidden(&format!("{not_json} {not_json:?}"), "WebhookError");
}
