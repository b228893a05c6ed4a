"""Writes the types of Telnyx's Python client as JSON: for each request, response and event its paths, and what may stand there."""

import datetime
import importlib
import inspect
import json
import re
import sys
import types
import typing
from typing import Annotated, Literal, Union, get_args, get_origin

import pydantic
from typing_extensions import NotRequired, Required, get_type_hints, is_typeddict

# By operationId: the modules of what is sent and of what is answered; `list` marks one whose answer is a list of it.
OPERATIONS = {
    "SendMessage": ("message_send_params", "message_send_response"),
    "GetMessage": (None, "message_retrieve_response"),
    "CancelMessage": (None, "message_cancel_scheduled_response"),
    "SendWhatsappMessage": ("message_whatsapp_params", "message_whatsapp_response"),
    "SendAlphanumericSenderIdMessage": (
        "message_send_with_alphanumeric_sender_params",
        "message_send_with_alphanumeric_sender_response",
    ),
    "GetGroupMmsMessages": (None, "message_retrieve_group_messages_response"),
    "CreateGroupMmsMessage": ("message_send_group_mms_params", "message_send_group_mms_response"),
    "CreateLongCodeMessage": ("message_send_long_code_params", "message_send_long_code_response"),
    "CreateNumberPoolMessage": ("message_send_number_pool_params", "message_send_number_pool_response"),
    "ScheduleMessage": ("message_schedule_params", "message_schedule_response"),
    "CreateShortCodeMessage": ("message_send_short_code_params", "message_send_short_code_response"),
    "ListOptOuts": ("messaging_optout_list_params", "list messaging_optout_list_response"),
    "GetPhoneNumberMessagingSettings": (None, "phone_numbers.messaging_retrieve_response"),
    "UpdatePhoneNumberMessagingSettings": (
        "phone_numbers.messaging_update_params",
        "phone_numbers.messaging_update_response",
    ),
    "ListPhoneNumbersWithMessagingSettings": (
        "phone_numbers.messaging_list_params",
        "list shared.phone_number_with_messaging_settings",
    ),
    "GetMobilePhoneNumberMessagingSettings": (None, "mobile_phone_numbers.messaging_retrieve_response"),
    "ListMobilePhoneNumbersWithMessagingSettings": (
        "mobile_phone_numbers.messaging_list_params",
        "list mobile_phone_numbers.mobile_phone_number_with_messaging_settings",
    ),
    "BulkUpdateMessagingSettingsOnPhoneNumbers": (
        "messaging_numbers_bulk_update_create_params",
        "messaging_numbers_bulk_update_create_response",
    ),
    "GetBulkUpdateMessagingSettingsOnPhoneNumbersStatus": (None, "messaging_numbers_bulk_update_retrieve_response"),
    "ListMessagingProfiles": ("messaging_profile_list_params", "list messaging_messaging_profile"),
    "CreateMessagingProfile": ("messaging_profile_create_params", "messaging_profile_create_response"),
    "RetrieveMessagingProfile": (None, "messaging_profile_retrieve_response"),
    "UpdateMessagingProfile": ("messaging_profile_update_params", "messaging_profile_update_response"),
    "DeleteMessagingProfile": (None, "messaging_profile_delete_response"),
    "ListProfilePhoneNumbers": (
        "messaging_profile_list_phone_numbers_params",
        "list shared.phone_number_with_messaging_settings",
    ),
    "ListProfileShortCodes": ("messaging_profile_list_short_codes_params", "list shared.short_code"),
    "GetAutorespConfigs": (
        "messaging_profiles.autoresp_config_list_params",
        "list messaging_profiles.auto_resp_config",
    ),
    "CreateAutorespConfig": (
        "messaging_profiles.autoresp_config_create_params",
        "messaging_profiles.auto_resp_config_response",
    ),
    "GetAutorespConfig": (None, "messaging_profiles.auto_resp_config_response"),
    "UpdateAutoRespConfig": (
        "messaging_profiles.autoresp_config_update_params",
        "messaging_profiles.auto_resp_config_response",
    ),
    "DeleteAutorespConfig": (None, "messaging_profiles.autoresp_config_delete_response"),
    "ListShortCodes": ("short_code_list_params", "list shared.short_code"),
    "RetrieveShortCode": (None, "short_code_retrieve_response"),
    "UpdateShortCode": ("short_code_update_params", "short_code_update_response"),
}
EVENTS = {
    "deliveryUpdate": "delivery_update_webhook_event",
    "inboundMessage": "inbound_message_webhook_event",
    "replacedLinkClick": "replaced_link_click_webhook_event",
}
PLAIN = {str: "string", datetime.datetime: "string", int: "integer", float: "number", bool: "boolean", object: "any"}


class Shapes:
    """What stands at each path of one type."""

    def __init__(self):
        self.paths = {}

    def at(self, path):
        return self.paths.setdefault(path, {"kinds": set(), "values": set(), "required": False, "open": False})

    def read(self, annotation, path, within=()):
        origin = get_origin(annotation)
        name = getattr(origin, "__name__", "")
        if origin in (Required, NotRequired, Annotated):
            self.read(get_args(annotation)[0], path, within)
        elif origin is Union or origin is types.UnionType:
            for member in get_args(annotation):
                if member is not type(None):
                    self.read(member, path, within)
        elif origin is Literal:
            self.at(path)["kinds"].add("string")
            self.at(path)["values"].update(str(value) for value in get_args(annotation))
        elif origin is list or name in ("SequenceNotStr", "Iterable", "Sequence"):
            self.at(path)["kinds"].add("array")
            self.read(get_args(annotation)[0], path + "[]", within)
        elif origin is dict:
            self.at(path)["kinds"].add("object")
            self.at(path)["open"] = True
        elif annotation in PLAIN:
            self.at(path)["kinds"].add(PLAIN[annotation])
        elif annotation in within:
            pass
        elif is_typeddict(annotation):
            self.at(path)["kinds"].add("object")
            for key, member in get_type_hints(annotation, include_extras=True).items():
                below = f"{path}.{alias_of(member) or key}"
                written = repr(annotation.__annotations__.get(key))
                if get_origin(member) is Required or re.search(r"\bRequired\[", written):
                    self.at(below)["required"] = True
                self.read(member, below, (*within, annotation))
        elif inspect.isclass(annotation) and issubclass(annotation, pydantic.BaseModel):
            self.at(path)["kinds"].add("object")
            self.at(path)["open"] |= "__pydantic_extra__" in annotation.__annotations__
            for key, field in annotation.model_fields.items():
                below = f"{path}.{field.alias or key}"
                self.at(below)["required"] |= field.is_required()
                self.read(field.annotation, below, (*within, annotation))
        else:
            raise SystemExit(f"what is {annotation!r} at {path}?")

    def json(self):
        return {
            path: {**shape, "kinds": sorted(shape["kinds"]), "values": sorted(shape["values"])}
            for path, shape in self.paths.items()
        }


def alias_of(annotation):
    """The name on the wire, where it is not that of the parameter."""
    while get_origin(annotation) in (Required, NotRequired):
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is not Annotated:
        return None
    return next((note.alias for note in get_args(annotation)[1:] if getattr(note, "alias", None)), None)


def load(module):
    module = importlib.import_module(f"telnyx.types.{module}")
    return getattr(module, module.__all__[0])


def shapes_of(module, path=""):
    shapes = Shapes()
    shapes.read(load(module), path)
    return shapes.json()


def main():
    found = {}
    for operation, (sent, answered) in OPERATIONS.items():
        found[f"{operation} request"] = shapes_of(sent) if sent else {}
        if answered.startswith("list "):
            found[f"{operation} response"] = shapes_of(answered[5:], ".data[]")
        else:
            found[f"{operation} response"] = shapes_of(answered)
    for event, module in EVENTS.items():
        found[f"{event} event"] = shapes_of(module)
    json.dump(found, sys.stdout)


main()
