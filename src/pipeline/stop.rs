//! Stopping a run in good order: intake ends, what was fetched is stored, the writer leaves last.

use std::sync::Arc;

use tokio::sync::watch;

/// Why a run stops before its work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopReason {
    /// The user pressed Ctrl-C (SIGINT).
    Interrupted,
    /// The system asked (SIGTERM).
    Terminated,
    /// `--max-time` is over.
    TimeUp,
}

/// Asks a run to stop, and tells those who work that it was asked.
#[derive(Debug, Clone)]
pub struct Stop {
    sender: Arc<watch::Sender<Option<StopReason>>>,
    receiver: watch::Receiver<Option<StopReason>>,
}

impl Default for Stop {
    fn default() -> Self {
        let (sender, receiver) = watch::channel(None);
        Self { sender: Arc::new(sender), receiver }
    }
}

impl Stop {
    /// Asks to stop; the first reason counts.
    pub fn request(&self, reason: StopReason) {
        self.sender.send_if_modified(|current| {
            let first = current.is_none();
            current.get_or_insert(reason);
            first
        });
    }

    /// The reason, once stopping was asked for.
    #[must_use]
    pub fn reason(&self) -> Option<StopReason> {
        *self.receiver.borrow()
    }

    /// Waits until stopping is asked for.
    pub async fn requested(&self) {
        let mut receiver = self.receiver.clone();
        // An error means that every sender is gone; we hold one.
        let _ = receiver.wait_for(Option::is_some).await;
    }
}
