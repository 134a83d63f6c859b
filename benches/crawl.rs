//! What a crawl costs: the binary archives every page of a site on loopback (discovery, fetching with
//! gzip, reading, storing), runs again over the unchanged site, and queues a million addresses.
//!
//! Processor time beside that of `scraper`'s parse of the same pages in the same run: times alone mean
//! nothing on another machine. Resident memory is the peak of the crawling process. Needs Linux.
//!
//! - `KLIPING_BENCH_PAGES`: so many pages instead of 1,000
//! - `KLIPING_BENCH_FRONTIER`: so many addresses instead of a million
//! - `KLIPING_ORIGIN`: a site of its own instead of ours, with `/sitemap.xml`, headlines in `h1.kl-title`
//!   and texts in `div.kl-body`

use std::fs;
use std::hint::black_box;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use scraper::Html;

#[path = "../src/cli/demo/server/mod.rs"]
#[allow(dead_code, reason = "the bench needs only part of it")]
mod server;

#[path = "press/mod.rs"]
mod press;

#[path = "../tests/never/clock.rs"]
mod clock;

use server::{Reply, Request, Server};

/// `Last-Modified` of everything.
const SINCE: &str = "Mon, 23 Nov 2026 01:00:00 GMT";
/// Ticks of the processor clock in a second: the same on every Linux there is.
const TICKS: f64 = 100.0;
/// Addresses in a sitemap: the protocol allows no more.
const SITEMAP: usize = 50_000;

/// What a process took.
struct Cost {
    processor: f64,
    resident: u64,
}

fn main() {
    let number = |name: &str, default: usize| {
        std::env::var(name).ok().map_or(default, |text| text.parse().expect("a number"))
    };
    let pages = number("KLIPING_BENCH_PAGES", 1000);
    let addresses = number("KLIPING_BENCH_FRONTIER", 1_000_000);
    let own = site(pages, addresses);
    let origin = std::env::var("KLIPING_ORIGIN").unwrap_or_else(|_| own.origin(0));

    let folder = tempfile::tempdir().expect("a folder for the archive");
    write_site(folder.path(), origin.trim_end_matches('/'), "/sitemap.xml", 1_000_000);
    let first = crawl(folder.path());
    let stored = stored(folder.path());
    let again = crawl(folder.path());
    let parse = parse(origin.trim_end_matches('/'), folder.path());

    let thousand = |cost: &Cost| cost.processor * 1000.0 / stored as f64;
    println!("{stored} pages                CPU s/1,000   in parses   peak MB");
    println!("scraper's parse alone     {parse:11.2}   {:9.2}", 1.0);
    for (name, cost) in [("first run", &first), ("second run, unchanged", &again)] {
        let (each, peak) = (thousand(cost), cost.resident as f64 / 1000.0);
        println!("{name:25} {each:11.2}   {:9.2}   {peak:7.1}", each / parse);
    }
    println!("archive, bytes a page     {:11}", size(folder.path()) / stored as u64);

    let folder = tempfile::tempdir().expect("a folder for the archive");
    write_site(folder.path(), &own.origin(0), "/index.xml", 1);
    let cost = crawl(folder.path());
    let (peak, file) = (cost.resident as f64 / 1000.0, size(folder.path()) as f64 / 1e6);
    println!(
        "a frontier of {addresses} addresses: {:.1} CPU s, peak {peak:.1} MB, archive {file:.1} MB",
        cost.processor
    );
}

/// A site whose sitemap names all its articles, and whose index names many more.
fn site(pages: usize, addresses: usize) -> Server {
    let answer = move |request: &Request| {
        let origin = request.origin();
        let path = request.target.as_str();
        let number = |start: &str| path.strip_prefix(start).and_then(|n| n.parse::<usize>().ok());
        if path == "/sitemap.xml" {
            xml("urlset", (0..pages).map(|n| format!("<url><loc>{origin}/berita/{n}</loc></url>")))
        } else if path == "/index.xml" {
            let maps = 0..addresses.div_ceil(SITEMAP);
            xml("sitemapindex", maps.map(|n| format!("<sitemap><loc>{origin}/peta/{n}</loc></sitemap>")))
        } else if let Some(map) = number("/peta/") {
            let some = map * SITEMAP..addresses.min((map + 1) * SITEMAP);
            let url = |n| {
                format!(
                    "<url><loc>{origin}/2026/11/arsip/berita-lama-nomor-{n}-dari-desa-di-lereng-gunung/</loc></url>"
                )
            };
            xml("urlset", some.map(url))
        } else if let Some(n) = number("/berita/") {
            let page =
                press::page(n).replace("<h1>", "<h1 class=\"kl-title\">").replace("\"isi\"", "\"kl-body\"");
            packed(page).validated(request, "\"a\"", SINCE)
        } else {
            Reply::new(404, "text/plain", "tidak ada")
        }
    };
    Server::start(1, Arc::new(answer)).expect("loopback has a free port")
}

fn xml(root: &str, items: impl Iterator<Item = String>) -> Reply {
    let items: String = items.collect();
    let text = format!("<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{items}</{root}>");
    Reply::new(200, "application/xml", text)
}

fn packed(page: String) -> Reply {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(page.as_bytes()).expect("memory takes it");
    let bytes = packer.finish().expect("memory takes it");
    Reply::new(200, "text/html; charset=utf-8", bytes).header("Content-Encoding", "gzip")
}

/// Configuration and site file.
fn write_site(folder: &Path, origin: &str, sitemap: &str, pages: usize) {
    let config = format!(
        "[crawl]\ncontact = \"bench@kabar.example\"\ndelay = \"0s\"\nmax_pages = {pages}\nallow_private = true\n\
         [recheck]\nmax_per_run = 1000000\n[sites.bench]\nurl = \"{origin}/\"\nsitemaps = [\"{sitemap}\"]\n"
    );
    let site = "schema = 1\n[site]\nname = \"Bench\"\nhosts = [\"127.0.0.1\"]\n[[layout]]\nid = \"bench\"\n\
         when = \"div.kl-body\"\ntitle = { required = true, select = [\"h1.kl-title\"] }\n\
         body = { required = true, select = [\"div.kl-body\"] }\n";
    fs::create_dir(folder.join("selectors")).expect("a folder for site files");
    fs::write(folder.join("selectors/127.0.0.1.toml"), site).expect("a site file");
    fs::write(folder.join("config.toml"), config).expect("a configuration");
}

/// One run of the binary. What it used is read when it has ended and before it is forgotten.
fn crawl(folder: &Path) -> Cost {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kliping"))
        .args(["-q", "crawl"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .spawn()
        .expect("the binary starts");
    let process = format!("/proc/{}", child.id());
    let mut resident = 0;
    loop {
        let status = fs::read_to_string(format!("{process}/status")).expect("Linux tells of its processes");
        let field =
            |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim();
        let peak = field("VmHWM:").trim_end_matches(" kB").parse().unwrap_or(0);
        resident = resident.max(peak);
        if field("State:").starts_with('Z') {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let stat = fs::read_to_string(format!("{process}/stat")).expect("Linux tells of its processes");
    // Behind the name, which may hold blanks: proc_pid_stat(5), fields 14 and 15.
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks: f64 = fields[11..13].iter().map(|field| field.parse::<f64>().expect("a number")).sum();
    let ended = child.wait().expect("it has ended");
    assert!(ended.success() || ended.code() == Some(3), "the crawl ended with {ended}");
    Cost { processor: ticks / TICKS, resident }
}

/// So many articles are in the archive.
fn stored(folder: &Path) -> usize {
    list(folder).lines().count()
}

fn list(folder: &Path) -> String {
    let list = Command::new(env!("CARGO_BIN_EXE_kliping"))
        .args(["list", "--format", "jsonl"])
        .current_dir(folder)
        .output()
        .expect("the binary starts");
    String::from_utf8(list.stdout).expect("JSON is UTF-8")
}

fn size(folder: &Path) -> u64 {
    fs::metadata(folder.join("archive/kliping.db")).map_or(0, |file| file.len())
}

/// What `scraper` needs to parse a thousand such pages, by a hundred of them: seconds.
fn parse(origin: &str, folder: &Path) -> f64 {
    let listed = list(folder);
    let urls = listed.lines().filter_map(|line| line.split("\"url\":\"").nth(1)?.split('"').next());
    let pages: Vec<String> = urls.take(100).map(|url| get(origin, &url[origin.len()..])).collect();
    let from = clock::used();
    pages.iter().for_each(|page| drop(black_box(Html::parse_document(page))));
    let used = clock::used().zip(from).map_or(Duration::ZERO, |(to, from)| to - from);
    used.as_secs_f64() * 1000.0 / pages.len() as f64
}

/// The body of an answer.
fn get(origin: &str, path: &str) -> String {
    let host = origin.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).expect("the origin answers");
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("it listens");
    let mut answer = Vec::new();
    // A server that keeps the connection open all the same ends it by its own clock.
    stream.set_read_timeout(Some(Duration::from_millis(500))).expect("a socket has a clock");
    let mut buffer = [0; 65_536];
    while let Ok(n @ 1..) = stream.read(&mut buffer) {
        answer.extend_from_slice(&buffer[..n]);
    }
    let head = answer.windows(4).position(|end| end == b"\r\n\r\n").map_or(0, |at| at + 4);
    let (head, body) = answer.split_at(head);
    if String::from_utf8_lossy(head).to_ascii_lowercase().contains("content-encoding: gzip") {
        let mut page = String::new();
        flate2::read::GzDecoder::new(body).read_to_string(&mut page).expect("gzip of UTF-8");
        return page;
    }
    String::from_utf8_lossy(body).into_owned()
}
