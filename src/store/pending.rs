//! An answer that the writer thread will give: awaited by tasks, waited for by everybody else.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::StoreError;

/// The result of a job given to the writer: a future, and [`Pending::wait`] where nothing is
/// awaited. Dropping it does not take the job back.
#[derive(Debug)]
#[must_use = "the job runs, but only this tells whether it was stored"]
pub struct Pending<T>(Arc<Shared<T>>);

#[derive(Debug)]
struct Shared<T> {
    slot: Mutex<Slot<T>>,
    ready: Condvar,
}

#[derive(Debug)]
struct Slot<T> {
    result: Option<Result<T, StoreError>>,
    waker: Option<Waker>,
}

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, Slot<T>> {
        // A poisoned slot still holds a whole value: nothing is computed while it is locked.
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The writer's end. Dropped without an answer (the thread died), it answers [`StoreError::Closed`].
pub(super) struct Promise<T>(Arc<Shared<T>>);

impl<T> Promise<T> {
    pub(super) fn keep(self, result: Result<T, StoreError>) {
        self.put(result);
    }

    fn put(&self, result: Result<T, StoreError>) {
        let mut slot = self.0.lock();
        if slot.result.is_none() {
            slot.result = Some(result);
            if let Some(waker) = slot.waker.take() {
                waker.wake();
            }
            self.0.ready.notify_all();
        }
    }
}

impl<T> Drop for Promise<T> {
    fn drop(&mut self) {
        // After `keep` and a poll the slot is empty again, but nobody is left to look at it.
        self.put(Err(StoreError::Closed));
    }
}

/// An answer that is still to come, and the promise to give it.
pub(super) fn pair<T>() -> (Promise<T>, Pending<T>) {
    let shared =
        Arc::new(Shared { slot: Mutex::new(Slot { result: None, waker: None }), ready: Condvar::new() });
    (Promise(Arc::clone(&shared)), Pending(shared))
}

impl<T> Pending<T> {
    /// An answer that is there already.
    #[cfg(feature = "postgres")]
    pub(super) fn kept(result: Result<T, StoreError>) -> Self {
        let (promise, pending) = pair();
        promise.keep(result);
        pending
    }

    /// Blocks until the writer has answered.
    ///
    /// # Errors
    /// What the job met with; [`StoreError::Closed`] when the writer has stopped.
    pub fn wait(self) -> Result<T, StoreError> {
        let mut slot = self.0.lock();
        loop {
            if let Some(result) = slot.result.take() {
                return result;
            }
            slot = self.0.ready.wait(slot).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl<T> Future for Pending<T> {
    type Output = Result<T, StoreError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut slot = self.0.lock();
        match slot.result.take() {
            Some(result) => Poll::Ready(result),
            None => {
                slot.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_given_before_or_after_is_the_same() {
        let (promise, pending) = pair();
        promise.keep(Ok(7));
        assert_eq!(pending.wait().unwrap(), 7);

        let (promise, pending) = pair();
        let waiter = std::thread::spawn(move || pending.wait());
        promise.keep(Ok(8));
        assert_eq!(waiter.join().unwrap().unwrap(), 8);
    }

    #[test]
    fn a_promise_that_is_dropped_says_that_the_writer_has_stopped() {
        let (promise, pending) = pair::<()>();
        drop(promise);
        assert_eq!(pending.wait().unwrap_err().code(), "closed");
    }

    #[test]
    fn it_can_be_awaited() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (promise, pending) = pair();
        let thread = std::thread::spawn(move || promise.keep(Ok("stored")));
        assert_eq!(runtime.block_on(pending).unwrap(), "stored");
        thread.join().unwrap();
    }
}
