//! The branches of `oneOf` and `anyOf`.

use serde_json::Value;

use super::check::types;
use super::problem::code;
use super::{Api, Problem, Problems, parts};

impl Api {
    /// The schema of a value, through unions in unions: the first that the value fits, else the first.
    pub(super) fn schema_of<'a>(&'a self, schema: &'a Value, value: &Value) -> &'a Value {
        let alternatives = self.alternatives(schema, value);
        let fits = |one: &&&Value| self.check(one, value).is_empty();
        let fitting = match alternatives.len() {
            0 | 1 => None,
            _ => alternatives.iter().find(fits),
        };
        let chosen = fitting.or_else(|| alternatives.first());
        chosen.copied().unwrap_or_else(|| self.resolve(schema))
    }

    /// The schema to make an example of, through unions in unions.
    pub(super) fn schema_with_value<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let alternatives = self.alternatives(schema, &Value::Null);
        let first = alternatives.first().copied();
        first.unwrap_or_else(|| self.resolve(schema))
    }

    /// What is wrong with a value of a union, which is not null: the problems with the first alternative, if it fits none.
    pub(super) fn check_union(&self, union: &Value, value: &Value, pointer: &str) -> Vec<Problem> {
        let mut first = None;
        for alternative in self.alternatives(union, value) {
            let mut problems = Problems::default();
            self.check_at(alternative, value, pointer, &mut problems);
            let problems = problems.into_list();
            if problems.is_empty() {
                return problems;
            }
            first.get_or_insert(problems);
        }
        first.unwrap_or_else(|| {
            let detail = "No value fits here: the union in the spec holds only itself.";
            vec![Problem::new(code::BAD_REQUEST, detail).at(pointer)]
        })
    }

    /// What is wrong with a value of a union that is a part of `schema`. If `schema` has properties, they are checked without the
    /// union, and a union that leads back to `schema` says nothing.
    pub(super) fn check_part_union(
        &self,
        schema: &Value,
        union: &Value,
        value: &Value,
        pointer: &str,
    ) -> Vec<Problem> {
        let below = |schema| branches(schema).into_iter().chain(parts(schema)).collect();
        let leads_back = self
            .unfolded(union, below)
            .iter()
            .any(|one| std::ptr::eq(*one, schema));
        match leads_back || value.is_object() && !self.properties(schema).is_empty() {
            true => Vec::new(),
            false => self.check_union(union, value, pointer),
        }
    }

    /// The schemas that a value may have, through unions in unions. A branch that leads back to a union around it adds none. If
    /// a discriminator names a branch, only that one counts. Null counts only if there is nothing else.
    fn alternatives<'a>(&'a self, schema: &'a Value, value: &Value) -> Vec<&'a Value> {
        let mut found = self.unfolded(schema, |schema| match named_branch(schema, value) {
            Some(branch) => vec![branch],
            None => branches(schema),
        });
        found.retain(|schema| branches(schema).is_empty());
        if found.iter().any(|schema| !is_null(schema)) {
            found.retain(|schema| !is_null(schema));
        }
        found
    }
}

/// The branch of a union that the discriminator names.
fn named_branch<'a>(schema: &'a Value, value: &Value) -> Option<&'a Value> {
    let tag = schema["discriminator"]["propertyName"].as_str()?;
    let tag = value[tag].as_str()?;
    let target = schema["discriminator"]["mapping"][tag].as_str()?;
    let mut branches = branches(schema).into_iter();
    branches.find(|branch| branch["$ref"] == target)
}

fn is_null(schema: &Value) -> bool {
    types(schema) == ["null"]
}

/// The branches of a union; none if the schema is no union.
pub(super) fn branches(schema: &Value) -> Vec<&Value> {
    let lists = [&schema["oneOf"], &schema["anyOf"]];
    let lists = lists.into_iter().filter_map(Value::as_array);
    lists.flatten().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;
    use crate::random::Random;

    /// `A` and `B` lead to each other, and to more.
    fn api() -> Api {
        let [a, b] =
            ["A", "B"].map(|name| json!({ "$ref": format!("#/components/schemas/{name}") }));
        let object = json!({ "properties": { "name": { "type": "string" } } });
        let document = json!({
            "paths": {},
            "components": { "schemas": {
                "A": { "oneOf": [a, b, { "type": "integer" }] },
                "B": { "anyOf": [{ "type": "null" }, a, object] },
                "Nothing": { "oneOf": [{ "$ref": "#/components/schemas/Nothing" }] },
            } },
        });
        Api::parse(&document.to_string()).expect("it is a document")
    }

    fn schema(name: &str) -> Value {
        json!({ "$ref": format!("#/components/schemas/{name}") })
    }

    #[test]
    fn a_branch_that_leads_back_to_its_union_lets_no_value_in() {
        let api = api();
        for name in ["A", "B"] {
            for (value, is_valid) in [
                (json!(1), true),
                (json!({ "name": "x" }), true),
                (json!(null), true),
                (json!("x"), false),
                (json!({ "name": 1 }), false),
                (json!({ "nome": "x" }), false),
            ] {
                let problems = api.check(&schema(name), &value);
                assert_eq!(
                    problems.is_empty(),
                    is_valid,
                    "{name} {value}: {problems:?}"
                );
            }
        }
        assert_eq!(api.check(&schema("Nothing"), &json!(1)).len(), 1);
    }

    #[test]
    fn a_value_is_fitted_to_the_branch_that_does_not_lead_back() {
        let value = json!({ "name": "x", "more": 1 });
        let fitted = api().fit(&schema("A"), &value, &mut Random::new(0));
        assert_eq!(fitted, Some(json!({ "name": "x" })));
    }

    #[test]
    fn an_example_is_made_of_a_branch_that_does_not_lead_back() {
        let example = api().sample(&schema("A"), &Map::new(), &mut Random::new(0));
        assert_eq!(example, json!({ "name": "text" }));
    }
}
