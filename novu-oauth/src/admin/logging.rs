//! The log: lines of text or of JSON on standard error.

use tracing_subscriber::EnvFilter;

/// Starts the log; `NOVU_OAUTH_LOG` says what is in it.
pub(super) fn start(json: bool) {
    let filter = EnvFilter::try_from_env("NOVU_OAUTH_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let log = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .with_env_filter(filter);
    // A second log in the same process is none.
    let _ = if json {
        log.json().try_init()
    } else {
        log.try_init()
    };
}
