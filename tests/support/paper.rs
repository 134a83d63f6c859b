//! A small paper of two stories, for tests of a crawl.

use std::time::Duration;

use super::origin::{self, Origin, Reply};

pub const FEED: &str = "feeds = [\"/feed.xml\"]";
pub const DELAY: Duration = Duration::from_millis(40);

/// Three paragraphs, long enough to be an article.
pub fn story(first: &str) -> Vec<String> {
    vec![
        format!("Bandung – {first}"),
        "Panitia menyebut persiapan sudah berjalan sejak awal bulan dan melibatkan warga dari empat desa di \
         sekitar waduk, termasuk para pedagang yang biasa berjualan di tepi jalan."
            .to_owned(),
        "Kepala desa menambahkan bahwa jalan menuju lokasi akan ditutup untuk kendaraan besar, sementara \
         angkutan umum tetap melayani penumpang seperti biasa sampai malam hari."
            .to_owned(),
    ]
}

pub fn page(title: &str, first: &str) -> Reply {
    let paragraphs = story(first);
    origin::page(title, &paragraphs.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A site with a feed of two stories.
pub fn site() -> Origin {
    let origin = Origin::start();
    origin.set("/satu", page("Pasar apung dibuka lagi", "Sebanyak 40 perahu kembali berjualan di waduk."));
    origin.set("/dua", page("Jembatan gantung diperbaiki", "Jembatan sepanjang 120 meter itu diperbaiki."));
    let items = [("/satu", "Pasar apung dibuka lagi"), ("/dua", "Jembatan gantung diperbaiki")];
    origin.set("/feed.xml", origin::rss(&origin.url(""), &items));
    origin
}
