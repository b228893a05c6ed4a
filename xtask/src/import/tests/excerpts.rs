//! What a document lacks, and documents that are none of the API.

use super::*;

#[test]
fn a_document_that_is_a_part_takes_away_nothing_by_what_it_lacks() {
    let (all, _) = parsed(OURS);
    let (part, _) = parsed("paths: {}\ncomponents: {}\n");
    assert!(slice::is_part(&part, &all));
    let (completed, kept) = slice::completed(&part, &structure(&all, Keys::Keywords));
    assert_eq!(kept, ["SendNote"]);
    assert!(same(&completed, &all, Keys::Keywords));

    let (other, _) = parsed("paths: { /calls: { post: { operationId: Dial } } }");
    assert!(!slice::is_part(&other, &all));
}

/// Two families of operations; the components are those of the first notes.
const FAMILIES: &str = "\
paths:
  /notes:
    post:
      operationId: SendNote
      tags: [Notes]
      responses:
        '400':
          $ref: '#/components/responses/Shared'

  /pens:
    get:
      operationId: ListPens
      tags: [Pens]
      responses:
        '400':
          $ref: '#/components/responses/Wrong'
        '500':
          $ref: '#/components/responses/Shared'
    post:
      operationId: CreatePen
      tags: [Pens]
      responses: {}

  /inks:
    get:
      operationId: ListInks
      tags: [Inks]
      responses: {}

components:
  responses:
    Shared:
      description: The request failed.
      content: {}

    Wrong:
      description: The request is wrong.
      content: {}
";

/// The part of the families that has only these paths and responses.
fn excerpt(paths: &str, responses: &str) -> String {
    let start = FAMILIES.find("\n  /pens").expect("it is there");
    format!(
        "{}{paths}\ncomponents:\n  responses:\n{responses}",
        &FAMILIES[..start]
    )
}

const SHARED: &str = "    Shared:\n      description: It failed.\n      content: {}\n";
const FAX: &str =
    "  /faxes:\n    post:\n      operationId: SendFax\n      tags: [Notes]\n      responses: {}\n";

#[test]
fn what_an_excerpt_with_a_new_operation_lacks_stays() {
    let published = excerpt(FAX, SHARED);
    let found = outcome(false, FAMILIES, FAMILIES, &published);
    assert_eq!(found.kept, ["ListPens", "CreatePen", "ListInks"]);
    let due = FAMILIES.replace(
        "\n  /pens",
        "\n  /faxes:\n    post:\n      operationId: SendFax\n      tags:\n        - Notes\n      responses: {}\n\n  /pens",
    );
    assert_eq!(found.spec, due);
    let lock = found.lock.expect("it has the new operation");
    for kept in ["ListPens", "CreatePen", "ListInks", "SendFax", "Wrong"] {
        assert!(lock.contains(kept), "{lock}");
    }
}

#[test]
fn what_a_document_lacks_is_removed_if_that_is_wanted() {
    let published = excerpt("", SHARED);
    let found = outcome(true, FAMILIES, FAMILIES, &published);
    assert_eq!(found.kept, [""; 0]);
    let start = FAMILIES.find("\n  /pens").expect("it is there");
    let end = FAMILIES.find("\ncomponents").expect("it is there");
    let wrong = FAMILIES.find("\n    Wrong").expect("it is there");
    let due = format!("{}{}", &FAMILIES[..start], &FAMILIES[end..wrong]);
    assert_eq!(found.spec, due);
}

#[test]
fn one_operation_of_a_path_is_removed_without_the_others() {
    let start = FAMILIES.find("    post:\n      operationId: CreatePen");
    let end = FAMILIES.find("\n  /inks").expect("it is there");
    let published = format!(
        "{}{}",
        &FAMILIES[..start.expect("it is there")],
        &FAMILIES[end..]
    );
    assert_eq!(
        outcome(false, FAMILIES, FAMILIES, &published).spec,
        FAMILIES
    );
    assert_eq!(
        outcome(true, FAMILIES, FAMILIES, &published).spec,
        published
    );
}

#[test]
fn a_new_operation_of_a_family_does_not_make_a_document_whole() {
    let (all, _) = parsed(FAMILIES);
    let (part, _) = parsed(&excerpt(FAX, SHARED));
    assert!(slice::is_part(&part, &all));
    let (whole, _) = parsed(&excerpt(&FAX.replace("[Notes]", "[Faxes]"), SHARED));
    assert!(!slice::is_part(&whole, &all));
}

#[test]
fn a_component_that_an_excerpt_never_had_has_no_new_name_in_it() {
    let gone = "        '410':\n          $ref: '#/components/responses/Gone'\n";
    let published = excerpt(
        gone,
        &format!("{SHARED}{}", SHARED.replace("Shared", "Gone")),
    );
    let found = outcome(false, FAMILIES, FAMILIES, &published);
    let response = "    Gone:\n      description: TODO(import)\n      content: {}\n";
    let due = FAMILIES
        .replace("\n  /pens", &format!("{gone}\n  /pens"))
        .replace("\n    Wrong", &format!("\n{response}\n    Wrong"));
    assert_eq!(found.spec, due);
}

#[test]
fn a_component_that_other_places_refer_to_is_not_a_new_name() {
    // The whole document has another response in another place, and the old one is gone.
    let wrong = "        '400':\n          $ref: '#/components/responses/Wrong'\n";
    let gone = wrong.replace("400", "410").replace("Wrong", "Gone");
    let published = FAMILIES.replace(wrong, &gone).replace("Wrong:", "Gone:");
    let found = outcome(true, FAMILIES, FAMILIES, &published);
    assert!(
        !found.spec.contains("The request is wrong."),
        "{}",
        found.spec
    );
    assert!(
        found
            .spec
            .contains("    Gone:\n      description: TODO(import)")
    );
}

#[test]
fn a_component_of_an_excerpt_has_its_new_name_in_all_operations() {
    let published = excerpt("", SHARED).replace("Shared", "Failed");
    let found = outcome(false, FAMILIES, FAMILIES, &published);
    assert_eq!(found.spec, FAMILIES.replace("Shared", "Failed"));
    assert!(!found.lock.expect("it has the new name").contains("Shared"));
}

#[test]
fn a_component_that_an_excerpt_used_is_gone_with_its_last_use() {
    let ours = FAMILIES.replace("    get:\n      operationId: ListInks\n      tags: [Inks]\n      responses: {}\n",
        "    get:\n      operationId: ListInks\n      tags: [Inks]\n      responses:\n        '400':\n          $ref: '#/components/responses/Wrong'\n");
    let start = ours.find("\n  /notes").expect("it is there");
    let pens = ours.find("\n  /pens").expect("it is there");
    let inks = ours.find("\n  /inks").expect("it is there");
    let end = ours.find("\ncomponents").expect("it is there");
    let (notes, rest) = (&ours[start..pens], &ours[inks..end]);
    // Without the pens, and without the use in the inks. The pens use it still.
    let wrong = "        '400':\n          $ref: '#/components/responses/Wrong'\n";
    let without = rest.replace(&format!("\n{}", wrong.trim_end()), " {}");
    let published = format!("paths:{notes}{without}\ncomponents:\n  responses:\n{SHARED}");
    let found = outcome(false, &ours, &ours, &published);
    assert!(found.spec.contains("    Wrong:"), "{}", found.spec);
    // Nothing else uses it.
    let ours = format!("{}{}{}", &ours[..pens], rest, &ours[end..]);
    let published = format!("paths:{without}\ncomponents:\n  responses:\n{SHARED}");
    let found = outcome(false, &ours, &ours, &published);
    assert_eq!(found.kept, ["SendNote"]);
    assert!(!found.spec.contains("Wrong"), "{}", found.spec);
    assert!(found.spec.contains("    Shared:"), "{}", found.spec);
}

#[test]
fn a_document_without_an_operation_of_the_spec_is_refused() {
    let refused = |text: &str| {
        let ((published, _), (ours, _)) = (parsed(text), parsed(FAMILIES));
        let choice = slice::Choice {
            wanted: &[],
            left_out: &[],
        };
        slice::check(&slice::of(&published, &ours, choice), Path::new("new.yaml")).err()
    };
    let due =
        "new.yaml has none of the operations and webhooks of the spec: is it Telnyx's document?";
    for text in ["a: 1", "paths: {}", &FAX.replacen("  ", "paths:\n  ", 1)] {
        assert_eq!(refused(text).as_deref(), Some(due), "{text}");
    }
    assert_eq!(refused(FAMILIES), None);
    let twice = FAMILIES.replace("CreatePen", "SendNote");
    assert_eq!(
        refused(&twice).as_deref(),
        Some(
            "new.yaml: the operationId `SendNote` stands at `post /notes` and at `post /pens`, but must be unique: correct a copy \
             of the document, and import that"
        )
    );
}
