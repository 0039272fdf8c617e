//! Texts on other machines.

use std::time::{Duration, Instant};

use super::{SIZE_LIMIT, Source};

/// All requests of one run together may take this long.
const PATIENCE: Duration = Duration::from_mins(2);

/// One request may take this long.
const TIMEOUT: Duration = Duration::from_secs(30);

const REDIRECTS: u32 = 5;

/// Requests of one run; the clock starts with the first.
#[derive(Debug, Default)]
pub(super) struct Remote {
    until: Option<Instant>,
}

impl Remote {
    /// Reads a text; its address is the last one that redirects led to.
    #[cfg(feature = "remote")]
    pub(super) fn read(&mut self, url: &str) -> Result<Source, String> {
        use ureq::ResponseExt as _;

        let until = *self.until.get_or_insert_with(|| Instant::now() + PATIENCE);
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(format!(
                "references took more than {} s",
                PATIENCE.as_secs()
            ));
        }
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(left.min(TIMEOUT)))
            .max_redirects(REDIRECTS)
            // What was asked for in secret is not to be had in the open.
            .https_only(url.starts_with("https:"))
            .user_agent(concat!("specwright/", env!("CARGO_PKG_VERSION")))
            .accept("application/json, application/yaml, text/plain;q=0.9, */*;q=0.5")
            .build()
            .new_agent();
        let fault = |error: ureq::Error| error.to_string();
        let mut response = agent.get(url).call().map_err(fault)?;
        let address = response.get_uri().to_string();
        let body = response.body_mut().with_config().limit(SIZE_LIMIT);
        let bytes = body.read_to_vec().map_err(fault)?;
        let source = Source::reader(url.to_owned(), bytes.as_slice());
        let mut source = source.map_err(|error| error.to_string())?;
        source.address = super::Address::Url(address);
        Ok(source)
    }

    /// Reads nothing: this build has no client.
    #[cfg(not(feature = "remote"))]
    pub(super) fn read(&mut self, _: &str) -> Result<Source, String> {
        let _ = (self.until, PATIENCE, TIMEOUT, REDIRECTS, SIZE_LIMIT);
        Err("this build of specwright lacks the feature `remote`".to_owned())
    }
}
