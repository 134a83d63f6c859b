//! A running reading room, and archives to read in it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use kliping::model::{Article, Block, BlockKind, Dateline, Precision, When, ZoneFrom};
use kliping::store::Observation;

use crate::client::{Got, ask};
use crate::world::{HOUR, World, article, read};

/// A running `kliping serve`; it is ended with this.
pub struct Room {
    child: Child,
    pub port: u16,
    pub world: World,
}

impl Room {
    /// Opens the room of an archive, with more arguments.
    pub fn open(world: World, args: &[&str]) -> Self {
        let (child, port) = serve(&world.path(), args);
        Self { child, port, world }
    }

    pub fn get(&self, target: &str) -> Got {
        self.with(target, &[])
    }

    pub fn with(&self, target: &str, headers: &[(&str, &str)]) -> Got {
        ask(self.port, "GET", target, headers)
    }

    /// A page that must be there.
    pub fn page(&self, target: &str) -> String {
        let got = self.get(target);
        assert_eq!(got.status, 200, "{target}: {}", got.body);
        got.body
    }

    /// What the command line prints of the same archive.
    pub fn cli(&self, args: &[&str]) -> String {
        let output = kliping(&self.world.path()).args(args).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// Sends a signal, and tells how the room ended.
    pub fn end(mut self, signal: &str) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The binary, without the developer's environment.
pub fn kliping(archive: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kliping"));
    command.env_clear().env("TZ", "Asia/Jakarta").arg("--archive").arg(archive);
    command.current_dir(archive.parent().unwrap());
    command
}

/// Starts the room on any free port, and waits until it tells which.
pub fn serve(archive: &Path, args: &[&str]) -> (Child, u16) {
    let mut child = kliping(archive)
        .args(["serve", "--listen", "127.0.0.1:0"])
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let port = line.trim().trim_end_matches('/').rsplit(':').next().and_then(|port| port.parse().ok());
    (child, port.unwrap_or_else(|| panic!("no address: {line:?}")))
}

pub const GEMPA: &str = "https://kabar.example/gempa";

/// Two papers: an edit with a number, a quote and a moved paragraph; one that went; one by another paper; one
/// in Arabic; one without any change.
pub fn shelf() -> World {
    let mut world = World::new();
    world.see(GEMPA, &gempa("5"));
    world.later(HOUR);
    world.see(
        "https://kabar.example/kurs",
        &article("Kurs tetap", &["Kurs tetap di tengah pasar yang tenang."]),
    );
    let mut arab = article("السوق العائم يبقى مفتوحا", &["قال رئيس البلدية إن السوق العائم سيبقى مفتوحا."]);
    arab.language = Some("ar".to_owned());
    world.see("https://kabar.example/arab", &arab);
    let mut other = world.fetch("https://dapur.example/sambal");
    other.site = "dapur".to_owned();
    other.site_name = Some("Dapur Ibu".to_owned());
    world.record(other, read(&article("Resep sambal", &["Ulek cabai dan bawang."])));
    world.later(HOUR);
    let mut edited = gempa("15");
    let first = edited.body.remove(0);
    edited.body.insert(2, first);
    world.see(GEMPA, &edited);
    world.later(24 * HOUR);
    let mut gone = world.fetch("https://kabar.example/kurs");
    gone.status = Some(410);
    world.record(gone, Observation::Missing { status: 410, gone_after: Duration::ZERO });
    world
}

fn gempa(dead: &str) -> Article {
    let body = [
        "Warga mengungsi ke lapangan sejak malam hari dan menunggu kabar dari petugas di posko.".to_owned(),
        format!("Sebanyak {dead} orang tewas dalam gempa itu, kata kepala desa di balai pertemuan."),
        format!("\"Kami butuh {dead} tenda,\" ujar seorang relawan yang tiba pagi ini dengan dua truk."),
        "Jalan menuju desa masih tertutup longsor, dan bantuan dibawa dengan perahu dari hilir.".to_owned(),
    ];
    let mut article = article(
        &format!("Gempa Cianjur, {dead} orang tewas"),
        &body.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    article.authors = vec!["Siti Rahma".to_owned()];
    article.dateline = Some(Dateline {
        raw: "CIANJUR – ".to_owned(),
        places: vec!["Cianjur".to_owned()],
        agency: None,
        date: None,
    });
    article.published = Some(When {
        raw: "1 Maret 2026, 14.00 WIB".to_owned(),
        at: "2026-03-01T07:00:00Z".parse().unwrap(),
        offset_seconds: 7 * 3600,
        precision: Precision::Minute,
        zone_from: ZoneFrom::Stated,
    });
    article
}

/// An article of so many paragraphs of this text.
pub fn long(title: &str, paragraph: &str, count: usize) -> Article {
    let block = Block { kind: BlockKind::Paragraph, text: paragraph.to_owned() };
    Article { body: vec![block; count], ..article(title, &[]) }
}
