//! A way to the server that breaks when it is told to, and says what a server in another language says.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;

/// The word for `FATAL` that a person reads, in another language.
const SEVERITY: (&[u8], &[u8]) = (b"SFATAL\0", b"SPARAH\0");

/// A way to the server over TCP.
pub struct Proxy {
    port: u16,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    open: Vec<TcpStream>,
    /// So many connections to come are reset as soon as something was said on them.
    resets: usize,
}

impl Proxy {
    /// To the server whose socket is in that folder.
    pub fn to(folder: &Path) -> Self {
        let socket = folder.join(".s.PGSQL.5432");
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (port, state) = (listener.local_addr().unwrap().port(), Arc::new(Mutex::<State>::default()));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming() {
                serve(stream.unwrap(), &socket, &shared);
            }
        });
        Self { port, state }
    }

    /// An archive in a schema, as somebody sees it who comes this way.
    pub fn archive(&self, role: &str, schema: &str) -> PathBuf {
        format!("postgres://{role}@127.0.0.1:{}/postgres?schema={schema}", self.port).into()
    }

    /// Ends what is open, and resets so many connections that come then.
    pub fn break_off(&self, resets: usize) {
        let mut state = self.state.lock().unwrap();
        state.resets = resets;
        for stream in state.open.drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// How many connections are still to be reset.
    pub fn resets(&self) -> usize {
        self.state.lock().unwrap().resets
    }
}

fn serve(client: TcpStream, socket: &Path, state: &Mutex<State>) {
    let mut state = state.lock().unwrap();
    if state.resets > 0 {
        state.resets -= 1;
        // What is closed before everything was read is reset.
        let _ = client.peek(&mut [0]);
        return;
    }
    let server = UnixStream::connect(socket).unwrap();
    state.open.push(client.try_clone().unwrap());
    let (mut from_client, mut to_server) = (client.try_clone().unwrap(), server.try_clone().unwrap());
    thread::spawn(move || {
        let _ = std::io::copy(&mut from_client, &mut to_server);
        let _ = to_server.shutdown(Shutdown::Both);
    });
    thread::spawn(move || answers(server, client));
}

fn answers(mut server: UnixStream, mut client: TcpStream) {
    let mut bytes = vec![0; 1 << 16];
    while let Ok(length @ 1..) = server.read(&mut bytes) {
        let (word, other) = SEVERITY;
        if let Some(at) = bytes[..length].windows(word.len()).position(|found| found == word) {
            bytes[at..at + word.len()].copy_from_slice(other);
        }
        if client.write_all(&bytes[..length]).is_err() {
            break;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
}
