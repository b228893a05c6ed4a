//! The names that a source file uses.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Item};

use crate::sources;

/// The code of a file.
#[derive(Default)]
pub(super) struct Code {
    /// The start of each path: `crate::model`, `std::fs`, `heck`. A path with `super` is resolved from the crate's root.
    pub(super) paths: BTreeSet<String>,
    /// The complete paths into the crate itself, from its root and without `crate`.
    pub(super) imports: BTreeSet<Vec<String>>,
    /// Every identifier.
    pub(super) words: BTreeSet<String>,
    /// Every string literal, without its quotes.
    pub(super) texts: BTreeSet<String>,
}

/// The code of each file below `folder`, by its path there, without modules of tests.
pub(super) fn below(folder: &str) -> BTreeMap<String, Code> {
    let mut files = BTreeMap::new();
    let mut tests = Vec::new();
    for (path, text) in sources::rust_below(folder) {
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let place = place(&path);
        let (items_of_tests, items): (Vec<Item>, _) =
            file.items.into_iter().partition(is_for_tests);
        for item in items_of_tests {
            if let Item::Mod(module) = item {
                tests.push([place.as_slice(), &[module.ident.to_string()]].concat());
            }
        }
        files.insert(path, Code::read(items, &place));
    }
    files.retain(|path, _| !tests.iter().any(|test| self::place(path).starts_with(test)));
    files
}

impl Code {
    fn read(items: Vec<Item>, place: &[String]) -> Self {
        let mut code = Self::default();
        for item in items {
            code.walk(item.into_token_stream(), place);
        }
        code
    }

    /// Reads the tokens of the module at `place`.
    fn walk(&mut self, tokens: TokenStream, place: &[String]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut index = 0;
        while index < tokens.len() {
            match &tokens[index] {
                TokenTree::Ident(_) => {
                    let length = self.path(&tokens[index..], &[], place);
                    let is_quoted = matches!(&tokens[index], TokenTree::Ident(name) if name == "quote")
                        && is_punct(tokens.get(index + 1), '!');
                    // After `quote!` comes code of the generated crate.
                    index += if is_quoted { length + 2 } else { length };
                }
                // Attributes hold documentation.
                TokenTree::Punct(punct) if punct.as_char() == '#' => index += 2,
                TokenTree::Group(group) => {
                    self.walk(group.stream(), place);
                    index += 1;
                }
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    self.texts
                        .insert(text.trim_matches(['r', 'b', '#', '"']).to_owned());
                    index += 1;
                }
                TokenTree::Punct(_) => index += 1,
            }
        }
    }

    /// Records the path at the start of `tokens`, after `start`, and returns its number of tokens.
    fn path(&mut self, tokens: &[TokenTree], start: &[String], place: &[String]) -> usize {
        let mut path = start.to_owned();
        let mut length = 0;
        loop {
            match tokens.get(length) {
                Some(TokenTree::Ident(name)) => {
                    self.words.insert(name.to_string());
                    path.push(name.to_string());
                    length += 1;
                }
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    self.group(group.stream(), &path, place);
                    return length + 1;
                }
                _ => break,
            }
            if !(is_punct(tokens.get(length), ':') && is_punct(tokens.get(length + 1), ':')) {
                break;
            }
            length += 2;
        }
        let is_path = path.len() > 1 || is_punct(tokens.get(length), '!');
        if is_path {
            let path = from_root(&path, place);
            self.paths.insert(path[..path.len().min(2)].join("::"));
            if let Some((first, inner)) = path.split_first()
                && first == "crate"
            {
                self.imports.insert(inner.to_vec());
            }
        }
        length
    }

    /// Records each path of a `use start::{…}`.
    fn group(&mut self, tokens: TokenStream, start: &[String], place: &[String]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut index = 0;
        while index < tokens.len() {
            index += match tokens[index] {
                TokenTree::Ident(_) => self.path(&tokens[index..], start, place),
                _ => 1,
            };
        }
    }
}

/// The module in a file: `lower::inputs` for `lower/inputs.rs`.
pub(super) fn place(path: &str) -> Vec<String> {
    let mut place: Vec<String> = path
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    place.retain(|name| name != "mod" && name != "lib");
    place
}

/// A path from the crate's root.
fn from_root(path: &[String], place: &[String]) -> Vec<String> {
    let supers = path.iter().take_while(|name| *name == "super").count();
    let own = path[0] == "self" || supers > 0;
    if own {
        let parents = &place[..place.len().saturating_sub(supers)];
        [&["crate".to_owned()], parents, &path[supers.max(1)..]].concat()
    } else {
        path.to_owned()
    }
}

fn is_punct(token: Option<&TokenTree>, character: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

fn is_for_tests(item: &Item) -> bool {
    let attributes: &[Attribute] = match item {
        Item::Mod(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        _ => &[],
    };
    attributes
        .iter()
        .any(|attribute| attribute.to_token_stream().to_string() == "# [cfg (test)]")
}

mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        let file = syn::parse_file(text).expect("Rust");
        let code = Code::read(file.items, &place("lower/inputs/body.rs"));
        code.paths.into_iter().collect()
    }

    #[test]
    fn each_path_of_a_group_is_seen() {
        let import = "use crate::{model::{Body, Input}, names, tree::Node};";
        assert_eq!(
            paths(import),
            ["crate::model", "crate::names", "crate::tree"]
        );
    }

    #[test]
    fn a_path_by_super_is_seen_from_the_root() {
        assert_eq!(paths("use super::super::types;"), ["crate::lower"]);
        assert_eq!(
            paths("fn f() { super::super::super::emit::files() }"),
            ["crate::emit"]
        );
    }

    #[test]
    fn what_is_quoted_for_the_generated_crate_is_not_seen() {
        assert_eq!(
            paths("fn f() { quote!(use crate::Client;); heck::f() }"),
            ["heck::f", "quote"]
        );
    }

    #[test]
    fn comments_are_not_seen() {
        assert_eq!(paths("/// See [`crate::emit`].\nfn f() {}"), [""; 0]);
    }
}
