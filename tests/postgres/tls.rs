//! TLS to a real server: whoever is asked to check it believes only whom it is told to believe.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;

use kliping::store::{Archive, Mode};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

use crate::server::Server;
use crate::support::desk::Desk;

/// Who vouches for servers.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let pem = params.self_signed(&key).unwrap().pem();
        Self { pem, issuer: Issuer::new(params, key) }
    }
}

/// Gives a server its certificate and key, and lets nobody in without TLS.
fn secure(data: &Path, authority: &Authority) {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &authority.issuer).unwrap().pem();
    fs::write(data.join("server.crt"), certificate).unwrap();
    let file = data.join("server.key");
    fs::write(&file, key.serialize_pem()).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let owner = fs::metadata(data).unwrap();
    chown(&file, Some(owner.uid()), Some(owner.gid())).unwrap();
    fs::write(data.join("pg_hba.conf"), "local all all trust\nhostssl all all 127.0.0.1/32 trust\n").unwrap();
}

#[test]
fn a_server_is_believed_only_by_its_certificate() {
    let (authority, other) = (Authority::new("Uji"), Authority::new("Lain"));
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let settings = "listen_addresses = '127.0.0.1'\nssl = on\n";
    let Some(_server) = Server::with(port, settings, |data| secure(data, &authority)) else { return };
    let desk = Desk::empty();
    desk.write("ca.pem", &authority.pem);
    desk.write("other.pem", &other.pem);
    let at = |host: &str, mode: &str, roots: &str| {
        let roots = desk.path(roots);
        format!("postgres://kliping@{host}:{port}/postgres?sslmode={mode}&sslrootcert={}", roots.display())
    };
    for mode in ["verify-full", "require"] {
        let address = at("localhost", mode, "ca.pem");
        Archive::open(&address, Mode::Create).unwrap().close().unwrap();
        assert!(desk.ok(&["--archive", &address, "verify"]).contains("sound"));
    }
    for (address, code, wanted) in [
        (at("localhost", "verify-full", "other.pem"), 6, "invalid peer certificate"),
        (at("localhost", "require", "other.pem"), 6, "invalid peer certificate"),
        (at("127.0.0.1", "verify-full", "ca.pem"), 6, "certificate not valid for name \"127.0.0.1\""),
        (at("localhost", "verify-full", "nowhere.pem"), 5, "nowhere.pem"),
        (format!("postgres://kliping@localhost:{port}/postgres?sslmode=disable"), 6, "no encryption"),
        // The system's list does not know who vouches for it.
        (format!("postgres://kliping@localhost:{port}/postgres?sslmode=verify-full"), 6, "certificate"),
    ] {
        let ended = desk.run(&["--archive", &address, "list"]);
        assert_eq!(ended.code, code, "{address}: {}{}", ended.stdout, ended.stderr);
        assert!(ended.stderr.contains(wanted), "{address}: {}", ended.stderr);
        let errors = ended.stderr.lines().filter(|line| line.starts_with("kliping: ")).count();
        assert_eq!(errors, 1, "{}", ended.stderr);
    }
}
