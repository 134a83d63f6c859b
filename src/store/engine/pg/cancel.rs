//! Ends a question that takes too long.

use std::sync::{Arc, Mutex, PoisonError};

use tokio_postgres::CancelToken;

use super::address::Address;
use super::wire::drive;

/// What names a session's connection to the server: another one after each reconnection.
pub(super) type Token = Arc<Mutex<Option<CancelToken>>>;

/// Ends a question from elsewhere.
pub(in crate::store) struct Cancel {
    address: Address,
    token: Token,
}

impl Cancel {
    pub(super) fn new(address: Address, token: Token) -> Self {
        Self { address, token }
    }

    /// Asks the server to end what it is doing for the session.
    pub(in crate::store) fn now(&self) {
        let token = self.token.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(token) = token else { return };
        if let Ok((wire, turn, tls)) = self.address.dial() {
            // Nothing is answered; when it does not arrive, the question goes on to its end.
            let _ = drive(token.cancel_query_raw(wire, tls), &turn, |_| true);
        }
    }
}
