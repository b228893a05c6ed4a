//! The result of a call as one value.

use http::StatusCode;

use super::{Error, Outcome, Result};
use crate::stored::stored_enum;

stored_enum! {
    /// The result of a request, as one of four cases.
    ///
    /// A verdict says what happened, for a database column or a metric. For what your program does next, see
    /// [`NextStep`](crate::NextStep).
    ///
    /// A verdict combines the outcome with the kind of error. The order of `match` arms does not matter, and the compiler reports
    /// a missing case. A later version will not add a fifth case.
    ///
    /// ```
    /// # use telnyx_messaging::{Client, Verdict};
    /// # async fn example(client: Client, key: String) {
    /// let sent = client.messages().send("+13125550001").from("+13125550000").text("Hi").idempotency_key(&key).await;
    /// match Verdict::of(&sent) {
    ///     Verdict::Accepted => println!("done"),
    ///     Verdict::Refused => println!("Telnyx says no: ask the error for its advice"),
    ///     Verdict::NotSent => println!("nothing left this machine: the advice tells a network that is down from an invalid request"),
    ///     Verdict::Unknown => println!("send it again, with the key {key} only"),
    /// }
    /// # }
    /// ```
    pub enum Verdict {
        /// The request took effect, even if its response could not be read. See [`Outcome::Applied`].
        Accepted = "accepted",
        /// The request took no effect, and the server refused the last attempt.
        Refused = "refused",
        /// The request took no effect. The last attempt did not reach the server, or there was no attempt. An invalid request,
        /// which the client never sends, has this verdict too. For an invalid request, [`Error::is_permanent`] is true, so do not
        /// send it again.
        NotSent = "not_sent",
        /// The request may have taken effect. A read never has an effect, so send it again.
        Unknown = "unknown",
    }
}

impl Verdict {
    /// The verdict on a finished call.
    #[must_use]
    pub fn of<T>(result: &Result<T>) -> Self {
        match result {
            Ok(_) => Self::Accepted,
            Err(error) => error.verdict(),
        }
    }

    /// The verdict on attempts with this outcome, of which the last had a response with this status.
    pub(crate) fn from_outcome(outcome: Outcome, status: Option<StatusCode>) -> Self {
        match (outcome, status) {
            (Outcome::Applied, _) => Self::Accepted,
            (Outcome::Unknown, _) => Self::Unknown,
            (Outcome::NotApplied, Some(_)) => Self::Refused,
            (Outcome::NotApplied, None) => Self::NotSent,
        }
    }
}

impl Error {
    /// The result of the request over all attempts of the call.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        Verdict::from_outcome(self.outcome(), self.status())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::Backoff;
    use crate::transport::MockReply;
    use crate::transport::MockTransport;
    use crate::transport::replies::{answer, cut, lost, not_sent};

    async fn verdict(replies: impl IntoIterator<Item = MockReply>) -> Verdict {
        let transport = MockTransport::new(replies);
        let backoff = Backoff::new().first(Duration::ZERO);
        let client = transport.builder().backoff(backoff).build().unwrap();
        let call = client.post("/x").idempotency_key("k");
        Verdict::of(&call.object::<serde_json::Value>().await)
    }

    #[tokio::test]
    async fn a_call_is_accepted_refused_not_sent_or_unknown() {
        assert_eq!(verdict([answer(200, "{}")]).await, Verdict::Accepted);
        assert_eq!(verdict([answer(200, "no JSON")]).await, Verdict::Unknown);
        assert_eq!(verdict([cut(200, &[])]).await, Verdict::Accepted);
        assert_eq!(verdict([answer(400, "{}")]).await, Verdict::Refused);
        assert_eq!(verdict([cut(400, &[])]).await, Verdict::Refused);
        let unsent = || [not_sent(), not_sent(), not_sent()];
        assert_eq!(verdict(unsent()).await, Verdict::NotSent);
        assert_eq!(verdict([lost(), answer(400, "{}")]).await, Verdict::Unknown);
        assert_eq!(verdict([answer(409, "{}")]).await, Verdict::Unknown);
    }

    #[tokio::test]
    async fn what_is_invalid_is_not_sent() {
        let client = MockTransport::new([]).builder().build().unwrap();
        let call = client.get("no slash").await;
        assert_eq!(Verdict::of(&call), Verdict::NotSent);
    }
}
