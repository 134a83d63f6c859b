use std::path::Path;

use jiff::Timestamp;

use super::words::stand_in;
use super::{Skeleton, SkeletonError, address, skeleton, test_block};
use crate::model::PageUrl;
use crate::read::ReadOptions;
use crate::site::Catalog;

const SITE: &str = r#"
schema = 1
[site]
hosts = ["kabar.example"]
[[layout]]
id = "2026"
when = "article.tulisan"
[layout.title]
required = true
select = ["h1.judul"]
[layout.author]
select = [".penulis b"]
[layout.published]
select = [".terbit"]
[layout.body]
required = true
select = ["div.isi"]
[layout.comment_form]
select = ["form.komentar"]
[clean]
remove = [".bagikan"]
drop_paragraph = ['^Simak juga']
"#;

fn page(paragraphs: usize) -> String {
    let story: String = (0..paragraphs)
        .map(|n| format!("<p>Warga {n} menanam seribu bibit di lereng yang gundul sejak kebakaran besar tahun lalu, kata mereka.</p>"))
        .collect();
    format!(
        "<html lang=id><head><title>Warga Menanam Pohon | Kabar Kita</title><meta property=og:site_name content='Kabar Kita'>
         <script>var x = 'rahasia';</script><link rel=canonical href='https://kabar.example/2026/06/warga-menanam-pohon-di-lereng-gunung/'>
         <script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Warga Menanam Pohon\",\"articleBody\":\"Warga 0 menanam\",
         \"keywords\":\"pohon\",\"author\":{{\"@type\":\"Person\",\"name\":\"Tuti Lestari\"}}}}</script></head><body>
         <nav>{}</nav><article class='tulisan'><h1 class=judul>Warga Menanam Pohon</h1>
         <p class=penulis>Oleh <b>Tuti Lestari</b></p><span class=terbit>Terbit 3 Juni 2026, 08:15 WIB</span>
         <div class=isi>{story}<p>Simak juga: Harga Cabai Turun</p><div class=bagikan>Bagikan tulisan ini</div><p>Pekan depan mereka kembali ke lereng itu.</p></div>
         <form class=komentar><h3>Tinggalkan Balasan</h3><textarea></textarea></form></article></body></html>",
        "<a href=/x>Aneka Rupa</a>".repeat(40)
    )
}

fn make(html: &str) -> Result<Skeleton, SkeletonError> {
    let catalog = Catalog::of(vec![(Path::new("kabar.example.toml").to_owned(), SITE.to_owned())]).unwrap();
    let url = PageUrl::parse("https://kabar.example/2026/06/warga-menanam-pohon-di-lereng-gunung/").unwrap();
    let now: Timestamp = "2026-08-01T00:00:00Z".parse().unwrap();
    let options = ReadOptions { site: Some("kabar.example"), ..ReadOptions::default() };
    skeleton(&catalog, html.as_bytes(), Some(&url), options, now)
}

#[test]
fn a_skeleton_reads_like_its_page_and_holds_none_of_its_words() {
    let html = page(40);
    let made = make(&html).unwrap();
    assert!(made.differs.is_empty(), "{:?}", made.differs);
    assert!(made.html.len() * 3 < html.len(), "{} of {}", made.html.len(), html.len());
    for word in
        ["menanam", "Warga", "Tuti", "Lestari", "Cabai", "Aneka", "lereng", "rahasia", "keywords", "keywords"]
    {
        assert!(!made.html.to_lowercase().contains(&word.to_lowercase()), "{word} in\n{}", made.html);
    }
    for kept in [
        "class=judul",
        "Kabar Kita",
        "Tinggalkan Balasan",
        "Simak juga",
        "3 Juni 2026, 08:15 WIB",
        "Oleh",
        "class=bagikan",
    ] {
        assert!(made.html.contains(kept), "{kept} not in\n{}", made.html);
    }
    let article = &made.article;
    assert_eq!(article.reading.layout, "2026");
    assert_eq!(article.authors.len(), 1);
    assert!(made.html.matches(&article.title).count() >= 3, "title, <title>, headline: {}", made.html);
    assert!((5..12).contains(&article.body.len()), "{}", article.body.len());
}

#[test]
fn the_test_block_says_what_is_read_off_the_skeleton() {
    let made = make(&page(5)).unwrap();
    let block = test_block(&made, "2026-06-03.html", true);
    for line in [
        "fixture     = \"2026-06-03.html\"",
        "layout      = \"2026\"",
        "published   = 2026-06-03T08:15:00+07:00",
        "comment_form = true",
        "paragraphs  = 6",
    ] {
        assert!(block.contains(line), "{line} in\n{block}");
    }
    assert!(!test_block(&made, "a.html", false).contains("published"));
    let file = format!("{SITE}\n{block}");
    let catalog = Catalog::of(vec![(Path::new("kabar.example.toml").to_owned(), file)]).unwrap();
    assert_eq!(catalog.site("kabar.example").unwrap().tests[0].title.as_ref(), Some(&made.article.title));
}

#[test]
fn what_is_no_article_has_no_skeleton() {
    assert!(matches!(make("<html></html>"), Err(SkeletonError::Page(_))));
}

#[test]
fn a_word_always_has_the_same_stand_in_in_its_case() {
    let word = stand_in("pemerintah", false);
    assert_eq!(stand_in("PEMERINTAH", false), word.to_uppercase());
    assert_eq!(stand_in("Pemerintah", false).to_lowercase(), word);
    for word in [
        "Präsidentschaftswahlkampf",
        "правительство",
        "κυβέρνηση",
        "सरकार",
        "政府",
        "정부",
        "รัฐบาล",
        "ከተማ",
        "ministro",
    ] {
        let other = stand_in(word, false);
        assert!(other != word && !other.is_empty(), "{word}: {other}");
        assert!(other.chars().count().abs_diff(word.chars().count()) <= 4, "{word}: {other}");
    }
    assert_eq!(stand_in("in", false), "in");
}

#[test]
fn no_stand_in_means_anything_to_the_reader() {
    for line in include_str!("words.tsv").lines().filter(|line| !line.starts_with('#')) {
        for word in line.split(['\t', ' ']).skip(1) {
            assert!(!crate::extract::date::is_word(word), "{word} is a word of dates");
            assert!(!crate::clean::is_byline_word(word), "{word} is a word of bylines");
            assert!(
                !crate::clean::is_boilerplate(word) && !crate::extract::is_ending(word),
                "{word} is boilerplate"
            );
            assert!(!crate::clean::is_form_line(word), "{word} is a comment form");
            let mut letters = word.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            let name: String = first.chain(letters).collect();
            let line = format!("{name} - Warga menanam pohon di sana.");
            let hints = crate::clean::dateline::Hints::default();
            assert!(crate::clean::dateline::split(&line, &hints).is_none(), "{word} is a place");
        }
    }
}

#[test]
fn addresses_keep_host_and_shape() {
    let place = address::Place {
        host: "www.kabar.example".to_owned(),
        needles: vec!["baca-juga".to_owned()],
        names: vec!["tutilestari".to_owned()],
    };
    for (address, short) in [
        ("/2026/06/20/", "/2026/06/20/"),
        ("/x?baca-juga=1", "/x?baca-juga=1"),
        ("https://kabar.example/penulis/tuti-lestari", "https://kabar.example/penulis/nama"),
        ("https://lain.test/a", "https://lain.example/a"),
        ("javascript:void(0)", "#"),
        ("mailto:a@b.example", "#"),
        ("https://schema.org/NewsArticle", "https://schema.org/NewsArticle"),
    ] {
        assert_eq!(address::short(address, &place), short);
    }
    let slug = address::short("https://kabar.example/a/warga-menanam-pohon-di-lereng-12345.html", &place);
    assert!(slug.ends_with("-12345.html") && !slug.contains("warga"), "{slug}");
}

#[test]
fn no_prefix_of_a_page_makes_it_panic() {
    let html = page(3);
    for end in (0..html.len()).step_by(97) {
        let _ = make(&html[..html.floor_char_boundary(end)]);
    }
}

fn made(html: &str, site: &str, url: &str) -> Skeleton {
    let catalog = Catalog::of(vec![("kabar.example.toml".into(), site.to_owned())]).unwrap();
    let url = PageUrl::parse(url).unwrap();
    let now = "2026-06-20T00:00:00Z".parse::<Timestamp>().unwrap();
    skeleton(&catalog, html.as_bytes(), Some(&url), ReadOptions::default(), now).unwrap()
}

#[test]
fn nothing_of_a_headline_or_a_person_is_left_in_metadata_identifiers_and_addresses() {
    let html = page(6)
        .replace(
            "<meta property=og:site_name",
            "<meta property='og:title' content='Warga Menanam Pohon | KK | 03.06.2026'><meta property=og:site_name",
        )
        .replace(
            "<div class=isi>",
            "<div class=isi><p id=x>Kata <a href='https://x.com/tutilst/status/12345'>mereka</a> dan \
             <a href='/author/tuti-l/'>warga</a>.</p>",
        )
        .replace("<article class='tulisan'>", "<article class='tulisan' id='warga-menanam-pohon-di-lereng'>");
    let made = made(&html, SITE, "https://kabar.example/2026/06/warga-menanam-pohon-di-lereng-gunung/");
    for word in ["Warga Menanam", "warga-menanam", "tutilst", "tuti-l"] {
        assert!(!made.html.contains(word), "{word}\n{}", made.html);
    }
}

#[test]
fn letters_with_their_marks_apart_are_words_and_the_address_stays_an_article() {
    let html =
        page(6).replace("seribu bibit", "seribu bu\u{308}mi").replace("lereng itu", "le\u{301}reng itu");
    let site = SITE.replace("[[layout]]", "[discover]\narticles = ['-gunung/$']\n[[layout]]");
    let address = "https://kabar.example/2026/06/warga-menanam-pohon-di-lereng-gunung/";
    let made = made(&html, &site, address);
    assert!(!made.html.contains('\u{308}') && !made.html.contains('\u{301}'));
    assert_eq!(made.url.unwrap().as_str(), address);
}
