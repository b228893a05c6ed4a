//! Properties, parameters, components and responses that change their names or their places.

use super::*;

/// A document with one schema that has these properties.
fn note(properties: &str) -> String {
    format!("paths: {{}}\ncomponents:\n  schemas:\n    Note:\n      properties:\n{properties}")
}

const TEXTS: &str = "        a:\n          type: string\n        b:\n          type: string\n";

#[test]
fn a_property_takes_the_place_of_another() {
    let last = "        d:\n          type: string\n";
    let new = "        c:\n          type: integer\n          format: int32\n";
    let ours = note(&format!("{TEXTS}{last}"));
    let published = note(&format!("{}{new}{last}", &TEXTS[..TEXTS.len() / 2]));
    assert_eq!(imported(&ours, &ours, &published), Ok(published));
}

#[test]
fn what_is_new_in_the_last_part_comes_before_what_is_new_behind_it() {
    let ours = note(TEXTS);
    let published = note(
        "        c:\n          type: integer\n        a:\n          type: string\n        b:\n          type: string\n          maxLength: 3\n",
    );
    let due = note(&format!(
        "{TEXTS}          maxLength: 3\n        c:\n          type: integer\n"
    ));
    assert_eq!(imported(&ours, &ours, &published), Ok(due));
}

#[test]
fn parameters_of_one_name_are_told_apart_by_where_they_stand() {
    let ours = "\
paths:
  /notes/{id}:
    get:
      operationId: GetNote
      parameters:
        - name: id
          in: path
          required: true
          schema:
            type: string
        - name: id
          in: query
          schema:
            type: string
";
    let published = ours.replace(
        "in: query\n          schema:\n            type: string",
        "in: query\n          schema:\n            type: integer",
    );
    assert_eq!(imported(ours, ours, &published), Ok(published));
}

/// An operation that leads to the schema `User`.
const USERS: &str = "\
paths:
  /users:
    get:
      operationId: GetUser
      requestBody:
        $ref: '#/components/schemas/User'
";

#[test]
fn a_component_is_renamed_without_those_that_only_start_like_it() {
    let components = "\
components:
  schemas:
    A:
      type: string
    A-long:
      type: integer
    A.long:
      type: boolean
    User:
      oneOf:
        - $ref: '#/components/schemas/A'
        - $ref: '#/components/schemas/A-long'
        - $ref: '#/components/schemas/A.long'
";
    let ours = format!("{USERS}{components}");
    let published = ours
        .replace("    A:", "    C:")
        .replace("schemas/A'", "schemas/C'");
    assert_eq!(imported(&ours, &ours, &published), Ok(published));
}

#[test]
fn a_component_is_renamed_however_it_is_written() {
    for (old, new) in [
        ("    A: { type: string }", "    C: { type: string }"),
        (
            "    A:   # the first\n      type: string",
            "    C:   # the first\n      type: string",
        ),
        ("    'A':\n      type: string", "    C:\n      type: string"),
    ] {
        let document = |component: &str, name: &str| {
            format!(
                "{USERS}components:\n  schemas:\n{component}\n    User:\n      items:\n        $ref: '#/components/schemas/{name}'\n"
            )
        };
        let (ours, published) = (document(old, "A"), document(new, "C"));
        assert_eq!(imported(&ours, &ours, &published), Ok(published));
    }
}

#[test]
fn two_renamed_components_of_one_structure_stay_two() {
    let document = |first: &str, second: &str| {
        format!(
            "\
{USERS}components:
  schemas:
    {first}:
      type: string
    {second}:
      type: string
    User:
      properties:
        one:
          $ref: '#/components/schemas/{first}'
        two:
          $ref: '#/components/schemas/{second}'
"
        )
    };
    let (ours, published) = (document("A", "B"), document("C", "D"));
    assert_eq!(imported(&ours, &ours, &published), Ok(published));
}

#[test]
fn a_component_and_what_it_refers_to_are_renamed_together() {
    let document = |outer: &str, inner: &str| {
        format!(
            "{USERS}components:\n  schemas:\n    {outer}:\n      items:\n        $ref: '#/components/schemas/{inner}'\n    {inner}:\n      type: string\n    User:\n      items:\n        $ref: '#/components/schemas/{outer}'\n"
        )
    };
    let (ours, published) = (document("A", "B"), document("C", "D"));
    assert_eq!(imported(&ours, &ours, &published), Ok(published));
}

#[test]
fn the_default_response_has_a_description_like_the_others() {
    let ours = OURS.replace("'200'", "default");
    let published = ours.replace("Sent.", "It was sent.");
    assert_eq!(imported(&ours, &ours, &published), Ok(ours.clone()));
    let kept = structure(&parsed(&published).0, Keys::Keywords).to_yaml();
    assert!(!kept.contains("It was sent."), "{kept}");
}

#[test]
fn data_is_copied_with_what_it_calls_a_description() {
    let ours = note(TEXTS);
    let example = "          example:\n            description: hello\n            summary: '1'\n";
    let published = note(&format!("{TEXTS}        c:\n{example}"));
    assert_eq!(imported(&ours, &ours, &published), Ok(published));
}

#[test]
fn a_description_in_data_is_carried() {
    let document = |text: &str| note(&format!("        a:\n          example: {text}\n"));
    let (ours, published) = (
        document("{ description: old }"),
        document("{ description: new }"),
    );
    assert_eq!(imported(&ours, &ours, &published), Ok(published));
}

#[test]
fn an_edit_that_would_damage_the_text_is_refused() {
    // The same place is repeated by an alias, and only one of the two changes.
    let ours = "\
paths: {}
components:
  schemas:
    Note:
      properties:
        one: &one
          type: string
          maxLength: 3
        two: *one
";
    let published = "\
paths: {}
components:
  schemas:
    Note:
      properties:
        one:
          type: string
          maxLength: 4
        two:
          type: string
          maxLength: 3
";
    let refused = imported(ours, ours, published).expect_err("both would change");
    assert_eq!(
        refused,
        [
            "the changes of openapi.yaml would damage openapi.yaml:8:22, so nothing was written: change that part by hand, and import \
             again"
        ]
    );

    // A key behind a question mark is further to the right than its mapping.
    let ours = note("        ? a\n        : type: string\n");
    let published =
        note("        a:\n          type: string\n        c:\n          type: string\n");
    let refused = imported(&ours, &ours, &published).expect_err("the new key would be misplaced");
    assert!(refused[0].contains("nothing was written"), "{refused:?}");
}

#[test]
fn what_is_emptied_is_written_empty() {
    let ours = note(TEXTS);
    assert_eq!(
        imported(
            &ours,
            &ours,
            &note("        {}\n").replace("properties:\n        {}", "properties: {}")
        ),
        Ok("paths: {}\ncomponents:\n  schemas:\n    Note:\n      properties: {}\n".to_owned())
    );
    let ours = note("        a:\n          enum:\n            - one\n");
    let due = note("        a:\n          enum: []\n");
    assert_eq!(imported(&ours, &ours, &due), Ok(due));
}

#[test]
fn an_operation_that_moves_makes_room_for_a_new_one() {
    let document = |first: &str, second: &str| {
        let operation = |path: &str, id: &str| {
            format!("  {path}:\n    post:\n      operationId: {id}\n      tags:\n        - Notes\n")
        };
        let second = match second {
            "" => String::new(),
            second => operation("/b", second),
        };
        format!("paths:\n{}{second}", operation("/a", first))
    };
    let (ours, _) = parsed(&document("Old", ""));
    let (published, _) = parsed(&document("New", "Old"));
    let (old, new) = (
        operation::operations(&ours, "paths"),
        operation::operations(&published, "paths"),
    );
    assert_eq!(
        old[0].find_in(&old, &new).map(|found| found.path),
        Some("/b")
    );
    assert!(new[0].find_in(&new, &old).is_none());
}

#[test]
fn what_the_operations_of_a_path_share_is_carried() {
    let parameters = "    parameters:\n      - name: id\n        in: path\n        schema:\n          type: string\n";
    let path = |schema: &str| {
        let parameters = parameters.replace("type: string", schema);
        let operation = "    get:\n      operationId: GetPen\n      tags:\n        - Notes\n";
        format!("  /pens/{{id}}:\n{operation}{parameters}\n")
    };
    let with = |path: &str| OURS.replace("\ncomponents", &format!("\n{path}components"));
    let published = with(&path("type: string"));
    let once = imported_with(&["GetPen"], OURS, OURS, &published).expect("there is no conflict");
    assert_eq!(once, published);

    let changed = with(&path("type: integer"));
    assert_eq!(imported(&once, &published, &changed), Ok(changed));
}
