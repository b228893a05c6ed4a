//! Features of the crate: adds a `cfg` to each resource and type of the model that only a feature needs.

mod reach;

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::model::{Feature, Gate, Model, Resource};
use crate::names;
use crate::reader::Text;
use crate::suggest;
use crate::tree::Place;

/// Puts the resources that `sdk.yaml` lists behind features, together with the types that nothing else uses; `None` if the
/// entries are not valid.
pub(crate) fn assign(
    mut model: Model,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Option<Model> {
    let listed = listed(&model, config, diagnostics);
    if diagnostics.has_errors() {
        return None;
    }
    for resource in &mut model.resources {
        gate(resource, &Gate::default(), &listed);
    }
    reach::gate_types(&mut model);
    model.features = config
        .features()
        .map(|(name, _, resources)| Feature {
            name: name.to_owned(),
            resources: resources.iter().map(|text| text.value.clone()).collect(),
        })
        .collect();
    Some(model)
}

/// The feature of each resource that has one, by the path of the resource.
type Listed = BTreeMap<String, String>;

fn listed(model: &Model, config: &Config, diagnostics: &mut Diagnostics) -> Listed {
    let mut paths = Vec::new();
    collect_paths(&model.resources, &mut paths);
    let mut listed = Listed::new();
    for (feature, place, resources) in config.features() {
        check_name(feature, place, diagnostics);
        if resources.is_empty() {
            let message = format!("the feature `{feature}` contains no resource");
            let help = "list the resources that the feature turns on, such as `[messages]`";
            diagnostics.error(place, message).help(help);
        }
        for resource in resources {
            if paths.contains(&resource.value) {
                add(resource, feature, &mut listed, diagnostics);
            } else {
                let message = format!("there is no resource `{}`", resource.value);
                let known = paths.iter().map(String::as_str);
                let help = suggest::help(
                    &resource.value,
                    known,
                    "remove the entry, or correct the name",
                );
                diagnostics.error(resource.place, message).help(help);
            }
        }
    }
    listed
}

/// Adds a resource to the list. It is an error if the resource is behind a feature already, directly or through a resource above
/// or below.
fn add(resource: &Text, feature: &str, listed: &mut Listed, diagnostics: &mut Diagnostics) {
    let path = &resource.value;
    let holds = |outer: &str, inner: &str| {
        let rest = inner.strip_prefix(outer);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let mut known = listed.iter();
    let Some((other, its)) = known.find(|(other, _)| holds(other, path) || holds(path, other))
    else {
        listed.insert(path.clone(), feature.to_owned());
        return;
    };
    let message = match other == path {
        true => format!("the feature `{its}` already contains `{path}`"),
        false => format!(
            "the resource `{path}` overlaps with `{other}`, which the feature `{its}` contains"
        ),
    };
    let help = "list each resource once, because a feature also turns on all resources below a listed resource";
    diagnostics.error(resource.place, message).help(help);
}

fn check_name(feature: &str, place: Place, diagnostics: &mut Diagnostics) {
    if !names::can_be_feature(feature) {
        let message = format!("`{feature}` is not a valid name for a feature");
        let help = "use lower-case letters, digits, `-` and `_`, and start with a letter";
        diagnostics.error(place, message).help(help);
    } else if names::is_reserved_feature(feature) {
        let message = format!("the crate already has a feature `{feature}`");
        diagnostics
            .error(place, message)
            .help("choose another name");
    }
}

fn collect_paths(level: &[Resource], paths: &mut Vec<String>) {
    for resource in level {
        paths.push(resource.path());
        collect_paths(&resource.children, paths);
    }
}

/// Puts a resource and those below it behind their gates. `above` is the gate of the resource above.
fn gate(resource: &mut Resource, above: &Gate, listed: &Listed) {
    let needs = needs(resource, above, listed);
    for child in &mut resource.children {
        gate(child, &needs, listed);
    }
    // Code behind the same gate needs no gate of its own.
    resource.gate = if needs == *above {
        Gate::default()
    } else {
        needs
    };
}

/// The features that a resource needs: its own feature, or the feature of the resource above. If the resource has no operations
/// of its own, the features of those below.
fn needs(resource: &Resource, above: &Gate, listed: &Listed) -> Gate {
    if let Some(feature) = listed.get(&resource.path()) {
        return Gate::of([feature.clone()]);
    }
    if !above.is_open() || !resource.operations.is_empty() {
        return above.clone();
    }
    let below: Vec<Gate> = resource
        .children
        .iter()
        .map(|child| needs(child, above, listed))
        .collect();
    match below.iter().any(Gate::is_open) {
        true => Gate::default(),
        false => Gate::of(below.iter().flat_map(Gate::features).cloned()),
    }
}
