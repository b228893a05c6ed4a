//! Mistakes in documents, overlays and `sdk.yaml`: an input for each mistake, and its diagnostics.

use telnyx_codegen::generate;

use crate::fixtures::{self, Fixture};

#[test]
fn each_mistake_gets_the_sentences_of_its_snapshot() {
    fixtures::check("reject", show);
}

fn show(fixture: &Fixture) -> String {
    let diagnostics = match generate(&fixture.input) {
        Ok(output) => output.diagnostics,
        Err(diagnostics) => diagnostics,
    };
    diagnostics.render(&fixture.input, false)
}
