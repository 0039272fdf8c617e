//! Sends every operation to a server of another make, and reads what it answers.

use std::any::Any;

use http::header::{HeaderName, HeaderValue};
use http::{Response, StatusCode};

use crate::support::client::Client;
use crate::support::client_builder::ClientBuilder;
use crate::support::exchange::Options;
use crate::support::guard::Guard;
use crate::support::hints::NO_HINTS;
use crate::support::loopback::{Case, Report, Run, asked, with_credentials};
use crate::support::mock::Mock;
use crate::support::payload::Payload;
use crate::support::samples::status;
use crate::support::server::Server;

/// How many bytes a response has at most: 16 MiB.
const LONGEST: usize = 16 * 1024 * 1024;

/// Sends the requests of `cases` by a client that `builder` makes, once for each status that the document gives and that is
/// `wanted`: with `Prefer: code=404`, which other mocks understand too. What comes back has to have that status, and to be
/// what the document says of it.
///
/// The requests are those that `mock` knows, read by the server that `serve` makes of it.
pub async fn probe<S: Guard>(
    mock: Mock,
    serve: fn(Mock) -> Server<S>,
    builder: ClientBuilder,
    cases: &[Case],
    wanted: fn(StatusCode) -> bool,
) -> Report {
    let mut run = Run::new(mock, serve, cases.len());
    let client = with_credentials(builder, asked(cases)).build();
    let own = run.client(asked(cases), |server| server);
    match client.and_then(|client| Ok((client, own?))) {
        Ok((client, own)) => {
            for case in cases {
                match run.read(case, &own) {
                    Ok(Some(request)) => each(&mut run, &client, case, &*request, wanted).await,
                    Ok(None) => run.skip(case, "no value can be made up for its request"),
                    Err(reason) => run.skip(case, &reason),
                }
            }
        }
        Err(error) => run.report.faults.push(format!("the client: {error}")),
    }
    run.report
}

/// Asks for every status of an operation.
async fn each<S: Guard>(
    run: &mut Run<S>,
    client: &Client,
    case: &Case,
    request: &(dyn Any + Send),
    wanted: fn(StatusCode) -> bool,
) {
    let choices = run.mock.samples.choices(case.info).into_iter();
    let mut statuses: Vec<String> = choices.map(|choice| choice.status).collect();
    statuses.dedup();
    for name in statuses {
        let status = status(&name, case.info);
        if status.is_some_and(|status| !wanted(status)) {
            continue;
        }
        run.report.responses += 1;
        let asked = match status {
            Some(status) => ask(client, case, request, status).await,
            None => Err("no status is left for it".to_owned()),
        };
        if let Err(reason) = asked {
            run.fault(case, &format!("{name}: {reason}"));
        }
    }
}

async fn ask(
    client: &Client,
    case: &Case,
    request: &(dyn Any + Send),
    wanted: StatusCode,
) -> Result<(), String> {
    let mut request = (case.write)(client, request)?.map(Payload::from);
    let preference = HeaderValue::try_from(format!("code={}", wanted.as_u16()));
    request.headers_mut().insert(
        HeaderName::from_static("prefer"),
        preference.map_err(|error| error.to_string())?,
    );
    let options = Options {
        hints: &NO_HINTS,
        timeout: None,
        retries: None,
    };
    let received = client.exchange(case.info, request, &options).await;
    let (parts, body) = received.map_err(|lost| format!("{lost:?}"))?.into_parts();
    let body = body.whole(LONGEST).await.map_err(|lost| lost.to_string())?;
    let received = Response::from_parts(parts, body);
    let told = |what: &str| {
        let text = String::from_utf8_lossy(received.body());
        let text: String = text.chars().take(500).collect();
        format!("{what}: {}: {text}", received.status())
    };
    if received.status() != wanted {
        return Err(told("another status"));
    }
    (case.read)(&received).map_err(|reason| told(&reason))
}
