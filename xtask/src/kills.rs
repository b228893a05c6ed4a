//! `cargo xtask kills`: checks that a killed run leaves no half-written folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::print;
use crate::process::run_well;
use crate::random::Random;
use crate::workspace::{files, root};

/// Kills `generate` at random moments, with SIGKILL and SIGINT, and then runs `generate` again.
///
/// The runs write code into `target/kills/api`, alternately with and without `sdk.yaml`. After a killed run, the folder must
/// contain the complete code of one version, or must not exist. The next run must succeed, and must leave no temporary files.
/// Exits with 1 if a run fails or leaves wrong files, or if no run was killed while it wrote files.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Number of runs to kill
    #[arg(long, value_name = "NUMBER", default_value_t = 200)]
    kills: u32,
}

/// The files of a folder by their paths.
type Files = BTreeMap<PathBuf, Vec<u8>>;

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, String> {
    let folder = root().join("target/kills/api");
    let mut wanted = Vec::new();
    let mut took = Duration::ZERO;
    for named in [true, false] {
        let start = Instant::now();
        run_well(&mut generate(named, &folder)?)?;
        took = start.elapsed();
        wanted.push(read(&folder)?);
    }
    let mut random = Random::new(1);
    let mut counts = Counts::default();
    for index in 0..arguments.kills {
        // The folder contains the output of the last run, and this run writes the other version.
        let named = index % 2 == 0;
        let child = generate(named, &folder)?
            .spawn()
            .map_err(|error| format!("cannot start: {error}"))?;
        wait(index, &folder, took, &mut random);
        kill(child, if index % 4 < 2 { "-KILL" } else { "-INT" })?;
        counts.add(&folder, &wanted)?;
        let status = generate(named, &folder)?
            .status()
            .map_err(|error| format!("cannot start: {error}"))?;
        let left = [".api.next", ".api.last"]
            .iter()
            .any(|name| folder.with_file_name(name).exists());
        if !status.success() || left || read(&folder)? != wanted[usize::from(!named)] {
            counts.failures += 1;
        }
    }
    print::line(format_args!(
        "{} killed, {} of them while writing; left a whole folder: {}, left no folder: {}, failures: {}",
        arguments.kills, counts.while_writing, counts.whole, counts.none, counts.failures
    ))?;
    if counts.while_writing == 0 {
        eprintln!(
            "error: no run was killed while writing, so nothing was tested: kill more with `--kills`"
        );
    }
    let is_well = counts.failures == 0 && counts.while_writing > 0;
    Ok(ExitCode::from(u8::from(!is_well)))
}

#[derive(Default)]
struct Counts {
    while_writing: usize,
    whole: usize,
    none: usize,
    failures: usize,
}

impl Counts {
    /// Counts the results of a killed run.
    fn add(&mut self, folder: &Path, wanted: &[Files]) -> Result<(), String> {
        let is_staged = [".api.next", ".api.last"]
            .iter()
            .any(|name| folder.with_file_name(name).exists());
        self.while_writing += usize::from(is_staged);
        match folder.exists() {
            false => self.none += 1,
            true if wanted.contains(&read(folder)?) => self.whole += 1,
            true => self.failures += 1,
        }
        Ok(())
    }
}

/// The command that writes the crate, with or without the names in `sdk.yaml`.
fn generate(named: bool, folder: &Path) -> Result<Command, String> {
    let program =
        std::env::current_exe().map_err(|error| format!("cannot find this program: {error}"))?;
    let mut command = Command::new(program);
    command.args([
        "generate",
        "--spec=spec/openapi.yaml",
        "--overlay=spec/overlay.yaml",
    ]);
    if named {
        command.arg("--config=spec/sdk.yaml");
    }
    command.arg("--out").arg(folder).current_dir(root());
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Ok(command)
}

/// Waits for a moment of a run: any moment in every fourth run, or else a moment while it writes.
fn wait(index: u32, folder: &Path, took: Duration, random: &mut Random) {
    if index.is_multiple_of(4) {
        sleep(took.mul_f64(random.fraction()));
        return;
    }
    let start = Instant::now();
    while !folder.with_file_name(".api.next").exists() && start.elapsed() < took * 3 {
        sleep(Duration::from_micros(100));
    }
    sleep(Duration::from_millis(20).mul_f64(random.fraction()));
}

fn kill(mut child: Child, signal: &str) -> Result<(), String> {
    let mut kill = Command::new("kill");
    kill.args([signal, &child.id().to_string()])
        .stderr(Stdio::null());
    // A run that has ended already cannot be killed.
    let killed = kill.status().and_then(|_| child.wait());
    killed
        .map(drop)
        .map_err(|error| format!("cannot kill: {error}"))
}

fn read(folder: &Path) -> Result<Files, String> {
    let paths = files(folder)?.into_iter();
    let read = |path: PathBuf| {
        let content =
            fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        Ok((path, content))
    };
    paths.map(read).collect()
}
