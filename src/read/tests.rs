use super::*;

const PAGE: &str = "<html lang=id><head><title>Warga Menanam Pohon - Kabar Lereng</title></head><body>
  <nav><a href=/>Depan</a> <a href=/a>Aneka</a></nav><h1>Warga Menanam Pohon</h1>
  <div class=entry-content><p>Wonosobo – Warga dua desa menanam seribu pohon di lereng gunung pada hari Minggu pagi.</p>
  <p>Mereka berharap mata air yang kering tahun lalu akan mengalir lagi sebelum musim tanam berikutnya tiba.</p>
  <p>Kepala desa mengatakan bibit datang dari kebun warga sendiri, bukan dari pemerintah kabupaten.</p></div>
  <div id=respond class=comment-respond><h3>Tinggalkan Balasan</h3><p>Alamat email Anda tidak akan dipublikasikan.
  Ruas yang wajib ditandai *</p></div></body></html>";

fn read(body: &[u8]) -> Result<(Article, Vec<Finding>), ReadError> {
    let catalog = Catalog::load(std::path::Path::new("no such folder")).unwrap();
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    extract_article(&catalog, body, None, None, ReadOptions::default(), now)
}

#[test]
fn a_page_becomes_an_article() {
    let (article, _) = read(PAGE.as_bytes()).unwrap();
    assert_eq!(article.title, "Warga Menanam Pohon");
    assert_eq!(article.dateline.unwrap().raw, "Wonosobo – ");
    assert_eq!(article.body.len(), 3);
    assert!(article.body.iter().all(|block| !block.text.contains("Tinggalkan")));
}

#[test]
fn what_is_no_page_is_an_error_with_a_code() {
    for (body, code) in [
        (&b""[..], "empty"),
        (b" \n ", "empty"),
        (b"%PDF-1.4 x", "not_html"),
        (b"<html></html>", "no_article"),
        (b"Judul saja", "no_article"),
        (b"<div></div>", "no_article"),
    ] {
        assert_eq!(read(body).unwrap_err().code(), code, "{body:?}");
    }
}

#[test]
fn no_prefix_of_a_page_makes_it_panic() {
    for end in (0..PAGE.len()).step_by(7) {
        if let Err(error) = read(&PAGE.as_bytes()[..end]) {
            assert_ne!(error, ReadError::Panicked, "{end}");
        }
    }
}

#[test]
fn hostile_pages_are_read_to_their_end() {
    let deep = format!("{}<p>{}</p>", "<div>".repeat(30_000), "kata ".repeat(100));
    let wide = "<p>kata kata kata kata kata kata kata kata.</p>".repeat(20_000);
    let links = "<a href=x>kata</a> ".repeat(50_000);
    for page in [deep, wide, links] {
        let _ = read(page.as_bytes());
    }
}
