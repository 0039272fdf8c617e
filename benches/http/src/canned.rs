//! A server that answers a `GET` with a page and a `POST` with an order, whatever they ask for.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::{Outcome, samples};

/// Serves until the process ends.
pub(crate) async fn serve(listener: TcpListener) -> Outcome {
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(answer(stream));
    }
}

async fn answer(mut stream: TcpStream) -> Outcome {
    let response = |head: &str, body: &str| {
        let length = body.len();
        format!(
            "HTTP/1.1 {head}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        )
    };
    let page = response("200 OK\r\nx-total: 10", &samples::page());
    let order = response(
        "201 Created\r\nlocation: /shops/north/orders/ord_0001",
        samples::ORDER,
    );
    let mut bytes = Vec::new();
    while stream.read_buf(&mut bytes).await? > 0 {
        let Some(head) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let text = String::from_utf8_lossy(bytes.get(..head).unwrap_or_default()).to_lowercase();
        let length = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.unwrap_or("0").parse()?;
        if bytes.len() < head + 4 + length {
            continue;
        }
        let answer = if text.starts_with("get ") {
            &page
        } else {
            &order
        };
        stream.write_all(answer.as_bytes()).await?;
        bytes.clear();
    }
    Ok(())
}
