//! What `--explain` says of a rule: the cause, an example of before and after, and who notices.

/// A rule in words.
struct Explained {
    /// The id; without `request-`, `response-` or `event-` where the rule has one form for each.
    id: &'static str,
    cause: &'static str,
    before: &'static str,
    after: &'static str,
    noticed: &'static str,
}

const DIRECTIONS: [&str; 3] = ["request-", "response-", "event-"];

/// The rule of an id in words; `None` if there is no such rule.
pub(in crate::diff) fn explain(id: &str) -> Option<String> {
    let is_it = |rule: &&Explained| rule.id == id;
    let without = DIRECTIONS
        .iter()
        .find_map(|direction| id.strip_prefix(direction));
    let found = RULES
        .iter()
        .find(is_it)
        .or_else(|| RULES.iter().find(|rule| Some(rule.id) == without))?;
    let Explained {
        cause,
        before,
        after,
        noticed,
        ..
    } = found;
    Some(format!(
        "{id}\n\n{cause}\n\n  before: {before}\n  after:  {after}\n\n{noticed}"
    ))
}

/// The ids that can be explained.
pub(in crate::diff) fn ids() -> impl Iterator<Item = String> {
    RULES.iter().flat_map(|rule| match rule.has_directions() {
        true => DIRECTIONS
            .iter()
            .map(|direction| format!("{direction}{}", rule.id))
            .collect(),
        false => vec![rule.id.to_owned()],
    })
}

impl Explained {
    fn has_directions(&self) -> bool {
        [
            "field-",
            "required-",
            "value-",
            "branch-",
            "type-",
            "limit-",
            "default-",
        ]
        .iter()
        .any(|start| self.id.starts_with(start))
    }
}

const RULES: &[Explained] = &[
    Explained {
        id: "operation-added",
        cause: "The API has an operation that it did not have.",
        before: "no `POST /notes`",
        after: "`POST /notes`, operationId: SendNote",
        noticed: "Users get a method. Nobody else notices.",
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
        cause: "An operation has another `operationId` at the same method and path.",
        before: "`POST /notes`, operationId: SendNote",
        after: "`POST /notes`, operationId: CreateNote",
        noticed: "Traces and logs name the operation differently. Code stops compiling unless sdk.yaml keeps `method` and \
                  `request` under the new id.",
    },
    Explained {
        id: "operation-moved",
        cause: "An operation has another path or method under the same id.",
        before: "`POST /notes`",
        after: "`POST /messages/notes`",
        noticed: "Code compiles as before. Published versions call an address that is gone: release now.",
    },
    Explained {
        id: "operation-deprecated",
        cause: "Telnyx calls an operation deprecated.",
        before: "no `deprecated`",
        after: "`deprecated: true`",
        noticed: "The compiler warns users; builds with `-D warnings` fail.",
    },
    Explained {
        id: "authentication-changed",
        cause: "An operation now takes the API key, or no longer does.",
        before: "`security: []`",
        after: "`security: [{ bearerAuth: [] }]`",
        noticed: "Published versions that send no key are refused.",
    },
    Explained {
        id: "retries-changed",
        cause: "What a repeated request does has changed: `Idempotency-Key` or `x-idempotent` came or went, or the method \
                of HTTP is another.",
        before: "`POST` without an Idempotency-Key",
        after: "`POST` with an Idempotency-Key",
        noticed: "The same code retries in cases where it did not, or the reverse.",
    },
    Explained {
        id: "body-type-changed",
        cause: "A request body has another content type.",
        before: "`application/json`",
        after: "`multipart/form-data`",
        noticed: "Published versions send a body that is refused.",
    },
    Explained {
        id: "envelope-changed",
        cause: "What stands around a response is different: an envelope `data`, pages, or no JSON at all.",
        before: "`{\"id\": …}`",
        after: "`{\"data\": {\"id\": …}}`",
        noticed: "Published versions read an object with or without an envelope where the spec had none. Where the spec had \
                  an envelope, they need it.",
    },
    Explained {
        id: "event-added",
        cause: "The API sends a webhook that it did not send.",
        before: "no webhook `noteRead`",
        after: "webhook `noteRead`",
        noticed: "Users get a variant of `Event`. Published versions give it as `Event::Unrecognized`.",
    },
    Explained {
        id: "event-removed",
        cause: "The API no longer documents a webhook.",
        before: "webhook `noteRead`",
        after: "no webhook `noteRead`",
        noticed: "Code that matches the variant stops compiling.",
    },
    Explained {
        id: "event-kind-added",
        cause: "A webhook that is known comes under one more name.",
        before: "`event_type: note.read`",
        after: "`event_type: note.read` or `note.opened`",
        noticed: "The arm of an existing variant is reached by events that went to `Event::Unrecognized` before.",
    },
    Explained {
        id: "event-kind-removed",
        cause: "A webhook no longer comes under one of its names.",
        before: "`event_type: note.read` or `note.opened`",
        after: "`event_type: note.read`",
        noticed: "Events of that name go to `Event::Unrecognized` after an upgrade.",
    },
    Explained {
        id: "event-moved",
        cause: "The content of a webhook, or what names its kind, stands elsewhere in the body.",
        before: "`{\"data\": {\"payload\": …}}`",
        after: "`{\"payload\": …}`",
        noticed: "Published versions give such events as `Event::Unrecognized`: release now.",
    },
    Explained {
        id: "field-added",
        cause: "There is an optional property or parameter that was not there.",
        before: "`properties: { id }`",
        after: "`properties: { id, subject }`",
        noticed: "Users get a setter or a field. Published versions do not send it, and ignore it when it comes.",
    },
    Explained {
        id: "required-field-added",
        cause: "There is a required property or parameter that was not there.",
        before: "`required: [id]`",
        after: "`required: [id, subject]`",
        noticed: "Published versions do not send it, so their requests are refused. In a response nobody is hurt.",
    },
    Explained {
        id: "field-removed",
        cause: "A property or parameter is gone.",
        before: "`properties: { id, subject }`",
        after: "`properties: { id }`",
        noticed: "Code that names it stops compiling. What published versions send is ignored. What they read is `None`; \
                  if it was required, the response is lost.",
    },
    Explained {
        id: "field-renamed",
        cause: "One property is gone and another of the same shape has come.",
        before: "`properties: { address }`",
        after: "`properties: { phone_number }`",
        noticed: "As for a removed field. `fields` or `names` in sdk.yaml can keep the old name in Rust.",
    },
    Explained {
        id: "field-became-required",
        cause: "A property or parameter that could be left out has to be there.",
        before: "`required: [to]`",
        after: "`required: [to, text]`",
        noticed: "Published versions may leave it out of a request and are refused. In a response an `Option` becomes a \
                  plain value, so code that reads it stops compiling.",
    },
    Explained {
        id: "field-became-optional",
        cause: "A property that was always there may be left out.",
        before: "`required: [id, revision]`",
        after: "`required: [id]`",
        noticed: "In a response a plain value becomes an `Option`, and published versions lose responses without it. To \
                  wait, keep `required` in spec/overlay.yaml.",
    },
    Explained {
        id: "field-became-nullable",
        cause: "A property may be null.",
        before: "`type: string`",
        after: "`type: [string, 'null']`",
        noticed: "An `Option` or a `Vec` reads null already. A required field becomes an `Option`. In a PATCH or PUT users \
                  get `clear_x()`.",
    },
    Explained {
        id: "field-no-longer-nullable",
        cause: "A property that could be null no longer can.",
        before: "`type: [string, 'null']`",
        after: "`type: string`",
        noticed: "In a PATCH or PUT `clear_x()` is gone, and null is refused. Readers do not notice, except where the field \
                  is required: an `Option` becomes a plain value.",
    },
    Explained {
        id: "value-added",
        cause: "An enum has one more value.",
        before: "`enum: [sent, failed]`",
        after: "`enum: [sent, failed, lost]`",
        noticed: "Users get a variant. Published versions read the value as `Unrecognized`; code that looks into \
                  `Unrecognized` for it has to look for the variant after an upgrade.",
    },
    Explained {
        id: "value-removed",
        cause: "An enum no longer has a value.",
        before: "`enum: [sent, failed]`",
        after: "`enum: [sent]`",
        noticed: "Code that names the variant stops compiling, unless the type has the value from another place. A request \
                  that sends it is refused.",
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
        noticed: "Code that names the variant stops compiling. A request that sends it is refused.",
    },
    Explained {
        id: "type-changed",
        cause: "A value has another type.",
        before: "`type: string`",
        after: "`type: integer`",
        noticed: "Code that reads or sets it stops compiling. Published versions cannot read it: a required field loses the \
                  response, an optional one loses itself. Where both come, `x-format: integer` in the overlay reads both.",
    },
    Explained {
        id: "limit-tightened",
        cause: "A limit or pattern allows less.",
        before: "`maxLength: 1600`",
        after: "`maxLength: 160`",
        noticed: "The crate does not check limits: requests that were accepted are refused. Responses are not concerned.",
    },
    Explained {
        id: "limit-loosened",
        cause: "A limit or pattern allows more.",
        before: "`maxLength: 160`",
        after: "`maxLength: 1600`",
        noticed: "Nobody, but for the documentation.",
    },
    Explained {
        id: "default-changed",
        cause: "The API takes another value for what a request leaves out.",
        before: "`default: 20`",
        after: "`default: 50`",
        noticed: "The same code means something else. Set the value to keep the old meaning.",
    },
    Explained {
        id: "field-deprecated",
        cause: "Telnyx calls a property deprecated.",
        before: "no `deprecated`",
        after: "`deprecated: true`",
        noticed: "The compiler warns whoever calls its setter; builds with `-D warnings` fail.",
    },
    Explained {
        id: "feature-added",
        cause: "The crate has a feature for some of its resources that it did not have.",
        before: "no `features` in sdk.yaml",
        after: "`features: { writing: [notes] }`",
        noticed: "Nobody who does not turn it on.",
    },
    Explained {
        id: "feature-removed",
        cause: "The crate no longer has a feature.",
        before: "`features: { writing: [notes] }`",
        after: "no `features` in sdk.yaml",
        noticed: "Cargo refuses a `Cargo.toml` that names the feature, even if its items are there without it.",
    },
    Explained {
        id: "feature-narrowed",
        cause: "A resource or type needs a feature that it did not need.",
        before: "`features: {}`",
        after: "`features: { writing: [notes] }`",
        noticed: "Code that names the item stops compiling until its `Cargo.toml` turns the feature on.",
    },
    Explained {
        id: "feature-widened",
        cause: "A resource or type is there without a feature that it needed, or with one more feature.",
        before: "`features: { writing: [notes, memos] }`",
        after: "`features: { writing: [notes] }`",
        noticed: "Nobody. Programs that turn the feature on compile as before.",
    },
    Explained {
        id: "feature-exchanged",
        cause: "A resource or type needs another feature than before.",
        before: "`features: { writing: [notes, memos] }`",
        after: "`features: { writing: [notes], recalling: [memos] }`",
        noticed: "Code that names the item stops compiling until its `Cargo.toml` turns the other feature on.",
    },
    Explained {
        id: "rust-item-added",
        cause: "The crate has a public item that it did not have, and no change of the API above explains it.",
        before: "no `types::Draft`",
        after: "`types::Draft`",
        noticed: "Nobody.",
    },
    Explained {
        id: "rust-item-removed",
        cause: "A public item of the crate is gone, often because the type took the name of another place it stands in.",
        before: "`types::Draft`",
        after: "no `types::Draft`",
        noticed: "Code that names it stops compiling. A line under `types` in sdk.yaml can bring the name back.",
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
        cause: "A type has another name and is the same otherwise.",
        before: "`types::Target`",
        after: "`types::Audience`",
        noticed: "Code that names it stops compiling. A line under `types` in sdk.yaml keeps the old name.",
    },
];
