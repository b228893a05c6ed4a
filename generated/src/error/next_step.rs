//! What a program that stores its messages does next.

use super::{Advice, Error, Result, Verdict};
use crate::stored::stored_enum;

stored_enum! {
    /// What your program does next with a request, after a call.
    ///
    /// The step combines the [`Verdict`] with the [`Advice`], so that a `match` covers everything. A later version will not add a
    /// sixth step.
    ///
    /// After a failure that may be temporary, the step for a read, such as a list, is [`SendAgain`](Self::SendAgain). The step is
    /// also `SendAgain` for a request with an idempotency key, and for a change that has no further effect if it is repeated.
    /// Examples of such changes are a deletion and an update of a number's settings. For a read, the step is
    /// [`Review`](Self::Review) if Telnyx's response is too large, or if its `data` cannot be read. In both cases, the next
    /// response would be the same.
    ///
    /// No step sends a message twice if you repeat a request unchanged and with the same idempotency key. Telnyx forgets a key
    /// after 24 hours. After [`IDEMPOTENCY_KEY_LIFETIME`](crate::IDEMPOTENCY_KEY_LIFETIME), which is 23 hours, treat
    /// [`SendAgain`](Self::SendAgain) and [`Pause`](Self::Pause) as [`Review`](Self::Review).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use telnyx_messaging::{Client, NextStep};
    /// # async fn example(client: Client, key: String) {
    /// let sent = client.messages().send("+13125550001").from("+13125550000").text("Hi").idempotency_key(&key).await;
    /// let (step, error) = (NextStep::of(&sent), sent.as_ref().err());
    /// match step {
    ///     NextStep::Done => println!("write down that it is sent"),
    ///     NextStep::SendAgain => {
    ///         let wait = error.and_then(|error| error.retry_after());
    ///         println!("again in {:?}, with the key {key}", wait.unwrap_or(Duration::from_secs(60)));
    ///     }
    ///     NextStep::GiveUp => println!("write down that it is refused: {error:?}"),
    ///     NextStep::Pause => println!("keep it, send no more, and call somebody: {error:?}"),
    ///     NextStep::Review => println!("keep it, and let somebody decide: {error:?}"),
    /// }
    /// # }
    /// ```
    pub enum NextStep {
        /// Telnyx accepted the message. Do not send it again. If the response could not be read, [`Error::message_id`] may still
        /// find the id.
        Done = "done",
        /// Send the same request again with the same idempotency key. Wait for [`Error::retry_after`], or for a time of your
        /// choice.
        SendAgain = "send_again",
        /// Telnyx or the client refused this message. Mark the message as refused. The [`Advice`] says whether the message's text
        /// or recipient is the reason.
        GiveUp = "give_up",
        /// The message is not the reason, so keep it. Pause the sender if the advice is [`Advice::StopSender`], and pause
        /// everything otherwise. Send the message again when somebody has fixed the cause.
        Pause = "pause",
        /// A person must decide. The message may have been sent, so a second request could send it twice. Other reasons are a
        /// setting that does not allow the recipient ([`Advice::AllowRecipient`]), and an error for which Telnyx's pages give no
        /// advice. For a read, the reasons are `data` that cannot be read, and a list with more items than the program asked for.
        Review = "review",
    }
}

impl NextStep {
    /// The next step after a call.
    #[must_use]
    pub fn of<T>(result: &Result<T>) -> Self {
        match result {
            Ok(_) => Self::Done,
            Err(error) => error.next_step(),
        }
    }
}

impl Error {
    /// What your program does next with this request.
    #[must_use]
    pub fn next_step(&self) -> NextStep {
        let effort = self.effort();
        match (self.verdict(), self.advice()) {
            (Verdict::Accepted, _) if effort.is_some_and(|effort| effort.is_read) => {
                match self.may_pass() {
                    true => NextStep::SendAgain,
                    false => NextStep::Review,
                }
            }
            (Verdict::Accepted, _) => NextStep::Done,
            (Verdict::Unknown, _) if effort.is_some_and(|effort| effort.is_repeatable) => {
                NextStep::SendAgain
            }
            (Verdict::Unknown, _) => NextStep::Review,
            (_, Advice::LaterSameKey) => NextStep::SendAgain,
            (_, Advice::DropRecipient | Advice::FixMessage) => NextStep::GiveUp,
            (_, Advice::StopSender | Advice::StopAccount) => NextStep::Pause,
            (_, Advice::AllowRecipient | Advice::LaterNewKey | Advice::Unknown) => NextStep::Review,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::{HeaderMap, StatusCode};

    use super::*;
    use crate::transport::replies::{self, answer, certificate, cut, lost, not_sent};
    use crate::transport::{MockReply, MockTransport, SendError};
    use crate::{Backoff, RequestOptions};

    async fn step(key: Option<&str>, replies: impl IntoIterator<Item = MockReply>) -> NextStep {
        let transport = MockTransport::new(replies);
        let backoff = Backoff::new().first(Duration::ZERO);
        let client = transport.builder().backoff(backoff).build().unwrap();
        let call = client.post("/x");
        let call = match key {
            Some(key) => call.idempotency_key(key),
            None => call,
        };
        NextStep::of(&call.object::<serde_json::Value>().await)
    }

    fn coded(status: u16, code: &str) -> [MockReply; 1] {
        [answer(
            status,
            &format!(r#"{{"errors":[{{"code":"{code}"}}]}}"#),
        )]
    }

    #[tokio::test]
    async fn what_was_accepted_is_done_though_its_response_cannot_be_read() {
        assert_eq!(step(None, [answer(200, "{}")]).await, NextStep::Done);
        assert_eq!(step(None, [cut(200, &[])]).await, NextStep::Done);
        let client = replies::client(&MockTransport::new([answer(200, r#"{"data":{}}"#)]));
        let call = client.post("/x").object::<Vec<u32>>();
        assert_eq!(NextStep::of(&call.await), NextStep::Done);
    }

    #[tokio::test]
    async fn a_success_without_id_and_data_is_in_doubt() {
        let page = || [answer(200, "<html>")];
        assert_eq!(step(Some("k"), page()).await, NextStep::SendAgain);
        assert_eq!(step(None, page()).await, NextStep::Review);
    }

    #[tokio::test]
    async fn a_read_and_what_may_be_repeated_is_sent_again() {
        for replies in [
            vec![answer(503, ""), answer(503, ""), answer(503, "")],
            vec![answer(200, "<html>")],
            vec![lost(), lost(), lost()],
        ] {
            let client = MockTransport::new(replies).builder();
            let client = client.backoff(Backoff::new().first(Duration::ZERO));
            let read = client.build().unwrap().get("/x").data::<u32>().await;
            assert_eq!(NextStep::of(&read), NextStep::SendAgain);
        }
        let client = MockTransport::new([answer(500, "")]).builder();
        let client = client.max_retries(0).build().unwrap();
        let removed = client.delete("/x").await;
        assert_eq!(NextStep::of(&removed), NextStep::SendAgain);
    }

    /// The step after a read with these replies.
    async fn step_of_read(replies: impl IntoIterator<Item = MockReply>) -> NextStep {
        let client = MockTransport::new(replies).builder();
        let client = client.backoff(Backoff::new().first(Duration::ZERO));
        let read = client.build().unwrap().get("/x").data::<Vec<u32>>().await;
        NextStep::of(&read)
    }

    #[tokio::test]
    async fn a_read_whose_response_would_be_as_unreadable_again_is_not_repeated() {
        let too_large = || {
            let error = SendError::body_too_large(8);
            MockReply::error(error.with_head(StatusCode::OK, HeaderMap::new()))
        };
        for reply in [answer(200, r#"{"data":{}}"#), too_large()] {
            assert_eq!(step_of_read([reply]).await, NextStep::Review);
        }
        let cuts = [cut(200, &[]), cut(200, &[]), cut(200, &[])];
        assert_eq!(step_of_read(cuts).await, NextStep::SendAgain);
    }

    #[tokio::test]
    async fn a_setting_that_is_wrong_refuses_no_message() {
        let client = replies::client(&MockTransport::new([]));
        let options = RequestOptions::new().header("x-tenant", "a\nb");
        let failed = client.post("/x").with_options(options).await;
        assert_eq!(NextStep::of(&failed), NextStep::Pause);
    }

    #[tokio::test]
    async fn a_refusal_whose_body_was_cut_is_judged_by_its_status() {
        let limited = (0..3).map(|_| cut(429, &[]));
        assert_eq!(step(Some("k"), limited).await, NextStep::SendAgain);
        assert_eq!(step(Some("k"), [cut(401, &[])]).await, NextStep::Pause);
        assert_eq!(step(Some("k"), [cut(403, &[])]).await, NextStep::Review);
    }

    #[tokio::test]
    async fn a_wrong_address_is_no_case_for_each_message() {
        let elsewhere = [answer(404, "<html>")];
        assert_eq!(step(Some("k"), elsewhere).await, NextStep::Pause);
        let proxy = [answer(407, "<html>")];
        assert_eq!(step(Some("k"), proxy).await, NextStep::Pause);
        let filtered = [answer(403, "<html>")];
        assert_eq!(step(Some("k"), filtered).await, NextStep::Review);
    }

    #[tokio::test]
    async fn what_is_in_doubt_is_sent_again_only_with_a_key() {
        let in_doubt = || [lost(), answer(400, "{}")];
        assert_eq!(step(Some("k"), in_doubt()).await, NextStep::SendAgain);
        assert_eq!(step(None, in_doubt()).await, NextStep::Review);
        let in_progress = || (0..3).flat_map(|_| coded(409, "10036"));
        assert_eq!(step(Some("k"), in_progress()).await, NextStep::SendAgain);
    }

    #[tokio::test]
    async fn what_passes_is_sent_again() {
        let unsent = || [not_sent(), not_sent(), not_sent()];
        assert_eq!(step(None, unsent()).await, NextStep::SendAgain);
        let full = coded(400, "40318");
        assert_eq!(step(Some("k"), full).await, NextStep::SendAgain);
    }

    #[tokio::test]
    async fn only_what_is_wrong_with_the_message_ends_it() {
        assert_eq!(step(None, coded(409, "40300")).await, NextStep::GiveUp);
        assert_eq!(step(None, coded(400, "10002")).await, NextStep::GiveUp);
        let client = MockTransport::new([]).builder().build().unwrap();
        let invalid = client.get("no slash").await;
        assert_eq!(NextStep::of(&invalid), NextStep::GiveUp);
    }

    #[tokio::test]
    async fn what_is_wrong_with_the_sender_or_the_account_discards_no_message() {
        for refused in [
            coded(400, "40305"),
            coded(401, "10009"),
            coded(403, "40314"),
        ] {
            assert_eq!(step(Some("k"), refused).await, NextStep::Pause);
        }
        assert_eq!(step(None, [answer(401, "<html>")]).await, NextStep::Pause);
        assert_eq!(step(None, [certificate()]).await, NextStep::Pause);
    }

    #[tokio::test]
    async fn a_person_decides_on_a_key_of_another_message_and_on_what_nobody_knows() {
        for refused in [coded(422, "10027"), coded(400, "99999")] {
            assert_eq!(step(Some("k"), refused).await, NextStep::Review);
        }
    }

    #[tokio::test]
    async fn a_person_decides_on_a_recipient_that_a_setting_does_not_allow() {
        for code in ["40309", "10039"] {
            let step = step(Some("k"), coded(400, code)).await;
            assert_eq!(step, NextStep::Review, "{code}");
        }
    }
}
