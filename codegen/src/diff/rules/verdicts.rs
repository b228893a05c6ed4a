//! What a change by each rule can do to the published version.

use super::{Direction, Rule, What};
use crate::diff::verdict::Deployed::{self, Broken, Fine, PartlyRead};

impl Rule {
    /// The verdicts that a change by this rule can get.
    pub(super) fn verdicts(self) -> &'static [Deployed] {
        match self {
            Self::OperationRemoved
            | Self::OperationMoved
            | Self::CookieAdded
            | Self::EventMoved => &[Broken],
            Self::AuthenticationChanged
            | Self::BodyTypeChanged
            | Self::AcceptChanged
            | Self::FixedQueryChanged
            | Self::BodyBecameRequired => &[Fine, Broken],
            Self::EnvelopeChanged | Self::EventKindRemoved => &[Fine, PartlyRead, Broken],
            Self::OperationAdded
            | Self::OperationRenamed
            | Self::OperationDeprecated
            | Self::RetriesChanged
            | Self::BodyBecameOptional
            | Self::CookieRemoved
            | Self::EventAdded
            | Self::EventRemoved
            | Self::EventRenamed
            | Self::EventKindAdded
            | Self::FeatureAdded
            | Self::FeatureRemoved
            | Self::FeatureNarrowed
            | Self::FeatureWidened
            | Self::FeatureExchanged
            | Self::ItemAdded
            | Self::ItemRemoved
            | Self::ItemChanged
            | Self::ItemRedirected
            | Self::TypeRenamed => &[Fine],
            Self::Of(Direction::Request, what) => what.when_sent(),
            Self::Of(Direction::Response | Direction::Event, what) => what.when_read(),
        }
    }
}

impl What {
    /// The verdicts if the value is in a request.
    fn when_sent(self) -> &'static [Deployed] {
        match self {
            Self::AddedRequired | Self::ValueRemoved | Self::KindRemoved => &[Broken],
            Self::Added
            | Self::Removed
            | Self::Renamed
            | Self::Moved
            | Self::BecameRequired
            | Self::NoLongerNullable
            | Self::TypeChanged
            | Self::LimitTightened
            | Self::PartChanged
            | Self::StyleChanged => &[Fine, Broken],
            Self::BecameOptional
            | Self::BecameNullable
            | Self::ValueAdded
            | Self::KindAdded
            | Self::LimitLoosened
            | Self::DefaultChanged
            | Self::Deprecated
            | Self::ReservedChanged => &[Fine],
        }
    }

    /// The verdicts if the value is in a response or an event.
    fn when_read(self) -> &'static [Deployed] {
        match self {
            Self::Added
            | Self::Removed
            | Self::Renamed
            | Self::BecameOptional
            | Self::BecameNullable
            | Self::TypeChanged => &[Fine, PartlyRead, Broken],
            Self::KindAdded => &[PartlyRead],
            Self::AddedRequired
            | Self::BecameRequired
            | Self::NoLongerNullable
            | Self::ValueAdded
            | Self::ValueRemoved
            | Self::KindRemoved
            | Self::LimitTightened
            | Self::LimitLoosened
            | Self::Deprecated => &[Fine],
            // Values in responses and events have none of these changes.
            Self::Moved
            | Self::DefaultChanged
            | Self::StyleChanged
            | Self::PartChanged
            | Self::ReservedChanged => &[],
        }
    }
}
