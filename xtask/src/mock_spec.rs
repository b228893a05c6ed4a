//! Writes the document for the mock in `tests/mock`: the spec with its overlay, as JSON and without descriptions.

use telnyx_codegen::Input;

use crate::import::without_prose;

pub(crate) const FILE: &str = "tests/mock/api.json";

/// The text of the file.
pub(crate) fn text(input: &Input) -> Result<String, String> {
    let merged = telnyx_codegen::merge(input).map_err(|_| "the spec has mistakes")?;
    Ok(without_prose(&merged.tree).to_json_lines() + "\n")
}

#[cfg(test)]
mod tests {
    use telnyx_codegen::Source;

    use super::*;

    #[test]
    fn the_keys_of_data_stay() {
        const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Notes, description: Words. }
paths: {}
components:
  schemas:
    Note:
      description: Words.
      properties: { description: { type: string, description: Words. } }
      const: { summary: data }
      examples: [{ description: data }]
  responses:
    Note: { description: Words., content: { application/json: { examples: { one: { summary: Words., value: { description: data } } } } } }
";
        let input = Input::from(Source {
            name: "openapi.yaml".to_owned(),
            bytes: DOCUMENT.into(),
        });
        let text = text(&input).expect("it has no mistake");
        assert_eq!(text.matches("data").count(), 3, "{text}");
        assert!(!text.contains("Words."), "{text}");
        assert!(text.contains("\"description\""), "{text}");
    }
}
