//! PostgreSQL: one session, asked in turn.

mod address;
mod cancel;
mod error;
mod live;
mod record;
mod rows;
mod sql;
mod tls;
mod value;
mod wire;

use std::cell::{Cell, RefCell};
use std::fmt;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use rusqlite::Result;
use tokio_postgres::types::{ToSql, Type};

use super::Params;
use cancel::Token;
use live::{Live, collect};
use wire::drive;

pub(in crate::store) use address::Address;
pub(in crate::store) use cancel::Cancel;
pub(in crate::store) use error::Failure;
pub(in crate::store) use rows::{Rows, place, value};

/// `klip`, in whose name there is one writer at a time.
const WRITERS: i32 = 0x6b6c_6970;
/// How long is tried to reach a server that went away, in all.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Role {
    /// It only reads.
    Read,
    /// It writes.
    Write,
}

/// A session. When it was lost outside of a transaction, the next question opens it again.
pub(in crate::store) struct Session {
    address: Address,
    role: Role,
    live: RefCell<Option<Live>>,
    /// Whether a transaction is open, which ends with the connection.
    transaction: Cell<bool>,
    /// Whether a statement of the open transaction failed: then it cannot be committed.
    failed: Cell<bool>,
    /// Whether the server was not to be reached for as long as our patience lasts: until it is, nobody waits
    /// for it that long again.
    gave_up: Cell<bool>,
    last_id: Cell<i64>,
    cursors: Cell<u64>,
    token: Token,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("address", &self.address).field("role", &self.role).finish()
    }
}

impl Session {
    /// Opens a session.
    pub(in crate::store) fn open(address: &Address, role: Role) -> Result<Self, Failure> {
        let session = Self {
            address: address.clone(),
            role,
            live: RefCell::new(None),
            transaction: Cell::new(false),
            failed: Cell::new(false),
            gave_up: Cell::new(false),
            last_id: Cell::new(0),
            cursors: Cell::new(0),
            token: Token::default(),
        };
        *session.live.borrow_mut() = Some(session.connect()?);
        Ok(session)
    }

    fn connect(&self) -> Result<Live, Failure> {
        let (wire, turn, tls) = self.address.dial()?;
        let connecting = self.address.config.connect_raw(wire, tls);
        let connected =
            drive(connecting, &turn, |_| true).expect("nothing ends it but an answer or an error");
        let (client, link) = connected.map_err(|error| Failure::of(&error))?;
        let mut live = Live::new(client, link, turn);
        let settings = settings(&self.address.schema, self.role);
        live.run(|client| client.batch_execute(&settings))?;
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = Some(live.cancel_token());
        Ok(live)
    }

    /// Runs something on the connection, which is opened again if it was lost.
    fn with<T>(&self, work: impl Fn(&mut Live) -> Result<T, Failure>) -> Result<T, Failure> {
        let done = self.with_again(self.role == Role::Read && !self.transaction.get(), work);
        if done.is_err() && self.transaction.get() {
            self.failed.set(true);
        }
        done
    }

    /// As [`Session::with`]; `again`: whether what was asked may be asked twice.
    fn with_again<T>(
        &self,
        again: bool,
        work: impl Fn(&mut Live) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut slot = self.live.borrow_mut();
        let mut asked_again = false;
        loop {
            if slot.is_none() {
                if self.transaction.get() {
                    return Err(Failure::away("the connection was lost in a transaction".to_owned()));
                }
                *slot = Some(self.reconnect()?);
            }
            let live = slot.as_mut().expect("it was opened just now");
            match work(live) {
                Err(failure) if failure.lost => {
                    *slot = None;
                    let may = again || failure.is_undone() && !self.transaction.get();
                    if failure.silent || !may || std::mem::replace(&mut asked_again, true) {
                        return Err(failure);
                    }
                }
                done => return done,
            }
        }
    }

    fn reconnect(&self) -> Result<Live, Failure> {
        let (mut wait, started) = (Duration::from_millis(50), Instant::now());
        loop {
            match self.connect() {
                Err(failure) if failure.passes() && !self.gave_up.get() && started.elapsed() < PATIENCE => {
                    std::thread::sleep(wait);
                    wait = (wait * 2).min(Duration::from_secs(2));
                }
                done => {
                    self.gave_up.set(done.as_ref().is_err_and(Failure::passes));
                    return done;
                }
            }
        }
    }

    /// Prepares a statement, so that an error in it shows.
    pub(in crate::store) fn prepare(&self, sql: &str) -> Result<()> {
        Ok(self.with(|live| live.prepared(sql).map(drop))?)
    }

    /// Runs a statement; how many rows it changed.
    pub(in crate::store) fn execute(&self, sql: &str, params: impl Params) -> Result<usize> {
        let given = collect(params)?;
        let rows = self.with(|live| {
            let prepared = live.prepared(sql)?;
            let values = prepared.place(&given);
            if prepared.gives_id {
                let rows = live.run(|client| client.query(&prepared.statement, &values))?;
                if let Some(id) = rows.last().and_then(|row| row.try_get(0).ok()) {
                    self.last_id.set(id);
                }
                return Ok(rows.len());
            }
            let rows = live.run(|client| client.execute(&prepared.statement, &values))?;
            Ok(usize::try_from(rows).unwrap_or(usize::MAX))
        })?;
        Ok(rows)
    }

    /// The schema that holds the archive.
    pub(in crate::store) fn schema(&self) -> &str {
        &self.address.schema
    }

    /// Runs a statement, for all of its rows.
    pub(in crate::store) fn query(&self, sql: &str, params: impl Params) -> Result<Rows<'_>> {
        let given = collect(params)?;
        let rows = self.with(|live| {
            let prepared = live.prepared(sql)?;
            let values = prepared.place(&given);
            live.run(|client| client.query(&prepared.statement, &values))
        })?;
        Ok(Rows::whole(self, rows))
    }

    /// Runs a statement, for rows that are fetched as they are wanted. Outside of a transaction there is no
    /// such thing, and all come at once.
    pub(in crate::store) fn stream(&self, sql: &str, params: impl Params) -> Result<Rows<'_>> {
        if !self.transaction.get() || !sql.trim_start().starts_with("SELECT") {
            return self.query(sql, params);
        }
        self.cursors.set(self.cursors.get() + 1);
        let name = format!("c{}", self.cursors.get());
        let given = collect(params)?;
        self.with(|live| {
            // Its places have the types that the question itself would give them.
            let prepared = live.prepared(sql)?;
            let declare = format!("DECLARE {name} NO SCROLL CURSOR FOR {}", prepared.told);
            let kinds = prepared.statement.params().to_vec();
            let values = prepared.place(&given);
            let typed: Vec<(&(dyn ToSql + Sync), Type)> = values.iter().copied().zip(kinds).collect();
            live.run(|client| client.query_typed(&declare, &typed)).map(drop)
        })?;
        Ok(Rows::of_cursor(self, name))
    }

    /// A question without values, which does not stay prepared.
    fn plain(&self, sql: &str) -> Result<Vec<tokio_postgres::Row>, Failure> {
        self.with(|live| live.run(|client| client.query_typed(sql, &[])))
    }

    /// Runs statements that take nothing and give nothing.
    pub(in crate::store) fn batch(&self, sql: &str) -> Result<(), Failure> {
        self.verbatim(&sql::translate(sql).sql)
    }

    /// Begins a transaction: one snapshot, or the only one that writes to the archive.
    pub(super) fn begin(&self, writes: bool) -> Result<()> {
        let sql = match writes {
            true => {
                format!("BEGIN; SELECT pg_advisory_xact_lock({WRITERS}, hashtext('{}'))", self.address.schema)
            }
            false => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY".to_owned(),
        };
        self.failed.set(false);
        if let Err(failure) = self.with_again(true, |live| live.run(|client| client.batch_execute(&sql))) {
            // The lock may not have been had in time; then the transaction is open, and of no use.
            self.rollback();
            return Err(failure.into());
        }
        self.transaction.set(true);
        Ok(())
    }

    /// Ends a transaction; what it wrote stays.
    pub(super) fn commit(&self) -> Result<()> {
        if self.failed.get() {
            let what = "a statement of the transaction failed: nothing of it was written";
            return Err(Failure::here(what.to_owned()).into());
        }
        self.with(|live| live.run(|client| client.batch_execute("COMMIT")))?;
        self.transaction.set(false);
        Ok(())
    }

    /// Ends a transaction; what it wrote goes.
    pub(super) fn rollback(&self) {
        let mut slot = self.live.borrow_mut();
        if let Some(live) = slot.as_mut()
            && live.run(|client| client.batch_execute("ROLLBACK")).is_err()
        {
            // With the connection, its transaction ends, too.
            *slot = None;
        }
        self.transaction.set(false);
    }

    /// Runs statements in PostgreSQL's own words, which may take long: indexes are made so, tables written anew.
    pub(super) fn verbatim(&self, sql: &str) -> Result<(), Failure> {
        self.with(|live| live.run_long(sql))
    }

    /// The number of the row that was inserted last.
    pub(in crate::store) fn last_id(&self) -> i64 {
        self.last_id.get()
    }

    /// What ends a question of this session from elsewhere.
    pub(in crate::store) fn cancel(&self) -> Cancel {
        Cancel::new(self.address.clone(), Token::clone(&self.token))
    }
}

/// What a session is told at its beginning. A transaction that is left lying (a stopped process, a machine
/// that is cut off) is ended by the server, so that it keeps nobody from writing for long.
fn settings(schema: &str, role: Role) -> String {
    let role = match role {
        Role::Read => "SET default_transaction_read_only = on;",
        Role::Write => "SET lock_timeout = '30s'; SET idle_in_transaction_session_timeout = '10s';",
    };
    format!(
        "SET search_path = \"{schema}\"; SET client_min_messages = warning; SET jit = off;
         SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3; {role}"
    )
}
