//! The service as a process.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use novu_api::client::Client;

const CONFIG: &str = r#"
listen = "127.0.0.1:0"
api_root = "https://novu.example.com"
keys_file = "keys"
rate_limit = { enabled = false }
idempotency = { lock_seconds = 2 }

[[environments]]
id = "66a1b2c3d4e5f60718293a4b"
organization_id = "66a1b2c3d4e5f60718293a4c"
api_keys = ["sk_test_123"]
subscribers = ["subscriber-123"]

[[environments.integrations]]
identifier = "slack-main"
provider = "slack"
client_id = "client-1"
"#;

pub(crate) struct Server {
    child: Child,
    url: String,
}

impl Server {
    /// Starts it in `folder`.
    pub(crate) fn start(folder: &Path, database: &str) -> Self {
        fs::write(folder.join("novu.toml"), CONFIG).expect("to write");
        let mut child = Command::new(env!("CARGO_BIN_EXE_novu-oauth"))
            .args(["serve", "--config", "novu.toml"])
            .current_dir(folder)
            .env("NOVU_OAUTH_DATABASE", database)
            .env("NOVU_OAUTH_LOG", "error")
            .stderr(Stdio::piped())
            .spawn()
            .expect("to run");
        let mut line = String::new();
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe"));
        lines.read_line(&mut line).expect("a line");
        let url = line
            .trim()
            .strip_prefix("listening on ")
            .unwrap_or_else(|| panic!("{line}"))
            .to_owned();
        Self { child, url }
    }

    pub(crate) fn client(&self) -> Client {
        let client = Client::builder()
            .base_url(&self.url)
            .secret_key("sk_test_123");
        client.build().expect("a client")
    }

    /// Kills it, so that it can do nothing about it.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("to kill");
        self.child.wait().expect("to end");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
