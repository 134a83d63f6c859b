//! The one that writes: a thread that owns the read-write connection and takes jobs in order.

use std::fmt;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use crate::store::engine::Connection;
use jiff::Timestamp;

use super::group::{self, Message};
use super::pending::{self, Pending, Promise};
use super::{
    Claim, Enqueued, FetchRecord, Lease, Observation, Plan, PruneQuery, Pruned, Rebuilt, Recorded, Redaction,
    Reread, RobotsRecord, SourceState, StoreError, lease, prune, queue, rebuild, record, redact, run, scrub,
    source,
};
use crate::model::{Article, ArticleId, Candidate, HostKey, PageUrl, RunId, VersionSeq};

/// Statements that stay prepared.
const STATEMENTS: usize = 200;

/// Writes to the archive. Every method hands a job to the writer's thread and returns at once; the
/// answer comes when the job's transaction is committed. Clones write to the same archive.
#[derive(Clone)]
pub struct Writer {
    jobs: Option<mpsc::Sender<Message>>,
    /// Whether the archive is on a server, where many write.
    on_server: bool,
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.jobs.is_some() { "Writer" } else { "Writer(closed)" })
    }
}

/// The writer's thread.
#[derive(Debug)]
pub(super) struct Thread {
    writer: Writer,
    handle: JoinHandle<Result<(), StoreError>>,
}

impl Thread {
    /// Lets the jobs before it run, then closes the connection.
    pub(super) fn stop(self) -> Result<(), StoreError> {
        if let Some(sender) = &self.writer.jobs {
            // The thread cannot have gone without us, but if it has, `join` tells.
            let _ = sender.send(Message::Stop);
        }
        self.handle.join().unwrap_or(Err(StoreError::Closed))
    }
}

impl Writer {
    pub(super) fn start(mut connection: Connection) -> Result<(Self, Thread), StoreError> {
        // All that recording a page asks: to prepare them anew cost as much as to run them.
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        let on_server = connection.sqlite().is_none();
        let (sender, jobs) = mpsc::channel();
        let handle = std::thread::Builder::new()
            .name("archive-writer".to_owned())
            .spawn(move || {
                group::serve(&mut connection, &jobs);
                // Leaves one file behind, not three, unless somebody else has it open.
                connection.close().map_err(StoreError::from)
            })
            .map_err(|e| StoreError::Io(format!("no thread for the archive's writer: {e}")))?;
        let writer = Self { jobs: Some(sender), on_server };
        Ok((writer.clone(), Thread { writer, handle }))
    }

    pub(super) fn closed() -> Self {
        Self { jobs: None, on_server: false }
    }

    /// A job in a transaction, which it shares with those that wait.
    pub(super) fn job<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Pending<T> {
        self.send(|promise| Message::Shared(group::shared(promise, job)))
    }

    /// A job of one statement, which needs no lock where the database writes for many at once.
    fn brief<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Pending<T> {
        if self.on_server { self.alone(move |connection| job(connection)) } else { self.job(job) }
    }

    /// A job that brings its own transactions, or must have none.
    fn alone<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Pending<T> {
        self.send(|promise| Message::Alone(Box::new(move |connection| promise.keep(job(connection)))))
    }

    fn send<T>(&self, message: impl FnOnce(Promise<T>) -> Message) -> Pending<T> {
        let (promise, pending) = pending::pair();
        match &self.jobs {
            // If the thread has gone, the message is dropped and with it the promise: `closed`.
            Some(sender) => drop(sender.send(message(promise))),
            None => promise.keep(Err(StoreError::ReadOnly("it was opened for reading".to_owned()))),
        }
        pending
    }

    /// Notes that a run has begun.
    pub fn begin_run(&self, started: Timestamp, args: String) -> Pending<RunId> {
        self.job(move |tx| run::begin(tx, started, &args))
    }

    /// Notes how a run ended. A run ends once.
    pub fn end_run(&self, run: RunId, ended: Timestamp, exit: i32, summary: String) -> Pending<()> {
        self.job(move |tx| run::end(tx, run, ended, exit, &summary))
    }

    /// Takes a host, if nobody has it and its delay has passed.
    pub fn claim(
        &self,
        host: &HostKey,
        owner: &str,
        now: Timestamp,
        lease: Duration,
        delay: Duration,
    ) -> Pending<Claim> {
        let (host, owner) = (host.clone(), owner.to_owned());
        self.brief(move |tx| lease::claim(tx, &host, &owner, now, lease, delay))
    }

    /// Keeps a host; `false`: it was lost.
    pub fn renew(&self, lease: &Lease, now: Timestamp, duration: Duration, delay: Duration) -> Pending<bool> {
        let lease = lease.clone();
        self.brief(move |tx| lease::renew(tx, &lease, now, duration, delay))
    }

    /// Gives a host back, not to be asked before `next_at`; `false`: it was lost before, and who has
    /// it now is not disturbed.
    pub fn release(&self, lease: &Lease, now: Timestamp, next_at: Timestamp) -> Pending<bool> {
        let lease = lease.clone();
        self.brief(move |tx| lease::release(tx, &lease, now, next_at))
    }

    /// Keeps a robots.txt.
    pub fn put_robots(&self, origin: String, record: RobotsRecord) -> Pending<()> {
        self.job(move |tx| source::put_robots(tx, &origin, &record))
    }

    /// Keeps the state of a list of articles.
    pub fn put_source(&self, state: SourceState) -> Pending<()> {
        self.job(move |tx| source::put(tx, &state))
    }

    /// Forgets the lists that an index no longer lists.
    pub fn keep_children(&self, parent: PageUrl, listed: Vec<PageUrl>) -> Pending<()> {
        self.job(move |tx| source::keep_children(tx, &parent, &listed))
    }

    /// Puts addresses in the queue. A known article is not queued; it becomes due when its source
    /// says that it changed after its last check. Tombstones refuse.
    pub fn enqueue(&self, site: String, candidates: Vec<Candidate>, now: Timestamp) -> Pending<Enqueued> {
        self.job(move |tx| queue::enqueue(tx, &site, &candidates, now))
    }

    /// Writes what a request brought, all in one transaction: the fetch, the page, the version, the
    /// head, the search index, the event; takes the address out of the queue and renews the lease.
    /// When the lease was lost, nothing is written and the outcome is `Stale`.
    ///
    /// A redirect within one host queues its target in the same transaction.
    pub fn record(&self, fetch: FetchRecord, observation: Observation, plan: Plan) -> Pending<Recorded> {
        let job = record::Job::new(fetch, observation, plan);
        self.job(move |tx| job.record(tx))
    }

    /// As [`Writer::record`], of an article at an address that nobody knew; where another address of its site
    /// gave the same text, nothing is written, and the observation comes back.
    pub fn record_new(
        &self,
        fetch: FetchRecord,
        observation: Observation,
        plan: Plan,
    ) -> Pending<Result<Recorded, Box<Observation>>> {
        let job = record::Job::new(fetch, observation, plan);
        #[cfg(feature = "postgres")]
        if self.on_server {
            return self.send(|promise| Message::Fresh(Box::new(job), promise));
        }
        self.job(move |tx| job.record_new(tx))
    }

    /// As [`Writer::record`], for several requests in one transaction.
    pub fn record_all(&self, all: Vec<(FetchRecord, Observation)>, plan: Plan) -> Pending<Vec<Recorded>> {
        let with_page = |(fetch, mut observation)| {
            let page = record::page_of(&mut observation);
            (fetch, observation, page)
        };
        let all: Vec<_> = all.into_iter().map(with_page).collect();
        self.job(move |tx| {
            let record = |(fetch, observation, page)| record::record(tx, &fetch, observation, page, &plan);
            all.into_iter().map(record).collect()
        })
    }

    /// Writes what a stored page reads like today, as our change and no edit: a version with cause
    /// `reextract` when it differs from version `seen`, which must still be the latest.
    pub fn reread(
        &self,
        id: ArticleId,
        seen: VersionSeq,
        article: Box<Article>,
        now: Timestamp,
    ) -> Pending<Reread> {
        self.job(move |tx| record::reread::reread(tx, id, seen, &article, now.as_millisecond()))
    }

    /// Takes out the text of articles, or of the versions named of them (from, to), in one transaction, and
    /// refuses their addresses from now on. Traces stay in the file until [`Writer::scrub`].
    pub fn redact(
        &self,
        articles: Vec<(ArticleId, Option<(i64, i64)>)>,
        reason: String,
        now: Timestamp,
    ) -> Pending<Vec<Redaction>> {
        self.job(move |tx| {
            let redact = |(id, named)| redact::redact(tx, id, named, &reason, now.as_millisecond());
            articles.into_iter().map(redact).collect()
        })
    }

    /// Builds what follows from the facts again: heads, search index, what a site's articles share, changes.
    pub fn rebuild(&self) -> Pending<Rebuilt> {
        self.job(rebuild::rebuild)
    }

    /// Takes out what is too old, in small transactions, and gives the room back to the disk.
    pub fn prune(&self, query: PruneQuery, now: Timestamp) -> Pending<Pruned> {
        self.alone(move |connection| prune::prune(connection, &query, now.as_millisecond()))
    }

    /// Writes the whole file anew, so that nothing of what was deleted is left in its bytes, and empties
    /// the write-ahead log. `busy`: somebody reads an old state; nothing was harmed, try again.
    pub fn scrub(&self) -> Pending<()> {
        self.alone(scrub::scrub)
    }

    /// Lets the file grow to so many bytes and no further, as if the disk were full there: past it,
    /// jobs fail with `disk_full` and change nothing. Until the archive is opened again.
    pub fn limit_bytes(&self, bytes: u64) -> Pending<()> {
        self.job(move |tx| {
            let page: i64 = tx.query_row("PRAGMA page_size", [], |row| row.get(0))?;
            let pages = i64::try_from(bytes).unwrap_or(i64::MAX) / page;
            Ok(tx.file()?.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?)
        })
    }
}
