//! Chooses the resource and the method of an operation.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use proc_macro2::Ident;

use crate::config::quoted;
use crate::lower::resolve::Operation;
use crate::lower::types::Types;
use crate::names::{self, Name};
use crate::reader::Text;

/// The place of an operation in the client.
pub(super) struct Placement {
    /// `["phone_numbers", "messaging"]`
    pub(super) resource: Vec<String>,
    pub(super) method: Ident,
    /// Whether the method could not get its natural name.
    pub(super) improvised: bool,
    /// The resources below this one.
    pub(super) children: BTreeSet<String>,
}

/// The place of each operation, in the order of the operations. No resource has two methods with one name.
pub(super) fn of_all(operations: &[Operation<'_>], types: &mut Types<'_>) -> Vec<Placement> {
    let made_up = made_up(operations);
    let wishes: Vec<(Vec<String>, Ident)> = operations
        .iter()
        .map(|operation| wish(operation, &made_up, types))
        .collect();
    note_shared(operations, &wishes, types);
    let mut children: HashMap<&[String], BTreeSet<String>> = HashMap::new();
    for (resource, _) in &wishes {
        for depth in 1..resource.len() {
            children
                .entry(&resource[..depth])
                .or_default()
                .insert(resource[depth].clone());
        }
    }
    let mut taken: HashSet<(&[String], String)> = HashSet::new();
    let mut placements = Vec::new();
    // Operations that sdk.yaml names come first, so that a new operation takes no name from them.
    let ids = operations.iter().map(|operation| operation.id.as_str());
    let mut order = names::order(ids);
    order.sort_by_key(|index| said(&operations[*index].id, types).is_none());
    for index in order {
        let (operation, (resource, wish)) = (&operations[index], &wishes[index]);
        let children = children
            .get(resource.as_slice())
            .cloned()
            .unwrap_or_default();
        let is_free = |method: &Ident| {
            let name = method.to_string();
            !names::is_reserved_method(method)
                && !children.contains(&name)
                && !taken.contains(&(resource.as_slice(), name))
        };
        let method = names::free(wish, is_free);
        if method != *wish {
            let obstacle = match children.contains(&wish.to_string()) {
                _ if names::is_reserved_method(wish) => Obstacle::Reserved,
                true => Obstacle::Resource,
                false => Obstacle::Method,
            };
            report(operation, resource, (wish, obstacle), &method, types);
        }
        taken.insert((resource, method.to_string()));
        let placement = Placement {
            resource: resource.clone(),
            improvised: method != *wish,
            method,
            children,
        };
        placements.push((index, placement));
    }
    placements.sort_by_key(|(index, _)| *index);
    placements
        .into_iter()
        .map(|(_, placement)| placement)
        .collect()
}

/// Notes each tag that gets the resource of another tag, because their names differ only in case or punctuation.
fn note_shared(
    operations: &[Operation<'_>],
    wishes: &[(Vec<String>, Ident)],
    types: &mut Types<'_>,
) {
    let mut firsts: HashMap<&[String], &Text> = HashMap::new();
    let mut told = HashSet::new();
    for (operation, (resource, _)) in operations.iter().zip(wishes) {
        let Some(tag) = &operation.written.tag else {
            continue;
        };
        if said(&operation.id, types).is_some() {
            continue;
        }
        let first = *firsts.entry(resource).or_insert(tag);
        if first.value == tag.value || !told.insert(&tag.value) {
            continue;
        }
        let resource = resource.join(".");
        let message = format!(
            "the tags `{}` and `{}` share the resource `{resource}`",
            first.value, tag.value
        );
        let (key, method) = (quoted(&operation.id), method_wish(&operation.id));
        let help = format!(
            "if these are two resources, name the other one in sdk.yaml: `operations: {{ {key}: {{ method: ….{method} }} }}`"
        );
        types
            .diagnostics
            .note(tag.place, message)
            .related(first.place, "the first tag is here")
            .help(help);
    }
}

/// The resources whose names a rule must make up, by their names in the document. Each gets its own name.
fn made_up<'o>(operations: &'o [Operation<'_>]) -> BTreeMap<&'o str, Ident> {
    let wished = operations.iter().map(wished_resource);
    let (improvised, plain): (BTreeMap<_, _>, BTreeMap<_, _>) = wished
        .map(|wished| (wished, names::lower(wished)))
        .partition(|(_, name)| name.improvised);
    let mut taken: HashSet<Ident> = plain.into_values().map(|name| name.ident).collect();
    let free = |(wished, name): (&'o str, Name)| {
        let name = name.free(|ident| taken.insert(ident.clone()));
        (wished, name.ident)
    };
    improvised.into_iter().map(free).collect()
}

/// The document's name for an operation's resource: its tag, or else the first fixed part of the path.
fn wished_resource<'o>(operation: &'o Operation<'_>) -> &'o str {
    let written = operation.written;
    let mut segments = written.path.value.split('/');
    let segment = segments.find(|part| !part.is_empty() && !part.starts_with('{'));
    let tag = written.tag.as_ref().map(|tag| tag.value.as_str());
    tag.or(segment).unwrap_or("api")
}

/// The resource and the method: from `sdk.yaml`, or else from the tag and the operation's name.
fn wish(
    operation: &Operation<'_>,
    made_up: &BTreeMap<&str, Ident>,
    types: &mut Types<'_>,
) -> (Vec<String>, Ident) {
    let Operation { id, written, .. } = operation;
    if let Some(text) = said(id, types) {
        match given_location(&text.value) {
            Ok(location) => return location,
            Err((message, help)) => {
                types.diagnostics.error(text.place, message).help(help);
            }
        }
    }
    let wished = wished_resource(operation);
    let improvised = made_up.get(wished);
    let ident = improvised
        .cloned()
        .unwrap_or_else(|| names::lower(wished).ident);
    let mut resource = names::cut(ident.to_string());
    if improvised.is_some() {
        let message = format!(
            "the generator cannot make a name from `{wished}`, so it named the resource `{resource}`"
        );
        let (key, method) = (quoted(id), method_wish(id));
        let help = format!(
            "name the resource in sdk.yaml: `operations: {{ {key}: {{ method: {resource}.{method} }} }}`"
        );
        types.diagnostics.note(written.place, message).help(help);
    }
    if names::is_reserved_resource(&resource) {
        let message = format!(
            "a resource cannot have the name `{resource}`: the generator named it `{resource}_api`"
        );
        let (key, method) = (quoted(id), method_wish(id));
        let help = format!(
            "to choose the name, add this to sdk.yaml: `operations: {{ {key}: {{ method: {resource}_api.{method} }} }}`"
        );
        types.diagnostics.note(written.place, message).help(help);
        resource.push_str("_api");
    }
    (vec![resource], names::lower(id).ident)
}

/// The name that a line for `sdk.yaml` suggests for an operation's method, if the name is free.
fn method_wish(id: &str) -> Ident {
    names::free(&names::lower(id).ident, |method| {
        !names::is_reserved_method(method)
    })
}

/// The resource and method of `phone_numbers.messaging.update`, or what is wrong with the text, and what to do.
fn given_location(text: &str) -> Result<(Vec<String>, Ident), (String, &'static str)> {
    const HELP: &str = "write the resource and the method in snake case, such as `messages.send`";
    let Some((resource, method)) = text.rsplit_once('.') else {
        let message = format!("`{text}` must name a resource and a method, separated by a dot");
        return Err((message, HELP));
    };
    let parts: Vec<String> = resource.split('.').map(str::to_owned).collect();
    if let Some(first) = parts
        .first()
        .filter(|part| names::is_reserved_resource(part))
    {
        let message = format!(
            "a resource cannot have the name `{first}`: the crate has a module or a client method with this name"
        );
        return Err((message, "choose another name for the resource"));
    }
    let is_valid = |part: &String| names::given_lower(part).is_some() && !names::is_device(part);
    match names::given_lower(method) {
        Some(method) if parts.iter().all(is_valid) => Ok((parts, method)),
        _ => Err((format!("`{text}` is not a valid path to a method"), HELP)),
    }
}

/// What already has the name that a method should get.
#[derive(Clone, Copy)]
enum Obstacle {
    /// Each handle has a method with this name, or may get one.
    Reserved,
    /// The accessor for a resource below.
    Resource,
    Method,
}

impl Obstacle {
    fn tell(self, resource: &str, name: &Ident) -> String {
        match self {
            Self::Reserved => format!("no method of `{resource}` can have the name `{name}`"),
            Self::Resource => format!("`{resource}` already has a resource `{name}`"),
            Self::Method => format!("`{resource}` already has a method `{name}`"),
        }
    }
}

/// Reports that a method could not get its natural name. This is an error if `sdk.yaml` gave the name.
fn report(
    operation: &Operation<'_>,
    resource: &[String],
    (wish, obstacle): (&Ident, Obstacle),
    method: &Ident,
    types: &mut Types<'_>,
) {
    let Operation { id, written, .. } = operation;
    let resource = resource.join(".");
    let reason = obstacle.tell(&resource, wish);
    if let Some(text) = said(id, types) {
        let help = match obstacle {
            Obstacle::Reserved => "choose another name",
            Obstacle::Resource | Obstacle::Method => "choose another name for the method",
        };
        types.diagnostics.error(text.place, reason).help(help);
        return;
    }
    let message = format!("{reason}: the method of `{id}` is `{method}`");
    let key = quoted(id);
    let help = format!(
        "to choose the name, add this to sdk.yaml: `operations: {{ {key}: {{ method: {resource}.{method} }} }}`"
    );
    types
        .diagnostics
        .note(written.name_place(), message)
        .help(help);
}

/// The `method` of an operation in `sdk.yaml`.
fn said<'a>(id: &str, types: &Types<'a>) -> Option<&'a Text> {
    types.config.operation(id)?.method.as_ref()
}

/// `PhoneNumbersMessaging` for `phone_numbers.messaging`.
pub(super) fn handle_name(path: &[String]) -> Ident {
    let name = names::upper(&path.join("_")).ident;
    if names::is_reserved_request(&name) {
        names::own(&format!("{name}Resource"))
    } else {
        name
    }
}
