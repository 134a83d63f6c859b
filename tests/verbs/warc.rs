//! WARC files of our own making, as Common Crawl's news crawl writes them.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A page with a story.
pub fn page(title: &str, first: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"id\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body>\
         <nav><a href=\"/\">Beranda</a></nav><article><h1>{title}</h1><p>{first}</p>\
         <p>Panitia menyebut persiapan sudah berjalan sejak awal bulan dan melibatkan warga dari empat desa di \
         sekitar waduk, termasuk para pedagang yang biasa berjualan di tepi jalan.</p>\
         <p>Kepala desa menambahkan bahwa jalan menuju lokasi akan ditutup untuk kendaraan besar, sementara \
         angkutan umum tetap melayani penumpang seperti biasa sampai malam hari.</p></article></body></html>"
    )
}

/// A record, not compressed.
pub fn record(kind: &str, url: &str, date: &str, block: &[u8]) -> Vec<u8> {
    let mut out = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: {date}\r\nWARC-Record-ID: <urn:uuid:{:032x}>\r\n\
         Content-Length: {}\r\nContent-Type: application/http; msgtype={kind}\r\nWARC-Target-URI: {url}\r\n\r\n",
        block.len(),
        block.len()
    )
    .into_bytes();
    out.extend_from_slice(block);
    out.extend_from_slice(b"\r\n\r\n");
    out
}

/// A response with these headers.
pub fn response(url: &str, date: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut block = format!("HTTP/1.1 200 OK\r\n{headers}\r\n").into_bytes();
    block.extend_from_slice(body);
    record("response", url, date, &block)
}

/// A page as it is usually stored.
pub fn html(url: &str, date: &str, page: &str) -> Vec<u8> {
    response(url, date, "Content-Type: text/html; charset=utf-8\r\nETag: \"a\"\r\n", page.as_bytes())
}

/// Records, a gzip member each, with what stands between pages in such files.
pub fn file(records: &[Vec<u8>]) -> Vec<u8> {
    let info = record("warcinfo", "", "2026-02-01T00:00:00Z", b"software: StormCrawler\r\n");
    let mut out = gzip(&info);
    for record_ in records {
        out.extend(gzip(&record(
            "request",
            "https://kabar.example/",
            "2026-02-01T00:00:00Z",
            b"GET / HTTP/1.1\r\n\r\n",
        )));
        out.extend(gzip(record_));
    }
    out
}
