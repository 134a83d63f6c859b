//! Where an archive is: in a file, or on a server.

use std::path::{Path, PathBuf};

use super::engine::Connection;
#[cfg(feature = "postgres")]
use super::engine::pg::Address;
#[cfg(feature = "postgres")]
use super::server;
use super::{Mode, StoreError, copy, open, shown};

/// Whether an address of a server names the archive, and no file.
#[must_use]
pub fn is_server(path: &Path) -> bool {
    path.to_str().is_some_and(shown::is_address)
}

/// The schema of a server that holds an archive; none: it is in a file.
#[must_use]
pub fn schema_of(path: &Path) -> Option<&str> {
    path.to_str().filter(|text| shown::is_address(text)).map(shown::schema)
}

/// Whether an archive can be there: a file is, or a server is named.
#[must_use]
pub fn may_exist(path: &Path) -> bool {
    is_server(path) || path.exists()
}

/// Where an archive is.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// In a file of SQLite.
    File(PathBuf),
    /// On a server of PostgreSQL.
    #[cfg(feature = "postgres")]
    Server(Box<Address>),
}

impl Place {
    /// The place that a path or an address names.
    pub(super) fn of(path: &Path) -> Result<Self, StoreError> {
        #[cfg(feature = "postgres")]
        if is_server(path) {
            let address = Address::parse(&path.to_string_lossy()).map_err(StoreError::Address)?;
            return Ok(Self::Server(Box::new(address)));
        }
        #[cfg(not(feature = "postgres"))]
        if is_server(path) {
            return Err(StoreError::Address(
                "this kliping was built without the feature `postgres`".to_owned(),
            ));
        }
        Ok(Self::File(path.to_owned()))
    }

    /// As it may be shown: a server's without its password.
    pub(super) fn shown(&self) -> &Path {
        match self {
            Self::File(path) => path,
            #[cfg(feature = "postgres")]
            Self::Server(address) => address.path(),
        }
    }

    /// The connection that writes.
    pub(super) fn read_write(&self, mode: Mode) -> Result<Connection, StoreError> {
        copy::whole(self.read_write_half(mode)?, self.shown())
    }

    /// A connection that only reads.
    pub(super) fn read_only(&self) -> Result<Connection, StoreError> {
        copy::whole(self.read_only_half()?, self.shown())
    }

    /// As [`Place::read_write`], also of a part of a copy.
    pub(super) fn read_write_half(&self, mode: Mode) -> Result<Connection, StoreError> {
        match self {
            Self::File(path) => open::read_write(path, mode),
            #[cfg(feature = "postgres")]
            Self::Server(address) => server::read_write(address, mode),
        }
    }

    /// As [`Place::read_only`], also of a part of a copy.
    pub(super) fn read_only_half(&self) -> Result<Connection, StoreError> {
        match self {
            Self::File(path) => open::read_only(path),
            #[cfg(feature = "postgres")]
            Self::Server(address) => server::read_only(address),
        }
    }
}

/// An archive on a server, held for one crawl or with others; let go of when it is dropped, and by the server
/// when the process dies. When the server restarts, it is let go of, too, and nobody is told: from then on leases
/// alone keep crawls apart.
#[derive(Debug)]
pub struct Held(#[allow(dead_code, reason = "the connection is the lock")] Connection);

impl Held {
    /// Holds the archive that an address names; `None`: somebody else holds it.
    ///
    /// # Errors
    /// As [`super::Archive::open`].
    #[cfg_attr(not(feature = "postgres"), allow(unused_variables, reason = "a file is held otherwise"))]
    pub fn take(path: &Path, shared: bool) -> Result<Option<Self>, StoreError> {
        match Place::of(path)? {
            Place::File(path) => Err(StoreError::Address(format!("{} is a file", path.display()))),
            #[cfg(feature = "postgres")]
            Place::Server(address) => Ok(server::hold(&address, shared)?.map(Self)),
        }
    }

    /// Holds a part of the work on the archive that an address names; `None`: somebody else holds it.
    ///
    /// # Errors
    /// As [`super::Archive::open`].
    #[cfg_attr(not(feature = "postgres"), allow(unused_variables, reason = "a file is held otherwise"))]
    pub fn part(path: &Path, part: &str) -> Result<Option<Self>, StoreError> {
        match Place::of(path)? {
            Place::File(path) => Err(StoreError::Address(format!("{} is a file", path.display()))),
            #[cfg(feature = "postgres")]
            Place::Server(address) => Ok(server::hold_part(&address, part)?.map(Self)),
        }
    }
}
