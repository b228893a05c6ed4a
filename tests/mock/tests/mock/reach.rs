//! Where clients reach the mock.

use std::net::{Ipv4Addr, SocketAddr};

use telnyx_messaging_mock::Mock;

use crate::{FROM, TO};

#[tokio::test]
async fn a_mock_that_listens_everywhere_has_a_client() {
    let everywhere = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0));
    let mock = Mock::builder().listen(everywhere).start();
    let mock = mock.await.expect("started");
    for url in [mock.base_url(), mock.inbox_url()] {
        assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    }
    let client = mock.client().expect("a client");
    let sent = client.messages().send(TO).from(FROM).text("Hi").await;
    sent.expect("accepted");
}
