//! The binary, run in a folder of its own, and an archive with a little of everything.

use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;
use kliping::model::{Block, BlockKind, Dateline, Precision, When, ZoneFrom};
use kliping::store::Observation;

use crate::world::{HOUR, World, article, read};

pub const GEMPA: &str = "https://kabar.example/gempa";

/// What a command left.
pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Done {
    pub fn lines(&self) -> Vec<&str> {
        self.out.lines().collect()
    }

    /// Each line as JSON.
    pub fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// Runs `kliping` in a folder, with nothing of the outside's environment and the clock of UTC.
pub fn kliping(folder: &Path, args: &[&str]) -> Done {
    let output = Command::new(env!("CARGO_BIN_EXE_kliping"))
        .env_clear()
        .env("TZ", "UTC")
        .current_dir(folder)
        .args(args)
        .timeout(Duration::from_secs(60))
        .output()
        .unwrap();
    Done {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Runs a verb on the archive of a world.
pub fn on(world: &World, args: &[&str]) -> Done {
    let mut all = vec!["--archive", "kliping.db"];
    all.extend(args);
    kliping(world.folder.path(), &all)
}

/// Four articles: one edited twice and gone, one with every kind of block, one whose headline tries
/// to drive the terminal, one short note.
pub fn shelf() -> World {
    let mut world = World::new();
    let mut gempa = article("Gempa di Cianjur", &["Sebanyak 5 orang tewas.", "Warga mengungsi ke lapangan."]);
    gempa.dateline = Some(Dateline { raw: "CIANJUR – ".to_owned(), ..Dateline::default() });
    gempa.authors = vec!["Siti Aminah".to_owned()];
    gempa.published = Some(When {
        raw: "1 Maret 2026, 14:05 WIB".to_owned(),
        at: "2026-03-01T07:05:00Z".parse().unwrap(),
        offset_seconds: 25_200,
        precision: Precision::Minute,
        zone_from: ZoneFrom::Stated,
    });
    let raw = Some(b"<html>5 tewas</html>".to_vec());
    world.record(
        world.fetch(GEMPA),
        Observation::Article { article: Box::new(gempa.clone()), raw, reread: None },
    );
    gempa.body[0].text = "Sebanyak 15 orang tewas.".to_owned();
    world.later(HOUR).see(GEMPA, &gempa);
    gempa.title = "Gempa Cianjur, 15 orang tewas".to_owned();
    world.later(HOUR).see(GEMPA, &gempa);

    let mut resep = article("Resep <b>soto</b> & lontong", &["Soto ini gurih."]);
    for (kind, text) in [
        (BlockKind::Heading, "Bahan"),
        (BlockKind::ListItem, "1 ekor ayam"),
        (BlockKind::ListItem, "2 batang serai"),
        (BlockKind::Quote, "Jangan lupa jeruk, kata Ibu."),
        (BlockKind::TableRow, "Porsi | 4"),
        (BlockKind::TableRow, "Waktu | 2 jam"),
        (BlockKind::Preformatted, "api:  kecil\nwaktu: 2 jam"),
    ] {
        resep.body.push(Block { kind, text: text.to_owned() });
    }
    let mut fetch = world.later(HOUR).fetch("https://dapur.example/soto");
    fetch.site = "dapur".to_owned();
    world.record(fetch, read(&resep));
    world.see(
        "https://kabar.example/jahat",
        &article("Judul \u{1b}[2J\u{7}jahat\u{9b}1m", &["Isi \u{1b}]0;x\u{7}biasa."]),
    );
    world.see("https://kabar.example/kurs", &article("Kurs rupiah", &["Kurs tetap."]));
    world.later(HOUR).missing(GEMPA, 410);
    world
}
