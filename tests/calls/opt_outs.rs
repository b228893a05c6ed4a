//! Opt-outs.

use crate::{Case, sending};

pub(crate) const CASES: &[Case] = &[
    Case::new("ListOptOuts", "minimal", |client| {
        sending(client.messaging_optouts().list())
    }),
    Case::new("ListOptOuts", "full", |client| {
        sending(
            client
                .messaging_optouts()
                .list()
                .created_at_gte("2026-01-01T00:00:00Z")
                .created_at_lte("2026-02-01T00:00:00+01:00")
                .filter_from("+13125550000")
                .filter_messaging_profile_id("4000eba1-a0c0-4563-9925-b25e842a7cb6")
                .redaction_enabled(true)
                .page_number(2)
                .page_size(250),
        )
    }),
];
