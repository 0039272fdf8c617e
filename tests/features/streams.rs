//! Bodies that come a piece at a time, from client to server and back.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::generated::streams::client::{Client, Error};
use crate::generated::streams::operations::{
    AddEntriesRequest, AddEntriesResponse, CopyBody, CopyOkBody, CopyRequest, CopyResponse,
    ListEntriesRequest, ListEntriesResponse, ReadFileFailure, ReadFileRequest, ReadFileResponse,
    ReportRequest, ReportResponse, WatchRequest, WatchResponse, WriteFileRequest,
    WriteFileResponse,
};
use crate::generated::streams::server::{Caller, Failure, Operations, Server, Service};
use crate::generated::streams::types::Entry;
use crate::generated::streams::{ByteStream, Bytes, Event, ItemError};

/// How many bytes a large body has: thirty times what is read of one that is held whole.
const LARGE: usize = 64 << 20;
const PIECE: usize = 64 << 10;

/// A large body, which counts the pieces that were asked for.
struct Large {
    left: usize,
    made: Arc<AtomicUsize>,
}

impl Large {
    fn counted() -> (ByteStream, Arc<AtomicUsize>) {
        let made = Arc::new(AtomicUsize::new(0));
        let large = Self {
            left: LARGE,
            made: Arc::clone(&made),
        };
        (ByteStream::from_stream(large), made)
    }
}

impl Stream for Large {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= PIECE;
        self.made.fetch_add(1, Ordering::Relaxed);
        Poll::Ready(Some(Ok(Bytes::from(vec![7; PIECE]))))
    }
}

/// Reads a body, and sees that no piece is made long before it is read.
async fn drain(mut body: ByteStream, made: &AtomicUsize) -> usize {
    let mut read = 0;
    while let Some(piece) = body.next().await {
        read += piece.unwrap().len();
        let ahead = made.load(Ordering::Relaxed) * PIECE - read;
        assert!(ahead <= 2 * PIECE, "{ahead} bytes are held");
    }
    read
}

#[derive(Default)]
struct Store {
    made: std::sync::Mutex<Arc<AtomicUsize>>,
}

impl Store {
    fn expects(&self, made: Arc<AtomicUsize>) {
        *self.made.lock().unwrap() = made;
    }
}

fn entry(id: i64) -> Entry {
    Entry { id, text: None }
}

impl Service for Arc<Store> {
    type Principal = ();
    type Error = Failure;
}

impl Operations for Arc<Store> {
    async fn read_file(
        &self,
        _: Caller<()>,
        request: ReadFileRequest,
    ) -> Result<ReadFileResponse, Failure> {
        if request.name != "large" {
            let body = Bytes::from(request.name);
            return Err(ReadFileFailure::NotFound { body }.into());
        }
        let (body, made) = Large::counted();
        self.expects(made);
        Ok(ReadFileResponse::Ok { body })
    }

    async fn write_file(
        &self,
        _: Caller<()>,
        request: WriteFileRequest,
    ) -> Result<WriteFileResponse, Failure> {
        let made = Arc::clone(&self.made.lock().unwrap());
        assert_eq!(drain(request.body, &made).await, LARGE);
        Ok(WriteFileResponse::NoContent {})
    }

    async fn copy(&self, _: Caller<()>, request: CopyRequest) -> Result<CopyResponse, Failure> {
        let body = match request.body {
            Some(CopyBody::Json(entry)) => CopyOkBody::Json(entry),
            Some(CopyBody::Bytes(bytes)) => CopyOkBody::Bytes(bytes),
            None => CopyOkBody::Bytes("nothing".into()),
        };
        Ok(CopyResponse::Ok { body })
    }

    async fn list_entries(
        &self,
        _: Caller<()>,
        _: ListEntriesRequest,
    ) -> Result<ListEntriesResponse, Failure> {
        let body = (1..=1000).map(entry).collect();
        Ok(ListEntriesResponse::Ok { body })
    }

    async fn add_entries(
        &self,
        _: Caller<()>,
        mut request: AddEntriesRequest,
    ) -> Result<AddEntriesResponse, Failure> {
        let mut seen = Vec::new();
        while let Some(entry) = request.body.next().await {
            seen.push(match entry {
                Ok(entry) => entry.id.to_string(),
                Err(ItemError::Decode { pointer, .. }) => pointer,
                Err(error) => error.to_string(),
            });
        }
        assert_eq!(seen, ["1", "/id", "3"]);
        Ok(AddEntriesResponse::NoContent {})
    }

    async fn watch(&self, _: Caller<()>, _: WatchRequest) -> Result<WatchResponse, Failure> {
        let body = [
            Event::new(entry(1)).of_kind("added").with_id("a"),
            Event::new(entry(2)),
        ];
        Ok(WatchResponse::Ok {
            body: body.into_iter().collect(),
        })
    }

    async fn report(
        &self,
        _: Caller<()>,
        mut request: ReportRequest,
    ) -> Result<ReportResponse, Failure> {
        let mut texts = Vec::new();
        while let Some(event) = request.body.next().await {
            let event = event.unwrap();
            texts.push(Event::new(format!("{}\nof two lines", event.data.id)));
        }
        Ok(ReportResponse::Ok {
            body: texts.into_iter().collect(),
        })
    }
}

fn client() -> (Client, Arc<Store>) {
    let store = Arc::new(Store::default());
    let service = Server::new(Arc::clone(&store)).operations().into_service();
    let builder = crate::generated::streams::client::ClientBuilder::new("http://streams.test");
    (builder.transport(service).build().unwrap(), store)
}

#[tokio::test]
async fn a_large_body_is_never_held() {
    let (client, store) = client();
    let (body, made) = Large::counted();
    store.expects(Arc::clone(&made));
    client
        .operations()
        .write_file("large", body)
        .send()
        .await
        .unwrap();
    assert_eq!(made.load(Ordering::Relaxed) * PIECE, LARGE);
    let reply = client.operations().read_file("large").send().await.unwrap();
    let made = Arc::clone(&store.made.lock().unwrap());
    assert!(
        made.load(Ordering::Relaxed) <= 2,
        "a reply waits for its reader"
    );
    assert_eq!(drain(reply.body, &made).await, LARGE);
}

#[tokio::test]
async fn failures_are_held_and_bounded() {
    let (client, _) = client();
    let Err(Error::Failure { failure, .. }) = client.operations().read_file("none").send().await
    else {
        panic!("no failure")
    };
    let body = Bytes::from("none");
    assert_eq!(*failure, ReadFileFailure::NotFound { body });
}

#[tokio::test]
async fn one_of_several_media_types_may_be_a_stream() {
    let (client, _) = client();
    let operations = client.operations();
    let call = operations.copy().body(CopyBody::Json(entry(3)));
    let CopyOkBody::Json(back) = call.send().await.unwrap().body else {
        panic!("not JSON")
    };
    assert_eq!(back, entry(3));
    for (body, text) in [
        (Some(CopyBody::Bytes("abc".into())), "abc"),
        (None, "nothing"),
    ] {
        let call = match body {
            Some(body) => operations.copy().body(body),
            None => operations.copy(),
        };
        let CopyOkBody::Bytes(back) = call.send().await.unwrap().body else {
            panic!("no bytes")
        };
        assert_eq!(back.whole(10).await.unwrap(), text);
    }
    let wrong = operations.copy().body(CopyBody::Json(entry(0)));
    assert!(matches!(wrong.send().await, Err(Error::Undocumented { status, .. }) if status == 422));
}

#[tokio::test]
async fn lines_are_read_and_written_one_at_a_time() {
    let (client, _) = client();
    let operations = client.operations();
    let mut reply = operations.list_entries().send().await.unwrap();
    let mut ids = Vec::new();
    while let Some(entry) = reply.body.next().await {
        ids.push(entry.unwrap().id);
    }
    assert_eq!(ids, (1..=1000).collect::<Vec<i64>>());
    // A server holds each against the document, and goes on.
    let entries = [1, 0, 3].into_iter().map(entry).collect();
    let call = operations.add_entries(entries);
    let request = call.to_http().unwrap();
    assert_eq!(request.headers()["content-type"], "application/json-seq");
    let body = request.into_body().whole(1000).await.unwrap();
    assert_eq!(
        body,
        "\u{1e}{\"id\":1}\n\u{1e}{\"id\":0}\n\u{1e}{\"id\":3}\n"
    );
    // They were sent, as it were.
    assert!(matches!(call.send().await, Err(Error::Build(_))));
    let entries = [1, 0, 3].into_iter().map(entry).collect();
    operations.add_entries(entries).send().await.unwrap();
}

#[tokio::test]
async fn events_are_read_and_written_one_at_a_time() {
    let (client, _) = client();
    let operations = client.operations();
    let mut reply = operations.watch().send().await.unwrap();
    assert_eq!(reply.raw_headers["content-type"], "text/event-stream");
    let first = reply.body.next().await.unwrap().unwrap();
    assert_eq!(first, Event::new(entry(1)).of_kind("added").with_id("a"));
    let second = reply.body.next().await.unwrap().unwrap();
    assert_eq!((second.data, second.id.as_deref()), (entry(2), Some("a")));
    assert!(reply.body.next().await.is_none());
    let events = [4, 5].into_iter().map(|id| Event::new(entry(id)));
    let mut reply = operations.report(events.collect()).send().await.unwrap();
    let text = reply.body.next().await.unwrap().unwrap().data;
    assert_eq!(text, "4\nof two lines");
    assert_eq!(
        reply.body.next().await.unwrap().unwrap().data,
        "5\nof two lines"
    );
}
