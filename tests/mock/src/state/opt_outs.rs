//! Recipients who have opted out.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::api::Inputs;
use crate::moment::Moment;

/// The id of a profile has no maximum length in the spec.
const MOST_BYTES: usize = 16 << 20;

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
    bytes: usize,
    blocks: BTreeMap<(String, String), OptOut>,
}

impl OptOuts {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            bytes: 0,
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
        self.remove(&profile, phone);
        let key = (profile, phone.to_owned());
        self.bytes += weight(&key, &opt_out);
        self.blocks.insert(key, opt_out);
        while self.blocks.len() > self.most || self.bytes > MOST_BYTES {
            let oldest = self.blocks.iter().min_by_key(|(_, opt_out)| opt_out.at);
            let Some(((profile, phone), _)) = oldest else {
                break;
            };
            let (profile, phone) = (profile.clone(), phone.clone());
            self.remove(&profile, &phone);
        }
    }

    pub(super) fn remove(&mut self, profile: &str, phone: &str) {
        let removed = self
            .blocks
            .remove_entry(&(profile.to_owned(), phone.to_owned()));
        if let Some((key, opt_out)) = removed {
            self.bytes -= weight(&key, &opt_out);
        }
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
                "created_at": opt_out.at.with_a_space(),
            })
        });
        shown.collect()
    }
}

fn weight((profile, phone): &(String, String), opt_out: &OptOut) -> usize {
    profile.len() + phone.len() + opt_out.from.len() + opt_out.keyword.len()
}

/// `+447766****`
fn redacted(phone: &str) -> String {
    let shown: String = phone.chars().take(7).collect();
    format!("{shown}****")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_profiles_with_long_ids_are_let_go() {
        let mut opt_outs = OptOuts::new(2_000);
        let now = Moment::parse("2026-01-31T12:00:00Z").expect("a time");
        for number in 0..40 {
            let profile = format!("{number}{}", "p".repeat(1 << 20));
            opt_outs.add(profile, "+13125550001", "12345", "STOP".to_owned(), now);
        }
        assert_eq!(opt_outs.blocks.len(), 15);
        let profiles: Vec<String> = opt_outs.blocks.keys().map(|(id, _)| id.clone()).collect();
        for profile in profiles {
            opt_outs.remove(&profile, "+13125550001");
        }
        assert_eq!(opt_outs.bytes, 0);
    }
}
