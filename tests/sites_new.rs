//! `kliping sites new FILE…`, from outside: drafts of site files from saved pages.

mod support;

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use support::desk::Desk;

/// A page of a small paper: what differs from page to page is the story, what is around it stays.
fn page(path: &str, title: &str, day: &str, story: &[&str]) -> String {
    let story: String = story.iter().map(|line| format!("<p>{line}</p>\n")).collect();
    format!(
        "<!DOCTYPE html><html lang=id><head><title>{title} - Kabar Waduk</title>\n\
         <meta property=og:site_name content='Kabar Waduk'><link rel=canonical href='https://kabar.example{path}'>\n\
         <link rel=alternate type='application/rss+xml' href='/feed/'>\n\
         <meta property='article:published_time' content='{day}T08:15:00+07:00'></head><body>\n\
         <nav><a href='/desa/'>Desa</a> <a href='/kota/'>Kota</a></nav>\n\
         <article class='css-1x2y3z'><h1 class=judul-berita>{title}</h1>\n\
         <div class='css-9a8b7c isi-berita sc-abc123-0'>\n{story}\
         <div class='css-4d5e6f kotak-sisipan'><p>Pilihan redaksi: tiga jalan pintas menuju waduk.</p></div>\n\
         <p>Berlangganan Kabar Waduk mulai dari seribu rupiah sehari saja.</p>\n</div></article>\n\
         <footer><p>Kabar Waduk terbit setiap hari kecuali hari pasar.</p></footer></body></html>"
    )
}

fn first() -> String {
    page(
        "/2026/06/20/harga-cabai-naik/",
        "Harga Cabai Naik Jelang Panen",
        "2026-06-20",
        &[
            "Harga cabai di pasar desa naik dua kali lipat dalam sepekan, kata seorang pedagang pada hari Senin.",
            "Petani menunggu panen raya yang diperkirakan dimulai pada akhir bulan di lereng sebelah timur.",
            "Pemerintah desa menyiapkan gudang baru supaya hasil panen tidak perlu dijual terburu-buru.",
        ],
    )
}

fn second() -> String {
    page(
        "/2025/11/02/jembatan-gantung-selesai/",
        "Jembatan Gantung Selesai Dibangun",
        "2025-11-02",
        &[
            "Jembatan gantung sepanjang seratus meter itu akhirnya selesai setelah dua musim hujan yang panjang.",
            "Anak sekolah dari dua dusun tidak lagi menyeberang dengan rakit seperti tahun-tahun sebelumnya.",
            "Warga merayakannya dengan kenduri kecil di balai desa, dan kepala desa menanam pohon beringin.",
        ],
    )
}

fn desk() -> Desk {
    let desk = Desk::empty();
    desk.write("satu.html", &first());
    desk.write("dua.html", &second());
    desk
}

fn selectors() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("selectors")
}

/// The fixtures of a site of the project, with their addresses.
fn fixtures(host: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(selectors().join(format!("{host}.toml"))).unwrap();
    let file: toml::Table = text.parse().unwrap();
    let tests = file["test"].as_array().unwrap().iter();
    let found = tests.map(|test| {
        let path = selectors().join(host).join(test["fixture"].as_str().unwrap());
        (path.display().to_string(), test["url"].as_str().unwrap().to_owned())
    });
    found.collect()
}

fn paragraphs(desk: &Desk, args: &[&str]) -> Vec<String> {
    let article: Value =
        serde_json::from_str(&desk.ok(&[&["extract", "--format", "json"], args].concat())).unwrap();
    article["body"].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_draft_names_what_pages_share_and_cuts_what_repeats() {
    let desk = desk();
    let out = desk.ok(&["sites", "new", "satu.html", "dua.html"]);
    assert!(out.starts_with("selectors/kabar.example.toml\n"), "{out}");
    let draft = fs::read_to_string(desk.path("selectors/kabar.example.toml")).unwrap();
    for wanted in [
        "name     = \"Kabar Waduk\"",
        "feeds    = [\"/feed/\"]",
        r"articles = ['^/\d{4}/\d{2}/\d{2}/[a-z0-9-]+/$']",
        "\".isi-berita\"",
        "\".kotak-sisipan\"",
        "^Berlangganan Kabar Waduk mulai dari",
        "fixture     = \"2026-06-20.html\"",
        "fixture     = \"2025-11-02.html\"",
    ] {
        assert!(draft.contains(wanted), "{wanted}\n{draft}");
    }
    assert!(!draft.contains("css-") && !draft.contains("sc-"), "machine-made classes do not last\n{draft}");
    assert!(desk.ok(&["sites", "check"]).contains("no mistakes"));
    assert!(desk.ok(&["sites", "test"]).contains("2 passed, 0 failed"));
    let body = paragraphs(&desk, &["satu.html", "--site", "kabar.example"]);
    assert!(body.len() == 3 && body[2].starts_with("Pemerintah desa"), "{body:?}");
}

#[test]
fn a_draft_reads_the_pages_as_well_as_the_generic_reader_and_passes_its_tests() {
    for host in ["golem.de", "waz.de", "welt.de", "n-tv.de", "dailystar.co.uk", "metro.co.uk"] {
        let desk = Desk::empty();
        let pages = fixtures(host);
        let mut args = vec!["sites", "new", "--site", host];
        for (file, url) in &pages {
            args.extend([file.as_str(), "--url", url.as_str()]);
        }
        desk.ok(&args);
        assert!(desk.ok(&["sites", "check"]).contains("no mistakes"), "{host}");
        let tested = desk.ok(&["sites", "test"]);
        assert!(tested.contains(&format!("{} passed, 0 failed", pages.len())), "{host}: {tested}");
        for (file, url) in &pages {
            let generic = paragraphs(&desk, &[file, "--url", url, "--generic"]);
            let drafted = paragraphs(&desk, &[file, "--url", url, "--site", host]);
            let both = generic.iter().filter(|text| drafted.contains(text)).count();
            assert!(both * 10 >= generic.len() * 8, "{file}: {both} of {}\n{drafted:#?}", generic.len());
            assert!(drafted.len() * 10 <= generic.len() * 12 + 10, "{file}: {drafted:#?}");
        }
    }
}

#[test]
fn pages_that_are_built_differently_get_layouts_of_their_own() {
    let desk = desk();
    let older = second()
        .replace("<article class='css-1x2y3z'>", "<div class=tulisan-lama>")
        .replace("</article>", "</div>")
        .replace("css-9a8b7c isi-berita sc-abc123-0", "teks-lama");
    desk.write("dua.html", &older);
    desk.ok(&["sites", "new", "satu.html", "dua.html"]);
    let draft = fs::read_to_string(desk.path("selectors/kabar.example.toml")).unwrap();
    for wanted in ["id        = \"2026\"", "id        = \"2025\"", "\".isi-berita\"", "\".teks-lama\""] {
        assert!(draft.contains(wanted), "{wanted}\n{draft}");
    }
    assert!(desk.ok(&["sites", "test"]).contains("2 passed, 0 failed"));
}

#[test]
fn bad_input_says_what_to_do_and_writes_nothing() {
    let desk = desk();
    desk.write("kosong.html", "");
    desk.write("hilang-404.html", "<html><body><h1>404</h1><p>Halaman tidak ada.</p></body></html>");
    desk.write("lain.html", &second().replace("kabar.example", "lain.example"));
    desk.write("tanpa.html", &second().replace("rel=canonical", "rel=x"));
    desk.write("tanpa-2.html", &first().replace("rel=canonical", "rel=x"));
    let cases: [(&[&str], i32, &str); 9] = [
        (&["satu.html"], 2, "give two or more"),
        (&[], 2, "required"),
        (&["satu.html", "lain.html"], 2, "two sites: kabar.example and lain.example"),
        (&["satu.html", "hilang-404.html"], 4, "hilang-404.html: the page shows that there is no such page"),
        (&["satu.html", "kosong.html"], 4, "kosong.html: the page is empty"),
        (&["satu.html", "tidak-ada.html"], 4, "cannot read tidak-ada.html"),
        (&["satu.html", "satu.html"], 4, "the same article"),
        (&["tanpa.html", "tanpa-2.html"], 2, "--url URL"),
        (&["satu.html", "dua.html", "--site", "a/b"], 2, "--site ID"),
    ];
    for (args, code, words) in cases {
        let ended = desk.run(&[&["sites", "new"], args].concat());
        assert_eq!(ended.code, code, "{args:?}: {}", ended.stderr);
        assert!(ended.stderr.contains(words) && ended.stdout.is_empty(), "{args:?}: {}", ended.stderr);
        assert!(!desk.path("selectors").exists(), "{args:?}");
    }
}

#[test]
fn a_site_file_that_is_there_is_not_written_over_unasked() {
    let desk = desk();
    desk.write("selectors/kabar.example.toml", "schema = 1\n");
    let ended = desk.run(&["sites", "new", "satu.html", "dua.html"]);
    assert!(ended.code == 4 && ended.stderr.contains("--force"), "{}", ended.stderr);
    assert_eq!(fs::read_to_string(desk.path("selectors/kabar.example.toml")).unwrap(), "schema = 1\n");
    let printed = desk.ok(&["sites", "new", "--output", "-", "satu.html", "dua.html"]);
    assert!(printed.starts_with("schema = 1\n") && printed.contains("[[layout]]"), "{printed}");
    assert_eq!(fs::read_to_string(desk.path("selectors/kabar.example.toml")).unwrap(), "schema = 1\n");
    desk.ok(&["sites", "new", "--force", "satu.html", "dua.html"]);
    assert!(desk.ok(&["sites", "test"]).contains("2 passed"));
}
