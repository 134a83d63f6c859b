//! TLS to the server, by rustls: whoever asks for it gets the name checked, too.

use std::future::Future;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::tls::{ChannelBinding, TlsConnect, TlsStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client;

use super::wire::Wire;

/// Begins TLS on a connection, where it is wanted.
#[derive(Default)]
pub(super) struct Tls(Option<(TlsConnector, ServerName<'static>)>);

fn wrong(error: &dyn std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, error.to_string())
}

/// How TLS is begun; `roots`: whom to believe, in place of the system's list, which takes long to read.
pub(super) fn settings(roots: Option<&Path>) -> io::Result<Arc<ClientConfig>> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| wrong(&e))?;
    let builder = match roots {
        Some(path) => {
            let mut store = RootCertStore::empty();
            let file = |e: &dyn std::fmt::Display| wrong(&format!("{}: {e}", path.display()));
            for certificate in CertificateDer::pem_file_iter(path).map_err(|e| file(&e))? {
                store.add(certificate.map_err(|e| file(&e))?).map_err(|e| file(&e))?;
            }
            builder.with_root_certificates(store)
        }
        None => builder.with_platform_verifier().map_err(|e| wrong(&e))?,
    };
    Ok(Arc::new(builder.with_no_client_auth()))
}

impl Tls {
    /// For a server of that name.
    pub(super) fn new(name: &str, settings: &Arc<ClientConfig>) -> io::Result<Self> {
        let name = ServerName::try_from(name.to_owned()).map_err(|e| wrong(&e))?;
        Ok(Self(Some((TlsConnector::from(Arc::clone(settings)), name))))
    }
}

impl TlsConnect<Wire> for Tls {
    type Stream = Secured;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Secured>> + Send>>;

    fn connect(self, wire: Wire) -> Self::Future {
        Box::pin(async move {
            let (connector, name) = self.0.ok_or_else(|| wrong(&"TLS is not wanted here"))?;
            connector.connect(name, wire).await.map(|s| Secured(Box::new(s)))
        })
    }
}

/// A connection under TLS.
pub(super) struct Secured(Box<client::TlsStream<Wire>>);

impl TlsStream for Secured {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl AsyncRead for Secured {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.0).poll_read(context, buffer)
    }
}

impl AsyncWrite for Secured {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut *self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.0).poll_shutdown(context)
    }
}
