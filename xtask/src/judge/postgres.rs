//! A PostgreSQL server in a folder of its own, without a network, which ends with this process.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::install;
use crate::process::{exists, run_well};
use crate::workspace::root;

/// PostgreSQL refuses to run as root, so root runs it as this user: `nobody`.
const UNPRIVILEGED: &str = "65534";

/// A server with an empty database.
pub(super) struct Server {
    url: String,
    programs: PathBuf,
    folder: PathBuf,
}

impl Server {
    /// Starts the installed PostgreSQL, or else Debian's package below `target/judge`. The server listens only on a Unix socket.
    pub(super) fn start() -> Result<Self, String> {
        let programs = programs()?;
        // The path of a Unix socket must be short.
        let folder = std::env::temp_dir().join(format!("telnyx-outbox-{}", std::process::id()));
        let data = folder.join("data");
        fs::create_dir_all(&data).map_err(|error| error.to_string())?;
        if is_root() {
            let mut give = Command::new("chown");
            run_well(give.args(["-R", UNPRIVILEGED]).arg(&folder))?;
        }
        let mut make = unprivileged(&programs.join("initdb"));
        run_well(
            make.args(["--auth=trust", "--username=outbox", "--no-sync", "-D"])
                .arg(&data),
        )?;
        let options = format!(
            "-c listen_addresses= -c fsync=off -c unix_socket_directories={}",
            folder.display()
        );
        let mut start = unprivileged(&programs.join("pg_ctl"));
        start.args(["--wait", "--silent", "--options", &options, "--log"]);
        run_well(
            start
                .arg(folder.join("log"))
                .arg("-D")
                .arg(&data)
                .arg("start"),
        )?;
        let host = folder.to_string_lossy().replace('/', "%2F");
        Ok(Self {
            url: format!("postgres://outbox@{host}/postgres"),
            programs,
            folder,
        })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut stop = unprivileged(&self.programs.join("pg_ctl"));
        stop.args(["--mode=immediate", "--silent", "-D"]);
        // Anything left is in the system's folder for temporary files.
        let _ = run_well(stop.arg(self.folder.join("data")).arg("stop"));
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The folder of `initdb` and `pg_ctl`.
fn programs() -> Result<PathBuf, String> {
    let installed = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut installed = installed.map(|version| version.path().join("bin"));
    if let Some(folder) = installed.find(|folder| folder.join("initdb").exists()) {
        return Ok(folder);
    }
    if !exists("apt-get") {
        return Err("there is no PostgreSQL, and no `apt-get` to install it".to_owned());
    }
    let folder = root().join("target/judge/postgresql");
    install::debian(
        &folder,
        &["postgresql-15"],
        "usr/lib/postgresql/15/bin/postgres",
    )?;
    Ok(folder.join("usr/lib/postgresql/15/bin"))
}

/// A command that does not run as root.
fn unprivileged(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args([
        "--reuid",
        UNPRIVILEGED,
        "--regid",
        UNPRIVILEGED,
        "--clear-groups",
    ]);
    command.arg(program);
    command
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}
