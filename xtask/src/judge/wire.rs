//! Compares the serialization of inputs with `openapi-core`.
//!
//! A document has an operation for each place, type, style and explode. If the generator accepts a combination without a warning,
//! the command compiles the operation, sends the request through a transport that stores it, and decodes the request with
//! `openapi-core`. Each combination is checked alone, so a difference names its combination.

use std::path::Path;
use std::process::Command;

use telnyx_codegen::{Input, Severity, Source, generate};

use crate::print;
use crate::process;
use crate::workspace::{copy_crate, root, write};

/// A kind of value: its schema, the Rust code for the value, and the JSON that decoding must return.
struct Kind {
    name: &'static str,
    schema: &'static str,
    rust: &'static str,
    json: &'static str,
}

const KINDS: [Kind; 10] = [
    Kind {
        name: "text",
        schema: r#"{"type": "string"}"#,
        rust: r#""a b&c=d+e%f""#,
        json: r#""a b&c=d+e%f""#,
    },
    Kind {
        name: "integer",
        schema: r#"{"type": "integer"}"#,
        rust: "-7",
        json: "-7",
    },
    Kind {
        name: "number",
        schema: r#"{"type": "number"}"#,
        rust: "1.5",
        json: "1.5",
    },
    Kind {
        name: "boolean",
        schema: r#"{"type": "boolean"}"#,
        rust: "true",
        json: "true",
    },
    Kind {
        name: "choice",
        schema: r#"{"type": "string", "enum": ["x", "y z"]}"#,
        rust: r#""y z""#,
        json: r#""y z""#,
    },
    Kind {
        name: "either",
        schema: r#"{"oneOf": [{"type": "integer"}, {"type": "string", "pattern": "[a-z]"}]}"#,
        rust: r#""\"a b\"".parse::<telnyx_messaging::Json>().unwrap()"#,
        json: r#""a b""#,
    },
    Kind {
        name: "texts",
        schema: r#"{"type": "array", "items": {"type": "string"}}"#,
        rust: r#"["a b", "c&d=e", "f"]"#,
        json: r#"["a b", "c&d=e", "f"]"#,
    },
    Kind {
        name: "integers",
        schema: r#"{"type": "array", "items": {"type": "integer"}}"#,
        rust: "[1, -2]",
        json: "[1, -2]",
    },
    OBJECT,
    Kind {
        name: "map",
        schema: r#"{"type": "object", "additionalProperties": {"type": "string"}}"#,
        rust: r#"std::collections::BTreeMap::from([("k l".to_owned(), "v&w".to_owned())])"#,
        json: r#"{"k l": "v&w"}"#,
    },
];

const OBJECT: Kind = Kind {
    name: "object",
    schema: r#"{"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}"#,
    rust: "",
    json: r#"{"a": "c d", "b": 2}"#,
};

/// A way to write a value: place, style and explode. Without a style, the place's default applies.
type Way = (&'static str, &'static str, Option<bool>);

const WAYS: [Way; 28] = [
    ("path", "", None),
    ("path", "simple", Some(false)),
    ("path", "simple", Some(true)),
    ("path", "label", Some(false)),
    ("path", "label", Some(true)),
    ("path", "matrix", Some(false)),
    ("path", "matrix", Some(true)),
    ("query", "", None),
    ("query", "form", Some(false)),
    ("query", "form", Some(true)),
    ("query", "spaceDelimited", Some(false)),
    ("query", "spaceDelimited", Some(true)),
    ("query", "pipeDelimited", Some(false)),
    ("query", "pipeDelimited", Some(true)),
    ("query", "deepObject", Some(true)),
    ("header", "", None),
    ("header", "simple", Some(false)),
    ("header", "simple", Some(true)),
    ("json", "", None),
    ("urlencoded", "", None),
    ("urlencoded", "form", Some(false)),
    ("urlencoded", "form", Some(true)),
    ("urlencoded", "spaceDelimited", Some(false)),
    ("urlencoded", "pipeDelimited", Some(false)),
    ("urlencoded", "deepObject", Some(true)),
    ("multipart", "", None),
    ("multipart", "form", Some(false)),
    ("multipart", "form", Some(true)),
];

/// Runs the comparison, and returns whether all differences are listed with a reason.
pub(super) fn run(python: &Path) -> Result<bool, String> {
    let folder = root().join("target/judge/wire");
    let mut paths = Vec::new();
    let mut program = PROGRAM.to_owned();
    let mut cases = Vec::new();
    let (mut refused, mut told) = (0, 0);
    for way in WAYS {
        for kind in &KINDS {
            let (id, path) = operation(way, kind);
            match said(&document(&path)) {
                None => refused += 1,
                Some(said) if !said.is_empty() => told += 1,
                Some(_) => {
                    program.push_str(&format!(
                        "    show({id:?}, |client| {}.run_blocking());\n",
                        call(&id, way, kind)
                    ));
                    cases.push(format!(
                        r#"{{"id": {id:?}, "place": {:?}, "expected": {}}}"#,
                        way.0, kind.json
                    ));
                    paths.push(path);
                }
            }
        }
    }
    program.push_str("}\n");
    let document = document(&paths.join(", "));
    let output = generate(&input(&document)).map_err(|mistakes| {
        format!(
            "each operation works alone, but they fail together:\n{}",
            mistakes.render(&input(&document), false)
        )
    })?;
    let copy = folder.join("copy");
    copy_crate(&copy, &["src/api", "fuzz"])?;
    for file in &output.files {
        write(&copy.join("generated/src/api").join(&file.path), &file.text)?;
    }
    let tracker = copy.join("generated/src/webhook/delivery_tracker.rs");
    write(&tracker, crate::try_document::DELIVERY_TRACKER)?;
    write(&copy.join("generated/src/delivery.rs"), "")?;
    write(&copy.join("generated/src/bin/wire.rs"), program)?;
    write(&folder.join("document.json"), &document)?;
    write(
        &folder.join("cases.json"),
        format!("[{}]", cases.join(",\n")),
    )?;
    let sent = Command::new("cargo")
        .args(["run", "--quiet", "--offline", "--bin", "wire"])
        .args(["--no-default-features", "--features=blocking,testing"])
        .current_dir(&copy)
        .env("CARGO_TARGET_DIR", folder.join("build"))
        .env("RUSTFLAGS", "-Aunused -Amissing_docs")
        .output()
        .map_err(|error| format!("cargo cannot be started: {error}"))?;
    if !sent.status.success() {
        return Err(String::from_utf8_lossy(&sent.stderr).into_owned());
    }
    write(&folder.join("sent.jsonl"), sent.stdout)?;
    print::line(format_args!(
        "{} combinations: {} sent, {told} with a warning, {refused} rejected",
        WAYS.len() * KINDS.len(),
        cases.len()
    ))?;
    let here = root().join("tests/judge/wire");
    let mut read = Command::new(python);
    read.arg(here.join("read.py"))
        .arg(&folder)
        .arg(here.join("exceptions.json"));
    match process::run(&mut read)?.code() {
        Some(0) => Ok(true),
        Some(1) => Ok(false),
        _ => Err("what was sent cannot be read".to_owned()),
    }
}

/// The generator's diagnostics for a document, without notes; `None` if the generator rejects the document.
fn said(document: &str) -> Option<String> {
    let input = input(document);
    let output = generate(&input).ok()?;
    let said = output.diagnostics.down_to(Severity::Warning);
    Some(said.render(&input, false))
}

fn input(document: &str) -> Input {
    Input::from(Source {
        name: "wire.json".to_owned(),
        bytes: document.into(),
    })
}

fn document(paths: &str) -> String {
    format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "wire", "version": "1"}}, "paths": {{{paths}}}}}"#
    )
}

/// The operation of a combination, with its name and path.
fn operation((place, style, explode): Way, kind: &Kind) -> (String, String) {
    let explode_word = match explode {
        None => "",
        Some(true) => "apart",
        Some(false) => "joined",
    };
    let style_word = style.to_lowercase();
    let id: Vec<&str> = [place, &style_word, explode_word, kind.name]
        .into_iter()
        .filter(|word| !word.is_empty())
        .collect();
    let id = id.join("_");
    let mut said = String::new();
    if !style.is_empty() {
        said.push_str(&format!(r#", "style": {style:?}"#));
    }
    if let Some(explode) = explode {
        said.push_str(&format!(r#", "explode": {explode}"#));
    }
    let schema = kind.schema;
    let (path, inside) = match place {
        "path" => (
            format!("/{id}/{{p}}"),
            format!(
                r#""parameters": [{{"name": "p", "in": "path", "required": true, "schema": {schema}{said}}}]"#
            ),
        ),
        "query" | "header" => (
            format!("/{id}"),
            format!(
                r#""parameters": [{{"name": "p", "in": {place:?}, "schema": {schema}{said}}}]"#
            ),
        ),
        _ => {
            let content_type = match place {
                "json" => "application/json",
                "multipart" => "multipart/form-data",
                _ => "application/x-www-form-urlencoded",
            };
            let encoding = match said.strip_prefix(", ") {
                Some(said) => format!(r#", "encoding": {{"p": {{{said}}}}}"#),
                None => String::new(),
            };
            (
                format!("/{id}"),
                format!(
                    r#""requestBody": {{"required": true, "content": {{{content_type:?}: {{"schema": {{"type": "object", "properties": {{"p": {schema}}}}}{encoding}}}}}}}"#
                ),
            )
        }
    };
    let operation = format!(
        r#"{path:?}: {{"post": {{"operationId": {id:?}, "tags": ["wire"], {inside}, "responses": {{"204": {{"description": "ok"}}}}}}}}"#
    );
    (id, operation)
}

/// The Rust code that sends the request.
fn call(id: &str, (place, style, explode): Way, kind: &Kind) -> String {
    let method = format!("client.wire().{id}");
    if kind.name != OBJECT.name {
        return match place {
            "path" => format!("{method}({})", kind.rust),
            _ => format!("{method}().p({})", kind.rust),
        };
    }
    let is_written_out = match place {
        "query" => explode != Some(false),
        "urlencoded" | "multipart" => explode == Some(true),
        _ => false,
    };
    match (is_written_out, style) {
        (true, "deepObject") => format!(r#"{method}().p_a("c d").p_b(2)"#),
        (true, _) => format!(r#"{method}().a("c d").b(2)"#),
        // Schemas with the same structure share a type, which has the name of the first operation that contains it as a whole.
        (false, _) => format!(r#"{method}().p(types::JsonObjectP::new().a("c d").b(2))"#),
    }
}

/// The start of the program, before its statements. It prints a line of JSON for each request.
const PROGRAM: &str = r#"//! Prints what is sent.

use telnyx_messaging::transport::MockTransport;
use telnyx_messaging::{Client, Result, types};

fn show<T>(id: &str, send: impl FnOnce(&Client) -> Result<T>) {
    let transport = MockTransport::new([]);
    let client = transport.builder().build().expect("the settings are right");
    let result = send(&client);
    let Some(request) = transport.requests().pop() else {
        panic!("{id} sends nothing: {:?}", result.err());
    };
    let (head, body) = request.into_parts();
    let headers: Vec<(&str, &str)> = head
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.to_str().expect("it is text")))
        .collect();
    let sent = serde_json::json!({
        "id": id,
        "method": head.method.as_str(),
        "target": head.uri.path_and_query().expect("it has a path").as_str(),
        "headers": headers,
        "body": String::from_utf8_lossy(&body),
    });
    println!("{sent}");
}

fn main() {
"#;
