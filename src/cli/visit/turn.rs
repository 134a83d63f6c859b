//! The turn on a host: the gate of this process, and the lease that keeps others away.

use std::path::Path;
use std::time::Duration;

use jiff::SignedDuration;
use kliping::fetch::robots::RobotsState;
use kliping::fetch::{HostGate, LeaseDeadline};
use kliping::model::HostKey;
use kliping::store::{Archive, Claim, Lease, Mode};

use crate::cli::app::now;
use crate::cli::exit::{CliError, Exit};

/// How often a host that somebody else has is looked at again.
const LOOK: SignedDuration = SignedDuration::from_millis(500);
/// A host that is not to be asked for longer than this rests; nobody works on it.
const REST: SignedDuration = SignedDuration::from_mins(5);
/// How long another process is waited for.
const PATIENCE: SignedDuration = SignedDuration::from_secs(60);

/// The archive, if there is one: it knows which hosts other processes are asking.
pub struct Leases(Option<Archive>);

impl Leases {
    /// Opens the archive. Where there is none nobody is crawling, and none is made: this command
    /// stores nothing.
    pub fn open(path: &Path) -> Result<Self, CliError> {
        if !kliping::store::may_exist(path) {
            return Ok(Self(None));
        }
        Archive::open(path, Mode::ReadWrite).map(|archive| Self(Some(archive))).map_err(CliError::from)
    }

    /// The rules of an origin as the archive has them, while they are fresh.
    pub fn robots(&self, origin: &str) -> Result<Option<RobotsState>, CliError> {
        let Some(archive) = &self.0 else { return Ok(None) };
        let stored = archive.reader().and_then(|reader| reader.robots(origin))?;
        Ok(stored.and_then(|stored| {
            RobotsState::from_cache(stored.body.as_deref().unwrap_or_default(), stored.fetched, now())
        }))
    }
}

/// The turn on one host.
pub struct Turn {
    pub gate: HostGate,
    lease: Option<(Lease, LeaseDeadline)>,
    duration: Duration,
}

impl Turn {
    /// Takes the host, waiting for whoever has it.
    pub async fn take(
        leases: &Leases,
        host: &HostKey,
        delay: Duration,
        duration: Duration,
        verb: &str,
    ) -> Result<Self, CliError> {
        let gate = HostGate::new(delay);
        let Some(archive) = &leases.0 else { return Ok(Self { gate, lease: None, duration }) };
        let owner = format!("{verb}:{}", std::process::id());
        let start = now();
        loop {
            let deadline = LeaseDeadline::after(duration);
            let claim = archive.writer().claim(host, &owner, now(), duration, delay).await;
            let until = match claim? {
                Claim::Granted(lease) => return Ok(Self { gate, lease: Some((lease, deadline)), duration }),
                Claim::Busy { until } => until,
            };
            let wait = until.duration_since(now());
            if wait > REST || now().duration_since(start) > PATIENCE {
                let message = format!("another kliping is asking {host}, or it must rest, until {until:.0}");
                return Err(CliError::new(Exit::Nothing, message).help("try again then"));
            }
            // It may be given back long before the lease ends.
            tokio::time::sleep(wait.clamp(SignedDuration::from_millis(20), LOOK).unsigned_abs()).await;
        }
    }

    /// Waits until a request may start, and sees to it that the host is still ours.
    pub async fn ready(&mut self, leases: &Leases) -> Result<Option<LeaseDeadline>, CliError> {
        self.gate.ready().await;
        let (Some((lease, deadline)), Some(archive)) = (&self.lease, &leases.0) else { return Ok(None) };
        let duration = self.duration;
        if deadline.remaining() > duration / 2 {
            return Ok(Some(*deadline));
        }
        let fresh = LeaseDeadline::after(duration);
        let delay = self.gate.delay();
        if !archive.writer().renew(lease, now(), duration, delay).await? {
            let message = format!("another kliping took over {} meanwhile", lease.host);
            return Err(CliError::new(Exit::Nothing, message).help("try again"));
        }
        self.lease = Some((lease.clone(), fresh));
        Ok(Some(fresh))
    }

    /// Gives the host back. Without an archive there is nowhere to write down that it must rest, so
    /// this waits for as long as its delay.
    pub async fn leave(mut self, leases: &Leases) {
        match (self.lease.take(), &leases.0) {
            (Some((lease, _)), Some(archive)) => {
                let now = now();
                let next_at = self.gate.next_at(now);
                if let Err(error) = archive.writer().release(&lease, now, next_at).await {
                    tracing::warn!(code = error.code(), "cannot release the lease: {error}");
                }
            }
            _ => tokio::time::sleep(self.gate.wait().min(self.gate.delay())).await,
        }
    }
}
