//! Explanations of changes in the crate alone: in its features and its public items.

use super::Explained;

pub(super) const OF_THE_CRATE: &[Explained] = &[
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
        noticed: "Users get the item. Code compiles as before.",
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
        noticed: "Code that uses it stops compiling, unless the item only takes more than before.",
    },
    Explained {
        id: "rust-item-redirected",
        cause: "A name or an argument of the crate stands for another value of the API, with the same type.",
        before: "`arguments: [from, to]` in sdk.yaml",
        after: "`arguments: [to, from]`",
        noticed: "Code compiles, and sends or reads another value. Published versions work as before. To keep the meaning, \
                  restore the order or the name in sdk.yaml.",
    },
    Explained {
        id: "rust-type-renamed",
        cause: "A type has a new name, and is otherwise the same.",
        before: "`types::Target`",
        after: "`types::Audience`",
        noticed: "Code that uses it stops compiling. A line under `types` in sdk.yaml keeps the old name.",
    },
];
