//! The body of a rule with what its variables stand for.

use proc_macro2::{Group, TokenStream, TokenTree};

use super::matcher::{Binding, Bindings};
use super::rules::Part;

pub(super) fn transcribe(body: &[Part], bindings: &Bindings) -> TokenStream {
    let mut made = TokenStream::new();
    for part in body {
        match part {
            Part::Token(token) => made.extend([token.clone()]),
            Part::Group(delimiter, parts) => {
                let group = Group::new(*delimiter, transcribe(parts, bindings));
                made.extend([TokenTree::Group(group)]);
            }
            Part::Variable { name, .. } => match bindings.get(name) {
                Some(Binding::One(tokens)) => made.extend(tokens.clone()),
                _ => panic!("`${name}` stands for no one thing here"),
            },
            Part::Repeated {
                parts, separator, ..
            } => {
                for (index, round) in rounds(parts, bindings).iter().enumerate() {
                    if index > 0 {
                        made.extend(separator.clone());
                    }
                    made.extend(transcribe(parts, round));
                }
            }
        }
    }
    made
}

/// The variables in each round of a repetition of a body.
fn rounds(parts: &[Part], bindings: &Bindings) -> Vec<Bindings> {
    let repeated = bindings.iter().filter_map(|(name, binding)| match binding {
        Binding::Many(values) if mentions(parts, name) => Some((name, values)),
        _ => None,
    });
    let repeated: Vec<_> = repeated.collect();
    let count = repeated.iter().map(|(_, values)| values.len()).max();
    let round = |index: usize| {
        let mut round = bindings.clone();
        for (name, values) in &repeated {
            round.insert((*name).clone(), values[index].clone());
        }
        round
    };
    (0..count.unwrap_or_default()).map(round).collect()
}

fn mentions(parts: &[Part], variable: &str) -> bool {
    parts.iter().any(|part| match part {
        Part::Token(_) => false,
        Part::Variable { name, .. } => name == variable,
        Part::Group(_, parts) | Part::Repeated { parts, .. } => mentions(parts, variable),
    })
}
