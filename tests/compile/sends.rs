//! Writes a program that prints the request of each operation of each fixture.
//!
//! The requests are the examples in the documentation, and those in lines `# sends: client.cats().list()` of a fixture.

use std::fmt::Write;

use telnyx_codegen::File;

use crate::fixtures::Fixture;

/// Stands before the name of each fixture in what the program prints.
pub(crate) const MARK: &str = "=== ";

/// The program up to where `main` begins; the statements of [`requests`] and a brace end it.
pub(crate) const START: &str = concat!(include_str!("program.rs"), "\nfn main() {\n");

/// The statements that show the requests of a fixture.
pub(crate) fn requests(fixture: &Fixture, files: &[File]) -> String {
    let name = &fixture.name;
    let text = fixture.text();
    let mut requests: Vec<String> = files.iter().flat_map(|file| examples(&file.text)).collect();
    let written = text
        .lines()
        .filter_map(|line| line.strip_prefix("# sends: "));
    requests.extend(written.map(str::to_owned));
    if requests.is_empty() {
        return String::new();
    }
    let mut statements = format!("    {{\n        println!(\"{MARK}{name}\");\n");
    let _ = writeln!(
        statements,
        "        use telnyx_messaging_fixtures::fixtures::{name}::types;"
    );
    for request in requests {
        // What stands for a text without an example is no ASCII, and would be refused in a path.
        let request = request.replace('…', "text");
        let _ = writeln!(
            statements,
            "        show(|client| {request}.run_blocking());"
        );
    }
    statements.push_str("    }\n");
    statements
}

/// The requests in the examples of the documentation.
fn examples(text: &str) -> Vec<String> {
    let lines = text
        .lines()
        .map(|line| line.trim_start().trim_start_matches("///").trim());
    let mut examples = Vec::new();
    let mut open: Option<String> = None;
    for line in lines {
        match &mut open {
            _ if line.starts_with("# async fn example") => open = Some(String::new()),
            Some(example) if line == "# Ok(())" => {
                let request = example.trim_end_matches(".await?;");
                let start = request.find("client").unwrap_or_default();
                examples.push(request[start..].to_owned());
                open = None;
            }
            Some(example) => example.push_str(line),
            None => {}
        }
    }
    examples
}
