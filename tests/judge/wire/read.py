"""Reads requests back with openapi-core, and compares what it finds with what was given.

Arguments: the folder with document.json, cases.json and sent.jsonl, and the file of exceptions: names, each with its reason.
Exits with 1 if something differs that has no reason there, or a reason has nothing that differs.
"""

import datetime
import json
import sys
import urllib.parse
from pathlib import Path

from openapi_core import OpenAPI
from openapi_core.deserializing.styles import style_deserializers
from openapi_core.testing import MockRequest
from werkzeug.datastructures import ImmutableMultiDict


def request_of(sent):
    """The request as openapi-core takes it, its path and its query decoded as servers do."""
    target = urllib.parse.urlsplit(sent["target"])
    headers = dict(sent["headers"])
    request = MockRequest(
        "http://localhost",
        sent["method"].lower(),
        urllib.parse.unquote(target.path.removeprefix("/v2")),
        args=ImmutableMultiDict(urllib.parse.parse_qsl(target.query, keep_blank_values=True)),
        headers=headers,
        data=sent["body"].encode() or None,
        content_type=headers.get("content-type", ""),
    )
    return request


def plain(value):
    """The value as JSON has it."""
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if hasattr(value, "__dict__") and not isinstance(value, (str, int, float, bool)):
        return {key: plain(inner) for key, inner in vars(value).items()}
    return value


def know_styles():
    """Gives the reader the values of three styles as it wants them.

    It looks for labels and matrices under `.p` and `;p`, which its paths cannot hold, and splits at the `%20` of a value that
    servers have decoded.
    """

    def wrap(style, of):
        loads = style_deserializers[style]

        def wrapped(explode, name, schema_type, location):
            return loads(explode, name, schema_type, of(explode, name, location[name]))

        style_deserializers[style] = wrapped

    for style, mark in (("label", "."), ("matrix", ";")):
        wrap(style, lambda explode, name, value, mark=mark: {mark + name + "*" * explode: value})
    wrap("spaceDelimited", lambda explode, name, value: {name: value.replace(" ", "%20")})


def found(result, place):
    """The value that came, of a part or a parameter."""
    if place in ("path", "query", "header"):
        return plain(getattr(result.parameters, place).get("p"))
    body = plain(result.body)
    return body.get("p") if isinstance(body, dict) else body


def complaint(openapi, case, sent):
    """What differs; None if nothing does."""
    result = openapi.unmarshal_request(request_of(sent))
    if result.errors:
        causes = []
        for error in result.errors:
            while error is not None:
                causes.append(str(error).split("\n")[0])
                error = error.__cause__
        return "cannot be read: " + "; ".join(dict.fromkeys(causes))
    value = found(result, case["place"])
    if value != case["expected"] or type(value) is not type(case["expected"]):
        return f"came as {value!r}, not as {case['expected']!r}"
    return None


def main():
    folder, exceptions = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text())
    know_styles()
    openapi = OpenAPI.from_dict(json.loads((folder / "document.json").read_text()))
    lines = (folder / "sent.jsonl").read_text().splitlines()
    sent = {line["id"]: line for line in map(json.loads, lines)}
    cases = json.loads((folder / "cases.json").read_text())
    wrong = excepted = 0
    used = set()
    for case in cases:
        said = complaint(openapi, case, sent[case["id"]])
        if said and case["id"] in exceptions:
            excepted += 1
            used.add(case["id"])
        elif said:
            wrong += 1
            print(f"{case['id']}: {sent[case['id']]['target']} {sent[case['id']]['body']!r}: {said}")
    unused = [name for name in exceptions if name not in used]
    for name in unused:
        print(f"{name}: is listed as an exception, and nothing differs")
    same = len(cases) - wrong - excepted
    print(f"{len(cases)} read back: {same} the same, {excepted} differ for a reason, {wrong} wrong")
    return 1 if wrong or unused else 0


sys.exit(main())
