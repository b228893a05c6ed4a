"""Makes each call of calls.json with Telnyx's Python client. Prints a line for each: its outcome, and the value as JSON."""

import json
import pathlib
import sys

import telnyx

client = telnyx.Telnyx(api_key="KEY", max_retries=0)  # TELNYX_BASE_URL
kept = {}


def method_of(names):
    place = client
    for name in names.split("."):
        place = getattr(place, name, None)
    return place


def perform(call):
    method = method_of(call["method"])
    if method is None:
        return {"outcome": "missing"}
    path = [kept.get(name, name) for name in call.get("path", [])]
    arguments = {f"{name}_" if name == "from" else name: value for name, value in call.get("arguments", {}).items()}
    try:
        value = method(*path, **arguments)
    except Exception as error:
        return {"outcome": f"{type(error).__name__}: {error}"}
    value = json.loads(value.to_json()) if hasattr(value, "to_json") else value
    data = (value.get("data") or value) if isinstance(value, dict) else value
    if "keep" in call:
        kept[call["keep"]] = data.get("id") or data["order_id"]
    return {"outcome": "value", "value": data}


for call in json.loads(pathlib.Path(__file__).with_name("calls.json").read_text()):
    print(json.dumps({"call": f"{call['operation']}.{call['variant']}"} | perform(call)), flush=True)
