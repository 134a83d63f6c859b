//! The writer's thread: jobs in their order. Those that wait together are committed together, because
//! what every transaction costs (each article touches some thirty pages of indexes) is then paid once.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Receiver;

use crate::store::engine::{Connection, TransactionBehavior};

use super::StoreError;
use super::pending::Promise;
#[cfg(feature = "postgres")]
use super::record::{Job, Stored, fresh};

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
    /// A page at an address that nobody knew, for a server.
    #[cfg(feature = "postgres")]
    Fresh(Box<Job>, Promise<Stored>),
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

/// A job whose promise is kept when its transaction has ended.
pub(super) fn shared<T: Send + 'static>(
    promise: Promise<T>,
    job: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
) -> Shared {
    Box::new(move |db| {
        let result = db.and_then(job);
        let error = result.as_ref().err().cloned();
        // It is told when the transaction is committed, not before.
        Done { error, tell: Box::new(move |ended| promise.keep(ended.and(result))) }
    })
}

/// Takes jobs until it is told to stop, or nobody is left who could give one.
pub(super) fn serve(connection: &mut Connection, jobs: &Receiver<Message>) {
    #[cfg(feature = "postgres")]
    let mut shelf = fresh::Shelf::default();
    let mut next = jobs.recv().ok();
    while let Some(message) = next.take() {
        match message {
            Message::Stop => return,
            // A panic drops the job's promise (its caller hears of it) and its transaction
            // (nothing half-done stays); the next job starts clean.
            Message::Alone(job) => drop(catch_unwind(AssertUnwindSafe(|| job(connection)))),
            Message::Shared(job) => next = together(connection, [job].into(), || jobs.try_recv().ok()),
            #[cfg(feature = "postgres")]
            Message::Fresh(job, told) => next = several(connection, &mut shelf, (*job, told), jobs),
        }
        next = next.or_else(|| jobs.recv().ok());
    }
}

/// Stores a page, and those that wait behind it, in one statement; what is more than the first page of an article,
/// in a transaction behind it. Gives the message that ended it.
#[cfg(feature = "postgres")]
fn several(
    connection: &mut Connection,
    shelf: &mut fresh::Shelf,
    first: (Job, Promise<Stored>),
    jobs: &Receiver<Message>,
) -> Option<Message> {
    let mut pages = vec![first];
    let next = loop {
        if pages.len() >= MOST {
            break None;
        }
        match jobs.try_recv().ok() {
            Some(Message::Fresh(job, told)) => pages.push((*job, told)),
            other => break other,
        }
    };
    let given: Vec<&Job> = pages.iter().map(|(job, _)| job).collect();
    let stored = catch_unwind(AssertUnwindSafe(|| fresh::store(connection, shelf, &given)));
    match stored.unwrap_or(Err(StoreError::Closed)) {
        Ok(stored) => {
            let mut rest: VecDeque<Shared> = VecDeque::new();
            for ((job, told), recorded) in pages.into_iter().zip(stored) {
                match recorded {
                    Some(recorded) => told.keep(Ok(Ok(recorded))),
                    None => rest.push_back(shared(told, move |db| job.record_new(db))),
                }
            }
            if !rest.is_empty() {
                together(connection, rest, || None);
            }
        }
        Err(error) => pages.into_iter().for_each(|(_, told)| told.keep(Err(error.clone()))),
    }
    next
}

/// Does jobs, and those that wait behind them, in one transaction. Gives the message that ended it.
fn together(
    connection: &mut Connection,
    mut given: VecDeque<Shared>,
    more: impl Fn() -> Option<Message>,
) -> Option<Message> {
    let transaction = match connection.transaction_with_behavior(TransactionBehavior::Immediate) {
        Ok(transaction) => transaction,
        Err(error) => {
            refuse(given, &error.into());
            return None;
        }
    };
    let mut group = Group { done: Vec::new(), failed: None };
    let next = loop {
        if group.failed.is_some() || group.done.len() >= MOST {
            break None;
        }
        if let Some(job) = given.pop_front() {
            group.add(&transaction, job);
            continue;
        }
        match more() {
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
    if let Err(error) = &ended {
        refuse(given, error);
    }
    next
}

/// Tells jobs why they are not done.
fn refuse(jobs: VecDeque<Shared>, error: &StoreError) {
    jobs.into_iter().for_each(|job| (job(Err(error.clone())).tell)(Ok(())));
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
