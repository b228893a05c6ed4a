//! The contract: what programs and the API exchange, regardless of how the document writes it.
//!
//! The model contains what the generator writes. The contract contains the other facts about requests and responses: required
//! values, limits, defaults and places. References, `allOf` and order make no difference in the contract.

mod places;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::tree::Place;

/// All values that operations and webhooks exchange.
#[derive(Debug)]
pub(crate) struct Contract {
    pub(crate) operations: Vec<Exchange>,
    pub(crate) webhooks: Vec<Webhook>,
    /// The shapes of the schemas that have a name.
    pub(crate) components: BTreeMap<String, Shape>,
    /// The merged schemas of `allOf`s. Each is stored once, because several places may share it.
    pub(crate) merged: Vec<Shape>,
    /// The key in `sdk.yaml` for each type's place, by the type's name in Rust.
    pub(crate) keys: BTreeMap<String, String>,
}

/// A request and its response.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) id: String,
    /// `POST`
    pub(crate) verb: &'static str,
    pub(crate) path: String,
    pub(crate) place: Place,
    pub(crate) authenticated: bool,
    pub(crate) deprecated: bool,
    /// Whether the document says what the same request again does.
    pub(crate) says_idempotent: bool,
    pub(crate) inputs: Vec<Sent>,
    /// The content types of the body, as written.
    pub(crate) contents: Vec<String>,
    /// Whether the API rejects a request without a body.
    pub(crate) needs_body: bool,
    /// Limits on the body as a whole.
    pub(crate) body_limits: Limits,
    /// The whole body, if there is one.
    pub(crate) body: Option<Shape>,
    /// Whether the API rejects a body with properties that are not in `inputs`.
    pub(crate) is_body_closed: bool,
    /// The required cookies, which the crate does not send.
    pub(crate) cookies: Vec<(String, Place)>,
    pub(crate) answered: Answered,
}

/// A value in a request.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) wire: String,
    /// Identifies the same value in another document, even in another notation: `filter[status]`, or `{0}` in the path.
    pub(crate) identity: String,
    pub(crate) travels: Travels,
    pub(crate) required: bool,
    /// For a required property of an optional parameter: the parameter.
    pub(crate) required_in: Option<String>,
    /// Whether the value may contain reserved characters without encoding.
    pub(crate) allows_reserved: bool,
    /// Whether the value is written as JSON outside of a body, so a string has quotes.
    pub(crate) is_json: bool,
    /// What such a value is, if that is known. `shape` is the type in Rust, which takes anything.
    pub(crate) json: Option<Shape>,
    /// For a part of a form: the content types that the part may have, if the document lists any.
    pub(crate) part_types: Vec<String>,
    pub(crate) place: Place,
    pub(crate) shape: Shape,
}

/// Where a request contains a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Travels {
    Path,
    Query,
    Header,
    Key,
    Body,
    WholeBody,
}

impl Travels {
    pub(crate) const ALL: [Self; 6] = [
        Self::Path,
        Self::Query,
        Self::Header,
        Self::Key,
        Self::Body,
        Self::WholeBody,
    ];
}

/// What a successful response contains.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) envelope: Envelope,
    /// The status of the success that is read.
    pub(crate) status: Option<String>,
    /// What a caller gets, with or without an envelope; `None` if the response is not JSON.
    pub(crate) shape: Option<Shape>,
    /// For a page: the properties of `meta` that the crate reads.
    pub(crate) meta: Vec<Property>,
    /// The whole response body, if it is JSON.
    pub(crate) body: Option<Shape>,
    /// The JSON bodies of other successes, by status. The crate decodes each of them like this one.
    pub(crate) others: Vec<(String, Shape)>,
    /// Whether a decoder that expects no envelope also finds the value in an envelope.
    pub(crate) may_be_enveloped: bool,
    /// The content type that is read, as written.
    pub(crate) content: Option<String>,
    /// The content types that any success may have, as written.
    pub(crate) contents: Vec<String>,
    /// Whether another success has no body.
    pub(crate) may_be_empty: bool,
}

/// The envelope around a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Envelope {
    /// `{"data": …}`
    Data,
    /// `{"data": […], "meta": …}`, which the crate reads page by page.
    Page,
    /// There is no envelope.
    Bare,
    /// There is no JSON body.
    Empty,
    Bytes,
    Text,
}

/// What a webhook sends.
#[derive(Debug)]
pub(crate) struct Webhook {
    pub(crate) name: String,
    pub(crate) place: Place,
    /// The whole webhook body. The values around the payload have no names in Rust.
    pub(crate) body: Shape,
    /// What a program gets.
    pub(crate) payload: Shape,
}

/// A schema, resolved.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) place: Place,
    /// The name of its type in Rust, if it has one.
    pub(crate) rust: Option<String>,
    pub(crate) nullable: bool,
    pub(crate) deprecated: bool,
    /// Answered, never sent.
    pub(crate) read_only: bool,
    /// Sent, never answered.
    pub(crate) write_only: bool,
    /// As JSON.
    pub(crate) default: Option<String>,
    pub(crate) limits: Limits,
    /// For an object: the schema of its additional properties, if its type keeps them.
    pub(crate) others: Option<Box<Shape>>,
    /// For an object: whether additional properties are forbidden.
    pub(crate) is_closed: bool,
    /// For an object: the property that gets the text if the API sends a string instead of the object.
    pub(crate) text_property: Option<String>,
    /// For an enum: whether any other string is allowed too.
    pub(crate) any_text: bool,
    /// For an object: whether its type in Rust is the type for any JSON.
    pub(crate) is_json: bool,
    /// For a list: whether the API may send a single item instead of an array.
    pub(crate) is_one_or_list: bool,
    pub(crate) kind: Kind,
}

/// The limits on a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Limits {
    /// By keyword. A larger limit is tighter.
    pub(crate) lower: Vec<(&'static str, f64)>,
    /// By keyword. A smaller limit is tighter.
    pub(crate) upper: Vec<(&'static str, f64)>,
    /// The number must be a multiple of each of these.
    pub(crate) multiples: Vec<f64>,
    /// The string must match each of these.
    pub(crate) patterns: BTreeSet<String>,
    /// Whether the items of the list must be unique.
    pub(crate) unique_items: bool,
    /// The values of an enum whose values are not strings, as JSON.
    pub(crate) values: Vec<String>,
    /// For an integer: the range of its Rust type.
    pub(crate) integers: Option<RangeInclusive<i128>>,
    /// The required properties that its type does not have.
    pub(crate) required: Vec<String>,
    /// All required properties.
    pub(crate) always: BTreeSet<String>,
    /// Sets of properties. An object has all properties of at least one set, as the branches beside its properties require.
    pub(crate) any_of: Vec<BTreeSet<String>>,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// The same as the component with this name.
    Component(String),
    /// The same as the merged `allOf` with this number.
    Merged(usize),
    Object(Vec<Property>),
    Enum(Vec<(String, Place)>),
    /// One of several objects, which the value of a property distinguishes.
    Union(String, Vec<(String, Shape)>),
    Map(Box<Shape>),
    List(Box<Shape>),
    Boolean,
    /// With the range of its Rust type.
    Integer(RangeInclusive<i128>),
    Number,
    Text(Text),
    /// One of these, which a Rust type cannot distinguish.
    Several(Vec<Shape>),
    /// Anything, as far as a Rust type can tell.
    Any,
}

/// The kind of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    Plain,
    /// The API may also send a JSON number.
    Numeric,
    ErrorCode,
    Timestamp,
}

/// A property of an object.
#[derive(Clone, Debug)]
pub(crate) struct Property {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) place: Place,
    pub(crate) shape: Shape,
}

impl Shape {
    /// A shape that allows anything.
    pub(crate) fn anything(place: Place) -> Self {
        Self {
            place,
            rust: None,
            nullable: false,
            deprecated: false,
            read_only: false,
            write_only: false,
            default: None,
            limits: Limits::default(),
            others: None,
            is_closed: false,
            text_property: None,
            any_text: false,
            is_json: false,
            is_one_or_list: false,
            kind: Kind::Any,
        }
    }

    /// Whether its type in Rust accepts any JSON.
    pub(crate) fn holds_any_json(&self) -> bool {
        self.is_json || matches!(self.kind, Kind::Any | Kind::Several(_))
    }
}

impl Contract {
    /// The shape itself, or the shape that it refers to, and whether null is allowed on the way there.
    pub(crate) fn target<'c>(&'c self, shape: &'c Shape) -> (&'c Shape, bool) {
        let (mut target, mut nullable) = (shape, shape.nullable);
        let longest = self.components.len() + self.merged.len();
        for _ in 0..=longest {
            let next = match &target.kind {
                Kind::Component(name) => self.components.get(name),
                Kind::Merged(number) => self.merged.get(*number),
                _ => None,
            };
            let Some(next) = next else {
                break;
            };
            nullable |= next.nullable;
            target = next;
        }
        (target, nullable)
    }

    /// The default at the shape's own place, or else the default of the shape that it refers to.
    pub(crate) fn default<'c>(&'c self, shape: &'c Shape) -> Option<&'c str> {
        let own = shape.default.as_deref();
        own.or_else(|| self.target(shape).0.default.as_deref())
    }

    /// The limits at the shape's own place, and the limits that only the shape that it refers to sets.
    pub(crate) fn limits(&self, shape: &Shape) -> Limits {
        let mut limits = shape.limits.clone();
        let target = self.target(shape).0;
        if let Kind::Integer(range) = &target.kind {
            limits.integers = Some(range.clone());
        }
        let target = &target.limits;
        let add = |own: &mut Vec<(&'static str, f64)>, others: &[(&'static str, f64)]| {
            for other in others {
                if own.iter().all(|(keyword, _)| *keyword != other.0) {
                    own.push(*other);
                }
            }
        };
        add(&mut limits.lower, &target.lower);
        add(&mut limits.upper, &target.upper);
        for multiple in &target.multiples {
            if !limits.multiples.contains(multiple) {
                limits.multiples.push(*multiple);
            }
        }
        limits.patterns.extend(target.patterns.iter().cloned());
        limits.unique_items |= target.unique_items;
        if limits.values.is_empty() {
            limits.values.clone_from(&target.values);
        }
        for name in &target.required {
            if !limits.required.contains(name) {
                limits.required.push(name.clone());
            }
        }
        limits.always.extend(target.always.iter().cloned());
        if limits.any_of.is_empty() {
            limits.any_of.clone_from(&target.any_of);
        }
        limits
    }

    /// Whether a value is missing in this direction: a read-only value in requests, or a write-only value in responses.
    pub(crate) fn is_hidden(&self, shape: &Shape, is_read: bool) -> bool {
        let target = self.target(shape).0;
        match is_read {
            true => shape.write_only || target.write_only,
            false => shape.read_only || target.read_only,
        }
    }

    /// The shape at a JSON pointer, which consists of property names.
    pub(crate) fn at<'c>(&'c self, shape: &'c Shape, pointer: &str) -> Option<&'c Shape> {
        let mut names = pointer.split('/').filter(|name| !name.is_empty());
        names.try_fold(shape, |shape, name| {
            let found = self.property(shape, name)?;
            Some(&found.shape)
        })
    }

    /// The property of an object.
    pub(crate) fn property<'c>(&'c self, shape: &'c Shape, name: &str) -> Option<&'c Property> {
        let Kind::Object(properties) = &self.target(shape).0.kind else {
            return None;
        };
        properties.iter().find(|property| property.name == name)
    }
}
