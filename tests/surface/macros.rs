//! Expands the crate's macros with their own definitions.

mod matcher;
mod rules;
mod transcriber;

use std::collections::BTreeMap;

use syn::{Item, ItemMacro};

use rules::Rule;

/// The macros of the crate by their names.
#[derive(Default)]
pub(super) struct Macros(BTreeMap<String, Vec<Rule>>);

impl Macros {
    /// Records the macros that `items` define.
    pub(super) fn define(&mut self, items: &[Item]) {
        for item in items {
            if let Item::Macro(ItemMacro {
                ident: Some(name),
                mac,
                ..
            }) = item
            {
                self.0
                    .insert(name.to_string(), rules::parse(mac.tokens.clone()));
            }
        }
    }

    /// The items, with macro calls replaced by their expansion, and without macro definitions.
    pub(super) fn expand(&self, items: Vec<Item>) -> Vec<Item> {
        let expanded = items.into_iter().flat_map(|item| match item {
            Item::Macro(ItemMacro { ident: Some(_), .. }) => Vec::new(),
            Item::Macro(call) => self.expand(self.call(&call)),
            item => vec![item],
        });
        expanded.collect()
    }

    fn call(&self, call: &ItemMacro) -> Vec<Item> {
        let name = call.mac.path.segments.last().map(|last| last.ident.clone());
        let name = name.expect("a path has a last segment").to_string();
        let rules = self
            .0
            .get(&name)
            .unwrap_or_else(|| panic!("what `{name}!` makes is not seen"));
        let made = rules.iter().find_map(|rule| {
            let bindings = matcher::bind(&rule.pattern, call.mac.tokens.clone())?;
            Some(transcriber::transcribe(&rule.body, &bindings))
        });
        let made = made.unwrap_or_else(|| panic!("no rule of `{name}!` fits {}", call.mac.tokens));
        let file: syn::File = syn::parse2(made).expect("the macro makes items");
        file.items
    }
}
