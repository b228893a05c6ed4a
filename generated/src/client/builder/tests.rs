use super::*;
use crate::Error;
use crate::transport::MockTransport;
use crate::transport::replies::answer;

fn nothing(_: &str) -> Option<String> {
    None
}

#[test]
fn a_missing_key_names_the_variable() {
    let error = Client::builder().build_in(nothing).unwrap_err();
    assert!(error.to_string().contains("TELNYX_API_KEY"), "{error}");
}

#[test]
fn the_environment_gives_the_key_and_the_address() {
    let environment = |variable: &str| match variable {
        "TELNYX_API_KEY" => Some("KEY".to_owned()),
        "TELNYX_BASE_URL" => Some("http://localhost:1".to_owned()),
        _ => None,
    };
    let client = Client::builder().build_in(environment).unwrap();
    assert_eq!(client.inner().authorization, "Bearer KEY");
    assert_eq!(client.inner().base_url.as_str(), "http://localhost:1");
}

#[test]
fn a_mistake_in_the_environment_names_the_variable() {
    for (mistaken, value) in [
        (API_KEY, ""),
        (API_KEY, "K\n"),
        (BASE_URL, "x"),
        (BASE_URL, "\u{fffd}"),
    ] {
        let environment = |variable: &str| match variable {
            _ if variable == mistaken => Some(value.to_owned()),
            API_KEY => Some("KEY".to_owned()),
            _ => None,
        };
        let error = Client::builder().build_in(environment).unwrap_err();
        assert!(error.to_string().starts_with(mistaken), "{error}");
    }
}

#[test]
fn an_empty_address_in_the_environment_counts_as_none() {
    let environment = |variable: &str| match variable {
        API_KEY => Some("KEY".to_owned()),
        _ => Some(String::new()),
    };
    let client = Client::builder().build_in(environment).unwrap();
    assert_eq!(client.inner().base_url.as_str(), base_url::DEFAULT);
}

#[test]
fn a_proxy_does_not_get_the_key_in_the_clear() {
    let builder = Client::builder()
        .api_key("KEY")
        .base_url("http://localhost:1")
        .proxy("http://proxy.example:3128");
    builder.clone().build_in(nothing).unwrap_err();
    builder.allow_insecure_http(true).build_in(nothing).unwrap();
}

#[test]
fn an_argument_beats_the_environment() {
    let environment = |_: &str| Some("http://localhost:1".to_owned());
    let builder = Client::builder()
        .api_key("KEY")
        .base_url("http://localhost:2");
    let client = builder.build_in(environment).unwrap();
    assert_eq!(client.inner().authorization, "Bearer KEY");
    assert_eq!(client.inner().base_url.as_str(), "http://localhost:2");
}

#[test]
fn a_key_that_could_end_its_header_is_refused() {
    for key in ["", " ", "KEY\n", "KEY\r\nX: y", "KEY\0", "KÉY", "a b"] {
        let error = Client::builder()
            .api_key(key)
            .build_in(nothing)
            .unwrap_err();
        assert!(error.to_string().starts_with("the API key "), "{error}");
    }
}

#[test]
fn a_suffix_that_could_end_its_header_is_refused() {
    let builder = Client::builder()
        .api_key("KEY")
        .user_agent_suffix("a\r\nX: y");
    builder.build_in(nothing).unwrap_err();
}

#[tokio::test]
async fn layers_go_around_the_transport_that_was_set_and_around_each_other() {
    struct Marks(InnerTransport, &'static str);

    impl Transport for Marks {
        fn send(&self, mut request: http::Request<bytes::Bytes>) -> transport::SendFuture<'_> {
            let mark = HeaderValue::from_static(self.1);
            request.headers_mut().append("x-mark", mark);
            self.0.send(request)
        }
    }

    let mock = transport::MockTransport::new([transport::MockReply::ok("{}")]);
    let builder = mock.builder();
    let builder = builder.transport_layer(|inner| Marks(inner, "inner"));
    let builder = builder.transport_layer(|inner| Marks(inner, "outer"));
    let client = builder.build_in(nothing).unwrap();
    client.get("/x").await.unwrap();
    let [request] = &mock.requests()[..] else {
        panic!("one request")
    };
    let marks: Vec<_> = request.headers().get_all("x-mark").iter().collect();
    assert_eq!(marks, ["outer", "inner"]);
}

#[test]
fn debug_shows_no_key_and_no_proxy() {
    let builder = Client::builder()
        .api_key("CANARY")
        .base_url("https://localhost:1")
        .proxy("http://user:CANARY@localhost:1");
    assert!(!format!("{builder:?}").contains("CANARY"));
    let client = builder.build_in(nothing).unwrap();
    assert!(!format!("{client:?}").contains("CANARY"));
}

/// The error of a client that cannot connect, in an environment with this proxy.
#[cfg(any(feature = "rustls", feature = "aws-lc-rs", feature = "native-tls"))]
async fn unconnected(builder: ClientBuilder, proxy: &str) -> String {
    let environment = |variable: &str| (variable == "https_proxy").then(|| proxy.to_owned());
    let builder = builder.api_key("KEY").max_retries(0);
    let client = builder.build_in(environment).unwrap();
    client.get("/x").await.unwrap_err().to_string()
}

#[cfg(any(feature = "rustls", feature = "aws-lc-rs", feature = "native-tls"))]
#[tokio::test]
async fn a_failed_connection_names_the_proxy_that_the_client_ignores() {
    let closed = || Client::builder().base_url("https://127.0.0.1:1");
    let hint = "`ClientBuilder::proxy`";
    let error = unconnected(closed(), "http://127.0.0.1:1").await;
    assert!(error.contains(hint), "{error}");
    let error = unconnected(closed(), "").await;
    assert!(
        error.contains("no connection") && !error.contains(hint),
        "{error}"
    );
    let proxied = closed().proxy("http://127.0.0.1:1");
    let error = unconnected(proxied, "http://127.0.0.1:1").await;
    assert!(
        error.contains("no connection") && !error.contains(hint),
        "{error}"
    );
}

#[test]
fn clones_of_a_builder_share_only_a_budget_that_was_set() {
    let both = |builder: ClientBuilder| {
        let [one, other] = ["A", "B"].map(|key| {
            let client = builder.clone().api_key(key).build_in(nothing);
            client.unwrap().inner().budget.clone()
        });
        assert!(one.take());
        (one.retries_left(), other.retries_left())
    };
    assert_eq!(both(Client::builder()), (Some(99), Some(100)));
    let budget = RetryBudget::default();
    let shared = Client::builder().retry_budget(budget);
    assert_eq!(both(shared), (Some(99), Some(99)));
}

#[tokio::test]
async fn a_transport_can_be_chosen_at_run_time_and_kept() {
    let kept = Arc::new(transport::MockTransport::new([transport::MockReply::ok(
        "1",
    )]));
    let chosen: Box<dyn Transport> = Box::new(Arc::clone(&kept));
    let builder = Client::builder().api_key("KEY").transport(chosen);
    let client = builder.build_in(nothing).unwrap();
    client.get("/x").await.unwrap();
    assert_eq!(kept.requests().len(), 1);
}

#[tokio::test]
async fn the_options_of_a_builder_hold_for_every_call() {
    let transport = MockTransport::from_fn(|_| answer(200, "{}"));
    let first = RequestOptions::new()
        .header("x-tenant", "7")
        .header("x-shop", "1");
    let second = RequestOptions::new().header("x-tenant", "8").max_retries(5);
    let builder = transport.builder().max_retries(1);
    let client = builder.options(first).options(second).build().unwrap();
    let own = RequestOptions::new().header("x-shop", "2");
    client.get("/a").with_options(own).await.unwrap();
    client.get("/b").await.unwrap();
    let [of_call, of_client] = &transport.requests()[..] else {
        panic!("two requests")
    };
    assert_eq!(of_call.headers()["x-tenant"], "8");
    assert_eq!(of_call.headers()["x-shop"], "2");
    assert_eq!(of_client.headers()["x-shop"], "1");
    assert_eq!(
        client
            .inner()
            .limits
            .with(&client.inner().options)
            .max_retries,
        5
    );
}

#[test]
fn options_that_cannot_be_sent_fail_when_the_client_is_built() {
    let options = RequestOptions::new().header("x-tenant", "a\nb");
    let builder = Client::builder().api_key("KEY").options(options);
    let error = builder.build_in(nothing).unwrap_err();
    assert!(matches!(error, Error::Config(_)), "{error}");
}
