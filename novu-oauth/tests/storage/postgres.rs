//! A PostgreSQL of the tests' own, in a temporary folder, which ends when the tests do.

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// Starts the server that is named by its first argument's folder, and ends it once nobody holds the other
/// end of its standard input any more. It does not run as root.
const SCRIPT: &str = r#"
set -eu
exec 2>"$FOLDER/log"
as_owner() { exec "$@"; }
if [ "$(id -u)" = 0 ]; then
    OWNER=$(id -u postgres 2>/dev/null || echo 65534)
    chown -R "$OWNER:$OWNER" "$FOLDER"
    as_owner() { exec setpriv --reuid="$OWNER" --regid="$OWNER" --clear-groups "$@"; }
fi
cd "$FOLDER"
(as_owner "$BIN/initdb" -D "$FOLDER/data" -U novu -A trust --no-sync -E UTF8 >&2)
(as_owner "$BIN/postgres" -D "$FOLDER/data" -k "$FOLDER" -c listen_addresses= -c fsync=off -c max_connections=300 >&2) &
server=$!
tries=0
until "$BIN/pg_isready" -q -h "$FOLDER" -U novu || [ "$tries" -ge 200 ]; do tries=$((tries + 1)); sleep 0.1; done
echo ready
exec >/dev/null
cat || true
kill -INT "$server" || true
wait "$server" || true
rm -rf "$FOLDER"
"#;

struct Server {
    folder: PathBuf,
    /// Its standard input is closed when this process ends.
    _child: Child,
}

static SERVER: OnceLock<Option<Server>> = OnceLock::new();

/// The folder of the socket of a server that runs, if the machine has one.
pub(crate) fn folder() -> Option<String> {
    let server = SERVER.get_or_init(start).as_ref()?;
    Some(server.folder.display().to_string())
}

fn start() -> Option<Server> {
    let Some(bin) = binaries() else {
        // Where they have to run, they do not pass unnoticed.
        assert!(
            env::var_os("NOVU_OAUTH_NEED_POSTGRES").is_none(),
            "there is no PostgreSQL on this machine"
        );
        eprintln!("SKIPPED: there is no PostgreSQL on this machine, so nothing is tested with it");
        return None;
    };
    let folder = tempfile::Builder::new().prefix("novu-pg-").tempdir();
    let folder = folder.expect("a folder").keep();
    let mut child = Command::new("sh")
        .args(["-c", SCRIPT])
        .env("FOLDER", &folder)
        .env("BIN", bin)
        .env("OWNER", "")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("to run");
    let mut line = String::new();
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe"));
    lines.read_line(&mut line).expect("a line");
    let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
    assert_eq!(line, "ready\n", "{log}");
    Some(Server {
        folder,
        _child: child,
    })
}

/// The folder of PostgreSQL's programs.
fn binaries() -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .collect();
    folders.sort();
    folders.reverse();
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let has = |folder: &PathBuf| {
        ["initdb", "postgres", "pg_isready"]
            .iter()
            .all(|name| folder.join(name).exists())
    };
    folders.into_iter().find(has)
}
