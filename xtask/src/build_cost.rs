//! `cargo xtask build-cost`: what the crate adds to the build of a program that sends one message.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::cargo::{CRATE, cargo};
use crate::print;
use crate::process::{exists, output};
use crate::workspace::{read_text, root, write};

/// Builds three versions of a program that sends one message, and compares the cost of each build.
///
/// The first version uses reqwest and its own types. The second version uses the crate with only the feature `rustls`. The third
/// version uses the crate with its default features. The command builds each version from scratch in release mode, with the
/// versions of `Cargo.lock`. CPU seconds include cargo and all processes that it starts, as Linux counts them. The comparison
/// takes minutes, and is most exact on an idle machine.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// End with 1 if a ratio to the first version is above its maximum
    #[arg(long)]
    check: bool,
}

struct Program {
    name: &'static str,
    manifest: &'static str,
    main: &'static str,
    /// What follows the path of the crate in the manifest.
    features: &'static str,
    /// The most CPU seconds, as a ratio to the first program.
    max_seconds: f64,
    /// The most bytes, stripped, as a ratio to the first program.
    max_bytes: f64,
}

const BARE: (&str, &str) = (
    include_str!("../build-cost/bare.toml"),
    include_str!("../build-cost/bare.rs"),
);

const OURS: (&str, &str) = (
    include_str!("../build-cost/ours.toml"),
    include_str!("../build-cost/ours.rs"),
);

const PROGRAMS: [Program; 3] = [
    Program {
        name: "bare",
        manifest: BARE.0,
        main: BARE.1,
        features: "",
        max_seconds: 1.0,
        max_bytes: 1.0,
    },
    Program {
        name: "rustls",
        manifest: OURS.0,
        main: OURS.1,
        features: r#", default-features = false, features = ["rustls"]"#,
        max_seconds: 1.15,
        max_bytes: 1.10,
    },
    Program {
        name: "default",
        manifest: OURS.0,
        main: OURS.1,
        features: "",
        max_seconds: 1.22,
        max_bytes: f64::INFINITY,
    },
];

/// What a build cost.
struct Cost {
    seconds: Option<f64>,
    crates: usize,
    bytes: Option<u64>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let mut costs = Vec::new();
    for program in &PROGRAMS {
        costs.push(program.build()?);
    }
    print::line("program   CPU s  ratio  crates  stripped bytes  ratio")?;
    let mut is_well = true;
    for (program, cost) in PROGRAMS.iter().zip(&costs) {
        let seconds = ratio(cost.seconds, costs[0].seconds);
        let bytes = |cost: &Cost| cost.bytes.map(|bytes| bytes as f64);
        let size = ratio(bytes(cost), bytes(&costs[0]));
        is_well &= seconds.is_none_or(|ratio| ratio <= program.max_seconds);
        is_well &= size.is_none_or(|ratio| ratio <= program.max_bytes);
        print::line(format_args!(
            "{:<8} {:>6} {:>6} {:>7} {:>15} {:>6}",
            program.name,
            shown(cost.seconds, 1),
            shown(seconds, 2),
            cost.crates,
            shown(bytes(cost), 0),
            shown(size, 2),
        ))?;
    }
    if costs[0].seconds.is_none() {
        print::line("SKIPPED: CPU seconds, because there is no /proc/self/stat")?;
    }
    if costs[0].bytes.is_none() {
        print::line("SKIPPED: stripped bytes, because the program `strip` is missing")?;
    }
    print::line(llvm_lines()?)?;
    Ok(ExitCode::from(u8::from(arguments.check && !is_well)))
}

impl Program {
    /// Builds the program from nothing.
    fn build(&self) -> Result<Cost, String> {
        let folder = root().join("target/build-cost").join(self.name);
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .map_err(|error| format!("cannot remove {}: {error}", folder.display()))?;
        }
        let path = root().join("generated");
        let manifest = self.manifest.replace("FEATURES", self.features);
        let manifest = manifest.replace("CRATE", &path.display().to_string());
        write(&folder.join("Cargo.toml"), manifest)?;
        write(&folder.join("src/main.rs"), self.main)?;
        write(
            &folder.join("Cargo.lock"),
            read_text(&root().join("Cargo.lock"))?,
        )?;

        let before = seconds_of_children();
        let mut build = Command::new("cargo");
        build
            .args(["build", "--release", "--offline"])
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", folder.join("target"));
        eprintln!("building {}", self.name);
        let build = output(&mut build)?;
        let said = String::from_utf8_lossy(&build.stderr);
        if !build.status.success() {
            return Err(format!("{} does not compile:\n{said}", self.name));
        }
        let after = seconds_of_children();
        Ok(Cost {
            seconds: before.zip(after).map(|(before, after)| after - before),
            crates: said
                .lines()
                .filter(|line| line.trim().starts_with("Compiling "))
                .count(),
            bytes: stripped(&folder.join("target/release/send-one-message"))?,
        })
    }
}

/// The CPU seconds of all processes that this one started and waited for; `None` where Linux does not count them.
fn seconds_of_children() -> Option<f64> {
    /// What Linux counts in, on every architecture that it tells programs of.
    const TICKS_A_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program may hold blanks; it ends with the last parenthesis. Of all fields, cutime is the 16th and cstime
    // the 17th, and the first after the name is the third.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |field: usize| fields.get(field - 3)?.parse::<f64>().ok();
    Some((ticks(16)? + ticks(17)?) / TICKS_A_SECOND)
}

/// The size of a program without its symbols, where there is a `strip` to take them out.
fn stripped(program: &Path) -> Result<Option<u64>, String> {
    if !exists("strip") {
        return Ok(None);
    }
    let copy = program.with_extension("stripped");
    let strip = output(Command::new("strip").arg("-o").arg(&copy).arg(program))?;
    if !strip.status.success() {
        return Err(String::from_utf8_lossy(&strip.stderr).into_owned());
    }
    let metadata = fs::metadata(&copy).map_err(|error| format!("{}: {error}", copy.display()))?;
    Ok(Some(metadata.len()))
}

/// How many lines the crate, as it comes, gives LLVM to compile, and in how many functions.
fn llvm_lines() -> Result<String, String> {
    if !exists("cargo-llvm-lines") {
        return Ok("SKIPPED: LLVM lines, because `cargo llvm-lines` is missing: run `cargo install cargo-llvm-lines`".to_owned());
    }
    let mut lines = cargo("llvm-lines");
    lines
        .args(["--release", "--offline", "--lib", "--package", CRATE])
        .env(
            "CARGO_TARGET_DIR",
            root().join("target/build-cost/llvm-lines"),
        );
    let lines = output(&mut lines)?;
    let said = String::from_utf8_lossy(&lines.stdout);
    let total = said.lines().find(|line| line.contains("(TOTAL)"));
    let errors = String::from_utf8_lossy(&lines.stderr);
    let total = total.ok_or_else(|| format!("cargo llvm-lines prints no total:\n{errors}"))?;
    Ok(format!(
        "LLVM lines and copies of functions: {}",
        total.trim()
    ))
}

fn ratio(part: Option<f64>, whole: Option<f64>) -> Option<f64> {
    Some(part? / whole?)
}

fn shown(number: Option<f64>, digits: usize) -> String {
    number.map_or("-".to_owned(), |number| format!("{number:.digits$}"))
}
