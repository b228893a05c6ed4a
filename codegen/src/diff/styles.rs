//! How a request writes a value, in words.

use super::walk::Member;
use crate::contract::{Contract, Kind, Shape};
use crate::model::{Input, InputPlace, Part, Type};

pub(super) const JSON: &str = "application/json";

/// How many values a type has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    One,
    Map,
    List,
}

pub(super) fn form(ty: &Type) -> Form {
    match ty {
        Type::List(_) => Form::List,
        Type::Map(_) => Form::Map,
        _ => Form::One,
    }
}

/// Whether a value without a type of its own may be this.
pub(super) fn may_be(contract: &Contract, shape: &Shape, is_it: fn(&Kind) -> bool) -> bool {
    match &contract.target(shape).0.kind {
        Kind::Any => true,
        Kind::Several(branches) => branches.iter().any(|branch| {
            let kind = &contract.target(branch).0.kind;
            is_it(kind) || matches!(kind, Kind::Any)
        }),
        _ => false,
    }
}

/// How one value, a list or a map is written, in words; `None` if there is one way only.
pub(super) fn written(name: &str, input: &Input, form: Form) -> Option<String> {
    match (input.place, form) {
        (InputPlace::Query, Form::List) => Some(format!("`{name}=one&{name}=two`")),
        (InputPlace::JoinedQuery(separator), Form::List) => {
            Some(format!("`{name}=one{separator}two`"))
        }
        (InputPlace::Query, Form::Map) => Some("`key=value`".to_owned()),
        (InputPlace::JoinedQuery(separator), Form::Map) => {
            Some(format!("`{name}=key{separator}value`"))
        }
        (InputPlace::Query | InputPlace::JoinedQuery(_), Form::One) => {
            Some(format!("`{name}=value`"))
        }
        (InputPlace::QueryMap { is_deep: true }, _) => Some(format!("`{name}[key]=value`")),
        (InputPlace::QueryMap { is_deep: false }, _) => Some("`key=value`".to_owned()),
        (InputPlace::Part(Part::Joined(separator)), _) => {
            Some(format!("one part with `{separator}` between the items"))
        }
        (InputPlace::Part(Part::Field), Form::List) if input.part_type().is_none() => {
            Some("one part for each item".to_owned())
        }
        _ => content(input),
    }
}

/// How a list or a map in the query is written, in words; `None` for any other value.
pub(super) fn written_as(contract: &Contract, member: Member<'_>) -> Option<String> {
    let (sent, input) = member.given?;
    let form = match contract.target(member.described()).0.kind {
        Kind::List(_) => Form::List,
        Kind::Map(_) | Kind::Object(_) => Form::Map,
        _ => return None,
    };
    match sent.is_json {
        true => Some(as_json(member.wire, form)),
        false => written(member.wire, input, form),
    }
}

/// How a list or an object is written as JSON, in words.
pub(super) fn as_json(name: &str, form: Form) -> String {
    match form {
        Form::List => format!("`{name}=[\"one\",\"two\"]`"),
        _ => format!("`{name}={{\"key\":\"value\"}}`"),
    }
}

/// What a part of a form is, in words.
pub(super) fn content(input: &Input) -> Option<String> {
    let InputPlace::Part(part) = input.place else {
        return None;
    };
    Some(match (part, input.part_type()) {
        (Part::Field | Part::Joined(_), None) => "plain text".to_owned(),
        (Part::File, None) => "a file".to_owned(),
        (_, own) => format!("`{}`", own.unwrap_or(JSON)),
    })
}
