//! Suggestions work: the generator accepts each line for `sdk.yaml` that a note or warning suggests, and then drops the message.

use serde_yaml::Value;
use telnyx_codegen::{Input, Source, generate};

use crate::fixtures;

#[test]
fn each_line_that_a_note_or_a_warning_offers_is_accepted_and_settles_it() {
    let mut offers = 0;
    let mut refused = Vec::new();
    for fixture in fixtures::all("emit") {
        // One that is refused is reported by the snapshots.
        let Ok(said) = said(&fixture.input) else {
            continue;
        };
        for Offer { note, line } in offered(&said) {
            offers += 1;
            let input = with_line(&fixture.input, &line);
            if !self::said(&input).is_ok_and(|said| !said.contains(&note)) {
                refused.push(format!("{}: {note}: {line}", fixture.name));
            }
        }
    }
    assert!(offers > 40, "{offers} lines are offered");
    assert_eq!(refused, [""; 0], "of {offers} lines");
}

/// A note or a warning, and the line that has to settle it.
struct Offer {
    note: String,
    line: String,
}

fn said(input: &Input) -> Result<String, String> {
    match generate(input) {
        Ok(output) => Ok(output.diagnostics.render(input, false)),
        Err(mistakes) => Err(mistakes.render(input, false)),
    }
}

/// The offers among diagnostics. One that leaves something to be filled in is no line yet.
fn offered(said: &str) -> Vec<Offer> {
    let mut offers = Vec::new();
    let mut note = "";
    for line in said.lines() {
        if line.starts_with("note: ") || line.starts_with("warning: ") {
            note = line;
        }
        let Some((_, help)) = line.split_once("= help: ") else {
            continue;
        };
        let Some((said, rest)) = help.split_once("sdk.yaml") else {
            continue;
        };
        let text = rest
            .split_once('`')
            .and_then(|(_, rest)| rest.rsplit_once('`'));
        let Some((text, _)) = text.filter(|(text, _)| text.contains('{') && !text.contains('…'))
        else {
            continue;
        };
        // Other things are offered by errors, whose input gives nothing to compare with.
        if note.is_empty() || said.contains("did you mean") {
            continue;
        }
        offers.push(Offer {
            note: note.to_owned(),
            line: text.to_owned(),
        });
    }
    offers
}

/// The input with a line more in its configuration.
fn with_line(input: &Input, line: &str) -> Input {
    let mut config = match &input.config {
        Some(source) => serde_yaml::from_slice(&source.bytes).expect("the fixture is YAML"),
        None => Value::Mapping(serde_yaml::Mapping::new()),
    };
    let line: Value = serde_yaml::from_str(line).expect("what is offered is YAML");
    merge(&mut config, line);
    let text = serde_yaml::to_string(&config).expect("it can be written");
    let source = Source {
        name: "offered.sdk.yaml".to_owned(),
        bytes: text.into_bytes(),
    };
    Input {
        config: Some(source),
        ..input.clone()
    }
}

fn merge(config: &mut Value, line: Value) {
    match (config, line) {
        (Value::Mapping(config), Value::Mapping(line)) => {
            for (key, value) in line {
                match config.get_mut(&key) {
                    Some(known) => merge(known, value),
                    None => _ = config.insert(key, value),
                }
            }
        }
        (config, line) => *config = line,
    }
}
