//! The sites of schemas, as `sdk.yaml` writes them.

use crate::lower::resolve::{Answer, Schema};
use crate::names;

/// Where a schema stands, and what its type is called if nobody says better.
#[derive(Clone, Debug)]
pub(in crate::lower) struct Site {
    /// `OutboundMessagePayload.to[]`
    pub(in crate::lower) path: String,
    /// `OutboundMessageTo`
    pub(in crate::lower) name: String,
}

impl Site {
    /// The site of a property.
    pub(in crate::lower) fn property(&self, wire: &str) -> Self {
        let name = format!("{}{}", self.name, names::upper(wire).ident);
        Self {
            path: format!("{}.{wire}", self.path),
            name,
        }
    }

    /// The site of the items of a list.
    pub(in crate::lower) fn items(&self) -> Self {
        Self {
            path: format!("{}[]", self.path),
            name: self.name.clone(),
        }
    }

    /// The site of the values of a map.
    pub(in crate::lower) fn values(&self) -> Self {
        Self {
            path: format!("{}{{}}", self.path),
            name: format!("{}Value", self.name),
        }
    }

    /// The site of a branch of a union.
    pub(in crate::lower) fn branch(&self, index: usize) -> Self {
        Self {
            path: format!("{}|{index}", self.path),
            name: format!("{}Variant{index}", self.name),
        }
    }
}

/// The sites of what an operation answers, in the order in which their types are named.
pub(in crate::lower) fn answer_sites<'r, 'a>(
    answer: &Answer<'r, 'a>,
    whole: Option<&'r Schema<'a>>,
    id: &str,
) -> Vec<(Site, &'r Schema<'a>)> {
    let Some(whole) = whole else {
        return Vec::new();
    };
    let name = names::upper(id).ident.to_string();
    let root = root(whole, &format!("{id}.response"), &format!("{name}Response"));
    let data = Site {
        path: format!("{}.data", root.path),
        name: format!("{name}Data"),
    };
    match answer {
        Answer::Empty | Answer::Bytes | Answer::Text => Vec::new(),
        Answer::Object(schema) => vec![(root, schema)],
        Answer::Data(schema) | Answer::Page(schema) | Answer::OnlyPage(schema) => {
            vec![(data, schema)]
        }
        Answer::List(list, schema) => vec![(data, list), (root, schema)],
    }
}

/// The site of what a webhook tells.
pub(in crate::lower) fn event_site(webhook: &str) -> Site {
    Site {
        path: webhook.to_owned(),
        name: names::upper(webhook).ident.to_string(),
    }
}

/// The site of a body or an answer: the component it refers to, or its place in the operation.
pub(super) fn root(schema: &Schema<'_>, path: &str, name: &str) -> Site {
    match schema.reference {
        Some(component) => Site {
            path: component.value.clone(),
            name: names::upper(&component.value).ident.to_string(),
        },
        None => Site {
            path: path.to_owned(),
            name: name.to_owned(),
        },
    }
}
