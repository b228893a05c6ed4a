//! Which tokens of a call the variables of a pattern stand for.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::{Block, Expr, Ident, Lit, Meta, Type, Visibility};

use super::rules::Part;

/// The kinds of variables that the macros of the crate have.
pub(super) const FRAGMENTS: &[&str] = &[
    "block", "expr", "ident", "literal", "meta", "tt", "ty", "vis",
];

/// What each variable stands for.
pub(super) type Bindings = BTreeMap<String, Binding>;

#[derive(Clone)]
pub(super) enum Binding {
    One(TokenStream),
    /// One for each round of a repetition.
    Many(Vec<Binding>),
}

/// The variables, if the pattern fits all of `tokens`.
pub(super) fn bind(pattern: &[Part], tokens: TokenStream) -> Option<Bindings> {
    let parser = |input: ParseStream<'_>| fit(pattern, input);
    parser.parse2(tokens).ok()
}

fn fit(pattern: &[Part], input: ParseStream<'_>) -> syn::Result<Bindings> {
    let mut bindings = Bindings::new();
    for part in pattern {
        match part {
            Part::Token(token) => expect(token, input)?,
            Part::Group(delimiter, parts) => {
                let token: TokenTree = input.parse()?;
                let inside = match token {
                    TokenTree::Group(group) if group.delimiter() == *delimiter => group.stream(),
                    other => return Err(input.error(format!("`{other}` is no group"))),
                };
                let inside = bind(parts, inside).ok_or_else(|| input.error("it does not fit"))?;
                bindings.extend(inside);
            }
            Part::Variable { name, fragment } => {
                let tokens = self::fragment(fragment, input)?;
                bindings.insert(name.clone(), Binding::One(tokens));
            }
            Part::Repeated {
                parts,
                separator,
                at_most_once,
            } => {
                let rounds = rounds(parts, separator.as_ref(), *at_most_once, input);
                bindings.extend(names(parts).into_iter().map(|name| {
                    let values = rounds.iter().map(|round| round[&name].clone());
                    let values = values.collect();
                    (name, Binding::Many(values))
                }));
            }
        }
    }
    Ok(bindings)
}

fn expect(token: &TokenTree, input: ParseStream<'_>) -> syn::Result<()> {
    let found: TokenTree = input.parse()?;
    if found.to_string() == token.to_string() {
        Ok(())
    } else {
        Err(input.error(format!("`{found}` is not `{token}`")))
    }
}

/// The variables of each round of a repetition, as many as fit.
fn rounds(
    parts: &[Part],
    separator: Option<&TokenTree>,
    at_most_once: bool,
    input: ParseStream<'_>,
) -> Vec<Bindings> {
    let most = if at_most_once { 1 } else { usize::MAX };
    let mut rounds = Vec::new();
    while !input.is_empty() && rounds.len() < most {
        let ahead = input.fork();
        let separator = separator.filter(|_| !rounds.is_empty());
        if separator.is_some_and(|separator| expect(separator, &ahead).is_err()) {
            break;
        }
        let Ok(round) = fit(parts, &ahead) else {
            break;
        };
        input.advance_to(&ahead);
        rounds.push(round);
    }
    rounds
}

fn fragment(kind: &str, input: ParseStream<'_>) -> syn::Result<TokenStream> {
    Ok(match kind {
        "block" => input.parse::<Block>()?.into_token_stream(),
        "expr" => input.parse::<Expr>()?.into_token_stream(),
        "ident" => input.call(Ident::parse_any)?.into_token_stream(),
        "literal" => input.parse::<Lit>()?.into_token_stream(),
        "meta" => input.parse::<Meta>()?.into_token_stream(),
        "tt" => input.parse::<TokenTree>()?.into_token_stream(),
        "ty" => input.parse::<Type>()?.into_token_stream(),
        "vis" => input.parse::<Visibility>()?.into_token_stream(),
        other => panic!("a variable of the kind `{other}` is not known here"),
    })
}

/// The variables of a pattern.
fn names(pattern: &[Part]) -> Vec<String> {
    let names = pattern.iter().flat_map(|part| match part {
        Part::Token(_) => Vec::new(),
        Part::Variable { name, .. } => vec![name.clone()],
        Part::Group(_, parts) | Part::Repeated { parts, .. } => names(parts),
    });
    names.collect()
}
