//! Whether a value is required, and whether it may be null.

use super::reading::{self, Reading};
use super::rules::What;
use super::verdict::Deployed;
use super::walk::{Member, Pair, Walk, Way, is_clear};
use crate::contract::{Kind, Sent, Travels};
use crate::model::InputKind;

const OMITTED: &str = "Calls of published versions that omit it are rejected.";

impl<'c> Walk<'c> {
    pub(super) fn presence(&mut self, way: &Way, (old, new): Pair<'c>) {
        let wire = old.wire;
        let is_read = way.direction.is_read();
        if new.required {
            // If an operation uses an idempotency key, the client generates one.
            let is_key = |(sent, _): &(&Sent, _)| sent.travels == Travels::Key;
            let is_sent = old.is_argument() || old.given.as_ref().is_some_and(is_key);
            let (deployed, verb, cost) = match is_read {
                true => (Deployed::Fine, "always sends", ""),
                false if is_sent => (Deployed::Fine, "requires", "The crate always sends it."),
                false => (Deployed::Broken, "requires", OMITTED),
            };
            let place = match !is_read && new.is_argument() && !old.is_argument() {
                true => ": an argument, not a setter",
                false => "",
            };
            let said = (format!("The API {verb} `{wire}` now{place}."), cost);
            let is_left_out = new.given.is_some() && !new.is_argument() && !cost.is_empty();
            let repair = (is_left_out && !is_sent).then(|| format!("set `{wire}` in every call"));
            return self.record(way, What::BecameRequired, new, deployed, None, said, repair);
        }
        if !is_read {
            let place = match old.is_argument() && !new.is_argument() {
                true => ": a setter, not an argument",
                false => "",
            };
            let text = format!("`{wire}` is now optional{place}.");
            return self.note(way, What::BecameOptional, new, Deployed::Fine, text);
        }
        let is_needed = self.is_needed(old);
        if !is_needed {
            let text = format!("`{wire}` may now be missing.");
            return self.note(way, What::BecameOptional, new, Deployed::Fine, text);
        }
        let deployed = self.loss(way);
        let said = (
            format!("`{wire}` may be missing now."),
            "Published versions cannot read the object without it.",
        );
        let repair = Some(format!(
            "if the server always sends `{wire}`, keep it under `required` with an action in spec/overlay.yaml"
        ));
        self.record(way, What::BecameOptional, new, deployed, None, said, repair);
    }

    pub(super) fn nullable(&mut self, way: &Way, (old, new): Pair<'c>, is_nullable: bool) {
        let wire = old.wire;
        let is_read = way.direction.is_read();
        // What becomes required or optional has another place in Rust for that reason.
        let required = old.required && new.required;
        let new = Member { required, ..new };
        if is_nullable {
            let reading = match is_read && old.required {
                true => reading::of_null(self.old.target(old.shape).0),
                false => Reading::Wholly,
            };
            let (deployed, now, cost) = match reading {
                Reading::Wholly => (Deployed::Fine, "may now be null", ""),
                Reading::Partly => (
                    Deployed::PartlyRead,
                    "may be null now",
                    "Published versions read null as `Unrecognized`.",
                ),
                Reading::Lost | Reading::Stuck => (
                    self.loss(way),
                    "may be null now",
                    "Published versions then cannot read the object.",
                ),
            };
            let said = (format!("`{wire}` {now}."), cost);
            return self.note(way, What::BecameNullable, new, deployed, said);
        }
        let clear = self.lost_clear(way, (old, new));
        let clear = clear.map_or(String::new(), |clear| format!(", and `{clear}` is gone"));
        let (deployed, now, cost) = match !is_read && self.sends_null(way, old) {
            true => (
                Deployed::Broken,
                "cannot be null now",
                "The API rejects calls that send null.",
            ),
            false => (Deployed::Fine, "is no longer null", ""),
        };
        let said = (format!("`{wire}` {now}{clear}."), cost);
        self.note(way, What::NoLongerNullable, new, deployed, said);
    }

    /// The setter that sent null for a value, if only the old crate has it.
    fn lost_clear(&self, way: &Way, (old, new): Pair<'c>) -> Option<String> {
        let after = self.new_index.lines(&way.owner_after, new.wire);
        let mut before = self.old_index.lines(&way.owner, old.wire).iter();
        let line = before.find(|line| is_clear(line) && !after.contains(line))?;
        Some(line.rsplit("::").next()?.to_owned())
    }

    /// Whether a call that sends other properties of an optional parameter must also send this property.
    pub(super) fn beside(&mut self, way: &Way, (old, new): Pair<'c>) {
        let (was, is) = (old.parameter_that_needs_it(), new.parameter_that_needs_it());
        if old.required || new.required || was.is_some() == is.is_some() {
            return;
        }
        let wire = old.wire;
        match is {
            Some(parameter) => {
                let happened =
                    format!("The API requires `{wire}` now if a call sends `{parameter}`.");
                let said = (happened, OMITTED);
                self.note(way, What::BecameRequired, new, Deployed::Broken, said);
            }
            None => {
                let text = format!("`{wire}` is now optional.");
                self.note(way, What::BecameOptional, new, Deployed::Fine, text);
            }
        }
    }

    /// Whether published versions send null for a value that may be null.
    fn sends_null(&self, way: &Way, old: Member<'_>) -> bool {
        let target = self.old.target(old.shape).0;
        let is_of_body = matches!(way.travels, Some(Travels::Body | Travels::WholeBody));
        if target.holds_any_json() {
            return is_of_body;
        }
        match (old.given, old.required) {
            (Some((_, input)), _) => matches!(input.kind, InputKind::Clearable(_)),
            // The crate writes null for a value that is not set.
            (None, true) => is_of_body && !matches!(target.kind, Kind::List(_)),
            (None, false) => way.is_clearable,
        }
    }

    /// Whether the old decoder fails without the value.
    pub(super) fn is_needed(&self, old: Member<'_>) -> bool {
        reading::is_needed(self.old, old.shape, old.required)
    }
}
