use std::collections::BTreeSet;

use super::*;
use crate::openapi;
use crate::tree::{Node, Source, parse};

/// The fixed fields of the objects that are read, from the tables of OpenAPI 3.0.4 and 3.1.1, and for schemas the
/// vocabularies of JSON Schema 2020-12.
const STANDARD: [(&Keywords, &str); 14] = [
    (
        &DOCUMENT,
        "openapi info jsonSchemaDialect servers paths webhooks components security tags externalDocs",
    ),
    (
        &COMPONENTS,
        "schemas responses parameters examples requestBodies headers securitySchemes links callbacks pathItems",
    ),
    (&TAG, "name description externalDocs"),
    (
        &PATH,
        "$ref summary description get put post delete options head patch trace servers parameters",
    ),
    (
        &WEBHOOK,
        "$ref summary description get put post delete options head patch trace servers parameters",
    ),
    (
        &OPERATION,
        "tags summary description externalDocs operationId parameters requestBody responses callbacks deprecated security servers",
    ),
    (
        &WEBHOOK_OPERATION,
        "tags summary description externalDocs operationId parameters requestBody responses callbacks deprecated security servers",
    ),
    (
        &PARAMETER,
        "name in description required deprecated allowEmptyValue style explode allowReserved schema example examples content",
    ),
    (&BODY, "description content required"),
    (&MEDIA_TYPE, "schema example examples encoding"),
    (&ENCODING, "contentType headers style explode allowReserved"),
    (&RESPONSE, "description headers content links"),
    (&DISCRIMINATOR, "propertyName mapping"),
    (
        &SCHEMA,
        "$schema $id $ref $anchor $dynamicRef $dynamicAnchor $defs $comment $vocabulary \
         allOf anyOf oneOf not if then else dependentSchemas prefixItems items contains properties patternProperties \
         additionalProperties propertyNames unevaluatedItems unevaluatedProperties \
         type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems \
         minItems uniqueItems maxContains minContains maxProperties minProperties required dependentRequired \
         format contentEncoding contentMediaType contentSchema \
         title description default deprecated readOnly writeOnly examples \
         nullable discriminator xml externalDocs example",
    ),
];

/// Called wherever an object is read: its reader asks for all keywords that are said to be read, and for no other.
pub(super) fn check_read(keywords: &Keywords, asked: &[&'static str]) {
    let asked: BTreeSet<_> = asked.iter().collect();
    let read: BTreeSet<_> = keywords.read.iter().chain(keywords.told).collect();
    assert_eq!(asked, read, "{}", keywords.what);
}

/// The keywords that the generator reads, each with its object.
pub(crate) fn in_use() -> BTreeSet<(&'static str, &'static str)> {
    let of_object = |(keywords, _): &(&'static Keywords, _)| {
        let keywords: &'static Keywords = keywords;
        let read = keywords.read.iter().chain(keywords.told);
        read.map(|keyword| (keywords.what, *keyword))
    };
    STANDARD.iter().flat_map(of_object).collect()
}

#[test]
fn every_keyword_of_the_standards_is_in_the_table_once() {
    for (keywords, standard) in STANDARD {
        let Keywords {
            read,
            told,
            idle,
            unsupported,
            ..
        } = keywords;
        let all = [*read, *told, *idle, *unsupported].concat();
        let known: BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(all.len(), known.len(), "{} has one twice", keywords.what);
        for keyword in standard.split_whitespace() {
            assert!(known.contains(keyword), "{keyword} of {}", keywords.what);
        }
    }
}

#[test]
fn what_is_unsupported_is_a_warning_at_its_place_and_what_is_idle_says_nothing() {
    for (keywords, _) in STANDARD {
        for (keyword, is_warned) in keywords
            .unsupported
            .iter()
            .map(|keyword| (keyword, true))
            .chain(keywords.idle.iter().map(|keyword| (keyword, false)))
        {
            let before = said(keywords, None);
            let after = said(keywords, Some(keyword));
            let told = format!("`{keyword}` is not supported and has no effect");
            assert_eq!(
                after.matches(&told).count(),
                usize::from(is_warned),
                "{keyword} of {}: {after}",
                keywords.what
            );
            assert_eq!(
                after.matches("warning: ").count(),
                before.matches("warning: ").count() + usize::from(is_warned)
            );
            assert!(!after.contains("error: "), "{after}");
        }
    }
}

#[test]
fn a_keyword_of_nobody_is_a_warning_in_every_object() {
    for (keywords, _) in STANDARD {
        let said = said(keywords, Some("ours"));
        let told = format!(
            "warning: the keyword `ours` of {} has no effect",
            keywords.what
        );
        assert!(said.contains(&told), "{said}");
        assert!(!said.contains("error: "), "{said}");
    }
}

#[test]
fn a_misspelt_keyword_is_a_mistake_only_where_the_keyword_changes_what_is_sent() {
    let slip = said(&SCHEMA, Some("propertys"));
    assert!(
        slip.contains("error: unknown key `propertys` in a schema"),
        "{slip}"
    );
    assert!(slip.contains("did you mean `properties`?"), "{slip}");
    for (misspelt, known) in [
        ("max_items", "maxItems"),
        ("unevaluatedProperites", "unevaluatedProperties"),
        ("titel", "title"),
        ("require_topic_approval", "required"),
    ] {
        let slip = said(&SCHEMA, Some(misspelt));
        let told = format!("warning: the keyword `{misspelt}` of a schema has no effect");
        assert!(slip.contains(&told), "{slip}");
        assert!(slip.contains(&format!("did you mean `{known}`?")), "{slip}");
        assert!(!slip.contains("error: "), "{slip}");
    }
}

/// What is said of a document with a `keyword` in the object.
fn said(keywords: &Keywords, keyword: Option<&str>) -> String {
    let line = keyword.map_or(String::new(), |keyword| format!("{keyword}: {{}}, "));
    // `[object]` stands once in each document.
    let objects: [(&str, &str); 14] = [
        ("the document", "{[object]openapi: 3.1.0, paths: {}}"),
        (
            "`components`",
            "{openapi: 3.1.0, paths: {}, components: {[object]schemas: {}}}",
        ),
        (
            "a tag",
            "{openapi: 3.1.0, paths: {}, tags: [{[object]name: a}]}",
        ),
        ("a path", "{openapi: 3.1.0, paths: {/a: {[object]}}}"),
        (
            "a webhook",
            "{openapi: 3.1.0, webhooks: {a: {[object]post: {}}}}",
        ),
        (
            "an operation",
            "{openapi: 3.1.0, paths: {/a: {get: {[object]responses: {200: {}}}}}}",
        ),
        (
            "an operation",
            "{openapi: 3.1.0, webhooks: {a: {post: {[object]}}}}",
        ),
        (
            "a parameter",
            "{openapi: 3.1.0, components: {parameters: {a: {[object]name: a, in: query}}}}",
        ),
        (
            "a request body",
            "{openapi: 3.1.0, components: {requestBodies: {a: {[object]content: {}}}}}",
        ),
        (
            "a media type",
            "{openapi: 3.1.0, components: {responses: {a: {content: {a/b: {[object]}}}}}}",
        ),
        (
            "an encoding",
            "{openapi: 3.1.0, components: {responses: {a: {content: {multipart/form-data: {encoding: {a: {[object]}}}}}}}}",
        ),
        (
            "a response",
            "{openapi: 3.1.0, components: {responses: {a: {[object]}}}}",
        ),
        (
            "`discriminator`",
            "{openapi: 3.1.0, components: {schemas: {a: {discriminator: {[object]propertyName: a}}}}}",
        ),
        (
            "a schema",
            "{openapi: 3.1.0, components: {schemas: {a: {[object]}}}}",
        ),
    ];
    let index = STANDARD
        .iter()
        .position(|(known, _)| std::ptr::eq(*known, keywords))
        .expect("it is listed");
    assert_eq!(objects[index].0, keywords.what);
    let source = Source {
        name: "document.yaml".to_owned(),
        bytes: objects[index].1.replace("[object]", &line).into_bytes(),
    };
    let mut diagnostics = Diagnostics::default();
    let root: Option<Node> = parse(&source, 0, &mut diagnostics);
    let root = root.expect("it is YAML");
    openapi::read(&root, openapi::Moved::default(), &mut diagnostics);
    diagnostics.render_sources(&[Some(&source)], false)
}
