//! Objects of a request that are one value on one side, and one value for each property on the other.

use super::rules::What;
use super::verdict::Deployed;
use super::walk::{Member, Walk, Way};
use crate::contract::{Contract, Kind};
use crate::model::InputPlace;

const COST: &str = "The API may reject the calls of published versions, or read them differently.";

impl<'c> Walk<'c> {
    /// Records such objects, and takes them and their properties from the values that are compared.
    pub(super) fn spread(
        &mut self,
        way: &Way,
        (old, new): (&mut Vec<Member<'c>>, &mut Vec<Member<'c>>),
    ) {
        let (before, after) = (old.clone(), new.clone());
        for whole in &before {
            let parts = parts(self.old, whole, (&before, &after));
            if !parts.is_empty() {
                let wire = whole.wire;
                let text = format!("Each property of `{wire}` is a value of its own now. {COST}");
                let place = parts[0].place;
                self.restyled(way, Member { place, ..*whole }, &parts, text);
                old.retain(|member| member.identity != whole.identity);
                drop_all(new, &parts);
            }
        }
        for whole in &after {
            let parts = parts(self.new, whole, (&after, &before));
            if !parts.is_empty() {
                let wire = whole.wire;
                let text = format!("`{wire}` is one value with all its properties now. {COST}");
                self.restyled(way, *whole, &parts, text);
                new.retain(|member| member.identity != whole.identity);
                drop_all(old, &parts);
            }
        }
    }

    fn restyled(&mut self, way: &Way, whole: Member<'c>, parts: &[Member<'c>], text: String) {
        let mut way = way.clone();
        for part in parts {
            let lines = self.lines(&way, *part);
            way.carriers.extend(lines);
        }
        self.note(&way, What::StyleChanged, whole, Deployed::Broken, text);
    }
}

fn drop_all(members: &mut Vec<Member<'_>>, gone: &[Member<'_>]) {
    let is_gone = |member: &Member<'_>| gone.iter().any(|one| one.identity == member.identity);
    members.retain(|member| !is_gone(member));
}

/// The properties of an object on the other side, where they are values of their own. A map in the query is written like them.
fn parts<'c>(
    contract: &'c Contract,
    whole: &Member<'c>,
    (own, others): (&[Member<'c>], &[Member<'c>]),
) -> Vec<Member<'c>> {
    let is_one_value = whole
        .given
        .is_some_and(|(sent, input)| sent.is_json || matches!(input.place, InputPlace::Part(_)));
    let target = contract.target(whole.described()).0;
    let has = |all: &[Member<'_>], identity: &str| all.iter().any(|one| one.identity == identity);
    if !is_one_value
        || !matches!(target.kind, Kind::Object(_) | Kind::Map(_))
        || has(others, whole.identity)
    {
        return Vec::new();
    }
    let is_part = |member: &&Member<'_>| {
        let rest = member.identity.strip_prefix(whole.identity);
        rest.is_some_and(|rest| rest.starts_with('[')) && !has(own, member.identity)
    };
    others.iter().filter(is_part).copied().collect()
}
