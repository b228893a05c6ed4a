//! Calls with the ids of earlier calls: those of `tests/calls` have ids that are made up.

use std::time::{Duration, UNIX_EPOCH};

use telnyx_messaging::{Client, Error, Result};

use super::NOW;

const FROM: &str = "+13125550000";
const TO: &str = "+13125550001";

/// A second member of the group. Only numbers in the US and Canada can receive a group MMS.
const ALSO_TO: &str = "+13125550002";

/// A mobile number of the account.
const MOBILE: &str = "+13127367407";

/// Each operation that was called, and what came of it. What creates something comes before what needs its id: if that fails,
/// the calls that need it are not made.
pub(super) async fn calls(client: &Client) -> Vec<(&'static str, Result<()>)> {
    let mut calls = Vec::new();
    let all = [
        messages(client, &mut calls).await,
        numbers(client, &mut calls).await,
        profiles(client, &mut calls).await,
    ];
    let failures = all.into_iter().filter_map(Outcome::err);
    calls.extend(failures.map(|Failure(operation, error)| (operation, Err(error))));
    calls
}

type Calls = Vec<(&'static str, Result<()>)>;

/// The operation that others need and that failed, and why.
struct Failure(&'static str, Error);

type Outcome<T = ()> = std::result::Result<T, Failure>;

/// The failure of this operation.
fn of(operation: &'static str) -> impl Fn(Error) -> Failure {
    move |error| Failure(operation, error)
}

async fn messages(client: &Client, calls: &mut Calls) -> Outcome {
    let messages = client.messages();
    let sent = messages.send(TO).from(FROM).text("Hello").await;
    let sent = sent.map_err(of("SendMessage"))?;
    let found = messages.retrieve(&sent.id).await;
    calls.push(("GetMessage", found.map(drop)));

    let time = UNIX_EPOCH + NOW + Duration::from_secs(3600);
    let scheduled = messages.schedule(TO).from(FROM).text("Hello");
    let scheduled = scheduled.send_at(time).await;
    let scheduled = scheduled.map_err(of("ScheduleMessage"))?;
    let cancelled = messages.cancel_scheduled(&scheduled.id).await;
    calls.push(("CancelMessage", cancelled.map(drop)));

    let group = messages.send_group_mms(FROM, [TO, ALSO_TO]).text("Hello");
    let group = group.await.map_err(of("CreateGroupMmsMessage"))?;
    let found = messages.retrieve_group_messages(&group.id).await;
    calls.push(("GetGroupMmsMessages", found.map(drop)));
    Ok(())
}

async fn numbers(client: &Client, calls: &mut Calls) -> Outcome {
    let mobile = client.mobile_phone_numbers().messaging().retrieve(MOBILE);
    let mobile = mobile.await.map(drop);
    calls.push(("GetMobilePhoneNumberMessagingSettings", mobile));

    let profile = profile(client).await?;
    let updates = client.messaging_numbers_bulk_updates();
    let update = updates.create(profile, [FROM]).await;
    let update = update.map_err(of("BulkUpdateMessagingSettingsOnPhoneNumbers"))?;
    let found = updates.retrieve(&update.order_id).await.map(drop);
    calls.push(("GetBulkUpdateMessagingSettingsOnPhoneNumbersStatus", found));
    Ok(())
}

async fn profiles(client: &Client, calls: &mut Calls) -> Outcome {
    let profiles = client.messaging_profiles();
    let id = profile(client).await?;
    let found = profiles.retrieve(&id).await.map(drop);
    calls.push(("RetrieveMessagingProfile", found));
    let numbers = profiles.list_phone_numbers(&id).await.map(drop);
    calls.push(("ListProfilePhoneNumbers", numbers));
    let changed = profiles.update(&id).name("Shop 2").await.map(drop);
    calls.push(("UpdateMessagingProfile", changed));
    let deleted = profiles.delete(&id).await.map(drop);
    calls.push(("DeleteMessagingProfile", deleted));
    Ok(())
}

/// Creates a messaging profile. Gives its id.
async fn profile(client: &Client) -> Outcome<String> {
    let created = client.messaging_profiles().create("Shop", ["US"]).await;
    let profile = created.map_err(of("CreateMessagingProfile"))?;
    Ok(profile.id)
}
