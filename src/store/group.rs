//! The writer's thread: jobs in their order. Those that wait together are committed together, because
//! what every transaction costs (each article touches some thirty pages of indexes) is then paid once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Receiver;

use crate::store::engine::{Connection, TransactionBehavior};

use super::StoreError;

/// So many jobs at most are committed at once: others want to write, too.
const MOST: usize = 64;

/// A job that brings its own transactions, or must have none.
pub(super) type Alone = Box<dyn FnOnce(&mut Connection) + Send>;

/// A job in a transaction that it may share with others. Told why when none could be begun.
pub(super) type Shared = Box<dyn FnOnce(Result<&Connection, StoreError>) -> Done + Send>;

/// What the writer's thread is given.
pub(super) enum Message {
    /// A job by itself.
    Alone(Alone),
    /// A job that may share its transaction.
    Shared(Shared),
    /// The end.
    Stop,
}

/// A job that was done, and is not committed yet.
pub(super) struct Done {
    /// Why it failed. Then nothing of its transaction stays.
    pub(super) error: Option<StoreError>,
    /// Tells who gave the job, once its transaction has ended one way or the other.
    pub(super) tell: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

/// Takes jobs until it is told to stop, or nobody is left who could give one.
pub(super) fn serve(connection: &mut Connection, jobs: &Receiver<Message>) {
    let mut next = jobs.recv().ok();
    while let Some(message) = next.take() {
        match message {
            Message::Stop => return,
            // A panic drops the job's promise (its caller hears of it) and its transaction
            // (nothing half-done stays); the next job starts clean.
            Message::Alone(job) => drop(catch_unwind(AssertUnwindSafe(|| job(connection)))),
            Message::Shared(job) => next = together(connection, job, jobs),
        }
        next = next.or_else(|| jobs.recv().ok());
    }
}

/// Does a job, and those that wait behind it, in one transaction. Gives the message that ended it.
fn together(connection: &mut Connection, first: Shared, jobs: &Receiver<Message>) -> Option<Message> {
    let transaction = match connection.transaction_with_behavior(TransactionBehavior::Immediate) {
        Ok(transaction) => transaction,
        Err(error) => {
            (first(Err(error.into())).tell)(Ok(()));
            return None;
        }
    };
    let mut group = Group { done: Vec::new(), failed: None };
    group.add(&transaction, first);
    let next = loop {
        if group.failed.is_some() || group.done.len() >= MOST {
            break None;
        }
        match jobs.try_recv().ok() {
            Some(Message::Shared(job)) => group.add(&transaction, job),
            other => break other,
        }
    };
    let ended = match group.failed.take() {
        // An error rolls it all back: all or nothing.
        Some(error) => {
            drop(transaction);
            Err(error)
        }
        None => transaction.commit().map_err(StoreError::from),
    };
    group.done.into_iter().for_each(|done| (done.tell)(ended.clone()));
    next
}

/// Jobs of one transaction.
struct Group {
    done: Vec<Done>,
    failed: Option<StoreError>,
}

impl Group {
    fn add(&mut self, transaction: &Connection, job: Shared) {
        match catch_unwind(AssertUnwindSafe(|| job(Ok(transaction)))) {
            Ok(done) => {
                self.failed.clone_from(&done.error);
                self.done.push(done);
            }
            // The job's promise was dropped with it.
            Err(_) => self.failed = Some(StoreError::Closed),
        }
    }
}
