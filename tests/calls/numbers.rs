//! Messaging settings of phone numbers, one by one and in bulk.

use telnyx_messaging::types::{PhoneNumberTypeFilter, SortOrder};

use crate::{Case, sending};

const PROFILE: &str = "4000eba1-a0c0-4563-9925-b25e842a7cb6";
const ORDER: &str = "5a2f3c1e-8b0d-4a3e-9f65-1c2d3e4f5a6b";

pub(crate) const CASES: &[Case] = &[
    Case::new("GetPhoneNumberMessagingSettings", "minimal", |client| {
        sending(
            client
                .phone_numbers()
                .messaging()
                .retrieve("1293384261075731499"),
        )
    }),
    Case::new("GetPhoneNumberMessagingSettings", "full", |client| {
        sending(client.phone_numbers().messaging().retrieve("+13125550000"))
    }),
    Case::new("UpdatePhoneNumberMessagingSettings", "minimal", |client| {
        sending(client.phone_numbers().messaging().update("+13125550000"))
    }),
    Case::new("UpdatePhoneNumberMessagingSettings", "full", |client| {
        sending(
            client
                .phone_numbers()
                .messaging()
                .update("+13125550000")
                .messaging_product("P2P")
                .messaging_profile_id("")
                .tags(["shop", "north"]),
        )
    }),
    Case::new(
        "ListPhoneNumbersWithMessagingSettings",
        "minimal",
        |client| sending(client.phone_numbers().messaging().list()),
    ),
    Case::new("ListPhoneNumbersWithMessagingSettings", "full", |client| {
        sending(
            client
                .phone_numbers()
                .messaging()
                .list()
                .filter_messaging_profile_id(PROFILE)
                .filter_phone_number("+13125550000")
                .filter_phone_number_contains("312")
                .filter_type(PhoneNumberTypeFilter::Longcode)
                .sort_phone_number(SortOrder::Desc)
                .page_number(2)
                .page_size(250),
        )
    }),
    Case::new(
        "GetMobilePhoneNumberMessagingSettings",
        "minimal",
        |client| {
            sending(
                client
                    .mobile_phone_numbers()
                    .messaging()
                    .retrieve("1293384261075731499"),
            )
        },
    ),
    Case::new("GetMobilePhoneNumberMessagingSettings", "full", |client| {
        sending(
            client
                .mobile_phone_numbers()
                .messaging()
                .retrieve("+13125550000"),
        )
    }),
    Case::new(
        "ListMobilePhoneNumbersWithMessagingSettings",
        "minimal",
        |client| sending(client.mobile_phone_numbers().messaging().list()),
    ),
    Case::new(
        "ListMobilePhoneNumbersWithMessagingSettings",
        "full",
        |client| {
            sending(
                client
                    .mobile_phone_numbers()
                    .messaging()
                    .list()
                    .page_number(2)
                    .page_size(250),
            )
        },
    ),
    Case::new(
        "BulkUpdateMessagingSettingsOnPhoneNumbers",
        "minimal",
        |client| {
            sending(
                client
                    .messaging_numbers_bulk_updates()
                    .create(PROFILE, ["+13125550000", "+13125550001"]),
            )
        },
    ),
    Case::new(
        "BulkUpdateMessagingSettingsOnPhoneNumbers",
        "full",
        |client| {
            sending(
                client
                    .messaging_numbers_bulk_updates()
                    .create(PROFILE, ["+13125550000", "+13125550001"])
                    .assign_only(true),
            )
        },
    ),
    Case::new(
        "GetBulkUpdateMessagingSettingsOnPhoneNumbersStatus",
        "minimal",
        |client| sending(client.messaging_numbers_bulk_updates().retrieve(ORDER)),
    ),
    Case::new(
        "GetBulkUpdateMessagingSettingsOnPhoneNumbersStatus",
        "full",
        |client| {
            sending(
                client
                    .messaging_numbers_bulk_updates()
                    .retrieve("an id/with ?odd characters"),
            )
        },
    ),
];
