//! The explanation of each rule for `--explain`: the cause, an example, and who notices.

use super::{Rule, all};

/// A rule in words.
struct Explained {
    /// The id; without `request-`, `response-` or `event-` where the rule has one form for each.
    id: &'static str,
    cause: &'static str,
    before: &'static str,
    after: &'static str,
    noticed: &'static str,
}

/// The rule of an id in words; `None` if there is no such rule.
pub(in crate::diff) fn explain(id: &str) -> Option<String> {
    let rule = all().find(|rule| rule.id() == id)?;
    let Explained {
        cause,
        before,
        after,
        noticed,
        ..
    } = RULES.iter().find(|known| known.is_of(rule))?;
    Some(format!(
        "{id}\n\n{cause}\n\n  before: {before}\n  after:  {after}\n\n{noticed}"
    ))
}

impl Explained {
    fn is_of(&self, rule: Rule) -> bool {
        self.id == rule.name() || self.id == rule.id()
    }
}

const RULES: &[Explained] = &[
    Explained {
        id: "operation-added",
        cause: "The API has a new operation.",
        before: "no `POST /notes`",
        after: "`POST /notes`, operationId: SendNote",
        noticed: "Users get a method. Published versions work as before.",
    },
    Explained {
        id: "operation-removed",
        cause: "The API no longer has an operation.",
        before: "`POST /notes`, operationId: SendNote",
        after: "no `POST /notes`",
        noticed: "Code that calls the method stops compiling. Published versions get a 404. To keep the method until the \
                  next major version, add the operation back in spec/overlay.yaml.",
    },
    Explained {
        id: "operation-renamed",
        cause: "An operation has a new `operationId`, with the same method and path.",
        before: "`POST /notes`, operationId: SendNote",
        after: "`POST /notes`, operationId: CreateNote",
        noticed: "Traces and logs name the operation differently. Code stops compiling unless sdk.yaml keeps `method` and \
                  `request` under the new id.",
    },
    Explained {
        id: "operation-moved",
        cause: "An operation has a new path or method, with the same id.",
        before: "`POST /notes`",
        after: "`POST /messages/notes`",
        noticed: "Code compiles as before. Published versions call a path that is gone: release now.",
    },
    Explained {
        id: "operation-deprecated",
        cause: "An operation is deprecated.",
        before: "no `deprecated`",
        after: "`deprecated: true`",
        noticed: "The compiler warns users. Builds with `-D warnings` fail.",
    },
    Explained {
        id: "authentication-changed",
        cause: "An operation now needs the API key, or no longer needs it.",
        before: "`security: []`",
        after: "`security: [{ bearerAuth: [] }]`",
        noticed: "The server refuses published versions that send no key.",
    },
    Explained {
        id: "retries-changed",
        cause: "The effect of a repeated request has changed: `Idempotency-Key` or `x-idempotent` was added or removed, \
                  or the HTTP method changed.",
        before: "`POST` without an Idempotency-Key",
        after: "`POST` with an Idempotency-Key",
        noticed: "The same code now retries in more cases, or in fewer.",
    },
    Explained {
        id: "body-type-changed",
        cause: "A request body has another content type.",
        before: "`application/json`",
        after: "`multipart/form-data`",
        noticed: "The server refuses the body of published versions, unless it accepts both types.",
    },
    Explained {
        id: "accept-changed",
        cause: "A response has another content type. Requests name the content types that they accept.",
        before: "`text/csv`",
        after: "`application/pdf`",
        noticed: "Published versions do not accept the new type, so the server may refuse their calls. A method that returns \
                  bytes or text returns other content.",
    },
    Explained {
        id: "request-query-changed",
        cause: "The path of an operation has another fixed query, which each request sends.",
        before: "`/notes?beta=true`",
        after: "`/notes?beta=2`",
        noticed: "Code compiles as before. Published versions send the old query: release now.",
    },
    Explained {
        id: "request-style-changed",
        cause: "A parameter has another `style` or `explode`.",
        before: "`tag=one&tag=two`",
        after: "`tag=one,two`",
        noticed: "Code compiles as before. The server may refuse what published versions send, or read one value instead of \
                  several: release now.",
    },
    Explained {
        id: "request-part-changed",
        cause: "The `encoding` gives a part of a form another content type or style.",
        before: "`encoding: { title: { contentType: text/markdown } }`",
        after: "`encoding: { title: { contentType: text/plain } }`",
        noticed: "Code compiles as before. The server may refuse the part as published versions send it: release now.",
    },
    Explained {
        id: "request-reserved-characters-changed",
        cause: "A parameter may have reserved characters without encoding, or no longer may.",
        before: "no `allowReserved`",
        after: "`allowReserved: true`",
        noticed: "Nobody. The crate always encodes them, and servers read both.",
    },
    Explained {
        id: "envelope-changed",
        cause: "The structure around a response has changed: an envelope `data`, pages, or no JSON.",
        before: "`{\"id\": …}`",
        after: "`{\"data\": {\"id\": …}}`",
        noticed: "If the spec had no envelope, published versions read an object with or without one. If the spec had an \
                  envelope, they need it.",
    },
    Explained {
        id: "event-added",
        cause: "The API sends a new webhook.",
        before: "no webhook `noteRead`",
        after: "webhook `noteRead`",
        noticed: "Users get a variant of `Event`. Published versions read it as `Event::Unrecognized`.",
    },
    Explained {
        id: "event-removed",
        cause: "The API no longer has a webhook.",
        before: "webhook `noteRead`",
        after: "no webhook `noteRead`",
        noticed: "Code that matches the variant stops compiling.",
    },
    Explained {
        id: "event-renamed",
        cause: "A webhook has another name, with the same kinds.",
        before: "`webhooks: { noteRead: … }`",
        after: "`webhooks: { noteSeen: … }`",
        noticed: "Code that matches the variant stops compiling. Published versions go by the kind, so they read the event \
                  as before.",
    },
    Explained {
        id: "event-kind-added",
        cause: "A known webhook has another name in addition.",
        before: "`event_type: note.read`",
        after: "`event_type: note.read` or `note.opened`",
        noticed: "Events that were `Event::Unrecognized` now match an existing variant.",
    },
    Explained {
        id: "event-kind-removed",
        cause: "A webhook no longer has one of its names.",
        before: "`event_type: note.read` or `note.opened`",
        after: "`event_type: note.read`",
        noticed: "After an upgrade, events with that name are `Event::Unrecognized`.",
    },
    Explained {
        id: "event-moved",
        cause: "The content of a webhook, or the property with its kind, has another place in the body.",
        before: "`{\"data\": {\"payload\": …}}`",
        after: "`{\"payload\": …}`",
        noticed: "Published versions read such events as `Event::Unrecognized`: release now.",
    },
    Explained {
        id: "field-added",
        cause: "There is a new optional property or parameter.",
        before: "`properties: { id }`",
        after: "`properties: { id, subject }`",
        noticed: "Users get a setter or a field. Published versions do not send it, and ignore it in responses.",
    },
    Explained {
        id: "required-field-added",
        cause: "There is a new required property or parameter.",
        before: "`required: [id]`",
        after: "`required: [id, subject]`",
        noticed: "Published versions do not send it, so the server refuses their requests. In a response, it is harmless.",
    },
    Explained {
        id: "field-removed",
        cause: "A property or parameter is gone.",
        before: "`properties: { id, subject }`",
        after: "`properties: { id }`",
        noticed: "Code that uses it stops compiling. The server ignores it in requests of published versions. In responses, they \
                  read `None`. If it was required, they cannot read the response.",
    },
    Explained {
        id: "field-renamed",
        cause: "One property is gone, and there is a new one with the same schema.",
        before: "`properties: { address }`",
        after: "`properties: { phone_number }`",
        noticed: "The same as for a removed field. `fields` or `names` in sdk.yaml can keep the old name in Rust.",
    },
    Explained {
        id: "field-became-required",
        cause: "An optional property or parameter is now required.",
        before: "`required: [to]`",
        after: "`required: [to, text]`",
        noticed: "Published versions may omit it in a request, and the server then refuses them. In a response, an `Option` \
                  becomes a plain value, so code that reads it stops compiling.",
    },
    Explained {
        id: "field-became-optional",
        cause: "A required property is now optional.",
        before: "`required: [id, revision]`",
        after: "`required: [id]`",
        noticed: "In a response, a plain value becomes an `Option`, and published versions cannot read a response without \
                  it. To postpone this, keep `required` in spec/overlay.yaml.",
    },
    Explained {
        id: "field-became-nullable",
        cause: "A property may be null.",
        before: "`type: string`",
        after: "`type: [string, 'null']`",
        noticed: "An `Option` or a `Vec` reads null already. A required field becomes an `Option`. In a PATCH or PUT, users get `clear_x()`.",
    },
    Explained {
        id: "field-no-longer-nullable",
        cause: "A property that could be null no longer can.",
        before: "`type: [string, 'null']`",
        after: "`type: string`",
        noticed: "In a PATCH or PUT, `clear_x()` is gone, and the server refuses null. In a response, only a required field \
                  changes: its `Option` becomes a plain value.",
    },
    Explained {
        id: "value-added",
        cause: "An enum has one more value.",
        before: "`enum: [sent, failed]`",
        after: "`enum: [sent, failed, lost]`",
        noticed: "Users get a variant. Published versions read the value as `Unrecognized`. After an upgrade, code that matches it in \
                  `Unrecognized` must match the variant.",
    },
    Explained {
        id: "value-removed",
        cause: "An enum no longer has a value.",
        before: "`enum: [sent, failed]`",
        after: "`enum: [sent]`",
        noticed: "Code that uses the variant stops compiling, unless another place still has the value. The server refuses a \
                  request with it.",
    },
    Explained {
        id: "branch-added",
        cause: "A union has one more branch.",
        before: "`oneOf: [Note, Memo]`",
        after: "`oneOf: [Note, Memo, Draft]`",
        noticed: "Users get a variant. Published versions read such a response as `Unrecognized`, with its JSON.",
    },
    Explained {
        id: "branch-removed",
        cause: "A union no longer has a branch.",
        before: "`oneOf: [Note, Memo]`",
        after: "`oneOf: [Note]`",
        noticed: "Code that uses the variant stops compiling. The server refuses a request with it.",
    },
    Explained {
        id: "type-changed",
        cause: "A value has another type.",
        before: "`type: string`",
        after: "`type: integer`",
        noticed: "Code that reads or sets it stops compiling. Published versions cannot read it. If the field is required, they cannot read the response. If it is \
                  optional, it is empty. If the server sends both types, `x-format: integer` in the overlay reads both.",
    },
    Explained {
        id: "limit-tightened",
        cause: "A limit or pattern allows less.",
        before: "`maxLength: 1600`",
        after: "`maxLength: 160`",
        noticed: "The crate does not check limits, so the server refuses some requests that it accepted before. Responses do not change.",
    },
    Explained {
        id: "limit-loosened",
        cause: "A limit or pattern allows more.",
        before: "`maxLength: 160`",
        after: "`maxLength: 1600`",
        noticed: "Nobody. Only the documentation changes.",
    },
    Explained {
        id: "default-changed",
        cause: "The API has a new default for an omitted value.",
        before: "`default: 20`",
        after: "`default: 50`",
        noticed: "The same code means something else. Set the value to keep the old meaning.",
    },
    Explained {
        id: "field-deprecated",
        cause: "A property is deprecated.",
        before: "no `deprecated`",
        after: "`deprecated: true`",
        noticed: "The compiler warns users of its setter. Builds with `-D warnings` fail.",
    },
    Explained {
        id: "feature-added",
        cause: "The crate has a new feature for some of its resources.",
        before: "no `features` in sdk.yaml",
        after: "`features: { writing: [notes] }`",
        noticed: "Nobody, unless they turn it on.",
    },
    Explained {
        id: "feature-removed",
        cause: "The crate no longer has a feature.",
        before: "`features: { writing: [notes] }`",
        after: "no `features` in sdk.yaml",
        noticed: "Cargo rejects a `Cargo.toml` that names the feature, even if its items need no feature now.",
    },
    Explained {
        id: "feature-narrowed",
        cause: "A resource or type now needs a feature.",
        before: "`features: {}`",
        after: "`features: { writing: [notes] }`",
        noticed: "Code that uses the item stops compiling until its `Cargo.toml` turns the feature on.",
    },
    Explained {
        id: "feature-widened",
        cause: "A resource or type no longer needs a feature, or another feature also turns it on.",
        before: "`features: { writing: [notes, memos] }`",
        after: "`features: { writing: [notes] }`",
        noticed: "Nobody. Programs that turn the feature on compile as before.",
    },
    Explained {
        id: "feature-exchanged",
        cause: "A resource or type needs a different feature.",
        before: "`features: { writing: [notes, memos] }`",
        after: "`features: { writing: [notes], recalling: [memos] }`",
        noticed: "Code that uses the item stops compiling until its `Cargo.toml` turns the new feature on.",
    },
    Explained {
        id: "rust-item-added",
        cause: "The crate has a new public item, and no change of the API above explains it.",
        before: "no `types::Draft`",
        after: "`types::Draft`",
        noticed: "Nobody.",
    },
    Explained {
        id: "rust-item-removed",
        cause: "A public item of the crate is gone. Often the type got its name from another of its places.",
        before: "`types::Draft`",
        after: "no `types::Draft`",
        noticed: "Code that uses it stops compiling. A line under `types` in sdk.yaml can restore the name.",
    },
    Explained {
        id: "rust-item-changed",
        cause: "A public item has another signature, and no change of the API above explains it.",
        before: "`notes::SendNote` gives types::Note",
        after: "`notes::SendNote` gives types::Draft",
        noticed: "Code that uses it stops compiling.",
    },
    Explained {
        id: "rust-type-renamed",
        cause: "A type has a new name, and is otherwise the same.",
        before: "`types::Target`",
        after: "`types::Audience`",
        noticed: "Code that uses it stops compiling. A line under `types` in sdk.yaml keeps the old name.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_is_explained_and_nothing_else_is() {
        for rule in all() {
            assert!(explain(&rule.id()).is_some(), "{}", rule.id());
        }
        for known in RULES {
            assert!(all().any(|rule| known.is_of(rule)), "{}", known.id);
        }
    }
}
