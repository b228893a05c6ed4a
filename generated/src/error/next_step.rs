//! What a program that stores its messages does next.

use super::{Advice, Error, Result, Verdict};
use crate::stored::stored_enum;

stored_enum! {
    /// What an outbox does next with a message, after a call.
    ///
    /// It combines the [`Verdict`] with the [`Advice`], so that a `match` covers everything. There will be no sixth step.
    ///
    /// No step sends a message twice if you repeat a request unchanged and with the same idempotency key. Telnyx forgets a key after
    /// 24 hours. From then on, read [`SendAgain`](Self::SendAgain) and [`Pause`](Self::Pause) as [`Review`](Self::Review).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use telnyx_messaging::{Client, NextStep};
    /// # async fn example(client: Client, key: String) {
    /// let sent = client.messages().send("+13125550001").text("Hi").idempotency_key(&key).await;
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
        /// Send the same request again with the same key. Wait for [`Error::retry_after`], or for a time of your choice.
        SendAgain = "send_again",
        /// Telnyx or the client refused this message. Mark it as refused. The [`Advice`] says whether its text or its recipient
        /// is the reason.
        GiveUp = "give_up",
        /// The message is not the reason. Keep it. Pause the sender if the advice is [`Advice::StopSender`], and pause everything
        /// otherwise. Send it again when somebody has removed the reason.
        Pause = "pause",
<<<<<<< HEAD
        /// A person must decide. Either the message may have been sent, so a second request could send it twice, or Telnyx's
        /// pages do not say what to do about the error.
=======
        /// Nobody but a person can decide. Perhaps the message was sent, and a second request could send it twice. Or a setting
        /// does not allow the recipient ([`Advice::AllowRecipient`]). Or Telnyx's pages do not say what helps.
>>>>>>> 4d5f412 (Let one advice decide what is permanent, and drop no recipient because of a setting)
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
    /// What an outbox does next with the message.
    #[must_use]
    pub fn next_step(&self) -> NextStep {
        match (self.verdict(), self.advice()) {
            (Verdict::Accepted, _) => NextStep::Done,
            (Verdict::Unknown, _) if self.idempotency_key().is_some() => NextStep::SendAgain,
            (Verdict::Unknown, _) => NextStep::Review,
            (_, Advice::LaterSameKey) => NextStep::SendAgain,
            (_, Advice::DropRecipient | Advice::FixMessage) => NextStep::GiveUp,
            (_, Advice::StopSender | Advice::StopAccount) => NextStep::Pause,
            // A rejected certificate, or no runtime: the same for every message.
            (Verdict::NotSent, _) => NextStep::Pause,
            (Verdict::Refused, Advice::AllowRecipient | Advice::LaterNewKey | Advice::Unknown) => {
                NextStep::Review
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::Backoff;
    use crate::transport::replies::{answer, certificate, cut, lost, not_sent};
    use crate::transport::{MockReply, MockTransport};

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
        assert_eq!(step(None, [answer(200, "<html>")]).await, NextStep::Done);
        assert_eq!(step(None, [cut(200, &[])]).await, NextStep::Done);
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
