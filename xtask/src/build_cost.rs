//! `cargo xtask build-cost`: what the crate adds to the build of a program that sends one message.

mod seconds;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use self::seconds::{Build, Medians, WRAPPER};
use crate::cargo::CRATE;
use crate::print;
use crate::process::{exists, output};
use crate::tools::LLVM_LINES;
use crate::workspace::{read_text, root, write};

/// Builds three versions of a program that sends one message, and compares the cost of each build.
///
/// The first version uses reqwest and its own types. The second version uses the crate with only the feature `rustls`. The third
/// version uses the crate with its default features. The command builds each program from scratch in release mode, with the
/// dependencies of `Cargo.lock`. The CPU seconds include cargo and all processes that cargo starts. For each compiled crate, the
/// command uses the median time of all its builds. A dependency that all versions use therefore adds the same time to each
/// version.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Exit with 1 if a measured cost is above its maximum
    #[arg(long)]
    check: bool,

    /// Number of builds of each version; more builds reduce the influence of other work on the machine
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
}

/// The maximum number of LLVM lines for the crate with its default features.
const MAX_LLVM_LINES: u64 = 300_000;

struct Program {
    name: &'static str,
    manifest: &'static str,
    main: &'static str,
    /// The text after the crate's path in the manifest.
    features: &'static str,
    /// The maximum CPU time, as a ratio to the first program.
    max_seconds: f64,
    /// The maximum size without symbols, as a ratio to the first program.
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

/// The costs of a program's builds.
#[derive(Default)]
struct Cost {
    /// One build per round, if the time can be measured.
    builds: Vec<Build>,
    crates: usize,
    bytes: Option<u64>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let mut costs = PROGRAMS.map(|_| Cost::default());
    for round in 1..=arguments.rounds {
        for (program, cost) in PROGRAMS.iter().zip(&mut costs) {
            eprintln!("round {round}: building {}", program.name);
            program.build(cost)?;
        }
    }
    let medians = Medians::of(costs.iter().flat_map(|cost| &cost.builds));
    let seconds = |cost: &Cost| medians.program(&cost.builds);
    let bytes = |cost: &Cost| cost.bytes.map(|bytes| bytes as f64);

    print::line("program   CPU s  ratio  the crate  crates  stripped bytes  ratio")?;
    let mut is_well = true;
    for (program, cost) in PROGRAMS.iter().zip(&costs) {
        let time = ratio(seconds(cost), seconds(&costs[0]));
        let size = ratio(bytes(cost), bytes(&costs[0]));
        is_well &= time.is_none_or(|ratio| ratio <= program.max_seconds);
        is_well &= size.is_none_or(|ratio| ratio <= program.max_bytes);
        let first = cost.builds.first();
        let own = first.and_then(|build| medians.of_crate("telnyx_messaging", build));
        print::line(format_args!(
            "{:<8} {:>6} {:>6} {:>10} {:>7} {:>15} {:>6}",
            program.name,
            shown(seconds(cost), 1),
            shown(time, 3),
            shown(own, 1),
            cost.crates,
            shown(bytes(cost), 0),
            shown(size, 3),
        ))?;
    }
    if costs[0].builds.is_empty() {
        print::line("SKIPPED: CPU seconds, because there is no /proc/self/stat")?;
    }
    if costs[0].bytes.is_none() {
        print::line("SKIPPED: stripped bytes, because the program `strip` is missing")?;
    }
    match LLVM_LINES.installed() {
        Ok(tool) => {
            let lines = llvm_lines(&tool)?;
            is_well &= lines <= MAX_LLVM_LINES;
            print::line(format_args!("LLVM lines of the crate: {lines}"))?;
        }
        Err(reason) => print::line(format_args!("SKIPPED: LLVM lines: {reason}"))?,
    }
    Ok(ExitCode::from(u8::from(arguments.check && !is_well)))
}

impl Program {
    /// Builds the program from scratch, and adds to `cost`.
    fn build(&self, cost: &mut Cost) -> Result<(), String> {
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
        let log = folder.join("log");
        if before.is_some() {
            fs::create_dir(&log)
                .map_err(|error| format!("cannot make {}: {error}", log.display()))?;
            build
                .env("RUSTC_WRAPPER", wrapper(&folder)?)
                .env("BUILD_COST_LOG", &log);
        }
        let build = output(&mut build)?;
        let said = String::from_utf8_lossy(&build.stderr);
        if !build.status.success() {
            return Err(format!("{} does not compile:\n{said}", self.name));
        }
        let after = seconds_of_children();
        if let Some((before, after)) = before.zip(after) {
            cost.builds.push(Build::read(&log, after - before)?);
        }
        cost.crates = said
            .lines()
            .filter(|line| line.trim().starts_with("Compiling "))
            .count();
        cost.bytes = stripped(&folder.join("target/release/send-one-message"))?;
        Ok(())
    }
}

/// Writes the program that cargo runs instead of the compiler.
fn wrapper(folder: &Path) -> Result<PathBuf, String> {
    let path = folder.join("timed.sh");
    write(&path, WRAPPER)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(path)
}

/// The CPU seconds of all child processes that have ended; `None` if Linux does not count them.
fn seconds_of_children() -> Option<f64> {
    /// The unit in which Linux reports times to programs, on every architecture.
    const TICKS_A_SECOND: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program may contain blanks, and ends at the last parenthesis. cutime is field 16, cstime is field 17, and
    // the first field after the name is field 3.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |field: usize| fields.get(field - 3)?.parse::<f64>().ok();
    Some((ticks(16)? + ticks(17)?) / TICKS_A_SECOND)
}

/// The size of a program without its symbols, if the system has `strip`.
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

/// The LLVM lines of the crate with its default features.
fn llvm_lines(tool: &Path) -> Result<u64, String> {
    let mut lines = Command::new(tool);
    lines
        .args(["llvm-lines", "--release", "--offline", "--lib"])
        .args(["--package", CRATE])
        .current_dir(root())
        .env(
            "CARGO_TARGET_DIR",
            root().join("target/build-cost/llvm-lines"),
        );
    let lines = output(&mut lines)?;
    let said = String::from_utf8_lossy(&lines.stdout);
    let total = said.lines().find(|line| line.contains("(TOTAL)"));
    let total = total.and_then(|line| line.split_whitespace().next()?.parse().ok());
    let errors = String::from_utf8_lossy(&lines.stderr);
    total.ok_or_else(|| format!("cargo llvm-lines prints no total:\n{errors}"))
}

fn ratio(part: Option<f64>, whole: Option<f64>) -> Option<f64> {
    Some(part? / whole?)
}

fn shown(number: Option<f64>, digits: usize) -> String {
    number.map_or("-".to_owned(), |number| format!("{number:.digits$}"))
}
