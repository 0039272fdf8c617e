//! Listening: the service over HTTP/1.1 until it is told to stop.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::http::{Metrics, app};
use crate::service::OAuth;

/// How long requests that are under way when the service stops may take to end.
const GRACE: Duration = Duration::from_secs(10);

/// Serves `router` on `listener` until `stop` is ready, then lets requests that are under way end.
///
/// # Errors
/// Those of the listener.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (stopping, stopped) = oneshot::channel();
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        stop.await;
        // The receiver is gone only if the server is.
        let _ = stopping.send(());
    });
    tokio::select! {
        result = server => result,
        () = async {
            let _ = stopped.await;
            tokio::time::sleep(GRACE).await;
        } => Ok(()),
    }
}

/// How often what has expired is forgotten.
const PRUNING: Duration = Duration::from_mins(10);

/// Serves `service` on `listener`, and its metrics on `shown`, until `stop` is ready; then closes the
/// storage.
///
/// # Errors
/// Those of the listeners.
pub async fn serve_all(
    service: &Arc<OAuth>,
    metrics: &Arc<Metrics>,
    timeout: Duration,
    listener: TcpListener,
    shown: Option<TcpListener>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
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
    let served = serve(listener, app(service, metrics, timeout), stop).await;
    pruning.abort();
    if let Some(showing) = showing {
        showing.abort();
    }
    service.storage().close().await;
    served
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
