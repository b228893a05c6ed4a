//! Compares the webhooks of two contracts.

use super::change::{Change, Deployed, Spot, Upgrade};
use super::index::EVENT;
use super::rules::{Direction, Rule};
use super::surface::event_path;
use super::walk::{Walk, Way};

impl Walk<'_> {
    pub(super) fn webhooks(&mut self) {
        let (old, new) = (self.old, self.new);
        for (before, event) in old.webhooks.iter().zip(self.old_index.events) {
            let path = event_path(&event.variant.to_string());
            let after = new.webhooks.iter().zip(self.new_index.events);
            let Some((after, after_event)) = after
                .into_iter()
                .find(|(after, _)| after.name == before.name)
            else {
                let text = "The event is no longer documented.".to_owned();
                self.event(Rule::EventRemoved, &path, Spot::Old(before.place), text);
                continue;
            };
            for kind in &after_event.kinds {
                if !event.kinds.contains(kind) {
                    let text = format!(
                        "Events of the kind `{kind}` are this event too. Published versions read them as `Unrecognized`."
                    );
                    let change =
                        self.event(Rule::EventKindAdded, &path, Spot::New(after.place), text);
                    change.behaviour = Some(format!("a match on `{path}` now also gets `{kind}`"));
                }
            }
            for kind in &event.kinds {
                if !after_event.kinds.contains(kind) {
                    let mut text = format!("Events of the kind `{kind}` are no longer this event.");
                    let is_lost = after_event
                        .kinds
                        .iter()
                        .all(|kind| !event.kinds.contains(kind));
                    if is_lost {
                        text.push_str(" Published versions know none of its kinds, and give it as `Unrecognized`.");
                    }
                    let change =
                        self.event(Rule::EventKindRemoved, &path, Spot::New(after.place), text);
                    if is_lost {
                        change.deployed = Deployed::Broken;
                    }
                }
            }
            let is_told = self
                .old_index
                .tags
                .iter()
                .any(|tag| new.at(&after.body, tag).is_some())
                || event.kinds.is_empty();
            if !is_told || new.at(&after.body, &event.pointer).is_none() {
                let text = "The content of the event is in another place now. Published versions read the event as `Unrecognized`.";
                let change = self.event(
                    Rule::EventMoved,
                    &path,
                    Spot::New(after.place),
                    text.to_owned(),
                );
                change.deployed = Deployed::Broken;
            }
            let payloads = (
                old.at(&before.body, &event.pointer),
                new.at(&after.body, &after_event.pointer),
            );
            if let (Some(before), Some(after)) = payloads {
                let way = Way {
                    direction: Direction::Event,
                    user: path.clone(),
                    owner: path.clone(),
                    owner_after: path.clone(),
                    is_shielded: false,
                    travels: None,
                    is_clearable: false,
                    carriers: Vec::new(),
                };
                self.whole(&way, EVENT, before, after);
            }
        }
        for (after, event) in new.webhooks.iter().zip(self.new_index.events) {
            if old.webhooks.iter().all(|before| before.name != after.name) {
                let path = event_path(&event.variant.to_string());
                let text = "The API sends this new event: a new variant. Published versions read it as `Unrecognized`.";
                self.event(
                    Rule::EventAdded,
                    &path,
                    Spot::New(after.place),
                    text.to_owned(),
                );
            }
        }
    }

    fn event(&mut self, rule: Rule, path: &str, spot: Spot, sentence: String) -> &mut Change {
        self.changes.0.push(Change {
            rule,
            rust: Upgrade::None,
            deployed: Deployed::Fine,
            behaviour: None,
            owner: path.to_owned(),
            member: String::new(),
            spot,
            sentence,
            repair: None,
            users: [path.to_owned()].into(),
            claims: vec![path.to_owned()],
        });
        let last = self.changes.0.len() - 1;
        &mut self.changes.0[last]
    }
}
