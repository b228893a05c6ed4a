//! Requests of `tests/calls` that the mock refuses, as Telnyx would.

/// A part of the refusal of a request.
pub(super) fn expected(case: &str) -> Option<&'static str> {
    Some(match case {
        // They hold what the spec requires; its prose asks for a text or media, and for a sender.
        "SendMessage.minimal"
        | "ScheduleMessage.minimal"
        | "CreateGroupMmsMessage.minimal"
        | "CreateLongCodeMessage.minimal"
        | "CreateNumberPoolMessage.minimal"
        | "CreateShortCodeMessage.minimal" => "10004",
        // Their ids are made up.
        "GetMessage.minimal"
        | "GetMessage.full"
        | "CancelMessage.minimal"
        | "CancelMessage.full"
        | "GetGroupMmsMessages.minimal"
        | "GetGroupMmsMessages.full"
        | "GetPhoneNumberMessagingSettings.minimal"
        | "GetMobilePhoneNumberMessagingSettings.minimal"
        | "GetMobilePhoneNumberMessagingSettings.full"
        | "ListProfilePhoneNumbers.minimal"
        | "ListProfilePhoneNumbers.full"
        | "RetrieveMessagingProfile.minimal"
        | "RetrieveMessagingProfile.full"
        | "UpdateMessagingProfile.minimal"
        | "UpdateMessagingProfile.full"
        | "UpdateMessagingProfile.cleared"
        | "DeleteMessagingProfile.minimal"
        | "DeleteMessagingProfile.full"
        | "GetBulkUpdateMessagingSettingsOnPhoneNumbersStatus.minimal"
        | "GetBulkUpdateMessagingSettingsOnPhoneNumbersStatus.full" => "10005",
        _ => return None,
    })
}
