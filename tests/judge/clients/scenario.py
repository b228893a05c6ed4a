"""Plays the scenario with Telnyx's Python client. Arguments: the port for webhooks. Prints what happened, a line each."""

import http.server
import json
import os
import queue
import sys
import threading
import urllib.request

import telnyx

FROM, TO = "+13125550000", "+13125550001"
client = telnyx.Telnyx(api_key="KEY", max_retries=0)  # TELNYX_BASE_URL, TELNYX_PUBLIC_KEY
events = queue.Queue()


class Webhooks(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        client.webhooks.unwrap(body, headers=dict(self.headers))
        events.put(json.loads(body)["data"])
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def send():
    try:
        client.messages.send(from_=FROM, to=TO, text="Hello")
        print("accepted")
    except telnyx.APIStatusError as error:
        print(f"refused with {error.body['errors'][0]['code']}" if isinstance(error.body, dict) else error)


def receive(text):
    control = os.environ["TELNYX_BASE_URL"].removesuffix("/v2") + "/_mock/receive"
    body = json.dumps({"from": TO, "to": FROM, "text": text}).encode()
    urllib.request.urlopen(urllib.request.Request(control, body))


def expect(count):
    for _ in range(count):
        event = events.get(timeout=10)
        print(event["event_type"], event["payload"]["to"][0]["status"], flush=True)


server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Webhooks)
threading.Thread(target=server.serve_forever, daemon=True).start()
send()
expect(2)
receive("STOP")
expect(1)
send()
receive("START")
expect(1)
send()
expect(2)
