//! Paths, webhooks and operations that move.

use super::*;

const NOTES: &str = "\
paths:
  /notes/{id}:
    get:
      operationId: GetNote
      tags: [Notes]
      parameters:
        - name: id
          description: Id of the note.
          in: path
          schema:
            type: string
    delete:
      operationId: LoseNote
      tags: [Notes]
      responses: {}

  /pens:
    get:
      operationId: ListPens
      tags: [Pens]
      responses: {}
    post:
      operationId: CreatePen
      tags: [Pens]
      responses: {}

webhooks:
  noteRead:
    post:
      operationId: NoteRead
      tags: [Notes]
";

#[test]
fn a_path_moves_with_all_its_operations() {
    let published = NOTES.replace("/notes/{id}", "/v2/notes/{id}");
    let found = outcome(false, NOTES, NOTES, &published);
    assert_eq!(found.spec, published);
    assert_eq!(
        found.report.done,
        [
            "~ GetNote: /notes/{id} → /v2/notes/{id}",
            "~ LoseNote: /notes/{id} → /v2/notes/{id}"
        ]
    );
    assert!(
        found
            .beside
            .overlay
            .contains("$.paths['/v2/notes/{id}', '/pens'].*")
    );
    assert!(found.lock.expect("it is merged").contains("/v2/notes/{id}"));
}

#[test]
fn paths_change_places() {
    let published = NOTES
        .replace("/notes/{id}", "/other")
        .replace("/pens", "/notes/{id}")
        .replace("/other", "/pens");
    let found = outcome(false, NOTES, NOTES, &published);
    assert_eq!(found.spec, published);
    assert!(
        found
            .beside
            .overlay
            .contains("$.paths['/pens', '/notes/{id}'].*")
    );
    let again = outcome(false, &found.spec, &published, &published);
    assert_eq!((again.spec, again.lock), (published, None));
}

#[test]
fn a_new_operation_comes_to_the_path_that_moved() {
    let new =
        "    put:\n      operationId: PutNote\n      tags:\n        - Notes\n      responses: {}\n";
    let published = NOTES
        .replace("/notes/{id}", "/v2/notes/{id}")
        .replace("\n  /pens", &format!("\n{new}\n  /pens"));
    let found = outcome(false, NOTES, NOTES, &published);
    assert_eq!(found.spec, published);
}

#[test]
fn a_webhook_has_its_new_name_in_the_configuration_too() {
    let published = NOTES.replace("noteRead:", "noteSeen:");
    let found = outcome(false, NOTES, NOTES, &published);
    assert_eq!(found.spec, published);
    assert_eq!(
        found.beside.config,
        "webhooks:\n  events:\n    noteSeen: { payload: data }\n"
    );
}

#[test]
fn a_change_by_hand_is_reported_until_it_is_done() {
    let apart = NOTES.replace("    delete:\n", "  /v2/notes/{id}:\n    delete:\n");
    let method = NOTES.replace(
        "    post:\n      operationId: CreatePen",
        "    put:\n      operationId: CreatePen",
    );
    let bracket = NOTES.replace(
        "[Pens]\n      responses: {}\n\n",
        "[Pens]\n      responses: { '200': {} }\n\n",
    );
    for (published, due) in [
        (apart, "~ LoseNote: /notes/{id} → /v2/notes/{id}"),
        (method, "~ CreatePen: post → put"),
        (bracket, "+ CreatePen.responses.200  openapi.yaml:25:18"),
    ] {
        // What can be carried beside it is carried once.
        let published = published.replace("type: string", "type: integer");
        let once = outcome(false, NOTES, NOTES, &published);
        assert_eq!(
            (&*once.report.by_hand, &once.lock),
            (&[due.to_owned()][..], &None)
        );
        assert!(once.spec.contains("type: integer"), "{}", once.spec);
        let again = outcome(false, &once.spec, NOTES, &published);
        assert_eq!(
            (&*again.report.by_hand, &again.lock),
            (&[due.to_owned()][..], &None)
        );
        assert_eq!(again.report.done, [""; 0]);
        assert_eq!(again.spec, once.spec);
        let done = outcome(false, &published, NOTES, &published);
        assert_eq!(done.report.by_hand, [""; 0]);
        assert!(done.lock.is_some(), "{due}");
    }
}

#[test]
fn what_came_with_a_new_name_is_known_while_a_change_by_hand_is_left() {
    let reference = "$ref: '#/components/responses/Lost'";
    let components =
        "components:\n  responses:\n    Lost:\n      description: Ours.\n      content: {}\n";
    let ours = format!("{NOTES}{components}").replacen(
        "responses: {}",
        &format!("responses:\n        '400':\n          {reference}"),
        1,
    );
    let published = ours
        .replace("responses/Lost", "responses/Gone")
        .replace("    Lost:", "    Gone:")
        .replace("    post:\n      operationId: CreatePen", "    put:\n      operationId: CreatePen")
        .replace(
            "\n  /pens",
            "\n  /memos:\n    post:\n      operationId: SendMemo\n      tags:\n        - Notes\n      responses:\n        '400':\n          $ref: '#/components/responses/Gone'\n\n  /pens",
        );
    let once = outcome(false, &ours, &ours, &published);
    assert_eq!(once.report.by_hand, ["~ CreatePen: post → put"]);
    assert_eq!(once.spec, published.replace("    put:", "    post:"));
    let again = outcome(false, &once.spec, &ours, &published);
    assert_eq!(again.report.by_hand, once.report.by_hand);
    assert_eq!(again.report.conflicts, [""; 0]);
    assert_eq!(again.spec, once.spec);
}

#[test]
fn a_path_that_the_spec_corrects_is_in_conflict_with_a_new_one() {
    let ours = NOTES.replace("/pens", "/pencils");
    assert_eq!(
        outcome(false, &ours, NOTES, NOTES).report.conflicts,
        [""; 0]
    );
    let published = NOTES.replace("/pens", "/quills");
    let found = outcome(false, &ours, NOTES, &published);
    assert_eq!(
        found.report.conflicts,
        [
            "ListPens  openapi.yaml:18:5\n    last import: /pens\n    published:   /quills\n    here:        /pencils",
            "CreatePen  openapi.yaml:22:5\n    last import: /pens\n    published:   /quills\n    here:        /pencils",
        ]
    );
}

#[test]
fn an_operation_that_only_the_lock_lacks_has_to_be_as_it_is_published() {
    let start = NOTES
        .find("    post:\n      operationId: CreatePen")
        .expect("it is there");
    let end = NOTES.find("\nwebhooks").expect("it is there");
    let lock = format!("{}{}", &NOTES[..start], &NOTES[end..]);
    let same = outcome(false, NOTES, &lock, NOTES);
    assert_eq!(same.report.conflicts, [""; 0]);
    assert!(same.lock.expect("it is merged").contains("CreatePen"));
    let published = NOTES.replace(
        "operationId: CreatePen",
        "deprecated: true\n      operationId: CreatePen",
    );
    let found = outcome(false, NOTES, &lock, &published);
    assert_eq!(
        found.report.conflicts,
        ["CreatePen: new upstream, and here in another way  openapi.yaml:22:5"]
    );
}

#[test]
fn a_path_variable_with_a_new_name_keeps_its_description() {
    let other = "  /inks/{note_id}:\n    get:\n      operationId: GetInk\n      tags: [Pens]\n      parameters:\n        - name: note_id\n          description: Id of something else.\n          in: path\n          schema:\n            type: string\n";
    let ours = NOTES.replace("\nwebhooks", &format!("\n{other}\nwebhooks"));
    let published = ours
        .replace("/notes/{id}", "/notes/{note_id}")
        .replace("name: id", "name: note_id");
    let found = outcome(false, &ours, &ours, &published);
    assert_eq!(found.spec, published);
    assert_eq!(
        found.report.stale,
        ["GetNote.parameters[id].description  openapi.yaml:8:24"]
    );
    let again = outcome(false, &found.spec, &ours, &published);
    assert_eq!(again.spec, published);
}

#[test]
fn a_variable_of_another_path_gets_no_description_from_its_name() {
    let new = "  /memos/{id}:\n    get:\n      operationId: GetMemo\n      tags: [Notes]\n      parameters:\n        - name: id\n          description: Theirs.\n          in: path\n          schema:\n            type: string\n";
    let published = NOTES.replace("\nwebhooks", &format!("\n{new}\nwebhooks"));
    let found = outcome(false, NOTES, NOTES, &published);
    assert_eq!(
        found.spec.matches("Id of the note.").count(),
        1,
        "{}",
        found.spec
    );
    assert_eq!(found.spec.matches(TODO).count(), 1, "{}", found.spec);
}

#[test]
fn an_operation_that_moves_beside_a_new_one_is_not_written_twice() {
    let published = NOTES
        .replace("/notes/{id}", "/texts/{id}")
        .replace("GetNote", "FetchText");
    let found = outcome(false, NOTES, NOTES, &published);
    assert_eq!(
        found.report.by_hand,
        ["~ LoseNote: /notes/{id} → /texts/{id}"]
    );
    assert_eq!(found.report.done, ["+ FetchText  after openapi.yaml:17:3"]);
    assert_eq!(found.spec.matches("LoseNote").count(), 1, "{}", found.spec);
    assert_eq!(found.spec.matches("FetchText").count(), 1, "{}", found.spec);
}
