//! WhatsApp messages: `full` is a template, the other variants are the other kinds of content.

use telnyx_messaging::types::{
    WhatsappAction, WhatsappActionParameters, WhatsappButton, WhatsappButtonReply, WhatsappCard,
    WhatsappCardAction, WhatsappCardHeader, WhatsappChannel, WhatsappContact,
    WhatsappContactAddress, WhatsappContactEmail, WhatsappContactName, WhatsappContactOrganization,
    WhatsappContactPhone, WhatsappContactUrl, WhatsappFlowAction, WhatsappFlowMode,
    WhatsappFlowPayload, WhatsappInteractive, WhatsappInteractiveHeader, WhatsappLocation,
    WhatsappMedia, WhatsappMessageContent, WhatsappProductItem, WhatsappReaction, WhatsappSection,
    WhatsappSectionRow, WhatsappTemplate, WhatsappTemplateButtonType, WhatsappTemplateComponent,
    WhatsappTemplateFlow, WhatsappTemplateLanguage, WhatsappTemplateParameter, WhatsappText,
};
use telnyx_messaging::{Client, Json};

use crate::{Case, Sending, sending};

const OPERATION: &str = "SendWhatsappMessage";

pub(crate) const CASES: &[Case] = &[
    Case::new(OPERATION, "minimal", |client| {
        send(client, WhatsappMessageContent::default())
    }),
    Case::new(OPERATION, "full", |client| {
        let content =
            WhatsappMessageContent::template(template()).biz_opaque_callback_data("order-1234");
        sending(
            client
                .messages()
                .send_whatsapp("+13125550000", "+13125550001", content)
                .type_(WhatsappChannel::Whatsapp)
                .messaging_profile_id("4000eba1-a0c0-4563-9925-b25e842a7cb6")
                .webhook_url("https://example.com/webhooks")
                .idempotency_key("order-1234"),
        )
    }),
    Case::new(OPERATION, "text", |client| {
        let text = WhatsappText::new("Hello, World!").preview_url(true);
        send(client, WhatsappMessageContent::text(text))
    }),
    Case::new(OPERATION, "audio", |client| {
        send(client, WhatsappMessageContent::audio(media()))
    }),
    Case::new(OPERATION, "document", |client| {
        send(client, WhatsappMessageContent::document(media()))
    }),
    Case::new(OPERATION, "image", |client| {
        send(client, WhatsappMessageContent::image(media()))
    }),
    Case::new(OPERATION, "sticker", |client| {
        send(client, WhatsappMessageContent::sticker(media()))
    }),
    Case::new(OPERATION, "video", |client| {
        send(client, WhatsappMessageContent::video(media()))
    }),
    Case::new(OPERATION, "location", |client| {
        let location = WhatsappLocation::new()
            .latitude("41.8781")
            .longitude("-87.6298")
            .name("Office")
            .address("311 W Superior Street, Chicago");
        send(client, WhatsappMessageContent::location(location))
    }),
    Case::new(OPERATION, "reaction", |client| {
        let reaction = WhatsappReaction::new().emoji("👍").message_id("wamid.1234");
        send(client, WhatsappMessageContent::reaction(reaction))
    }),
    Case::new(OPERATION, "contacts", |client| {
        send(client, WhatsappMessageContent::contacts([contact()]))
    }),
    Case::new(OPERATION, "flow", |client| {
        let parameters = WhatsappActionParameters::new()
            .flow_id("1234")
            .flow_cta("Sign up")
            .flow_message_version("3");
        let action = WhatsappAction::new().name("flow").parameters(parameters);
        let flow = WhatsappInteractive::flow(action).body("Sign up in a minute.");
        send(client, WhatsappMessageContent::interactive(flow))
    }),
    Case::new(OPERATION, "interactive", |client| {
        send(client, WhatsappMessageContent::interactive(interactive()))
    }),
];

fn send(client: &Client, content: WhatsappMessageContent) -> Sending {
    sending(
        client
            .messages()
            .send_whatsapp("+13125550000", "+13125550001", content),
    )
}

/// A file with everything that a file can have.
fn media() -> WhatsappMedia {
    WhatsappMedia::new()
        .link("https://example.com/file")
        .caption("A file")
        .filename("file")
        .voice(true)
}

fn template() -> WhatsappTemplate {
    let mut parameter = WhatsappTemplateParameter::action(
        WhatsappTemplateFlow::new()
            .flow_token("order-1234")
            .flow_action_data(first_screen()),
    );
    parameter.text = Some("World".to_owned());
    let button = WhatsappTemplateComponent::button([parameter])
        .sub_type(WhatsappTemplateButtonType::QuickReply)
        .index(0);
    WhatsappTemplate::new()
        .name("greeting")
        .template_id("1234")
        .language(WhatsappTemplateLanguage::new("en_US").policy("deterministic"))
        .components([button])
}

/// What the first screen of a flow is given.
fn first_screen() -> Json {
    "{}".parse().expect("it is JSON")
}

fn contact() -> WhatsappContact {
    let address = WhatsappContactAddress::new()
        .street("311 W Superior Street")
        .city("Chicago")
        .state("IL")
        .zip("60654")
        .country("United States")
        .country_code("US")
        .type_("WORK");
    let organization = WhatsappContactOrganization::new()
        .company("Telnyx")
        .department("Support")
        .title("Engineer");
    let name = WhatsappContactName::new()
        .formatted_name("Dr Jane A Doe Jr")
        .prefix("Dr")
        .first_name("Jane")
        .middle_name("A")
        .last_name("Doe")
        .suffix("Jr");
    WhatsappContact::new()
        .name(name)
        .birthday("1990-01-31")
        .org(organization)
        .addresses([address])
        .emails([WhatsappContactEmail::new()
            .email("jane@example.com")
            .type_("WORK")])
        .phones([WhatsappContactPhone::new()
            .phone("+13125550002")
            .type_("WORK")
            .wa_id("13125550002")])
        .urls([WhatsappContactUrl::new()
            .url("https://example.com")
            .type_("WORK")])
}

/// Everything that something to tap can have; Meta takes one kind of it at a time.
fn interactive() -> WhatsappInteractive {
    let mut header = WhatsappInteractiveHeader::text("Title").sub_text("Subtitle");
    header.document = Some(media());
    header.image = Some(media());
    header.video = Some(media());
    WhatsappInteractive::button(action())
        .header(header)
        .body("Well?")
        .footer("Until Friday")
}

fn action() -> WhatsappAction {
    let reply = WhatsappButton::reply(WhatsappButtonReply::new().id("yes").title("Yes"));
    let row = WhatsappSectionRow::new()
        .id("small")
        .title("Small")
        .description("For one");
    let section = WhatsappSection::new()
        .title("Sizes")
        .rows([row])
        .product_items([WhatsappProductItem::new().product_retailer_id("1234")]);
    WhatsappAction::new()
        .button("Choose")
        .buttons([reply])
        .cards([card()])
        .catalog_id("1234")
        .mode("published")
        .name("cta_url")
        .parameters(
            WhatsappActionParameters::new()
                .display_text("See")
                .url("https://example.com")
                .flow_id("1234")
                .flow_name("signup")
                .flow_cta("Sign up")
                .flow_token("order-1234")
                .flow_message_version("3")
                .flow_action(WhatsappFlowAction::Navigate)
                .flow_action_payload(
                    WhatsappFlowPayload::new()
                        .screen("FIRST")
                        .data(first_screen()),
                )
                .mode(WhatsappFlowMode::Draft),
        )
        .product_retailer_id("1234")
        .sections([section])
}

fn card() -> WhatsappCard {
    let mut header = WhatsappCardHeader::image(media());
    header.video = Some(media());
    WhatsappCard::new()
        .card_index(0)
        .header(header)
        .body("A card")
        .action(
            WhatsappCardAction::new()
                .catalog_id("1234")
                .product_retailer_id("1234"),
        )
}
