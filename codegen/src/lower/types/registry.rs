//! The types created so far.

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

/// The types created so far, and the facts that they come from.
pub(in crate::lower) struct Types<'a> {
    pub(in crate::lower) resolved: &'a Resolved<'a>,
    pub(in crate::lower) config: &'a Config,
    pub(in crate::lower) diagnostics: &'a mut Diagnostics,
    pub(super) names: Names,
    /// Types of components by the components' names.
    pub(super) known: HashMap<&'a str, Typed>,
    /// Components that are being lowered, to find a `$ref` that leads back to its own component.
    pub(super) open: Vec<&'a str>,
    /// Schemas whose types are being created, to find one that contains itself. Several schemas may share a name from `sdk.yaml`,
    /// so their places are stored too.
    pub(super) making: HashSet<(Ident, Option<Place>)>,
    items: BTreeMap<String, Item>,
    /// The site and the place of the first schema for each type, unless a second one was rejected.
    firsts: HashMap<Ident, (String, Place)>,
    /// Types whose sites have different descriptions.
    mixed: HashSet<Ident>,
    /// Examples of fields, by type and name on the wire.
    samples: HashMap<(Ident, &'a str), &'a Node>,
    /// Notes about setters of objects: the type, the place and a sentence.
    of_setters: Vec<(Ident, Place, String)>,
    /// Places that already have a report of a kind.
    told: HashSet<(Place, Told)>,
}

/// The kind of a report on a place. Several sites may lead to the place, and one report is enough.
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
    ShownSecret,
    TagType,
}

/// The Rust type of a schema.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Typed {
    pub(in crate::lower) ty: Type,
    pub(in crate::lower) nullable: bool,
    pub(in crate::lower) lenient: Lenient,
}

impl Typed {
    /// A type that is never null and accepts no other form.
    pub(in crate::lower) fn of(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            lenient: Lenient::No,
        }
    }

    /// The type for any JSON.
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
            of_setters: Vec::new(),
            told: HashSet::new(),
        }
    }

    /// Records a report on the place; `false` if the place already has a report of this kind.
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

    /// Stores the example of a field.
    pub(super) fn keep_sample(&mut self, owner: &Ident, wire: &'a str, sample: &'a Node) {
        self.samples.insert((owner.clone(), wire), sample);
    }

    /// Stores a note about a setter that has another name than its property. It is printed if the type has setters.
    pub(super) fn note_if_built(&mut self, owner: &Ident, place: Place, message: String) {
        self.of_setters.push((owner.clone(), place, message));
    }

    /// All types, sorted by module.
    pub(in crate::lower) fn finish(mut self, resources: &[Resource]) -> Vec<Item> {
        self.report_endless();
        let mut items: Vec<Item> = self.items.into_values().collect();
        shared::add(&mut items);
        reach::box_circles(&mut items);
        reach::keep_builders_of_requests(&mut items, resources);
        for (owner, place, message) in self.of_setters {
            if items
                .iter()
                .any(|item| item.name == owner && is_built(item))
            {
                let help = "to give the setter its usual name, name the property that has it in sdk.yaml, under `fields`";
                self.diagnostics.note(place, message).help(help);
            }
        }
        accessors::add(&mut items, self.config, self.diagnostics);
        wording::finish(&mut items);
        items.sort_by(|one, other| one.module.cmp(&other.module));
        items
    }

    /// Reports objects that require each other, so that no JSON can represent them.
    fn report_endless(&mut self) {
        for name in reach::endless(&self.items) {
            if let Some((site, place)) = self.firsts.get(&name) {
                let site = self.resolved.moved.shown_site(site);
                let message = format!("`{site}` requires itself, so its JSON would never end");
                self.diagnostics
                    .error(*place, message)
                    .help("make one property of the cycle optional or nullable");
            }
        }
    }

    /// Adds the type. If the name from `sdk.yaml` already has a type, this type must be the same, or gets more values.
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
                format!(
                    "The schema {}.",
                    code(&self.resolved.moved.shown_site(&site.path))
                )
            }),
        }
    }

    /// Notes that the type has the description of its first site, if another site has another description, once for each type.
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
            "the schemas of the type `{ident}` have different descriptions, and the type gets the first description"
        );
        self.diagnostics.note(schema.place, message).help(format!(
            "to describe the type, add this to sdk.yaml: `docs: {{ {ident}: … }}`"
        ));
    }

    /// Reports that one name would stand for two different schemas. Reports this once, because further differences make sense
    /// only after a correction.
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
        // The entry is removed, so that the error is reported once.
        let Some((first, first_place)) = self.firsts.remove(ident) else {
            return;
        };
        let [first, shown] = [&first, site].map(|site| self.resolved.moved.shown_site(site));
        let difference = difference::of((known, &first), (new, &shown));
        let message = format!("the name `{ident}` is given to different schemas: {difference}");
        let said = self.config.type_name_at(site);
        let own = type_name(site).ident;
        let help = format!(
            "give `{shown}` its own name in sdk.yaml: `types: {{ {}: {own} }}`",
            quoted(site)
        );
        self.diagnostics
            .error(said.map_or(place, |text| text.place), message)
            .related(first_place, format!("`{first}`"))
            .related(place, format!("`{shown}`"))
            .help(help);
    }
}

/// Whether a program creates values of the type.
fn is_built(item: &Item) -> bool {
    matches!(&item.kind, ItemKind::Object(object) if object.builder.is_some())
}
