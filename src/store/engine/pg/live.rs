//! One open connection and what the server has prepared on it.

use std::collections::HashMap;
use std::sync::Arc;
use std::task::{Context, Poll};

use rusqlite::Result;
use rusqlite::types::ToSqlOutput;
use tokio_postgres::types::ToSql;

use super::super::Params;
use super::error::Failure;
use super::sql::{self, Translated};
use super::tls::Secured;
use super::value::Given;
use super::wire::{Turn, Wire, drive};

/// So many statements stay prepared.
const STATEMENTS: usize = 400;

type Link = tokio_postgres::Connection<Wire, Secured>;

/// An open connection.
pub(super) struct Live {
    client: tokio_postgres::Client,
    link: Link,
    turn: Turn,
    statements: HashMap<String, Arc<Prepared>>,
    /// Whether it was given what it has for itself.
    set_up: bool,
}

/// A statement that the server has prepared.
pub(super) struct Prepared {
    pub(super) statement: tokio_postgres::Statement,
    /// Its text in the server's words.
    pub(super) told: String,
    places: Vec<String>,
    pub(super) gives_id: bool,
}

impl Live {
    pub(super) fn new(client: tokio_postgres::Client, link: Link, turn: Turn) -> Self {
        Self { client, link, turn, statements: HashMap::new(), set_up: false }
    }

    pub(super) fn cancel_token(&self) -> tokio_postgres::CancelToken {
        self.client.cancel_token()
    }

    /// As [`Live::run`], for what may take hours.
    pub(super) fn run_long(&mut self, sql: &str) -> Result<(), Failure> {
        self.turn.set_patient(true);
        let done = self.run(|client| client.batch_execute(sql));
        self.turn.set_patient(false);
        done
    }

    /// Waits for an answer, and looks after the connection meanwhile.
    pub(super) fn run<'c, T, F>(
        &'c mut self,
        ask: impl FnOnce(&'c tokio_postgres::Client) -> F,
    ) -> Result<T, Failure>
    where
        F: Future<Output = Result<T, tokio_postgres::Error>>,
    {
        let Self { client, link, turn, .. } = self;
        let mut end: Option<Failure> = None;
        turn.begin();
        let answer = drive(ask(client), turn, |context| {
            poll(link, &mut end, context);
            end.is_none()
        });
        let answer = match (answer, end) {
            (Some(Ok(answer)), _) => Ok(answer),
            // Why the connection ended says more than that it did.
            (None, Some(end)) => Err(end),
            (Some(Err(error)), Some(end)) if error.is_closed() => Err(end),
            (Some(Err(error)), _) => Err(Failure::of(&error)),
            (None, None) => Err(Failure::away("the database does not answer".to_owned())),
        };
        answer.map_err(|failure| Failure { unheard: turn.is_unheard(), ..failure })
    }

    /// Makes what this connection has for itself, the first time; `false`: it may not.
    pub(super) fn set_up(&mut self, sql: &str) -> Result<bool, Failure> {
        if !self.set_up {
            match self.run(|client| client.batch_execute(sql)) {
                Err(failure) if failure.is_denied() => return Ok(false),
                done => done?,
            }
            self.set_up = true;
        }
        Ok(true)
    }

    pub(super) fn prepared(&mut self, sql: &str) -> Result<Arc<Prepared>, Failure> {
        if let Some(prepared) = self.statements.get(sql) {
            return Ok(Arc::clone(prepared));
        }
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        let Translated { sql: told, places, gives_id } = sql::translate(sql);
        let statement = self.run(|client| client.prepare(&told)).map_err(|failure| failure.in_sql(&told))?;
        let prepared = Arc::new(Prepared { statement, told, places, gives_id });
        self.statements.insert(sql.to_owned(), Arc::clone(&prepared));
        Ok(prepared)
    }
}

fn poll(link: &mut Link, end: &mut Option<Failure>, context: &mut Context<'_>) {
    while end.is_none() {
        match link.poll_message(context) {
            Poll::Ready(Some(Ok(_))) => {}
            Poll::Ready(Some(Err(error))) => *end = Some(Failure { lost: true, ..Failure::of(&error) }),
            Poll::Ready(None) => *end = Some(Failure::away("the database closed the connection".to_owned())),
            Poll::Pending => return,
        }
    }
}

/// A value and its name, if it has one.
pub(super) type Named = (Option<String>, Given);

pub(super) fn collect(params: impl Params) -> Result<Vec<Named>> {
    let mut given = Vec::new();
    params.each(&mut |name, value| {
        let value = match value {
            ToSqlOutput::Borrowed(value) => value.try_into()?,
            ToSqlOutput::Owned(value) => value,
            _ => return Err(rusqlite::Error::InvalidQuery),
        };
        given.push((name.map(str::to_owned), Given(value)));
        Ok(())
    })?;
    Ok(given)
}

impl Prepared {
    /// The values in the order of the statement's places.
    pub(super) fn place<'g>(&self, given: &'g [Named]) -> Vec<&'g (dyn ToSql + Sync)> {
        let of = |place: &String| match place.strip_prefix('?') {
            Some(number) => given.get(number.parse::<usize>().unwrap_or(0).wrapping_sub(1)),
            None => given.iter().find(|(name, _)| name.as_ref() == Some(place)),
        };
        self.places.iter().filter_map(of).map(|(_, value)| value as _).collect()
    }
}
