//! Asks a site as a crawl would: by its robots.txt, in turn, redirects through the gate of the host
//! they lead to.

use std::collections::HashMap;
use std::io::IsTerminal;
use std::path::Path;
use std::time::Duration;

use kliping::config::Config;
use kliping::fetch::robots::RobotsState;
use kliping::fetch::{Accept, Client, FetchSettings, Request, lease_length, user_agent};
use kliping::model::{Capture, HostKey, Outcome, PageUrl, Validators};
use kliping::pipeline::{Stop, StopReason};

mod turn;
use crate::cli::app::now;
use crate::cli::exit::{CliError, Exit};
use crate::cli::{runtime, say};
use turn::{Leases, Turn};

/// Redirects that are followed for one address.
const REDIRECTS: usize = 5;

/// Why an address gave nothing, in a sentence.
pub enum Miss {
    /// robots.txt forbids it.
    Forbidden(String),
    /// It was asked for in vain.
    Failed(String),
}

impl Miss {
    /// The sentence.
    pub fn message(&self) -> &str {
        let (Self::Forbidden(message) | Self::Failed(message)) = self;
        message
    }
}

/// Where and how a visitor works.
pub struct Place<'p> {
    /// The archive's file, which need not exist.
    pub archive: &'p Path,
    /// Least time between two requests.
    pub delay: Duration,
    /// Whether the user wants to hear less.
    pub quiet: bool,
}

/// Asks one site and what it leads to.
pub struct Visitor {
    client: Client,
    leases: Leases,
    turns: HashMap<HostKey, Turn>,
    /// The verb, for who wonders who holds a host.
    verb: &'static str,
    lease: Duration,
    robots: HashMap<String, RobotsState>,
    delay: Duration,
    max_crawl_delay: Duration,
    /// Whether each request is told on stderr.
    tells: bool,
}

/// Lets a visitor work until it is done or the user interrupts it; then it gives its hosts back, so
/// that a crawl right behind it need not wait for a lease to run out.
pub fn visit<T>(
    mut visitor: Visitor,
    work: impl AsyncFnOnce(&mut Visitor) -> Result<T, CliError>,
) -> Result<T, CliError> {
    runtime::run(None, async |stop| {
        let worked = tokio::select! {
            worked = work(&mut visitor) => worked,
            () = stop.requested() => Err(interrupted(&stop)),
        };
        visitor.leave().await;
        worked
    })?
}

fn interrupted(stop: &Stop) -> CliError {
    let exit = match stop.reason() {
        Some(StopReason::Terminated) => Exit::Terminated,
        _ => Exit::Interrupted,
    };
    CliError { quiet: true, ..CliError::new(exit, "interrupted") }
}

impl Visitor {
    /// A visitor of this site. The user named its host, so it may be a private one.
    pub fn new(
        verb: &'static str,
        config: &Config,
        url: &PageUrl,
        app: &Place<'_>,
    ) -> Result<Self, CliError> {
        let settings = FetchSettings {
            user_agent: user_agent(config.crawl.contact.as_deref()),
            connect_timeout: config.crawl.connect_timeout,
            timeout: config.crawl.timeout,
            max_body: config.crawl.max_body,
            allow_private: config.crawl.allow_private,
            private_hosts: vec![format!("{}:{}", url.host(), url.port())],
        };
        let client = Client::new(&settings).map_err(|error| CliError::new(Exit::Nothing, error))?;
        Ok(Self {
            client,
            leases: Leases::open(app.archive)?,
            turns: HashMap::new(),
            verb,
            lease: lease_length(&config.crawl),
            robots: HashMap::new(),
            delay: app.delay,
            max_crawl_delay: config.crawl.max_crawl_delay,
            tells: !app.quiet && std::io::stderr().is_terminal(),
        })
    }

    /// Gives all hosts back.
    async fn leave(&mut self) {
        for (_, turn) in self.turns.drain() {
            turn.leave(&self.leases).await;
        }
    }

    /// The answer at this address or where it redirects to.
    pub async fn get(
        &mut self,
        url: &PageUrl,
        accept: Accept,
    ) -> Result<Result<Box<Capture>, Miss>, CliError> {
        let mut at = url.clone();
        for _ in 0..=REDIRECTS {
            let robots = self.robots(&at).await?;
            if !robots.allows(at.path_and_query()) {
                return Ok(Err(match robots {
                    RobotsState::DenyAll { reason } => Miss::Failed(format!("{}: {reason}", at.origin())),
                    _ => Miss::Forbidden(format!(
                        "the robots.txt of {} does not allow kliping to ask for {}",
                        at.origin(),
                        at.path()
                    )),
                }));
            }
            let failed = |message: String| Ok(Err(Miss::Failed(format!("{at}: {message}"))));
            match self.ask(&at, accept).await? {
                Outcome::Captured(capture) => return Ok(Ok(capture)),
                Outcome::Moved { to, .. } => at = to,
                Outcome::Gone { status } => return failed(format!("HTTP {status}, there is no such page")),
                Outcome::Failed(failure) => return failed(failure.message),
                Outcome::NotModified { .. } | Outcome::Disallowed => return failed("no answer".to_owned()),
            }
        }
        Ok(Err(Miss::Failed(format!("{url}: more than {REDIRECTS} redirects"))))
    }

    /// What robots.txt says about an address, asked for once an origin.
    pub async fn robots(&mut self, url: &PageUrl) -> Result<&RobotsState, CliError> {
        let origin = url.origin().to_owned();
        if !self.robots.contains_key(&origin) {
            let state = match self.leases.robots(&origin)? {
                Some(state) => state,
                None => RobotsState::decide(&self.ask_robots(url).await?, None, now()),
            };
            if let Some(delay) = state.rules().and_then(|rules| rules.crawl_delay()) {
                let delay = delay.min(self.max_crawl_delay);
                if let Some(turn) = self.turns.get_mut(&url.host_key()) {
                    turn.gate.raise_delay(delay);
                }
            }
            self.robots.insert(origin.clone(), state);
        }
        let nothing = CliError::new(Exit::Nothing, "no robots.txt");
        self.robots.get(&origin).ok_or(nothing)
    }

    async fn ask_robots(&mut self, url: &PageUrl) -> Result<Outcome, CliError> {
        let unavailable = Outcome::Gone { status: 404 };
        let Ok(mut at) = url.join("/robots.txt") else { return Ok(unavailable) };
        for _ in 0..=REDIRECTS {
            match self.ask(&at, Accept::Robots).await? {
                Outcome::Moved { to, .. } => at = to,
                outcome => return Ok(outcome),
            }
        }
        Ok(unavailable)
    }

    /// One request, in turn.
    async fn ask(&mut self, url: &PageUrl, accept: Accept) -> Result<Outcome, CliError> {
        let host = url.host_key();
        if !self.turns.contains_key(&host) {
            let turn = Turn::take(&self.leases, &host, self.delay, self.lease, self.verb).await?;
            self.turns.insert(host.clone(), turn);
        }
        let Some(turn) = self.turns.get_mut(&host) else { return Ok(Outcome::Disallowed) };
        let deadline = turn.ready(&self.leases).await?;
        if self.tells {
            say::line(format_args!("  asking for {url}"));
        }
        let validators = Validators::default();
        let request = Request { url: url.clone(), validators, accept, deadline, now: now() };
        let outcome = self.client.get(&request).await;
        turn.gate.done();
        turn.gate.observe(&outcome, now());
        Ok(outcome)
    }
}
