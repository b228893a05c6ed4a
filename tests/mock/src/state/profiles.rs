//! The account's messaging profiles.

use serde_json::{Map, Value, json};

use super::message::ORGANIZATION;
use super::numbers::DEFAULT_PROFILE;
use crate::api::{Inputs, Refusal};
use crate::moment::Moment;
use crate::random::Random;
use crate::records::{Record, Records, weight_of};
use crate::settings::Settings;

/// What a profile has that nobody has set.
const DEFAULTS: [(&str, bool); 5] = [
    ("enabled", true),
    ("mms_fall_back_to_sms", false),
    ("mms_transcoding", false),
    ("mobile_only", false),
    ("smart_encoding", false),
];

#[derive(Debug)]
pub(super) struct Profile {
    settings: Map<String, Value>,
    is_deleted: bool,
}

/// The profiles: the default one, and those that were created.
#[derive(Debug)]
pub(super) struct Profiles {
    profiles: Records<Profile>,
}

impl Profiles {
    pub(super) fn new(settings: &Settings, now: Moment) -> Self {
        let mut profiles = Self {
            profiles: Records::new(settings.records),
        };
        let own = json!({
            "name": "Default",
            "whitelisted_destinations": ["*"],
            "webhook_url": settings.webhook_url,
            "webhook_failover_url": settings.webhook_failover_url,
        });
        let own = own.as_object().cloned().unwrap_or_default();
        profiles.add(DEFAULT_PROFILE, own, now);
        profiles.profiles.keep();
        profiles
    }

    pub(super) fn create(&mut self, inputs: &Inputs, random: &mut Random, now: Moment) -> Value {
        let id = random.uuid();
        self.add(&id, inputs.body.clone(), now)
    }

    pub(super) fn retrieve(&self, id: &str) -> Result<Value, Refusal> {
        let profile = self.find(id)?;
        Ok(profile.settings.clone().into())
    }

    /// The profile, unless it was deleted.
    pub(super) fn find(&self, id: &str) -> Result<&Profile, Refusal> {
        let known = self.profiles.get(id).filter(|one| !one.is_deleted);
        known.ok_or_else(|| Refusal::not_found("messaging profile", id))
    }

    pub(super) fn change(
        &mut self,
        id: &str,
        inputs: &Inputs,
        now: Moment,
    ) -> Result<Value, Refusal> {
        self.find(id)?;
        if let Some(profile) = self.profiles.get_mut(id) {
            profile.settings.extend(inputs.body.clone());
            let now = now.to_string().into();
            profile.settings.insert("updated_at".to_owned(), now);
        }
        let _ = self.profiles.weigh(id);
        self.retrieve(id)
    }

    /// Gives the profile as it was.
    pub(super) fn delete(&mut self, id: &str) -> Result<Value, Refusal> {
        let deleted = self.retrieve(id)?;
        if let Some(profile) = self.profiles.get_mut(id) {
            profile.is_deleted = true;
        }
        Ok(deleted)
    }

    pub(super) fn list(&self, inputs: &Inputs) -> Vec<Value> {
        let wanted = |filter: &str| inputs.query.get(filter).map(String::as_str);
        let profiles = self.profiles.iter().filter(|profile| {
            let name = profile.text("name").unwrap_or_default();
            !profile.is_deleted
                && ["filter[name]", "filter[name][eq]"]
                    .iter()
                    .all(|filter| wanted(filter).is_none_or(|wanted| wanted == name))
                && wanted("filter[name][contains]").is_none_or(|part| name.contains(part))
        });
        let settings = profiles.map(|profile| profile.settings.clone().into());
        settings.collect()
    }

    /// Whether it was there and was deleted.
    pub(super) fn is_deleted(&self, id: &str) -> bool {
        self.profiles.get(id).is_some_and(|one| one.is_deleted)
    }

    /// Where webhooks of a profile go. One that was never created has those of the default one, and a deleted one has none.
    pub(super) fn urls(&self, id: &str) -> Vec<String> {
        let known = self.profiles.get(id);
        let known = known.or_else(|| self.profiles.get(DEFAULT_PROFILE));
        let known = known.filter(|one| !one.is_deleted);
        let urls = ["webhook_url", "webhook_failover_url"];
        let urls = urls.into_iter().filter_map(|name| known?.text(name));
        urls.filter(|url| !url.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn add(&mut self, id: &str, settings: Map<String, Value>, now: Moment) -> Value {
        let mut all = Map::new();
        for (name, value) in DEFAULTS {
            all.insert(name.to_owned(), value.into());
        }
        all.insert("webhook_api_version".to_owned(), "2".into());
        all.extend(settings);
        for (name, value) in [
            ("id", id),
            ("record_type", "messaging_profile"),
            ("organization_id", ORGANIZATION),
            ("created_at", &now.to_string()),
            ("updated_at", &now.to_string()),
        ] {
            all.insert(name.to_owned(), value.into());
        }
        let profile = Profile {
            settings: all.clone(),
            is_deleted: false,
        };
        // A profile is never under way.
        let _ = self.profiles.push(id.to_owned(), profile);
        all.into()
    }
}

impl Record for Profile {
    fn weight(&self) -> usize {
        size_of::<Self>() + weight_of(&self.settings)
    }
}

impl Profile {
    fn text(&self, name: &str) -> Option<&str> {
        self.settings.get(name)?.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_profile_is_never_let_go() {
        let settings = Settings {
            records: 1,
            webhook_url: Some("http://localhost/webhooks".to_owned()),
            ..Settings::default()
        };
        let (mut random, now) = (Random::new(0), Moment::parse("2026-01-31T12:00:00Z"));
        let now = now.expect("a time");
        let mut profiles = Profiles::new(&settings, now);
        for _ in 0..3 {
            profiles.create(&Inputs::default(), &mut random, now);
        }
        assert_eq!(
            profiles.urls(DEFAULT_PROFILE),
            ["http://localhost/webhooks"]
        );
        assert_eq!(profiles.list(&Inputs::default()).len(), 2);
    }
}
