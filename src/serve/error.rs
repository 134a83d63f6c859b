//! Why the reading room cannot open.

use std::io;
use std::net::SocketAddr;

use crate::store::StoreError;

/// Why the reading room cannot open.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// Another program listens there.
    #[error("another program listens on {0}")]
    InUse(SocketAddr),
    /// The system does not let us listen there.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// Whoever reaches the address could read the archive.
    #[error("{0} can be reached from other machines, and no token is set")]
    Open(SocketAddr),
    /// A token that is guessed too easily.
    #[error("the token is too short: {0} characters, at least 16")]
    ShortToken(usize),
    /// The archive cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system gives no thread.
    #[error("cannot start a thread: {0}")]
    Thread(io::Error),
}

impl ServeError {
    /// A stable code for logs and JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::InUse(_) => "serve_in_use",
            Self::Listen { .. } => "serve_listen",
            Self::Open(_) => "serve_open",
            Self::ShortToken(_) => "serve_token",
            Self::Store(error) => error.code(),
            Self::Thread(_) => "serve_thread",
        }
    }

    /// What a user can do about it, in one line.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::InUse(_) => Some("`--listen 127.0.0.1:0` takes any free port, and prints it"),
            Self::Listen { .. } => Some("ports below 1024 are the system's; `--listen 127.0.0.1:8420`"),
            Self::Open(_) => {
                Some("name a file with a secret word by `--token-file FILE`, or listen on 127.0.0.1")
            }
            Self::ShortToken(_) => Some("`openssl rand -hex 16 > token` makes one"),
            Self::Store(error) => error.help(),
            Self::Thread(_) => None,
        }
    }
}
