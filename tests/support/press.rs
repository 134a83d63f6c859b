//! A small newspaper for tests: stories with a dateline, and a feed that lists them.

use super::desk::Desk;
use super::origin::{self, Origin, Reply};

/// The feed as a source of `[sites.uji]`.
pub const FEED: &str = "feeds = [\"/feed.xml\"]";

/// A page with a headline and three paragraphs, of which this is the first.
pub fn page(title: &str, first: &str) -> Reply {
    let first = format!("Bandung – {first}");
    origin::page(
        title,
        &[
            &first,
            "Panitia menyebut persiapan sudah berjalan sejak awal bulan dan melibatkan warga dari empat desa di \
             sekitar waduk, termasuk para pedagang yang biasa berjualan di tepi jalan.",
            "Kepala desa menambahkan bahwa jalan menuju lokasi akan ditutup untuk kendaraan besar, sementara \
             angkutan umum tetap melayani penumpang seperti biasa sampai malam hari.",
        ],
    )
}

/// The page of a story by its number.
pub fn story(n: usize) -> Reply {
    page(&format!("Berita nomor {n} dari waduk"), &format!("Sebanyak {n} perahu kembali berjualan di waduk."))
}

/// A site with so many stories, `/1`, `/2`, …, all in its feed.
pub fn press(stories: usize) -> Origin {
    let origin = Origin::start();
    let paths: Vec<String> = (1..=stories).map(|n| format!("/{n}")).collect();
    for (n, path) in (1..).zip(&paths) {
        origin.set(path, story(n));
    }
    let items: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "Berita")).collect();
    origin.set("/feed.xml", origin::rss(&origin.url(""), &items));
    origin
}

/// An archive of two stories: the first was edited once, the second is as it was.
pub fn archived() -> (Origin, Desk) {
    let origin = press(2);
    let desk = Desk::with_site(&origin, FEED);
    desk.ok(&["crawl"]);
    origin.set("/1", page("Berita nomor satu", "Sebanyak 15 perahu kembali berjualan di waduk."));
    desk.ok(&["crawl"]);
    (origin, desk)
}
