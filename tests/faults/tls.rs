//! Certificates that say the wrong thing: nothing is read over such a connection, and plain http is no
//! way out.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::PrivatePkcs8KeyDer;

use crate::support::desk::{Desk, Ended, ended};
use crate::support::paper::page;

/// Somebody who vouches for servers.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    /// An https server with a certificate for this name, good from one year to another.
    fn server(&self, name: &str, years: (i32, i32)) -> SocketAddr {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(years.0, 1, 1);
        params.not_after = date_time_ymd(years.1, 1, 1);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
            )
            .unwrap();
        let (config, listener) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").unwrap());
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let config = Arc::clone(&config);
                thread::spawn(move || answer(stream, config));
            }
        });
        address
    }
}

/// Every path is the same story, robots.txt is not there; one request a connection.
fn answer(mut stream: TcpStream, config: Arc<rustls::ServerConfig>) -> Option<()> {
    let mut tls = rustls::ServerConnection::new(config).ok()?;
    let mut stream = rustls::Stream::new(&mut tls, &mut stream);
    let mut head = [0; 4096];
    let read = stream.read(&mut head).ok()?;
    let (status, body) = match head[..read].starts_with(b"GET /robots.txt ") {
        true => ("404 Not Found", Vec::new()),
        false => ("200 OK", page("Pasar apung dibuka lagi", "Sebanyak 40 perahu kembali berjualan.").body),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), &body].concat()).ok()?;
    stream.conn.send_close_notify();
    stream.flush().ok()
}

/// `kliping add` on a machine that trusts this authority alone.
fn add(authority: &Authority, desk: &Desk, url: &str) -> Ended {
    desk.write("config.toml", "[crawl]\ndelay = \"10ms\"\nallow_private = true\n");
    desk.write("ca.pem", &authority.pem);
    let mut command = desk.command(&["add", url]);
    ended(command.env("SSL_CERT_FILE", desk.path("ca.pem")).output().unwrap())
}

#[test]
fn a_certificate_that_is_expired_or_of_another_host_or_from_a_stranger_ends_the_request() {
    let (ours, stranger) = (Authority::new("Kami"), Authority::new("Orang lain"));
    let good = ours.server("localhost", (2020, 4000));
    let desk = Desk::empty();
    let done = add(&ours, &desk, &format!("https://localhost:{}/kabar", good.port()));
    assert_eq!(done.code, 0, "{}", done.stderr);
    for (server, words) in [
        (ours.server("localhost", (2019, 2020)), "expired"),
        (ours.server("localhost", (3999, 4000)), "not valid yet"),
        (ours.server("kabar.example", (2020, 4000)), "not valid for name"),
        (stranger.server("localhost", (2020, 4000)), "UnknownIssuer"),
    ] {
        let desk = Desk::empty();
        let done = add(&ours, &desk, &format!("https://localhost:{}/kabar", server.port()));
        assert_eq!(done.code, 4, "{words}: {}", done.stderr);
        assert!(done.stderr.contains("TLS") && done.stderr.contains(words), "{words}: {}", done.stderr);
        assert_eq!(desk.ok(&["list"]), "");
        desk.ok(&["verify"]);
    }
}
