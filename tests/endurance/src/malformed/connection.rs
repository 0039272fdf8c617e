//! Connections in memory to a server.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::yield_now;
use tokio::time::timeout;

/// How long a request may take.
const LONGEST: Duration = Duration::from_secs(20);
/// How often the server has its turn until it is told that no more is sent: it has answered by then, or waits for more.
const TURNS: usize = 200;

/// Opens connections to a server.
pub(super) struct Connections(UnboundedSender<DuplexStream>);

/// What a server said to a request.
#[derive(Debug)]
pub(super) enum Answer {
    /// The status of every response; none where it hung up.
    Statuses(Vec<u16>),
    /// It took too long.
    Hangs,
}

impl Answer {
    pub(super) fn is_fault(&self) -> bool {
        match self {
            Self::Statuses(all) => all.iter().any(|status| *status >= 500),
            Self::Hangs => true,
        }
    }

    pub(super) fn words(&self) -> Vec<String> {
        match self {
            Self::Statuses(all) if all.is_empty() => vec!["none".to_owned()],
            Self::Statuses(all) => all.iter().map(u16::to_string).collect(),
            Self::Hangs => vec!["hangs".to_owned()],
        }
    }
}

impl Connections {
    pub(super) fn serve(router: axum::Router) -> Self {
        let (sender, incoming) = unbounded_channel();
        tokio::spawn(async move { axum::serve(Listener(incoming), router).await });
        Self(sender)
    }

    /// Sends the bytes on a connection of their own, and reads what comes until the server has no more to say.
    pub(super) async fn send(&mut self, bytes: &[u8]) -> Answer {
        let (mine, theirs) = duplex(1 << 16);
        let (mut reader, mut writer) = tokio::io::split(mine);
        let _ = self.0.send(theirs);
        let mut received = Vec::new();
        let write = async {
            // A server that has answered need not read the rest.
            let _ = writer.write_all(bytes).await;
            for _ in 0..TURNS {
                yield_now().await;
            }
            let _ = writer.shutdown().await;
        };
        let read = reader.read_to_end(&mut received);
        let both = async { tokio::join!(write, read) };
        match timeout(LONGEST, both).await {
            Ok(_) => Answer::Statuses(statuses(&received)),
            Err(_) => Answer::Hangs,
        }
    }
}

/// The statuses of all responses in a row.
fn statuses(mut received: &[u8]) -> Vec<u16> {
    const START: &[u8] = b"HTTP/1.";
    let mut all = Vec::new();
    while let Some(at) = received.windows(START.len()).position(|it| it == START) {
        received = received.get(at + START.len()..).unwrap_or_default();
        let status = received
            .get(2..5)
            .and_then(|code| std::str::from_utf8(code).ok());
        all.extend(status.and_then(|code| code.parse::<u16>().ok()));
    }
    all
}

struct Listener(UnboundedReceiver<DuplexStream>);

impl axum::serve::Listener for Listener {
    type Io = DuplexStream;
    type Addr = ();

    async fn accept(&mut self) -> (DuplexStream, ()) {
        match self.0.recv().await {
            Some(connection) => (connection, ()),
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<()> {
        Ok(())
    }
}
