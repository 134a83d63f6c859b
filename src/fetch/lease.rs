//! Until when a host is ours, on a clock that also runs while the machine sleeps.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use crate::config::Crawl;

/// The end of a host lease on `CLOCK_BOOTTIME`: unlike the clock behind `Instant` it counts the
/// time in which the machine was suspended, in which another machine may have taken the host over.
///
/// Make it *before* the lease is asked for, so that it never ends later than the archive thinks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeaseDeadline(Duration);

impl LeaseDeadline {
    /// A lease that ends after this time.
    #[must_use]
    pub fn after(lease: Duration) -> Self {
        Self(boot_time().saturating_add(lease))
    }

    /// How long the host is still ours; zero when it no longer is.
    #[must_use]
    pub fn remaining(&self) -> Duration {
        self.0.saturating_sub(boot_time())
    }
}

/// Time kept free between the latest moment at which request bytes can be written and the end of
/// the lease.
pub(super) const MARGIN: Duration = Duration::from_secs(1);

/// How long a host is leased: what the user asks for, but long enough that a request which starts
/// before half of it is over ends within it, and that there is time to connect in the other half.
#[must_use]
pub fn lease_length(crawl: &Crawl) -> Duration {
    let connecting = crawl.connect_timeout.saturating_add(MARGIN);
    crawl.lease.max(crawl.timeout.saturating_mul(2)).max(connecting.saturating_mul(2))
}

/// Time since the start of some epoch that lies before the first call.
fn boot_time() -> Duration {
    static START: OnceLock<(Instant, bool)> = OnceLock::new();
    let (start, has_uptime) = START.get_or_init(|| (Instant::now(), uptime().is_some()));
    match has_uptime {
        // A file that could be read once and cannot now (no descriptor left): report the end of all
        // leases rather than a time from another epoch, which might make them longer.
        true => uptime().unwrap_or(Duration::MAX),
        false => start.elapsed(),
    }
}

/// `/proc/uptime`, the first figure of which is `CLOCK_BOOTTIME` in hundredths of a second
/// (proc_uptime(5)); read without `unsafe` and without a crate. The file stays open.
#[cfg(target_os = "linux")]
fn uptime() -> Option<Duration> {
    use std::fs::File;
    use std::os::unix::fs::FileExt;

    static FILE: OnceLock<Option<File>> = OnceLock::new();
    let file = FILE.get_or_init(|| File::open("/proc/uptime").ok()).as_ref()?;
    let mut buffer = [0; 64];
    let read = file.read_at(&mut buffer, 0).ok()?;
    let text = std::str::from_utf8(buffer.get(..read)?).ok()?;
    let seconds: f64 = text.split_ascii_whitespace().next()?.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(not(target_os = "linux"))]
fn uptime() -> Option<Duration> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_runs_out() {
        let minute = Duration::from_secs(60);
        let lease = LeaseDeadline::after(minute);
        assert!(lease.remaining() <= minute);
        assert!(lease.remaining() > minute / 2);
        assert_eq!(LeaseDeadline::after(Duration::ZERO).remaining(), Duration::ZERO);
        assert!(LeaseDeadline::after(Duration::MAX).remaining() > minute);
    }

    #[test]
    fn a_lease_is_never_too_short_for_a_request() {
        let s = Duration::from_secs;
        let crawl = |lease, timeout, connect_timeout| Crawl {
            lease: s(lease),
            timeout: s(timeout),
            connect_timeout: s(connect_timeout),
            ..Crawl::default()
        };
        assert_eq!(lease_length(&Crawl::default()), s(60));
        assert_eq!(lease_length(&crawl(300, 30, 10)), s(300));
        assert_eq!(lease_length(&crawl(1, 30, 10)), s(60));
        assert_eq!(lease_length(&crawl(1, 2, 9)), s(20));
    }
}
