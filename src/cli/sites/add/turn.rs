//! The turn on a host: the gate of this process, and the lease that keeps others away.

use std::path::Path;
use std::time::Duration;

use jiff::SignedDuration;
use kliping::fetch::{HostGate, LeaseDeadline};
use kliping::model::HostKey;
use kliping::store::{Archive, Claim, Lease, Mode};

use crate::cli::app::{now, store_error};
use crate::cli::exit::{CliError, Exit};

/// How long a lease lasts.
const LEASE: Duration = Duration::from_secs(120);
/// How long another process is waited for.
const PATIENCE: SignedDuration = SignedDuration::from_secs(60);

/// The archive, if there is one: it knows which hosts other processes are asking.
pub struct Leases(Option<Archive>);

impl Leases {
    /// Opens the archive. Where there is none nobody is crawling, and none is made: this command
    /// stores nothing.
    pub fn open(path: &Path) -> Result<Self, CliError> {
        if !path.exists() {
            return Ok(Self(None));
        }
        Archive::open(path, Mode::ReadWrite).map(|archive| Self(Some(archive))).map_err(store_error)
    }
}

/// The turn on one host.
pub struct Turn {
    pub gate: HostGate,
    lease: Option<(Lease, LeaseDeadline)>,
}

impl Turn {
    /// Takes the host, waiting for whoever has it.
    pub async fn take(leases: &Leases, host: &HostKey, delay: Duration) -> Result<Self, CliError> {
        let gate = HostGate::new(delay);
        let Some(archive) = &leases.0 else { return Ok(Self { gate, lease: None }) };
        let owner = format!("sites-add:{}", std::process::id());
        loop {
            let deadline = LeaseDeadline::after(LEASE);
            let claim = archive.writer().claim(host, &owner, now(), LEASE, delay).await;
            let until = match claim.map_err(store_error)? {
                Claim::Granted(lease) => return Ok(Self { gate, lease: Some((lease, deadline)) }),
                Claim::Busy { until } => until,
            };
            let wait = until.duration_since(now()).max(SignedDuration::from_millis(20));
            if wait > PATIENCE {
                let message = format!("another kliping is asking {host}, or it must rest, until {until}");
                return Err(CliError::new(Exit::Nothing, message).help("try again then"));
            }
            tokio::time::sleep(wait.unsigned_abs()).await;
        }
    }

    /// Waits until a request may start, and sees to it that the host is still ours.
    pub async fn ready(&mut self, leases: &Leases) -> Result<Option<LeaseDeadline>, CliError> {
        self.gate.ready().await;
        let (Some((lease, deadline)), Some(archive)) = (&self.lease, &leases.0) else { return Ok(None) };
        if deadline.remaining() > LEASE / 2 {
            return Ok(Some(*deadline));
        }
        let fresh = LeaseDeadline::after(LEASE);
        let delay = self.gate.delay();
        if !archive.writer().renew(lease, now(), LEASE, delay).await.map_err(store_error)? {
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
                let next_at = self.gate.next_at(now());
                if let Err(error) = archive.writer().release(&lease, next_at).await {
                    tracing::warn!(code = error.code(), "cannot release the lease: {error}");
                }
            }
            _ => tokio::time::sleep(self.gate.wait().min(self.gate.delay())).await,
        }
    }
}
