//! Values that the generator leaves out of a request, because it cannot write them.

use super::operations::Side;
use super::pairs::In;
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
        let (what, change) = match sent.identity == member.identity {
            true if is_json(member) && !sent.is_json => {
                (What::StyleChanged, "is no longer sent as JSON".to_owned())
            }
            true => described(old, new),
            false => {
                let change = format!("is written as a part of `{}` now", sent.wire);
                (What::StyleChanged, change)
            }
        };
        let wire = member.wire;
        let happened = format!(
            "`{wire}` {change}. The crate cannot write that, so the generator omits `{wire}`."
        );
        let member = Member {
            place: sent.place,
            ..member
        };
        self.note(way, what, member, deployed, (happened, cost));
    }

    fn newly_sent(&mut self, way: &Way, member: Member<'c>, sent: &'c Sent) {
        let (what, change) = match sent.identity == member.identity {
            true if is_json(member) && !sent.is_json => {
                (What::StyleChanged, "is sent as JSON now".to_owned())
            }
            true => described((self.old, &sent.shape), (self.new, member.shape)),
            false => {
                let change = format!("was written as a part of `{}`", sent.wire);
                (What::StyleChanged, change)
            }
        };
        let happened = format!("`{}` {change}: a new setter.", member.wire);
        let said = (happened, "Published versions omit it.");
        self.note(&way.of_new(), what, member, Deployed::Fine, said);
    }
}

/// What changed of a value that has kept its name, and the rule.
fn described((old_in, old): In<'_>, (new_in, new): In<'_>) -> (What, String) {
    let (was, is) = (fit::described(old_in, old), fit::described(new_in, new));
    match was == is {
        true => (
            What::StyleChanged,
            "is written in another way now, or has other contents".to_owned(),
        ),
        false => (What::TypeChanged, format!("was {was} and is now {is}")),
    }
}

fn is_json(member: Member<'_>) -> bool {
    member.given.is_some_and(|(sent, _)| sent.is_json)
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
