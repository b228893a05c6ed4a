//! The behaviours of the mock, and what each is based on.

use std::fmt;

/// The basis of a behaviour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Basis {
    /// Telnyx documents the behaviour.
    Documented,
    /// Somebody has seen the behaviour in a response or webhook of Telnyx.
    Seen,
    /// The behaviour is a guess, because Telnyx does not document what happens. Do not rely on it.
    Guessed,
}

/// A behaviour of the mock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Behaviour {
    /// The name of the behaviour in the log.
    pub name: &'static str,
    /// What the mock does.
    pub says: &'static str,
    /// What this behaviour is based on.
    pub basis: Basis,
}

macro_rules! behaviours {
    ($($constant:ident $name:literal $basis:ident $says:literal)*) => {
        $(pub(crate) const $constant: Behaviour = Behaviour {
            name: $name,
            says: $says,
            basis: Basis::$basis,
        };)*

        /// What the code calls them.
        #[cfg(test)]
        const CONSTANTS: &[&str] = &[$(stringify!($constant)),*];

        /// Every behaviour that is not in the spec itself.
        pub const BEHAVIOURS: &[Behaviour] = &[$($constant),*];
    };
}

behaviours! {
    REQUEST "request" Documented
        "The spec defines the paths, parameters and bodies. The mock rejects an unknown field, although Telnyx may ignore it."
    SENDER "sender" Documented
        "A message needs `from` or `messaging_profile_id`. An alphanumeric sender needs both `from` and `messaging_profile_id`. An alphanumeric sender has 1 to 11 letters, digits and spaces, and at least one letter. An alphanumeric sender cannot reach recipients in the US, Canada or Puerto Rico, and cannot receive replies."
    SENDER_STATUS "sender-status" Guessed
        "A sender must be a number in E.164, a short code of 5 or 6 digits or an alphanumeric sender. The mock refuses any other sender with status 400 and error code 40305. If an alphanumeric sender sends to the US, Canada or Puerto Rico, the mock also responds with status 400 and error code 40305."
    CONTENT "content" Documented
        "A message needs text, media or other content. A message has at most 10 media files, and a group has at most 8 recipients. An SMS has at most 10 parts. A recipient is a number in E.164 or a short code. A WhatsApp recipient is a number, or the id of a user who hides their number. In a request to `/messages/alphanumeric_sender_id`, a recipient is always a number."
    TOO_LARGE "too-large" Guessed
        "The mock refuses an SMS of over 10 parts with status 400 and error code 40302. Telnyx documents error code 40302, but no status code. The mock does not simulate routes that accept up to 25 parts, or profiles that split a longer text. A message that is not an SMS has one part."
    GSM7 "gsm7" Guessed
        "If a request has `encoding: gsm7` and a text with characters outside GSM-7, the mock refuses the request with status 400 and error code 10015. Telnyx documents status code 400, but no error code."
    SCHEDULE "schedule" Documented
        "`send_at` must be 5 minutes to 5 days in the future. You can cancel a scheduled message until one minute before its `send_at`. A message's status is `scheduled` until its `send_at`."
    IDEMPOTENCY "idempotency" Documented
        "An idempotency key is valid for 24 hours, for one method and path. If a request has the same key and body as a successful request, the mock repeats the response. For the same key with another body, the mock responds with status 422 and error code 10027. If the first request with a key is still in progress, the mock responds with status 409 and error code 10036."
    LIFECYCLE "lifecycle" Documented
        "The mock sends `message.sent` when the carrier has a message, and `message.finalized` when the message's status is final."
    PACE "pace" Guessed
        "A message has the status `sent` one step after it was accepted, and its final status one step later. You can set the length of a step."
    READ "read" Guessed
        "A recipient with the behaviour `reads` reads a WhatsApp or RCS message one step after it arrived, and the mock sends `message.read`. Telnyx documents the event, but not when Telnyx sends it."
    EXPIRY "expiry" Documented
        "A message that waits 4 hours in the queue fails with 40014."
    EXPIRED_STATUS "expired-status" Documented
        "The status of a message that expired in the queue is `sending_failed`. Telnyx also has the status `expired`, but does not document when it applies."
    FAILED "failed" Guessed
        "If the carrier cannot deliver a message, the message's status is `delivery_failed`, and its `errors` contain the error code."
    CHANNEL "channel" Guessed
        "If the last message from your number to a person was a WhatsApp message, the person's replies are WhatsApp messages too. A message from the id of a WhatsApp user is always a WhatsApp message, with the id in `body.from_user_id` and no phone number. All other received messages are SMS. STOP and the other keywords also work in a WhatsApp message."
    WHATSAPP_BODY "whatsapp-body" Guessed
        "The mock puts the content of a sent WhatsApp message directly into `body`. Telnyx may put the content into `body.whatsapp_message`."
    RETENTION "retention" Guessed
        "You can look up a message for 10 days. After 10 days, the mock responds with 404. Telnyx documents the limit of 10 days, but no status code."
    KEYWORDS "keywords" Documented
        "After STOP, STOPALL, STOP ALL, UNSUBSCRIBE, CANCEL, END or QUIT from a phone number, the messaging profile can no longer send to that number. The mock lifts the block if any number of the profile receives START or UNSTOP. Telnyx lifts the block only if the number that received STOP also receives START or UNSTOP. The mock also handles STOP for toll-free numbers, although in reality the carriers do so. A keyword must be the whole text of the message, in upper or lower case."
    AUTORESPONSE "autoresponse-type" Seen
        "If a received message is an opt-out, opt-in or help keyword, its `autoresponse_type` is STOP, START or HELP."
    NO_AUTORESPONSE "no-autoresponse" Guessed
        "The mock sends no reply to STOP, START or HELP. The mock stores no autoresponse settings. If you request autoresponse settings, the mock responds with an example."
    LIMITS "limits" Guessed
        "The mock keeps a maximum number of messages, webhooks, idempotency keys, opt-outs, numbers, profiles and bulk updates, and removes the oldest records. If the mock removes an opt-out, the mock accepts messages to the recipient again. If all kept messages are in progress, the mock refuses another message with status 400 and error code 40318. If all webhooks are in progress, the mock removes the oldest webhook, and logs the removal. If all bulk updates are pending, the mock refuses another bulk update with status 400 and error code 10015."
    BLOCKED "blocked" Seen
        "If a recipient is blocked, the mock refuses the message with error code 40300. You can set the status code, because Telnyx has used 409, 400, 403 and 422."
    QUEUE_FULL "queue-full" Guessed
        "If the queue is full, the mock refuses the message with status 400 and error code 40318. Telnyx documents error code 40318, but no status code."
    SENDERS "senders" Seen
        "If you set a list of senders, the mock refuses any other sender with status 400 and error code 40305. If you set no list of senders, the mock accepts any sender."
    PROFILE "profile" Guessed
        "If a sender belongs to no messaging profile, the mock uses the default profile. The mock accepts a message that names an unknown profile. A number belongs to the account after its first use. A reply belongs to the profile of the message that it answers. If the receiving number has moved to another profile since the original message, the reply belongs to the number's new profile. If a message names only a profile, and the profile has no number, the mock sends the message from an unused number that it makes up. The numbers of a deleted profile belong to no profile. If a message, a number or a bulk update names a deleted profile, the mock refuses the request with status 400 and error code 10017. The mock sends no webhooks to a deleted profile's URLs."
    PROFILES "profiles" Documented
        "You can create, change and delete messaging profiles, and list their phone numbers. Webhooks about a sent message go to the URLs of the sender's profile. Webhooks about a received message go to the URLs of the recipient's profile. For an unknown profile, webhooks go to the URLs of the default profile."
    BULK "bulk-update" Documented
        "At first, all numbers of a bulk update are pending. After one step, the mock changes the profile of the numbers. If a number is not in E.164, the mock refuses the number with error code 10002. If the mock removes a number before it changes the profile, the number is in `failed`. If the profile is deleted before the mock changes the numbers, all numbers are in `failed`."
    WEBHOOKS "webhooks" Documented
        "The mock signs a webhook, and expects a 2xx response within 2 s. The mock tries a URL up to 3 times, then the failover URL. A redirect counts as a failure. The mock tries the URLs of the message, then the URLs of the profile, unless `use_profile_webhooks` is false. Telnyx's pages contradict each other on whether Telnyx tries the URLs of the profile after the URLs of the message."
    WEBHOOK_DELAY "webhook-delay" Guessed
        "The mock sends a webhook again 5 s after the first failure. Each later delay is twice the previous delay."
    GROUP "group" Guessed
        "For a group MMS, the mock returns only one message, and posts one event for all recipients. Telnyx posts one event for each recipient. If a phone number in the group is not in the US, Canada or Puerto Rico, the mock refuses the message with status 400 and error code 40310. Telnyx documents the rule about countries, but no status code or error code."
    COST "cost" Guessed
        "Each part of a message costs the same made-up amount. In the mock, `cost` is null until the status is final. Telnyx has also sent `cost` before the status was final."
    EXAMPLE "example" Guessed
        "If the mock has no behaviour for an operation, it responds with an example of the documented response. The example contains values from the request. An example of a list has one page."
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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    /// The sources, without this file.
    fn sources(folder: &Path) -> String {
        let entries = fs::read_dir(folder).expect("the sources are there");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        let texts = paths.map(|path| match path.is_dir() {
            true => sources(&path),
            false if path.ends_with("behaviours.rs") => String::new(),
            false => fs::read_to_string(path).expect("text"),
        });
        texts.collect()
    }

    #[test]
    fn the_log_names_each_behaviour() {
        let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        let is_of_a_name = |one: char| one.is_ascii_alphanumeric() || one == '_';
        let after = sources.split("basis::").skip(1);
        let named: HashSet<&str> = after
            .filter_map(|text| text.split(|one| !is_of_a_name(one)).next())
            .collect();
        for constant in CONSTANTS {
            let is_named = named.contains(constant);
            assert!(is_named, "nothing that the mock does rests on {constant}");
        }
    }
}
