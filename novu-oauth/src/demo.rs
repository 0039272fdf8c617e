//! A demonstration: the service on a free port of this machine, and one call of it by the generated
//! client.

use std::error::Error;
use std::net::Ipv4Addr;
use std::sync::Arc;

use novu_api::client::Client;
use novu_api::types::GenerateLinkUserOauthUrlRequestDto;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::config::{Config, Keys};
use crate::http::app;
use crate::serve::serve;
use crate::service::OAuth;
use crate::storage::DatabaseUrl;

/// Starts the service of the example configuration, mints the URL that links `subscriber-123` to a
/// Slack user, and stops the service. The steps go to standard error, the URL is returned.
///
/// # Errors
/// Where the machine has no free port on loopback, or the call fails.
pub async fn run() -> Result<String, Box<dyn Error>> {
    let config = Config {
        database: DatabaseUrl::Memory,
        keys: Keys::Ephemeral,
        ..Config::example()?
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    eprintln!("service: {base_url}, with the configuration of example.toml");
    let (stop, stopped) = oneshot::channel::<()>();
    let service = Arc::new(OAuth::open(&config).await?);
    let router = app(&service, &Arc::default(), config.request_timeout);
    let server = tokio::spawn(serve(listener, router, async {
        let _ = stopped.await;
    }));

    let client = Client::builder()
        .base_url(&base_url)
        .secret_key("dummy-secret-key")
        .build()?;
    let body = GenerateLinkUserOauthUrlRequestDto::new("subscriber-123", "slack-main");
    eprintln!("client:  POST /v1/integrations/channel-endpoints/oauth");
    let reply = client
        .integrations()
        .generate_link_user_oauth_url(body)
        .send()
        .await?;
    eprintln!("reply:   {}", reply.status);

    let _ = stop.send(());
    server.await?;
    Ok(reply.body.url)
}
