//! The places of types in the document.

use std::collections::HashMap;
use std::iter;

use super::{Contract, Kind, Shape};
use crate::tree::Place;

impl Contract {
    /// Where the type with this name occurs first.
    pub(crate) fn place_of(&self, rust: &str) -> Option<Place> {
        self.find(rust).map(|shape| shape.place)
    }

    /// Where a property of the type with this name is described.
    pub(crate) fn place_of_property(&self, rust: &str, name: &str) -> Option<Place> {
        let found = self.property(self.find(rust)?, name)?;
        Some(found.place)
    }

    /// The place of each type, by its name.
    pub(crate) fn places(&self) -> HashMap<&str, Place> {
        let mut places = HashMap::new();
        for shape in self.shapes() {
            shape.add_places(&mut places);
        }
        places
    }

    /// The shape whose type has this name, at its first place.
    fn find(&self, rust: &str) -> Option<&Shape> {
        self.shapes().find_map(|shape| shape.find(rust))
    }

    /// The shapes with a place of their own.
    fn shapes(&self) -> impl Iterator<Item = &Shape> {
        let inputs = self.operations.iter().flat_map(|exchange| &exchange.inputs);
        let answers = self
            .operations
            .iter()
            .filter_map(|exchange| exchange.answered.shape.as_ref());
        let webhooks = self.webhooks.iter().map(|webhook| &webhook.payload);
        let shapes = self.components.values().chain(&self.merged);
        let shapes = shapes.chain(answers).chain(webhooks);
        shapes.chain(inputs.map(|input| &input.shape))
    }
}

impl Shape {
    fn find(&self, rust: &str) -> Option<&Self> {
        if self.rust.as_deref() == Some(rust) {
            return Some(self);
        }
        self.parts().find_map(|part| part.find(rust))
    }

    fn add_places<'c>(&'c self, places: &mut HashMap<&'c str, Place>) {
        if let Some(rust) = &self.rust {
            places.entry(rust).or_insert(self.place);
        }
        for part in self.parts() {
            part.add_places(places);
        }
    }

    /// The shapes inside it that may have a type.
    fn parts(&self) -> Box<dyn Iterator<Item = &Self> + '_> {
        match &self.kind {
            Kind::Object(properties) => Box::new(properties.iter().map(|property| &property.shape)),
            Kind::Union(_, branches) => Box::new(branches.iter().map(|(_, branch)| branch)),
            Kind::Map(inner) | Kind::List(inner) => Box::new(iter::once(&**inner)),
            _ => Box::new(iter::empty()),
        }
    }
}
