//! The rules: a stable id for each kind of change.

mod explained;

pub(super) use explained::{explain, ids};

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    OperationAdded,
    OperationRemoved,
    OperationRenamed,
    OperationMoved,
    OperationDeprecated,
    AuthenticationChanged,
    RetriesChanged,
    BodyTypeChanged,
    AcceptChanged,
    FixedQueryChanged,
    EnvelopeChanged,
    EventAdded,
    EventRemoved,
    EventKindAdded,
    EventKindRemoved,
    EventMoved,
    /// Of a value that a request, a response or an event carries.
    Of(Direction, What),
    FeatureAdded,
    FeatureRemoved,
    FeatureNarrowed,
    FeatureWidened,
    FeatureExchanged,
    ItemAdded,
    ItemRemoved,
    ItemChanged,
    TypeRenamed,
}

/// Who sends a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Direction {
    Request,
    Response,
    Event,
}

/// What happened to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Added,
    AddedRequired,
    Removed,
    Renamed,
    BecameRequired,
    BecameOptional,
    BecameNullable,
    NoLongerNullable,
    ValueAdded,
    ValueRemoved,
    KindAdded,
    KindRemoved,
    TypeChanged,
    LimitTightened,
    LimitLoosened,
    DefaultChanged,
    Deprecated,
    /// Of a request only, as all below.
    StyleChanged,
    PartChanged,
    ReservedChanged,
}

impl Rule {
    pub(super) fn id(self) -> String {
        match self {
            Self::Of(direction, what) => format!("{}-{}", direction.id(), what.id()),
            other => other.name().to_owned(),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::OperationAdded => "operation-added",
            Self::OperationRemoved => "operation-removed",
            Self::OperationRenamed => "operation-renamed",
            Self::OperationMoved => "operation-moved",
            Self::OperationDeprecated => "operation-deprecated",
            Self::AuthenticationChanged => "authentication-changed",
            Self::RetriesChanged => "retries-changed",
            Self::BodyTypeChanged => "body-type-changed",
            Self::AcceptChanged => "accept-changed",
            Self::FixedQueryChanged => "request-query-changed",
            Self::EnvelopeChanged => "envelope-changed",
            Self::EventAdded => "event-added",
            Self::EventRemoved => "event-removed",
            Self::EventKindAdded => "event-kind-added",
            Self::EventKindRemoved => "event-kind-removed",
            Self::EventMoved => "event-moved",
            Self::FeatureAdded => "feature-added",
            Self::FeatureRemoved => "feature-removed",
            Self::FeatureNarrowed => "feature-narrowed",
            Self::FeatureWidened => "feature-widened",
            Self::FeatureExchanged => "feature-exchanged",
            Self::ItemAdded => "rust-item-added",
            Self::ItemRemoved => "rust-item-removed",
            Self::ItemChanged => "rust-item-changed",
            Self::TypeRenamed => "rust-type-renamed",
            Self::Of(_, what) => what.id(),
        }
    }
}

impl Direction {
    fn id(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Event => "event",
        }
    }

    /// Whether the API sends the value.
    pub(super) fn is_read(self) -> bool {
        self != Self::Request
    }
}

impl What {
    fn id(self) -> &'static str {
        match self {
            Self::Added => "field-added",
            Self::AddedRequired => "required-field-added",
            Self::Removed => "field-removed",
            Self::Renamed => "field-renamed",
            Self::BecameRequired => "field-became-required",
            Self::BecameOptional => "field-became-optional",
            Self::BecameNullable => "field-became-nullable",
            Self::NoLongerNullable => "field-no-longer-nullable",
            Self::ValueAdded => "value-added",
            Self::ValueRemoved => "value-removed",
            Self::KindAdded => "branch-added",
            Self::KindRemoved => "branch-removed",
            Self::TypeChanged => "type-changed",
            Self::LimitTightened => "limit-tightened",
            Self::LimitLoosened => "limit-loosened",
            Self::DefaultChanged => "default-changed",
            Self::Deprecated => "field-deprecated",
            Self::StyleChanged => "style-changed",
            Self::PartChanged => "part-changed",
            Self::ReservedChanged => "reserved-characters-changed",
        }
    }
}
