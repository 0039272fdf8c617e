//! A body of many mebibytes from client to server, and one back, over loopback.

use std::fs;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_core::Stream;
use tokio::net::TcpListener;

use crate::Fault;
use crate::files::ByteStream;
use crate::files::client::Client;
use crate::files::operations::{
    ReadFileRequest, ReadFileResponse, WriteFileRequest, WriteFileResponse,
};
use crate::files::server::{Caller, Operations, Server, Service};

/// The memory that the process may have, with server and client in it.
const MOST_KIBIBYTES: u64 = 64 * 1024;
const PIECE: usize = 64 * 1024;

/// A file of so many bytes.
struct Files(u64);

impl Service for Files {
    type Principal = ();
    type Error = std::convert::Infallible;
}

impl Operations for Files {
    async fn read_file(
        &self,
        _: Caller<()>,
        _: ReadFileRequest,
    ) -> Result<ReadFileResponse, Self::Error> {
        Ok(ReadFileResponse::Ok {
            body: pieces(self.0),
        })
    }

    async fn write_file(
        &self,
        _: Caller<()>,
        mut request: WriteFileRequest,
    ) -> Result<WriteFileResponse, Self::Error> {
        let body = length(&mut request.body).await.unwrap_or_default();
        Ok(WriteFileResponse::Ok {
            body: i64::try_from(body).unwrap_or_default(),
        })
    }
}

/// Sends `mebibytes` each way.
pub(crate) async fn run(mebibytes: u64) -> Result<(), Fault> {
    let all = mebibytes << 20;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let client = Client::builder()
        .base_url(format!("http://{}", listener.local_addr()?))
        .timeout(Duration::from_mins(10))
        .build()?;
    let server = axum::serve(listener, Server::new(Files(all)).operations().into_router());
    let server = tokio::spawn(async move { server.await });

    let before = peak()?;
    let start = Instant::now();
    let written = client
        .operations()
        .write_file("a", pieces(all))
        .send()
        .await?;
    let up = start.elapsed();
    let start = Instant::now();
    let mut read = client.operations().read_file("a").send().await?;
    let down = length(&mut read.body).await?;
    server.abort();
    let after = peak()?;
    println!(
        "{mebibytes} MiB each way in {:.1} s and {:.1} s; the process has had {} MiB, {} of them before",
        up.as_secs_f32(),
        start.elapsed().as_secs_f32(),
        after >> 10,
        before >> 10
    );
    if u64::try_from(written.body)? != all || down != all {
        return Err(format!("{} bytes arrived, and {down}", written.body).into());
    }
    if after > MOST_KIBIBYTES {
        return Err("that is more than 64 MiB".into());
    }
    Ok(())
}

async fn length(body: &mut ByteStream) -> Result<u64, Fault> {
    let mut length = 0;
    while let Some(piece) = body.next().await {
        length += u64::try_from(piece?.len())?;
    }
    Ok(length)
}

/// `all` bytes, made as they are asked for.
fn pieces(all: u64) -> ByteStream {
    ByteStream::from_stream(Pieces(all))
}

struct Pieces(u64);

impl Stream for Pieces {
    type Item = Result<Bytes, Fault>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.0 == 0 {
            return Poll::Ready(None);
        }
        let length = usize::try_from(self.0).unwrap_or(PIECE).min(PIECE);
        self.0 -= length as u64;
        Poll::Ready(Some(Ok(Bytes::from(vec![7; length]))))
    }
}

/// The most memory that the process has had, in KiB.
fn peak() -> Result<u64, Fault> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = line.and_then(|line| line.trim().strip_suffix("kB"));
    Ok(peak.ok_or("the system does not tell")?.trim().parse()?)
}
