//! Skeletons of pages, each with one thing that leads readers astray.

use std::path::Path;

use crate::dom::Document;
use crate::model::{Draft, Known, PageUrl};
use crate::site::Catalog;

fn draft_of(html: &str) -> Draft {
    let catalog = Catalog::load(Path::new("no such folder")).unwrap();
    let generic = catalog.generic();
    let url = PageUrl::parse("https://kabar.example/berita/pohon").unwrap();
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    crate::extract::read(&generic, &generic, &Document::parse(html), Some(&url), &Known::default(), now)
}

fn body_of(html: &str) -> Vec<String> {
    draft_of(html).body.map(|found| found.value.into_iter().map(|b| b.text).collect()).unwrap_or_default()
}

/// Paragraphs of a story, each different.
fn story(count: usize) -> String {
    (0..count).map(|i| format!("<p>{}</p>", sentence(i))).collect()
}

fn sentence(seed: usize) -> String {
    const WORDS: [&str; 9] = ["warga", "pohon", "lereng", "bibit", "desa", "hujan", "air", "musim", "panen"];
    let words: Vec<String> =
        (0..14).map(|i| format!("{}{}", WORDS[(seed * 5 + i * i) % 9], seed * 31 + i)).collect();
    format!("Kalimat {}.", words.join(" "))
}

/// A page with a headline around something.
fn page(head: &str, main: &str) -> String {
    format!(
        "<html lang=id><head><title>Warga Menanam Pohon | Kabar</title>{head}</head><body>
        <nav><a href=/>Depan</a></nav>{main}<footer>Hak cipta Kabar, semua hak dilindungi undang-undang.</footer></body></html>"
    )
}

#[test]
fn the_text_is_found_among_furniture() {
    let texts = story(6);
    for (what, html) in [
        ("plain", format!("<h1>Warga Menanam Pohon</h1><div class=isi>{texts}</div>")),
        (
            "comments longer than the story",
            format!(
                "<h1>Warga Menanam Pohon</h1><div>{texts}</div><div id=comments>{}</div>",
                story(40).replace("Kalimat", "Saya")
            ),
        ),
        (
            "a list of other stories",
            format!(
                "<h1>Warga Menanam Pohon</h1><div>{texts}</div><ul>{}</ul>",
                (50..60)
                    .map(|i| format!(
                        "<li><h3><a href=/{i}>Judul berita lain {i}</a></h3><p>{}</p></li>",
                        sentence(i)
                    ))
                    .collect::<String>()
            ),
        ),
        (
            "consent to cookies longer than the story",
            format!(
                "<h1>Warga Menanam Pohon</h1><div>{texts}</div><div class=cookie-law-info><p>Cookie policy.</p>{}</div>",
                story(30).replace("Kalimat", "Cookie")
            ),
        ),
        (
            "a box between the paragraphs",
            format!(
                "<h1>Warga Menanam Pohon</h1><div>{}<div class=x9><h4>Buletin</h4><p>Berita pagi di kotak surat, setiap hari kerja.</p></div>{}</div>",
                story(3),
                (3..6).map(|i| format!("<p>{}</p>", sentence(i))).collect::<String>()
            ),
        ),
        (
            "a link to another story and a caption",
            format!(
                "<h1>Warga Menanam Pohon</h1><div>{texts}<h3><a href=/x>Berita lain yang panjang judulnya</a></h3><div>Foto: Sari Dewi</div></div>"
            ),
        ),
        (
            "what was said already",
            format!(
                "<h1>Warga Menanam Pohon</h1><div>{texts}<div>{}</div></div>",
                texts.replace("<p>", " ").replace("</p>", " ")
            ),
        ),
        (
            "related stories in the same element",
            format!(
                "<h1>Warga Menanam Pohon</h1><div><div>{texts}</div><h2>Berita terkait</h2><section>{}</section></div>",
                story(9).replace("Kalimat", "Lain")
            ),
        ),
        (
            "date lines at the edges",
            format!(
                "<h1>Warga Menanam Pohon</h1><div><p>{}</p><div>20 Juni 2024, 09.15 WIB</div>{}</div>",
                sentence(0),
                (1..6).map(|i| format!("<p>{}</p>", sentence(i))).collect::<String>()
            ),
        ),
        (
            "another story behind the first",
            format!(
                "<div><article><h1>Warga Menanam Pohon</h1><div class=teks>{texts}</div></article>
                <article><h1>Harga Beras Naik</h1><div class=teks>{}</div></article></div>",
                story(30).replace("Kalimat", "Beras")
            ),
        ),
        (
            "styling that is named like furniture",
            format!(
                "<h1>Warga Menanam Pohon</h1><div>{}</div>",
                (0..6)
                    .map(|i| format!("<div class='print:my-2 md:share'><p>{}</p></div>", sentence(i)))
                    .collect::<String>()
            ),
        ),
        (
            "a card on a name",
            format!(
                "<h1>Warga Menanam Pohon</h1><div>{}</div>",
                texts.replacen(
                    "Kalimat",
                    "<span><a href=/s>Kalimat</a><span><span><img src=/s.jpg><a href=/s>Sari Dewi</a>
                    <a href=/1>Cerita lain Sari Dewi</a> <a href=/2>Cerita kedua Sari Dewi</a></span></span></span>",
                    1
                )
            ),
        ),
        (
            "a hundred boxes around the story",
            format!("{}<h1>Warga Menanam Pohon</h1>{texts}{}", "<div>".repeat(130), "</div>".repeat(130)),
        ),
        (
            "four hundred boxes around the text",
            format!("<h1>Warga Menanam Pohon</h1>{}{texts}{}", "<div>".repeat(400), "</div>".repeat(400)),
        ),
    ] {
        let body = body_of(&page("", &format!("<main>{html}</main>")));
        let expected: Vec<String> = (0..6).map(sentence).collect();
        assert_eq!(body, expected, "{what}");
    }
}

#[test]
fn a_list_of_short_lines_ends_the_story() {
    let names: String = (0..9).map(|i| format!("<p>Pemenang {i}, Sari</p>")).collect();
    let html = |tail: &str| page("", &format!("<h1>Warga Menanam Pohon</h1><div>{}{tail}</div>", story(4)));
    assert_eq!(body_of(&html(&format!("<h3>Lagu terbaik</h3>{names}"))).len(), 14);
    assert_eq!(body_of(&html("<p>Sari Dewi</p><p>Wonosobo</p>")).len(), 4, "a signature");
    assert_eq!(body_of(&html(&format!("<div>{names}</div>"))).len(), 4, "a list somewhere else");
}

#[test]
fn a_short_sentence_opens_the_story() {
    let with = |opening: &str| {
        body_of(&page("", &format!("<article><h1>Gempa</h1>{opening}{}</article>", story(4))))
    };
    assert_eq!(with("<p>Lima orang tewas.</p>")[0], "Lima orang tewas.");
    for other in ["<div>Lima orang tewas.</div>", "<p>Lima orang tewas</p>", "<p>Redaksi Kabar.</p>"] {
        assert_eq!(with(other).len(), 4, "{other}");
    }
}

#[test]
fn sentences_with_many_links_stay() {
    let linked = "Bupati <a href=/a>Sari Dewi dari Partai Pohon Rindang Seluruh Nusantara dan Sekitarnya</a> berkata
        kepada warga <a href=/b>Desa Lereng Utara yang sejak tahun lalu kekeringan parah</a> bahwa hutan di atas desa
        mereka akan ditanami lagi <a href=/c>sebelum musim hujan berikutnya, seperti diberitakan</a>.";
    let body =
        body_of(&page("", &format!("<h1>Warga Menanam Pohon</h1><div><p>{linked}</p>{}</div>", story(4))));
    assert!(body[0].starts_with("Bupati Sari Dewi"), "{body:?}");
}

#[test]
fn captions_stand_with_their_pictures_and_not_in_the_text() {
    let head = "<meta property=og:image content=/foto/lereng-hijau.jpg>";
    let html = format!(
        "<h1>Warga Menanam Pohon</h1><figure><img src=/foto/lereng-hijau-1024x683.jpg><figcaption>Lereng pada
        pagi hari. Foto: Sari</figcaption></figure><div>{}<div><img data-src=/foto/bibit.jpg src=data:x><div
        class=wp-caption-text>Bibit dari kebun warga</div></div>{}</div><div class=related><figure><img
        src=/lain.jpg><figcaption>Cerita lain</figcaption></figure></div>",
        story(3),
        (3..6).map(|i| format!("<p>{}</p>", sentence(i))).collect::<String>()
    );
    let draft = draft_of(&page(head, &html));
    let images: Vec<(&str, Option<&str>)> =
        draft.images.iter().map(|image| (image.url.as_str(), image.caption.as_deref())).collect();
    assert_eq!(
        images,
        [
            ("https://kabar.example/foto/lereng-hijau.jpg", Some("Lereng pada pagi hari. Foto: Sari")),
            ("https://kabar.example/foto/bibit.jpg", Some("Bibit dari kebun warga")),
        ]
    );
    assert_eq!(draft.body.unwrap().value.len(), 6);
}

#[test]
fn the_standfirst_is_part_of_the_story() {
    let lead = "Seribu pohon ditanam dalam satu pagi di dua desa, dan warga berjanji merawatnya.";
    for html in [
        format!(
            "<h1>Warga Menanam Pohon</h1><p class=standfirst>{lead}</p><div class=article-body>{}</div>",
            story(8)
        ),
        format!(
            "<h1>Warga Menanam Pohon</h1><div><h2>{lead}</h2></div><div class=article-body>{}</div>",
            story(8)
        ),
    ] {
        let head = format!("<meta name=description content=\"{lead}\">");
        let body = body_of(&page(&head, &html));
        assert_eq!(body[0], lead);
        assert_eq!(body.len(), 9);
    }
}

#[test]
fn the_headline_is_voted_for() {
    let text = story(4);
    for (head, html, title) in [
        ("", "<h1><a href=/>Kabar</a></h1><h2>Warga Menanam Pohon</h2>", "Warga Menanam Pohon"),
        ("", "<h1>Kabar</h1><h1>Warga Menanam Pohon</h1>", "Warga Menanam Pohon"),
        (
            "<meta property=og:title content='Pohon Ditanam Warga'>",
            "<h1 class=headline>Warga Menanam Pohon</h1>",
            "Warga Menanam Pohon",
        ),
        (
            "<meta property=og:title content='Warga Menanam Pohon'>",
            "<h1>Lingkungan: Warga Menanam Pohon</h1>",
            "Warga Menanam Pohon",
        ),
        ("", "<h3>Terpopuler</h3>", "Warga Menanam Pohon"),
    ] {
        let draft = draft_of(&page(head, &format!("{html}<div>{text}</div>")));
        let found = draft.title.unwrap();
        // Without any heading `<title>` is taken, the site's name cut off where it is known.
        assert!(found.value.starts_with(title), "{head}{html}: {found:?}");
    }
}

#[test]
fn dates_and_bylines_are_found_near_the_headline() {
    let text = story(5);
    for byline in [
        "<p class=meta>Oleh Sari Dewi</p><time datetime=2024-06-20T09:15:00+07:00>20 Juni</time>",
        "<div class=byline>Sari Dewi</div><div class=tanggal>Kamis, 20 Juni 2024 09.15 WIB</div>",
        "<p>Penulis: Sari Dewi</p><p>Diterbitkan 20/06/2024</p>",
    ] {
        let other =
            "<div class=related><time datetime=2019-01-01>1 Januari 2019</time><p>Oleh Budi</p></div>";
        let draft = draft_of(&page(
            "",
            &format!("{other}<h1>Warga Menanam Pohon</h1>{byline}<div>{text}</div>{other}"),
        ));
        let published = draft.published.unwrap().value.to_string();
        assert!(published.starts_with("2024-06-20"), "{byline}: {published}");
        assert!(draft.authors.unwrap().value[0].contains("Sari Dewi"), "{byline}");
    }
}

#[test]
fn what_was_left_out_leaves_a_trace() {
    let html = format!(
        "<h1>Warga Menanam Pohon</h1><div class=isi>{}<div class=share-buttons>Bagikan ini</div></div>
        <div class=comment-form><p>Kirim pendapat</p><textarea></textarea></div>",
        story(6)
    );
    let draft = draft_of(&page("", &html));
    assert!(
        draft.removed.iter().any(|removal| removal.rule == "furniture div.share-buttons"),
        "{:?}",
        draft.removed
    );
    let form = draft.comment_form.unwrap();
    assert!(form.value.contains("Kirim pendapat"), "{form:?}");
}

#[test]
fn a_page_without_a_story_gives_none() {
    for html in
        ["", "<html></html>", "<nav><a href=/>Depan</a></nav>", "<p>Halo</p>", "<table><tr><td>1</table>"]
    {
        assert_eq!(body_of(html), Vec::<String>::new(), "{html}");
    }
}
