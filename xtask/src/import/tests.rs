mod excerpts;
mod moves;
mod parts;
mod places;

use super::*;

const OURS: &str = "\
paths:
  # The first of all.
  /notes:
    post:
      summary: Sends a note
      operationId: SendNote
      tags: [Notes]
      responses:
        '200':
          description: Sent.
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Note'

components:
  schemas:
    Note:
      description: A note, in our words.
      type: object
      properties:
        # Ours comes first.
        text:
          description: What it says.
          type: string
          maxLength: 10   # in letters
        status:
          type: string
          enum: [sent, failed]
";

const CONFIG: &str = "operations:\n  SendNote:\n    method: notes.send\n";

fn parsed(text: &str) -> (Node, Source) {
    super::parsed("openapi.yaml", text.to_owned()).expect("the text is YAML")
}

/// What becomes of `ours` when the published document is `published`, after one that was like `base`.
fn imported(ours: &str, base: &str, published: &str) -> Result<String, Vec<String>> {
    imported_with(&[], ours, base, published)
}

/// The same, with operations that the spec is to have from now on.
fn imported_with(
    wanted: &[&str],
    ours: &str,
    base: &str,
    published: &str,
) -> Result<String, Vec<String>> {
    let ((ours, source), (base, _), (published, _)) =
        (parsed(ours), parsed(base), parsed(published));
    let published = slice::of(
        &published,
        &base,
        slice::Choice {
            wanted,
            left_out: &[],
        },
    );
    let mut spec = Text::of(&source);
    let beside = Beside {
        overlay: "actions: []".to_owned(),
        config: CONFIG.to_owned(),
    };
    let carried = carry(&mut spec, beside, (&base, &published, &ours), true);
    assert_eq!(carried.report.by_hand, Vec::<String>::new());
    if !carried.report.conflicts.is_empty() {
        return Err(carried.report.conflicts);
    }
    let new_names = (carried.renamed.as_slice(), carried.moved.as_slice());
    let named = with_new_names(&spec, &ours, carried.beside, new_names);
    let named = named.map_err(|damage| vec![damage])?;
    assert_eq!(named.failed, []);
    Ok(named.spec)
}

/// What an import comes to that is not merged as a whole.
struct Outcome {
    report: Report,
    kept: Vec<String>,
    spec: String,
    beside: Beside,
    /// The lock, if it is written.
    lock: Option<String>,
}

fn outcome(removes: bool, ours: &str, base: &str, published: &str) -> Outcome {
    let beside = Beside {
        overlay: "actions:\n  - target: $.paths['/notes/{id}', '/pens'].*\n".to_owned(),
        config: "webhooks:\n  events:\n    noteRead: { payload: data }\n".to_owned(),
    };
    let ((ours, source), (base, _), (published, _)) =
        (parsed(ours), parsed(base), parsed(published));
    let choice = slice::Choice {
        wanted: &[],
        left_out: &[],
    };
    let published = slice::of(&published, &base, choice);
    let mut spec = Text::of(&source);
    let carried = carry(&mut spec, beside, (&base, &published, &ours), removes);
    let new_names = (carried.renamed.as_slice(), carried.moved.as_slice());
    let named = with_new_names(&spec, &ours, carried.beside, new_names);
    let named = named.unwrap_or_else(|damage| panic!("{damage}"));
    let is_merged = carried.report.by_hand.is_empty() && named.failed.is_empty();
    Outcome {
        report: carried.report,
        kept: carried.kept,
        spec: named.spec,
        beside: named.beside,
        lock: next_lock(Some(&base), &carried.published, is_merged),
    }
}

/// What becomes of the spec when Telnyx writes something else in one place.
fn after(find: &str, put: &str) -> String {
    assert_eq!(OURS.matches(find).count(), 1, "{find}");
    let words = OURS.replace("in our words", "in other words");
    imported(OURS, OURS, &words.replace(find, put)).expect("there is no conflict")
}

#[test]
fn what_has_not_changed_stays_as_it_is_written() {
    assert_eq!(after("Sent.", "It was sent."), OURS);
}

#[test]
fn a_value_changes_in_its_place_and_keeps_its_comment() {
    assert_eq!(
        after("maxLength: 10 ", "maxLength: 20 "),
        OURS.replace("10 ", "20 ")
    );
}

#[test]
fn a_type_with_null_stands_in_one_line_with_its_comment() {
    let due = OURS.replace(
        "type: string\n          maxLength",
        "type: [string, 'null']\n          maxLength",
    );
    let published = (
        "type: string\n          maxLength",
        "type: [string, 'null']\n          maxLength",
    );
    assert_eq!(after(published.0, published.1), due);
    assert_eq!(imported(&due, &due, OURS), Ok(OURS.to_owned()));
}

#[test]
fn a_value_of_an_enum_joins_the_list_as_it_is_written() {
    for published in ["[sent, read, failed]", "[read, sent, failed]"] {
        let due = OURS.replace("[sent, failed]", published);
        assert_eq!(after("[sent, failed]", published), due);
    }
    assert_eq!(
        after("[sent, failed]", "[sent]"),
        OURS.replace("[sent, failed]", "[sent]")
    );
}

#[test]
fn a_new_property_waits_for_its_description() {
    let property = "        size:\n          description: TODO(import)\n          type: integer\n";
    let due = OURS.replace("        status:\n", &format!("{property}        status:\n"));
    let published = property.replace("TODO(import)", "How big it is.");
    assert_eq!(
        after(
            "        status:\n",
            &format!("{published}        status:\n")
        ),
        due
    );
}

#[test]
fn what_takes_the_place_of_the_last_key_stands_there_whole() {
    let reference = "          $ref: '#/components/schemas/Status'\n";
    let in_place = "          type: string\n          enum: [sent, failed]\n";
    assert_eq!(
        after(in_place, reference),
        OURS.replace(in_place, reference)
    );
    let list = "          type: array\n          items:\n            type: string\n";
    assert_eq!(after(in_place, list), OURS.replace(in_place, list));
}

#[test]
fn what_an_alias_repeats_is_not_removed() {
    let second = "  /memos:\n    post:\n      operationId: SendMemo\n      tags: *tags\n      responses: {}\n";
    let ours = OURS
        .replace("tags: [Notes]", "tags: &tags [Notes]")
        .replace("\ncomponents:", &format!("{second}\ncomponents:"));
    let start = ours.find("  /notes:").expect("it is there");
    let end = ours.find("  /memos:").expect("it is there");
    let published = format!("{}{}", &ours[..start], &ours[end..]).replace("*tags", "[Notes]");
    let refused = imported(&ours, &ours, &published).expect_err("the alias would lead nowhere");
    assert!(refused[0].contains("unknown anchor"), "{refused:?}");
}

#[test]
fn a_property_that_is_gone_takes_nothing_else_with_it() {
    let property = "        status:\n          type: string\n          enum: [sent, failed]\n";
    assert_eq!(after(property, ""), OURS.replace(property, ""));
}

#[test]
fn a_component_that_is_renamed_is_renamed_at_every_reference() {
    let published = OURS
        .replace("    Note:", "    Memo:")
        .replace("schemas/Note", "schemas/Memo");
    let found = imported(OURS, OURS, &published);
    assert_eq!(found, Ok(published));
}

#[test]
fn an_operation_that_moves_keeps_its_words() {
    assert_eq!(
        after("  /notes:", "  /v2/notes:"),
        OURS.replace("/notes:", "/v2/notes:")
    );
}

#[test]
fn what_is_imported_twice_changes_nothing_the_second_time() {
    let published = OURS.replace("[sent, failed]", "[sent, failed, read]");
    let once = imported(OURS, OURS, &published).expect("there is no conflict");
    assert_eq!(imported(&once, &published, &published), Ok(once));
}

#[test]
fn what_changed_here_and_there_is_a_conflict_with_three_sides() {
    let ours = OURS.replace("maxLength: 10", "maxLength: 15");
    let published = OURS.replace("maxLength: 10", "maxLength: 20");
    let conflicts = imported(&ours, OURS, &published).expect_err("there is a conflict");
    assert_eq!(conflicts.len(), 1);
    for side in ["last import: 10", "published:   20", "here:        15"] {
        assert!(conflicts[0].contains(side), "{}", conflicts[0]);
    }
}

#[test]
fn what_is_wanted_comes_though_the_spec_has_none_of_its_family() {
    let others = "  /pens:\n    get:\n      operationId: GetPen\n      tags: [Pens]\n    delete:\n      operationId: LosePen\n      tags: [Pens]\n";
    let (ours, _) = parsed(OURS);
    let (published, _) = parsed(&OURS.replace("\ncomponents", &format!("{others}\ncomponents")));
    let ids = |wanted: &[&str]| -> Vec<String> {
        let choice = slice::Choice {
            wanted,
            left_out: &[],
        };
        let kept = slice::of(&published, &ours, choice);
        let operations = operation::operations(&kept, "paths");
        let ids = operations.iter().map(operation::Operation::id);
        ids.map(str::to_owned).collect()
    };
    assert_eq!(ids(&[]), ["SendNote"]);
    assert_eq!(ids(&["GetPen"]), ["SendNote", "GetPen"]);
}

#[test]
fn a_webhook_of_a_family_of_operations_comes() {
    const WEBHOOKS: &str = "webhooks:\n  noteRead:\n    post:\n      tags: [Notes]\n";
    let (ours, _) = parsed(OURS);
    let (published, _) = parsed(&format!("{OURS}{WEBHOOKS}"));
    let choice = slice::Choice {
        wanted: &[],
        left_out: &[],
    };
    let kept = slice::of(&published, &ours, choice);
    let webhooks = operation::operations(&kept, "webhooks");
    let names: Vec<_> = webhooks.iter().map(|webhook| webhook.path).collect();
    assert_eq!(names, ["noteRead"]);
}

#[test]
fn a_new_path_comes_once_with_all_its_methods() {
    let others = "  /notes/{id}:\n    get:\n      operationId: GetNote\n      tags: [Notes]\n    delete:\n      operationId: LoseNote\n      tags: [Notes]\n";
    let published = OURS.replace("\ncomponents", &format!("{others}\ncomponents"));
    let text = imported_with(&["GetNote", "LoseNote"], OURS, OURS, &published)
        .expect("there is no conflict");
    assert_eq!(text.matches("  /notes/{id}:\n").count(), 1, "{text}");
    for id in ["GetNote", "LoseNote"] {
        assert_eq!(text.matches(id).count(), 1, "{text}");
    }
}

#[test]
fn what_is_wanted_has_to_be_published_and_not_left_out() {
    let (published, _) = parsed(OURS);
    check_wanted(&["SendNote"], &published, &[]).expect("it is there");
    check_wanted(&["LosePen"], &published, &[]).unwrap_err();
    check_wanted(&["SendNote"], &published, &["SendNote"]).unwrap_err();
}

#[test]
fn a_property_of_a_new_parameter_is_not_taken_for_another_of_its_name() {
    let others = "  /pens:\n    get:\n      operationId: GetPen\n      tags: [Notes]\n      parameters:\n        - name: filter\n          in: query\n          description: Theirs.\n          schema:\n            properties:\n              text:\n                description: Theirs.\n                type: string\n                maxLength: 10\n";
    let published = OURS.replace("\ncomponents", &format!("{others}\ncomponents"));
    let text = imported_with(&["GetPen"], OURS, OURS, &published).expect("there is no conflict");
    assert_eq!(text.matches("What it says.").count(), 1, "{text}");
    assert_eq!(text.matches(TODO).count(), 2, "{text}");
}

#[test]
fn what_stands_once_is_repeated_by_an_alias() {
    let ours = "\
paths: {}
webhooks:
  noteRead:
    post:
      operationId: NoteRead
      tags: [Notes]
      parameters: &signature
        - name: signed
          in: header
          description: Who signed.
  noteLost:
    post:
      operationId: NoteLost
      tags: [Notes]
      parameters: *signature
";
    let new = "  noteSent:
    post:
      operationId: NoteSent
      tags: [Notes]
      parameters: [{ name: signed, in: header, description: Theirs. }]
";
    let spec = imported(ours, ours, &format!("{ours}{new}")).expect("nothing is in conflict");
    assert!(
        spec.ends_with("        - Notes\n      parameters: *signature\n"),
        "{spec}"
    );

    let required = ours.replace("in: header", "in: query");
    let spec = imported(ours, ours, &required).expect("nothing is in conflict");
    assert_eq!(spec, required);
}
