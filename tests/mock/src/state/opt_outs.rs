//! Recipients who have opted out.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::api::Inputs;
use crate::moment::Moment;

#[derive(Debug)]
struct OptOut {
    from: String,
    keyword: String,
    at: Moment,
}

/// The blocks, by messaging profile and recipient. The oldest is let go for one that comes when there are too many.
#[derive(Debug)]
pub(super) struct OptOuts {
    most: usize,
    blocks: BTreeMap<(String, String), OptOut>,
}

impl OptOuts {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            blocks: BTreeMap::new(),
        }
    }

    /// `phone` refuses what the profile sends. It has told the sender `from`.
    pub(super) fn add(
        &mut self,
        profile: String,
        phone: &str,
        from: &str,
        keyword: String,
        at: Moment,
    ) {
        let from = from.to_owned();
        let opt_out = OptOut { from, keyword, at };
        self.blocks.insert((profile, phone.to_owned()), opt_out);
        if self.blocks.len() > self.most {
            let oldest = self.blocks.iter().min_by_key(|(_, opt_out)| opt_out.at);
            let oldest = oldest.map(|(key, _)| key.clone());
            oldest.and_then(|key| self.blocks.remove(&key));
        }
    }

    pub(super) fn remove(&mut self, profile: &str, phone: &str) {
        self.blocks.remove(&(profile.to_owned(), phone.to_owned()));
    }

    pub(super) fn blocks(&self, profile: &str, phone: &str) -> bool {
        let key = (profile.to_owned(), phone.to_owned());
        self.blocks.contains_key(&key)
    }

    /// Whether any profile may not send to the phone.
    pub(super) fn has(&self, phone: &str) -> bool {
        self.blocks.keys().any(|(_, blocked)| blocked == phone)
    }

    /// What the filters of a list leave, the newest first.
    pub(super) fn list(&self, inputs: &Inputs) -> Vec<Value> {
        let wanted = |name: &str| inputs.query.get(name).map(String::as_str);
        let time = |name: &str| wanted(name).and_then(Moment::parse);
        let [after, before] = [time("created_at[gte]"), time("created_at[lte]")];
        let mut found: Vec<_> = self
            .blocks
            .iter()
            .filter(|((profile, _), opt_out)| {
                wanted("filter[from]").is_none_or(|from| from == opt_out.from)
                    && wanted("filter[messaging_profile_id]").is_none_or(|id| id == profile)
                    && after.is_none_or(|after| opt_out.at >= after)
                    && before.is_none_or(|before| opt_out.at <= before)
            })
            .collect();
        found.sort_by_key(|(_, opt_out)| std::cmp::Reverse(opt_out.at));
        let is_redacted = wanted("redaction_enabled") == Some("true");
        let shown = found.into_iter().map(|((profile, phone), opt_out)| {
            json!({
                "to": if is_redacted { redacted(phone) } else { phone.clone() },
                "from": opt_out.from,
                "messaging_profile_id": profile,
                "keyword": opt_out.keyword,
                "created_at": opt_out.at.to_string(),
            })
        });
        shown.collect()
    }
}

/// `+447766****`
fn redacted(phone: &str) -> String {
    let shown: String = phone.chars().take(7).collect();
    format!("{shown}****")
}
