//! The messages whose delivery can be tracked.

use super::report::{Report, Sealed};
use crate::types::{
    CancelledMessage, DeliveryStatus, Message, OutboundMessage, Recipient, WhatsappMessage,
    WhatsappRecipient,
};

/// A message whose delivery a [`DeliveryTracker`](super::DeliveryTracker) can track: a message from an event, a send, a retrieval
/// or a cancellation.
///
/// A program cannot implement this trait.
pub trait Delivery: Sealed {}

impl Delivery for OutboundMessage {}

impl Sealed for OutboundMessage {
    fn report(&self) -> Option<Report<'_>> {
        Some(Report {
            id: &self.id,
            recipients: self.to.iter().chain(&self.cc).map(of).collect(),
        })
    }
}

impl Delivery for CancelledMessage {}

impl Sealed for CancelledMessage {
    fn report(&self) -> Option<Report<'_>> {
        Some(Report {
            id: &self.id,
            recipients: self.to.iter().chain(&self.cc).map(of).collect(),
        })
    }
}

impl Delivery for WhatsappMessage {}

impl Sealed for WhatsappMessage {
    fn report(&self) -> Option<Report<'_>> {
        Some(Report {
            id: &self.id,
            recipients: self.to.iter().map(of_whatsapp).collect(),
        })
    }
}

impl Delivery for Message {}

impl Sealed for Message {
    fn report(&self) -> Option<Report<'_>> {
        match self {
            Self::Outbound(message) => message.report(),
            Self::Inbound(_) | Self::Unrecognized(_) => None,
        }
    }
}

impl<T: Delivery> Delivery for Box<T> {}

impl<T: Delivery> Sealed for Box<T> {
    fn report(&self) -> Option<Report<'_>> {
        T::report(self)
    }
}

fn of(recipient: &Recipient) -> (Option<&str>, Option<DeliveryStatus>) {
    (recipient.phone_number.as_deref(), recipient.status.clone())
}

fn of_whatsapp(recipient: &WhatsappRecipient) -> (Option<&str>, Option<DeliveryStatus>) {
    let status = recipient.status.as_deref().map(DeliveryStatus::from);
    (recipient.phone_number.as_deref(), status)
}
