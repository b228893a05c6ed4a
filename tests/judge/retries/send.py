"""Sends one message with Telnyx's Python client and prints how that ended. Arguments: base URL, timeout in seconds."""

import sys

import telnyx

base_url, timeout = sys.argv[1:]
client = telnyx.Telnyx(api_key="KEY", base_url=base_url, timeout=float(timeout))
try:
    client.messages.send(to="+13125550001", from_="+13125550000", text="Hello")
except telnyx.TelnyxError as error:
    print(type(error).__name__)
else:
    print("success")
