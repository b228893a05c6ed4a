//! How a program creates an object: `new`, a constructor for each kind, and setters.

use std::collections::HashSet;

use proc_macro2::Ident;

use super::registry::Types;
use crate::lower::made_up;
use crate::markdown::code;
use crate::model::{
    Builder, Constructor, Doc, EnumValue, Field, FromText, ItemKind, Need, New, SetNull, Setter,
    TagValue, Type,
};
use crate::names;
use crate::reader::Text;
use crate::suggest;

/// The nulls of an object. The map of additional properties contains them, because the fields cannot.
pub(super) struct Nulls {
    /// The field with the additional properties.
    pub(super) held_by: Ident,
    /// The fields that may be null, each with the name of the setter that makes it null.
    pub(super) fields: Vec<(Ident, Ident)>,
}

impl Nulls {
    /// What the setter of a field does with its null.
    fn of(&self, field: &Field) -> SetNull {
        if field.name == self.held_by {
            return SetNull::Keep;
        }
        match self.fields.iter().find(|(name, _)| *name == field.name) {
            Some((_, clear)) => SetNull::Beside {
                clear: clear.clone(),
                others: self.held_by.clone(),
            },
            None => SetNull::Never,
        }
    }
}

/// The builder of an object with these fields.
pub(super) fn of(
    owner: &Ident,
    fields: &[Field],
    nulls: Option<Nulls>,
    types: &mut Types<'_>,
) -> Builder {
    let content = content(owner, fields, types);
    let kinds = kinds(owner, fields, types);
    check_content(owner, (kinds.as_ref(), fields, content), types);
    let constructors = kinds
        .as_ref()
        .map(|kinds| {
            let clears = nulls.iter().flat_map(|nulls| &nulls.fields);
            let clears = clears.map(|(_, clear)| clear.to_string()).collect();
            constructors(owner, (kinds, fields, content), clears, types)
        })
        .unwrap_or_default();
    let new = new(fields, kinds.as_ref(), &constructors);
    let tag = match &new {
        Some(New::Tagged(tag)) => Some(&tag.field),
        Some(New::Empty | New::Required(_)) => None,
        None => kinds.as_ref().map(|kinds| &kinds.tag),
    };
    let has_constructor = |field: &Field| {
        let mut sets = constructors.iter().map(|constructor| &constructor.sets);
        sets.any(|set| set.name == field.name)
    };
    let may_lack = |field: &&Field| matches!(field.need, Need::Free | Need::Written);
    let optional = fields.iter().filter(may_lack);
    let setters = optional
        .filter(|field| tag != Some(&field.name) && !has_constructor(field))
        .map(|field| Setter {
            null: nulls
                .as_ref()
                .map_or(SetNull::Never, |nulls| nulls.of(field)),
            field: field.clone(),
        })
        .collect();
    let mut builder = Builder {
        may_be_empty: !fields.iter().any(is_required),
        setters,
        new,
        constructors,
        text: None,
    };
    builder.text = text(owner, fields, &builder, types);
    builder
}

fn is_required(field: &Field) -> bool {
    field.need == Need::Argument
}

/// The kinds of an object: the field with the kind, and its values.
struct Kinds {
    /// The name of the field in the document.
    wire: String,
    tag: Ident,
    ty: Ident,
    values: Vec<EnumValue>,
}

impl Kinds {
    fn tag(&self, value: &EnumValue) -> TagValue {
        TagValue {
            field: self.tag.clone(),
            ty: self.ty.clone(),
            variant: value.name.clone(),
        }
    }

    /// The property that has the name of a kind. The property of the kind cannot be its content too.
    fn own<'f>(&self, value: &EnumValue, fields: &'f [Field]) -> Option<&'f Field> {
        let named = fields.iter().find(|field| field.wire == value.wire);
        named.filter(|field| field.name != self.tag)
    }
}

/// The kinds for which `sdk.yaml` requests constructors.
fn kinds(owner: &Ident, fields: &[Field], types: &mut Types<'_>) -> Option<Kinds> {
    let text = types.config.constructors(&owner.to_string())?;
    let tag = fields.iter().find(|field| field.wire == text.value);
    let Some((tag, ty)) = tag.and_then(|tag| match &tag.ty {
        Type::Named(name) => Some((tag, name)),
        _ => None,
    }) else {
        let message = format!("`{owner}` has no enum property `{}`", text.value);
        types
            .diagnostics
            .error(text.place, message)
            .help("choose an enum property whose values are the names of other properties");
        return None;
    };
    if let Some(required) = fields.iter().find(|field| is_required(field)) {
        let message = format!(
            "`{owner}` requires `{}`, so a constructor cannot set one property alone",
            required.wire
        );
        let help = "remove the entry, because `new` takes the required properties";
        types.diagnostics.error(text.place, message).help(help);
        return None;
    }
    match types.item(ty) {
        Some(ItemKind::Enum(item)) => Some(Kinds {
            wire: tag.wire.clone(),
            tag: tag.name.clone(),
            ty: ty.clone(),
            values: item.values.clone(),
        }),
        _ => None,
    }
}

/// A constructor for each kind whose name is a property. Each other kind gets a constructor that sets `content`, if there is such
/// a property. `taken` has the names of the setters of null.
fn constructors(
    owner: &Ident,
    (kinds, fields, content): (&Kinds, &[Field], Option<&Field>),
    mut taken: HashSet<String>,
    types: &mut Types<'_>,
) -> Vec<Constructor> {
    taken.extend(fields.iter().map(|field| field.name.to_string()));
    taken.insert("new".to_owned());
    let mut constructors = Vec::new();
    for value in &kinds.values {
        let own = kinds.own(value, fields);
        let Some(sets) = own.or(content) else {
            continue;
        };
        let name = match own {
            Some(field) => field.name.clone(),
            None => {
                let name = names::lower(&value.wire);
                let name = name.free(|ident| taken.insert(ident.to_string()));
                if name.improvised {
                    note_constructor(owner, value, &name.ident, types);
                }
                name.ident
            }
        };
        let summary = format!(
            "Creates a value whose {} is {}.",
            code(&kinds.wire),
            code(&value.wire)
        );
        let argument = format!("{}: {}", code(&sets.name.to_string()), sets.doc.summary());
        constructors.push(Constructor {
            is_called_like_its_type: names::is_same_word(&name, owner),
            name,
            sets: sets.clone(),
            tag: kinds.tag(value),
            doc: Doc::of(&summary).paragraph(&argument),
        });
    }
    constructors
}

/// Notes that a rule made up the name of a constructor, because a field or another constructor has its natural name.
fn note_constructor(owner: &Ident, value: &EnumValue, name: &Ident, types: &mut Types<'_>) {
    let Some(text) = types.config.constructors(&owner.to_string()) else {
        return;
    };
    let named = format!(
        "`{name}` for the constructor of `{owner}` for `{}`",
        value.wire
    );
    let help = format!(
        "if a property or its setter of null has this name, give the property another one in sdk.yaml: `fields: {{ {owner}: {{ … }} }}`"
    );
    made_up::note(types.diagnostics, text.place, &named).help(help);
}

/// `new`, which takes the required values. If there is only one kind, and it has no constructor, `new` sets this kind. If each
/// kind has a constructor, there is no `new`.
fn new(fields: &[Field], kinds: Option<&Kinds>, constructors: &[Constructor]) -> Option<New> {
    match kinds.map(|kinds| (kinds, kinds.values.as_slice())) {
        Some((_, values)) if !values.is_empty() && constructors.len() == values.len() => None,
        Some((kinds, [value])) => Some(New::Tagged(kinds.tag(value))),
        _ => {
            let required: Vec<Field> = fields
                .iter()
                .filter(|field| is_required(field))
                .cloned()
                .collect();
            Some(if required.is_empty() {
                New::Empty
            } else {
                New::Required(required)
            })
        }
    }
}

/// The property that a constructor sets if its kind is not the name of a property.
fn content<'f>(owner: &Ident, fields: &'f [Field], types: &mut Types<'_>) -> Option<&'f Field> {
    let text = types.config.content(&owner.to_string())?;
    let content = fields.iter().find(|field| field.wire == text.value);
    if content.is_none() {
        refuse_property(owner, text, fields, types);
    }
    let kind = types.config.constructors(&owner.to_string());
    if kind.is_some_and(|kind| kind.value == text.value) {
        let message = format!(
            "`{}` contains the kind of a `{owner}`, so this property cannot also contain the content",
            text.value
        );
        let help = "choose another property, or remove the entry in `contents`";
        types.diagnostics.error(text.place, message).help(help);
        return None;
    }
    content
}

/// Reports a content that no constructor sets.
fn check_content(
    owner: &Ident,
    (kinds, fields, content): (Option<&Kinds>, &[Field], Option<&Field>),
    types: &mut Types<'_>,
) {
    let (Some(_), Some(text)) = (content, types.config.content(&owner.to_string())) else {
        return;
    };
    let message = match kinds {
        None if types.config.constructors(&owner.to_string()).is_some() => return,
        None => format!(
            "`{owner}` has no constructors, so none sets `{}`",
            text.value
        ),
        Some(kinds)
            if kinds
                .values
                .iter()
                .any(|value| kinds.own(value, fields).is_none()) =>
        {
            return;
        }
        Some(_) => format!(
            "each kind of a `{owner}` is a property, so no constructor sets `{}`",
            text.value
        ),
    };
    let help =
        "remove the entry of `contents`, or name the property with the kind under `constructors`";
    types.diagnostics.error(text.place, message).help(help);
}

/// How a string alone can become the object: it sets a string property, and no other property is required.
fn text(
    owner: &Ident,
    fields: &[Field],
    builder: &Builder,
    types: &mut Types<'_>,
) -> Option<FromText> {
    let text = types.config.text(&owner.to_string())?;
    let Some(field) = fields.iter().find(|field| field.wire == text.value) else {
        refuse_property(owner, text, fields, types);
        return None;
    };
    let mut others = fields.iter().filter(|other| other.name != field.name);
    if field.ty != Type::Text || others.any(is_required) {
        let message =
            format!("a value of the type `{owner}` cannot be created from a string alone");
        let help = "choose a string property of a type that requires no other property";
        types.diagnostics.error(text.place, message).help(help);
        return None;
    }
    let name = &field.name;
    let mut setters = builder.setters.iter().map(|setter| &setter.field);
    let mut constructors = builder.constructors.iter();
    let from = if is_required(field) {
        Some(FromText::Argument(name.clone()))
    } else if builder.new.is_some() && setters.any(|setter| setter.name == *name) {
        Some(FromText::Setter {
            name: name.clone(),
            deprecated: field.deprecated,
        })
    } else if constructors.any(|constructor| constructor.name == *name) {
        Some(FromText::Constructor(name.clone()))
    } else {
        None
    };
    if from.is_none() {
        let message = format!("`{owner}` has neither a setter nor a constructor `{name}`");
        let help = "choose the property of a constructor, or remove the entry in `constructors`";
        types.diagnostics.error(text.place, message).help(help);
    }
    from
}

fn refuse_property(owner: &Ident, text: &Text, fields: &[Field], types: &mut Types<'_>) {
    let known = fields.iter().map(|field| field.wire.as_str());
    let help = suggest::help(&text.value, known, "choose a property of this type");
    let message = format!("`{owner}` has no property `{}`", text.value);
    types.diagnostics.error(text.place, message).help(help);
}
