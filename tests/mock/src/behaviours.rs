//! What the mock does as Telnyx does, and how far that is known.

use std::fmt;

/// How far a behaviour is known to be Telnyx's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Basis {
    /// Telnyx's documentation says so.
    Documented,
    /// Somebody has seen it in a response or webhook.
    Seen,
    /// Nobody has said so: the mock had to do something. Do not rely on it.
    Guessed,
}

/// A behaviour of the mock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Behaviour {
    /// How the log calls it.
    pub name: &'static str,
    /// What the mock does.
    pub says: &'static str,
    /// How far this is known.
    pub basis: Basis,
}

macro_rules! behaviours {
    ($($constant:ident $name:literal $basis:ident $says:literal)*) => {
        $(pub(crate) const $constant: Behaviour = Behaviour {
            name: $name,
            says: $says,
            basis: Basis::$basis,
        };)*

        /// Every behaviour that is not in the spec itself.
        pub const BEHAVIOURS: &[Behaviour] = &[$($constant),*];
    };
}

behaviours! {
    REQUEST "request" Documented
        "The spec decides on paths, parameters and bodies. An unknown field is refused, where Telnyx may ignore it."
    SENDER "sender" Documented
        "A message needs `from` or `messaging_profile_id`; an alphanumeric sender needs both."
    CONTENT "content" Documented
        "A message needs a text, media or other content; at most 10 media files and 8 recipients of a group."
    SCHEDULE "schedule" Documented
        "`send_at` is 5 minutes to 5 days ahead. A scheduled message can be cancelled until a minute before."
    IDEMPOTENCY "idempotency" Documented
        "A key is good for 24 hours, method and path: the same body replays a success, another is 422 with 10027, one that is being worked on 409 with 10036."
    LIFECYCLE "lifecycle" Documented
        "`message.sent` when the carrier has a message, `message.finalized` when its status is final."
    PACE "pace" Guessed
        "A message is sent one step after it was accepted, and final one step later. A step is a setting."
    EXPIRY "expiry" Documented
        "What waits 4 hours in the queue ends with 40014."
    EXPIRED_STATUS "expired-status" Guessed
        "The status of a message that expired in the queue is `expired`."
    FAILED "failed" Guessed
        "A delivery that the carrier cannot make ends with `delivery_failed` and the code in `errors`."
    KEYWORDS "keywords" Documented
        "STOP, STOPALL, STOP ALL, UNSUBSCRIBE, CANCEL, END and QUIT block a recipient for a messaging profile; START and UNSTOP lift it. The whole message counts, in any case."
    AUTORESPONSE "autoresponse-type" Seen
        "`autoresponse_type` of a received message is STOP, START or HELP after such a word."
    NO_AUTORESPONSE "no-autoresponse" Guessed
        "The answers that Telnyx sends to STOP and HELP are not imitated."
    BLOCKED "blocked" Seen
        "A message to a blocked recipient is refused with 40300. The status is a setting: 409 was seen, and 400, 403 and 422 as well."
    QUEUE_FULL "queue-full" Guessed
        "A full queue refuses with 400 and 40318; the documentation names the code and no status."
    SENDERS "senders" Seen
        "With a list of senders set, any other is refused with 400 and 40305. Without one, any sender is accepted."
    PROFILE "profile" Guessed
        "A sender without a messaging profile has the default one. A number becomes the account's when it is first used."
    PROFILES "profiles" Documented
        "A messaging profile is created, changed and deleted. Webhooks go to the URLs of the sender's or the recipient's profile; one that was never created has those of the default one."
    BULK "bulk-update" Documented
        "The numbers of a bulk update are pending first and updated later: here after one step."
    WEBHOOKS "webhooks" Documented
        "A webhook is signed and has to be answered with 2xx within 2 s. A URL gets up to 3 attempts, then the failover URL; a redirect is a failure. The message's URL goes before the profile's."
    WEBHOOK_DELAY "webhook-delay" Guessed
        "The second attempt comes 5 s after the first has failed; each later delay is twice the one before."
    GROUP "group" Guessed
        "The messages of a group are the one message that was sent to it."
    COST "cost" Guessed
        "Every part of a message costs the same made-up amount."
    EXAMPLE "example" Guessed
        "An operation without a behaviour responds with an example of its documented response that holds what was sent."
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Documented => "documented",
            Self::Seen => "seen",
            Self::Guessed => "guessed",
        })
    }
}

impl Behaviour {
    /// The table of all behaviours, in Markdown.
    #[must_use]
    pub fn table() -> String {
        let rows = BEHAVIOURS.iter();
        let rows = rows.map(|one| format!("| {} | {} | {} |\n", one.name, one.basis, one.says));
        format!(
            "| behaviour | basis | what the mock does |\n|---|---|---|\n{}",
            rows.collect::<String>()
        )
    }
}
