//! Ends a question that takes too long.

use super::address::Address;
use super::wire::drive;

/// Ends a question from elsewhere.
pub(in crate::store) struct Cancel {
    address: Address,
    token: Option<tokio_postgres::CancelToken>,
}

impl Cancel {
    pub(super) fn new(address: Address, token: Option<tokio_postgres::CancelToken>) -> Self {
        Self { address, token }
    }

    /// Asks the server to end what it is doing for the session.
    pub(in crate::store) fn now(&self) {
        let Some(token) = &self.token else { return };
        if let Ok((wire, turn, tls)) = self.address.dial() {
            // Nothing is answered; when it does not arrive, the question goes on to its end.
            let _ = drive(token.cancel_query_raw(wire, tls), &turn, |_| true);
        }
    }
}
