//! What many tasks ask of a server: a thread asks for all that wait for an answer in one statement.

use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{Builder, JoinHandle};

use jiff::Timestamp;

use super::pending::{self, Pending, Promise};
use super::{Reader, StoreError, known, lease};
use crate::model::{HostKey, Known, PageUrl};

/// So much is asked for at once.
const MOST: usize = 500;

enum Question {
    /// What is known of a page that no article has, by the key of its site.
    Page((PageUrl, String), Promise<Option<Known>>),
    /// Until when a host is taken or rests.
    Host(HostKey, Timestamp, Promise<Option<Timestamp>>),
}

/// The thread, and the way to it.
#[derive(Debug)]
pub(super) struct Desk {
    questions: Option<Sender<Question>>,
    thread: Option<JoinHandle<()>>,
}

impl Desk {
    pub(super) fn open(reader: Reader) -> Result<Self, StoreError> {
        let (questions, asked) = mpsc::channel();
        let thread = Builder::new()
            .name("archive-desk".to_owned())
            .spawn(move || serve(&reader, &asked))
            .map_err(|e| StoreError::Io(format!("no thread for what is asked of the archive: {e}")))?;
        Ok(Self { questions: Some(questions), thread: Some(thread) })
    }

    pub(super) fn known_of_new(&self, url: &PageUrl, site: &str) -> Pending<Option<Known>> {
        self.ask(|promise| Question::Page((url.clone(), site.to_owned()), promise))
    }

    pub(super) fn busy_until(&self, host: &HostKey, now: Timestamp) -> Pending<Option<Timestamp>> {
        self.ask(|promise| Question::Host(host.clone(), now, promise))
    }

    fn ask<T>(&self, question: impl FnOnce(Promise<T>) -> Question) -> Pending<T> {
        let (promise, pending) = pending::pair();
        if let Some(questions) = &self.questions {
            // When the thread has gone, the promise is dropped with the question: `closed`.
            let _ = questions.send(question(promise));
        }
        pending
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.questions = None;
        if let Some(thread) = self.thread.take() {
            // If it panicked, whoever asked was told.
            let _ = thread.join();
        }
    }
}

fn serve(reader: &Reader, asked: &Receiver<Question>) {
    while let Ok(first) = asked.recv() {
        let (mut pages, mut hosts) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
        for question in std::iter::once(first).chain(asked.try_iter().take(MOST - 1)) {
            match question {
                Question::Page(page, promise) => pages.extend([(page, promise)]),
                Question::Host(host, now, promise) => hosts.extend([((host, now), promise)]),
            }
        }
        answer(pages, |pages| known::of_new(&reader.db, pages));
        answer(hosts, |hosts| lease::all_busy_until(&reader.db, hosts));
    }
}

fn answer<Q, T>(
    (questions, promises): (Vec<Q>, Vec<Promise<T>>),
    ask: impl FnOnce(&[Q]) -> Result<Vec<T>, StoreError>,
) {
    if questions.is_empty() {
        return;
    }
    match ask(&questions) {
        Ok(answers) => {
            promises.into_iter().zip(answers).for_each(|(promise, answer)| promise.keep(Ok(answer)))
        }
        Err(error) => promises.into_iter().for_each(|promise| promise.keep(Err(error.clone()))),
    }
}
