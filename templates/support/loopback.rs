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
use http::{Request, Response};

use crate::support::call::Call;
use crate::support::client::Client;
use crate::support::client_builder::ClientBuilder;
use crate::support::credentials::Credential;
use crate::support::error::BuildError;
use crate::support::exchange::Options;
use crate::support::hints::NO_HINTS;
use crate::support::mock::{Mock, Watch};
use crate::support::operation::{Operation, OperationInfo};
use crate::support::payload::Payload;
use crate::support::read_response::{Fault, ResponseReader};
use crate::support::responses::Responses;
use crate::support::samples::Chosen;
use crate::support::transport::Transport;

/// A credential that is well-formed in every scheme: a user with a password, in Base64.
const CREDENTIAL: &str = "dTpw";

/// An operation, and what a test does with values of its types.
#[derive(Clone, Copy)]
pub struct Case {
    info: &'static OperationInfo,
    write: fn(&Client, &dyn Any) -> Option<Result<Request<Payload>, BuildError>>,
    same_request: fn(&dyn Any, &dyn Any) -> Result<(), String>,
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
    R: Operation + Clone + PartialEq + Debug,
    R::Response: PartialEq + Debug,
{
    Case {
        info: R::INFO,
        write: |client, request| {
            let request = request.downcast_ref::<R>()?;
            Some(Call::new(client, request.clone()).write())
        },
        same_request: |first, second| same(first.downcast_ref::<R>(), second.downcast_ref()),
        same_response: |received, sent| {
            let mut reader = ResponseReader::new(received);
            match R::Response::read(&mut reader) {
                Some(response) => same(sent.downcast_ref(), Some(&response)),
                None => Err(unread(reader.into_fault())),
            }
        },
    }
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
pub fn run<T: Transport>(mock: Mock, serve: fn(Mock) -> T, cases: &[Case]) -> Report {
    let watch = Arc::new(Mutex::new(Watch::default()));
    let mock = Mock {
        watch: Some(Arc::clone(&watch)),
        ..mock
    };
    let mut builder = ClientBuilder::new("http://localhost").transport(serve(mock.clone()));
    let schemes = cases.iter().flat_map(|case| case.info.security);
    for requirement in schemes.copied().flatten() {
        builder = builder.credential(requirement.scheme, Credential::secret(CREDENTIAL));
    }
    let mut report = Report {
        operations: cases.len(),
        ..Report::default()
    };
    match builder.build() {
        Ok(client) => {
            let mut run = Run {
                mock,
                client,
                watch,
                report,
            };
            for case in cases {
                run.case(case);
            }
            report = run.report;
        }
        Err(error) => report.faults.push(format!("the client: {error}")),
    }
    report
}

struct Run {
    mock: Mock,
    client: Client,
    watch: Arc<Mutex<Watch>>,
    report: Report,
}

/// What a request came to: as the handler saw it, what the handler answered, and that on the wire.
struct Exchanged {
    request: Option<Box<dyn Any + Send>>,
    response: Option<Box<dyn Any + Send>>,
    received: Response<Bytes>,
}

impl Run {
    fn case(&mut self, case: &Case) {
        let choices = self.mock.samples.choices(case.info);
        let request = match self.mock.samples.request(case.info) {
            Ok(request) => request,
            Err(reason) => return self.skip(case, &reason),
        };
        let first = choices.first().cloned();
        let read = match self.exchange(case, request, first) {
            Ok(Exchanged { request: Some(read), .. }) => read,
            Ok(Exchanged { received, .. }) => {
                let text = String::from_utf8_lossy(received.body()).into_owned();
                return self.fault(case, &format!("{}: {text}", received.status()));
            }
            Err(reason) => return self.fault(case, &reason),
        };
        if (case.same_request)(&*read, &*read).is_err() {
            return self.skip(case, "another operation has its path");
        }
        if choices.is_empty()
            && let Err(reason) = self.choice(case, &*read, None)
        {
            self.fault(case, &reason);
        }
        for choice in choices {
            self.report.responses += 1;
            let status = choice.status.clone();
            if let Some(what) = self.mock.samples.missing(case.info, &status) {
                self.skip(case, &format!("{status}: there is no value for {what}"));
            } else if let Err(reason) = self.choice(case, &*read, Some(choice)) {
                self.fault(case, &format!("{status}: {reason}"));
            }
        }
    }

    /// Sends the request again, now by the client, and looks at both ends of the response.
    fn choice(&self, case: &Case, read: &dyn Any, choice: Option<Chosen>) -> Result<(), String> {
        let is_answered = choice.is_some();
        let request = (case.write)(&self.client, read).ok_or("the request is of another type")?;
        let request = request.map_err(|error| error.to_string())?;
        let Exchanged {
            request,
            response,
            received,
        } = self.exchange(case, request, choice)?;
        let text = || {
            let text = String::from_utf8_lossy(received.body());
            format!("{}: {text}", received.status())
        };
        let again = request.ok_or_else(text)?;
        (case.same_request)(read, &*again)?;
        if !is_answered {
            return Ok(());
        }
        let sent = response.ok_or_else(text)?;
        (case.same_response)(&received, &*sent)
    }

    fn exchange(
        &self,
        case: &Case,
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
        let exchange = self.client.exchange(case.info, request, options);
        let received = finish(exchange).ok_or("does not end")?;
        let received = received.map_err(|lost| format!("{lost:?}"))?;
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

    fn skip(&mut self, case: &Case, reason: &str) {
        self.report
            .skipped
            .push(format!("{}: {reason}", case.info.id));
    }

    fn fault(&mut self, case: &Case, reason: &str) {
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
