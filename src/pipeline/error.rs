//! Why a run could not be made at all. What fails on single pages stands in the report instead.

use std::io;
use std::path::PathBuf;

use super::shard::Shard;
use crate::fetch::FetchError;
use crate::store::StoreError;

/// Why a run could not be made, or broke off.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CrawlError {
    /// Another run holds the crawl lock.
    #[error("another run is crawling into this archive (it holds {})", path.display())]
    Locked {
        /// The lock's file.
        path: PathBuf,
    },
    /// Another run holds the lock of this part of the hosts.
    #[error("another run is crawling shard {shard} of this archive (it holds {})", path.display())]
    ShardLocked {
        /// The part.
        shard: Shard,
        /// The lock's file.
        path: PathBuf,
    },
    /// The lock's file cannot be made.
    #[error("cannot make the lock file {}", path.display())]
    LockFile {
        /// The lock's file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The archive failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The HTTP client could not be made.
    #[error(transparent)]
    Fetch(#[from] FetchError),
}

impl CrawlError {
    /// A stable code for logs and JSON.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Locked { .. } => "crawl_locked",
            Self::ShardLocked { .. } => "shard_locked",
            Self::LockFile { .. } => "lock_file",
            Self::Store(error) => error.code(),
            Self::Fetch(error) => error.code(),
        }
    }
}
