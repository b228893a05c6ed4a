//! The explanation of each rule for `--explain`: the cause, an example, and who notices the change.

mod surface;
mod table;

use surface::OF_THE_CRATE;
use table::OF_THE_API;

use super::{Rule, all};
use crate::diff::verdict::Deployed;

/// A rule in words.
struct Explained {
    /// The id. If the rule has one form for each direction, the id has no `request-`, `response-` or `event-`.
    id: &'static str,
    cause: &'static str,
    before: &'static str,
    after: &'static str,
    noticed: &'static str,
}

/// The explanation of the rule with this id; `None` if there is no such rule.
pub(in crate::diff) fn explain(id: &str) -> Option<String> {
    let rule = all().find(|rule| rule.id() == id)?;
    let Explained {
        cause,
        before,
        after,
        noticed,
        ..
    } = explanations().find(|known| known.is_of(rule))?;
    let verdicts = either(rule.verdicts());
    Some(format!(
        "{id}\n\n{cause}\n\n  before: {before}\n  after:  {after}\n\n{noticed}\n\nPublished versions: {verdicts}."
    ))
}

fn explanations() -> impl Iterator<Item = &'static Explained> {
    OF_THE_API.iter().chain(OF_THE_CRATE)
}

/// `fine, partly read or broken`
fn either(verdicts: &[Deployed]) -> String {
    let words: Vec<&str> = verdicts.iter().map(|verdict| verdict.word()).collect();
    match words.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        words => words.concat(),
    }
}

impl Explained {
    fn is_of(&self, rule: Rule) -> bool {
        self.id == rule.name() || self.id == rule.id()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_is_explained_and_nothing_else_is() {
        for rule in all() {
            assert!(explain(&rule.id()).is_some(), "{}", rule.id());
        }
        for known in explanations() {
            assert!(all().any(|rule| known.is_of(rule)), "{}", known.id);
        }
    }
}
