//! Explanations of changes in the API and its document.

use super::Explained;

pub(super) const OF_THE_API: &[Explained] = &[
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
        cause: "An operation has a new path or method, with the same id, or the variables of its path have changed places.",
        before: "`POST /notes`",
        after: "`POST /messages/notes`",
        noticed: "Published versions call a path that is gone, or another operation: release now. Code compiles as before if the \
                  method keeps its name.",
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
        noticed: "If the operation now needs the key, the server refuses the calls of published versions, which send none. If it \
                  no longer needs the key, nothing changes for users.",
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
        noticed: "The server refuses the body of published versions, unless it also accepts the old type.",
    },
    Explained {
        id: "request-body-became-required",
        cause: "The API requires a body, which was optional or did not exist.",
        before: "requestBody: { content: … }",
        after: "requestBody: { required: true, content: … }",
        noticed: "The server refuses the calls of published versions that have no body. These are calls of an operation that had \
                  none, and a GET, HEAD or DELETE without values. All other calls send a body.",
    },
    Explained {
        id: "request-body-became-optional",
        cause: "The API accepts a request without the body.",
        before: "requestBody: { required: true, content: … }",
        after: "requestBody: { content: … }",
        noticed: "Nothing changes for users.",
    },
    Explained {
        id: "request-cookie-added",
        cause: "The API requires a cookie. The client sends no cookies.",
        before: "no such parameter",
        after: "{ name: session, in: cookie, required: true }",
        noticed: "The server refuses all calls, those of a new version too. Such an operation cannot be supported.",
    },
    Explained {
        id: "request-cookie-removed",
        cause: "The API no longer requires a cookie.",
        before: "{ name: session, in: cookie, required: true }",
        after: "no such parameter",
        noticed: "The server may accept the calls that it refused before.",
    },
    Explained {
        id: "accept-changed",
        cause: "A response has another content type. Requests name the content types that they accept.",
        before: "`text/csv`",
        after: "`application/pdf`",
        noticed: "If published versions do not accept the new type, the server may refuse their calls. A method that returns \
                  bytes or text returns other content.",
    },
    Explained {
        id: "request-query-changed",
        cause: "The path of an operation has another fixed query, which each request sends.",
        before: "`/notes?beta=true`",
        after: "`/notes?beta=2`",
        noticed: "Code compiles as before. Published versions send the old query. The server ignores what it no longer needs, \
                  and may refuse a call without a new value: then release now.",
    },
    Explained {
        id: "request-style-changed",
        cause: "A parameter has another `style` or `explode`, or a `content` with JSON for its `schema`.",
        before: "`tag=one&tag=two`",
        after: "`tag=one,two`",
        noticed: "Code compiles as before, unless the parameter becomes JSON or was JSON. The server may refuse what published \
                  versions send, or read one value instead of several: release now. Only a number or a boolean that becomes JSON is sent as before.",
    },
    Explained {
        id: "request-part-changed",
        cause: "The `encoding` gives a part of a form another content type or style.",
        before: "`encoding: { title: { contentType: text/markdown } }`",
        after: "`encoding: { title: { contentType: text/plain } }`",
        noticed: "Code compiles as before. The server may refuse the part as published versions send it, unless it accepts both: \
                  release now.",
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
        noticed: "Published versions that read an object without an envelope also read it in one, unless it holds any \
                  properties. Those that read an envelope or a page need it. Those that read no JSON accept any response.",
    },
    Explained {
        id: "event-added",
        cause: "The API sends a new webhook.",
        before: "no webhook `noteRead`",
        after: "webhook `noteRead`",
        noticed: "Users get a variant of `Event`. Published versions read the webhook as `Event::Unrecognized`, or as the event \
                  that had its kind before. After an upgrade, code that matches it there must match the variant.",
    },
    Explained {
        id: "event-removed",
        cause: "The API no longer has a webhook.",
        before: "webhook `noteRead`",
        after: "no webhook `noteRead`",
        noticed: "Code that matches the variant stops compiling. Published versions work as before.",
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
        cause: "A webhook has one more kind.",
        before: "`event_type: note.read`",
        after: "`event_type: note.read` or `note.opened`",
        noticed: "Published versions read such events as `Event::Unrecognized`, or as the event that had the kind before. After \
                  an upgrade, the variant of the webhook matches them.",
    },
    Explained {
        id: "event-kind-removed",
        cause: "A webhook no longer has a kind.",
        before: "`event_type: note.read` or `note.opened`",
        after: "`event_type: note.read`",
        noticed: "After an upgrade, events of the kind are another event or `Event::Unrecognized`. Published versions still read \
                  them as the old event. If another webhook has the kind, they may lose a part or all of its content. If the old \
                  webhook now has only kinds that they do not know, they read it as `Event::Unrecognized`. If the document no \
                  longer lists kinds, list them in `sdk.yaml`.",
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
        noticed: "Users get a setter or a field. Published versions do not send it, and ignore it in responses. If \
                  published versions read it as one of the other properties of an object, it must fit these.",
    },
    Explained {
        id: "required-field-added",
        cause: "There is a new required property or parameter.",
        before: "`required: [id]`",
        after: "`required: [id, subject]`",
        noticed: "Published versions do not send it, so the server refuses their requests. In a response, it is only a new \
                  field.",
    },
    Explained {
        id: "field-removed",
        cause: "A property or parameter is gone.",
        before: "`properties: { id, subject }`",
        after: "`properties: { id }`",
        noticed: "Code that uses it stops compiling. In requests of published versions, the server ignores it, or refuses it if \
                  the object is closed (`additionalProperties: false`). In responses, they read `None` or an empty list. If they \
                  need it, they lose the optional value around it, or the whole response.",
    },
    Explained {
        id: "field-renamed",
        cause: "One property is gone, and there is a new one with the same schema.",
        before: "`properties: { address }`",
        after: "`properties: { phone_number }`",
        noticed: "Code that uses it stops compiling. `fields` or `names` in sdk.yaml can keep the old name in Rust. The server \
                  refuses requests of published versions if it requires the new name, or if the object is closed. Otherwise, it \
                  ignores the old name. Responses are the same as for a removed field.",
    },
    Explained {
        id: "request-field-moved",
        cause: "A value travels in another part of the request.",
        before: "{ name: trace, in: query }",
        after: "{ name: Trace, in: header }",
        noticed: "Code compiles as before, and a new version sends the value in the new place. The server ignores what published \
                  versions send in the old place. It rejects their calls if it requires the value, or if the value was in a body \
                  that is closed.",
    },
    Explained {
        id: "field-became-required",
        cause: "An optional property or parameter is now required.",
        before: "`required: [to]`",
        after: "`required: [to, text]`",
        noticed: "Published versions may omit it in a request, and the server then refuses them, unless it is an argument \
                  already. In a response, an `Option` becomes a plain value, so code that reads it stops compiling.",
    },
    Explained {
        id: "field-became-optional",
        cause: "A required property is now optional.",
        before: "`required: [id, revision]`",
        after: "`required: [id]`",
        noticed: "In a response, a plain value becomes an `Option`. Published versions that need the value lose the optional \
                  value around it, or the whole response. To postpone this, keep `required` in spec/overlay.yaml. The server \
                  accepts their requests as before.",
    },
    Explained {
        id: "field-became-nullable",
        cause: "A property may be null.",
        before: "`type: string`",
        after: "`type: [string, 'null']`",
        noticed: "An `Option` or a `Vec` reads null already. A required field becomes an `Option`. With null in it, published \
                  versions lose the optional value around it, or the whole response. Of a list or a map, they lose only what is \
                  null. In a PATCH or PUT, users get `clear_x()`.",
    },
    Explained {
        id: "field-no-longer-nullable",
        cause: "A property that could be null no longer can.",
        before: "`type: [string, 'null']`",
        after: "`type: string`",
        noticed: "In a PATCH or PUT, `clear_x()` is gone, and the server refuses the null of published versions. In a response, \
                  only a required field changes: its `Option` becomes a plain value.",
    },
    Explained {
        id: "value-added",
        cause: "An enum has one more value.",
        before: "`enum: [sent, failed]`",
        after: "`enum: [sent, failed, lost]`",
        noticed: "Users get a variant. In responses and events, published versions read the value as `Unrecognized`. After an \
                  upgrade, code that matches it in `Unrecognized` must match the variant.",
    },
    Explained {
        id: "value-removed",
        cause: "An enum no longer has a value.",
        before: "`enum: [sent, failed]`",
        after: "`enum: [sent]`",
        noticed: "Code that uses the variant stops compiling, unless another place still has the value. The server refuses a \
                  request with it. Responses no longer have it.",
    },
    Explained {
        id: "branch-added",
        cause: "A union has one more branch.",
        before: "`oneOf: [Note, Memo]`",
        after: "`oneOf: [Note, Memo, Draft]`",
        noticed: "Users get a variant. In responses and events, published versions read such a value as `Unrecognized`, with its \
                  JSON. After an upgrade, code that matches it in `Unrecognized` must match the variant.",
    },
    Explained {
        id: "branch-removed",
        cause: "A union no longer has a branch.",
        before: "`oneOf: [Note, Memo]`",
        after: "`oneOf: [Note]`",
        noticed: "Code that uses the variant stops compiling. The server refuses a request with it. Responses no longer have it.",
    },
    Explained {
        id: "type-changed",
        cause: "A value has another type.",
        before: "`type: string`",
        after: "`type: integer`",
        noticed: "Code that reads or sets it may stop compiling. Published versions read some other types, such as a number in \
                  place of a string. Otherwise, they lose an optional value, or the whole response with a required one. The \
                  server refuses their requests, unless it accepts the old type too. If it sends both types, `x-format: integer` \
                  in the overlay reads both.",
    },
    Explained {
        id: "limit-tightened",
        cause: "A limit or pattern allows less.",
        before: "`maxLength: 1600`",
        after: "`maxLength: 160`",
        noticed: "The crate does not check limits, so the server refuses some requests that it accepted before. If an object \
                  becomes closed, published versions send it nothing else anyway. Responses do not change.",
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
        noticed: "In a request, the compiler warns users of its setter, and builds with `-D warnings` fail. It does not warn of an \
                  argument, or of a field of a response or event.",
    },
];
