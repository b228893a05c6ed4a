//! The rules of a `macro_rules!`.

use std::iter::Peekable;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

/// `(pattern) => { body }`
pub(super) struct Rule {
    pub(super) pattern: Vec<Part>,
    pub(super) body: Vec<Part>,
}

/// A part of a pattern or of a body.
pub(super) enum Part {
    Token(TokenTree),
    Group(Delimiter, Vec<Part>),
    /// `$name:ty`; in a body there is no fragment.
    Variable {
        name: String,
        fragment: String,
    },
    /// `$(…),*`
    Repeated {
        parts: Vec<Part>,
        separator: Option<TokenTree>,
        at_most_once: bool,
    },
}

/// The rules that stand in the braces of a `macro_rules!`.
pub(super) fn parse(rules: TokenStream) -> Vec<Rule> {
    let groups = rules.into_iter().filter_map(|token| match token {
        TokenTree::Group(group) => Some(parts(group.stream())),
        _ => None,
    });
    let mut groups = groups.collect::<Vec<_>>().into_iter();
    let mut rules = Vec::new();
    while let (Some(pattern), Some(body)) = (groups.next(), groups.next()) {
        rules.push(Rule { pattern, body });
    }
    rules
}

fn parts(tokens: TokenStream) -> Vec<Part> {
    let mut tokens = tokens.into_iter().peekable();
    let mut parts = Vec::new();
    while let Some(token) = tokens.next() {
        parts.push(match token {
            TokenTree::Punct(punct) if punct.as_char() == '$' => special(&mut tokens),
            TokenTree::Group(group) => Part::Group(group.delimiter(), self::parts(group.stream())),
            token => Part::Token(token),
        });
    }
    parts
}

/// What stands behind a `$`.
fn special(tokens: &mut Peekable<IntoIter>) -> Part {
    match tokens.next() {
        Some(TokenTree::Ident(name)) if name == "crate" => Part::Token(last_name(name, tokens)),
        Some(TokenTree::Ident(name)) => Part::Variable {
            name: name.to_string(),
            fragment: fragment(tokens),
        },
        Some(TokenTree::Group(group)) => {
            let parts = parts(group.stream());
            let next = tokens.next().expect("a repetition has an operator");
            let is_operator = matches!(next.to_string().as_str(), "*" | "+" | "?");
            let (separator, operator) = if is_operator {
                (None, next)
            } else {
                let operator = tokens.next().expect("a repetition has an operator");
                (Some(next), operator)
            };
            Part::Repeated {
                parts,
                separator,
                at_most_once: operator.to_string() == "?",
            }
        }
        other => panic!("`${other:?}` is no variable"),
    }
}

/// The last name of a path from the crate's root: what code that imports it writes.
fn last_name(start: Ident, tokens: &mut Peekable<IntoIter>) -> TokenTree {
    let mut last = start;
    while tokens.next_if(is_colon).is_some() {
        tokens.next_if(is_colon);
        match tokens.next() {
            Some(TokenTree::Ident(name)) => last = name,
            other => panic!("a path goes on with `{other:?}`"),
        }
    }
    TokenTree::Ident(last)
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':')
}

/// Takes `:ty`. In a body one colon may follow a variable too, as in `$field: $ty`, but no fragment.
fn fragment(tokens: &mut Peekable<IntoIter>) -> String {
    let mut ahead = tokens.clone();
    let fragment = match (ahead.next().filter(is_colon), ahead.next()) {
        (Some(_), Some(TokenTree::Ident(fragment))) => fragment.to_string(),
        _ => return String::new(),
    };
    if super::matcher::FRAGMENTS.contains(&fragment.as_str()) {
        *tokens = ahead;
        fragment
    } else {
        String::new()
    }
}
