//! The branches of `oneOf` and `anyOf`.

use serde_json::Value;

use super::check::types;
use super::{Api, Problem, Problems};

/// How many unions may stand in each other.
const MOST_UNIONS: usize = 64;

impl Api {
    /// The branch of a union that the value belongs to: by the discriminator, else the first without a problem.
    fn branch<'a>(&'a self, schema: &'a Value, value: &Value) -> Option<&'a Value> {
        let fitting = || branches(schema).find(|branch| self.check(branch, value).is_empty());
        named_branch(schema, value)
            .or_else(fitting)
            .or_else(|| branches(schema).next())
    }

    /// The schema of a value that is no union any more, through unions in unions. A union that holds itself stays one.
    pub(super) fn without_unions<'a>(
        &'a self,
        schema: &'a Value,
        branch_of: impl Fn(&'a Value) -> Option<&'a Value>,
    ) -> &'a Value {
        let mut schema = self.resolve(schema);
        for _ in 0..MOST_UNIONS {
            let Some(branch) = branch_of(schema) else {
                break;
            };
            schema = self.resolve(branch);
        }
        schema
    }

    /// The schema of a value, through unions in unions.
    pub(super) fn schema_of<'a>(&'a self, schema: &'a Value, value: &Value) -> &'a Value {
        self.without_unions(schema, |schema| self.branch(schema, value))
    }

    /// The schema to make an example of, through unions in unions.
    pub(super) fn schema_with_value<'a>(&'a self, schema: &'a Value) -> &'a Value {
        self.without_unions(schema, |schema| self.branch_with_value(schema))
    }

    /// The branch of a union to make an example of: the first that has a value other than null.
    fn branch_with_value<'a>(&'a self, schema: &'a Value) -> Option<&'a Value> {
        let is_value = |branch: &&Value| types(self.resolve(branch)) != ["null"];
        let mut values = branches(schema).filter(is_value);
        values.next().or_else(|| branches(schema).next())
    }

    /// What is wrong with a value of a union. It looks at each branch once: a branch may be a union again.
    pub(super) fn check_branches(
        &self,
        schema: &Value,
        value: &Value,
        pointer: &str,
        within: &Problems,
    ) -> Vec<Problem> {
        let check = |branch| {
            let Some(mut problems) = within.of_branch(schema) else {
                return Vec::new();
            };
            self.check_at(branch, value, pointer, &mut problems);
            problems.into_list()
        };
        if let Some(branch) = named_branch(schema, value) {
            return check(branch);
        }
        let mut first = None;
        for branch in branches(schema) {
            let problems = check(branch);
            if problems.is_empty() {
                return problems;
            }
            first.get_or_insert(problems);
        }
        first.unwrap_or_default()
    }
}

/// The branch of a union that the discriminator names.
fn named_branch<'a>(schema: &'a Value, value: &Value) -> Option<&'a Value> {
    let tag = schema["discriminator"]["propertyName"].as_str()?;
    let tag = value[tag].as_str()?;
    let target = schema["discriminator"]["mapping"][tag].as_str()?;
    branches(schema).find(|branch| branch["$ref"] == target)
}

/// The branches of a union.
pub(super) fn branches(schema: &Value) -> impl Iterator<Item = &Value> {
    let lists = [&schema["oneOf"], &schema["anyOf"]];
    lists.into_iter().filter_map(Value::as_array).flatten()
}
