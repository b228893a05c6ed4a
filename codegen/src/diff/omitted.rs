//! Values that the generator leaves out of a request, because it cannot write them.

use super::operations::Side;
use super::rules::What;
use super::verdict::Deployed;
use super::walk::{Member, Walk, Way};
use super::{accepting, fit};
use crate::contract::{Contract, Kind, Sent, Shape};

impl<'c> Walk<'c> {
    /// Records the values of one part of a request that the generator leaves out on one side only, and takes them from those
    /// that are compared.
    pub(super) fn omitted(
        &mut self,
        way: &Way,
        (old, new): (&mut Vec<Member<'c>>, &mut Vec<Member<'c>>),
        (before, after): (Side<'c>, Side<'c>),
    ) {
        let left_out = |(exchange, placed): Side<'c>| -> Vec<&'c Sent> {
            let sent = exchange.inputs.iter();
            let sent = sent.filter(|sent| Some(sent.travels) == way.travels);
            sent.filter(|sent| placed.input(sent).is_none()).collect()
        };
        let (were, are) = (left_out(before), left_out(after));
        let stays = |member: &Member<'c>, others: &[Member<'c>]| {
            others.iter().any(|other| other.identity == member.identity)
        };
        let known = old.clone();
        old.retain(|member| match are.iter().find(|sent| is_of(sent, member)) {
            Some(sent) if !stays(member, new) => {
                self.no_longer_sent(way, *member, sent);
                false
            }
            _ => true,
        });
        new.retain(
            |member| match were.iter().find(|sent| is_of(sent, member)) {
                // What is required now is missed.
                Some(sent) if !member.required && !stays(member, &known) => {
                    self.newly_sent(way, *member, sent);
                    false
                }
                _ => true,
            },
        );
    }

    fn no_longer_sent(&mut self, way: &Way, member: Member<'c>, sent: &'c Sent) {
        let (old, new) = ((self.old, member.shape), (self.new, &sent.shape));
        let is_accepted = sent.identity == member.identity
            && !is_composite(old.0, old.1)
            && accepting::accepts(old, new, way.travels, self.denied);
        let (deployed, cost) = match is_accepted {
            true => (
                Deployed::Fine,
                "The API accepts what published versions send.",
            ),
            false => (
                Deployed::Broken,
                "The API may reject the calls of published versions, or read them differently.",
            ),
        };
        let wire = member.wire;
        let described = (
            fit::described(self.old, member.shape),
            fit::described(self.new, &sent.shape),
        );
        let (what, text) = match sent.identity == member.identity {
            true if described.0 == described.1 => {
                let text = format!(
                    "`{wire}` is written in another way now, or has other contents. The crate cannot write that, so the generator omits `{wire}`. {cost}"
                );
                (What::StyleChanged, text)
            }
            true => {
                let (before, after) = described;
                let text = format!(
                    "`{wire}` was {before} and is now {after}. The crate cannot write that, so the generator omits `{wire}`. {cost}"
                );
                (What::TypeChanged, text)
            }
            false => {
                let text = format!(
                    "`{wire}` is written as a part of `{}` now. The crate cannot write that, so the generator omits it. {cost}",
                    sent.wire
                );
                (What::StyleChanged, text)
            }
        };
        let member = Member {
            place: sent.place,
            ..member
        };
        self.note(way, what, member, deployed, text);
    }

    fn newly_sent(&mut self, way: &Way, member: Member<'c>, sent: &'c Sent) {
        let wire = member.wire;
        let described = (
            fit::described(self.old, &sent.shape),
            fit::described(self.new, member.shape),
        );
        let (what, text) = match sent.identity == member.identity {
            true if described.0 == described.1 => {
                let text = format!(
                    "`{wire}` is written in another way now, or has other contents: a new setter. Published versions omit it."
                );
                (What::StyleChanged, text)
            }
            true => {
                let (before, after) = described;
                let text = format!(
                    "`{wire}` was {before} and is now {after}: a new setter. Published versions omit it."
                );
                (What::TypeChanged, text)
            }
            false => {
                let text = format!(
                    "`{wire}` was written as a part of `{}`, which published versions omit: a new setter.",
                    sent.wire
                );
                (What::StyleChanged, text)
            }
        };
        self.note(&way.of_new(), what, member, Deployed::Fine, text);
    }
}

/// Whether a value is the one that is left out, or a property of it.
fn is_of(sent: &Sent, member: &Member<'_>) -> bool {
    let rest = member.identity.strip_prefix(sent.identity.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
}

/// Whether a value has several parts, which a style puts together.
fn is_composite(contract: &Contract, shape: &Shape) -> bool {
    matches!(
        contract.target(shape).0.kind,
        Kind::List(_) | Kind::Map(_) | Kind::Object(_)
    )
}
