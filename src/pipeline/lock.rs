//! One crawl at a time on one archive, or several that agreed to share it.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use super::{CrawlError, Shard};
use crate::store::{Held, is_server};

/// Holds the archive's crawl lock until dropped. The operating system lets go of it when the
/// process dies, however it dies, so a stale lock cannot exist.
#[derive(Debug)]
pub struct CrawlLock {
    _held: Lock,
}

/// What is held: a file beside the archive's, or the archive on its server.
#[derive(Debug)]
#[allow(dead_code, reason = "holding is all that is done with it")]
enum Lock {
    File(File),
    Server(Box<Held>),
}

impl CrawlLock {
    /// Takes the lock beside the archive's file.
    ///
    /// # Errors
    /// [`CrawlError::Locked`] when another run holds it, [`CrawlError::LockFile`] when the lock's
    /// file cannot be made.
    pub fn take(archive: &Path) -> Result<Self, CrawlError> {
        Self::lock(archive, false)
    }

    /// Takes the lock together with all that take it so: leases keep each host with one of them.
    ///
    /// # Errors
    /// As [`CrawlLock::take`]; [`CrawlError::Locked`] when a run holds it for itself alone.
    pub fn share(archive: &Path) -> Result<Self, CrawlError> {
        Self::lock(archive, true)
    }

    /// Takes the lock of a part of the hosts, beside [`CrawlLock::share`]: a part has one process.
    ///
    /// # Errors
    /// [`CrawlError::ShardLocked`] when another run has that part; else as [`CrawlLock::take`].
    pub fn shard(archive: &Path, shard: Shard) -> Result<Self, CrawlError> {
        if is_server(archive) {
            let held = Held::part(archive, &shard.to_string())?;
            let path = PathBuf::from(SERVER);
            return held
                .map(|held| Self { _held: Lock::Server(Box::new(held)) })
                .ok_or(CrawlError::ShardLocked { shard, path });
        }
        let path = beside(archive, &format!(".shard-{}.lock", shard.to_string().replace('/', "-")));
        Self::file(&path, false)?.ok_or(CrawlError::ShardLocked { shard, path })
    }

    fn lock(archive: &Path, shared: bool) -> Result<Self, CrawlError> {
        if is_server(archive) {
            let held = Held::take(archive, shared)?;
            let path = PathBuf::from(SERVER);
            return held
                .map(|held| Self { _held: Lock::Server(Box::new(held)) })
                .ok_or(CrawlError::Locked { path });
        }
        let path = beside(archive, ".lock");
        Self::file(&path, shared)?.ok_or(CrawlError::Locked { path })
    }

    /// Locks a file; `None`: somebody else has.
    fn file(path: &Path, shared: bool) -> Result<Option<Self>, CrawlError> {
        let failed = |source| CrawlError::LockFile { path: path.to_owned(), source };
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(failed)?;
        match if shared { file.try_lock_shared() } else { file.try_lock() } {
            Ok(()) => Ok(Some(Self { _held: Lock::File(file) })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }
}

/// What is held where there is no file.
const SERVER: &str = "it on its server";

fn beside(archive: &Path, end: &str) -> PathBuf {
    let mut name = archive.as_os_str().to_owned();
    name.push(end);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_crawl_is_refused_until_the_first_ends() {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("kliping.db");
        let first = CrawlLock::take(&archive).unwrap();
        assert!(matches!(CrawlLock::take(&archive), Err(CrawlError::Locked { .. })));
        assert!(matches!(CrawlLock::share(&archive), Err(CrawlError::Locked { .. })));
        drop(first);
        assert!(CrawlLock::take(&archive).is_ok());
    }

    #[test]
    fn a_part_of_the_hosts_has_one_process() {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("kliping.db");
        let (first, second) = ("1/2".parse().unwrap(), "2/2".parse().unwrap());
        let held = (CrawlLock::shard(&archive, first).unwrap(), CrawlLock::shard(&archive, second).unwrap());
        let refused = CrawlLock::shard(&archive, second).unwrap_err();
        assert!(refused.to_string().contains("shard 2/2"), "{refused}");
        drop(held);
        assert!(CrawlLock::shard(&archive, second).is_ok());
    }

    #[test]
    fn crawls_that_share_keep_those_out_that_do_not() {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("kliping.db");
        let both = (CrawlLock::share(&archive).unwrap(), CrawlLock::share(&archive).unwrap());
        assert!(matches!(CrawlLock::take(&archive), Err(CrawlError::Locked { .. })));
        drop(both);
        assert!(CrawlLock::take(&archive).is_ok());
    }
}
