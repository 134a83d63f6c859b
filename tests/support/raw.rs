//! A server that answers with bytes of the test's choice, at the pace of its choice: for what a
//! well-meaning server never does.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What one connection does after it has read the head of the request.
#[derive(Debug, Clone)]
pub enum Step {
    /// Sends these bytes.
    Send(Vec<u8>),
    /// Sends one byte of these at a time, with a pause after each, until the client goes away.
    Drip(Vec<u8>, Duration),
    /// Sends these bytes again and again until the client goes away.
    Flood(Vec<u8>),
    /// Says nothing until the client goes away.
    Stall,
}

/// A server on loopback with one script, which every connection follows.
pub struct Raw {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
    gone: Receiver<usize>,
}

impl Raw {
    /// Starts it.
    pub fn start(script: Vec<Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (said_goodbye, gone) = channel();
        let log = Arc::clone(&heads);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (Ok(stream), script, log) = (stream, script.clone(), Arc::clone(&log)) else { return };
                let said_goodbye = said_goodbye.clone();
                thread::spawn(move || {
                    let sent = serve(stream, &script, &log);
                    let _ = said_goodbye.send(sent);
                });
            }
        });
        Self { address, heads, gone }
    }

    /// A server that sends this and closes.
    pub fn says(answer: impl Into<Vec<u8>>) -> Self {
        Self::start(vec![Step::Send(answer.into())])
    }

    /// The address of a page.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The heads of the requests so far.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }

    /// Waits for the end of a connection and gives the number of bytes that went out on it.
    pub fn sent(&self) -> usize {
        self.gone.recv_timeout(Duration::from_secs(20)).unwrap()
    }
}

fn serve(mut stream: TcpStream, script: &[Step], log: &Mutex<Vec<String>>) -> usize {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return 0,
        }
    }
    log.lock().unwrap().push(String::from_utf8_lossy(&head).into_owned());
    let mut sent = 0;
    let mut send = |stream: &mut TcpStream, bytes: &[u8]| {
        let done = stream.write_all(bytes).is_ok();
        sent += if done { bytes.len() } else { 0 };
        done
    };
    for step in script {
        match step {
            Step::Send(bytes) => drop(send(&mut stream, bytes)),
            Step::Drip(bytes, pause) => {
                for byte in bytes.iter().cycle() {
                    if !send(&mut stream, &[*byte]) {
                        break;
                    }
                    thread::sleep(*pause);
                }
            }
            Step::Flood(bytes) => while send(&mut stream, bytes) {},
            Step::Stall => drop(stream.read(&mut byte)),
        }
    }
    let _ = stream.shutdown(Shutdown::Write);
    // Whoever closes with unread bytes in the buffer sends a reset, which may overtake the answer.
    let _ = stream.set_read_timeout(Some(Duration::from_millis(200)));
    let _ = stream.read(&mut byte);
    sent
}
