//! What a message says about its delivery.

use crate::types::DeliveryStatus;

#[derive(Debug)]
pub struct Report<'a> {
    pub(super) id: &'a str,
    /// The phone number and the status of each recipient, as far as they could be read.
    pub(super) recipients: Vec<(Option<&'a str>, Option<DeliveryStatus>)>,
}

/// Keeps [`Delivery`](super::Delivery) from being implemented elsewhere.
pub trait Sealed {
    /// `None` for a message that is not delivered to anybody.
    fn report(&self) -> Option<Report<'_>>;
}
