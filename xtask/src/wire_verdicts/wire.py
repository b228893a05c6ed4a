"""Finds out what becomes of a published crate when the API changes, with the package jsonschema.

Arguments: a program that speaks for the old crates, and a file with a line for each pair: the module of the old crate, the
old document, the new document, with tabs between. The program is started once.

What the old crate may send by its own document is sent, and checked by the new document. What the new document allows is
sampled, and read by the old crate. Operations and webhooks that both documents have alike are left out, because the pair of
the old document with itself shows what becomes of them. That pair leaves nothing out.

Prints a line for each pair, with tabs: `fine` or `broken` for requests, `fine`, `partly read` or `broken` for responses and
events, how many of both there were, and why.
"""

import collections
import email
import email.policy
import fnmatch
import functools
import itertools
import json
import re
import subprocess
import sys
import urllib.parse

import jsonschema
import referencing.jsonschema

NAME = "urn:document"
METHODS = ("get", "post", "put", "patch", "delete", "head")
# Texts that differ in length, letters and meaning: those that a schema allows are tried.
TEXTS = (
    "text", "2026-01-12T12:00:00.000Z", "40385f64-5717-4562-b3fc-2c963f66afa6", "+13125550001", "A1 b-2.", "12", "1.5", "",
    "https://example.com/a", "abc", "GSM", "one@example.com",
)
MOST = 200
# What tells the kind of an event, and what it is about.
KINDS = ("event_type", "record_type", "payload")
# The parameter for the number of a page.
NUMBER = "page[number]"
# What a format of integers allows.
RANGES = {"int32": (-(2**31), 2**31 - 1), "uint64": (0, 2**64 - 1)}
GRAVITY = ("fine", "partly read", "broken")


class Document:
    """A document of OpenAPI, brought to the JSON Schema of 2020-12. `leaves` is the keyword of what does not travel this way."""

    def __init__(self, path, leaves):
        with open(path) as file:
            self.root = normalised(json.load(file), leaves)
        self.operations, self.ids = {}, {}
        for path, item in self.root.get("paths", {}).items():
            item = self.resolve(item)
            for method in METHODS:
                if method in item:
                    shared = item.get("parameters", [])
                    operation = dict(item[method])
                    named = {}
                    for parameter in [*shared, *operation.get("parameters", [])]:
                        parameter = self.resolve(parameter)
                        named[parameter["in"], parameter["name"]] = parameter
                    operation["parameters"] = list(named.values())
                    name = f"{method.upper()} {path}"
                    self.operations[name] = operation
                    # Of two operations with one id, the crate calls the second by its path.
                    id = operation.get("operationId")
                    plain_name = re.split("[?#]", name)[0]
                    self.ids[name] = plain_name if id is None or id in self.ids.values() else id
        self.webhooks = {}
        for name, item in self.root.get("webhooks", {}).items():
            item = self.resolve(item)
            body = next((item[method] for method in METHODS if method in item), {}).get("requestBody")
            schema = body and self.content(self.resolve(body))[1]
            if schema is not None:
                self.webhooks[name] = schema

    def resolve(self, part):
        while isinstance(part, dict) and "$ref" in part:
            found = self.root
            for name in part["$ref"].removeprefix("#/").split("/"):
                name = urllib.parse.unquote(name).replace("~1", "/").replace("~0", "~")
                found = found[int(name)] if isinstance(found, list) else found[name]
            part = found
        return part

    def content(self, part):
        """The type and the schema of a body: of JSON where there is any."""
        content = part.get("content", {})
        for kind, media in content.items():
            if kind.split(";")[0].strip() in ("application/json", "*/*") or kind.split(";")[0].endswith("+json"):
                return kind, media.get("schema", {})
        for kind, media in content.items():
            return kind, media.get("schema", {})
        return None, None

    def successes(self, operation):
        """The successes by status, each with its schema. Of the bodies, the first and all others that are JSON."""
        responses = operation.get("responses", {})
        codes = sorted(code for code in responses if code.upper().startswith("2")) or ["default"]
        told = [(code, *self.content(self.resolve(responses[code]))) for code in codes if code in responses]
        first = next((code for code, kind, _ in told if kind), None)
        for code, kind, schema in told or [("200", None, None)]:
            if kind is None or code == first or "json" in kind:
                status = int(code) if code.isdigit() else 200
                yield status, schema if kind and "json" in kind else None

    def references(self, part):
        """All that a part refers to, as texts."""
        texts, left = {}, [part]
        while left:
            part = left.pop()
            if isinstance(part, list):
                left += part
            elif isinstance(part, dict):
                left += part.values()
                name = part.get("$ref")
                if isinstance(name, str) and name not in texts:
                    target = self.resolve({"$ref": name})
                    texts[name] = json.dumps(target, sort_keys=True)
                    left.append(target)
        return texts

    @functools.cached_property
    def texts(self):
        """What each operation and webhook says."""
        parts = {**self.operations, **{("webhook", name): schema for name, schema in self.webhooks.items()}}
        return {name: (json.dumps(part, sort_keys=True), self.references(part)) for name, part in parts.items()}

    def is_alike(self, name, other):
        """Whether another document says the same of an operation or webhook."""
        return self.texts[name] == other.texts.get(name)

    def is_valid(self, schema, value):
        return self.validator(json.dumps(schema, sort_keys=True)).is_valid(value)

    @functools.cache
    def validator(self, text):
        # References lead to where the document has what they name.
        schema = json.loads(text.replace('"$ref": "#/', f'"$ref": "{NAME}#/'))
        return jsonschema.Draft202012Validator(schema, registry=self.registry)

    @functools.cached_property
    def registry(self):
        document = referencing.Resource(self.root, referencing.jsonschema.DRAFT202012)
        return referencing.Registry().with_resource(NAME, document).crawl()


def normalised(node, leaves):
    if isinstance(node, list):
        return [normalised(item, leaves) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: part(key, value, leaves) for key, value in node.items()}
    if node.pop("nullable", None) is True:
        kind = node.get("type")
        if isinstance(kind, str):
            node["type"] = [kind, "null"]
        if isinstance(node.get("enum"), list) and None not in node["enum"]:
            node["enum"] = [*node["enum"], None]
        if "type" not in node and any(key in node for key in ("$ref", "allOf", "oneOf", "anyOf")):
            node = {"anyOf": [node, {"type": "null"}]}
    for keyword, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(node.get(keyword), bool):
            if node.pop(keyword) and limit in node:
                node[keyword] = node.pop(limit)
    # Branches of open objects overlap: what fits two of them is not refused.
    if "oneOf" in node and "anyOf" not in node:
        node["anyOf"] = node.pop("oneOf")
    tag = node["discriminator"].get("propertyName") if isinstance(node.get("discriminator"), dict) else None
    if tag and "anyOf" in node and leaves == "readOnly":
        node["required"] = [*node.get("required", []), tag]
    if node.get("type") == "integer" and node.get("format") in RANGES:
        least, most = RANGES[node["format"]]
        node = {"minimum": least, "maximum": most, **node}
    if node.pop("x-text-property", None) and leaves == "writeOnly":
        node = {"anyOf": [node, {"type": "string"}]}
    if node.pop("x-one-or-list", None) is True:
        node = {"anyOf": [node, node.get("items", {})]}
    required, properties = node.get("required"), node.get("properties")
    if isinstance(required, list) and isinstance(properties, dict):
        node["required"] = [
            name for name in required if not (isinstance(properties.get(name), dict) and properties[name].get(leaves) is True)
        ]
    return node


def part(key, value, leaves):
    if key in ("example", "examples", "default", "enum", "const"):
        return value
    if key in ("properties", "schemas") and isinstance(value, dict):
        # Its keys are names, not keywords.
        return {name: normalised(schema, leaves) for name, schema in value.items()}
    return normalised(value, leaves)


class Sampler:
    """Values that a schema allows: the fullest first, then each way in which one part may be another."""

    def __init__(self, document, leaves):
        self.document = document
        self.leaves = leaves
        self.known = {}

    def merged(self, schema):
        """The schema with references followed and every `allOf` merged."""
        schema = self.document.resolve(schema)
        if not isinstance(schema, dict):
            return {}
        parts = schema.get("allOf")
        if not parts:
            return schema
        whole = {}
        for part in [*map(self.merged, parts), {key: value for key, value in schema.items() if key != "allOf"}]:
            for key, value in part.items():
                if key == "properties":
                    whole[key] = {**whole.get(key, {}), **value}
                elif key == "required":
                    whole[key] = sorted({*whole.get(key, []), *value})
                else:
                    whole[key] = value
        return whole

    def values(self, schema, above=()):
        name = schema.get("$ref") if isinstance(schema, dict) else None
        if name is not None and above.count(name) > 1:
            return []
        above = (*above, name) if name else above
        schema = self.merged(schema)
        found = []
        branches = schema.get("anyOf", [])
        if branches:
            found = self.one_of(schema, branches, above)
        elif "const" in schema:
            found = [schema["const"]]
        elif "enum" in schema:
            found = list(schema["enum"])
        else:
            for kind in kinds(schema):
                found += self.of_kind(kind, schema, above)
        # Null is the least that is told.
        return [value for value in found if value is not None] + [None] * (None in found)

    def samples(self, schema, names=("data",)):
        """What the schema allows of a response or an event."""
        validator = self.document.validator(json.dumps(schema, sort_keys=True))
        return [value for value in self.values(self.enveloped(schema, names)) if validator.is_valid(value)]

    def enveloped(self, schema, names=("data",)):
        """The schema with its envelope for good: the crate has no use for a response or an event without it."""
        schema = self.merged(schema)
        properties = dict(schema.get("properties", {}))
        there = [name for name in names if name in properties]
        if not there:
            return schema
        if len(names) > 1 and "data" in properties:
            properties["data"] = self.enveloped(properties["data"], KINDS)
        return {**schema, "properties": properties, "required": [*schema.get("required", []), *there]}

    def event_kinds(self, schema):
        """The values that tell the kind of an event."""
        properties = {name: self.merged(schema) for name, schema in self.merged(schema).get("properties", {}).items()}
        found = self.event_kinds(properties["data"]) if "data" in properties else set()
        for name in KINDS[:2]:
            told = properties.get(name, {})
            found = found or set(told.get("enum", [told["const"]] if "const" in told else []))
        return found

    def with_kind(self, schema, body, kind):
        """An event whose property for the kind has this value."""
        schema = self.merged(schema)
        properties = schema.get("properties", {})
        inside = properties.get("data")
        if inside is not None and isinstance(body.get("data"), dict):
            data = self.with_kind(inside, body["data"], kind)
            if data != body["data"]:
                return {**body, "data": data}
        name = next((name for name in KINDS[:2] if name in properties), None)
        return {**body, name: kind} if name else body

    def one_of(self, schema, branches, above):
        rest = {key: value for key, value in schema.items() if key != "anyOf"}
        tag = schema.get("discriminator", {}).get("propertyName") or self.implied(branches)
        named = schema.get("discriminator", {}).get("mapping", {})
        found = []
        for branch in branches:
            whole = self.merged({"allOf": [rest, branch]}) if "properties" in rest else branch
            values = self.values(whole, (*above, branch.get("$ref")) if "$ref" in branch else above)
            told = [key for key, target in named.items() if target.split("/")[-1] == branch.get("$ref", "").split("/")[-1]]
            for value in values:
                if tag and isinstance(value, dict):
                    # Without its tag, no reader tells a member.
                    own = self.merged(self.merged(branch).get("properties", {}).get(tag, {}))
                    own = own.get("enum") or ([own["const"]] if "const" in own else [])
                    if not isinstance(value.get(tag), str):
                        if not (own or told):
                            continue
                        value = {**value, tag: (own or told)[0]}
                    if told and value[tag] not in told and not own:
                        value = {**value, tag: told[0]}
                found.append(value)
            if tag and values and isinstance(values[0], dict):
                found += [{**values[0], tag: key} for key in told]
        return found

    def implied(self, branches):
        """The property that has a list of values in each branch."""
        common = None
        for branch in map(self.merged, branches):
            if "null" in kinds(branch):
                continue
            told = {
                name for name, part in branch.get("properties", {}).items() if {"enum", "const"} & set(self.merged(part))
            }
            common = told if common is None else common & told
        return min(common) if common else None

    def of_kind(self, kind, schema, above):
        if kind == "object":
            return self.objects(schema, above)
        if kind == "array":
            return self.arrays(schema, above)
        if kind == "boolean":
            return [True, False]
        if kind == "null":
            return [None]
        if kind in ("integer", "number"):
            edges = [schema[key] for key in ("minimum", "maximum", "default") if key in schema]
            numbers = [7, 1, 0, 100, -1, *edges] + [1.5, 2.25] * (kind == "number")
            numbers += [2**40, 2**63] if schema.get("format") == "uint64" else [2**40]
            return self.valid({**schema, "type": kind}, numbers)
        if schema.get("format") in ("date-time", "date"):
            return self.valid({**schema, "type": "string"}, ["2026-01-12T12:00:00.000Z", "2026-01-12T12:00:00+01:00", "2026-01-12"])
        longest, shortest = schema.get("maxLength", 300), schema.get("minLength", 0)
        texts = [*TEXTS, "a" * longest, "a" * shortest, "1" * shortest]
        example = schema.get("example")
        found = self.valid({**schema, "type": "string"}, [example] * isinstance(example, str) + texts)
        return found or ["text"]

    def valid(self, schema, values):
        schema = {key: value for key, value in schema.items() if key not in ("example", "examples", "description", "title")}
        key = json.dumps([schema, values], sort_keys=True)
        if key not in self.known:
            validator = self.document.validator(json.dumps(schema, sort_keys=True))
            found = self.known[key] = []
            found += [value for at, value in enumerate(values) if value not in values[:at] and validator.is_valid(value)]
        return list(self.known[key])

    def objects(self, schema, above):
        properties = schema.get("properties", {})
        required = schema.get("required", [])
        if not properties:
            return self.maps(schema, above)
        lists = {}
        for name, part in properties.items():
            if isinstance(part, dict) and self.document.resolve(part).get(self.leaves) is True:
                continue
            values = self.values(part, above)
            if values:
                lists[name] = values
        if isinstance(schema.get("additionalProperties"), dict):
            name = "another property"
            while name in properties:
                name += "!"
            lists[name] = self.values(schema["additionalProperties"], above)
        return choices(lists, set(required))

    def maps(self, schema, above):
        values = schema.get("additionalProperties")
        if isinstance(values, dict):
            found = [{"a key": value} for value in self.values(values, above)]
            return [*found, *[{"a key": entry["a key"], "another key": entry["a key"]} for entry in found[:1]], {}]
        required = {name: "text" for name in schema.get("required", [])}
        if values is False:
            return [required]
        return [{"free": [1, None, "form"], **required}, required]

    def arrays(self, schema, above):
        items = self.values(schema.get("items", {}), above)
        least, most = schema.get("minItems", 0), schema.get("maxItems")
        if not items:
            return [[]]
        if schema.get("uniqueItems"):
            return [items[: max(least, 1)]] + [[item] for item in items[1:] if least <= 1] + [[]] * (least == 0)
        found = [[item] * max(least, 1) for item in items]
        found += [[]] * (least == 0)
        if most and most <= MOST:
            found.append([items[0]] * most)
        elif most is None:
            found.append([items[0]] * 3)
        return found


def kinds(schema):
    kind = schema.get("type")
    if isinstance(kind, list):
        return kind
    if kind:
        return [kind]
    if "properties" in schema or "additionalProperties" in schema:
        return ["object"]
    if "items" in schema:
        return ["array"]
    return ["string", "integer", "boolean", "object", "null"] if not schema.keys() - {"description", "title", "example"} else ["string"]


def choices(lists, required):
    """All properties with their first values; then one after the other with each of its other values, and without it."""
    full = {name: values[0] for name, values in lists.items()}
    found = [full]
    for name, values in lists.items():
        found += [{**full, name: value} for value in values[1:]]
        if name not in required:
            found.append({other: value for other, value in full.items() if other != name})
    found.append({name: value for name, value in full.items() if name in required})
    return found


def requests(document, operation):
    """What an application may give to a call, by where it travels."""
    sampler = Sampler(document, "readOnly")
    lists, required = {}, set()
    for parameter in operation["parameters"]:
        schema = parameter.get("schema") or document.content(parameter)[1] or {}
        place = parameter["in"]
        whole = sampler.merged(schema)
        is_deep = parameter.get("style") == "deepObject"
        is_spread = is_deep or "schema" in parameter and parameter.get("explode", parameter.get("style", "form") == "form")
        if place == "query" and is_spread and "properties" in whole:
            for name, part in whole["properties"].items():
                values = [value for value in sampler.values(part) if is_deep or value is not None and value != ""]
                if values:
                    lists[f"query {parameter['name']}[{name}]" if is_deep else f"query {name}"] = values
            continue
        key = f"{place} {parameter['name']}"
        values = [value for value in sampler.values(schema) if place != "path" or value not in ("", None)]
        if place in ("header", "query"):
            values = [value for value in values if value is not None and value != ""]
        if values:
            lists[key] = values
        if parameter.get("required"):
            required.add(key)
    body = operation.get("requestBody")
    if body:
        _, schema = document.content(document.resolve(body))
        whole = sampler.merged(schema or {})
        if "properties" in whole:
            for name, part in whole["properties"].items():
                if isinstance(part, dict) and document.resolve(part).get("readOnly") is True:
                    continue
                values = sampler.values(part)
                if values:
                    lists[f"body {name}"] = values
                if name in whole.get("required", []):
                    required.add(f"body {name}")
        else:
            lists["whole"] = sampler.values(schema or {})
            required.add("whole")
    return choices(lists, required)


def plain(operation):
    return re.sub(r"\{[^}]*\}", "{}", operation.split("?")[0])


class Judge:
    """What a document says of a request."""

    def __init__(self, document):
        self.document = document
        self.routes = []
        for name, operation in document.operations.items():
            method, path = name.split(" ", 1)
            pattern = re.sub(r"\\\{[^}]*\\\}", "([^/]+)", re.escape(path.split("?")[0]).replace("\\{", "\\{").replace("\\}", "\\}"))
            names = re.findall(r"\{([^}]*)\}", path)
            fixed = set(urllib.parse.parse_qsl(path.partition("?")[2], keep_blank_values=True))
            self.routes.append((path.count("{"), method, re.compile(pattern + "$"), names, fixed, operation))
        # Of two operations of one path, the one with a fixed query first.
        self.routes.sort(key=lambda route: (route[0], -len(route[4])))
        self.known, self.meanings = {}, {}

    def refusal(self, sent):
        key = json.dumps(sent, sort_keys=True)
        if key not in self.known:
            self.known[key] = self.look(sent)
        return self.known[key]

    def route(self, sent):
        """The operation of a request, and the values of its path."""
        path = sent["path"].removeprefix("/v2")
        for _, method, pattern, names, fixed, operation in self.routes:
            found = pattern.match(path) if method == sent["method"] else None
            if found and fixed == fixed & set(urllib.parse.parse_qsl(sent["query"], keep_blank_values=True)):
                values = {("path", name): [urllib.parse.unquote(value)] for name, value in zip(names, found.groups())}
                return operation, values
        return None, {}

    def given(self, sent):
        """The operation of a request, and its values by place and name."""
        operation, given = self.route(sent)
        for name, value in urllib.parse.parse_qsl(sent["query"], keep_blank_values=True):
            given.setdefault(("query", name), []).append(value)
        for name, value in sent["headers"].items():
            given["header", name.lower()] = [value]
        return operation, given

    def meaning(self, sent):
        key = json.dumps(sent, sort_keys=True)
        if key not in self.meanings:
            self.meanings[key] = self.meant(sent)
        return self.meanings[key]

    def meant(self, sent):
        """What a request says to whoever reads it by the document, where more than one notation is possible.

        Gives the values, the names that the document has, the maps whose entries have any name, and the short names of what is
        written without the name of its object."""
        operation, given = self.given(sent)
        meant, known, maps, short = {}, set(), set(), {}
        variables = [name for place, name in given if place == "path"]
        for parameter in operation["parameters"] if operation else []:
            place, name = parameter["in"], parameter["name"]
            if place == "path":
                start = {"label": ".", "matrix": f";{name}="}.get(parameter.get("style"), "")
                meant[variables.index(name)] = given[place, name][0].removeprefix(start)
                known.add(variables.index(name))
            if place != "query":
                continue
            query = {key: values for (where, key), values in given.items() if where == "query"}
            schema = Sampler(self.document, "readOnly").merged(parameter.get("schema") or {})
            if "schema" not in parameter:
                # An object as JSON says the same as in any other notation.
                schema = Sampler(self.document, "readOnly").merged(self.document.content(parameter)[1] or {})
                told = meanings(query.get(name, [""])[0])[-1]
                if "properties" in schema:
                    known |= {f"{name}[{key}]" for key in schema["properties"]}
                    entries = told.items() if isinstance(told, dict) else ()
                    meant |= {f"{name}[{key}]": [value if isinstance(value, str) else json.dumps(value)] for key, value in entries}
                    continue
            is_deep = parameter.get("style") == "deepObject"
            if is_deep or "object" in kinds(schema) and "type" in schema and parameter.get("explode", True):
                known |= {f"{name}[{key}]" for key in schema.get("properties", {})}
                maps |= set() if "properties" in schema else {name}
                named = {one["name"] for one in operation["parameters"]}
                for key, values in query.items():
                    if is_deep and key.startswith(f"{name}["):
                        meant[key] = values
                    elif not is_deep and key in schema.get("properties", {} if key.split("[")[0] in named else {key}):
                        meant[f"{name}[{key}]"] = values
                        short[f"{name}[{key}]"] = key
                continue
            if "object" in kinds(schema) and "properties" in schema:
                # `name=key,value`
                known |= {f"{name}[{key}]" for key in schema["properties"]}
                flat = given.get((place, name), [""])[0].split(",")
                meant |= {f"{name}[{key}]": [value] for key, value in zip(flat[::2], flat[1::2])}
                continue
            known.add(name)
            values = given.get((place, name))
            if values is None:
                continue
            if "array" in kinds(schema) and not parameter.get("explode", parameter.get("style", "form") == "form"):
                values = values[0].split({"pipeDelimited": "|", "spaceDelimited": " "}.get(parameter.get("style"), ","))
            meant[name] = values if "array" in kinds(schema) else values[:1]
        return meant, known, maps, short

    def look(self, sent):
        operation, given = self.given(sent)
        if operation is None:
            return "there is no such operation"
        security = operation.get("security", self.document.root.get("security", []))
        if security and all(security) and ("header", "authorization") not in given:
            return "it takes a key"
        for parameter in operation["parameters"]:
            refusal = self.parameter(parameter, given)
            if refusal:
                return refusal
        return self.accepted(operation, sent) or self.body(operation, sent)

    def accepted(self, operation, sent):
        """A server that cannot give what `Accept` names may refuse the request."""
        responses = operation.get("responses", {})
        codes = [code for code in responses if code.startswith("2")] or ["default"] * ("default" in responses)
        told = [essential(kind) for code in codes for kind in self.document.resolve(responses[code]).get("content", {})]
        ranges = [essential(kind) for kind in sent["headers"].get("accept", "*/*").split(",")]
        if not told or any(fnmatch.fnmatch(kind, one) or fnmatch.fnmatch(one, kind) for kind in told for one in ranges):
            return None
        return f"it accepts {ranges}, and the response is {told}"

    def parameter(self, parameter, given):
        place, name = parameter["in"], parameter["name"]
        schema = parameter.get("schema") or self.document.content(parameter)[1] or {}
        if place == "query" and parameter.get("style") == "deepObject":
            whole = {}
            for (where, key), values in given.items():
                found = re.fullmatch(re.escape(name) + r"\[(.*)\]", key) if where == "query" else None
                if found:
                    whole[found[1]] = values[0]
            if not whole:
                return f"`{name}` is missing" if parameter.get("required") else None
            # Its members are texts, which may stand for anything.
            due = Sampler(self.document, "readOnly").merged(schema).get("required", [])
            missing = [key for key in due if key not in whole]
            return f"`{name}[{missing[0]}]` is missing" if missing else None
        values = given.get((place, name.lower() if place == "header" else name))
        if values is None:
            return f"`{name}` is missing" if parameter.get("required") else None
        whole = Sampler(self.document, "readOnly").merged(schema)
        if "array" in kinds(whole):
            if not parameter.get("explode", place == "query") or place != "query":
                values = values[0].split(",")
            readings = itertools.product(*[meanings(value) for value in values[:4]])
            fits = any(self.document.is_valid(schema, [*reading, *values[4:]]) for reading in readings)
        else:
            readings = meanings(values[0])
            if "schema" not in parameter:
                # What has a content type is JSON, so that a text has quotes.
                readings = readings[1:]
            fits = any(self.document.is_valid(schema, value) for value in readings)
        return None if fits else f"`{name}` may not be {values}"

    def body(self, operation, sent):
        if "requestBody" not in operation:
            return None
        part = self.document.resolve(operation["requestBody"])
        if not sent["body"]:
            return "its body is missing" if part.get("required") else None
        told = essential(sent["headers"].get("content-type", ""))
        content = {essential(kind): media for kind, media in part.get("content", {}).items()}
        media = content[told] if told in content else content.get("*/*")
        if media is None:
            return f"its body may not be {told}"
        if told == "multipart/form-data":
            return self.parts(media, sent)
        if told != "application/json" and not told.endswith("+json"):
            return None
        schema = media.get("schema", {})
        value = json.loads(sent["body"])
        if self.document.is_valid(schema, value):
            return None
        error = next(self.document.validator(json.dumps(schema, sort_keys=True)).iter_errors(value))
        return f"{error.json_path}: {error.message}"[:300]


    def parts(self, media, sent):
        """The parts of a form have the content types that the document gives them, and a list as many parts as it has items."""
        head = f"Content-Type: {sent['headers']['content-type']}\r\n\r\n"
        form = email.message_from_bytes((head + sent["body"]).encode(), policy=email.policy.HTTP)
        properties = Sampler(self.document, "readOnly").merged(media.get("schema", {})).get("properties", {})
        for part in form.iter_parts():
            name = part.get_param("name", header="content-disposition")
            schema = Sampler(self.document, "readOnly").merged(properties.get(name, {}))
            encoding = media.get("encoding", {}).get(name, {})
            is_text = not {"object", "array"} & set(kinds(schema))
            item = Sampler(self.document, "readOnly").merged(schema.get("items", {}))
            # An encoding comes before what the schema says of itself.
            own = schema.get("contentMediaType") or item.get("contentMediaType")
            usual = own or "text/plain" if own or is_text or "contentType" not in encoding and "items" in schema else "application/json"
            due = [essential(kind) for kind in encoding.get("contentType", usual).split(",")]
            is_free = schema.get("format") == "binary" and "contentType" not in encoding and not own
            if part.get_content_type() not in due and not is_free:
                return f"the part `{name}` may not be {part.get_content_type()}"
            has_bytes = own and "contentEncoding" not in schema and not own.startswith("text/")
            is_file = bool(has_bytes) or "binary" in (schema.get("format"), item.get("format"))
            if is_file != (part.get_filename() is not None):
                return f"the part `{name}` {'has no name of a file' if is_file else 'may not be a file'}"
            content = "" if is_file else part.get_content()
            joined = encoding.get("explode") is False and "," in content
            if "array" in kinds(schema) and "," in content and not joined:
                return f"the part `{name}` has several items in one"
        return None


def elsewhere(id, receiver, request):
    """The operation that a request reaches, if that is another one and its own is still there."""
    ids = receiver.document.ids
    reached = receiver.route(request)[0]
    names = [name for name, operation in receiver.document.operations.items() if operation is reached]
    is_other = all(ids[name] != id for name in names) and id in ids.values()
    return f"it reaches {ids[names[0]]}" if names and is_other else None


def misread(sender, receiver, request):
    """How a request is read, if that is not what it says."""
    says, _, _, short = sender.meaning(request)
    read, known, maps, _ = receiver.meaning(request)
    is_read = lambda name: name in known or str(name).split("[")[0] in maps
    if NUMBER in says and not is_read(NUMBER) and lists(sender, request):
        # The crate refuses the page that it already has.
        return "it asks for another page, and gets the first one"
    # A property without the name of its object may be a parameter of its own.
    says = {short[name] if name not in known and short.get(name) in known else name: value for name, value in says.items()}
    # What the receiver does not know, it ignores.
    says = {name: value for name, value in says.items() if is_read(name)}
    return None if says == read else f"it says {says}, and is read as {read}"


def lists(sender, request):
    """Whether the response to a request is a list in pages."""
    read = Sampler(sender.document, "readOnly").merged
    operation, _ = sender.route(request)
    told = [read(schema or {}).get("properties", {}) for _, schema in sender.document.successes(operation)]
    return any({"data"} <= set(body) <= {"data", "meta"} and "array" in kinds(read(body["data"])) for body in told)


def essential(kind):
    return kind.split(";")[0].strip().lower()


def meanings(text):
    """What a text may be in a path, a query or a header."""
    try:
        return [text, json.loads(text)]
    except ValueError:
        return [text]


class Program:
    """The old crates."""

    def __init__(self, path):
        self.path = path

    def run(self, commands):
        text = "\n".join(json.dumps(command) for command in commands)
        done = subprocess.run([self.path], input=text, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"the program failed: {done.stderr[-3000:]}")
        return [json.loads(line) for line in done.stdout.splitlines()]


def main():
    program = Program(sys.argv[1])
    with open(sys.argv[2]) as file:
        pairs = [line.rstrip("\n").split("\t") for line in file]
    paths = {module: old for module, old, _ in pairs}
    of_answers = {module: Document(old, "writeOnly") for module, old in paths.items()}
    senders = {module: Document(old, "readOnly") for module, old in paths.items()}
    calls = []
    for module, document in senders.items():
        for name, operation in document.operations.items():
            for given in requests(document, operation):
                calls.append({"module": module, "operation": document.ids[name], "given": given})
    told = program.run({"call": call} for call in calls)
    sent, failed = collections.defaultdict(list), collections.Counter()
    own = {module: Judge(document) for module, document in senders.items()}
    for call, outcome in zip(calls, told, strict=True):
        if "method" not in outcome:
            failed[call["module"], call["operation"], outcome.get("unfit") or outcome.get("unsent")] += 1
        elif own[call["module"]].refusal(outcome) is None:
            sent[call["module"]].append((call["operation"], outcome, essence(outcome)))
        else:
            failed[call["module"], call["operation"], own[call["module"]].refusal(outcome)] += 1
    for (module, operation, why), count in failed.items():
        print(f"{module} {operation}: {count} not sent: {why}", file=sys.stderr)

    names = {module: {plain(name): id for name, id in document.ids.items()} for module, document in senders.items()}
    samplers = {module: Sampler(document, "readOnly") for module, document in senders.items()}
    known_webhooks = recognised(program, senders)
    own_kinds = {
        module: {kind for name in known_webhooks[module] for kind in sampler.event_kinds(senders[module].webhooks[name])}
        for module, sampler in samplers.items()
    }
    by_new = collections.defaultdict(list)
    for index, (module, _, new) in enumerate(pairs):
        by_new[new].append((index, module))
    # Of each call, what carries answers: the first that was sent.
    carriers = [{"call": call} for call, outcome in zip(calls, told) if "method" in outcome]
    first = {(command["call"]["module"], command["call"]["operation"]): command for command in reversed(carriers)}
    samples, counted = Samples(), collections.Counter()
    for new, olds in by_new.items():
        reader = Document(new, "writeOnly")
        modules = sorted({module for _, module in olds})
        sampler = Sampler(reader, "writeOnly")

        def unlike(name):
            """The crates whose document says something else of an operation or webhook."""
            return [one for one in modules if paths[one] == new or not reader.is_alike(name, of_answers[one])]

        for name, operation in reader.operations.items():
            # The program knows a call by its name in the old document.
            callers = collections.defaultdict(list)
            for module in unlike(name):
                if plain(name) in names[module]:
                    callers[names[module][plain(name)]].append(module)
            if not callers:
                continue
            for status, schema in reader.successes(operation):
                for body in [None] if schema is None else sampler.samples(schema):
                    answer = {"status": status, "body": body, "empty": schema is None}
                    for known, those in callers.items():
                        samples.add("answer", {"operation": known, **answer}, those, new)
                        counted.update((new, module) for module in those)
        for name, schema in reader.webhooks.items():
            # A crate knows an event by its kind, even if the webhook has another name.
            told = sampler.event_kinds(schema)
            modules_of = unlike(("webhook", name))
            known = [module for module in modules_of if name in known_webhooks[module] or told & own_kinds[module]]
            by_kinds = collections.defaultdict(list)
            for module in known:
                # Of an event without kinds, the crate can only get those that it knows.
                kinds_of = samplers[module].event_kinds(senders[module].webhooks[name]) if not told else ()
                by_kinds[tuple(sorted(kinds_of))].append(module)
            for kinds_of, those in by_kinds.items():
                for body in sampler.samples(schema, ("data", *KINDS)):
                    for one in [sampler.with_kind(schema, body, kind) for kind in kinds_of] or [body]:
                        samples.add("event", {"body": one, "name": name}, those, new)
                        counted.update((new, module) for module in those)
    worst = samples.read(program, list(first.values()))
    results = {}
    for new, olds in by_new.items():
        judge = Judge(Document(new, "readOnly"))
        judged = {}
        for index, module in olds:
            requests_sent = sent[module]
            # If all operations have the paths that they had, a request reaches the same one.
            if paths[module] != new and list(senders[module].ids.items()) == list(judge.document.ids.items()):
                changed = {id for name, id in judge.document.ids.items() if not judge.document.is_alike(name, senders[module])}
                requests_sent = [one for one in requests_sent if one[0] in changed]
            for _, request, text in requests_sent:
                if text not in judged:
                    judged[text] = judge.refusal(request)
            refused = (
                (operation, judged[text] or elsewhere(operation, judge, request) or misread(own[module], judge, request))
                for operation, request, text in requests_sent
            )
            refused = next(((operation, why) for operation, why in refused if why), None)
            requests_are = ("broken", f"{refused[0]}: {refused[1]}") if refused else ("fine", "")
            read = worst.get((new, module), ("fine", ""))
            why = "; ".join(filter(None, [requests_are[1], read[1]])).replace("\n", " ").replace("\t", " ")
            results[index] = (requests_are[0], read[0], str(len(requests_sent)), str(counted[new, module]), why)
    for index in range(len(pairs)):
        print("\t".join(results[index]))


def recognised(program, senders):
    """The webhooks of which each crate reads events by its own document. The others have no kind that it knows."""
    commands, names = [], []
    for module, document in senders.items():
        sampler = Sampler(document, "writeOnly")
        for name, schema in document.webhooks.items():
            for body in sampler.samples(schema, ("data", *KINDS)):
                commands.append({"event": {"body": body, "name": name, "modules": [module], "id": len(names)}})
                names.append(name)
    # The program tells only what was not read wholly.
    told = {line["id"]: line["outcome"] for line in program.run(commands)}
    found = {module: set() for module in senders}
    for id, (command, name) in enumerate(zip(commands, names)):
        if told.get(id, "fine") in GRAVITY[:2]:
            found[command["event"]["modules"][0]].add(name)
    return found


def essence(request):
    """A request as text, without the key that the crate made for it: many old crates send the same."""
    return re.sub(r'"idempotency-key": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"', "", json.dumps(request, sort_keys=True))


class Samples:
    """Responses and events, each read once by each crate, however many documents allow it."""

    def __init__(self):
        self.of_text = {}
        self.users = collections.defaultdict(lambda: collections.defaultdict(list))
        # Events by document, crate and webhook: an event is lost if the crate knows none of its kinds.
        self.unknown = collections.Counter()

    def add(self, kind, sample, modules, document):
        text = json.dumps([kind, sample], sort_keys=True)
        self.of_text.setdefault(text, (kind, sample))
        for module in modules:
            self.users[text][module].append(document)
            if kind == "event":
                self.unknown[document, module, sample["name"]] += 1

    def read(self, program, begin):
        """The worst that happens to each module with each document, and why."""
        texts = list(self.of_text)
        commands = [*begin]
        for index, text in enumerate(texts):
            kind, sample = self.of_text[text]
            commands.append({kind: {**sample, "modules": list(self.users[text]), "id": index}})
        worst = {}
        for line in program.run(commands)[len(begin):]:
            if line["outcome"] == "new":
                text, module = texts[line["id"]], line["module"]
                for document in self.users[text][module]:
                    name = self.of_text[text][1]["name"]
                    self.unknown[document, module, name] -= 1
                    if not self.unknown[document, module, name]:
                        worst[document, module] = ("broken", f"{name}: no kind of it is known")
                continue
            text, module, outcome = texts[line["id"]], line["module"], line["outcome"]
            told = self.of_text[text][1].get("operation", "an event")
            for document in self.users[text][module]:
                if GRAVITY.index(outcome) > GRAVITY.index(worst.get((document, module), ("fine",))[0]):
                    worst[document, module] = (outcome, f"{told}: {line['why']}")
        return worst


main()
