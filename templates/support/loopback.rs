//! Sends every operation through the client to the mock and back, and looks whether both ends mean the same.
//!
//! The request is one that the document shows, or one that was made up. It is written without its type, read by the server,
//! written by the client, and read by the server again: both times it has to be the same. Then every response that the
//! document gives is sent back, and has to be the same on both ends.

use std::any::Any;
use std::fmt::{self, Debug, Display};
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Request, Response};

use crate::support::client::Client;
use crate::support::client_builder::ClientBuilder;
use crate::support::credentials::Credential;
use crate::support::error::BuildError;
use crate::support::exchange::Options;
use crate::support::guard::Guard;
use crate::support::hints::NO_HINTS;
use crate::support::mock::{Mock, Watch};
use crate::support::operation::{Operation, OperationInfo};
use crate::support::payload::Payload;
use crate::support::read_response::{Fault, ResponseReader};
use crate::support::responses::Responses;
use crate::support::samples::Chosen;
use crate::support::security::Requirement;
use crate::support::server::Server;
use crate::support::write_request::RequestWriter;
use crate::support::write_response::ResponseWriter;

pub use crate::support::probe::probe;

/// A credential that is well-formed in every scheme: a user with a password, in Base64.
const CREDENTIAL: &str = "dTpw";

/// An operation, and what a test does with values of its types.
#[derive(Clone, Copy)]
pub struct Case {
    pub(crate) info: &'static OperationInfo,
    is_own: fn(&dyn Any) -> bool,
    pub(crate) write: fn(&Client, &dyn Any) -> Result<Request<Bytes>, String>,
    pub(crate) read: fn(&Response<Bytes>) -> Result<(), String>,
    same_request: fn(&Client, &dyn Any, &Request<Bytes>, &dyn Any) -> Result<(), String>,
    same_response: fn(&Response<Bytes>, &dyn Any) -> Result<(), String>,
}

/// What came of all operations.
#[derive(Debug, Default)]
pub struct Report {
    /// How many operations there are.
    pub operations: usize,
    /// How many responses were sent back.
    pub responses: usize,
    /// Operations and responses that nothing could be sent for, and why.
    pub skipped: Vec<String>,
    /// What was not the same on both ends.
    pub faults: Vec<String>,
}

impl Report {
    /// Whether nothing went wrong, and at most one in a hundred was skipped.
    #[must_use]
    pub fn is_good(&self) -> bool {
        let all = self.operations + self.responses;
        self.faults.is_empty() && self.skipped.len() * 100 <= all
    }
}

impl Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operations,
            responses,
            skipped,
            faults,
        } = self;
        writeln!(
            out,
            "{operations} operations, {responses} responses, {} skipped, {} faults",
            skipped.len(),
            faults.len()
        )?;
        skipped
            .iter()
            .try_for_each(|it| writeln!(out, "skipped: {it}"))?;
        faults.iter().try_for_each(|it| writeln!(out, "fault: {it}"))
    }
}

/// The case of the operation whose request is `R`.
#[must_use]
pub const fn case<R>() -> Case
where
    R: Operation + PartialEq + Debug,
    R::Response: PartialEq + Debug,
{
    Case {
        same_request: |_, first, _, second| {
            same(first.downcast_ref::<R>(), second.downcast_ref())
        },
        same_response: |received, sent| {
            let mut reader = ResponseReader::new(received);
            match R::Response::read(&mut reader) {
                Some(response) => same(sent.downcast_ref(), Some(&response)),
                None => Err(unread(reader.into_fault())),
            }
        },
        ..streamed_case::<R>()
    }
}

/// The same, of an operation with bodies that are read as they come: only on the wire can they be compared.
#[must_use]
pub const fn streamed_case<R: Operation>() -> Case {
    Case {
        info: R::INFO,
        is_own: |request| request.is::<R>(),
        write: written::<R>,
        read: |received| {
            let mut reader = ResponseReader::new(received);
            let response = R::Response::read(&mut reader);
            response
                .map(drop)
                .ok_or_else(|| unread(reader.into_fault()))
        },
        same_request: |client, _, sent, again| {
            let again = written::<R>(client, again)?;
            let parts = |request: &Request<Bytes>| {
                let (headers, body) = without_boundary(request);
                (request.uri().clone(), headers, body)
            };
            same(Some(&parts(sent)), Some(&parts(&again)))
        },
        same_response: |received, sent| {
            let sent = sent.downcast_ref::<R::Response>();
            let mut reader = ResponseReader::new(received);
            match R::Response::read(&mut reader) {
                Some(response) => same(sent.map(answered).as_ref(), Some(&answered(&response))),
                None => Err(unread(reader.into_fault())),
            }
        },
    }
}

/// A request as the client writes it, its credential aside.
fn written<R: Operation>(client: &Client, request: &dyn Any) -> Result<Request<Bytes>, String> {
    let request = request.downcast_ref::<R>();
    let request = request.ok_or("the request is of another type")?;
    let mut writer = RequestWriter::new(R::INFO);
    request.write(&mut writer);
    let base = client.base_of(false, None);
    let written = base.and_then(|base| writer.finish(&base));
    let (parts, body) = written.map_err(|error| error.to_string())?.into_parts();
    Ok(Request::from_parts(parts, whole(body)?))
}

/// Headers and body, where the boundary between the parts of a form, which is another each time, is left out.
fn without_boundary(request: &Request<Bytes>) -> (HeaderMap, Bytes) {
    let (mut headers, body) = (request.headers().clone(), request.body().clone());
    let media_type = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let Some((essence, boundary)) = media_type.and_then(|it| it.split_once("; boundary=")) else {
        return (headers, body);
    };
    let text = String::from_utf8_lossy(&body).replace(boundary, "");
    if let Ok(essence) = HeaderValue::from_str(essence) {
        headers.insert(CONTENT_TYPE, essence);
    }
    (headers, text.into())
}

/// A response as the server writes it, or why it breaks off.
fn answered<R: Responses>(response: &R) -> Result<(HeaderMap, Bytes), String> {
    let mut writer = ResponseWriter::default();
    response.write(&mut writer);
    let (parts, body) = writer.finish(&HeaderMap::new())?.into_parts();
    Ok((parts.headers, whole(Payload::streamed(body))?))
}

fn whole(body: Payload) -> Result<Bytes, String> {
    let body = finish(body.whole(usize::MAX)).ok_or("a body does not end")?;
    body.map_err(|error| error.to_string())
}

fn same<T: PartialEq + Debug>(first: Option<&T>, second: Option<&T>) -> Result<(), String> {
    if first.is_some() && first == second {
        return Ok(());
    }
    Err(differ(&first, &second))
}

fn differ(first: &dyn Debug, second: &dyn Debug) -> String {
    let short = |value: &dyn Debug| -> String { format!("{value:?}").chars().take(2_000).collect() };
    format!("sent {}, received {}", short(first), short(second))
}

fn unread(fault: Fault) -> String {
    match fault {
        Fault::Undocumented => "is not documented".to_owned(),
        Fault::Decode { pointer, message } => format!("cannot be read at `{pointer}`: {message}"),
    }
}

/// Sends all of `cases` to the server that `serve` makes of a mock.
pub fn run<S: Guard>(mock: Mock, serve: fn(Mock) -> Server<S>, cases: &[Case]) -> Report {
    let mut run = Run::new(mock, serve, cases.len());
    match run.client(asked(cases), |server| server) {
        Ok(client) => {
            for case in cases {
                run.case(case, &client);
            }
        }
        Err(error) => run.report.faults.push(format!("the client: {error}")),
    }
    run.report
}

/// Everything that operations ask for.
pub(crate) fn asked(cases: &[Case]) -> impl Iterator<Item = &Requirement> {
    let alternatives = cases.iter().flat_map(|case| case.info.security);
    alternatives.copied().flatten()
}

/// A credential for each of these schemes.
pub(crate) fn with_credentials<'r>(
    builder: ClientBuilder,
    asked: impl Iterator<Item = &'r Requirement>,
) -> ClientBuilder {
    asked.fold(builder, |builder, asked| {
        builder.credential(asked.scheme, Credential::secret(CREDENTIAL))
    })
}

pub(crate) struct Run<S: Guard> {
    pub(crate) mock: Mock,
    serve: fn(Mock) -> Server<S>,
    watch: Arc<Mutex<Watch>>,
    pub(crate) report: Report,
}

/// What a request came to: as the handler saw it, what the handler answered, and that on the wire.
struct Exchanged {
    request: Option<Box<dyn Any + Send>>,
    response: Option<Box<dyn Any + Send>>,
    received: Response<Bytes>,
}

impl<S: Guard> Run<S> {
    pub(crate) fn new(mut mock: Mock, serve: fn(Mock) -> Server<S>, operations: usize) -> Self {
        let watch = Arc::new(Mutex::new(Watch::default()));
        mock.watch = Some(Arc::clone(&watch));
        Self {
            mock,
            serve,
            watch,
            report: Report {
                operations,
                ..Report::default()
            },
        }
    }

    /// A client of the server, with a credential for each of these schemes.
    pub(crate) fn client<'r>(
        &self,
        asked: impl Iterator<Item = &'r Requirement>,
        settle: impl FnOnce(Server<S>) -> Server<S>,
    ) -> Result<Client, BuildError> {
        let server = settle((self.serve)(self.mock.clone()));
        let builder = ClientBuilder::new("http://localhost").transport(server.into_service());
        with_credentials(builder, asked).build()
    }

    fn case(&mut self, case: &Case, client: &Client) {
        let mut read = self.read(case, client);
        let mut alone = None;
        if !matches!(read, Ok(Some(_))) {
            // Documents have operations of one method and path: the first answers, unless the other is alone.
            let asked = case.info.security.iter().copied().flatten();
            alone = self.client(asked, |server| server.only(case.info)).ok();
            if let Some(alone) = &alone {
                read = self.read(case, alone);
            }
        }
        let client = alone.as_ref().unwrap_or(client);
        let read = match read {
            Ok(Some(read)) => read,
            Ok(None) => return self.skip(case, "no value can be made up for its request"),
            Err(reason) => return self.fault(case, &reason),
        };
        let sent = match (case.write)(client, &*read) {
            Ok(sent) => sent,
            Err(reason) => return self.fault(case, &reason),
        };
        let choices = self.mock.samples.choices(case.info);
        if choices.is_empty()
            && let Err(reason) = self.choice(case, client, (&*read, &sent), None)
        {
            self.fault(case, &reason);
        }
        for choice in choices {
            self.report.responses += 1;
            let status = choice.status.clone();
            if let Some(what) = self.mock.samples.missing(case.info, &status) {
                self.skip(case, &format!("{status}: there is no value for {what}"));
            } else if let Err(reason) = self.choice(case, client, (&*read, &sent), Some(choice)) {
                self.fault(case, &format!("{status}: {reason}"));
            }
        }
    }

    /// Sends the request as the document shows it, and returns it as the handler sees it; `None` if there is none.
    pub(crate) fn read(
        &self,
        case: &Case,
        client: &Client,
    ) -> Result<Option<Box<dyn Any + Send>>, String> {
        let Ok(request) = self.mock.samples.request(case.info) else {
            return Ok(None);
        };
        let first = self.mock.samples.choices(case.info).into_iter().next();
        let exchanged = self.exchange(case, client, request, first)?;
        let text = String::from_utf8_lossy(exchanged.received.body());
        let refused = || format!("{}: {text}", exchanged.received.status());
        let read = exchanged.request.ok_or_else(refused)?;
        if !(case.is_own)(&*read) {
            return Err("another operation has its path".to_owned());
        }
        Ok(Some(read))
    }

    /// Sends the request again, now by the client, and looks at both ends of the response.
    fn choice(
        &self,
        case: &Case,
        client: &Client,
        (read, sent): (&dyn Any, &Request<Bytes>),
        choice: Option<Chosen>,
    ) -> Result<(), String> {
        let is_answered = choice.is_some();
        let request = sent.clone().map(Payload::from);
        let Exchanged {
            request,
            response,
            received,
        } = self.exchange(case, client, request, choice)?;
        let text = || {
            let text = String::from_utf8_lossy(received.body());
            format!("{}: {text}", received.status())
        };
        let again = request.ok_or_else(text)?;
        (case.same_request)(client, read, sent, &*again)?;
        if !is_answered {
            return Ok(());
        }
        let sent = response.ok_or_else(text)?;
        (case.same_response)(&received, &*sent)
    }

    fn exchange(
        &self,
        case: &Case,
        client: &Client,
        request: Request<Payload>,
        choice: Option<Chosen>,
    ) -> Result<Exchanged, String> {
        *self.watch() = Watch {
            chosen: choice,
            ..Watch::default()
        };
        let options = Options {
            hints: &NO_HINTS,
            timeout: None,
            retries: None,
        };
        let exchange = client.exchange(case.info, request, &options);
        let received = finish(exchange).ok_or("does not end")?;
        let (parts, body) = received.map_err(|lost| format!("{lost:?}"))?.into_parts();
        let received = Response::from_parts(parts, whole(body)?);
        let mut watch = self.watch();
        Ok(Exchanged {
            request: watch.request.take(),
            response: watch.response.take(),
            received,
        })
    }

    fn watch(&self) -> std::sync::MutexGuard<'_, Watch> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn skip(&mut self, case: &Case, reason: &str) {
        self.report
            .skipped
            .push(format!("{}: {reason}", case.info.id));
    }

    pub(crate) fn fault(&mut self, case: &Case, reason: &str) {
        self.report
            .faults
            .push(format!("{}: {reason}", case.info.id));
    }
}

/// Runs what waits for nothing outside.
fn finish<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    // What is sent to itself in memory is never far from done.
    (0..10_000).find_map(|_| match future.as_mut().poll(&mut context) {
        Poll::Ready(done) => Some(done),
        Poll::Pending => None,
    })
}
