"""Signs and verifies webhooks with Telnyx's Python client: a line of JSON in, a line of JSON out."""

import base64
import json
import sys
import time

import telnyx
from nacl.signing import SigningKey


def sign(question):
    key = SigningKey(base64.b64decode(question["seed"]))
    message = f"{question['timestamp']}|".encode() + base64.b64decode(question["body"])
    return {"signature": base64.b64encode(key.sign(message).signature).decode()}


def verify(question):
    time.time = lambda: float(question["now"])
    client = telnyx.Telnyx(api_key="KEY", public_key=question["public_key"])
    try:
        body = base64.b64decode(question["body"]).decode()
        client.webhooks.unwrap(body, headers=question["headers"])
    except Exception as error:
        return {"accepted": False, "reason": str(error)}
    return {"accepted": True}


for line in sys.stdin:
    question = json.loads(line)
    answer = sign(question) if question["ask"] == "sign" else verify(question)
    print(json.dumps(answer), flush=True)
