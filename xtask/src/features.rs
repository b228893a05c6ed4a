//! `cargo xtask features`: whether the crate compiles with each set of features that a user may choose.

use std::process::ExitCode;

use crate::cargo::{self, CRATE, cargo, tree, warnings};
use crate::print;

/// Checks combinations of the crate's features, and the dependencies of each feature.
///
/// The command checks the crate without features, with each feature alone, with the default features, and with all features.
/// Each TLS feature may add only one TLS implementation. The default features may add at most 104 crates. Exits with 0 if all
/// is well, and with 1 otherwise.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Also check each pair of features, which takes ten minutes
    #[arg(long, conflicts_with = "powerset")]
    pairs: bool,
    /// Also check each set of features with at most one TLS feature, which takes an hour
    #[arg(long)]
    powerset: bool,
}

/// Features that choose an implementation of TLS.
const TLS: [&str; 3] = ["rustls", "aws-lc-rs", "native-tls"];

/// The crates that show which TLS implementation is used.
const PROVIDERS: [&[&str]; 3] = [&["ring"], &["aws-lc-rs"], &["native-tls", "openssl"]];

/// The maximum number of crates with the default features, including the crate itself.
const MAX_CRATES: usize = 104;

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let sets = match (arguments.pairs, arguments.powerset) {
        (_, true) => Sets::All,
        (true, false) => Sets::Pairs,
        (false, false) => Sets::Each,
    };
    let is_well = check_all(sets)?;
    Ok(ExitCode::from(u8::from(!is_well)))
}

/// The sets of features that are checked besides none, the default and all.
#[derive(Clone, Copy)]
pub(crate) enum Sets {
    /// Each feature alone.
    Each,
    /// Each feature alone, and each two.
    Pairs,
    /// Each set with at most one feature for TLS.
    All,
}

/// Checks the combinations and the dependency trees, and returns whether all is well.
pub(crate) fn check_all(sets: Sets) -> Result<bool, String> {
    let features = cargo::features()?;
    let mut combinations = vec![
        arguments_for(&[]),
        Vec::new(),
        vec!["--all-features".to_owned()],
    ];
    let each = features.iter().map(|feature| vec![feature.as_str()]);
    let sets = match sets {
        Sets::All => all_sets(&features),
        Sets::Pairs => each.chain(pairs(&features)).collect(),
        Sets::Each => each.collect(),
    };
    combinations.extend(sets.iter().map(|set| arguments_for(set)));

    let mut failures = 0;
    for combination in &combinations {
        let found = check(combination)?;
        let verdict = if found == 0 { "ok" } else { "FAILED" };
        print::line(format_args!("{verdict}: {}", shown(combination)))?;
        failures += usize::from(found > 0);
    }
    failures += check_trees()?;
    print::line(format_args!(
        "{} combinations, {failures} failures",
        combinations.len()
    ))?;
    Ok(failures == 0)
}

/// Counts the warnings of one combination.
fn check(features: &[String]) -> Result<usize, String> {
    let mut check = cargo("check");
    check.args(["--package", CRATE, "--lib"]).args(features);
    warnings(&mut check)
}

fn shown(combination: &[String]) -> String {
    match combination {
        [] => "the default".to_owned(),
        _ => combination.join(" "),
    }
}

/// Counts the dependency trees with more crates than allowed.
fn check_trees() -> Result<usize, String> {
    let mut failures = 0;
    for feature in TLS {
        let crates = tree(&arguments_for(&[feature]))?;
        let is_there = |name: &&&str| {
            let start = format!("{name} ");
            crates.iter().any(|line| line.starts_with(&start))
        };
        let providers = PROVIDERS
            .iter()
            .filter_map(|names| names.iter().find(is_there));
        let providers: Vec<&str> = providers.copied().collect();
        print::line(format_args!("{feature} brings {}", providers.join(" and ")))?;
        failures += usize::from(providers.len() != 1);
    }
    let crates = tree(&[])?.len();
    print::line(format_args!(
        "the default features add {crates} crates; the maximum is {MAX_CRATES}"
    ))?;
    failures += usize::from(crates > MAX_CRATES);
    Ok(failures)
}

/// Arguments for cargo that turn on exactly these features.
fn arguments_for(features: &[&str]) -> Vec<String> {
    let mut arguments = vec!["--no-default-features".to_owned()];
    if !features.is_empty() {
        arguments.push(format!("--features={}", features.join(",")));
    }
    arguments
}

/// Each two features.
fn pairs(features: &[String]) -> impl Iterator<Item = Vec<&str>> {
    let firsts = features.iter().enumerate();
    firsts.flat_map(|(index, first)| {
        let seconds = features[index + 1..].iter();
        seconds.map(move |second| vec![first.as_str(), second.as_str()])
    })
}

/// Every set of features with at most one TLS feature.
fn all_sets(features: &[String]) -> Vec<Vec<&str>> {
    let mut sets: Vec<Vec<&str>> = vec![Vec::new()];
    for feature in features {
        let is_tls = TLS.contains(&feature.as_str());
        let with = sets
            .iter()
            .filter(|set| !is_tls || !set.iter().any(|one| TLS.contains(one)));
        let with = with.map(|set| set.iter().copied().chain([feature.as_str()]).collect());
        let with: Vec<Vec<&str>> = with.collect();
        sets.extend(with);
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_comes_once() {
        let features = ["blocking", "gzip", "tracing"].map(str::to_owned);
        let pairs: Vec<Vec<&str>> = pairs(&features).collect();
        let due = [
            ["blocking", "gzip"],
            ["blocking", "tracing"],
            ["gzip", "tracing"],
        ];
        assert_eq!(pairs, due);
    }

    #[test]
    fn a_powerset_never_has_two_features_for_tls() {
        let features = ["blocking", "native-tls", "rustls"].map(str::to_owned);
        assert_eq!(
            all_sets(&features),
            [
                vec![],
                vec!["blocking"],
                vec!["native-tls"],
                vec!["blocking", "native-tls"],
                vec!["rustls"],
                vec!["blocking", "rustls"],
            ]
        );
    }
}
