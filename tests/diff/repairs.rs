//! The repairs that a report offers.

use telnyx_codegen::Upgrade;

use super::{REPORTS, VERSION, before, diff};

#[test]
fn the_names_that_a_repair_gives_are_accepted_and_break_nothing() {
    let mut count = 0;
    for (case, report, _) in REPORTS.iter() {
        for change in &report.changes {
            let is_name = |repair: &&String| {
                repair.contains("in Rust, add this") || repair.contains("add this under `types`")
            };
            let Some(repair) = change.repair.as_ref().filter(is_name) else {
                continue;
            };
            let mut after = case.after();
            let config = after.config.as_mut().expect("it has names");
            let mut text = String::from_utf8(config.bytes.clone()).expect("it is text");
            let (section, line) = repair.rsplit_once(": `").expect("it gives a line");
            let line = line.trim_end_matches('`');
            text = match section {
                section if section.ends_with("`types` in sdk.yaml") => {
                    text.replace("\ntypes:\n", &format!("\ntypes:\n  {line}\n"))
                }
                section if section.ends_with("under `fields`") => {
                    format!("{text}fields:\n  {line}\n")
                }
                _ => {
                    let names = change.path.split(['.', ':']);
                    let request = format!("request: {}", names.rev().nth(1).unwrap_or_default());
                    text.replace(&request, &format!("names: {{ {line} }}, {request}"))
                }
            };
            config.bytes = text.into_bytes();
            let mended = diff(&before(), &after);
            let is_left = mended.changes.iter().any(|left| {
                left.rule == change.rule && left.path == change.path && left.rust == Upgrade::Major
            });
            assert!(
                !is_left,
                "{}: {repair}\n{}",
                case.name,
                mended.text(VERSION)
            );
            count += 1;
        }
    }
    assert!(count > 5, "{count}");
}
