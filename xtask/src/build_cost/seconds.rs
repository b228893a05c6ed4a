//! CPU seconds of a build, by compiled crate.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The program that cargo runs instead of the compiler. It writes a file for each run of the compiler.
pub(super) const WRAPPER: &str = include_str!("../../build-cost/timed.sh");

/// The CPU seconds of one build.
pub(super) struct Build {
    /// The runs of the compiler that compile a crate.
    pub(super) crates: Vec<Compiled>,
    /// Everything else: cargo, and build scripts with the C compiler that they run.
    pub(super) rest: f64,
}

/// One run of the compiler.
pub(super) struct Compiled {
    pub(super) name: String,
    /// Cargo's hash of the crate's version, features and profile, and of those of its dependencies.
    pub(super) hash: String,
    pub(super) seconds: f64,
}

impl Build {
    /// Reads the files that the wrapper wrote into `log`. `total` is the time of cargo and all processes that it started.
    pub(super) fn read(log: &Path, total: f64) -> Result<Self, String> {
        let unreadable = |error| format!("cannot read {}: {error}", log.display());
        let mut crates = Vec::new();
        for entry in fs::read_dir(log).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let text = fs::read_to_string(entry.path()).map_err(unreadable)?;
            crates.extend(Compiled::read(&text));
        }
        let compiled: f64 = crates.iter().map(|krate| krate.seconds).sum();
        Ok(Self {
            crates,
            rest: total - compiled,
        })
    }
}

impl Compiled {
    /// `None` for a run that compiles no crate, such as a request for the version.
    fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines().skip(1);
        let (user, system) = lines.next()?.split_once(' ')?;
        let words: Vec<&str> = lines.next()?.split(' ').collect();
        let after = |flag: &str| {
            let place = words.iter().position(|word| *word == flag)?;
            words.get(place + 1).copied()
        };
        let hash = words.iter().find_map(|word| word.strip_prefix("metadata="));
        Some(Self {
            name: after("--crate-name")?.to_owned(),
            hash: hash?.to_owned(),
            seconds: seconds(user)? + seconds(system)?,
        })
    }
}

/// Reads a time such as `1m2.5s`.
fn seconds(time: &str) -> Option<f64> {
    let (minutes, seconds) = time.strip_suffix('s')?.split_once('m')?;
    Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
}

/// The time of each crate: the median of all its builds, in all programs.
///
/// Programs share most of their crates. A shared crate therefore costs each program the same, and only crates that differ add
/// noise.
pub(super) struct Medians(BTreeMap<String, f64>);

impl Medians {
    pub(super) fn of<'a>(builds: impl IntoIterator<Item = &'a Build>) -> Self {
        let mut times: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for compiled in builds.into_iter().flat_map(|build| &build.crates) {
            let times = times.entry(&compiled.hash).or_default();
            times.push(compiled.seconds);
        }
        let medians = times.into_iter().filter_map(|(hash, times)| {
            let median = median(times)?;
            Some((hash.to_owned(), median))
        });
        Self(medians.collect())
    }

    /// The time of a program with these `builds`.
    pub(super) fn program(&self, builds: &[Build]) -> Option<f64> {
        let rest = median(builds.iter().map(|build| build.rest).collect())?;
        let crates = builds.first()?.crates.iter();
        let crates = crates.filter_map(|compiled| self.0.get(&compiled.hash));
        Some(rest + crates.sum::<f64>())
    }

    /// The time of the crate with this name in `build`.
    pub(super) fn of_crate(&self, name: &str, build: &Build) -> Option<f64> {
        let compiled = build.crates.iter().find(|compiled| compiled.name == name)?;
        self.0.get(&compiled.hash).copied()
    }
}

/// The middle of `numbers`, or the mean of the two in the middle.
fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    let upper = numbers.get(numbers.len() / 2)?;
    let lower = numbers.get((numbers.len() - 1) / 2)?;
    Some((lower + upper) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::{Build, Compiled, Medians};

    fn build(rest: f64, crates: &[(&str, f64)]) -> Build {
        let crates = crates.iter().map(|(hash, seconds)| Compiled {
            name: (*hash).to_owned(),
            hash: (*hash).to_owned(),
            seconds: *seconds,
        });
        Build {
            crates: crates.collect(),
            rest,
        }
    }

    #[test]
    fn a_run_of_the_compiler_is_read_as_the_wrapper_writes_it() {
        let text = "0m0.01s 0m0.02s\n1m2.5s 0m0.5s\nrustc --crate-name http src/lib.rs -C metadata=9f0a -C x=y\n";
        let compiled = Compiled::read(text).expect("it makes a crate");
        assert_eq!(
            (
                compiled.name.as_str(),
                compiled.hash.as_str(),
                compiled.seconds
            ),
            ("http", "9f0a", 63.0)
        );
        assert!(Compiled::read("0m0.01s 0m0.02s\n0m1s 0m0s\nrustc -vV\n").is_none());
    }

    #[test]
    fn a_shared_crate_costs_every_program_the_same() {
        let bare = [build(1.0, &[("http", 10.0)]), build(3.0, &[("http", 14.0)])];
        let ours = [
            build(2.0, &[("http", 12.0), ("ours", 4.0)]),
            build(2.0, &[("http", 20.0), ("ours", 6.0)]),
        ];
        let medians = Medians::of(bare.iter().chain(&ours));
        assert_eq!(medians.program(&bare), Some(2.0 + 13.0));
        assert_eq!(medians.program(&ours), Some(2.0 + 13.0 + 5.0));
        assert_eq!(medians.of_crate("ours", &ours[0]), Some(5.0));
    }
}
