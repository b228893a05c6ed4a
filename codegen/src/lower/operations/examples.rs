//! The example of an operation: Rust code that compiles, with the document's examples as values.

use std::cell::RefCell;
use std::collections::HashMap;

use proc_macro2::Ident;

use super::answers;
use crate::config;
use crate::lower::types::Types;
use crate::model::{Answer, Constructor, FromText, Input, ItemKind, Operation, Type};
use crate::names;
use crate::reader::Text;
use crate::suggest;
use crate::tree::{Node, Value};

/// The maximum depth of objects in an example.
const DEPTH: usize = 8;

/// The maximum number of bytes in an argument.
const LONGEST: usize = 2_000;

/// The lines of the example, as a section of the documentation; empty if an argument needs too many objects or is too long.
pub(super) fn of(
    operation: &Operation,
    resource: &[String],
    samples: &[(String, &Node)],
    said: Option<&config::Operation>,
    types: &mut Types<'_>,
) -> Vec<String> {
    let sample = |input: &Input| {
        samples
            .iter()
            .find(|(wire, _)| *wire == input.wire)
            .map(|(_, node)| *node)
    };
    let mut calls: Vec<String> = resource.iter().map(|part| format!(".{part}()")).collect();
    let examples = Examples {
        types,
        known: RefCell::default(),
    };
    let arguments = operation.arguments();
    let arguments: Option<Vec<String>> = arguments
        .map(|input| examples.argument(&input.ty, sample(input)))
        .collect();
    let is_shown = arguments.is_some();
    let arguments = arguments.unwrap_or_default();
    calls.push(format!(".{}({})", operation.method, arguments.join(", ")));
    let mut unknown = Vec::new();
    let listed = said.map(|said| said.example.as_slice()).unwrap_or_default();
    for shown in listed {
        let mut setters = operation.setters();
        match setters.find(|input| input.wire == shown.value) {
            Some(input) => {
                let value = examples.argument(&input.ty, sample(input));
                calls.extend(value.map(|value| format!(".{}({value})", input.name)));
            }
            None => unknown.push(shown),
        }
    }
    for shown in unknown {
        refuse_setter(shown, operation, types);
    }
    refuse_twice(listed, types);
    if !is_shown {
        return Vec::new();
    }
    let mut lines = vec![
        "# Examples".to_owned(),
        String::new(),
        "```no_run".to_owned(),
    ];
    if operation.deprecated {
        lines.push("# #![allow(deprecated)]".to_owned());
    }
    let statement = statement(operation, calls);
    if statement.iter().any(|line| line.contains("types::")) {
        lines.extend(["use telnyx_messaging::types;".to_owned(), String::new()]);
    }
    lines.push(
        "# async fn example(client: telnyx_messaging::Client) -> telnyx_messaging::Result<()> {"
            .to_owned(),
    );
    lines.extend(statement);
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

/// Reports a setter that the example would call twice.
fn refuse_twice(listed: &[Text], types: &mut Types<'_>) {
    for (index, text) in listed.iter().enumerate() {
        let mut earlier = listed[..index].iter();
        if let Some(first) = earlier.find(|earlier| earlier.value == text.value) {
            let message = format!("the example lists `{}` twice", text.value);
            let error = types.diagnostics.error(text.place, message);
            error
                .related(first.place, "the first one is here")
                .help("remove one of the two entries");
        }
    }
}

fn refuse_setter(shown: &Text, operation: &Operation, types: &mut Types<'_>) {
    let setters = operation.setters().map(|input| input.wire.as_str());
    let help = suggest::help(
        &shown.value,
        setters,
        "choose a parameter that is not an argument",
    );
    let message = format!("the operation has no setter for `{}`", shown.value);
    types.diagnostics.error(shown.place, message).help(help);
}

/// The statement on one line if it is short. If not, each call has a line of its own, as in rustfmt's output.
fn statement(operation: &Operation, mut calls: Vec<String>) -> Vec<String> {
    calls.push(".await?;".to_owned());
    let start = match (&operation.answer, answers::named(&operation.answer)) {
        (Answer::Empty, _) => "client".to_owned(),
        (Answer::Page(_) | Answer::OnlyPage(_), _) => "let page = client".to_owned(),
        (Answer::Data(Type::List(_)), _) => "let list = client".to_owned(),
        (_, Some(name)) => format!("let {} = client", variable(name)),
        (_, None) => "let answer = client".to_owned(),
    };
    let line = format!("{start}{}", calls.concat());
    if line.len() <= 88 && calls.len() <= 4 {
        return vec![line];
    }
    std::iter::once(start)
        .chain(calls.into_iter().map(|call| format!("    {call}")))
        .collect()
}

/// The last word of a type's name: `message` for `OutboundMessage`.
fn variable(name: &Ident) -> String {
    let words = names::words(name);
    names::lower(words.rsplit(' ').next().unwrap_or("answer"))
        .ident
        .to_string()
}

/// Writes examples of the types of the crate.
struct Examples<'t, 'a> {
    types: &'t Types<'a>,
    /// What was written of an object, by its type and depth: the constructors of an object may lead to it in many ways.
    known: RefCell<HashMap<(Ident, usize), Option<String>>>,
}

impl Examples<'_, '_> {
    /// An argument of a call; `None` if it is deeper or longer than examples are.
    fn argument(&self, ty: &Type, sample: Option<&Node>) -> Option<String> {
        let argument = self.value(ty, sample, DEPTH)?;
        (argument.len() <= LONGEST).then_some(argument)
    }

    /// An expression of the type, of the example's value where there is one that fits; `None` if it is deeper or
    /// longer than examples are.
    fn value(&self, ty: &Type, sample: Option<&Node>, depth: usize) -> Option<String> {
        let given = sample.map(|node| &node.value);
        Some(match (ty, given) {
            (Type::Boolean, Some(Value::Bool(value))) => value.to_string(),
            (Type::Boolean, _) => "true".to_owned(),
            (Type::Integer, Some(Value::Number(number))) if number.is_i64() => number.to_string(),
            (Type::Integer32, Some(Value::Number(number)))
                if number
                    .as_i64()
                    .is_some_and(|number| i32::try_from(number).is_ok()) =>
            {
                number.to_string()
            }
            (Type::Unsigned, Some(Value::Number(number))) if number.is_u64() => number.to_string(),
            (Type::Integer | Type::Integer32 | Type::Unsigned, _) => "1".to_owned(),
            (Type::Number, Some(Value::Number(number))) => number
                .as_f64()
                .map_or("1.0".to_owned(), |n| format!("{n:?}")),
            (Type::Number, _) => "1.0".to_owned(),
            (
                Type::Text | Type::ErrorCode | Type::Secret | Type::Timestamp,
                Some(Value::String(text)),
            ) => {
                format!("{text:?}")
            }
            (Type::Text | Type::ErrorCode | Type::Secret, _) => "\"…\"".to_owned(),
            (Type::Timestamp, _) => "\"2026-01-31T12:00:00Z\"".to_owned(),
            (Type::Json, _) => "telnyx_messaging::Json::default()".to_owned(),
            (Type::Bytes, _) => "\"…\"".to_owned(),
            (Type::Form, _) => "telnyx_messaging::Form::new().field(\"name\", \"…\")".to_owned(),
            (Type::File, _) => {
                "telnyx_messaging::FilePart::new(\"file.pdf\", &b\"%PDF-1.7\"[..])".to_owned()
            }
            (Type::Map(_), _) => "std::collections::BTreeMap::new()".to_owned(),
            (Type::List(item), Some(Value::Sequence(items))) if !items.is_empty() => {
                let item = self.shown(item, &items.iter().collect::<Vec<_>>());
                let lists_differ = items.len() > 1 && matches!(item, Type::List(_));
                let items: Option<Vec<String>> = items
                    .iter()
                    .map(|node| {
                        let text = self.value(&item, Some(node), depth)?;
                        // Arrays of two lengths are two types.
                        Some(match lists_differ && text.starts_with('[') {
                            true => format!("vec!{text}"),
                            false => text,
                        })
                    })
                    .collect();
                format!("[{}]", items?.join(", "))
            }
            (Type::List(item), _) => match (self.value(item, None, depth), item.named()) {
                (Some(item), _) => format!("[{item}]"),
                (None, Some(name)) => format!("Vec::<types::{name}>::new()"),
                (None, None) => return None,
            },
            (Type::Named(name) | Type::Boxed(name), _) => {
                return self.branch(name, given, None, depth);
            }
        })
    }

    /// The type by which an example shows values. All items of an array have one type in Rust, so an enum that does not know each of
    /// them is shown as text, also in lists of lists.
    fn shown(&self, ty: &Type, values: &[&Node]) -> Type {
        if let Type::List(item) = ty {
            let items = values.iter().flat_map(|list| match &list.value {
                Value::Sequence(items) => items.as_slice(),
                _ => &[],
            });
            return Type::List(Box::new(self.shown(item, &items.collect::<Vec<_>>())));
        }
        let known = match ty {
            Type::Named(name) => self.types.item(name),
            _ => None,
        };
        let Some(ItemKind::Enum(known)) = known else {
            return ty.clone();
        };
        let is_known = |node: &&Node| match &node.value {
            Value::String(text) => known.values.iter().any(|value| value.wire == *text),
            _ => !known.values.is_empty(),
        };
        match values.iter().all(is_known) {
            true => ty.clone(),
            false => Type::Text,
        }
    }

    /// An expression of a type of `types`. In a union, `tag` is the property that tells the branch, with its value.
    fn branch(
        &self,
        name: &Ident,
        given: Option<&Value>,
        tag: Option<(&str, &str)>,
        depth: usize,
    ) -> Option<String> {
        let key = (name.clone(), depth);
        let is_alike = given.is_none() && tag.is_none();
        if let Some(known) = self.known.borrow().get(&key).filter(|_| is_alike) {
            return known.clone();
        }
        let written = self.item(name, given, tag, depth);
        if is_alike {
            self.known.borrow_mut().insert(key, written.clone());
        }
        written
    }

    fn item(
        &self,
        name: &Ident,
        given: Option<&Value>,
        tag: Option<(&str, &str)>,
        depth: usize,
    ) -> Option<String> {
        let path = format!("types::{name}");
        Some(match self.types.item(name) {
            Some(ItemKind::Enum(item)) => {
                let known = |text: &str| item.values.iter().find(|value| value.wire == text);
                let shown = match given {
                    Some(Value::String(text)) => known(text).ok_or(text.as_str()),
                    _ => item.values.first().ok_or("…"),
                };
                match shown {
                    Ok(value) => format!("{path}::{}", value.name),
                    Err(text) => format!("{text:?}"),
                }
            }
            Some(ItemKind::Object(_)) if depth == 0 => return None,
            Some(ItemKind::Object(object)) => {
                let of_text = object
                    .builder
                    .as_ref()
                    .and_then(|builder| builder.text.as_ref());
                if let Some(FromText::Argument(field)) = of_text {
                    let mut required = object.arguments().iter();
                    let field = required.find(|required| required.name == *field)?;
                    let sample = self.types.sample(name, &field.wire);
                    return self.value(&field.ty, sample, depth - 1);
                }
                let constructors = object
                    .builder
                    .iter()
                    .flat_map(|builder| &builder.constructors);
                if let Some(call) = self.constructor(constructors, depth) {
                    return Some(format!("{path}::{call}"));
                }
                let mut arguments = String::new();
                for field in object.arguments() {
                    let sample = self.types.sample(name, &field.wire);
                    let separator = if arguments.is_empty() { "" } else { ", " };
                    arguments += separator;
                    arguments += &match tag {
                        Some((property, value)) if property == field.wire => format!("{value:?}"),
                        _ => self.value(&field.ty, sample, depth - 1)?,
                    };
                    // Checked here, so that the work has a limit too.
                    if arguments.len() > LONGEST {
                        return None;
                    }
                }
                format!("{path}::new({arguments})")
            }
            Some(ItemKind::Union(_)) if depth == 0 => return None,
            Some(ItemKind::Union(union)) => {
                let member = union.members.first()?;
                let tag = Some((union.tag.as_str(), member.value.as_str()));
                return self.branch(&member.ty, None, tag, depth - 1);
            }
            None => format!("{path}::new()"),
        })
    }

    /// The call of the constructor that shows most with least: the shortest that is made of the document's examples alone, else
    /// the first.
    fn constructor<'c>(
        &self,
        constructors: impl Iterator<Item = &'c Constructor>,
        depth: usize,
    ) -> Option<String> {
        let calls: Vec<String> = constructors
            .filter_map(|constructor| {
                let inner = self.value(&constructor.sets.ty, None, depth - 1)?;
                Some(format!("{}({inner})", constructor.name))
            })
            .collect();
        let is_telling =
            |call: &&String| !["()", "…", "[]"].iter().any(|empty| call.contains(empty));
        let telling = calls
            .iter()
            .filter(is_telling)
            .min_by_key(|call| call.len());
        telling.or(calls.first()).cloned()
    }
}
