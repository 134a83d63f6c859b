//! The pages of a newspaper that exists for benchmarks only.

/// Links around each article, as a news page has them.
const LINKS: usize = 120;

/// A page of about 40 kB, most of it furniture.
pub fn page(n: usize) -> String {
    let links: String = (0..LINKS)
        .map(|i| {
            format!(
                "<li class=\"menu-{i}\"><a href=\"/kanal/{i}\" data-n=\"{i}\">Kanal {i} dan isinya</a></li>\n"
            )
        })
        .collect();
    let script =
        "window.dataLayer=window.dataLayer||[];function tag(){dataLayer.push(arguments)};".repeat(60);
    let body: String = (0..14)
        .map(|i| {
            format!(
                "<p>Paragraf {i} dari berita {n}: panitia mencatat {} pengunjung pada hari itu, dan jumlah itu \
                 diperkirakan naik sebelum akhir pekan karena jalan baru sudah dibuka untuk umum.</p>\n",
                1000 + n * 17 + i
            )
        })
        .collect();
    format!(
        "<!DOCTYPE html><html lang=\"id\"><head><meta charset=\"utf-8\"><title>Berita {n} - Uji</title>\
         <meta property=\"og:title\" content=\"Berita {n}\"><meta property=\"article:published_time\" \
         content=\"2026-11-22T08:00:00+07:00\"><script>{script}</script></head><body><nav><ul>{links}</ul></nav>\
         <article><h1>Berita {n}</h1><div class=\"isi\">{body}</div></article>\
         <aside><ul>{links}</ul></aside><div id=\"respond\"><h3>Tinggalkan Balasan</h3><form></form></div></body></html>"
    )
}
