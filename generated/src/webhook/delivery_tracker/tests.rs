use super::DeliveryTracker;
use crate::types::{CancelledMessage, DeliveryStatus, Message, OutboundMessage, WhatsappMessage};

fn message(id: &str, recipients: &[(&str, &str)]) -> OutboundMessage {
    let to: Vec<_> = recipients
        .iter()
        .map(|(phone_number, status)| {
            serde_json::json!({ "phone_number": phone_number, "status": status })
        })
        .collect();
    serde_json::from_value(serde_json::json!({ "id": id, "to": to })).unwrap()
}

#[test]
fn any_order_of_the_same_statuses_ends_the_same() {
    let statuses = [
        "queued",
        "sent",
        "held_by_carrier",
        "expired",
        "delivery_failed",
    ];
    for first in statuses {
        for second in statuses {
            let (mut one, mut other) = (DeliveryTracker::unbounded(), DeliveryTracker::unbounded());
            one.apply(&message("m", &[("+1", first)]));
            one.apply(&message("m", &[("+1", second)]));
            other.apply(&message("m", &[("+1", second)]));
            other.apply(&message("m", &[("+1", first)]));
            assert_eq!(one.status("m", "+1"), other.status("m", "+1"));
        }
    }
}

#[test]
fn a_status_moves_forward_only() {
    let mut tracker = DeliveryTracker::unbounded();
    let order = [
        "queued",
        "sending",
        "sent",
        "delivery_unconfirmed",
        "delivered",
        "read",
    ];
    for status in order {
        let changes = tracker.apply(&message("m", &[("+1", status)]));
        assert_eq!(changes.len(), 1, "{status}");
        assert_eq!(changes[0].status, status);
    }
    for status in order {
        assert_eq!(tracker.apply(&message("m", &[("+1", status)])), []);
    }
    assert_eq!(tracker.status("m", "+1"), Some(&DeliveryStatus::Read));
}

#[test]
fn a_message_that_was_read_after_its_delivery_is_final_before_and_after() {
    let mut tracker = DeliveryTracker::unbounded();
    for (status, is_known) in [("delivered", false), ("read", false), ("delivered", true)] {
        let changes = tracker.apply(&message("m", &[("+1", status)]));
        assert_eq!(changes.is_empty(), is_known, "{status}");
        assert!(tracker.is_final("m"), "{status}");
    }
    assert_eq!(tracker.status("m", "+1"), Some(&DeliveryStatus::Read));
}

#[test]
fn a_message_is_final_when_it_is_for_each_recipient() {
    let mut tracker = DeliveryTracker::unbounded();
    assert!(!tracker.is_final("m"));
    tracker.apply(&message("m", &[("+1", "delivered"), ("+2", "sent")]));
    assert!(!tracker.is_final("m"));
    let changes = tracker.apply(&message(
        "m",
        &[("+1", "delivered"), ("+2", "sending_failed")],
    ));
    assert_eq!(changes.len(), 1);
    assert_eq!(
        (changes[0].phone_number.as_str(), changes[0].is_final),
        ("+2", true)
    );
    assert!(tracker.is_final("m"));
}

#[test]
fn an_unknown_status_is_kept_and_no_end() {
    let mut tracker = DeliveryTracker::unbounded();
    tracker.apply(&message("m", &[("+1", "held_by_carrier")]));
    assert_eq!(
        tracker.status("m", "+1").unwrap().as_str(),
        "held_by_carrier"
    );
    assert!(!tracker.is_final("m"));
}

#[test]
fn messages_do_not_mix_and_can_be_forgotten() {
    let mut tracker = DeliveryTracker::unbounded();
    tracker.apply(&message("m", &[("+1", "delivered")]));
    tracker.apply(&message("n", &[("+1", "queued")]));
    assert_eq!(tracker.status("n", "+1"), Some(&DeliveryStatus::Queued));
    assert!(tracker.remove("m"));
    assert!(!tracker.remove("m"));
    assert_eq!(tracker.status("m", "+1"), None);
}

#[test]
fn an_event_that_comes_late_changes_nothing_of_a_final_message() {
    let mut tracker = DeliveryTracker::with_capacity(2);
    tracker.apply(&message("m", &[("+1", "delivered")]));
    tracker.apply(&message("n", &[("+1", "queued")]));
    assert_eq!(tracker.apply(&message("m", &[("+1", "sent")])), []);
    assert_eq!(tracker.status("m", "+1"), Some(&DeliveryStatus::Delivered));
    assert!(tracker.is_final("m"));
}

#[test]
fn a_late_receipt_still_confirms_a_final_message() {
    let mut tracker = DeliveryTracker::unbounded();
    tracker.apply(&message("m", &[("+1", "delivery_unconfirmed")]));
    assert!(tracker.is_final("m"));
    assert_eq!(
        tracker.apply(&message("m", &[("+1", "delivered")])).len(),
        1
    );
}

/// Those of the messages `a` to `e` that are known.
fn known(tracker: &DeliveryTracker) -> String {
    ["a", "b", "c", "d", "e"]
        .into_iter()
        .filter(|id| tracker.status(id, "+1").is_some())
        .collect()
}

#[test]
fn the_final_message_that_changed_longest_ago_is_forgotten_first() {
    let mut tracker = DeliveryTracker::with_capacity(3);
    for (id, status) in [("a", "sent"), ("b", "sent"), ("c", "delivered")] {
        tracker.apply(&message(id, &[("+1", status)]));
    }
    tracker.apply(&message("b", &[("+1", "delivered")]));
    tracker.apply(&message("c", &[("+1", "sent")]));
    tracker.apply(&message("d", &[("+1", "queued")]));
    assert_eq!(known(&tracker), "abd");
    tracker.apply(&message("e", &[("+1", "queued")]));
    assert_eq!(known(&tracker), "ade");
}

#[test]
fn a_message_that_is_final_no_more_is_not_forgotten_as_one_that_is() {
    let mut tracker = DeliveryTracker::with_capacity(2);
    tracker.apply(&message("a", &[("+1", "delivered")]));
    tracker.apply(&message("b", &[("+1", "delivered")]));
    let silent =
        r#"{"id":"a","to":[{"phone_number":"+1","status":"delivered"},{"phone_number":"+2"}]}"#;
    assert_eq!(
        tracker.apply(&serde_json::from_str::<OutboundMessage>(silent).unwrap()),
        []
    );
    tracker.apply(&message("c", &[("+1", "queued")]));
    assert_eq!(known(&tracker), "ac");
}

#[test]
fn where_no_message_is_final_the_one_that_changed_longest_ago_is_forgotten() {
    let mut tracker = DeliveryTracker::with_capacity(2);
    tracker.apply(&message("a", &[("+1", "queued")]));
    tracker.apply(&message("b", &[("+1", "queued")]));
    tracker.apply(&message("a", &[("+1", "sent")]));
    tracker.apply(&message("c", &[("+1", "delivered")]));
    assert_eq!(known(&tracker), "ac");
}

#[test]
fn what_is_removed_makes_room() {
    let mut tracker = DeliveryTracker::with_capacity(2);
    tracker.apply(&message("a", &[("+1", "delivered")]));
    tracker.apply(&message("b", &[("+1", "queued")]));
    tracker.remove("b");
    tracker.apply(&message("c", &[("+1", "queued")]));
    assert_eq!(known(&tracker), "ac");
    assert_eq!(tracker.turns.len(), 2);
}

#[test]
fn a_message_without_recipients_takes_no_room() {
    let mut tracker = DeliveryTracker::with_capacity(1);
    tracker.apply(&message("a", &[("+1", "delivered")]));
    tracker.apply(&serde_json::from_str::<OutboundMessage>(r#"{"id":"b"}"#).unwrap());
    assert_eq!(known(&tracker), "a");
    assert!(!tracker.is_final("b"));
}

#[test]
fn a_recipient_in_copy_counts_and_one_without_a_number_does_not() {
    let json =
        r#"{"id":"m","cc":[{"phone_number":"+1","status":"sent"}],"to":[{"status":"sent"}]}"#;
    let message: OutboundMessage = serde_json::from_str(json).unwrap();
    let changes = DeliveryTracker::unbounded().apply(&message);
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].phone_number, "+1");
}

#[test]
fn a_message_is_not_final_while_the_status_of_a_recipient_is_not_known() {
    let read = |to: &str| -> OutboundMessage {
        let json =
            format!(r#"{{"id":"m","to":[{{"phone_number":"+1","status":"delivered"}},{to}]}}"#);
        serde_json::from_str(&json).unwrap()
    };
    for silent in [r#"{"phone_number":"+2"}"#, r#"{"status":"delivered"}"#] {
        let mut tracker = DeliveryTracker::unbounded();
        tracker.apply(&read(silent));
        assert!(!tracker.is_final("m"), "{silent}");
        tracker.apply(&read(r#"{"phone_number":"+2","status":"delivered"}"#));
        assert!(tracker.is_final("m"), "{silent}");
        tracker.apply(&read(r#"{"phone_number":"+2"}"#));
        assert!(tracker.is_final("m"), "{silent}");
    }
}

#[test]
fn a_recipient_without_a_status_is_not_forgotten() {
    let delivered = r#"{"phone_number":"+1","status":"delivered"}"#;
    for [first, silent] in [
        [delivered, r#"{"phone_number":"+2"}"#],
        [delivered, r#"{"status":"delivered"}"#],
        [r#"{"phone_number":"+1"}"#, r#"{"phone_number":"+2"}"#],
        ["{}", "{}"],
    ] {
        let mut tracker = DeliveryTracker::unbounded();
        let message = |to: String| -> OutboundMessage {
            serde_json::from_str(&format!(r#"{{"id":"m","to":[{to}]}}"#)).unwrap()
        };
        tracker.apply(&message(format!("{first},{silent}")));
        tracker.apply(&message(delivered.to_owned()));
        assert!(!tracker.is_final("m"), "{first} {silent}");
        let stored = serde_json::to_string(&tracker).unwrap();
        let mut tracker: DeliveryTracker = serde_json::from_str(&stored).unwrap();
        assert!(!tracker.is_final("m"), "{first} {silent}");
        let other = r#"{"phone_number":"+2","status":"delivered"}"#;
        tracker.apply(&message(other.to_owned()));
        assert!(tracker.is_final("m"), "{first} {silent}");
    }
}

#[test]
fn a_number_that_is_also_in_copy_is_one_recipient() {
    let mut tracker = DeliveryTracker::unbounded();
    let delivered = r#"[{"phone_number":"+1","status":"delivered"}]"#;
    let json = format!(r#"{{"id":"m","to":{delivered},"cc":{delivered}}}"#);
    tracker.apply(&serde_json::from_str::<OutboundMessage>(&json).unwrap());
    assert!(tracker.is_final("m"));
}

#[test]
fn what_each_call_returns_can_be_tracked() {
    let json = |direction: &str, status: &str| {
        let to = serde_json::json!([{ "phone_number": "+1", "status": status }]);
        serde_json::json!({ "id": "m", "direction": direction, "to": to })
    };
    let mut tracker = DeliveryTracker::unbounded();
    let scheduled: OutboundMessage = serde_json::from_value(json("outbound", "scheduled")).unwrap();
    assert_eq!(tracker.apply(&scheduled).len(), 1);
    let sent: WhatsappMessage = serde_json::from_value(json("outbound", "queued")).unwrap();
    assert_eq!(tracker.apply(&sent)[0].status, DeliveryStatus::Queued);
    let retrieved: Message = serde_json::from_value(json("outbound", "sending")).unwrap();
    assert_eq!(tracker.apply(&retrieved)[0].status, DeliveryStatus::Sending);
    let cancelled: CancelledMessage =
        serde_json::from_value(json("outbound", "cancelled")).unwrap();
    assert_eq!(tracker.apply(&Box::new(cancelled)).len(), 1);
    let received: Message = serde_json::from_value(json("inbound", "delivered")).unwrap();
    assert_eq!(tracker.apply(&received), []);
    assert_eq!(tracker.status("m", "+1"), Some(&DeliveryStatus::Cancelled));
}

#[test]
fn a_tracker_that_was_stored_goes_on_where_it_was() {
    let mut tracker = DeliveryTracker::with_capacity(2);
    tracker.apply(&message("open", &[("+1", "sent")]));
    tracker.apply(&message(
        "final",
        &[("+1", "delivered"), ("+2", "delivered")],
    ));
    let stored = serde_json::to_string(&tracker).unwrap();
    let mut read: DeliveryTracker = serde_json::from_str(&stored).unwrap();
    for tracker in [&mut tracker, &mut read] {
        assert_eq!(tracker.apply(&message("open", &[("+1", "queued")])), []);
        assert!(tracker.is_final("final"));
        // The final one makes room.
        tracker.apply(&message("third", &[("+1", "queued")]));
        assert_eq!(tracker.status("final", "+1"), None);
        assert_eq!(tracker.status("open", "+1"), Some(&DeliveryStatus::Sent));
    }
}

#[test]
fn a_stored_tracker_keeps_no_more_than_its_capacity() {
    let mut tracker = DeliveryTracker::with_capacity(3);
    for id in ["a", "b", "c"] {
        tracker.apply(&message(id, &[("+1", "sent")]));
    }
    let mut stored = serde_json::to_value(&tracker).unwrap();
    for (capacity, most) in [(2, 2), (1, 1), (0, 1)] {
        stored["capacity"] = capacity.into();
        let tracker: DeliveryTracker = serde_json::from_value(stored.clone()).unwrap();
        let ids = ["a", "b", "c"].into_iter();
        let known: Vec<_> = ids
            .filter(|id| tracker.status(id, "+1").is_some())
            .collect();
        assert_eq!(known, ["a", "b", "c"][3 - most..]);
    }
    // An id that stands twice is one message.
    let first = stored["messages"][0].clone();
    stored["capacity"] = 3.into();
    stored["messages"].as_array_mut().unwrap().push(first);
    let mut tracker: DeliveryTracker = serde_json::from_value(stored).unwrap();
    tracker.apply(&message("d", &[("+1", "sent")]));
    let known = ["a", "b", "c", "d"].map(|id| tracker.status(id, "+1").is_some());
    assert_eq!(known, [true, false, true, true]);
}

#[test]
fn each_recipient_with_a_status_is_listed() {
    let mut tracker = DeliveryTracker::unbounded();
    tracker.apply(&message("m", &[("+1", "sent"), ("+2", "delivered")]));
    let without_status = serde_json::json!({ "id": "m", "to": [{ "phone_number": "+3" }] });
    let without_status: OutboundMessage = serde_json::from_value(without_status).unwrap();
    tracker.apply(&without_status);
    let mut recipients: Vec<_> = tracker.recipients(&String::from("m")).collect();
    recipients.sort_by_key(|(phone_number, _)| *phone_number);
    let expected = [
        ("+1", &DeliveryStatus::Sent),
        ("+2", &DeliveryStatus::Delivered),
    ];
    assert_eq!(recipients, expected);
    assert_eq!(tracker.recipients("other").count(), 0);
}
