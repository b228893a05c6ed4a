//! The rules: a stable id for each kind of change.

mod explained;
mod verdicts;

pub(super) use explained::explain;

/// Declares kinds of changes with their names, and a list of all kinds, so that each must have an explanation.
macro_rules! rules {
    ($(#[$doc:meta])* $enum:ident {
        $($(#[$note:meta])* $variant:ident => $name:literal,)*
        $(; $(#[$inner_note:meta])* $of:ident($direction:ident, $what:ident))?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum $enum {
            $($(#[$note])* $variant,)*
            $($(#[$inner_note])* $of($direction, $what),)?
        }

        impl $enum {
            /// The rules that belong to no direction.
            const ALL: &[Self] = &[$(Self::$variant),*];

            fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    $(Self::$of(_, what) => what.name(),)?
                }
            }
        }
    };
}

rules! {
    /// A kind of change.
    Rule {
        OperationAdded => "operation-added",
        OperationRemoved => "operation-removed",
        OperationRenamed => "operation-renamed",
        OperationMoved => "operation-moved",
        OperationDeprecated => "operation-deprecated",
        AuthenticationChanged => "authentication-changed",
        RetriesChanged => "retries-changed",
        BodyTypeChanged => "body-type-changed",
        AcceptChanged => "accept-changed",
        FixedQueryChanged => "request-query-changed",
        BodyBecameRequired => "request-body-became-required",
        BodyBecameOptional => "request-body-became-optional",
        CookieAdded => "request-cookie-added",
        CookieRemoved => "request-cookie-removed",
        EnvelopeChanged => "envelope-changed",
        EventAdded => "event-added",
        EventRemoved => "event-removed",
        EventRenamed => "event-renamed",
        EventKindAdded => "event-kind-added",
        EventKindRemoved => "event-kind-removed",
        EventMoved => "event-moved",
        FeatureAdded => "feature-added",
        FeatureRemoved => "feature-removed",
        FeatureNarrowed => "feature-narrowed",
        FeatureWidened => "feature-widened",
        FeatureExchanged => "feature-exchanged",
        ItemAdded => "rust-item-added",
        ItemRemoved => "rust-item-removed",
        ItemChanged => "rust-item-changed",
        ItemRedirected => "rust-item-redirected",
        TypeRenamed => "rust-type-renamed",
        ;
        /// A rule about a value in a request, a response or an event.
        Of(Direction, What)
    }
}

/// Who sends a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Direction {
    Request,
    Response,
    Event,
}

rules! {
    /// What happened to a value.
    What {
        Added => "field-added",
        AddedRequired => "required-field-added",
        Removed => "field-removed",
        Renamed => "field-renamed",
        /// The value is now in another part of the request.
        Moved => "field-moved",
        BecameRequired => "field-became-required",
        BecameOptional => "field-became-optional",
        BecameNullable => "field-became-nullable",
        NoLongerNullable => "field-no-longer-nullable",
        ValueAdded => "value-added",
        ValueRemoved => "value-removed",
        KindAdded => "branch-added",
        KindRemoved => "branch-removed",
        TypeChanged => "type-changed",
        LimitTightened => "limit-tightened",
        LimitLoosened => "limit-loosened",
        DefaultChanged => "default-changed",
        Deprecated => "field-deprecated",
        StyleChanged => "style-changed",
        PartChanged => "part-changed",
        ReservedChanged => "reserved-characters-changed",
    }
}

/// The ids of all rules.
pub(super) fn ids() -> impl Iterator<Item = String> {
    all().map(Rule::id)
}

fn all() -> impl Iterator<Item = Rule> {
    let of_value = |what: &What| {
        let what = *what;
        let directions = what.directions().iter();
        directions.map(move |direction| Rule::Of(*direction, what))
    };
    let values = What::ALL.iter().flat_map(of_value);
    Rule::ALL.iter().copied().chain(values)
}

impl Rule {
    pub(super) fn id(self) -> String {
        match self {
            Self::Of(direction, what) => format!("{}-{}", direction.id(), what.name()),
            other => other.name().to_owned(),
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
    /// The directions in which this can happen to a value.
    fn directions(self) -> &'static [Direction] {
        use Direction::{Event, Request, Response};
        match self {
            Self::DefaultChanged
            | Self::Moved
            | Self::StyleChanged
            | Self::PartChanged
            | Self::ReservedChanged => &[Request],
            Self::Added
            | Self::AddedRequired
            | Self::Removed
            | Self::Renamed
            | Self::BecameRequired
            | Self::BecameOptional
            | Self::BecameNullable
            | Self::NoLongerNullable
            | Self::ValueAdded
            | Self::ValueRemoved
            | Self::KindAdded
            | Self::KindRemoved
            | Self::TypeChanged
            | Self::LimitTightened
            | Self::LimitLoosened
            | Self::Deprecated => &[Request, Response, Event],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_request_has_defaults() {
        assert!(explain("request-default-changed").is_some());
        assert_eq!(explain("response-default-changed"), None);
        assert_eq!(explain("default-changed"), None);
    }
}
