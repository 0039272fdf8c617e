//! Listening: the service over HTTP/1.1 until it is told to stop.

use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;

use crate::http::{Metrics, app};
use crate::service::OAuth;

/// How long requests that are under way when the service stops may take to end.
const GRACE: Duration = Duration::from_secs(10);
/// How long a caller may take to send the head of a request, and how long a connection may be idle.
const HEAD: Duration = Duration::from_secs(30);
/// How long nobody is let in where there is no room for another connection.
const PAUSE: Duration = Duration::from_millis(100);

/// Serves `router` on `listener` until `stop` is ready, then lets requests that are under way end.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    serve_within(HEAD, listener, router, stop).await;
}

/// The same, where a caller has `head` to send the head of a request.
pub async fn serve_within(
    head: Duration,
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head);
    let connections = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "a connection cannot be accepted");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        // Answers are small, and whole.
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        let connection = http.serve_connection(TokioIo::new(stream), service);
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection has failed");
            }
        });
    }
    drop(listener);
    tokio::select! {
        () = connections.shutdown() => {}
        () = tokio::time::sleep(GRACE) => {}
    }
}

/// How often what has expired is forgotten.
const PRUNING: Duration = Duration::from_mins(10);

/// Serves `service` on `listener`, and its metrics on `shown`, until `stop` is ready; then closes the
/// storage.
pub async fn serve_all(
    service: &Arc<OAuth>,
    metrics: &Arc<Metrics>,
    timeout: Duration,
    listener: TcpListener,
    shown: Option<TcpListener>,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    let pruning = tokio::spawn(prune(Arc::clone(service)));
    let showing = shown.map(|listener| {
        let metrics = Arc::clone(metrics);
        let router = Router::new().route(
            "/metrics",
            get(move || {
                let text = metrics.text();
                async move { text }
            }),
        );
        tokio::spawn(async move { axum::serve(listener, router).await })
    });
    serve(listener, app(service, metrics, timeout), stop).await;
    pruning.abort();
    if let Some(showing) = showing {
        showing.abort();
    }
    service.storage().close().await;
}

async fn prune(service: Arc<OAuth>) {
    let mut pause = tokio::time::interval(PRUNING);
    loop {
        pause.tick().await;
        service.forget_expired().await;
    }
}

/// Ready when the process is asked to end: interrupt, or on Unix also `SIGTERM`. Listens for it from
/// the call on.
///
/// # Errors
/// Where the process cannot listen for signals.
#[cfg(unix)]
pub fn asked_to_end() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ready when the process is interrupted.
///
/// # Errors
/// None; they come only where there is more to listen for.
#[cfg(not(unix))]
pub fn asked_to_end() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            // Without the signal the process ends by being killed.
            std::future::pending::<()>().await;
        }
    })
}
