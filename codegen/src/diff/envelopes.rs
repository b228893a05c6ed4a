//! Whether a published version finds a response whose envelope has changed.

use super::reading;
use super::verdict::Deployed;
use super::walk::Walk;
use crate::contract::{Answered, Envelope};

impl Walk<'_> {
    /// What a decoder for the old response reads from the new response: whether it finds the content there.
    pub(super) fn read_in(&self, old: &Answered, new: &Answered) -> Deployed {
        if let (Envelope::Bare, false) = (old.envelope, old.may_be_enveloped) {
            return self.read_whole(old, new);
        }
        match self.is_found_in(old, new) {
            true => Deployed::Fine,
            false => Deployed::Broken,
        }
    }

    fn is_found_in(&self, old: &Answered, new: &Answered) -> bool {
        let has_data = || match new.envelope {
            Envelope::Data | Envelope::Page => true,
            _ => new
                .shape
                .as_ref()
                .is_some_and(|shape| self.new.at(shape, "data").is_some()),
        };
        match old.envelope {
            Envelope::Empty | Envelope::Bytes | Envelope::Text => true,
            Envelope::Data | Envelope::Page => has_data(),
            Envelope::Bare => matches!(
                new.envelope,
                Envelope::Bare | Envelope::Data | Envelope::Page
            ),
        }
    }

    /// What happens to a response that the old decoder reads without removing an envelope.
    fn read_whole(&self, old: &Answered, new: &Answered) -> Deployed {
        let (Some(before), Some(after)) = (&old.shape, &new.body) else {
            return Deployed::Broken;
        };
        reading::of_whole((self.old, before), (self.new, after))
    }
}
