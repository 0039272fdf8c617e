//! Requests to a server over a connection in memory.

use std::io::Write as _;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};

use crate::Outcome;

/// Sends a request `rounds` times, one after the other; prints the response where that is 0.
pub(crate) async fn requests(router: Router, request: &[u8], rounds: u32) -> Outcome {
    let (mut client, server) = tokio::io::duplex(256 * 1024);
    let service = TowerToHyperService::new(router);
    tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(server), service));
    client.write_all(request).await?;
    let first = response(&mut client).await?;
    if rounds == 0 {
        std::io::stdout().write_all(&first)?;
    }
    let mut buffer = vec![0; first.len()];
    for _ in 0..rounds {
        client.write_all(request).await?;
        client.read_exact(&mut buffer).await?;
    }
    Ok(())
}

async fn response(client: &mut DuplexStream) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        if client.read_buf(&mut bytes).await? == 0 {
            return Err("the server hung up".into());
        }
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.ok_or("the response has no length")?.parse()?;
        if body.len() >= length {
            return Ok(bytes);
        }
    }
}
