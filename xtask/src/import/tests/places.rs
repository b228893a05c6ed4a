//! Where what comes stands, and what goes with what goes.

use super::*;

fn note(properties: &str) -> String {
    format!("paths: {{}}\ncomponents:\n  schemas:\n    Note:\n      properties:\n{properties}")
}

#[test]
fn a_value_of_an_enum_has_the_place_that_it_has_upstream() {
    let values = |values: &[&str]| {
        let values = values
            .iter()
            .map(|value| format!("            - {value}\n"));
        note(&format!(
            "        a:\n          enum:\n{}",
            values.collect::<String>()
        ))
    };
    let ours = values(&["b", "d"]).replace(
        "            - b",
        "            # The first.\n            - b",
    );
    let published = ["a", "aa", "b", "c", "cc", "d", "e"];
    let due = values(&published).replace(
        "            - b",
        "            # The first.\n            - b",
    );
    assert_eq!(imported(&ours, &ours, &values(&published)), Ok(due));
    let published = ["a", "d", "e"];
    assert_eq!(
        imported(&ours, &ours, &values(&published)),
        Ok(values(&published))
    );
    // A value of ours stays in its place.
    let own = values(&["b", "own", "d"]);
    let due = values(&["b", "c", "own", "d"]);
    assert_eq!(
        imported(&own, &values(&["b", "d"]), &values(&["b", "c", "d"])),
        Ok(due)
    );
}

#[test]
fn a_comment_goes_with_the_part_below_it() {
    let [first, second] =
        ["a", "b"].map(|name| format!("        {name}:\n          type: string # {name}\n"));
    let comment = "        # About the next.\n        # Two lines.\n";
    let ours = note(&format!("{comment}{first}{comment}{second}"));
    let published = note(&first);
    let due = note(&format!("{comment}{first}"));
    assert_eq!(imported(&ours, &ours, &published), Ok(due));
    // A comment that is further in or behind an empty line belongs to other parts.
    let ours = note(&format!(
        "{first}          # About the first.\n\n        # About all.\n\n{second}"
    ));
    let due = note(&format!(
        "{first}          # About the first.\n\n        # About all.\n"
    ));
    assert_eq!(imported(&ours, &ours, &published), Ok(due));
}

#[test]
fn null_is_allowed_as_in_the_spec() {
    let published = |kind: &str| {
        let (published, _) = parsed(&note(&format!("        a:\n          {kind}\n")));
        with_null_as_type(&published, Keys::Keywords)
    };
    let due = published("type: [string, 'null']");
    for kind in [
        "type: string\n          nullable: true",
        "nullable: true\n          type: string",
    ] {
        assert!(same(&published(kind), &due, Keys::Keywords), "{kind}");
    }
    let plain = published("type: string");
    assert!(same(
        &published("type: string\n          nullable: false"),
        &plain,
        Keys::Keywords
    ));
    // Without a type, and in data, it is what it is.
    for kept in ["nullable: true", "example: { type: a, nullable: true }"] {
        assert!(
            published(kept).to_json().contains("\"nullable\":true"),
            "{kept}"
        );
    }
}

#[test]
fn an_example_makes_no_description_outdated() {
    let ours = note(
        "        a:\n          description: Ours.\n          type: string\n          example: a\n",
    );
    let published = ours.replace("example: a", "example: b");
    let found = outcome(true, &ours, &ours, &published);
    assert_eq!(
        (found.spec.as_str(), &*found.report.stale),
        (published.as_str(), &[][..])
    );
    let published = ours.replace("type: string", "type: integer");
    assert_eq!(
        outcome(true, &ours, &ours, &published).report.stale.len(),
        1
    );
}

#[test]
fn a_branch_that_changes_keeps_its_descriptions() {
    let branch = |kind: &str, size: &str| {
        format!(
            "            - type: object\n              properties:\n                {kind}:\n                  description: Our {kind}.\n                  type: string\n{size}"
        )
    };
    let text = "            - type: string\n";
    let size = "                size:\n                  type: integer\n";
    let document = |branches: &[String]| {
        note(&format!(
            "        a:\n          oneOf:\n{}",
            branches.concat()
        ))
    };
    let ours = document(&[branch("cat", ""), text.to_owned(), branch("dog", "")]);
    let published = document(&[branch("cat", ""), text.to_owned(), branch("dog", size)]);
    let theirs = published.replace("Our", "Their");
    assert_eq!(imported(&ours, &ours, &theirs), Ok(published.clone()));
    // With the last import of before, the second import finds it done.
    assert_eq!(imported(&published, &ours, &theirs), Ok(published));
    // A branch more is no change of another.
    let published = document(&[
        branch("cat", ""),
        text.to_owned(),
        branch("dog", ""),
        branch("cow", ""),
    ]);
    assert_eq!(
        imported(&ours, &ours, &published),
        Ok(published.replace("Our cow.", TODO))
    );
}
