//! The asynchronous runtime, and signals: Ctrl-C ends a run in good order, a second one at once.

use std::future::Future;
use std::time::Duration;

use kliping::pipeline::{Stop, StopReason};
use tokio::signal::unix::{SignalKind, signal};

use super::exit::{CliError, Exit};

/// Runs a job to its end, asking it to stop on SIGINT, SIGTERM and after `max_time`.
pub fn run<T, F>(max_time: Option<Duration>, job: impl FnOnce(Stop) -> F) -> Result<T, CliError>
where
    F: Future<Output = T>,
{
    // One thread for the network: pages and lists are read on threads of their own, and each more would
    // be woken by every answer and keep its own store of freed memory.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|e| CliError::new(Exit::Nothing, format_args!("cannot start the runtime: {e}")))?;
    let stop = Stop::default();
    let value = runtime.block_on(async {
        tokio::spawn(watch(stop.clone()));
        if let Some(time) = max_time {
            let stop = stop.clone();
            tokio::spawn(async move {
                tokio::time::sleep(time).await;
                stop.request(StopReason::TimeUp);
            });
        }
        job(stop).await
    });
    // A page that is still being read has nobody left to wait for it.
    runtime.shutdown_background();
    Ok(value)
}

/// SIGXFSZ, the same number on Linux and macOS.
const FILE_TOO_LARGE: SignalKind = SignalKind::from_raw(25);

/// A write past a limit on the size of files (`ulimit -f`) fails as one on a full disk does, instead
/// of ending the process without a word.
pub fn outlive_file_size_limits() {
    // Whoever asked for a signal once keeps the process from dying of it, also when this runtime has gone.
    if let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() {
        let _inside = runtime.enter();
        drop(signal(FILE_TOO_LARGE));
    }
}

async fn watch(stop: Stop) {
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        // Without a handler the signal ends the process, as it would have anyway.
        return;
    };
    let reason = tokio::select! {
        _ = interrupt.recv() => StopReason::Interrupted,
        _ = terminate.recv() => StopReason::Terminated,
    };
    stop.request(reason);
    let code = tokio::select! {
        _ = interrupt.recv() => 130,
        _ = terminate.recv() => 143,
    };
    // The second time the user means it. What was stored is stored; leases run out by themselves.
    #[allow(clippy::disallowed_methods, reason = "the user insists")]
    std::process::exit(code);
}
