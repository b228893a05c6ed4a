//! Client for Telnyx's messaging API.
