//! What a server of HTTP/2 does to a stream.

use h2::Reason;
use telnyx_messaging_mock::Random;

/// What happens to the stream of one attempt.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    /// Nothing is done: `RST_STREAM` with `REFUSED_STREAM`.
    Refuses,
    /// Nothing is done: `GOAWAY` whose last stream comes before this one.
    GoesAwayBefore(Reason),
    /// Nothing is done: a response of this status.
    Rejects(u16),
    /// Nothing is done, and nothing says so.
    Loses(End),
    /// What the request asks for is done.
    Accepts(End),
}

/// How a stream ends.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    Answers(u16),
    /// `GOAWAY` whose last stream does not come before this one, then the response.
    GoesAway(Reason),
    GoesAwayAndDies(Reason),
    Resets(Reason),
    /// `RST_STREAM` in the middle of the body.
    ResetsInBody(Reason),
    /// The connection is cut.
    Dies,
    DiesInBody,
    /// No response.
    Hangs,
}

impl Fault {
    pub(super) fn drawn(random: &mut Random) -> Self {
        let reasons = [
            Reason::NO_ERROR,
            Reason::INTERNAL_ERROR,
            Reason::ENHANCE_YOUR_CALM,
        ];
        let reason = random.one_of(&reasons);
        let broken = [
            End::GoesAwayAndDies(reason),
            End::Resets(random.one_of(&[Reason::INTERNAL_ERROR, Reason::CANCEL])),
            End::Dies,
            End::Hangs,
        ];
        match random.below(12) {
            0 => Self::Refuses,
            1 => Self::GoesAwayBefore(reason),
            2 => Self::Rejects(random.one_of(&[400, 404, 429, 503])),
            3 => Self::Loses(random.one_of(&broken)),
            4 | 5 => Self::Accepts(random.one_of(&broken)),
            6 => Self::Accepts(End::ResetsInBody(reason)),
            7 => Self::Accepts(End::DiesInBody),
            8 => Self::Accepts(End::GoesAway(reason)),
            _ => Self::Accepts(End::Answers(random.one_of(&[200, 200, 408, 500, 502, 504]))),
        }
    }
}
