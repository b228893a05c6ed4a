//! The cases: one webhook in many spellings and with many changes, and other bodies.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};
use serde_json::json;
use telnyx_messaging::webhook::testing::{TestEvent, WebhookSigner};
use telnyx_messaging::webhook::{SIGNATURE_HEADER, TIMESTAMP_HEADER};

use super::case::{Case, Exception};
use super::party::{Party, public_key};
use crate::telnyx_clients::Language;

/// When the webhooks are signed.
const SIGNED_AT: u64 = 1_758_300_000;

/// The order of Ed25519's group, least byte first.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// The last character of a signature's base64 has four bits that stand for nothing, and Telnyx sets none of them. This crate
/// insists on that, so that a signature has one spelling.
const IGNORES_UNUSED_BITS: &[Exception] = &[
    Exception {
        language: Some(Language::Python),
        reason: "its base64 does not look at bits that stand for nothing",
    },
    Exception {
        language: Some(Language::Node),
        reason: "its base64 does not look at bits that stand for nothing",
    },
];

/// A signed event with a byte that is no UTF-8 loses the field with that byte, and is not lost itself.
const READS_AROUND_A_BAD_BYTE: &[Exception] = &[Exception {
    language: None,
    reason: "it reads the event without the field that it cannot read",
}];

/// All cases, signed by `signer`.
pub(super) fn all(signer: &mut dyn Party) -> Result<Vec<Case>, String> {
    let event = TestEvent::inbound_message().to_json();
    let original = signed(signer, "as signed", event.as_bytes())?;
    let signature = signer.sign(SIGNED_AT, event.as_bytes())?;
    let signature_bytes = STANDARD
        .decode(&signature)
        .map_err(|error| error.to_string())?;

    let mut cases = vec![original.clone()];
    cases.extend(headers_spelled(&original, &signature));
    cases.extend(headers_missing(&original));
    cases.extend(clocks(&original));
    cases.extend(timestamps(&original));
    cases.extend(bodies_changed(&original));
    cases.extend(signatures_changed(&original, &signature_bytes));
    cases.extend(signatures_spelled(&original, &signature, &signature_bytes));
    cases.extend(other_keys(&original));
    cases.extend(other_bodies(signer)?);
    Ok(cases)
}

/// A webhook that is accepted when its body is JSON.
fn signed(signer: &mut dyn Party, name: &str, body: &[u8]) -> Result<Case, String> {
    let timestamp = SIGNED_AT.to_string();
    let signature = signer.sign(SIGNED_AT, body)?;
    let headers = [
        (TIMESTAMP_HEADER, timestamp.as_str()),
        (SIGNATURE_HEADER, signature.as_str()),
    ];
    Ok(Case::new(&public_key(), SIGNED_AT, &headers, body).named(name))
}

fn headers_spelled(original: &Case, signature: &str) -> Vec<Case> {
    let spellings = [
        ("Telnyx-Timestamp", "Telnyx-Signature-Ed25519"),
        ("TELNYX-TIMESTAMP", "TELNYX-SIGNATURE-ED25519"),
        ("telnyx-Timestamp", "telnyx-signature-ED25519"),
        ("tELNYX-tIMESTAMP", "tELNYX-sIGNATURE-eD25519"),
    ];
    let spelled = spellings.map(|(timestamp_header, signature_header)| {
        original
            .named(format!(
                "headers spelled {timestamp_header}, {signature_header}"
            ))
            .without(TIMESTAMP_HEADER)
            .without(SIGNATURE_HEADER)
            .header(signature_header, signature)
            .header(timestamp_header, SIGNED_AT.to_string())
    });
    let beside = [
        ("webhook-signature", "v1a,AAAA"),
        ("webhook-timestamp", "1"),
        ("telnyx-signature", "AAAA"),
        ("telnyx-timestamp-2", "1"),
    ];
    let beside = beside.map(|(name, value)| {
        original
            .named(format!("header {name} beside"))
            .header(name, value)
    });
    spelled.into_iter().chain(beside).collect()
}

fn headers_missing(original: &Case) -> Vec<Case> {
    let named = |what: &str, header: &str| original.named(format!("{what} {header}")).refused();
    let mut cases = vec![
        original
            .named("no header at all")
            .without(TIMESTAMP_HEADER)
            .without(SIGNATURE_HEADER)
            .refused(),
    ];
    for header in [TIMESTAMP_HEADER, SIGNATURE_HEADER] {
        cases.push(named("without", header).without(header));
        cases.push(named("empty", header).header(header, ""));
    }
    cases
}

fn clocks(original: &Case) -> Vec<Case> {
    let inside = [-300, -299, -150, -1, 1, 150, 299, 300];
    let outside = [-86_400, -3_600, -302, -301, 301, 302, 3_600, 86_400];
    let at = |offset: i64| {
        original
            .named(format!("clock {offset:+} s"))
            .at(SIGNED_AT.saturating_add_signed(offset))
    };
    let inside = inside.map(at);
    let outside = outside.map(|offset| at(offset).refused());
    let beginning = original.named("clock at 1970").at(0).refused();
    inside
        .into_iter()
        .chain(outside)
        .chain([beginning])
        .collect()
}

fn timestamps(original: &Case) -> Vec<Case> {
    let texts = [
        "1758300001",
        "1758299999",
        "1758300300",
        "1758300301",
        "01758300000",
        "+1758300000",
        "-1758300000",
        " 1758300000",
        "1758300000 ",
        "1758300000.0",
        "1_758_300_000",
        "0x68cd8be0",
        "175830000x",
        "now",
        "0",
        "99999999999999999999",
        "2025-09-19T16:40:00Z",
    ];
    let changed = |text: &str| {
        original
            .named(format!("timestamp `{text}`"))
            .header(TIMESTAMP_HEADER, text)
            .refused()
    };
    texts.map(changed).into()
}

fn bodies_changed(original: &Case) -> Vec<Case> {
    let body = &original.body;
    let refused = |name: String, body: Vec<u8>| original.named(name).body(body).refused();
    let flipped = (0..20).map(|index| {
        let place = index * body.len() / 20;
        let mut changed = body.clone();
        changed[place] ^= 1 << (index % 8);
        refused(
            format!("body with bit {} of byte {place} flipped", index % 8),
            changed,
        )
    });
    let edited = [
        ("body cut by a byte", body[..body.len() - 1].to_vec()),
        ("body cut in half", body[..body.len() / 2].to_vec()),
        ("no body", Vec::new()),
        ("body with a line end", [body, b"\n".as_slice()].concat()),
        ("body with a blank before", [b" ", body.as_slice()].concat()),
        ("body with a zero byte", [body, b"\0".as_slice()].concat()),
        (
            "body with a byte order mark",
            [b"\xef\xbb\xbf", body.as_slice()].concat(),
        ),
        ("body twice", [body.as_slice(), body].concat()),
        ("body with a bar before", [b"|", body.as_slice()].concat()),
        ("body with a blank after its first colon", {
            String::from_utf8_lossy(body)
                .replacen(':', ": ", 1)
                .into_bytes()
        }),
    ];
    let edited = edited.map(|(name, body)| refused(name.to_owned(), body));
    flipped.chain(edited).collect()
}

fn signatures_changed(original: &Case, signature: &[u8]) -> Vec<Case> {
    let refused = |name: String, bytes: &[u8]| {
        original
            .named(name)
            .header(SIGNATURE_HEADER, STANDARD.encode(bytes))
            .refused()
    };
    let flipped = (0..16).map(|index| {
        let mut changed = signature.to_vec();
        changed[index * 4] ^= 1 << (index % 8);
        refused(
            format!(
                "signature with bit {} of byte {} flipped",
                index % 8,
                index * 4
            ),
            &changed,
        )
    });
    let (point, scalar) = signature.split_at(32);
    let edited = [
        ("signature of zeros", vec![0; 64]),
        ("signature of ones", vec![0xff; 64]),
        ("signature cut by a byte", signature[..63].to_vec()),
        ("signature with a byte more", [signature, &[0]].concat()),
        ("signature twice", signature.repeat(2)),
        (
            "signature with its halves swapped",
            [scalar, point].concat(),
        ),
        (
            "signature with the group's order added",
            [point, &plus_order(scalar)].concat(),
        ),
    ];
    let edited = edited.map(|(name, bytes)| refused(name.to_owned(), &bytes));
    flipped.chain(edited).collect()
}

/// A scalar that is another number, but the same modulo the group's order.
fn plus_order(scalar: &[u8]) -> Vec<u8> {
    let mut carry = 0;
    let sum = scalar.iter().zip(ORDER).map(|(one, other)| {
        let [low, high] = (u16::from(*one) + u16::from(other) + carry).to_le_bytes();
        carry = u16::from(high);
        low
    });
    sum.collect()
}

fn signatures_spelled(original: &Case, signature: &str, bytes: &[u8]) -> Vec<Case> {
    let spelled = |name: &str, text: String| original.named(name).header(SIGNATURE_HEADER, text);
    let hexadecimal: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let body = signature.trim_end_matches('=');
    let (start, last) = body.split_at(body.len() - 1);
    let unused_bit: String = last.bytes().map(|byte| char::from(byte + 1)).collect();
    vec![
        spelled("signature without padding", STANDARD_NO_PAD.encode(bytes)).refused(),
        spelled("signature in the alphabet for URLs", URL_SAFE.encode(bytes)).refused(),
        spelled("signature in hexadecimal", hexadecimal).refused(),
        spelled(
            "signature with a version before",
            format!("v1a,{signature}"),
        )
        .refused(),
        spelled("signature in quotes", format!("\"{signature}\"")).refused(),
        spelled("signature with a blank before", format!(" {signature}")).refused(),
        spelled("signature with a blank after", format!("{signature} ")).refused(),
        spelled("signature with a third `=`", format!("{signature}=")).refused(),
        spelled(
            "signature with an unused bit set",
            format!("{start}{unused_bit}=="),
        )
        .refused_except(IGNORES_UNUSED_BITS),
        spelled("signature that is no base64", "!!!".to_owned()).refused(),
        spelled("signature `null`", "null".to_owned()).refused(),
    ]
}

fn other_keys(original: &Case) -> Vec<Case> {
    let with_key =
        |name: &str, public_key: String| original.named(name).public_key(public_key).refused();
    let key = &original.public_key;
    vec![
        with_key(
            "key of another account",
            WebhookSigner::from_seed([8; 32]).public_key(),
        ),
        with_key("key cut by a character", key[..key.len() - 2].to_owned()),
        with_key("key of 31 bytes", STANDARD.encode([7; 31])),
        with_key("key that is no point", STANDARD.encode([2; 32])),
    ]
}

fn other_bodies(signer: &mut dyn Party) -> Result<Vec<Case>, String> {
    let inbound = TestEvent::inbound_message();
    let accepted = [
        ("message.sent", TestEvent::message_sent().to_json()),
        (
            "message.finalized",
            TestEvent::message_finalized().to_json(),
        ),
        ("link click", TestEvent::link_clicked().to_json()),
        (
            "message.read",
            TestEvent::message_finalized()
                .status("read")
                .set("/data/event_type", "message.read")
                .to_json(),
        ),
        (
            "WhatsApp text",
            inbound
                .clone()
                .set("/data/payload/type", "WHATSAPP")
                .set("/data/payload/to", "+13125550000")
                .set("/data/payload/text", ())
                .set("/data/payload/body", json!({ "type": "text", "text": { "body": "Hello 👋" } }))
                .to_json(),
        ),
        (
            "WhatsApp message revoked, by a hidden number",
            inbound
                .clone()
                .set("/data/payload/type", "WHATSAPP")
                .set("/data/payload/from/phone_number", "")
                .set(
                    "/data/payload/body",
                    json!({ "type": "revoke", "from_user_id": "US.1349", "revoke": { "original_message_id": "1" } }),
                )
                .to_json(),
        ),
        (
            "RCS location",
            inbound
                .clone()
                .set("/data/payload/type", "RCS")
                .set("/data/payload/to", json!([{ "agent_id": "agent-1", "agent_name": "Example" }]))
                .set("/data/payload/body", json!({ "location": { "latitude": 41.8781, "longitude": -87.6298 } }))
                .to_json(),
        ),
        (
            "text beyond ASCII",
            inbound.clone().text("Grüße, 世界 🎉").to_json(),
        ),
        (
            "escaped text",
            r#"{"data":{"payload":{"text":"\u00e9\ud83d\ude00\/\\\""}}}"#.to_owned(),
        ),
        (
            "half a surrogate pair",
            r#"{"data":{"payload":{"text":"\ud83d"}}}"#.to_owned(),
        ),
        (
            "unknown event",
            inbound
                .clone()
                .set("/data/event_type", "message.reacted")
                .to_json(),
        ),
        (
            "unknown status",
            TestEvent::message_sent().status("on the moon").to_json(),
        ),
        (
            "event type null",
            inbound.clone().set("/data/event_type", ()).to_json(),
        ),
        (
            "payload of another type",
            inbound.set("/data/payload", "text").to_json(),
        ),
        ("a key twice", r#"{"data":{"id":"1","id":"2"}}"#.to_owned()),
        (
            "big numbers",
            r#"{"data":{"id":123456789012345678901234567890,"n":-1.5e300}}"#.to_owned(),
        ),
        ("blanks around", " \r\n\t{\"data\" : { } } \n".to_owned()),
        ("an empty object", "{}".to_owned()),
    ];
    let refused: [(&str, &[u8]); 5] = [
        ("empty body", b""),
        ("text that is no JSON", b"hello"),
        ("JSON with a comma too many", b"{\"data\":{},}"),
        ("JSON that ends too early", b"{\"data\":{"),
        ("two objects", b"{}{}"),
    ];
    let no_utf8 = b"{\"data\":{\"id\":\"\xff\"}}";
    let no_utf8 = signed(signer, "JSON that is no UTF-8", no_utf8)?;
    let mut cases = vec![no_utf8.refused_except(READS_AROUND_A_BAD_BYTE)];
    for (name, body) in accepted {
        cases.push(signed(signer, name, body.as_bytes())?);
    }
    for (name, body) in refused {
        cases.push(signed(signer, name, body)?.refused());
    }
    Ok(cases)
}
