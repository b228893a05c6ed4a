"""Checks exchanges by the spec, with the package jsonschema. Arguments: the merged document; exchanges as JSON on standard input.

Prints a line for each complaint: a response that is not valid, or does not hold what was sent.
"""

import json
import sys

import jsonschema

# What a request says that no response repeats.
ASKED = {
    "auto_detect": "decides on the encoding",
    "encoding": "a response names the encoding that came of it",
    "use_profile_webhooks": "decides where webhooks go",
    "send_at": "no response names it",
    "assign_only": "decides what a bulk update does",
}
# Of these operations, the response does not repeat these.
ASKED_OF = {
    ("BulkUpdateMessagingSettingsOnPhoneNumbers", "messaging_profile_id"): "a bulk update lists numbers",
    ("SendWhatsappMessage", "webhook_url"): "the response of WhatsApp has no place for it",
}

with open(sys.argv[1]) as file:
    document = json.load(file)
operations = {
    operation["operationId"]: operation
    for item in document["paths"].values()
    for method, operation in item.items()
    if method in {"get", "post", "put", "patch", "delete"}
}


def resolve(part):
    while "$ref" in part:
        found = document
        for name in part["$ref"].lstrip("#/").split("/"):
            found = found[name]
        part = found
    return part


def schema(operation, status):
    responses = operation["responses"]
    names = [str(status), f"{status // 100}XX", "default"]
    response = resolve(next(responses[name] for name in names if name in responses))
    return {"components": document["components"], **response["content"]["application/json"]["schema"]}


def leaves(value):
    if isinstance(value, dict):
        return {leaf for member in value.values() for leaf in leaves(member)}
    if isinstance(value, list):
        return {leaf for item in value for leaf in leaves(item)}
    return {json.dumps(value)}


def lost(name, request, response):
    held = leaves(response)
    for field, value in (request or {}).items():
        # An empty text takes a setting away.
        if value != "" and field not in ASKED and (name, field) not in ASKED_OF and not leaves(value) <= held:
            yield f"`{field}` was sent and is not in the response"


def complaints(exchange):
    name = exchange["operation"]
    whole = schema(operations[name], exchange["status"])
    for error in jsonschema.Draft202012Validator(whole).iter_errors(exchange["response"]):
        yield f"{error.json_path}: {error.message}"
    if exchange["status"] < 300:
        yield from lost(name, exchange["request"], exchange["response"])


for exchange in json.load(sys.stdin):
    for complaint in complaints(exchange):
        print(f"{exchange['operation']} {exchange['status']}: {complaint}")
