//! The types made so far.

use std::collections::{BTreeMap, HashMap, HashSet};

use proc_macro2::Ident;

use super::{accessors, difference, reach, shared, wording};
use crate::config::{Config, quoted};
use crate::diagnostic::Diagnostics;
use crate::lower::naming::{Names, Site, type_name};
use crate::lower::resolve::{Resolved, Schema};
use crate::markdown::code;
use crate::model::{Doc, Gate, Item, ItemKind, Lenient, Resource, Type};
use crate::names;
use crate::tree::{Node, Place};

/// The types made so far, and what they are made from.
pub(in crate::lower) struct Types<'a> {
    pub(in crate::lower) resolved: &'a Resolved<'a>,
    pub(in crate::lower) config: &'a Config,
    pub(in crate::lower) diagnostics: &'a mut Diagnostics,
    pub(super) names: Names,
    /// Types of components by the components' names.
    pub(super) known: HashMap<&'a str, Typed>,
    /// Components that are being lowered, to see a `$ref` that ends in itself.
    pub(super) open: Vec<&'a str>,
    /// Shapes that are being made, to see one that holds itself. A given name may stand for several: of those, with the place.
    pub(super) making: HashSet<(Ident, Option<Place>)>,
    items: BTreeMap<String, Item>,
    /// The site and the place of the first shape of each of them, unless a second was refused.
    firsts: HashMap<Ident, (String, Place)>,
    /// Types whose sites are described in words that differ.
    mixed: HashSet<Ident>,
    /// Examples of fields: type and name on the wire.
    samples: HashMap<(Ident, &'a str), &'a Node>,
    /// Fields that may be null and have no setter for it: the type, the place and a sentence.
    lost_nulls: Vec<(Ident, Place, String)>,
    /// Places that have a report of a kind.
    told: HashSet<(Place, Told)>,
}

/// What a place is reported for. Several sites may lead there, and one report is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::lower) enum Told {
    EmptyValue,
    FileAsText,
    NoDescription,
    NullItem,
    NullItemRead,
    NullBelow,
    EmptyBelow,
    PageMeta,
    TagType,
}

/// What a schema is in Rust.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Typed {
    pub(in crate::lower) ty: Type,
    pub(in crate::lower) nullable: bool,
    pub(in crate::lower) lenient: Lenient,
}

impl Typed {
    /// A type that is never null and takes nothing else.
    pub(in crate::lower) fn of(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            lenient: Lenient::No,
        }
    }

    /// What may be anything.
    pub(super) fn anything() -> Self {
        Self::of(Type::Json)
    }
}

impl<'a> Types<'a> {
    pub(in crate::lower) fn new(
        resolved: &'a Resolved<'a>,
        names: Names,
        config: &'a Config,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            resolved,
            config,
            diagnostics,
            names,
            known: HashMap::new(),
            open: Vec::new(),
            making: HashSet::new(),
            items: BTreeMap::new(),
            firsts: HashMap::new(),
            mixed: HashSet::new(),
            samples: HashMap::new(),
            lost_nulls: Vec::new(),
            told: HashSet::new(),
        }
    }

    /// Notes a report on the place; `false` if there is one of this kind already.
    pub(in crate::lower) fn tell_once(&mut self, place: Place, told: Told) -> bool {
        self.told.insert((place, told))
    }

    /// The type called `name`.
    pub(in crate::lower) fn item(&self, name: &Ident) -> Option<&ItemKind> {
        self.items.get(&name.to_string()).map(|item| &item.kind)
    }

    /// The example of a field.
    pub(in crate::lower) fn sample(&self, owner: &Ident, wire: &'a str) -> Option<&'a Node> {
        self.samples.get(&(owner.clone(), wire)).copied()
    }

    /// Keeps the example of a field.
    pub(super) fn keep_sample(&mut self, owner: &Ident, wire: &'a str, sample: &'a Node) {
        self.samples.insert((owner.clone(), wire), sample);
    }

    /// Keeps what to say of a field that no setter makes null, if a request holds its type.
    pub(super) fn lose_null(&mut self, owner: &Ident, place: Place, message: String) {
        self.lost_nulls.push((owner.clone(), place, message));
    }

    /// All types, sorted by module.
    pub(in crate::lower) fn finish(mut self, resources: &[Resource]) -> Vec<Item> {
        self.report_endless();
        let mut items: Vec<Item> = self.items.into_values().collect();
        shared::add(&mut items);
        reach::box_circles(&mut items);
        reach::keep_builders_of_requests(&mut items, resources);
        for (owner, place, message) in self.lost_nulls {
            if items
                .iter()
                .any(|item| item.name == owner && is_built(item))
            {
                let help =
                    "in sdk.yaml, give one of the two properties another name, under `fields`";
                self.diagnostics.warning(place, message).help(help);
            }
        }
        accessors::add(&mut items, self.config, self.diagnostics);
        wording::finish(&mut items);
        items.sort_by(|one, other| one.module.cmp(&other.module));
        items
    }

    /// Reports objects that require each other, so that no JSON is one.
    fn report_endless(&mut self) {
        for name in reach::endless(&self.items) {
            if let Some((site, place)) = self.firsts.get(&name) {
                let message = format!("`{site}` requires itself, so a value would never end");
                self.diagnostics
                    .error(*place, message)
                    .help("make one property of the cycle optional or nullable");
            }
        }
    }

    /// Adds the type; one that is there already under the same given name has to be the same, or takes more values.
    pub(super) fn insert(
        &mut self,
        ident: &Ident,
        kind: ItemKind,
        schema: &Schema<'_>,
        site: &Site,
    ) {
        self.check_doc(ident, schema);
        let doc = self.doc(ident, schema, site);
        let module = names::module_of(ident);
        let Some(known) = self.items.get_mut(&ident.to_string()) else {
            let item = Item {
                name: ident.clone(),
                module,
                gate: Gate::default(),
                doc,
                kind,
            };
            self.items.insert(ident.to_string(), item);
            let first = (site.path.clone(), schema.place);
            self.firsts.insert(ident.clone(), first);
            return;
        };
        match (&mut known.kind, kind) {
            (ItemKind::Enum(known), ItemKind::Enum(all)) => *known = all,
            (ItemKind::Object(known), ItemKind::Object(new)) if *known == new => known.join(new),
            (known, new) if *known == new => {}
            (known, new) => {
                let known = known.clone();
                self.report_difference(ident, &known, &new, (&site.path, schema.place));
            }
        }
    }

    fn doc(&self, ident: &Ident, schema: &Schema<'_>, site: &Site) -> Doc {
        match self.config.doc(&ident.to_string()) {
            Some(text) => Doc::of(&text.value),
            None => Doc::or(schema.type_words.description, || {
                format!("The schema {}.", code(&site.path))
            }),
        }
    }

    /// Says that a type is described by the first of its sites where another site has other words, once for each type.
    pub(super) fn check_doc(&mut self, ident: &Ident, schema: &Schema<'_>) {
        let Some(known) = self.items.get(&ident.to_string()) else {
            return;
        };
        let Some(description) = schema.type_words.description else {
            return;
        };
        let is_settled = self.config.doc(&ident.to_string()).is_some();
        if is_settled || known.doc == Doc::of(description) || !self.mixed.insert(ident.clone()) {
            return;
        }
        let message = format!(
            "the sites of the type `{ident}` have different descriptions: the type gets the first one"
        );
        self.diagnostics.note(schema.place, message).help(format!(
            "to describe the type, add this to sdk.yaml: `docs: {{ {ident}: … }}`"
        ));
    }

    /// Reports that a name stands for two shapes; of further ones the same has to be said only once this is mended.
    fn report_difference(
        &mut self,
        ident: &Ident,
        known: &ItemKind,
        new: &ItemKind,
        (site, place): (&str, Place),
    ) {
        if self.names.is_clash(ident) {
            return;
        }
        // Taken out, so that it is told once.
        let Some((first, first_place)) = self.firsts.remove(ident) else {
            return;
        };
        let difference = difference::of((known, &first), (new, site));
        let message = format!("the name `{ident}` is given to different schemas: {difference}");
        let said = self.config.type_name_at(site);
        let own = type_name(site).ident;
        let help = format!(
            "give `{site}` its own name in sdk.yaml: `types: {{ {}: {own} }}`",
            quoted(site)
        );
        self.diagnostics
            .error(said.map_or(place, |text| text.place), message)
            .related(first_place, format!("`{first}`"))
            .related(place, format!("`{site}`"))
            .help(help);
    }
}

/// Whether a program creates values of the type.
fn is_built(item: &Item) -> bool {
    matches!(&item.kind, ItemKind::Object(object) if object.builder.is_some())
}
